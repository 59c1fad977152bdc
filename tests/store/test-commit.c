/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "memory-database.h"

static GezId
begin_household (MemoryDatabase *memory,
                 GezChange      *change)
{
  GezId id = gez_id_new (memory->clock);

  gez_change_insert (change, "household", &id, gez_circle_open (&id));
  gez_change_set_text (change, "name", "Gezin Voorbeeld");
  return id;
}

static void
begin_person (MemoryDatabase *memory,
              GezChange      *change,
              const GezId    *household)
{
  GezId id = gez_id_new (memory->clock);

  gez_change_insert (change, "person", &id, gez_circle_open (household));
  gez_change_set_id (change, "household_id", household);
  gez_change_set_text (change, "first_name", "Testa");
}

static void
assert_value_refused (const char *column,
                      const char *text,
                      gint64      number)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (1000, 1);
  g_autoptr (GezChange) change = gez_change_new ("test");
  GezId household = begin_household (memory, change);

  begin_person (memory, change, &household);
  if (text)
    gez_change_set_text (change, column, text);
  else
    gez_change_set_integer (change, column, number);
  g_assert_true (memory_database_refuses (memory, change, GEZ_STORE_ERROR_INVALID));
  /* One bad value keeps the whole act out. */
  g_assert_cmpint (memory_database_count (memory, "SELECT count(*) FROM household"), ==, 0);
  g_assert_cmpint (memory_database_count (memory, "SELECT count(*) FROM change_log"), ==, 0);
}

static void
test_bad_values_are_refused (void)
{
  g_autofree char *book = g_strnfill (1024 * 1024 + 1, 'x');

  assert_value_refused ("born_on", "2026-02-30", 0);
  assert_value_refused ("born_on", "gisteren", 0);
  assert_value_refused ("gender", "z", 0);
  assert_value_refused ("first_name", " ", 0);
  assert_value_refused ("first_name", "\377", 0);
  assert_value_refused ("no_such_column", "x", 0);
  assert_value_refused ("row", NULL, 7);
  assert_value_refused ("first_name", NULL, 7);
  assert_value_refused ("estimated_age", "nine", 0);
  assert_value_refused ("nickname", book, 0);
}

/* A key and a name go into their own columns alone, and no text or number does. */
static void
test_keys_are_in_their_place (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (1000, 1);
  static const char *const columns[] = { "name", "household_id", "file_id", "file_key", "size_bytes" };
  const guint8 key[GEZ_FILE_KEY_SIZE] = { 1 };
  guint n_refused = 0;

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autoptr (GezChange) with_key = gez_change_new ("test"), with_text = gez_change_new ("test");
      GezId id = gez_id_new (memory->clock);

      gez_change_update (with_key, "document", &id);
      gez_change_set_key (with_key, columns[i], key);
      n_refused += memory_database_refuses (memory, with_key, GEZ_STORE_ERROR_INVALID);
      gez_change_update (with_text, "document", &id);
      gez_change_set_text (with_text, columns[i], "x");
      n_refused += memory_database_refuses (memory, with_text, GEZ_STORE_ERROR_INVALID);
    }
  /* A key in four columns that are not for keys, a text in four that are not for texts. */
  g_assert_cmpint (n_refused, ==, 8);
}

static void
test_old_date_is_fine (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (1000, 1);
  g_autoptr (GezChange) change = gez_change_new ("test");
  GezId household = begin_household (memory, change);
  g_autofree char *born = NULL;

  begin_person (memory, change, &household);
  gez_change_set_text (change, "born_on", "1890-03-01");
  memory_database_commit (memory, change);
  born = memory_database_text (memory, "SELECT born_on FROM person");
  g_assert_cmpstr (born, ==, "1890-03-01");
}

static void
test_text_is_normalised (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (1000, 1);
  g_autoptr (GezChange) change = gez_change_new ("test");
  GezId household = begin_household (memory, change);
  g_autofree char *name = NULL;

  begin_person (memory, change, &household);
  gez_change_set_text (change, "first_name", "Zoe\314\210");
  memory_database_commit (memory, change);
  name = memory_database_text (memory, "SELECT first_name FROM person");
  g_assert_cmpstr (name, ==, "Zoë");
}

static void
test_missing_row_and_parent (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (1000, 1);
  g_autoptr (GezChange) rename = gez_change_new ("test");
  g_autoptr (GezChange) orphan = gez_change_new ("test");
  GezId nobody = gez_id_new (memory->clock);

  gez_change_update (rename, "household", &nobody);
  gez_change_set_text (rename, "name", "x");
  g_assert_true (memory_database_refuses (memory, rename, GEZ_STORE_ERROR_NOT_FOUND));
  begin_person (memory, orphan, &nobody);
  g_assert_true (memory_database_refuses (memory, orphan, GEZ_STORE_ERROR_INVALID));
  g_assert_cmpint (memory_database_count (memory, "SELECT count(*) FROM person"), ==, 0);
}

static void
test_parent_may_come_later_in_one_act (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (1000, 1);
  g_autoptr (GezChange) change = gez_change_new ("test");
  GezId household = gez_id_new (memory->clock);

  begin_person (memory, change, &household);
  gez_change_insert (change, "household", &household, gez_circle_open (&household));
  gez_change_set_text (change, "name", "Gezin Later");
  memory_database_commit (memory, change);
  g_assert_cmpint (memory_database_count (memory, "SELECT count(*) FROM person"), ==, 1);
}

