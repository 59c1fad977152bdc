/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shape-recorder.h"

#include <sqlite3.h>
#include <string.h>

#include "vault/gez-vault-vfs-private.h"

#define LOG_HEADER_SIZE 32

/* What every SQLite does, in the words of note_transfer(). */
static const char *const usual[] = {
  "database read 100 at 0 of the file",
  "database read 4096 at 0 of a page",
  "database truncate 0 past a page",
  "database write 4096 at 0 of a page",
  "log read 32 at 0 of the file",
  "log read 4096 at 24 of a frame",
  "log read 4120 at 0 of a frame",
  "log read 8 at 16 of a frame",
  "log read 8 at 24 of the file",
  "log truncate to 0",
  "log write 24 at 0 of a frame",
  "log write 32 at 0 of the file",
  "log write 4096 at 24 of a frame",
};

/* The first only without an exclusive lock; the second is how versions from 3.45 on read a large value
 * past their cache (SQLITE_DIRECT_OVERFLOW_READ). */
static const char *const rare[] = {
  "database read 16 at 24 of the file",
  "database read part at 0 of a page",
};

static GMutex lock;
static GHashTable *seen;
static int (*open_below) (sqlite3_vfs *, const char *, sqlite3_file *, int, int *);
static sqlite3_io_methods database_methods, log_methods;

static void
note (const char *shape)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  guint64 *count = g_hash_table_lookup (seen, shape);

  if (count == NULL)
    {
      count = g_new0 (guint64, 1);
      g_hash_table_insert (seen, g_strdup (shape), count);
    }
  (*count)++;
}

static void
note_transfer (sqlite3_file *file,
               const char   *operation,
               int           amount,
               sqlite3_int64 offset)
{
  gboolean is_log = file->pMethods == &log_methods;
  sqlite3_int64 unit = is_log ? GEZ_FRAME_SIZE : GEZ_PAGE_SIZE;
  sqlite3_int64 start = is_log ? LOG_HEADER_SIZE : amount < GEZ_PAGE_SIZE ? 100 : 0;
  gboolean in_file = offset < start;
  gboolean is_part = !is_log && !in_file && amount < GEZ_PAGE_SIZE && operation[0] == 'r';
  char size[16], shape[80];

  g_snprintf (size, sizeof size, is_part ? "part" : "%d", amount);
  g_snprintf (shape, sizeof shape, "%s %s %s at %d of %s", is_log ? "log" : "database", operation,
              size, (int) (in_file ? offset : (offset - (is_log ? start : 0)) % unit),
              in_file ? "the file" : is_log ? "a frame" : "a page");
  note (shape);
}

static const sqlite3_io_methods *
methods_below (sqlite3_file *file)
{
  return file->pMethods == &log_methods ? &gez_vault_log_methods : &gez_vault_database_methods;
}

static int
recorded_read (sqlite3_file *file,
               void         *buffer,
               int           amount,
               sqlite3_int64 offset)
{
  note_transfer (file, "read", amount, offset);
  return methods_below (file)->xRead (file, buffer, amount, offset);
}

static int
recorded_write (sqlite3_file *file,
                const void   *buffer,
                int           amount,
                sqlite3_int64 offset)
{
  note_transfer (file, "write", amount, offset);
  return methods_below (file)->xWrite (file, buffer, amount, offset);
}

static int
recorded_truncate (sqlite3_file *file,
                   sqlite3_int64 size)
{
  gboolean is_log = file->pMethods == &log_methods;
  char shape[80];

  g_snprintf (shape, sizeof shape, is_log ? "log truncate to %d" : "database truncate %d past a page",
              (int) (is_log ? size : size % GEZ_PAGE_SIZE));
  note (shape);
  return methods_below (file)->xTruncate (file, size);
}

static int
recorded_open (sqlite3_vfs  *vfs,
               const char   *path,
               sqlite3_file *file,
               int           flags,
               int          *out_flags)
{
  int code = open_below (vfs, path, file, flags, out_flags);

  if (code == SQLITE_OK)
    file->pMethods = file->pMethods == &gez_vault_log_methods ? &log_methods : &database_methods;
  return code;
}

static void
make_methods (sqlite3_io_methods       *methods,
              const sqlite3_io_methods *below)
{
  *methods = *below;
  methods->xRead = recorded_read;
  methods->xWrite = recorded_write;
  methods->xTruncate = recorded_truncate;
}

static GHashTable *
make_table (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

void
shape_recorder_install (void)
{
  make_methods (&database_methods, &gez_vault_database_methods);
  make_methods (&log_methods, &gez_vault_log_methods);
  if (seen == NULL)
    seen = make_table ();
  for (sqlite3_vfs *vfs = sqlite3_vfs_find (NULL); vfs != NULL; vfs = vfs->pNext)
    if (g_str_has_prefix (vfs->zName, "gezinsplan-") && vfs->xOpen != recorded_open)
      {
        open_below = vfs->xOpen;
        vfs->xOpen = recorded_open;
      }
}

GHashTable *
shape_recorder_take (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  GHashTable *taken = seen;

  seen = make_table ();
  return taken;
}

gboolean
shape_recorder_is_known (const char *shape,
                         gboolean   *is_usual)
{
  gboolean is_rare = FALSE;

  *is_usual = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (usual); i++)
    *is_usual = *is_usual || g_str_equal (usual[i], shape);
  for (guint i = 0; i < G_N_ELEMENTS (rare); i++)
    is_rare = is_rare || g_str_equal (rare[i], shape);
  return *is_usual || is_rare;
}
