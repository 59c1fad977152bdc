/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "power-vfs.h"

#include <errno.h>
#include <string.h>

#include "power-file.h"

/*
 * 1. What becomes of a file that is not synced when the power goes: power-file.c.
 * 2. The name of a new file is surely there after the first sync of the file, as with the system's
 *    own file system for logs; a deleted file may come back.
 * 3. A fault is planned for one kind of operation: so many go well, then so many fail. A write that
 *    fails may have written half. A read that is short may be short for no reason.
 */

#define SECTOR 512

struct _PowerVfs
{
  sqlite3_vfs parent;
  sqlite3_vfs *system;
  char *name;
  GRand *random;
  GPtrArray *files; /* of PowerFile */
  gint until_crash; /* -1: never */
  gboolean has_crashed;
  PowerOperation faulty;
  PowerFault fault;
  gint until_fault; /* -1: never */
  gint n_faults;    /* still to come */
  guint n_failed;
  int last_error;
};

typedef struct
{
  sqlite3_file parent;
  PowerVfs *disk;
  PowerFile *file;
} Handle;

static PowerFile *
find_file (PowerVfs   *self,
           const char *path)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      PowerFile *file = self->files->pdata[i];

      if (!file->is_deleted && g_str_equal (file->path, path))
        return file;
    }
  return NULL;
}

static gboolean
coin (PowerVfs *self)
{
  return g_rand_boolean (self->random);
}

/* Counts one operation; on the last one before the crash the answer is %TRUE. */
static gboolean
crashes (PowerVfs *self)
{
  if (self->has_crashed)
    return TRUE;
  if (self->until_crash < 0 || self->until_crash-- > 0)
    return FALSE;
  self->has_crashed = TRUE;
  return TRUE;
}

/* Whether this operation is one that shall fail. */
static gboolean
is_faulty (PowerVfs      *self,
           PowerOperation operation)
{
  if (self->until_fault < 0 || operation != self->faulty || self->until_fault-- > 0)
    return FALSE;
  self->until_fault = --self->n_faults > 0 ? 0 : -1;
  self->n_failed++;
  self->last_error = self->fault == POWER_FULL ? ENOSPC : EIO;
  return TRUE;
}

static int
disk_close (sqlite3_file *handle)
{
  return SQLITE_OK;
}

