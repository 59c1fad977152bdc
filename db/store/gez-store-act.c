/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/gez-store-act.h"

#include "store/gez-commit.h"
#include "store/gez-store-private.h"

/* Acts that write more than a GezChange can say: rows of this device alone, made from what stands in the
 * database, together with shared ones. */

typedef struct
{
  GezStore *store;
  char *name;
  GezStoreActFunc function;
  gpointer data;
  GDestroyNotify free_data;
  GCancellable *cancellable;
  GTask *task; /* NULL: somebody waits for it */
  GError *error;
} Act;

static Act *
act_new (GezStore        *store,
         const char      *name,
         GezStoreActFunc  function,
         gpointer         data)
{
  Act *act = g_new0 (Act, 1);

  act->store = g_object_ref (store);
  act->name = g_strdup (name);
  act->function = function;
  act->data = data;
  return act;
}

static void
act_free (Act *act)
{
  if (act->free_data)
    act->free_data (act->data);
  g_clear_object (&act->cancellable);
  g_clear_object (&act->task);
  g_clear_object (&act->store);
  g_clear_error (&act->error);
  g_free (act->name);
  g_free (act);
}

static void
run_act_cb (gpointer data)
{
  Act *act = data;
  GezDatabase *database = act->store->database;
  g_autoptr (GPtrArray) tables = NULL;

  if (g_cancellable_set_error_if_cancelled (act->cancellable, &act->error))
    return;
  gez_database_set_cancellable (database, act->cancellable);
  if (gez_commit_act (database, act->name, act->function, act->data, &tables, &act->error))
    gez_store_announce (act->store, tables);
  gez_database_set_cancellable (database, NULL);
  if (g_error_matches (act->error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_DAMAGED))
    gez_store_tell_damage (act->store, act->error);
}

static void
run_task_cb (gpointer data)
{
  Act *act = data;
  GTask *task = g_steal_pointer (&act->task);

  run_act_cb (act);
  if (act->error)
    g_task_return_error (task, g_steal_pointer (&act->error));
  else
    g_task_return_boolean (task, TRUE);
  act_free (act);
  g_object_unref (task);
}

/**
 * gez_store_act:
 * @name: of the act, a stable code for the change log
 * @function: what writes
 * @data: (transfer none): for @function
 *
 * Runs @function in one transaction on the worker and waits until it is durable. For the command line and
 * for tests; the window never waits.
 *
 * Thread: any but the worker's.
 *
 * Returns: %FALSE with @error set when nothing was kept
 */
gboolean
gez_store_act (GezStore        *self,
               const char      *name,
               GezStoreActFunc  function,
               gpointer         data,
               GError         **error)
{
  Act *act;
  gboolean done;

  g_return_val_if_fail (GEZ_IS_STORE (self) && name != NULL && function != NULL, FALSE);

  act = act_new (self, name, function, data);
  if (self->worker == NULL)
    g_set_error_literal (&act->error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_CLOSED, "the store is locked");
  else
    gez_worker_run (self->worker, FALSE, run_act_cb, act);
  done = act->error == NULL;
  if (!done)
    g_propagate_error (error, g_steal_pointer (&act->error));
  act_free (act);
  return done;
}

/**
 * gez_store_act_async:
 * @name: of the act, a stable code for the change log
 * @data: (transfer full): for @function; freed on the worker's thread
 *
 * Runs @function in one transaction on the worker. When the callback comes without an error, it is durable,
 * and GezStore::changed was emitted for the tables that it touched.
 *
 * Thread: the main one.
 */
void
gez_store_act_async (GezStore            *self,
                     const char          *name,
                     GezStoreActFunc      function,
                     gpointer             data,
                     GDestroyNotify       free_data,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  Act *act;

  g_return_if_fail (GEZ_IS_STORE (self) && name != NULL && function != NULL);

  act = act_new (self, name, function, data);
  act->free_data = free_data;
  act->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (act->task, gez_store_act_async);
  g_set_object (&act->cancellable, cancellable);
  if (self->worker == NULL)
    {
      g_task_return_new_error (act->task, GEZ_STORE_ERROR, GEZ_STORE_ERROR_CLOSED, "the store is locked");
      act_free (act);
      return;
    }
  gez_worker_push (self->worker, FALSE, run_task_cb, act);
}

gboolean
gez_store_act_finish (GezStore      *self,
                      GAsyncResult  *result,
                      GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
