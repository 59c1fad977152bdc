/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-history-act.h"

G_BEGIN_DECLS

/* How the query makes an act, on the store's thread. */
GezHistoryAct *gez_history_act_new      (const GezId   *device,
                                         guint64        command,
                                         const char    *code,
                                         gint64         at);
void           gez_history_act_set_when (GezHistoryAct *self,
                                         GezClock      *clock);
void           gez_history_act_set_name (GezHistoryAct *self,
                                         const char    *name);
gboolean       gez_history_act_is       (GezHistoryAct *self,
                                         const GezId   *device,
                                         guint64        command);
GezHistoryRow *gez_history_act_add_row  (GezHistoryAct *self,
                                         const char    *table,
                                         const GezId   *id,
                                         gboolean       is_birth);
void           gez_history_act_count    (GezHistoryAct *self,
                                         gint64         place);
void           gez_history_act_finish   (GezHistoryAct *self);
const GezId   *gez_history_act_get_device (GezHistoryAct *self);

/* What the store knows of a row and of a value, for whoever shows cells of the log. */
gboolean       gez_history_row_read_subject (GezDatabase      *database,
                                             GezHistoryRow    *row,
                                             GError          **error);
void           gez_history_value_read       (GezDatabase      *database,
                                             const char       *column,
                                             GVariant         *variant,
                                             GezHistoryValue  *value);

G_END_DECLS
