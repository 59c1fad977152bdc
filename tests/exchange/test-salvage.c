/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "copy-tree.h"
#include "exchange/gez-json-export.h"
#include "model/demo/gez-demo.h"
#include "remove-tree.h"
#include "store-fixture.h"
#include "store/gez-record.h"
#include "store/gez-verify.h"
#include "sync/gez-salvage.h"

/* What is saved of a store with damaged pages, and that the damaged store is left as it is. */

#define NOW G_GINT64_CONSTANT (1795252509123)
#define PAGE 4096
#define N_FAST 8 /* pages that are damaged, one at a time; GEZINSPLAN_PAGES=all: every page */

typedef struct
{
  char *parent;
  char *store;   /* is damaged, and made whole again */
  char *rescued;
  GBytes *sound; /* the database */
  char *expected; /* an export */
  GezClock *clock;
} Fixture;

static char *
export (GezStore *store)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;

  gez_json_export (store, NULL, stream, NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_write_all (stream, "", 1, NULL, NULL, NULL);
  g_output_stream_close (stream, NULL, NULL);
  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (stream));
}

static void
save_draft_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      loop)
{
  g_assert_true (gez_store_save_draft_finish (GEZ_STORE (source), result, NULL));
  g_main_loop_quit (loop);
}

/* Writes that follow births, and a row that only this device has. */
static void
edit (StoreFixture *made)
{
  g_autoptr (GPtrArray) rows = store_fixture_select (made, "SELECT id FROM household ORDER BY row");
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (GezChange) change = gez_change_new ("edit");
      g_autoptr (GError) error = NULL;

      gez_change_update (change, "household", gez_record_get_id (rows->pdata[i]));
      gez_change_set_text (change, "address", "Verzonnenlaan 7");
      gez_store_commit (made->store, change, &error);
      g_assert_no_error (error);
    }
  gez_store_save_draft_async (made->store, "journal", gez_record_get_id (rows->pdata[0]), "nog niet af",
                              save_draft_cb, loop);
  g_main_loop_run (loop);
}

/* The invented households are made once; each test works with them. */
static Fixture *
fixture_get (void)
{
  static Fixture *self;
  g_autoptr (StoreFixture) made = NULL;
  g_autofree char *database = NULL;
  g_autoptr (GError) error = NULL;
  GezDemoOptions options = { .households = 2, .seed = 5, .today = "2026-11-20" };
  char *content;
  gsize size;

  if (self)
    return self;
  self = g_new0 (Fixture, 1);
  made = store_fixture_new (NOW);
  gez_demo_fill (made->store, &options, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  edit (made);
  self->expected = export (made->store);
  store_fixture_close (made);
  self->parent = g_dir_make_tmp ("gezinsplan-test-XXXXXX", &error);
  g_assert_no_error (error);
  self->store = g_build_filename (self->parent, "store", NULL);
  self->rescued = g_build_filename (self->parent, "rescued", NULL);
  copy_tree (made->directory, self->store);
  database = g_build_filename (self->store, "gezinsplan.db", NULL);
  g_file_get_contents (database, &content, &size, &error);
  g_assert_no_error (error);
  self->sound = g_bytes_new_take (content, size);
  self->clock = gez_clock_new_fixed (NOW, 9);
  return self;
}

static gint64
n_pages (Fixture *self)
{
  return (gint64) g_bytes_get_size (self->sound) / PAGE;
}

/* Writes the database with a bit flipped in each of @pages, and cut to @size bytes. */
static void
damage (Fixture *self,
        GArray  *pages,
        gsize    size)
{
  g_autofree char *database = g_build_filename (self->store, "gezinsplan.db", NULL);
  g_autofree guint8 *bytes = g_memdup2 (g_bytes_get_data (self->sound, NULL), g_bytes_get_size (self->sound));
  g_autoptr (GError) error = NULL;

  for (guint i = 0; pages && i < pages->len; i++)
    bytes[(g_array_index (pages, gint64, i) - 1) * PAGE + 2000] ^= 4;
  g_file_set_contents_full (database, (const char *) bytes, (gssize) size, G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
  g_assert_cmpint (truncate (database, (off_t) size), ==, 0);
  remove_tree (self->rescued);
}

static void
damage_page (Fixture *self,
             gint64   number)
{
  g_autoptr (GArray) pages = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_array_append_val (pages, number);
  damage (self, pages, g_bytes_get_size (self->sound));
}

/* Saves what reads; nothing may touch the damaged store. */
static GezDamage *
salvage (Fixture *self,
         GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GezVault) vault = gez_vault_unlock (self->store, STORE_FIXTURE_PASSPHRASE, &failure);
  g_autoptr (GHashTable) before = read_tree (self->store);
  g_autoptr (GHashTable) after = NULL;
  GezDamage *saved;

  g_assert_no_error (failure);
  saved = gez_salvage_run (vault, self->clock, self->rescued, NULL, NULL, NULL, error);
  after = read_tree (self->store);
  assert_same_tree (before, after);
  g_assert_cmpint (g_file_test (self->rescued, G_FILE_TEST_EXISTS), ==, saved != NULL);
  return saved;
}

static GezStore *
open_rescued (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GezVault) vault = gez_vault_unlock (self->rescued, STORE_FIXTURE_PASSPHRASE, &error);
  GezStore *store;

  g_assert_no_error (error);
  store = gez_store_open (vault, self->clock, &error);
  g_assert_no_error (error);
  return store;
}

