/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "store/gez-backup.h"

G_BEGIN_DECLS

/**
 * GezBackupKeeper:
 *
 * Sees to it that the open store gets a backup every day, and makes one when somebody asks. There is one
 * for each store.
 *
 * GezBackupKeeper::changed: it began, is further, or ended; or it looked, and days may have passed.
 */
#define GEZ_TYPE_BACKUP_KEEPER (gez_backup_keeper_get_type ())
G_DECLARE_FINAL_TYPE (GezBackupKeeper, gez_backup_keeper, GEZ, BACKUP_KEEPER, GObject)

GezBackupKeeper *gez_backup_keeper_of           (GezStore        *store);
void             gez_backup_keeper_watch        (GezBackupKeeper *self);
void             gez_backup_keeper_check        (GezBackupKeeper *self);
void             gez_backup_keeper_start        (GezBackupKeeper *self);
void             gez_backup_keeper_stop         (GezBackupKeeper *self);
gboolean         gez_backup_keeper_is_running   (GezBackupKeeper *self);
void             gez_backup_keeper_get_progress (GezBackupKeeper *self,
                                                 GezBackupStep   *step,
                                                 guint64         *done,
                                                 guint64         *all);
const GError    *gez_backup_keeper_get_error    (GezBackupKeeper *self);

G_END_DECLS
