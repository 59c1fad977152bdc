/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "store/gez-record.h"

G_BEGIN_DECLS

/**
 * GezWeekGrid:
 *
 * One week from Monday to Sunday: what has no time in a strip above, the hours below, and one chosen
 * day. Where there is little room, only the chosen day shows. Left and Right go to another day,
 * PageUp and PageDown to another week, Up and Down through what stands on the day.
 *
 * GezWeekGrid::open (GezRecord *record): an entry was chosen.
 * GezWeekGrid::move (GezRecord *record, const char *date, const char *time): an entry was dragged;
 *   %NULL for the whole day.
 * GezWeekGrid::day-activated (const char *date): a person wants to see all of this day.
 */
#define GEZ_TYPE_WEEK_GRID (gez_week_grid_get_type ())
G_DECLARE_FINAL_TYPE (GezWeekGrid, gez_week_grid, GEZ, WEEK_GRID, GtkWidget)

GtkWidget  *gez_week_grid_new         (const char  *today,
                                       const char  *now);
void        gez_week_grid_set_now     (GezWeekGrid *self,
                                       const char  *today,
                                       const char  *now);
void        gez_week_grid_set_date    (GezWeekGrid *self,
                                       const char  *date);
void        gez_week_grid_turn        (GezWeekGrid *self,
                                       int          direction);
const char *gez_week_grid_get_first   (GezWeekGrid *self);
const char *gez_week_grid_get_last    (GezWeekGrid *self);
void        gez_week_grid_set_records (GezWeekGrid *self,
                                       GPtrArray   *records);
void        gez_week_grid_follow      (GezWeekGrid *self,
                                       const GezId *id);

G_END_DECLS
