/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "power-vfs.h"

#include <string.h>

/*
 * 1. A file has the content that the program sees, the content that is surely on the disk, and the
 *    writes in between. A sync makes the first the second.
 * 2. After a power loss, each sector of each write in between is there, not there, or garbage,
 *    within the bytes of that write alone: a neighbouring byte is never touched (power-safe
 *    overwrite).
 * 3. The name of a new file is surely there after the first sync of the file, as with the system's
 *    own file system for logs; a deleted file may come back.
 */

#define SECTOR 512

typedef struct
{
  sqlite3_int64 offset;
  GBytes *data; /* NULL: cut off at the offset */
} Operation;

typedef struct
{
  char *path;
  GByteArray *now;
  GByteArray *durable;
  GArray *pending; /* of Operation */
  gboolean has_durable_name;
  gboolean is_deleted;
} File;

struct _PowerVfs
{
  sqlite3_vfs parent;
  sqlite3_vfs *system;
  char *name;
  GRand *random;
  GPtrArray *files;
  gint until_crash; /* -1: never */
  gboolean has_crashed;
  gint until_full; /* -1: never */
  gint full_for;
  guint n_full;
};

typedef struct
{
  sqlite3_file parent;
  PowerVfs *disk;
  File *file;
} Handle;

static void
clear_operation_cb (gpointer data)
{
  Operation *operation = data;

  g_clear_pointer (&operation->data, g_bytes_unref);
}

static void
file_free_cb (gpointer data)
{
  File *file = data;

  g_free (file->path);
  g_byte_array_unref (file->now);
  g_byte_array_unref (file->durable);
  g_array_unref (file->pending);
  g_free (file);
}

static File *
file_new (const char *path)
{
  File *file = g_new0 (File, 1);

  file->path = g_strdup (path);
  file->now = g_byte_array_new ();
  file->durable = g_byte_array_new ();
  file->pending = g_array_new (FALSE, FALSE, sizeof (Operation));
  g_array_set_clear_func (file->pending, clear_operation_cb);
  return file;
}

static File *
find_file (PowerVfs   *self,
           const char *path)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      File *file = self->files->pdata[i];

      if (!file->is_deleted && g_str_equal (file->path, path))
        return file;
    }
  return NULL;
}

static void
put_bytes (GByteArray   *content,
           gsize         offset,
           const guint8 *bytes,
           gsize         length)
{
  gsize before = content->len;

  if (offset + length > before)
    {
      g_byte_array_set_size (content, (guint) (offset + length));
      memset (content->data + before, 0, offset + length - before);
    }
  memcpy (content->data + offset, bytes, length);
}

static gboolean
coin (PowerVfs *self)
{
  return g_rand_boolean (self->random);
}

/* What is left of one write: sector by sector old, new or garbage. */
static void
tear (PowerVfs   *self,
      GByteArray *content,
      Operation  *operation)
{
  gsize length, at = 0, offset = (gsize) operation->offset;
  const guint8 *bytes = g_bytes_get_data (operation->data, &length);

  while (at < length)
    {
      gsize piece = MIN (SECTOR - (offset + at) % SECTOR, length - at);
      guint8 garbage[SECTOR];
      gint fate = g_rand_int_range (self->random, 0, 10);

      for (gsize i = 0; i < piece; i++)
        garbage[i] = (guint8) g_rand_int (self->random);
      if (fate < 5)
        put_bytes (content, offset + at, bytes + at, piece);
      else if (fate == 5)
        put_bytes (content, offset + at, garbage, piece);
      at += piece;
    }
}

