/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-goal.h"

#include "model/gez-command.h"

static GezChange *
move_to_state (GezContext  *context,
               const char  *act,
               const GezId *goal,
               const char  *state,
               const char  *ended_on)
{
  GezChange *change;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context) && !gez_id_is_none (goal), NULL);

  change = gez_change_new (act);
  gez_change_update (change, "goal", goal);
  gez_change_set_text (change, "state", state);
  gez_command_date (context, change, "ended_on", ended_on);
  return change;
}

/**
 * gez_goal_agree:
 * @input: household and words are known
 * @id: (out) (optional): receives the identity
 *
 * A goal is agreed with the family, in the family's words.
 *
 * Thread: any; it touches no store.
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_goal_agree (GezContext         *context,
                const GezGoalInput *input,
                GezId              *id)
{
  GezChange *change;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context) && input != NULL && input->words != NULL, NULL);
  g_return_val_if_fail (!gez_id_is_none (input->household_id), NULL);

  change = gez_change_new ("agree-goal");
  gez_command_insert (context, change, "goal",
                      gez_command_circle (context, input->household_id, input->domain_id), id);
  gez_change_set_id (change, "household_id", input->household_id);
  gez_command_id (change, "domain_id", input->domain_id);
  gez_command_write_text (change, "words", input->words);
  gez_command_number (change, "priority", input->priority);
  gez_command_text (change, "baseline", input->baseline);
  gez_command_text (change, "indicator", input->indicator);
  gez_command_date (context, change, "started_on", input->started_on);
  return change;
}

/**
 * gez_goal_update:
 * @input: words, domain, priority, baseline and indicator as they are from now on
 *
 * The circle stays: to let more or fewer people read a goal is an act of its own.
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_goal_update (GezContext         *context,
                 const GezId        *goal,
                 const GezGoalInput *input)
{
  GezChange *change;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context) && !gez_id_is_none (goal), NULL);
  g_return_val_if_fail (input != NULL && input->words != NULL, NULL);

  change = gez_change_new ("update-goal");
  gez_change_update (change, "goal", goal);
  gez_command_write_text (change, "words", input->words);
  gez_change_set_id (change, "domain_id", input->domain_id);
  if (input->priority)
    gez_change_set_integer (change, "priority", input->priority);
  else
    gez_change_set_null (change, "priority");
  gez_command_write_text (change, "baseline", input->baseline);
  gez_command_write_text (change, "indicator", input->indicator);
  return change;
}

/**
 * gez_goal_reach:
 * @ended_on: (nullable): %NULL: today
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_goal_reach (GezContext  *context,
                const GezId *goal,
                const char  *ended_on)
{
  return move_to_state (context, "reach-goal", goal, "reached", ended_on);
}

/**
 * gez_goal_stop:
 * @ended_on: (nullable): %NULL: today
 *
 * The family does not go on with it.
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_goal_stop (GezContext  *context,
               const GezId *goal,
               const char  *ended_on)
{
  return move_to_state (context, "stop-goal", goal, "stopped", ended_on);
}

GezChange *
gez_goal_reopen (GezContext  *context,
                 const GezId *goal)
{
  GezChange *change = move_to_state (context, "reopen-goal", goal, "open", NULL);

  if (change)
    gez_change_set_null (change, "ended_on");
  return change;
}

/**
 * gez_goal_set_order:
 * @goals: (array length=n_goals): the open goals of a household, the family's first one first
 *
 * Gives each goal the place where it stands. What had that place already is not written.
 *
 * Thread: any; it touches no store.
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_goal_set_order (GezContext  *context,
                    const GezId *goals,
                    guint        n_goals)
{
  GezChange *change;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context) && goals != NULL, NULL);

  change = gez_change_new ("order-goals");
  for (guint i = 0; i < n_goals; i++)
    {
      gez_change_update (change, "goal", &goals[i]);
      gez_change_set_integer (change, "priority", (gint64) i + 1);
    }
  return change;
}
