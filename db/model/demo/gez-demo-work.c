/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/gez-date.h"
#include "model/demo/gez-demo-story.h"
#include "model/gez-appointment.h"
#include "model/gez-codes.h"
#include "model/gez-followup.h"
#include "model/gez-referral.h"

/* Referrals in every state, and what is still to be done, late, due today, to come and done. */

/* The road to each state, in the order of GEZ_CODES_REFERRAL_STATE; the state itself is the end. */
static const char *const roads[] = {
  [0] = "",
  [1] = "prepared",
  [2] = "prepared|family_agrees",
  [3] = "prepared|family_agrees|sent",
  [4] = "prepared|family_agrees|sent",
  [5] = "prepared|family_agrees|sent",
  [6] = "prepared|family_agrees|sent",
  [7] = "prepared|family_agrees|sent|accepted",
  [8] = "prepared|family_agrees|sent|accepted",
  [9] = "prepared|family_agrees|sent|accepted|arrived",
  [10] = "prepared|family_agrees|sent|refused",
  [11] = "prepared|family_agrees|sent|accepted|arrived",
  [12] = "prepared|family_agrees|sent|waiting_list|arrived",
  [13] = "prepared|family_agrees|sent|accepted",
  [14] = "prepared",
  [15] = "prepared|family_agrees|sent",
};

static char *
invent_reason (GezDemoStory *story,
               const char   *state)
{
  if (g_str_equal (state, "refused"))
    return gez_demo_say (story, "general", "refused");
  if (g_str_equal (state, "dropped_out"))
    return gez_demo_say (story, "general", "dropped");
  if (g_str_equal (state, "family_does_not_want"))
    return gez_demo_say (story, "general", "unwanted");
  return NULL;
}

static const char *
barrier_of (const char *state)
{
  if (g_str_equal (state, "waiting_list"))
    return "referral_waiting_list";
  if (g_str_equal (state, "refused"))
    return "referral_refused";
  if (g_str_equal (state, "no_supply"))
    return "referral_no_capacity";
  return g_str_equal (state, "did_not_show") ? "care_no_transport" : NULL;
}

/* Whether somebody will call to hear how it goes. */
static gboolean
is_waited_for (const char *state)
{
  static const char *const states[] = { "sent", "accepted", "waiting_list", "did_not_show", NULL };

  return g_strv_contains (states, state);
}

static GezId
refer (GezDemoStory *story,
       GezRecord    *domain,
       const char   *state,
       int           days,
       GezId        *call_back)
{
  static const char *const reasons[] = { "rights", "debts", "health", "school_costs", "work",
                                         "language",
                                         "administration", "loneliness" };
  g_autofree char *question = gez_demo_say (story, gez_record_get_text (domain, "code"),
                                            "question");
  g_autofree char *introduced = gez_demo_say (story, "general", "introduced");
  g_autofree char *partner = gez_demo_say (story, gez_record_get_text (domain, "code"), "partner");
  g_autofree char *date = gez_demo_days_ago (story, days);
  GezReferralInput input = {
    .household_id = &story->household, .domain_id = gez_record_get_id (domain), .state = state,
    .partner_id = gez_demo_any_partner (story,
                                        domain), .question = question, .call_back = call_back,
    .reason = reasons[gez_demo_chance (story, 0,
                                       G_N_ELEMENTS (reasons))], .call_back_what = partner,
    .is_warm = gez_demo_in_hundred (story, 55), .has_consent = !g_str_equal (state, "prepared"),
  };
  GezId id;

  if (input.is_warm)
    input.introduced_by = introduced;
  if (input.is_warm && gez_demo_in_hundred (story, 50))
    input.joint_talk_on = date;
  if (input.has_consent)
    input.consent_on = date;
  if (story->n_persons > 0 && gez_demo_in_hundred (story, 40))
    input.person_id = &story->persons[gez_demo_chance (story, 0, (int) story->n_persons)];
  gez_demo_go_to_day (story, days);
  gez_demo_add (story, gez_referral_refer (story->context, &input, &id));
  return id;
}

static void
hear_news (GezDemoStory *story,
           GezRecord    *domain,
           const GezId  *referral,
           const char   *state,
           int           days,
           gboolean      is_same_day,
           GezId        *call_back)
{
  GezClock *clock = story->world->clock;
  g_autofree char *reason = invent_reason (story, state);
  g_autofree char *partner = gez_demo_say (story, gez_record_get_text (domain, "code"), "partner");
  g_autofree char *again = gez_demo_days_ago (story, days - GEZ_REFERRAL_CALL_BACK_DAYS);
  GezId before = *call_back;
  GezReferralNews news = { .household_id = &story->household,
                           .domain_id = gez_record_get_id (domain),
                           .referral_id = referral, .state = state, .reason = reason,
                           .barrier = barrier_of (state), .call_backs = &before, .n_call_backs = 1,
                           .call_back_what = partner, .call_back = call_back };

  if (is_waited_for (state))
    news.call_back_on = again;
  if (is_same_day)
    gez_clock_set_now (clock, gez_clock_get_now (clock) + 10 * 60 * 1000);
  else
    gez_demo_go_to_day (story, days);
  gez_demo_add (story, gez_referral_add_event (story->context, &news));
}

/* A referral that came as far as @state. Its last news is a few days or some weeks old, so that
 * with some of them there is no news. */
