/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "store/gez-backup.h"

G_BEGIN_DECLS

/* How far a backup is, from the thread that works to a widget. Only the newest number arrives, and
 * none after the widget is gone. */
typedef struct _GezBackupTeller GezBackupTeller;

typedef void (*GezBackupTold) (GezBackupStep step,
                               guint64       done,
                               guint64       all,
                               gpointer      whom);

GezBackupTeller *gez_backup_teller_new   (GObject         *whom,
                                          GezBackupTold    told);
void             gez_backup_teller_tell  (GezBackupStep    step,
                                          guint64          done,
                                          guint64          all,
                                          gpointer         teller);
void             gez_backup_teller_unref (GezBackupTeller *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GezBackupTeller, gez_backup_teller_unref)

G_END_DECLS
