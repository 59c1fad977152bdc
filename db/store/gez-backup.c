/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/gez-backup.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sqlite3.h>

#include "store/gez-backup-attachments.h"
#include "store/gez-backup-check.h"
#include "store/gez-backup-files.h"
#include "store/gez-backup-rule.h"
#include "store/gez-backup-state.h"
#include "store/gez-store-private.h"
#include "vault/gez-vault-connection.h"
#include "vault/gez-vault-file.h"

/* Making a backup while people go on working.
 *
 * 1. SQLite's backup interface copies from the store's own connection, in slices of a few milliseconds on
 *    its worker. What is written between two slices SQLite brings into the copy itself; after a
 *    rollback it begins again.
 * 2. The slice that copies the last page also reads where the store ends, so that both belong to one moment.
 * 3. Waiting for the medium happens on the thread of the backup: after every few megabytes, so that writing
 *    never meets a full cache on the worker.
 * 4. The file is written beside its name, synced, read back from the medium, sealed, and only then gets
 *    its name. Until then nothing of it counts; whatever goes wrong, older backups are not touched.
 * 5. Attachments go before the name too: a backup that has its name has what it needs.
 * 6. Locking breaks it off. What is left is removed at once, or when the next one begins. */

#define SLICE (5 * 1000) /* microseconds */
#define PAGES_AT_ONCE 8
#define PAGES_BEFORE_SYNC 1024
#define NAMES_TRIED 60
#define MINUTE (60 * G_GINT64_CONSTANT (1000))

typedef struct
{
  GezStore *store;
  GCancellable *cancellable;
  GezBackupProgress progress;
  gpointer progress_data;

  char *place;
  char *attachments; /* of the store */
  gboolean is_default;
  gboolean is_named;
  GezId database;
  gint64 now;
  char *beside;
  char *path;

  GezVaultBackup *backup;
  sqlite3 *copy; /* the database in it while it is being filled */
  int code; /* of SQLite: SQLITE_DONE when the last page is copied */
  guint64 n_done;
  guint64 n_all;
  guint n_unsynced;
  char *last_rows;
  guint32 schema;
} Making;

static void
making_clear (Making *making)
{
  g_clear_pointer (&making->backup, gez_vault_backup_free);
  g_clear_object (&making->cancellable);
  g_free (making->place);
  g_free (making->attachments);
  g_free (making->beside);
  g_free (making->path);
  g_free (making->last_rows);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Making, making_clear)

static void
tell (Making       *making,
      GezBackupStep step,
      guint64       done,
      guint64       all)
{
  if (making->progress)
    making->progress (step, done, all, making->progress_data);
}

static void
tell_checked_cb (guint64  done,
                 guint64  all,
                 gpointer data)
{
  tell (data, GEZ_BACKUP_STEP_CHECKING, done, all);
}

/* What must be asked of the store before anything is done in the place. */
static gboolean
look_slice (GezStore *store,
            gpointer  data,
            GError  **error)
{
  Making *making = data;
  g_autoptr (GezQuery) query = gez_backup_state_query (store);
  g_autoptr (GezBackupState) state = gez_query_run (query, store->database, error);
  const char *directory = gez_vault_get_directory (store->vault);

  if (state == NULL)
    return FALSE;
  making->is_default = making->place == NULL && state->is_default;
  if (making->place == NULL)
    making->place = g_strdup (state->place);
  making->attachments = g_build_filename (directory, GEZ_STORE_ATTACHMENTS, NULL);
  making->database = *gez_vault_get_database_id (store->vault);
  making->now = gez_clock_get_now (store->clock);
  return TRUE;
}

static char *
make_stamp (GezClock *clock,
            gint64    instant)
{
  g_autofree char *date = gez_clock_date_of (clock, instant);
  g_autofree char *time = gez_clock_time_of (clock, instant);

  return g_strdup_printf ("%sT%.2s%.2s", date, time, time + 3);
}

