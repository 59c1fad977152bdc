/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-conflict.h"
#include "rows.h"
#include "sync/gez-merge.h"

/* Two people write the same cell without knowing of each other. */

typedef struct
{
  MemoryDatabase *els;
  MemoryDatabase *jan;
  GezId household;
} Pair;

static void
send (MemoryDatabase *from,
      MemoryDatabase *to)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) log = gez_merge_read_log (from->database, &error);

  gez_merge_apply (to->database, log, &error);
  g_assert_no_error (error);
}

static void
exchange (Pair *pair)
{
  send (pair->els, pair->jan);
  send (pair->jan, pair->els);
}

static void
set_address (MemoryDatabase *memory,
             const GezId    *household,
             const char     *address)
{
  gez_clock_set_now (memory->clock, gez_clock_get_now (memory->clock) + 60000);
  rows_set (memory, "household", household, "address", GEZ_TEXT, address, NULL);
}

static void
set_up (Pair         *pair,
        gconstpointer data)
{
  pair->els = memory_database_new (NOW, 1);
  pair->jan = memory_database_new (NOW, 2);
  pair->household = rows_household (pair->els, "Gezin Voorbeeld");
  exchange (pair);
  set_address (pair->els, &pair->household, "Elsstraat 1");
  set_address (pair->jan, &pair->household, "Janstraat 2");
  set_address (pair->jan, &pair->household, "Janstraat 3");
  exchange (pair);
}

static void
tear_down (Pair         *pair,
           gconstpointer data)
{
  memory_database_free (pair->els);
  memory_database_free (pair->jan);
}

static GPtrArray *
list (MemoryDatabase *memory,
      const GezId    *household)
{
  return rows_run (memory, gez_conflict_query (NULL, household));
}

static void
assert_address (MemoryDatabase *memory,
                const char     *expected)
{
  g_autofree char *text = memory_database_text (memory, "SELECT address FROM household");

  g_assert_cmpstr (text, ==, expected);
}

static guint64
settle (MemoryDatabase *memory,
        const GezId    *household,
        guint           chosen)
{
  g_autoptr (GPtrArray) conflicts = list (memory, household);
  g_autoptr (GezChange) change = NULL;

  g_assert_cmpuint (conflicts->len, ==, 1);
  change = gez_conflict_settle (NULL, conflicts->pdata[0], chosen);
  return memory_database_commit (memory, change);
}

static void
undo (MemoryDatabase *memory,
      guint64        *command)
{
  g_autoptr (GPtrArray) tables = NULL;
  g_autoptr (GError) error = NULL;

  gez_commit_undo (memory->database, *command, command, &tables, &error);
  g_assert_no_error (error);
}

static void
test_both_values_are_told (Pair         *pair,
                           gconstpointer data)
{
  g_autoptr (GPtrArray) conflicts = list (pair->els, NULL);
  GezConflict *conflict;
  GezConflictValue *one, *other;

  g_assert_cmpuint (conflicts->len, ==, 1);
  g_assert_cmpuint (gez_conflict_count (pair->jan->database), ==, 1);
  conflict = conflicts->pdata[0];
  g_assert_cmpstr (conflict->table, ==, "household");
  g_assert_cmpstr (conflict->column, ==, "address");
  g_assert_cmpstr (conflict->household_name, ==, "Gezin Voorbeeld");
  g_assert_true (gez_id_equal (&conflict->household, &pair->household));
  g_assert_cmpuint (conflict->values->len, ==, 2);
  one = conflict->values->pdata[0];
  other = conflict->values->pdata[1];
  g_assert_cmpstr (one->text, ==, "Janstraat 3");
  g_assert_true (one->is_shown);
  g_assert_cmpint (one->written_at, ==, NOW + 120000);
  g_assert_cmpstr (other->text, ==, "Elsstraat 1");
  g_assert_false (other->is_shown);
}

static void
test_of_one_file_alone (Pair         *pair,
                        gconstpointer data)
{
  GezId other = rows_household (pair->els, "Gezin Ander");
  g_autoptr (GPtrArray) here = list (pair->els, &pair->household);
  g_autoptr (GPtrArray) there = list (pair->els, &other);

  g_assert_cmpuint (here->len, ==, 1);
  g_assert_cmpuint (there->len, ==, 0);
}

/* The value that shows already is chosen too: nothing changes in the row, and the conflict is over everywhere. */
static void
test_either_value_settles (Pair         *pair,
                           gconstpointer data)
{
  guint chosen = GPOINTER_TO_UINT (data);
  const char *expected = chosen == 0 ? "Janstraat 3" : "Elsstraat 1";

  settle (pair->els, &pair->household, chosen);
  exchange (pair);
  assert_address (pair->els, expected);
  assert_address (pair->jan, expected);
  g_assert_cmpuint (gez_conflict_count (pair->els->database), ==, 0);
  g_assert_cmpuint (gez_conflict_count (pair->jan->database), ==, 0);
}

