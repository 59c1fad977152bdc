/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "model/gez-paged-list.h"
#include "store-fixture.h"

/*
 * The list against a table that the test holds itself: the queries give slices of it. A second copy
 * of the list is kept by what items-changed says alone and compared at every signal.
 */

#define TEST_TYPE_ITEM (test_item_get_type ())
G_DECLARE_FINAL_TYPE (TestItem, test_item, TEST, ITEM, GObject)

struct _TestItem
{
  GObject parent_instance;

  GezId id;
  int look;
};

G_DEFINE_FINAL_TYPE (TestItem, test_item, G_TYPE_OBJECT)

typedef struct
{
  guint32 number;
  int look;
} Row;

typedef struct
{
  StoreFixture *fixture;
  GArray *table; /* of Row */
  GezPagedList *list;
  GPtrArray *mirror;
  guint n_removed;
  guint n_added;
  guint n_failed;
  gboolean fails;
} Bench;

typedef struct
{
  GArray *rows;
  guint n_total;
  gboolean has_more;
  gboolean fails;
} Slice;

static void
test_item_class_init (TestItemClass *klass)
{
}

static void
test_item_init (TestItem *self)
{
}

static const GezId *
item_id (gpointer item)
{
  return &((TestItem *) item)->id;
}

static gboolean
item_equal (gpointer a,
            gpointer b)
{
  return ((TestItem *) a)->look == ((TestItem *) b)->look;
}

static void
slice_free (gpointer data)
{
  g_array_unref (((Slice *) data)->rows);
  g_free (data);
}

static gpointer
read_slice (GezDatabase *database,
            gpointer     data,
            GError     **error)
{
  Slice *slice = data;
  GPtrArray *items;

  if (slice->fails)
    {
      g_set_error_literal (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_IO, "broken");
      return NULL;
    }
  items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < slice->rows->len; i++)
    {
      Row row = g_array_index (slice->rows, Row, i);
      TestItem *item = g_object_new (TEST_TYPE_ITEM, NULL);

      memcpy (item->id.bytes, &row.number, sizeof row.number);
      item->id.bytes[15] = 1;
      item->look = row.look;
      g_ptr_array_add (items, item);
    }
  return gez_page_new (items, slice->has_more, (int) slice->n_total);
}

static GezQuery *
make_query (guint    offset,
            guint    limit,
            gpointer data)
{
  Bench *bench = data;
  Slice *slice = g_new0 (Slice, 1);

  slice->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  for (guint i = offset; i < MIN (offset + limit, bench->table->len); i++)
    g_array_append_val (slice->rows, g_array_index (bench->table, Row, i));
  slice->n_total = bench->table->len;
  slice->has_more = offset + limit < bench->table->len;
  slice->fails = bench->fails;
  return gez_query_new (read_slice, slice, slice_free, g_object_unref);
}

