/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/gez-vault-header.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The header file: who can open the store. Its format stands in docs/STORAGE.md, "Header file".
 *
 * 1. The data key is random and never leaves this file unwrapped. A passphrase opens a slot; changing it
 *    rewrites one slot and nothing else.
 * 2. What is read before the key is known (costs, sizes) is untrusted: sizes are checked, costs are
 *    clamped, so that a forged header cannot make this program take all memory.
 * 3. Slots of a kind that this program does not know are kept, byte for byte.
 * 4. The whole header carries a keyed hash, checked as soon as the data key is known. */

#define MAGIC "GEZVAULT"
#define MAGIC_SIZE 8
#define VERSION 1
#define FIXED_SIZE 32
#define FLAG_HAS_DATABASE 1
#define MAC_SIZE 32
#define SALT_SIZE 16
#define NONCE_SIZE 24
#define WRAPPED_SIZE (GEZ_KEY_SIZE + 16)
#define PASSPHRASE_SLOT 1
#define PASSPHRASE_SLOT_SIZE (4 + 8 + SALT_SIZE + NONCE_SIZE + WRAPPED_SIZE)
#define N_SLOTS_MAX 16
#define FILE_SIZE_MAX (64 * 1024)

#define OPERATIONS_MIN 1
#define OPERATIONS_MAX 10
#define MEMORY_MIN (G_GUINT64_CONSTANT (8) * 1024 * 1024)
#define MEMORY_MAX (G_GUINT64_CONSTANT (1024) * 1024 * 1024)

G_STATIC_ASSERT (SALT_SIZE == crypto_pwhash_SALTBYTES);
G_STATIC_ASSERT (NONCE_SIZE == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);

typedef struct
{
  guint16 kind;
  GBytes *payload;
} Slot;

struct _GezVaultHeader
{
  GezId database_id;
  gboolean has_database;
  GArray *slots;    /* of Slot */
  GBytes *original; /* as parsed, MAC included; NULL for a new one */
};

static void
put_integer (GByteArray *bytes,
             guint64     value,
             guint       size)
{
  for (guint i = 0; i < size; i++)
    {
      guint8 byte = (guint8) (value >> (8 * i));

      g_byte_array_append (bytes, &byte, 1);
    }
}

static guint64
get_integer (const guint8 *bytes,
             guint         size)
{
  guint64 value = 0;

  for (guint i = 0; i < size; i++)
    value |= (guint64) bytes[i] << (8 * i);
  return value;
}

static void
slot_clear (gpointer data)
{
  g_bytes_unref (((Slot *) data)->payload);
}

static GezVaultHeader *
header_new (void)
{
  GezVaultHeader *self = g_new0 (GezVaultHeader, 1);

  self->slots = g_array_new (FALSE, FALSE, sizeof (Slot));
  g_array_set_clear_func (self->slots, slot_clear);
  return self;
}

void
gez_vault_header_free (GezVaultHeader *self)
{
  g_array_unref (self->slots);
  g_clear_pointer (&self->original, g_bytes_unref);
  g_free (self);
}

static void
slot_associated_data (GezVaultHeader *self,
                      guint8          data[40])
{
  memset (data, 0, 40);
  memcpy (data, "gezinsplan/slot/1", 17);
  memcpy (data + 20, self->database_id.bytes, GEZ_ID_SIZE);
  data[36] = PASSPHRASE_SLOT;
}

static gboolean
derive (GezPassphrase passphrase,
        GezKdfCost    cost,
        const guint8 *salt,
        guint8       *key,
        GError      **error)
{
  if (crypto_pwhash (key, GEZ_KEY_SIZE, passphrase.text, passphrase.length, salt, cost.operations, cost.memory,
                     crypto_pwhash_ALG_ARGON2ID13) == 0)
    return TRUE;
  g_set_error_literal (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_NO_MEMORY, "no memory to derive the key");
  return FALSE;
}

