/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-referral.h"

#include "base/gez-date.h"
#include "model/gez-command.h"
#include "model/gez-followup.h"

/* What no longer waits for anybody. "Arrived" and "did not show" are no end: something follows. */
static const char *const final_states[] = {
  "refused", "no_supply", "dropped_out", "back_with_us", "helped", "partly_helped",
  "result_unknown", "family_does_not_want", "withdrawn", NULL
};

static void
insert_event (GezContext  *context,
              GezChange   *change,
              GezCircle    circle,
              const GezId *referral,
              const char  *state,
              const char  *happened_on,
              const char  *reason)
{
  gez_command_insert (context, change, "referral_event", circle, NULL);
  gez_change_set_id (change, "referral_id", referral);
  gez_command_date (context, change, "happened_on", happened_on);
  gez_change_set_text (change, "state", state);
  gez_command_text (change, "reason", reason);
  gez_command_by (context, change, "by_member_id", NULL);
}

static void
append_call_back (GezContext  *context,
                  GezChange   *change,
                  const GezId *household,
                  const GezId *domain,
                  const GezId *referral,
                  const char  *what,
                  const char  *due_on,
                  GezId       *id)
{
  GezFollowupInput followup = {
    .household_id = household,
    .domain_id = domain,
    .what = what,
    .due_on = due_on,
    .kind = "call_back",
    .referral_id = referral,
  };
  g_autoptr (GezChange) plan = gez_followup_plan (context, &followup, id);

  gez_change_append (change, plan);
}

static void
write_talks (GezChange              *change,
             const GezReferralInput *input)
{
  gez_command_yes (change, "is_warm", input->is_warm);
  gez_command_text (change, "introduced_by", input->introduced_by);
  gez_command_text (change, "joint_talk_on", input->joint_talk_on);
  gez_command_yes (change, "has_consent", input->has_consent);
  gez_command_text (change, "consent_on", input->consent_on);
  gez_command_text (change, "letter_sent_on", input->letter_sent_on);
}

static GezId
insert_referral (GezContext             *context,
                 GezChange              *change,
                 const GezReferralInput *input,
                 const char             *call_back_on)
{
  GezCircle circle = gez_command_circle (context, input->household_id, input->domain_id);
  GezId referral = gez_command_insert (context, change, "referral", circle, NULL);

  gez_change_set_id (change, "household_id", input->household_id);
  gez_command_text (change, "direction", input->direction);
  gez_command_id (change, "partner_id", input->partner_id);
  gez_command_text (change, "partner_name", input->partner_name);
  gez_command_id (change, "domain_id", input->domain_id);
  gez_command_id (change, "person_id", input->person_id);
  gez_command_text (change, "reason", input->reason);
  gez_command_text (change, "question", input->question);
  write_talks (change, input);
  gez_command_text (change, "call_back_on", call_back_on);
  gez_command_by (context, change, "by_member_id", NULL);
  insert_event (context, change, circle, &referral, input->state ? input->state : "prepared",
                input->happened_on, NULL);
  return referral;
}

/* The text of the follow-up: what the caller says, else a name that tells where to call. */
static const char *
what_to_call (const GezReferralInput *input)
{
  if (input->call_back_what)
    return input->call_back_what;
  return input->partner_name ? input->partner_name : input->question;
}

static gboolean
needs_call_back (const GezReferralInput *input)
{
  return g_strcmp0 (input->direction, "in") != 0 && !gez_referral_state_is_final (input->state) &&
         what_to_call (input) != NULL;
}

/**
 * gez_referral_state_is_final:
 * @state: (nullable): code of a state
 *
 * Returns: whether nobody waits for anything any more
 */
gboolean
gez_referral_state_is_final (const char *state)
{
  return state != NULL && g_strv_contains (final_states, state);
}

