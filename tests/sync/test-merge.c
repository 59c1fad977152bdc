/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory-database.h"
#include "store/gez-verify.h"
#include "sync/gez-merge.h"

/* Two stores exchange their logs. */

typedef struct
{
  MemoryDatabase *els;
  MemoryDatabase *jan;
  GezId household;
} Pair;

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
exchange (Pair *pair)
{
  send_all (pair->els, pair->jan);
  send_all (pair->jan, pair->els);
  send_all (pair->els, pair->jan);
}

static void
set_text (MemoryDatabase *memory,
          const GezId    *household,
          const char     *column,
          const char     *text)
{
  g_autoptr (GezChange) change = gez_change_new ("edit");

  gez_change_update (change, "household", household);
  gez_change_set_text (change, column, text);
  memory_database_commit (memory, change);
}

static void
assert_text (MemoryDatabase *memory,
             const char     *sql,
             const char     *expected)
{
  g_autofree char *text = memory_database_text (memory, sql);

  g_assert_cmpstr (text, ==, expected);
}

static void
assert_equal (Pair *pair)
{
  g_autofree char *one = memory_database_dump (pair->els);
  g_autofree char *other = memory_database_dump (pair->jan);

  g_assert_cmpstr (one, ==, other);
}

static gint64
conflicts (MemoryDatabase *memory)
{
  return memory_database_count (memory, "SELECT count(*) FROM (SELECT 1 FROM head GROUP BY id, column_name "
                                        "HAVING count(*) > 1)");
}

static void
set_up (Pair         *pair,
        gconstpointer data)
{
  g_autoptr (GezChange) change = gez_change_new ("add");

  pair->els = memory_database_new (1000000, 1);
  pair->jan = memory_database_new (1000000, 2);
  pair->household = gez_id_new (pair->els->clock);
  gez_change_insert (change, "household", &pair->household, gez_circle_open (&pair->household));
  gez_change_set_text (change, "name", "Gezin Samen");
  memory_database_commit (pair->els, change);
  exchange (pair);
}

static void
tear_down (Pair         *pair,
           gconstpointer data)
{
  memory_database_free (pair->els);
  memory_database_free (pair->jan);
}

static void
test_row_arrives (Pair         *pair,
                  gconstpointer data)
{
  assert_text (pair->jan, "SELECT name FROM household", "Gezin Samen");
  g_assert_cmpint (memory_database_count (pair->jan, "SELECT count(*) FROM household_search "
                                                     "WHERE household_search MATCH 'samen'"), ==, 1);
  assert_equal (pair);
}

static void
test_different_columns_both_stay (Pair         *pair,
                                  gconstpointer data)
{
  set_text (pair->els, &pair->household, "address", "Elsstraat 1");
  set_text (pair->jan, &pair->household, "language", "Arabisch");
  exchange (pair);
  assert_text (pair->els, "SELECT language FROM household", "Arabisch");
  assert_text (pair->jan, "SELECT address FROM household", "Elsstraat 1");
  g_assert_cmpint (conflicts (pair->els), ==, 0);
  assert_equal (pair);
}

static void
test_same_column_is_a_conflict_until_settled (Pair         *pair,
                                              gconstpointer data)
{
  gez_clock_set_now (pair->jan->clock, 1000005);
  set_text (pair->els, &pair->household, "address", "Elsstraat 1");
  set_text (pair->jan, &pair->household, "address", "Janstraat 2");
  exchange (pair);
  assert_text (pair->els, "SELECT address FROM household", "Janstraat 2");
  assert_equal (pair);
  g_assert_cmpint (conflicts (pair->els), ==, 1);
  g_assert_cmpint (conflicts (pair->jan), ==, 1);
  /* Settling replaces both heads, also when the settler's clock is behind. */
  gez_clock_set_now (pair->els->clock, 500);
  set_text (pair->els, &pair->household, "address", "Elsstraat 1 bus 3");
  exchange (pair);
  assert_text (pair->jan, "SELECT address FROM household", "Elsstraat 1 bus 3");
  g_assert_cmpint (conflicts (pair->jan), ==, 0);
  assert_equal (pair);
}

static void
test_clock_years_ahead_does_no_harm (Pair         *pair,
                                     gconstpointer data)
{
  gez_clock_set_now (pair->jan->clock, 1000000 + G_GINT64_CONSTANT (3) * 365 * 86400 * 1000);
  set_text (pair->jan, &pair->household, "address", "Toekomststraat 9");
  exchange (pair);
  /* Els saw that and writes after it: hers counts although her clock says earlier. */
  set_text (pair->els, &pair->household, "address", "Elsstraat 1");
  exchange (pair);
  assert_text (pair->jan, "SELECT address FROM household", "Elsstraat 1");
  g_assert_cmpint (conflicts (pair->jan), ==, 0);
}

