/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory-database.h"

#include <string.h>

#include "store/gez-capture.h"
#include "store/gez-seed.h"

static const char first[] = "code,label_nl,label_en,position\n"
                            "bus,Bus,Bus,1\n"
                            "tram,Tram,Tram,2\n";

/* Another word for both, another place for the tram, and a row that is new. */
static const char later[] = "code,label_nl,label_en,position\n"
                            "bus,Lijnbus,Coach,1\n"
                            "tram,Sneltram,Tram,3\n"
                            "bike,Fiets,Bicycle,2\n";

static void
apply (MemoryDatabase *memory,
       const char     *text)
{
  g_autoptr (GBytes) content = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;

  g_assert_true (gez_database_begin (memory->database, &error));
  gez_capture_set_active (gez_database_get_capture (memory->database), TRUE);
  gez_seed_apply_list (memory->database, "list_item", "test", content, &error);
  g_assert_no_error (error);
  gez_log_write_seeds (memory->database, GEZ_SEED_REVISION, &error);
  g_assert_no_error (error);
  g_assert_true (gez_database_commit (memory->database, &error));
}

static void
assert_rows (MemoryDatabase *memory,
             const char     *expected)
{
  g_autofree char *rows = memory_database_text (
    memory, "SELECT group_concat(text, ', ') FROM (SELECT label_nl || ' ' || label_en || ' ' || "
            "position AS text FROM list_item WHERE withdrawn_at IS NULL ORDER BY code)");

  g_assert_cmpstr (rows, ==, expected);
}

static guint64
write_label (MemoryDatabase *memory,
             const char     *code,
             const char     *label)
{
  g_autoptr (GezChange) change = gez_change_new ("rename");
  GezId id = gez_seed_id ("list_item", code);

  gez_change_update (change, "list_item", &id);
  gez_change_set_text (change, "label_nl", label);
  return memory_database_commit (memory, change);
}

static void
test_new_words_arrive (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (1000, 1);

  apply (memory, first);
  assert_rows (memory, "Bus Bus 1, Tram Tram 2");
  apply (memory, later);
  assert_rows (memory, "Fiets Bicycle 2, Lijnbus Coach 1, Sneltram Tram 3");
}

static void
test_an_edit_survives (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (1000, 1);

  apply (memory, first);
  write_label (memory, "test/bus", "Onze bus");
  apply (memory, later);
  /* The cell that somebody wrote stays, its neighbours follow. */
  assert_rows (memory, "Fiets Bicycle 2, Onze bus Coach 1, Sneltram Tram 3");
}

/* Who wrote the old word on purpose, or took an edit back, decided about that cell. */
static void
test_an_undone_edit_survives (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (1000, 1);
  g_autoptr (GPtrArray) tables = NULL;
  guint64 command, undone;

  apply (memory, first);
  command = write_label (memory, "test/bus", "Onze bus");
  g_assert_true (gez_commit_undo (memory->database, command, &undone, &tables, NULL));
  apply (memory, later);
  assert_rows (memory, "Fiets Bicycle 2, Bus Coach 1, Sneltram Tram 3");
}

static void
test_what_was_withdrawn_stays_away (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (1000, 1);
  g_autoptr (GezChange) change = gez_change_new ("withdraw");
  GezId id = gez_seed_id ("list_item", "test/bus");

  apply (memory, first);
  gez_change_withdraw (change, "list_item", &id, "test");
  memory_database_commit (memory, change);
  apply (memory, later);
  assert_rows (memory, "Fiets Bicycle 2, Sneltram Tram 3");
}

static void
test_twice_is_once (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (1000, 1);
  g_autofree char *before = NULL, *after = NULL;
  gint64 n_log;

  apply (memory, first);
  apply (memory, later);
  before = memory_database_dump (memory);
  n_log = memory_database_count (memory, "SELECT count(*) FROM change_log");
  apply (memory, later);
  after = memory_database_dump (memory);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpint (memory_database_count (memory, "SELECT count(*) FROM change_log"), ==, n_log);
}

/* Every device gives what a later seed writes the same name, and an edit after it can be undone. */
static void
test_versions_and_undo (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (1000, 1);
  g_autoptr (GPtrArray) tables = NULL;
  g_autoptr (GError) error = NULL;
  guint64 command, undone;

  apply (memory, first);
  apply (memory, later);
  g_assert_cmpint (memory_database_count (memory, "SELECT count(*) FROM change_log WHERE act = 'seed' "
                                                  "AND device = id AND wall_at = 0"), ==, 5);
  command = write_label (memory, "test/bus", "Onze bus");
  gez_commit_undo (memory->database, command, &undone, &tables, &error);
  g_assert_no_error (error);
  assert_rows (memory, "Fiets Bicycle 2, Lijnbus Coach 1, Sneltram Tram 3");
}

static void
test_a_broken_file_is_refused (void)
{
  static const char broken[] = "code,label_nl\nbus\n";
  g_autoptr (MemoryDatabase) memory = memory_database_new (1000, 1);
  g_autoptr (GBytes) content = g_bytes_new_static (broken, strlen (broken));
  g_autoptr (GError) error = NULL;

  g_assert_false (gez_seed_apply_list (memory->database, "list_item", "test", content, &error));
  g_assert_error (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_INVALID);
}

static void
test_columns_of_a_list (void)
{
  g_auto (GStrv) dutch = gez_seed_get_column ("crisis_lines", "label_nl");
  g_auto (GStrv) none = gez_seed_get_column ("crisis_lines", "label_sv");

  g_assert_cmpint (g_strv_length (dutch), >=, 6);
  g_assert_true (g_str_has_prefix (dutch[0], "112 "));
  g_assert_true (g_str_has_prefix (dutch[1], "1813 "));
  g_assert_cmpint (g_strv_length (none), ==, g_strv_length (dutch));
  g_assert_cmpstr (none[0], ==, "");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/seed/new-words-arrive", test_new_words_arrive);
  g_test_add_func ("/store/seed/an-edit-survives", test_an_edit_survives);
  g_test_add_func ("/store/seed/an-undone-edit-survives", test_an_undone_edit_survives);
  g_test_add_func ("/store/seed/what-was-withdrawn-stays-away", test_what_was_withdrawn_stays_away);
  g_test_add_func ("/store/seed/twice-is-once", test_twice_is_once);
  g_test_add_func ("/store/seed/versions-and-undo", test_versions_and_undo);
  g_test_add_func ("/store/seed/a-broken-file-is-refused", test_a_broken_file_is_refused);
  g_test_add_func ("/store/seed/columns-of-a-list", test_columns_of_a_list);

  return g_test_run ();
}
