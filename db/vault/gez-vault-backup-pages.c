/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/gez-vault-backup-private.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "vault/gez-vault-file.h"
#include "vault/gez-vault-header-private.h"

/* The pages of a backup: reading all of them, each in its place and all belonging together. */

#define PAGES_AT_ONCE 64

/* What a reader of all pages gives each run of them to. */
typedef gboolean (*TakePages) (const guint8 *sealed,
                               gsize         length,
                               gpointer      data,
                               GError      **error);

gboolean
gez_backup_set_damaged (GError    **error,
                        const char *path,
                        const char *what)
{
  g_set_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_DAMAGED, "“%s”: %s", path, what);
  return FALSE;
}

gboolean
gez_backup_set_errno (GError    **error,
                      const char *what,
                      const char *path)
{
  gez_vault_file_set_error (error, errno, what, path);
  return FALSE;
}

int
gez_backup_open_file (const char *path,
                      int         flags,
                      GError    **error)
{
  int file;

  do
    file = open (path, flags | O_CLOEXEC, 0600);
  while (file < 0 && errno == EINTR);
  if (file < 0)
    gez_backup_set_errno (error, "open", path);
  return file;
}

/* Returns: how many bytes there were, at most @length; -1 with errno */
gssize
gez_backup_read_at (int     file,
                    guint8 *bytes,
                    gsize   length,
                    goffset offset)
{
  gsize n_read = 0;

  while (n_read < length)
    {
      gssize n = pread (file, bytes + n_read, length - n_read, offset + (goffset) n_read);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return -1;
      if (n == 0)
        break;
      n_read += (gsize) n;
    }
  return (gssize) n_read;
}

gboolean
gez_backup_write_at (int           file,
                     const guint8 *bytes,
                     gsize         length,
                     goffset       offset)
{
  while (length > 0)
    {
      gssize n = pwrite (file, bytes, length, offset);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      bytes += n;
      offset += n;
      length -= (gsize) n;
    }
  return TRUE;
}

/* The part of the file that holds pages, in pages. */
static gboolean
count_pages (GezVaultBackup *self,
             int             file,
             guint64        *n_pages,
             GError        **error)
{
  struct stat status;

  if (fstat (file, &status) != 0)
    return gez_backup_set_errno (error, "look at", self->path);
  if (status.st_size <= GEZ_BACKUP_PREFIX_SIZE || status.st_size % GEZ_PAGE_SIZE != 0)
    return gez_backup_set_damaged (error, self->path, "cut off within a page");
  *n_pages = (guint64) (status.st_size - GEZ_BACKUP_PREFIX_SIZE) / GEZ_PAGE_SIZE;
  if (self->is_sealed && *n_pages != self->info.n_pages)
    return gez_backup_set_damaged (error, self->path, "it has not as many pages as it says");
  return TRUE;
}

static gboolean
open_pages (GezVaultBackup *self,
            const guint8   *sealed,
            guint64         first,
            gsize           n_pages,
            GError        **error)
{
  guint8 page[GEZ_PAGE_SIZE];
  gboolean sound = TRUE;

  for (gsize i = 0; i < n_pages && sound; i++)
    {
      sound = gez_page_open (self->vfs->page_key, &self->vfs->database, first + i + 1,
                             sealed + i * GEZ_PAGE_SIZE, page);
      if (!sound)
        g_set_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_DAMAGED,
                     "“%s”: page %" G_GUINT64_FORMAT " is damaged", self->path, first + i + 1);
    }
  sodium_memzero (page, sizeof page);
  return sound;
}

/* Reads every page, opens it and hands it on sealed; the hash of all is in @hash in the end. */
static gboolean
walk_pages (GezVaultBackup        *self,
            int                    file,
            guint64                n_pages,
            TakePages              take_pages,
            gpointer               take_data,
            GezVaultBackupProgress progress,
            gpointer               data,
            guint8                *hash,
            GCancellable          *cancellable,
            GError               **error)
{
  g_autofree guint8 *sealed = g_malloc (PAGES_AT_ONCE * GEZ_PAGE_SIZE);
  crypto_generichash_state state;

  crypto_generichash_init (&state, NULL, 0, GEZ_BACKUP_HASH_SIZE);
  for (guint64 done = 0; done < n_pages;)
    {
      gsize n = (gsize) MIN (PAGES_AT_ONCE, n_pages - done);
      gssize n_read;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      n_read = gez_backup_read_at (file, sealed, n * GEZ_PAGE_SIZE,
                                   (goffset) (GEZ_BACKUP_PREFIX_SIZE + done * GEZ_PAGE_SIZE));
      if (n_read < 0)
        return gez_backup_set_errno (error, "read", self->path);
      if ((gsize) n_read < n * GEZ_PAGE_SIZE)
        return gez_backup_set_damaged (error, self->path, "cut off");
      if (!open_pages (self, sealed, done, n, error)
          || (take_pages && !take_pages (sealed, n * GEZ_PAGE_SIZE, take_data, error)))
        return FALSE;
      crypto_generichash_update (&state, sealed, n * GEZ_PAGE_SIZE);
      done += n;
      if (progress)
        progress (done, n_pages, data);
    }
  crypto_generichash_final (&state, hash, GEZ_BACKUP_HASH_SIZE);
  return TRUE;
}