static int
disk_read (sqlite3_file *handle,
           void         *buffer,
           int           amount,
           sqlite3_int64 offset)
{
  PowerVfs *self = ((Handle *) handle)->disk;
  GByteArray *content = ((Handle *) handle)->file->now;
  gsize there = (gsize) offset < content->len ? content->len - (gsize) offset : 0;
  gboolean fails = is_faulty (self, POWER_READ);

  if (self->has_crashed || (fails && self->fault != POWER_SHORT))
    return SQLITE_IOERR_READ;
  there = MIN (there, (gsize) (fails ? amount / 2 : amount));
  if (there > 0)
    memcpy (buffer, content->data + offset, there);
  memset ((guint8 *) buffer + there, 0, (gsize) amount - there);
  return there == (gsize) amount ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

static int
disk_write (sqlite3_file *handle,
            const void   *buffer,
            int           amount,
            sqlite3_int64 offset)
{
  PowerVfs *self = ((Handle *) handle)->disk;
  PowerFile *file = ((Handle *) handle)->file;
  gboolean was_dead = self->has_crashed, dies = crashes (self);

  if (was_dead)
    return SQLITE_IOERR_WRITE;
  if (is_faulty (self, POWER_WRITE))
    {
      if (self->fault != POWER_FAILS)
        power_file_write (file, (gsize) offset, buffer, (gsize) amount / 2);
      return self->fault == POWER_FULL ? SQLITE_FULL : SQLITE_IOERR_WRITE;
    }
  power_file_write (file, (gsize) offset, buffer, (gsize) amount);
  return dies ? SQLITE_IOERR_WRITE : SQLITE_OK;
}

static int
disk_truncate (sqlite3_file *handle,
               sqlite3_int64 size)
{
  PowerVfs *self = ((Handle *) handle)->disk;
  gboolean was_dead = self->has_crashed, dies = crashes (self);

  if (was_dead || is_faulty (self, POWER_TRUNCATE))
    return SQLITE_IOERR_TRUNCATE;
  power_file_truncate (((Handle *) handle)->file, (gsize) size);
  return dies ? SQLITE_IOERR_TRUNCATE : SQLITE_OK;
}

static int
disk_sync (sqlite3_file *handle,
           int           flags)
{
  PowerVfs *self = ((Handle *) handle)->disk;
  PowerFile *file = ((Handle *) handle)->file;

  if (crashes (self))
    return SQLITE_IOERR_FSYNC;
  if (is_faulty (self, POWER_SYNC))
    {
      power_file_fail_sync (file, self->random);
      return SQLITE_IOERR_FSYNC;
    }
  power_file_sync (file);
  return SQLITE_OK;
}

static int
disk_size (sqlite3_file  *handle,
           sqlite3_int64 *size)
{
  PowerVfs *self = ((Handle *) handle)->disk;

  if (self->has_crashed || is_faulty (self, POWER_SIZE))
    return SQLITE_IOERR_FSTAT;
  *size = ((Handle *) handle)->file->now->len;
  return SQLITE_OK;
}

static int
disk_lock (sqlite3_file *handle,
           int           level)
{
  return SQLITE_OK;
}

static int
disk_is_reserved (sqlite3_file *handle,
                  int          *reserved)
{
  *reserved = 0;
  return SQLITE_OK;
}

static int
disk_control (sqlite3_file *handle,
              int           operation,
              void         *argument)
{
  return SQLITE_NOTFOUND;
}

static int
disk_sector_size (sqlite3_file *handle)
{
  return SECTOR;
}

static int
disk_characteristics (sqlite3_file *handle)
{
  return 0;
}

static const sqlite3_io_methods disk_methods = {
  .iVersion = 1,
  .xClose = disk_close,
  .xRead = disk_read,
  .xWrite = disk_write,
  .xTruncate = disk_truncate,
  .xSync = disk_sync,
  .xFileSize = disk_size,
  .xLock = disk_lock,
  .xUnlock = disk_lock,
  .xCheckReservedLock = disk_is_reserved,
  .xFileControl = disk_control,
  .xSectorSize = disk_sector_size,
  .xDeviceCharacteristics = disk_characteristics,
};

static int
power_open (sqlite3_vfs  *vfs,
            const char   *path,
            sqlite3_file *file,
            int           flags,
            int          *out_flags)
{
  PowerVfs *self = (PowerVfs *) vfs;
  Handle *handle = (Handle *) file;
  PowerFile *found = find_file (self, path);

  handle->parent.pMethods = NULL;
  if (self->has_crashed || is_faulty (self, POWER_OPEN)
      || (found == NULL && (flags & SQLITE_OPEN_CREATE) == 0))
    return SQLITE_CANTOPEN;
  if (found == NULL)
    {
      found = power_file_new (path);
      /* The vault makes the database itself and syncs the directory. */
      found->has_durable_name = (flags & SQLITE_OPEN_MAIN_DB) != 0;
      g_ptr_array_add (self->files, found);
    }
  handle->disk = self;
  handle->file = found;
  handle->parent.pMethods = &disk_methods;
  if (out_flags != NULL)
    *out_flags = flags;
  return SQLITE_OK;
}

static int
power_delete (sqlite3_vfs *vfs,
              const char  *path,
              int          sync_directory)
{
  PowerVfs *self = (PowerVfs *) vfs;
  PowerFile *file = find_file (self, path);

  if (crashes (self) || is_faulty (self, POWER_DELETE))
    return SQLITE_IOERR_DELETE;
  if (file == NULL)
    return SQLITE_IOERR_DELETE_NOENT;
  file->is_deleted = TRUE;
  if (sync_directory)
    file->has_durable_name = FALSE;
  return SQLITE_OK;
}

static int
power_access (sqlite3_vfs *vfs,
              const char  *path,
              int          what,
              int         *answer)
{
  PowerVfs *self = (PowerVfs *) vfs;

  *answer = 0;
  if (self->has_crashed || is_faulty (self, POWER_ACCESS))
    return SQLITE_IOERR_ACCESS;
  *answer = find_file (self, path) != NULL;
  return SQLITE_OK;
}

static int
power_full_path (sqlite3_vfs *vfs,
                 const char  *path,
                 int          room,
                 char        *full)
{
  sqlite3_vfs *system = ((PowerVfs *) vfs)->system;

  return system->xFullPathname (system, path, room, full);
}

static int
power_sleep (sqlite3_vfs *vfs,
             int          microseconds)
{
  return microseconds;
}

static int
power_time (sqlite3_vfs *vfs,
            double      *julian_day)
{
  *julian_day = 2461366.0;
  return SQLITE_OK;
}

static int
power_last_error (sqlite3_vfs *vfs,
                  int          room,
                  char        *message)
{
  return ((PowerVfs *) vfs)->last_error;
}

static void
file_free_cb (gpointer data)
{
  power_file_free (data);
}

/* A new and empty disk; the same seed loses the same bytes. */
PowerVfs *
power_vfs_new (guint32 seed)
{
  static guint n_made;
  PowerVfs *self = g_new0 (PowerVfs, 1);

  self->system = sqlite3_vfs_find (NULL);
  self->name = g_strdup_printf ("power-%u", n_made++);
  self->random = g_rand_new_with_seed (seed);
  self->files = g_ptr_array_new_with_free_func (file_free_cb);
  self->until_crash = -1;
  self->until_fault = -1;
  self->parent = (sqlite3_vfs) {
    .iVersion = 1,
    .szOsFile = sizeof (Handle),
    .mxPathname = self->system->mxPathname,
    .zName = self->name,
    .xOpen = power_open,
    .xDelete = power_delete,
    .xAccess = power_access,
    .xFullPathname = power_full_path,
    .xSleep = power_sleep,
    .xCurrentTime = power_time,
    .xGetLastError = power_last_error,
  };
  g_assert_cmpint (sqlite3_vfs_register (&self->parent, 0), ==, SQLITE_OK);
  return self;
}

const char *
power_vfs_get_name (PowerVfs *self)
{
  return self->name;
}

/* The power goes during the operation after @n_operations more; -1: it does not. */
void
power_vfs_crash_after (PowerVfs *self,
                       gint      n_operations)
{
  self->until_crash = n_operations;
}

gboolean
power_vfs_has_crashed (PowerVfs *self)
{
  return self->has_crashed;
}

/* Decides what is left, and gives the power back. Nothing is open. */
void
power_vfs_lose_power (PowerVfs *self)
{
  g_autoptr (GHashTable) survivors = g_hash_table_new (g_str_hash, g_str_equal);

  /* Newest first: an older file of the same name only comes back where no newer one is left. */
  for (guint i = self->files->len; i-- > 0;)
    {
      PowerFile *file = self->files->pdata[i];
      gboolean stays = file->is_deleted ? file->has_durable_name && coin (self)
                                        : file->has_durable_name || coin (self);

      if (!stays || g_hash_table_contains (survivors, file->path))
        {
          g_ptr_array_remove_index (self->files, i);
          continue;
        }
      power_file_lose_power (file, self->random);
      file->is_deleted = FALSE;
      file->has_durable_name = TRUE;
      g_hash_table_add (survivors, file->path);
    }
  self->has_crashed = FALSE;
  self->until_crash = -1;
}

/* After @n_before operations of this kind that go well, @n_faults fail: G_MAXINT is for ever, and
 * 0 none. */
void
power_vfs_fail (PowerVfs      *self,
                PowerOperation operation,
                PowerFault     fault,
                gint           n_before,
                gint           n_faults)
{
  self->faulty = operation;
  self->fault = fault;
  self->until_fault = n_faults > 0 ? n_before : -1;
  self->n_faults = n_faults;
  self->last_error = 0;
}

/* How many operations have failed, apart from crashes. */
guint
power_vfs_get_n_failed (PowerVfs *self)
{
  return self->n_failed;
}

/* Makes the files those of @model, all of them on the disk. Nothing is open. */
void
power_vfs_copy_files (PowerVfs *self,
                      PowerVfs *model)
{
  g_ptr_array_set_size (self->files, 0);
  for (guint i = 0; i < model->files->len; i++)
    g_ptr_array_add (self->files, power_file_copy (model->files->pdata[i]));
}

void
power_vfs_free (PowerVfs *self)
{
  sqlite3_vfs_unregister (&self->parent);
  g_ptr_array_unref (self->files);
  g_rand_free (self->random);
  g_free (self->name);
  g_free (self);
}
