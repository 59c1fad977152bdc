/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plain names, so that both these and the ones for large files can be defined below. */
#undef _FILE_OFFSET_BITS
#undef _FORTIFY_SOURCE
#include "steps.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/*
 * Stands between a test program and the kernel: the functions below take the place of those of the C
 * library, for our code and for SQLite alike. Each call that reaches a file in one directory is a step;
 * at one of them something goes wrong.
 *
 * 1. Reading is a step only where reading fails; a process that ends while it reads has changed nothing.
 * 2. Nothing is really synced. What was synced is remembered instead: the contents of a file when the
 *    file was, the names when the directory was.
 * 3. A file that was seen stays open, so that its inode number belongs to it alone.
 * 4. The memory of the key derivation is fetched once, and shared with the children, of which one runs at
 *    a time. Fetching it for each of some thousand derivations takes half of the time of the test.
 */

#define DERIVATION_SIZE (8 << 20)
#define DERIVATION_ROOM (DERIVATION_SIZE + 4096)

static gboolean is_armed;
static gboolean is_reached;
static char *watched;
static StepsWhat what_happens;
static guint happens_at;
static guint n_steps;
static GHashTable *synced_contents; /* inode -> GBytes */
static GHashTable *synced_names;    /* name -> inode */

static void *derivation; /* memory that is lent out, or NULL before the first time */
static gboolean is_lent;

static GBytes *
read_all (int file)
{
  GByteArray *all = g_byte_array_new ();
  guint8 piece[4096];
  long n_read;

  while ((n_read = syscall (SYS_pread64, file, piece, sizeof piece, (off64_t) all->len)) > 0)
    g_byte_array_append (all, piece, (guint) n_read);
  return g_byte_array_free_to_bytes (all);
}

static gpointer
inode_of (int file)
{
  struct stat about;

  return fstat (file, &about) == 0 ? GSIZE_TO_POINTER (about.st_ino) : NULL;
}

static char *
path_of (const char *name)
{
  return g_build_filename (watched, name, NULL);
}

/* Names of files and their inodes, as they are now. */
static GHashTable *
list_names (void)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  DIR *directory = opendir (watched);
  struct dirent *entry;

  while (directory != NULL && (entry = readdir (directory)))
    if (entry->d_type == DT_REG)
      g_hash_table_insert (names, g_strdup (entry->d_name), GSIZE_TO_POINTER (entry->d_ino));
  if (directory != NULL)
    closedir (directory);
  return names;
}

/* @file may be open for writing alone. Closing what is opened here would drop SQLite's locks. */
static void
remember_contents (int file)
{
  g_autofree char *link = g_strdup_printf ("/proc/self/fd/%d", file);
  int again = (int) syscall (SYS_open, link, O_RDONLY | O_CLOEXEC, 0);

  g_assert_cmpint (again, >=, 0);
  g_hash_table_insert (synced_contents, inode_of (again), read_all (again));
}

static void
remember_all (void)
{
  GHashTableIter iter;
  gpointer name;

  synced_contents = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_bytes_unref);
  synced_names = list_names ();
  g_hash_table_iter_init (&iter, synced_names);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      g_autofree char *path = path_of (name);

      remember_contents ((int) syscall (SYS_open, path, O_RDONLY | O_CLOEXEC, 0));
    }
}

static GBytes *
contents_left (const char *name,
               gpointer    inode)
{
  g_autofree char *path = path_of (name);
  GBytes *synced = g_hash_table_lookup (synced_contents, inode);
  int file;

  if (what_happens != STEPS_POWER_CONTENTS)
    return synced ? g_bytes_ref (synced) : g_bytes_new (NULL, 0);
  /* A name that is gone leads to what it held when it was synced. */
  file = (int) syscall (SYS_open, path, O_RDONLY | O_CLOEXEC, 0);
  if (file >= 0 && inode_of (file) == inode)
    return read_all (file);
  return synced ? g_bytes_ref (synced) : g_bytes_new (NULL, 0);
}

