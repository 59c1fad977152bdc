/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include "store-fixture.h"
#include "store/gez-record.h"

static guint64
add_household (StoreFixture *fixture,
               GezId        *id)
{
  g_autoptr (GezChange) change = gez_change_new ("add");
  g_autoptr (GError) error = NULL;
  guint64 command;

  *id = gez_id_new (fixture->clock);
  gez_change_insert (change, "household", id, gez_circle_open (id));
  gez_change_set_text (change, "name", "O'Neill & <Zonen>");
  command = gez_store_commit (fixture->store, change, &error);
  g_assert_no_error (error);
  return command;
}

static void
test_is_there_after_restart (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new (1000);
  g_autoptr (GPtrArray) rows = NULL;
  GezId id;

  add_household (fixture, &id);
  store_fixture_close (fixture);
  store_fixture_open (fixture);
  rows = store_fixture_select (fixture, "SELECT id, name FROM household");
  g_assert_cmpint (rows->len, ==, 1);
  g_assert_cmpstr (gez_record_get_text (rows->pdata[0], "name"), ==, "O'Neill & <Zonen>");
  g_assert_true (gez_id_equal (gez_record_get_id (rows->pdata[0]), &id));
}

static void
test_owner_and_seeds (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new (1000);
  g_autoptr (StoreFixture) other = store_fixture_new (2000);
  g_autoptr (GPtrArray) one = NULL, again = NULL;

  g_assert_cmpint (store_fixture_count (fixture, "SELECT count(*) AS count FROM member JOIN device "
                                                 "ON member.id = device.member_id"), ==, 1);
  g_assert_cmpint (store_fixture_count (fixture, "SELECT count(*) AS count FROM domain"), ==, 15);
  g_assert_cmpint (store_fixture_count (fixture, "SELECT count(*) AS count FROM scale_point"), ==, 5);
  /* Two devices make the same seed rows, and each seed has its birth in the log. */
  one = store_fixture_select (fixture, "SELECT id FROM domain ORDER BY code");
  again = store_fixture_select (other, "SELECT id FROM domain ORDER BY code");
  for (guint i = 0; i < one->len; i++)
    g_assert_true (gez_id_equal (gez_record_get_id (one->pdata[i]), gez_record_get_id (again->pdata[i])));
  g_assert_cmpint (store_fixture_count (fixture, "SELECT count(*) AS count FROM change_log "
                                                 "WHERE act = 'seed' AND counter = 0 AND device = id "
                                                 "AND table_name = 'domain'"), ==, 15);
}

static void
test_opening_again_adds_no_seeds (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new (1000);
  static const char count[] = "SELECT count(*) AS count FROM list_item WHERE list = 'crisis_line'";
  static const char log_size[] = "SELECT count(*) AS count FROM change_log";
  gint64 n_lines = store_fixture_count (fixture, count), n_log = store_fixture_count (fixture, log_size);

  g_assert_cmpint (n_lines, >=, 6);
  store_fixture_close (fixture);
  store_fixture_open (fixture);
  g_assert_cmpint (store_fixture_count (fixture, count), ==, n_lines);
  g_assert_cmpint (store_fixture_count (fixture, log_size), ==, n_log);
}

static void
test_wrong_passphrase (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new (1000);
  g_autoptr (GezVault) vault = NULL;
  g_autoptr (GError) error = NULL;
  GezPassphrase wrong = { "een andere zin", 14 };

  store_fixture_close (fixture);
  vault = gez_vault_unlock (fixture->directory, wrong, &error);
  g_assert_null (vault);
  g_assert_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_WRONG_PASSPHRASE);
}

static void
test_open_twice (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new (1000);
  g_autoptr (GError) error = NULL;

  g_assert_null (gez_vault_unlock (fixture->directory, STORE_FIXTURE_PASSPHRASE, &error));
  g_assert_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_IN_USE);
}

static void
test_closed_store_says_so (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new (1000);
  g_autoptr (GezQuery) query = gez_record_query ("SELECT 1", GEZ_END);
  g_autoptr (GError) error = NULL;

  gez_store_close (fixture->store, NULL);
  g_assert_null (gez_store_run (fixture->store, query, &error));
  g_assert_error (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_CLOSED);
}

typedef struct
{
  GMainLoop *loop;
  gboolean changed;
  guint64 command;
  char **tables;
} Heard;

static void
changed_cb (GezStore *store,
            char    **tables,
            Heard    *heard)
{
  heard->changed = TRUE;
  heard->tables = g_strdupv (tables);
}

static void
committed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  Heard *heard = data;
  g_autoptr (GError) error = NULL;

  heard->command = gez_store_commit_finish (GEZ_STORE (source), result, &error);
  g_assert_no_error (error);
  /* Pages hear of the change before the act itself is told that it is done. */
  g_assert_true (heard->changed);
  g_main_loop_quit (heard->loop);
}

static void
test_change_is_announced (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new (1000);
  g_autoptr (GezChange) change = gez_change_new ("add");
  Heard heard = { g_main_loop_new (NULL, FALSE), FALSE, 0, NULL };
  GezId id = gez_id_new (fixture->clock);

  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_signal_connect (fixture->store, "changed", G_CALLBACK (changed_cb), &heard);
  gez_change_insert (change, "household", &id, gez_circle_open (&id));
  gez_change_set_text (change, "name", "Gezin Voorbeeld");
  gez_store_commit_async (fixture->store, change, NULL, committed_cb, &heard);
  g_main_loop_run (heard.loop);
  g_assert_cmpint (heard.command, >, 0);
  g_assert_cmpstr (heard.tables[0], ==, "household");
  g_assert_null (heard.tables[1]);
  g_strfreev (heard.tables);
  g_main_loop_unref (heard.loop);
}