static gboolean
add_passphrase_slot (GezVaultHeader *self,
                     GezVaultKeys   *keys,
                     GezPassphrase   passphrase,
                     GezKdfCost      cost,
                     GError        **error)
{
  g_autoptr (GByteArray) payload = g_byte_array_new ();
  guint8 salt[SALT_SIZE], nonce[NONCE_SIZE], wrapped[WRAPPED_SIZE], associated[40];
  guint8 *wrapping = gez_secrets_take (GEZ_KEY_SIZE);
  Slot slot = { .kind = PASSPHRASE_SLOT };
  gboolean derived;

  randombytes_buf (salt, sizeof salt);
  randombytes_buf (nonce, sizeof nonce);
  slot_associated_data (self, associated);
  derived = wrapping && derive (passphrase, cost, salt, wrapping, error);
  if (derived)
    crypto_aead_xchacha20poly1305_ietf_encrypt (wrapped, NULL, keys->data, GEZ_KEY_SIZE, associated,
                                                sizeof associated, NULL, nonce, wrapping);
  gez_secrets_give_back (wrapping, GEZ_KEY_SIZE);
  if (!derived)
    return FALSE;
  put_integer (payload, cost.operations, 4);
  put_integer (payload, cost.memory, 8);
  g_byte_array_append (payload, salt, sizeof salt);
  g_byte_array_append (payload, nonce, sizeof nonce);
  g_byte_array_append (payload, wrapped, sizeof wrapped);
  slot.payload = g_byte_array_free_to_bytes (g_steal_pointer (&payload));
  g_array_append_val (self->slots, slot);
  return TRUE;
}

/**
 * gez_vault_header_new:
 * @keys: with a fresh data key
 *
 * Returns: (transfer full): a header with one passphrase slot, or %NULL with @error set
 */
GezVaultHeader *
gez_vault_header_new (const GezId   *database_id,
                      GezVaultKeys  *keys,
                      GezPassphrase  passphrase,
                      GezKdfCost     cost,
                      GError       **error)
{
  g_autoptr (GezVaultHeader) self = header_new ();

  self->database_id = *database_id;
  cost.operations = CLAMP (cost.operations, OPERATIONS_MIN, OPERATIONS_MAX);
  cost.memory = CLAMP (cost.memory, MEMORY_MIN, MEMORY_MAX);
  if (!add_passphrase_slot (self, keys, passphrase, cost, error))
    return NULL;
  return g_steal_pointer (&self);
}

static gboolean
damaged (GError    **error,
         const char *what)
{
  g_set_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_DAMAGED, "header: %s", what);
  return FALSE;
}

static gboolean
parse_slots (GezVaultHeader *self,
             const guint8   *bytes,
             gsize           size,
             guint           n_slots,
             GError        **error)
{
  gsize at = FIXED_SIZE;

  for (guint i = 0; i < n_slots; i++)
    {
      Slot slot;
      gsize length;

      if (at + 4 > size - MAC_SIZE)
        return damaged (error, "cut off");
      slot.kind = (guint16) get_integer (bytes + at, 2);
      length = get_integer (bytes + at + 2, 2);
      at += 4;
      if (at + length > size - MAC_SIZE)
        return damaged (error, "cut off");
      if (slot.kind == PASSPHRASE_SLOT && length != PASSPHRASE_SLOT_SIZE)
        return damaged (error, "a slot of the wrong size");
      slot.payload = g_bytes_new (bytes + at, length);
      g_array_append_val (self->slots, slot);
      at += length;
    }
  return at == size - MAC_SIZE || damaged (error, "the wrong size");
}

/**
 * gez_vault_header_parse:
 *
 * Reads what can be read without a key.
 *
 * Returns: (transfer full): the header, or %NULL with @error set
 */
