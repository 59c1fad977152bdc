/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vault/gez-vault-header.h"

G_BEGIN_DECLS

/* For tests: another file system below the encrypting one, and what it refused. */
gboolean gez_vault_set_base_vfs   (GezVault   *self,
                                   const char *name,
                                   GError    **error);
guint    gez_vault_get_n_refusals (GezVault   *self);

/* What a backup is made with; both stay the vault's. */
GezVaultHeader *gez_vault_peek_header   (GezVault *self);
GezSecret      *gez_vault_peek_data_key (GezVault *self);

G_END_DECLS
