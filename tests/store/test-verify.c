/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory-database.h"

#include <string.h>

#include "store/gez-verify.h"

static MemoryDatabase *
filled_database (void)
{
  MemoryDatabase *memory = memory_database_new (1000, 1);
  g_autoptr (GezChange) births = gez_change_new ("add");
  g_autoptr (GezChange) edit = gez_change_new ("edit");
  GezId household = gez_id_new (memory->clock), person = gez_id_new (memory->clock);

  gez_change_insert (births, "household", &household, gez_circle_open (&household));
  gez_change_set_text (births, "name", "Gezin Voorbeeld");
  gez_change_insert (births, "person", &person, gez_circle_open (&household));
  gez_change_set_id (births, "household_id", &household);
  gez_change_set_text (births, "first_name", "Testa");
  memory_database_commit (memory, births);
  gez_change_update (edit, "household", &household);
  gez_change_set_text (edit, "address", "Teststraat 1");
  gez_change_set_circle (edit, gez_circle_casework (&household));
  memory_database_commit (memory, edit);
  return memory;
}

static void
harm (MemoryDatabase *memory,
      const char     *sql)
{
  char *message = NULL;

  sqlite3_exec (memory->handle, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
}

static GezVerifyReport *
verify (MemoryDatabase *memory)
{
  g_autoptr (GezQuery) query = gez_verify_query ();
  g_autoptr (GError) error = NULL;
  GezVerifyReport *report = gez_query_run (query, memory->database, &error);

  g_assert_no_error (error);
  return report;
}

static void
assert_finds (MemoryDatabase *memory,
              const char     *part)
{
  g_autoptr (GezVerifyReport) report = verify (memory);

  for (guint i = 0; i < report->problems->len; i++)
    if (strstr (report->problems->pdata[i], part))
      return;
  g_error ("“%s” was not found among %u problems", part, report->problems->len);
}

static void
test_sound (void)
{
  g_autoptr (MemoryDatabase) memory = filled_database ();
  g_autofree char *before = memory_database_dump (memory);
  g_autoptr (GezVerifyReport) report = verify (memory);
  g_autofree char *after = memory_database_dump (memory);

  for (guint i = 0; i < report->problems->len; i++)
    g_test_message ("%s", (const char *) report->problems->pdata[i]);
  g_assert_cmpint (report->problems->len, ==, 0);
  g_assert_cmpint (report->n_rows, ==, 2);
  g_assert_cmpint (report->n_writes, ==, 3);
  g_assert_cmpstr (before, ==, after);
}

static void
test_finds (gconstpointer data)
{
  const char *const *harm_and_finding = data;
  g_autoptr (MemoryDatabase) memory = filled_database ();

  harm (memory, harm_and_finding[0]);
  assert_finds (memory, harm_and_finding[1]);
}

static const char *const value[] = { "UPDATE person SET last_name = 'x'", "person.last_name" };
static const char *const written_value[] = { "UPDATE household SET address = 'x'", "household.address" };
static const char *const circle[] = { "UPDATE household SET circle = x'74'", "household.circle" };
static const char *const index_[] = { "UPDATE household SET name = 'x'", "household_search" };
static const char *const reference[] = {
  "PRAGMA foreign_keys = OFF; UPDATE person SET household_id = zeroblob(16)", "references: "
};
static const char *const birth[] =
    { "DELETE FROM change_log WHERE table_name = 'person'", "person: 1 rows without" };
static const char *const row[] = { "DELETE FROM person", "person: 1 births" };
static const char *const head[] = { "UPDATE head SET counter = 99 WHERE column_name = 'address'", "head: 1" };
static const char *const gap[] = { "UPDATE device SET last_counter = last_counter + 1", "change_log: " };

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/verify/sound", test_sound);
  g_test_add_data_func ("/store/verify/finds-value", value, test_finds);
  g_test_add_data_func ("/store/verify/finds-written-value", written_value, test_finds);
  g_test_add_data_func ("/store/verify/finds-circle", circle, test_finds);
  g_test_add_data_func ("/store/verify/finds-index", index_, test_finds);
  g_test_add_data_func ("/store/verify/finds-reference", reference, test_finds);
  g_test_add_data_func ("/store/verify/finds-birth", birth, test_finds);
  g_test_add_data_func ("/store/verify/finds-row", row, test_finds);
  g_test_add_data_func ("/store/verify/finds-head", head, test_finds);
  g_test_add_data_func ("/store/verify/finds-gap", gap, test_finds);
  return g_test_run ();
}
