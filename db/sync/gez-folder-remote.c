/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/gez-folder-private.h"

/* A folder through GFile: WebDAV and SMB by way of GVfs. Nothing there is exclusive, a stream that is closed
 * after a failure may still be kept, errors say little, and a daemon that died takes the mount along
 * (docs/SYNC.md, rule 6). */

#define CHUNK (256 * 1024)

static GezSyncError
code_of_error (const GError *error)
{
  if (error->domain == GEZ_SYNC_ERROR)
    return error->code;
  if (error->domain != G_IO_ERROR)
    return GEZ_SYNC_ERROR_IO;
  switch (error->code)
    {
    case G_IO_ERROR_NO_SPACE:
      return GEZ_SYNC_ERROR_NO_SPACE;
    case G_IO_ERROR_PERMISSION_DENIED:
    case G_IO_ERROR_READ_ONLY:
      return GEZ_SYNC_ERROR_DENIED;
    case G_IO_ERROR_TIMED_OUT:
      return GEZ_SYNC_ERROR_TIMED_OUT;
    case G_IO_ERROR_NOT_MOUNTED:
    case G_IO_ERROR_NOT_SUPPORTED: /* no GVfs here, or none for this kind */
    case G_IO_ERROR_HOST_NOT_FOUND:
    case G_IO_ERROR_HOST_UNREACHABLE:
    case G_IO_ERROR_NETWORK_UNREACHABLE:
    case G_IO_ERROR_CONNECTION_REFUSED:
    case G_IO_ERROR_NOT_CONNECTED:
      return GEZ_SYNC_ERROR_NOT_CONNECTED;
    default:
      return GEZ_SYNC_ERROR_IO;
    }
}

/* Mounting ---------------------------------------------------------------------------------------- */

static void
answer_password_cb (GMountOperation  *operation,
                    const char       *message,
                    const char       *user,
                    const char       *domain,
                    GAskPasswordFlags flags,
                    gpointer          data)
{
  gboolean *is_asked = data;

  /* As a guest where that is offered, once; somebody with a password has connected with the file manager
   * before. */
  if ((flags & G_ASK_PASSWORD_ANONYMOUS_SUPPORTED) == 0 || *is_asked)
    {
      g_mount_operation_reply (operation, G_MOUNT_OPERATION_ABORTED);
      return;
    }
  *is_asked = TRUE;
  g_mount_operation_set_anonymous (operation, TRUE);
  g_mount_operation_reply (operation, G_MOUNT_OPERATION_HANDLED);
}

static void
mounted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  GAsyncResult **kept = data;

  *kept = g_object_ref (result);
}

/* Returns: whether it is mounted now */
static gboolean
mount (GezFolderPlace *place,
       GezFolderJob   *job,
       GError        **error)
{
  g_autoptr (GMountOperation) operation = g_mount_operation_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) failure = NULL;
  gboolean is_asked = FALSE;

  g_signal_connect (operation, "ask-password", G_CALLBACK (answer_password_cb), &is_asked);
  g_file_mount_enclosing_volume (place->base, G_MOUNT_MOUNT_NONE, operation, job->cancellable, mounted_cb,
                                 &result);
  while (result == NULL)
    g_main_context_iteration (place->context, TRUE);
  if (g_file_mount_enclosing_volume_finish (place->base, result, &failure)
      || g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_ALREADY_MOUNTED))
    return TRUE;
  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED)
      || g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_FAILED_HANDLED))
    g_set_error (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_DENIED, "the folder asks for a password: %s",
                 failure->message);
  else
    g_set_error (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_NOT_CONNECTED, "cannot connect: %s", failure->message);
  return FALSE;
}

/* Failures ---------------------------------------------------------------------------------------- */

static gboolean
is_gone (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_MOUNTED);
}

static gboolean
is_absent (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_DIRECTORY);
}

/* Whether gezinsplan/ answers. A server that went away says so as FAILED, in words only. */
static gboolean
check_root (GezFolderPlace *place,
            GezFolderJob   *job,
            GError        **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info (place->root, G_FILE_ATTRIBUTE_STANDARD_TYPE,
                                                  G_FILE_QUERY_INFO_NONE, job->cancellable, &failure);

  if (info != NULL && g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
    return TRUE;
  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&failure));
  else
    g_set_error (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_NOT_CONNECTED, "the folder does not answer: %s",
                 failure != NULL ? failure->message : "not a directory");
  return FALSE;
}

