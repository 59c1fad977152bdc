/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "store/gez-backup-files.h"

G_BEGIN_DECLS

/**
 * GezBackupRow:
 *
 * One backup in a list: when it was made and how big it is; opened, it can be looked at and put back.
 *
 * GezBackupRow::restore: somebody wants to put it back.
 */
#define GEZ_TYPE_BACKUP_ROW (gez_backup_row_get_type ())
G_DECLARE_FINAL_TYPE (GezBackupRow, gez_backup_row, GEZ, BACKUP_ROW, AdwExpanderRow)

GtkWidget  *gez_backup_row_new      (GezStore            *store,
                                     const GezBackupFile *file);
const char *gez_backup_row_get_path (GezBackupRow        *self);
void        gez_backup_row_check    (GezBackupRow        *self);

G_END_DECLS
