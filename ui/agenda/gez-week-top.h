/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "store/gez-record.h"

G_BEGIN_DECLS

/**
 * GezWeekTop:
 *
 * What stands on one day of a week without a time, above its hours: a few blocks, and a button that
 * counts the rest.
 *
 * GezWeekTop::open (GezRecord *record): one of them was chosen.
 * GezWeekTop::dropped (GezRecord *record): something was dragged here.
 * GezWeekTop::more: a person wants to see the rest.
 */
#define GEZ_TYPE_WEEK_TOP (gez_week_top_get_type ())
G_DECLARE_FINAL_TYPE (GezWeekTop, gez_week_top, GEZ, WEEK_TOP, GtkWidget)

#define GEZ_WEEK_TOP_MAX_STOPS 5

GtkWidget *gez_week_top_new         (void);
guint      gez_week_top_set_records (GezWeekTop  *self,
                                     GPtrArray   *records);
void       gez_week_top_set_more    (GezWeekTop  *self,
                                     guint        n_more);
guint      gez_week_top_get_stops   (GezWeekTop  *self,
                                     GtkWidget  **stops);

G_END_DECLS