/* Takes @failure and says it in our words. Returns: %FALSE */
static gboolean
fail (GezFolderPlace *place,
      GezFolderJob   *job,
      const char     *what,
      GError         *failure,
      GError        **error)
{
  g_autoptr (GError) owned = failure;

  if (owned->domain == GEZ_SYNC_ERROR || g_error_matches (owned, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&owned));
      return FALSE;
    }
  job->again = is_gone (owned) || g_error_matches (owned, G_IO_ERROR, G_IO_ERROR_BUSY)
               || g_error_matches (owned, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
  if (code_of_error (owned) == GEZ_SYNC_ERROR_IO && !job->again && !check_root (place, job, error))
    return FALSE;
  g_set_error (error, GEZ_SYNC_ERROR, code_of_error (owned), "cannot %s %s: %s", what, job->path,
               owned->message);
  return FALSE;
}

/* Reading ----------------------------------------------------------------------------------------- */

static GFile *
get_file (GezFolderPlace *place,
          const char     *path)
{
  return *path == '\0' ? g_object_ref (place->root) : g_file_resolve_relative_path (place->root, path);
}

static gboolean
list_names (GezFolderJob *job,
            GFile        *directory,
            GPtrArray    *names,
            GError      **error)
{
  g_autoptr (GFileEnumerator) entries = NULL;
  GFileInfo *info;

  entries = g_file_enumerate_children (directory, G_FILE_ATTRIBUTE_STANDARD_NAME,
                                       G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, job->cancellable, error);
  if (entries == NULL)
    return FALSE;
  do
    {
      if (!g_file_enumerator_iterate (entries, &info, NULL, job->cancellable, error))
        return FALSE;
      if (info != NULL)
        g_ptr_array_add (names, g_strdup (g_file_info_get_name (info)));
      gez_folder_touch (job);
    }
  while (info != NULL);
  return TRUE;
}

static gboolean
list_directory (GezFolderPlace *place,
                GezFolderJob   *job,
                GError        **error)
{
  g_autoptr (GFile) directory = get_file (place, job->path);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  GError *failure = NULL;

  if (!list_names (job, directory, names, &failure))
    {
      if (!is_absent (failure))
        return fail (place, job, "list", failure, error);
      g_error_free (failure);
      if (!check_root (place, job, error))
        return FALSE;
      g_ptr_array_set_size (names, 0);
    }
  g_clear_pointer (&job->names, g_ptr_array_unref);
  job->names = g_steal_pointer (&names);
  return TRUE;
}

/* Returns: (nullable): %NULL without an error when there is none */
static GBytes *
read_content (GezFolderJob *job,
              GFile        *file,
              gsize         limit,
              GError      **error)
{
  g_autoptr (GByteArray) content = g_byte_array_new ();
  g_autofree guint8 *chunk = g_malloc (CHUNK);
  g_autoptr (GFileInputStream) stream = NULL;
  GError *failure = NULL;
  gssize n_read;

  stream = g_file_read (file, job->cancellable, &failure);
  if (stream == NULL && is_absent (failure))
    {
      g_error_free (failure);
      return NULL;
    }
  while (stream != NULL
         && (n_read = g_input_stream_read (G_INPUT_STREAM (stream), chunk, CHUNK, job->cancellable, &failure))
                > 0)
    {
      gez_folder_touch (job);
      if (content->len + (gsize) n_read > limit)
        {
          g_set_error (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_FOREIGN, "%s is too large", job->path);
          return NULL;
        }
      g_byte_array_append (content, chunk, (guint) n_read);
    }
  if (failure == NULL)
    return g_byte_array_free_to_bytes (g_steal_pointer (&content));
  g_propagate_error (error, failure);
  return NULL;
}

static gboolean
read_file (GezFolderPlace *place,
           GezFolderJob   *job,
           GError        **error)
{
  g_autoptr (GFile) file = get_file (place, job->path);
  g_autoptr (GBytes) content = NULL;
  GError *failure = NULL;

  content = read_content (job, file, job->limit, &failure);
  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    failure->code = G_IO_ERROR_FAILED; /* one file that may not be read says nothing of the folder */
  if (failure != NULL)
    return fail (place, job, "read", failure, error);
  if (content == NULL && !check_root (place, job, error))
    return FALSE;
  if (content == NULL || gez_folder_is_absent (content))
    {
      g_set_error (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_INCOMPLETE, "%s is not all here yet", job->path);
      return FALSE;
    }
  job->content = g_steal_pointer (&content);
  return TRUE;
}

