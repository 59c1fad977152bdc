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

#include "vault/gez-vault-connection.h"
#include "vault/gez-vault-file.h"
#include "vault/gez-vault-header-change.h"
#include "vault/gez-vault-private.h"

/*
 * 1. While a vault exists it holds the lock of its directory; another one, in this process or
 *    another, is told that the store is in use.
 * 2. The lock is taken before the header is read, so that nobody else repairs or replaces it.
 * 3. The header says whether a database exists. If it does, the database is opened and never made:
 *    a file that is gone or empty is damage. If it does not, whatever is there is half of a
 *    creation that was interrupted, holds nothing that anybody was told is saved, and is started
 *    again.
 * 4. Keys live in the arena for secrets from unlocking to dispose.
 * 5. What opens the store can change while it is open (gez-vault-keys.c): flags and slots of the header
 *    are read and written under a lock. Its identity never changes.
 */

#define DATABASE_NAME "gezinsplan.db"
#define LOCK_NAME "lock"

G_DEFINE_FINAL_TYPE (GezVault, gez_vault, G_TYPE_OBJECT)

static gboolean
take_lock (GezVault *self,
           GError  **error)
{
  g_autofree char *path = g_build_filename (self->directory, LOCK_NAME, NULL);

  self->lock = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (self->lock < 0)
    {
      gez_vault_file_set_error (error, errno, "open", path);
      return FALSE;
    }
  /* Belongs to this open file, not to the process: a second vault in it is refused too. */
  if (flock (self->lock, LOCK_EX | LOCK_NB) == 0)
    return TRUE;
  if (errno == EWOULDBLOCK)
    g_set_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_IN_USE, "“%s” is open already",
                 self->directory);
  else
    gez_vault_file_set_error (error, errno, "lock", path);
  return FALSE;
}

static gboolean
start_vfs (GezVault   *self,
           const char *base_name,
           GError    **error)
{
  g_autoptr (GezSecret) page = NULL;
  g_autoptr (GezSecret) log = NULL;
  g_autoptr (GezSecret) epoch = NULL;

  page = gez_vault_header_derive (self->data_key, GEZ_VAULT_KEY_PAGE, error);
  log = page ? gez_vault_header_derive (self->data_key, GEZ_VAULT_KEY_LOG, error) : NULL;
  epoch = log ? gez_vault_header_derive (self->data_key, GEZ_VAULT_KEY_EPOCH, error) : NULL;
  if (epoch == NULL)
    return FALSE;
  g_clear_pointer (&self->vfs, gez_vault_vfs_free);
  self->vfs = gez_vault_vfs_new (base_name, gez_vault_header_get_database_id (self->header),
                                 g_steal_pointer (&page), g_steal_pointer (&log),
                                 g_steal_pointer (&epoch), error);
  return self->vfs != NULL;
}

static GezVault *
vault_new (const char *directory)
{
  GezVault *self = g_object_new (GEZ_TYPE_VAULT, NULL);
  char *real = realpath (directory, NULL);

  /* SQLite names files by their real path; what a person chose may be relative, or a link. */
  self->directory = real ? g_strdup (real) : g_canonicalize_filename (directory, NULL);
  free (real);
  self->database_path = g_build_filename (self->directory, DATABASE_NAME, NULL);
  return self;
}

static gboolean
make_header (GezVault     *self,
             GezPassphrase passphrase,
             GezKdfCost    cost,
             GError      **error)
{
  self->header = gez_vault_header_new ();
  self->data_key = gez_secret_new (error);
  if (self->data_key == NULL)
    return FALSE;
  crypto_kdf_keygen (self->data_key->bytes);
  return gez_vault_header_add_passphrase (self->header, passphrase, cost, self->data_key, error)
         && gez_vault_header_save (self->header, self->directory, self->data_key, error);
}

static gboolean
start_sodium (GError **error)
{
  if (sodium_init () >= 0)
    return TRUE;
  g_set_error_literal (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_IO, "libsodium did not start");
  return FALSE;
}

static gboolean
refuse_existing (const char *directory,
                 GError    **error)
{
  if (!gez_vault_exists (directory))
    return FALSE;
  g_set_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_EXISTS, "“%s” holds a store already",
               directory);
  return TRUE;
}

