/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-household-file.h"
#include "model/gez-network-view.h"
#include "model/gez-today.h"
#include "rows.h"

/* Each derived value at its edges, as the window asks for it. */

static GezRecord *
header (MemoryDatabase *memory,
        const GezId    *household)
{
  g_autoptr (GezView) view = rows_run (memory, gez_household_file_query (household));

  return g_object_ref (gez_view_get_record (view, "household"));
}

static gint64
number (MemoryDatabase *memory,
        const GezId    *household,
        const char     *column)
{
  g_autoptr (GezRecord) record = header (memory, household);

  return gez_record_get_integer (record, column);
}

static void
assert_text (MemoryDatabase *memory,
             const GezId    *household,
             const char     *column,
             const char     *expected)
{
  g_autoptr (GezRecord) record = header (memory, household);

  g_assert_cmpstr (gez_record_get_text (record, column), ==, expected);
}

static void
test_no_news_by_age (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId household = rows_household (memory, "Gezin Voorbeeld");

  rows_referral (memory, &household, "sent", "2026-02-27", NULL); /* 13 days ago */
  g_assert_cmpint (number (memory, &household, "n_no_news"), ==, 0);
  rows_referral (memory, &household, "sent", "2026-02-26", NULL); /* 14 */
  g_assert_cmpint (number (memory, &household, "n_no_news"), ==, 1);
  rows_referral (memory, &household, "waiting_list", "2026-02-25", NULL); /* 15 */
  g_assert_cmpint (number (memory, &household, "n_no_news"), ==, 2);
}

static void
test_no_news_by_call_back_day (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId household = rows_household (memory, "Gezin Voorbeeld");

  rows_referral (memory, &household, "sent", "2026-01-05", "2026-03-13"); /* tomorrow: wait */
  g_assert_cmpint (number (memory, &household, "n_no_news"), ==, 0);
  rows_referral (memory, &household, "sent", "2026-03-10", "2026-03-12"); /* today: call */
  g_assert_cmpint (number (memory, &household, "n_no_news"), ==, 1);
  rows_referral (memory, &household, "sent", "2026-03-10", "2026-03-01"); /* news came after it */
  g_assert_cmpint (number (memory, &household, "n_no_news"), ==, 1);
}

static void
test_no_news_ends_with_news (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId household = rows_household (memory, "Gezin Voorbeeld");
  GezId referral = rows_referral (memory, &household, "sent", "2026-01-05", NULL), event;

  g_assert_cmpint (number (memory, &household, "n_no_news"), ==, 1);
  event = rows_add (memory, "referral_event", &household, "referral_id", GEZ_ID, &referral,
                    "happened_on", GEZ_TEXT, "2026-01-06", "state", GEZ_TEXT, "arrived", NULL);
  g_assert_cmpint (number (memory, &household, "n_no_news"), ==, 0);
  rows_withdraw (memory, "referral_event", &event);
  g_assert_cmpint (number (memory, &household, "n_no_news"), ==, 1);
  rows_withdraw (memory, "referral", &referral);
  g_assert_cmpint (number (memory, &household, "n_no_news"), ==, 0);
}

static void
test_two_events_on_one_day (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId household = rows_household (memory, "Gezin Voorbeeld");
  GezId referral = rows_referral (memory, &household, "prepared", "2026-01-05", NULL);

  rows_add (memory, "referral_event", &household, "referral_id", GEZ_ID, &referral, "happened_on",
            GEZ_TEXT, "2026-01-05", "state", GEZ_TEXT, "refused", NULL);
  g_assert_cmpint (number (memory, &household, "n_no_news"), ==, 0);
}

static GezId
add_followup (MemoryDatabase *memory,
              const GezId    *household,
              const char     *due_on)
{
  return rows_add (memory, "followup", household, "household_id", GEZ_ID, household, "what",
                   GEZ_TEXT, "Bellen", "due_on", GEZ_TEXT, due_on, NULL);
}

