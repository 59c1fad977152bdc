/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sodium.h>
#include <string.h>

#include "vault/gez-vault-vfs-private.h"

/*
 * The database file under SQLite.
 *
 * 1. Whole pages are written, at multiples of the page size; anything else is refused. SQLite's own
 *    buffer is sealed into another one and never changed.
 * 2. A page that is all zero on disk is never valid: writing beyond the end fills the gap with
 *    sealed empty pages.
 * 3. Past the end there is nothing to open: such a read is short and zero.
 * 4. SQLite reads the first 100 bytes from this file before it looks at the log. When a power loss
 *    tore page 1 while the log still holds it, an error here would lock everybody out; a header
 *    made up from what is known of every database of ours lets SQLite go on to the log. Without a
 *    log the real read of page 1 follows, and fails.
 */

#define DATABASE_HEADER_SIZE 100

static gboolean
reserve_is_zero (const guint8 *page)
{
#ifdef GEZ_MUTANT_RESERVED_BYTES
  return TRUE;
#else
  return sodium_is_zero (page + GEZ_PAGE_CONTENT, GEZ_PAGE_RESERVED) == 1;
#endif
}

#ifndef GEZ_MUTANT_NO_SYNTHETIC_HEADER
/* What the first bytes of every database of ours are, apart from counters (SQLite's file format,
 * section 1.3). */
static void
make_up_header (guint8 *header)
{
  memset (header, 0, DATABASE_HEADER_SIZE);
  memcpy (header, "SQLite format 3", 16);
  header[16] = GEZ_PAGE_SIZE >> 8;
  header[17] = GEZ_PAGE_SIZE & 0xff;
  header[18] = 2; /* written through a log */
  header[19] = 2; /* read through a log */
  header[20] = GEZ_PAGE_RESERVED;
  header[21] = 64; /* the three fixed fractions */
  header[22] = 32;
  header[23] = 32;
}
#endif

static int
answer_unreadable (GezVaultFile *self,
                   guint8       *buffer,
                   int           amount,
                   sqlite3_int64 offset)
{
#ifndef GEZ_MUTANT_NO_SYNTHETIC_HEADER
  if (offset + amount <= DATABASE_HEADER_SIZE)
    {
      guint8 header[DATABASE_HEADER_SIZE];

      make_up_header (header);
      memcpy (buffer, header + offset, (gsize) amount);
      return SQLITE_OK;
    }
#endif
  memset (buffer, 0, (gsize) amount);
  return SQLITE_IOERR_AUTH;
}

/* A page that the file ends in or before. */
static int
answer_past_end (GezVaultFile *self,
                 guint8       *buffer,
                 int           amount,
                 sqlite3_int64 offset)
{
  sqlite3_int64 size;
  int code = self->real->pMethods->xFileSize (self->real, &size);

  if (code != SQLITE_OK)
    return code;
  if (size > 0 && offset + amount <= DATABASE_HEADER_SIZE)
    return answer_unreadable (self, buffer, amount, offset);
  memset (buffer, 0, (gsize) amount);
  return SQLITE_IOERR_SHORT_READ;
}

static int
database_read (sqlite3_file *file,
               void         *buffer,
               int           amount,
               sqlite3_int64 offset)
{
  GezVaultFile *self = (GezVaultFile *) file;
  sqlite3_int64 within = offset % GEZ_PAGE_SIZE;
  gboolean whole = amount == GEZ_PAGE_SIZE;
  guint8 *page = whole ? buffer : self->plain;
  int code;

  if (amount <= 0 || within + amount > GEZ_PAGE_SIZE)
    return gez_vault_file_refuse (self, SQLITE_IOERR_READ);
  code = self->real->pMethods->xRead (self->real, self->sealed, GEZ_PAGE_SIZE, offset - within);
  if (code == SQLITE_IOERR_SHORT_READ)
    return answer_past_end (self, buffer, amount, offset);
  if (code != SQLITE_OK)
    return code;
  if (!gez_page_open (self->vfs->page_key, &self->vfs->database,
                      (guint64) (offset / GEZ_PAGE_SIZE) + 1, self->sealed, page))
    return answer_unreadable (self, buffer, amount, offset);
  if (!whole)
    memcpy (buffer, page + within, (gsize) amount);
  return SQLITE_OK;
}

