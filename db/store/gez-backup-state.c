/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/gez-backup-state.h"

#include "store/gez-store-private.h"

/* What the store remembers of its backups, in tables of this device alone: where they go, and how the
 * last ones went. They are inside the encrypted database: a path can name a person.
 *
 * A place is kept as a URI, because a path need not be text. */

#define DAY (24 * 60 * 60 * G_GINT64_CONSTANT (1000))
#define LATE_DAYS 7
#define DEFAULT_PLACE "backups"
#define RUNS_KEPT "50"

const char *const gez_backup_state_tables[] = { "backup_place", "backup_run", NULL };

/* In the order of GezBackupOutcome. */
static const char *const outcomes[] = { NULL, "done", "no_space", "no_place", "damaged", "failed" };

typedef struct
{
  const char *uri; /* NULL: the default */
  gboolean is_wanted;
} Place;

typedef struct
{
  const char *uri;
  const char *outcome;
  const char *name;
  guint64 size;
} Run;

static GezBackupOutcome
parse_outcome (const char *text)
{
  for (guint i = 1; i < G_N_ELEMENTS (outcomes); i++)
    if (g_strcmp0 (outcomes[i], text) == 0)
      return (GezBackupOutcome) i;
  return GEZ_BACKUP_FAILED;
}

static gboolean
read_place (GezDatabase    *database,
            const char     *directory,
            GezBackupState *state,
            GError        **error)
{
  g_autoptr (GezStatement) row =
    gez_database_query (database, error, "SELECT uri, is_wanted FROM backup_place", GEZ_END);
  GError *failure = NULL;

  state->is_wanted = TRUE;
  if (row == NULL)
    return FALSE;
  if (gez_statement_next (row, &failure))
    {
      const char *uri = gez_statement_get_text (row, 0);

      state->place = uri ? g_filename_from_uri (uri, NULL, NULL) : NULL;
      state->is_wanted = gez_statement_get_integer (row, 1) != 0;
    }
  state->is_default = state->place == NULL;
  if (state->is_default)
    state->place = g_build_filename (directory, DEFAULT_PLACE, NULL);
  if (failure)
    g_propagate_error (error, failure);
  return failure == NULL;
}

static gboolean
read_runs (GezDatabase    *database,
           GezBackupState *state,
           GError        **error)
{
  g_autoptr (GezStatement) row =
    gez_database_query (database, error,
                        "SELECT outcome, ended_at, uri, name FROM backup_run ORDER BY row DESC", GEZ_END);
  GError *failure = NULL;

  while (row && state->done_at == 0 && gez_statement_next (row, &failure))
    {
      GezBackupOutcome outcome = parse_outcome (gez_statement_get_text (row, 0));

      if (state->outcome == GEZ_BACKUP_NEVER)
        state->outcome = outcome;
      if (outcome == GEZ_BACKUP_DONE)
        {
          g_autofree char *place = g_filename_from_uri (gez_statement_get_text (row, 2), NULL, NULL);

          state->done_at = gez_statement_get_integer (row, 1);
          state->done_path = place ? g_build_filename (place, gez_statement_get_text (row, 3), NULL) : NULL;
        }
    }
  if (failure)
    g_propagate_error (error, failure);
  return row && failure == NULL;
}

static gpointer
read_cb (GezDatabase *database,
         gpointer     directory,
         GError     **error)
{
  g_autoptr (GezBackupState) state = g_new0 (GezBackupState, 1);

  if (!read_place (database, directory, state, error) || !read_runs (database, state, error))
    return NULL;
  /* Seeds have counter 0; the first write of a person is that of the member herself. */
  state->work_at = gez_database_integer (database, 0,
                                         "SELECT l.wall_at FROM change_log AS l WHERE l.counter > 0 "
                                         "ORDER BY l.row LIMIT 1", GEZ_END);
  return g_steal_pointer (&state);
}

/**
 * gez_backup_state_query:
 * @store: an open store
 *
 * Returns: (transfer full): a query for a #GezBackupState
 *
 * Thread: any.
 */
GezQuery *
gez_backup_state_query (GezStore *store)
{
  const char *directory = gez_store_get_directory (store);

  return gez_query_new (read_cb, g_strdup (directory ? directory : ""), g_free,
                        (GDestroyNotify) gez_backup_state_free);
}

void
gez_backup_state_free (GezBackupState *state)
{
  g_free (state->place);
  g_free (state->done_path);
  g_free (state);
}

/**
 * gez_backup_state_is_due:
 * @now: milliseconds UTC
 *
 * Returns: whether one is to be made: a day has passed, or the clock went back
 *
 * Thread: any, here and below.
 */
gboolean
gez_backup_state_is_due (const GezBackupState *state,
                         gint64                now)
{
  g_return_val_if_fail (state != NULL, FALSE);

  if (!state->is_wanted)
    return FALSE;
  return state->done_at == 0 || now < state->done_at || now - state->done_at >= DAY;
}

/**
 * gez_backup_state_days_late:
 * @now: milliseconds UTC
 *
 * Returns: how many days old the last backup is when that is more than a week; with none at all, how many
 *   days of work stand nowhere else; 0 when there is nothing to worry about
 */
