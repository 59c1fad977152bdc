/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/gez-vault-slot.h"

#include <sodium.h>
#include <string.h>

/*
 * A key slot of the kind passphrase: the data key, wrapped under a key that Argon2id makes out of
 * the passphrase.
 *
 *    0  16  salt
 *   16   4  Argon2id passes, little endian
 *   20   4  zero
 *   24   8  Argon2id memory in bytes, little endian
 *   32  24  nonce
 *   56  48  data key, XChaCha20-Poly1305; authenticated with it: database, kind and bytes 0 to 31
 *
 * The cost is read before anything vouches for it. One outside of the limits would be an attack or
 * damage, and is never tried.
 */

#define SALT_SIZE 16
#define OPERATIONS_AT 16
#define MEMORY_AT 24
#define NONCE_AT 32
#define WRAPPED_AT 56
#define PLACE_SIZE (4 + GEZ_ID_SIZE + 2 + NONCE_AT)

#define LEAST_OPERATIONS 1
#define MOST_OPERATIONS 10
#define LEAST_MEMORY (G_GUINT64_CONSTANT (8) << 20)
#define MOST_MEMORY (G_GUINT64_CONSTANT (1) << 30)

G_STATIC_ASSERT (SALT_SIZE == crypto_pwhash_SALTBYTES);
G_STATIC_ASSERT (WRAPPED_AT + GEZ_KEY_SIZE + crypto_aead_xchacha20poly1305_ietf_ABYTES
                 == GEZ_SLOT_PASSPHRASE_SIZE);

static GezKdfCost
read_cost (const guint8 *payload)
{
  guint32 operations;
  guint64 memory;

  memcpy (&operations, payload + OPERATIONS_AT, sizeof operations);
  memcpy (&memory, payload + MEMORY_AT, sizeof memory);
  return (GezKdfCost) { GUINT32_FROM_LE (operations), GUINT64_FROM_LE (memory) };
}

static void
write_cost (guint8    *payload,
            GezKdfCost cost)
{
  guint32 operations = GUINT32_TO_LE (CLAMP (cost.operations, LEAST_OPERATIONS, MOST_OPERATIONS));
  guint64 memory = GUINT64_TO_LE (CLAMP (cost.memory, LEAST_MEMORY, MOST_MEMORY));

  memcpy (payload + OPERATIONS_AT, &operations, sizeof operations);
  memcpy (payload + MEMORY_AT, &memory, sizeof memory);
}

static void
fill_place (guint8       *place,
            const GezId  *database,
            const guint8 *payload)
{
  guint16 kind = GUINT16_TO_LE (GEZ_SLOT_PASSPHRASE);

  memcpy (place, "GZS1", 4);
  memcpy (place + 4, database->bytes, GEZ_ID_SIZE);
  memcpy (place + 4 + GEZ_ID_SIZE, &kind, sizeof kind);
  memcpy (place + 4 + GEZ_ID_SIZE + sizeof kind, payload, NONCE_AT);
}

static GezSecret *
stretch (GezPassphrase  passphrase,
         const guint8  *payload,
         GError       **error)
{
  g_autoptr (GezSecret) key = gez_secret_new (error);
  GezKdfCost cost = read_cost (payload);

  if (key == NULL)
    return NULL;
  if (crypto_pwhash (key->bytes, GEZ_KEY_SIZE, passphrase.text ? passphrase.text : "",
                     passphrase.length, payload, cost.operations, (gsize) cost.memory,
                     crypto_pwhash_ALG_ARGON2ID13)
      != 0)
    {
      g_set_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_NO_MEMORY,
                   "Key derivation needs %" G_GUINT64_FORMAT " MiB of memory", cost.memory >> 20);
      return NULL;
    }
  return g_steal_pointer (&key);
}

/**
 * gez_slot_wrap:
 * @database: what the slot belongs to
 * @cost: brought within the limits
 * @data_key: what is wrapped
 *
 * Returns: (transfer full) (nullable): the payload of a slot
 *
 * Thread: any but the main one; takes as long as @cost says.
 */
GBytes *
gez_slot_wrap (const GezId  *database,
               GezPassphrase passphrase,
               GezKdfCost    cost,
               GezSecret    *data_key,
               GError      **error)
{
  guint8 payload[GEZ_SLOT_PASSPHRASE_SIZE] = { 0 }, place[PLACE_SIZE];
  g_autoptr (GezSecret) key = NULL;

  randombytes_buf (payload, SALT_SIZE);
  write_cost (payload, cost);
  randombytes_buf (payload + NONCE_AT, crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
  key = stretch (passphrase, payload, error);
  if (key == NULL)
    return NULL;
  fill_place (place, database, payload);
  crypto_aead_xchacha20poly1305_ietf_encrypt (payload + WRAPPED_AT, NULL, data_key->bytes,
                                              GEZ_KEY_SIZE, place, sizeof place, NULL,
                                              payload + NONCE_AT, key->bytes);
  return g_bytes_new (payload, sizeof payload);
}

/**
 * gez_slot_is_valid:
 *
 * Returns: whether @payload has the size of a passphrase slot, and a cost that may be tried
 *
 * Thread: any.
 */
gboolean
gez_slot_is_valid (GBytes *payload)
{
  GezKdfCost cost;

  if (g_bytes_get_size (payload) != GEZ_SLOT_PASSPHRASE_SIZE)
    return FALSE;
  cost = read_cost (g_bytes_get_data (payload, NULL));
  return cost.operations >= LEAST_OPERATIONS && cost.operations <= MOST_OPERATIONS
         && cost.memory >= LEAST_MEMORY && cost.memory <= MOST_MEMORY;
}

/**
 * gez_slot_get_cost:
 * @payload: of a valid passphrase slot
 *
 * Returns: what a guess costs
 *
 * Thread: any.
 */
GezKdfCost
gez_slot_get_cost (GBytes *payload)
{
  return read_cost (g_bytes_get_data (payload, NULL));
}

/**
 * gez_slot_unwrap:
 * @payload: of a valid passphrase slot
 * @data_key: (out caller-allocates): receives the data key
 *
 * Returns: whether @passphrase opens the slot; else GEZ_VAULT_ERROR_WRONG_PASSPHRASE or
 *   GEZ_VAULT_ERROR_NO_MEMORY
 *
 * Thread: any but the main one; takes as long as the cost in the slot says.
 */
gboolean
gez_slot_unwrap (GBytes       *payload,
                 const GezId  *database,
                 GezPassphrase passphrase,
                 GezSecret    *data_key,
                 GError      **error)
{
  const guint8 *bytes = g_bytes_get_data (payload, NULL);
  guint8 place[PLACE_SIZE];
  g_autoptr (GezSecret) key = NULL;

  g_assert (gez_slot_is_valid (payload));
  key = stretch (passphrase, bytes, error);
  if (key == NULL)
    return FALSE;
  fill_place (place, database, bytes);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt (
        data_key->bytes, NULL, NULL, bytes + WRAPPED_AT, GEZ_SLOT_PASSPHRASE_SIZE - WRAPPED_AT,
        place, sizeof place, bytes + NONCE_AT, key->bytes)
      == 0)
    return TRUE;
  g_set_error_literal (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_WRONG_PASSPHRASE,
                       "No key slot opens with this passphrase");
  return FALSE;
}
