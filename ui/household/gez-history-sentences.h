/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-context.h"
#include "model/gez-history-act.h"

G_BEGIN_DECLS

/* One act of the history in words: who did what, about what, and each value that was written. */
const GezHistoryRow *gez_history_main_row (GezHistoryAct       *act);
char                *gez_history_sentence (GezHistoryAct       *act);
char                *gez_history_subject  (GezContext          *context,
                                           const GezHistoryRow *row);
GPtrArray           *gez_history_lines    (GezContext          *context,
                                           GezHistoryAct       *act);
gboolean             gez_history_is_disputed (GezHistoryAct    *act,
                                           gboolean            *stands);

G_END_DECLS
