/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "counts.h"
#include "shape-recorder.h"
#include "vault-fixture.h"
#include "vault/gez-vault-backup.h"
#include "vault/gez-vault-page.h"
#include "vault/gez-vault-private.h"

/*
 * SQLite reads and writes its files in a few shapes, and the encryption rests on that. Everything
 * that it does here has a known shape; every other shape is refused, and counted.
 */

#define FRAME 32

typedef enum
{
  READ,
  WRITE,
  TRUNCATE,
} Operation;

typedef struct
{
  const char *journal; /* NULL for the database */
  Operation operation;
  int amount;
  sqlite3_int64 offset;
} Shape;

static const Shape refused[] = {
  { NULL, READ, 0, 0 },
  { NULL, READ, -1, 0 },
  { NULL, READ, 4097, 0 },
  { NULL, READ, 8192, 0 },
  { NULL, READ, 4096, 1 },
  { NULL, READ, 100, 4000 },
  { NULL, READ, 2, 4095 },
  { NULL, WRITE, 0, 0 },
  { NULL, WRITE, 100, 0 },
  { NULL, WRITE, 512, 0 },
  { NULL, WRITE, 4056, 0 },
  { NULL, WRITE, 4095, 0 },
  { NULL, WRITE, 4097, 0 },
  { NULL, WRITE, 8192, 0 },
  { NULL, WRITE, 4096, 1 },
  { NULL, WRITE, 4096, 512 },
  { NULL, WRITE, 4096, 2048 },
  { NULL, TRUNCATE, 0, 1 },
  { NULL, TRUNCATE, 0, 100 },
  { NULL, TRUNCATE, 0, 4095 },
  { NULL, TRUNCATE, 0, 6144 },
  { "log", READ, 31, 0 },
  { "log", READ, 33, 0 },
  { "log", READ, 32, 1 },
  { "log", READ, 8, 0 },
  { "log", READ, 24, 0 },
  { "log", READ, 24, FRAME },
  { "log", READ, 8, FRAME },
  { "log", READ, 8, FRAME + 8 },
  { "log", READ, 4096, FRAME },
  { "log", READ, 4095, FRAME + 24 },
  { "log", READ, 4097, FRAME + 24 },
  { "log", READ, 4119, FRAME },
  { "log", READ, 4121, FRAME },
  { "log", READ, 8240, FRAME },
  { "log", WRITE, 31, 0 },
  { "log", WRITE, 33, 0 },
  { "log", WRITE, 512, 0 },
  { "log", WRITE, 4096, 0 },
  { "log", WRITE, 32, 1 },
  { "log", WRITE, 24, FRAME + 1 },
  { "log", WRITE, 23, FRAME },
  { "log", WRITE, 25, FRAME },
  { "log", WRITE, 4120, FRAME },
  { "log", WRITE, 4096, FRAME },
  { "log", WRITE, 4096, FRAME + 25 },
  { "log", WRITE, 4095, FRAME + 24 },
  { "log", WRITE, 2048, FRAME + 24 }, /* sector padding, were power-safe overwrite not told */
  { "log", WRITE, 2048, FRAME + 24 + 2048 },
  { "log", TRUNCATE, 0, 1 },
  { "log", TRUNCATE, 0, 32 },
  { "log", TRUNCATE, 0, FRAME + GEZ_FRAME_SIZE },
};

typedef struct
{
  char *directory;
  GezVault *vault;
  sqlite3 *database;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->directory = fixture_make_directory ();
  fixture_make_store (fixture->directory, 300);
  fixture->vault = fixture_unlock (fixture->directory);
  shape_recorder_install ();
  fixture->database = fixture_open (fixture->vault);
  fixture_execute (fixture->database, "INSERT INTO item VALUES (9000, 'in the log')");
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_clear_object (&fixture->vault);
  fixture_remove_directory (fixture->directory);
  g_free (fixture->directory);
}

