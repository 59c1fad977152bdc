/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "household/gez-score-series.h"

G_BEGIN_DECLS

/**
 * GezScorePlot:
 *
 * Draws the scores of a domain over time: the family as circles on a solid line, the worker as
 * squares on a dashed one, so that nobody has to tell two colours apart.
 */
#define GEZ_TYPE_SCORE_PLOT (gez_score_plot_get_type ())
G_DECLARE_FINAL_TYPE (GezScorePlot, gez_score_plot, GEZ, SCORE_PLOT, GtkWidget)

GtkWidget *gez_score_plot_new        (void);
void       gez_score_plot_set_series (GezScorePlot *self,
                                      GArray       *series);
GArray    *gez_score_plot_get_series (GezScorePlot *self);

G_END_DECLS
