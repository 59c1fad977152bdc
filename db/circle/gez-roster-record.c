/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "circle/gez-roster-record.h"

#include <sodium.h>
#include <string.h>

#include "circle/gez-variant.h"

/*
 * One record of the roster as a file (format: docs/SYNC.md, "Roster").
 *
 * 1. A record is read without knowing who may write it: the signature is kept for gez_roster_fold(),
 *    which knows the devices.
 * 2. A record has one form. Parents stand in ascending order, wraps come in eights, and not a byte is
 *    left over.
 */

#define MAGIC "GEZROST1"
#define MAGIC_FAMILY 7 /* of its bytes; the last one is the version */
#define CONTENT_TYPE "(aayxa(sv))"
#define CONTENT_LIMIT (4u << 20)
#define WRAPS_MULTIPLE 8

enum
{
  AT_TEAM = 8,
  AT_SEQUENCE = 24,
  AT_AUTHOR = 28,
  AT_KEY_NUMBER = 44,
  AT_WRAPS_LENGTH = 48,
  AT_BODY_LENGTH = 52,
  AT_WRAPS = 56,
};

typedef struct
{
  const guint8 *bytes;
  gsize size;
  guint32 wraps_length;
  guint32 body_length;
} Layout;

static void
put_number (guint8 *at,
            guint32 number)
{
  guint32 little = GUINT32_TO_LE (number);

  memcpy (at, &little, sizeof little);
}

static guint32
get_number (const guint8 *at)
{
  guint32 little;

  memcpy (&little, at, sizeof little);
  return GUINT32_FROM_LE (little);
}

static void
hash_signed (const guint8 *bytes,
             gsize         size,
             GezHash      *hash)
{
  gez_hash_parts (hash->bytes, sizeof hash->bytes, NULL, "roster/1", &(GezBytesView) { bytes, size }, 1);
}

/**
 * gez_roster_record_free:
 * @self: (nullable) (transfer full): a record
 *
 * Thread: any, here and below.
 */
void
gez_roster_record_free (GezRosterRecord *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->verified, g_hash_table_unref);
  g_clear_pointer (&self->parents, g_array_unref);
  g_clear_pointer (&self->changes, g_variant_unref);
  g_free (self);
}

/* Writing ------------------------------------------------------------------------------------ */

static int
compare_hashes (gconstpointer a,
                gconstpointer b)
{
  return memcmp (a, b, GEZ_HASH_SIZE);
}

static GBytes *
write_content (GArray   *parents,
               gint64    wall_at,
               GVariant *changes)
{
  g_autoptr (GArray) sorted = g_array_new (FALSE, FALSE, sizeof (GezHash));
  GVariantBuilder list;

  if (parents != NULL && parents->len > 0)
    g_array_append_vals (sorted, parents->data, parents->len);
  g_array_sort (sorted, compare_hashes);
  g_variant_builder_init (&list, G_VARIANT_TYPE ("aay"));
  for (guint i = 0; i < sorted->len; i++)
    g_variant_builder_add_value (&list, gez_variant_of_bytes (g_array_index (sorted, GezHash, i).bytes,
                                                              GEZ_HASH_SIZE));
  return gez_variant_write (g_variant_new ("(aayx@a(sv))", &list, wall_at, changes));
}

static void
append_wrap (GByteArray *file,
             GBytes     *wrap)
{
  gsize size = 0;
  const guint8 *bytes = g_bytes_get_data (wrap, &size);
  guint8 length[2] = { (guint8) (size & 0xff), (guint8) (size >> 8) };

  g_assert (size > 0 && size <= G_MAXUINT16);
  g_byte_array_append (file, length, sizeof length);
  g_byte_array_append (file, bytes, (guint) size);
}

