/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-history.h"
#include "rows.h"
#include "sync/gez-merge.h"

static GezPage *
read_page (MemoryDatabase *memory,
           const GezId    *household,
           GezHistoryKind  kind,
           GezHistoryAct  *after,
           guint           limit)
{
  return rows_run (memory, gez_history_query (household, kind, NULL, after, limit));
}

static GezHistoryAct *
act_at (GezPage *page,
        guint    index)
{
  GPtrArray *acts = gez_page_get_items (page);

  g_assert_cmpuint (index, <, acts->len);
  return g_ptr_array_index (acts, index);
}

static const GezHistoryRow *
row_at (GezPage *page,
        guint    act,
        guint    row)
{
  GPtrArray *rows = gez_history_act_get_rows (act_at (page, act));

  g_assert_cmpuint (row, <, rows->len);
  return g_ptr_array_index (rows, row);
}

static const GezHistoryCell *
cell_at (GezPage    *page,
         guint       act,
         const char *column)
{
  const GezHistoryCell *cell = gez_history_row_find (row_at (page, act, 0), column);

  g_assert_nonnull (cell);
  return cell;
}

static void
later (MemoryDatabase *memory)
{
  gez_clock_set_now (memory->clock, gez_clock_get_now (memory->clock) + 60000);
}

static void
set_member (MemoryDatabase *memory,
            const char     *name)
{
  GezId member = rows_add (memory, "member", NULL, "name", GEZ_TEXT, name, "role", GEZ_TEXT,
                           "casemanager", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (gez_database_begin (memory->database, &error));
  g_assert_true (gez_database_execute (memory->database, &error, "UPDATE device SET member_id = ?",
                                       GEZ_ID, &member, GEZ_END));
  g_assert_true (gez_database_commit (memory->database, &error));
}

static void
test_old_and_new_value (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId household = rows_household (memory, "Gezin Voorbeeld");
  GezId district = rows_add (memory, "district", NULL, "name", GEZ_TEXT, "Wijk Noord", NULL);
  g_autoptr (GezPage) page = NULL;
  const GezHistoryCell *cell;

  set_member (memory, "Els Verzonnen");
  later (memory);
  rows_set (memory, "household", &household, "address", GEZ_TEXT, "Kerkstraat 1", NULL);
  later (memory);
  rows_set (memory, "household", &household, "address", GEZ_TEXT, "Molenstraat 2", "district_id",
            GEZ_ID, &district, NULL);

  page = read_page (memory, &household, GEZ_HISTORY_ALL, NULL, 10);
  g_assert_cmpuint (gez_page_get_items (page)->len, ==, 3);
  g_assert_false (gez_page_has_more (page));
  g_assert_cmpstr (gez_history_act_get_name (act_at (page, 0)), ==, "Els Verzonnen");
  g_assert_cmpstr (gez_history_act_get_day_on (act_at (page, 0)), ==, TODAY);
  g_assert_cmpstr (gez_history_act_get_time (act_at (page, 0)), ==, "10:02");

  cell = cell_at (page, 0, "address");
  g_assert_cmpstr (cell->before.text, ==, "Kerkstraat 1");
  g_assert_cmpstr (cell->after.text, ==, "Molenstraat 2");
  g_assert_false (cell->is_disputed);
  cell = cell_at (page, 0, "district_id");
  g_assert_cmpint (cell->before.kind, ==, GEZ_HISTORY_NOTHING);
  g_assert_cmpstr (cell->after.text, ==, "Wijk Noord");
  g_assert_cmpint (cell_at (page, 1, "address")->before.kind, ==, GEZ_HISTORY_NOTHING);
  g_assert_true (row_at (page, 2, 0)->is_birth);
  g_assert_cmpstr (row_at (page, 2, 0)->subject, ==, "Gezin Voorbeeld");
}

/* Everything that hangs on the file is in its history, whatever it hangs on, and nothing else is. */
static void
test_all_tables (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId household = rows_household (memory, "Gezin Voorbeeld");
  GezId other = rows_household (memory, "Gezin Ander");
  GezId person = rows_person (memory, &household, "Testa", NULL);
  GezId contact = rows_contact (memory, &household, TODAY, "09:00");
  GezId goal = rows_add (memory, "goal", &household, "household_id", GEZ_ID, &household, "words",
                         GEZ_TEXT, "Een droge kamer", NULL);
  g_autoptr (GHashTable) tables = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GezPage) page = NULL;
  static const char * const expected[] = {
    "household", "trajectory", "trajectory_event", "person", "membership", "relation", "goal",
    "step", "contact", "contact_link", "referral", "referral_event", "document", "duplicate_link",
    "fingerprint_choice",
  };

  rows_add (memory, "relation", &household, "person_id", GEZ_ID, &person, "other_person_id", GEZ_ID,
            &person, "kind", GEZ_TEXT, "other", NULL);
  rows_add (memory, "step", &household, "goal_id", GEZ_ID, &goal, "what", GEZ_TEXT, "Bellen", NULL);
  rows_add (memory, "contact_link", &household, "contact_id", GEZ_ID, &contact, "kind", GEZ_TEXT,
            "took_part", "person_id", GEZ_ID, &person, NULL);
  rows_trajectory (memory, &household, "active", "2026-01-01");
  rows_referral (memory, &household, "sent", "2026-03-01", NULL);
  rows_contact (memory, &other, TODAY, "09:00");
  rows_document (memory, &household, "Brief.pdf", NULL);
  rows_document (memory, &other, "Andere brief.pdf", NULL);
  rows_add (memory, "duplicate_link", &other, "household_id", GEZ_ID, &other, "other_household_id", GEZ_ID,
            &household, "linked_on", GEZ_TEXT, TODAY, NULL);
  rows_add (memory, "fingerprint_choice", &household, "household_id", GEZ_ID, &household, NULL);

  page = read_page (memory, &household, GEZ_HISTORY_ALL, NULL, 100);
  for (guint i = 0; i < gez_page_get_items (page)->len; i++)
    g_hash_table_add (tables, (gpointer) row_at (page, i, 0)->table);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    if (!g_hash_table_contains (tables, expected[i]))
      g_error ("nothing of table %s in the history", expected[i]);
  g_assert_cmpuint (g_hash_table_size (tables), ==, G_N_ELEMENTS (expected));
  g_assert_cmpuint (gez_page_get_items (page)->len, ==, G_N_ELEMENTS (expected));
}