static sqlite3_file *
file_of (Fixture *fixture,
         gboolean is_log)
{
  sqlite3_file *file = NULL;
  int operation = is_log ? SQLITE_FCNTL_JOURNAL_POINTER : SQLITE_FCNTL_FILE_POINTER;

  g_assert_cmpint (sqlite3_file_control (fixture->database, "main", operation, &file), ==, SQLITE_OK);
  g_assert_nonnull (file->pMethods);
  return file;
}

static int
attempt (sqlite3_file *file,
         const Shape  *shape)
{
  static guint8 buffer[2 * GEZ_FRAME_SIZE];

  switch (shape->operation)
    {
    case READ:
      return file->pMethods->xRead (file, buffer, shape->amount, shape->offset);
    case WRITE:
      memset (buffer, 0, sizeof buffer);
      return file->pMethods->xWrite (file, buffer, shape->amount, shape->offset);
    default:
      return file->pMethods->xTruncate (file, shape->offset);
    }
}

static void
test_refused (Fixture      *fixture,
              gconstpointer data)
{
  static const int codes[] = { SQLITE_IOERR_READ, SQLITE_IOERR_WRITE, SQLITE_IOERR_TRUNCATE };
  g_autoptr (GBytes) database = fixture_read (fixture->directory, "gezinsplan.db");
  g_autoptr (GBytes) log = fixture_read (fixture->directory, "gezinsplan.db-wal");
  g_autoptr (GBytes) database_after = NULL, log_after = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      sqlite3_file *file = file_of (fixture, refused[i].journal != NULL);
      guint n_before = gez_vault_get_n_refusals (fixture->vault);

      g_test_message ("%s, operation %d, %d at %d", refused[i].journal ? "log" : "database",
                      refused[i].operation, refused[i].amount, (int) refused[i].offset);
      g_assert_cmpint (attempt (file, &refused[i]), ==, codes[refused[i].operation]);
      g_assert_cmpuint (gez_vault_get_n_refusals (fixture->vault), ==, n_before + 1);
    }
  database_after = fixture_read (fixture->directory, "gezinsplan.db");
  log_after = fixture_read (fixture->directory, "gezinsplan.db-wal");
  g_assert_true (g_bytes_equal (database, database_after));
  g_assert_true (g_bytes_equal (log, log_after));
  g_assert_cmpint (fixture_integer (fixture->database, "SELECT count (*) FROM item"), ==, 301);
  fixture_close_after_refusals (fixture->vault, fixture->database);
  counts_add ("refused shapes", G_N_ELEMENTS (refused));
}

/* A page whose last 40 bytes are not zero would come back different. */
static void
test_reserved_bytes (Fixture      *fixture,
                     gconstpointer data)
{
  guint8 page[GEZ_PAGE_SIZE] = { 0 };
  sqlite3_file *database = file_of (fixture, FALSE), *log = file_of (fixture, TRUE);

  for (int at = GEZ_PAGE_CONTENT; at < GEZ_PAGE_SIZE; at++)
    {
      page[at] = 1;
      g_assert_cmpint (database->pMethods->xWrite (database, page, sizeof page, 0), ==,
                       SQLITE_IOERR_WRITE);
      g_assert_cmpint (log->pMethods->xWrite (log, page, sizeof page, FRAME + 24), ==,
                       SQLITE_IOERR_WRITE);
      page[at] = 0;
    }
  g_assert_cmpuint (gez_vault_get_n_refusals (fixture->vault), ==, 2 * GEZ_PAGE_RESERVED);
  fixture_close_after_refusals (fixture->vault, fixture->database);
}

static sqlite3_vfs *
vfs_of (Fixture *fixture)
{
  sqlite3_vfs *vfs = NULL;

  g_assert_cmpint (sqlite3_file_control (fixture->database, "main", SQLITE_FCNTL_VFS_POINTER, &vfs),
                   ==, SQLITE_OK);
  return vfs;
}

