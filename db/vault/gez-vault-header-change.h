/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vault/gez-vault-header.h"

G_BEGIN_DECLS

/* Changing a header that is there. */
GezVaultHeader *gez_vault_header_clone        (GezVaultHeader *self);
GBytes         *gez_vault_header_find_slot    (GezVaultHeader *self,
                                               guint16         kind);
void            gez_vault_header_remove_slots (GezVaultHeader *self,
                                               guint16         kind);
GezKdfCost      gez_vault_header_get_cost     (GezVaultHeader *self);
gboolean        gez_vault_header_change       (GezVaultHeader *self,
                                               GezVaultHeader *changed,
                                               const char     *directory,
                                               GezSecret      *data_key,
                                               GError        **error);
gboolean        gez_vault_header_begin        (GezVaultHeader *self,
                                               const char     *directory,
                                               GezSecret      *data_key,
                                               GError        **error);
gboolean        gez_vault_header_settle       (GezVaultHeader *self,
                                               const char     *directory,
                                               GError        **error);
void            gez_vault_header_tidy         (const char     *directory);

G_END_DECLS
