/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/gez-store-private.h"

#include "store/gez-commit.h"
#include "store/gez-record.h"

/* An unlocked store.
 *
 * 1. The connection belongs to the worker's thread from the moment it is opened until it is closed.
 * 2. GezStore::changed comes before the callback of the commit that caused it, on the main context.
 * 3. After gez_store_close() every call answers %GEZ_STORE_ERROR_CLOSED; work that was queued before
 *    it has run, so no draft is lost by locking. */

G_DEFINE_FINAL_TYPE (GezStore, gez_store, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

typedef enum
{
  JOB_QUERY,
  JOB_COMMIT,
  JOB_COMMIT_MANY,
  JOB_UNDO,
  JOB_DRAFT,
  JOB_FILTER,
} JobKind;

typedef struct
{
  JobKind kind;
  GezStore *store;
  GCancellable *cancellable;
  GTask *task; /* NULL: somebody waits for it */

  GezQuery *query;
  GezChange *change;
  GPtrArray *changes;
  GPtrArray *failures;
  gboolean all_or_nothing;
  guint64 command;
  char *place; /* of a draft; name of a filter */
  GezId subject;
  char *content;

  gpointer result;
  GError *error;
} Job;

typedef struct
{
  GWeakRef store;
  char **tables;
} Announcement;

static gboolean
announce_cb (gpointer data)
{
  Announcement *announcement = data;
  g_autoptr (GezStore) store = g_weak_ref_get (&announcement->store);

  if (store)
    g_signal_emit (store, signals[CHANGED], 0, announcement->tables);
  return G_SOURCE_REMOVE;
}

static void
announcement_free (gpointer data)
{
  Announcement *announcement = data;

  g_weak_ref_clear (&announcement->store);
  g_strfreev (announcement->tables);
  g_free (announcement);
}

/* Emits GezStore::changed on the main context. */
void
gez_store_announce (GezStore  *self,
                    GPtrArray *tables)
{
  Announcement *announcement;

  if (tables == NULL || tables->len == 0)
    return;
  announcement = g_new0 (Announcement, 1);
  g_weak_ref_init (&announcement->store, self);
  announcement->tables = g_new0 (char *, tables->len + 1);
  for (guint i = 0; i < tables->len; i++)
    announcement->tables[i] = g_strdup (g_ptr_array_index (tables, i));
  g_idle_add_full (G_PRIORITY_DEFAULT, announce_cb, announcement, announcement_free);
}

static void
job_free (Job *job)
{
  g_clear_object (&job->query);
  g_clear_object (&job->change);
  g_clear_pointer (&job->changes, g_ptr_array_unref);
  g_clear_pointer (&job->failures, g_ptr_array_unref);
  g_clear_object (&job->cancellable);
  g_clear_object (&job->task);
  g_clear_object (&job->store);
  g_clear_error (&job->error);
  g_free (job->place);
  g_free (job->content);
  g_free (job);
}

static gboolean
write_draft (GezDatabase *database,
             Job         *job)
{
  if (job->content == NULL)
    return gez_database_execute (database, &job->error,
                                 "DELETE FROM draft WHERE place = ? AND subject_id = ?", GEZ_TEXT,
                                 job->place, GEZ_ID, &job->subject, GEZ_END);
  return gez_database_execute (database, &job->error,
                               "INSERT INTO draft (place, subject_id, content, saved_at) VALUES (?, ?, ?, ?) "
                               "ON CONFLICT (place, subject_id) DO UPDATE SET content = excluded.content, "
                               "saved_at = excluded.saved_at",
                               GEZ_TEXT, job->place, GEZ_ID, &job->subject, GEZ_TEXT, job->content,
                               GEZ_INTEGER, gez_clock_get_now (job->store->clock), GEZ_END);
}

static gboolean
write_filter (GezDatabase *database,
              Job         *job)
{
  if (job->content == NULL)
    return gez_database_execute (database, &job->error, "DELETE FROM saved_filter WHERE id = ?", GEZ_ID,
                                 &job->subject, GEZ_END);
  return gez_database_execute (database, &job->error,
                               "INSERT INTO saved_filter (id, name, content, saved_at) VALUES (?, ?, ?, ?) "
                               "ON CONFLICT (id) DO UPDATE SET name = excluded.name, "
                               "content = excluded.content, saved_at = excluded.saved_at",
                               GEZ_ID, &job->subject, GEZ_TEXT, job->place, GEZ_TEXT, job->content,
                               GEZ_INTEGER, gez_clock_get_now (job->store->clock), GEZ_END);
}

/* Rows of this device alone: without capture and without a log. */
static gboolean
write_local (GezDatabase  *database,
             Job          *job,
             GPtrArray   **tables)
{
  gboolean is_filter = job->kind == JOB_FILTER;

  if (!gez_database_begin (database, &job->error))
    return FALSE;
  if (!(is_filter ? write_filter (database, job) : write_draft (database, job)))
    {
      gez_database_rollback (database);
      return FALSE;
    }
  if (!gez_database_commit (database, &job->error))
    return FALSE;
  *tables = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (*tables, g_strdup (is_filter ? "saved_filter" : "draft"));
  return TRUE;
}

static void
do_job (Job *job)
{
  GezDatabase *database = job->store->database;
  g_autoptr (GPtrArray) tables = NULL;
  guint64 command = 0;
  gboolean done = FALSE;

  switch (job->kind)
    {
    case JOB_QUERY:
      job->result = gez_query_run (job->query, database, &job->error);
      return;
    case JOB_COMMIT:
      done = gez_commit_run (database, job->change, &command, &tables, &job->error);
      break;
    case JOB_COMMIT_MANY:
      done = gez_commit_many (database, job->changes, job->all_or_nothing, job->failures, &tables,
                              &job->error);
      command = done;
      break;
    case JOB_UNDO:
      done = gez_commit_undo (database, job->command, &command, &tables, &job->error);
      break;
    case JOB_DRAFT:
    case JOB_FILTER:
    default:
      done = write_local (database, job, &tables);
      command = done;
    }
  if (!done)
    return;
  gez_store_announce (job->store, tables);
  job->result = g_memdup2 (&command, sizeof command);
}

static void
run_job (Job *job)
{
  GezDatabase *database = job->store->database;

  if (g_cancellable_set_error_if_cancelled (job->cancellable, &job->error))
    return;
  gez_database_set_cancellable (database, job->cancellable);
  do_job (job);
  gez_database_set_cancellable (database, NULL);
  if (g_error_matches (job->error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_DAMAGED))
    gez_store_tell_damage (job->store, job->error);
}

static void
run_task_cb (gpointer data)
{
  Job *job = data;
  GTask *task = g_steal_pointer (&job->task);
  GDestroyNotify free_result = g_free;

  run_job (job);
  if (job->kind == JOB_QUERY)
    free_result = gez_query_get_free_result (job->query);
  if (job->error)
    g_task_return_error (task, g_steal_pointer (&job->error));
  else
    g_task_return_pointer (task, g_steal_pointer (&job->result), free_result);
  job_free (job);
  g_object_unref (task);
}

static void
run_waiting_cb (gpointer data)
{
  run_job (data);
}

static Job *
job_new (GezStore *self,
         JobKind   kind)
{
  Job *job = g_new0 (Job, 1);

  job->kind = kind;
  job->store = g_object_ref (self);
  return job;
}

static gboolean
is_long (Job *job)
{
  return job->kind == JOB_COMMIT_MANY || (job->kind == JOB_QUERY && gez_query_is_long (job->query));
}

static void
start (GezStore            *self,
       Job                 *job,
       gpointer             tag,
       GCancellable        *cancellable,
       GAsyncReadyCallback  callback,
       gpointer             user_data)
{
  job->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (job->task, tag);
  g_set_object (&job->cancellable, cancellable);
  if (self->worker == NULL)
    {
      g_task_return_new_error (job->task, GEZ_STORE_ERROR, GEZ_STORE_ERROR_CLOSED, "the store is locked");
      job_free (job);
      return;
    }
  gez_worker_push (self->worker, is_long (job), run_task_cb, job);
}

/* Takes the job; returns its result. */
static gpointer
run_and_wait (GezStore *self,
              Job      *job,
              GError  **error)
{
  gpointer result = NULL;

  if (self->worker == NULL)
    g_set_error_literal (&job->error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_CLOSED, "the store is locked");
  else
    gez_worker_run (self->worker, is_long (job), run_waiting_cb, job);
  if (job->error)
    g_propagate_error (error, g_steal_pointer (&job->error));
  else
    result = g_steal_pointer (&job->result);
  job_free (job);
  return result;
}

static guint64
take_command (gpointer result)
{
  g_autofree guint64 *command = result;

  return command ? *command : 0;
}

static void
gez_store_dispose (GObject *object)
{
  GezStore *self = GEZ_STORE (object);

  gez_store_close (self, NULL);
  G_OBJECT_CLASS (gez_store_parent_class)->dispose (object);
}

static void
gez_store_finalize (GObject *object)
{
  GezStore *self = GEZ_STORE (object);

  g_clear_object (&self->clock);
  g_mutex_clear (&self->gate);
  g_cond_clear (&self->gate_changed);
  G_OBJECT_CLASS (gez_store_parent_class)->finalize (object);
}

static void
gez_store_class_init (GezStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = gez_store_dispose;
  object_class->finalize = gez_store_finalize;

  /**
   * GezStore::changed:
   * @tables: (array zero-terminated=1): names of the tables that a commit touched
   */
  signals[CHANGED] = g_signal_new ("changed", GEZ_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRV);
  g_signal_new (GEZ_STORE_DAMAGED, GEZ_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                G_TYPE_ERROR); /* see gez_store_tell_damage() */
}

static void
gez_store_init (GezStore *self)
{
  g_mutex_init (&self->gate);
  g_cond_init (&self->gate_changed);
}

GezClock *
gez_store_get_clock (GezStore *self)
{
  g_return_val_if_fail (GEZ_IS_STORE (self), NULL);

  return self->clock;
}

/**
 * gez_store_get_directory:
 *
 * Returns: (nullable) (transfer none): where the store lives; %NULL once it is closed
 */
const char *
gez_store_get_directory (GezStore *self)
{
  g_return_val_if_fail (GEZ_IS_STORE (self), NULL);

  return self->vault ? gez_vault_get_directory (self->vault) : NULL;
}

/**
 * gez_store_ref_vault:
 *
 * For changing what opens the store (gez-vault-keys.h), on a thread of its own. Keys are wiped when the
 * last reference goes, so give it back as soon as that is done.
 *
 * Returns: (nullable) (transfer full): the vault; %NULL once the store is closed
 *
 * Thread: the one that closes the store.
 */
GezVault *
gez_store_ref_vault (GezStore *self)
{
  g_return_val_if_fail (GEZ_IS_STORE (self), NULL);

  return self->vault ? g_object_ref (self->vault) : NULL;
}

/**
 * gez_store_get_longest_wait:
 *
 * Returns: the longest time that a read of the window waited for its turn, in microseconds
 */
gint64
gez_store_get_longest_wait (GezStore *self)
{
  g_return_val_if_fail (GEZ_IS_STORE (self), 0);

  return self->worker ? gez_worker_get_longest_wait (self->worker) : 0;
}

/**
 * gez_store_run:
 *
 * Runs a query and waits for it. For the command line and for tests; the window never waits.
 *
 * Returns: (transfer full): the result, or %NULL with @error set
 */
gpointer
gez_store_run (GezStore *self,
               GezQuery *query,
               GError  **error)
{
  Job *job;

  g_return_val_if_fail (GEZ_IS_STORE (self) && GEZ_IS_QUERY (query), NULL);

  job = job_new (self, JOB_QUERY);
  job->query = g_object_ref (query);
  return run_and_wait (self, job, error);
}

/**
 * gez_store_run_async:
 * @cancellable: (nullable): stops the query inside SQLite
 *
 * Runs a query on the worker's thread.
 */
void
gez_store_run_async (GezStore            *self,
                     GezQuery            *query,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  Job *job;

  g_return_if_fail (GEZ_IS_STORE (self) && GEZ_IS_QUERY (query));

  job = job_new (self, JOB_QUERY);
  job->query = g_object_ref (query);
  start (self, job, gez_store_run_async, cancellable, callback, user_data);
}

/**
 * gez_store_run_finish:
 *
 * Returns: (transfer full): the result of the query, or %NULL with @error set
 */
gpointer
gez_store_run_finish (GezStore     *self,
                      GAsyncResult *result,
                      GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * gez_store_commit:
 *
 * Writes a change and waits until it is durable. For the command line and for tests.
 *
 * Returns: the number of the command; 0 with @error set on failure, 0 alone when nothing changed
 */
guint64
gez_store_commit (GezStore  *self,
                  GezChange *change,
                  GError   **error)
{
  Job *job;

  g_return_val_if_fail (GEZ_IS_STORE (self) && GEZ_IS_CHANGE (change), 0);

  job = job_new (self, JOB_COMMIT);
  job->change = g_object_ref (change);
  return take_command (run_and_wait (self, job, error));
}

/**
 * gez_store_commit_async:
 * @change: must not be changed any more
 *
 * Writes a change. When the callback comes without an error, it is durable.
 */
void
gez_store_commit_async (GezStore            *self,
                        GezChange           *change,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  Job *job;

  g_return_if_fail (GEZ_IS_STORE (self) && GEZ_IS_CHANGE (change));

  job = job_new (self, JOB_COMMIT);
  job->change = g_object_ref (change);
  start (self, job, gez_store_commit_async, cancellable, callback, user_data);
}

/**
 * gez_store_commit_finish:
 *
 * Returns: the number of the command; 0 with @error set on failure, 0 alone when nothing changed
 */
guint64
gez_store_commit_finish (GezStore     *self,
                         GAsyncResult *result,
                         GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), 0);

  return take_command (g_task_propagate_pointer (G_TASK (result), error));
}

