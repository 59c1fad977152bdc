/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezBackupPage:
 *
 * The page of the preferences about backups: where they go, when the last one was made, and which
 * there are. To put one back it asks the window of the program (action "win.restore-backup").
 */
#define GEZ_TYPE_BACKUP_PAGE (gez_backup_page_get_type ())
G_DECLARE_FINAL_TYPE (GezBackupPage, gez_backup_page, GEZ, BACKUP_PAGE, AdwPreferencesPage)

GtkWidget *gez_backup_page_new (GezContext *context);

G_END_DECLS
