/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/gez-backup-check.h"

#include <sqlite3.h>

#include "store/gez-backup-attachments.h"
#include "store/gez-backup-files.h"
#include "store/gez-database-private.h"
#include "store/gez-store-private.h"
#include "vault/gez-vault-connection.h"

/* Reading a backup from begin to end.
 *
 * 1. Every page must open in its place, and all of them must belong together: that is the vault's part.
 * 2. Then SQLite looks whether the tables, their indexes and the free pages make one database, on a
 *    connection of its own, on the thread of who asks. The store's worker has no part in it.
 * 3. A new backup must end where the store ended: the last row of each table is compared. What
 *    lies before it is in the tree that integrity_check walked; counting it too would hold up the window. */

static const char tables_sql[] =
  "SELECT m.name FROM sqlite_schema AS m JOIN pragma_table_info(m.name) AS c "
  "WHERE m.type = 'table' AND c.name = 'row' AND m.sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY m.name";

static gboolean
set_damaged (GError    **error,
             const char *what)
{
  g_set_error (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_DAMAGED, "the backup does not verify: %s", what);
  return FALSE;
}

static int
append_last_row (sqlite3    *database,
                 const char *table,
                 GString    *text)
{
  g_autofree char *sql = g_strdup_printf ("SELECT max(row) FROM \"%s\"", table);
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_prepare_v2 (database, sql, -1, &statement, NULL);

  if (code == SQLITE_OK && (code = sqlite3_step (statement)) == SQLITE_ROW)
    {
      g_string_append_printf (text, "%s %" G_GINT64_FORMAT "\n", table,
                              (gint64) sqlite3_column_int64 (statement, 0));
      code = SQLITE_OK;
    }
  sqlite3_finalize (statement);
  return code;
}

/**
 * gez_backup_last_rows:
 *
 * Returns: (transfer full) (nullable): each table with the number of its last row; %NULL with a
 *   GEZ_VAULT_ERROR
 *
 * Thread: the one that uses the connection.
 */
char *
gez_backup_last_rows (sqlite3 *database,
                      GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_prepare_v2 (database, tables_sql, -1, &statement, NULL);

  while (code == SQLITE_OK && (code = sqlite3_step (statement)) == SQLITE_ROW)
    code = append_last_row (database, (const char *) sqlite3_column_text (statement, 0), text);
  if (code != SQLITE_DONE)
    gez_vault_connection_set_error (database, code, "reading the last rows", error);
  sqlite3_finalize (statement);
  return code == SQLITE_DONE ? g_strdup (text->str) : NULL;
}

static gboolean
is_whole (GezDatabase *database,
          GError     **error)
{
  g_autoptr (GezStatement) row = gez_database_query (database, error, "PRAGMA integrity_check(1)", GEZ_END);
  GError *failure = NULL;

  if (row == NULL)
    return FALSE;
  if (gez_statement_next (row, &failure))
    return g_str_equal (gez_statement_get_text (row, 0), "ok")
           || set_damaged (error, gez_statement_get_text (row, 0));
  if (failure == NULL)
    return set_damaged (error, "integrity_check says nothing");
  g_propagate_error (error, failure);
  return FALSE;
}

static gboolean
read_database (GezDatabase      *database,
               GezBackupContent *content,
               GError          **error)
{
  if (!is_whole (database, error))
    return FALSE;
  content->n_writes = gez_database_integer (database, -1, "SELECT count(*) FROM change_log", GEZ_END);
  content->schema = (guint32) gez_database_integer (database, 0, "PRAGMA user_version", GEZ_END);
  content->attachments = gez_attachments_needed (gez_database_get_handle (database), error);
  if (content->attachments == NULL)
    return FALSE;
  content->last_rows = gez_backup_last_rows (gez_database_get_handle (database), error);
  return content->last_rows && (content->n_writes >= 0 || set_damaged (error, "it has no change log"));
}

/**
 * gez_backup_read_content:
 * @backup: whose pages were checked
 * @content: (out caller-allocates): cleared with gez_backup_content_clear()
 *
 * Looks whether the database in a backup is whole, and what it holds.
 *
 * Returns: %FALSE with GEZ_STORE_ERROR_DAMAGED, _IO, a GEZ_VAULT_ERROR or G_IO_ERROR_CANCELLED
 *
 * Thread: any but the main one.
 */
gboolean
gez_backup_read_content (GezVaultBackup   *backup,
                         GezClock         *clock,
                         GezBackupContent *content,
                         GCancellable     *cancellable,
                         GError          **error)
{
  sqlite3 *handle = gez_vault_backup_open_database (backup, FALSE, error);
  GezDatabase *database;
  gboolean sound;

  if (handle == NULL)
    return FALSE;
  database = gez_database_new (handle, clock);
  gez_database_set_cancellable (database, cancellable);
  sound = read_database (database, content, error);
  gez_database_free (database);
  if (sqlite3_close (handle) != SQLITE_OK)
    g_critical ("a backup could not be closed");
  return sound;
}

void
gez_backup_content_clear (GezBackupContent *content)
{
  g_clear_pointer (&content->last_rows, g_free);
  g_clear_pointer (&content->attachments, g_hash_table_unref);
}

typedef struct
{
  GezBackupProgress progress;
  gpointer data;
} Teller;