/**
 * gez_store_commit_many:
 * @changes: (element-type GezChange): in the order in which they are written
 * @all_or_nothing: whether one that is not acceptable refuses the others too
 * @failures: (element-type GError): gets one entry per change, %NULL where it went in; make it with
 *   a free function that takes %NULL
 *
 * Writes in one transaction what is acceptable and leaves out what is not.
 *
 * Returns: %FALSE with @error set when nothing was kept
 */
gboolean
gez_store_commit_many (GezStore  *self,
                       GPtrArray *changes,
                       gboolean   all_or_nothing,
                       GPtrArray *failures,
                       GError   **error)
{
  Job *job;

  g_return_val_if_fail (GEZ_IS_STORE (self) && changes != NULL && failures != NULL, FALSE);

  job = job_new (self, JOB_COMMIT_MANY);
  job->changes = g_ptr_array_ref (changes);
  job->failures = g_ptr_array_ref (failures);
  job->all_or_nothing = all_or_nothing;
  return take_command (run_and_wait (self, job, error)) != 0;
}

/**
 * gez_store_undo:
 * @command: what a commit on this device returned
 *
 * Returns: the number of the undo itself, or 0 with @error set
 */
guint64
gez_store_undo (GezStore *self,
                guint64   command,
                GError  **error)
{
  Job *job;

  g_return_val_if_fail (GEZ_IS_STORE (self), 0);

  job = job_new (self, JOB_UNDO);
  job->command = command;
  return take_command (run_and_wait (self, job, error));
}

