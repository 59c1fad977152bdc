/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "circle/gez-team.h"
#include "remove-tree.h"
#include "store-fixture.h"
#include "store/gez-record.h"
#include "store/gez-store-act.h"
#include "sync/gez-sync-status.h"
#include "sync/gez-sync.h"

/* Two stores of one person, each with its sync in the background, and a folder on the disk. */

#define NOW G_GINT64_CONSTANT (1795000000000) /* 2026-11-18 */
#define PATIENCE 30 /* seconds */

typedef struct
{
  char *folder;
  char *uri;
  StoreFixture *laptop;
  StoreFixture *tablet;
  GezSync *laptop_sync;
  GezSync *tablet_sync;
  GezSecret *code;
  gboolean is_stopped;
} Fixture;

static gboolean
too_long_cb (gpointer what)
{
  g_error ("waited too long for %s", (const char *) what);
  return G_SOURCE_REMOVE;
}

/* Nothing sleeps: the main loop is run until what is waited for is so. */
static void
wait_for (gboolean   (*is_so) (gpointer data),
          gpointer     data,
          const char  *what)
{
  guint guard = g_timeout_add_seconds (PATIENCE, too_long_cb, (gpointer) what);

  while (!is_so (data))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (guard);
}

static gboolean
is_idle (gpointer sync)
{
  return gez_sync_get_state (sync) == GEZ_SYNC_IDLE;
}

static gboolean
is_not_connected (gpointer sync)
{
  return gez_sync_get_state (sync) == GEZ_SYNC_NOT_CONNECTED;
}

static gboolean
is_set (gpointer flag)
{
  return *(gboolean *) flag;
}

static gboolean
found_cb (GezDatabase *database,
          gpointer     data,
          GPtrArray   *tables,
          GError     **error)
{
  Fixture *fixture = data;

  return gez_team_found (database, fixture->uri, NULL, error);
}

static gboolean
invite_cb (GezDatabase *database,
           gpointer     data,
           GPtrArray   *tables,
           GError     **error)
{
  Fixture *fixture = data;
  g_autoptr (GezTeam) team = gez_team_load (database, error);
  GezId invitation;

  return team && gez_team_invite_device (team, &fixture->code, &invitation, error);
}

static gboolean
join_cb (GezDatabase *database,
         gpointer     data,
         GPtrArray   *tables,
         GError     **error)
{
  Fixture *fixture = data;
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GezInvitation) invitation
      = gez_sync_find_invitation (fixture->uri, fixture->code, &files, NULL, error);

  return invitation && gez_team_join (database, invitation, fixture->code, files, fixture->uri, error);
}

static void
act (StoreFixture    *store,
     GezStoreActFunc  function,
     Fixture         *fixture)
{
  g_autoptr (GError) error = NULL;

  gez_store_act (store->store, "team", function, fixture, &error);
  g_assert_no_error (error);
}

static void
run (StoreFixture *store)
{
  g_auto (GezEngineReport) report = { 0 };
  g_autoptr (GError) error = NULL;

  gez_sync_run (store->store, &report, NULL, &error);
  g_assert_no_error (error);
}

static GezId
own_member (StoreFixture *store)
{
  g_autoptr (GPtrArray) records = store_fixture_select (store, "SELECT id FROM member");

  return *gez_record_get_id (g_ptr_array_index (records, 0));
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GezId member;

  fixture->folder = g_dir_make_tmp ("gezinsplan-folder-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->uri = g_filename_to_uri (fixture->folder, NULL, NULL);
  fixture->laptop = store_fixture_new (NOW);
  gez_sync_found_folder (fixture->uri, NULL, &error);
  g_assert_no_error (error);
  act (fixture->laptop, found_cb, fixture);
  act (fixture->laptop, invite_cb, fixture);
  run (fixture->laptop);
  member = own_member (fixture->laptop);
  fixture->tablet = store_fixture_new_as (NOW, 2, &member);
  act (fixture->tablet, join_cb, fixture);
  run (fixture->tablet);
  fixture->laptop_sync = gez_sync_new (fixture->laptop->store);
  fixture->tablet_sync = gez_sync_new (fixture->tablet->store);
}

static void
stopped_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  gez_sync_stop_finish (GEZ_SYNC (source), result, NULL);
  ((Fixture *) data)->is_stopped = TRUE;
}

static void
stop (Fixture *fixture,
      GezSync *sync,
      guint    seconds)
{
  fixture->is_stopped = FALSE;
  gez_sync_stop_async (sync, seconds, stopped_cb, fixture);
  wait_for (is_set, &fixture->is_stopped, "the end");
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  stop (fixture, fixture->laptop_sync, 0);
  stop (fixture, fixture->tablet_sync, 0);
  g_object_unref (fixture->laptop_sync);
  g_object_unref (fixture->tablet_sync);
  store_fixture_free (fixture->laptop);
  store_fixture_free (fixture->tablet);
  g_clear_pointer (&fixture->code, gez_secret_free);
  remove_tree (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->uri);
}

static void
add_household (StoreFixture *store,
               const char   *name)
{
  g_autoptr (GezChange) change = gez_change_new ("household-add");
  g_autoptr (GError) error = NULL;
  GezId id = gez_id_new (store->clock);

  gez_change_insert (change, "household", &id, gez_circle_open (&id));
  gez_change_set_text (change, "name", name);
  gez_store_commit (store->store, change, &error);
  g_assert_no_error (error);
}

