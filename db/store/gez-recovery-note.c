/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/gez-recovery-note.h"

#include "store/gez-store-private.h"

/* What the store remembers of its recovery sheet. It is a note and no more: whether a sheet opens the
 * store is in the header, where it can be seen without a passphrase. A note that is lost with a power
 * cut costs a date. */

#define DAY (24 * 60 * 60 * G_GINT64_CONSTANT (1000))

static gpointer
read_cb (GezDatabase *database,
         gpointer     parameters,
         GError     **error)
{
  g_autofree GezRecoveryNote *note = g_new0 (GezRecoveryNote, 1);
  g_autoptr (GezStatement) row = NULL;
  GError *failure = NULL;

  row = gez_database_query (database, error,
                            "SELECT made_at, checked_at, put_off_until FROM recovery_sheet", GEZ_END);
  if (row == NULL)
    return NULL;
  if (gez_statement_next (row, &failure))
    {
      note->made_at = gez_statement_get_integer (row, 0);
      note->checked_at = gez_statement_get_integer (row, 1);
      note->put_off_until = gez_statement_get_integer (row, 2);
    }
  if (failure == NULL)
    return g_steal_pointer (&note);
  g_propagate_error (error, failure);
  return NULL;
}

static gboolean
write_event (GezDatabase     *database,
             GezRecoveryEvent event,
             GError         **error)
{
  gint64 now = gez_clock_get_now (gez_database_get_clock (database));

  switch (event)
    {
    case GEZ_RECOVERY_MADE:
      return gez_database_execute (database, error,
                                   "INSERT INTO recovery_sheet (row, made_at, checked_at) VALUES (1, ?1, ?1) "
                                   "ON CONFLICT (row) DO UPDATE SET made_at = excluded.made_at, "
                                   "checked_at = excluded.checked_at, put_off_until = NULL",
                                   GEZ_INTEGER, now, GEZ_END);
    case GEZ_RECOVERY_CHECKED:
      return gez_database_execute (database, error,
                                   "INSERT INTO recovery_sheet (row, checked_at) VALUES (1, ?) "
                                   "ON CONFLICT (row) DO UPDATE SET checked_at = excluded.checked_at",
                                   GEZ_INTEGER, now, GEZ_END);
    case GEZ_RECOVERY_PUT_OFF:
    case GEZ_RECOVERY_NEVER:
    default:
      return gez_database_execute (database, error,
                                   "INSERT INTO recovery_sheet (row, put_off_until) VALUES (1, ?) "
                                   "ON CONFLICT (row) DO UPDATE SET put_off_until = excluded.put_off_until",
                                   GEZ_INTEGER,
                                   event == GEZ_RECOVERY_NEVER ? G_MAXINT64
                                                               : now + GEZ_RECOVERY_PUT_OFF_DAYS * DAY,
                                   GEZ_END);
    }
}

typedef struct
{
  GezStore *store;
  GTask *task; /* NULL: somebody waits for it */
  GezRecoveryEvent event;
  gboolean done;
  GError *error;
} Writing;

static void
write_note (Writing *writing)
{
  GezDatabase *database = writing->store->database;

  if (!gez_database_begin (database, &writing->error))
    return;
  if (write_event (database, writing->event, &writing->error))
    writing->done = gez_database_commit (database, &writing->error);
  else
    gez_database_rollback (database);
}

static void
wait_cb (gpointer writing)
{
  write_note (writing);
}

static void
push_cb (gpointer data)
{
  g_autofree Writing *writing = data;
  g_autoptr (GTask) task = writing->task;

  write_note (writing);
  if (writing->done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, writing->error);
}

static gboolean
check_open (GezStore *store,
            GError  **error)
{
  if (store->worker != NULL)
    return TRUE;
  g_set_error_literal (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_CLOSED, "the store is closed");
  return FALSE;
}

/**
 * gez_recovery_note_query:
 *
 * Returns: (transfer full): a query for a #GezRecoveryNote, freed with g_free()
 *
 * Thread: any, here and below.
 */
GezQuery *
gez_recovery_note_query (void)
{
  return gez_query_new (read_cb, NULL, NULL, g_free);
}

/**
 * gez_recovery_note_write:
 *
 * Writes down what happened, now. It is of this device alone and in no change log. Waits: for tests and
 * the command line only.
 *
 * Returns: %FALSE with a GEZ_STORE_ERROR
 *
 * Transaction: one of its own, here and below.
 */
gboolean
gez_recovery_note_write (GezStore        *store,
                         GezRecoveryEvent event,
                         GError         **error)
{
  Writing writing = { store, NULL, event };

  g_return_val_if_fail (GEZ_IS_STORE (store), FALSE);

  if (!check_open (store, error))
    return FALSE;
  gez_worker_run (store->worker, FALSE, wait_cb, &writing);
  if (writing.error != NULL)
    g_propagate_error (error, writing.error);
  return writing.done;
}

/**
 * gez_recovery_note_write_async:
 *
 * As gez_recovery_note_write(), without waiting.
 *
 * Thread: the one that closes the store.
 */
void
gez_recovery_note_write_async (GezStore           *store,
                               GezRecoveryEvent    event,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;
  Writing *writing;

  g_return_if_fail (GEZ_IS_STORE (store));

  task = g_task_new (store, NULL, callback, user_data);
  if (!check_open (store, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  writing = g_new0 (Writing, 1);
  writing->store = store;
  writing->event = event;
  writing->task = g_object_ref (task);
  gez_worker_push (store->worker, FALSE, push_cb, writing);
}

/**
 * gez_recovery_note_write_finish:
 *
 * Emits GezStore::changed when something was written, on the caller's thread.
 *
 * Returns: %FALSE with a GEZ_STORE_ERROR
 */
gboolean
gez_recovery_note_write_finish (GezStore     *store,
                                GAsyncResult *result,
                                GError      **error)
{
  static const char *const tables[] = { GEZ_RECOVERY_NOTE_TABLE, NULL };

  g_return_val_if_fail (g_task_is_valid (result, store), FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  g_signal_emit_by_name (store, "changed", tables);
  return TRUE;
}

/**
 * gez_recovery_note_remind:
 * @has_sheet: whether the header has one
 * @now: milliseconds UTC
 *
 * Returns: what to remind people of now. A clock that went back reminds too late rather than always.
 */
GezRecoveryReminder
gez_recovery_note_remind (const GezRecoveryNote *self,
                          gboolean               has_sheet,
                          gint64                 now)
{
  gint64 looked_at;

  g_return_val_if_fail (self != NULL, GEZ_RECOVERY_REMIND_NOT);

  looked_at = MAX (self->checked_at, self->made_at);
  if (now < self->put_off_until)
    return GEZ_RECOVERY_REMIND_NOT;
  if (!has_sheet)
    return GEZ_RECOVERY_REMIND_MAKE;
  return now - looked_at > GEZ_RECOVERY_CHECK_DAYS * DAY ? GEZ_RECOVERY_REMIND_CHECK
                                                         : GEZ_RECOVERY_REMIND_NOT;
}