/* As long as a wrap that is there, so that nobody sees how many are in the team. */
static void
append_filler (GByteArray *file,
               gsize       size)
{
  g_autofree guint8 *bytes = g_malloc (size);
  g_autoptr (GBytes) filler = NULL;

  randombytes_buf (bytes, size);
  filler = g_bytes_new_take (g_steal_pointer (&bytes), size);
  append_wrap (file, filler);
}

static void
append_wraps (GByteArray *file,
              GPtrArray  *wraps)
{
  guint n_wraps = wraps ? wraps->len : 0;

  for (guint i = 0; i < n_wraps; i++)
    append_wrap (file, wraps->pdata[i]);
  for (guint i = n_wraps; i % WRAPS_MULTIPLE != 0; i++)
    append_filler (file, g_bytes_get_size (wraps->pdata[i % n_wraps]));
}

static GByteArray *
begin_file (const GezId *team,
            guint32      sequence,
            const GezId *author,
            guint32      key_number,
            GPtrArray   *wraps)
{
  GByteArray *file = g_byte_array_new ();
  guint8 header[AT_WRAPS] = MAGIC;

  memcpy (header + AT_TEAM, team->bytes, GEZ_ID_SIZE);
  put_number (header + AT_SEQUENCE, sequence);
  memcpy (header + AT_AUTHOR, author->bytes, GEZ_ID_SIZE);
  put_number (header + AT_KEY_NUMBER, key_number);
  g_byte_array_append (file, header, sizeof header);
  append_wraps (file, wraps);
  put_number (file->data + AT_WRAPS_LENGTH, file->len - AT_WRAPS);
  return file;
}

static GBytes *
finish_file (GByteArray      *file,
             GBytes          *body,
             const GezSecret *device_secret)
{
  guint8 signature[GEZ_SIGNATURE_SIZE];
  GezHash hash;

  g_byte_array_append (file, g_bytes_get_data (body, NULL), (guint) g_bytes_get_size (body));
  hash_signed (file->data, file->len, &hash);
  gez_sign (device_secret, &hash, signature);
  g_byte_array_append (file, signature, sizeof signature);
  return g_byte_array_free_to_bytes (g_byte_array_ref (file));
}

static GezBytesView
view_of (GBytes *bytes)
{
  GezBytesView view = { NULL, 0 };

  view.data = g_bytes_get_data (bytes, &view.size);
  return view;
}

/**
 * gez_roster_record_write:
 * @sequence: one more than the greatest of the parents; 0 for the first record
 * @author: this device
 * @key_number: of @team_key
 * @wraps: (nullable) (element-type GBytes): the team key for each reader, from gez_wrap_seal()
 * @parents: (nullable) (element-type GezHash): in any order; %NULL: none
 * @wall_at: milliseconds UTC
 * @changes: `a(sv)`; taken over when floating
 * @device_secret: signing key of @author
 *
 * Returns: (transfer full) (nullable): the whole file; or %NULL with GEZ_VAULT_ERROR_NO_MEMORY
 */
GBytes *
gez_roster_record_write (const GezId     *team,
                         guint32          sequence,
                         const GezId     *author,
                         guint32          key_number,
                         const GezSecret *team_key,
                         GPtrArray       *wraps,
                         GArray          *parents,
                         gint64           wall_at,
                         GVariant        *changes,
                         const GezSecret *device_secret,
                         GError         **error)
{
  g_autoptr (GBytes) content = write_content (parents, wall_at, changes);
  g_autoptr (GBytes) compressed = gez_compress (view_of (content), error);
  g_autoptr (GByteArray) file = NULL;
  g_autoptr (GBytes) body = NULL;

  if (compressed == NULL)
    return NULL;
  file = begin_file (team, sequence, author, key_number, wraps);
  put_number (file->data + AT_BODY_LENGTH, (guint32) gez_sealed_size (g_bytes_get_size (compressed)));
  body = gez_seal_message (team_key, (GezBytesView) { file->data, file->len }, view_of (compressed), error);
  return body ? finish_file (file, body, device_secret) : NULL;
}

