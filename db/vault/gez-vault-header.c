/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/gez-vault-header-private.h"

#include <sodium.h>
#include <string.h>

#include "vault/gez-vault-file.h"
#include "vault/gez-vault-recovery.h"
#include "vault/gez-vault-slot.h"

/*
 * The header file (format: docs/STORAGE.md).
 *
 * 1. Its last 16 bytes are a checksum of all before, in this and every later version. It tells
 *    damage from a wrong passphrase before there is a key; it does not vouch for anything.
 * 2. Before it stands a MAC under a key that derives from the data key; it vouches for everything,
 *    as soon as a slot has opened.
 * 3. The file is replaced whole, then its copy. A header that fails is rewritten from the other one
 *    at the next unlock.
 * 4. Slots of a kind that this program does not know are kept as they are.
 */

#define MAGIC "GEZVAULT"
#define VERSION 1
#define FIXED_SIZE 40
#define MAC_SIZE 32
#define CHECKSUM_SIZE 16
#define MOST_SLOTS 64
#define FLAG_HAS_DATABASE 1u

static const char *const file_names[] = { GEZ_HEADER_NAME, GEZ_HEADER_COPY_NAME };

/* What a store is opened with: one of these. */
typedef struct
{
  const GezPassphrase *passphrase;
  const GezSecret *code;
} Opener;

static void
clear_slot_cb (gpointer data)
{
  GezVaultSlot *slot = data;

  g_bytes_unref (slot->payload);
}

static void
put (GByteArray *out,
     guint64     value,
     guint       size)
{
  guint64 little = GUINT64_TO_LE (value);

  g_byte_array_append (out, (const guint8 *) &little, size);
}

static guint64
take (const guint8 *bytes,
      guint         size)
{
  guint64 value = 0;

  memcpy (&value, bytes, size);
  return GUINT64_FROM_LE (value);
}

static GezVaultHeader *
header_alloc (void)
{
  GezVaultHeader *self = g_new0 (GezVaultHeader, 1);

  self->slots = g_array_new (FALSE, FALSE, sizeof (GezVaultSlot));
  g_array_set_clear_func (self->slots, clear_slot_cb);
  return self;
}

static gboolean
checksum_fits (const guint8 *bytes,
               gsize         length)
{
  guint8 checksum[CHECKSUM_SIZE];

  crypto_generichash (checksum, sizeof checksum, bytes, length - CHECKSUM_SIZE, NULL, 0);
  return memcmp (checksum, bytes + length - CHECKSUM_SIZE, CHECKSUM_SIZE) == 0;
}

static gboolean
parse_slots (GezVaultHeader *self,
             const guint8   *bytes,
             gsize           length,
             guint           n_slots)
{
  gsize at = FIXED_SIZE, end = length - MAC_SIZE - CHECKSUM_SIZE;

  for (guint i = 0; i < n_slots; i++)
    {
      g_autoptr (GBytes) payload = NULL;
      guint16 kind;
      gsize size;

      if (end - at < 4)
        return FALSE;
      kind = (guint16) take (bytes + at, 2);
      size = (gsize) take (bytes + at + 2, 2);
      at += 4;
      if (end - at < size)
        return FALSE;
      payload = g_bytes_new (bytes + at, size);
      at += size;
      if (kind == GEZ_SLOT_PASSPHRASE && !gez_slot_is_valid (payload))
        return FALSE;
      gez_vault_header_add_slot (self, kind, payload);
    }
  return at == end;
}

static gboolean
check_mac (GezVaultHeader *self,
           GezSecret      *data_key,
           GError        **error)
{
  g_autoptr (GezSecret) key = gez_vault_header_derive (data_key, GEZ_VAULT_KEY_HEADER, error);
  gsize length;
  const guint8 *bytes = g_bytes_get_data (self->parsed, &length);
  guint8 mac[MAC_SIZE];

  if (key == NULL)
    return FALSE;
  length -= MAC_SIZE + CHECKSUM_SIZE;
  crypto_generichash (mac, sizeof mac, bytes, length, key->bytes, GEZ_KEY_SIZE);
  if (sodium_memcmp (mac, bytes + length, sizeof mac) == 0)
    return TRUE;
  g_set_error_literal (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_DAMAGED,
                       "The header was changed by somebody without the key");
  return FALSE;
}

