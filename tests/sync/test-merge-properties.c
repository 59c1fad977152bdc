/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "counts.h"
#include "merge-history.h"

/* A row is a function of the set of writes that arrived, whoever lies: any order, any batches, any duplicates. */

#define ORDERS 3

static gint64
number_from (const char *variable,
             gint64      otherwise)
{
  const char *text = g_getenv (variable);

  return text ? g_ascii_strtoll (text, NULL, 10) : otherwise;
}

static void
assert_sound (MemoryDatabase *memory)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (memory_database_count (memory, "SELECT count(*) FROM pragma_foreign_key_check"), ==, 0);
  gez_database_execute (memory->database, &error,
                        "INSERT INTO household_search (household_search, rank) VALUES ('integrity-check', 1)", GEZ_END);
  g_assert_no_error (error);
  gez_database_execute (memory->database, &error,
                        "INSERT INTO document_search (document_search, rank) VALUES ('integrity-check', 1)", GEZ_END);
  g_assert_no_error (error);
}

static char *
arrive (History        *history,
        MemoryDatabase *memory,
        guint           batch)
{
  g_autoptr (GError) error = NULL;
  char *state;

  g_assert_true (gez_database_begin (memory->database, &error));
  history_arrive (history, memory, batch);
  assert_sound (memory);
  state = history_state (memory);
  gez_database_rollback (memory->database);
  return state;
}

/* Tells the first line that differs. */
static void
assert_same (guint       history,
             const char *expected,
             const char *state)
{
  g_auto (GStrv) one = g_strsplit (expected, "\n", -1);
  g_auto (GStrv) other = g_strsplit (state, "\n", -1);

  for (guint i = 0; one[i] && other[i]; i++)
    if (!g_str_equal (one[i], other[i]))
      {
        g_test_message ("history %u: %.200s, not %.200s", history, one[i], other[i]);
        break;
      }
  g_assert_true (g_str_equal (expected, state));
}

static void
test_any_order (void)
{
  guint n_histories = (guint) number_from ("GEZINSPLAN_HISTORIES", 150);
  guint32 seed = (guint32) number_from ("GEZINSPLAN_SEED", 1);
  g_autoptr (MemoryDatabase) memory = memory_database_new (1, 99);
  g_autofree char *empty = history_state (memory);
  guint n_arrivals = 0, n_rows = 0;

  for (guint i = 0; i < n_histories; i++)
    {
      g_autoptr (History) history = history_new (seed * 100000 + i, 6 + i % 40);
      g_autofree char *first = arrive (history, memory, 1);

      n_arrivals += history->arrivals->len;
      n_rows += g_strcmp0 (first, empty) != 0;
      for (guint order = 0; order < ORDERS; order++)
        {
          g_autofree char *state = NULL;

          history_shuffle (history);
          state = arrive (history, memory, 1 + order * 20);
          assert_same (i, first, state);
        }
    }
  /* The histories do make rows. */
  g_assert_cmpuint (n_rows, >, n_histories / 2);
  counts_add ("histories of writes, each in four orders", n_histories);
  counts_add ("writes of colleagues that arrived in them", n_arrivals);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/merge-properties/any-order", test_any_order);
  return g_test_run ();
}
