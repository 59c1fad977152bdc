/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/gez-backup-attachments.h"
#include "store/gez-store-private.h"
#include "sync/gez-sync-private.h"

/* An engine on a real store, and one round of it. */

typedef struct
{
  GezEngineWork work;
  gpointer data;
} Slice;

static gboolean
work_slice (GezStore *store,
            gpointer  data,
            GError  **error)
{
  Slice *slice = data;
  g_autoptr (GError) failure = NULL;

  if (slice->work (store->database, slice->data, &failure))
    return TRUE;
  if (g_error_matches (failure, GEZ_STORE_ERROR, GEZ_STORE_ERROR_DAMAGED))
    gez_store_tell_damage (store, failure);
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
run_on_store (gpointer      site,
              GezEngineWork work,
              gpointer      data,
              GError      **error)
{
  Slice slice = { work, data };

  return gez_store_run_slice (site, work_slice, &slice, error);
}

static gboolean
find_folder_cb (GezDatabase *database,
                gpointer     data,
                GError     **error)
{
  char **uri = data;
  g_autoptr (GezStatement) row = gez_database_query (database, error, "SELECT folder_uri FROM team", GEZ_END);
  GError *failure = NULL;

  if (row == NULL)
    return FALSE;
  if (gez_statement_next (row, &failure))
    *uri = g_strdup (gez_statement_get_text (row, 0));
  if (failure)
    g_propagate_error (error, failure);
  return failure == NULL;
}

static gboolean
find_blobs_slice (GezStore *store,
                  gpointer  data,
                  GError  **error)
{
  char **directory = data;

  *directory = g_build_filename (gez_vault_get_directory (store->vault), GEZ_STORE_ATTACHMENTS, NULL);
  return TRUE;
}

gboolean
gez_sync_find_folder (GezStore *store,
                      char    **uri,
                      GError  **error)
{
  return run_on_store (store, find_folder_cb, uri, error);
}

GezEngine *
gez_sync_make_engine (GezStore  *store,
                      GezFolder *folder,
                      GError   **error)
{
  g_autofree char *blobs = NULL;

  if (!gez_store_run_slice (store, find_blobs_slice, &blobs, error))
    return NULL;
  return gez_engine_new (run_on_store, store, folder, blobs);
}

static gboolean
run_as_guest (GezStore        *store,
              GezEngineReport *report,
              GCancellable    *cancellable,
              GError         **error)
{
  g_autofree char *uri = NULL;
  g_autoptr (GezFolder) folder = NULL;
  g_autoptr (GezEngine) engine = NULL;
  gboolean done;

  if (!gez_sync_find_folder (store, &uri, error))
    return FALSE;
  if (uri == NULL)
    {
      g_set_error_literal (error, GEZ_TEAM_ERROR, GEZ_TEAM_ERROR_NO_TEAM, "this store shares no folder");
      return FALSE;
    }
  folder = gez_folder_new_for_uri (uri, GEZ_SYNC_DEADLINE);
  engine = gez_sync_make_engine (store, folder, error);
  if (engine == NULL)
    return FALSE;
  done = gez_engine_round (engine, GEZ_ENGINE_ALL | GEZ_ENGINE_PARTING, report, cancellable, error);
  gez_store_announce (store, report->tables);
  return done;
}

static void
forward_cb (GCancellable *cancellable,
            gpointer      own)
{
  g_cancellable_cancel (own);
}

/**
 * gez_sync_run:
 * @report: (out caller-allocates): what was done; to be cleared in any case
 *
 * Runs one round and waits for it. For the command line.
 *
 * Returns: %FALSE with @error set: as gez_engine_round(), %GEZ_TEAM_ERROR_NO_TEAM, or G_IO_ERROR_PENDING
 *
 * Thread: any but the worker's.
 */
gboolean
gez_sync_run (GezStore        *store,
              GezEngineReport *report,
              GCancellable    *cancellable,
              GError         **error)
{
  g_autoptr (GCancellable) own = g_cancellable_new ();
  gulong handler;
  gboolean done = FALSE;

  g_return_val_if_fail (GEZ_IS_STORE (store) && report != NULL, FALSE);

  *report = (GezEngineReport) { 0 };
  if (!gez_store_enter (store, GEZ_STORE_GUEST_SYNC, own, error))
    return FALSE;
  handler = cancellable ? g_cancellable_connect (cancellable, G_CALLBACK (forward_cb), own, NULL) : 0;
  done = run_as_guest (store, report, own, error);
  gez_store_leave (store, GEZ_STORE_GUEST_SYNC);
  g_cancellable_disconnect (cancellable, handler);
  return done;
}
