/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/gez-vault.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "vault/gez-vault-header.h"
#include "vault/gez-vault-vfs.h"

/* A directory with a locked store, and the keys once it is unlocked.
 *
 * 1. The lock file is held from before the first key is derived until the vault is gone, so that at
 *    most one process works on a store.
 * 2. `header` is the truth, `header.copy` stands in when it is damaged; unlocking makes both equal
 *    again. The flag that a database exists is set last of all when a store is made: until then the
 *    directory counts as empty and making is begun anew.
 * 3. A database that the header knows is never created again: a file that was cut to nothing must not
 *    look like a new store.
 *
 * Thread: any, one at a time; never the main thread, because keys and disks take time. */

#define APPLICATION_ID 0x47657a70 /* "Gezp" */
#define HEADER "header"
#define HEADER_COPY "header.copy"
#define DATABASE "gezinsplan.db"
#define LOCK "lock"
#define HEADER_SIZE_MAX (64 * 1024)

struct _GezVault
{
  GObject parent_instance;

  char *directory;
  int lock;
  GezVaultHeader *header;
  GezVaultKeys *keys;
  GezVaultVfs *vfs;
};

G_DEFINE_FINAL_TYPE (GezVault, gez_vault, G_TYPE_OBJECT)

static void
gez_vault_finalize (GObject *object)
{
  GezVault *self = GEZ_VAULT (object);

  g_clear_pointer (&self->vfs, gez_vault_vfs_free);
  g_clear_pointer (&self->keys, gez_vault_keys_free);
  g_clear_pointer (&self->header, gez_vault_header_free);
  if (self->lock >= 0)
    close (self->lock);
  g_free (self->directory);
  G_OBJECT_CLASS (gez_vault_parent_class)->finalize (object);
}

static void
gez_vault_class_init (GezVaultClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gez_vault_finalize;
}

static void
gez_vault_init (GezVault *self)
{
  self->lock = -1;
}

/**
 * gez_vault_process_harden:
 *
 * First thing in every program: no core files, no reading of this process by others of the same
 * user, and a block of locked memory for secrets.
 *
 * Returns: %FALSE when there is no memory for secrets
 */
gboolean
gez_vault_process_harden (GError **error)
{
  struct rlimit none = { 0, 0 };

  setrlimit (RLIMIT_CORE, &none);
  /* Also keeps a core pattern that pipes to a program from getting anything. */
  prctl (PR_SET_DUMPABLE, 0, 0, 0, 0);
  return gez_secrets_start (error);
}

static GBytes *
read_file (const char *directory,
           const char *name)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  char *content = NULL;
  gsize size = 0;

  if (!g_file_get_contents (path, &content, &size, NULL))
    return NULL;
  return g_bytes_new_take (content, MIN (size, HEADER_SIZE_MAX + 1));
}

static GezVaultHeader *
parse_file (GBytes  *bytes,
            GError **error)
{
  if (bytes == NULL)
    {
      g_set_error_literal (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_DAMAGED, "the header is missing");
      return NULL;
    }
  return gez_vault_header_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), error);
}

static gboolean
has_file (const char *directory,
          const char *name)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/**
 * gez_vault_exists:
 *
 * Returns: whether there is a store, sound or damaged; %FALSE also for one whose making was interrupted
 */
gboolean
gez_vault_exists (const char *directory)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GezVaultHeader) header = NULL;

  g_return_val_if_fail (directory != NULL, FALSE);

  bytes = read_file (directory, HEADER);
  header = parse_file (bytes, NULL);
  if (header)
    return gez_vault_header_get_has_database (header);
  return has_file (directory, HEADER) || has_file (directory, HEADER_COPY) || has_file (directory, DATABASE);
}

static gboolean
take_lock (GezVault *self,
           GError  **error)
{
  g_autofree char *path = g_build_filename (self->directory, LOCK, NULL);

  self->lock = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (self->lock < 0)
    {
      gez_vault_set_error_from_errno (error, errno, "opening the lock file");
      return FALSE;
    }
  if (flock (self->lock, LOCK_EX | LOCK_NB) == 0)
    return TRUE;
  g_set_error_literal (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_IN_USE, "another program has this store open");
  return FALSE;
}

static GezVault *
vault_new (const char *directory,
           GError    **error)
{
  g_autoptr (GezVault) self = g_object_new (GEZ_TYPE_VAULT, NULL);

  if (!gez_secrets_start (error))
    return NULL;
  self->directory = g_strdup (directory);
  self->keys = gez_vault_keys_new ();
  if (self->keys == NULL)
    {
      g_set_error_literal (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_NO_MEMORY, "no locked memory left");
      return NULL;
    }
  return take_lock (self, error) ? g_steal_pointer (&self) : NULL;
}