static void
drafted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (gez_store_save_draft_finish (GEZ_STORE (source), result, &error));
  g_assert_no_error (error);
  g_main_loop_quit (data);
}

static void
filtered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (gez_store_save_filter_finish (GEZ_STORE (source), result, &error));
  g_assert_no_error (error);
  g_main_loop_quit (data);
}

static void
save_draft (StoreFixture *fixture,
            const GezId  *id,
            const char   *content)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  gez_store_save_draft_async (fixture->store, "journal", id, content, drafted_cb, loop);
  g_main_loop_run (loop);
}

static void
test_draft_survives_a_restart (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new (1000);
  g_autoptr (GezQuery) query = NULL;
  g_autoptr (GPtrArray) found = NULL, gone = NULL;
  GezId id;

  add_household (fixture, &id);
  save_draft (fixture, &id, "eerste letters");
  save_draft (fixture, &id, "eerste letters en meer");
  store_fixture_close (fixture);
  store_fixture_open (fixture);
  query = gez_store_draft_query ("journal", &id);
  found = gez_store_run (fixture->store, query, NULL);
  g_assert_cmpint (found->len, ==, 1);
  g_assert_cmpstr (gez_record_get_text (found->pdata[0], "content"), ==, "eerste letters en meer");
  save_draft (fixture, &id, NULL);
  gone = gez_store_run (fixture->store, query, NULL);
  g_assert_cmpint (gone->len, ==, 0);
}

static void
save_filter (StoreFixture *fixture,
             const GezId  *id,
             const char   *name,
             const char   *content)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  gez_store_save_filter_async (fixture->store, id, name, content, filtered_cb, loop);
  g_main_loop_run (loop);
}

static void
test_filter_survives_a_restart (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new (1000);
  g_autoptr (GezQuery) query = gez_store_filter_query ();
  g_autoptr (GPtrArray) found = NULL, left = NULL;
  gint64 n_log = store_fixture_count (fixture, "SELECT count(*) AS count FROM change_log");
  GezId one = gez_id_new (fixture->clock), other = gez_id_new (fixture->clock);

  save_filter (fixture, &one, "Éen", "a");
  save_filter (fixture, &other, "Alles", "b");
  save_filter (fixture, &one, "Zo", "c");
  store_fixture_close (fixture);
  store_fixture_open (fixture);
  found = gez_store_run (fixture->store, query, NULL);
  g_assert_cmpint (found->len, ==, 2);
  g_assert_cmpstr (gez_record_get_text (found->pdata[0], "name"), ==, "Alles");
  g_assert_cmpstr (gez_record_get_text (found->pdata[1], "content"), ==, "c");
  save_filter (fixture, &other, NULL, NULL);
  left = gez_store_run (fixture->store, query, NULL);
  g_assert_cmpint (left->len, ==, 1);
  g_assert_cmpint (store_fixture_count (fixture, "SELECT count(*) AS count FROM change_log"), ==, n_log);
}

static void
test_undo_after_restart (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new (1000);
  g_autoptr (GError) error = NULL;
  guint64 command;
  GezId id;

  command = add_household (fixture, &id);
  store_fixture_close (fixture);
  store_fixture_open (fixture);
  g_assert_cmpint (gez_store_undo (fixture->store, command, &error), >, 0);
  g_assert_cmpint (store_fixture_count (fixture, "SELECT count(*) AS count FROM household "
                                                 "WHERE withdrawn_at IS NULL"), ==, 0);
}

static void
test_interrupted_creation_begins_anew (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *directory = g_dir_make_tmp ("gezinsplan-test-XXXXXX", &error);
  GezVault *vault = gez_vault_create (directory, STORE_FIXTURE_PASSPHRASE, GEZ_KDF_COST_TEST, &error);

  g_assert_no_error (error);
  g_object_unref (vault);
  g_assert_false (gez_vault_exists (directory));
  vault = gez_vault_create (directory, STORE_FIXTURE_PASSPHRASE, GEZ_KDF_COST_TEST, &error);
  g_assert_no_error (error);
  g_object_unref (vault);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/restart", test_is_there_after_restart);
  g_test_add_func ("/store/owner-and-seeds", test_owner_and_seeds);
  g_test_add_func ("/store/opening-again-adds-no-seeds", test_opening_again_adds_no_seeds);
  g_test_add_func ("/store/wrong-passphrase", test_wrong_passphrase);
  g_test_add_func ("/store/open-twice", test_open_twice);
  g_test_add_func ("/store/closed", test_closed_store_says_so);
  g_test_add_func ("/store/changed", test_change_is_announced);
  g_test_add_func ("/store/draft", test_draft_survives_a_restart);
  g_test_add_func ("/store/filter", test_filter_survives_a_restart);
  g_test_add_func ("/store/undo-after-restart", test_undo_after_restart);
  g_test_add_func ("/store/interrupted-creation", test_interrupted_creation_begins_anew);
  return g_test_run ();
}
