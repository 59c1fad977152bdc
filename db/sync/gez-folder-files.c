/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/gez-folder-private.h"

#include <sodium.h>
#include <string.h>

/*
 * A folder of files, wherever GFile reaches.
 *
 * 1. A call is done on a thread of the folder's own; who called waits for it no longer than the deadline. A
 *    system call into a frozen mount cannot be ended: then the thread is left behind in it, and answers
 *    come as GEZ_SYNC_ERROR_TIMED_OUT until it returns.
 * 2. The deadline is counted from the last time that something moved, so that a large file over a slow line
 *    is no failure.
 * 3. What the thread touches (the desk, the place, the job) lives until the thread gives it back, whoever
 *    called.
 */

#define GRACE 2       /* seconds between being told to stop and being left behind */
#define SLOWEST 16384 /* bytes in a second: a server may take a whole file before it says anything */
#define TEMPORARY_PREFIX ".syncthing."
#define TEMPORARY_SUFFIX ".~.tmp"
#define TEMPORARY_RANDOM 26
#define PROCESS_RANDOM 10 /* of these, the same in all names of this process */

/* Between who calls and the thread. Guarded by `lock`: the rest, and `is_done` of the job. */
typedef struct
{
  GMutex lock;
  GCond changed;
  GezFolderJob *job; /* counted; until the thread is done with it */
  gboolean is_leaving;
  gboolean is_unwanted;
  GezFolderPlace *place;
  GezFolderWork work;
} Desk;

#define GEZ_TYPE_FOLDER_FILES (gez_folder_files_get_type ())
G_DECLARE_FINAL_TYPE (GezFolderFiles, gez_folder_files, GEZ, FOLDER_FILES, GezFolder)

struct _GezFolderFiles
{
  GezFolder parent_instance;

  Desk *desk;
  GThread *thread;
  guint seconds;
};

G_DEFINE_FINAL_TYPE (GezFolderFiles, gez_folder_files, GEZ_TYPE_FOLDER)

static void
job_clear (gpointer data)
{
  GezFolderJob *job = data;

  g_free (job->path);
  g_clear_pointer (&job->bytes, g_bytes_unref);
  g_clear_pointer (&job->content, g_bytes_unref);
  g_clear_pointer (&job->names, g_ptr_array_unref);
  g_clear_object (&job->cancellable);
  g_clear_error (&job->error);
}

static void
job_unref (GezFolderJob *job)
{
  g_atomic_rc_box_release_full (job, job_clear);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GezFolderJob, job_unref)

static GezFolderJob *
job_new (GezFolderTask task,
         const char   *path)
{
  GezFolderJob *job = g_atomic_rc_box_new0 (GezFolderJob);

  job->task = task;
  job->path = g_strdup (path);
  job->cancellable = g_cancellable_new ();
  return job;
}

static void
place_free (GezFolderPlace *place)
{
  g_object_unref (place->base);
  g_object_unref (place->root);
  g_free (place->base_path);
  g_free (place->root_path);
  g_main_context_unref (place->context);
  g_hash_table_unref (place->swept);
  g_free (place);
}

static void
desk_clear (gpointer data)
{
  Desk *desk = data;

  place_free (desk->place);
  g_mutex_clear (&desk->lock);
  g_cond_clear (&desk->changed);
}

