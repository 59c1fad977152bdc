/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory-database.h"

/* What the pre-update hook must not be fooled by. */

static GezId
add_household (MemoryDatabase *memory,
               const char     *name)
{
  g_autoptr (GezChange) change = gez_change_new ("test");
  GezId id = gez_id_new (memory->clock);

  gez_change_insert (change, "household", &id, gez_circle_open (&id));
  gez_change_set_text (change, "name", name);
  memory_database_commit (memory, change);
  return id;
}

static gboolean
write_raw (MemoryDatabase *memory,
           const char     *sql,
           GError        **error)
{
  g_autoptr (GPtrArray) tables = NULL;
  guint64 command;

  g_assert_true (gez_database_begin (memory->database, error));
  gez_capture_set_active (gez_database_get_capture (memory->database), TRUE);
  if (gez_database_execute (memory->database, error, sql, GEZ_END) &&
      gez_log_write (memory->database, "raw", &command, &tables, error))
    return gez_database_commit (memory->database, error);
  gez_database_rollback (memory->database);
  return FALSE;
}

static void
test_one_log_row_per_row (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (1000, 1);
  g_autoptr (GezChange) change = gez_change_new ("rename");
  GezId id = add_household (memory, "Gezin Voorbeeld");

  gez_change_update (change, "household", &id);
  gez_change_set_text (change, "name", "Gezin Proef");
  gez_change_update (change, "household", &id);
  gez_change_set_text (change, "address", "Teststraat 1");
  g_assert_cmpint (memory_database_commit (memory, change), ==, 2);
  g_assert_cmpint (memory_database_count (memory, "SELECT count(*) FROM change_log"), ==, 2);
  g_assert_cmpint (memory_database_count (memory, "SELECT last_counter FROM device"), ==, 2);
  g_assert_cmpint (memory_database_count (memory, "SELECT count(*) FROM head"), ==, 2);
}

static void
test_equal_values_leave_no_trace (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (1000, 1);
  g_autoptr (GezChange) change = gez_change_new ("rename");
  GezId id = add_household (memory, "Gezin Voorbeeld");

  gez_change_update (change, "household", &id);
  gez_change_set_text (change, "name", "Gezin Voorbeeld");
  g_assert_cmpint (memory_database_commit (memory, change), ==, 0);
  g_assert_cmpint (memory_database_count (memory, "SELECT count(*) FROM change_log"), ==, 1);
}

static void
test_there_and_back_leaves_no_trace (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (1000, 1);
  g_autoptr (GezChange) change = gez_change_new ("rename");
  GezId id = add_household (memory, "Gezin Voorbeeld");

  gez_change_update (change, "household", &id);
  gez_change_set_text (change, "name", "Iets anders");
  gez_change_update (change, "household", &id);
  gez_change_set_text (change, "name", "Gezin Voorbeeld");
  g_assert_cmpint (memory_database_commit (memory, change), ==, 0);
  g_assert_cmpint (memory_database_count (memory, "SELECT count(*) FROM head"), ==, 0);
}

static void
test_failed_statement_is_cut (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (1000, 1);
  g_autoptr (GError) error = NULL;
  GezCapture *capture = gez_database_get_capture (memory->database);

  add_household (memory, "Gezin Een");
  add_household (memory, "Gezin Twee");
  g_assert_true (gez_database_begin (memory->database, NULL));
  gez_capture_set_active (capture, TRUE);
  /* The first row succeeds, the second one breaks NOT NULL: SQLite undoes both. */
  g_assert_false (gez_database_execute (memory->database, &error,
                                        "UPDATE household SET name = CASE name WHEN 'Gezin Een' THEN 'x' END",
                                        GEZ_END));
  g_assert_error (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_INVALID);
  g_assert_cmpint (gez_capture_mark (capture), ==, 0);
  gez_database_rollback (memory->database);
}

static void
test_savepoint_is_cut (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (1000, 1);
  GezCapture *capture = gez_database_get_capture (memory->database);
  guint mark;

  add_household (memory, "Gezin Een");
  g_assert_true (gez_database_begin (memory->database, NULL));
  gez_capture_set_active (capture, TRUE);
  g_assert_true (gez_database_execute (memory->database, NULL, "UPDATE household SET language = 'nl'", GEZ_END));
  mark = gez_capture_mark (capture);
  g_assert_true (gez_database_savepoint (memory->database, NULL));
  g_assert_true (gez_database_execute (memory->database, NULL, "UPDATE household SET name = 'x'", GEZ_END));
  g_assert_cmpint (gez_capture_mark (capture), >, mark);
  gez_database_rollback_to (memory->database);
  g_assert_cmpint (gez_capture_mark (capture), ==, mark);
  gez_database_rollback (memory->database);
}

static void
assert_refused (const char *sql)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (1000, 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL, *after = NULL;

  add_household (memory, "Gezin Een");
  before = memory_database_dump (memory);
  g_assert_false (write_raw (memory, sql, &error));
  g_assert_error (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_REFUSED);
  after = memory_database_dump (memory);
  g_assert_cmpstr (before, ==, after);
}

static void
test_delete_is_refused (void)
{
  assert_refused ("DELETE FROM household");
}

static void
test_replace_is_refused (void)
{
  assert_refused ("REPLACE INTO household (row, id, circle, name) SELECT row, id, circle, 'x' FROM household");
}

static void
test_change_of_id_is_refused (void)
{
  assert_refused ("UPDATE household SET id = zeroblob(16)");
}

static void
test_reading_work_cannot_write (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (1000, 1);
  g_autoptr (GError) error = NULL;

  add_household (memory, "Gezin Een");
  g_assert_false (gez_database_execute (memory->database, &error, "UPDATE household SET name = 'x'", GEZ_END));
  g_assert_error (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_REFUSED);
}

static void
test_search_index_is_not_captured (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (1000, 1);

  add_household (memory, "Gezin Vindbaar");
  g_assert_cmpint (memory_database_count (memory, "SELECT count(*) FROM household_search "
                                                  "WHERE household_search MATCH 'vindb*'"), ==, 1);
  g_assert_cmpint (memory_database_count (memory, "SELECT count(*) FROM change_log "
                                                  "WHERE table_name <> 'household'"), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/capture/one-log-row-per-row", test_one_log_row_per_row);
  g_test_add_func ("/store/capture/equal-values", test_equal_values_leave_no_trace);
  g_test_add_func ("/store/capture/there-and-back", test_there_and_back_leaves_no_trace);
  g_test_add_func ("/store/capture/failed-statement", test_failed_statement_is_cut);
  g_test_add_func ("/store/capture/savepoint", test_savepoint_is_cut);
  g_test_add_func ("/store/capture/delete", test_delete_is_refused);
  g_test_add_func ("/store/capture/replace", test_replace_is_refused);
  g_test_add_func ("/store/capture/change-of-id", test_change_of_id_is_refused);
  g_test_add_func ("/store/capture/reading-work", test_reading_work_cannot_write);
  g_test_add_func ("/store/capture/search-index", test_search_index_is_not_captured);
  return g_test_run ();
}
