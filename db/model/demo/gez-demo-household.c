/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/demo/gez-demo-household.h"

#include <string.h>

#include "base/gez-date.h"
#include "model/demo/gez-demo-names.h"
#include "model/demo/gez-demo-texts.h"
#include "model/gez-appointment.h"
#include "model/gez-assessment.h"
#include "model/gez-codes.h"
#include "model/gez-contact.h"
#include "model/gez-flag.h"
#include "model/gez-followup.h"
#include "model/gez-goal.h"
#include "model/gez-helper.h"
#include "model/gez-household.h"
#include "model/gez-referral.h"
#include "model/gez-relation.h"
#include "model/gez-step.h"
#include "model/gez-trajectory.h"

/* One invented file, made with the same commands as a real one. The clock is moved to the day of each
 * act, so that identities and defaults follow. Everything random comes from one source. */

#define CONTACTS_PER_COMMIT 40
#define MEMBERS_MAX 14

typedef struct
{
  GezDemoWorld *world;
  GezContext *context; /* of the worker of this file */
  GezChange *change;
  GezId household;
  GezId persons[MEMBERS_MAX];
  char *first_names[MEMBERS_MAX];
  guint n_persons;
  GezId helper; /* one of the network */
  int days;     /* how long ago the file was opened */
  const char *state;
} Story;

static int
chance (Story *story,
        int    from,
        int    to)
{
  return from >= to ? from : g_rand_int_range (story->world->random, from, to);
}

static gboolean
in_hundred (Story *story,
            int    percent)
{
  return chance (story, 0, 100) < percent;
}

static char *
days_ago (Story *story,
          int    days)
{
  return gez_date_add_days (story->world->today, -days);
}

/* Everything that follows happens on that day, during office hours. */
static void
go_to_day (Story *story,
           int    days)
{
  g_autofree char *date = days_ago (story, days);
  g_autofree char *time = g_strdup_printf ("%02d:%02d", chance (story, 8, 17), chance (story, 0, 12) * 5);

  gez_clock_set_now (story->world->clock, gez_clock_instant_of (story->world->clock, date, time));
}

/* Takes @change. */
static void
add (Story     *story,
     GezChange *change)
{
  gez_change_append (story->change, change);
  g_object_unref (change);
}

static gboolean
commit (Story   *story,
        GError **error)
{
  g_autoptr (GezChange) change = g_steal_pointer (&story->change);

  story->change = gez_change_new ("demonstration");
  if (gez_change_is_empty (change))
    return TRUE;
  return gez_store_commit (story->world->store, change, error) != 0;
}

static const char *
pick_text (Story             *story,
           const char *const *texts)
{
  guint n = 0;

  while (n < GEZ_DEMO_TEXTS && texts[n])
    n++;
  return texts[chance (story, 0, (int) n)];
}

static const GezId *
domain_id (Story      *story,
           const char *code)
{
  GezRecord *domain = gez_lists_find_domain_by_code (gez_context_get_lists (story->context), code);

  return domain ? gez_record_get_id (domain) : NULL;
}

static const char *
code_at (const char *const *codes,
         int                i)
{
  return codes[i % (int) g_strv_length ((char **) codes)];
}

/* Who they are ------------------------------------------------------------------------------------- */

static char *
family_name (Story *story)
{
  guint number = story->world->number;
  guint strange = g_strv_length ((char **) gez_demo_strange_names);

  /* Every seventh name is a strange one until all have been used. */
  if (number % 7 == 3 && number / 7 < strange)
    return g_strdup (gez_demo_strange_names[number / 7]);
  if (in_hundred (story, 25))
    return g_strdup_printf ("Gezin %s-%s", gez_demo_pick (story->world->random, gez_demo_family_names),
                            gez_demo_pick (story->world->random, gez_demo_family_names));
  return g_strdup_printf ("Gezin %s", gez_demo_pick (story->world->random, gez_demo_family_names));
}

