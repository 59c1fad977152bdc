/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "counts.h"
#include "random-statements.h"
#include "vault-fixture.h"
#include "vault/gez-vault-connection.h"
#include "vault/gez-vault-private.h"

/*
 * The same random statements go to an encrypted database and to a plain one. Every answer is the same,
 * and in the end the two are: row for row, page for page. GEZINSPLAN_SEED and GEZINSPLAN_STATEMENTS ask
 * for others and for more.
 */

typedef struct
{
  char *directory;
  char *plain_path;
  GezVault *vault;
  sqlite3 *ours;
  sqlite3 *plain;
} World;

static sqlite3 *
open_plain (World   *world,
            gboolean create)
{
  g_autoptr (GError) error = NULL;
  sqlite3 *database = gez_vault_connection_open (world->plain_path, "unix", create, &error);

  g_assert_no_error (error);
  return database;
}

static void
execute_both (World      *world,
              const char *sql)
{
  fixture_execute (world->ours, sql);
  fixture_execute (world->plain, sql);
}

static void
world_open (World *world)
{
  g_autoptr (GError) error = NULL;

  world->directory = fixture_make_directory ();
  world->plain_path = g_build_filename (world->directory, "plain.db", NULL);
  world->vault = fixture_create (world->directory);
  world->ours = fixture_open (world->vault);
  world->plain = open_plain (world, TRUE);
  execute_both (world, "PRAGMA auto_vacuum = INCREMENTAL; VACUUM");
  /* What is on the disk is not asked here, so nothing waits for it. */
  execute_both (world, "PRAGMA synchronous = OFF");
  execute_both (world, random_statements_schema);
  gez_vault_set_has_database (world->vault, &error);
  g_assert_no_error (error);
}

static void
world_reopen (World *world)
{
  g_autoptr (GError) error = NULL;

  fixture_close (world->vault, world->ours);
  g_assert_true (gez_vault_connection_close (world->plain, &error));
  world->ours = fixture_open (world->vault);
  world->plain = open_plain (world, FALSE);
  execute_both (world, "PRAGMA synchronous = OFF");
}

static void
world_clear (World *world)
{
  g_autoptr (GError) error = NULL;

  fixture_close (world->vault, world->ours);
  g_assert_true (gez_vault_connection_close (world->plain, &error));
  g_clear_object (&world->vault);
  fixture_remove_directory (world->directory);
  g_free (world->plain_path);
  g_free (world->directory);
}

/* Length and bytes of each value, so that no two different answers give the same. */
static void
add_row (GChecksum    *answer,
         sqlite3_stmt *statement)
{
  for (int i = 0; i < sqlite3_column_count (statement); i++)
    {
      int type = sqlite3_column_type (statement, i);
      const void *bytes = type == SQLITE_BLOB ? sqlite3_column_blob (statement, i)
                                              : sqlite3_column_text (statement, i);
      int size = sqlite3_column_bytes (statement, i);

      g_checksum_update (answer, (const guchar *) &type, sizeof type);
      g_checksum_update (answer, (const guchar *) &size, sizeof size);
      g_checksum_update (answer, bytes ? bytes : "", size);
    }
}

/* Returns: (transfer full): what came of @sql: the code, what was said, and a hash of all rows */
static char *
run (sqlite3    *database,
     const char *sql,
     GBytes     *blob)
{
  g_autoptr (GChecksum) rows = g_checksum_new (G_CHECKSUM_SHA256);
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_prepare_v2 (database, sql, -1, &statement, NULL);
  guint n_rows = 0;
  char *answer;

  if (code == SQLITE_OK && sqlite3_bind_parameter_count (statement) > 0)
    code = sqlite3_bind_blob (statement, 1, g_bytes_get_data (blob, NULL),
                              (int) g_bytes_get_size (blob), SQLITE_STATIC);
  if (code == SQLITE_OK)
    while ((code = sqlite3_step (statement)) == SQLITE_ROW)
      {
        add_row (rows, statement);
        n_rows++;
      }
  answer = g_strdup_printf ("%d %s, %u rows %s, %d changes, transaction %d", code, sqlite3_errmsg (database),
                            n_rows, g_checksum_get_string (rows), sqlite3_total_changes (database),
                            !sqlite3_get_autocommit (database));
  sqlite3_finalize (statement);
  return answer;
}

static GBytes *
random_blob (GRand *random)
{
  gsize size = g_rand_int_range (random, 0, 6) == 0 ? (gsize) g_rand_int_range (random, 1, 3 << 20)
                                                    : (gsize) g_rand_int_range (random, 0, 9000);
  guint8 *bytes = g_malloc (size + 4);

  for (gsize at = 0; at < size; at += 4)
    {
      guint32 word = g_rand_int (random);

      memcpy (bytes + at, &word, 4);
    }
  return g_bytes_new_take (bytes, size);
}

/* A piece of one blob is written without a statement. */
static int
write_blob (sqlite3 *database,
            gint64   row,
            guint8   byte)
{
  sqlite3_blob *blob = NULL;
  guint8 piece[700];
  int code = sqlite3_blob_open (database, "main", "item", "bytes", row, 1, &blob), size;

  memset (piece, byte, sizeof piece);
  size = code == SQLITE_OK ? sqlite3_blob_bytes (blob) : 0;
  if (code == SQLITE_OK)
    code = sqlite3_blob_write (blob, piece, MIN (size, (int) sizeof piece),
                               size > (int) sizeof piece ? (size - (int) sizeof piece) / 2 : 0);
  sqlite3_blob_close (blob);
  return code;
}