/* Something that is not of our domain never leaves: a caller looks for what it may wait for. */
static void
settle_error (GezFolderJob *job)
{
  GError *error = job->error;

  g_assert (error != NULL);
  if (error->domain == GEZ_SYNC_ERROR || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  job->error = g_error_new (GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_IO, "%s", error->message);
  g_error_free (error);
}

static void
do_job (Desk         *desk,
        GezFolderJob *job)
{
  job->is_well = desk->work (desk->place, job, &job->error);
  if (!job->is_well && job->again && !g_cancellable_is_cancelled (job->cancellable))
    {
      g_clear_error (&job->error);
      job->is_well = desk->work (desk->place, job, &job->error);
    }
  if (!job->is_well)
    settle_error (job);
}

static gpointer
run_thread (gpointer data)
{
  Desk *desk = data;

  g_main_context_push_thread_default (desk->place->context);
  g_mutex_lock (&desk->lock);
  while (!desk->is_leaving)
    {
      GezFolderJob *job = desk->job;

      if (job == NULL)
        {
          g_cond_wait (&desk->changed, &desk->lock);
          continue;
        }
      g_mutex_unlock (&desk->lock);
      do_job (desk, job);
      g_mutex_lock (&desk->lock);
      job->is_done = TRUE;
      desk->job = NULL;
      job_unref (job);
      g_cond_broadcast (&desk->changed);
    }
  g_mutex_unlock (&desk->lock);
  g_main_context_pop_thread_default (desk->place->context);
  g_atomic_rc_box_release_full (desk, desk_clear);
  return NULL;
}

static void
unwanted_cb (GCancellable *cancellable,
             gpointer      data)
{
  Desk *desk = data;

  g_mutex_lock (&desk->lock);
  desk->is_unwanted = TRUE;
  g_cond_broadcast (&desk->changed);
  g_mutex_unlock (&desk->lock);
}

/* How long it may stand still, in microseconds. */
static gint64
get_patience (GezFolderFiles *self,
              GezFolderJob   *job)
{
  gsize size = job->bytes != NULL ? g_bytes_get_size (job->bytes) : 0;

  return (gint64) (self->seconds + size / SLOWEST) * G_USEC_PER_SEC;
}

/* With the lock. Returns when the job is done, or will not be. */
static void
wait_for_job (GezFolderFiles *self,
              GezFolderJob   *job)
{
  Desk *desk = self->desk;
  gint64 end;

  while (!job->is_done && !desk->is_unwanted)
    {
      end = job->touched_at + get_patience (self, job);
      if (g_get_monotonic_time () >= end)
        break;
      g_cond_wait_until (&desk->changed, &desk->lock, end);
    }
  if (job->is_done)
    return;
  g_mutex_unlock (&desk->lock);
  g_cancellable_cancel (job->cancellable);
  g_mutex_lock (&desk->lock);
  end = g_get_monotonic_time () + (gint64) MIN (GRACE, self->seconds) * G_USEC_PER_SEC;
  while (!job->is_done && g_cond_wait_until (&desk->changed, &desk->lock, end))
    ;
}

/* What became of it, for who called. */
static gboolean
answer (GezFolderJob *job,
        gboolean      is_unwanted,
        GError      **error)
{
  if (job->is_done && job->is_well)
    return TRUE;
  if (is_unwanted)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the call was cancelled");
  else if (!job->is_done || g_cancellable_is_cancelled (job->cancellable))
    g_set_error (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_TIMED_OUT, "the folder did not answer (%s)",
                 job->path);
  else
    g_propagate_error (error, g_steal_pointer (&job->error));
  return FALSE;
}

static gboolean
run_job (GezFolderFiles *self,
         GezFolderJob   *job,
         GCancellable   *cancellable,
         GError        **error)
{
  Desk *desk = self->desk;
  gulong handler;
  gboolean is_unwanted, is_well;

  desk->is_unwanted = FALSE;
  handler
      = cancellable != NULL ? g_cancellable_connect (cancellable, G_CALLBACK (unwanted_cb), desk, NULL) : 0;
  gez_folder_touch (job);
  g_mutex_lock (&desk->lock);
  if (desk->job == NULL && !desk->is_unwanted)
    {
      desk->job = g_atomic_rc_box_acquire (job);
      g_cond_broadcast (&desk->changed);
      wait_for_job (self, job);
    }
  is_unwanted = desk->is_unwanted;
  is_well = answer (job, is_unwanted, error);
  g_mutex_unlock (&desk->lock);
  g_cancellable_disconnect (cancellable, handler);
  return is_well;
}

static GPtrArray *
list_names (GezFolder    *folder,
            const char   *directory,
            GCancellable *cancellable,
            GError      **error)
{
  g_autoptr (GezFolderJob) job = job_new (GEZ_FOLDER_LIST, directory);

  return run_job (GEZ_FOLDER_FILES (folder), job, cancellable, error) ? g_steal_pointer (&job->names) : NULL;
}

static GBytes *
read_whole (GezFolder    *folder,
            const char   *path,
            gsize         limit,
            GCancellable *cancellable,
            GError      **error)
{
  g_autoptr (GezFolderJob) job = job_new (GEZ_FOLDER_READ, path);

  job->limit = limit;
  return run_job (GEZ_FOLDER_FILES (folder), job, cancellable, error) ? g_steal_pointer (&job->content)
                                                                      : NULL;
}

static gboolean
publish (GezFolder    *folder,
         const char   *path,
         GBytes       *bytes,
         GCancellable *cancellable,
         GError      **error)
{
  g_autoptr (GezFolderJob) job = job_new (GEZ_FOLDER_PUBLISH, path);

  job->bytes = g_bytes_ref (bytes);
  return run_job (GEZ_FOLDER_FILES (folder), job, cancellable, error);
}

static gboolean
remove_file (GezFolder    *folder,
             const char   *path,
             GCancellable *cancellable,
             GError      **error)
{
  g_autoptr (GezFolderJob) job = job_new (GEZ_FOLDER_REMOVE, path);

  return run_job (GEZ_FOLDER_FILES (folder), job, cancellable, error);
}

static gboolean
found (GezFolder    *folder,
       const char   *readme,
       GCancellable *cancellable,
       GError      **error)
{
  g_autoptr (GezFolderJob) job = job_new (GEZ_FOLDER_FOUND, "LEES-MIJ.txt");

  job->bytes = g_bytes_new (readme, strlen (readme));
  return run_job (GEZ_FOLDER_FILES (folder), job, cancellable, error);
}

static void
gez_folder_files_finalize (GObject *object)
{
  GezFolderFiles *self = GEZ_FOLDER_FILES (object);
  Desk *desk = self->desk;
  gboolean is_stuck;

  g_mutex_lock (&desk->lock);
  desk->is_leaving = TRUE;
  is_stuck = desk->job != NULL;
  g_cond_broadcast (&desk->changed);
  g_mutex_unlock (&desk->lock);
  if (is_stuck)
    g_thread_unref (self->thread);
  else
    g_thread_join (self->thread);
  g_atomic_rc_box_release_full (desk, desk_clear);
  G_OBJECT_CLASS (gez_folder_files_parent_class)->finalize (object);
}

static void
gez_folder_files_class_init (GezFolderFilesClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GezFolderClass *folder_class = GEZ_FOLDER_CLASS (class);

  object_class->finalize = gez_folder_files_finalize;
  folder_class->list = list_names;
  folder_class->read = read_whole;
  folder_class->publish = publish;
  folder_class->remove = remove_file;
  folder_class->found = found;
}

static void
gez_folder_files_init (GezFolderFiles *self)
{
}

void
gez_folder_touch (GezFolderJob *job)
{
  job->touched_at = g_get_monotonic_time ();
}

static void
add_random_letters (GString *name,
                    guint    n_letters)
{
  for (guint i = 0; i < n_letters; i++)
    g_string_append_c (name, "abcdefghijklmnopqrstuvwxyz234567"[randombytes_uniform (32)]);
}

static const char *
get_process_letters (void)
{
  static gsize letters;

  if (g_once_init_enter (&letters))
    {
      GString *drawn = g_string_new (TEMPORARY_PREFIX);

      add_random_letters (drawn, PROCESS_RANDOM);
      g_once_init_leave (&letters, (gsize) g_string_free (drawn, FALSE));
    }
  return (const char *) letters;
}

/* A name that Syncthing, Nextcloud and OneDrive all leave alone. */
char *
gez_folder_temporary (void)
{
  GString *name = g_string_new (get_process_letters ());

  add_random_letters (name, TEMPORARY_RANDOM - PROCESS_RANDOM);
  g_string_append (name, TEMPORARY_SUFFIX);
  return g_string_free (name, FALSE);
}

/* Whether an earlier process of ours may have left it: no time of a file tells. */
gboolean
gez_folder_is_leftover (const char *name)
{
  return strlen (name) == strlen (TEMPORARY_PREFIX) + TEMPORARY_RANDOM + strlen (TEMPORARY_SUFFIX)
         && g_str_has_prefix (name, TEMPORARY_PREFIX)
         && g_str_has_suffix (name, TEMPORARY_SUFFIX)
         && !g_str_has_prefix (name, get_process_letters ());
}

/* Whether the directory of @path has one writer: then that is who publishes there. */
gboolean
gez_folder_is_own (const char *path)
{
  return g_str_has_prefix (path, "d/") || g_str_has_prefix (path, "n/");
}

/* A file whose blocks have not come yet reads as zeros, and none of ours begins so. */
gboolean
gez_folder_is_absent (GBytes *content)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (content, &size);

  return size > 0 && sodium_is_zero (data, MIN (size, 8));
}

