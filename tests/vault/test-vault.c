/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "vault-fixture.h"
#include "vault/gez-secrets.h"
#include "vault/gez-vault-header.h"
#include "vault/gez-vault-private.h"

typedef struct
{
  char *directory;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->directory = fixture_make_directory ();
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_assert_cmpuint (gez_secrets_get_n_used (), ==, 0);
  fixture_remove_directory (fixture->directory);
  g_free (fixture->directory);
}

static guint
mode_of (const char *directory,
         const char *name)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  GStatBuf status;

  g_assert_cmpint (g_stat (path, &status), ==, 0);
  return status.st_mode & 0777;
}

static void
test_there_tomorrow (Fixture      *fixture,
                     gconstpointer data)
{
  g_autoptr (GezVault) vault = NULL;
  sqlite3 *database;

  g_assert_false (gez_vault_exists (fixture->directory));
  fixture_make_store (fixture->directory, 500);
  g_assert_true (gez_vault_exists (fixture->directory));

  vault = fixture_unlock (fixture->directory);
  g_assert_true (gez_vault_has_database (vault));
  database = fixture_open (vault);
  g_assert_cmpint (fixture_integer (database, "SELECT count (*) FROM item"), ==, 500);
  fixture_execute (database, "DELETE FROM item WHERE id > 10; VACUUM");
  fixture_close (vault, database);

  database = fixture_open (vault);
  g_assert_cmpint (fixture_integer (database, "SELECT count (*) FROM item"), ==, 10);
  fixture_close (vault, database);
  g_assert_cmpuint (gez_vault_get_n_refusals (vault), ==, 0);
}

static void
test_settings (Fixture      *fixture,
               gconstpointer data)
{
  static const struct
  {
    const char *pragma;
    gint64 value;
  } settings[] = {
    { "PRAGMA page_size", 4096 },      { "PRAGMA synchronous", 2 },
    { "PRAGMA temp_store", 2 },        { "PRAGMA cache_size", -65536 },
    { "PRAGMA secure_delete", 1 },     { "PRAGMA foreign_keys", 1 },
    { "PRAGMA cell_size_check", 1 },   { "PRAGMA trusted_schema", 0 },
    { "PRAGMA mmap_size", 0 },         { "PRAGMA application_id", 0x47657a70 },
    { "SELECT locking_mode = 'exclusive' FROM pragma_locking_mode", 1 },
  };
  g_autoptr (GezVault) vault = fixture_create (fixture->directory);
  sqlite3 *database = fixture_open (vault);
  int value = -1;

  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    g_assert_cmpint (fixture_integer (database, settings[i].pragma), ==, settings[i].value);
  sqlite3_db_config (database, SQLITE_DBCONFIG_DEFENSIVE, -1, &value);
  g_assert_cmpint (value, ==, 1);
  sqlite3_db_config (database, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, -1, &value);
  g_assert_cmpint (value, ==, 0);
  g_assert_cmpint (sqlite3_exec (database, "SELECT \"no such column\"", NULL, NULL, NULL), !=,
                   SQLITE_OK);
  fixture_close (vault, database);
}

static void
test_wrong_passphrase (Fixture      *fixture,
                       gconstpointer data)
{
  g_autoptr (GezVault) vault = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *nowhere = g_build_filename (fixture->directory, "nowhere", NULL);

  fixture_make_store (fixture->directory, 1);
  vault = gez_vault_unlock (fixture->directory, OTHER_WORDS, &error);
  g_assert_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_WRONG_PASSPHRASE);
  g_assert_null (vault);
  g_clear_error (&error);
  vault = gez_vault_unlock (fixture->directory, (GezPassphrase) { NULL, 0 }, &error);
  g_assert_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_WRONG_PASSPHRASE);
  g_clear_error (&error);
  vault = gez_vault_unlock (nowhere, WORDS, &error);
  g_assert_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_NOT_A_STORE);
  g_assert_false (g_file_test (nowhere, G_FILE_TEST_EXISTS));
  vault = fixture_unlock (fixture->directory);
}

