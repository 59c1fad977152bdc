/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-step.h"

#include "model/gez-command.h"

static void
write_owner (GezChange          *change,
             const GezStepInput *input)
{
  gez_change_set_id (change, "owner_person_id", input->owner_person_id);
  gez_change_set_id (change, "owner_helper_id", input->owner_helper_id);
  gez_change_set_id (change, "owner_member_id", input->owner_member_id);
  gez_change_set_id (change, "owner_partner_id", input->owner_partner_id);
}

static GezChange *
begin (GezContext  *context,
       const char  *act,
       const GezId *step)
{
  GezChange *change;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context) && !gez_id_is_none (step), NULL);

  change = gez_change_new (act);
  gez_change_update (change, "step", step);
  return change;
}

/**
 * gez_step_add:
 * @input: goal, household and what are known; who does it may stay open
 * @id: (out) (optional): receives the identity
 *
 * Thread: any; it touches no store.
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_step_add (GezContext         *context,
              const GezStepInput *input,
              GezId              *id)
{
  GezChange *change;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context) && input != NULL && input->what != NULL, NULL);
  g_return_val_if_fail (!gez_id_is_none (input->household_id), NULL);
  g_return_val_if_fail (!gez_id_is_none (input->goal_id), NULL);

  change = gez_change_new ("add-step");
  gez_command_insert (context, change, "step",
                      gez_command_circle (context, input->household_id, input->domain_id), id);
  gez_change_set_id (change, "goal_id", input->goal_id);
  gez_command_write_text (change, "what", input->what);
  write_owner (change, input);
  gez_command_text (change, "due_on", input->due_on);
  return change;
}

/**
 * gez_step_update:
 * @input: what, owner and due day as they are from now on
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_step_update (GezContext         *context,
                 const GezId        *step,
                 const GezStepInput *input)
{
  GezChange *change;

  g_return_val_if_fail (input != NULL && input->what != NULL, NULL);

  change = begin (context, "update-step", step);
  if (change == NULL)
    return NULL;
  gez_command_write_text (change, "what", input->what);
  write_owner (change, input);
  gez_command_write_text (change, "due_on", input->due_on);
  return change;
}

/**
 * gez_step_done:
 * @done_on: (nullable): %NULL: today
 * @result: (nullable): what came of it, in words
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_step_done (GezContext  *context,
               const GezId *step,
               const char  *done_on,
               const char  *result)
{
  GezChange *change = begin (context, "do-step", step);

  if (change == NULL)
    return NULL;
  gez_command_date (context, change, "done_on", done_on);
  gez_command_text (change, "result", result);
  return change;
}

GezChange *
gez_step_not_done (GezContext  *context,
                   const GezId *step)
{
  GezChange *change = begin (context, "undo-step", step);

  if (change)
    gez_change_set_null (change, "done_on");
  return change;
}

/**
 * gez_step_move:
 * @due_on: (nullable): by when from now on; %NULL: no day
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_step_move (GezContext  *context,
               const GezId *step,
               const char  *due_on)
{
  GezChange *change = begin (context, "move-step", step);

  if (change)
    gez_command_write_text (change, "due_on", due_on);
  return change;
}