static void
write_file (const char *name,
            GBytes     *contents)
{
  g_autofree char *path = path_of (name);
  long file = syscall (SYS_open, path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

  g_assert_cmpint (syscall (SYS_write, file, g_bytes_get_data (contents, NULL),
                            g_bytes_get_size (contents)),
                   ==, g_bytes_get_size (contents));
}

static void
lose_power (void)
{
  g_autoptr (GHashTable) now = list_names ();
  GHashTable *names = what_happens == STEPS_POWER_NAMES ? now : synced_names;
  g_autoptr (GHashTable) left = NULL;
  GHashTableIter iter;
  gpointer name, value;

  left = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_bytes_unref);
  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &name, &value))
    g_hash_table_insert (left, name, contents_left (name, value));
  g_hash_table_iter_init (&iter, now);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      g_autofree char *path = path_of (name);

      syscall (SYS_unlink, path);
    }
  g_hash_table_iter_init (&iter, left);
  while (g_hash_table_iter_next (&iter, &name, &value))
    write_file (name, value);
}

/* Counts a step and lets happen what is to happen there. Returns 0, or the number of an error. */
static int
take_step (gboolean writes,
           gboolean takes_space)
{
  gboolean ends = what_happens < STEPS_FAIL;

  if (!writes && what_happens != STEPS_FAIL && what_happens != STEPS_BROKEN)
    return 0;
  n_steps++;
  if (n_steps < happens_at || (n_steps > happens_at && what_happens == STEPS_FAIL))
    return 0;
  is_reached = TRUE;
  if (what_happens == STEPS_FULL)
    return takes_space ? ENOSPC : 0;
  if (!ends)
    return EIO;
  is_armed = FALSE;
  if (what_happens >= STEPS_POWER)
    lose_power ();
  _exit (STEPS_ENDED);
}

static gboolean
is_watched_path (const char *path)
{
  return is_armed && path != NULL && g_str_has_prefix (path, watched);
}

static gboolean
is_watched (int file)
{
  char link[64], path[4096];
  long length;

  if (!is_armed)
    return FALSE;
  g_snprintf (link, sizeof link, "/proc/self/fd/%d", file);
  length = syscall (SYS_readlink, link, path, sizeof path - 1);
  if (length <= 0)
    return FALSE;
  path[length] = '\0';
  return g_str_has_prefix (path, watched);
}

static long
fail_with (int number)
{
  errno = number;
  return -1;
}

static int
open_file (const char *path,
           int         flags,
           mode_t      mode)
{
  gboolean watch = is_watched_path (path), makes;
  int number, file;

  makes = watch && (flags & O_CREAT) != 0 && syscall (SYS_access, path, F_OK) != 0;
  number = watch ? take_step (makes || (flags & O_TRUNC) != 0, makes) : 0;
  if (number != 0)
    return (int) fail_with (number);
  file = (int) syscall (SYS_open, path, flags, mode);
  if (file >= 0 && makes)
    syscall (SYS_fcntl, file, F_DUPFD_CLOEXEC, 100);
  return file;
}

static mode_t
mode_from (int     flags,
           va_list arguments)
{
  return (flags & O_CREAT) != 0 ? va_arg (arguments, mode_t) : 0;
}

int
open (const char *path,
      int         flags,
      ...)
{
  va_list arguments;
  mode_t mode;

  va_start (arguments, flags);
  mode = mode_from (flags, arguments);
  va_end (arguments);
  return open_file (path, flags, mode);
}

int
open64 (const char *path,
        int         flags,
        ...)
{
  va_list arguments;
  mode_t mode;

  va_start (arguments, flags);
  mode = mode_from (flags, arguments);
  va_end (arguments);
  return open_file (path, flags, mode);
}

/* @at is where, or -1 for where the file stands. */
static ssize_t
write_some (int         file,
            const void *bytes,
            size_t      size,
            off64_t     at)
{
  gboolean tears = what_happens == STEPS_TEAR && n_steps + 1 == happens_at;
  gboolean watch = is_watched (file);
  int number = 0;

  if (watch && !tears)
    number = take_step (TRUE, TRUE);
  if (number != 0)
    return fail_with (number);
  if (watch && tears)
    size /= 2;
  size = (size_t) (at < 0 ? syscall (SYS_write, file, bytes, size)
                          : syscall (SYS_pwrite64, file, bytes, size, at));
  if (watch && tears)
    take_step (TRUE, TRUE);
  return (ssize_t) size;
}

ssize_t
write (int         file,
       const void *bytes,
       size_t      size)
{
  return write_some (file, bytes, size, -1);
}

ssize_t
pwrite (int         file,
        const void *bytes,
        size_t      size,
        off_t       at)
{
  return write_some (file, bytes, size, at);
}