static void
test_in_use (Fixture      *fixture,
             gconstpointer data)
{
  g_autoptr (GezVault) first = fixture_create (fixture->directory);
  g_autoptr (GezVault) second = NULL;
  g_autoptr (GError) error = NULL;
  pid_t child;
  int status;

  second = gez_vault_unlock (fixture->directory, WORDS, &error);
  g_assert_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_IN_USE);
  g_clear_error (&error);

  child = fork ();
  if (child == 0)
    {
      second = gez_vault_unlock (fixture->directory, WORDS, &error);
      _exit (g_error_matches (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_IN_USE) ? 0 : 1);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);

  g_clear_object (&first);
  second = fixture_unlock (fixture->directory);
}

static void
test_created_once (Fixture      *fixture,
                   gconstpointer data)
{
  g_autoptr (GezVault) vault = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *header = g_build_filename (fixture->directory, "header", NULL);
  g_autofree char *copy = g_build_filename (fixture->directory, "header.copy", NULL);

  fixture_make_store (fixture->directory, 1);
  vault = gez_vault_create (fixture->directory, OTHER_WORDS, GEZ_KDF_COST_TEST, &error);
  g_assert_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_EXISTS);
  g_clear_error (&error);

  /* Nobody writes over a database whose headers are gone, and nobody says it never existed. */
  g_unlink (header);
  g_unlink (copy);
  vault = gez_vault_create (fixture->directory, WORDS, GEZ_KDF_COST_TEST, &error);
  g_assert_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_EXISTS);
  g_clear_error (&error);
  vault = gez_vault_unlock (fixture->directory, WORDS, &error);
  g_assert_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_DAMAGED);
}

static void
test_private_files (Fixture      *fixture,
                    gconstpointer data)
{
  static const char *const names[] = {
    "header", "header.copy", "lock", "gezinsplan.db", "gezinsplan.db-wal", "gezinsplan.db-epoch",
  };
  g_autofree char *store = g_build_filename (fixture->directory, "new", "store", NULL);
  g_autoptr (GezVault) vault = NULL;
  mode_t before = umask (0);
  sqlite3 *database;

  vault = fixture_create (store);
  database = fixture_open (vault);
  fixture_execute (database, "CREATE TABLE item (id)");
  g_assert_cmpuint (mode_of (store, "."), ==, 0700);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_cmpuint (mode_of (store, names[i]), ==, 0600);
  umask (before);
  fixture_close (vault, database);
}

/* Only the header was written: the directory can be used again, with other words. */
static void
test_interrupted_header (Fixture      *fixture,
                         gconstpointer data)
{
  g_autoptr (GezVault) vault = fixture_create (fixture->directory);
  g_autoptr (GError) error = NULL;

  g_clear_object (&vault);
  g_assert_false (gez_vault_exists (fixture->directory));
  vault = gez_vault_create (fixture->directory, OTHER_WORDS, GEZ_KDF_COST_TEST, &error);
  g_assert_no_error (error);
  g_clear_object (&vault);
  vault = gez_vault_unlock (fixture->directory, WORDS, &error);
  g_assert_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_WRONG_PASSPHRASE);
}

/* Up to gez_vault_set_has_database() nothing was promised to anybody, so it starts again. */
static void
test_interrupted_creation (Fixture      *fixture,
                           gconstpointer data)
{
  static const char *const leftovers[] = { "", "half a page", NULL };
  g_autoptr (GezVault) vault = fixture_create (fixture->directory);
  g_autoptr (GError) error = NULL;
  sqlite3 *database = fixture_open (vault);

  fixture_execute (database, "CREATE TABLE half (id)");
  fixture_close (vault, database);
  for (guint i = 0; leftovers[i] != NULL; i++)
    {
      g_autoptr (GBytes) content = g_bytes_new (leftovers[i], strlen (leftovers[i]));

      fixture_write (fixture->directory, "gezinsplan.db", content);
      database = fixture_open (vault);
      fixture_execute (database, "CREATE TABLE half (id)");
      fixture_close (vault, database);
    }
  gez_vault_set_has_database (vault, &error);
  g_assert_no_error (error);
  g_clear_object (&vault);
  vault = fixture_unlock (fixture->directory);
  database = fixture_open (vault);
  g_assert_cmpint (fixture_integer (database, "SELECT count (*) FROM half"), ==, 0);
  fixture_close (vault, database);
}

