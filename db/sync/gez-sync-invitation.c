/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/gez-engine-private.h"
#include "sync/gez-sync-private.h"

/* The shared folder before there is a store: looking for an invitation, and making our part of the folder. */

#define SIZE_MAX_OF_ONE (16 * 1024 * 1024)

static const char readme[] = "Deze map hoort bij Gezinsplan.\n"
                             "\n"
                             "Collega's delen hier hun dossiers. Alles is versleuteld: wie deze map bewaart, "
                             "kan er niets van lezen.\n"
                             "Verander, verplaats of verwijder hier niets met de hand. Gaat er toch iets "
                             "weg, dan zetten de toestellen van\n"
                             "het team het zelf terug.\n";

typedef struct
{
  char *folder_uri;
  GezSecret *code;
  GPtrArray *roster_files; /* out */
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_free (request->folder_uri);
  g_clear_pointer (&request->code, gez_secret_free);
  g_clear_pointer (&request->roster_files, g_ptr_array_unref);
  g_free (request);
}

/* (transfer full) (nullable): NULL without an error: it is another code's, or cannot be read yet. */
static GezInvitation *
try_invitation (GezFolder       *folder,
                const char      *path,
                const GezSecret *code,
                GCancellable    *cancellable,
                GError         **error)
{
  g_autoptr (GBytes) file = NULL;
  GezInvitation *invitation = NULL;
  GError *failure = NULL;

  file = gez_folder_read (folder, path, SIZE_MAX_OF_ONE, cancellable, &failure);
  if (file)
    invitation = gez_invitation_open (file, code, &failure);
  if (invitation)
    return invitation;
  if (failure && failure->domain == GEZ_SYNC_ERROR && gez_engine_is_fatal (failure))
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&failure));
  g_clear_error (&failure);
  return NULL;
}

static gboolean
read_records (GezFolder    *folder,
              GPtrArray    *names,
              GPtrArray    *files,
              GCancellable *cancellable,
              GError      **error)
{
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_strconcat ("r/", g_ptr_array_index (names, i), NULL);
      g_autoptr (GError) failure = NULL;
      GezEngineName name;
      GBytes *file;

      gez_engine_name_parse (g_ptr_array_index (names, i), &name);
      if (name.kind != GEZ_ENGINE_NAME_RECORD)
        continue;
      file = gez_folder_read (folder, path, SIZE_MAX_OF_ONE, cancellable, &failure);
      if (file)
        g_ptr_array_add (files, file);
      else if (gez_engine_is_fatal (failure))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
    }
  return TRUE;
}

static GezInvitation *
find_invitation (GezFolder       *folder,
                 const GezSecret *code,
                 GPtrArray      **roster_files,
                 GCancellable    *cancellable,
                 GError         **error)
{
  g_autoptr (GPtrArray) names = gez_folder_list (folder, "r", cancellable, error);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GezInvitation) invitation = NULL;
  GError *failure = NULL;

  for (guint i = 0; names && invitation == NULL && failure == NULL && i < names->len; i++)
    {
      g_autofree char *path = g_strconcat ("r/", g_ptr_array_index (names, i), NULL);
      GezEngineName name;

      gez_engine_name_parse (g_ptr_array_index (names, i), &name);
      if (name.kind == GEZ_ENGINE_NAME_INVITATION)
        invitation = try_invitation (folder, path, code, cancellable, &failure);
    }
  if (failure)
    g_propagate_error (error, failure);
  else if (names && invitation == NULL)
    g_set_error_literal (error, GEZ_TEAM_ERROR, GEZ_TEAM_ERROR_WRONG_CODE,
                         "no invitation opens with this code");
  if (invitation == NULL || !read_records (folder, names, files, cancellable, error))
    return NULL;
  *roster_files = g_steal_pointer (&files);
  return g_steal_pointer (&invitation);
}

/**
 * gez_sync_find_invitation:
 * @folder_uri: the shared folder that the newcomer chose
 * @code: the one-time code
 * @roster_files: (out) (transfer full) (element-type GBytes): what gez_team_join() asks for
 *
 * Returns: (transfer full): what the code opens; %NULL with %GEZ_TEAM_ERROR_WRONG_CODE, a GEZ_SYNC_ERROR
 *   (%GEZ_SYNC_ERROR_NOT_CONNECTED: no team shares this folder), or G_IO_ERROR_CANCELLED
 *
 * Thread: any but the main one.
 */