static void
items_changed_cb (GListModel *model,
                  guint       position,
                  guint       removed,
                  guint       added,
                  Bench      *bench)
{
  g_assert_true (removed > 0 || added > 0);
  if (removed > 0)
    g_ptr_array_remove_range (bench->mirror, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (bench->mirror, (int) (position + i),
                        g_list_model_get_item (model, position + i));
  bench->n_removed += removed;
  bench->n_added += added;
  g_assert_cmpint (bench->mirror->len, ==, g_list_model_get_n_items (model));
  for (guint i = 0; i < bench->mirror->len; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (model, i);

      g_assert_true (item == g_ptr_array_index (bench->mirror, i));
    }
}

static void
failed_cb (GezPagedList *list,
           GError       *error,
           Bench        *bench)
{
  g_assert_error (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_IO);
  bench->n_failed++;
}

static void
fill (Bench *bench,
      guint  n)
{
  g_array_set_size (bench->table, 0);
  for (guint i = 0; i < n; i++)
    {
      Row row = { i, 0 };

      g_array_append_val (bench->table, row);
    }
}

static Bench *
bench_new (guint n)
{
  Bench *bench = g_new0 (Bench, 1);

  bench->fixture = store_fixture_new (G_GINT64_CONSTANT (1773306000000));
  bench->table = g_array_new (FALSE, FALSE, sizeof (Row));
  bench->mirror = g_ptr_array_new_with_free_func (g_object_unref);
  fill (bench, n);
  bench->list = gez_paged_list_new (bench->fixture->store, TEST_TYPE_ITEM, item_id, item_equal,
                                    make_query, bench, NULL);
  g_signal_connect (bench->list, "items-changed", G_CALLBACK (items_changed_cb), bench);
  g_signal_connect (bench->list, "failed", G_CALLBACK (failed_cb), bench);
  return bench;
}

static void
bench_free (Bench *bench)
{
  g_clear_object (&bench->list);
  g_ptr_array_unref (bench->mirror);
  g_array_unref (bench->table);
  store_fixture_free (bench->fixture);
  g_free (bench);
}

static void
settle (Bench *bench)
{
  while (gez_paged_list_is_loading (bench->list))
    g_main_context_iteration (NULL, TRUE);
}

/* Reloads; the list must then be the table, having said no more than it had to. */
static void
reload (Bench *bench,
        guint  n_removed,
        guint  n_added)
{
  bench->n_removed = bench->n_added = 0;
  gez_paged_list_reload (bench->list);
  settle (bench);
  g_assert_cmpint (bench->mirror->len, ==, bench->table->len);
  for (guint i = 0; i < bench->mirror->len; i++)
    {
      TestItem *item = g_ptr_array_index (bench->mirror, i);
      Row row = g_array_index (bench->table, Row, i);

      g_assert_cmpint (item->look, ==, row.look);
      g_assert_cmpint (memcmp (item->id.bytes, &row.number, sizeof row.number), ==, 0);
    }
  if (n_removed != G_MAXUINT)
    {
      g_assert_cmpint (bench->n_removed, ==, n_removed);
      g_assert_cmpint (bench->n_added, ==, n_added);
    }
}

static void
test_pages (void)
{
  Bench *bench = bench_new (450);
  gboolean loading, complete;
  int n_total;

  g_assert_cmpint (gez_paged_list_get_n_total (bench->list), ==, -1);
  gez_paged_list_load_more (bench->list);
  gez_paged_list_load_more (bench->list); /* one is on its way: nothing */
  g_assert_true (gez_paged_list_is_loading (bench->list));
  settle (bench);
  g_assert_cmpint (bench->mirror->len, ==, 200);
  g_object_get (bench->list, "loading", &loading, "complete", &complete, "n-items-total", &n_total,
                NULL);
  g_assert_false (loading);
  g_assert_false (complete);
  g_assert_cmpint (n_total, ==, 450);
  gez_paged_list_load_more (bench->list);
  settle (bench);
  gez_paged_list_load_more (bench->list);
  settle (bench);
  g_assert_cmpint (bench->mirror->len, ==, 450);
  g_assert_true (gez_paged_list_is_complete (bench->list));
  gez_paged_list_load_more (bench->list);
  g_assert_false (gez_paged_list_is_loading (bench->list));
  bench_free (bench);
}

static void
test_no_item_twice (void)
{
  Bench *bench = bench_new (300);
  Row first = { 1000, 0 };

  gez_paged_list_load_more (bench->list);
  settle (bench);
  g_array_insert_val (bench->table, 0, first); /* what was last comes again on the next page */
  gez_paged_list_load_more (bench->list);
  settle (bench);
  g_assert_cmpint (bench->mirror->len, ==, 300);
  reload (bench, 0, 1);
  bench_free (bench);
}

static void
test_reload_keeps_what_did_not_change (void)
{
  Bench *bench = bench_new (300);
  Row row = { 1000, 0 };

  gez_paged_list_load_more (bench->list);
  settle (bench);
  gez_paged_list_load_more (bench->list);
  settle (bench);
  reload (bench, 0, 0);
  g_array_index (bench->table, Row, 150).look = 1;
  reload (bench, 1, 1);
  g_array_remove_index (bench->table, 10);
  reload (bench, 1, 0);
  g_array_insert_val (bench->table, 250, row);
  reload (bench, 0, 1);
  row = g_array_index (bench->table, Row, 299);
  g_array_remove_index (bench->table, 299);
  g_array_insert_val (bench->table, 0, row); /* last goes first: one row moves, not all */
  reload (bench, 1, 1);
  fill (bench, 0);
  reload (bench, 300, 0);
  fill (bench, 5);
  reload (bench, 0, 5);
  bench_free (bench);
}

static void
test_reload_at_random (void)
{
  Bench *bench = bench_new (0);

  for (guint round = 0; round < 60; round++)
    {
      guint n = (guint) g_test_rand_int_range (0, 60);

      fill (bench, n);
      for (guint i = 0; i < n; i++)
        {
          guint other = (guint) g_test_rand_int_range (0, (int) n);
          Row row = g_array_index (bench->table, Row, i);

          row.look = g_test_rand_int_range (0, 5) == 0 ? (int) round : row.look;
          g_array_index (bench->table, Row, i) = g_array_index (bench->table, Row, other);
          g_array_index (bench->table, Row, other) = row;
        }
      reload (bench, G_MAXUINT, 0);
    }
  bench_free (bench);
}

static void
test_the_last_reload_wins (void)
{
  Bench *bench = bench_new (10);

  gez_paged_list_load_more (bench->list);
  fill (bench, 20);
  gez_paged_list_reload (bench->list);
  fill (bench, 30);
  gez_paged_list_reload (bench->list);
  settle (bench);
  g_assert_cmpint (bench->mirror->len, ==, 30);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpint (bench->mirror->len, ==, 30);
  bench_free (bench);
}

static void
test_failure (void)
{
  Bench *bench = bench_new (10);

  gez_paged_list_load_more (bench->list);
  settle (bench);
  bench->fails = TRUE;
  gez_paged_list_reload (bench->list);
  settle (bench);
  g_assert_cmpint (bench->n_failed, ==, 1);
  g_assert_cmpint (bench->mirror->len, ==, 10);
  bench->fails = FALSE;
  reload (bench, 0, 0);
  bench_free (bench);
}

static void
test_goes_away_while_loading (void)
{
  Bench *bench = bench_new (10);
  GezPagedList *list = bench->list;

  g_object_add_weak_pointer (G_OBJECT (list), (gpointer *) &list);
  gez_paged_list_load_more (bench->list);
  g_clear_object (&bench->list);
  g_assert_null (list);
  store_fixture_close (bench->fixture);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpint (bench->mirror->len, ==, 0);
  bench_free (bench);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/paged-list/pages", test_pages);
  g_test_add_func ("/paged-list/no-item-twice", test_no_item_twice);
  g_test_add_func ("/paged-list/reload/keeps-what-did-not-change",
                   test_reload_keeps_what_did_not_change);
  g_test_add_func ("/paged-list/reload/at-random", test_reload_at_random);
  g_test_add_func ("/paged-list/reload/the-last-one-wins", test_the_last_reload_wins);
  g_test_add_func ("/paged-list/failure", test_failure);
  g_test_add_func ("/paged-list/goes-away-while-loading", test_goes_away_while_loading);
  return g_test_run ();
}
