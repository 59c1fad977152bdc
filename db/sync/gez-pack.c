/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/gez-pack.h"

#include <string.h>

/* A pack is an envelope and no more: each segment in it is its original bytes and vouches for itself, so that
 * a pack that somebody changed gives segments that do not verify, and nothing else. */

#define MAGIC "GEZPACK1"
#define MAGIC_SIZE 8
#define MAGIC_FAMILY 7 /* of its bytes; the last one is the version */
#define LENGTH_SIZE 4

enum
{
  AT_TEAM = 8,
  AT_DEVICE = 24,
  AT_NUMBER = 40,
  AT_SEGMENTS = 44,
};

struct _GezPackWriter
{
  GByteArray *file;
  guint32 n_segments;
};

static guint32
get_number (const guint8 *at)
{
  guint32 little;

  memcpy (&little, at, sizeof little);
  return GUINT32_FROM_LE (little);
}

static void
put_number (guint8 *at,
            guint32 number)
{
  guint32 little = GUINT32_TO_LE (number);

  memcpy (at, &little, sizeof little);
}

/**
 * gez_pack_writer_new:
 * @team: of which team
 * @device: whose segments
 *
 * Returns: (transfer full): a pack without segments
 *
 * Thread: any one at a time, here and below.
 */
GezPackWriter *
gez_pack_writer_new (const GezId *team,
                     const GezId *device)
{
  GezPackWriter *self = g_new0 (GezPackWriter, 1);
  guint8 number[LENGTH_SIZE] = { 0 };

  self->file = g_byte_array_new ();
  g_byte_array_append (self->file, (const guint8 *) MAGIC, MAGIC_SIZE);
  g_byte_array_append (self->file, team->bytes, GEZ_ID_SIZE);
  g_byte_array_append (self->file, device->bytes, GEZ_ID_SIZE);
  g_byte_array_append (self->file, number, sizeof number);
  return self;
}

/**
 * gez_pack_writer_free:
 * @self: (nullable) (transfer full): a writer
 */
void
gez_pack_writer_free (GezPackWriter *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->file, g_byte_array_unref);
  g_free (self);
}

/**
 * gez_pack_writer_add:
 * @segment: the next one, as it was published
 *
 * Returns: %FALSE when the pack would be too large with it; the first one always fits
 */
gboolean
gez_pack_writer_add (GezPackWriter *self,
                     GBytes        *segment)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (segment, &size);
  guint8 length[LENGTH_SIZE];

  if (self->n_segments > 0 && self->file->len + LENGTH_SIZE + size > GEZ_PACK_SIZE_MAX)
    return FALSE;
  put_number (length, (guint32) size);
  g_byte_array_append (self->file, length, sizeof length);
  g_byte_array_append (self->file, data, (guint) size);
  put_number (self->file->data + AT_NUMBER, ++self->n_segments);
  return TRUE;
}

/**
 * gez_pack_writer_get_n:
 *
 * Returns: how many segments it has
 */
guint
gez_pack_writer_get_n (GezPackWriter *self)
{
  return self->n_segments;
}

/**
 * gez_pack_writer_finish:
 *
 * Called once.
 *
 * Returns: (transfer full): the file
 */
GBytes *
gez_pack_writer_finish (GezPackWriter *self)
{
  return g_byte_array_free_to_bytes (g_steal_pointer (&self->file));
}

static gboolean
refuse (GError     **error,
        GezSyncError code,
        const char  *message)
{
  g_set_error_literal (error, GEZ_SYNC_ERROR, (int) code, message);
  return FALSE;
}

static gboolean
check_head (GBytes      *file,
            const GezId *team,
            GError     **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (file, &size);

  if (size > 0 && memcmp (data, MAGIC, MIN (size, MAGIC_FAMILY)) != 0)
    return refuse (error, GEZ_SYNC_ERROR_FOREIGN, "Not a pack");
  if (size < AT_SEGMENTS)
    return refuse (error, GEZ_SYNC_ERROR_INCOMPLETE, "A pack is shorter than its beginning");
  if (memcmp (data, MAGIC, MAGIC_SIZE) != 0)
    return refuse (error, GEZ_SYNC_ERROR_TOO_NEW, "A pack of another version");
  if (memcmp (data + AT_TEAM, team->bytes, GEZ_ID_SIZE) != 0)
    return refuse (error, GEZ_SYNC_ERROR_FOREIGN, "A pack of another team");
  return TRUE;
}

/**
 * gez_pack_read:
 * @file: a whole file
 * @team: of which it must be
 * @device: (out): whose segments it says to hold
 *
 * Returns: (transfer full) (nullable) (element-type GBytes): its segments, of which nothing was looked at; or
 *   %NULL with GEZ_SYNC_ERROR_INCOMPLETE, _FOREIGN, _TOO_NEW or _DAMAGED
 */
GPtrArray *
gez_pack_read (GBytes      *file,
               const GezId *team,
               GezId       *device,
               GError     **error)
{
  g_autoptr (GPtrArray) segments = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  gsize size, at = AT_SEGMENTS;
  const guint8 *data;
  guint32 n_segments;

  g_return_val_if_fail (file != NULL && team != NULL && device != NULL, NULL);

  if (!check_head (file, team, error))
    return NULL;
  data = g_bytes_get_data (file, &size);
  memcpy (device->bytes, data + AT_DEVICE, GEZ_ID_SIZE);
  n_segments = get_number (data + AT_NUMBER);
  while (segments->len < n_segments)
    {
      gsize length = size - at >= LENGTH_SIZE ? get_number (data + at) : 0;

      if (size - at < LENGTH_SIZE || size - at - LENGTH_SIZE < length)
        {
          refuse (error, GEZ_SYNC_ERROR_INCOMPLETE, "A pack is shorter than it says");
          return NULL;
        }
      g_ptr_array_add (segments, g_bytes_new_from_bytes (file, at + LENGTH_SIZE, length));
      at += LENGTH_SIZE + length;
    }
  if (at == size)
    return g_steal_pointer (&segments);
  refuse (error, GEZ_SYNC_ERROR_DAMAGED, "A pack is longer than it says");
  return NULL;
}

/**
 * gez_pack_path:
 * @first: sequence of its first segment
 * @last: of its last one; there is no gap between
 * @file: the pack
 *
 * Returns: (transfer full): its path below gezinsplan/
 */
char *
gez_pack_path (const GezId *device,
               guint64      first,
               guint64      last,
               GBytes      *file)
{
  g_autofree char *directory = gez_base32 (device->bytes, GEZ_ID_SIZE);
  g_autofree char *name = NULL;
  GezHash hash;

  gez_hash_of (file, &hash);
  name = gez_base32 (hash.bytes, 5);
  return g_strdup_printf ("d/%s/p%08" G_GUINT64_FORMAT "-%08" G_GUINT64_FORMAT "-%s.pak", directory, first,
                          last, name);
}
