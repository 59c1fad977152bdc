/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vault/gez-secrets.h"
#include "vault/gez-vault.h"

G_BEGIN_DECLS

/* The life of the keys: what opens a store, and how that changes. The code of a recovery sheet is the
 * first 16 bytes of a GezSecret. */

gboolean  gez_vault_check_passphrase      (GezVault        *self,
                                           GezPassphrase    passphrase,
                                           GError         **error);
gboolean  gez_vault_set_passphrase        (GezVault        *self,
                                           GezPassphrase    next,
                                           GezKdfCost       cost,
                                           GError         **error);
GezKdfCost gez_vault_get_cost             (GezVault        *self);

gboolean  gez_vault_has_recovery          (GezVault        *self);
gboolean  gez_vault_header_has_recovery   (const char      *directory);
gboolean  gez_vault_check_recovery        (GezVault        *self,
                                           const GezSecret *code,
                                           GError         **error);
gboolean  gez_vault_set_recovery          (GezVault        *self,
                                           const GezSecret *code,
                                           GError         **error);
gboolean  gez_vault_get_recovery_public   (GezVault        *self,
                                           guint8          *public_key);
gboolean  gez_vault_set_recovery_public   (GezVault        *self,
                                           const guint8    *public_key,
                                           GError         **error);
GezVault *gez_vault_unlock_with_recovery  (const char      *directory,
                                           const GezSecret *code,
                                           GError         **error);

gboolean  gez_vault_rekey                 (const char      *directory,
                                           GezPassphrase    passphrase,
                                           GezVaultProgress progress,
                                           gpointer         user_data,
                                           GCancellable    *cancellable,
                                           GError         **error);

G_END_DECLS