static void
test_overdue (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId household = rows_household (memory, "Gezin Voorbeeld");
  GezId done, cancelled, suggested, withdrawn;

  add_followup (memory, &household, TODAY);
  g_assert_cmpint (number (memory, &household, "n_overdue"), ==, 0);
  add_followup (memory, &household, "2026-03-11");
  g_assert_cmpint (number (memory, &household, "n_overdue"), ==, 1);

  done = add_followup (memory, &household, "2026-03-01");
  cancelled = add_followup (memory, &household, "2026-03-01");
  suggested = add_followup (memory, &household, "2026-03-01");
  withdrawn = add_followup (memory, &household, "2026-03-01");
  g_assert_cmpint (number (memory, &household, "n_overdue"), ==, 5);
  rows_set (memory, "followup", &done, "done_on", GEZ_TEXT, TODAY, NULL);
  rows_set (memory, "followup", &cancelled, "cancelled_on", GEZ_TEXT, TODAY, NULL);
  rows_set (memory, "followup", &suggested, "is_suggested", GEZ_INTEGER, (gint64) 1, NULL);
  rows_withdraw (memory, "followup", &withdrawn);
  g_assert_cmpint (number (memory, &household, "n_overdue"), ==, 1);
  g_assert_cmpint (number (memory, &household, "n_followups"), ==, 2);
}

static void
test_stale (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId quiet = rows_household (memory, "Gezin Stil");
  GezId recent = rows_household (memory, "Gezin Recent");
  GezId attempt;

  rows_trajectory (memory, &quiet, "active", "2025-09-01");
  rows_trajectory (memory, &recent, "active", "2025-09-01");
  rows_contact (memory, &quiet, "2026-02-09", "23:59"); /* 31 days */
  rows_contact (memory, &recent, "2026-02-10", "00:00"); /* 30 days */
  g_assert_cmpint (number (memory, &quiet, "days_since"), ==, 31);
  g_assert_cmpint (number (memory, &recent, "days_since"), ==, 30);
  g_assert_cmpint (number (memory, &quiet, "is_stale"), ==, 1);
  g_assert_cmpint (number (memory, &recent, "is_stale"), ==, 0);

  attempt = rows_contact (memory, &quiet, "2026-03-11", "10:00");
  g_assert_cmpint (number (memory, &quiet, "is_stale"), ==, 0);
  rows_set (memory, "contact", &attempt, "is_attempt", GEZ_INTEGER, (gint64) 1, NULL);
  g_assert_cmpint (number (memory, &quiet, "is_stale"), ==, 1);
  assert_text (memory, &quiet, "last_contact_on", "2026-02-09");

  rows_set (memory, "household", &quiet, "contact_rhythm_days", GEZ_INTEGER, (gint64) 31, NULL);
  g_assert_cmpint (number (memory, &quiet, "is_stale"), ==, 0);
  rows_set (memory, "household", &recent, "contact_rhythm_days", GEZ_INTEGER, (gint64) 7, NULL);
  g_assert_cmpint (number (memory, &recent, "is_stale"), ==, 1);
}

static void
test_stale_needs_an_open_file (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId household = rows_household (memory, "Gezin Voorbeeld"), pause;

  g_assert_cmpint (number (memory, &household, "is_stale"), ==, 0);
  rows_trajectory (memory, &household, "intake", "2026-02-09"); /* no contact in 31 days */
  g_assert_cmpint (number (memory, &household, "is_stale"), ==, 1);
  pause = rows_trajectory (memory, &household, "paused", "2026-02-20");
  g_assert_cmpint (number (memory, &household, "is_stale"), ==, 0);
  assert_text (memory, &household, "state", "paused");
  rows_withdraw (memory, "trajectory_event", &pause);
  assert_text (memory, &household, "state", "intake");
  rows_trajectory (memory, &household, "closed", "2026-03-13"); /* tomorrow: not yet */
  assert_text (memory, &household, "state", "intake");
  rows_trajectory (memory, &household, "closed", TODAY);
  assert_text (memory, &household, "state", "closed");
  g_assert_cmpint (number (memory, &household, "is_stale"), ==, 0);
}

static void
test_days_follow_the_zone (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId household = rows_household (memory, "Gezin Voorbeeld");

  /* 23:30 UTC on the 11th is half past midnight on the 12th in Brussels. */
  rows_add (memory, "contact", &household, "household_id", GEZ_ID, &household, "happened_at",
            GEZ_INTEGER, NOW - (gint64) 9 * 3600 * 1000 - 30 * 60 * 1000, NULL);
  assert_text (memory, &household, "last_contact_on", TODAY);
  g_assert_cmpint (number (memory, &household, "days_since"), ==, 0);
}

