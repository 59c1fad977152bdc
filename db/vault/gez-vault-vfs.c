/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/gez-vault-vfs.h"

#include <sqlite3.h>
#include <string.h>

#include "vault/gez-vault-epoch.h"

/* An SQLite file system that encrypts, on top of another one. It serves exactly two kinds of file, a
 * database and its write-ahead log, and refuses everything else, so that nothing readable can reach
 * the disk by another way.
 *
 * 1. Methods of version 1: memory mapping and the shared index file are impossible. SQLite then
 *    allows a log only with locking_mode=EXCLUSIVE.
 * 2. SQLite's own buffers are never changed (gez-vault-page.c, invariant 4).
 * 3. The header of a frame is held back until its page comes, and both go out as one message in one
 *    write. The frame keeps SQLite's size, so offsets and file sizes pass through.
 * 4. A frame that does not open while SQLite looks for the end of the log reads as zeros: that *is*
 *    the end. A frame that does not open when its page is needed is an error.
 * 5. The first 100 bytes of a database are read before the log is looked at. If page 1 is torn, the
 *    answer is a header that merely says how to read on; the good copy of page 1 is in the log.
 *    Without a log the real read of page 1 fails, as it must.
 * 6. A page of zeros is never legal: where SQLite writes beyond the end, the hole is filled with sealed
 *    pages.
 * 7. Any request of a shape that SQLite 3.40 does not make is refused and counted.
 *
 * Source of the request shapes: SQLite 3.40.1, wal.c, pager.c, btree.c, backup.c.
 *
 * Thread: the one that has the connection. */

#define WAL_HEADER 32
#define DATABASE_HEADER 100

struct _GezVaultVfs
{
  sqlite3_vfs vfs;
  sqlite3_vfs *base;
  const GezVaultKeys *keys;
  GezId database_id;
  char *name;
  guint n_refused;
};

typedef struct
{
  sqlite3_file parent;
  GezVaultVfs *owner;
  gboolean is_wal;
  GezVaultEpoch *epoch; /* of a log */
  gboolean has_pending; /* a frame header that waits for its page */
  sqlite3_int64 pending_index;
  guint8 pending[GEZ_FRAME_HEADER];
  guint8 sealed[GEZ_FRAME_SIZE];
  guint8 plain[GEZ_FRAME_SIZE];
  sqlite3_file *real;
} VaultFile;

static int
refuse (VaultFile *file,
        int        code)
{
  file->owner->n_refused++;
  return code;
}

static int
real_read (VaultFile     *file,
           void          *buffer,
           int            size,
           sqlite3_int64  offset)
{
  return file->real->pMethods->xRead (file->real, buffer, size, offset);
}

static int
real_write (VaultFile     *file,
            const void    *buffer,
            int            size,
            sqlite3_int64  offset)
{
  return file->real->pMethods->xWrite (file->real, buffer, size, offset);
}

static int
real_size (VaultFile     *file,
           sqlite3_int64 *size)
{
  return file->real->pMethods->xFileSize (file->real, size);
}

/* The database ------------------------------------------------------------------------------------- */

static void
synthetic_header (guint8 header[DATABASE_HEADER])
{
  memset (header, 0, DATABASE_HEADER);
  memcpy (header, "SQLite format 3", 16);
  header[16] = GEZ_PAGE_SIZE >> 8;
  header[18] = header[19] = 2; /* write-ahead log */
  header[20] = GEZ_PAGE_RESERVED;
  header[21] = 64;
  header[22] = header[23] = 32;
}

static int
read_page (VaultFile     *file,
           sqlite3_int64  index)
{
  int code = real_read (file, file->sealed, GEZ_PAGE_SIZE, index * GEZ_PAGE_SIZE);

  if (code != SQLITE_OK)
    return code;
  return gez_page_open (file->owner->keys, &file->owner->database_id, (guint64) index + 1, file->sealed, file->plain)
           ? SQLITE_OK
           : SQLITE_IOERR_AUTH;
}