static gboolean
check_file (GezVaultBackup        *self,
            int                    file,
            TakePages              take_pages,
            gpointer               take_data,
            GezVaultBackupProgress progress,
            gpointer               data,
            GCancellable          *cancellable,
            GError               **error)
{
  guint8 hash[GEZ_BACKUP_HASH_SIZE];
  guint64 n_pages = 0;

  if (!count_pages (self, file, &n_pages, error)
      || !walk_pages (self, file, n_pages, take_pages, take_data, progress, data, hash, cancellable, error))
    return FALSE;
  if (self->is_sealed && memcmp (hash, self->hash, GEZ_BACKUP_HASH_SIZE) != 0)
    return gez_backup_set_damaged (error, self->path, "its pages do not belong together");
  memcpy (self->hash, hash, GEZ_BACKUP_HASH_SIZE);
  self->info.n_pages = n_pages;
  self->is_checked = TRUE;
  return TRUE;
}

/**
 * gez_vault_backup_check_pages:
 * @progress: (nullable): told how far it is
 *
 * Reads the whole file. Each page must open in its place, and all must belong together.
 *
 * Returns: %FALSE with GEZ_VAULT_ERROR_DAMAGED, _IO or G_IO_ERROR_CANCELLED
 */
gboolean
gez_vault_backup_check_pages (GezVaultBackup        *self,
                              GezVaultBackupProgress progress,
                              gpointer               data,
                              GCancellable          *cancellable,
                              GError               **error)
{
  gboolean sound;
  int file;

  g_return_val_if_fail (self != NULL, FALSE);

  file = gez_backup_open_file (self->path, O_RDONLY, error);
  if (file < 0)
    return FALSE;
  sound = check_file (self, file, NULL, NULL, progress, data, cancellable, error);
  close (file);
  return sound;
}

typedef struct
{
  const char *path;
  int file;
  goffset at;
} Output;

static gboolean
write_pages (const guint8 *sealed,
             gsize         length,
             gpointer      data,
             GError      **error)
{
  Output *output = data;

  if (!gez_backup_write_at (output->file, sealed, length, output->at))
    return gez_backup_set_errno (error, "write", output->path);
  output->at += (goffset) length;
  return TRUE;
}

static gboolean
extract_database (GezVaultBackup *self,
                  const char     *path,
                  GCancellable   *cancellable,
                  GError        **error)
{
  int file = gez_backup_open_file (self->path, O_RDONLY, error);
  Output output = { path, -1, 0 };
  gboolean done = FALSE;

  if (file < 0)
    return FALSE;
  output.file = gez_backup_open_file (path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, error);
  if (output.file >= 0)
    {
      done = check_file (self, file, write_pages, &output, NULL, NULL, cancellable, error)
             && (fsync (output.file) == 0 || gez_backup_set_errno (error, "sync", path));
      if (close (output.file) != 0 && done)
        done = gez_backup_set_errno (error, "write", path);
    }
  close (file);
  return done;
}

/**
 * gez_vault_backup_extract:
 * @directory: empty, for the owner alone
 *
 * Writes the header and the database of a store into @directory, while every page is checked.
 *
 * Returns: whether a whole store stands there, synced; else with GEZ_VAULT_ERROR_DAMAGED, _NO_SPACE, _IO
 *   or G_IO_ERROR_CANCELLED, and the caller removes what stands there
 */
gboolean
gez_vault_backup_extract (GezVaultBackup *self,
                          const char     *directory,
                          GCancellable   *cancellable,
                          GError        **error)
{
  g_autofree char *database = NULL;

  g_return_val_if_fail (self != NULL && self->is_sealed && directory != NULL, FALSE);

  database = g_build_filename (directory, GEZ_VAULT_DATABASE_NAME, NULL);
  return extract_database (self, database, cancellable, error)
         && gez_vault_file_replace (directory, GEZ_HEADER_NAME, self->header, error)
         && gez_vault_file_replace (directory, GEZ_HEADER_COPY_NAME, self->header, error);
}