/* Whatever is not a database or its log is not opened, and nothing is left of the attempt. */
static void
test_refused_files (Fixture      *fixture,
                    gconstpointer data)
{
  static const struct
  {
    const char *name; /* NULL for a file without a name */
    int flags;
  } files[] = {
    { "gezinsplan.db-journal", SQLITE_OPEN_MAIN_JOURNAL },
    { "gezinsplan.db-mj01", SQLITE_OPEN_SUPER_JOURNAL },
    { "temporary", SQLITE_OPEN_TEMP_DB },
    { "temporary-journal", SQLITE_OPEN_TEMP_JOURNAL },
    { "transient", SQLITE_OPEN_TRANSIENT_DB },
    { "statement", SQLITE_OPEN_SUBJOURNAL },
    { "other.db-wal", SQLITE_OPEN_WAL },
    { "copy.db-wal", SQLITE_OPEN_WAL }, /* there is a copy.db, which is not open */
    { "gezinsplan.db", SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_DELETEONCLOSE },
    { NULL, SQLITE_OPEN_TEMP_DB | SQLITE_OPEN_DELETEONCLOSE },
    { NULL, SQLITE_OPEN_MAIN_DB },
  };
  g_autoptr (GBytes) copy = fixture_read (fixture->directory, "gezinsplan.db");
  sqlite3_vfs *vfs = vfs_of (fixture);
  g_autofree sqlite3_file *file = g_malloc0 ((gsize) vfs->szOsFile);

  fixture_write (fixture->directory, "copy.db", copy);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = files[i].name
                                ? g_build_filename (fixture->directory, files[i].name, NULL) : NULL;
      guint n_before = gez_vault_get_n_refusals (fixture->vault);

      g_assert_cmpint (vfs->xOpen (vfs, path, file,
                                   files[i].flags | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL),
                       ==, SQLITE_CANTOPEN);
      g_assert_null (file->pMethods);
      if (path != NULL && !g_str_has_suffix (path, ".db"))
        g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
      g_assert_cmpuint (gez_vault_get_n_refusals (fixture->vault), ==, n_before + 1);
    }
  g_assert_cmpint (vfs->xDelete (vfs, "/nowhere/gezinsplan.db", 0), ==, SQLITE_IOERR_DELETE);
  fixture_close_after_refusals (fixture->vault, fixture->database);
}

/* The first connection is only open to be refused things, in the tests above. */
static sqlite3 *
reopen (Fixture *fixture)
{
  fixture_close (fixture->vault, fixture->database);
  fixture->database = fixture_open (fixture->vault);
  return fixture->database;
}

static void
work (sqlite3 *database)
{
  fixture_execute (database,
                   "PRAGMA cache_size = 10; PRAGMA wal_autocheckpoint = 50;"
                   "CREATE TABLE large (id INTEGER PRIMARY KEY, bytes BLOB);"
                   "CREATE VIRTUAL TABLE found USING fts5 (word, prefix = '2 3');"
                   "INSERT INTO found SELECT body FROM item;");
  /* More than the cache holds, rewritten while it is in the log, taken back, and kept. */
  fixture_execute (database,
                   "PRAGMA wal_checkpoint (TRUNCATE); BEGIN; UPDATE item SET body = hex (randomblob (90));"
                   "UPDATE item SET body = hex (randomblob (91)); COMMIT;"
                   "BEGIN; INSERT INTO large SELECT id, randomblob (9000) FROM item;"
                   "UPDATE item SET body = hex (randomblob (90)); SAVEPOINT s;"
                   "UPDATE large SET bytes = randomblob (5000) WHERE id % 2; ROLLBACK TO s;"
                   "UPDATE item SET body = hex (randomblob (80)); COMMIT;"
                   "INSERT INTO large VALUES (9999, zeroblob (3000000));"
                   "DELETE FROM large WHERE id > 100; INSERT INTO found (found) VALUES ('optimize');");
  fixture_execute (database,
                   "PRAGMA wal_checkpoint (PASSIVE); UPDATE item SET body = body || 'x' WHERE id < 9;"
                   "PRAGMA wal_checkpoint (FULL); UPDATE item SET body = body || 'y' WHERE id < 9;"
                   "PRAGMA wal_checkpoint (RESTART); UPDATE item SET body = body || 'z' WHERE id < 9;"
                   "PRAGMA wal_checkpoint (TRUNCATE); REINDEX; VACUUM; PRAGMA optimize;"
                   "DELETE FROM item WHERE id % 3 = 0; PRAGMA incremental_vacuum; ANALYZE");
}