/**
 * gez_referral_refer:
 * @input: the household, and a partner, a name or a question
 * @id: (out) (optional): receives the identity
 *
 * Somebody else is asked to help: the referral, its first state, and the follow-up to call back.
 *
 * Thread: any; it touches no store.
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_referral_refer (GezContext             *context,
                    const GezReferralInput *input,
                    GezId                  *id)
{
  g_autofree char *today = NULL;
  g_autofree char *call_back_on = NULL;
  GezChange *change;
  GezId referral;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context) && input != NULL, NULL);
  g_return_val_if_fail (!gez_id_is_none (input->household_id), NULL);

  today = gez_context_dup_today (context);
  if (needs_call_back (input))
    call_back_on = input->call_back_on
                     ? g_strdup (input->call_back_on)
                     : gez_date_add_days (input->happened_on ? input->happened_on : today,
                                          GEZ_REFERRAL_CALL_BACK_DAYS);
  change = gez_change_new ("refer");
  referral = insert_referral (context, change, input, call_back_on);
  if (call_back_on)
    append_call_back (context, change, input->household_id, input->domain_id, &referral,
                      what_to_call (input), call_back_on, input->call_back);
  else if (input->call_back)
    *input->call_back = GEZ_ID_NONE;
  if (id)
    *id = referral;
  return change;
}

static void
finish_call_backs (GezContext            *context,
                   GezChange             *change,
                   const GezReferralNews *news)
{
  for (guint i = 0; i < news->n_call_backs; i++)
    {
      if (gez_id_is_none (&news->call_backs[i]))
        continue;
      gez_change_update (change, "followup", &news->call_backs[i]);
      gez_command_date (context, change, "done_on", news->happened_on);
    }
}

static void
plan_next (GezContext            *context,
           GezChange             *change,
           const GezReferralNews *news)
{
  if (news->call_back)
    *news->call_back = GEZ_ID_NONE;
  if (news->call_back_on == NULL || gez_referral_state_is_final (news->state))
    return;
  gez_change_update (change, "referral", news->referral_id);
  gez_change_set_text (change, "call_back_on", news->call_back_on);
  if (news->call_back_what)
    append_call_back (context, change, news->household_id, news->domain_id, news->referral_id,
                      news->call_back_what, news->call_back_on, news->call_back);
}

/**
 * gez_referral_add_event:
 * @news: state is known
 *
 * There is news of a referral: it comes to another state. The follow-ups that asked for it are done,
 * and the next one is planned when @news says so and somebody still waits.
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_referral_add_event (GezContext            *context,
                        const GezReferralNews *news)
{
  GezChange *change;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context) && news != NULL && news->state != NULL, NULL);
  g_return_val_if_fail (!gez_id_is_none (news->household_id), NULL);
  g_return_val_if_fail (!gez_id_is_none (news->referral_id), NULL);

  change = gez_change_new ("add-referral-event");
  insert_event (context, change, gez_command_circle (context, news->household_id, news->domain_id),
                news->referral_id, news->state, news->happened_on, news->reason);
  if (news->barrier)
    {
      gez_change_update (change, "referral", news->referral_id);
      gez_command_write_text (change, "barrier", news->barrier);
    }
  finish_call_backs (context, change, news);
  plan_next (context, change, news);
  return change;
}

/**
 * gez_referral_call_back:
 * @news: call_back_on is known; without news of the referral itself
 *
 * We called, or will call, on another day: the referral stays in its state.
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_referral_call_back (GezContext            *context,
                        const GezReferralNews *news)
{
  GezReferralNews call;
  GezChange *change;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context) && news != NULL, NULL);
  g_return_val_if_fail (news->call_back_on != NULL && !gez_id_is_none (news->household_id), NULL);
  g_return_val_if_fail (!gez_id_is_none (news->referral_id), NULL);

  call = *news;
  call.state = NULL;
  change = gez_change_new ("call-back");
  finish_call_backs (context, change, &call);
  plan_next (context, change, &call);
  return change;
}
