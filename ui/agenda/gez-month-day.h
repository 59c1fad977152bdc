/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "store/gez-record.h"

G_BEGIN_DECLS

/**
 * GezMonthDay:
 *
 * One day of a month: its number and as many of its entries as fit, then "+2". Where not even one
 * line fits there is a dot per entry. Its accessible name tells the day and counts the entries.
 *
 * GezMonthDay::open (GezRecord *record): one of its entries was chosen.
 * GezMonthDay::dropped (GezRecord *record): an entry of another day was dragged here.
 */
#define GEZ_MONTH_DAY_MAX_LINES 5

#define GEZ_TYPE_MONTH_DAY (gez_month_day_get_type ())
G_DECLARE_FINAL_TYPE (GezMonthDay, gez_month_day, GEZ, MONTH_DAY, GtkWidget)

GtkWidget  *gez_month_day_new         (void);
void        gez_month_day_set_date    (GezMonthDay *self,
                                       const char  *date,
                                       gboolean     is_in_month,
                                       gboolean     is_today);
const char *gez_month_day_get_date    (GezMonthDay *self);
void        gez_month_day_set_selected (GezMonthDay *self,
                                       gboolean     is_selected);
void        gez_month_day_set_records (GezMonthDay *self,
                                       GPtrArray   *records);
guint       gez_month_day_get_n_records (GezMonthDay *self);
guint       gez_month_day_get_blocks  (GezMonthDay *self,
                                       GtkWidget  **blocks);

G_END_DECLS
