/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/gez-engine-private.h"

#include <sqlite3.h>

#include "store/gez-database-private.h"

/* One device at the shared folder (docs/SYNC.md).
 *
 * 1. What must last stands in the database, and changes there in transactions that are whole by themselves.
 *    The engine may be ended between any two calls; a new one goes on.
 * 2. A file that cannot be used is noted, with since when, and tried again. Only a folder that is gone, a
 *    store that is closed and somebody who cancels end a round.
 * 3. Nothing is concluded from what is absent.
 * 4. The folder is never waited for inside a work: the store's worker serves the window meanwhile.
 * 5. A round with nothing new lists each directory once and writes nothing. */

typedef struct
{
  GezEngine *engine;
  GezEngineWork work;
  gpointer data;
  gboolean is_change;
} Job;

/**
 * gez_engine_new:
 * @run: how a work gets to the database
 * @site: (scope forever): what @run is called with
 * @folder: the shared folder
 * @blob_directory: (nullable): where the sealed files of attachments lie; %NULL: they do not travel
 *
 * Returns: (transfer full): an engine
 *
 * Thread: any one at a time that may wait; here and below.
 */
GezEngine *
gez_engine_new (GezEngineRun run,
                gpointer     site,
                GezFolder   *folder,
                const char  *blob_directory)
{
  GezEngine *self;

  g_return_val_if_fail (run != NULL && GEZ_IS_FOLDER (folder), NULL);

  self = g_new0 (GezEngine, 1);
  self->run = run;
  self->site = site;
  self->folder = g_object_ref (folder);
  self->blob_directory = g_strdup (blob_directory);
  self->done = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->healed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->listed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->known = -1;
  return self;
}

/**
 * gez_engine_free:
 * @self: (transfer full): an engine; its keys are wiped
 */
void
gez_engine_free (GezEngine *self)
{
  gez_engine_drop_team (self);
  g_hash_table_unref (self->done);
  g_hash_table_unref (self->healed);
  g_hash_table_unref (self->listed);
  g_object_unref (self->folder);
  g_free (self->blob_directory);
  g_free (self->own_directory);
  g_free (self->audited_on);
  g_free (self);
}

/**
 * gez_engine_set_progress:
 * @progress: (nullable): told how far a round is, in files; on the thread of the round
 */
void
gez_engine_set_progress (GezEngine         *self,
                         GezEngineProgress  progress,
                         gpointer           user_data)
{
  self->progress = progress;
  self->progress_data = user_data;
}

void
gez_engine_tell (GezEngine *self,
                 guint64    n_done,
                 guint64    n_all)
{
  if (self->progress)
    self->progress (n_done, n_all, self->progress_data);
}

void
gez_engine_drop_team (GezEngine *self)
{
  g_clear_pointer (&self->team, gez_team_free);
}

GezTeam *
gez_engine_get_team (GezEngine   *self,
                     GezDatabase *database,
                     GError     **error)
{
  g_autoptr (GError) failure = NULL;

  if (self->team == NULL)
    self->team = gez_team_load (database, &failure);
  if (self->team == NULL && failure == NULL)
    g_set_error_literal (&failure, GEZ_TEAM_ERROR, GEZ_TEAM_ERROR_NO_TEAM, "there is no team");
  if (failure)
    g_propagate_error (error, g_steal_pointer (&failure));
  return self->team;
}

static gboolean
run_in_transaction (Job         *job,
                    GezDatabase *database,
                    GError     **error)
{
  if (!gez_database_begin (database, error))
    return FALSE;
  if (job->work (database, job->data, error))
    return gez_database_commit (database, error);
  gez_database_rollback (database);
  return FALSE;
}

/* The team that was loaded before is good as long as nobody else wrote on this connection. */
static gboolean
run_job_cb (GezDatabase *database,
            gpointer     data,
            GError     **error)
{
  Job *job = data;
  GezEngine *self = job->engine;
  sqlite3 *handle = gez_database_get_handle (database);
  gboolean done;

  if (self->team && self->team_changes != sqlite3_total_changes (handle))
    gez_engine_drop_team (self);
  if (job->is_change)
    done = run_in_transaction (job, database, error);
  else
    done = job->work (database, job->data, error);
  if (!done)
    gez_engine_drop_team (self);
  self->team_changes = sqlite3_total_changes (handle);
  return done;
}

gboolean
gez_engine_run (GezEngine    *self,
                GezEngineWork work,
                gpointer      data,
                GError      **error)
{
  Job job = { self, work, data, FALSE };

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  return self->run (self->site, run_job_cb, &job, error);
}

gboolean
gez_engine_change (GezEngine    *self,
                   GezEngineWork work,
                   gpointer      data,
                   GError      **error)
{
  Job job = { self, work, data, TRUE };

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  return self->run (self->site, run_job_cb, &job, error);
}

gboolean
gez_engine_is_fatal (const GError *error)
{
  static const int of_folder[] = { GEZ_SYNC_ERROR_NOT_CONNECTED, GEZ_SYNC_ERROR_NO_SPACE,
                                   GEZ_SYNC_ERROR_DENIED, GEZ_SYNC_ERROR_TIMED_OUT };

  if (error->domain != GEZ_SYNC_ERROR)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (of_folder); i++)
    if (error->code == of_folder[i])
      return TRUE;
  return FALSE;
}