/* Of two failures, what the person should hear. */
static gboolean
outweighs (const GError *error,
           const GError *other)
{
  static const GezVaultError order[] = {
    GEZ_VAULT_ERROR_WRONG_PASSPHRASE, GEZ_VAULT_ERROR_WRONG_RECOVERY, GEZ_VAULT_ERROR_NO_MEMORY,
    GEZ_VAULT_ERROR_TOO_NEW,          GEZ_VAULT_ERROR_IO,             GEZ_VAULT_ERROR_DAMAGED,
    GEZ_VAULT_ERROR_NOT_A_STORE,
  };

  for (guint i = 0; i < G_N_ELEMENTS (order) && other != NULL; i++)
    {
      if (g_error_matches (other, GEZ_VAULT_ERROR, (int) order[i]))
        return FALSE;
      if (g_error_matches (error, GEZ_VAULT_ERROR, (int) order[i]))
        return TRUE;
    }
  return other == NULL;
}

static void
heal (GezVaultHeader *self,
      const char     *directory)
{
  for (guint i = 0; i < G_N_ELEMENTS (file_names); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) content = NULL;

      content = gez_vault_file_read (directory, file_names[i], GEZ_HEADER_LONGEST, NULL);

      if (content != NULL && g_bytes_equal (content, self->parsed))
        continue;
      /* On a full or read-only disk the store still opens, with one good header. */
      if (!gez_vault_file_replace (directory, file_names[i], self->parsed, &error))
        g_info ("%s", error->message);
    }
}

static gboolean
open_slot (GezVaultHeader     *self,
           const GezVaultSlot *slot,
           Opener              with,
           GezSecret          *data_key,
           GError            **error)
{
  return with.passphrase
           ? gez_slot_unwrap (slot->payload, &self->database_id, *with.passphrase, data_key, error)
           : gez_recovery_open (slot->payload, &self->database_id, with.code, data_key, error);
}

static gboolean
fits (const GezVaultSlot *slot,
      Opener              with)
{
  return with.passphrase ? slot->kind == GEZ_SLOT_PASSPHRASE
                         : slot->kind == GEZ_SLOT_RECOVERY && gez_recovery_is_known (slot->payload);
}

static GezSecret *
unlock (GezVaultHeader *self,
        Opener          with,
        GError        **error)
{
  g_autoptr (GezSecret) data_key = gez_secret_new (error);
  g_autoptr (GError) failure = NULL;
  gboolean open = FALSE;

  if (data_key == NULL)
    return NULL;
  for (guint i = 0; i < self->slots->len && !open; i++)
    {
      GezVaultSlot *slot = &g_array_index (self->slots, GezVaultSlot, i);

      if (!fits (slot, with))
        continue;
      g_clear_error (&failure);
      open = open_slot (self, slot, with, data_key, &failure);
    }
  if (!open && failure == NULL)
    g_set_error_literal (&failure, GEZ_VAULT_ERROR,
                         with.passphrase ? GEZ_VAULT_ERROR_WRONG_PASSPHRASE
                                         : GEZ_VAULT_ERROR_WRONG_RECOVERY,
                         "This store has no key slot of this kind");
  if (!open)
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (self->parsed == NULL || check_mac (self, data_key, error))
    return g_steal_pointer (&data_key);
  return NULL;
}

/* What a sound header answers. An older copy may know other words, and would be written over a newer
 * header. */
static gboolean
is_answer (const GError *error)
{
  return g_error_matches (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_WRONG_PASSPHRASE)
         || g_error_matches (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_WRONG_RECOVERY)
         || g_error_matches (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_TOO_NEW);
}

