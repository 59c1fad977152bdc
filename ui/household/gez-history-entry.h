/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/gez-context.h"
#include "model/gez-history-act.h"

G_BEGIN_DECLS

/**
 * GezHistoryEntry:
 *
 * One act of the history: when, who did what, and what was written, long texts folded. It leads to
 * the tab where the thing stands.
 */
#define GEZ_TYPE_HISTORY_ENTRY (gez_history_entry_get_type ())
G_DECLARE_FINAL_TYPE (GezHistoryEntry, gez_history_entry, GEZ, HISTORY_ENTRY, GtkListBoxRow)

GtkWidget     *gez_history_entry_new     (GezContext      *context,
                                          GezHistoryAct   *act);
GezHistoryAct *gez_history_entry_get_act (GezHistoryEntry *self);
char          *gez_history_entry_dup_tab (GezHistoryEntry *self);

G_END_DECLS
