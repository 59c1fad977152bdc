/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sodium.h>
#include <string.h>

#include "base/gez-error.h"
#include "vault/gez-vault-vfs-private.h"

/*
 * 1. One registration per vault, never the default: SQLite uses it only where it is named.
 * 2. Two kinds of file exist, a database and its write-ahead log. Everything else that SQLite could
 *    open (rollback journal, statement and super journals, temporary databases) is refused, so that
 *    nothing readable can reach the disk; a rollback journal that somebody planted is not seen.
 * 3. Exactly "power-safe overwrite" is told of the device: the other properties change how SQLite
 *    writes, into shapes that the file methods refuse.
 * 4. A database that is opened without leave to create it is never empty.
 * 5. A file system with an origin serves copies alone. They have no log and no epoch, and one that lies
 *    beside them is not seen.
 */

static gboolean
has_suffix (const char *path,
            const char *suffix)
{
  return path != NULL && g_str_has_suffix (path, suffix);
}

/**
 * gez_vault_file_refuse:
 * @code: what SQLite is told
 *
 * Refuses an operation, and counts it: a new version of SQLite that does things in another way
 * shows in the tests.
 */
int
gez_vault_file_refuse (GezVaultFile *self,
                       int           code)
{
  g_atomic_int_inc (&self->vfs->n_refusals);
  return code;
}

/**
 * gez_vault_file_close_real:
 *
 * Closes the file of the base system, and wipes what was read.
 */
int
gez_vault_file_close_real (GezVaultFile *self)
{
  sodium_memzero (self->plain, sizeof self->plain);
  return self->real->pMethods != NULL ? self->real->pMethods->xClose (self->real) : SQLITE_OK;
}

int
gez_vault_file_lock (sqlite3_file *file,
                     int           level)
{
  GezVaultFile *self = (GezVaultFile *) file;

  return self->real->pMethods->xLock (self->real, level);
}

int
gez_vault_file_unlock (sqlite3_file *file,
                       int           level)
{
  GezVaultFile *self = (GezVaultFile *) file;

  return self->real->pMethods->xUnlock (self->real, level);
}

int
gez_vault_file_is_reserved (sqlite3_file *file,
                            int          *reserved)
{
  GezVaultFile *self = (GezVaultFile *) file;

  return self->real->pMethods->xCheckReservedLock (self->real, reserved);
}

int
gez_vault_file_control (sqlite3_file *file,
                        int           operation,
                        void         *argument)
{
  GezVaultFile *self = (GezVaultFile *) file;

  switch (operation)
    {
    case SQLITE_FCNTL_SIZE_HINT: /* would grow the file by bytes that are not sealed */
    case SQLITE_FCNTL_CHUNK_SIZE:
      return SQLITE_OK;
    case SQLITE_FCNTL_MMAP_SIZE:
      *(sqlite3_int64 *) argument = 0;
      return SQLITE_OK;
    case SQLITE_FCNTL_VFSNAME:
      *(char **) argument = sqlite3_mprintf ("%s", self->vfs->name);
      return SQLITE_OK;
    case SQLITE_FCNTL_LOCKSTATE:
    case SQLITE_FCNTL_LAST_ERRNO:
    case SQLITE_FCNTL_PERSIST_WAL:
    case SQLITE_FCNTL_HAS_MOVED:
      return self->real->pMethods->xFileControl (self->real, operation, argument);
    default:
      return SQLITE_NOTFOUND;
    }
}

int
gez_vault_file_sector_size (sqlite3_file *file)
{
  return GEZ_PAGE_SIZE;
}

int
gez_vault_file_characteristics (sqlite3_file *file)
{
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

/**
 * gez_vault_vfs_forget:
 *
 * Takes a database that is being closed off the list of open ones.
 */
void
gez_vault_vfs_forget (GezVaultVfs  *self,
                      GezVaultFile *database)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->databases = g_slist_remove (self->databases, database);
}

/* The open database whose log is at @path. */
static GezVaultFile *
find_database_of_log (GezVaultVfs *self,
                      const char  *path)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  if (!has_suffix (path, "-wal"))
    return NULL;
  for (GSList *l = self->databases; l != NULL; l = l->next)
    {
      GezVaultFile *database = l->data;
      gsize length = strlen (database->path);

      if (strncmp (path, database->path, length) == 0 && g_str_equal (path + length, "-wal"))
        return database;
    }
  return NULL;
}

