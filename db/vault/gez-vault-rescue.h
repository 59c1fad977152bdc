/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vault/gez-vault-check.h"

G_BEGIN_DECLS

gboolean gez_vault_rescue_copy       (GezVault            *vault,
                                      const GezVaultCheck *check,
                                      const char          *path,
                                      GError             **error);
gboolean gez_vault_rescue_pages      (GezVault            *vault,
                                      const GezVaultCheck *check,
                                      const char          *from,
                                      GArray              *pages,
                                      const char          *path,
                                      GError             **error);
gboolean gez_vault_rescue_finish     (GezVault            *vault,
                                      const char          *directory,
                                      GError             **error);
gboolean gez_vault_rescue_cut_log    (GezVault            *vault,
                                      const char          *date,
                                      GError             **error);
char    *gez_vault_rescue_swap       (const char          *directory,
                                      const char          *fresh,
                                      const char          *date,
                                      GError             **error);
gboolean gez_vault_rescue_unfinished (GezVault            *vault,
                                      GError             **error);

G_END_DECLS
