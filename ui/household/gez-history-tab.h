/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezHistoryTab:
 *
 * Who changed what in a file and when, newest first, by day. Filtered by kind of thing and, when
 * several devices wrote, by who wrote.
 */
#define GEZ_TYPE_HISTORY_TAB (gez_history_tab_get_type ())
G_DECLARE_FINAL_TYPE (GezHistoryTab, gez_history_tab, GEZ, HISTORY_TAB, GtkWidget)

GtkWidget *gez_history_tab_new (GezContext  *context,
                                const GezId *household);

G_END_DECLS