/* A name that is free. When the clock is set back an hour, the same minute comes twice. */
static gboolean
choose_name (Making  *making,
             GError **error)
{
  for (guint i = 0; i < NAMES_TRIED; i++)
    {
      g_autofree char *stamp = make_stamp (making->store->clock, making->now + i * MINUTE);
      g_autofree char *name = gez_backup_file_name (&making->database, stamp);

      g_free (making->path);
      making->path = g_build_filename (making->place, name, NULL);
      if (!g_file_test (making->path, G_FILE_TEST_EXISTS))
        {
          making->beside = g_strconcat (making->path, ".part", NULL);
          return TRUE;
        }
    }
  g_set_error_literal (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_IO, "there are backups of every minute");
  return FALSE;
}

/* Somebody wants it under a name of her own. Then the rule has no say in it. */
static gboolean
take_name (Making  *making,
           GError **error)
{
  making->path = g_steal_pointer (&making->place);
  making->place = g_path_get_dirname (making->path);
  making->beside = g_strconcat (making->path, ".part", NULL);
  making->is_named = TRUE;
  if (!g_file_test (making->path, G_FILE_TEST_EXISTS))
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, "“%s” is there already", making->path);
  return FALSE;
}

static gboolean
prepare_place (Making  *making,
               GError **error)
{
  gboolean is_name = g_str_has_suffix (making->place, GEZ_BACKUP_SUFFIX)
                     && !g_file_test (making->place, G_FILE_TEST_IS_DIR);

  if (is_name && !take_name (making, error))
    return FALSE;
  if (making->is_default && !gez_vault_file_make_directory (making->place, error))
    return FALSE;
  if (!g_file_test (making->place, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_NOT_FOUND, "“%s” is not there", making->place);
      return FALSE;
    }
  if (making->is_named)
    return TRUE;
  gez_backup_remove_unfinished (making->place, &making->database);
  return choose_name (making, error);
}

static gboolean
key_slice (GezStore *store,
           gpointer  data,
           GError  **error)
{
  Making *making = data;

  making->backup = gez_vault_backup_new (store->vault, making->beside, making->now, error);
  return making->backup != NULL;
}

static gboolean
start_slice (GezStore *store,
             gpointer  data,
             GError  **error)
{
  Making *making = data;

  store->copying = sqlite3_backup_init (making->copy, "main", gez_database_get_handle (store->database), "main");
  if (store->copying != NULL)
    return TRUE;
  return gez_vault_connection_set_error (making->copy, sqlite3_extended_errcode (making->copy),
                                         "starting the copy", error);
}

/* All is copied: what the store holds at this very moment is what the copy must hold. */
static gboolean
finish_copy (GezStore *store,
             Making   *making,
             GError  **error)
{
  sqlite3 *from = gez_database_get_handle (store->database);

  making->last_rows = gez_backup_last_rows (from, error);
  making->schema = (guint32) gez_database_integer (store->database, 0, "PRAGMA user_version", GEZ_END);
  gez_store_end_copy (store);
  return making->last_rows != NULL;
}

static gboolean
copy_slice (GezStore *store,
            gpointer  data,
            GError  **error)
{
  Making *making = data;
  gint64 until = g_get_monotonic_time () + SLICE;

  do
    {
      making->code = sqlite3_backup_step (store->copying, PAGES_AT_ONCE);
      making->n_unsynced += PAGES_AT_ONCE;
    }
  while (making->code == SQLITE_OK && making->n_unsynced < PAGES_BEFORE_SYNC
         && g_get_monotonic_time () < until);
  making->n_all = (guint64) sqlite3_backup_pagecount (store->copying);
  making->n_done = making->n_all - (guint64) sqlite3_backup_remaining (store->copying);
  if (making->code == SQLITE_DONE)
    return finish_copy (store, making, error);
  return making->code == SQLITE_OK
         || gez_vault_connection_set_error (making->copy, making->code, "copying", error);
}

static gboolean
copy_pages (Making  *making,
            GError **error)
{
  while (making->code != SQLITE_DONE)
    {
      if (g_cancellable_set_error_if_cancelled (making->cancellable, error)
          || !gez_store_run_slice (making->store, copy_slice, making, error))
        return FALSE;
      tell (making, GEZ_BACKUP_STEP_COPYING, making->n_done, making->n_all);
      if (making->n_unsynced < PAGES_BEFORE_SYNC)
        continue;
      making->n_unsynced = 0;
      if (!gez_vault_backup_sync (making->backup, error))
        return FALSE;
    }
  return TRUE;
}

