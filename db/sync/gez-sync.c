/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/gez-sync.h"

#include "store/gez-store-private.h"
#include "sync/gez-sync-private.h"
#include "sync/gez-sync-schedule.h"

/* Keeping a store and its folder in step.
 *
 * 1. One thread of its own waits for the folder. It is a guest of the store (store/gez-store-slice.c):
 *    whoever locks the store sends it away, whatever the folder does.
 * 2. What both threads touch stands in Work and is guarded by its lock. The object belongs to the main
 *    thread. The work outlives it when a server hangs: each holds a reference.
 * 3. When a round is due, gez-sync-schedule.c says. Whether something waits to be written is asked of the
 *    store after each commit, so that what came from colleagues does not start a round.
 * 4. Stopping publishes what waits, for as long as it was allowed; then what it waits for is cancelled. */

#define TELL_EVERY (G_USEC_PER_SEC / 10)

typedef struct
{
  gatomicrefcount references;
  GMutex lock;
  GCond changed;

  GezStore *store;
  GCancellable *cancellable;  /* of all that the thread does */
  GezSyncSchedule schedule;
  GezSyncState state;
  GError *error;
  guint64 n_done;
  guint64 n_all;
  gboolean is_ending;         /* publish, then go */
  gboolean is_over;           /* the thread went */
  gboolean has_read;          /* in this session: it is known whether this device was put back */

  GWeakRef sync;
  GTask *stopping;            /* (nullable) */

  /* The thread's alone. */
  gint64 told_at;
  char *folder_uri;
  GezFolder *folder;
  GezEngine *engine;
} Work;

struct _GezSync
{
  GObject parent_instance;

  GezStore *store;
  Work *work;
  GThread *thread;
  gulong handler;
  GCancellable *looking;      /* of the query after a commit */
  GError *error;              /* (nullable): what the last round ended with */
  guint deadline_id;
};

G_DEFINE_FINAL_TYPE (GezSync, gez_sync, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static Work *
work_ref (Work *work)
{
  g_atomic_ref_count_inc (&work->references);
  return work;
}

static void
work_unref (Work *work)
{
  if (!g_atomic_ref_count_dec (&work->references))
    return;
  g_weak_ref_clear (&work->sync);
  g_clear_error (&work->error);
  g_clear_object (&work->cancellable);
  g_clear_object (&work->store);
  g_clear_object (&work->stopping);
  g_mutex_clear (&work->lock);
  g_cond_clear (&work->changed);
  g_free (work);
}

static gboolean
tell_cb (gpointer data)
{
  Work *work = data;
  g_autoptr (GezSync) sync = g_weak_ref_get (&work->sync);

  if (sync == NULL)
    return G_SOURCE_REMOVE;
  g_mutex_lock (&work->lock);
  g_clear_error (&sync->error);
  if (work->error)
    sync->error = g_error_copy (work->error);
  g_mutex_unlock (&work->lock);
  g_signal_emit (sync, signals[CHANGED], 0);
  return G_SOURCE_REMOVE;
}

static void
tell (Work *work)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, tell_cb, work_ref (work), (GDestroyNotify) work_unref);
}

static void
set_state (Work         *work,
           GezSyncState  state,
           const GError *error)
{
  g_mutex_lock (&work->lock);
  work->state = state;
  work->n_done = work->n_all = 0;
  g_clear_error (&work->error);
  if (error)
    work->error = g_error_copy (error);
  g_mutex_unlock (&work->lock);
  tell (work);
}

static void
progress_cb (guint64  n_done,
             guint64  n_all,
             gpointer data)
{
  Work *work = data;
  gint64 now = g_get_monotonic_time ();

  g_mutex_lock (&work->lock);
  work->n_done = n_done;
  work->n_all = n_all;
  g_mutex_unlock (&work->lock);
  if (now - work->told_at < TELL_EVERY)
    return;
  work->told_at = now;
  tell (work);
}

static void
drop_engine (Work *work)
{
  g_clear_pointer (&work->engine, gez_engine_free);
  g_clear_object (&work->folder);
  g_clear_pointer (&work->folder_uri, g_free);
}

