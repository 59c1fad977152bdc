/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "copy-tree.h"
#include "remove-tree.h"
#include "store/gez-migration.h"
#include "store/gez-store.h"
#include "vault/gez-vault-private.h"

/* Bringing a database up to date, with scripts of the test: interrupted at every step, with a full disk at every
 * step, and never of a database that is newer. */

#define WORDS ((GezPassphrase) { "zeven gele fietsen", 18 })
#define N_ROWS 300
#define STRIDE 2 /* steps from one interruption to the next; GEZINSPLAN_STRIDE=1 takes them all */

static char *scripts[] = {
  (char *) "CREATE TABLE item (id INTEGER PRIMARY KEY, body TEXT);",
  (char *) "CREATE TABLE other (id INTEGER PRIMARY KEY); INSERT INTO other SELECT id FROM item;",
  (char *) "ALTER TABLE item ADD COLUMN note TEXT; UPDATE item SET note = 'new';",
  NULL,
};

/* A file system that ends the process, or is full, at the n-th thing that changes the disk. */
typedef struct
{
  sqlite3_file parent;
  sqlite3_file *real;
} StepFile;

static sqlite3_vfs step_vfs;
static sqlite3_vfs *base;
static guint n_steps;    /* so far */
static guint fatal_step; /* 0: never */
static gboolean is_full; /* instead of ending, and from there on */

static int
step (void)
{
  n_steps++;
  if (fatal_step == 0 || n_steps < fatal_step)
    return SQLITE_OK;
  if (!is_full)
    _exit (42);
  return SQLITE_FULL;
}

#define REAL(file) (((StepFile *) (file))->real)

static int
step_write (sqlite3_file *file,
            const void   *bytes,
            int           amount,
            sqlite3_int64 offset)
{
  int code = step ();

  return code == SQLITE_OK ? REAL (file)->pMethods->xWrite (REAL (file), bytes, amount, offset) : code;
}

static int
step_truncate (sqlite3_file *file,
               sqlite3_int64 size)
{
  int code = is_full ? SQLITE_OK : step ();

  return code == SQLITE_OK ? REAL (file)->pMethods->xTruncate (REAL (file), size) : code;
}

static int
step_sync (sqlite3_file *file,
           int           flags)
{
  int code = is_full ? SQLITE_OK : step ();

  return code == SQLITE_OK ? REAL (file)->pMethods->xSync (REAL (file), flags) : code;
}

static int step_close (sqlite3_file *file) { return REAL (file)->pMethods->xClose (REAL (file)); }
static int step_lock (sqlite3_file *file, int level) { return REAL (file)->pMethods->xLock (REAL (file), level); }
static int step_unlock (sqlite3_file *file, int level) { return REAL (file)->pMethods->xUnlock (REAL (file), level); }
static int step_sector (sqlite3_file *file) { return REAL (file)->pMethods->xSectorSize (REAL (file)); }

static int
step_read (sqlite3_file *file,
           void         *bytes,
           int           amount,
           sqlite3_int64 offset)
{
  return REAL (file)->pMethods->xRead (REAL (file), bytes, amount, offset);
}

static int
step_size (sqlite3_file  *file,
           sqlite3_int64 *size)
{
  return REAL (file)->pMethods->xFileSize (REAL (file), size);
}

static int
step_reserved (sqlite3_file *file,
               int          *reserved)
{
  return REAL (file)->pMethods->xCheckReservedLock (REAL (file), reserved);
}

static int
step_control (sqlite3_file *file,
              int           operation,
              void         *argument)
{
  return REAL (file)->pMethods->xFileControl (REAL (file), operation, argument);
}

static int
step_device (sqlite3_file *file)
{
  return REAL (file)->pMethods->xDeviceCharacteristics (REAL (file));
}

