/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/gez-worker.h"

/* One thread with two queues. Work of the window never waits for more than the one piece of long work
 * that is running; long work is therefore pushed in slices.
 *
 * Locking: `lock` guards everything below it; functions run without it. */

typedef struct
{
  GezWorkerFunc function;
  gpointer data;
  gint64 pushed_at; /* monotonic, microseconds */
  gboolean *done;   /* set and signalled when somebody waits */
} Work;

struct _GezWorker
{
  GThread *thread;

  GMutex lock;
  GCond changed;
  GQueue short_work;
  GQueue long_work;
  gint64 longest_wait;
  gboolean stopping;
};

static Work *
next_work (GezWorker *self)
{
  Work *work;

  while (g_queue_is_empty (&self->short_work) && g_queue_is_empty (&self->long_work) && !self->stopping)
    g_cond_wait (&self->changed, &self->lock);
  work = g_queue_pop_head (&self->short_work);
  if (work == NULL)
    return g_queue_pop_head (&self->long_work);
  self->longest_wait = MAX (self->longest_wait, g_get_monotonic_time () - work->pushed_at);
  return work;
}

static gpointer
run_thread (gpointer data)
{
  GezWorker *self = data;
  Work *work;

  g_mutex_lock (&self->lock);
  while ((work = next_work (self)) != NULL)
    {
      g_mutex_unlock (&self->lock);
      work->function (work->data);
      g_mutex_lock (&self->lock);
      if (work->done)
        {
          *work->done = TRUE;
          g_cond_broadcast (&self->changed);
        }
      g_free (work);
    }
  g_mutex_unlock (&self->lock);
  return NULL;
}

static void
push (GezWorker     *self,
      gboolean       is_long,
      GezWorkerFunc  function,
      gpointer       data,
      gboolean      *done)
{
  Work *work = g_new0 (Work, 1);

  work->function = function;
  work->data = data;
  work->done = done;
  work->pushed_at = g_get_monotonic_time ();
  g_queue_push_tail (is_long ? &self->long_work : &self->short_work, work);
  g_cond_broadcast (&self->changed);
}

/**
 * gez_worker_new:
 *
 * Returns: (transfer full): a worker with its thread running
 */
GezWorker *
gez_worker_new (void)
{
  GezWorker *self = g_new0 (GezWorker, 1);

  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  g_queue_init (&self->short_work);
  g_queue_init (&self->long_work);
  self->thread = g_thread_new ("gez-store", run_thread, self);
  return self;
}

/**
 * gez_worker_push:
 *
 * Thread: any.
 *
 * Queues @function. Work of one queue runs in the order in which it was pushed.
 */
void
gez_worker_push (GezWorker     *self,
                 gboolean       is_long,
                 GezWorkerFunc  function,
                 gpointer       data)
{
  g_mutex_lock (&self->lock);
  push (self, is_long, function, data, NULL);
  g_mutex_unlock (&self->lock);
}

/**
 * gez_worker_run:
 *
 * Thread: any but the worker's own.
 *
 * Queues @function and waits until it has run.
 */
void
gez_worker_run (GezWorker     *self,
                gboolean       is_long,
                GezWorkerFunc  function,
                gpointer       data)
{
  gboolean done = FALSE;

  g_return_if_fail (g_thread_self () != self->thread);

  g_mutex_lock (&self->lock);
  push (self, is_long, function, data, &done);
  while (!done)
    g_cond_wait (&self->changed, &self->lock);
  g_mutex_unlock (&self->lock);
}

/**
 * gez_worker_get_longest_wait:
 *
 * Returns: the longest time that short work had to wait for its turn, in microseconds
 */
gint64
gez_worker_get_longest_wait (GezWorker *self)
{
  gint64 wait;

  g_mutex_lock (&self->lock);
  wait = self->longest_wait;
  g_mutex_unlock (&self->lock);
  return wait;
}

/**
 * gez_worker_free:
 *
 * Runs what is still queued, then ends the thread. Never called on the worker's own thread.
 */
void
gez_worker_free (GezWorker *self)
{
  g_mutex_lock (&self->lock);
  self->stopping = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
  g_thread_join (self->thread);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_free (self);
}