/* The engine at the folder that is chosen now. TRUE with no engine: there is none to share with. */
static gboolean
follow_folder (Work    *work,
               GError **error)
{
  g_autofree char *uri = NULL;

  if (!gez_sync_find_folder (work->store, &uri, error))
    return FALSE;
  if (g_strcmp0 (uri, work->folder_uri) == 0)
    return TRUE;
  drop_engine (work);
  if (uri == NULL)
    return TRUE;
  work->folder = gez_folder_new_for_uri (uri, GEZ_SYNC_DEADLINE);
  work->engine = gez_sync_make_engine (work->store, work->folder, error);
  if (work->engine == NULL)
    return FALSE;
  work->folder_uri = g_steal_pointer (&uri);
  gez_engine_set_progress (work->engine, progress_cb, work);
  return TRUE;
}

static GezSyncState
state_after (const GError *failure)
{
  if (failure == NULL)
    return GEZ_SYNC_IDLE;
  return g_error_matches (failure, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_NOT_CONNECTED) ? GEZ_SYNC_NOT_CONNECTED
                                                                                  : GEZ_SYNC_FAILED;
}

static gboolean
run_round (Work          *work,
           GezEngineSteps steps)
{
  g_auto (GezEngineReport) report = { 0 };
  g_autoptr (GError) failure = NULL;
  gboolean done = follow_folder (work, &failure);

  if (done && work->engine == NULL)
    {
      set_state (work, GEZ_SYNC_OFF, NULL);
      return TRUE;
    }
  set_state (work, GEZ_SYNC_BUSY, NULL);
  if (done)
    done = gez_engine_round (work->engine, steps, &report, work->cancellable, &failure);
  work->has_read |= done && (steps & GEZ_ENGINE_READ);
  gez_store_announce (work->store, report.tables);
  set_state (work, state_after (failure), failure);
  return done;
}

/* Waits until a round is due. FALSE: it ends. The lock is held. */
static gboolean
wait_for_round (Work *work)
{
  while (!work->is_ending && !g_cancellable_is_cancelled (work->cancellable))
    {
      gint64 due = gez_sync_schedule_get_due (&work->schedule);

      if (due <= g_get_monotonic_time ())
        return TRUE;
      g_cond_wait_until (&work->changed, &work->lock, due);
    }
  return FALSE;
}

/* With what waits, and what the others do not know yet that was seen. A store whose folder was not looked at
 * in this session does not write before it looked: it may have been put back. */
static void
part (Work *work)
{
  GezEngineSteps steps = GEZ_ENGINE_WRITE | GEZ_ENGINE_PARTING;

  if (g_cancellable_is_cancelled (work->cancellable))
    return;
  if (!work->has_read)
    steps |= GEZ_ENGINE_READ;
  run_round (work, steps);
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      data)
{
  Work *work = data;

  g_mutex_lock (&work->lock);
  g_cond_signal (&work->changed);
  g_mutex_unlock (&work->lock);
}

static void
end_thread (Work *work)
{
  drop_engine (work);
  gez_store_leave (work->store, GEZ_STORE_GUEST_SYNC);
  g_mutex_lock (&work->lock);
  work->is_over = TRUE;
  work->state = GEZ_SYNC_OFF;
  if (work->stopping)
    g_task_return_boolean (work->stopping, TRUE);
  g_clear_object (&work->stopping);
  g_mutex_unlock (&work->lock);
  work_unref (work);
}

static gpointer
thread_main (gpointer data)
{
  Work *work = data;
  gulong handler = g_cancellable_connect (work->cancellable, G_CALLBACK (cancelled_cb), work, NULL);

  g_mutex_lock (&work->lock);
  while (wait_for_round (work))
    {
      gboolean done;

      gez_sync_schedule_begin (&work->schedule);
      g_mutex_unlock (&work->lock);
      done = run_round (work, GEZ_ENGINE_ALL);
      g_mutex_lock (&work->lock);
      gez_sync_schedule_end (&work->schedule, g_get_monotonic_time (), done, g_random_double ());
    }
  g_mutex_unlock (&work->lock);
  part (work);
  g_cancellable_disconnect (work->cancellable, handler);
  end_thread (work);
  return NULL;
}

