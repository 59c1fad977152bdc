/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory-database.h"
#include "model/gez-agenda.h"
#include "model/gez-domain-view.h"
#include "model/gez-history.h"
#include "model/gez-household-file.h"
#include "model/gez-household-list.h"
#include "model/gez-journal.h"
#include "model/gez-partner-list.h"
#include "model/gez-plan-view.h"
#include "model/gez-referral-board.h"
#include "model/gez-search.h"
#include "model/gez-today.h"

/*
 * How long each query of the window takes with 2,000 households and 200,000 notes, one file having
 * 5,000 contacts: a table of the fastest and the median of many runs. Never fails by time.
 */

#define RUNS 25

static const char caseload_sql[] =
  "INSERT INTO domain (id, circle, code, kind, label_nl) SELECT randomblob(16), x'74',"
  " 'd' || value, 'right', 'D' FROM json_each('[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15]');"
  "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
  " INSERT INTO household (id, circle, name) SELECT randomblob(16), x'6f',"
  " 'Gezin ' || char(65 + i * 7 % 26, 97 + i * 3 % 26, 97 + i * 11 % 26) || i FROM n;"
  "INSERT INTO member (id, circle, name, role) SELECT randomblob(16), x'74', 'Lid ' || value,"
  " 'casemanager' FROM json_each('[1,2,3,4,5,6,7,8,9,10]');"
  "INSERT INTO trajectory (id, circle, household_id, member_id) SELECT randomblob(16), x'6f', h.id,"
  " (SELECT id FROM member WHERE row = h.row % 10 + 1) FROM household h;"
  "INSERT INTO trajectory_event (id, circle, trajectory_id, happened_on, state)"
  " SELECT randomblob(16), x'6f', t.id,"
  " date('2026-03-12', '-' || (t.row % 400 + s.key) || ' days'),"
  " s.value FROM trajectory t, json_each('[\"active\",\"paused\",\"active\",\"intake\"]') s;"
  "INSERT INTO person (id, circle, household_id, first_name, last_name, born_on)"
  " SELECT randomblob(16), x'6f', h.id, char(65 + (h.row + p.key) % 26) || 'ina', 'Verzonnen',"
  " (1960 + (h.row * p.value) % 60) || '-05-05' FROM household h, json_each('[1,3,5,7]') p;"
  "INSERT INTO membership (id, circle, household_id, person_id, role) SELECT randomblob(16), x'6f',"
  " household_id, id, CASE row % 4 WHEN 0 THEN 'mother' ELSE 'child' END FROM person;"
  "INSERT INTO helper (id, circle, household_id, kind, member_id, is_contact_person)"
  " SELECT randomblob(16), x'6f', household_id, 'professional', member_id, 1 FROM trajectory;"
  "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000)"
  " INSERT INTO contact (id, circle, household_id, happened_at) SELECT randomblob(16), x'6f',"
  " (SELECT id FROM household WHERE row = CASE WHEN i <= 5000 THEN 1 ELSE i % 2000 + 1 END),"
  " 1773306000000 - i * 450000 FROM n;"
  "INSERT INTO note (id, circle, household_id, contact_id, written_at, content, domain_id)"
  " SELECT randomblob(16), x'63', household_id, id, happened_at, 'Vandaag sprak ik met de moeder"
  " over de huur en de school; woord' || row % 5000 || ' kwam ter sprake en daarna nog veel meer.',"
  " CASE row % 3 WHEN 0 THEN (SELECT id FROM domain LIMIT 1) END FROM contact;"
  "INSERT INTO referral (id, circle, household_id, partner_name, by_member_id)"
  " SELECT randomblob(16), x'6f', h.id, 'Huis', (SELECT id FROM member WHERE row = h.row % 10 + 1)"
  " FROM household h, json_each('[1,2]');"
  "INSERT INTO referral_event (id, circle, referral_id, happened_on, state) SELECT randomblob(16),"
  " x'6f', r.id, date('2026-03-12', '-' || (r.row % 90) || ' days'), s.value"
  " FROM referral r, json_each('[\"sent\",\"accepted\"]') s;"
  "INSERT INTO followup (id, circle, household_id, what, due_on) SELECT randomblob(16), x'6f',"
  " h.id, 'Bellen', date('2026-03-02', '+' || (h.row % 60 + f.key) || ' days')"
  " FROM household h, json_each('[1,2,3]') f;"
  "INSERT INTO appointment (id, circle, household_id, title, held_on) SELECT randomblob(16), x'6f',"
  " id, 'Bezoek', date('2026-03-01', '+' || (row % 60) || ' days') FROM household;"
  "INSERT INTO household_search(household_search) VALUES ('rebuild');"
  "INSERT INTO person_search(person_search) VALUES ('rebuild');"
  "INSERT INTO referral_search(referral_search) VALUES ('rebuild');"
  "INSERT INTO note_search(note_search) VALUES ('rebuild');";

static const char log_sql[] =
  "INSERT INTO change_log (device, counter, command, act, table_name, id, is_birth, wall_at, cells)"
  " SELECT d.id, 2 * c.row, 2 * c.row, 'record-contact', 'contact', c.id, 1, c.happened_at, ?1"
  " FROM device d, contact c UNION ALL SELECT d.id, 2 * n.row + 1, 2 * n.row, 'record-contact', 'note',"
  " n.id, 1, n.written_at, ?1 FROM device d, note n";

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  gint64 left = *(const gint64 *) a, right = *(const gint64 *) b;

  return (left > right) - (left < right);
}