static guint
count_members (Story *story)
{
  if (story->world->number == 5)
    return MEMBERS_MAX;
  if (story->world->number == 38)
    return 0; /* an alias and nothing else */
  return 1 + (guint) chance (story, 0, 3) + (guint) chance (story, 0, 4);
}

static void
invent_person (Story          *story,
               guint           i,
               GezPersonInput *person)
{
  gboolean is_adult = i == 0 || (i == 1 && in_hundred (story, 60));
  int age = is_adult ? chance (story, 22, 52) : chance (story, 0, 17);

  story->first_names[i] = g_strdup (gez_demo_pick (story->world->random, gez_demo_first_names));
  person->first_name = story->first_names[i];
  person->gender = in_hundred (story, 52) ? "f" : "m";
  if (in_hundred (story, 85))
    person->born_on = days_ago (story, age * 365 + chance (story, 1, 364));
  else
    {
      person->is_age_estimated = TRUE;
      person->age = age;
    }
  person->role = is_adult ? (i == 0 ? (in_hundred (story, 75) ? "mother" : "father") : "partner") : "child";
  person->residence = !is_adult && in_hundred (story, 20) ? "part" : "full";
  person->custody = g_str_equal (person->residence, "part") ? "Om de week, wissel op vrijdag" : NULL;
  if (is_adult && i == 0)
    person->phones = "0499 00 00 00";
  if (!is_adult && age >= 3 && story->world->schools->len > 0)
    {
      person->school_id = &g_array_index (story->world->schools, GezId,
                                          chance (story, 0, (int) story->world->schools->len));
      person->class_name = age < 6 ? "kleuterklas" : age < 12 ? "lagere school" : "middelbaar";
    }
}

static void
add_family (Story *story)
{
  GezPersonInput persons[MEMBERS_MAX] = { 0 };
  GezHouseholdInput input = { 0 };
  g_autofree char *name = family_name (story);
  g_autofree char *address = g_strdup_printf ("%s %d", gez_demo_pick (story->world->random, gez_demo_streets),
                                              chance (story, 1, 180));
  g_autofree char *started = days_ago (story, story->days);

  story->n_persons = count_members (story);
  for (guint i = 0; i < story->n_persons; i++)
    invent_person (story, i, &persons[i]);
  input.name = name;
  input.is_pseudonymous = strstr (name, "schuilnaam") != NULL;
  input.residence = code_at (GEZ_CODES_RESIDENCE, in_hundred (story, 70) ? chance (story, 1, 3) : chance (story, 0, 9));
  input.address = g_str_equal (input.residence, "none") || g_str_equal (input.residence, "hidden") ? NULL : address;
  if (story->world->districts->len > 0)
    input.district_id = &g_array_index (story->world->districts, GezId,
                                        chance (story, 0, (int) story->world->districts->len));
  input.language = gez_demo_pick (story->world->random, gez_demo_languages);
  input.needs_interpreter = !g_str_equal (input.language, "Nederlands") && in_hundred (story, 45);
  input.known_to_ocmw = in_hundred (story, 80) ? (in_hundred (story, 30) ? "yes" : "no") : NULL;
  input.entry_gate = "school_sitting_day";
  input.persons = persons;
  input.n_persons = story->n_persons;
  input.started_on = started;
  add (story, gez_household_create (story->context, &input, &story->household));
  for (guint i = 0; i < story->n_persons; i++)
    g_free ((char *) persons[i].born_on);
}

static void
add_network (Story *story)
{
  GezHelperInput friend = { .household_id = &story->household, .kind = "network", .name = "Buurvrouw Testa",
                            .role = "Past op de kinderen" };
  GezHelperInput school = { .household_id = &story->household, .kind = "professional",
                            .name = "Zorgcoördinator (verzonnen)", .role = "Zorgcoördinator op school" };

  add (story, gez_helper_add (story->context, &friend, &story->helper));
  if (in_hundred (story, 60))
    {
      GezId id;

      add (story, gez_helper_add (story->context, &school, &id));
    }
  if (in_hundred (story, 15))
    {
      GezFlagInput flag = { .household_id = &story->household,
                            .fact = gez_demo_pick (story->world->random, gez_demo_flags),
                            .source = "Gezegd door het gezin" };
      GezId id;

      add (story, gez_flag_raise (story->context, &flag, &id));
    }
}