static void
test_many_keeps_what_is_good (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (1000, 1);
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) failures = g_ptr_array_new ();
  g_autoptr (GPtrArray) tables = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 5; i++)
    {
      GezChange *change = gez_change_new ("import");

      begin_household (memory, change);
      if (i == 3)
        gez_change_set_text (change, "residence", "a castle");
      g_ptr_array_add (changes, change);
    }
  g_assert_true (gez_commit_many (memory->database, changes, FALSE, failures, &tables, &error));
  g_assert_no_error (error);
  g_assert_cmpint (failures->len, ==, 5);
  for (guint i = 0; i < 5; i++)
    g_assert_true ((g_ptr_array_index (failures, i) != NULL) == (i == 3));
  g_assert_error ((GError *) g_ptr_array_index (failures, 3), GEZ_STORE_ERROR, GEZ_STORE_ERROR_INVALID);
  g_error_free (g_ptr_array_index (failures, 3));
  g_assert_cmpint (memory_database_count (memory, "SELECT count(*) FROM household"), ==, 4);
  g_assert_cmpint (memory_database_count (memory, "SELECT count(*) FROM change_log"), ==, 4);
}

static void
test_draft_goes_with_the_act (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (1000, 1);
  g_autoptr (GezChange) good = gez_change_new ("test");
  g_autoptr (GezChange) bad = gez_change_new ("test");
  GezId household = begin_household (memory, good);

  g_assert_true (gez_database_begin (memory->database, NULL));
  g_assert_true (gez_database_execute (memory->database, NULL,
                                       "INSERT INTO draft (place, subject_id, content, saved_at) "
                                       "VALUES ('journal', ?, 'tekst', 1)",
                                       GEZ_ID, &household, GEZ_END));
  g_assert_true (gez_database_commit (memory->database, NULL));
  begin_household (memory, bad);
  gez_change_clear_draft (bad, "journal", &household);
  gez_change_set_text (bad, "name", "");
  g_assert_true (memory_database_refuses (memory, bad, GEZ_STORE_ERROR_INVALID));
  g_assert_cmpint (memory_database_count (memory, "SELECT count(*) FROM draft"), ==, 1);
  gez_change_clear_draft (good, "journal", &household);
  memory_database_commit (memory, good);
  g_assert_cmpint (memory_database_count (memory, "SELECT count(*) FROM draft"), ==, 0);
}

static gboolean
write_both (GezDatabase *database,
            gpointer     data,
            GPtrArray   *tables,
            GError     **error)
{
  g_autoptr (GezChange) change = gez_change_new ("test");
  GezId id = gez_id_new (gez_database_get_clock (database));
  gboolean *is_refused = data;

  gez_change_insert (change, "household", &id, gez_circle_open (&id));
  gez_change_set_text (change, "name", "Gezin Voorbeeld");
  g_ptr_array_add (tables, g_strdup ("draft"));
  if (!gez_commit_apply (database, change, error) ||
      !gez_database_execute (database, error, "INSERT INTO draft (place, subject_id, content, saved_at) "
                                              "VALUES ('journal', x'01', 'tekst', 1)", GEZ_END))
    return FALSE;
  if (*is_refused)
    g_set_error_literal (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_INVALID, "no");
  return !*is_refused;
}

/* An act that writes local rows and shared ones writes both or neither. */
static void
test_act_is_whole (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (1000, 1);
  g_autoptr (GPtrArray) tables = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_refused = TRUE;

  g_assert_false (gez_commit_act (memory->database, "both", write_both, &is_refused, &tables, &error));
  g_assert_error (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_INVALID);
  g_assert_null (tables);
  g_assert_cmpint (memory_database_count (memory, "SELECT count(*) FROM draft"), ==, 0);
  g_assert_cmpint (memory_database_count (memory, "SELECT count(*) FROM household"), ==, 0);
  is_refused = FALSE;
  g_clear_error (&error);
  g_assert_true (gez_commit_act (memory->database, "both", write_both, &is_refused, &tables, &error));
  g_assert_no_error (error);
  g_assert_cmpint (memory_database_count (memory, "SELECT count(*) FROM draft"), ==, 1);
  g_assert_cmpint (memory_database_count (memory, "SELECT count(*) FROM change_log WHERE act = 'both'"), ==, 1);
  g_assert_cmpuint (tables->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (tables, 0), ==, "household");
  g_assert_cmpstr (g_ptr_array_index (tables, 1), ==, "draft");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/commit/bad-values", test_bad_values_are_refused);
  g_test_add_func ("/store/commit/keys", test_keys_are_in_their_place);
  g_test_add_func ("/store/commit/old-date", test_old_date_is_fine);
  g_test_add_func ("/store/commit/normalised", test_text_is_normalised);
  g_test_add_func ("/store/commit/missing", test_missing_row_and_parent);
  g_test_add_func ("/store/commit/parent-later", test_parent_may_come_later_in_one_act);
  g_test_add_func ("/store/commit/many", test_many_keeps_what_is_good);
  g_test_add_func ("/store/commit/act", test_act_is_whole);
  g_test_add_func ("/store/commit/draft", test_draft_goes_with_the_act);
  return g_test_run ();
}
