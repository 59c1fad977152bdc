/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/gez-store-private.h"

#include <sqlite3.h>

/* Work on a thread of its own that needs the connection now and then: it has slices run on the store's
 * worker, and waits for each. The window's reads go between them.
 *
 * 1. One guest of each kind at a time. It enters with a cancellable and leaves when it holds no keys any more.
 * 2. Closing cancels all guests and waits for each, but no longer than a moment for all of them together: a
 *    disk or a server that hangs must not keep a file unlocked.
 * 3. Nothing is pushed to a worker that ends: pushing and shutting happen under the gate. What was
 *    pushed before it runs before the connection is closed.
 * 4. Filling a copy belongs to the connection: whoever comes first ends it, closing or the guest. The guest
 *    does not go on before it is ended, because the copy and its keys are the guest's. */

#define MOMENT (G_USEC_PER_SEC)

typedef struct
{
  GezStore *store;
  GezStoreSlice function;
  gpointer data;
  GError **error;
  gboolean result;

  GMutex lock;
  GCond changed;
  gboolean done;
} Slice;

static gboolean
set_closed (GError **error)
{
  g_set_error_literal (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_CLOSED, "the store is locked");
  return FALSE;
}

static void
run_slice_cb (gpointer data)
{
  Slice *slice = data;

  slice->result = slice->function (slice->store, slice->data, slice->error);
  g_mutex_lock (&slice->lock);
  slice->done = TRUE;
  g_cond_signal (&slice->changed);
  g_mutex_unlock (&slice->lock);
}

/**
 * gez_store_enter:
 * @kind: what the guest does
 * @cancellable: what closing the store cancels
 *
 * Returns: %FALSE with %GEZ_STORE_ERROR_CLOSED, or G_IO_ERROR_PENDING when there is such a guest already
 *
 * Thread: the guest's, here and below.
 */
gboolean
gez_store_enter (GezStore     *self,
                 GezStoreGuest kind,
                 GCancellable *cancellable,
                 GError      **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->gate);

  if (self->worker == NULL)
    return set_closed (error);
  if (self->guests[kind] != NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PENDING,
                           kind == GEZ_STORE_GUEST_BACKUP ? "a backup is being made already"
                                                          : "the shared folder is being read already");
      return FALSE;
    }
  self->guests[kind] = g_object_ref (cancellable);
  return TRUE;
}

void
gez_store_leave (GezStore     *self,
                 GezStoreGuest kind)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->gate);

  g_clear_object (&self->guests[kind]);
  g_cond_broadcast (&self->gate_changed);
}

/* Takes the gate, which the caller holds. */
static gboolean
run_on (GezWorker *worker,
        Slice     *slice)
{
  g_mutex_init (&slice->lock);
  g_cond_init (&slice->changed);
  gez_worker_push (worker, TRUE, run_slice_cb, slice);
  g_mutex_unlock (&slice->store->gate);
  g_mutex_lock (&slice->lock);
  while (!slice->done)
    g_cond_wait (&slice->changed, &slice->lock);
  g_mutex_unlock (&slice->lock);
  g_mutex_clear (&slice->lock);
  g_cond_clear (&slice->changed);
  return slice->result;
}

/**
 * gez_store_run_slice:
 * @slice: runs on the worker, after the window's reads
 *
 * Runs a piece of long work and waits for it.
 *
 * Returns: what @slice returned; or %FALSE with %GEZ_STORE_ERROR_CLOSED
 */
gboolean
gez_store_run_slice (GezStore     *self,
                     GezStoreSlice slice,
                     gpointer      data,
                     GError      **error)
{
  Slice work = { self, slice, data, error };

  g_mutex_lock (&self->gate);
  if (self->worker != NULL)
    return run_on (self->worker, &work);
  g_mutex_unlock (&self->gate);
  return set_closed (error);
}

static gboolean
end_copy_slice (GezStore *self,
                gpointer  data,
                GError  **error)
{
  gez_store_end_copy (self);
  return TRUE;
}

/**
 * gez_store_leave_copy:
 *
 * Sees to it that the copy is ended, also while the store is being closed.
 */
void
gez_store_leave_copy (GezStore *self)
{
  Slice work = { self, end_copy_slice };
  GezWorker *worker;

  g_mutex_lock (&self->gate);
  worker = self->worker ? self->worker : self->ending;
  if (worker != NULL)
    run_on (worker, &work);
  else
    g_mutex_unlock (&self->gate);
}

static gboolean
has_guest (GezStore *self)
{
  for (int kind = 0; kind < GEZ_STORE_N_GUESTS; kind++)
    if (self->guests[kind] != NULL)
      return TRUE;
  return FALSE;
}

/**
 * gez_store_shut:
 *
 * Lets nothing more in and sends the guests away.
 *
 * Returns: (transfer full) (nullable): the worker; %NULL when it was shut before
 *
 * Thread: any but the worker's and the guests'.
 */
GezWorker *
gez_store_shut (GezStore *self)
{
  gint64 until = g_get_monotonic_time () + MOMENT;
  GCancellable *guests[GEZ_STORE_N_GUESTS] = { NULL };
  GezWorker *worker;

  g_mutex_lock (&self->gate);
  worker = g_steal_pointer (&self->worker);
  self->ending = worker;
  for (int kind = 0; kind < GEZ_STORE_N_GUESTS; kind++)
    g_set_object (&guests[kind], self->guests[kind]);
  g_mutex_unlock (&self->gate);
  for (int kind = 0; kind < GEZ_STORE_N_GUESTS; kind++)
    {
      g_cancellable_cancel (guests[kind]);
      g_clear_object (&guests[kind]);
    }
  g_mutex_lock (&self->gate);
  while (has_guest (self) && g_cond_wait_until (&self->gate_changed, &self->gate, until))
    ;
  g_mutex_unlock (&self->gate);
  return worker;
}

/**
 * gez_store_drop_worker:
 * @worker: (transfer full): from gez_store_shut(); the connection is closed
 *
 * Thread: as gez_store_shut().
 */
void
gez_store_drop_worker (GezStore  *self,
                       GezWorker *worker)
{
  g_mutex_lock (&self->gate);
  self->ending = NULL;
  g_mutex_unlock (&self->gate);
  gez_worker_free (worker);
}

/**
 * gez_store_end_copy:
 *
 * Ends a copy that is being filled, if there is one; what is in it by then is worth nothing unless the
 * last step was done. The connection to the copy stays open; it is the guest's.
 *
 * Thread: the store's worker.
 */
void
gez_store_end_copy (GezStore *self)
{
  if (self->copying)
    sqlite3_backup_finish (g_steal_pointer (&self->copying));
}