static void
test_no_table_is_walked_through (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId household = rows_household (memory, "Gezin Voorbeeld");
  static const char * const tables[] = {
    "change_log", "l", "trajectory", "trajectory_event", "person", "membership", "relation",
    "helper", "flag", "assessment", "goal", "step", "contact", "contact_link", "note", "question",
    "referral", "referral_event", "followup", "appointment", "document", "duplicate_link",
    "fingerprint_choice", "w", "p",
  };

  rows_contact (memory, &household, TODAY, "09:00");
  for (guint kind = 0; kind < GEZ_HISTORY_N_KINDS; kind++)
    g_object_unref (read_page (memory, &household, kind, NULL, 10));
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    rows_assert_no_scan (memory, tables[i]);
}

static void
test_kinds (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId household = rows_household (memory, "Gezin Voorbeeld");
  g_autoptr (GezPage) journal = NULL, people = NULL, agenda = NULL, documents = NULL;

  rows_person (memory, &household, "Testa", NULL);
  rows_contact (memory, &household, TODAY, "09:00");
  journal = read_page (memory, &household, GEZ_HISTORY_JOURNAL, NULL, 10);
  people = read_page (memory, &household, GEZ_HISTORY_PEOPLE, NULL, 10);
  agenda = read_page (memory, &household, GEZ_HISTORY_AGENDA, NULL, 10);
  g_assert_cmpuint (gez_page_get_items (journal)->len, ==, 1);
  g_assert_cmpuint (gez_page_get_items (people)->len, ==, 2);
  g_assert_cmpuint (gez_page_get_items (agenda)->len, ==, 0);
  rows_document (memory, &household, "Brief.pdf", NULL);
  documents = read_page (memory, &household, GEZ_HISTORY_DOCUMENTS, NULL, 10);
  g_assert_cmpuint (gez_page_get_items (documents)->len, ==, 1);
  g_assert_cmpstr (row_at (documents, 0, 0)->subject, ==, "Brief.pdf");
}