static const sqlite3_io_methods step_methods = {
  .iVersion = 1,
  .xClose = step_close,
  .xRead = step_read,
  .xWrite = step_write,
  .xTruncate = step_truncate,
  .xSync = step_sync,
  .xFileSize = step_size,
  .xLock = step_lock,
  .xUnlock = step_unlock,
  .xCheckReservedLock = step_reserved,
  .xFileControl = step_control,
  .xSectorSize = step_sector,
  .xDeviceCharacteristics = step_device,
};

static int
step_open (sqlite3_vfs  *vfs,
           const char   *path,
           sqlite3_file *file,
           int           flags,
           int          *out_flags)
{
  StepFile *self = (StepFile *) file;
  int code;

  self->real = (sqlite3_file *) (self + 1);
  memset (self->real, 0, (gsize) base->szOsFile);
  code = base->xOpen (base, path, self->real, flags, out_flags);
  self->parent.pMethods = self->real->pMethods ? &step_methods : NULL;
  return code;
}

static int
step_delete (sqlite3_vfs *vfs,
             const char  *path,
             int          sync)
{
  int code = is_full ? SQLITE_OK : step ();

  return code == SQLITE_OK ? base->xDelete (base, path, sync) : code;
}

static void
register_steps (void)
{
  base = sqlite3_vfs_find (NULL);
  step_vfs = *base;
  step_vfs.iVersion = 1;
  step_vfs.zName = "steps";
  step_vfs.szOsFile = (int) sizeof (StepFile) + base->szOsFile;
  step_vfs.pNext = NULL;
  step_vfs.xOpen = step_open;
  step_vfs.xDelete = step_delete;
  g_assert_cmpint (sqlite3_vfs_register (&step_vfs, 0), ==, SQLITE_OK);
}

typedef struct
{
  char *parent;
  char *old;  /* a store of the first script, never touched */
  char *here; /* a copy of it */
  GezClock *clock;
} Fixture;

static void
execute (sqlite3    *handle,
         const char *sql)
{
  g_assert_cmpint (sqlite3_exec (handle, sql, NULL, NULL, NULL), ==, SQLITE_OK);
}

static gint64
integer (sqlite3    *handle,
         const char *sql)
{
  sqlite3_stmt *statement;
  gint64 value;

  g_assert_cmpint (sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  value = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  return value;
}

static GezVault *
unlock (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  GezVault *vault = gez_vault_unlock (self->here, WORDS, &error);

  g_assert_no_error (error);
  return vault;
}

/* Runs the first @n_scripts; @error: (nullable): where a failure goes */
static gboolean
migrate (Fixture  *self,
         GezVault *vault,
         guint     n_scripts,
         GError  **error)
{
  char *first[G_N_ELEMENTS (scripts)] = { NULL };
  sqlite3 *handle = gez_vault_open_database (vault, error);
  GezDatabase *database;
  gboolean done;

  if (handle == NULL)
    return FALSE;
  for (guint i = 0; i < n_scripts; i++)
    first[i] = scripts[i];
  database = gez_database_new (handle, self->clock);
  done = gez_migration_run (database, vault, first, error);
  gez_database_free (database);
  gez_vault_close_database (vault, handle, NULL);
  return done;
}

static void
make_old_store (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GezVault) vault = gez_vault_create (self->old, WORDS, GEZ_KDF_COST_TEST, &error);
  g_autofree char *rows = g_strdup_printf ("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE "
                                           "i < %d) INSERT INTO item SELECT i, hex (randomblob (40)) FROM n", N_ROWS);
  g_autofree char *here = g_steal_pointer (&self->here);
  sqlite3 *handle;

  g_assert_no_error (error);
  self->here = g_strdup (self->old);
  g_assert_true (migrate (self, vault, 1, &error));
  gez_vault_set_has_database (vault, &error);
  g_assert_no_error (error);
  handle = gez_vault_open_database (vault, &error);
  g_assert_no_error (error);
  execute (handle, rows);
  gez_vault_close_database (vault, handle, &error);
  g_assert_no_error (error);
  g_free (self->here);
  self->here = g_steal_pointer (&here);
}

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->clock = gez_clock_new_fixed (1000, 1);
  self->parent = g_dir_make_tmp ("gezinsplan-test-XXXXXX", &error);
  g_assert_no_error (error);
  self->old = g_build_filename (self->parent, "old", NULL);
  self->here = g_build_filename (self->parent, "here", NULL);
  make_old_store (self);
  copy_tree (self->old, self->here);
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  remove_tree (self->parent);
  g_free (self->parent);
  g_free (self->old);
  g_free (self->here);
  g_object_unref (self->clock);
}