static GezVaultHeader *
load_opened (const char *directory,
             Opener      with,
             GezSecret **data_key,
             GError    **error)
{
  g_autoptr (GError) worst = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (file_names); i++)
    {
      g_autoptr (GError) failure = NULL;
      g_autoptr (GezVaultHeader) self = gez_vault_header_read (directory, file_names[i], &failure);

      if (self != NULL)
        *data_key = unlock (self, with, &failure);
      if (failure == NULL)
        {
          heal (self, directory);
          return g_steal_pointer (&self);
        }
      if (outweighs (failure, worst))
        {
          g_clear_error (&worst);
          worst = g_steal_pointer (&failure);
        }
      if (is_answer (worst))
        break;
    }
  g_propagate_error (error, g_steal_pointer (&worst));
  return NULL;
}

/**
 * gez_vault_header_new:
 *
 * Returns: (transfer full): a header for a new database, with no slots
 *
 * Thread: any; a header belongs to one thread at a time.
 */
GezVaultHeader *
gez_vault_header_new (void)
{
  GezVaultHeader *self = header_alloc ();

  randombytes_buf (self->database_id.bytes, GEZ_ID_SIZE);
  return self;
}

/**
 * gez_vault_header_read:
 * @name: of the header or of its copy
 *
 * Returns: (transfer full) (nullable): what stands there, which nothing vouches for yet; or %NULL with
 *   GEZ_VAULT_ERROR_NOT_A_STORE, _DAMAGED, _TOO_NEW or _IO
 */
GezVaultHeader *
gez_vault_header_read (const char *directory,
                       const char *name,
                       GError    **error)
{
  g_autoptr (GBytes) content = gez_vault_file_read (directory, name, GEZ_HEADER_LONGEST, error);

  return content ? gez_vault_header_parse (content, error) : NULL;
}

/**
 * gez_vault_header_parse:
 * @content: the bytes of a header file
 *
 * Returns: (transfer full) (nullable): the header, which nothing vouches for yet; or %NULL with
 *   GEZ_VAULT_ERROR_DAMAGED or GEZ_VAULT_ERROR_TOO_NEW
 */
