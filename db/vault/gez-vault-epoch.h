/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "vault/gez-vault-keys.h"

G_BEGIN_DECLS

typedef struct _GezVaultEpoch GezVaultEpoch;

GezVaultEpoch *gez_vault_epoch_open    (sqlite3_vfs        *base,
                                        const char         *wal_path,
                                        const GezVaultKeys *keys,
                                        const GezId        *database_id,
                                        int                *code);
const guint8  *gez_vault_epoch_get     (GezVaultEpoch      *self);
int            gez_vault_epoch_advance (GezVaultEpoch      *self);
void           gez_vault_epoch_close   (GezVaultEpoch      *self);

G_END_DECLS
