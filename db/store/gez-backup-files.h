/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-backup.h"

G_BEGIN_DECLS

#define GEZ_BACKUP_SUFFIX ".gezbackup"
#define GEZ_BACKUP_ATTACHMENTS "attachments"

/**
 * GezBackupFile:
 * @path: where
 * @stamp: when it was made, local time, as in its name
 * @size: bytes
 * @info: what it says of itself; nothing vouches for it until it is opened
 * @is_readable: whether the first part of it can be read and is whole; %FALSE: @info is zero
 *
 * A backup that was found in a place.
 */
typedef struct
{
  char *path;
  char *stamp;
  guint64 size;
  GezVaultBackupInfo info;
  gboolean is_readable;
} GezBackupFile;

char      *gez_backup_file_name     (const GezId      *database,
                                     const char       *stamp);
GPtrArray *gez_backup_list          (const char       *place,
                                     const GezId      *database,
                                     GError          **error);
void       gez_backup_remove_unfinished (const char   *place,
                                     const GezId      *database);
guint      gez_backup_prune         (const char       *place,
                                     const GezId      *database,
                                     const char       *today);
void       gez_backup_file_free     (GezBackupFile    *file);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GezBackupFile, gez_backup_file_free)

G_END_DECLS
