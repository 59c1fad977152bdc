/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/gez-id.h"
#include "vault/gez-secrets.h"

G_BEGIN_DECLS

#define GEZ_EPOCH_SIZE 16

/**
 * GezVaultKeys:
 *
 * Everything that opens a store, in locked memory. All keys are derived from `data` with
 * crypto_kdf (BLAKE2b), context "gezvault", subkeys 1 to 5.
 */
typedef struct
{
  guint8 data[GEZ_KEY_SIZE];
  guint8 page[GEZ_KEY_SIZE];
  guint8 wal[GEZ_KEY_SIZE];
  guint8 epoch[GEZ_KEY_SIZE];
  guint8 blob[GEZ_KEY_SIZE];
  guint8 header[GEZ_KEY_SIZE];
} GezVaultKeys;

GezVaultKeys *gez_vault_keys_new    (void);
void          gez_vault_keys_derive (GezVaultKeys *self);
void          gez_vault_keys_free   (GezVaultKeys *self);

G_END_DECLS
