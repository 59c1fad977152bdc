/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/gez-blob.h"

#include <string.h>

/* A sealed file travels as it lies on the disk, in parts that a slow line carries one by one. The hash of a
 * part tells whether it came whole; whether it is the right one tells the sealed file itself. */

#define MAGIC "GEZBLOB1"
#define MAGIC_SIZE 8
#define MAGIC_FAMILY 7 /* of its bytes; the last one is the version */

enum
{
  AT_FILE = 8,
  AT_NUMBER = 24,
  AT_N_PARTS = 28,
  AT_SIZE = 32,
  AT_HASH = 40,
};

G_STATIC_ASSERT (AT_HASH + GEZ_HASH_SIZE == GEZ_BLOB_HEAD_SIZE);

static void
write_head (const GezBlobHead *head,
            guint8             bytes[AT_HASH])
{
  guint32 number = GUINT32_TO_LE (head->number), n_parts = GUINT32_TO_LE (head->n_parts);
  guint64 size = GUINT64_TO_LE (head->size);

  memcpy (bytes, MAGIC, MAGIC_SIZE);
  memcpy (bytes + AT_FILE, head->file.bytes, GEZ_ID_SIZE);
  memcpy (bytes + AT_NUMBER, &number, sizeof number);
  memcpy (bytes + AT_N_PARTS, &n_parts, sizeof n_parts);
  memcpy (bytes + AT_SIZE, &size, sizeof size);
}

/**
 * gez_blob_count_parts:
 * @size: bytes of a sealed file
 *
 * Returns: in how many parts it travels
 *
 * Thread: any, here and below.
 */
guint
gez_blob_count_parts (guint64 size)
{
  return (guint) MAX (1, size / GEZ_BLOB_PART_SIZE + (size % GEZ_BLOB_PART_SIZE != 0));
}

/**
 * gez_blob_write:
 * @data: the bytes of this part
 *
 * Returns: (transfer full): the file that is published
 */
GBytes *
gez_blob_write (const GezBlobHead *head,
                gconstpointer      data,
                gsize              size)
{
  g_autoptr (GBytes) content = g_bytes_new_static (data, size);
  guint8 *file = g_malloc (GEZ_BLOB_HEAD_SIZE + size);
  GezHash hash;

  gez_hash_of (content, &hash);
  write_head (head, file);
  memcpy (file + AT_HASH, hash.bytes, GEZ_HASH_SIZE);
  memcpy (file + GEZ_BLOB_HEAD_SIZE, data, size);
  return g_bytes_new_take (file, GEZ_BLOB_HEAD_SIZE + size);
}

static GBytes *
refuse (GError     **error,
        GezSyncError code,
        const char  *message)
{
  g_set_error_literal (error, GEZ_SYNC_ERROR, (int) code, message);
  return NULL;
}

/**
 * gez_blob_read:
 * @part: a whole file
 * @head: what it has to say of itself
 *
 * Returns: (transfer full) (nullable): the bytes of the sealed file; or %NULL with GEZ_SYNC_ERROR_INCOMPLETE,
 *   _FOREIGN (another part, or none), _TOO_NEW or _DAMAGED
 */
GBytes *
gez_blob_read (GBytes            *part,
               const GezBlobHead *head,
               GError           **error)
{
  gsize size, expected = GEZ_BLOB_PART_SIZE;
  const guint8 *data = g_bytes_get_data (part, &size);
  g_autoptr (GBytes) content = NULL;
  guint8 bytes[AT_HASH];
  GezHash hash;

  g_return_val_if_fail (head->number < head->n_parts, NULL);

  if (head->number == head->n_parts - 1)
    expected = (gsize) (head->size - (guint64) head->number * GEZ_BLOB_PART_SIZE);
  if (size > 0 && memcmp (data, MAGIC, MIN (size, MAGIC_FAMILY)) != 0)
    return refuse (error, GEZ_SYNC_ERROR_FOREIGN, "Not a part of an attachment");
  if (size < GEZ_BLOB_HEAD_SIZE)
    return refuse (error, GEZ_SYNC_ERROR_INCOMPLETE, "A part of an attachment is shorter than its beginning");
  if (memcmp (data, MAGIC, MAGIC_SIZE) != 0)
    return refuse (error, GEZ_SYNC_ERROR_TOO_NEW, "A part of an attachment of another version");
  write_head (head, bytes);
  if (memcmp (data, bytes, sizeof bytes) != 0)
    return refuse (error, GEZ_SYNC_ERROR_FOREIGN, "Another part of an attachment");
  if (size - GEZ_BLOB_HEAD_SIZE < expected)
    return refuse (error, GEZ_SYNC_ERROR_INCOMPLETE, "A part of an attachment is not all there");
  content = g_bytes_new_from_bytes (part, GEZ_BLOB_HEAD_SIZE, size - GEZ_BLOB_HEAD_SIZE);
  gez_hash_of (content, &hash);
  if (size - GEZ_BLOB_HEAD_SIZE > expected || memcmp (hash.bytes, data + AT_HASH, GEZ_HASH_SIZE) != 0)
    return refuse (error, GEZ_SYNC_ERROR_DAMAGED, "A part of an attachment is damaged");
  return g_steal_pointer (&content);
}

/**
 * gez_blob_name:
 * @number: which part, from 0
 *
 * Returns: (transfer full): its name in the directory of a device
 */
char *
gez_blob_name (const GezId *file,
               guint        number)
{
  g_autofree char *name = gez_base32 (file->bytes, GEZ_ID_SIZE);

  return g_strdup_printf ("b%s-%04u.blb", name, number);
}