static int
write_page (GezVaultFile *self,
            gint64        number,
            const guint8 *page)
{
  int code;

  gez_page_seal (self->vfs->page_key, &self->vfs->database, (guint64) number, &self->nonces, page,
                 self->sealed);
  code = self->real->pMethods->xWrite (self->real, self->sealed, GEZ_PAGE_SIZE,
                                       (number - 1) * GEZ_PAGE_SIZE);
  if (code == SQLITE_OK)
    self->n_pages = MAX (self->n_pages, number);
  return code;
}

static int
fill_gap (GezVaultFile *self,
          gint64        number)
{
  static const guint8 empty[GEZ_PAGE_SIZE];

  for (gint64 missing = self->n_pages + 1; missing < number; missing++)
    {
      int code = missing == GEZ_LOCK_PAGE ? SQLITE_OK : write_page (self, missing, empty);

      if (code != SQLITE_OK)
        return code;
    }
  return SQLITE_OK;
}

static int
database_write (sqlite3_file *file,
                const void   *buffer,
                int           amount,
                sqlite3_int64 offset)
{
  GezVaultFile *self = (GezVaultFile *) file;
  gint64 number = offset / GEZ_PAGE_SIZE + 1;
  int code;

  if (amount != GEZ_PAGE_SIZE || offset % GEZ_PAGE_SIZE != 0 || !reserve_is_zero (buffer))
    return gez_vault_file_refuse (self, SQLITE_IOERR_WRITE);
  code = fill_gap (self, number);
  return code == SQLITE_OK ? write_page (self, number, buffer) : code;
}

static int
database_truncate (sqlite3_file *file,
                   sqlite3_int64 size)
{
  GezVaultFile *self = (GezVaultFile *) file;
  int code;

  if (size % GEZ_PAGE_SIZE != 0)
    return gez_vault_file_refuse (self, SQLITE_IOERR_TRUNCATE);
  code = self->real->pMethods->xTruncate (self->real, size);
  if (code == SQLITE_OK)
    self->n_pages = MIN (self->n_pages, size / GEZ_PAGE_SIZE);
  return code;
}

static int
database_sync (sqlite3_file *file,
               int           flags)
{
  GezVaultFile *self = (GezVaultFile *) file;

  return self->real->pMethods->xSync (self->real, flags);
}

static int
database_size (sqlite3_file  *file,
               sqlite3_int64 *size)
{
  GezVaultFile *self = (GezVaultFile *) file;

  return self->real->pMethods->xFileSize (self->real, size);
}

static int
database_close (sqlite3_file *file)
{
  GezVaultFile *self = (GezVaultFile *) file;

  gez_vault_vfs_forget (self->vfs, self);
  g_clear_pointer (&self->epoch, gez_epoch_free);
  g_clear_pointer (&self->path, g_free);
  return gez_vault_file_close_real (self);
}

/* Version 1 has neither shared memory nor mapping of the file, so that SQLite cannot go past us. */
const sqlite3_io_methods gez_vault_database_methods = {
  .iVersion = 1,
  .xClose = database_close,
  .xRead = database_read,
  .xWrite = database_write,
  .xTruncate = database_truncate,
  .xSync = database_sync,
  .xFileSize = database_size,
  .xLock = gez_vault_file_lock,
  .xUnlock = gez_vault_file_unlock,
  .xCheckReservedLock = gez_vault_file_is_reserved,
  .xFileControl = gez_vault_file_control,
  .xSectorSize = gez_vault_file_sector_size,
  .xDeviceCharacteristics = gez_vault_file_characteristics,
};
