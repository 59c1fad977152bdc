/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezTrajectoryInput:
 * @trajectory_id: the trajectory; not read by gez_trajectory_start()
 * @state: GEZ_CODES_TRAJECTORY_STATE; %NULL: intake
 * @happened_on: (nullable): %NULL: today
 * @reason: (nullable): why, in words
 * @result: (nullable): of a trajectory that closes, in words
 * @member_id: (nullable): who carries a new one; %NULL: the current member
 *
 * A dated transition of a trajectory.
 */
typedef struct
{
  const GezId *household_id;
  const GezId *trajectory_id;
  const char *state;
  const char *happened_on;
  const char *reason;
  const char *result;
  const GezId *member_id;
} GezTrajectoryInput;

GezChange *gez_trajectory_start (GezContext               *context,
                                 const GezTrajectoryInput *input,
                                 GezId                    *id);
GezChange *gez_trajectory_move  (GezContext               *context,
                                 const GezTrajectoryInput *input);

G_END_DECLS