static gboolean
load_header (GezVault            *self,
             const GezPassphrase *passphrase,
             const GezSecret     *code,
             GError             **error)
{
  g_autoptr (GError) failure = NULL;

  self->header = passphrase
                   ? gez_vault_header_load (self->directory, *passphrase, &self->data_key, &failure)
                   : gez_vault_header_load_with_recovery (self->directory, code, &self->data_key,
                                                          &failure);
  if (self->header != NULL)
    return TRUE;
  /* A database whose two headers are gone is damaged, not absent. */
  if (g_error_matches (failure, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_NOT_A_STORE))
    failure->code = GEZ_VAULT_ERROR_DAMAGED;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
remove_unfinished (GezVault *self,
                   GError  **error)
{
  int code = gez_vault_vfs_remove (self->vfs, self->database_path);

  if (code == SQLITE_OK)
    return gez_vault_file_create_empty (self->database_path, error)
           && gez_vault_file_sync_directory (self->directory, error);
  g_set_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_IO, "Cannot remove “%s”: %s",
               self->database_path, sqlite3_errstr (code));
  return FALSE;
}

static void
gez_vault_dispose (GObject *object)
{
  GezVault *self = GEZ_VAULT (object);

  if (self->vfs != NULL && gez_vault_vfs_get_n_open (self->vfs) > 0)
    {
      /* The connection would use freed keys; leaking them is the lesser defect. */
      g_critical ("A database is still open through this vault");
      self->vfs = NULL;
    }
  g_clear_pointer (&self->vfs, gez_vault_vfs_free);
  g_clear_pointer (&self->data_key, gez_secret_free);
  g_clear_pointer (&self->header, gez_vault_header_free);
  if (self->lock >= 0)
    close (self->lock);
  self->lock = -1;
  G_OBJECT_CLASS (gez_vault_parent_class)->dispose (object);
}

static void
gez_vault_finalize (GObject *object)
{
  GezVault *self = GEZ_VAULT (object);

  g_mutex_clear (&self->header_lock);
  g_free (self->directory);
  g_free (self->database_path);
  G_OBJECT_CLASS (gez_vault_parent_class)->finalize (object);
}

static void
gez_vault_class_init (GezVaultClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gez_vault_dispose;
  G_OBJECT_CLASS (klass)->finalize = gez_vault_finalize;
}

static void
gez_vault_init (GezVault *self)
{
  self->lock = -1;
  g_mutex_init (&self->header_lock);
}

/**
 * gez_vault_process_harden:
 *
 * Keeps the memory of this process out of core files, also those that are piped to a program, and
 * away from debuggers of the same user. Called first thing in main().
 *
 * Returns: whether all of it was accepted; or %FALSE with GEZ_VAULT_ERROR_IO
 *
 * Thread: the main one.
 */
gboolean
gez_vault_process_harden (GError **error)
{
  const struct rlimit none = { 0, 0 };

  if (prctl (PR_SET_DUMPABLE, 0, 0, 0, 0) != 0 || setrlimit (RLIMIT_CORE, &none) != 0)
    {
      g_set_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_IO, "Cannot switch core files off: %s",
                   g_strerror (errno));
      return FALSE;
    }
  return start_sodium (error);
}

/**
 * gez_vault_exists:
 * @directory: a directory, which need not exist
 *
 * Returns: whether a store is there, sound or damaged; %FALSE for one whose creation was
 *   interrupted, where it can be created again
 *
 * Thread: any.
 */
gboolean
gez_vault_exists (const char *directory)
{
  g_autofree char *database = NULL;
  gboolean has_database;

  g_return_val_if_fail (directory != NULL, FALSE);

  if (gez_vault_header_exists (directory, &has_database))
    return has_database;
  /* A database without a header cannot be opened, but must not be written over either. */
  database = g_build_filename (directory, DATABASE_NAME, NULL);
  return g_file_test (database, G_FILE_TEST_EXISTS);
}

/**
 * gez_vault_create:
 * @directory: made when it is not there; closed to other users
 * @passphrase: what will open the store
 * @cost: what one guess shall cost
 *
 * Makes the header of a new store. The database comes with gez_vault_open_database().
 *
 * Returns: (transfer full) (nullable): the open vault; or %NULL with GEZ_VAULT_ERROR_EXISTS,
 *   _IN_USE, _NO_MEMORY, _NO_SPACE or _IO. An interrupted creation leaves a directory that can be
 *   created in again, or opens.
 *
 * Thread: any but the main one, here and in gez_vault_unlock(): takes as long as @cost says.
 */