ssize_t
pwrite64 (int         file,
          const void *bytes,
          size_t      size,
          off64_t     at)
{
  return write_some (file, bytes, size, at);
}

static int
sync_file (int file)
{
  int number;
  struct stat about;

  if (!is_watched (file))
    return 0;
  number = take_step (TRUE, FALSE);
  if (number != 0)
    return (int) fail_with (number);
  if (fstat (file, &about) != 0 || !S_ISDIR (about.st_mode))
    {
      remember_contents (file);
      return 0;
    }
  g_hash_table_unref (synced_names);
  synced_names = list_names ();
  return 0;
}

int
fsync (int file)
{
  return sync_file (file);
}

int
fdatasync (int file)
{
  return sync_file (file);
}

static int
truncate_file (int     file,
               off64_t size)
{
  int number = is_watched (file) ? take_step (TRUE, FALSE) : 0;

  return number != 0 ? (int) fail_with (number) : (int) syscall (SYS_ftruncate, file, size);
}

int
ftruncate (int   file,
           off_t size)
{
  return truncate_file (file, size);
}

int
ftruncate64 (int     file,
             off64_t size)
{
  return truncate_file (file, size);
}

int
rename (const char *from,
        const char *to)
{
  int number = is_watched_path (from) ? take_step (TRUE, FALSE) : 0;

  return number != 0 ? (int) fail_with (number) : (int) syscall (SYS_rename, from, to);
}

int
unlink (const char *path)
{
  gboolean changes = is_watched_path (path) && syscall (SYS_access, path, F_OK) == 0;
  int number = changes ? take_step (TRUE, FALSE) : 0;

  return number != 0 ? (int) fail_with (number) : (int) syscall (SYS_unlink, path);
}

ssize_t
read (int    file,
      void  *bytes,
      size_t size)
{
  int number = is_watched (file) ? take_step (FALSE, FALSE) : 0;

  return number != 0 ? fail_with (number) : syscall (SYS_read, file, bytes, size);
}

static ssize_t
read_at (int     file,
         void   *bytes,
         size_t  size,
         off64_t at)
{
  int number = is_watched (file) ? take_step (FALSE, FALSE) : 0;

  return number != 0 ? fail_with (number) : syscall (SYS_pread64, file, bytes, size, at);
}

ssize_t
pread (int    file,
       void  *bytes,
       size_t size,
       off_t  at)
{
  return read_at (file, bytes, size, at);
}

ssize_t
pread64 (int     file,
         void   *bytes,
         size_t  size,
         off64_t at)
{
  return read_at (file, bytes, size, at);
}

static void *
map_memory (void   *address,
            size_t  length,
            int     protection,
            int     flags,
            int     file,
            off64_t at)
{
  return (void *) syscall (SYS_mmap, address, length, protection, flags, file, at);
}

void *
mmap (void  *address,
      size_t length,
      int    protection,
      int    flags,
      int    file,
      off_t  at)
{
  gboolean fits = address == NULL && file == -1 && length >= DERIVATION_SIZE && length <= DERIVATION_ROOM;

  if (!fits || is_lent)
    return map_memory (address, length, protection, flags, file, at);
  if (derivation == NULL)
    derivation = map_memory (NULL, DERIVATION_ROOM, PROT_READ | PROT_WRITE,
                             MAP_SHARED | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
  is_lent = derivation != MAP_FAILED;
  return derivation;
}

int
munmap (void  *address,
        size_t length)
{
  if (address != derivation || address == NULL)
    return (int) syscall (SYS_munmap, address, length);
  is_lent = FALSE;
  return 0;
}

/**
 * steps_arm:
 * @directory: full path of what is watched
 * @at: at which step it happens, from 1
 *
 * From now on, in this process, something may go wrong. All that is there counts as synced.
 */
void
steps_arm (const char *directory,
           StepsWhat   what,
           guint       at)
{
  watched = g_strdup (directory);
  what_happens = what;
  happens_at = at;
  n_steps = 0;
  is_reached = FALSE;
  remember_all ();
  is_armed = TRUE;
}

/**
 * steps_disarm:
 *
 * Nothing goes wrong any more.
 *
 * Returns: whether the step was reached
 */
gboolean
steps_disarm (void)
{
  is_armed = FALSE;
  return is_reached;
}
