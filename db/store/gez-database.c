/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/gez-database-private.h"

#include <sqlite3.h>
#include <string.h>

#include "store/gez-functions.h"
#include "store/gez-search-index.h"

/* The connection and its statements.
 *
 * Invariants:
 *
 * 1. Everything here runs on the store's worker thread.
 * 2. Work that reads cannot write: outside a write transaction only read-only statements run.
 * 3. A statement that fails half-way leaves nothing in the capture (gez-capture.h, invariant 2).
 * 4. Values are bound, never printed into the text of a statement.
 * 5. A statement that is in use is never handed out twice: the cache holds idle ones alone. */

#define CACHED_STATEMENTS_MAX 256
#define SAVEPOINTS_MAX 8
#define PROGRESS_STEPS 2000 /* virtual machine steps between two looks at the cancellable */

struct _GezDatabase
{
  sqlite3 *handle;
  GezClock *clock;
  GezSchema *schema;
  GezCapture *capture;
  GHashTable *idle; /* SQL text -> sqlite3_stmt */
  GCancellable *cancellable;
  guint savepoints[SAVEPOINTS_MAX];
  guint n_savepoints;
  gboolean writable;
  gboolean gave_up; /* SQLite itself rolled back since the last transaction began */
  int not_ready; /* why the functions of the store are not there, or SQLITE_OK */
};

struct _GezStatement
{
  GezDatabase *database;
  sqlite3_stmt *handle;
  int failed; /* the code of a value that could not be bound, or SQLITE_OK */
};

static int
error_code_for (int code)
{
  switch (code & 0xff)
    {
    case SQLITE_FULL:
      return GEZ_STORE_ERROR_NO_SPACE;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return GEZ_STORE_ERROR_DAMAGED;
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_TOOBIG:
      return GEZ_STORE_ERROR_INVALID;
    case SQLITE_READONLY:
    case SQLITE_AUTH:
      return GEZ_STORE_ERROR_REFUSED;
    case SQLITE_IOERR:
      return code == SQLITE_IOERR_AUTH || code == SQLITE_IOERR_DATA ? GEZ_STORE_ERROR_DAMAGED
                                                                    : GEZ_STORE_ERROR_IO;
    case SQLITE_CANTOPEN:
    case SQLITE_NOMEM:
      return GEZ_STORE_ERROR_IO;
    default:
      return GEZ_STORE_ERROR_INTERNAL;
    }
}

/**
 * gez_database_set_error:
 * @code: an extended SQLite result code
 * @doing: what was being done, for the log
 *
 * The one place where SQLite's codes become ours.
 */
void
gez_database_set_error (GezDatabase *self,
                        int          code,
                        const char  *doing,
                        GError     **error)
{
  if ((code & 0xff) == SQLITE_INTERRUPT)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
  else
    g_set_error (error, GEZ_STORE_ERROR, error_code_for (code), "%s: %s (%d)", doing,
                 sqlite3_errmsg (self->handle), code);
}

static void
finalize_statement (gpointer statement)
{
  sqlite3_finalize (statement);
}

static int
progress_cb (void *data)
{
  GezDatabase *self = data;

  return g_cancellable_is_cancelled (self->cancellable);
}

/**
 * gez_database_new:
 * @handle: (transfer none): an open connection
 *
 * Without memory for the functions of the store every statement fails.
 *
 * Returns: (transfer full): the connection as work sees it
 */
GezDatabase *
gez_database_new (sqlite3  *handle,
                  GezClock *clock)
{
  GezDatabase *self = g_new0 (GezDatabase, 1);

  self->handle = handle;
  self->clock = g_object_ref (clock);
  self->idle = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, finalize_statement);
  sqlite3_extended_result_codes (handle, 1);
  self->not_ready = gez_functions_install (handle, clock);
  sqlite3_progress_handler (handle, PROGRESS_STEPS, progress_cb, self);
  return self;
}

/**
 * gez_database_free:
 *
 * Finalizes every statement. The connection itself stays open: the vault closes it.
 */
void
gez_database_free (GezDatabase *self)
{
  sqlite3_progress_handler (self->handle, 0, NULL, NULL);
  g_hash_table_unref (self->idle);
  g_clear_pointer (&self->capture, gez_capture_free);
  g_clear_pointer (&self->schema, gez_schema_free);
  g_clear_object (&self->cancellable);
  g_object_unref (self->clock);
  g_free (self);
}

sqlite3 *
gez_database_get_handle (GezDatabase *self)
{
  return self->handle;
}

GezClock *
gez_database_get_clock (GezDatabase *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->clock;
}

void
gez_database_set_cancellable (GezDatabase  *self,
                              GCancellable *cancellable)
{
  g_set_object (&self->cancellable, cancellable);
}