static void
test_child_waits_for_its_parent (Pair         *pair,
                                 gconstpointer data)
{
  g_autoptr (MemoryDatabase) late = memory_database_new (1, 3);
  g_autoptr (GezChange) change = gez_change_new ("add");
  g_autoptr (GPtrArray) log = NULL;
  g_autoptr (GPtrArray) children = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  GezId person = gez_id_new (pair->els->clock);

  gez_change_insert (change, "person", &person, gez_circle_open (&pair->household));
  gez_change_set_id (change, "household_id", &pair->household);
  gez_change_set_text (change, "first_name", "Testa");
  memory_database_commit (pair->els, change);
  log = gez_merge_read_log (pair->els->database, &error);
  for (guint i = 0; i < log->len; i++)
    if (g_str_equal (((GezWrite *) log->pdata[i])->table, "person"))
      g_ptr_array_add (children, log->pdata[i]);
  g_assert_true (gez_merge_apply (late->database, children, &error));
  g_assert_cmpint (memory_database_count (late, "SELECT count(*) FROM person"), ==, 0);
  g_assert_cmpint (memory_database_count (late, "SELECT count(*) FROM held"), ==, 1);
  g_assert_true (gez_merge_apply (late->database, log, &error));
  assert_text (late, "SELECT first_name FROM person", "Testa");
  g_assert_cmpint (memory_database_count (late, "SELECT count(*) FROM held"), ==, 0);
}

static void
test_unknown_table_is_kept (Pair         *pair,
                            gconstpointer data)
{
  g_autoptr (GPtrArray) log = gez_merge_read_log (pair->els->database, NULL);
  g_autoptr (GError) error = NULL;
  GezWrite *write = g_ptr_array_index (log, 0);

  g_free (write->table);
  write->table = g_strdup ("invented_later");
  write->version.counter = 4242;
  g_assert_true (gez_merge_apply (pair->jan->database, log, &error));
  g_assert_cmpint (memory_database_count (pair->jan, "SELECT count(*) FROM change_log "
                                                     "WHERE table_name = 'invented_later'"), ==, 1);
}

static void
test_twice_is_once (Pair         *pair,
                    gconstpointer data)
{
  g_autofree char *before = memory_database_dump (pair->jan);
  g_autofree char *after = NULL;

  exchange (pair);
  exchange (pair);
  after = memory_database_dump (pair->jan);
  g_assert_cmpstr (before, ==, after);
}

/* A document takes along which file it is and the key of that, or nobody else could ever open it. */
static void
test_document_brings_its_key (Pair         *pair,
                              gconstpointer data)
{
  g_autoptr (GezChange) change = gez_change_new ("add-document");
  g_autoptr (GezFileName) file = gez_file_name_new (pair->els->clock, NULL);
  GezId id = gez_id_new (pair->els->clock);
  g_autofree char *key = g_malloc (2 * GEZ_FILE_KEY_SIZE + 1);

  for (guint i = 0; i < GEZ_FILE_KEY_SIZE; i++)
    g_snprintf (key + 2 * i, 3, "%02X", file->key->bytes[i]);
  gez_change_insert (change, "document", &id, gez_circle_casework (&pair->household));
  gez_change_set_id (change, "household_id", &pair->household);
  gez_change_set_text (change, "name", "Brief.pdf");
  gez_change_set_integer (change, "size_bytes", 1);
  gez_change_set_text (change, "content_hash", "0");
  gez_change_set_file (change, file);
  gez_change_set_integer (change, "added_at", 1);
  memory_database_commit (pair->els, change);
  exchange (pair);
  assert_equal (pair);
  assert_text (pair->jan, "SELECT hex(file_key) FROM document", key);
}

/* What the checks of the store say: nothing. */
static void
assert_sound (MemoryDatabase *memory)
{
  g_autoptr (GezQuery) query = gez_verify_query ();
  g_autoptr (GError) error = NULL;
  GezVerifyReport *report = gez_query_run (query, memory->database, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < report->problems->len; i++)
    g_test_message ("%s", (char *) report->problems->pdata[i]);
  g_assert_cmpuint (report->problems->len, ==, 0);
  gez_verify_report_free (report);
}

static void
set_domains (MemoryDatabase *memory,
             const GezId    *partner,
             const char     *domains)
{
  g_autoptr (GezChange) change = gez_change_new ("edit");

  gez_change_update (change, "partner", partner);
  gez_change_set_text (change, "domains", domains);
  memory_database_commit (memory, change);
}