static int
database_read (VaultFile     *file,
               guint8        *buffer,
               int            size,
               sqlite3_int64  offset)
{
  sqlite3_int64 index = offset / GEZ_PAGE_SIZE;
  int within = (int) (offset % GEZ_PAGE_SIZE);
  int code;

  if (size <= 0 || within + size > GEZ_PAGE_SIZE)
    return refuse (file, SQLITE_IOERR_READ);
  code = read_page (file, index);
#ifndef GEZ_MUTANT_NO_SYNTHETIC_HEADER
  if (code == SQLITE_IOERR_AUTH && offset + size <= DATABASE_HEADER)
    {
      synthetic_header (file->plain);
      code = SQLITE_OK;
    }
#endif
  if (code == SQLITE_OK)
    memcpy (buffer, file->plain + within, size);
  else
    memset (buffer, 0, size);
  return code;
}

static int
fill_hole (VaultFile     *file,
           sqlite3_int64  offset)
{
  sqlite3_int64 size = 0;
  int code = real_size (file, &size);

  memset (file->plain, 0, GEZ_PAGE_SIZE);
  for (sqlite3_int64 at = size / GEZ_PAGE_SIZE; code == SQLITE_OK && at < offset / GEZ_PAGE_SIZE; at++)
    {
      gez_page_seal (file->owner->keys, &file->owner->database_id, (guint64) at + 1, file->plain, file->sealed);
      code = real_write (file, file->sealed, GEZ_PAGE_SIZE, at * GEZ_PAGE_SIZE);
    }
  return code;
}

static int
database_write (VaultFile     *file,
                const guint8  *buffer,
                int            size,
                sqlite3_int64  offset)
{
  sqlite3_int64 present = 0;
  int code;

  if (size != GEZ_PAGE_SIZE || offset % GEZ_PAGE_SIZE != 0)
    return refuse (file, SQLITE_IOERR_WRITE);
  code = real_size (file, &present);
  if (code == SQLITE_OK && offset > present)
    code = fill_hole (file, offset);
  if (code != SQLITE_OK)
    return code;
  gez_page_seal (file->owner->keys, &file->owner->database_id, (guint64) (offset / GEZ_PAGE_SIZE) + 1, buffer,
                 file->sealed);
  return real_write (file, file->sealed, GEZ_PAGE_SIZE, offset);
}

/* The write-ahead log ------------------------------------------------------------------------------ */

static sqlite3_int64
frame_offset (sqlite3_int64 index)
{
  return WAL_HEADER + index * GEZ_FRAME_SIZE;
}

/* Opens a frame into file->plain. SQLITE_NOTFOUND: it is not authentic. */
static int
read_frame (VaultFile     *file,
            sqlite3_int64  index)
{
  int code = real_read (file, file->sealed, GEZ_FRAME_SIZE, frame_offset (index));

  if (code != SQLITE_OK)
    return code;
  return gez_frame_open (file->owner->keys, &file->owner->database_id, (guint64) index,
                         gez_vault_epoch_get (file->epoch), file->sealed, file->plain)
           ? SQLITE_OK
           : SQLITE_NOTFOUND;
}

static int
write_frame (VaultFile     *file,
             sqlite3_int64  index)
{
  gez_frame_seal (file->owner->keys, &file->owner->database_id, (guint64) index, gez_vault_epoch_get (file->epoch),
                  file->plain, file->sealed);
  return real_write (file, file->sealed, GEZ_FRAME_SIZE, frame_offset (index));
}

/* A header that was rewritten alone goes into the frame that stands there. */
static int
flush_pending (VaultFile *file)
{
  int code;

  if (!file->has_pending)
    return SQLITE_OK;
  file->has_pending = FALSE;
  code = read_frame (file, file->pending_index);
  if (code == SQLITE_NOTFOUND)
    return SQLITE_IOERR_AUTH;
  if (code != SQLITE_OK)
    return SQLITE_IOERR_WRITE;
  memcpy (file->plain, file->pending, GEZ_FRAME_HEADER);
  return write_frame (file, file->pending_index);
}

static int
wal_write_header (VaultFile     *file,
                  const guint8  *buffer,
                  sqlite3_int64  index)
{
  int code = flush_pending (file);

  if (code != SQLITE_OK)
    return code;
  memcpy (file->pending, buffer, GEZ_FRAME_HEADER);
  file->pending_index = index;
  file->has_pending = TRUE;
  return SQLITE_OK;
}