void
gez_database_set_writable (GezDatabase *self,
                           gboolean     writable)
{
  self->writable = writable;
}

/**
 * gez_database_load_schema:
 *
 * Reads the shared tables and starts the capture (off). Called once the migrations are done.
 */
gboolean
gez_database_load_schema (GezDatabase *self,
                          GError     **error)
{
  g_clear_pointer (&self->capture, gez_capture_free);
  g_clear_pointer (&self->schema, gez_schema_free);
  self->schema = gez_schema_load (self, error);
  if (self->schema == NULL)
    return FALSE;
  self->capture = gez_capture_new (self->handle, self->schema);
  return TRUE;
}

GezSchema *
gez_database_get_schema (GezDatabase *self)
{
  return self->schema;
}

GezCapture *
gez_database_get_capture (GezDatabase *self)
{
  return self->capture;
}

/**
 * gez_database_prepare:
 *
 * Returns: (transfer full): a statement without values, or %NULL with @error set
 */
GezStatement *
gez_database_prepare (GezDatabase *self,
                      const char  *sql,
                      GError     **error)
{
  GezStatement *statement;
  sqlite3_stmt *handle = NULL;
  g_autofree char *key = NULL;

  if (!g_hash_table_steal_extended (self->idle, sql, (gpointer *) &key, (gpointer *) &handle))
    {
      int code = self->not_ready;

      if (code == SQLITE_OK)
        code = sqlite3_prepare_v3 (self->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &handle, NULL);
      if (code != SQLITE_OK)
        {
          gez_database_set_error (self, code, "preparing a statement", error);
          return NULL;
        }
    }
  if (!self->writable && !sqlite3_stmt_readonly (handle))
    {
      sqlite3_finalize (handle);
      g_set_error_literal (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_REFUSED, "work that reads tried to write");
      return NULL;
    }
  statement = g_new0 (GezStatement, 1);
  statement->database = self;
  statement->handle = handle;
  return statement;
}

/* The first failure is told when the statement is stepped. */
static void
note_binding (GezStatement *self,
              int           code)
{
  if (self->failed == SQLITE_OK)
    self->failed = code;
}

void
gez_statement_bind_null (GezStatement *self,
                         int           place)
{
  note_binding (self, sqlite3_bind_null (self->handle, place));
}

void
gez_statement_bind_integer (GezStatement *self,
                            int           place,
                            gint64        value)
{
  note_binding (self, sqlite3_bind_int64 (self->handle, place, value));
}

void
gez_statement_bind_text (GezStatement *self,
                         int           place,
                         const char   *value)
{
  note_binding (self, sqlite3_bind_text (self->handle, place, value, -1, SQLITE_TRANSIENT));
}

void
gez_statement_bind_bytes (GezStatement *self,
                          int           place,
                          gconstpointer bytes,
                          gsize         size)
{
  note_binding (self, sqlite3_bind_blob64 (self->handle, place, bytes, size, SQLITE_TRANSIENT));
}

static void
bind_arguments (GezStatement *self,
                va_list       arguments)
{
  for (int place = 1;; place++)
    switch (va_arg (arguments, GezBind))
      {
      case GEZ_INTEGER:
        gez_statement_bind_integer (self, place, va_arg (arguments, gint64));
        break;
      case GEZ_TEXT:
        gez_statement_bind_text (self, place, va_arg (arguments, const char *));
        break;
      case GEZ_ID:
        {
          const GezId *id = va_arg (arguments, const GezId *);

          if (gez_id_is_none (id))
            gez_statement_bind_null (self, place);
          else
            gez_statement_bind_bytes (self, place, id->bytes, GEZ_ID_SIZE);
        }
        break;
      case GEZ_BLOB:
        {
          GBytes *bytes = va_arg (arguments, GBytes *);

          if (bytes == NULL)
            gez_statement_bind_null (self, place);
          else
            gez_statement_bind_bytes (self, place, g_bytes_get_data (bytes, NULL),
                                      g_bytes_get_size (bytes));
        }
        break;
      case GEZ_END:
      default:
        return;
      }
}

static GezStatement *
prepare_and_bind (GezDatabase *self,
                  const char  *sql,
                  va_list      arguments,
                  GError     **error)
{
  GezStatement *statement = gez_database_prepare (self, sql, error);

  if (statement)
    bind_arguments (statement, arguments);
  return statement;
}

/**
 * gez_database_query:
 * @error: where a failure goes
 * @sql: one statement with `?` for each value
 * @...: #GezBind tags, each with its value, then %GEZ_END
 *
 * Thread: the store's worker.
 *
 * Returns: (transfer full): the statement, to be stepped with gez_statement_next(); %NULL with
 *   @error set
 */
