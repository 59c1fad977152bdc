/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/gez-json-conflicts.h"
#include "exchange/gez-json-row.h"
#include "memory-database.h"
#include "sync/gez-merge.h"

static void
send_all (MemoryDatabase *from,
          MemoryDatabase *to)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) log = gez_merge_read_log (from->database, &error);

  g_assert_no_error (error);
  gez_merge_apply (to->database, log, &error);
  g_assert_no_error (error);
}

static void
edit (MemoryDatabase *memory,
      const GezId    *household,
      const char     *address,
      gboolean        needs_interpreter)
{
  g_autoptr (GezChange) change = gez_change_new ("edit");

  gez_change_update (change, "household", household);
  gez_change_set_text (change, "address", address);
  gez_change_set_integer (change, "needs_interpreter", needs_interpreter);
  memory_database_commit (memory, change);
}

static GPtrArray *
list (MemoryDatabase *memory,
      const GezId    *household)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GezSchema) schema = gez_schema_load (memory->database, &error);
  GPtrArray *conflicts = gez_json_list_conflicts (memory->database, schema, household, &error);

  g_assert_no_error (error);
  return conflicts;
}

static void
test_lists_both_heads (void)
{
  g_autoptr (MemoryDatabase) els = memory_database_new (1000000, 1);
  g_autoptr (MemoryDatabase) jan = memory_database_new (1000000, 2);
  g_autoptr (GezChange) change = gez_change_new ("add");
  g_autoptr (GPtrArray) none = NULL, conflicts = NULL, own = NULL, other = NULL;
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;
  GezId household = gez_id_new (els->clock), stranger = gez_id_new (els->clock);
  JsonArray *heads;

  gez_change_insert (change, "household", &household, gez_circle_open (&household));
  gez_change_set_text (change, "name", "Gezin Voorbeeld");
  memory_database_commit (els, change);
  send_all (els, jan);
  none = list (jan, NULL);
  g_assert_cmpint (none->len, ==, 0);

  gez_clock_set_now (els->clock, 2000000);
  gez_clock_set_now (jan->clock, 3000000);
  edit (els, &household, "Elsstraat 1", TRUE);
  edit (jan, &household, "Janstraat 2", TRUE);
  send_all (els, jan);
  conflicts = list (jan, NULL);
  g_assert_cmpint (conflicts->len, >=, 1);
  text = gez_json_to_text (conflicts->pdata[0]);
  g_test_message ("%s", text);
  name = gez_id_to_string (&household);
  g_assert_cmpstr (json_object_get_string_member (conflicts->pdata[0], "table"), ==, "household");
  g_assert_cmpstr (json_object_get_string_member (conflicts->pdata[0], "id"), ==, name);
  g_assert_cmpstr (json_object_get_string_member (conflicts->pdata[0], "column"), ==, "address");
  heads = json_object_get_array_member (conflicts->pdata[0], "heads");
  g_assert_cmpint (json_array_get_length (heads), ==, 2);
  /* The later one is what the row shows. */
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (heads, 0), "value"), ==,
                   "Janstraat 2");
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (heads, 0), "written_at"), ==,
                   "1970-01-01T00:50:00.000Z");
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (heads, 1), "value"), ==,
                   "Elsstraat 1");

  own = list (jan, &household);
  other = list (jan, &stranger);
  g_assert_cmpint (own->len, ==, conflicts->len);
  g_assert_cmpint (other->len, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/json-conflicts/lists-both-heads", test_lists_both_heads);
  return g_test_run ();
}