/* Takes the query; the result goes to the function that frees it. */
static void
measure (MemoryDatabase *memory,
         const char     *name,
         GezQuery       *query)
{
  gint64 times[RUNS];

  for (guint i = 0; i < RUNS; i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 start = g_get_monotonic_time ();
      gpointer result = gez_query_run (query, memory->database, &error);

      times[i] = g_get_monotonic_time () - start;
      g_assert_no_error (error);
      gez_query_get_free_result (query) (result);
    }
  qsort (times, RUNS, sizeof times[0], compare_times);
  g_print ("%-44s %8.2f %8.2f\n", name, times[0] / 1000.0, times[RUNS / 2] / 1000.0);
  g_object_unref (query);
}

static GezId
first_id (MemoryDatabase *memory,
          const char     *sql)
{
  g_autoptr (GezStatement) statement = gez_database_query (memory->database, NULL, sql, GEZ_END);

  g_assert_true (gez_statement_next (statement, NULL));
  return gez_statement_get_id (statement, 0);
}

/* Every contact was written with its note, by one act. */
static void
write_log (MemoryDatabase *memory)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) cells = g_variant_ref_sink (g_variant_new_parsed (
    "[('content', <'Vandaag sprak ik met de moeder over de huur en de school.'>, @a(ayt) []),"
    " ('written_at', <int64 1773306000000>, [])]"));
  g_autoptr (GBytes) bytes = g_variant_get_data_as_bytes (cells);

  g_assert_true (gez_database_begin (memory->database, &error));
  g_assert_true (gez_database_execute (memory->database, &error, log_sql, GEZ_BLOB, bytes, GEZ_END));
  g_assert_true (gez_database_commit (memory->database, &error));
}

static void
measure_referrals (MemoryDatabase *memory,
                   const GezId    *member)
{
  GezReferralBoardFilter filter = { .mine_of = *member };

  measure (memory, "referrals, by state, mine", gez_referral_board_query (&filter, 0, 200));
  filter.mine_of = GEZ_ID_NONE;
  measure (memory, "referrals, by state, team", gez_referral_board_query (&filter, 0, 200));
  filter.search = "hui ge";
  measure (memory, "referrals, search \"hui ge\"", gez_referral_board_query (&filter, 0, 200));
  filter = (GezReferralBoardFilter) { .order = GEZ_REFERRAL_BOARD_BY_CALL_BACK };
  measure (memory, "referrals, by call back, team", gez_referral_board_query (&filter, 0, 200));
}

static void
measure_lists (MemoryDatabase *memory,
               const GezId    *member)
{
  GezHouseholdFilter filter = { 0 };
  GezAgendaFilter agenda = { .from_on = "2026-03-01", .to_on = "2026-03-31" };

  measure (memory, "households, first page", gez_household_list_query (&filter, 0, 200));
  measure (memory, "households, last page", gez_household_list_query (&filter, 1800, 200));
  filter.state = "open";
  measure (memory, "households, open", gez_household_list_query (&filter, 0, 200));
  filter.mine_of = *member;
  measure (memory, "households, open and mine", gez_household_list_query (&filter, 0, 200));
  filter = (GezHouseholdFilter) { .search = "g" };
  measure (memory, "households, search \"g\"", gez_household_list_query (&filter, 0, 200));
  filter.search = "gez ali";
  measure (memory, "households, search \"gez ali\"", gez_household_list_query (&filter, 0, 200));
  filter = (GezHouseholdFilter) { .sort = GEZ_HOUSEHOLD_SORT_LAST_CONTACT };
  measure (memory, "households, by last contact", gez_household_list_query (&filter, 0, 200));
  filter.sort = GEZ_HOUSEHOLD_SORT_NEXT_FOLLOWUP;
  measure (memory, "households, by next follow-up", gez_household_list_query (&filter, 0, 200));
  measure (memory, "today", gez_today_query (member));
  measure (memory, "agenda, a month, everybody", gez_agenda_query (&agenda));
  agenda.mine_of = *member;
  measure (memory, "agenda, a month, mine", gez_agenda_query (&agenda));
  measure_referrals (memory, member);
  measure (memory, "search \"wo\"", gez_search_query ("wo", 20));
  measure (memory, "search \"huur school\"", gez_search_query ("huur school", 20));
  measure (memory, "search \"woord77\"", gez_search_query ("woord77", 20));
  measure (memory, "partners", gez_partner_list_query (&(GezPartnerFilter) { NULL }, 0, 200));
}

static void
measure_file (MemoryDatabase *memory,
              const GezId    *household)
{
  GezId domain = first_id (memory, "SELECT id FROM domain LIMIT 1");
  GezJournalPlace place = { 1773306000000 - G_GINT64_CONSTANT (4000) * 450000, domain };

  measure (memory, "file with 5,000 contacts, header", gez_household_file_query (household));
  measure (memory, "file, domain", gez_domain_view_query (household, &domain, 20));
  measure (memory, "file, plan", gez_plan_view_query (household));
  measure (memory, "file, journal, first page", gez_journal_query (household, NULL, 50));
  measure (memory, "file, journal, page 80", gez_journal_query (household, &place, 50));
  measure (memory, "file, history, first page",
           gez_history_query (household, GEZ_HISTORY_ALL, NULL, NULL, GEZ_HISTORY_PAGE_SIZE));
  measure (memory, "file, history of the plan",
           gez_history_query (household, GEZ_HISTORY_PLAN, NULL, NULL, GEZ_HISTORY_PAGE_SIZE));
}

int
main (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (1773306000000, 1);
  GezId member, household;
  char *message = NULL;

  sqlite3_exec (memory->handle, caseload_sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  write_log (memory);
  member = first_id (memory, "SELECT id FROM member WHERE row = 2");
  household = first_id (memory, "SELECT id FROM household WHERE row = 1");

  g_print ("%-44s %8s %8s\n", "milliseconds", "fastest", "median");
  measure_lists (memory, &member);
  measure_file (memory, &household);
  return 0;
}
