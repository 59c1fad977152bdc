/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "counts.h"
#include "merge-history.h"
#include "sync/gez-merge-scan.h"

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

static void
assert_view (GVariant          *cell,
             const GezCellView *view)
{
  g_autoptr (GVariant) value = NULL, replaced = NULL;
  const char *name;

  g_variant_get (cell, "(&sv@a(ayt))", &name, &value, &replaced);
  g_assert_cmpstr (name, ==, view->name);
  g_assert_cmpuint (g_variant_n_children (replaced), ==, 0);
  if (view->type == 'x')
    g_assert_cmpint (g_variant_get_int64 (value), ==, gez_cell_view_number (view));
  else if (view->type == 's')
    g_assert_cmpstr (g_variant_get_string (value, NULL), ==, (const char *) view->data);
  else if (view->type == 'a')
    g_assert_cmpmem (g_variant_get_data (value), g_variant_get_size (value), view->data, view->size);
  else
    g_assert_true (g_variant_is_of_type (value, view->type == 'u' ? G_VARIANT_TYPE_UNIT : G_VARIANT_TYPE_DOUBLE));
}

/* Returns: whether the bytes were taken; then GLib takes them too, and reads the same in them. */
static gboolean
compare_readers (GBytes *bytes)
{
  g_autoptr (GVariant) cells = g_variant_ref_sink (
    g_variant_new_from_bytes (G_VARIANT_TYPE (GEZ_LOG_CELLS_TYPE), bytes, FALSE));
  GezCellView views[GEZ_SCAN_CELLS_MAX];
  guint n_views = 0;

  if (!gez_scan_birth (bytes, views, &n_views))
    return FALSE;
  g_assert_true (g_variant_is_normal_form (cells));
  g_assert_cmpuint (g_variant_n_children (cells), ==, n_views);
  for (guint i = 0; i < n_views; i++)
    {
      g_autoptr (GVariant) cell = g_variant_get_child_value (cells, i);

      assert_view (cell, &views[i]);
    }
  return TRUE;
}

static GBytes *
damage (GRand  *random,
        GBytes *bytes)
{
  gsize size = g_bytes_get_size (bytes);
  guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), size);

  for (guint i = 0; i < 1 + g_rand_int (random) % 2; i++)
    copy[g_rand_int (random) % size] = (guint8) (g_rand_boolean (random) ? g_rand_int (random) : g_rand_int (random) % 4);
  return g_bytes_new_take (copy, g_rand_int (random) % 8 ? size : g_rand_int (random) % size);
}

/* Cells read where they lie are the same cells; and nothing is taken that is not sound. */
static void
test_both_readers_agree (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  guint n_taken = 0, n_damaged_taken = 0, n_damaged = 0;

  for (guint i = 0; i < 60; i++)
    {
      g_autoptr (History) history = history_new (4000 + i, 30);

      for (guint a = 0; a < history->arrivals->len; a++)
        {
          GBytes *cells = ((Arrival *) history->arrivals->pdata[a])->write->cells;

          n_taken += compare_readers (cells);
          for (guint d = 0; d < 40 && g_bytes_get_size (cells) > 0; d++)
            {
              g_autoptr (GBytes) damaged = damage (random, cells);

              n_damaged++;
              n_damaged_taken += compare_readers (damaged);
            }
        }
    }
  g_assert_cmpuint (n_taken, >, 100);
  g_assert_cmpuint (n_damaged_taken, >, 100);
  counts_add ("damaged cells that two readers agree about", n_damaged);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/merge-properties/any-order", test_any_order);
  g_test_add_func ("/sync/merge-properties/both-readers-agree", test_both_readers_agree);
  return g_test_run ();
}
