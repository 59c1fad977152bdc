/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "household/gez-score-series.h"

G_BEGIN_DECLS

/**
 * GezScoreScale:
 *
 * Five points of which one voice chooses one. While somebody looks at a point its anchor text
 * stands below, and under that the score before. A digit chooses at once, arrows look around, and
 * Space or Enter chooses. All points have one neutral colour.
 *
 * GezScoreScale::chosen (int score): a person chose this score, perhaps the same as before.
 */
#define GEZ_TYPE_SCORE_SCALE (gez_score_scale_get_type ())
G_DECLARE_FINAL_TYPE (GezScoreScale, gez_score_scale, GEZ, SCORE_SCALE, GtkWidget)

GtkWidget *gez_score_scale_new        (GezScoreVoice  voice);
void       gez_score_scale_set_anchor (GezScoreScale *self,
                                       int            score,
                                       const char    *text);
void       gez_score_scale_set_score  (GezScoreScale *self,
                                       int            score,
                                       const char    *day_on,
                                       int            previous,
                                       const char    *previous_on);
int        gez_score_scale_get_score  (GezScoreScale *self);
const char *gez_score_scale_get_before (GezScoreScale *self);

G_END_DECLS