/* Persons get their identities inside the command that makes the household; they are read back. */
static gboolean
read_persons (Story   *story,
              GError **error)
{
  g_autoptr (GezQuery) query = gez_record_query ("SELECT p.id, t.id AS trajectory_id FROM trajectory AS t "
                                                 "LEFT JOIN person AS p ON p.household_id = t.household_id "
                                                 "WHERE t.household_id = ? ORDER BY p.row",
                                                 GEZ_ID, &story->household, GEZ_END);
  g_autoptr (GPtrArray) rows = gez_store_run (story->world->store, query, error);
  GezTrajectoryInput move = { .household_id = &story->household };

  if (rows == NULL || rows->len == 0)
    return rows != NULL;
  for (guint i = 0; i < rows->len && i < story->n_persons; i++)
    story->persons[i] = *gez_record_get_id (rows->pdata[i]);
  move.trajectory_id = gez_record_get_reference (rows->pdata[0], "trajectory_id");
  for (int i = 1; move.trajectory_id && !g_str_equal (story->state, "intake"); i++)
    {
      g_autofree char *date = days_ago (story, MAX (0, story->days - 14 * i));

      move.state = code_at (GEZ_CODES_TRAJECTORY_STATE, i);
      if (g_str_equal (move.state, "paused") && !g_str_equal (story->state, "paused"))
        continue;
      move.happened_on = date;
      move.reason = g_str_equal (move.state, "paused") ? "Gezin is enkele weken bij familie" : NULL;
      move.result = g_str_equal (move.state, "closed") ? "Het gezin kan zelf verder" : NULL;
      add (story, gez_trajectory_move (story->context, &move));
      if (g_str_equal (move.state, story->state))
        break;
    }
  return TRUE;
}

/* Life domains and the plan ------------------------------------------------------------------------ */

static void
say_about_domain (Story               *story,
                  const GezDemoDomain *domain,
                  const char          *voice,
                  int                  days,
                  int                  score)
{
  gboolean is_family = g_str_equal (voice, "family");
  g_autofree char *date = days_ago (story, days);
  GezAssessmentInput input = { .household_id = &story->household, .domain_id = domain_id (story, domain->code),
                               .voice = voice, .assessed_on = date, .asked = "asked", .score = score };
  GezId id;

  go_to_day (story, days);
  input.strengths = pick_text (story, is_family ? domain->family_strengths : domain->worker_strengths);
  input.needs = pick_text (story, is_family ? domain->family_needs : domain->worker_needs);
  input.wished_change = is_family ? pick_text (story, domain->wishes) : NULL;
  add (story, gez_assessment_record (story->context, &input, &id));
}

/* The next score: one lower at most, less than @above higher. */
static int
near_score (Story *story,
            int    score,
            int    above)
{
  int next = score + chance (story, -1, above);

  return CLAMP (next, 1, 5);
}

static void
add_assessments (Story               *story,
                 const GezDemoDomain *domain)
{
  int family = chance (story, 1, 4), worker = near_score (story, family, 2);

  for (int days = story->days - chance (story, 3, 20); days > 0; days -= chance (story, 60, 110))
    {
      say_about_domain (story, domain, "family", days, family);
      say_about_domain (story, domain, "worker", days, worker);
      family = near_score (story, family, 3);
      worker = near_score (story, worker, 2);
    }
}

