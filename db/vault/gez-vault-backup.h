/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vault/gez-vault.h"

G_BEGIN_DECLS

/**
 * GezVaultBackupInfo:
 * @database_id: the database that it is a copy of
 * @made_at: milliseconds since 1970, UTC
 * @n_pages: pages of the database
 * @schema: number of the schema of the database
 *
 * What a backup says of itself.
 */
typedef struct
{
  GezId database_id;
  gint64 made_at;
  guint64 n_pages;
  guint32 schema;
} GezVaultBackupInfo;

/**
 * GezVaultBackup:
 *
 * One file with a whole database in it, sealed under the keys of its vault, and the header that
 * opens it (docs/STORAGE.md, "Backups"). It has keys of its own, so that the vault may be
 * closed meanwhile; freeing it wipes them. Used by one thread at a time.
 */
typedef struct _GezVaultBackup GezVaultBackup;

/* @done of @all pages are through. */
typedef void (*GezVaultBackupProgress) (guint64  done,
                                        guint64  all,
                                        gpointer data);

GezVaultBackup *gez_vault_backup_new            (GezVault               *vault,
                                                 const char             *path,
                                                 gint64                  made_at,
                                                 GError                **error);
GezVaultBackup *gez_vault_backup_open           (const char             *path,
                                                 GezPassphrase           passphrase,
                                                 GError                **error);
GezVaultBackup *gez_vault_backup_open_with      (GezVault               *vault,
                                                 const char             *path,
                                                 GError                **error);
gboolean        gez_vault_backup_peek           (const char             *path,
                                                 GezVaultBackupInfo     *info,
                                                 GError                **error);
const GezVaultBackupInfo *gez_vault_backup_get_info (GezVaultBackup     *self);
sqlite3        *gez_vault_backup_open_database  (GezVaultBackup         *self,
                                                 gboolean                create,
                                                 GError                **error);
gboolean        gez_vault_backup_sync           (GezVaultBackup         *self,
                                                 GError                **error);
gboolean        gez_vault_backup_check_pages    (GezVaultBackup         *self,
                                                 GezVaultBackupProgress  progress,
                                                 gpointer                data,
                                                 GCancellable           *cancellable,
                                                 GError                **error);
gboolean        gez_vault_backup_seal           (GezVaultBackup         *self,
                                                 guint32                 schema,
                                                 GError                **error);
gboolean        gez_vault_backup_extract        (GezVaultBackup         *self,
                                                 const char             *directory,
                                                 GCancellable           *cancellable,
                                                 GError                **error);
void            gez_vault_backup_free           (GezVaultBackup         *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GezVaultBackup, gez_vault_backup_free)

G_END_DECLS