static void
begin_again (Fixture *self)
{
  remove_tree (self->here);
  copy_tree (self->old, self->here);
}

/* Whole at some number of scripts, never between two; nothing that was in it is gone. */
static void
assert_whole (Fixture *self)
{
  g_autoptr (GezVault) vault = unlock (self);
  g_autoptr (GError) error = NULL;
  sqlite3 *handle = gez_vault_open_database (vault, &error);
  gint64 schema;

  g_assert_no_error (error);
  schema = integer (handle, "PRAGMA user_version");
  g_assert_cmpint (schema, >=, 1);
  g_assert_cmpint (schema, <=, 3);
  g_assert_cmpint (integer (handle, "SELECT count (*) FROM item"), ==, N_ROWS);
  g_assert_cmpint (integer (handle, "SELECT count (*) FROM sqlite_schema WHERE name = 'other'"), ==, schema >= 2);
  if (schema >= 2)
    g_assert_cmpint (integer (handle, "SELECT count (*) FROM other"), ==, N_ROWS);
  if (schema == 3)
    g_assert_cmpint (integer (handle, "SELECT count (*) FROM item WHERE note = 'new'"), ==, N_ROWS);
  g_assert_cmpint (integer (handle, "SELECT count (*) FROM pragma_integrity_check WHERE integrity_check = 'ok'"),
                   ==, 1);
  gez_vault_close_database (vault, handle, NULL);
}

/* The copy from before: readable, and of the schema that the store had. */
static void
assert_copy (Fixture *self,
             gint64   schema)
{
  g_autofree char *name = g_strdup_printf ("before-schema-%d.db", (int) schema + 1);
  g_autofree char *path = g_build_filename (self->here, "backups", name, NULL);
  g_autoptr (GezVault) vault = unlock (self);
  g_autoptr (GError) error = NULL;
  sqlite3 *handle = gez_vault_open_copy (vault, path, FALSE, &error);

  g_assert_no_error (error);
  g_assert_cmpint (integer (handle, "PRAGMA user_version"), ==, schema);
  g_assert_cmpint (integer (handle, "SELECT count (*) FROM item"), ==, N_ROWS);
  gez_vault_close_database (vault, handle, NULL);
}

static void
finish (Fixture *self)
{
  g_autoptr (GezVault) vault = unlock (self);
  g_autoptr (GError) error = NULL;

  g_assert_true (migrate (self, vault, 3, &error));
  g_assert_no_error (error);
}

static guint
stride (void)
{
  const char *asked = g_getenv ("GEZINSPLAN_STRIDE");

  return asked ? (guint) atoi (asked) : STRIDE;
}

static void
test_whole (Fixture      *self,
            gconstpointer data)
{
  finish (self);
  assert_whole (self);
  assert_copy (self, 1);
}

/* Ends the process at the n-th change of the disk, for every n. */
static gboolean
is_killed (Fixture *self)
{
  pid_t child = fork ();
  int status;

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      g_autoptr (GezVault) vault = gez_vault_unlock (self->here, WORDS, NULL);

      if (vault == NULL || !gez_vault_set_base_vfs (vault, "steps", NULL))
        _exit (1);
      _exit (migrate (self, vault, 3, NULL) ? 0 : 2);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  g_assert_true (WEXITSTATUS (status) == 42 || WEXITSTATUS (status) == 0);
  return WEXITSTATUS (status) == 42;
}