/* Reading ------------------------------------------------------------------------------------ */

static gboolean
refuse (GError     **error,
        GezSyncError code,
        const char  *message)
{
  g_set_error_literal (error, GEZ_SYNC_ERROR, (int) code, message);
  return FALSE;
}

static gboolean
read_layout (GBytes      *file,
             const GezId *team,
             Layout      *layout,
             GError     **error)
{
  guint64 whole;

  layout->bytes = g_bytes_get_data (file, &layout->size);
  if (layout->size < AT_WRAPS)
    return refuse (error, GEZ_SYNC_ERROR_INCOMPLETE, "A roster record is shorter than its beginning");
  if (memcmp (layout->bytes, MAGIC, MAGIC_FAMILY) != 0)
    return refuse (error, GEZ_SYNC_ERROR_FOREIGN, "Not a roster record");
  if (memcmp (layout->bytes, MAGIC, strlen (MAGIC)) != 0)
    return refuse (error, GEZ_SYNC_ERROR_TOO_NEW, "A roster record of another version");
  if (memcmp (layout->bytes + AT_TEAM, team->bytes, GEZ_ID_SIZE) != 0)
    return refuse (error, GEZ_SYNC_ERROR_FOREIGN, "A roster record of another team");
  layout->wraps_length = get_number (layout->bytes + AT_WRAPS_LENGTH);
  layout->body_length = get_number (layout->bytes + AT_BODY_LENGTH);
  whole = AT_WRAPS + (guint64) layout->wraps_length + layout->body_length + GEZ_SIGNATURE_SIZE;
  if (layout->size < whole)
    return refuse (error, GEZ_SYNC_ERROR_INCOMPLETE, "A roster record is shorter than it says");
  if (layout->size > whole)
    return refuse (error, GEZ_SYNC_ERROR_DAMAGED, "A roster record is longer than it says");
  return TRUE;
}

/* @wraps: (nullable): gets them. Whether they fill their room, in eights. */
static gboolean
split_wraps (GBytes       *file,
             const Layout *layout,
             GPtrArray    *wraps,
             GError      **error)
{
  gsize at = AT_WRAPS, end = AT_WRAPS + (gsize) layout->wraps_length;
  guint n_wraps = 0;

  while (end - at > 2)
    {
      gsize length = layout->bytes[at] | (gsize) layout->bytes[at + 1] << 8;

      at += 2;
      if (length == 0 || length > end - at)
        break;
      if (wraps != NULL)
        g_ptr_array_add (wraps, g_bytes_new_from_bytes (file, at, length));
      at += length;
      n_wraps++;
    }
  if (at != end || n_wraps % WRAPS_MULTIPLE != 0)
    return refuse (error, GEZ_SYNC_ERROR_DAMAGED, "The wraps of a roster record do not fill their room");
  return TRUE;
}

/**
 * gez_roster_record_peek:
 * @file: a whole file
 * @team: of which it must be
 * @sequence: (out) (optional): its sequence
 * @key_number: (out) (optional): under which team key it is sealed
 * @wraps: (out) (optional) (transfer full) (element-type GBytes): for whoever it may be
 *
 * Reads what stands in the clear; needs no key. The team key may stand in one of the wraps.
 *
 * Returns: %FALSE with GEZ_SYNC_ERROR_INCOMPLETE, _FOREIGN, _TOO_NEW or _DAMAGED
 */
gboolean
gez_roster_record_peek (GBytes      *file,
                        const GezId *team,
                        guint32     *sequence,
                        guint32     *key_number,
                        GPtrArray  **wraps,
                        GError     **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  Layout layout = { 0 };

  g_return_val_if_fail (file != NULL && team != NULL, FALSE);

  if (!read_layout (file, team, &layout, error) || !split_wraps (file, &layout, found, error))
    return FALSE;
  if (sequence != NULL)
    *sequence = get_number (layout.bytes + AT_SEQUENCE);
  if (key_number != NULL)
    *key_number = get_number (layout.bytes + AT_KEY_NUMBER);
  if (wraps != NULL)
    *wraps = g_steal_pointer (&found);
  return TRUE;
}

