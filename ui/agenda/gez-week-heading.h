/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * GezWeekHeading:
 *
 * The name of a day above its column, as a button that chooses it. Its accessible name tells the
 * day and counts what stands on it.
 */
#define GEZ_TYPE_WEEK_HEADING (gez_week_heading_get_type ())
G_DECLARE_FINAL_TYPE (GezWeekHeading, gez_week_heading, GEZ, WEEK_HEADING, GtkButton)

GtkWidget *gez_week_heading_new        (void);
void       gez_week_heading_join       (GezWeekHeading *self,
                                        GezWeekHeading *peer);
void       gez_week_heading_set_date   (GezWeekHeading *self,
                                        const char     *date);
void       gez_week_heading_set_today  (GezWeekHeading *self,
                                        gboolean        is_today);
void       gez_week_heading_set_chosen (GezWeekHeading *self,
                                        gboolean        is_chosen);
void       gez_week_heading_set_counts (GezWeekHeading *self,
                                        guint           n_appointments,
                                        guint           n_followups);

G_END_DECLS
