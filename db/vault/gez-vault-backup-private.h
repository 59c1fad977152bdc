/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vault/gez-vault-backup.h"
#include "vault/gez-vault-vfs-private.h"

G_BEGIN_DECLS

#define GEZ_BACKUP_PREFIX_SIZE 131072
#define GEZ_BACKUP_HASH_SIZE 32

G_STATIC_ASSERT (GEZ_BACKUP_PREFIX_SIZE % GEZ_PAGE_SIZE == 0);

struct _GezVaultBackup
{
  char *path;
  GezVaultBackupInfo info;
  GBytes *header;
  GezVaultVfs *vfs; /* holds the page key */
  GezSecret *key;   /* of the prefix */
  guint8 hash[GEZ_BACKUP_HASH_SIZE];
  gboolean is_sealed; /* it was opened: the hash is what the prefix says */
  gboolean is_checked;
};

/* Files, for the two parts of a backup; errors are GEZ_VAULT_ERROR. */
gboolean gez_backup_set_damaged (GError     **error,
                                 const char  *path,
                                 const char  *what);
gboolean gez_backup_set_errno   (GError     **error,
                                 const char  *what,
                                 const char  *path);
int      gez_backup_open_file   (const char  *path,
                                 int          flags,
                                 GError     **error);
gssize   gez_backup_read_at     (int          file,
                                 guint8      *bytes,
                                 gsize        length,
                                 goffset      offset);
gboolean gez_backup_write_at    (int          file,
                                 const guint8 *bytes,
                                 gsize        length,
                                 goffset      offset);

/* For tests: what its file system refused to SQLite. */
guint    gez_vault_backup_get_n_refusals (GezVaultBackup *self);

G_END_DECLS