static gboolean
read_parents (GezRosterRecord *self,
              GVariant        *list)
{
  gsize n_parents = g_variant_n_children (list);

  for (gsize i = 0; i < n_parents; i++)
    {
      g_autoptr (GVariant) child = g_variant_get_child_value (list, i);
      GezHash hash;

      if (!gez_variant_get_bytes (child, hash.bytes, GEZ_HASH_SIZE)
          || (i > 0 && compare_hashes (&g_array_index (self->parents, GezHash, i - 1), &hash) >= 0))
        return FALSE;
      g_array_append_val (self->parents, hash);
    }
  return (n_parents == 0) == (self->sequence == 0);
}

static gboolean
read_content (GezRosterRecord *self,
              GBytes          *compressed,
              GError         **error)
{
  g_autoptr (GBytes) content = gez_decompress (view_of (compressed), CONTENT_LIMIT, error);
  g_autoptr (GVariant) value = content ? gez_variant_read (content, CONTENT_TYPE, error) : NULL;
  g_autoptr (GVariant) parents = NULL;

  if (value == NULL)
    return FALSE;
  g_variant_get (value, "(@aayx@a(sv))", &parents, &self->wall_at, &self->changes);
  if (!read_parents (self, parents))
    return refuse (error, GEZ_SYNC_ERROR_DAMAGED, "The parents of a roster record are not in order");
  return TRUE;
}

/**
 * gez_roster_record_read:
 * @file: a whole file
 * @team: of which it must be
 * @team_key: that of the number that gez_roster_record_peek() tells
 *
 * Opens a record. Whether its signature is that of a device of the team is not looked at.
 *
 * Returns: (transfer full) (nullable): the record; or %NULL with GEZ_SYNC_ERROR_INCOMPLETE, _FOREIGN,
 *   _TOO_NEW or _DAMAGED (which is also another key), or GEZ_VAULT_ERROR_NO_MEMORY
 */
GezRosterRecord *
gez_roster_record_read (GBytes          *file,
                        const GezId     *team,
                        const GezSecret *team_key,
                        GError         **error)
{
  g_autoptr (GezRosterRecord) self = NULL;
  g_autoptr (GBytes) compressed = NULL;
  Layout layout = { 0 };
  gsize body_at;

  g_return_val_if_fail (file != NULL && team != NULL && team_key != NULL, NULL);

  if (!read_layout (file, team, &layout, error) || !split_wraps (file, &layout, NULL, error))
    return NULL;
  body_at = AT_WRAPS + (gsize) layout.wraps_length;
  compressed = gez_open_message (team_key, (GezBytesView) { layout.bytes, body_at },
                                 (GezBytesView) { layout.bytes + body_at, layout.body_length }, error);
  if (compressed == NULL)
    return NULL;
  self = g_new0 (GezRosterRecord, 1);
  self->parents = g_array_new (FALSE, FALSE, sizeof (GezHash));
  self->sequence = get_number (layout.bytes + AT_SEQUENCE);
  memcpy (self->author.bytes, layout.bytes + AT_AUTHOR, GEZ_ID_SIZE);
  self->key_number = get_number (layout.bytes + AT_KEY_NUMBER);
  gez_hash_of (file, &self->hash);
  hash_signed (layout.bytes, layout.size - GEZ_SIGNATURE_SIZE, &self->signed_hash);
  memcpy (self->signature, layout.bytes + layout.size - GEZ_SIGNATURE_SIZE, GEZ_SIGNATURE_SIZE);
  return read_content (self, compressed, error) ? g_steal_pointer (&self) : NULL;
}