static void
assert_clean (GPtrArray *problems)
{
  for (guint i = 0; i < problems->len; i++)
    g_error ("%s", (char *) problems->pdata[i]);
}

static void
assert_sound (GezStore *store)
{
  g_autoptr (GezQuery) query = gez_verify_query ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GezVerifyReport) report = gez_store_run (store, query, &error);

  g_assert_no_error (error);
  assert_clean (report->problems);
}

static gint64
count (GezStore   *store,
       const char *sql)
{
  g_autoptr (GezQuery) query = gez_record_query (sql, GEZ_END);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = gez_store_run (store, query, &error);

  g_assert_no_error (error);
  return gez_record_get_integer (rows->pdata[0], "count");
}

/* Everything stands twice, in the table and in the log, so one page costs nothing. */
static void
assert_one_page_costs_nothing (Fixture *self,
                               gint64   number)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GezDamage) saved = NULL;
  g_autoptr (GezStore) store = NULL;
  g_autofree char *present = NULL;

  g_test_message ("page %d of %d", (int) number, (int) n_pages (self));
  damage_page (self, number);
  saved = salvage (self, &error);
  g_assert_no_error (error);
  assert_clean (saved->problems);
  g_assert_cmpint (saved->check->n_damaged, ==, 1);
  g_assert_cmpint (saved->n_lost, ==, 0);
  store = open_rescued (self);
  assert_sound (store);
  present = export (store);
  g_assert_cmpstr (present, ==, self->expected);
}

static void
test_one_page (void)
{
  Fixture *self = fixture_get ();
  gboolean all = g_strcmp0 (g_getenv ("GEZINSPLAN_PAGES"), "all") == 0;
  g_autoptr (GRand) random = g_rand_new_with_seed (11);

  g_assert_cmpint (n_pages (self), >, 200);
  for (gint64 i = 1; i <= (all ? n_pages (self) : N_FAST); i++)
    assert_one_page_costs_nothing (self, all ? i : i <= 3 ? i : 1 + g_rand_int_range (random, 3, (int) n_pages (self)));
}

/* The rescued store goes on as any other, as another device. */
static void
test_goes_on (void)
{
  Fixture *self = fixture_get ();
  g_autoptr (GezDamage) saved = NULL;
  g_autoptr (GezStore) store = NULL;
  g_autoptr (GezChange) change = gez_change_new ("add");
  g_autoptr (GError) error = NULL;
  GezId id = gez_id_new (self->clock);

  damage_page (self, 150);
  saved = salvage (self, &error);
  g_assert_no_error (error);
  store = open_rescued (self);
  g_assert_cmpint (count (store, "SELECT count(*) AS count FROM draft WHERE content = 'nog niet af'"), ==, 1);
  g_assert_cmpint (count (store, "SELECT count(*) AS count FROM device JOIN member ON member.id = member_id "
                                 "JOIN former_device WHERE former_device.id <> device.id"), ==, 1);
  gez_change_insert (change, "household", &id, gez_circle_open (&id));
  gez_change_set_text (change, "name", "Gezin Nieuwbegin");
  gez_store_commit (store, change, &error);
  g_assert_no_error (error);
  assert_sound (store);
  g_assert_cmpint (count (store, "SELECT count(*) AS count FROM household_search WHERE household_search MATCH "
                                 "'nieuwbegin OR verzonnenlaan'"), ==, 3);
}

/* Half of the file is gone: rows and log both miss much. What is left fits together. */
static void
test_half (void)
{
  Fixture *self = fixture_get ();
  g_autoptr (GezDamage) saved = NULL;
  g_autoptr (GezStore) store = NULL;
  g_autoptr (GError) error = NULL;

  damage (self, NULL, (gsize) (n_pages (self) / 2 * PAGE));
  saved = salvage (self, &error);
  g_assert_no_error (error);
  assert_clean (saved->problems);
  g_assert_cmpint (saved->n_rows, >, 50);
  store = open_rescued (self);
  assert_sound (store);
  g_assert_cmpint (count (store, "SELECT count(*) AS count FROM domain"), >, 10);
}

