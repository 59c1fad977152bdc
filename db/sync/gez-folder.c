/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/gez-folder.h"

/* The door of every folder: what is asked stays below gezinsplan/, whoever chose the name. */

G_DEFINE_ABSTRACT_TYPE (GezFolder, gez_folder, G_TYPE_OBJECT)

/* A name comes from a folder that anybody may have filled. */
static gboolean
check_inside (const char *path,
              GError    **error)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);

  for (guint i = 0; i == 0 || parts[i] != NULL; i++)
    if (parts[i] == NULL || *parts[i] == '\0' || g_str_equal (parts[i], ".") || g_str_equal (parts[i], ".."))
      {
        g_set_error (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_FOREIGN, "%s is no path below the folder", path);
        return FALSE;
      }
  return TRUE;
}

static void
gez_folder_class_init (GezFolderClass *class)
{
}

static void
gez_folder_init (GezFolder *self)
{
}

/**
 * gez_folder_list:
 * @directory: below gezinsplan/; "" for itself
 *
 * Returns: (transfer full) (element-type utf8): the names of all that is in @directory, in any order and
 *   however strange; none when it is not there. %NULL with a GEZ_SYNC_ERROR: _NOT_CONNECTED when
 *   gezinsplan/ itself is not there; or with G_IO_ERROR_CANCELLED
 *
 * Thread: any one at a time, never the main one; here and below.
 */
GPtrArray *
gez_folder_list (GezFolder    *self,
                 const char   *directory,
                 GCancellable *cancellable,
                 GError      **error)
{
  g_return_val_if_fail (GEZ_IS_FOLDER (self), NULL);
  g_return_val_if_fail (directory != NULL, NULL);

  if (*directory != '\0' && !check_inside (directory, error))
    return NULL;
  return GEZ_FOLDER_GET_CLASS (self)->list (self, directory, cancellable, error);
}

/**
 * gez_folder_read:
 * @limit: the most that a file of ours can be, in bytes
 *
 * Returns: (transfer full): the whole file. %NULL with a GEZ_SYNC_ERROR: _INCOMPLETE when it is absent, or
 *   only its name is here yet; _FOREIGN when it is larger than @limit, or no file; or with
 *   G_IO_ERROR_CANCELLED
 */
GBytes *
gez_folder_read (GezFolder    *self,
                 const char   *path,
                 gsize         limit,
                 GCancellable *cancellable,
                 GError      **error)
{
  g_return_val_if_fail (GEZ_IS_FOLDER (self), NULL);
  g_return_val_if_fail (path != NULL, NULL);

  if (!check_inside (path, error))
    return NULL;
  return GEZ_FOLDER_GET_CLASS (self)->read (self, path, limit, cancellable, error);
}

/**
 * gez_folder_publish:
 * @path: a name that belongs to @bytes and to nothing else, ever
 *
 * Makes the directory of @path below gezinsplan/ when it is not there; never gezinsplan/ itself. A file there
 * that is the beginning of @bytes is what a carrier or a writer that died left, and is written again.
 *
 * Returns: %TRUE: it was read back and is equal, now or already. %FALSE with a GEZ_SYNC_ERROR: _EXISTS when
 *   another file has that name (it stays); or with G_IO_ERROR_CANCELLED
 */
gboolean
gez_folder_publish (GezFolder    *self,
                    const char   *path,
                    GBytes       *bytes,
                    GCancellable *cancellable,
                    GError      **error)
{
  g_return_val_if_fail (GEZ_IS_FOLDER (self), FALSE);
  g_return_val_if_fail (path != NULL && bytes != NULL, FALSE);

  if (!check_inside (path, error))
    return FALSE;
  return GEZ_FOLDER_GET_CLASS (self)->publish (self, path, bytes, cancellable, error);
}

/**
 * gez_folder_remove:
 * @path: an own file
 *
 * Returns: %TRUE: it is not there, any more or at all. %FALSE with a GEZ_SYNC_ERROR, or G_IO_ERROR_CANCELLED
 */
gboolean
gez_folder_remove (GezFolder    *self,
                   const char   *path,
                   GCancellable *cancellable,
                   GError      **error)
{
  g_return_val_if_fail (GEZ_IS_FOLDER (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  if (!check_inside (path, error))
    return FALSE;
  return GEZ_FOLDER_GET_CLASS (self)->remove (self, path, cancellable, error);
}

/**
 * gez_folder_found:
 * @readme: the text of LEES-MIJ.txt
 *
 * Makes gezinsplan/ when it is not there. A LEES-MIJ.txt that is there already stays.
 *
 * Returns: %FALSE with a GEZ_SYNC_ERROR: _NOT_CONNECTED when the folder that was chosen is not there,
 *   _NOT_EMPTY when a team is in it; or with G_IO_ERROR_CANCELLED
 */
gboolean
gez_folder_found (GezFolder    *self,
                  const char   *readme,
                  GCancellable *cancellable,
                  GError      **error)
{
  g_return_val_if_fail (GEZ_IS_FOLDER (self), FALSE);
  g_return_val_if_fail (readme != NULL, FALSE);

  return GEZ_FOLDER_GET_CLASS (self)->found (self, readme, cancellable, error);
}
