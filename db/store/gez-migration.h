/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-database-private.h"
#include "vault/gez-vault.h"

G_BEGIN_DECLS

char   **gez_migration_get_scripts (GError      **error);
gboolean gez_migration_run         (GezDatabase  *database,
                                    GezVault     *vault,
                                    char        **scripts,
                                    GError      **error);
gboolean gez_migration_back_up     (GezDatabase  *database,
                                    GezVault     *vault,
                                    const char   *path,
                                    GError      **error);

G_END_DECLS
