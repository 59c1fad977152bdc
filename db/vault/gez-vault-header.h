/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vault/gez-vault-keys.h"
#include "vault/gez-vault.h"

G_BEGIN_DECLS

typedef struct _GezVaultHeader GezVaultHeader;

GezVaultHeader *gez_vault_header_new          (const GezId          *database_id,
                                               GezVaultKeys         *keys,
                                               GezPassphrase         passphrase,
                                               GezKdfCost            cost,
                                               GError              **error);
GezVaultHeader *gez_vault_header_parse        (gconstpointer         bytes,
                                               gsize                 size,
                                               GError              **error);
void            gez_vault_header_free         (GezVaultHeader       *self);
gboolean        gez_vault_header_unlock       (GezVaultHeader       *self,
                                               GezPassphrase         passphrase,
                                               GezVaultKeys         *keys,
                                               GError              **error);
GBytes         *gez_vault_header_serialise    (GezVaultHeader       *self,
                                               const GezVaultKeys   *keys);
const GezId    *gez_vault_header_get_database_id  (GezVaultHeader   *self);
gboolean        gez_vault_header_get_has_database (GezVaultHeader   *self);
void            gez_vault_header_set_has_database (GezVaultHeader   *self,
                                               gboolean              has_database);

gboolean        gez_vault_write_file          (const char           *directory,
                                               const char           *name,
                                               GBytes               *content,
                                               GError              **error);
void            gez_vault_set_error_from_errno (GError             **error,
                                               int                   number,
                                               const char           *doing);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GezVaultHeader, gez_vault_header_free)

G_END_DECLS
