/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "store/gez-record.h"

G_BEGIN_DECLS

/**
 * GezMonthGrid:
 *
 * The weeks of one month, from Monday to Sunday, with what stands on each day and one chosen day.
 * Arrows move the chosen day, PageUp and PageDown the month, Home goes to today; Enter or a double
 * click emits `day-activated`.
 *
 * GezMonthGrid::open (GezRecord *record): an entry was chosen.
 * GezMonthGrid::move (GezRecord *record, const char *date): an entry was dragged to another day.
 */
#define GEZ_TYPE_MONTH_GRID (gez_month_grid_get_type ())
G_DECLARE_FINAL_TYPE (GezMonthGrid, gez_month_grid, GEZ, MONTH_GRID, GtkWidget)

GtkWidget  *gez_month_grid_new         (const char   *today);
void        gez_month_grid_set_today   (GezMonthGrid *self,
                                        const char   *today);
void        gez_month_grid_set_date    (GezMonthGrid *self,
                                        const char   *date);
const char *gez_month_grid_get_date    (GezMonthGrid *self);
void        gez_month_grid_move_month  (GezMonthGrid *self,
                                        int           months);
const char *gez_month_grid_get_first   (GezMonthGrid *self);
const char *gez_month_grid_get_last    (GezMonthGrid *self);
void        gez_month_grid_set_records (GezMonthGrid *self,
                                        GPtrArray    *records);
void        gez_month_grid_follow      (GezMonthGrid *self,
                                        const GezId  *id);

G_END_DECLS