GezInvitation *
gez_sync_find_invitation (const char      *folder_uri,
                          const GezSecret *code,
                          GPtrArray      **roster_files,
                          GCancellable    *cancellable,
                          GError         **error)
{
  g_autoptr (GezFolder) folder = NULL;
  g_autoptr (GPtrArray) root = NULL;

  g_return_val_if_fail (folder_uri != NULL && code != NULL && roster_files != NULL, NULL);

  folder = gez_folder_new_for_uri (folder_uri, GEZ_SYNC_DEADLINE);
  root = gez_folder_list (folder, "", cancellable, error);
  return root ? find_invitation (folder, code, roster_files, cancellable, error) : NULL;
}

static void
find_cb (GTask        *task,
         gpointer      source,
         gpointer      data,
         GCancellable *cancellable)
{
  Request *request = data;
  GError *error = NULL;
  GezInvitation *invitation = gez_sync_find_invitation (request->folder_uri, request->code,
                                                        &request->roster_files, cancellable, &error);

  if (invitation)
    g_task_return_pointer (task, invitation, (GDestroyNotify) gez_invitation_free);
  else
    g_task_return_error (task, error);
}

/**
 * gez_sync_find_invitation_async:
 * @code: is copied into locked memory
 *
 * Thread: the main one; here and below.
 */
void
gez_sync_find_invitation_async (const char          *folder_uri,
                                const GezSecret     *code,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Request *request = g_new0 (Request, 1);
  GError *error = NULL;

  g_task_set_source_tag (task, gez_sync_find_invitation_async);
  g_task_set_task_data (task, request, request_free);
  request->folder_uri = g_strdup (folder_uri);
  request->code = gez_secret_new (&error);
  if (request->code == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  *request->code = *code;
  g_task_run_in_thread (task, find_cb);
}

/**
 * gez_sync_find_invitation_finish:
 *
 * Returns: (transfer full): as gez_sync_find_invitation()
 */
GezInvitation *
gez_sync_find_invitation_finish (GAsyncResult *result,
                                 GPtrArray   **roster_files,
                                 GError      **error)
{
  GezInvitation *invitation;
  Request *request;

  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  request = g_task_get_task_data (G_TASK (result));
  invitation = g_task_propagate_pointer (G_TASK (result), error);
  if (invitation)
    *roster_files = g_steal_pointer (&request->roster_files);
  return invitation;
}

/* Whether a team is in it already. */
static gboolean
holds_team (GezFolder    *folder,
            GCancellable *cancellable,
            gboolean     *holds,
            GError      **error)
{
  g_autoptr (GPtrArray) names = NULL;
  GError *failure = NULL;

  *holds = FALSE;
  names = gez_folder_list (folder, "", cancellable, &failure);
  if (names)
    {
      g_ptr_array_unref (names);
      names = gez_folder_list (folder, "r", cancellable, &failure);
    }
  for (guint i = 0; names && i < names->len; i++)
    {
      GezEngineName name;

      gez_engine_name_parse (g_ptr_array_index (names, i), &name);
      *holds |= name.kind == GEZ_ENGINE_NAME_RECORD;
    }
  if (failure == NULL || g_error_matches (failure, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_NOT_CONNECTED))
    {
      g_clear_error (&failure);
      return TRUE;
    }
  g_propagate_error (error, failure);
  return FALSE;
}

/**
 * gez_sync_found_folder:
 * @folder_uri: a folder that is there
 *
 * Makes gezinsplan/ in it: when a team is founded, or when a person says that an empty folder is to be filled
 * again.
 *
 * Returns: %FALSE with a GEZ_SYNC_ERROR; %GEZ_SYNC_ERROR_NOT_EMPTY: a team shares it already
 *
 * Thread: any that may wait.
 */
gboolean
gez_sync_found_folder (const char   *folder_uri,
                       GCancellable *cancellable,
                       GError      **error)
{
  g_autoptr (GezFolder) folder = NULL;
  gboolean holds;

  g_return_val_if_fail (folder_uri != NULL, FALSE);

  folder = gez_folder_new_for_uri (folder_uri, GEZ_SYNC_DEADLINE);
  if (!holds_team (folder, cancellable, &holds, error))
    return FALSE;
  if (!holds)
    return gez_folder_found (folder, readme, cancellable, error);
  g_set_error_literal (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_NOT_EMPTY, "a team shares this folder already");
  return FALSE;
}