GezVaultHeader *
gez_vault_header_parse (gconstpointer  data,
                        gsize          size,
                        GError       **error)
{
  g_autoptr (GezVaultHeader) self = header_new ();
  const guint8 *bytes = data;
  guint n_slots;

  if (size < FIXED_SIZE + MAC_SIZE || size > FILE_SIZE_MAX || memcmp (bytes, MAGIC, MAGIC_SIZE) != 0)
    {
      damaged (error, "not a header");
      return NULL;
    }
  if (get_integer (bytes + 8, 2) > VERSION)
    {
      g_set_error_literal (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_TOO_NEW, "header of a newer version");
      return NULL;
    }
  self->has_database = (get_integer (bytes + 10, 2) & FLAG_HAS_DATABASE) != 0;
  memcpy (self->database_id.bytes, bytes + 12, GEZ_ID_SIZE);
  n_slots = (guint) get_integer (bytes + 28, 2);
  if (get_integer (bytes + 8, 2) != VERSION || n_slots == 0 || n_slots > N_SLOTS_MAX)
    {
      damaged (error, "no slots");
      return NULL;
    }
  if (!parse_slots (self, bytes, size, n_slots, error))
    return NULL;
  self->original = g_bytes_new (bytes, size);
  return g_steal_pointer (&self);
}

static gboolean
open_slot (GezVaultHeader *self,
           Slot           *slot,
           GezPassphrase   passphrase,
           GezVaultKeys   *keys,
           gboolean       *opened,
           GError        **error)
{
  const guint8 *payload = g_bytes_get_data (slot->payload, NULL);
  const guint8 *salt = payload + 12, *nonce = salt + SALT_SIZE, *wrapped = nonce + NONCE_SIZE;
  guint8 *wrapping = gez_secrets_take (GEZ_KEY_SIZE);
  guint8 associated[40];
  GezKdfCost cost;
  gboolean derived;

  cost.operations = (guint32) CLAMP (get_integer (payload, 4), OPERATIONS_MIN, OPERATIONS_MAX);
  cost.memory = CLAMP (get_integer (payload + 4, 8), MEMORY_MIN, MEMORY_MAX);
  slot_associated_data (self, associated);
  derived = wrapping && derive (passphrase, cost, salt, wrapping, error);
  *opened = derived &&
            crypto_aead_xchacha20poly1305_ietf_decrypt (keys->data, NULL, NULL, wrapped, WRAPPED_SIZE,
                                                        associated, sizeof associated, nonce, wrapping) == 0;
  gez_secrets_give_back (wrapping, GEZ_KEY_SIZE);
  return derived;
}

static gboolean
mac_is_right (GezVaultHeader     *self,
              const GezVaultKeys *keys)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (self->original, &size);
  guint8 mac[MAC_SIZE];

  crypto_generichash (mac, sizeof mac, bytes, size - MAC_SIZE, keys->header, GEZ_KEY_SIZE);
  return sodium_memcmp (mac, bytes + size - MAC_SIZE, MAC_SIZE) == 0;
}

/**
 * gez_vault_header_unlock:
 * @keys: (out): filled when a slot opens
 *
 * Takes as long as the key derivation. Never on the main thread.
 *
 * Returns: %TRUE when a slot opened; %GEZ_VAULT_ERROR_WRONG_PASSPHRASE when none did,
 *   %GEZ_VAULT_ERROR_DAMAGED when the rest of the header was changed
 */
gboolean
gez_vault_header_unlock (GezVaultHeader  *self,
                         GezPassphrase    passphrase,
                         GezVaultKeys    *keys,
                         GError         **error)
{
  gboolean opened = FALSE;

  for (guint i = 0; !opened && i < self->slots->len; i++)
    {
      Slot *slot = &g_array_index (self->slots, Slot, i);

      if (slot->kind == PASSPHRASE_SLOT && !open_slot (self, slot, passphrase, keys, &opened, error))
        return FALSE;
    }
  if (!opened)
    {
      g_set_error_literal (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_WRONG_PASSPHRASE, "no slot opens");
      return FALSE;
    }
  gez_vault_keys_derive (keys);
  return self->original == NULL || mac_is_right (self, keys) || damaged (error, "changed");
}