static void
test_members_of_today (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId household = rows_household (memory, "Gezin Voorbeeld"), person;
  g_autoptr (GezView) view = NULL;
  g_autofree char *names = NULL, *former = NULL;

  rows_person (memory, &household, "Blijft", "1990-03-12");
  person = rows_person (memory, &household, "Vertrok", NULL);
  rows_add (memory, "membership", &household, "household_id", GEZ_ID, &household, "person_id",
            GEZ_ID, &person, "from_on", GEZ_TEXT, "2026-03-13", NULL);
  view = rows_run (memory, gez_network_view_query (&household));
  names = rows_texts (gez_view_get_list (view, "members"), "name");
  g_assert_cmpstr (names, ==, "Blijft|Vertrok");
  g_clear_object (&view);
  g_clear_pointer (&names, g_free);

  {
    GezId left = rows_add (memory, "person", &household, "household_id", GEZ_ID, &household,
                           "first_name", GEZ_TEXT, "Weg", NULL);

    rows_add (memory, "membership", &household, "household_id", GEZ_ID, &household, "person_id",
              GEZ_ID, &left, "from_on", GEZ_TEXT, "2020-01-01", "to_on", GEZ_TEXT, TODAY, NULL);
  }
  view = rows_run (memory, gez_network_view_query (&household));
  names = rows_texts (gez_view_get_list (view, "members"), "name");
  former = rows_texts (gez_view_get_list (view, "former_members"), "name");
  g_assert_cmpstr (names, ==, "Blijft|Vertrok");
  g_assert_cmpstr (former, ==, "Weg");
}

static void
assert_age (const char *born_on,
            int         estimated_age,
            const char *estimated_on,
            int         expected)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId household = rows_household (memory, "Gezin Voorbeeld");
  GezId person = rows_person (memory, &household, "Testa", born_on);
  g_autoptr (GezView) view = NULL;
  GezRecord *member;

  if (estimated_age >= 0)
    rows_set (memory, "person", &person, "estimated_age", GEZ_INTEGER, (gint64) estimated_age,
              "age_estimated_on", GEZ_TEXT, estimated_on, NULL);
  view = rows_run (memory, gez_household_file_query (&household));
  member = g_ptr_array_index (gez_view_get_list (view, "members"), 0);
  if (expected < 0)
    g_assert_true (gez_record_is_null (member, "age"));
  else
    g_assert_cmpint (gez_record_get_integer (member, "age"), ==, expected);
}

static void
test_age (void)
{
  assert_age (NULL, -1, NULL, -1);
  assert_age ("2008-03-12", -1, NULL, 18);
  assert_age ("2008-03-13", -1, NULL, 17);
  assert_age ("1890-01-01", -1, NULL, 136);
  assert_age ("2026-03-13", -1, NULL, -1);
  assert_age (NULL, 40, NULL, 40);
  assert_age (NULL, 40, "2024-03-12", 42);
  assert_age (NULL, 40, "2024-03-13", 41);
  assert_age (NULL, 40, "2027-01-01", 40);
  assert_age ("2008-03-12", 40, "2024-03-13", 18);
}

