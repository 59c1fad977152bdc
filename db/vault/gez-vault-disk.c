/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/gez-vault-disk.h"

/**
 * gez_vault_disk_read:
 * @file: of the file system below
 * @buffer: (out): room for @amount bytes
 * @amount: in bytes
 * @offset: in bytes
 *
 * Reads, and tells the end of a file from a disk that gave less than it holds. The end of a file
 * ends a log and empties an epoch; taken for it, a bad moment of the disk would lose commits.
 *
 * Returns: SQLITE_IOERR_SHORT_READ only when the file ends before; @buffer then ends in zeros
 *
 * Thread: the one of the connection.
 */
int
gez_vault_disk_read (sqlite3_file *file,
                     void         *buffer,
                     int           amount,
                     sqlite3_int64 offset)
{
  int code = file->pMethods->xRead (file, buffer, amount, offset);
#ifndef GEZ_MUTANT_TRUST_SHORT_READ
  sqlite3_int64 size;

  if (code != SQLITE_IOERR_SHORT_READ)
    return code;
  code = file->pMethods->xFileSize (file, &size);
  if (code == SQLITE_OK)
    code = size >= offset + amount ? SQLITE_IOERR_READ : SQLITE_IOERR_SHORT_READ;
#endif
  return code;
}
