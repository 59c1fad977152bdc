/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault-fixture.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "vault/gez-vault-private.h"

/* A new private directory; removed with fixture_remove_directory(). */
char *
fixture_make_directory (void)
{
  g_autoptr (GError) error = NULL;
  char *path = g_dir_make_tmp ("gez-vault-XXXXXX", &error);

  g_assert_no_error (error);
  return path;
}

void
fixture_remove_directory (const char *path)
{
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  const char *name;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        fixture_remove_directory (child);
      else
        g_assert_cmpint (g_unlink (child), ==, 0);
    }
  g_assert_cmpint (g_rmdir (path), ==, 0);
}

GezVault *
fixture_create (const char *directory)
{
  g_autoptr (GError) error = NULL;
  GezVault *vault = gez_vault_create (directory, WORDS, GEZ_KDF_COST_TEST, &error);

  g_assert_no_error (error);
  return vault;
}

GezVault *
fixture_unlock (const char *directory)
{
  g_autoptr (GError) error = NULL;
  GezVault *vault = gez_vault_unlock (directory, WORDS, &error);

  g_assert_no_error (error);
  return vault;
}

sqlite3 *
fixture_open (GezVault *vault)
{
  g_autoptr (GError) error = NULL;
  sqlite3 *database = gez_vault_open_database (vault, &error);

  g_assert_no_error (error);
  return database;
}

/* Closes, whatever was refused meanwhile. */
void
fixture_close_after_refusals (GezVault *vault,
                              sqlite3  *database)
{
  g_autoptr (GError) error = NULL;

  gez_vault_close_database (vault, database, &error);
  g_assert_no_error (error);
}

/* SQLite did nothing meanwhile that the file system of a vault refuses. */
void
fixture_close (GezVault *vault,
               sqlite3  *database)
{
  fixture_close_after_refusals (vault, database);
  g_assert_cmpuint (gez_vault_get_n_refusals (vault), ==, 0);
}

void
fixture_execute (sqlite3    *database,
                 const char *sql)
{
  char *message = NULL;

  if (sqlite3_exec (database, sql, NULL, NULL, &message) != SQLITE_OK)
    g_error ("%s: %s", sql, message);
}

/* The first value of the first row; -1 without one. */
gint64
fixture_integer (sqlite3    *database,
                 const char *sql)
{
  sqlite3_stmt *statement = NULL;
  gint64 value = -1;

  if (sqlite3_prepare_v2 (database, sql, -1, &statement, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (database));
  if (sqlite3_step (statement) == SQLITE_ROW)
    value = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  return value;
}

/* Whether every page opens, the database fits together, and no row points nowhere. */
gboolean
fixture_is_sound (sqlite3 *database)
{
  return fixture_integer (database, "SELECT count (*) FROM pragma_integrity_check "
                                    "WHERE integrity_check <> 'ok'")
           == 0
         && fixture_integer (database, "SELECT count (*) FROM pragma_foreign_key_check") == 0;
}

/* A closed store with one table, "item", of rows that fill some pages. */
void
fixture_make_store (const char *directory,
                    guint       n_rows)
{
  g_autoptr (GezVault) vault = fixture_create (directory);
  g_autoptr (GError) error = NULL;
  g_autofree char *sql = NULL;
  sqlite3 *database = fixture_open (vault);

  sql = g_strdup_printf ("CREATE TABLE item (id INTEGER PRIMARY KEY, body TEXT);"
                         "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
                         "WHERE i < %u) INSERT INTO item SELECT i, hex (randomblob (100)) FROM n",
                         n_rows);
  fixture_execute (database, sql);
  gez_vault_set_has_database (vault, &error);
  g_assert_no_error (error);
  fixture_close (vault, database);
}

GBytes *
fixture_read (const char *directory,
              const char *name)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autoptr (GError) error = NULL;
  char *content;
  gsize length;

  g_file_get_contents (path, &content, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (content, length);
}

/* In place: a file that is there keeps its rights, and nothing waits for the disk. */
void
fixture_write (const char *directory,
               const char *name,
               GBytes     *content)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  gsize length;
  const char *bytes = g_bytes_get_data (content, &length);
  int file = open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

  g_assert_cmpint (file, >=, 0);
  g_assert_cmpint (write (file, bytes, length), ==, (gssize) length);
  g_assert_cmpint (close (file), ==, 0);
}