static void
test_mine (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId me = rows_add (memory, "member", NULL, "name", GEZ_TEXT, "Ik Verzonnen", "role", GEZ_TEXT,
                       "casemanager", NULL);
  GezId other = rows_add (memory, "member", NULL, "name", GEZ_TEXT, "Ander Verzonnen", "role",
                          GEZ_TEXT, "casemanager", NULL);
  GezId mine = rows_household (memory, "Gezin Van Mij");
  GezId theirs = rows_household (memory, "Gezin Van Ander");
  GezId left = rows_household (memory, "Gezin Van Vroeger"), owned;
  g_autoptr (GezView) view = NULL;
  g_autofree char *names = NULL;

  rows_add (memory, "helper", &mine, "household_id", GEZ_ID, &mine, "kind", GEZ_TEXT,
            "professional", "member_id", GEZ_ID, &me, "is_contact_person", GEZ_INTEGER, (gint64) 1,
            NULL);
  rows_add (memory, "helper", &left, "household_id", GEZ_ID, &left, "kind", GEZ_TEXT,
            "professional", "member_id", GEZ_ID, &me, "is_contact_person", GEZ_INTEGER, (gint64) 1,
            "until_on", GEZ_TEXT, TODAY, NULL);
  add_followup (memory, &mine, "2026-03-01");
  add_followup (memory, &theirs, "2026-03-02");
  add_followup (memory, &left, "2026-03-03");
  owned = add_followup (memory, &theirs, "2026-03-04");
  rows_set (memory, "followup", &owned, "owner_member_id", GEZ_ID, &me, NULL);
  owned = add_followup (memory, &mine, "2026-03-05");
  rows_set (memory, "followup", &owned, "owner_member_id", GEZ_ID, &other, NULL);

  view = rows_run (memory, gez_today_query (&me));
  names = rows_texts (gez_view_get_list (view, "overdue"), "household_name");
  g_assert_cmpstr (names, ==, "Gezin Van Mij|Gezin Van Ander");
  assert_text (memory, &mine, "contact_person", "Ik Verzonnen");
  assert_text (memory, &left, "contact_person", NULL);
}

static void
test_scores (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId household = rows_household (memory, "Gezin Voorbeeld");
  GezId domain = rows_add (memory, "domain", NULL, "code", GEZ_TEXT, "housing", "kind", GEZ_TEXT,
                           "right", "label_nl", GEZ_TEXT, "Wonen", NULL);
  const struct
  {
    const char *day;
    gint64 score;
  } given[] = { { "2026-01-01", 2 }, { "2026-02-01", 4 }, { "2026-01-15", 3 } };
  g_autoptr (GezView) view = NULL;
  GezRecord *record;

  for (guint i = 0; i < G_N_ELEMENTS (given); i++)
    rows_add (memory, "assessment", &household, "household_id", GEZ_ID, &household, "domain_id",
              GEZ_ID, &domain, "assessed_on", GEZ_TEXT, given[i].day, "voice", GEZ_TEXT, "family",
              "score", GEZ_INTEGER, given[i].score, NULL);
  rows_add (memory, "assessment", &household, "household_id", GEZ_ID, &household, "domain_id",
            GEZ_ID, &domain, "assessed_on", GEZ_TEXT, "2026-03-01", "voice", GEZ_TEXT, "worker",
            "asked", GEZ_TEXT, "asked", NULL);
  view = rows_run (memory, gez_household_file_query (&household));
  record = g_ptr_array_index (gez_view_get_list (view, "domains"), 0);
  g_assert_cmpint (gez_record_get_integer (record, "family_score"), ==, 4);
  g_assert_cmpint (gez_record_get_integer (record, "family_previous_score"), ==, 3);
  g_assert_true (gez_record_is_null (record, "worker_score"));
  g_assert_cmpstr (gez_record_get_text (record, "asked"), ==, "asked");
}

static void
test_withdrawn_household (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  g_autoptr (GError) error = NULL;
  GezId household = rows_household (memory, "Gezin Weg");
  g_autoptr (GezQuery) query = gez_household_file_query (&household);

  rows_withdraw (memory, "household", &household);
  g_assert_null (gez_query_run (query, memory->database, &error));
  g_assert_error (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_NOT_FOUND);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/derived/no-news/by-age", test_no_news_by_age);
  g_test_add_func ("/derived/no-news/by-call-back-day", test_no_news_by_call_back_day);
  g_test_add_func ("/derived/no-news/ends-with-news", test_no_news_ends_with_news);
  g_test_add_func ("/derived/no-news/two-events-on-one-day", test_two_events_on_one_day);
  g_test_add_func ("/derived/overdue", test_overdue);
  g_test_add_func ("/derived/stale", test_stale);
  g_test_add_func ("/derived/stale-needs-an-open-file", test_stale_needs_an_open_file);
  g_test_add_func ("/derived/days-follow-the-zone", test_days_follow_the_zone);
  g_test_add_func ("/derived/members-of-today", test_members_of_today);
  g_test_add_func ("/derived/age", test_age);
  g_test_add_func ("/derived/mine", test_mine);
  g_test_add_func ("/derived/scores", test_scores);
  g_test_add_func ("/derived/withdrawn-household", test_withdrawn_household);
  return g_test_run ();
}
