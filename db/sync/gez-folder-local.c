/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/gez-folder-private.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A folder that the system's own calls reach: a disk, a stick, a mount of the kernel, the directory of
 * Syncthing or Nextcloud. GFile would not sync, and its move without overwriting looks first and moves then.
 */

#define CHUNK (256 * 1024)

static gboolean
is_passing (int number)
{
  return number == ESTALE || number == EBUSY || number == EAGAIN || number == EINTR || number == ETXTBSY;
}

static GezSyncError
code_of_errno (int number)
{
  switch (number)
    {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return GEZ_SYNC_ERROR_NO_SPACE;
    case EACCES:
    case EPERM:
    case EROFS:
      return GEZ_SYNC_ERROR_DENIED;
    case ETIMEDOUT:
      return GEZ_SYNC_ERROR_TIMED_OUT;
    case ENOTCONN:
    case ENODEV:
    case ENXIO:
    case ENOMEDIUM:
    case EHOSTDOWN:
    case EHOSTUNREACH:
    case ENETDOWN:
    case ENETUNREACH:
    case ECONNREFUSED:
    case ECONNABORTED:
    case ECONNRESET:
      return GEZ_SYNC_ERROR_NOT_CONNECTED;
    default:
      return GEZ_SYNC_ERROR_IO;
    }
}

/* Returns: %FALSE, so that a call that failed can be returned with it */
static gboolean
fail (GezFolderJob *job,
      const char   *what,
      int           number,
      GError      **error)
{
  job->again = is_passing (number);
  g_set_error (error, GEZ_SYNC_ERROR, code_of_errno (number), "cannot %s %s: %s", what, job->path,
               g_strerror (number));
  return FALSE;
}

/* Something below is not there: then either all of it is gone, or only that. */
static gboolean
check_root (GezFolderPlace *place,
            GError        **error)
{
  struct stat status;

  errno = 0;
  if (stat (place->root_path, &status) == 0 && S_ISDIR (status.st_mode))
    return TRUE;
  g_set_error (error, GEZ_SYNC_ERROR, errno == EACCES ? GEZ_SYNC_ERROR_DENIED : GEZ_SYNC_ERROR_NOT_CONNECTED,
               "%s is not there", place->root_path);
  return FALSE;
}

static gboolean
is_syncing_unknown (int number)
{
  return number == EINVAL || number == ENOTSUP || number == EOPNOTSUPP || number == ENOENT || number == ENOTTY
         || number == ENOSYS || number == EBADF;
}

static gboolean
sync_directory (GezFolderJob *job,
                const char   *path,
                GError      **error)
{
  int directory = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int number = 0;

  if (directory < 0)
    return TRUE; /* may be written but not read: nothing can be said */
  if (fsync (directory) != 0 && !is_syncing_unknown (errno) && errno != EACCES)
    number = errno;
  close (directory); /* was only looked at */
  return number == 0 || fail (job, "sync the directory of", number, error);
}

/* Reading ----------------------------------------------------------------------------------------- */

