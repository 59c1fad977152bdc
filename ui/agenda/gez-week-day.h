/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "store/gez-record.h"

G_BEGIN_DECLS

/**
 * GezWeekDay:
 *
 * The hours of one day from midnight to midnight, with the appointments that have a time as blocks
 * of their length; those that overlap stand beside each other.
 *
 * GezWeekDay::open (GezRecord *record): an appointment was chosen.
 * GezWeekDay::dropped (GezRecord *record, int minutes): something was dragged to this time.
 */
#define GEZ_TYPE_WEEK_DAY (gez_week_day_get_type ())
G_DECLARE_FINAL_TYPE (GezWeekDay, gez_week_day, GEZ, WEEK_DAY, GtkWidget)

#define GEZ_WEEK_DAY_MAX_BLOCKS 32

GtkWidget *gez_week_day_new         (void);
guint      gez_week_day_set_records (GezWeekDay  *self,
                                     GPtrArray   *records);
void       gez_week_day_set_now     (GezWeekDay  *self,
                                     int          minutes);
guint      gez_week_day_get_blocks  (GezWeekDay  *self,
                                     GtkWidget  **blocks);

G_END_DECLS