/**
 * gez_vault_header_serialise:
 *
 * Returns: (transfer full): the bytes of the file
 */
GBytes *
gez_vault_header_serialise (GezVaultHeader     *self,
                            const GezVaultKeys *keys)
{
  GByteArray *bytes = g_byte_array_new ();
  guint8 mac[MAC_SIZE];

  g_byte_array_append (bytes, (const guint8 *) MAGIC, MAGIC_SIZE);
  put_integer (bytes, VERSION, 2);
  put_integer (bytes, self->has_database ? FLAG_HAS_DATABASE : 0, 2);
  g_byte_array_append (bytes, self->database_id.bytes, GEZ_ID_SIZE);
  put_integer (bytes, self->slots->len, 2);
  put_integer (bytes, 0, 2);
  for (guint i = 0; i < self->slots->len; i++)
    {
      Slot *slot = &g_array_index (self->slots, Slot, i);

      put_integer (bytes, slot->kind, 2);
      put_integer (bytes, g_bytes_get_size (slot->payload), 2);
      g_byte_array_append (bytes, g_bytes_get_data (slot->payload, NULL), (guint) g_bytes_get_size (slot->payload));
    }
  crypto_generichash (mac, sizeof mac, bytes->data, bytes->len, keys->header, GEZ_KEY_SIZE);
  g_byte_array_append (bytes, mac, sizeof mac);
  return g_byte_array_free_to_bytes (bytes);
}

const GezId *
gez_vault_header_get_database_id (GezVaultHeader *self)
{
  return &self->database_id;
}

gboolean
gez_vault_header_get_has_database (GezVaultHeader *self)
{
  return self->has_database;
}

void
gez_vault_header_set_has_database (GezVaultHeader *self,
                                   gboolean        has_database)
{
  self->has_database = has_database;
}

/**
 * gez_vault_set_error_from_errno:
 * @doing: what failed, for the log; never a name of a person
 */
void
gez_vault_set_error_from_errno (GError    **error,
                                int         number,
                                const char *doing)
{
  int code = number == ENOSPC || number == EDQUOT ? GEZ_VAULT_ERROR_NO_SPACE : GEZ_VAULT_ERROR_IO;

  g_set_error (error, GEZ_VAULT_ERROR, code, "%s: %s", doing, g_strerror (number));
}

static gboolean
write_and_sync (const char *path,
                GBytes     *content)
{
  gsize size, done = 0;
  const guint8 *bytes = g_bytes_get_data (content, &size);
  int file = g_open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  gboolean written;

  if (file < 0)
    return FALSE;
  while (done < size)
    {
      gssize count = write (file, bytes + done, size - done);

      if (count < 0 && errno == EINTR)
        continue;
      if (count <= 0)
        break;
      done += (gsize) count;
    }
  written = done == size && fsync (file) == 0;
  {
    int number = errno;

    close (file);
    errno = number;
  }
  return written;
}

/**
 * gez_vault_write_file:
 *
 * Replaces a small file: after a crash the old or the new one stands there, whole.
 *
 * Returns: %TRUE when the new one is durable
 */
gboolean
gez_vault_write_file (const char *directory,
                      const char *name,
                      GBytes     *content,
                      GError    **error)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autofree char *temporary = g_strconcat (path, ".new", NULL);
  int folder;

  if (!write_and_sync (temporary, content) || g_rename (temporary, path) != 0)
    {
      gez_vault_set_error_from_errno (error, errno, "writing the header");
      g_unlink (temporary);
      return FALSE;
    }
  folder = g_open (directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  if (folder >= 0)
    {
      fsync (folder);
      close (folder);
    }
  return TRUE;
}