static void
add_referral (GezDemoStory *story,
              guint         state)
{
  const char *const *states = GEZ_CODES_REFERRAL_STATE;
  g_auto (GStrv) road = g_strsplit (roads[state], "|", -1);
  guint n = g_strv_length (road);
  gboolean is_fresh = !gez_referral_state_is_final (states[state]) && gez_demo_in_hundred (story,
                                                                                           65);
  int age = gez_demo_chance (story, 1, MIN (is_fresh ? 13 : 50, story->days));
  int gap = CLAMP ((story->days - age) / (int) (n + 1), 0, 9);
  GezRecord *domain = gez_demo_any_domain (story);
  GezId call_back, referral;

  referral = refer (story, domain, n > 0 ? road[0] : states[state], age + (int) n * gap,
                    &call_back);
  for (guint i = 1; i <= n; i++)
    hear_news (story, domain, &referral, i < n ? road[i] : states[state], age + (int) (n - i) * gap,
               gap == 0, &call_back);
}

typedef enum
{
  FOLLOWUP_OPEN,
  FOLLOWUP_DONE,
  FOLLOWUP_MOVED,
  FOLLOWUP_CANCELLED,
} FollowupEnd;

/* @due: days until it is due, negative in the past */
static void
add_followup (GezDemoStory     *story,
              GezFollowupInput *input,
              const char       *kind,
              int               due,
              FollowupEnd       end)
{
  g_autofree char *what = gez_demo_say (story, "general", kind);
  g_autofree char *due_on = gez_demo_days_ago (story, -due);
  g_autofree char *before = gez_demo_days_ago (story, 4 - due);
  g_autofree char *moved = gez_demo_say (story, "general", "moved");
  GezId id;

  input->household_id = &story->household;
  input->what = what;
  input->due_on = end == FOLLOWUP_MOVED ? before : due_on;
  gez_demo_go_to_day (story, CLAMP (5 - due, 1, story->days));
  gez_demo_add (story, gez_followup_plan (story->context, input, &id));
  if (end == FOLLOWUP_DONE)
    gez_demo_add (story, gez_followup_done (story->context, &id, due_on, input));
  else if (end == FOLLOWUP_MOVED)
    gez_demo_add (story, gez_followup_move (story->context, &id, due_on, moved));
  else if (end == FOLLOWUP_CANCELLED)
    gez_demo_add (story, gez_followup_cancel (story->context, &id, moved));
}

static void
add_followups (GezDemoStory *story)
{
  GezFollowupInput once = { 0 }, rhythm = { .rhythm_days = 14 };
  GezFollowupInput suggested = { .kind = "family_answer", .is_suggested = TRUE };
  guint turn = story->world->number % 6;
  int past = MIN (story->days, 60);

  /* In turn: due today, late, to come, moved, cancelled, in a rhythm. */
  if (turn == 0)
    add_followup (story, &once, "followup", 0, FOLLOWUP_OPEN);
  else if (turn == 1)
    add_followup (story, &once, "followup", -gez_demo_chance (story, 1, 12), FOLLOWUP_OPEN);
  else if (turn == 3)
    add_followup (story, &once, "followup", gez_demo_chance (story, 1, 6), FOLLOWUP_MOVED);
  else if (turn == 4)
    add_followup (story, &once, "followup", gez_demo_chance (story, 1, 6), FOLLOWUP_CANCELLED);
  else if (turn == 5)
    add_followup (story, &rhythm, "followup rhythm", -gez_demo_chance (story, 0, 14),
                  FOLLOWUP_DONE);
  if (turn <= 2)
    add_followup (story, &once, "followup", gez_demo_chance (story, 1, 21), FOLLOWUP_OPEN);
  if (gez_demo_in_hundred (story, 10))
    add_followup (story, &suggested, "followup suggested", gez_demo_chance (story, -3, 10),
                  FOLLOWUP_OPEN);
  for (int i = gez_demo_chance (story, 0, 4); i > 0; i--)
    add_followup (story, &once, "followup", -gez_demo_chance (story, 1, past), FOLLOWUP_DONE);
}

/* @days: until it is held, negative in the past */
static void
add_appointment (GezDemoStory *story,
                 int           days)
{
  static const char *const ends[] = { "held", "held", "held", "held", "cancelled", "missed" };
  g_autofree char *said = gez_demo_say (story, "general", "appointment");
  g_auto (GStrv) parts = g_strsplit (said, "|", 2);
  g_autofree char *held_on = gez_demo_days_ago (story, -days);
  g_autofree char *time = g_strdup_printf ("%02d:%s", gez_demo_chance (story, 9, 17),
                                           gez_demo_in_hundred (story, 60) ? "00" : "30");
  GezAppointmentInput input = {
    .household_id = &story->household, .title = parts[0], .place = parts[1], .held_on = held_on,
    .with_whom = gez_demo_in_hundred (story, 60) ? story->names.adult : story->names.helper,
    .state = days < 0 ? ends[gez_demo_chance (story, 0, G_N_ELEMENTS (ends))] : "planned",
  };

  input.minutes = gez_demo_chance (story, 1, 4) * 30;
  if (gez_demo_in_hundred (story, 92))
    input.start_time = time;
  gez_demo_go_to_day (story, CLAMP (8 - days, 1, story->days));
  gez_demo_add (story, gez_appointment_plan (story->context, &input, NULL));
}

void
gez_demo_tell_work (GezDemoStory *story)
{
  guint number = story->world->number, n_states = G_N_ELEMENTS (roads);

  /* The states follow each other from file to file, so that each of them occurs. */
  add_referral (story, number % n_states);
  for (guint i = 0; i < number % 3; i++)
    add_referral (story, (number * 5 + i * 7 + 3) % n_states);
  for (int i = gez_demo_chance (story, 0, 4); i > 0; i--)
    add_appointment (story, -gez_demo_chance (story, 1, MIN (story->days, 45)));
  if (g_str_equal (story->state, "closed") || g_str_equal (story->state, "paused"))
    return;
  add_followups (story);
  if (number % 4 == 0)
    add_appointment (story, 0);
  else if (number % 4 != 3)
    add_appointment (story, gez_demo_chance (story, 1, 25));
}
