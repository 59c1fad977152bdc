/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory-folder.h"

#include <string.h>

typedef struct
{
  MemoryDisk *disk;
  MemoryFolderCalls calls;
} MemoryFolderPrivate;

G_DEFINE_TYPE_WITH_PRIVATE (MemoryFolder, memory_folder, GEZ_TYPE_FOLDER)

static MemoryFolderPrivate *
get_private (GezFolder *folder)
{
  return memory_folder_get_instance_private (MEMORY_FOLDER (folder));
}

MemoryDisk *
memory_disk_new (void)
{
  MemoryDisk *self = g_new0 (MemoryDisk, 1);

  self->n_references = 1;
  self->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  return self;
}

MemoryDisk *
memory_disk_ref (MemoryDisk *self)
{
  self->n_references++;
  return self;
}

void
memory_disk_unref (MemoryDisk *self)
{
  if (--self->n_references > 0)
    return;
  g_hash_table_unref (self->files);
  g_free (self);
}

void
memory_disk_empty (MemoryDisk *self)
{
  g_hash_table_remove_all (self->files);
  self->is_there = FALSE;
}

gsize
memory_disk_get_size (MemoryDisk *self)
{
  GHashTableIter iter;
  gpointer bytes;
  gsize size = 0;

  g_hash_table_iter_init (&iter, self->files);
  while (g_hash_table_iter_next (&iter, NULL, &bytes))
    size += g_bytes_get_size (bytes);
  return size;
}

/* Counts a call; FALSE with an error when it is the one that fails before it does anything. */
static gboolean
begin_call (GezFolder    *folder,
            guint        *kind,
            GCancellable *cancellable,
            GError      **error)
{
  MemoryFolderPrivate *priv = get_private (folder);

  priv->calls.n_calls++;
  *kind += 1;
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (priv->calls.n_calls == priv->calls.fail_at && !priv->calls.fail_after)
    {
      g_set_error_literal (error, GEZ_SYNC_ERROR, priv->calls.fail_code, "the folder fails, as asked");
      return FALSE;
    }
  if (priv->disk->is_there)
    return TRUE;
  g_set_error_literal (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_NOT_CONNECTED, "the folder is not there");
  return FALSE;
}

static gboolean
end_call (GezFolder *folder,
          GError   **error)
{
  MemoryFolderPrivate *priv = get_private (folder);

  if (priv->calls.n_calls != priv->calls.fail_at || !priv->calls.fail_after)
    return TRUE;
  g_set_error_literal (error, GEZ_SYNC_ERROR, priv->calls.fail_code,
                       "the folder fails after its work, as asked");
  return FALSE;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
names_below (MemoryDisk *disk,
             const char *directory)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *list = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *prefix = directory[0] == '\0' ? g_strdup ("") : g_strconcat (directory, "/", NULL);
  GHashTableIter iter;
  gpointer path;

  g_hash_table_iter_init (&iter, disk->files);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    if (g_str_has_prefix (path, prefix))
      {
        const char *rest = (const char *) path + strlen (prefix);
        g_autofree char *name = g_strndup (rest, strcspn (rest, "/"));

        if (!g_hash_table_contains (names, name))
          {
            g_ptr_array_add (list, g_strdup (name));
            g_hash_table_add (names, g_ptr_array_index (list, list->len - 1));
          }
      }
  g_ptr_array_sort (list, compare_names);
  return list;
}

static GPtrArray *
memory_folder_list (GezFolder    *folder,
                    const char   *directory,
                    GCancellable *cancellable,
                    GError      **error)
{
  MemoryFolderPrivate *priv = get_private (folder);

  if (!begin_call (folder, &priv->calls.n_lists, cancellable, error) || !end_call (folder, error))
    return NULL;
  return names_below (priv->disk, directory);
}