/* Writing ----------------------------------------------------------------------------------------- */

/* One by one: making all at once fails on WebDAV. */
static gboolean
make_directories (GezFolderPlace *place,
                  GezFolderJob   *job,
                  GError        **error)
{
  g_auto (GStrv) parts = g_strsplit (job->path, "/", -1);
  g_autoptr (GFile) directory = g_object_ref (place->root);

  if (!check_root (place, job, error))
    return FALSE;
  for (guint i = 0; parts[i + 1] != NULL; i++)
    {
      g_autoptr (GFile) above = g_steal_pointer (&directory);
      GError *failure = NULL;

      directory = g_file_get_child (above, parts[i]);
      if (g_file_make_directory (directory, job->cancellable, &failure))
        continue;
      if (!g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_EXISTS)
          && !g_file_query_exists (directory, job->cancellable))
        return fail (place, job, "make the directory of", failure, error);
      g_error_free (failure);
    }
  return TRUE;
}

static void
remove_quietly (GFile        *file,
                GCancellable *cancellable)
{
  g_autoptr (GError) failure = NULL;

  if (!g_file_delete (file, cancellable, &failure))
    g_debug ("a temporary stays: %s", failure->message);
}

static void
sweep (GezFolderPlace *place,
       GezFolderJob   *job,
       GFile          *directory)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  if (!gez_folder_is_own (job->path) || !g_hash_table_add (place->swept, g_file_get_uri (directory))
      || !list_names (job, directory, names, NULL))
    return;
  for (guint i = 0; i < names->len; i++)
    if (gez_folder_is_leftover (names->pdata[i]))
      {
        g_autoptr (GFile) leftover = g_file_get_child (directory, names->pdata[i]);

        remove_quietly (leftover, job->cancellable);
      }
}

static gboolean
write_temporary (GezFolderJob *job,
                 GFile        *temporary,
                 GError      **error)
{
  g_autoptr (GFileOutputStream) stream = NULL;
  gsize size, done = 0;
  const guint8 *data = g_bytes_get_data (job->bytes, &size);

  stream = g_file_create (temporary, G_FILE_CREATE_NONE, job->cancellable, error);
  while (stream != NULL && done < size)
    {
      gssize n_written = g_output_stream_write (G_OUTPUT_STREAM (stream), data + done,
                                                MIN (size - done, CHUNK), job->cancellable, error);

      if (n_written <= 0)
        return FALSE;
      done += (gsize) n_written;
      gez_folder_touch (job);
    }
  return stream != NULL && g_output_stream_close (G_OUTPUT_STREAM (stream), job->cancellable, error);
}

/* Writes it under a name that nobody looks at, and gives it its own. Whether that name is free is looked at by the
 * server, which may look first and rename then; two never write one name. It is renamed and not moved: with each
 * g_file_move() the daemon for WebDAV (GVfs 1.50) loses a connection, and after 32 it answers nobody any more. */