static void
add_step (Story               *story,
          const GezDemoDomain *domain,
          const GezId         *goal,
          const char          *what,
          int                  i,
          int                  progress)
{
  g_autofree char *due = days_ago (story, chance (story, -25, 20));
  g_autofree char *done = days_ago (story, chance (story, 0, MAX (1, story->days / 2)));
  GezStepInput input = { .household_id = &story->household, .domain_id = domain_id (story, domain->code),
                         .goal_id = goal, .what = what, .due_on = due };
  GezId id;

  if (i == 0 && story->n_persons > 0)
    input.owner_person_id = &story->persons[0];
  else if (i == 1)
    input.owner_helper_id = &story->helper;
  else
    input.owner_member_id = gez_context_get_member_id (story->context);
  add (story, gez_step_add (story->context, &input, &id));
  if (i < progress)
    add (story, gez_step_done (story->context, &id, done, NULL));
}

static void
add_goal (Story               *story,
          const GezDemoDomain *domain,
          int                  priority)
{
  const GezDemoGoal *from = &domain->goals[chance (story, 0, 2)];
  int days = chance (story, 5, MAX (6, story->days)), progress = chance (story, 0, GEZ_DEMO_STEPS + 1);
  g_autofree char *started = days_ago (story, days);
  GezGoalInput input = { .household_id = &story->household, .domain_id = domain_id (story, domain->code),
                         .words = from->words, .priority = priority, .started_on = started };
  GezId goal;

  go_to_day (story, days);
  add (story, gez_goal_agree (story->context, &input, &goal));
  for (int i = 0; i < GEZ_DEMO_STEPS; i++)
    add_step (story, domain, &goal, from->steps[i], i, progress);
  if (progress == GEZ_DEMO_STEPS && in_hundred (story, 60))
    add (story, gez_goal_reach (story->context, &goal, story->world->today));
}

/* The journal -------------------------------------------------------------------------------------- */

static char *
invent_note (Story               *story,
             const GezDemoDomain *domain)
{
  const char *name = story->n_persons > 0 ? story->first_names[chance (story, 0, (int) story->n_persons)] : "De moeder";
  GString *note = g_string_new (gez_demo_pick (story->world->random, gez_demo_openings));
  int paragraphs = in_hundred (story, 12) ? chance (story, 2, 5) : 1;

  for (int i = 0; i < paragraphs; i++)
    {
      g_auto (GStrv) parts = g_strsplit (pick_text (story, domain->notes), "%s", -1);
      g_autofree char *text = g_strjoinv (name, parts);

      g_string_append_printf (note, "%s%s", i == 0 ? " " : "\n\n", text);
    }
  if (in_hundred (story, 70))
    g_string_append_printf (note, " %s", gez_demo_pick (story->world->random, gez_demo_closings));
  return g_string_free (note, FALSE);
}

static guint
invent_questions (Story               *story,
                  const GezDemoDomain *domain,
                  const char          *date,
                  GezQuestionInput     questions[2])
{
  static const GezOutcome outcomes[] = { GEZ_OUTCOME_ANSWERED, GEZ_OUTCOME_ANSWERED, GEZ_OUTCOME_REFERRED,
                                         GEZ_OUTCOME_NOT_SOLVED, GEZ_OUTCOME_NO_SUPPLY, GEZ_OUTCOME_NONE,
                                         GEZ_OUTCOME_ANSWERED | GEZ_OUTCOME_REFERRED };
  guint n = in_hundred (story, 35) ? (guint) chance (story, 1, 3) : 0;

  for (guint i = 0; i < n; i++)
    {
      questions[i].domain_id = domain_id (story, domain->code);
      questions[i].content = pick_text (story, domain->questions);
      questions[i].outcomes = outcomes[chance (story, 0, G_N_ELEMENTS (outcomes))];
      questions[i].first_asked_on = date;
    }
  return n;
}

