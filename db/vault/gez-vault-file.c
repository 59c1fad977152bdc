/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/gez-vault-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

static GezVaultError
code_for_errno (int number)
{
  switch (number)
    {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return GEZ_VAULT_ERROR_NO_SPACE;
    case ENOMEM:
      return GEZ_VAULT_ERROR_NO_MEMORY;
    default:
      return GEZ_VAULT_ERROR_IO;
    }
}

static int
open_retrying (const char *path,
               int         flags)
{
  int descriptor;

  do
    descriptor = open (path, flags | O_CLOEXEC, 0600);
  while (descriptor < 0 && errno == EINTR);
  return descriptor;
}

static gboolean
write_whole (int           descriptor,
             const guint8 *bytes,
             gsize         length)
{
  while (length > 0)
    {
      gssize written = write (descriptor, bytes, length);

      if (written < 0 && errno == EINTR)
        continue;
      if (written <= 0)
        return FALSE;
      bytes += written;
      length -= (gsize) written;
    }
  return TRUE;
}

static gboolean
write_new_file (const char *path,
                GBytes     *content,
                GError    **error)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (content, &length);
  int descriptor = open_retrying (path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW);
  int number = 0;

  if (descriptor < 0 || !write_whole (descriptor, bytes, length) || fsync (descriptor) != 0)
    number = errno;
  if (descriptor >= 0 && close (descriptor) != 0 && number == 0)
    number = errno;
  if (number != 0)
    gez_vault_file_set_error (error, number, "write", path);
  return number == 0;
}

/**
 * gez_vault_file_set_error:
 * @number: an errno
 * @what: the verb of what was being done
 * @path: to which file
 *
 * Sets the GEZ_VAULT_ERROR that fits @number.
 *
 * Thread: any.
 */
void
gez_vault_file_set_error (GError    **error,
                          int         number,
                          const char *what,
                          const char *path)
{
  g_set_error (error, GEZ_VAULT_ERROR, (int) code_for_errno (number), "Cannot %s “%s”: %s",
               what, path, g_strerror (number));
}

/**
 * gez_vault_file_make_directory:
 * @path: a directory, with or without its parents
 *
 * Makes the directory for the owner alone. One that is there already is closed to others.
 *
 * Thread: any.
 */
gboolean
gez_vault_file_make_directory (const char *path,
                               GError    **error)
{
  if (g_mkdir_with_parents (path, 0700) != 0 || chmod (path, 0700) != 0)
    {
      gez_vault_file_set_error (error, errno, "make", path);
      return FALSE;
    }
  return TRUE;
}

/**
 * gez_vault_file_sync_directory:
 *
 * Makes names that were added to, or changed in, a directory survive a power loss.
 *
 * Thread: any.
 */
gboolean
gez_vault_file_sync_directory (const char *path,
                               GError    **error)
{
  int descriptor = open_retrying (path, O_RDONLY | O_DIRECTORY);
  int number = 0;

  /* Some file systems cannot sync a directory and say so; they keep its order by themselves. */
  if (descriptor < 0 || (fsync (descriptor) != 0 && errno != EINVAL && errno != ENOTSUP))
    number = errno;
  if (descriptor >= 0)
    close (descriptor);
  if (number != 0)
    gez_vault_file_set_error (error, number, "sync", path);
  return number == 0;
}

/**
 * gez_vault_file_create_empty:
 *
 * Makes an empty file for the owner alone, when there is none: SQLite would make it readable for
 * others. It never opens a file that exists, because closing that would drop SQLite's locks.
 *
 * Thread: any.
 */
gboolean
gez_vault_file_create_empty (const char *path,
                             GError    **error)
{
  int descriptor = open_retrying (path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW);

  if (descriptor >= 0)
    {
      close (descriptor);
      return TRUE;
    }
  if (errno == EEXIST)
    return TRUE;
  gez_vault_file_set_error (error, errno, "make", path);
  return FALSE;
}

/**
 * gez_vault_file_replace:
 * @directory: where
 * @name: of the file in it
 * @content: what it shall hold
 *
 * Replaces a small file so that a power loss leaves the old or the new content, whole: write beside
 * it, sync, rename over it, sync the directory.
 *
 * Thread: any.
 */
gboolean
gez_vault_file_replace (const char *directory,
                        const char *name,
                        GBytes     *content,
                        GError    **error)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autofree char *beside = g_strconcat (path, ".new", NULL);

  if (!write_new_file (beside, content, error))
    {
      g_unlink (beside);
      return FALSE;
    }
  if (g_rename (beside, path) != 0)
    {
      gez_vault_file_set_error (error, errno, "replace", path);
      g_unlink (beside);
      return FALSE;
    }
  return gez_vault_file_sync_directory (directory, error);
}

/**
 * gez_vault_file_read:
 * @directory: where
 * @name: of the file in it
 * @most: bytes that it can have; a longer one is cut off there
 *
 * Returns: (transfer full) (nullable): the content, or %NULL with GEZ_VAULT_ERROR_NOT_A_STORE when
 *   there is no such file
 *
 * Thread: any.
 */
GBytes *
gez_vault_file_read (const char *directory,
                     const char *name,
                     gsize       most,
                     GError    **error)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autofree guint8 *content = NULL;
  int descriptor = open_retrying (path, O_RDONLY);
  gsize length = 0;
  gssize n_read = 0;

  if (descriptor < 0 && errno == ENOENT)
    {
      g_set_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_NOT_A_STORE, "There is no “%s”",
                   path);
      return NULL;
    }
  content = g_malloc (most);
  while (descriptor >= 0 && length < most
         && ((n_read = read (descriptor, content + length, most - length)) > 0
             || (n_read < 0 && errno == EINTR)))
    length += (gsize) MAX (n_read, 0);
  if (descriptor < 0 || n_read < 0)
    {
      gez_vault_file_set_error (error, errno, "read", path);
      if (descriptor >= 0)
        close (descriptor);
      return NULL;
    }
  close (descriptor);
  return g_bytes_new (content, length);
}