static int
wal_write_page (VaultFile     *file,
                const guint8  *buffer,
                sqlite3_int64  index)
{
  int code;

  if (file->has_pending && file->pending_index == index)
    {
      memcpy (file->plain, file->pending, GEZ_FRAME_HEADER);
      file->has_pending = FALSE;
    }
  else if ((code = flush_pending (file)) != SQLITE_OK)
    return code;
  else if (read_frame (file, index) != SQLITE_OK)
    return SQLITE_IOERR_WRITE;
  memcpy (file->plain + GEZ_FRAME_HEADER, buffer, GEZ_PAGE_SIZE);
  return write_frame (file, index);
}

static int
wal_write (VaultFile     *file,
           const guint8  *buffer,
           int            size,
           sqlite3_int64  offset)
{
  sqlite3_int64 index = (offset - WAL_HEADER) / GEZ_FRAME_SIZE;
  int within = (int) ((offset - WAL_HEADER) % GEZ_FRAME_SIZE);
  int code;

  if (offset == 0 && size == WAL_HEADER)
    {
      file->has_pending = FALSE;
      code = gez_vault_epoch_advance (file->epoch);
      return code == SQLITE_OK ? real_write (file, buffer, size, offset) : code;
    }
  if (offset >= WAL_HEADER && within == 0 && size == GEZ_FRAME_HEADER)
    return wal_write_header (file, buffer, index);
  if (offset >= WAL_HEADER && within == GEZ_FRAME_HEADER && size == GEZ_PAGE_SIZE)
    return wal_write_page (file, buffer, index);
  return refuse (file, SQLITE_IOERR_WRITE);
}

static int
wal_read (VaultFile     *file,
          guint8        *buffer,
          int            size,
          sqlite3_int64  offset)
{
  sqlite3_int64 index = (offset - WAL_HEADER) / GEZ_FRAME_SIZE;
  int within = (int) ((offset - WAL_HEADER) % GEZ_FRAME_SIZE);
  int code;

  if (offset + size <= WAL_HEADER)
    return real_read (file, buffer, size, offset);
  if (offset < WAL_HEADER || size <= 0 || within + size > GEZ_FRAME_SIZE)
    return refuse (file, SQLITE_IOERR_READ);
  code = flush_pending (file);
  if (code == SQLITE_OK)
    code = read_frame (file, index);
  if (code == SQLITE_OK)
    {
      memcpy (buffer, file->plain + within, size);
      return SQLITE_OK;
    }
  memset (buffer, 0, size);
  if (code != SQLITE_NOTFOUND)
    return code;
#ifndef GEZ_MUTANT_TORN_TAIL
  /* The search for the end of the log reads headers; a page alone is read because it is needed. */
  if (within == 0 || size < GEZ_PAGE_SIZE)
    return SQLITE_OK;
#endif
  return SQLITE_IOERR_AUTH;
}

/* Methods of a file -------------------------------------------------------------------------------- */

static int
file_close (sqlite3_file *parent)
{
  VaultFile *file = (VaultFile *) parent;
  int code = file->is_wal ? flush_pending (file) : SQLITE_OK;
  int closed = file->real->pMethods->xClose (file->real);

  g_clear_pointer (&file->epoch, gez_vault_epoch_close);
  gez_secrets_wipe (file->plain, sizeof file->plain);
  g_clear_pointer (&file->real, g_free);
  return code != SQLITE_OK ? code : closed;
}

static int
file_read (sqlite3_file  *parent,
           void          *buffer,
           int            size,
           sqlite3_int64  offset)
{
  VaultFile *file = (VaultFile *) parent;

  return file->is_wal ? wal_read (file, buffer, size, offset) : database_read (file, buffer, size, offset);
}

static int
file_write (sqlite3_file  *parent,
            const void    *buffer,
            int            size,
            sqlite3_int64  offset)
{
  VaultFile *file = (VaultFile *) parent;

  return file->is_wal ? wal_write (file, buffer, size, offset) : database_write (file, buffer, size, offset);
}