static GBytes *
memory_folder_read (GezFolder    *folder,
                    const char   *path,
                    gsize         limit,
                    GCancellable *cancellable,
                    GError      **error)
{
  MemoryFolderPrivate *priv = get_private (folder);
  GBytes *bytes;

  if (!begin_call (folder, &priv->calls.n_reads, cancellable, error) || !end_call (folder, error))
    return NULL;
  bytes = g_hash_table_lookup (priv->disk->files, path);
  if (bytes != NULL && g_bytes_get_size (bytes) <= limit)
    return g_bytes_ref (bytes);
  g_set_error (error, GEZ_SYNC_ERROR, bytes ? GEZ_SYNC_ERROR_FOREIGN : GEZ_SYNC_ERROR_INCOMPLETE,
               bytes ? "“%s” is too big" : "“%s” is not there", path);
  return NULL;
}

static gboolean
memory_folder_publish (GezFolder    *folder,
                       const char   *path,
                       GBytes       *bytes,
                       GCancellable *cancellable,
                       GError      **error)
{
  MemoryFolderPrivate *priv = get_private (folder);
  GBytes *there;

  if (!begin_call (folder, &priv->calls.n_publishes, cancellable, error))
    return FALSE;
  there = g_hash_table_lookup (priv->disk->files, path);
  if (there != NULL && !g_bytes_equal (there, bytes))
    {
      g_set_error (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_EXISTS, "“%s” is another file", path);
      return FALSE;
    }
  if (there == NULL)
    g_hash_table_insert (priv->disk->files, g_strdup (path), g_bytes_ref (bytes));
  return end_call (folder, error);
}

static gboolean
memory_folder_remove (GezFolder    *folder,
                      const char   *path,
                      GCancellable *cancellable,
                      GError      **error)
{
  MemoryFolderPrivate *priv = get_private (folder);

  if (!begin_call (folder, &priv->calls.n_removes, cancellable, error))
    return FALSE;
  g_hash_table_remove (priv->disk->files, path);
  return end_call (folder, error);
}

static gboolean
memory_folder_found (GezFolder    *folder,
                     const char   *readme,
                     GCancellable *cancellable,
                     GError      **error)
{
  MemoryFolderPrivate *priv = get_private (folder);

  priv->calls.n_calls++;
  priv->disk->is_there = TRUE;
  g_hash_table_insert (priv->disk->files, g_strdup ("LEES-MIJ.txt"), g_bytes_new (readme, strlen (readme)));
  return TRUE;
}

static void
memory_folder_finalize (GObject *object)
{
  g_clear_pointer (&get_private (GEZ_FOLDER (object))->disk, memory_disk_unref);
  G_OBJECT_CLASS (memory_folder_parent_class)->finalize (object);
}

static void
memory_folder_class_init (MemoryFolderClass *klass)
{
  GezFolderClass *folder_class = GEZ_FOLDER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = memory_folder_finalize;
  folder_class->list = memory_folder_list;
  folder_class->read = memory_folder_read;
  folder_class->publish = memory_folder_publish;
  folder_class->remove = memory_folder_remove;
  folder_class->found = memory_folder_found;
}

static void
memory_folder_init (MemoryFolder *self)
{
}

GezFolder *
memory_folder_new (MemoryDisk *disk)
{
  MemoryFolder *self = g_object_new (MEMORY_TYPE_FOLDER, NULL);
  MemoryFolderPrivate *priv = get_private (GEZ_FOLDER (self));

  priv->disk = memory_disk_ref (disk);
  priv->calls.fail_code = GEZ_SYNC_ERROR_IO;
  return GEZ_FOLDER (self);
}

MemoryDisk *
memory_folder_get_disk (MemoryFolder *self)
{
  return get_private (GEZ_FOLDER (self))->disk;
}

void
memory_folder_set_disk (MemoryFolder *self,
                        MemoryDisk   *disk)
{
  MemoryFolderPrivate *priv = get_private (GEZ_FOLDER (self));

  memory_disk_ref (disk);
  memory_disk_unref (priv->disk);
  priv->disk = disk;
}

MemoryFolderCalls *
memory_folder_get_calls (MemoryFolder *self)
{
  return &get_private (GEZ_FOLDER (self))->calls;
}