GezVaultHeader *
gez_vault_header_parse (GBytes  *content,
                        GError **error)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (content, &length);
  g_autoptr (GezVaultHeader) self = header_alloc ();
  guint n_slots;

  if (length < FIXED_SIZE + MAC_SIZE + CHECKSUM_SIZE || length >= GEZ_HEADER_LONGEST
      || memcmp (bytes, MAGIC, strlen (MAGIC)) != 0 || !checksum_fits (bytes, length))
    {
      g_set_error_literal (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_DAMAGED,
                           "The header is damaged");
      return NULL;
    }
  if (take (bytes + 8, 2) != VERSION)
    {
      g_set_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_TOO_NEW,
                   "The header has version %u", (guint) take (bytes + 8, 2));
      return NULL;
    }
  n_slots = (guint) take (bytes + 10, 2);
  self->flags = (guint32) take (bytes + 12, 4);
  memcpy (self->database_id.bytes, bytes + 16, GEZ_ID_SIZE);
  self->parsed = g_bytes_ref (content);
  if (take (bytes + 32, 4) != length || n_slots > MOST_SLOTS
      || !parse_slots (self, bytes, length, n_slots))
    {
      g_set_error_literal (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_DAMAGED,
                           "The header contradicts itself");
      return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * gez_vault_header_serialize:
 * @data_key: what the MAC derives from
 *
 * Returns: (transfer full) (nullable): the bytes of the header file
 */
GBytes *
gez_vault_header_serialize (GezVaultHeader *self,
                            GezSecret      *data_key,
                            GError        **error)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autoptr (GezSecret) key = gez_vault_header_derive (data_key, GEZ_VAULT_KEY_HEADER, error);
  gsize length = FIXED_SIZE + MAC_SIZE + CHECKSUM_SIZE;
  guint8 mac[MAC_SIZE], checksum[CHECKSUM_SIZE];

  if (key == NULL)
    return NULL;
  for (guint i = 0; i < self->slots->len; i++)
    length += 4 + g_bytes_get_size (g_array_index (self->slots, GezVaultSlot, i).payload);
  g_byte_array_append (out, (const guint8 *) MAGIC, strlen (MAGIC));
  put (out, VERSION, 2);
  put (out, self->slots->len, 2);
  put (out, self->flags, 4);
  g_byte_array_append (out, self->database_id.bytes, GEZ_ID_SIZE);
  put (out, length, 4);
  put (out, 0, 4);
  for (guint i = 0; i < self->slots->len; i++)
    {
      GezVaultSlot *slot = &g_array_index (self->slots, GezVaultSlot, i);
      gsize size = g_bytes_get_size (slot->payload);

      put (out, slot->kind, 2);
      put (out, size, 2);
      g_byte_array_append (out, g_bytes_get_data (slot->payload, NULL), (guint) size);
    }
  crypto_generichash (mac, sizeof mac, out->data, out->len, key->bytes, GEZ_KEY_SIZE);
  g_byte_array_append (out, mac, sizeof mac);
  crypto_generichash (checksum, sizeof checksum, out->data, out->len, NULL, 0);
  g_byte_array_append (out, checksum, sizeof checksum);
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

/**
 * gez_vault_header_exists:
 * @has_database: (out): whether a sound header says so; %TRUE when none is sound
 *
 * Looks for a header, sound or damaged, without a key.
 *
 * Returns: whether there is one
 */
gboolean
gez_vault_header_exists (const char *directory,
                         gboolean   *has_database)
{
  guint n_sound = 0, n_damaged = 0;

  *has_database = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (file_names); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GezVaultHeader) self = gez_vault_header_read (directory, file_names[i], &error);

      if (self != NULL)
        {
          n_sound++;
          *has_database = *has_database || gez_vault_header_get_has_database (self);
        }
      else if (!g_error_matches (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_NOT_A_STORE))
        n_damaged++;
    }
  if (n_sound == 0)
    *has_database = n_damaged > 0;
  return n_sound + n_damaged > 0;
}

/**
 * gez_vault_header_load:
 * @directory: of the store
 * @data_key: (out) (transfer full): the data key
 *
 * Reads the header, or its copy when the header is damaged, opens a slot, checks what the MAC
 * vouches for, and repairs the one of the two that differs.
 *
 * Returns: (transfer full) (nullable): the header; or %NULL with GEZ_VAULT_ERROR_WRONG_PASSPHRASE,
 *   _NOT_A_STORE, _DAMAGED (both), _TOO_NEW, _NO_MEMORY or _IO
 */
GezVaultHeader *
gez_vault_header_load (const char   *directory,
                       GezPassphrase passphrase,
                       GezSecret   **data_key,
                       GError      **error)
{
  return load_opened (directory, (Opener) { .passphrase = &passphrase }, data_key, error);
}

/**
 * gez_vault_header_load_with_recovery:
 * @code: the first 16 bytes are the code of a recovery sheet
 *
 * The same as gez_vault_header_load(), with GEZ_VAULT_ERROR_WRONG_RECOVERY.
 */
GezVaultHeader *
gez_vault_header_load_with_recovery (const char      *directory,
                                     const GezSecret *code,
                                     GezSecret      **data_key,
                                     GError         **error)
{
  return load_opened (directory, (Opener) { .code = code }, data_key, error);
}

/**
 * gez_vault_header_save:
 * @directory: of the store
 *
 * Replaces the header and then its copy.
 *
 * Returns: whether both stand on the disk
 */