static void
test_undo (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId household = rows_household (memory, "Gezin Voorbeeld");
  g_autoptr (GezChange) change = gez_change_new ("edit-household");
  g_autoptr (GPtrArray) touched = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GezPage) page = NULL;
  guint64 command, undone;

  later (memory);
  gez_change_update (change, "household", &household);
  gez_change_set_text (change, "language", "Arabisch");
  command = memory_database_commit (memory, change);
  later (memory);
  gez_commit_undo (memory->database, command, &undone, &touched, &error);
  g_assert_no_error (error);

  page = read_page (memory, &household, GEZ_HISTORY_ALL, NULL, 10);
  g_assert_cmpstr (gez_history_act_get_code (act_at (page, 0)), ==, "undo");
  g_assert_cmpstr (cell_at (page, 0, "language")->before.text, ==, "Arabisch");
  g_assert_cmpint (cell_at (page, 0, "language")->after.kind, ==, GEZ_HISTORY_NOTHING);
  g_assert_cmpstr (gez_history_act_get_code (act_at (page, 1)), ==, "edit-household");
}

/* What was taken back counts nowhere; its history stays, and that of what hung on it. */
static void
test_withdrawn_rows (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId household = rows_household (memory, "Gezin Voorbeeld");
  GezId event = rows_trajectory (memory, &household, "active", "2026-01-01");
  GezId goal = rows_add (memory, "goal", &household, "household_id", GEZ_ID, &household, "words",
                         GEZ_TEXT, "Een droge kamer", NULL);
  g_autoptr (GezPage) page = NULL;

  rows_add (memory, "step", &household, "goal_id", GEZ_ID, &goal, "what", GEZ_TEXT, "Bellen", NULL);
  later (memory);
  rows_withdraw (memory, "goal", &goal);
  later (memory);
  rows_withdraw (memory, "trajectory_event", &event);

  page = read_page (memory, &household, GEZ_HISTORY_ALL, NULL, 10);
  g_assert_cmpuint (gez_page_get_items (page)->len, ==, 7);
  g_assert_cmpstr (row_at (page, 0, 0)->table, ==, "trajectory_event");
  g_assert_cmpint (cell_at (page, 0, "withdrawn_at")->after.kind, ==, GEZ_HISTORY_NUMBER);
  g_assert_cmpstr (row_at (page, 1, 0)->subject, ==, "Een droge kamer");
  g_assert_cmpstr (row_at (page, 2, 0)->table, ==, "step");
}

static void
test_move_to_a_wider_circle (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId household = rows_household (memory, "Gezin Voorbeeld");
  GezId note = rows_add (memory, "note", &household, "household_id", GEZ_ID, &household,
                         "written_at", GEZ_INTEGER, NOW, "content", GEZ_TEXT, "Iets", NULL);
  g_autoptr (GezChange) change = gez_change_new ("move-circle");
  g_autoptr (GezPage) page = NULL;
  const GezHistoryCell *cell;

  later (memory);
  gez_change_update (change, "note", &note);
  gez_change_set_circle (change, gez_circle_casework (&household));
  memory_database_commit (memory, change);

  page = read_page (memory, &household, GEZ_HISTORY_ALL, NULL, 10);
  cell = cell_at (page, 0, "circle");
  g_assert_cmpstr (cell->before.text, ==, "open");
  g_assert_cmpstr (cell->after.text, ==, "casework");
}

/* One act of many rows is one entry; pages neither repeat nor skip an act. */
static void
test_pages_of_acts (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  GezId household = rows_household (memory, "Gezin Voorbeeld");
  g_autoptr (GezPage) page = NULL;
  guint n_acts = 0, n_rows = 0;

  for (guint i = 0; i < 12; i++)
    {
      g_autoptr (GezChange) change = gez_change_new ("test");

      if (i % 3 == 0)
        later (memory);
      for (guint j = 0; j < 60; j++)
        {
          GezId id = gez_id_new (memory->clock);

          gez_change_insert (change, "flag", &id, gez_circle_open (&household));
          gez_change_set_id (change, "household_id", &household);
          gez_change_set_text (change, "fact", "Hond");
        }
      memory_database_commit (memory, change);
    }

  do
    {
      g_autoptr (GezPage) before = g_steal_pointer (&page);
      GPtrArray *acts = before != NULL ? gez_page_get_items (before) : NULL;

      page = read_page (memory, &household, GEZ_HISTORY_FLAGS,
                        acts != NULL ? g_ptr_array_index (acts, acts->len - 1) : NULL, 5);
      for (guint i = 0; i < gez_page_get_items (page)->len; i++, n_acts++)
        n_rows += gez_history_act_get_n_rows (act_at (page, i));
    }
  while (gez_page_has_more (page));
  g_assert_cmpuint (n_acts, ==, 12);
  g_assert_cmpuint (n_rows, ==, 12 * 60);
  g_assert_cmpuint (gez_history_act_get_rows (act_at (page, 0))->len, <, 60);
}