/* Opening and closing files is left to this thread too: there are media that hang. */
static gboolean
fill (Making  *making,
      GError **error)
{
  gboolean copied;

  making->copy = gez_vault_backup_open_database (making->backup, TRUE, error);
  if (making->copy == NULL)
    return FALSE;
  copied = gez_store_run_slice (making->store, start_slice, making, error) && copy_pages (making, error);
  gez_store_leave_copy (making->store);
  if (sqlite3_close (g_steal_pointer (&making->copy)) != SQLITE_OK)
    g_critical ("a copy could not be closed");
  return copied;
}

static gboolean
check_content (Making  *making,
               GError **error)
{
  g_auto (GezBackupContent) content = { 0 };

  if (!gez_vault_backup_check_pages (making->backup, tell_checked_cb, making, making->cancellable, error)
      || !gez_backup_read_content (making->backup, making->store->clock, &content, making->cancellable,
                                   error))
    return FALSE;
  if (g_str_equal (content.last_rows, making->last_rows) && content.schema == making->schema)
    return TRUE;
  g_set_error_literal (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_DAMAGED,
                       "the backup does not end where the store ended");
  return FALSE;
}

static gboolean
copy_attachments (Making        *making,
                  GezBackupMade *made,
                  GError       **error)
{
  g_autofree char *target = g_build_filename (making->place, GEZ_BACKUP_ATTACHMENTS, NULL);
  GezAttachmentCount count = { 0 };
  gboolean done = gez_attachments_copy (making->attachments, target, NULL, &count, making->progress,
                                        making->progress_data, making->cancellable, error);

  made->n_attachments = count.n_copied;
  made->n_doubtful = count.n_doubtful;
  return done;
}

static gboolean
give_name (Making  *making,
           GError **error)
{
  if (g_rename (making->beside, making->path) == 0)
    return gez_vault_file_sync_directory (making->place, error);
  gez_vault_file_set_error (error, errno, "name", making->path);
  return FALSE;
}

static void
finish (Making        *making,
        GezBackupMade *made)
{
  g_autofree char *today = gez_clock_date_of (making->store->clock, making->now);
  GStatBuf status;

  made->path = g_strdup (making->path);
  made->size = g_stat (making->path, &status) == 0 ? (guint64) status.st_size : 0;
  if (!making->is_named)
    made->n_removed = gez_backup_prune (making->place, &making->database, today);
}

static GezBackupMade *
make (Making  *making,
      GError **error)
{
  g_autoptr (GezBackupMade) made = g_new0 (GezBackupMade, 1);

  if (!gez_store_run_slice (making->store, look_slice, making, error) || !prepare_place (making, error)
      || !gez_store_run_slice (making->store, key_slice, making, error) || !fill (making, error)
      || !gez_vault_backup_sync (making->backup, error) || !check_content (making, error)
      || !gez_vault_backup_seal (making->backup, making->schema, error)
      || !copy_attachments (making, made, error) || !give_name (making, error))
    return NULL;
  finish (making, made);
  return g_steal_pointer (&made);
}

static GezBackupOutcome
judge (Making  *making,
       GError **error)
{
  if ((*error)->domain == GEZ_VAULT_ERROR && (*error)->code == GEZ_VAULT_ERROR_IO && making->place
      && !g_file_test (making->place, G_FILE_TEST_IS_DIR))
    {
      (*error)->domain = GEZ_STORE_ERROR;
      (*error)->code = GEZ_STORE_ERROR_NOT_FOUND;
    }
  if (g_error_matches (*error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_NOT_FOUND))
    return GEZ_BACKUP_NO_PLACE;
  if (g_error_matches (*error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_NO_SPACE)
      || g_error_matches (*error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_NO_SPACE))
    return GEZ_BACKUP_NO_SPACE;
  if (g_error_matches (*error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_DAMAGED)
      || g_error_matches (*error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_DAMAGED))
    return GEZ_BACKUP_DAMAGED;
  return GEZ_BACKUP_FAILED;
}