static void
test_copy (Fixture      *fixture,
           gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->directory, "copy.db", NULL);
  g_autofree char *epoch = g_strconcat (path, "-epoch", NULL);
  g_autoptr (GezVault) vault = NULL;
  g_autoptr (GError) error = NULL;
  sqlite3 *database, *copy;
  sqlite3_backup *backup;

  fixture_make_store (fixture->directory, 2000);
  vault = fixture_unlock (fixture->directory);
  database = fixture_open (vault);
  fixture_execute (database, "DELETE FROM item WHERE id = 7");
  for (int i = 0; i < 2; i++) /* the second replaces the first */
    {
      copy = gez_vault_open_copy (vault, path, TRUE, &error);
      g_assert_no_error (error);
      backup = sqlite3_backup_init (copy, "main", database, "main");
      g_assert_cmpint (sqlite3_backup_step (backup, -1), ==, SQLITE_DONE);
      g_assert_cmpint (sqlite3_backup_finish (backup), ==, SQLITE_OK);
      fixture_close (vault, copy);
      g_assert_false (g_file_test (epoch, G_FILE_TEST_EXISTS));
    }
  copy = gez_vault_open_copy (vault, path, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (fixture_integer (copy, "SELECT count (*) FROM item"), ==, 1999);
  g_assert_true (fixture_is_sound (copy));
  fixture_close (vault, copy);
  fixture_close (vault, database);
  g_assert_cmpuint (gez_vault_get_n_refusals (vault), ==, 0);
}

/* What would put readable bytes on the disk fails, and the database stays as it was. */
static void
test_refused (Fixture      *fixture,
              gconstpointer data)
{
  g_autofree char *beside = g_build_filename (fixture->directory, "beside.db", NULL);
  g_autofree char *into = g_strdup_printf ("VACUUM INTO '%s'", beside);
  g_autofree char *attach = g_strdup_printf ("ATTACH '%s' AS b; CREATE TABLE b.t (x)", beside);
  g_autoptr (GezVault) vault = NULL;
  sqlite3 *database;

  fixture_make_store (fixture->directory, 100);
  vault = fixture_unlock (fixture->directory);
  database = fixture_open (vault);
  g_assert_cmpint (sqlite3_exec (database, into, NULL, NULL, NULL), !=, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (database, attach, NULL, NULL, NULL), !=, SQLITE_OK);
  g_assert_cmpuint (gez_vault_get_n_refusals (vault), >, 0);
  sqlite3_close (database);
  database = fixture_open (vault);
  g_assert_cmpint (fixture_integer (database, "SELECT count (*) FROM item"), ==, 100);
  fixture_close_after_refusals (vault, database);
}

/* How many of the files that this process has open, named or not, hold @word. */
static guint
count_open_files_with (const char *word)
{
  g_autoptr (GDir) listing = g_dir_open ("/proc/self/fd", 0, NULL);
  const char *number;
  guint n_found = 0;

  g_assert_nonnull (listing);
  while ((number = g_dir_read_name (listing)) != NULL)
    {
      g_autofree char *path = g_build_filename ("/proc/self/fd", number, NULL);
      g_autofree char *content = NULL;
      gsize length;

      if (g_file_test (path, G_FILE_TEST_IS_REGULAR)
          && g_file_get_contents (path, &content, &length, NULL)
          && memmem (content, length, word, strlen (word)) != NULL)
        n_found++;
    }
  return n_found;
}