gboolean
gez_vault_header_save (GezVaultHeader *self,
                       const char     *directory,
                       GezSecret      *data_key,
                       GError        **error)
{
  g_autoptr (GBytes) content = gez_vault_header_serialize (self, data_key, error);

  if (content == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (file_names); i++)
    if (!gez_vault_file_replace (directory, file_names[i], content, error))
      return FALSE;
  g_clear_pointer (&self->parsed, g_bytes_unref);
  self->parsed = g_steal_pointer (&content);
  return TRUE;
}

/**
 * gez_vault_header_add_passphrase:
 *
 * Adds a slot that opens with @passphrase.
 */
gboolean
gez_vault_header_add_passphrase (GezVaultHeader *self,
                                 GezPassphrase   passphrase,
                                 GezKdfCost      cost,
                                 GezSecret      *data_key,
                                 GError        **error)
{
  g_autoptr (GBytes) payload = NULL;

  payload = gez_slot_wrap (&self->database_id, passphrase, cost, data_key, error);
  if (payload == NULL)
    return FALSE;
  gez_vault_header_add_slot (self, GEZ_SLOT_PASSPHRASE, payload);
  return TRUE;
}

/**
 * gez_vault_header_add_slot:
 * @kind: what opens it
 * @payload: at most 65535 bytes
 *
 * Adds a slot of any kind.
 */
void
gez_vault_header_add_slot (GezVaultHeader *self,
                           guint16         kind,
                           GBytes         *payload)
{
  GezVaultSlot slot = { kind, g_bytes_ref (payload) };

  g_assert (g_bytes_get_size (payload) <= G_MAXUINT16 && self->slots->len < MOST_SLOTS);
  g_array_append_val (self->slots, slot);
}

/**
 * gez_vault_header_unlock:
 *
 * Tries @passphrase on every slot of its kind and checks the MAC of a header that was read.
 *
 * Returns: (transfer full) (nullable): the data key
 */
GezSecret *
gez_vault_header_unlock (GezVaultHeader *self,
                         GezPassphrase   passphrase,
                         GError        **error)
{
  return unlock (self, (Opener) { .passphrase = &passphrase }, error);
}

/**
 * gez_vault_header_unlock_with_recovery:
 * @code: the first 16 bytes are the code of a recovery sheet
 *
 * The same as gez_vault_header_unlock(), for the slots of a recovery sheet.
 */
GezSecret *
gez_vault_header_unlock_with_recovery (GezVaultHeader  *self,
                                       const GezSecret *code,
                                       GError         **error)
{
  return unlock (self, (Opener) { .code = code }, error);
}

const GezId *
gez_vault_header_get_database_id (GezVaultHeader *self)
{
  return &self->database_id;
}

guint
gez_vault_header_get_n_slots (GezVaultHeader *self)
{
  return self->slots->len;
}

gboolean
gez_vault_header_get_has_database (GezVaultHeader *self)
{
  return (self->flags & FLAG_HAS_DATABASE) != 0;
}

void
gez_vault_header_set_has_database (GezVaultHeader *self,
                                   gboolean        has_database)
{
  if (has_database)
    self->flags |= FLAG_HAS_DATABASE;
  else
    self->flags &= ~FLAG_HAS_DATABASE;
}

/**
 * gez_vault_header_derive:
 * @which: what the key is for
 *
 * Returns: (transfer full) (nullable): a key of 32 bytes
 *
 * Thread: any.
 */
GezSecret *
gez_vault_header_derive (GezSecret   *data_key,
                         GezVaultKey  which,
                         GError     **error)
{
  GezSecret *key = gez_secret_new (error);

  G_STATIC_ASSERT (GEZ_KEY_SIZE == crypto_kdf_KEYBYTES);
  if (key != NULL)
    crypto_kdf_derive_from_key (key->bytes, GEZ_KEY_SIZE, which, "gezvault", data_key->bytes);
  return key;
}

/**
 * gez_vault_header_free:
 * @self: (transfer full): a header
 */
void
gez_vault_header_free (GezVaultHeader *self)
{
  g_array_unref (self->slots);
  g_clear_pointer (&self->parsed, g_bytes_unref);
  g_free (self);
}