static void
send (MemoryDatabase *from,
      MemoryDatabase *to)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) log = gez_merge_read_log (from->database, &error);

  g_assert_no_error (error);
  gez_merge_apply (to->database, log, &error);
  g_assert_no_error (error);
}

static const GezHistoryCell *
find_address (GezPage    *page,
              const char *text)
{
  for (guint i = 0; i < gez_page_get_items (page)->len; i++)
    {
      const GezHistoryCell *cell = gez_history_row_find (row_at (page, i, 0), "address");

      if (cell != NULL && g_strcmp0 (cell->after.text, text) == 0)
        return cell;
    }
  g_assert_not_reached ();
}

/* Two devices wrote the same field without knowing of each other: both stand in the history. */
static void
test_two_devices (void)
{
  g_autoptr (MemoryDatabase) els = memory_database_new (NOW, 1);
  g_autoptr (MemoryDatabase) jan = memory_database_new (NOW, 2);
  GezId household = rows_household (els, "Gezin Samen");
  g_autoptr (GezPage) page = NULL, of_jan = NULL;
  g_autoptr (GezView) writers = NULL;
  GezRecord *stranger;

  set_member (els, "Els Verzonnen");
  send (els, jan);
  later (els);
  rows_set (els, "household", &household, "address", GEZ_TEXT, "Elsstraat 1", NULL);
  later (jan);
  later (jan);
  rows_set (jan, "household", &household, "address", GEZ_TEXT, "Janstraat 2", NULL);
  send (jan, els);

  page = read_page (els, &household, GEZ_HISTORY_ALL, NULL, 10);
  g_assert_true (find_address (page, "Elsstraat 1")->is_disputed);
  g_assert_false (find_address (page, "Elsstraat 1")->stands);
  g_assert_true (find_address (page, "Janstraat 2")->is_disputed);
  g_assert_true (find_address (page, "Janstraat 2")->stands);
  g_assert_null (gez_history_act_get_name (act_at (page, 0)));
  g_assert_cmpstr (gez_history_act_get_name (act_at (page, 1)), ==, "Els Verzonnen");

  writers = rows_run (els, gez_history_writers_query ());
  g_assert_cmpuint (gez_view_get_list (writers, "writers")->len, ==, 2);
  stranger = g_ptr_array_index (gez_view_get_list (writers, "writers"), 1);
  of_jan = rows_run (els, gez_history_query (&household, GEZ_HISTORY_ALL,
                                             gez_record_get_id (stranger), NULL, 10));
  g_assert_cmpuint (gez_page_get_items (of_jan)->len, ==, 1);

  /* Once somebody settles it, nothing is disputed any more. */
  g_clear_object (&page);
  rows_set (els, "household", &household, "address", GEZ_TEXT, "Elsstraat 1 bus 3", NULL);
  page = read_page (els, &household, GEZ_HISTORY_ALL, NULL, 10);
  g_assert_false (find_address (page, "Janstraat 2")->is_disputed);
  g_assert_false (find_address (page, "Elsstraat 1 bus 3")->is_disputed);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/history/old-and-new-value", test_old_and_new_value);
  g_test_add_func ("/model/history/all-tables", test_all_tables);
  g_test_add_func ("/model/history/no-table-is-walked-through", test_no_table_is_walked_through);
  g_test_add_func ("/model/history/kinds", test_kinds);
  g_test_add_func ("/model/history/undo", test_undo);
  g_test_add_func ("/model/history/withdrawn-rows", test_withdrawn_rows);
  g_test_add_func ("/model/history/move-to-a-wider-circle", test_move_to_a_wider_circle);
  g_test_add_func ("/model/history/pages-of-acts", test_pages_of_acts);
  g_test_add_func ("/model/history/two-devices", test_two_devices);
  return g_test_run ();
}