static gboolean
start_vfs (GezVault *self,
           GError  **error)
{
  self->vfs = gez_vault_vfs_new (self->keys, gez_vault_header_get_database_id (self->header),
                                 g_getenv ("GEZINSPLAN_TEST_VFS"));
  if (self->vfs)
    return TRUE;
  g_set_error_literal (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_IO, "the encrypting file system does not start");
  return FALSE;
}

static gboolean
write_header (GezVault *self,
              GError  **error)
{
  g_autoptr (GBytes) bytes = gez_vault_header_serialise (self->header, self->keys);

  return gez_vault_write_file (self->directory, HEADER, bytes, error) &&
         gez_vault_write_file (self->directory, HEADER_COPY, bytes, error);
}

static gboolean
make_directory (const char *directory,
                GError    **error)
{
  if (g_mkdir_with_parents (directory, 0700) == 0 && g_chmod (directory, 0700) == 0)
    return TRUE;
  gez_vault_set_error_from_errno (error, errno, "making the directory");
  return FALSE;
}

static void
remove_unfinished (const char *directory)
{
  static const char *const names[] = { DATABASE, DATABASE "-wal", DATABASE "-epoch", HEADER, HEADER_COPY };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (directory, names[i], NULL);

      g_unlink (path);
    }
}

/**
 * gez_vault_create:
 * @directory: made when it is not there
 * @cost: what deriving the key shall cost
 *
 * Makes the keys of a new store. There is no database yet.
 *
 * Returns: (transfer full): an unlocked vault, or %NULL with @error set
 */
