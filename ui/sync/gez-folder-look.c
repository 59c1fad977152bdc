/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/gez-folder-look.h"

static gboolean
is_folder (GFile *file)
{
  return g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, NULL) == G_FILE_TYPE_DIRECTORY;
}

static void
look_thread (GTask        *task,
             gpointer      source,
             gpointer      uri,
             GCancellable *cancellable)
{
  g_autoptr (GFile) folder = g_file_new_for_uri (uri);
  g_autoptr (GFile) inside = g_file_get_child (folder, "gezinsplan");

  if (is_folder (inside))
    g_task_return_int (task, GEZ_FOLDER_LOOK_FULL);
  else
    g_task_return_int (task, is_folder (folder) ? GEZ_FOLDER_LOOK_EMPTY : GEZ_FOLDER_LOOK_AWAY);
}

/**
 * gez_folder_look_async:
 * @uri: of a shared folder, which may be far away
 *
 * Looks what there is, on another thread.
 */
void
gez_folder_look_async (const char          *uri,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_return_if_fail (uri != NULL);

  g_task_set_task_data (task, g_strdup (uri), g_free);
  g_task_run_in_thread (task, look_thread);
}

GezFolderLook
gez_folder_look_finish (GAsyncResult *result)
{
  gssize look = g_task_propagate_int (G_TASK (result), NULL);

  return look < 0 ? GEZ_FOLDER_LOOK_AWAY : (GezFolderLook) look;
}
