/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "counts.h"
#include "power-vfs.h"
#include "vault-fixture.h"
#include "vault/gez-vault-private.h"

#define N_PLACES 120

typedef struct
{
  char *directory;
  GezVault *vault;
  PowerVfs *disk;
  sqlite3 *database;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->directory = fixture_make_directory ();
  fixture->vault = fixture_create (fixture->directory);
  fixture->disk = power_vfs_new (3);
  gez_vault_set_base_vfs (fixture->vault, power_vfs_get_name (fixture->disk), &error);
  g_assert_no_error (error);
  fixture->database = fixture_open (fixture->vault);
  fixture_execute (fixture->database, "CREATE TABLE item (id INTEGER PRIMARY KEY, body BLOB)");
  gez_vault_set_has_database (fixture->vault, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_clear_object (&fixture->vault);
  power_vfs_free (fixture->disk);
  fixture_remove_directory (fixture->directory);
  g_free (fixture->directory);
}

static int
insert (Fixture *fixture,
        gint64   number)
{
  g_autofree char *sql = g_strdup_printf (
    "INSERT INTO item VALUES (%" G_GINT64_FORMAT ", randomblob (9000))", number);

  return sqlite3_exec (fixture->database, sql, NULL, NULL, NULL);
}

static gint64
count (Fixture *fixture)
{
  return fixture_integer (fixture->database, "SELECT count (*) FROM item");
}

/* The disk is full for a while, at each place in turn; saving says so, and what was saved stays. */
static void
test_saving (Fixture      *fixture,
             gconstpointer data)
{
  gint64 n_saved = 0;
  guint n_told = 0;
  g_autoptr (GError) error = NULL;

  fixture_execute (fixture->database, "PRAGMA wal_autocheckpoint = 12");
  for (gint place = 0; place < N_PLACES; place++)
    {
      power_vfs_fail (fixture->disk, POWER_WRITE, POWER_FULL, place % 30, place % 2 ? 1 : 1000);
      for (int i = 0; i < 8; i++)
        {
          int code = insert (fixture, n_saved + 1);

          n_saved += code == SQLITE_OK;
          if (code == SQLITE_OK)
            continue;
          g_assert_cmpint (code & 0xff, ==, SQLITE_FULL);
          g_assert_true (sqlite3_get_autocommit (fixture->database));
          n_told++;
        }
      power_vfs_fail (fixture->disk, POWER_WRITE, POWER_FULL, 0, 0);
      n_saved += insert (fixture, n_saved + 1) == SQLITE_OK;
      g_assert_cmpint (count (fixture), ==, n_saved);
    }
  g_assert_cmpuint (n_told, >, N_PLACES / 2);
  g_assert_cmpint (n_saved, >, N_PLACES);
  sqlite3_close (fixture->database);
  power_vfs_lose_power (fixture->disk);
  fixture->database = fixture_open (fixture->vault);
  g_assert_cmpint (count (fixture), ==, n_saved);
  g_assert_true (fixture_is_sound (fixture->database));
  g_test_message ("%u times a change was refused", n_told);
  counts_add ("writes that found the disk full", power_vfs_get_n_failed (fixture->disk));
  fixture_close (fixture->vault, fixture->database);
}

/* Closing cannot empty the log; it says so, and the log is there the next time. */
static void
test_closing (Fixture      *fixture,
              gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  for (gint64 i = 1; i <= 5; i++)
    g_assert_cmpint (insert (fixture, i), ==, SQLITE_OK);
  power_vfs_fail (fixture->disk, POWER_WRITE, POWER_FULL, 0, G_MAXINT);
  g_assert_false (gez_vault_close_database (fixture->vault, fixture->database, &error));
  g_assert_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_NO_SPACE);
  power_vfs_fail (fixture->disk, POWER_WRITE, POWER_FULL, 0, 0);
  fixture->database = fixture_open (fixture->vault);
  g_assert_cmpint (count (fixture), ==, 5);
  fixture_close (fixture->vault, fixture->database);
}

/* Runs in a child: no file may grow beyond a few bytes. */
static gboolean
is_told (const char *directory)
{
  const struct rlimit few = { 16, 16 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GezVault) vault = NULL;

  signal (SIGXFSZ, SIG_IGN);
  setrlimit (RLIMIT_FSIZE, &few);
  vault = gez_vault_create (directory, WORDS, GEZ_KDF_COST_TEST, &error);
  return vault == NULL && g_error_matches (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_NO_SPACE);
}

/* Making a store fails as a whole, and can be done again when there is space. */
static void
test_making (void)
{
  g_autofree char *directory = fixture_make_directory ();
  g_autoptr (GezVault) vault = NULL;
  int status;
  pid_t child = fork ();

  if (child == 0)
    _exit (is_told (directory) ? 0 : 1);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
  g_assert_false (gez_vault_exists (directory));
  vault = fixture_create (directory);
  g_clear_object (&vault);
  fixture_remove_directory (directory);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/vault/full-disk/saving", Fixture, NULL, set_up, test_saving, tear_down);
  g_test_add ("/vault/full-disk/closing", Fixture, NULL, set_up, test_closing, tear_down);
  g_test_add_func ("/vault/full-disk/making", test_making);
  return g_test_run ();
}
