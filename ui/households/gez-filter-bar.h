/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/gez-context.h"
#include "model/gez-household-list.h"

G_BEGIN_DECLS

/**
 * GezFilterBar:
 *
 * Whose households to see, in which state, what asks attention, which life domain, in which order.
 * All of it can be written down as text, to be kept, and read back from it.
 *
 * GezFilterBar::changed: another choice was made.
 */
#define GEZ_TYPE_FILTER_BAR (gez_filter_bar_get_type ())
G_DECLARE_FINAL_TYPE (GezFilterBar, gez_filter_bar, GEZ, FILTER_BAR, GtkWidget)

GtkWidget *gez_filter_bar_new           (GezContext         *context);
void       gez_filter_bar_get           (GezFilterBar       *self,
                                         GezHouseholdFilter *filter);
gboolean   gez_filter_bar_is_mine       (GezFilterBar       *self);
gboolean   gez_filter_bar_is_narrowed   (GezFilterBar       *self);
void       gez_filter_bar_show_team     (GezFilterBar       *self);
char      *gez_filter_bar_to_text       (GezFilterBar       *self,
                                         const char         *words);
char      *gez_filter_bar_set_text      (GezFilterBar       *self,
                                         const char         *text);

G_END_DECLS