static int
start_database (GezVaultFile *self,
                const char   *path,
                int           flags)
{
  sqlite3_int64 size = 0;
  int code = self->real->pMethods->xFileSize (self->real, &size);

  size = MAX (size - self->vfs->origin, 0);
  if (code == SQLITE_OK && size == 0 && (flags & SQLITE_OPEN_CREATE) == 0)
    code = SQLITE_CORRUPT;
  if (code == SQLITE_OK && self->vfs->origin == 0)
    code = gez_epoch_open (self->vfs->base, path, self->vfs->epoch_key, &self->vfs->database,
                           &self->epoch);
  if (code != SQLITE_OK)
    return code;
  self->path = g_strdup (path);
  self->n_pages = size / GEZ_PAGE_SIZE;
  self->parent.pMethods = &gez_vault_database_methods;
  g_mutex_lock (&self->vfs->lock);
  self->vfs->databases = g_slist_prepend (self->vfs->databases, self);
  g_mutex_unlock (&self->vfs->lock);
  return SQLITE_OK;
}

static int
start_log (GezVaultFile *self,
           const char   *path)
{
  self->database = self->vfs->origin == 0 ? find_database_of_log (self->vfs, path) : NULL;
  if (self->database == NULL)
    return gez_vault_file_refuse (self, SQLITE_CANTOPEN);
  self->held_index = -1;
  self->parent.pMethods = &gez_vault_log_methods;
  return SQLITE_OK;
}

static int
vfs_open (sqlite3_vfs  *vfs,
          const char   *path,
          sqlite3_file *file,
          int           flags,
          int          *out_flags)
{
  GezVaultVfs *self = (GezVaultVfs *) vfs;
  GezVaultFile *opened = (GezVaultFile *) file;
  int kind = flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL);
  int code;

#ifdef GEZ_MUTANT_PLAIN_FILES
  if (kind == 0)
    return self->base->xOpen (self->base, path, file, flags, out_flags);
#endif
  memset (opened, 0, sizeof *opened);
  opened->vfs = self;
  opened->real = (sqlite3_file *) (opened + 1);
  memset (opened->real, 0, (gsize) self->base->szOsFile);
  /* Before the base system opens it, and makes a file of that name. */
  if (path == NULL || kind == 0 || (flags & SQLITE_OPEN_DELETEONCLOSE) != 0
      || (kind == SQLITE_OPEN_WAL && find_database_of_log (self, path) == NULL))
    return gez_vault_file_refuse (opened, SQLITE_CANTOPEN);
  code = self->base->xOpen (self->base, path, opened->real, flags, out_flags);
  if (code == SQLITE_OK)
    code = kind == SQLITE_OPEN_WAL ? start_log (opened, path)
                                   : start_database (opened, path, flags);
  if (code != SQLITE_OK)
    gez_vault_file_close_real (opened);
  return code;
}

static int
vfs_delete (sqlite3_vfs *vfs,
            const char  *path,
            int          sync_directory)
{
  GezVaultVfs *self = (GezVaultVfs *) vfs;
  GezVaultFile *database;
  int code;

  if (has_suffix (path, "-journal"))
    return SQLITE_IOERR_DELETE_NOENT;
  database = find_database_of_log (self, path);
  if (database == NULL)
    {
      g_atomic_int_inc (&self->n_refusals);
      return SQLITE_IOERR_DELETE;
    }
  code = gez_epoch_advance (database->epoch);
  return code == SQLITE_OK ? self->base->xDelete (self->base, path, sync_directory) : code;
}

static int
vfs_access (sqlite3_vfs *vfs,
            const char  *path,
            int          what,
            int         *answer)
{
  GezVaultVfs *self = (GezVaultVfs *) vfs;

  *answer = 0;
  if (self->origin > 0 && has_suffix (path, "-wal"))
    return SQLITE_OK;
#ifndef GEZ_MUTANT_JOURNAL_SEEN
  if (has_suffix (path, "-journal"))
    return SQLITE_OK;
#endif
  return self->base->xAccess (self->base, path, what, answer);
}

static int
vfs_full_path (sqlite3_vfs *vfs,
               const char  *path,
               int          room,
               char        *full)
{
  GezVaultVfs *self = (GezVaultVfs *) vfs;

  return self->base->xFullPathname (self->base, path, room, full);
}

/* Libraries are not loaded through a vault. */
static void *
vfs_load (sqlite3_vfs *vfs,
          const char  *path)
{
  return NULL;
}

static void
vfs_load_error (sqlite3_vfs *vfs,
                int          room,
                char        *message)
{
  g_strlcpy (message, "refused", (gsize) room);
}

static int
vfs_randomness (sqlite3_vfs *vfs,
                int          amount,
                char        *bytes)
{
  randombytes_buf (bytes, (gsize) amount);
  return amount;
}

static int
vfs_sleep (sqlite3_vfs *vfs,
           int          microseconds)
{
  GezVaultVfs *self = (GezVaultVfs *) vfs;

  return self->base->xSleep (self->base, microseconds);
}

static int
vfs_time (sqlite3_vfs *vfs,
          double      *julian_day)
{
  GezVaultVfs *self = (GezVaultVfs *) vfs;

  return self->base->xCurrentTime (self->base, julian_day);
}