GezVault *
gez_vault_create (const char    *directory,
                  GezPassphrase  passphrase,
                  GezKdfCost     cost,
                  GError       **error)
{
  g_autoptr (GezVault) self = NULL;

  g_return_val_if_fail (directory != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (refuse_existing (directory, error) || !start_sodium (error)
      || !gez_vault_file_make_directory (directory, error))
    return NULL;
  self = vault_new (directory);
  /* Asked again under the lock: somebody else may have been making one. */
  if (!take_lock (self, error) || refuse_existing (directory, error))
    return NULL;
  if (!make_header (self, passphrase, cost, error) || !start_vfs (self, NULL, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * gez_vault_unlock:
 * @directory: of a store
 * @passphrase: what opens it
 *
 * Opens the header of a store, and repairs it from its copy when it is damaged.
 *
 * Returns: (transfer full) (nullable): the open vault; or %NULL with
 *   GEZ_VAULT_ERROR_WRONG_PASSPHRASE, _NOT_A_STORE, _IN_USE, _DAMAGED, _TOO_NEW, _NO_MEMORY or _IO
 */
GezVault *
gez_vault_unlock (const char    *directory,
                  GezPassphrase  passphrase,
                  GError       **error)
{
  g_return_val_if_fail (directory != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return gez_vault_unlock_with (directory, &passphrase, NULL, error);
}

/**
 * gez_vault_unlock_with:
 * @passphrase: (nullable): what opens the store
 * @code: (nullable): or the code of its recovery sheet
 *
 * See gez_vault_unlock(). Ends what was interrupted the last time.
 */
GezVault *
gez_vault_unlock_with (const char          *directory,
                       const GezPassphrase *passphrase,
                       const GezSecret     *code,
                       GError             **error)
{
  g_autoptr (GezVault) self = NULL;
  gboolean has_database;

  if (!gez_vault_header_exists (directory, &has_database) && !gez_vault_exists (directory))
    {
      g_set_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_NOT_A_STORE, "“%s” holds no store",
                   directory);
      return NULL;
    }
  self = vault_new (directory);
  if (!start_sodium (error) || !take_lock (self, error)
      || !load_header (self, passphrase, code, error))
    return NULL;
  gez_vault_header_tidy (self->directory);
  if (!gez_vault_finish_rekey (self, error) || !start_vfs (self, NULL, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * gez_vault_new_beside:
 * @header: (transfer full): of another database
 * @data_key: (transfer full): its key
 *
 * Returns: (transfer full) (nullable): a vault in the directory of @self, whose lock serves both; only for
 *   gez_vault_open_copy()
 */
GezVault *
gez_vault_new_beside (GezVault       *self,
                      GezVaultHeader *header,
                      GezSecret      *data_key,
                      GError        **error)
{
  g_autoptr (GezVault) beside = vault_new (self->directory);

  beside->header = header;
  beside->data_key = data_key;
  return start_vfs (beside, NULL, error) ? g_steal_pointer (&beside) : NULL;
}

/**
 * gez_vault_get_directory:
 *
 * Returns: (transfer none): the full path of the store
 *
 * Thread: any.
 */
const char *
gez_vault_get_directory (GezVault *self)
{
  g_return_val_if_fail (GEZ_IS_VAULT (self), NULL);

  return self->directory;
}

/**
 * gez_vault_get_database_id:
 *
 * Returns: (transfer none): the random identity that every page is bound to
 *
 * Thread: any.
 */
const GezId *
gez_vault_get_database_id (GezVault *self)
{
  g_return_val_if_fail (GEZ_IS_VAULT (self), NULL);

  return gez_vault_header_get_database_id (self->header);
}

/**
 * gez_vault_has_database:
 *
 * Returns: whether the database was made, whole
 *
 * Thread: the worker's, here and below.
 */
gboolean
gez_vault_has_database (GezVault *self)
{
  g_autoptr (GMutexLocker) locker = NULL;

  g_return_val_if_fail (GEZ_IS_VAULT (self), FALSE);

  locker = g_mutex_locker_new (&self->header_lock);
  return gez_vault_header_get_has_database (self->header);
}

/**
 * gez_vault_set_has_database:
 *
 * Writes down, durably, that the database exists, after its schema and first rows are committed.
 * Until then opening the database starts it again from nothing.
 *
 * Returns: %FALSE with GEZ_VAULT_ERROR_NO_SPACE or _IO
 */
gboolean
gez_vault_set_has_database (GezVault *self,
                            GError  **error)
{
  g_autoptr (GMutexLocker) locker = NULL;

  g_return_val_if_fail (GEZ_IS_VAULT (self), FALSE);

  locker = g_mutex_locker_new (&self->header_lock);
  if (gez_vault_header_get_has_database (self->header))
    return TRUE;
  gez_vault_header_set_has_database (self->header, TRUE);
  if (gez_vault_header_save (self->header, self->directory, self->data_key, error))
    return TRUE;
  gez_vault_header_set_has_database (self->header, FALSE);
  return FALSE;
}

/**
 * gez_vault_open_database:
 *
 * Opens the database, hardened, with its log and all that the encryption relies on set. Only one
 * connection at a time: never open the file a second time in the process.
 *
 * Returns: (transfer full) (nullable): the connection, closed with gez_vault_close_database(); or
 *   %NULL with GEZ_VAULT_ERROR_DAMAGED, _NO_SPACE, _NO_MEMORY or _IO
 */
sqlite3 *
gez_vault_open_database (GezVault *self,
                         GError  **error)
{
  gboolean exists;

  g_return_val_if_fail (GEZ_IS_VAULT (self), NULL);

  exists = gez_vault_has_database (self);
  if (!exists && !remove_unfinished (self, error))
    return NULL;
  if (exists && !g_file_test (self->database_path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_DAMAGED, "“%s” is gone",
                   self->database_path);
      return NULL;
    }
  return gez_vault_connection_open (self->database_path, gez_vault_vfs_get_name (self->vfs),
                                    !exists, error);
}

/**
 * gez_vault_open_copy:
 * @path: another file, for a backup of this database
 * @create: whether it is new; a file that is there already is started again
 *
 * Opens a copy under the same keys. A copy is filled through SQLite's backup interface.
 *
 * Returns: (transfer full) (nullable): the connection, closed with gez_vault_close_database(); or
 *   %NULL with GEZ_VAULT_ERROR_DAMAGED, _NO_SPACE, _NO_MEMORY or _IO
 */
sqlite3 *
gez_vault_open_copy (GezVault   *self,
                     const char *path,
                     gboolean    create,
                     GError    **error)
{
  g_autofree char *full = NULL;
  int code;

  g_return_val_if_fail (GEZ_IS_VAULT (self), NULL);
  g_return_val_if_fail (path != NULL, NULL);

  full = g_canonicalize_filename (path, NULL);
  g_return_val_if_fail (!g_str_equal (full, self->database_path), NULL);
  code = create ? gez_vault_vfs_remove (self->vfs, full) : SQLITE_OK;
  if (code != SQLITE_OK)
    {
      g_set_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_IO, "Cannot replace “%s”: %s", full,
                   sqlite3_errstr (code));
      return NULL;
    }
  if (create && !gez_vault_file_create_empty (full, error))
    return NULL;
  return gez_vault_connection_open (full, gez_vault_vfs_get_name (self->vfs), create, error);
}

/**
 * gez_vault_close_database:
 * @database: (transfer full): from gez_vault_open_database() or gez_vault_open_copy()
 *
 * Brings what the log holds into the database and closes it. A copy is one file after this.
 *
 * Returns: %FALSE with GEZ_VAULT_ERROR_NO_SPACE or _IO when the log could not be emptied; the
 *   connection is closed all the same, and nothing is lost
 */
gboolean
gez_vault_close_database (GezVault *self,
                          sqlite3  *database,
                          GError  **error)
{
  g_autofree char *path = NULL, *epoch = NULL;

  g_return_val_if_fail (GEZ_IS_VAULT (self), FALSE);
  g_return_val_if_fail (database != NULL, FALSE);

  path = g_strdup (sqlite3_db_filename (database, "main"));
  if (!gez_vault_connection_close (database, error))
    return FALSE;
  /* Without a log there is nothing that the epoch of a copy could tell. */
  epoch = g_strconcat (path, "-epoch", NULL);
  if (!g_str_equal (path, self->database_path))
    g_unlink (epoch);
  return TRUE;
}

/**
 * gez_vault_set_base_vfs:
 * @name: a file system that SQLite knows
 *
 * Puts another file system below the encrypting one. Nothing is open.
 */
gboolean
gez_vault_set_base_vfs (GezVault   *self,
                        const char *name,
                        GError    **error)
{
  g_return_val_if_fail (GEZ_IS_VAULT (self), FALSE);

  return start_vfs (self, name, error);
}

/**
 * gez_vault_get_n_refusals:
 *
 * Returns: how many operations of SQLite the file system refused
 */
guint
gez_vault_get_n_refusals (GezVault *self)
{
  g_return_val_if_fail (GEZ_IS_VAULT (self), 0);

  return gez_vault_vfs_get_n_refusals (self->vfs);
}
