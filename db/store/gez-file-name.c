/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/gez-file-name.h"

#include <string.h>

#include "vault/gez-sealed-file.h"

G_STATIC_ASSERT (GEZ_FILE_NAME_SIZE == GEZ_ID_SIZE + GEZ_FILE_KEY_SIZE);

/**
 * gez_file_name_new:
 *
 * Returns: (transfer full) (nullable): a name that no file has yet, with a random key; or %NULL with
 *   GEZ_VAULT_ERROR_NO_MEMORY
 *
 * Thread: any.
 */
GezFileName *
gez_file_name_new (GezClock *clock,
                   GError  **error)
{
  GezSecret *key = gez_sealed_file_make_key (error);
  GezFileName *self;

  if (key == NULL)
    return NULL;
  self = g_new0 (GezFileName, 1);
  self->id = gez_id_new (clock);
  self->key = key;
  return self;
}

/**
 * gez_file_name_from_bytes:
 * @bytes: what a column …_file holds
 *
 * Returns: (transfer full) (nullable): the name, %NULL when these are not 48 bytes or there is no
 *   locked memory left
 *
 * Thread: any.
 */
GezFileName *
gez_file_name_from_bytes (gconstpointer bytes,
                          gsize         size)
{
  GezSecret *key = bytes && size == GEZ_FILE_NAME_SIZE ? gez_secret_new (NULL) : NULL;
  GezFileName *self;

  if (key == NULL)
    return NULL;
  self = g_new0 (GezFileName, 1);
  self->key = key;
  memcpy (self->id.bytes, bytes, GEZ_ID_SIZE);
  memcpy (key->bytes, (const guint8 *) bytes + GEZ_ID_SIZE, GEZ_FILE_KEY_SIZE);
  return self;
}

/**
 * gez_file_name_free:
 * @self: (nullable) (transfer full): a name; its key is wiped
 *
 * Thread: any.
 */
void
gez_file_name_free (GezFileName *self)
{
  if (self == NULL)
    return;
  gez_secret_free (self->key);
  g_free (self);
}

/**
 * gez_file_name_read:
 * @statement: standing on a row
 *
 * Thread: the store's worker.
 *
 * Returns: (transfer full) (nullable): the file that @column names, as gez_file_name_from_bytes()
 */
GezFileName *
gez_file_name_read (GezStatement *statement,
                    int           column)
{
  g_autoptr (GBytes) bytes = gez_statement_get_blob (statement, column);
  gsize size = 0;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  return gez_file_name_from_bytes (data, size);
}

/**
 * gez_file_name_to_bytes:
 * @bytes: (out): what a column …_file holds; to be wiped by the caller
 *
 * Thread: any.
 */
void
gez_file_name_to_bytes (const GezFileName *self,
                        guint8             bytes[GEZ_FILE_NAME_SIZE])
{
  g_return_if_fail (self != NULL);

  memcpy (bytes, self->id.bytes, GEZ_ID_SIZE);
  memcpy (bytes + GEZ_ID_SIZE, self->key->bytes, GEZ_FILE_KEY_SIZE);
}