/* Sorting on disk was asked for: it does not happen, and nothing readable is there meanwhile. */
static void
test_temporary_files (Fixture      *fixture,
                      gconstpointer data)
{
  const char *sorting = "SELECT word FROM (SELECT 'koolmeesvogel' || hex (randomblob (2000)) AS word "
                        "FROM item) ORDER BY word";
  g_autoptr (GezVault) vault = NULL;
  sqlite3_stmt *statement = NULL;
  sqlite3 *database;

  fixture_make_store (fixture->directory, 3000);
  vault = fixture_unlock (fixture->directory);
  database = fixture_open (vault);
  fixture_execute (database, "PRAGMA temp_store = FILE; PRAGMA cache_size = 10");
  g_assert_cmpint (sqlite3_prepare_v2 (database, sorting, -1, &statement, NULL), ==, SQLITE_OK);
  sqlite3_step (statement);
  g_assert_cmpuint (count_open_files_with ("koolmeesvogel"), ==, 0);
  sqlite3_finalize (statement);
  g_assert_cmpuint (gez_vault_get_n_refusals (vault), >, 0);
  g_assert_true (fixture_is_sound (database));
  fixture_close_after_refusals (vault, database);
}

static void
test_several_stores (Fixture      *fixture,
                     gconstpointer data)
{
  g_autofree char *one = g_build_filename (fixture->directory, "one", NULL);
  g_autofree char *two = g_build_filename (fixture->directory, "two", NULL);
  g_autoptr (GezVault) first = fixture_create (one);
  g_autoptr (GezVault) second = fixture_create (two);
  sqlite3 *left = fixture_open (first), *right = fixture_open (second);

  g_assert_false (gez_id_equal (gez_vault_get_database_id (first),
                                gez_vault_get_database_id (second)));
  fixture_execute (left, "CREATE TABLE here (id)");
  fixture_execute (right, "CREATE TABLE there (id)");
  fixture_close (first, left);
  g_clear_object (&first);
  fixture_execute (right, "INSERT INTO there VALUES (1)");
  fixture_close (second, right);
}

static void
test_no_core_files (Fixture      *fixture,
                    gconstpointer data)
{
  pid_t child = fork ();
  int status;

  if (child == 0)
    {
      struct rlimit limit;
      g_autoptr (GError) error = NULL;
      gboolean hardened = gez_vault_process_harden (&error);

      getrlimit (RLIMIT_CORE, &limit);
      if (!hardened || limit.rlim_cur != 0 || limit.rlim_max != 0)
        _exit (1);
      abort ();
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGABRT);
  g_assert_false (WCOREDUMP (status));
}

static void
test_secrets (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) gez_secret_free);
  GezSecret *secret, *again;
  guint8 sum = 0;

  while ((secret = gez_secret_new (&error)) != NULL)
    {
      memset (secret->bytes, 0xaa, sizeof secret->bytes);
      g_ptr_array_add (all, secret);
    }
  g_assert_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_NO_MEMORY);
  g_assert_cmpuint (all->len, >=, 256);
  secret = g_ptr_array_steal_index (all, 17);
  gez_secret_free (secret);
  g_clear_error (&error);
  again = gez_secret_new (&error);
  g_assert_true (again == secret);
  for (guint i = 0; i < sizeof again->bytes; i++)
    sum |= again->bytes[i];
  g_assert_cmpuint (sum, ==, 0);
  g_ptr_array_add (all, again);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) \
  g_test_add ("/vault/vault/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("there-tomorrow", test_there_tomorrow);
  ADD ("settings", test_settings);
  ADD ("wrong-passphrase", test_wrong_passphrase);
  ADD ("in-use", test_in_use);
  ADD ("created-once", test_created_once);
  ADD ("private-files", test_private_files);
  ADD ("interrupted-creation", test_interrupted_creation);
  ADD ("interrupted-header", test_interrupted_header);
  ADD ("copy", test_copy);
  ADD ("refused", test_refused);
  ADD ("temporary-files", test_temporary_files);
  ADD ("several-stores", test_several_stores);
  ADD ("no-core-files", test_no_core_files);
  g_test_add_func ("/vault/vault/secrets", test_secrets);
  return g_test_run ();
}