static gboolean
list_directory (GezFolderPlace *place,
                GezFolderJob   *job,
                GError        **error)
{
  g_autofree char *path = g_build_filename (place->root_path, job->path, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  DIR *directory = opendir (path);
  struct dirent *entry;
  int number;

  if (directory == NULL && (errno == ENOENT || errno == ENOTDIR))
    {
      job->names = g_steal_pointer (&names);
      return check_root (place, error);
    }
  if (directory == NULL)
    return fail (job, "list", errno, error);
  while (errno = 0, (entry = readdir (directory)) != NULL)
    {
      if (!g_str_equal (entry->d_name, ".") && !g_str_equal (entry->d_name, ".."))
        g_ptr_array_add (names, g_strdup (entry->d_name));
      gez_folder_touch (job);
    }
  number = errno;
  closedir (directory);
  if (number != 0)
    return fail (job, "list", number, error);
  g_clear_pointer (&job->names, g_ptr_array_unref);
  job->names = g_steal_pointer (&names);
  return TRUE;
}

static gboolean
read_descriptor (GezFolderJob *job,
                 int           file,
                 gsize         limit,
                 GByteArray   *content,
                 GError      **error)
{
  g_autofree guint8 *chunk = g_malloc (CHUNK);
  gssize n_read;

  while ((n_read = read (file, chunk, CHUNK)) != 0)
    {
      if (n_read < 0)
        return fail (job, "read", errno, error);
      if (content->len + (gsize) n_read > limit)
        {
          g_set_error (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_FOREIGN, "%s is too large", job->path);
          return FALSE;
        }
      g_byte_array_append (content, chunk, (guint) n_read);
      gez_folder_touch (job);
      if (g_cancellable_set_error_if_cancelled (job->cancellable, error))
        return FALSE;
    }
  return TRUE;
}

/* Opens a file of the folder, and nothing that would wait or lead elsewhere. */
static int
open_to_read (GezFolderJob *job,
              const char   *path,
              struct stat  *status,
              GError      **error)
{
  int file = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);

  if (file < 0 && errno != ELOOP)
    {
      /* One file that may not be read says nothing of the folder. */
      fail (job, "open", errno == EACCES ? EIO : errno, error);
      return -1;
    }
  if (file >= 0 && fstat (file, status) == 0 && S_ISREG (status->st_mode))
    return file;
  if (file >= 0)
    close (file);
  g_set_error (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_FOREIGN, "%s is not a file", job->path);
  return -1;
}

/* Returns: (nullable): %NULL without an error when there is none */
static GBytes *
read_path (GezFolderJob *job,
           const char   *path,
           gsize         limit,
           struct stat  *status,
           GError      **error)
{
  g_autoptr (GByteArray) content = NULL;
  gboolean is_read;
  int file;

  if (access (path, F_OK) != 0 && (errno == ENOENT || errno == ENOTDIR))
    return NULL;
  file = open_to_read (job, path, status, error);
  if (file < 0)
    return NULL;
  content = g_byte_array_new ();
  is_read = read_descriptor (job, file, limit, content, error);
  close (file); /* was only read */
  return is_read ? g_byte_array_free_to_bytes (g_steal_pointer (&content)) : NULL;
}