typedef struct
{
  gboolean is_waiting;
  gint64 size;
} Waiting;

/* Whether something waits to be written, and how much. */
static gpointer
read_waiting_cb (GezDatabase *database,
                 gpointer     parameters,
                 GError     **error)
{
  g_autoptr (GezStatement) row = NULL;
  g_autofree Waiting *waiting = g_new0 (Waiting, 1);

  row = gez_database_query (database, error,
                            "SELECT (SELECT coalesce(sum(length(l.cells)), 0) FROM change_log AS l "
                            "WHERE l.device = d.id AND l.counter > coalesce(s.published_counter, 0)), "
                            "d.last_counter > coalesce(s.published_counter, 0) "
                            "OR EXISTS (SELECT 1 FROM outgoing WHERE is_stuck = 0) "
                            "OR EXISTS (SELECT 1 FROM waiting_write WHERE is_stuck = 0) "
                            "OR EXISTS (SELECT 1 FROM own_file WHERE published_at IS NULL) "
                            "FROM device AS d, team AS t LEFT JOIN sync_state AS s ON s.device = d.id",
                            GEZ_END);
  if (row == NULL)
    return NULL;
  if (gez_statement_next (row, NULL))
    {
      waiting->size = gez_statement_get_integer (row, 0);
      waiting->is_waiting = gez_statement_get_integer (row, 1) != 0;
    }
  return g_steal_pointer (&waiting);
}

static void
waiting_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Work *work = data;
  g_autofree Waiting *waiting = gez_store_run_finish (GEZ_STORE (source), result, NULL);

  if (waiting && waiting->is_waiting)
    {
      g_mutex_lock (&work->lock);
      gez_sync_schedule_changed (&work->schedule, g_get_monotonic_time (), waiting->size);
      g_cond_signal (&work->changed);
      g_mutex_unlock (&work->lock);
    }
  work_unref (work);
}

static void
store_changed_cb (GezSync *self)
{
  g_autoptr (GezQuery) query = NULL;

  if (self->work == NULL)
    return;
  query = gez_query_new (read_waiting_cb, NULL, NULL, g_free);
  gez_query_set_long (query, TRUE);
  gez_store_run_async (self->store, query, self->looking, waiting_cb, work_ref (self->work));
}

static void
forget_work (GezSync *self)
{
  if (self->work == NULL)
    return;
  g_clear_handle_id (&self->deadline_id, g_source_remove);
  g_cancellable_cancel (self->looking);
  g_clear_signal_handler (&self->handler, self->store);
  g_clear_pointer (&self->work, work_unref);
  g_clear_pointer (&self->thread, g_thread_unref);
}

static void
gez_sync_dispose (GObject *object)
{
  GezSync *self = GEZ_SYNC (object);

  if (self->work)
    g_cancellable_cancel (self->work->cancellable);
  forget_work (self);
  g_clear_object (&self->looking);
  g_clear_object (&self->store);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (gez_sync_parent_class)->dispose (object);
}

