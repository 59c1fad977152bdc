/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "vault-fixture.h"

/*
 * A word that stands nowhere else goes through everything that SQLite might put on the disk. Then
 * every byte of every file of the store and of the directory for temporary files is searched for
 * it.
 */

#define CANARY "kanarievogel-7f3a"
#define CANARY_UTF16 "k\0a\0n\0a\0r\0i\0e\0v\0o\0g\0e\0l\0-\0007\0f\0003\0a"

static guint
search (const char *directory)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) listing = g_dir_open (directory, 0, &error);
  const char *name;
  guint n_files = 0, n_readable = 0;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (listing)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);
      g_autofree char *content = NULL;
      gsize length;

      g_assert_null (strstr (name, "-journal"));
      g_assert_null (strstr (name, "-shm"));
      g_file_get_contents (path, &content, &length, &error);
      g_assert_no_error (error);
      if (memmem (content, length, CANARY, strlen (CANARY)) != NULL
          || memmem (content, length, CANARY_UTF16, sizeof CANARY_UTF16 - 1) != NULL
          || memmem (content, length, "SQLite format", 13) != NULL)
        n_readable++;
      if (n_readable > 0)
        g_test_message ("“%s” can be read", path);
      g_assert_cmpuint (n_readable, ==, 0);
      n_files++;
    }
  return n_files;
}

static void
write_everywhere (sqlite3 *database)
{
  fixture_execute (database, "PRAGMA cache_size = 20");
  fixture_execute (database,
                   "CREATE TABLE secret (id INTEGER PRIMARY KEY, word TEXT, bytes BLOB);"
                   "CREATE INDEX secret_word ON secret (word);"
                   "CREATE VIRTUAL TABLE found USING fts5 (word);"
                   "CREATE TABLE \"" CANARY "\" (\"column-" CANARY "\");");
  fixture_execute (database,
                   "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)"
                   "INSERT INTO secret SELECT i, '" CANARY " ' || (i * 7919 % 5003), "
                   "CAST ('" CANARY "' || hex (randomblob (50)) AS BLOB) FROM n;"
                   "INSERT INTO found SELECT word FROM secret;"
                   "INSERT INTO secret VALUES (9999, 'large', CAST (replace (hex (zeroblob "
                   "(100000)), '00', '" CANARY "') AS BLOB));");
}

static void
sort_and_rewrite (sqlite3 *database)
{
  const char *sorted = "SELECT count (*) FROM (SELECT word, bytes FROM secret "
                       "ORDER BY bytes, word LIMIT 4000)";

  g_assert_cmpint (fixture_integer (database, sorted), ==, 4000);
  fixture_execute (database,
                   "CREATE TEMP TABLE kept AS SELECT * FROM secret;"
                   "SAVEPOINT s; UPDATE secret SET word = word || 'x'; ROLLBACK TO s; RELEASE s;"
                   "DELETE FROM secret WHERE id % 3 = 0; DROP INDEX secret_word; VACUUM;"
                   "PRAGMA wal_checkpoint (PASSIVE); UPDATE secret SET word = word || 'y'");
  g_assert_cmpint (fixture_integer (database, "SELECT count (*) FROM found WHERE found MATCH "
                                              "'kanarievogel'"), ==, 5000);
}

static void
copy_database (GezVault   *vault,
               sqlite3    *database,
               const char *directory)
{
  g_autofree char *path = g_build_filename (directory, "copy.db", NULL);
  g_autoptr (GError) error = NULL;
  sqlite3 *copy = gez_vault_open_copy (vault, path, TRUE, &error);
  sqlite3_backup *backup;

  g_assert_no_error (error);
  backup = sqlite3_backup_init (copy, "main", database, "main");
  g_assert_cmpint (sqlite3_backup_step (backup, -1), ==, SQLITE_DONE);
  g_assert_cmpint (sqlite3_backup_finish (backup), ==, SQLITE_OK);
  fixture_close (vault, copy);
}

static void
test_canary (void)
{
  g_autofree char *directory = fixture_make_directory ();
  g_autofree char *temporary = fixture_make_directory ();
  g_autoptr (GezVault) vault = fixture_create (directory);
  sqlite3 *database;

  g_setenv ("SQLITE_TMPDIR", temporary, TRUE);
  g_setenv ("TMPDIR", temporary, TRUE);
  database = fixture_open (vault);
  write_everywhere (database);
  g_assert_cmpuint (search (directory), ==, 6); /* headers, lock, database, log, epoch */
  sort_and_rewrite (database);
  copy_database (vault, database, directory);
  g_assert_cmpuint (search (directory), ==, 7);
  g_assert_cmpuint (search (temporary), ==, 0);
  fixture_close (vault, database);
  g_assert_cmpuint (search (directory), ==, 6); /* the log is gone */
  g_clear_object (&vault);
  fixture_remove_directory (directory);
  fixture_remove_directory (temporary);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vault/canary", test_canary);
  return g_test_run ();
}
