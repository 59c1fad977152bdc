/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory-database.h"

static guint64
undo (MemoryDatabase *memory,
      guint64         command,
      GError        **error)
{
  g_autoptr (GPtrArray) tables = NULL;
  guint64 undone = 0;

  gez_commit_undo (memory->database, command, &undone, &tables, error);
  return undone;
}

static guint64
rename_household (MemoryDatabase *memory,
                  const GezId    *id,
                  const char     *name)
{
  g_autoptr (GezChange) change = gez_change_new ("rename");

  gez_change_update (change, "household", id);
  gez_change_set_text (change, "name", name);
  return memory_database_commit (memory, change);
}

static guint64
add_household (MemoryDatabase *memory,
               GezId          *id)
{
  g_autoptr (GezChange) change = gez_change_new ("add");

  *id = gez_id_new (memory->clock);
  gez_change_insert (change, "household", id, gez_circle_open (id));
  gez_change_set_text (change, "name", "Gezin Eerst");
  return memory_database_commit (memory, change);
}

static void
assert_name (MemoryDatabase *memory,
             const char     *expected)
{
  g_autofree char *name = memory_database_text (memory, "SELECT name FROM household");

  g_assert_cmpstr (name, ==, expected);
}

static void
test_value_comes_back_and_goes_again (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (1000, 1);
  g_autoptr (GError) error = NULL;
  guint64 command, undone;
  GezId id;

  add_household (memory, &id);
  rename_household (memory, &id, "Gezin Tweede");
  command = rename_household (memory, &id, "Gezin Derde");
  undone = undo (memory, command, &error);
  g_assert_no_error (error);
  assert_name (memory, "Gezin Tweede");
  undo (memory, undone, &error);
  g_assert_no_error (error);
  assert_name (memory, "Gezin Derde");
}

static void
test_null_comes_back (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (1000, 1);
  g_autoptr (GezChange) change = gez_change_new ("address");
  guint64 command;
  GezId id;

  add_household (memory, &id);
  gez_change_update (change, "household", &id);
  gez_change_set_text (change, "address", "Teststraat 1");
  command = memory_database_commit (memory, change);
  g_assert_cmpint (undo (memory, command, NULL), >, 0);
  g_assert_cmpint (memory_database_count (memory, "SELECT count(*) FROM household WHERE address IS NULL"), ==, 1);
}

static void
test_created_row_is_withdrawn (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (1000, 1);
  guint64 command, undone;
  GezId id;

  command = add_household (memory, &id);
  undone = undo (memory, command, NULL);
  g_assert_cmpint (memory_database_count (memory, "SELECT count(*) FROM household WHERE withdrawn_at = 1000"),
                   ==, 1);
  g_assert_cmpint (undo (memory, undone, NULL), >, 0);
  g_assert_cmpint (memory_database_count (memory, "SELECT count(*) FROM household WHERE withdrawn_at IS NULL"),
                   ==, 1);
}

static void
test_later_work_is_never_overwritten (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (1000, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) other = NULL;
  guint64 created, renamed;
  GezId id;

  created = add_household (memory, &id);
  renamed = rename_household (memory, &id, "Gezin Tweede");
  rename_household (memory, &id, "Gezin Derde");
  g_assert_cmpint (undo (memory, renamed, &error), ==, 0);
  g_assert_error (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_CHANGED_SINCE);
  g_assert_cmpint (undo (memory, created, &other), ==, 0);
  g_assert_error (other, GEZ_STORE_ERROR, GEZ_STORE_ERROR_CHANGED_SINCE);
  assert_name (memory, "Gezin Derde");
}

static void
test_no_such_command (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (1000, 1);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (undo (memory, 99, &error), ==, 0);
  g_assert_error (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_NOT_FOUND);
}

/* Another file in its place is undone like any other cell. */
static void
test_file_comes_back (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (1000, 1);
  g_autoptr (GezChange) change = gez_change_new ("add"), other = gez_change_new ("replace");
  g_autoptr (GezFileName) first = gez_file_name_new (memory->clock, NULL);
  g_autoptr (GezFileName) second = gez_file_name_new (memory->clock, NULL);
  GezId household = gez_id_new (memory->clock), id = gez_id_new (memory->clock);
  g_autofree char *before = NULL, *between = NULL, *after = NULL;
  g_autoptr (GPtrArray) tables = NULL;
  g_autoptr (GError) error = NULL;
  guint64 command, undone;

  gez_change_insert (change, "document", &id, gez_circle_casework (&household));
  gez_change_set_id (change, "household_id", &household);
  gez_change_set_text (change, "name", "Brief.pdf");
  gez_change_set_integer (change, "size_bytes", 1);
  gez_change_set_text (change, "content_hash", "0");
  gez_change_set_file (change, first);
  gez_change_set_integer (change, "added_at", 1);
  memory_database_commit (memory, change);
  before = memory_database_text (memory, "SELECT hex(file_id || file_key) FROM document");
  gez_change_update (other, "document", &id);
  gez_change_set_file (other, second);
  command = memory_database_commit (memory, other);
  between = memory_database_text (memory, "SELECT hex(file_id || file_key) FROM document");
  g_assert_cmpstr (between, !=, before);
  g_assert_true (gez_commit_undo (memory->database, command, &undone, &tables, &error));
  g_assert_no_error (error);
  after = memory_database_text (memory, "SELECT hex(file_id || file_key) FROM document");
  g_assert_cmpstr (after, ==, before);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/undo/value", test_value_comes_back_and_goes_again);
  g_test_add_func ("/store/undo/null", test_null_comes_back);
  g_test_add_func ("/store/undo/created", test_created_row_is_withdrawn);
  g_test_add_func ("/store/undo/later-work", test_later_work_is_never_overwritten);
  g_test_add_func ("/store/undo/no-such-command", test_no_such_command);
  g_test_add_func ("/store/undo/file", test_file_comes_back);
  return g_test_run ();
}