int
gez_backup_state_days_late (const GezBackupState *state,
                            gint64                now)
{
  g_return_val_if_fail (state != NULL, 0);

  if (!state->is_wanted)
    return 0;
  if (state->done_at != 0)
    return now - state->done_at > LATE_DAYS * DAY ? (int) ((now - state->done_at) / DAY) : 0;
  return state->work_at != 0 && now - state->work_at > DAY ? (int) ((now - state->work_at) / DAY) : 0;
}

static gboolean
write_place (GezDatabase *database,
             gpointer     data,
             GError     **error)
{
  Place *place = data;

  return gez_database_execute (database, error,
                               "INSERT INTO backup_place (row, uri, is_wanted) VALUES (1, ?, ?) "
                               "ON CONFLICT (row) DO UPDATE SET uri = excluded.uri, "
                               "is_wanted = excluded.is_wanted",
                               GEZ_TEXT, place->uri, GEZ_INTEGER, (gint64) place->is_wanted, GEZ_END);
}

static gboolean
write_run (GezDatabase *database,
           gpointer     data,
           GError     **error)
{
  Run *run = data;

  return gez_database_execute (database, error,
                               "INSERT INTO backup_run (ended_at, uri, outcome, name, size) "
                               "VALUES (?, ?, ?, ?, ?)",
                               GEZ_INTEGER, gez_clock_get_now (gez_database_get_clock (database)), GEZ_TEXT,
                               run->uri, GEZ_TEXT, run->outcome, GEZ_TEXT, run->name, GEZ_INTEGER,
                               (gint64) run->size, GEZ_END)
         && gez_database_execute (database, error,
                                  "DELETE FROM backup_run WHERE row <= (SELECT max(row) FROM backup_run) - "
                                  RUNS_KEPT
                                  " AND row < (SELECT max(row) FROM backup_run WHERE outcome = 'done')",
                                  GEZ_END);
}

typedef struct
{
  gboolean (*write) (GezDatabase *database, gpointer data, GError **error);
  gpointer data;
  const char *table;
} LocalWrite;

static gboolean
write_local_slice (GezStore *store,
                   gpointer  data,
                   GError  **error)
{
  LocalWrite *work = data;
  g_autoptr (GPtrArray) tables = g_ptr_array_new ();

  if (!gez_database_begin (store->database, error))
    return FALSE;
  if (!work->write (store->database, work->data, error))
    {
      gez_database_rollback (store->database);
      return FALSE;
    }
  if (!gez_database_commit (store->database, error))
    return FALSE;
  g_ptr_array_add (tables, (gpointer) work->table);
  gez_store_announce (store, tables);
  return TRUE;
}

/**
 * gez_backup_set_place:
 * @place: (nullable): a directory; %NULL: the one in the store
 *
 * Remembers where backups go.
 *
 * Returns: %FALSE with a GEZ_STORE_ERROR
 *
 * Thread: any but the main one and the worker's.
 */
gboolean
gez_backup_set_place (GezStore   *store,
                      const char *place,
                      GError    **error)
{
  g_autofree char *full = place ? g_canonicalize_filename (place, NULL) : NULL;
  g_autofree char *uri = full ? g_filename_to_uri (full, NULL, NULL) : NULL;
  Place row = { uri, TRUE };
  LocalWrite work = { write_place, &row, "backup_place" };

  g_return_val_if_fail (GEZ_IS_STORE (store), FALSE);

  return gez_store_run_slice (store, write_local_slice, &work, error);
}

/**
 * gez_backup_set_unwanted:
 *
 * Remembers that nobody misses this store: its households are invented.
 *
 * Returns: %FALSE with a GEZ_STORE_ERROR
 *
 * Thread: any but the worker's.
 */
gboolean
gez_backup_set_unwanted (GezStore *store,
                         GError  **error)
{
  Place row = { NULL, FALSE };
  LocalWrite work = { write_place, &row, "backup_place" };

  g_return_val_if_fail (GEZ_IS_STORE (store), FALSE);

  return gez_store_run_slice (store, write_local_slice, &work, error);
}

static void
set_place_thread (GTask        *task,
                  gpointer      store,
                  gpointer      place,
                  GCancellable *cancellable)
{
  GError *error = NULL;

  if (gez_backup_set_place (store, place, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
gez_backup_set_place_async (GezStore           *store,
                            const char         *place,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (store, NULL, callback, user_data);

  g_task_set_task_data (task, g_strdup (place), g_free);
  g_task_run_in_thread (task, set_place_thread);
}

gboolean
gez_backup_set_place_finish (GezStore     *store,
                             GAsyncResult *result,
                             GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * gez_backup_note:
 * @name: (nullable): of the file, when it is done
 * @size: bytes of it
 *
 * Remembers how it went. That it cannot be remembered is only logged: the backup is what counts.
 *
 * Thread: any but the main one and the worker's.
 */
void
gez_backup_note (GezStore        *store,
                 const char      *place,
                 GezBackupOutcome outcome,
                 const char      *name,
                 guint64          size)
{
  g_autofree char *uri = g_filename_to_uri (place, NULL, NULL);
  Run row = { uri ? uri : "", outcomes[outcome], name, size };
  LocalWrite work = { write_run, &row, "backup_run" };
  g_autoptr (GError) error = NULL;

  g_return_if_fail (GEZ_IS_STORE (store) && outcome != GEZ_BACKUP_NEVER);

  if (!gez_store_run_slice (store, write_local_slice, &work, &error))
    g_info ("%s", error->message);
}
