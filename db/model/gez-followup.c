/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-followup.h"

#include "base/gez-date.h"
#include "model/gez-command.h"

static GezChange *
begin (GezContext  *context,
       const char  *act,
       const GezId *followup)
{
  GezChange *change;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context) && !gez_id_is_none (followup), NULL);

  change = gez_change_new (act);
  gez_change_update (change, "followup", followup);
  return change;
}

static void
insert_followup (GezContext             *context,
                 GezChange              *change,
                 const GezFollowupInput *input,
                 const char             *due_on,
                 GezId                  *id)
{
  gez_command_insert (context, change, "followup",
                      gez_command_circle (context, input->household_id, input->domain_id), id);
  gez_command_id (change, "household_id", input->household_id);
  gez_command_write_text (change, "what", input->what);
  gez_change_set_text (change, "due_on", due_on);
  gez_command_by (context, change, "owner_member_id", input->owner_member_id);
  gez_command_text (change, "kind", input->kind);
  gez_command_yes (change, "is_suggested", input->is_suggested);
  gez_command_number (change, "rhythm_days", input->rhythm_days);
  gez_command_id (change, "goal_id", input->goal_id);
  gez_command_id (change, "referral_id", input->referral_id);
  gez_command_id (change, "contact_id", input->contact_id);
  gez_command_id (change, "question_id", input->question_id);
}

/**
 * gez_followup_plan:
 * @input: what and due_on are known
 * @id: (out) (optional): receives the identity
 *
 * Something is to be done on a day.
 *
 * Thread: any; it touches no store.
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_followup_plan (GezContext             *context,
                   const GezFollowupInput *input,
                   GezId                  *id)
{
  GezChange *change;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context) && input != NULL, NULL);
  g_return_val_if_fail (input->what != NULL && input->due_on != NULL, NULL);

  change = gez_change_new ("plan-followup");
  insert_followup (context, change, input, input->due_on, id);
  return change;
}

/**
 * gez_followup_done:
 * @done_on: (nullable): %NULL: today
 * @rhythm: (nullable): what it was, when it comes back: with rhythm_days and a due day the next one
 *   is planned
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_followup_done (GezContext             *context,
                   const GezId            *followup,
                   const char             *done_on,
                   const GezFollowupInput *rhythm)
{
  GezChange *change = begin (context, "do-followup", followup);
  g_autofree char *today = NULL;
  g_autofree char *next_on = NULL;

  if (change == NULL)
    return NULL;
  today = gez_context_dup_today (context);
  if (done_on == NULL)
    done_on = today;
  gez_change_set_text (change, "done_on", done_on);
  if (rhythm && rhythm->rhythm_days > 0 && rhythm->due_on && rhythm->what)
    next_on = gez_followup_next_on (rhythm->due_on, rhythm->rhythm_days, done_on);
  if (next_on)
    insert_followup (context, change, rhythm, next_on, NULL);
  return change;
}

GezChange *
gez_followup_reopen (GezContext  *context,
                     const GezId *followup)
{
  GezChange *change = begin (context, "reopen-followup", followup);

  if (change == NULL)
    return NULL;
  gez_change_set_null (change, "done_on");
  gez_change_set_null (change, "cancelled_on");
  return change;
}

/**
 * gez_followup_move:
 * @due_on: the new day
 * @reason: (nullable): why, in words
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_followup_move (GezContext  *context,
                   const GezId *followup,
                   const char  *due_on,
                   const char  *reason)
{
  GezChange *change;

  g_return_val_if_fail (due_on != NULL, NULL);

  change = begin (context, "move-followup", followup);
  if (change == NULL)
    return NULL;
  gez_change_set_text (change, "due_on", due_on);
  gez_command_write_text (change, "moved_reason", reason);
  return change;
}

/**
 * gez_followup_cancel:
 * @reason: (nullable): why, in words
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_followup_cancel (GezContext  *context,
                     const GezId *followup,
                     const char  *reason)
{
  GezChange *change = begin (context, "cancel-followup", followup);

  if (change == NULL)
    return NULL;
  gez_command_date (context, change, "cancelled_on", NULL);
  gez_command_text (change, "moved_reason", reason);
  return change;
}

/**
 * gez_followup_accept:
 *
 * Somebody takes on what the program proposed; from then on it can be overdue.
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_followup_accept (GezContext  *context,
                     const GezId *followup)
{
  GezChange *change = begin (context, "accept-followup", followup);

  if (change == NULL)
    return NULL;
  gez_change_set_integer (change, "is_suggested", 0);
  gez_command_by (context, change, "owner_member_id", NULL);
  return change;
}

/**
 * gez_followup_next_on:
 * @due_on: the day it was planned for
 * @rhythm_days: at least 1
 * @done_on: the day it was done
 *
 * Returns: (transfer full) (nullable): the first day in the rhythm that lies after both, so that
 *   doing it late neither shifts the rhythm nor plans something in the past; %NULL when a date is
 *   none
 */
char *
gez_followup_next_on (const char *due_on,
                      int         rhythm_days,
                      const char *done_on)
{
  int late;

  g_return_val_if_fail (rhythm_days > 0, NULL);

  if (!gez_date_is_valid (due_on) || !gez_date_is_valid (done_on))
    return NULL;
  late = gez_date_days_between (due_on, done_on);
  if (late < 0)
    late = 0;
  return gez_date_add_days (due_on, (late / rhythm_days + 1) * rhythm_days);
}
