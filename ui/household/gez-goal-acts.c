/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "household/gez-goal-acts.h"

#include <glib/gi18n.h>

#include "common/gez-act.h"
#include "household/gez-choices.h"
#include "model/gez-goal.h"
#include "model/gez-record-edit.h"
#include "model/gez-step.h"

static const GezId *
reference (GezRecord  *record,
           const char *column)
{
  return gez_record_is_null (record, column) ? NULL : gez_record_get_reference (record, column);
}

static void
read_step (GezStepInput *input,
           GezRecord    *goal,
           GezStepForm  *form,
           const char   *what,
           GezId        *owner)
{
  *input = (GezStepInput) {
    .household_id = reference (goal, "household_id"),
    .domain_id = reference (goal, "domain_id"),
    .goal_id = gez_record_get_id (goal),
    .what = what,
    .due_on = gez_step_form_get_due_on (form),
  };

  switch (gez_step_form_get_owner (form, owner))
    {
    case GEZ_OWNER_PERSON:
      input->owner_person_id = owner;
      break;
    case GEZ_OWNER_HELPER:
      input->owner_helper_id = owner;
      break;
    case GEZ_OWNER_MEMBER:
      input->owner_member_id = owner;
      break;
    case GEZ_OWNER_PARTNER:
      input->owner_partner_id = owner;
      break;
    case GEZ_OWNER_NOBODY:
    case GEZ_OWNER_N:
    default:
      break;
    }
}

static void
act (GtkWidget      *from,
     GezContext     *context,
     GezChange      *change,
     GezDraftKeeper *keeper,
     const char     *done)
{
  gez_draft_keeper_take (keeper, change);
  gez_act (from, context, change, done);
}

/**
 * gez_goal_acts_add:
 * @from: the widget where it happens
 * @context: where we work
 * @household: whose goal
 * @form: what was filled in
 * @keeper: of the draft of @form
 */
void
gez_goal_acts_add (GtkWidget   *from,
                   GezContext  *context,
                   const GezId *household,
                   GezGoalForm *form,
                   GezDraftKeeper *keeper)
{
  g_autofree char *words = gez_goal_form_dup_words (form);
  GezGoalInput input = {
    .household_id = household,
    .domain_id = gez_choices_get_domain_id (context, gez_goal_form_get_domain (form)),
    .words = words,
    .priority = gez_goal_form_get_priority (form),
  };
  GezId id;

  g_return_if_fail (words != NULL);

  act (from, context, gez_goal_agree (context, &input, &id), keeper, _("Goal added"));
}

/**
 * gez_goal_acts_change:
 * @from: the widget where it happens
 * @context: where we work
 * @goal: the goal
 * @form: what was filled in
 * @keeper: of the draft of @form
 */
void
gez_goal_acts_change (GtkWidget   *from,
                      GezContext  *context,
                      GezRecord   *goal,
                      GezGoalForm *form,
                      GezDraftKeeper *keeper)
{
  g_autofree char *words = gez_goal_form_dup_words (form);
  GezGoalInput input = {
    .household_id = reference (goal, "household_id"),
    .domain_id = gez_choices_get_domain_id (context, gez_goal_form_get_domain (form)),
    .words = words,
    .priority = gez_goal_form_get_priority (form),
    .baseline = gez_record_get_text (goal, "baseline"),
    .indicator = gez_record_get_text (goal, "indicator"),
    .started_on = gez_record_get_text (goal, "started_on"),
  };

  g_return_if_fail (words != NULL);

  act (from, context, gez_goal_update (context, gez_record_get_id (goal), &input), keeper,
       _("Goal changed"));
}

/**
 * gez_goal_acts_set_state:
 * @from: the widget where it happens
 * @context: where we work
 * @goal: the goal
 * @state: reached, stopped or open
 */
void
gez_goal_acts_set_state (GtkWidget  *from,
                         GezContext *context,
                         GezRecord  *goal,
                         const char *state)
{
  const GezId *id = gez_record_get_id (goal);

  if (g_strcmp0 (state, "reached") == 0)
    gez_act (from, context, gez_goal_reach (context, id, NULL), _("The goal is reached"));
  else if (g_strcmp0 (state, "stopped") == 0)
    gez_act (from, context, gez_goal_stop (context, id, NULL), _("The goal is stopped"));
  else
    gez_act (from, context, gez_goal_reopen (context, id), _("The goal is open again"));
}

/**
 * gez_goal_acts_add_step:
 * @from: the widget where it happens
 * @context: where we work
 * @goal: the goal
 * @form: what was filled in
 * @keeper: of the draft of @form
 */
void
gez_goal_acts_add_step (GtkWidget   *from,
                        GezContext  *context,
                        GezRecord   *goal,
                        GezStepForm *form,
                        GezDraftKeeper *keeper)
{
  g_autofree char *what = gez_step_form_dup_what (form);
  GezStepInput input;
  GezId owner, id;

  g_return_if_fail (what != NULL);

  read_step (&input, goal, form, what, &owner);
  act (from, context, gez_step_add (context, &input, &id), keeper, NULL);
}

/**
 * gez_goal_acts_change_step:
 * @from: the widget where it happens
 * @context: where we work
 * @goal: its goal
 * @step: the step
 * @form: what was filled in
 * @keeper: of the draft of @form
 */
void
gez_goal_acts_change_step (GtkWidget   *from,
                           GezContext  *context,
                           GezRecord   *goal,
                           GezRecord   *step,
                           GezStepForm *form,
                           GezDraftKeeper *keeper)
{
  g_autofree char *what = gez_step_form_dup_what (form);
  GezStepInput input;
  GezId owner;

  g_return_if_fail (what != NULL);

  read_step (&input, goal, form, what, &owner);
  act (from, context, gez_step_update (context, gez_record_get_id (step), &input), keeper,
       _("Step changed"));
}

/**
 * gez_goal_acts_tick_step:
 * @from: the widget where it happens
 * @context: where we work
 * @step: the step
 * @done: whether it was done today, or is not done after all
 */
void
gez_goal_acts_tick_step (GtkWidget  *from,
                         GezContext *context,
                         GezRecord  *step,
                         gboolean    done)
{
  const GezId *id = gez_record_get_id (step);

  if (done)
    gez_act (from, context, gez_step_done (context, id, NULL, NULL), _("Step done"));
  else
    gez_act (from, context, gez_step_not_done (context, id), _("Step is open again"));
}

/**
 * gez_goal_acts_remove_step:
 * @from: the widget where it happens
 * @context: where we work
 * @step: the step
 */
void
gez_goal_acts_remove_step (GtkWidget  *from,
                           GezContext *context,
                           GezRecord  *step)
{
  gez_act (from, context,
           gez_record_withdraw (context, "remove-step", "step", gez_record_get_id (step), NULL),
           _("Step removed"));
}