static void
test_interrupted (Fixture      *self,
                  gconstpointer data)
{
  guint n_kills = 0;

  is_full = FALSE;
  for (fatal_step = 1; is_killed (self); fatal_step += stride ())
    {
      n_kills++;
      assert_whole (self);
      finish (self);
      assert_whole (self);
      assert_copy (self, 1);
      begin_again (self);
    }
  fatal_step = 0;
  g_test_message ("interrupted at %u steps", n_kills);
  g_assert_cmpuint (n_kills, >, 20);
}

/* The disk is full from the n-th write on, for every n. */
static void
test_full_disk (Fixture      *self,
                gconstpointer data)
{
  guint n_refused = 0;
  gboolean done = FALSE;

  is_full = TRUE;
  for (guint first = 1; !done; first += stride ())
    {
      g_autoptr (GezVault) vault = unlock (self);
      g_autoptr (GError) error = NULL;

      g_assert_true (gez_vault_set_base_vfs (vault, "steps", NULL));
      n_steps = 0;
      fatal_step = first;
      done = migrate (self, vault, 3, &error);
      /* What cannot be emptied at the end stays in the log. */
      done = done && n_steps < fatal_step;
      if (error)
        g_assert_true (g_error_matches (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_NO_SPACE) ||
                       g_error_matches (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_NO_SPACE));
      n_refused += error != NULL;
      fatal_step = 0;
      g_clear_object (&vault);
      assert_whole (self);
      finish (self);
      assert_whole (self);
      begin_again (self);
    }
  is_full = FALSE;
  g_test_message ("refused %u times", n_refused);
  g_assert_cmpuint (n_refused, >, 10);
}

/* A script of a newer program, or a row that the script of this one cannot take. */
static void
test_failing_script (Fixture      *self,
                     gconstpointer data)
{
  g_autoptr (GezVault) vault = unlock (self);
  g_autoptr (GError) error = NULL;
  char *broken[] = { scripts[0], (char *) "CREATE TABLE half (id); INSERT INTO nowhere VALUES (1);", NULL };
  sqlite3 *handle = gez_vault_open_database (vault, &error);
  g_autoptr (GezDatabase) database = gez_database_new (handle, self->clock);

  g_assert_false (gez_migration_run (database, vault, broken, &error));
  g_assert_nonnull (error);
  g_clear_pointer (&database, gez_database_free);
  g_assert_cmpint (integer (handle, "SELECT count (*) FROM sqlite_schema WHERE name = 'half'"), ==, 0);
  gez_vault_close_database (vault, handle, NULL);
  g_clear_object (&vault);
  assert_whole (self);
  assert_copy (self, 1);
}

/* Refused, and not a byte of it is touched. */
static void
test_newer (Fixture      *self,
            gconstpointer data)
{
  g_autoptr (GezVault) vault = unlock (self);
  g_autoptr (GezStore) store = NULL;
  g_autoptr (GHashTable) before = NULL, after = NULL;
  g_autoptr (GError) error = NULL;
  sqlite3 *handle = gez_vault_open_database (vault, &error);

  execute (handle, "PRAGMA user_version = 99");
  gez_vault_close_database (vault, handle, NULL);
  g_clear_object (&vault);
  before = read_tree (self->here);
  vault = unlock (self);
  store = gez_store_open (vault, self->clock, &error);
  g_assert_null (store);
  g_assert_error (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_TOO_NEW);
  g_clear_object (&vault);
  after = read_tree (self->here);
  assert_same_tree (before, after);
}

#define ADD(name, function) g_test_add ("/store/migration/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  register_steps ();
  ADD ("whole", test_whole);
  ADD ("interrupted", test_interrupted);
  ADD ("full-disk", test_full_disk);
  ADD ("failing-script", test_failing_script);
  ADD ("newer", test_newer);
  return g_test_run ();
}
