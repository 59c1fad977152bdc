/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/gez-vault-keys.h"

#include <sodium.h>

#define CONTEXT "gezvault"

G_STATIC_ASSERT (sizeof CONTEXT - 1 == crypto_kdf_CONTEXTBYTES);
G_STATIC_ASSERT (GEZ_KEY_SIZE == crypto_kdf_KEYBYTES);

/**
 * gez_vault_keys_new:
 *
 * Returns: (transfer full) (nullable): keys in locked memory, all zero; %NULL when there is no room
 */
GezVaultKeys *
gez_vault_keys_new (void)
{
  return gez_secrets_take (sizeof (GezVaultKeys));
}

/**
 * gez_vault_keys_derive:
 *
 * Fills all other keys from the data key.
 */
void
gez_vault_keys_derive (GezVaultKeys *self)
{
  crypto_kdf_derive_from_key (self->page, GEZ_KEY_SIZE, 1, CONTEXT, self->data);
  crypto_kdf_derive_from_key (self->wal, GEZ_KEY_SIZE, 2, CONTEXT, self->data);
  crypto_kdf_derive_from_key (self->epoch, GEZ_KEY_SIZE, 3, CONTEXT, self->data);
  crypto_kdf_derive_from_key (self->blob, GEZ_KEY_SIZE, 4, CONTEXT, self->data);
  crypto_kdf_derive_from_key (self->header, GEZ_KEY_SIZE, 5, CONTEXT, self->data);
}

void
gez_vault_keys_free (GezVaultKeys *self)
{
  gez_secrets_give_back (self, sizeof *self);
}