static void
survive (PowerVfs *self,
         File     *file)
{
  gint severity = g_rand_int_range (self->random, 0, 4);

  for (guint i = 0; i < file->pending->len && severity > 0; i++)
    {
      Operation *operation = &g_array_index (file->pending, Operation, i);

      if (operation->data == NULL)
        {
          if (severity == 1 || coin (self))
            g_byte_array_set_size (file->durable,
                                   MIN (file->durable->len, (guint) operation->offset));
        }
      else if (severity == 1)
        put_bytes (file->durable, (gsize) operation->offset,
                   g_bytes_get_data (operation->data, NULL), g_bytes_get_size (operation->data));
      else if (severity == 3 || coin (self))
        tear (self, file->durable, operation);
    }
  g_array_set_size (file->pending, 0);
  g_byte_array_set_size (file->now, 0);
  g_byte_array_append (file->now, file->durable->data, file->durable->len);
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

static gboolean
is_full (PowerVfs *self)
{
  if (self->until_full < 0 || self->until_full-- > 0)
    return FALSE;
  self->until_full = 0;
  self->n_full++;
  if (--self->full_for <= 0)
    self->until_full = -1;
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
  File *file = ((Handle *) handle)->file;
  gsize there = (gsize) offset < file->now->len ? file->now->len - (gsize) offset : 0;

  if (((Handle *) handle)->disk->has_crashed)
    return SQLITE_IOERR_READ;
  there = MIN (there, (gsize) amount);
  if (there > 0)
    memcpy (buffer, file->now->data + offset, there);
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
  File *file = ((Handle *) handle)->file;
  gboolean was_dead = self->has_crashed, dies = crashes (self), full;
  Operation operation;

  if (was_dead)
    return SQLITE_IOERR_WRITE;
  full = is_full (self);
  operation.offset = offset;
  operation.data = g_bytes_new (buffer, (gsize) (full ? amount / 2 : amount));
  g_array_append_val (file->pending, operation);
  put_bytes (file->now, (gsize) offset, buffer, g_bytes_get_size (operation.data));
  if (full)
    return SQLITE_FULL;
  return dies ? SQLITE_IOERR_WRITE : SQLITE_OK;
}

static int
disk_truncate (sqlite3_file *handle,
               sqlite3_int64 size)
{
  PowerVfs *self = ((Handle *) handle)->disk;
  File *file = ((Handle *) handle)->file;
  gboolean was_dead = self->has_crashed, dies = crashes (self);
  Operation operation = { size, NULL };

  if (was_dead)
    return SQLITE_IOERR_TRUNCATE;
  g_array_append_val (file->pending, operation);
  if (file->now->len > size)
    g_byte_array_set_size (file->now, (guint) size);
  return dies ? SQLITE_IOERR_TRUNCATE : SQLITE_OK;
}

static int
disk_sync (sqlite3_file *handle,
           int           flags)
{
  File *file = ((Handle *) handle)->file;

  if (crashes (((Handle *) handle)->disk))
    return SQLITE_IOERR_FSYNC;
  g_byte_array_set_size (file->durable, 0);
  g_byte_array_append (file->durable, file->now->data, file->now->len);
  g_array_set_size (file->pending, 0);
  file->has_durable_name = TRUE;
  return SQLITE_OK;
}

static int
disk_size (sqlite3_file  *handle,
           sqlite3_int64 *size)
{
  *size = ((Handle *) handle)->file->now->len;
  return ((Handle *) handle)->disk->has_crashed ? SQLITE_IOERR_FSTAT : SQLITE_OK;
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
  File *found = find_file (self, path);

  handle->parent.pMethods = NULL;
  if (self->has_crashed || (found == NULL && (flags & SQLITE_OPEN_CREATE) == 0))
    return SQLITE_CANTOPEN;
  if (found == NULL)
    {
      found = file_new (path);
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
  File *file = find_file (self, path);

  if (crashes (self))
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
  *answer = find_file ((PowerVfs *) vfs, path) != NULL;
  return ((PowerVfs *) vfs)->has_crashed ? SQLITE_IOERR_ACCESS : SQLITE_OK;
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
  return 0;
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
  self->until_full = -1;
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
      File *file = self->files->pdata[i];
      gboolean stays = file->is_deleted ? file->has_durable_name && coin (self)
                                        : file->has_durable_name || coin (self);

      if (!stays || g_hash_table_contains (survivors, file->path))
        {
          g_ptr_array_remove_index (self->files, i);
          continue;
        }
      survive (self, file);
      file->is_deleted = FALSE;
      file->has_durable_name = TRUE;
      g_hash_table_add (survivors, file->path);
    }
  self->has_crashed = FALSE;
  self->until_crash = -1;
}

/* After some writes, the next ones find the disk full, having written half of what they should. */
void
power_vfs_fill_disk (PowerVfs *self,
                     gint      after_n_writes,
                     gint      for_n_writes)
{
  self->until_full = after_n_writes;
  self->full_for = for_n_writes;
}

/* How many writes found the disk full. */
guint
power_vfs_get_n_full (PowerVfs *self)
{
  return self->n_full;
}

/* The content of the file whose name ends in @suffix; %NULL without one. */
GBytes *
power_vfs_get_content (PowerVfs   *self,
                       const char *suffix)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      File *file = self->files->pdata[i];

      if (!file->is_deleted && g_str_has_suffix (file->path, suffix))
        return g_bytes_new (file->now->data, file->now->len);
    }
  return NULL;
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
