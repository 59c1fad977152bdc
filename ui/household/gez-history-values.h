/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-context.h"
#include "model/gez-history-act.h"

G_BEGIN_DECLS

/* What one cell of the history is called, and what stood in it, in the words of people. */
const char *gez_history_noun  (const char             *table,
                               const GezHistoryCell   *cell);
char       *gez_history_value (GezContext             *context,
                               const char             *table,
                               const char             *column,
                               const GezHistoryValue  *value);

G_END_DECLS