static gboolean
put (GezFolderPlace *place,
     GezFolderJob   *job,
     GFile          *file,
     GError        **error)
{
  g_autofree char *name = gez_folder_temporary ();
  g_autoptr (GFile) directory = g_file_get_parent (file);
  g_autoptr (GFile) temporary = g_file_get_child (directory, name);
  g_autoptr (GFile) renamed = NULL;
  g_autofree char *final_name = NULL;
  GError *failure = NULL;

  if (!write_temporary (job, temporary, &failure))
    {
      remove_quietly (temporary, job->cancellable);
      return fail (place, job, "write", failure, error);
    }
  final_name = g_file_get_basename (file);
  renamed = g_file_set_display_name (temporary, final_name, job->cancellable, &failure);
  if (renamed != NULL)
    return TRUE;
  remove_quietly (temporary, job->cancellable);
  if (!g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_EXISTS))
    return fail (place, job, "rename", failure, error);
  g_error_free (failure);
  return TRUE; /* the same, or another: reading it back tells */
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
look_there (GezFolderPlace *place,
            GezFolderJob   *job,
            GFile          *file,
            GError        **error)
{
  GError *failure = NULL;
  g_autoptr (GBytes) content = read_content (job, file, g_bytes_get_size (job->bytes), &failure);

  if (g_error_matches (failure, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_FOREIGN))
    {
      g_error_free (failure);
      return THERE_OTHER;
    }
  if (failure != NULL)
    {
      fail (place, job, "read", failure, error);
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
make_free (GezFolderPlace *place,
           GezFolderJob   *job,
           GFile          *file,
           There           there,
           GError        **error)
{
  GError *failure = NULL;

  if (there == THERE_OTHER)
    g_set_error (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_EXISTS, "%s is there and is another file", job->path);
  if (there != THERE_BEGUN)
    return there == THERE_NOT;
  if (g_file_delete (file, job->cancellable, &failure) || is_absent (failure))
    {
      g_clear_error (&failure);
      return TRUE;
    }
  return fail (place, job, "remove the half of", failure, error);
}

static gboolean
publish_at (GezFolderPlace *place,
            GezFolderJob   *job,
            GFile          *file,
            GError        **error)
{
  g_autoptr (GFile) directory = g_file_get_parent (file);
  There there = look_there (place, job, file, error);

  if (there == THERE_EQUAL)
    return TRUE;
  if (!make_free (place, job, file, there, error))
    return FALSE;
  sweep (place, job, directory);
  if (!put (place, job, file, error))
    return FALSE;
  there = look_there (place, job, file, error);
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
  g_autoptr (GFile) file = get_file (place, job->path);

  return make_directories (place, job, error) && publish_at (place, job, file, error);
}

static gboolean
remove_file (GezFolderPlace *place,
             GezFolderJob   *job,
             GError        **error)
{
  g_autoptr (GFile) file = get_file (place, job->path);
  GError *failure = NULL;

  if (g_file_delete (file, job->cancellable, &failure))
    return TRUE;
  if (!is_absent (failure))
    return fail (place, job, "remove", failure, error);
  g_error_free (failure);
  return check_root (place, job, error);
}

/* Founding ---------------------------------------------------------------------------------------- */

static gboolean
check_no_team (GezFolderPlace *place,
               GezFolderJob   *job,
               GError        **error)
{
  g_autoptr (GFile) roster = g_file_get_child (place->root, "r");
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  GError *failure = NULL;

  if (!list_names (job, roster, names, &failure) && !is_absent (failure))
    return fail (place, job, "list", failure, error);
  g_clear_error (&failure);
  for (guint i = 0; i < names->len; i++)
    if (*(const char *) names->pdata[i] != '.')
      {
        g_set_error_literal (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_NOT_EMPTY, "the folder holds a team");
        return FALSE;
      }
  return TRUE;
}

static gboolean
found (GezFolderPlace *place,
       GezFolderJob   *job,
       GError        **error)
{
  g_autoptr (GFile) readme = g_file_get_child (place->root, job->path);
  g_autoptr (GFileInfo) info = NULL;
  GError *failure = NULL;

  info = g_file_query_info (place->base, G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE,
                            job->cancellable, &failure);
  if (failure != NULL && is_absent (failure))
    {
      g_set_error_literal (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_NOT_CONNECTED, failure->message);
      g_error_free (failure);
      return FALSE;
    }
  if (failure != NULL)
    return fail (place, job, "open", failure, error);
  if (!g_file_make_directory (place->root, job->cancellable, &failure)
      && !g_file_query_exists (place->root, job->cancellable))
    return fail (place, job, "make the directory of", failure, error);
  g_clear_error (&failure);
  if (!check_no_team (place, job, error))
    return FALSE;
  return g_file_query_exists (readme, job->cancellable) || publish_at (place, job, readme, error);
}

static gboolean
do_task (GezFolderPlace *place,
         GezFolderJob   *job,
         GError        **error)
{
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

/* Whether the server can be asked at all; mounts it when it is not. */
static gboolean
connect_place (GezFolderPlace *place,
               GezFolderJob   *job,
               GError        **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info (place->base, G_FILE_ATTRIBUTE_STANDARD_TYPE,
                                                  G_FILE_QUERY_INFO_NONE, job->cancellable, &failure);

  if (info != NULL || !is_gone (failure))
    return TRUE;
  return mount (place, job, error);
}

/* One job through GFile. Thread: the folder's. */
gboolean
gez_folder_remote_work (GezFolderPlace *place,
                        GezFolderJob   *job,
                        GError        **error)
{
  job->again = FALSE;
  return connect_place (place, job, error) && do_task (place, job, error);
}