GezStatement *
gez_database_query (GezDatabase *self,
                    GError     **error,
                    const char  *sql,
                    ...)
{
  GezStatement *statement;
  va_list arguments;

  g_return_val_if_fail (self != NULL && sql != NULL, NULL);

  va_start (arguments, sql);
  statement = prepare_and_bind (self, sql, arguments, error);
  va_end (arguments);
  return statement;
}

/**
 * gez_database_execute:
 *
 * Runs a statement to its end. Like gez_database_query() otherwise.
 *
 * Thread: the store's worker.
 *
 * Returns: %TRUE on success
 */
gboolean
gez_database_execute (GezDatabase *self,
                      GError     **error,
                      const char  *sql,
                      ...)
{
  g_autoptr (GezStatement) statement = NULL;
  va_list arguments;

  g_return_val_if_fail (self != NULL && sql != NULL, FALSE);

  va_start (arguments, sql);
  statement = prepare_and_bind (self, sql, arguments, error);
  va_end (arguments);
  return statement && gez_statement_run (statement, error);
}

/**
 * gez_database_integer:
 * @otherwise: what to return when there is no row, NULL, or a failure
 *
 * Thread: the store's worker.
 *
 * Returns: the first column of the first row
 */
gint64
gez_database_integer (GezDatabase *self,
                      gint64       otherwise,
                      const char  *sql,
                      ...)
{
  g_autoptr (GezStatement) statement = NULL;
  va_list arguments;

  g_return_val_if_fail (self != NULL && sql != NULL, otherwise);

  va_start (arguments, sql);
  statement = prepare_and_bind (self, sql, arguments, NULL);
  va_end (arguments);
  if (statement == NULL || !gez_statement_next (statement, NULL) || gez_statement_is_null (statement, 0))
    return otherwise;
  return gez_statement_get_integer (statement, 0);
}

/**
 * gez_statement_next:
 *
 * Steps to the next row.
 *
 * Returns: %TRUE on a row; %FALSE at the end, or on a failure with @error set
 */
gboolean
gez_statement_next (GezStatement *self,
                    GError      **error)
{
  GezDatabase *database = self->database;
  guint mark = database->capture ? gez_capture_mark (database->capture) : 0;
  int code = self->failed != SQLITE_OK ? self->failed : sqlite3_step (self->handle);

  if (code == SQLITE_ROW)
    return TRUE;
  if (code != SQLITE_DONE)
    {
      if (database->capture)
        gez_capture_cut (database->capture, MIN (mark, gez_capture_mark (database->capture)));
      gez_database_set_error (database, self->failed != SQLITE_OK ? code : sqlite3_extended_errcode (database->handle),
                              "running a statement", error);
    }
  return FALSE;
}

/**
 * gez_statement_run:
 *
 * Steps to the end and makes the statement ready for other values.
 *
 * Returns: %TRUE on success
 */
