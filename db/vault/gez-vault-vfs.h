/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "base/gez-id.h"
#include "vault/gez-secrets.h"

G_BEGIN_DECLS

/**
 * GezVaultVfs:
 *
 * The encrypting file system of one vault, known to SQLite under a name of its own.
 */
typedef struct _GezVaultVfs GezVaultVfs;

GezVaultVfs *gez_vault_vfs_new            (const char  *base_name,
                                           const GezId *database,
                                           GezSecret   *page_key,
                                           GezSecret   *log_key,
                                           GezSecret   *epoch_key,
                                           GError     **error);
const char  *gez_vault_vfs_get_name       (GezVaultVfs *self);
void         gez_vault_vfs_set_origin     (GezVaultVfs *self,
                                           gint64       origin);
guint        gez_vault_vfs_get_n_open     (GezVaultVfs *self);
guint        gez_vault_vfs_get_n_refusals (GezVaultVfs *self);
int          gez_vault_vfs_remove         (GezVaultVfs *self,
                                           const char  *path);
void         gez_vault_vfs_free           (GezVaultVfs *self);

G_END_DECLS