/* Whether @beginning is less than @bytes, and how they begin. */
gboolean
gez_folder_begins (GBytes *bytes,
                   GBytes *beginning)
{
  gsize size, beginning_size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  const guint8 *beginning_data = g_bytes_get_data (beginning, &beginning_size);

  return beginning_size < size && (beginning_size == 0 || memcmp (data, beginning_data, beginning_size) == 0);
}

static GezFolderPlace *
place_new (const char *uri)
{
  GezFolderPlace *place = g_new0 (GezFolderPlace, 1);
  g_autofree char *name = NULL;

  place->base = g_file_new_for_uri (uri);
  name = g_file_get_basename (place->base);
  place->root = g_strcmp0 (name, "gezinsplan") == 0 ? g_object_ref (place->base)
                                                     : g_file_get_child (place->base, "gezinsplan");
  if (g_file_is_native (place->base))
    {
      place->base_path = g_file_get_path (place->base);
      place->root_path = g_file_get_path (place->root);
    }
  place->context = g_main_context_new ();
  place->swept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return place;
}

GezFolder *
gez_folder_new_with_work (const char    *uri,
                          guint          seconds,
                          GezFolderWork  work)
{
  GezFolderFiles *self = g_object_new (GEZ_TYPE_FOLDER_FILES, NULL);
  Desk *desk = g_atomic_rc_box_new0 (Desk);

  g_mutex_init (&desk->lock);
  g_cond_init (&desk->changed);
  desk->place = place_new (uri);
  desk->work = work;
  if (work == NULL)
    desk->work = desk->place->root_path != NULL ? gez_folder_local_work : gez_folder_remote_work;
  self->desk = desk;
  self->seconds = seconds;
  self->thread = g_thread_new ("gez-folder", run_thread, g_atomic_rc_box_acquire (desk));
  return GEZ_FOLDER (self);
}

/**
 * gez_folder_new_for_uri:
 * @uri: the folder that was chosen; one that is called `gezinsplan` is taken for gezinsplan/ itself
 * @seconds: how long a call may stand still; a file that is published may take a second more for each 16 KiB
 *
 * Nothing is looked at yet. What is not mounted is mounted when it is asked for, as far as no password is
 * needed.
 *
 * Returns: (transfer full)
 */
GezFolder *
gez_folder_new_for_uri (const char *uri,
                        guint       seconds)
{
  g_return_val_if_fail (uri != NULL, NULL);
  g_return_val_if_fail (seconds > 0, NULL);

  return gez_folder_new_with_work (uri, seconds, NULL);
}