static void
tell_cb (guint64  done,
         guint64  all,
         gpointer data)
{
  Teller *teller = data;

  if (teller->progress)
    teller->progress (GEZ_BACKUP_STEP_CHECKING, done, all, teller->data);
}

/**
 * gez_backup_check:
 * @backup: an opened backup
 * @path: its file
 * @report: (out caller-allocates): what it holds
 *
 * Reads a backup from begin to end.
 *
 * Returns: whether it is sound; else with GEZ_VAULT_ERROR_DAMAGED or _IO, GEZ_STORE_ERROR_DAMAGED or
 *   G_IO_ERROR_CANCELLED
 *
 * Thread: any but the main one, here and below.
 */
gboolean
gez_backup_check (GezVaultBackup    *backup,
                  const char        *path,
                  GezClock          *clock,
                  GezBackupReport   *report,
                  GezBackupProgress  progress,
                  gpointer           progress_data,
                  GCancellable      *cancellable,
                  GError           **error)
{
  g_auto (GezBackupContent) content = { 0 };
  g_autofree char *place = g_path_get_dirname (path);
  g_autofree char *attachments = g_build_filename (place, GEZ_BACKUP_ATTACHMENTS, NULL);
  Teller teller = { progress, progress_data };

  if (!gez_vault_backup_check_pages (backup, tell_cb, &teller, cancellable, error)
      || !gez_backup_read_content (backup, clock, &content, cancellable, error))
    return FALSE;
  report->info = *gez_vault_backup_get_info (backup);
  report->n_writes = content.n_writes;
  report->n_missing = gez_attachments_count_missing (content.attachments, attachments);
  return TRUE;
}

typedef struct
{
  const char *path;
  GezVaultBackup *backup;
} Opening;

static gboolean
open_slice (GezStore *store,
            gpointer  data,
            GError  **error)
{
  Opening *opening = data;

  opening->backup = gez_vault_backup_open_with (store->vault, opening->path, error);
  return opening->backup != NULL;
}

static gboolean
verify_as_guest (GezStore          *store,
                 const char        *path,
                 GezBackupReport   *report,
                 GezBackupProgress  progress,
                 gpointer           progress_data,
                 GCancellable      *cancellable,
                 GError           **error)
{
  g_autoptr (GezVaultBackup) backup = NULL;
  Opening opening = { path, NULL };
  GezVaultBackupInfo info;

  /* Read here first, where a medium may take its time; then it is in memory for the worker. */
  if (!gez_vault_backup_peek (path, &info, error) || !gez_store_run_slice (store, open_slice, &opening, error))
    return FALSE;
  backup = opening.backup;
  return gez_backup_check (backup, path, store->clock, report, progress, progress_data, cancellable, error);
}

static void
forward_cb (GCancellable *from,
            gpointer      to)
{
  g_cancellable_cancel (to);
}

/**
 * gez_backup_verify:
 *
 * As gez_backup_check(), with the keys of @store. Locking breaks it off.
 *
 * Returns: as gez_backup_check(); GEZ_VAULT_ERROR_WRONG_PASSPHRASE when the backup is of another store or
 *   was made before the keys of this one were renewed
 */
gboolean
gez_backup_verify (GezStore          *store,
                   const char        *path,
                   GezBackupReport   *report,
                   GezBackupProgress  progress,
                   gpointer           progress_data,
                   GCancellable      *cancellable,
                   GError           **error)
{
  g_autoptr (GCancellable) own = g_cancellable_new ();
  gulong handler = cancellable ? g_cancellable_connect (cancellable, G_CALLBACK (forward_cb), own, NULL) : 0;
  gboolean sound = FALSE;

  g_return_val_if_fail (GEZ_IS_STORE (store) && path != NULL && report != NULL, FALSE);

  if (gez_store_enter (store, GEZ_STORE_GUEST_BACKUP, own, error))
    {
      sound = verify_as_guest (store, path, report, progress, progress_data, own, error);
      gez_store_leave (store, GEZ_STORE_GUEST_BACKUP);
    }
  g_cancellable_disconnect (cancellable, handler);
  return sound;
}

typedef struct
{
  char *path;
  GezBackupProgress progress;
  gpointer progress_data;
  GezBackupReport report;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_free (request->path);
  g_free (request);
}

static void
verify_thread (GTask        *task,
               gpointer      store,
               gpointer      data,
               GCancellable *cancellable)
{
  Request *request = data;
  GError *error = NULL;

  if (gez_backup_verify (store, request->path, &request->report, request->progress, request->progress_data,
                         cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * gez_backup_verify_async:
 * @progress: (nullable): called on another thread
 *
 * Thread: the main one.
 */
void
gez_backup_verify_async (GezStore           *store,
                         const char         *path,
                         GezBackupProgress   progress,
                         gpointer            progress_data,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, user_data);
  Request *request = g_new0 (Request, 1);

  request->path = g_strdup (path);
  request->progress = progress;
  request->progress_data = progress_data;
  g_task_set_task_data (task, request, request_free);
  g_task_run_in_thread (task, verify_thread);
}

gboolean
gez_backup_verify_finish (GezStore        *store,
                          GAsyncResult    *result,
                          GezBackupReport *report,
                          GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), FALSE);

  *report = ((Request *) g_task_get_task_data (G_TASK (result)))->report;
  return g_task_propagate_boolean (G_TASK (result), error);
}