GPtrArray *
gez_engine_list (GezEngine  *self,
                 const char *directory,
                 GError    **error)
{
  GPtrArray *names = g_hash_table_lookup (self->listed, directory);

  if (names != NULL)
    return names;
  names = gez_folder_list (self->folder, directory, self->cancellable, error);
  if (names != NULL)
    g_hash_table_insert (self->listed, g_strdup (directory), names);
  return names;
}

GBytes *
gez_engine_fetch (GezEngine  *self,
                  const char *path,
                  GError    **error)
{
  GBytes *file = gez_folder_read (self->folder, path, GEZ_SEGMENT_SIZE_MAX, self->cancellable, error);

  if (file == NULL)
    return NULL;
  self->report->n_files_read++;
  self->report->n_bytes_read += g_bytes_get_size (file);
  return file;
}

gboolean
gez_engine_is_done (GezEngine  *self,
                    const char *path)
{
  return g_hash_table_contains (self->done, path);
}

void
gez_engine_set_done (GezEngine  *self,
                     const char *path)
{
  g_hash_table_add (self->done, g_strdup (path));
}

/* What the round has to know before it begins, in one look. */
static gboolean
look_cb (GezDatabase *database,
         gpointer     data,
         GError     **error)
{
  GezEngine *self = data;
  g_autoptr (GezStatement) row = NULL;
  gint64 known;
  GError *failure = NULL;

  row = gez_database_query (
      database, error,
      "SELECT t.id, d.id, (SELECT count(*) FROM roster_record) + (SELECT count(*) FROM circle_key), "
      "EXISTS (SELECT 1 FROM waiting_write WHERE is_former = 1) FROM team AS t, device AS d",
      GEZ_END);
  if (row == NULL)
    return FALSE;
  self->has_team = gez_statement_next (row, &failure);
  if (failure)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  if (!self->has_team)
    return TRUE;
  self->team_id = gez_statement_get_id (row, 0);
  self->device = gez_statement_get_id (row, 1);
  known = gez_statement_get_integer (row, 2);
  self->has_former = gez_statement_get_integer (row, 3) != 0;
  self->is_retry = known != self->known;
  self->known = known;
  g_free (self->own_directory);
  self->own_directory = gez_engine_device_path (&self->device);
  return TRUE;
}

static gboolean
note_restored_cb (GezDatabase *database,
                  gpointer     data,
                  GError     **error)
{
  GezEngineReport *report = data;

  report->is_restored =
    gez_database_integer (database, 0, "SELECT restored_at IS NOT NULL FROM sync_state", GEZ_END) != 0;
  return TRUE;
}

static gboolean
run_steps (GezEngine *self,
           GError   **error)
{
  GezEngineSteps steps = self->steps;

  if (gez_engine_list (self, "", error) == NULL)
    return FALSE;
  if ((steps & GEZ_ENGINE_READ) && !gez_engine_read (self, error))
    return FALSE;
  if (!gez_engine_run (self, note_restored_cb, self->report, error))
    return FALSE;
  if ((steps & GEZ_ENGINE_WRITE) && !(gez_engine_write (self, error) && gez_engine_publish (self, error)))
    return FALSE;
  if ((steps & GEZ_ENGINE_HEAL) && !gez_engine_heal (self, error))
    return FALSE;
  if ((steps & GEZ_ENGINE_PACK) && !self->report->is_restored
      && !(gez_engine_pack (self, error) && gez_engine_make_snapshot (self, error)))
    return FALSE;
  return !(steps & GEZ_ENGINE_FILES) || self->report->is_restored || gez_engine_files (self, error);
}

/**
 * gez_engine_round:
 * @steps: what to do of a round
 * @report: (out caller-allocates): what was done, also when the round failed
 *
 * Brings this store and the folder closer together. Without a team nothing is done. Whatever goes wrong with
 * single files is noted in the table quarantine and is no error.
 *
 * Returns: %FALSE with a GEZ_SYNC_ERROR when the folder does not let it (%GEZ_SYNC_ERROR_NOT_CONNECTED:
 * wait), with a GEZ_STORE_ERROR, or G_IO_ERROR_CANCELLED. What was done by then stays done.
 */
gboolean
gez_engine_round (GezEngine       *self,
                  GezEngineSteps   steps,
                  GezEngineReport *report,
                  GCancellable    *cancellable,
                  GError         **error)
{
  gboolean done;

  g_return_val_if_fail (self != NULL && report != NULL, FALSE);

  *report = (GezEngineReport) { .tables = g_ptr_array_new_with_free_func (g_free) };
  self->steps = steps;
  self->report = report;
  self->cancellable = cancellable;
  self->was_read = FALSE;
  g_hash_table_remove_all (self->listed);
  done = gez_engine_run (self, look_cb, self, error);
  if (done && self->has_team)
    done = gez_engine_adopt (self, error) && run_steps (self, error);
  self->report = NULL;
  self->cancellable = NULL;
  if (done && self->late)
    {
      g_propagate_error (error, g_steal_pointer (&self->late));
      return FALSE;
    }
  g_clear_error (&self->late);
  return done;
}

void
gez_engine_report_clear (GezEngineReport *report)
{
  g_clear_pointer (&report->tables, g_ptr_array_unref);
}