static void
add_contact (Story               *story,
             const GezDemoDomain *domain,
             int                  days)
{
  static const char *const channels[] = { "home_visit", "home_visit", "phone", "school_sitting_day", "appointment",
                                          "accompaniment", "email", NULL };
  g_autofree char *date = days_ago (story, days);
  gboolean is_attempt = in_hundred (story, 8);
  g_autofree char *text = is_attempt ? g_strdup (gez_demo_pick (story->world->random, gez_demo_attempts))
                                     : invent_note (story, domain);
  GezNoteInput note = { .content = text };
  GezQuestionInput questions[2] = { 0 };
  GezContactInput input = { .household_id = &story->household, .is_attempt = is_attempt, .note = &note };
  GezId id;

  go_to_day (story, days);
  input.channel = gez_demo_pick (story->world->random, channels);
  input.minutes = is_attempt ? 0 : chance (story, 2, 16) * 5;
  input.domains = domain_id (story, domain->code);
  input.n_domains = input.domains ? 1 : 0;
  if (!is_attempt)
    {
      input.persons = story->persons;
      input.n_persons = MIN (story->n_persons, (guint) chance (story, 1, 3));
      input.n_questions = invent_questions (story, domain, date, questions);
      input.questions = questions;
    }
  add (story, gez_contact_record (story->context, &input, &id));
}

static gboolean
add_contacts (Story   *story,
              GError **error)
{
  guint n = story->world->contacts ? story->world->contacts : (guint) chance (story, 2, 25);
  int last = g_str_equal (story->state, "closed") ? 20 : in_hundred (story, 20) ? chance (story, 25, 60) : 0;

  for (guint i = 0; i < n; i++)
    {
      int days = last + (int) ((gint64) (n - 1 - i) * MAX (1, story->days - last - 1) / MAX (1, n)) + 1;

      add_contact (story, &gez_demo_domains[chance (story, 0, GEZ_DEMO_N_DOMAINS)], MIN (days, MAX (1, story->days)));
      if (i % CONTACTS_PER_COMMIT == CONTACTS_PER_COMMIT - 1 && !commit (story, error))
        return FALSE;
    }
  return commit (story, error);
}

/* Referrals and what is still to be done ----------------------------------------------------------- */

/* A referral that came as far as @state, by the road that leads there. */
static void
add_referral (Story      *story,
              guint       domain,
              const char *state,
              int         days)
{
  static const char *const road[] = { "family_agrees", "sent", "accepted", "arrived", NULL };
  g_autofree char *date = days_ago (story, days);
  g_autofree char *call_back = days_ago (story, in_hundred (story, 85) ? -chance (story, 1, 20) : chance (story, 0, 8));
  GezReferralInput input = { .household_id = &story->household,
                             .partner_id = &g_array_index (story->world->partners, GezId, domain),
                             .domain_id = domain_id (story, gez_demo_domains[domain].code),
                             .question = gez_demo_domains[domain].questions[0], .is_warm = in_hundred (story, 50),
                             .has_consent = TRUE, .consent_on = date, .happened_on = date };
  GezReferralNews news = { .household_id = &story->household, .domain_id = input.domain_id };
  GezId id;

  go_to_day (story, days);
  input.call_back_what = gez_demo_domains[domain].partner;
  input.call_back_on = call_back;
  if (input.is_warm)
    input.joint_talk_on = date;
  add (story, gez_referral_refer (story->context, &input, &id));
  news.referral_id = &id;
  if (g_str_equal (state, "prepared"))
    return;
  for (guint i = 0; road[i] && !g_str_equal (road[i], state) && days > 1; i++)
    {
      g_autofree char *on = days_ago (story, --days);

      if (g_str_equal (state, "family_does_not_want") || (i >= 2 && !gez_referral_state_is_final (state)))
        break;
      news.state = road[i];
      news.happened_on = on;
      add (story, gez_referral_add_event (story->context, &news));
    }
  {
    g_autofree char *on = days_ago (story, MAX (0, days - 1));

    news.state = state;
    news.happened_on = on;
    news.reason = g_str_equal (state, "refused") ? "Buiten het werkgebied" : NULL;
    news.barrier = g_str_equal (state, "did_not_show") ? "transport" : NULL;
    add (story, gez_referral_add_event (story->context, &news));
  }
}

