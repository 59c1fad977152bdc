/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/gez-file-name.h"

#include <string.h>

static GezFileName *
file_name_new (const GezId *id,
               GezSecret   *key)
{
  GezFileName *self = g_new0 (GezFileName, 1);

  self->id = *id;
  self->key = key;
  return self;
}

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
  GezId id;

  if (key == NULL)
    return NULL;
  id = gez_id_new (clock);
  return file_name_new (&id, key);
}

/**
 * gez_file_name_read:
 * @statement: standing on a row
 * @id_column: where it has the name
 * @key_column: where it has the key
 *
 * Thread: the store's worker.
 *
 * Returns: (transfer full) (nullable): the name; or %NULL with GEZ_STORE_ERROR_DAMAGED or
 *   GEZ_VAULT_ERROR_NO_MEMORY
 */
GezFileName *
gez_file_name_read (GezStatement *statement,
                    int           id_column,
                    int           key_column,
                    GError      **error)
{
  g_autoptr (GBytes) bytes = gez_statement_get_blob (statement, key_column);
  GezId id = gez_statement_get_id (statement, id_column);
  GezSecret *key;

  if (gez_id_is_none (&id) || g_bytes_get_size (bytes) != GEZ_FILE_KEY_SIZE)
    {
      g_set_error_literal (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_DAMAGED, "a document that names no file");
      return NULL;
    }
  key = gez_secret_new (error);
  if (key == NULL)
    return NULL;
  memcpy (key->bytes, g_bytes_get_data (bytes, NULL), GEZ_FILE_KEY_SIZE);
  return file_name_new (&id, key);
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