void
gez_store_undo_async (GezStore            *self,
                      guint64              command,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  Job *job;

  g_return_if_fail (GEZ_IS_STORE (self));

  job = job_new (self, JOB_UNDO);
  job->command = command;
  start (self, job, gez_store_undo_async, cancellable, callback, user_data);
}

guint64
gez_store_undo_finish (GezStore     *self,
                       GAsyncResult *result,
                       GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), 0);

  return take_command (g_task_propagate_pointer (G_TASK (result), error));
}

/**
 * gez_store_save_draft_async:
 * @place: which form
 * @subject: what it is about
 * @content: (nullable): all of the form as the form itself writes it; %NULL removes the draft
 *
 * Keeps what is being typed, encrypted like everything else. A draft is never in the change log.
 */
void
gez_store_save_draft_async (GezStore            *self,
                            const char          *place,
                            const GezId         *subject,
                            const char          *content,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  Job *job;

  g_return_if_fail (GEZ_IS_STORE (self) && place != NULL && subject != NULL);

  job = job_new (self, JOB_DRAFT);
  job->place = g_strdup (place);
  job->subject = *subject;
  job->content = g_strdup (content);
  start (self, job, gez_store_save_draft_async, NULL, callback, user_data);
}

gboolean
gez_store_save_draft_finish (GezStore     *self,
                             GAsyncResult *result,
                             GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return take_command (g_task_propagate_pointer (G_TASK (result), error)) != 0;
}