/* Many pages at once, other ones each time. */
static void
test_many_pages (void)
{
  Fixture *self = fixture_get ();
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  gint64 n_lost = 0, n_rebuilt = 0, n_corrected = 0;

  for (guint round = 0; round < 3; round++)
    {
      g_autoptr (GArray) pages = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_autoptr (GezDamage) saved = NULL;
      g_autoptr (GezStore) store = NULL;
      g_autoptr (GError) error = NULL;

      for (gint64 number = 1; number <= n_pages (self); number++)
        if (g_rand_int_range (random, 0, 100) < 15 + (int) round * 6)
          g_array_append_val (pages, number);
      damage (self, pages, g_bytes_get_size (self->sound));
      saved = salvage (self, &error);
      if (g_error_matches (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_DAMAGED))
        continue;
      g_assert_no_error (error);
      assert_clean (saved->problems);
      g_assert_cmpint (saved->check->n_damaged, ==, pages->len);
      n_lost += saved->n_lost;
      n_rebuilt += saved->n_rebuilt;
      n_corrected += saved->n_corrected;
      store = open_rescued (self);
      assert_sound (store);
    }
  g_test_message ("%d rows made again from the log, %d corrected, %d known to be lost", (int) n_rebuilt,
                  (int) n_corrected, (int) n_lost);
  g_assert_cmpint (n_rebuilt, >, 0);
}

static void
test_nothing_left (void)
{
  Fixture *self = fixture_get ();
  g_autoptr (GError) error = NULL;

  damage (self, NULL, 0);
  g_assert_null (salvage (self, &error));
  g_assert_error (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_DAMAGED);
}

static void
cancel_cb (gint64   n_done,
           gint64   n_all,
           gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
}

static void
test_cancel (void)
{
  Fixture *self = fixture_get ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GezVault) vault = NULL;

  damage_page (self, 100);
  vault = gez_vault_unlock (self->store, STORE_FIXTURE_PASSPHRASE, &error);
  g_assert_no_error (error);
  g_assert_null (gez_salvage_run (vault, self->clock, self->rescued, cancel_cb, cancellable, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_test (self->rescued, G_FILE_TEST_EXISTS));
}

/* Never into a directory that is there. */
static void
test_exists (void)
{
  Fixture *self = fixture_get ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GezVault) vault = NULL;

  damage_page (self, 100);
  g_assert_cmpint (g_mkdir (self->rescued, 0700), ==, 0);
  vault = gez_vault_unlock (self->store, STORE_FIXTURE_PASSPHRASE, &error);
  g_assert_no_error (error);
  g_assert_null (gez_salvage_run (vault, self->clock, self->rescued, NULL, NULL, NULL, &error));
  g_assert_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_EXISTS);
  g_assert_true (g_file_test (self->rescued, G_FILE_TEST_IS_DIR));
  g_rmdir (self->rescued);
}

static GezDamage *
look (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GezVault) vault = gez_vault_unlock (self->store, STORE_FIXTURE_PASSPHRASE, &error);
  g_autoptr (GHashTable) before = read_tree (self->parent);
  g_autoptr (GHashTable) after = NULL;
  GezDamage *found;

  g_assert_no_error (error);
  found = gez_salvage_look (vault, self->clock, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  after = read_tree (self->parent);
  assert_same_tree (before, after);
  return found;
}

static void
test_look (void)
{
  Fixture *self = fixture_get ();
  g_autoptr (GezDamage) sound = NULL, none = NULL;
  guint n_named = 0;

  damage (self, NULL, g_bytes_get_size (self->sound));
  sound = look (self);
  g_assert_true (gez_damage_is_sound (sound));
  g_assert_cmpint (gez_damage_find (sound, "household")->n_rows, ==, 2);
  for (gint64 number = n_pages (self) - 1; number > n_pages (self) - 50; number -= 9)
    {
      g_autoptr (GezDamage) found = NULL;

      damage_page (self, number);
      found = look (self);
      g_assert_false (gez_damage_is_sound (found));
      for (guint i = 0; i < found->tables->len; i++)
        n_named += ((GezDamageTable *) found->tables->pdata[i])->is_damaged;
    }
  /* The other pages are of indexes, where nothing is lost. */
  g_assert_cmpuint (n_named, >=, 1);
  damage (self, NULL, 0);
  none = look (self);
  g_assert_null (none->tables);
  g_assert_false (gez_damage_is_sound (none));
}

/* A page of the journal: it is told of how many households. */
static void
test_look_tells_households (void)
{
  Fixture *self = fixture_get ();
  gboolean told = FALSE;

  for (gint64 number = 4; number < n_pages (self) && !told; number += 1)
    {
      g_autoptr (GezDamage) found = NULL;
      GezDamageTable *notes;

      damage_page (self, number);
      found = look (self);
      notes = gez_damage_find (found, "note");
      told = notes && notes->is_damaged && notes->n_households >= 1 && notes->n_households <= 2;
    }
  g_assert_true (told);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/salvage/one-page", test_one_page);
  g_test_add_func ("/salvage/goes-on", test_goes_on);
  g_test_add_func ("/salvage/half", test_half);
  g_test_add_func ("/salvage/many-pages", test_many_pages);
  g_test_add_func ("/salvage/nothing-left", test_nothing_left);
  g_test_add_func ("/salvage/cancel", test_cancel);
  g_test_add_func ("/salvage/exists", test_exists);
  g_test_add_func ("/salvage/look", test_look);
  g_test_add_func ("/salvage/look-tells-households", test_look_tells_households);
  status = g_test_run ();
  remove_tree (fixture_get ()->parent);
  return status;
}
