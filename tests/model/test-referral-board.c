/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-codes.h"
#include "model/gez-referral-board.h"
#include "model/gez-referral-list.h"
#include "model/gez-referral.h"
#include "model/gez-today.h"
#include "rows.h"

static GezId
add_referral (MemoryDatabase *memory,
              const GezId    *household,
              const char     *partner,
              const char     *state,
              const char     *happened_on)
{
  GezId referral = rows_add (memory, "referral", household, "household_id", GEZ_ID, household,
                             "partner_name", GEZ_TEXT, partner, NULL);

  rows_add (memory, "referral_event", household, "referral_id", GEZ_ID, &referral, "happened_on",
            GEZ_TEXT, happened_on, "state", GEZ_TEXT, state, NULL);
  return referral;
}

static GezId
add_call_back (MemoryDatabase *memory,
               const GezId    *household,
               const GezId    *referral,
               const char     *due_on)
{
  return rows_add (memory, "followup", household, "household_id", GEZ_ID, household, "what",
                   GEZ_TEXT, "Bellen", "due_on", GEZ_TEXT, due_on, "kind", GEZ_TEXT, "call_back",
                   "referral_id", GEZ_ID, referral, NULL);
}

/* A page as "section count: partner, partner | section..." */
static char *
describe (GPtrArray *lines)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < lines->len; i++)
    {
      GezRecord *line = g_ptr_array_index (lines, i);

      if (gez_record_get_integer (line, "is_heading"))
        g_string_append_printf (text, "%s%s %d:", i > 0 ? " | " : "",
                                gez_record_get_text (line, "section"),
                                (int) gez_record_get_integer (line, "n_referrals"));
      else
        g_string_append_printf (text, " %s", gez_record_get_text (line, "partner"));
    }
  return g_string_free (text, FALSE);
}

static void
assert_board (MemoryDatabase               *memory,
              const GezReferralBoardFilter *filter,
              const char                   *expected)
{
  g_autoptr (GezPage) page = rows_run (memory, gez_referral_board_query (filter, 0, 200));
  g_autofree char *found = describe (gez_page_get_items (page));

  g_assert_cmpstr (found, ==, expected);
}

static GezRecord *
line_of (GezPage    *page,
         const char *partner)
{
  GPtrArray *lines = gez_page_get_items (page);

  for (guint i = 0; i < lines->len; i++)
    if (g_strcmp0 (gez_record_get_text (lines->pdata[i], "partner"), partner) == 0)
      return lines->pdata[i];
  g_error ("no line of %s", partner);
}

static void
test_by_state_and_age (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId household = rows_household (memory, "Gezin Voorbeeld");
  GezReferralBoardFilter filter = { .order = GEZ_REFERRAL_BOARD_BY_STATE };
  GezId gone, moved;

  add_referral (memory, &household, "Wacht", "waiting_list", "2026-01-01");
  add_referral (memory, &household, "Nieuw", "sent", "2026-03-10");
  add_referral (memory, &household, "Oud", "accepted", "2026-02-01");
  add_referral (memory, &household, "Klaar", "helped", "2026-02-01");
  add_referral (memory, &household, "Gestopt", "withdrawn", "2026-03-01");
  add_referral (memory, &household, "Eerst", "prepared", "2026-03-11");
  gone = add_referral (memory, &household, "Weg", "sent", "2026-01-01");
  rows_withdraw (memory, "referral", &gone);
  moved = add_referral (memory, &household, "Er", "sent", "2026-01-01");
  rows_add (memory, "referral_event", &household, "referral_id", GEZ_ID, &moved, "happened_on",
            GEZ_TEXT, "2026-03-01", "state", GEZ_TEXT, "arrived", NULL);

  assert_board (memory, &filter, "to_send 1: Eerst | under_way 2: Oud Nieuw | waiting_list 1: Wacht"
                                 " | arrived 1: Er");
  filter.stage = "ended";
  assert_board (memory, &filter, "ended 2: Gestopt Klaar");
  filter.stage = "waiting_list";
  assert_board (memory, &filter, "waiting_list 1: Wacht");
}

