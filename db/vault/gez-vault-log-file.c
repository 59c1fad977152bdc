/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sodium.h>
#include <string.h>

#include "vault/gez-vault-disk.h"
#include "vault/gez-vault-vfs-private.h"

/*
 * The write-ahead log under SQLite.
 *
 * 1. The log starts with SQLite's own header of 32 bytes, which holds nothing secret. Frames
 *    follow, each as long as SQLite's: the tag and nonce take the place of the page's reserved
 *    bytes.
 * 2. SQLite writes a frame as a header and then a page. The header is held until the page comes,
 *    and both go out as one message. A header alone (SQLite rewriting checksums) is put into the
 *    frame that is there before anything else happens to the file; a page alone likewise.
 * 3. The epoch changes before a header is written and before the log is emptied or deleted. SQLite
 *    does these only when everything in the log is in the database, and synced.
 * 4. SQLite finds the end of the log by reading whole frames until one is not valid. There, a frame
 *    that does not open reads as zeros, which is not a valid frame. Everywhere else it is an error.
 * 5. Every size and place of an operation that is not one of those that SQLite 3.40 is known to do
 *    is refused.
 */

#define LOG_HEADER_SIZE 32
#define CHECKSUM_SIZE 8

static sqlite3_int64
place_of (gint64 index)
{
  return LOG_HEADER_SIZE + index * GEZ_FRAME_SIZE;
}

/* Opens the frame into self->plain, which holds zeros after a failure. */
static int
read_frame (GezVaultFile *self,
            gint64        index)
{
  const guint8 *epoch = gez_epoch_get_bytes (self->database->epoch);
  int code;

  memset (self->plain, 0, sizeof self->plain);
  code = gez_vault_disk_read (self->real, self->sealed, GEZ_FRAME_SIZE, place_of (index));
  if (code != SQLITE_OK)
    return code;
  if (epoch == NULL
      || !gez_frame_open (self->vfs->log_key, &self->vfs->database, epoch, (guint64) index,
                          self->sealed, self->plain))
    return SQLITE_IOERR_AUTH;
  return SQLITE_OK;
}

/* Seals self->plain into its place. */
static int
write_frame (GezVaultFile *self,
             gint64        index)
{
  const guint8 *epoch = gez_epoch_get_bytes (self->database->epoch);

  if (epoch == NULL)
    return gez_vault_file_refuse (self, SQLITE_IOERR_WRITE);
  gez_frame_seal (self->vfs->log_key, &self->vfs->database, epoch, (guint64) index, &self->nonces,
                  self->plain, self->sealed);
  return self->real->pMethods->xWrite (self->real, self->sealed, GEZ_FRAME_SIZE, place_of (index));
}

static int
flush_held (GezVaultFile *self)
{
  gint64 index = self->held_index;
  int code;

  if (index < 0)
    return SQLITE_OK;
  self->held_index = -1;
  code = read_frame (self, index);
  if (code != SQLITE_OK)
    return code == SQLITE_IOERR_SHORT_READ ? SQLITE_IOERR_WRITE : code;
  memcpy (self->plain, self->held, GEZ_FRAME_HEADER);
  return write_frame (self, index);
}

static int
write_header (GezVaultFile *self,
              const void   *buffer)
{
  int code;

  self->held_index = -1;
  code = gez_epoch_advance (self->database->epoch);
  if (code != SQLITE_OK)
    return code;
  return self->real->pMethods->xWrite (self->real, buffer, LOG_HEADER_SIZE, 0);
}

static int
hold_frame_header (GezVaultFile *self,
                   const void   *buffer,
                   gint64        index)
{
  int code = self->held_index == index ? SQLITE_OK : flush_held (self);

  if (code == SQLITE_OK)
    {
      memcpy (self->held, buffer, GEZ_FRAME_HEADER);
      self->held_index = index;
    }
  return code;
}

static int
write_frame_page (GezVaultFile *self,
                  const guint8 *page,
                  gint64        index)
{
  int code = SQLITE_OK;

#ifndef GEZ_MUTANT_RESERVED_BYTES
  if (sodium_is_zero (page + GEZ_PAGE_CONTENT, GEZ_PAGE_RESERVED) != 1)
    return gez_vault_file_refuse (self, SQLITE_IOERR_WRITE);
#endif
  if (self->held_index == index)
    {
      memcpy (self->plain, self->held, GEZ_FRAME_HEADER);
      self->held_index = -1;
    }
  else
    {
      code = flush_held (self);
      if (code == SQLITE_OK)
        code = read_frame (self, index);
    }
  if (code != SQLITE_OK)
    return code;
  memcpy (self->plain + GEZ_FRAME_HEADER, page, GEZ_PAGE_SIZE);
  return write_frame (self, index);
}