gboolean
gez_statement_run (GezStatement *self,
                   GError      **error)
{
  GError *failure = NULL;

  while (gez_statement_next (self, &failure))
    ;
  sqlite3_reset (self->handle);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

/**
 * gez_statement_reset:
 *
 * Makes a statement that was stepped ready for other values.
 */
void
gez_statement_reset (GezStatement *self)
{
  sqlite3_reset (self->handle);
}

int
gez_statement_get_n_columns (GezStatement *self)
{
  return sqlite3_column_count (self->handle);
}

const char *
gez_statement_get_name (GezStatement *self,
                        int           column)
{
  return sqlite3_column_name (self->handle, column);
}

gboolean
gez_statement_is_null (GezStatement *self,
                       int           column)
{
  return sqlite3_column_type (self->handle, column) == SQLITE_NULL;
}

/**
 * gez_statement_is_integer:
 *
 * Returns: whether the present value is a number
 */
gboolean
gez_statement_is_integer (GezStatement *self,
                          int           column)
{
  return sqlite3_column_type (self->handle, column) == SQLITE_INTEGER;
}

/**
 * gez_statement_is_blob:
 *
 * Returns: whether the present value is bytes: an identity or a circle
 */
gboolean
gez_statement_is_blob (GezStatement *self,
                       int           column)
{
  return sqlite3_column_type (self->handle, column) == SQLITE_BLOB;
}

gint64
gez_statement_get_integer (GezStatement *self,
                           int           column)
{
  return sqlite3_column_int64 (self->handle, column);
}

const char *
gez_statement_get_text (GezStatement *self,
                        int           column)
{
  return (const char *) sqlite3_column_text (self->handle, column);
}

/**
 * gez_statement_get_id:
 *
 * Returns: the identity, none when the value is not one
 */
GezId
gez_statement_get_id (GezStatement *self,
                      int           column)
{
  GezId id = GEZ_ID_NONE;
  gconstpointer bytes = sqlite3_column_blob (self->handle, column);

  if (bytes && sqlite3_column_bytes (self->handle, column) == GEZ_ID_SIZE)
    memcpy (id.bytes, bytes, GEZ_ID_SIZE);
  return id;
}

/**
 * gez_statement_get_blob:
 *
 * Returns: (transfer full): the bytes, empty for NULL
 */
GBytes *
gez_statement_get_blob (GezStatement *self,
                        int           column)
{
  gconstpointer bytes = sqlite3_column_blob (self->handle, column);

  return g_bytes_new (bytes, sqlite3_column_bytes (self->handle, column));
}

/**
 * gez_statement_free:
 *
 * Gives the statement back to the cache, without its values.
 */
void
gez_statement_free (GezStatement *self)
{
  GHashTable *idle = self->database->idle;

  sqlite3_reset (self->handle);
  sqlite3_clear_bindings (self->handle);
  if (g_hash_table_size (idle) < CACHED_STATEMENTS_MAX)
    g_hash_table_replace (idle, g_strdup (sqlite3_sql (self->handle)), self->handle);
  else
    sqlite3_finalize (self->handle);
  g_free (self);
}

/**
 * gez_database_run_script:
 * @sql: several statements without values: a migration
 */
gboolean
gez_database_run_script (GezDatabase *self,
                         const char  *sql,
                         GError     **error)
{
  int code = sqlite3_exec (self->handle, sql, NULL, NULL, NULL);

  if (code != SQLITE_OK)
    gez_database_set_error (self, code, "running a script", error);
  return code == SQLITE_OK;
}

int
gez_database_get_n_changed (GezDatabase *self)
{
  return sqlite3_changes (self->handle);
}

/**
 * gez_database_begin:
 *
 * Begins a write transaction; statements may write until it ends.
 */
gboolean
gez_database_begin (GezDatabase *self,
                    GError     **error)
{
  /* A rollback that found no memory is done now. */
  if (!sqlite3_get_autocommit (self->handle))
    gez_database_rollback (self);
  self->n_savepoints = 0;
  self->writable = TRUE;
  if (self->gave_up && self->schema)
    self->writable = gez_search_index_forget (self, error);
  self->gave_up = self->gave_up && !self->writable;
  self->writable = self->writable && gez_database_execute (self, error, "BEGIN IMMEDIATE", GEZ_END);
  return self->writable;
}

/**
 * gez_database_commit:
 *
 * Ends the transaction. On failure everything is rolled back.
 */
gboolean
gez_database_commit (GezDatabase *self,
                     GError     **error)
{
  if (!gez_database_execute (self, error, "COMMIT", GEZ_END))
    {
      gez_database_rollback (self);
      return FALSE;
    }
  self->writable = FALSE;
  return TRUE;
}

void
gez_database_rollback (GezDatabase *self)
{
  /* A failure such as a full disk may have rolled back already. */
  if (!sqlite3_get_autocommit (self->handle))
    gez_database_execute (self, NULL, "ROLLBACK", GEZ_END);
  else
    self->gave_up = TRUE;
  if (self->capture)
    gez_capture_cut (self->capture, 0);
  self->n_savepoints = 0;
  self->writable = FALSE;
}

/**
 * gez_database_savepoint:
 *
 * Opens a savepoint inside the transaction, at most eight deep.
 */
gboolean
gez_database_savepoint (GezDatabase *self,
                        GError     **error)
{
  g_return_val_if_fail (self->n_savepoints < SAVEPOINTS_MAX, FALSE);

  if (!gez_database_execute (self, error, "SAVEPOINT step", GEZ_END))
    return FALSE;
  self->savepoints[self->n_savepoints++] = gez_capture_mark (self->capture);
  return TRUE;
}

/**
 * gez_database_release:
 *
 * Closes the innermost savepoint and keeps what was written since.
 */
gboolean
gez_database_release (GezDatabase *self,
                      GError     **error)
{
  g_return_val_if_fail (self->n_savepoints > 0, FALSE);

  self->n_savepoints--;
  return gez_database_execute (self, error, "RELEASE step", GEZ_END);
}

/**
 * gez_database_rollback_to:
 *
 * Closes the innermost savepoint and undoes what was written since, also in the capture.
 */
void
gez_database_rollback_to (GezDatabase *self)
{
  g_return_if_fail (self->n_savepoints > 0);

  self->n_savepoints--;
  gez_capture_cut (self->capture, self->savepoints[self->n_savepoints]);
  if (gez_database_execute (self, NULL, "ROLLBACK TO step", GEZ_END))
    gez_database_execute (self, NULL, "RELEASE step", GEZ_END);
}
