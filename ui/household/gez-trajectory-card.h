/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezTrajectoryCard:
 *
 * Where the trajectories of a household are, and the next step of one: getting to know, active,
 * paused, aftercare, closed, each with its date and its reason.
 */
#define GEZ_TYPE_TRAJECTORY_CARD (gez_trajectory_card_get_type ())
G_DECLARE_FINAL_TYPE (GezTrajectoryCard, gez_trajectory_card, GEZ, TRAJECTORY_CARD, GtkWidget)

GtkWidget *gez_trajectory_card_new  (GezContext        *context,
                                     const GezId       *household);
void       gez_trajectory_card_show (GezTrajectoryCard *self,
                                     GPtrArray         *trajectories);

G_END_DECLS
