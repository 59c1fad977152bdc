/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/gez-vault-recovery.h"

#include <sodium.h>
#include <string.h>

#include "vault/gez-vault-slot.h"

/*
 * A key slot of the kind recovery: the data key, sealed to the public key of a recovery sheet.
 *
 *    0  32  public key, X25519
 *   32  98  crypto_box_seal() of: data key (32), database id (16), kind (2, little endian)
 *
 * 1. The key pair derives from the code on the sheet: 16 random bytes, nothing that a person chose,
 *    so that there is nothing to stretch.
 * 2. Sealing needs the public key alone. A new data key is sealed to the sheet that exists, without
 *    anybody typing it.
 * 3. A sealed box does not tell who sealed it. That the slot belongs to its header, the header's MAC
 *    says, under the key that was in the box.
 */

#define DOMAIN_NAME "gezinsplan/recovery/1"
#define ID_AT GEZ_KEY_SIZE
#define KIND_AT (GEZ_KEY_SIZE + GEZ_ID_SIZE)
#define PLAIN_SIZE (KIND_AT + 2)

G_STATIC_ASSERT (GEZ_RECOVERY_PUBLIC_SIZE == crypto_box_PUBLICKEYBYTES);
G_STATIC_ASSERT (GEZ_RECOVERY_PUBLIC_SIZE + PLAIN_SIZE + crypto_box_SEALBYTES
                 == GEZ_SLOT_RECOVERY_SIZE);
G_STATIC_ASSERT (PLAIN_SIZE <= GEZ_SECRET_SIZE
                 && sizeof DOMAIN_NAME + GEZ_RECOVERY_CODE_SIZE <= GEZ_SECRET_SIZE);

/**
 * gez_recovery_get_pair:
 * @code: the first 16 bytes are the code of a recovery sheet
 * @public_key: (out caller-allocates): 32 bytes
 * @secret_key: gets what opens that which was sealed to it, in its first 32 bytes
 *
 * Returns: %FALSE with GEZ_VAULT_ERROR_NO_MEMORY
 *
 * Thread: any.
 */
gboolean
gez_recovery_get_pair (const GezSecret *code,
                       guint8          *public_key,
                       GezSecret       *secret_key,
                       GError         **error)
{
  g_autoptr (GezSecret) message = gez_secret_new (error);
  g_autoptr (GezSecret) seed = message ? gez_secret_new (error) : NULL;

  G_STATIC_ASSERT (crypto_box_SEEDBYTES <= GEZ_SECRET_SIZE);
  if (seed == NULL)
    return FALSE;
  /* The domain with its closing zero, then the code. */
  memcpy (message->bytes, DOMAIN_NAME, sizeof DOMAIN_NAME);
  memcpy (message->bytes + sizeof DOMAIN_NAME, code->bytes, GEZ_RECOVERY_CODE_SIZE);
  if (crypto_generichash (seed->bytes, crypto_box_SEEDBYTES, message->bytes,
                          sizeof DOMAIN_NAME + GEZ_RECOVERY_CODE_SIZE, NULL, 0) == 0
      && crypto_box_seed_keypair (public_key, secret_key->bytes, seed->bytes) == 0)
    return TRUE;
  g_set_error_literal (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_IO,
                       "libsodium made no key pair of a recovery code");
  return FALSE;
}

static void
fill_tail (guint8      *plain,
           const GezId *database)
{
  guint16 kind = GUINT16_TO_LE (GEZ_SLOT_RECOVERY);

  memcpy (plain + ID_AT, database->bytes, GEZ_ID_SIZE);
  memcpy (plain + KIND_AT, &kind, sizeof kind);
}

/**
 * gez_recovery_get_public:
 * @code: the first 16 bytes are the code of a recovery sheet
 * @public_key: (out caller-allocates): 32 bytes that data keys are sealed to
 *
 * Returns: %FALSE with GEZ_VAULT_ERROR_NO_MEMORY
 *
 * Thread: any.
 */
