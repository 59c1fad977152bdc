/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-backup.h"
#include "store/gez-backup-state.h"

G_BEGIN_DECLS

char   *gez_backup_words_moment   (GezClock             *clock,
                                   gint64                instant);
char   *gez_backup_words_line     (GezClock             *clock,
                                   gint64                instant);
char   *gez_backup_words_progress (GezBackupStep         step,
                                   guint64               done,
                                   guint64               all);
double  gez_backup_words_fraction (GezBackupStep         step,
                                   guint64               done,
                                   guint64               all);
char   *gez_backup_words_last     (const GezBackupState *state,
                                   GezClock             *clock);
char   *gez_backup_words_late     (const GezBackupState *state,
                                   gint64                now);
char   *gez_backup_words_report   (const GezBackupReport *report);

G_END_DECLS