static void
test_call_list (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId household = rows_household (memory, "Gezin Voorbeeld");
  GezReferralBoardFilter filter = { .order = GEZ_REFERRAL_BOARD_BY_CALL_BACK };
  GezId later, late, twice, ended, arrived, done;

  later = add_referral (memory, &household, "Later", "sent", "2026-01-01");
  add_call_back (memory, &household, &later, "2026-04-01");
  late = add_referral (memory, &household, "Laat", "sent", "2026-03-10");
  add_call_back (memory, &household, &late, "2026-03-11");
  twice = add_referral (memory, &household, "Vandaag", "sent", "2026-03-10");
  add_call_back (memory, &household, &twice, "2026-05-01");
  add_call_back (memory, &household, &twice, TODAY);
  ended = add_referral (memory, &household, "Klaar", "helped", "2026-03-10");
  add_call_back (memory, &household, &ended, TODAY);
  arrived = add_referral (memory, &household, "Er", "arrived", "2026-03-10");
  add_call_back (memory, &household, &arrived, "2026-03-19");
  add_referral (memory, &household, "Zonder belofte", "arrived", "2026-01-01");
  /* Nobody planned a call: 14 days after the last news it is time. */
  add_referral (memory, &household, "Stil", "waiting_list", "2026-02-25");
  done = add_call_back (memory, &household, &late, "2026-02-01");
  rows_set (memory, "followup", &done, "done_on", GEZ_TEXT, "2026-02-02", NULL);

  assert_board (memory, &filter, "late 2: Laat Stil | today 1: Vandaag | soon 1: Er | later 1: Later");
}

static void
test_mine_and_team (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId me = rows_add (memory, "member", NULL, "name", GEZ_TEXT, "Ik", "role", GEZ_TEXT,
                       "casemanager", NULL);
  GezId mine = rows_household (memory, "Van mij"), hers = rows_household (memory, "Van haar");
  GezReferralBoardFilter filter = { .mine_of = me }, all = { 0 };
  GezId referral;

  rows_add (memory, "trajectory", &mine, "household_id", GEZ_ID, &mine, "member_id", GEZ_ID, &me,
            NULL);
  add_referral (memory, &mine, "Mijn gezin", "sent", "2026-03-01");
  add_referral (memory, &hers, "Niet van mij", "sent", "2026-03-02");
  referral = add_referral (memory, &hers, "Door mij", "sent", "2026-03-03");
  rows_set (memory, "referral", &referral, "by_member_id", GEZ_ID, &me, NULL);

  assert_board (memory, &filter, "under_way 2: Mijn gezin Door mij");
  assert_board (memory, &all, "under_way 3: Mijn gezin Niet van mij Door mij");
  rows_withdraw (memory, "household", &mine);
  assert_board (memory, &filter, "under_way 1: Door mij");
  assert_board (memory, &all, "under_way 2: Niet van mij Door mij");
}

static void
test_search (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId zoe = rows_household (memory, "Gezin Zoë"), other = rows_household (memory, "Gezin Ander");
  GezId partner = rows_add (memory, "partner", NULL, "name", GEZ_TEXT, "Huis van Été", "phone",
                            GEZ_TEXT, "09 000 00 00", NULL);
  GezReferralBoardFilter filter = { .search = "zoe" };
  GezId referral;

  add_referral (memory, &zoe, "Woonclub", "sent", "2026-03-01");
  referral = add_referral (memory, &other, NULL, "sent", "2026-03-02");
  rows_set (memory, "referral", &referral, "partner_id", GEZ_ID, &partner, "question", GEZ_TEXT,
            "Een fiets", NULL);

  assert_board (memory, &filter, "under_way 1: Woonclub");
  filter.search = "ete huis";
  assert_board (memory, &filter, "under_way 1: Huis van Été");
  filter.search = "gezin woon";
  assert_board (memory, &filter, "under_way 1: Woonclub");
  filter.search = "fiets";
  assert_board (memory, &filter, "under_way 1: Huis van Été");
  filter.search = "zoe fiets";
  assert_board (memory, &filter, "");
  filter.search = "\"*(";
  assert_board (memory, &filter, "under_way 2: Woonclub Huis van Été");
}

static void
test_line (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId household = rows_household (memory, "Gezin Voorbeeld"), late;
  const GezReferralBoardFilter filter = { 0 };
  g_autoptr (GezPage) page = NULL;
  GezRecord *line;

  add_referral (memory, &household, "Stil", "sent", "2026-02-26");
  late = add_referral (memory, &household, "Beloofd", "sent", "2026-02-26");
  add_call_back (memory, &household, &late, "2026-03-20");
  rows_set (memory, "referral", &late, "call_back_on", GEZ_TEXT, "2026-03-20", NULL);
  page = rows_run (memory, gez_referral_board_query (&filter, 0, 200));
  g_assert_cmpint (gez_page_get_n_total (page), ==, 2);

  line = line_of (page, "Stil");
  g_assert_cmpint (gez_record_get_integer (line, "days_in_state"), ==, 14);
  g_assert_cmpint (gez_record_get_integer (line, "has_no_news"), ==, 1);
  g_assert_cmpstr (gez_record_get_text (line, "call_back_on"), ==, TODAY);
  g_assert_cmpstr (gez_record_get_text (line, "household_name"), ==, "Gezin Voorbeeld");
  line = line_of (page, "Beloofd");
  g_assert_cmpint (gez_record_get_integer (line, "has_no_news"), ==, 0);
  g_assert_cmpstr (gez_record_get_text (line, "call_back_on"), ==, "2026-03-20");
}