static void
changed_cb (GezStore           *store,
            const char *const  *tables,
            gboolean           *has_household)
{
  *has_household |= g_strv_contains (tables, "household");
}

/* What one device writes shows on the other, whose open pages hear of it. */
static void
test_in_the_background (Fixture      *fixture,
                        gconstpointer data)
{
  gboolean has_household = FALSE;

  add_household (fixture->laptop, "Gezin Achtergrond");
  gez_sync_start (fixture->laptop_sync);
  wait_for (is_idle, fixture->laptop_sync, "a round that went well");
  g_signal_connect (fixture->tablet->store, "changed", G_CALLBACK (changed_cb), &has_household);
  gez_sync_start (fixture->tablet_sync);
  wait_for (is_set, &has_household, "a household");
  g_assert_cmpint (store_fixture_count (fixture->tablet, "SELECT count(*) AS count FROM household"), ==, 1);
  g_assert_null (gez_sync_get_error (fixture->tablet_sync));
}

/* Locking publishes what waits. */
static void
test_stopping_publishes (Fixture      *fixture,
                         gconstpointer data)
{
  gez_sync_start (fixture->laptop_sync);
  wait_for (is_idle, fixture->laptop_sync, "a round that went well");
  add_household (fixture->laptop, "Gezin Vergrendeld");
  stop (fixture, fixture->laptop_sync, 10);
  g_assert_cmpint (gez_sync_get_state (fixture->laptop_sync), ==, GEZ_SYNC_OFF);
  run (fixture->tablet);
  g_assert_cmpint (store_fixture_count (fixture->tablet, "SELECT count(*) AS count FROM household"), ==, 1);
}

/* The folder is not there for a while; then it is again. */
static void
test_not_connected (Fixture      *fixture,
                    gconstpointer data)
{
  g_autofree char *away = g_strconcat (fixture->folder, ".away", NULL);

  g_assert_cmpint (g_rename (fixture->folder, away), ==, 0);
  gez_sync_start (fixture->laptop_sync);
  wait_for (is_not_connected, fixture->laptop_sync, "a folder that is not there");
  g_assert_error (gez_sync_get_error (fixture->laptop_sync), GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_NOT_CONNECTED);
  g_assert_false (g_file_test (fixture->folder, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_rename (away, fixture->folder), ==, 0);
  gez_sync_now (fixture->laptop_sync);
  wait_for (is_idle, fixture->laptop_sync, "a round that went well");
}

/* Whoever closes the store waits for nobody: the sync goes away by itself. */
static void
test_closed_meanwhile (Fixture      *fixture,
                       gconstpointer data)
{
  gez_sync_start (fixture->laptop_sync);
  store_fixture_close (fixture->laptop);
  stop (fixture, fixture->laptop_sync, 10);
  store_fixture_open (fixture->laptop);
  run (fixture->laptop);
}

/* One at a time: the window's sync keeps the command line's out, and a backup goes on beside it. */
static void
test_one_guest (Fixture      *fixture,
                gconstpointer data)
{
  g_auto (GezEngineReport) report = { 0 };
  g_autoptr (GError) error = NULL;

  gez_sync_start (fixture->laptop_sync);
  g_assert_false (gez_sync_run (fixture->laptop->store, &report, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PENDING);
  stop (fixture, fixture->laptop_sync, 10);
  run (fixture->laptop);
}

static GezSyncStatus *
read_status (StoreFixture *store)
{
  g_autoptr (GezQuery) query = gez_sync_status_query ();
  g_autoptr (GError) error = NULL;
  GezSyncStatus *status = gez_store_run (store->store, query, &error);

  g_assert_no_error (error);
  return status;
}

static void
test_status (Fixture      *fixture,
             gconstpointer data)
{
  g_autoptr (GezSyncStatus) before = NULL;
  g_autoptr (GezSyncStatus) after = NULL;

  add_household (fixture->laptop, "Gezin Wacht");
  before = read_status (fixture->laptop);
  g_assert_cmpuint (before->n_waiting, ==, 1);
  gez_clock_set_now (fixture->laptop->clock, NOW + 60000);
  run (fixture->laptop);
  after = read_status (fixture->laptop);
  g_assert_cmpuint (after->n_waiting, ==, 0);
  g_assert_cmpint (after->last_read_at, ==, NOW + 60000);
  g_assert_cmpint (after->last_published_at, ==, NOW + 60000);
  g_assert_cmpuint (after->devices->len, ==, 2);
}

static void
test_wrong_code (Fixture      *fixture,
                 gconstpointer data)
{
  g_autoptr (GezSecret) code = gez_secret_new (NULL);
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) founding = NULL;

  g_assert_null (gez_sync_find_invitation (fixture->uri, code, &files, NULL, &error));
  g_assert_error (error, GEZ_TEAM_ERROR, GEZ_TEAM_ERROR_WRONG_CODE);
  g_assert_false (gez_sync_found_folder (fixture->uri, NULL, &founding));
  g_assert_error (founding, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_NOT_EMPTY);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add ("/sync/background/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("both", test_in_the_background);
  ADD ("stopping", test_stopping_publishes);
  ADD ("not-connected", test_not_connected);
  ADD ("closed", test_closed_meanwhile);
  ADD ("one-guest", test_one_guest);
  ADD ("status", test_status);
  ADD ("wrong-code", test_wrong_code);
  return g_test_run ();
}