static void
gez_sync_class_init (GezSyncClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gez_sync_dispose;

  /**
   * GezSync::changed:
   *
   * gez_sync_get_state() or gez_sync_get_progress() may answer something else, or a round ended.
   */
  signals[CHANGED]
      = g_signal_new ("changed", GEZ_TYPE_SYNC, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gez_sync_init (GezSync *self)
{
  self->looking = g_cancellable_new ();
}

/**
 * gez_sync_new:
 * @store: an open store, with a team or without
 *
 * Returns: (transfer full): its sync, which does nothing before gez_sync_start()
 *
 * Thread: the main one; here and below.
 */
GezSync *
gez_sync_new (GezStore *store)
{
  GezSync *self = g_object_new (GEZ_TYPE_SYNC, NULL);

  self->store = g_object_ref (store);
  return self;
}

/**
 * gez_sync_start:
 *
 * Begins, when it did not before. The first round comes at once.
 */
void
gez_sync_start (GezSync *self)
{
  Work *work;

  g_return_if_fail (GEZ_IS_SYNC (self));

  if (self->work)
    return;
  work = g_new0 (Work, 1);
  g_atomic_ref_count_init (&work->references);
  g_mutex_init (&work->lock);
  g_cond_init (&work->changed);
  g_weak_ref_init (&work->sync, self);
  work->store = g_object_ref (self->store);
  work->cancellable = g_cancellable_new ();
  if (!gez_store_enter (self->store, GEZ_STORE_GUEST_SYNC, work->cancellable, &work->error))
    {
      work_unref (work);
      return;
    }
  g_clear_object (&self->looking);
  self->looking = g_cancellable_new ();
  self->work = work;
  self->handler = g_signal_connect_swapped (self->store, "changed", G_CALLBACK (store_changed_cb), self);
  self->thread = g_thread_new ("sync", thread_main, work_ref (work));
}

/**
 * gez_sync_now:
 *
 * Asks for a round now, or right after the one that is being run.
 */
void
gez_sync_now (GezSync *self)
{
  g_return_if_fail (GEZ_IS_SYNC (self));

  if (self->work == NULL)
    return;
  g_mutex_lock (&self->work->lock);
  gez_sync_schedule_want (&self->work->schedule);
  g_cond_signal (&self->work->changed);
  g_mutex_unlock (&self->work->lock);
}

static gboolean
too_long_cb (gpointer data)
{
  GezSync *self = data;

  self->deadline_id = 0;
  if (self->work)
    g_cancellable_cancel (self->work->cancellable);
  return G_SOURCE_REMOVE;
}

/**
 * gez_sync_stop_async:
 * @seconds: how long it may go on publishing; 0: it is broken off
 *
 * Ends it. What is being done in the folder is whole by itself: nothing is lost when it is broken off.
 */
void
gez_sync_stop_async (GezSync             *self,
                     guint                seconds,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  Work *work;

  g_return_if_fail (GEZ_IS_SYNC (self));

  g_task_set_source_tag (task, gez_sync_stop_async);
  work = self->work;
  if (work == NULL || work->stopping)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  g_mutex_lock (&work->lock);
  work->is_ending = TRUE;
  if (work->is_over)
    g_task_return_boolean (task, TRUE);
  else
    work->stopping = g_object_ref (task);
  g_cond_signal (&work->changed);
  g_mutex_unlock (&work->lock);
  if (seconds == 0)
    g_cancellable_cancel (work->cancellable);
  else
    self->deadline_id = g_timeout_add_seconds (seconds, too_long_cb, self);
}

/**
 * gez_sync_stop_finish:
 *
 * Returns: %TRUE
 */
gboolean
gez_sync_stop_finish (GezSync      *self,
                      GAsyncResult *result,
                      GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  forget_work (self);
  return g_task_propagate_boolean (G_TASK (result), error);
}

GezSyncState
gez_sync_get_state (GezSync *self)
{
  GezSyncState state;

  g_return_val_if_fail (GEZ_IS_SYNC (self), GEZ_SYNC_OFF);

  if (self->work == NULL)
    return GEZ_SYNC_OFF;
  g_mutex_lock (&self->work->lock);
  state = self->work->state;
  g_mutex_unlock (&self->work->lock);
  return state;
}

/**
 * gez_sync_get_error:
 *
 * Returns: (nullable) (transfer none): what the last round ended with; until the main loop goes on
 */
const GError *
gez_sync_get_error (GezSync *self)
{
  g_return_val_if_fail (GEZ_IS_SYNC (self), NULL);

  return self->error;
}

/**
 * gez_sync_get_progress:
 * @n_done: (out): how many files are done
 * @n_all: (out): of how many
 *
 * Returns: whether a round is being run that has much to do
 */
gboolean
gez_sync_get_progress (GezSync *self,
                       guint64 *n_done,
                       guint64 *n_all)
{
  g_return_val_if_fail (GEZ_IS_SYNC (self), FALSE);

  *n_done = *n_all = 0;
  if (self->work == NULL)
    return FALSE;
  g_mutex_lock (&self->work->lock);
  *n_done = self->work->n_done;
  *n_all = self->work->n_all;
  g_mutex_unlock (&self->work->lock);
  return *n_all > 0;
}
