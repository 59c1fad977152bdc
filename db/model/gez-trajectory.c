/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-trajectory.h"

#include "model/gez-command.h"

static void
insert_event (GezContext               *context,
              GezChange                *change,
              const GezTrajectoryInput *input,
              const GezId              *trajectory)
{
  gez_command_insert (context, change, "trajectory_event", gez_circle_open (input->household_id),
                      NULL);
  gez_change_set_id (change, "trajectory_id", trajectory);
  gez_command_date (context, change, "happened_on", input->happened_on);
  gez_change_set_text (change, "state", input->state ? input->state : "intake");
  gez_command_text (change, "reason", input->reason);
  gez_command_text (change, "result", input->result);
  gez_command_by (context, change, "by_member_id", NULL);
}

/**
 * gez_trajectory_start:
 * @id: (out) (optional): receives the identity
 *
 * Begins a trajectory; a household can have several, one after the other.
 *
 * Thread: any; it touches no store.
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_trajectory_start (GezContext               *context,
                      const GezTrajectoryInput *input,
                      GezId                    *id)
{
  GezChange *change;
  GezId trajectory;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context) && input != NULL, NULL);
  g_return_val_if_fail (!gez_id_is_none (input->household_id), NULL);

  change = gez_change_new ("start-trajectory");
  trajectory = gez_command_insert (context, change, "trajectory",
                                   gez_circle_open (input->household_id), id);
  gez_change_set_id (change, "household_id", input->household_id);
  gez_command_by (context, change, "member_id", input->member_id);
  insert_event (context, change, input, &trajectory);
  return change;
}

/**
 * gez_trajectory_move:
 *
 * A trajectory comes to another state: it starts for good, pauses, goes on, is followed up
 * afterwards, or closes. Closing checks nothing off by itself.
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_trajectory_move (GezContext               *context,
                     const GezTrajectoryInput *input)
{
  GezChange *change;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context) && input != NULL && input->state != NULL, NULL);
  g_return_val_if_fail (!gez_id_is_none (input->household_id), NULL);
  g_return_val_if_fail (!gez_id_is_none (input->trajectory_id), NULL);

  change = gez_change_new ("move-trajectory");
  insert_event (context, change, input, input->trajectory_id);
  return change;
}
