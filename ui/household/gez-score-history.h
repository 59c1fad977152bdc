/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "household/gez-score-plot.h"

G_BEGIN_DECLS

/**
 * GezScoreHistory:
 *
 * The scores of a domain as a plot, and as a table with the same numbers: T goes from one to the
 * other, for who reads with a screen reader or wants to copy.
 */
#define GEZ_TYPE_SCORE_HISTORY (gez_score_history_get_type ())
G_DECLARE_FINAL_TYPE (GezScoreHistory, gez_score_history, GEZ, SCORE_HISTORY, GtkWidget)

GtkWidget    *gez_score_history_new          (void);
void          gez_score_history_set_series   (GezScoreHistory *self,
                                              GArray          *series);
void          gez_score_history_toggle       (GezScoreHistory *self);
gboolean      gez_score_history_shows_table  (GezScoreHistory *self);
GezScorePlot *gez_score_history_get_plot     (GezScoreHistory *self);
GtkWidget    *gez_score_history_get_table    (GezScoreHistory *self);

G_END_DECLS