GezVault *
gez_vault_create (const char    *directory,
                  GezPassphrase  passphrase,
                  GezKdfCost     cost,
                  GError       **error)
{
  g_autoptr (GezVault) self = NULL;
  GezId database_id;

  g_return_val_if_fail (directory != NULL && passphrase.text != NULL, NULL);

  if (gez_vault_exists (directory))
    {
      g_set_error_literal (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_EXISTS, "there is a store already");
      return NULL;
    }
  if (!make_directory (directory, error) || (self = vault_new (directory, error)) == NULL)
    return NULL;
  remove_unfinished (directory);
  randombytes_buf (database_id.bytes, GEZ_ID_SIZE);
  randombytes_buf (self->keys->data, GEZ_KEY_SIZE);
  gez_vault_keys_derive (self->keys);
  self->header = gez_vault_header_new (&database_id, self->keys, passphrase, cost, error);
  if (self->header == NULL || !write_header (self, error) || !start_vfs (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

static gboolean
unlock_from (GezVault      *self,
             GBytes        *bytes,
             GezPassphrase  passphrase,
             GError       **error)
{
  g_clear_pointer (&self->header, gez_vault_header_free);
  self->header = parse_file (bytes, error);
  return self->header && gez_vault_header_unlock (self->header, passphrase, self->keys, error);
}

/* The copy is only asked when it differs: otherwise a wrong passphrase would cost twice the time. */
static gboolean
unlock_header (GezVault      *self,
               GezPassphrase  passphrase,
               GError       **error)
{
  g_autoptr (GBytes) header = read_file (self->directory, HEADER);
  g_autoptr (GBytes) copy = read_file (self->directory, HEADER_COPY);
  g_autoptr (GError) failure = NULL;
  gboolean differ = header == NULL || copy == NULL || !g_bytes_equal (header, copy);

  if (unlock_from (self, header, passphrase, &failure))
    return !differ || write_header (self, error);
  if (g_error_matches (failure, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_TOO_NEW) || !differ || copy == NULL ||
      !unlock_from (self, copy, passphrase, NULL))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return write_header (self, error);
}

/**
 * gez_vault_unlock:
 * @passphrase: kept and wiped by the caller
 *
 * Opens a key slot. This takes as long as the key derivation was made to cost.
 *
 * Returns: (transfer full): the unlocked vault, or %NULL with @error set
 */
GezVault *
gez_vault_unlock (const char    *directory,
                  GezPassphrase  passphrase,
                  GError       **error)
{
  g_autoptr (GezVault) self = NULL;

  g_return_val_if_fail (directory != NULL && passphrase.text != NULL, NULL);

  if (!gez_vault_exists (directory))
    {
      g_set_error_literal (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_NOT_A_STORE, "there is no store");
      return NULL;
    }
  self = vault_new (directory, error);
  if (self == NULL || !unlock_header (self, passphrase, error) || !start_vfs (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

const char *
gez_vault_get_directory (GezVault *self)
{
  g_return_val_if_fail (GEZ_IS_VAULT (self), NULL);

  return self->directory;
}

const GezId *
gez_vault_get_database_id (GezVault *self)
{
  g_return_val_if_fail (GEZ_IS_VAULT (self), NULL);

  return gez_vault_header_get_database_id (self->header);
}

gboolean
gez_vault_has_database (GezVault *self)
{
  g_return_val_if_fail (GEZ_IS_VAULT (self), FALSE);

  return gez_vault_header_get_has_database (self->header);
}

/**
 * gez_vault_set_has_database:
 *
 * Says that the database is complete. The last step of making a store.
 *
 * Returns: %TRUE when the header is durable
 */
gboolean
gez_vault_set_has_database (GezVault *self,
                            GError  **error)
{
  g_return_val_if_fail (GEZ_IS_VAULT (self), FALSE);

  gez_vault_header_set_has_database (self->header, TRUE);
  return write_header (self, error);
}

static void
set_error_from_sqlite (sqlite3    *database,
                       int         code,
                       const char *doing,
                       GError    **error)
{
  int found = GEZ_VAULT_ERROR_IO;

  if (code == SQLITE_IOERR_AUTH || (code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB)
    found = GEZ_VAULT_ERROR_DAMAGED;
  else if ((code & 0xff) == SQLITE_FULL)
    found = GEZ_VAULT_ERROR_NO_SPACE;
  else if ((code & 0xff) == SQLITE_BUSY)
    found = GEZ_VAULT_ERROR_IN_USE;
  else if ((code & 0xff) == SQLITE_NOMEM)
    found = GEZ_VAULT_ERROR_NO_MEMORY;
  g_set_error (error, GEZ_VAULT_ERROR, found, "%s: %s (%d)", doing, database ? sqlite3_errmsg (database) : "",
               code);
}

/* Runs a PRAGMA and compares what it answers; @expected %NULL takes any answer. */
static gboolean
set_pragma (sqlite3    *database,
            const char *sql,
            const char *expected,
            GError    **error)
{
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_prepare_v2 (database, sql, -1, &statement, NULL);
  gboolean as_expected = expected == NULL;

  if (code == SQLITE_OK)
    code = sqlite3_step (statement);
  if (code == SQLITE_ROW && expected)
    as_expected = g_strcmp0 ((const char *) sqlite3_column_text (statement, 0), expected) == 0;
  if (code == SQLITE_ROW || code == SQLITE_DONE)
    code = SQLITE_OK;
  sqlite3_finalize (statement);
  if (code == SQLITE_OK && as_expected)
    return TRUE;
  set_error_from_sqlite (database, code == SQLITE_OK ? SQLITE_ERROR : code, sql, error);
  return FALSE;
}

static gboolean
harden (sqlite3 *database,
        GError **error)
{
  static const struct
  {
    int option;
    int value;
  } options[] = {
    { SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 }, { SQLITE_DBCONFIG_DEFENSIVE, 1 },
    { SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },        { SQLITE_DBCONFIG_DQS_DDL, 0 },
    { SQLITE_DBCONFIG_DQS_DML, 0 },               { SQLITE_DBCONFIG_ENABLE_FKEY, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    {
      int now = -1;
      int code = sqlite3_db_config (database, options[i].option, options[i].value, &now);

      if (code != SQLITE_OK || now != options[i].value)
        {
          set_error_from_sqlite (database, SQLITE_ERROR, "hardening", error);
          return FALSE;
        }
    }
  return TRUE;
}

/* Before the first page is touched. */
static gboolean
configure (sqlite3 *database,
           GError **error)
{
  int reserved = GEZ_PAGE_RESERVED;

  sqlite3_extended_result_codes (database, 1);
  sqlite3_file_control (database, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserved);
  return harden (database, error) && set_pragma (database, "PRAGMA page_size = 4096", NULL, error) &&
         set_pragma (database, "PRAGMA locking_mode = EXCLUSIVE", "exclusive", error) &&
         set_pragma (database, "PRAGMA temp_store = MEMORY", NULL, error) &&
         set_pragma (database, "PRAGMA mmap_size = 0", "0", error) &&
         set_pragma (database, "PRAGMA cell_size_check = ON", NULL, error) &&
         set_pragma (database, "PRAGMA secure_delete = ON", "1", error) &&
         set_pragma (database, "PRAGMA cache_size = -65536", NULL, error);
}

static gboolean
use_log (sqlite3 *database,
         GError **error)
{
  /* The first write of page 1 needs no journal file when the journal is in memory. */
  return set_pragma (database, "PRAGMA journal_mode = MEMORY", NULL, error) &&
         set_pragma (database, "PRAGMA journal_mode = WAL", "wal", error) &&
         set_pragma (database, "PRAGMA synchronous = FULL", NULL, error) &&
         set_pragma (database, "PRAGMA foreign_keys", "1", error);
}

static gboolean
check_application (sqlite3 *database,
                   GError **error)
{
  g_autofree char *expected = g_strdup_printf ("%d", APPLICATION_ID);

  if (!set_pragma (database, "SELECT count(*) FROM sqlite_schema", NULL, error))
    return FALSE;
  if (set_pragma (database, "PRAGMA application_id", expected, NULL))
    return TRUE;
  g_set_error_literal (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_DAMAGED, "not a database of this program");
  return FALSE;
}

static sqlite3 *
open_file (GezVault   *self,
           const char *path,
           gboolean    create,
           GError    **error)
{
  sqlite3 *database = NULL;
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (create ? SQLITE_OPEN_CREATE : 0);
  int code = sqlite3_open_v2 (path, &database, flags, gez_vault_vfs_get_name (self->vfs));

  if (code != SQLITE_OK)
    {
      set_error_from_sqlite (database, code == SQLITE_CANTOPEN && !create ? SQLITE_CORRUPT : code, "opening", error);
      sqlite3_close (database);
      return NULL;
    }
  if (!configure (database, error))
    {
      sqlite3_close (database);
      return NULL;
    }
  return database;
}

/**
 * gez_vault_open_database:
 *
 * Opens the database of this store, or makes it where the header says that there is none yet. A real
 * page is read, so damage is found here.
 *
 * Returns: (transfer full): the connection, for gez_vault_close_database(); %NULL with @error set
 */
sqlite3 *
gez_vault_open_database (GezVault *self,
                         GError  **error)
{
  g_autofree char *path = NULL;
  g_autofree char *set_application = g_strdup_printf ("PRAGMA application_id = %d", APPLICATION_ID);
  gboolean create;
  sqlite3 *database;

  g_return_val_if_fail (GEZ_IS_VAULT (self), NULL);

  path = g_build_filename (self->directory, DATABASE, NULL);
  create = !gez_vault_has_database (self);
  database = open_file (self, path, create, error);
  if (database == NULL)
    return NULL;
  if (use_log (database, error) && (!create || set_pragma (database, set_application, NULL, error)) &&
      check_application (database, error))
    return database;
  sqlite3_close (database);
  return NULL;
}

/**
 * gez_vault_open_copy:
 * @path: another file, which gets the same keys and the same database id
 * @create: whether it is to be made
 *
 * Opens a copy of the database, to write a backup or to read one. A new copy keeps its journal in
 * memory: it is verified and thrown away when writing it was interrupted.
 *
 * Returns: (transfer full): the connection, for gez_vault_close_database(); %NULL with @error set
 */
sqlite3 *
gez_vault_open_copy (GezVault   *self,
                     const char *path,
                     gboolean    create,
                     GError    **error)
{
  sqlite3 *database;

  g_return_val_if_fail (GEZ_IS_VAULT (self) && path != NULL, NULL);

  database = open_file (self, path, create, error);
  if (database == NULL)
    return NULL;
  if (create ? set_pragma (database, "PRAGMA journal_mode = MEMORY", NULL, error)
             : check_application (database, error))
    return database;
  sqlite3_close (database);
  return NULL;
}

/**
 * gez_vault_close_database:
 * @database: (transfer full): without open statements
 *
 * Moves the log into the database and closes it.
 *
 * Returns: %FALSE when the log could not be moved; it is then read at the next opening
 */
gboolean
gez_vault_close_database (GezVault *self,
                          sqlite3  *database,
                          GError  **error)
{
  int code, closed;

  g_return_val_if_fail (GEZ_IS_VAULT (self) && database != NULL, FALSE);

  code = sqlite3_wal_checkpoint_v2 (database, "main", SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
  if (code != SQLITE_OK)
    set_error_from_sqlite (database, code, "moving the log", error);
  closed = sqlite3_close (database);
  if (closed != SQLITE_OK)
    {
      g_critical ("statements were left open (%d)", closed);
      sqlite3_close_v2 (database);
    }
  return code == SQLITE_OK;
}