/* What two people add to a list at the same time, both stays; and nobody has to choose. */
static void
test_sets_are_joined (Pair         *pair,
                      gconstpointer data)
{
  g_autoptr (GezChange) change = gez_change_new ("add");
  GezId partner = gez_id_new (pair->els->clock);

  gez_change_insert (change, "partner", &partner, gez_circle_team ());
  gez_change_set_text (change, "name", "Dienst Proef");
  gez_change_set_text (change, "domains", "housing");
  memory_database_commit (pair->els, change);
  exchange (pair);
  set_domains (pair->els, &partner, "housing;work");
  set_domains (pair->jan, &partner, "health;housing");
  exchange (pair);
  assert_equal (pair);
  assert_text (pair->els, "SELECT domains FROM partner", "health;housing;work");
  g_assert_cmpint (memory_database_count (pair->els, "SELECT count(*) FROM head WHERE is_disputed"), ==, 0);
  assert_sound (pair->els);
  /* Who sees all of it may take one away. */
  set_domains (pair->jan, &partner, "health");
  exchange (pair);
  assert_text (pair->els, "SELECT domains FROM partner", "health");
}

static void
withdraw (MemoryDatabase *memory,
          const GezId    *household,
          const char     *reason)
{
  g_autoptr (GezChange) change = gez_change_new ("withdraw");

  gez_change_withdraw (change, "household", household, reason);
  memory_database_commit (memory, change);
}

static void
test_two_withdrawals (Pair         *pair,
                      gconstpointer data)
{
  withdraw (pair->els, &pair->household, "dubbel");
  gez_clock_set_now (pair->jan->clock, 1000500);
  withdraw (pair->jan, &pair->household, "vergissing");
  exchange (pair);
  assert_equal (pair);
  assert_text (pair->els, "SELECT withdrawn_reason FROM household", "vergissing");
  g_assert_cmpint (memory_database_count (pair->els, "SELECT count(*) FROM head WHERE is_disputed"), ==, 0);
  assert_sound (pair->els);
}

/* Withdrawn by one, and brought back by the other who did not know of a second withdrawal. */
static void
test_withdrawn_wins (Pair         *pair,
                     gconstpointer data)
{
  g_autoptr (GezChange) back = gez_change_new ("bring-back");

  withdraw (pair->els, &pair->household, "dubbel");
  exchange (pair);
  gez_change_update (back, "household", &pair->household);
  gez_change_set_null (back, "withdrawn_at");
  gez_change_set_null (back, "withdrawn_reason");
  gez_clock_set_now (pair->jan->clock, 1009000);
  memory_database_commit (pair->jan, back);
  gez_clock_set_now (pair->els->clock, 1005000);
  withdraw (pair->els, &pair->household, "toch dubbel");
  exchange (pair);
  assert_equal (pair);
  assert_text (pair->jan, "SELECT withdrawn_reason FROM household", "toch dubbel");
  assert_sound (pair->jan);
}

static void
test_equal_values_are_one (Pair         *pair,
                           gconstpointer data)
{
  set_text (pair->els, &pair->household, "address", "Samenstraat 1");
  set_text (pair->jan, &pair->household, "address", "Samenstraat 1");
  exchange (pair);
  assert_equal (pair);
  g_assert_cmpint (memory_database_count (pair->els, "SELECT count(*) FROM head WHERE is_disputed"), ==, 0);
  set_text (pair->jan, &pair->household, "address", "Samenstraat 2");
  exchange (pair);
  g_assert_cmpint (conflicts (pair->els), ==, 0);
}

/* What a colleague wrote takes nothing from the own clock: years ahead there is still today here. */
static void
test_own_clock_stays (Pair         *pair,
                      gconstpointer data)
{
  gez_clock_set_now (pair->jan->clock, 1000000 + G_GINT64_CONSTANT (3) * 365 * 86400 * 1000);
  set_text (pair->jan, &pair->household, "address", "Toekomststraat 9");
  exchange (pair);
  set_text (pair->els, &pair->household, "language", "Arabisch");
  g_assert_cmpint (memory_database_count (pair->els, "SELECT wall_at FROM change_log JOIN device ON device = device.id "
                                                     "ORDER BY counter DESC LIMIT 1"), ==, 1000000);
}