static int
log_write (sqlite3_file *file,
           const void   *buffer,
           int           amount,
           sqlite3_int64 offset)
{
  GezVaultFile *self = (GezVaultFile *) file;
  gint64 index = (offset - LOG_HEADER_SIZE) / GEZ_FRAME_SIZE;

  if (offset == 0 && amount == LOG_HEADER_SIZE)
    return write_header (self, buffer);
  if (offset >= LOG_HEADER_SIZE && offset == place_of (index) && amount == GEZ_FRAME_HEADER)
    return hold_frame_header (self, buffer, index);
  if (offset > LOG_HEADER_SIZE && offset == place_of (index) + GEZ_FRAME_HEADER
      && amount == GEZ_PAGE_SIZE)
    return write_frame_page (self, buffer, index);
  return gez_vault_file_refuse (self, SQLITE_IOERR_WRITE);
}

/* The end of the log is looked for with reads of whole frames. */
static int
read_whole_frame (GezVaultFile *self,
                  void         *buffer,
                  gint64        index)
{
  int code = read_frame (self, index);

  memcpy (buffer, self->plain, GEZ_FRAME_SIZE);
#ifndef GEZ_MUTANT_TORN_TAIL
  if (code == SQLITE_IOERR_AUTH || code == SQLITE_IOERR_SHORT_READ)
    return SQLITE_OK;
#endif
  return code;
}

static int
log_read (sqlite3_file *file,
          void         *buffer,
          int           amount,
          sqlite3_int64 offset)
{
  GezVaultFile *self = (GezVaultFile *) file;
  gint64 index = (offset - LOG_HEADER_SIZE) / GEZ_FRAME_SIZE;
  sqlite3_int64 within;
  int code = flush_held (self);

  if (code != SQLITE_OK)
    return code;
  if (offset + amount == LOG_HEADER_SIZE
      && (amount == LOG_HEADER_SIZE || amount == CHECKSUM_SIZE))
    return gez_vault_disk_read (self->real, buffer, amount, offset);
  within = offset < LOG_HEADER_SIZE ? -1 : offset - place_of (index);
  if (within == 0 && amount == GEZ_FRAME_SIZE)
    return read_whole_frame (self, buffer, index);
  if ((within == GEZ_FRAME_HEADER && amount == GEZ_PAGE_SIZE)
      || (within == GEZ_FRAME_HEADER - CHECKSUM_SIZE && amount == CHECKSUM_SIZE))
    {
      code = read_frame (self, index);
      memcpy (buffer, self->plain + within, (gsize) amount);
      return code;
    }
  return gez_vault_file_refuse (self, SQLITE_IOERR_READ);
}

static int
log_truncate (sqlite3_file *file,
              sqlite3_int64 size)
{
  GezVaultFile *self = (GezVaultFile *) file;
  int code;

  if (size != 0)
    return gez_vault_file_refuse (self, SQLITE_IOERR_TRUNCATE);
  self->held_index = -1;
  code = gez_epoch_advance (self->database->epoch);
  return code == SQLITE_OK ? self->real->pMethods->xTruncate (self->real, 0) : code;
}

static int
log_sync (sqlite3_file *file,
          int           flags)
{
  GezVaultFile *self = (GezVaultFile *) file;
  int code = flush_held (self);

  return code == SQLITE_OK ? self->real->pMethods->xSync (self->real, flags) : code;
}

static int
log_size (sqlite3_file  *file,
          sqlite3_int64 *size)
{
  GezVaultFile *self = (GezVaultFile *) file;
  int code = flush_held (self);

  return code == SQLITE_OK ? self->real->pMethods->xFileSize (self->real, size) : code;
}

static int
log_close (sqlite3_file *file)
{
  GezVaultFile *self = (GezVaultFile *) file;
  int flushed = flush_held (self);
  int closed = gez_vault_file_close_real (self);

  return flushed != SQLITE_OK ? flushed : closed;
}

const sqlite3_io_methods gez_vault_log_methods = {
  .iVersion = 1,
  .xClose = log_close,
  .xRead = log_read,
  .xWrite = log_write,
  .xTruncate = log_truncate,
  .xSync = log_sync,
  .xFileSize = log_size,
  .xLock = gez_vault_file_lock,
  .xUnlock = gez_vault_file_unlock,
  .xCheckReservedLock = gez_vault_file_is_reserved,
  .xFileControl = gez_vault_file_control,
  .xSectorSize = gez_vault_file_sector_size,
  .xDeviceCharacteristics = gez_vault_file_characteristics,
};