static void
test_pages_fit_together (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId household = rows_household (memory, "Gezin Voorbeeld");
  g_autoptr (GHashTable) seen = g_hash_table_new_full (gez_id_hash, gez_id_equal, g_free, NULL);
  const GezReferralBoardFilter filter = { 0 };

  for (guint i = 0; i < 25; i++)
    add_referral (memory, &household, "Zelfde", i % 2 ? "sent" : "prepared", "2026-03-01");
  for (guint offset = 0; offset < 30; offset += 10)
    {
      g_autoptr (GezPage) page = rows_run (memory, gez_referral_board_query (&filter, offset, 10));
      GPtrArray *lines = gez_page_get_items (page);

      g_assert_cmpint (gez_page_has_more (page), ==, offset < 20);
      g_assert_cmpint (gez_page_get_n_total (page), ==, 25);
      for (guint i = 0; i < lines->len; i++)
        g_assert_true (g_hash_table_add (seen, gez_id_copy (gez_record_get_id (lines->pdata[i]))));
    }
  g_assert_cmpint (g_hash_table_size (seen), ==, 27); /* and two headings */
}

/* What the commands call an end is what the board calls ended. */
static void
test_every_state_has_a_stage (void)
{
  const char *const *states = GEZ_CODES_REFERRAL_STATE;

  for (guint i = 0; states[i] != NULL; i++)
    {
      g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
      GezId household = rows_household (memory, "Gezin Voorbeeld");
      const GezReferralBoardFilter ended = { .stage = "ended" };

      add_referral (memory, &household, "Een", states[i], "2026-03-01");
      assert_board (memory, &ended, gez_referral_state_is_final (states[i]) ? "ended 1: Een" : "");
    }
}

static void
test_one_referral (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId household = rows_household (memory, "Gezin Voorbeeld");
  GezId referral = add_referral (memory, &household, "Woonclub", "sent", "2026-03-01"), done;
  g_autoptr (GezView) view = NULL;
  g_autofree char *days = NULL;

  add_referral (memory, &household, "Ander", "sent", "2026-03-01");
  add_call_back (memory, &household, &referral, "2026-03-20");
  add_call_back (memory, &household, &referral, "2026-03-15");
  done = add_call_back (memory, &household, &referral, "2026-03-10");
  rows_set (memory, "followup", &done, "done_on", GEZ_TEXT, "2026-03-10", NULL);
  view = rows_run (memory, gez_referral_query (&referral));
  g_assert_cmpstr (gez_record_get_text (gez_view_get_record (view, "referral"), "partner"), ==,
                   "Woonclub");
  days = rows_texts (gez_view_get_list (view, "call_backs"), "due_on");
  g_assert_cmpstr (days, ==, "2026-03-15|2026-03-20");
  rows_assert_no_scan (memory, "f");
  rows_assert_no_scan (memory, "r");
}

static void
test_count (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId me = rows_add (memory, "member", NULL, "name", GEZ_TEXT, "Ik", "role", GEZ_TEXT,
                       "casemanager", NULL);
  GezId mine = rows_household (memory, "Van mij"), hers = rows_household (memory, "Van haar");
  g_autoptr (GezView) view = NULL;
  GezRecord *count;

  rows_add (memory, "trajectory", &mine, "household_id", GEZ_ID, &mine, "member_id", GEZ_ID, &me,
            NULL);
  add_referral (memory, &mine, "Stil", "sent", "2026-01-01");
  add_referral (memory, &mine, "Vers", "sent", TODAY);
  add_referral (memory, &hers, "Van haar", "sent", "2026-01-01");
  view = rows_run (memory, gez_today_count_query (&me));
  count = gez_view_get_record (view, "count");
  g_assert_cmpint (gez_record_get_integer (count, "n_no_news"), ==, 1);
  g_assert_cmpint (gez_record_get_integer (count, "count"), ==, 0);
  rows_assert_no_scan (memory, "r");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/referral-board/by-state-and-age", test_by_state_and_age);
  g_test_add_func ("/referral-board/call-list", test_call_list);
  g_test_add_func ("/referral-board/mine-and-team", test_mine_and_team);
  g_test_add_func ("/referral-board/search", test_search);
  g_test_add_func ("/referral-board/line", test_line);
  g_test_add_func ("/referral-board/pages", test_pages_fit_together);
  g_test_add_func ("/referral-board/stages", test_every_state_has_a_stage);
  g_test_add_func ("/referral-board/one-referral", test_one_referral);
  g_test_add_func ("/referral-board/count", test_count);
  return g_test_run ();
}
