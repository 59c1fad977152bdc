/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-backup.h"

typedef struct sqlite3 sqlite3;

G_BEGIN_DECLS

/**
 * GezBackupContent:
 * @last_rows: the last row of each table, by name
 * @n_writes: rows of the change log
 * @schema: its number
 * @attachments: (element-type utf8 utf8): the names of those that it needs
 *
 * What the database in a backup holds.
 */
typedef struct
{
  char *last_rows;
  gint64 n_writes;
  guint32 schema;
  GHashTable *attachments;
} GezBackupContent;

char    *gez_backup_last_rows     (sqlite3          *database,
                                   GError          **error);
gboolean gez_backup_read_content  (GezVaultBackup   *backup,
                                   GezClock         *clock,
                                   GezBackupContent *content,
                                   GCancellable     *cancellable,
                                   GError          **error);
void     gez_backup_content_clear (GezBackupContent *content);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GezBackupContent, gez_backup_content_clear)

G_END_DECLS
