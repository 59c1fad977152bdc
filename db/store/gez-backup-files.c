/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/gez-backup-files.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "store/gez-backup-rule.h"

/* Backups as files in a place: their names, which are there, which may go.
 *
 * 1. The name is gezinsplan-<first 8 digits of the database id>-<local time>.gezbackup; while it is being
 *    made, with .part behind it. It names nobody.
 * 2. What goes is a file with such a name, of this very database by what it says inside. Everything
 *    else in the place is somebody else's.
 * 3. What was left of a backup that was broken off goes when the next one begins. */

#define PREFIX "gezinsplan-"
#define ID_DIGITS 8
#define UNFINISHED GEZ_BACKUP_SUFFIX ".part"

static char *
short_id (const GezId *database)
{
  char text[2 * 4 + 1];

  for (guint i = 0; i < 4; i++)
    g_snprintf (text + 2 * i, 3, "%02x", database->bytes[i]);
  return g_strdup (text);
}

/* Returns: (transfer full) (nullable): the time in a name of ours that ends in @suffix */
static char *
parse_name (const char  *name,
            const GezId *database,
            const char  *suffix)
{
  gsize start = strlen (PREFIX) + ID_DIGITS + 1;
  g_autofree char *stamp = NULL;

  if (!g_str_has_prefix (name, PREFIX) || strlen (name) != start + GEZ_BACKUP_STAMP_SIZE - 1 + strlen (suffix)
      || !g_str_has_suffix (name, suffix) || name[start - 1] != '-')
    return NULL;
  for (gsize i = strlen (PREFIX); i < start - 1; i++)
    if (!g_ascii_isxdigit (name[i]))
      return NULL;
  if (database)
    {
      g_autofree char *id = short_id (database);

      if (strncmp (name + strlen (PREFIX), id, ID_DIGITS) != 0)
        return NULL;
    }
  stamp = g_strndup (name + start, GEZ_BACKUP_STAMP_SIZE - 1);
  return gez_backup_stamp_is_valid (stamp) ? g_steal_pointer (&stamp) : NULL;
}

static int
compare_newest_first (gconstpointer a,
                      gconstpointer b)
{
  const GezBackupFile *const *one = a, *const *other = b;
  int order = strcmp ((*other)->stamp, (*one)->stamp);

  return order != 0 ? order : strcmp ((*one)->path, (*other)->path);
}

static GezBackupFile *
look_at (const char *path,
         const char *stamp)
{
  GezBackupFile *file;
  GStatBuf status;

  if (g_lstat (path, &status) != 0 || !S_ISREG (status.st_mode))
    return NULL;
  file = g_new0 (GezBackupFile, 1);
  file->path = g_strdup (path);
  file->stamp = g_strdup (stamp);
  file->size = (guint64) status.st_size;
  file->is_readable = gez_vault_backup_peek (path, &file->info, NULL);
  if (!file->is_readable)
    file->info = (GezVaultBackupInfo) { 0 };
  return file;
}

/**
 * gez_backup_file_name:
 * @database: what is copied
 * @stamp: when, local time
 *
 * Returns: (transfer full): the name of the file
 *
 * Thread: any.
 */
char *
gez_backup_file_name (const GezId *database,
                      const char  *stamp)
{
  g_autofree char *id = short_id (database);

  return g_strconcat (PREFIX, id, "-", stamp, GEZ_BACKUP_SUFFIX, NULL);
}

/**
 * gez_backup_list:
 * @place: a directory
 * @database: (nullable): of which database; %NULL: of any
 *
 * Returns: (transfer full) (element-type GezBackupFile): backups in @place, the newest first; %NULL with
 *   GEZ_STORE_ERROR_NOT_FOUND when the place is not there, or _IO
 *
 * Thread: any but the main one: the place may be slow.
 */
GPtrArray *
gez_backup_list (const char  *place,
                 const GezId *database,
                 GError     **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) gez_backup_file_free);
  g_autoptr (GError) failure = NULL;
  g_autoptr (GDir) directory = NULL;
  const char *name;

  g_return_val_if_fail (place != NULL, NULL);

  directory = g_dir_open (place, 0, &failure);
  if (directory == NULL)
    {
      gboolean is_gone = failure->code == G_FILE_ERROR_NOENT || failure->code == G_FILE_ERROR_NOTDIR;

      g_set_error_literal (error, GEZ_STORE_ERROR, is_gone ? GEZ_STORE_ERROR_NOT_FOUND : GEZ_STORE_ERROR_IO,
                           failure->message);
      return NULL;
    }
  while ((name = g_dir_read_name (directory)))
    {
      g_autofree char *stamp = parse_name (name, database, GEZ_BACKUP_SUFFIX);
      g_autofree char *path = g_build_filename (place, name, NULL);
      GezBackupFile *file = stamp ? look_at (path, stamp) : NULL;

      if (file)
        g_ptr_array_add (files, file);
    }
  g_ptr_array_sort (files, compare_newest_first);
  return g_steal_pointer (&files);
}

/**
 * gez_backup_remove_unfinished:
 * @place: a directory
 * @database: of which database
 *
 * Removes what was left of backups of this database that were broken off.
 *
 * Thread: any but the main one, here and below.
 */
void
gez_backup_remove_unfinished (const char  *place,
                              const GezId *database)
{
  g_autoptr (GDir) directory = g_dir_open (place, 0, NULL);
  const char *name;

  while (directory && (name = g_dir_read_name (directory)))
    {
      g_autofree char *stamp = parse_name (name, database, UNFINISHED);
      g_autofree char *path = stamp ? g_build_filename (place, name, NULL) : NULL;

      if (path && g_unlink (path) != 0)
        g_info ("cannot remove “%s”: %s", path, g_strerror (errno));
    }
}

/**
 * gez_backup_prune:
 * @place: a directory
 * @database: of which database
 * @today: local date
 *
 * Removes the backups of this database that the rule lets go.
 *
 * Returns: how many went
 */
guint
gez_backup_prune (const char  *place,
                  const GezId *database,
                  const char  *today)
{
  g_autoptr (GPtrArray) files = gez_backup_list (place, database, NULL);
  g_autoptr (GPtrArray) own = g_ptr_array_new ();
  g_autoptr (GPtrArray) stamps = g_ptr_array_new ();
  g_autofree gboolean *keep = NULL;
  guint n_removed = 0;

  for (guint i = 0; files && i < files->len; i++)
    {
      GezBackupFile *file = files->pdata[i];

      if (!file->is_readable || !gez_id_equal (&file->info.database_id, database))
        continue;
      g_ptr_array_add (own, file);
      g_ptr_array_add (stamps, file->stamp);
    }
  keep = g_new (gboolean, own->len + 1);
  if (own->len == 0
      || !gez_backup_rule_keeps ((const char *const *) stamps->pdata, stamps->len, today, keep))
    return 0;
  for (guint i = 0; i < own->len; i++)
    n_removed += !keep[i] && g_unlink (((GezBackupFile *) own->pdata[i])->path) == 0;
  return n_removed;
}

void
gez_backup_file_free (GezBackupFile *file)
{
  g_free (file->path);
  g_free (file->stamp);
  g_free (file);
}