static void
do_one (World *world,
        GRand *random)
{
  gboolean in_transaction = !sqlite3_get_autocommit (world->ours);
  g_autofree char *sql = random_statement (random, in_transaction);
  g_autoptr (GBytes) blob = strchr (sql, '?') ? random_blob (random) : NULL;
  g_autofree char *one = run (world->ours, sql, blob), *other = run (world->plain, sql, blob);
  gint64 row = g_rand_int_range (random, 0, 4000);

  if (g_strcmp0 (one, other) != 0)
    g_test_message ("differs: %s", sql);
  g_assert_cmpstr (one, ==, other);
  if (g_rand_int_range (random, 0, 10) == 0)
    g_assert_cmpint (write_blob (world->ours, row, (guint8) row), ==,
                     write_blob (world->plain, row, (guint8) row));
}

/* A third connection, in memory, that holds both. */
static sqlite3 *
open_beside (World *world)
{
  const char *const names[] = { "main", "plain" };
  sqlite3 *sides[] = { world->ours, world->plain };
  sqlite3 *beside;

  g_assert_cmpint (sqlite3_open (":memory:", &beside), ==, SQLITE_OK);
  fixture_execute (beside, "ATTACH ':memory:' AS plain");
  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      sqlite3_backup *backup = sqlite3_backup_init (beside, names[i], sides[i], "main");

      g_assert_nonnull (backup);
      g_assert_cmpint (sqlite3_backup_step (backup, -1), ==, SQLITE_DONE);
      g_assert_cmpint (sqlite3_backup_finish (backup), ==, SQLITE_OK);
    }
  return beside;
}

/* How many tables of @side have a row that is not the same in @other. */
static guint
count_different (sqlite3    *beside,
                 const char *side,
                 const char *other,
                 guint      *n_tables)
{
  g_autofree char *sql = g_strdup_printf ("SELECT name FROM %s.sqlite_schema WHERE type = 'table' "
                                          "AND rootpage > 0 AND name NOT LIKE 'sqlite_%%'", side);
  sqlite3_stmt *tables = NULL;
  guint n_different = 0;

  g_assert_cmpint (sqlite3_prepare_v2 (beside, sql, -1, &tables, NULL), ==, SQLITE_OK);
  while (sqlite3_step (tables) == SQLITE_ROW)
    {
      const char *table = (const char *) sqlite3_column_text (tables, 0);
      sqlite3_session *session = NULL;
      char *message = NULL;

      g_assert_cmpint (sqlite3session_create (beside, side, &session), ==, SQLITE_OK);
      g_assert_cmpint (sqlite3session_attach (session, table), ==, SQLITE_OK);
      g_assert_cmpint (sqlite3session_diff (session, other, table, &message), ==, SQLITE_OK);
      n_different += !sqlite3session_isempty (session);
      (*n_tables)++;
      sqlite3session_delete (session);
    }
  sqlite3_finalize (tables);
  return n_different;
}

static void
assert_same (World *world)
{
  const char *pages = "SELECT name, path, pageno, pagetype, ncell, payload, unused, mx_payload, pgsize "
                      "FROM dbstat ORDER BY name, path";
  g_autofree char *ours = run (world->ours, pages, NULL), *plain = run (world->plain, pages, NULL);
  sqlite3 *beside = open_beside (world);
  guint n_tables = 0;

  g_assert_true (fixture_is_sound (world->ours));
  g_assert_true (fixture_is_sound (world->plain));
  g_assert_cmpstr (ours, ==, plain);
  g_assert_cmpuint (count_different (beside, "main", "plain", &n_tables), ==, 0);
  g_assert_cmpuint (count_different (beside, "plain", "main", &n_tables), ==, 0);
  g_assert_cmpuint (n_tables, >, 8);
  /* One value that differs would be seen. */
  fixture_execute (beside, "UPDATE plain.item SET words = 'anders' "
                           "WHERE id = (SELECT max (id) FROM plain.item)");
  g_assert_cmpuint (count_different (beside, "main", "plain", &n_tables), ==, 1);
  sqlite3_close (beside);
}

static guint
asked_for (const char *variable,
           guint       otherwise)
{
  const char *asked = g_getenv (variable);

  return asked ? (guint) strtoul (asked, NULL, 10) : otherwise;
}

static void
test_same (gconstpointer data)
{
  guint seed = asked_for ("GEZINSPLAN_SEED", 1) * 100 + GPOINTER_TO_UINT (data);
  guint n_statements = asked_for ("GEZINSPLAN_STATEMENTS", 700);
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  World world = { 0 };

  world_open (&world);
  for (guint i = 0; i < n_statements; i++)
    {
      do_one (&world, random);
      if (g_rand_int_range (random, 0, 100) == 0 && sqlite3_get_autocommit (world.ours))
        world_reopen (&world);
    }
  if (!sqlite3_get_autocommit (world.ours))
    execute_both (&world, "COMMIT");
  execute_both (&world, "INSERT INTO item VALUES (NULL, 'laatste', 1, NULL)");
  assert_same (&world);
  g_assert_cmpuint (gez_vault_get_n_refusals (world.vault), ==, 0);
  world_clear (&world);
  counts_add ("compared statements", n_statements);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/vault/differential/one", GUINT_TO_POINTER (1), test_same);
  g_test_add_data_func ("/vault/differential/two", GUINT_TO_POINTER (2), test_same);
  g_test_add_data_func ("/vault/differential/three", GUINT_TO_POINTER (3), test_same);
  return g_test_run ();
}