static GezWrite *
relayed (Pair       *pair,
         const char *address)
{
  g_autoptr (GPtrArray) log = gez_merge_read_log (pair->jan->database, NULL);
  GezWrite *write = gez_write_copy (g_ptr_array_index (log, log->len - 1));
  g_auto (GVariantBuilder) cells = { 0 };

  if (address == NULL)
    return write;
  g_variant_builder_init (&cells, G_VARIANT_TYPE (GEZ_LOG_CELLS_TYPE));
  g_variant_builder_add (&cells, "(sva(ayt))", "address", g_variant_new_string (address), NULL);
  g_bytes_unref (write->cells);
  write->cells = gez_log_cells_to_bytes (&cells);
  return write;
}

static void
receive (Pair     *pair,
         GezWrite *write,
         GezId     brought_by)
{
  g_autoptr (GPtrArray) writes = g_ptr_array_new_with_free_func ((GDestroyNotify) gez_write_free);
  GezCircle circle = gez_circle_open (&pair->household);
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (writes, write);
  g_assert_true (gez_database_begin (pair->els->database, &error));
  g_assert_true (gez_merge_apply_received (pair->els->database, &circle, &brought_by, writes, NULL, NULL, &error));
  g_assert_true (gez_database_commit (pair->els->database, &error));
}

/* What somebody relayed gives way to what the author wrote, whichever comes first. */
static void
test_relay_gives_way (Pair         *pair,
                      gconstpointer data)
{
  GezId liar = { { 0x77 } };
  GezId jan;

  set_text (pair->jan, &pair->household, "address", "Janstraat 2");
  {
    GezWrite *write = relayed (pair, NULL);

    jan = write->version.device;
    gez_write_free (write);
  }
  if (GPOINTER_TO_INT (data))
    receive (pair, relayed (pair, NULL), jan);
  receive (pair, relayed (pair, "Leugenstraat 1"), liar);
  if (!GPOINTER_TO_INT (data))
    {
      assert_text (pair->els, "SELECT address FROM household", "Leugenstraat 1");
      receive (pair, relayed (pair, NULL), jan);
    }
  assert_text (pair->els, "SELECT address FROM household", "Janstraat 2");
  g_assert_cmpint (memory_database_count (pair->els, "SELECT count(*) FROM change_log WHERE brought_by IS NOT NULL"),
                   ==, 0);
}

/* Under the key of another circle nobody writes into this row. */
static void
test_wrong_circle_does_not_count (Pair         *pair,
                                  gconstpointer data)
{
  g_autoptr (GPtrArray) writes = g_ptr_array_new_with_free_func ((GDestroyNotify) gez_write_free);
  GezCircle team = gez_circle_team ();
  g_autoptr (GError) error = NULL;
  GezWrite *write;

  set_text (pair->jan, &pair->household, "address", "Janstraat 2");
  write = relayed (pair, NULL);
  g_ptr_array_add (writes, write);
  g_assert_true (gez_database_begin (pair->els->database, &error));
  g_assert_true (gez_merge_apply_received (pair->els->database, &team, &write->version.device, writes, NULL, NULL,
                                           &error));
  g_assert_true (gez_database_commit (pair->els->database, &error));
  assert_text (pair->els, "SELECT coalesce(address, '-') FROM household", "-");
  /* It is kept, and counts when it comes under the right one. */
  receive (pair, relayed (pair, NULL), write->version.device);
  assert_text (pair->els, "SELECT address FROM household", "Janstraat 2");
}

#define ADD(name, function) g_test_add ("/sync/merge/" name, Pair, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("row-arrives", test_row_arrives);
  ADD ("different-columns", test_different_columns_both_stay);
  ADD ("conflict", test_same_column_is_a_conflict_until_settled);
  ADD ("clock-ahead", test_clock_years_ahead_does_no_harm);
  ADD ("child-waits", test_child_waits_for_its_parent);
  ADD ("unknown-table", test_unknown_table_is_kept);
  ADD ("twice-is-once", test_twice_is_once);
  ADD ("document-brings-its-key", test_document_brings_its_key);
  ADD ("sets", test_sets_are_joined);
  ADD ("two-withdrawals", test_two_withdrawals);
  ADD ("withdrawn-wins", test_withdrawn_wins);
  ADD ("equal-values", test_equal_values_are_one);
  ADD ("own-clock", test_own_clock_stays);
  g_test_add ("/sync/merge/relay-first", Pair, GINT_TO_POINTER (0), set_up, test_relay_gives_way, tear_down);
  g_test_add ("/sync/merge/relay-last", Pair, GINT_TO_POINTER (1), set_up, test_relay_gives_way, tear_down);
  ADD ("wrong-circle", test_wrong_circle_does_not_count);
  return g_test_run ();
}