static int
vfs_last_error (sqlite3_vfs *vfs,
                int          room,
                char        *message)
{
  GezVaultVfs *self = (GezVaultVfs *) vfs;

  return self->base->xGetLastError (self->base, room, message);
}

/**
 * gez_vault_vfs_new:
 * @base_name: (nullable): the name of the file system below, or %NULL for the usual one
 * @database: the identity that every page is bound to
 * @page_key: (transfer full): seals pages
 * @log_key: (transfer full) (nullable): seals frames of the log; %NULL for copies
 * @epoch_key: (transfer full) (nullable): authenticates epochs; %NULL for copies
 *
 * Registers an encrypting file system with SQLite.
 *
 * Returns: (transfer full) (nullable): the file system
 *
 * Thread: any.
 */
GezVaultVfs *
gez_vault_vfs_new (const char  *base_name,
                   const GezId *database,
                   GezSecret   *page_key,
                   GezSecret   *log_key,
                   GezSecret   *epoch_key,
                   GError     **error)
{
  static int n_made; /* atomic */
  GezVaultVfs *self = g_new0 (GezVaultVfs, 1);

  g_mutex_init (&self->lock);
  self->base = sqlite3_vfs_find (base_name);
  self->name = g_strdup_printf ("gezinsplan-%d", g_atomic_int_add (&n_made, 1));
  self->database = *database;
  self->page_key = page_key;
  self->log_key = log_key;
  self->epoch_key = epoch_key;
  self->parent = (sqlite3_vfs) {
    .iVersion = 1,
    .szOsFile = (int) sizeof (GezVaultFile) + (self->base ? self->base->szOsFile : 0),
    .mxPathname = self->base ? self->base->mxPathname : 0,
    .zName = self->name,
    .xOpen = vfs_open,
    .xDelete = vfs_delete,
    .xAccess = vfs_access,
    .xFullPathname = vfs_full_path,
    .xDlOpen = vfs_load,
    .xDlError = vfs_load_error,
    .xRandomness = vfs_randomness,
    .xSleep = vfs_sleep,
    .xCurrentTime = vfs_time,
    .xGetLastError = vfs_last_error,
  };
  if (self->base == NULL || sqlite3_vfs_register (&self->parent, 0) != SQLITE_OK)
    {
      g_set_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_IO, "No file system “%s” in SQLite",
                   base_name ? base_name : "");
      gez_vault_vfs_free (self);
      return NULL;
    }
  return self;
}

const char *
gez_vault_vfs_get_name (GezVaultVfs *self)
{
  return self->name;
}

/**
 * gez_vault_vfs_set_origin:
 * @origin: bytes before the first page of each file, a multiple of the page size
 *
 * Makes this a file system of copies. Nothing is open yet.
 *
 * Thread: any.
 */
void
gez_vault_vfs_set_origin (GezVaultVfs *self,
                          gint64       origin)
{
  g_assert (self->databases == NULL && origin % GEZ_PAGE_SIZE == 0);
  self->origin = origin;
}

/**
 * gez_vault_vfs_get_n_open:
 *
 * Returns: how many databases are open through it
 *
 * Thread: any.
 */
guint
gez_vault_vfs_get_n_open (GezVaultVfs *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return g_slist_length (self->databases);
}

/**
 * gez_vault_vfs_get_n_refusals:
 *
 * Returns: how many operations were refused
 *
 * Thread: any.
 */
guint
gez_vault_vfs_get_n_refusals (GezVaultVfs *self)
{
  return (guint) g_atomic_int_get (&self->n_refusals);
}

/**
 * gez_vault_vfs_remove:
 * @path: a full path
 *
 * Deletes what is left of a database that was never finished, and its log. Nothing has it open.
 *
 * Returns: an SQLite result code; it is no error when there is nothing
 *
 * Thread: any.
 */
int
gez_vault_vfs_remove (GezVaultVfs *self,
                      const char  *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  int code = self->base->xDelete (self->base, log, 0);

  if (code == SQLITE_OK || code == SQLITE_IOERR_DELETE_NOENT)
    code = self->base->xDelete (self->base, path, 1);
  return code == SQLITE_IOERR_DELETE_NOENT ? SQLITE_OK : code;
}

/**
 * gez_vault_vfs_free:
 * @self: (transfer full): a file system through which nothing is open
 *
 * Takes it out of SQLite and wipes its keys.
 *
 * Thread: any.
 */
void
gez_vault_vfs_free (GezVaultVfs *self)
{
  g_assert (self->databases == NULL);
  sqlite3_vfs_unregister (&self->parent);
  g_clear_pointer (&self->page_key, gez_secret_free);
  g_clear_pointer (&self->log_key, gez_secret_free);
  g_clear_pointer (&self->epoch_key, gez_secret_free);
  g_mutex_clear (&self->lock);
  g_free (self->name);
  g_free (self);
}