/**
 * gez_store_draft_query:
 *
 * Returns: (transfer full): a query for a list of at most one #GezRecord with `content` and `saved_at`
 */
GezQuery *
gez_store_draft_query (const char  *place,
                       const GezId *subject)
{
  return gez_record_query ("SELECT content, saved_at FROM draft WHERE place = ? AND subject_id = ?", GEZ_TEXT,
                           place, GEZ_ID, subject, GEZ_END);
}

/**
 * gez_store_save_filter_async:
 * @id: of the filter
 * @name: (nullable): how people call it
 * @content: (nullable): all of it, as its place writes it; %NULL removes the filter
 *
 * Keeps what somebody chose to see in a list. It is never in the change log.
 */
void
gez_store_save_filter_async (GezStore            *self,
                             const GezId         *id,
                             const char          *name,
                             const char          *content,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  Job *job;

  g_return_if_fail (GEZ_IS_STORE (self) && id != NULL);
  g_return_if_fail (content == NULL || name != NULL);

  job = job_new (self, JOB_FILTER);
  job->place = g_strdup (name);
  job->subject = *id;
  job->content = g_strdup (content);
  start (self, job, gez_store_save_filter_async, NULL, callback, user_data);
}

gboolean
gez_store_save_filter_finish (GezStore     *self,
                              GAsyncResult *result,
                              GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return take_command (g_task_propagate_pointer (G_TASK (result), error)) != 0;
}

/**
 * gez_store_filter_query:
 *
 * Returns: (transfer full): a query for a list of #GezRecord with `id`, `name` and `content`, by name
 */
GezQuery *
gez_store_filter_query (void)
{
  return gez_record_query ("SELECT id, name, content FROM saved_filter ORDER BY name COLLATE dictionary, row",
                           GEZ_END);
}