static int
file_truncate (sqlite3_file  *parent,
               sqlite3_int64  size)
{
  VaultFile *file = (VaultFile *) parent;
  int code = SQLITE_OK;

  if (file->is_wal)
    {
      file->has_pending = FALSE;
      code = gez_vault_epoch_advance (file->epoch);
    }
  else if (size % GEZ_PAGE_SIZE != 0)
    return refuse (file, SQLITE_IOERR_TRUNCATE);
  return code == SQLITE_OK ? file->real->pMethods->xTruncate (file->real, size) : code;
}

static int
file_sync (sqlite3_file *parent,
           int           flags)
{
  VaultFile *file = (VaultFile *) parent;
  int code = file->is_wal ? flush_pending (file) : SQLITE_OK;

  return code == SQLITE_OK ? file->real->pMethods->xSync (file->real, flags) : code;
}

static int
file_size (sqlite3_file  *parent,
           sqlite3_int64 *size)
{
  return real_size ((VaultFile *) parent, size);
}

static int
file_lock (sqlite3_file *parent,
           int           level)
{
  VaultFile *file = (VaultFile *) parent;

  return file->real->pMethods->xLock (file->real, level);
}

static int
file_unlock (sqlite3_file *parent,
             int           level)
{
  VaultFile *file = (VaultFile *) parent;

  return file->real->pMethods->xUnlock (file->real, level);
}

static int
file_check_reserved_lock (sqlite3_file *parent,
                          int          *reserved)
{
  VaultFile *file = (VaultFile *) parent;

  return file->real->pMethods->xCheckReservedLock (file->real, reserved);
}

static int
file_control (sqlite3_file *parent,
              int           operation,
              void         *argument)
{
  VaultFile *file = (VaultFile *) parent;

  switch (operation)
    {
    case SQLITE_FCNTL_SIZE_HINT: /* would leave a hole that no key opens */
    case SQLITE_FCNTL_CHUNK_SIZE:
      return SQLITE_OK;
    case SQLITE_FCNTL_MMAP_SIZE:
      *(sqlite3_int64 *) argument = 0;
      return SQLITE_OK;
    default:
      return file->real->pMethods->xFileControl (file->real, operation, argument);
    }
}

static int
file_sector_size (sqlite3_file *parent)
{
  return GEZ_PAGE_SIZE;
}

static int
file_device_characteristics (sqlite3_file *parent)
{
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static const sqlite3_io_methods methods = {
  .iVersion = 1,
  .xClose = file_close,
  .xRead = file_read,
  .xWrite = file_write,
  .xTruncate = file_truncate,
  .xSync = file_sync,
  .xFileSize = file_size,
  .xLock = file_lock,
  .xUnlock = file_unlock,
  .xCheckReservedLock = file_check_reserved_lock,
  .xFileControl = file_control,
  .xSectorSize = file_sector_size,
  .xDeviceCharacteristics = file_device_characteristics,
};

/* Methods of the file system ----------------------------------------------------------------------- */

static int
vfs_open (sqlite3_vfs  *vfs,
          const char   *path,
          sqlite3_file *parent,
          int           flags,
          int          *out_flags)
{
  GezVaultVfs *self = (GezVaultVfs *) vfs;
  VaultFile *file = (VaultFile *) parent;
  int code;

  memset (file, 0, sizeof *file);
  if (path == NULL || (flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL)) == 0)
    return SQLITE_CANTOPEN;
  file->owner = self;
  file->is_wal = (flags & SQLITE_OPEN_WAL) != 0;
  if (file->is_wal)
    {
      file->epoch = gez_vault_epoch_open (self->base, path, self->keys, &self->database_id, &code);
      if (file->epoch == NULL)
        return code;
    }
  file->real = g_malloc0 (self->base->szOsFile);
  code = self->base->xOpen (self->base, path, file->real, flags, out_flags);
  if (code != SQLITE_OK)
    {
      if (file->real->pMethods)
        file->real->pMethods->xClose (file->real);
      g_clear_pointer (&file->real, g_free);
      g_clear_pointer (&file->epoch, gez_vault_epoch_close);
      return code;
    }
  file->parent.pMethods = &methods;
  return SQLITE_OK;
}

