/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezGoalInput:
 * @domain_id: (nullable): decides, with the household, who may read goal and steps
 * @words: the goal in the family's own words
 * @priority: 1 is the family's first; 0: none given
 * @started_on: (nullable): %NULL: today
 */
typedef struct
{
  const GezId *household_id;
  const GezId *domain_id;
  const char *words;
  int priority;
  const char *baseline;
  const char *indicator;
  const char *started_on;
} GezGoalInput;

GezChange *gez_goal_agree  (GezContext         *context,
                            const GezGoalInput *input,
                            GezId              *id);
GezChange *gez_goal_update (GezContext         *context,
                            const GezId        *goal,
                            const GezGoalInput *input);
GezChange *gez_goal_reach  (GezContext         *context,
                            const GezId        *goal,
                            const char         *ended_on);
GezChange *gez_goal_stop   (GezContext         *context,
                            const GezId        *goal,
                            const char         *ended_on);
GezChange *gez_goal_reopen (GezContext         *context,
                            const GezId        *goal);
GezChange *gez_goal_set_order (GezContext      *context,
                            const GezId        *goals,
                            guint               n_goals);

G_END_DECLS
