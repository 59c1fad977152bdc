/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/gez-context.h"
#include "store/gez-record.h"

G_BEGIN_DECLS

/**
 * GezGoalCard:
 *
 * One goal with its steps: ticking a step off, adding one, changing or ending the goal. What is
 * being typed in it stays when the goal is shown again with newer data.
 */
#define GEZ_TYPE_GOAL_CARD (gez_goal_card_get_type ())
G_DECLARE_FINAL_TYPE (GezGoalCard, gez_goal_card, GEZ, GOAL_CARD, GtkWidget)

GtkWidget   *gez_goal_card_new      (GezContext  *context,
                                     const GezId *household,
                                     const GezId *goal);
const GezId *gez_goal_card_get_goal (GezGoalCard *self);
void         gez_goal_card_show     (GezGoalCard *self,
                                     GezRecord   *goal,
                                     GPtrArray   *steps,
                                     gboolean     with_domain);

G_END_DECLS