static gboolean
read_file (GezFolderPlace *place,
           GezFolderJob   *job,
           GError        **error)
{
  g_autofree char *path = g_build_filename (place->root_path, job->path, NULL);
  g_autoptr (GBytes) content = NULL;
  struct stat status;
  GError *failure = NULL;

  content = read_path (job, path, job->limit, &status, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  if (content == NULL && !check_root (place, error))
    return FALSE;
  if (content == NULL || g_bytes_get_size (content) < (gsize) status.st_size
      || gez_folder_is_absent (content))
    {
      g_set_error (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_INCOMPLETE, "%s is not all here yet", job->path);
      return FALSE;
    }
  job->content = g_steal_pointer (&content);
  return TRUE;
}

/* Writing ----------------------------------------------------------------------------------------- */

static gboolean
write_bytes (GezFolderJob *job,
             int           file,
             GError      **error)
{
  gsize size, done = 0;
  const guint8 *data = g_bytes_get_data (job->bytes, &size);

  while (done < size)
    {
      gssize n_written = write (file, data + done, MIN (size - done, CHUNK));

      if (n_written < 0 && errno == EINTR)
        continue;
      if (n_written <= 0)
        return fail (job, "write", n_written == 0 ? ENOSPC : errno, error);
      done += (gsize) n_written;
      gez_folder_touch (job);
      if (g_cancellable_set_error_if_cancelled (job->cancellable, error))
        return FALSE;
    }
  if (fsync (file) != 0 && !is_syncing_unknown (errno))
    return fail (job, "sync", errno, error);
  return TRUE;
}

static gboolean
write_temporary (GezFolderJob *job,
                 const char   *temporary,
                 GError      **error)
{
  int file = open (temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
  gboolean is_written;

  if (file < 0)
    return fail (job, "create", errno, error);
  is_written = write_bytes (job, file, error);
  if (close (file) != 0 && is_written)
    return fail (job, "close", errno, error);
  return is_written;
}

/* A file system that knows neither way to keep a name free (FAT, some FUSE): looking is all that is left. Two
 * never write one name, so that nobody can come between. */
static int
rename_after_looking (const char *temporary,
                      const char *path)
{
  struct stat status;

  if (lstat (path, &status) == 0)
    return EEXIST;
  if (errno != ENOENT)
    return errno;
  return rename (temporary, path) == 0 ? 0 : errno;
}

/* Returns: 0, or an errno; EEXIST: the name is taken */
static int
rename_to_free (const char *temporary,
                const char *path)
{
  int number;

  if (renameat2 (AT_FDCWD, temporary, AT_FDCWD, path, RENAME_NOREPLACE) == 0)
    return 0;
  number = errno;
  if (number != EINVAL && number != ENOSYS && number != ENOTSUP)
    return number;
  if (link (temporary, path) == 0)
    return unlink (temporary) == 0 || errno == ENOENT ? 0 : errno;
  number = errno;
  if (number == EEXIST)
    return EEXIST;
  return rename_after_looking (temporary, path);
}

static gboolean
make_directory (GezFolderJob *job,
                const char   *path,
                GError      **error)
{
  g_autofree char *parent = NULL;

  if (mkdir (path, 0777) != 0)
    return errno == EEXIST || fail (job, "make the directory of", errno, error);
  parent = g_path_get_dirname (path);
  return sync_directory (job, parent, error);
}

/* One by one below gezinsplan/, which has to be there. */
static gboolean
make_directories (GezFolderPlace *place,
                  GezFolderJob   *job,
                  GError        **error)
{
  g_auto (GStrv) parts = g_strsplit (job->path, "/", -1);
  g_autofree char *path = g_strdup (place->root_path);

  if (!check_root (place, error))
    return FALSE;
  for (guint i = 0; parts[i + 1] != NULL; i++)
    {
      g_autofree char *above = g_steal_pointer (&path);

      path = g_build_filename (above, parts[i], NULL);
      if (!make_directory (job, path, error))
        return FALSE;
    }
  return TRUE;
}

/* What a process of ours that died left in a directory where nobody else writes. */
static void
sweep (GezFolderPlace *place,
       GezFolderJob   *job,
       const char     *directory)
{
  g_autoptr (GDir) entries = NULL;
  const char *name;

  if (!gez_folder_is_own (job->path) || !g_hash_table_add (place->swept, g_strdup (directory)))
    return;
  entries = g_dir_open (directory, 0, NULL);
  while (entries != NULL && (name = g_dir_read_name (entries)) != NULL)
    if (gez_folder_is_leftover (name))
      {
        g_autofree char *path = g_build_filename (directory, name, NULL);

        if (unlink (path) != 0)
          g_debug ("a leftover stays: %s", g_strerror (errno));
      }
}

typedef enum
{
  THERE_NOT,
  THERE_EQUAL,
  THERE_BEGUN,
  THERE_OTHER,
  THERE_UNKNOWN, /* with an error */
} There;

static There
look_there (GezFolderJob *job,
            const char   *path,
            GError      **error)
{
  g_autoptr (GBytes) content = NULL;
  GError *failure = NULL;
  struct stat status;

  content = read_path (job, path, g_bytes_get_size (job->bytes), &status, &failure);
  if (g_error_matches (failure, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_FOREIGN))
    {
      g_error_free (failure);
      return THERE_OTHER;
    }
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return THERE_UNKNOWN;
    }
  if (content == NULL)
    return THERE_NOT;
  if (g_bytes_equal (content, job->bytes))
    return THERE_EQUAL;
  return gez_folder_begins (job->bytes, content) ? THERE_BEGUN : THERE_OTHER;
}

/* Returns: whether the name is free now */
static gboolean
make_free (GezFolderJob *job,
           const char   *path,
           There         there,
           GError      **error)
{
  switch (there)
    {
    case THERE_NOT:
      return TRUE;
    case THERE_BEGUN:
      return unlink (path) == 0 || errno == ENOENT || fail (job, "remove the half of", errno, error);
    case THERE_OTHER:
      g_set_error (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_EXISTS, "%s is there and is another file",
                   job->path);
      return FALSE;
    case THERE_EQUAL:
    case THERE_UNKNOWN:
    default:
      return FALSE;
    }
}

/* Writes it under a name that nobody looks at, and gives it its own. */
static gboolean
put (GezFolderJob *job,
     const char   *directory,
     const char   *path,
     GError      **error)
{
  g_autofree char *name = gez_folder_temporary ();
  g_autofree char *temporary = g_build_filename (directory, name, NULL);
  gboolean is_written = write_temporary (job, temporary, error);
  int number = is_written ? rename_to_free (temporary, path) : 0;

  if (is_written && number == 0)
    return sync_directory (job, directory, error);
  if (unlink (temporary) != 0 && errno != ENOENT)
    g_debug ("a temporary stays: %s", g_strerror (errno));
  /* Somebody published the same meanwhile, or another: reading it back tells. */
  return is_written && (number == EEXIST || fail (job, "rename", number, error));
}

static gboolean
publish_at (GezFolderPlace *place,
            GezFolderJob   *job,
            const char     *path,
            GError        **error)
{
  g_autofree char *directory = g_path_get_dirname (path);
  There there = look_there (job, path, error);

  if (there == THERE_EQUAL)
    return TRUE;
  if (!make_free (job, path, there, error))
    return FALSE;
  sweep (place, job, directory);
  if (!put (job, directory, path, error))
    return FALSE;
  there = look_there (job, path, error);
  if (there == THERE_NOT || there == THERE_BEGUN)
    g_set_error (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_IO, "%s was not kept whole", job->path);
  else if (there == THERE_OTHER)
    g_set_error (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_EXISTS, "%s became another file", job->path);
  return there == THERE_EQUAL;
}

static gboolean
publish (GezFolderPlace *place,
         GezFolderJob   *job,
         GError        **error)
{
  g_autofree char *path = g_build_filename (place->root_path, job->path, NULL);

  return make_directories (place, job, error) && publish_at (place, job, path, error);
}

static gboolean
remove_file (GezFolderPlace *place,
             GezFolderJob   *job,
             GError        **error)
{
  g_autofree char *path = g_build_filename (place->root_path, job->path, NULL);

  if (unlink (path) == 0)
    return TRUE;
  if (errno == ENOENT || errno == ENOTDIR)
    return check_root (place, error);
  return fail (job, "remove", errno, error);
}

/* Founding ---------------------------------------------------------------------------------------- */

static gboolean
check_no_team (GezFolderPlace *place,
               GezFolderJob   *job,
               GError        **error)
{
  g_autofree char *path = g_build_filename (place->root_path, "r", NULL);
  g_autoptr (GDir) entries = g_dir_open (path, 0, NULL);
  const char *name;

  while (entries != NULL && (name = g_dir_read_name (entries)) != NULL)
    if (*name != '.')
      {
        g_set_error (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_NOT_EMPTY, "%s holds a team", place->root_path);
        return FALSE;
      }
  return TRUE;
}

static gboolean
found (GezFolderPlace *place,
       GezFolderJob   *job,
       GError        **error)
{
  g_autofree char *readme = g_build_filename (place->root_path, job->path, NULL);
  g_autofree char *above = g_path_get_dirname (place->root_path);
  struct stat status;

  if (stat (above, &status) != 0 || !S_ISDIR (status.st_mode))
    {
      g_set_error (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_NOT_CONNECTED, "%s is not there", above);
      return FALSE;
    }
  if (!make_directory (job, place->root_path, error) || !check_no_team (place, job, error))
    return FALSE;
  return lstat (readme, &status) == 0 || publish_at (place, job, readme, error);
}

/* One job with the system's calls. Thread: the folder's. */
gboolean
gez_folder_local_work (GezFolderPlace *place,
                       GezFolderJob   *job,
                       GError        **error)
{
  job->again = FALSE;
  switch (job->task)
    {
    case GEZ_FOLDER_LIST:
      return list_directory (place, job, error);
    case GEZ_FOLDER_READ:
      return read_file (place, job, error);
    case GEZ_FOLDER_PUBLISH:
      return publish (place, job, error);
    case GEZ_FOLDER_REMOVE:
      return remove_file (place, job, error);
    case GEZ_FOLDER_FOUND:
    default:
      return found (place, job, error);
    }
}
