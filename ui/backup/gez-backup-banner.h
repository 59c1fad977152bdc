/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "store/gez-store.h"

G_BEGIN_DECLS

/**
 * GezBackupBanner:
 *
 * A bar that says that the last backup is old, or that there is none, with a way to the page about
 * backups (action "win.backups"). It takes no room when there is nothing to say.
 */
#define GEZ_TYPE_BACKUP_BANNER (gez_backup_banner_get_type ())
G_DECLARE_FINAL_TYPE (GezBackupBanner, gez_backup_banner, GEZ, BACKUP_BANNER, GtkWidget)

GtkWidget *gez_backup_banner_new (GezStore *store);

G_END_DECLS
