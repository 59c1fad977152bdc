/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repair/gez-repair-work.h"

/* Looking at a damaged store and saving from it, on another thread. How far it is comes back on the main thread,
 * a few times a second at most. */

#define TELL_MICROSECONDS 50000

static const GezRepairWork *the_work;

typedef struct
{
  GezVault *vault;
  GezClock *clock;
  char *directory; /* NULL: look only */
  GezVaultProgress progress;
  gpointer progress_data;
  GCancellable *cancellable;
  gint64 told_at;
} Request;

typedef struct
{
  GezVaultProgress progress;
  gpointer progress_data;
  GCancellable *cancellable;
  gint64 n_done;
  gint64 n_all;
} Tidings;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_clear_object (&request->vault);
  g_clear_object (&request->clock);
  g_clear_object (&request->cancellable);
  g_free (request->directory);
  g_free (request);
}

static void
tidings_free (gpointer data)
{
  Tidings *tidings = data;

  g_object_unref (tidings->cancellable);
  g_free (tidings);
}

/* Who is told is there as long as nothing was cancelled. */
static gboolean
tell_cb (gpointer data)
{
  Tidings *tidings = data;

  if (!g_cancellable_is_cancelled (tidings->cancellable))
    tidings->progress (tidings->n_done, tidings->n_all, tidings->progress_data);
  return G_SOURCE_REMOVE;
}

static void
progress_cb (gint64   n_done,
             gint64   n_all,
             gpointer data)
{
  Request *request = data;
  gint64 now = g_get_monotonic_time ();
  Tidings *tidings;

  if (now - request->told_at < TELL_MICROSECONDS)
    return;
  request->told_at = now;
  tidings = g_new0 (Tidings, 1);
  tidings->progress = request->progress;
  tidings->progress_data = request->progress_data;
  tidings->cancellable = g_object_ref (request->cancellable);
  tidings->n_done = n_done;
  tidings->n_all = n_all;
  g_idle_add_full (G_PRIORITY_DEFAULT, tell_cb, tidings, tidings_free);
}

static void
work_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Request *request = data;
  GError *error = NULL;
  GezDamage *found;

  found = request->directory
            ? the_work->save (request->vault, request->clock, request->directory, progress_cb, request,
                              cancellable, &error)
            : the_work->look (request->vault, request->clock, progress_cb, request, cancellable, &error);
  /* The keys are not kept any longer than the work takes. */
  g_clear_object (&request->vault);
  if (found)
    g_task_return_pointer (task, found, (GDestroyNotify) gez_damage_free);
  else
    g_task_return_error (task, error);
}

/**
 * gez_repair_set_work:
 * @work: kept, not copied
 *
 * Called once, before there is a window.
 */
void
gez_repair_set_work (const GezRepairWork *work)
{
  the_work = work;
}

/**
 * gez_repair_start:
 * @vault: of a store that is closed
 * @directory: (nullable): where a new store is made with what can be saved; %NULL: only look
 * @progress: told on the main thread until @cancellable is cancelled
 * @cancellable: cancelled before who is told goes
 */
void
gez_repair_start (GezVault            *vault,
                  GezClock            *clock,
                  const char          *directory,
                  GezVaultProgress     progress,
                  gpointer             progress_data,
                  GCancellable        *cancellable,
                  GAsyncReadyCallback  callback,
                  gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Request *request;

  g_return_if_fail (the_work != NULL && GEZ_IS_VAULT (vault) && G_IS_CANCELLABLE (cancellable));

  request = g_new0 (Request, 1);
  request->vault = g_object_ref (vault);
  request->clock = g_object_ref (clock);
  request->directory = g_strdup (directory);
  request->progress = progress;
  request->progress_data = progress_data;
  request->cancellable = g_object_ref (cancellable);
  g_task_set_task_data (task, request, request_free);
  g_task_run_in_thread (task, work_thread);
}

/**
 * gez_repair_finish:
 *
 * Returns: (transfer full) (nullable): what was found, or saved
 */
GezDamage *
gez_repair_finish (GAsyncResult *result,
                   GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
