/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vault/gez-vault-page.h"

G_BEGIN_DECLS

typedef struct _GezVaultVfs GezVaultVfs;

GezVaultVfs *gez_vault_vfs_new          (const GezVaultKeys *keys,
                                         const GezId        *database_id,
                                         const char         *base);
const char  *gez_vault_vfs_get_name     (GezVaultVfs        *self);
guint        gez_vault_vfs_get_n_refused (GezVaultVfs       *self);
void         gez_vault_vfs_free         (GezVaultVfs        *self);

G_END_DECLS