static void
note (Making        *making,
      GezBackupMade *made,
      GError       **error)
{
  g_autofree char *name = made ? g_path_get_basename (made->path) : NULL;

  if (made == NULL && making->beside)
    g_unlink (making->beside);
  if (g_cancellable_is_cancelled (making->cancellable) && made == NULL)
    {
      /* Whatever it was that noticed it. */
      g_clear_error (error);
      g_cancellable_set_error_if_cancelled (making->cancellable, error);
      return;
    }
  gez_backup_note (making->store, making->place ? making->place : "/",
                   made ? GEZ_BACKUP_DONE : judge (making, error), name, made ? made->size : 0);
}

static void
forward_cb (GCancellable *from,
            gpointer      to)
{
  g_cancellable_cancel (to);
}

/**
 * gez_backup_make:
 * @place: (nullable): a directory that is there; %NULL: the one that the store remembers; or a new
 *   file in such a directory, whose name ends in .gezbackup
 * @progress: (nullable): called on this thread
 *
 * Makes a backup, verifies it, lets older ones go as the rule says, and remembers how it went.
 *
 * Returns: (transfer full) (nullable): what was made; or %NULL with GEZ_STORE_ERROR_NOT_FOUND (the place is
 *   not there), _DAMAGED or _CLOSED, GEZ_VAULT_ERROR_NO_SPACE, _DAMAGED or _IO, G_IO_ERROR_PENDING (one is
 *   being made), G_IO_ERROR_EXISTS (such a file is there) or G_IO_ERROR_CANCELLED. Then older backups
 *   are as they were.
 *
 * Thread: any but the main one and the worker's; it waits.
 */
GezBackupMade *
gez_backup_make (GezStore          *store,
                 const char        *place,
                 GezBackupProgress  progress,
                 gpointer           progress_data,
                 GCancellable      *cancellable,
                 GError           **error)
{
  g_auto (Making) making = { .store = store, .progress = progress, .progress_data = progress_data };
  GError *failure = NULL;
  GezBackupMade *made = NULL;
  gulong handler = 0;

  g_return_val_if_fail (GEZ_IS_STORE (store), NULL);

  making.cancellable = g_cancellable_new ();
  making.place = place ? g_canonicalize_filename (place, NULL) : NULL;
  if (!gez_store_enter (store, GEZ_STORE_GUEST_BACKUP, making.cancellable, error))
    return NULL;
  if (cancellable)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (forward_cb), making.cancellable, NULL);
  made = make (&making, &failure);
  g_clear_pointer (&making.backup, gez_vault_backup_free);
  note (&making, made, &failure);
  gez_store_leave (store, GEZ_STORE_GUEST_BACKUP);
  g_cancellable_disconnect (cancellable, handler);
  if (failure)
    g_propagate_error (error, failure);
  return made;
}

typedef struct
{
  char *place;
  GezBackupProgress progress;
  gpointer progress_data;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_free (request->place);
  g_free (request);
}

static void
make_thread (GTask        *task,
             gpointer      store,
             gpointer      data,
             GCancellable *cancellable)
{
  Request *request = data;
  GError *error = NULL;
  GezBackupMade *made = gez_backup_make (store, request->place, request->progress, request->progress_data,
                                         cancellable, &error);

  if (made)
    g_task_return_pointer (task, made, (GDestroyNotify) gez_backup_made_free);
  else
    g_task_return_error (task, error);
}

/**
 * gez_backup_make_async:
 * @place: (nullable): as for gez_backup_make()
 * @progress: (nullable): called on another thread
 *
 * Thread: the main one.
 */
void
gez_backup_make_async (GezStore           *store,
                       const char         *place,
                       GezBackupProgress   progress,
                       gpointer            progress_data,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, user_data);
  Request *request = g_new0 (Request, 1);

  g_return_if_fail (GEZ_IS_STORE (store));

  request->place = g_strdup (place);
  request->progress = progress;
  request->progress_data = progress_data;
  g_task_set_task_data (task, request, request_free);
  g_task_run_in_thread (task, make_thread);
}

GezBackupMade *
gez_backup_make_finish (GezStore     *store,
                        GAsyncResult *result,
                        GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
gez_backup_made_free (GezBackupMade *made)
{
  g_free (made->path);
  g_free (made);
}
