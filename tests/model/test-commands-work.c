/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk.h"
#include "model/gez-appointment.h"
#include "model/gez-codes.h"
#include "model/gez-contact.h"
#include "model/gez-followup.h"
#include "model/gez-member.h"
#include "model/gez-referral.h"

/* The commands of the daily work: journal, questions, referrals, follow-ups, appointments. */

#define CIRCLE "CAST(substr(circle, 1, 1) AS TEXT)"

static GezContext *
context_of_brugfiguur (Desk *desk)
{
  GezMemberInput input = { .name = "Mia Proef", .role = "brugfiguur" };
  g_autoptr (GezQuery) query = gez_lists_query (NULL);
  g_autoptr (GezLists) lists = NULL;
  g_autoptr (GError) error = NULL;
  GezId id;

  desk_do (desk, gez_member_add (desk->context, &input, &id));
  lists = gez_store_run (desk->fixture->store, query, &error);
  g_assert_no_error (error);
  return gez_context_new (desk->fixture->store, desk->fixture->clock, lists, &id);
}

static void
saved_cb (GObject      *store,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (gez_store_save_draft_finish (GEZ_STORE (store), result, &error));
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

static void
save_draft (Desk *desk)
{
  gboolean saved = FALSE;

  gez_store_save_draft_async (desk->fixture->store, GEZ_DRAFT_JOURNAL, &desk->household, "half",
                              saved_cb, &saved);
  while (!saved)
    g_main_context_iteration (NULL, TRUE);
}

static void
assert_contact (Desk *desk)
{
  desk_assert (desk,
               "SELECT printf('%s|%d|%s|%s|%d|', happened_at, minutes, channel, place, is_attempt)"
                     " || " CIRCLE " AS text FROM contact", "1773392400000|45|home_visit|keuken|0|o");
  desk_assert (desk, "SELECT printf('%s|%s|%s', kind, (SELECT first_name FROM person p "
                     "WHERE p.id = l.person_id), (SELECT code FROM domain d WHERE d.id = l.domain_id)) "
                     "AS text FROM contact_link l ORDER BY row",
               "took_part|Amira|\nabout||housing");
  desk_assert (desk, "SELECT printf('%s|%d|%s|%s|', content, written_at = 1773392400000, "
                     "(SELECT code FROM domain d WHERE d.id = n.domain_id), origin) || " CIRCLE
                     " AS text FROM note n", "Thee gedronken.|1|housing|seen|c");
  desk_assert (desk, "SELECT printf('%s|%d%d%d%d%d|%s|%s|%s|', content, is_answered, is_referred, "
                     "is_file_opened, is_not_solved, is_no_supply, come_back_on, first_asked_on, "
                     "done_on) || " CIRCLE " AS text FROM question ORDER BY row",
               "Mag de huur omhoog?|10000||2026-03-13|2026-03-13|o\n"
               "Waar is een tandarts?|01010|2026-03-27|2026-03-13||o");
  desk_assert (desk,
               "SELECT printf('%s|%s|%s|%d', what, due_on, kind, contact_id IS NOT NULL) AS text "
                     "FROM followup", "Bellen naar de eigenaar|2026-03-17|task|1");
}

static void
test_contact (void)
{
  g_autoptr (Desk) desk = desk_new ();
  GezNoteInput note = { .content = "Thee gedronken.", .origin = "seen" };
  GezQuestionInput questions[] = {
    { .content = "Mag de huur omhoog?", .outcomes = GEZ_OUTCOME_ANSWERED,
      .domain_id = &desk->housing },
    { .content = " " },
    { .content = "Waar is een tandarts?", .come_back_on = "2026-03-27",
      .outcomes = GEZ_OUTCOME_REFERRED | GEZ_OUTCOME_COME_BACK | GEZ_OUTCOME_NOT_SOLVED },
  };
  GezContactInput input = {
    .household_id = &desk->household, .happened_at = DESK_NOW - 24 * 3600 * 1000, .minutes = 45,
    .channel = "home_visit", .place = "keuken", .note = &note, .questions = questions,
    .n_questions = 3, .persons = &desk->person, .n_persons = 1, .domains = &desk->housing,
    .n_domains = 1, .followup_what = "Bellen naar de eigenaar", .followup_on = "2026-03-17",
  };

  save_draft (desk);
  g_assert_cmpint (desk_count (desk, "SELECT count(*) AS count FROM draft"), ==, 1);
  desk_do (desk, gez_contact_record (desk->context, &input, NULL));
  assert_contact (desk);
  /* What was typed is in exactly one place. */
  g_assert_cmpint (desk_count (desk, "SELECT count(*) AS count FROM draft"), ==, 0);
}

static void
test_contact_with_nothing (void)
{
  g_autoptr (Desk) desk = desk_new ();
  GezContactInput bare = { .household_id = &desk->household };
  GezContactInput homeless = { .is_attempt = TRUE };
  GezContactInput at_school = { .school_id = &desk->housing };

  desk_do (desk, gez_contact_record (desk->context, &bare, NULL));
  desk_do (desk, gez_contact_record (desk->context, &homeless, NULL));
  desk_do (desk, gez_contact_record (desk->context, &at_school, NULL));
  desk_assert (desk,
               "SELECT printf('%d|%d|', happened_at = 1773478800000, household_id IS NULL) || "
                     CIRCLE " AS text FROM contact ORDER BY row", "1|0|o\n1|1|p\n1|1|s");
  g_assert_cmpint (desk_count (desk, "SELECT count(*) AS count FROM note"), ==, 0);
}

static void
test_note (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (GezContext) mia = context_of_brugfiguur (desk);
  GezNoteInput note = { .household_id = &desk->household, .content = "Alles goed." };
  GezNoteInput addition = { .household_id = &desk->household, .content = "Het was dinsdag." };
  GezId id;

  desk_do (desk, gez_note_write (desk->context, &note, &id));
  desk_do (desk, gez_note_write (mia, &note, NULL));
  note.circle_kind = GEZ_CIRCLE_PRIVATE;
  desk_do (desk, gez_note_write (mia, &note, NULL));
  addition.corrects_note_id = &id;
  desk_do (desk, gez_note_correct (desk->context, &addition, NULL));
  desk_assert (desk, "SELECT printf('%s|%s|', content, (SELECT content FROM note o "
                     "WHERE o.id = n.corrects_note_id)) || " CIRCLE " AS text FROM note n ORDER BY row",
               "Alles goed.||c\nAlles goed.||o\nAlles goed.||p\nHet was dinsdag.|Alles goed.|c");
}

static void
test_question (void)
{
  g_autoptr (Desk) desk = desk_new ();
  GezQuestionInput anonymous = { .content = "Wie helpt met papieren?" };
  GezId id;

  desk_do (desk, gez_question_ask (desk->context, &anonymous, &id));
  desk_assert (desk, "SELECT first_asked_on || '|' || quote(done_on) || '|' || " CIRCLE
                     " AS text FROM question", DESK_TODAY "|NULL|p");
  desk_do (desk, gez_question_set_outcomes (desk->context, &id,
                                            GEZ_OUTCOME_ANSWERED | GEZ_OUTCOME_COME_BACK, "2026-03-21"));
  desk_assert (desk,
               "SELECT printf('%d|%s|%s', is_answered, come_back_on, done_on) AS text FROM question",
               "1|2026-03-21|");
  desk_do (desk, gez_question_set_outcomes (desk->context, &id, GEZ_OUTCOME_ANSWERED,
                                            "2026-03-21"));
  desk_assert (desk,
               "SELECT printf('%d|%s|%s', is_answered, come_back_on, done_on) AS text FROM question",
               "1||" DESK_TODAY);
  desk_do (desk, gez_question_reopen (desk->context, &id));
  desk_do (desk, gez_question_finish (desk->context, &id, "2026-03-12"));
  desk_assert (desk, "SELECT done_on AS text FROM question", "2026-03-12");
  for (guint i = 0; gez_outcome_get_codes ()[i]; i++)
    g_assert_cmpint (gez_outcome_from_code (gez_outcome_get_codes ()[i]), ==, 1 << i);
}

static void
test_referral (void)
{
  g_autoptr (Desk) desk = desk_new ();
  GezReferralInput input = { .household_id = &desk->household, .domain_id = &desk->health,
                             .partner_name = "Dienst Staal", .is_warm = TRUE, .has_consent = TRUE,
                             .state = "sent", .happened_on = "2026-03-10" };
  GezReferralNews news = { .household_id = &desk->household, .domain_id = &desk->health,
                           .state = "waiting_list", .call_back_on = "2026-04-10",
                           .call_back_what = "Dienst Staal", .barrier = "referral_waiting_list" };
  GezReferralNews end = { .household_id = &desk->household, .domain_id = &desk->health,
                          .state = "helped", .call_back_on = "2026-05-01", .call_back_what = "x" };
  GezId id, followup;

  desk_do (desk, gez_referral_refer (desk->context, &input, &id));
  desk_assert (desk,
               "SELECT printf('%s|%d|%d|%s|', partner_name, is_warm, has_consent, call_back_on) "
                     "|| " CIRCLE " AS text FROM referral", "Dienst Staal|1|1|2026-03-24|c");
  desk_assert (desk,
               "SELECT printf('%s|%s|%s|%d|', what, due_on, kind, referral_id IS NOT NULL) || "
                     CIRCLE " AS text FROM followup", "Dienst Staal|2026-03-24|call_back|1|c");
  followup = desk_id (desk, "SELECT id FROM followup");
  news.referral_id = end.referral_id = &id;
  news.call_backs = &followup;
  news.n_call_backs = 1;
  desk_do (desk, gez_referral_add_event (desk->context, &news));
  desk_assert (desk, "SELECT barrier || '|' || call_back_on AS text FROM referral",
               "referral_waiting_list|2026-04-10");
  followup = desk_id (desk, "SELECT id FROM followup WHERE done_on IS NULL");
  news.call_back_on = "2026-04-20";
  desk_do (desk, gez_referral_call_back (desk->context, &news));
  followup = desk_id (desk, "SELECT id FROM followup WHERE done_on IS NULL");
  end.call_backs = &followup;
  end.n_call_backs = 1;
  desk_do (desk, gez_referral_add_event (desk->context, &end));
  /* An end asks for no more calls. */
  desk_assert (desk, "SELECT due_on || '|' || quote(done_on) AS text FROM followup ORDER BY row",
               "2026-03-24|'" DESK_TODAY "'\n2026-04-10|'" DESK_TODAY "'\n2026-04-20|'" DESK_TODAY "'");
  desk_assert (desk, "SELECT state || '|' || happened_on || '|' || " CIRCLE " AS text "
                     "FROM referral_event ORDER BY row",
               "sent|2026-03-10|c\nwaiting_list|" DESK_TODAY "|c\nhelped|" DESK_TODAY "|c");
}

/* Two people may each have planned a call: one answer is enough for both. */
static void
test_news_ends_every_call (void)
{
  g_autoptr (Desk) desk = desk_new ();
  GezReferralInput input = { .household_id = &desk->household, .partner_name = "Dienst Staal",
                             .state = "sent" };
  GezReferralNews later = { .household_id = &desk->household, .call_back_on = "2026-04-10",
                            .call_back_what = "Dienst Staal" };
  GezReferralNews news = { .household_id = &desk->household, .state = "arrived" };
  GezId id, calls[2];

  desk_do (desk, gez_referral_refer (desk->context, &input, &id));
  calls[0] = desk_id (desk, "SELECT id FROM followup");
  later.referral_id = news.referral_id = &id;
  desk_do (desk, gez_referral_call_back (desk->context, &later));
  calls[1] = desk_id (desk, "SELECT id FROM followup WHERE due_on = '2026-04-10'");
  news.call_backs = calls;
  news.n_call_backs = G_N_ELEMENTS (calls);
  desk_do (desk, gez_referral_add_event (desk->context, &news));
  desk_assert (desk, "SELECT due_on || '|' || quote(done_on) AS text FROM followup ORDER BY row",
               "2026-03-28|'" DESK_TODAY "'\n2026-04-10|'" DESK_TODAY "'");
}

static void
test_referral_without_call (void)
{
  g_autoptr (Desk) desk = desk_new ();
  GezReferralInput in = { .household_id = &desk->household, .direction = "in",
                          .partner_name = "School" };
  GezReferralInput unwanted = { .household_id = &desk->household, .partner_name = "Dienst Staal",
                                .state = "family_does_not_want" };

  desk_do (desk, gez_referral_refer (desk->context, &in, NULL));
  desk_do (desk, gez_referral_refer (desk->context, &unwanted, NULL));
  g_assert_cmpint (desk_count (desk, "SELECT count(*) AS count FROM followup"), ==, 0);
  desk_assert (desk, "SELECT quote(call_back_on) || direction || " CIRCLE " AS text FROM referral "
                     "ORDER BY row", "NULLino\nNULLouto");
}

/* Each state the store takes is either an end or something that still waits. */
static void
test_referral_states (void)
{
  const char *const *states = GEZ_CODES_REFERRAL_STATE;
  guint n_final = 0;

  for (guint i = 0; states[i]; i++)
    n_final += gez_referral_state_is_final (states[i]);
  g_assert_cmpint (g_strv_length ((char **) states), ==, 16);
  g_assert_cmpint (n_final, ==, 9);
  g_assert_false (gez_referral_state_is_final ("arrived"));
  g_assert_false (gez_referral_state_is_final ("waiting_list"));
  g_assert_true (gez_referral_state_is_final ("helped"));
  g_assert_false (gez_referral_state_is_final (NULL));
}

static void
test_followup (void)
{
  g_autoptr (Desk) desk = desk_new ();
  GezFollowupInput input = { .household_id = &desk->household, .what = "Langsgaan",
                             .rhythm_days = 14,
                             .due_on = "2026-03-09" };
  GezFollowupInput suggested = { .household_id = &desk->household, .domain_id = &desk->health,
                                 .what = "Hoe gaat het?", .due_on = "2026-04-01", .kind = "check",
                                 .is_suggested = TRUE };
  GezFollowupInput team = { .what = "Koffie kopen", .due_on = DESK_TODAY };
  GezId id, other;

  desk_do (desk, gez_followup_plan (desk->context, &input, &id));
  desk_do (desk, gez_followup_done (desk->context, &id, NULL, &input));
  desk_assert (desk,
               "SELECT printf('%s|%s|%d', due_on, done_on, rhythm_days) AS text FROM followup "
                     "ORDER BY row", "2026-03-09|" DESK_TODAY "|14\n2026-03-23||14");
  desk_do (desk, gez_followup_reopen (desk->context, &id));
  desk_do (desk, gez_followup_move (desk->context, &id, "2026-03-18", "ziek"));
  desk_assert (desk,
               "SELECT printf('%s|%s|%s', due_on, done_on, moved_reason) AS text FROM followup "
                     "ORDER BY row LIMIT 1", "2026-03-18||ziek");
  desk_do (desk, gez_followup_done (desk->context, &id, "2026-03-13", NULL));
  g_assert_cmpint (desk_count (desk, "SELECT count(*) AS count FROM followup"), ==, 2);

  desk_do (desk, gez_followup_plan (desk->context, &suggested, &other));
  desk_do (desk, gez_followup_accept (desk->context, &other));
  desk_do (desk, gez_followup_cancel (desk->context, &other, "niet meer nodig"));
  desk_assert (desk,
               "SELECT printf('%s|%d|%s|%s|', kind, is_suggested, cancelled_on, moved_reason) || "
                     CIRCLE " AS text FROM followup WHERE kind = 'check'",
               "check|0|" DESK_TODAY "|niet meer nodig|c");
  desk_do (desk, gez_followup_plan (desk->context, &team, NULL));
  desk_assert (desk, "SELECT " CIRCLE " AS text FROM followup WHERE household_id IS NULL", "t");
}

static void
test_rhythm (void)
{
  static const struct
  {
    const char *due_on;
    int days;
    const char *done_on;
    const char *next_on;
  } cases[] = {
    { "2026-03-10", 7, "2026-03-10", "2026-03-17" },
    { "2026-03-10", 7, "2026-03-08", "2026-03-17" }, /* early: the rhythm holds */
    { "2026-03-10", 7, "2026-03-12", "2026-03-17" },
    { "2026-03-10", 7, "2026-03-17", "2026-03-24" }, /* late: never in the past */
    { "2026-03-10", 7, "2026-05-01", "2026-05-05" },
    { "2026-12-31", 1, "2026-12-31", "2027-01-01" },
    { "gisteren", 1, "2026-12-31", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *next = gez_followup_next_on (cases[i].due_on, cases[i].days,
                                                    cases[i].done_on);

      g_assert_cmpstr (next, ==, cases[i].next_on);
    }
}

static void
test_appointment (void)
{
  g_autoptr (Desk) desk = desk_new ();
  GezAppointmentInput input = { .household_id = &desk->household, .title = "Huisbezoek",
                                .held_on = "2026-03-29", .start_time = "02:30", .minutes = 60 };
  GezAppointmentInput doctor = { .household_id = &desk->household, .domain_id = &desk->health,
                                 .title = "Dokter", .held_on = "2026-03-30" };
  GezAppointmentInput never = { .title = "Nooit", .held_on = "2026-02-29" };
  GezId id;

  desk_do (desk, gez_appointment_plan (desk->context, &input, &id));
  desk_do (desk, gez_appointment_plan (desk->context, &doctor, NULL));
  desk_refuse (desk, gez_appointment_plan (desk->context, &never, NULL));
  desk_assert (desk,
               "SELECT printf('%s|%s|%s|%d|%s|', held_on, start_time, zone, minutes, state) || "
                     CIRCLE " AS text FROM appointment ORDER BY row",
               "2026-03-29|02:30|Europe/Brussels|60|planned|o\n"
               "2026-03-30||Europe/Brussels|0|planned|c");
  desk_do (desk, gez_appointment_move (desk->context, &id, "2026-04-02", NULL));
  desk_do (desk, gez_appointment_set_state (desk->context, &id, "missed"));
  desk_assert (desk,
               "SELECT printf('%s|%s|%s', held_on, start_time, state) AS text FROM appointment "
                     "ORDER BY row LIMIT 1", "2026-04-02||missed");
  desk_refuse (desk, gez_appointment_set_state (desk->context, &id, "forgotten"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/work/contact", test_contact);
  g_test_add_func ("/model/work/contact-with-nothing", test_contact_with_nothing);
  g_test_add_func ("/model/work/note", test_note);
  g_test_add_func ("/model/work/question", test_question);
  g_test_add_func ("/model/work/referral", test_referral);
  g_test_add_func ("/model/work/news-ends-every-call", test_news_ends_every_call);
  g_test_add_func ("/model/work/referral-without-call", test_referral_without_call);
  g_test_add_func ("/model/work/referral-states", test_referral_states);
  g_test_add_func ("/model/work/followup", test_followup);
  g_test_add_func ("/model/work/rhythm", test_rhythm);
  g_test_add_func ("/model/work/appointment", test_appointment);

  return g_test_run ();
}