gboolean
gez_recovery_get_public (const GezSecret *code,
                         guint8          *public_key,
                         GError         **error)
{
  g_autoptr (GezSecret) secret_key = gez_secret_new (error);

  return secret_key != NULL && gez_recovery_get_pair (code, public_key, secret_key, error);
}

/**
 * gez_recovery_seal:
 * @database: what the slot belongs to
 * @public_key: 32 bytes of the sheet, from gez_recovery_get_public() or an older payload
 * @data_key: what is sealed
 *
 * Returns: (transfer full) (nullable): the payload of a slot; or %NULL with
 *   GEZ_VAULT_ERROR_NO_MEMORY or _IO
 *
 * Thread: any.
 */
GBytes *
gez_recovery_seal (const GezId     *database,
                   const guint8    *public_key,
                   const GezSecret *data_key,
                   GError         **error)
{
  guint8 payload[GEZ_SLOT_RECOVERY_SIZE];
  g_autoptr (GezSecret) plain = gez_secret_new (error);

  if (plain == NULL)
    return NULL;
  memcpy (plain->bytes, data_key->bytes, GEZ_KEY_SIZE);
  fill_tail (plain->bytes, database);
  memcpy (payload, public_key, GEZ_RECOVERY_PUBLIC_SIZE);
  if (crypto_box_seal (payload + GEZ_RECOVERY_PUBLIC_SIZE, plain->bytes, PLAIN_SIZE, public_key) == 0)
    return g_bytes_new (payload, sizeof payload);
  g_set_error_literal (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_IO,
                       "Nothing can be sealed to this recovery key");
  return NULL;
}

/**
 * gez_recovery_is_known:
 *
 * Returns: whether @payload has the size of a recovery slot of this version. Any other is kept and not
 *   used.
 *
 * Thread: any.
 */
gboolean
gez_recovery_is_known (GBytes *payload)
{
  return g_bytes_get_size (payload) == GEZ_SLOT_RECOVERY_SIZE;
}

/**
 * gez_recovery_open:
 * @payload: of a known recovery slot
 * @code: the first 16 bytes are the code of a recovery sheet
 * @data_key: (out caller-allocates): receives the data key
 *
 * Returns: whether @code opens the slot; else GEZ_VAULT_ERROR_WRONG_RECOVERY or _NO_MEMORY
 *
 * Thread: any.
 */
gboolean
gez_recovery_open (GBytes          *payload,
                   const GezId     *database,
                   const GezSecret *code,
                   GezSecret       *data_key,
                   GError         **error)
{
  const guint8 *bytes = g_bytes_get_data (payload, NULL);
  guint8 public_key[GEZ_RECOVERY_PUBLIC_SIZE], tail[PLAIN_SIZE] = { 0 };
  g_autoptr (GezSecret) secret_key = gez_secret_new (error);
  g_autoptr (GezSecret) plain = secret_key ? gez_secret_new (error) : NULL;

  g_assert (gez_recovery_is_known (payload));
  if (plain == NULL || !gez_recovery_get_pair (code, public_key, secret_key, error))
    return FALSE;
  fill_tail (tail, database);
  if (sodium_memcmp (public_key, bytes, sizeof public_key) == 0
      && crypto_box_seal_open (plain->bytes, bytes + GEZ_RECOVERY_PUBLIC_SIZE,
                               GEZ_SLOT_RECOVERY_SIZE - GEZ_RECOVERY_PUBLIC_SIZE, public_key,
                               secret_key->bytes) == 0
      && sodium_memcmp (plain->bytes + ID_AT, tail + ID_AT, PLAIN_SIZE - ID_AT) == 0)
    {
      memcpy (data_key->bytes, plain->bytes, GEZ_KEY_SIZE);
      return TRUE;
    }
  g_set_error_literal (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_WRONG_RECOVERY,
                       "No key slot opens with this recovery code");
  return FALSE;
}