static void
test_undo_brings_it_back (Pair         *pair,
                          gconstpointer data)
{
  guint64 command = settle (pair->els, &pair->household, GPOINTER_TO_UINT (data));
  g_autofree char *dump = memory_database_dump (pair->els), *again = NULL;
  g_autoptr (GPtrArray) conflicts = NULL;
  GezConflictValue *shown;

  undo (pair->els, &command);
  exchange (pair);
  assert_address (pair->els, "Janstraat 3");
  g_assert_cmpuint (gez_conflict_count (pair->jan->database), ==, 1);
  conflicts = list (pair->jan, NULL);
  shown = ((GezConflict *) conflicts->pdata[0])->values->pdata[0];
  g_assert_cmpstr (shown->text, ==, "Janstraat 3");
  g_assert_cmpint (shown->written_at, ==, NOW + 120000);
  g_assert_cmpuint (shown->counter, ==, 2); /* Jan's own write, not that of the undo */

  /* The undo can be undone in turn, and then it is settled. */
  undo (pair->els, &command);
  exchange (pair);
  again = memory_database_dump (pair->jan);
  g_assert_cmpstr (again, ==, dump);
  g_assert_cmpuint (gez_conflict_count (pair->jan->database), ==, 0);
}

static void
test_refused_when_somebody_wrote_since (Pair         *pair,
                                        gconstpointer data)
{
  g_autoptr (GPtrArray) conflicts = list (pair->els, NULL);
  g_autoptr (GezChange) change = gez_conflict_settle (NULL, conflicts->pdata[0], 0);

  set_address (pair->jan, &pair->household, "Janstraat 4");
  exchange (pair);
  g_assert_true (memory_database_refuses (pair->els, change, GEZ_STORE_ERROR_CHANGED_SINCE));
  assert_address (pair->els, "Janstraat 4");
}

static void
test_withdrawn_rows_ask_nothing (Pair         *pair,
                                 gconstpointer data)
{
  rows_withdraw (pair->els, "household", &pair->household);
  g_assert_cmpuint (gez_conflict_count (pair->els->database), ==, 0);
}

static void
test_author_is_named (Pair         *pair,
                      gconstpointer data)
{
  GezId member = rows_add (pair->jan, "member", NULL, "name", GEZ_TEXT, "Jan Verzonnen", "role", GEZ_TEXT,
                           "casemanager", NULL);
  GezId device = GEZ_ID_NONE;
  g_autoptr (GPtrArray) before = NULL, after = NULL;
  g_autoptr (GezStatement) own = gez_database_query (pair->jan->database, NULL, "SELECT id FROM device", GEZ_END);

  g_assert_true (gez_statement_next (own, NULL));
  device = gez_statement_get_id (own, 0);
  exchange (pair);
  before = list (pair->els, NULL);
  g_assert_null (((GezConflictValue *) ((GezConflict *) before->pdata[0])->values->pdata[0])->by_name);
  g_assert_true (gez_database_begin (pair->els->database, NULL));
  g_assert_true (gez_database_execute (pair->els->database, NULL,
                                       "INSERT INTO sync_device (device, member_id) VALUES (?, ?)", GEZ_ID, &device,
                                       GEZ_ID, &member, GEZ_END));
  g_assert_true (gez_database_commit (pair->els->database, NULL));
  after = list (pair->els, NULL);
  g_assert_cmpstr (((GezConflictValue *) ((GezConflict *) after->pdata[0])->values->pdata[0])->by_name, ==,
                   "Jan Verzonnen");
}

#define ADD(name, function, data)                                                                                   \
  g_test_add ("/model/conflict/" name, Pair, GUINT_TO_POINTER (data), set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("both-values", test_both_values_are_told, 0);
  ADD ("of-one-file", test_of_one_file_alone, 0);
  ADD ("shown-settles", test_either_value_settles, 0);
  ADD ("other-settles", test_either_value_settles, 1);
  ADD ("undo-shown", test_undo_brings_it_back, 0);
  ADD ("undo-other", test_undo_brings_it_back, 1);
  ADD ("written-since", test_refused_when_somebody_wrote_since, 0);
  ADD ("withdrawn", test_withdrawn_rows_ask_nothing, 0);
  ADD ("author", test_author_is_named, 0);
  return g_test_run ();
}