static int
vfs_delete (sqlite3_vfs *vfs,
            const char  *path,
            int          sync_directory)
{
  GezVaultVfs *self = (GezVaultVfs *) vfs;
  int code = SQLITE_OK;

  if (g_str_has_suffix (path, "-wal"))
    {
      GezVaultEpoch *epoch = gez_vault_epoch_open (self->base, path, self->keys, &self->database_id, &code);

      if (epoch == NULL)
        return code;
      code = gez_vault_epoch_advance (epoch);
      gez_vault_epoch_close (epoch);
    }
  return code == SQLITE_OK ? self->base->xDelete (self->base, path, sync_directory) : code;
}

static int
vfs_access (sqlite3_vfs *vfs,
            const char  *path,
            int          flags,
            int         *result)
{
  GezVaultVfs *self = (GezVaultVfs *) vfs;

  /* A rollback journal that lies there was not made by us and is not looked at. */
  if (g_str_has_suffix (path, "-journal"))
    {
      *result = 0;
      return SQLITE_OK;
    }
  return self->base->xAccess (self->base, path, flags, result);
}

static int
vfs_full_pathname (sqlite3_vfs *vfs,
                   const char  *path,
                   int          size,
                   char        *full)
{
  GezVaultVfs *self = (GezVaultVfs *) vfs;

  return self->base->xFullPathname (self->base, path, size, full);
}

static int
vfs_randomness (sqlite3_vfs *vfs,
                int          size,
                char        *bytes)
{
  GezVaultVfs *self = (GezVaultVfs *) vfs;

  return self->base->xRandomness (self->base, size, bytes);
}

static int
vfs_sleep (sqlite3_vfs *vfs,
           int          microseconds)
{
  GezVaultVfs *self = (GezVaultVfs *) vfs;

  return self->base->xSleep (self->base, microseconds);
}

static int
vfs_current_time (sqlite3_vfs *vfs,
                  double      *time)
{
  GezVaultVfs *self = (GezVaultVfs *) vfs;

  return self->base->xCurrentTime (self->base, time);
}

static int
vfs_last_error (sqlite3_vfs *vfs,
                int          size,
                char        *text)
{
  GezVaultVfs *self = (GezVaultVfs *) vfs;

  return self->base->xGetLastError ? self->base->xGetLastError (self->base, size, text) : 0;
}

/**
 * gez_vault_vfs_new:
 * @keys: must outlive the file system
 * @database_id: bound into every page
 * @base: (nullable): name of the file system below; %NULL for the system's own
 *
 * Registers a file system under a name of its own. It is never the default.
 *
 * Returns: (transfer full) (nullable): the file system
 */
GezVaultVfs *
gez_vault_vfs_new (const GezVaultKeys *keys,
                   const GezId        *database_id,
                   const char         *base)
{
  static int last_number;
  GezVaultVfs *self;
  sqlite3_vfs *below = sqlite3_vfs_find (base);

  if (below == NULL)
    return NULL;
  self = g_new0 (GezVaultVfs, 1);
  self->base = below;
  self->keys = keys;
  self->database_id = *database_id;
  self->name = g_strdup_printf ("gezinsplan-%d", g_atomic_int_add (&last_number, 1));
  self->vfs.iVersion = 1;
  self->vfs.szOsFile = sizeof (VaultFile);
  self->vfs.mxPathname = below->mxPathname;
  self->vfs.zName = self->name;
  self->vfs.xOpen = vfs_open;
  self->vfs.xDelete = vfs_delete;
  self->vfs.xAccess = vfs_access;
  self->vfs.xFullPathname = vfs_full_pathname;
  self->vfs.xRandomness = vfs_randomness;
  self->vfs.xSleep = vfs_sleep;
  self->vfs.xCurrentTime = vfs_current_time;
  self->vfs.xGetLastError = vfs_last_error;
  if (sqlite3_vfs_register (&self->vfs, 0) != SQLITE_OK)
    {
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
 * gez_vault_vfs_get_n_refused:
 *
 * Returns: how many requests had a shape that is not known; anything but 0 is a defect or a newer SQLite
 */
guint
gez_vault_vfs_get_n_refused (GezVaultVfs *self)
{
  return self->n_refused;
}

void
gez_vault_vfs_free (GezVaultVfs *self)
{
  sqlite3_vfs_unregister (&self->vfs);
  g_free (self->name);
  g_free (self);
}