static void
copy_out (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->directory, "copy.db", NULL);
  g_autoptr (GError) error = NULL;
  sqlite3 *copy = gez_vault_open_copy (fixture->vault, path, TRUE, &error);
  sqlite3_backup *backup = sqlite3_backup_init (copy, "main", fixture->database, "main");

  /* In slices, with writing in between. */
  while (sqlite3_backup_step (backup, 20) == SQLITE_OK)
    fixture_execute (fixture->database, "UPDATE item SET body = body || 'b' WHERE id = 1");
  g_assert_cmpint (sqlite3_backup_finish (backup), ==, SQLITE_OK);
  fixture_close (fixture->vault, copy);
}

/* A backup has a file system of its own, in which pages lie behind a prefix. */
static void
back_up (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->directory, "x.gezbackup", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GezVaultBackup) made = gez_vault_backup_new (fixture->vault, path, 0, &error);
  sqlite3_backup *backup;
  sqlite3 *copy;

  g_assert_no_error (error);
  shape_recorder_install ();
  copy = gez_vault_backup_open_database (made, TRUE, &error);
  g_assert_no_error (error);
  backup = sqlite3_backup_init (copy, "main", fixture->database, "main");
  while (sqlite3_backup_step (backup, 20) == SQLITE_OK)
    fixture_execute (fixture->database, "UPDATE item SET body = body || 'b' WHERE id = 1");
  g_assert_cmpint (sqlite3_backup_finish (backup), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (copy), ==, SQLITE_OK);
  copy = gez_vault_backup_open_database (made, FALSE, &error);
  g_assert_no_error (error);
  g_assert_true (fixture_is_sound (copy));
  g_assert_cmpint (sqlite3_close (copy), ==, SQLITE_OK);
}

/* What recovery does after a crash. */
static void
recover (Fixture *fixture)
{
  static const char *const names[] = { "gezinsplan.db", "gezinsplan.db-wal", "gezinsplan.db-epoch" };
  GBytes *left[G_N_ELEMENTS (names)];

  fixture_execute (fixture->database, "INSERT INTO item VALUES (9001, 'before the crash')");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    left[i] = fixture_read (fixture->directory, names[i]);
  fixture_close (fixture->vault, fixture->database);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      fixture_write (fixture->directory, names[i], left[i]);
      g_bytes_unref (left[i]);
    }
  fixture->database = fixture_open (fixture->vault);
  g_assert_cmpint (fixture_integer (fixture->database, "SELECT count (*) FROM item WHERE id = 9001"),
                   ==, 1);
}

static void
test_known (Fixture      *fixture,
            gconstpointer data)
{
  g_autoptr (GHashTable) earlier = shape_recorder_take (), shapes = NULL;
  g_autoptr (GList) names = NULL;
  guint n_usual = 0;

  work (reopen (fixture));
  copy_out (fixture);
  back_up (fixture);
  recover (fixture);
  g_assert_true (fixture_is_sound (fixture->database));
  fixture_close (fixture->vault, fixture->database);
  shapes = shape_recorder_take ();
  names = g_list_sort (g_hash_table_get_keys (shapes), (GCompareFunc) g_strcmp0);
  for (GList *l = names; l != NULL; l = l->next)
    {
      guint64 *count = g_hash_table_lookup (shapes, l->data);
      gboolean is_usual;

      g_test_message ("%8" G_GUINT64_FORMAT " %s", *count, (const char *) l->data);
      if (!shape_recorder_is_known (l->data, &is_usual))
        g_error ("SQLite %s does what was not known of it: %s", sqlite3_libversion (),
                 (const char *) l->data);
      n_usual += is_usual;
    }
  /* Less would mean that the list, or the work, is no longer what SQLite does. */
  g_assert_cmpuint (n_usual, ==, 13);
  counts_add ("known shapes", g_list_length (names));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) \
  g_test_add ("/vault/shapes/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("refused", test_refused);
  ADD ("reserved-bytes", test_reserved_bytes);
  ADD ("refused-files", test_refused_files);
  ADD ("known", test_known);
  return g_test_run ();
}
