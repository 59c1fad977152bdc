/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "base/gez-clock.h"

G_BEGIN_DECLS

/**
 * GezDayPicker:
 *
 * One month of days to choose from. Its weeks start on Monday and its words come from the program's
 * own catalogue, which GtkCalendar leaves to a locale that may not be there. Every day is a button
 * with its whole date as its name. Page Up and Page Down turn the month.
 *
 * GezDayPicker::picked (const char *date): a day was chosen.
 */
#define GEZ_TYPE_DAY_PICKER (gez_day_picker_get_type ())
G_DECLARE_FINAL_TYPE (GezDayPicker, gez_day_picker, GEZ, DAY_PICKER, GtkWidget)

GtkWidget *gez_day_picker_new  (GezClock     *clock);
void       gez_day_picker_show (GezDayPicker *self,
                                const char   *date);

G_END_DECLS