static void
add_followup (Story *story,
              int    due_in)
{
  g_autofree char *due = days_ago (story, -due_in);
  GezFollowupInput input = { .household_id = &story->household, .due_on = due,
                             .what = gez_demo_pick (story->world->random, gez_demo_followups) };
  GezId id;

  go_to_day (story, MAX (1, 3 - due_in));
  add (story, gez_followup_plan (story->context, &input, &id));
  if (due_in < -6)
    add (story, gez_followup_done (story->context, &id, due, NULL));
}

static void
add_appointment (Story *story,
                 int    in_days)
{
  g_autofree char *date = days_ago (story, -in_days);
  g_autofree char *time = g_strdup_printf ("%02d:%02d", chance (story, 9, 17), chance (story, 0, 2) * 30);
  GezAppointmentInput input = { .household_id = &story->household, .title = "Huisbezoek", .held_on = date,
                                .start_time = time, .minutes = 60, .place = "Thuis",
                                .state = in_days < 0 ? "held" : "planned" };
  GezId id;

  go_to_day (story, MAX (1, -in_days));
  add (story, gez_appointment_plan (story->context, &input, &id));
}

static void
add_what_is_next (Story *story)
{
  guint number = story->world->number;

  /* Every state occurs: the referral states follow each other from file to file. */
  for (guint i = 0; i < 1 + number % 2; i++)
    add_referral (story, (guint) chance (story, 0, GEZ_DEMO_N_DOMAINS),
                  code_at (GEZ_CODES_REFERRAL_STATE, (int) (number + i * 7)), chance (story, 4, 45));
  if (g_str_equal (story->state, "closed"))
    return;
  if (number % 4 == 0)
    add_followup (story, -(int) (number / 4 % 6)); /* late or today */
  add_followup (story, chance (story, 1, 20));
  add_followup (story, -chance (story, 7, 40)); /* done */
  if (number % 3 == 0)
    add_appointment (story, (int) (number / 3 % 9));
  add_appointment (story, -chance (story, 3, 40));
}

static void
choose_state (Story *story)
{
  static const char *const states[] = { "active", "active", "active", "intake", "active",
                                        "aftercare", "active", "paused", "active", "closed" };

  story->state = states[story->world->number % G_N_ELEMENTS (states)];
  story->days = g_str_equal (story->state, "intake") ? chance (story, 3, 25) : chance (story, 60, 330);
}

static gboolean
tell (Story   *story,
      GError **error)
{
  int n_domains = g_str_equal (story->state, "intake") ? chance (story, 0, 3) : chance (story, 3, 9);
  int first = chance (story, 0, GEZ_DEMO_N_DOMAINS);

  go_to_day (story, story->days);
  add_family (story);
  add_network (story);
  if (!commit (story, error) || !read_persons (story, error))
    return FALSE;
  for (int i = 0; i < n_domains; i++)
    {
      const GezDemoDomain *domain = &gez_demo_domains[(first + i) % GEZ_DEMO_N_DOMAINS];

      add_assessments (story, domain);
      if (i < 3)
        add_goal (story, domain, i + 1);
    }
  add_what_is_next (story);
  return commit (story, error) && add_contacts (story, error);
}

/**
 * gez_demo_add_household:
 *
 * Invents the household that @world's number says.
 *
 * Thread: any but the main one and the worker's.
 *
 * Returns: %FALSE with @error set when the store refused
 */
gboolean
gez_demo_add_household (GezDemoWorld *world,
                        GError      **error)
{
  Story story = { .world = world };
  gboolean told;

  /* The first colleague is whose store it is; she has about a third of the files. */
  story.context = g_ptr_array_index (world->contexts,
                                     world->number % 3 == 0 ? 0 : (int) (world->number % world->contexts->len));
  story.change = gez_change_new ("demonstration");
  choose_state (&story);
  told = tell (&story, error);
  g_clear_object (&story.change);
  for (guint i = 0; i < story.n_persons; i++)
    g_free (story.first_names[i]);
  return told;
}
