/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/gez-capture.h"

#include <sqlite3.h>
#include <string.h>

/* Which cells a transaction changed, collected by SQLite's pre-update hook.
 *
 * Invariants:
 *
 * 1. Only shared tables are collected; the shadow tables of the full-text index and local tables
 *    pass by.
 * 2. The hook also fires for rows that are undone afterwards: by a statement that fails half-way and
 *    by ROLLBACK TO. Whoever runs a statement or opens a savepoint therefore takes a mark first, and
 *    cuts the list back to it on failure (gez-database.c does both).
 * 3. The hook writes nothing. The change log is written from the list just before COMMIT, in the
 *    same transaction, with the hook off.
 * 4. Equal values are dropped, so that an UPDATE that changes nothing leaves no trace; but for those that
 *    gez_capture_settle() names.
 * 5. A DELETE on a shared table, and so also a REPLACE, cannot be expressed in the log. The first one
 *    is remembered as a refusal and the transaction must be rolled back. So is a change of `id`
 *    and an incremental blob write, which the hook reports as a DELETE.
 * 6. A value that could not be collected, for lack of memory, is remembered too: a log that lacks it
 *    would lie, so the transaction must be rolled back.
 *
 * Source: SQLite 3.40, "The pre-update hook" (sqlite.org/c3ref/preupdate_count.html).
 *
 * Thread: the store's worker. */

typedef struct
{
  const GezTable *table;
  GezId id;
  gboolean is_birth;
  gboolean is_settled;
  GPtrArray *rivals;
  guint n_cells;
  struct
  {
    guint column;
    sqlite3_value *before;
    sqlite3_value *after;
  } cells[];
} Event;

struct _GezCapture
{
  sqlite3 *handle;
  GezSchema *schema;
  GPtrArray *events;
  char *refusal;
  int failure; /* SQLITE_OK, or why a value could not be collected */
  const GezTable *last_table; /* rows of one table come in runs */
  gboolean active;
};

static void
event_free (Event *event)
{
  for (guint i = 0; i < event->n_cells; i++)
    {
      sqlite3_value_free (event->cells[i].before);
      sqlite3_value_free (event->cells[i].after);
    }
  g_clear_pointer (&event->rivals, g_ptr_array_unref);
  g_free (event);
}

static gboolean
values_equal (sqlite3_value *a,
              sqlite3_value *b)
{
  int type = sqlite3_value_type (a);

  if (type != sqlite3_value_type (b))
    return FALSE;
  switch (type)
    {
    case SQLITE_NULL:
      return TRUE;
    case SQLITE_INTEGER:
      return sqlite3_value_int64 (a) == sqlite3_value_int64 (b);
    case SQLITE_FLOAT:
      return memcmp (&(double) { sqlite3_value_double (a) }, &(double) { sqlite3_value_double (b) },
                     sizeof (double)) == 0;
    default:
      {
        int size = sqlite3_value_bytes (a);

        return size == sqlite3_value_bytes (b) &&
               (size == 0 || memcmp (sqlite3_value_blob (a), sqlite3_value_blob (b), size) == 0);
      }
    }
}

static void
refuse (GezCapture *self,
        const char *what,
        const char *table)
{
  if (self->refusal == NULL)
    self->refusal = g_strdup_printf ("%s on the shared table %s", what, table);
}

static gboolean
read_id (sqlite3_value *value,
         GezId         *id)
{
  if (sqlite3_value_type (value) != SQLITE_BLOB || sqlite3_value_bytes (value) != GEZ_ID_SIZE)
    return FALSE;
  memcpy (id->bytes, sqlite3_value_blob (value), GEZ_ID_SIZE);
  return TRUE;
}

typedef int (*ReadValue) (sqlite3 *handle, int column, sqlite3_value **value);

/* The value of a column, before or after; %NULL when SQLite cannot tell. */
static sqlite3_value *
read_value (GezCapture *self,
            ReadValue   read,
            guint       column)
{
  sqlite3_value *value = NULL;
  int code = read (self->handle, (int) column, &value);

  if (code == SQLITE_OK && value != NULL)
    return value;
  self->failure = code != SQLITE_OK ? code : SQLITE_NOMEM;
  return NULL;
}

/* A copy that lives on, and whose text can be read without asking for memory again. */
static sqlite3_value *
keep_value (GezCapture    *self,
            sqlite3_value *value)
{
  sqlite3_value *kept = value ? sqlite3_value_dup (value) : NULL;

  if (kept == NULL || (sqlite3_value_type (kept) == SQLITE_TEXT && sqlite3_value_text (kept) == NULL))
    self->failure = SQLITE_NOMEM;
  return kept;
}

static void
collect_insert (GezCapture     *self,
                const GezTable *table)
{
  Event *event = g_malloc0 (sizeof *event + table->n_columns * sizeof event->cells[0]);
  sqlite3_value *id = read_value (self, sqlite3_preupdate_new, table->id_column);

  event->table = table;
  event->is_birth = TRUE;
  if (id != NULL && !read_id (id, &event->id))
    refuse (self, "an id that is not 16 bytes", table->name);
  /* Column 0 is the local row number; it is never published. */
  for (guint i = 1; i < table->n_columns; i++)
    {
      if (i == table->id_column)
        continue;
      event->cells[event->n_cells].column = i;
      event->cells[event->n_cells++].after =
          keep_value (self, read_value (self, sqlite3_preupdate_new, i));
    }
  g_ptr_array_add (self->events, event);
}

static void
collect_update (GezCapture     *self,
                const GezTable *table)
{
  Event *event = g_malloc0 (sizeof *event + table->n_columns * sizeof event->cells[0]);
  sqlite3_value *before = read_value (self, sqlite3_preupdate_old, table->id_column);
  sqlite3_value *after = read_value (self, sqlite3_preupdate_new, table->id_column);

  event->table = table;
  if (before != NULL && after != NULL && (!read_id (before, &event->id) || !values_equal (before, after)))
    refuse (self, "a change of id", table->name);
  for (guint i = 1; i < table->n_columns; i++)
    {
      before = read_value (self, sqlite3_preupdate_old, i);
      after = read_value (self, sqlite3_preupdate_new, i);
      if (before != NULL && after != NULL && values_equal (before, after))
        continue;
      event->cells[event->n_cells].column = i;
      event->cells[event->n_cells].before = keep_value (self, before);
      event->cells[event->n_cells++].after = keep_value (self, after);
    }
  if (event->n_cells > 0)
    g_ptr_array_add (self->events, event);
  else
    event_free (event);
}

static void
preupdate_cb (void          *data,
              sqlite3       *handle,
              int            operation,
              const char    *database,
              const char    *table_name,
              sqlite3_int64  old_row,
              sqlite3_int64  new_row)
{
  GezCapture *self = data;
  const GezTable *table = self->last_table;

  if (!self->active)
    return;
  if (table == NULL || !g_str_equal (table->name, table_name))
    table = gez_schema_find (self->schema, table_name);
  if (table == NULL)
    return;
  self->last_table = table;
  if (operation == SQLITE_INSERT)
    collect_insert (self, table);
  else if (operation == SQLITE_UPDATE)
    collect_update (self, table);
  else
    refuse (self, "DELETE, REPLACE or a blob write", table_name);
}

/**
 * gez_capture_new:
 * @handle: the connection; must outlive the capture
 * @schema: must outlive the capture
 *
 * Returns: (transfer full): a capture that is off
 */
GezCapture *
gez_capture_new (sqlite3   *handle,
                 GezSchema *schema)
{
  GezCapture *self = g_new0 (GezCapture, 1);

  self->handle = handle;
  self->schema = schema;
  self->events = g_ptr_array_new_with_free_func ((GDestroyNotify) event_free);
  sqlite3_preupdate_hook (handle, preupdate_cb, self);
  return self;
}

void
gez_capture_free (GezCapture *self)
{
  sqlite3_preupdate_hook (self->handle, NULL, NULL);
  g_ptr_array_unref (self->events);
  g_free (self->refusal);
  g_free (self);
}

/**
 * gez_capture_set_active:
 *
 * Switches collecting on or off; either way the list starts empty.
 */
void
gez_capture_set_active (GezCapture *self,
                        gboolean    active)
{
  g_ptr_array_set_size (self->events, 0);
  g_clear_pointer (&self->refusal, g_free);
  self->failure = SQLITE_OK;
  self->active = active;
}

/**
 * gez_capture_settle:
 * @id: a row that is there
 * @rivals: (nullable) (element-type GVariant): values that are to stand beside the one that is there now
 *
 * Has the column count as written, whatever it held before: the value that it has now is meant.
 */
void
gez_capture_settle (GezCapture     *self,
                    const GezTable *table,
                    const GezId    *id,
                    guint           column,
                    GPtrArray      *rivals)
{
  Event *event = g_malloc0 (sizeof *event + sizeof event->cells[0]);
  g_autofree char *sql = g_strdup_printf ("SELECT \"%s\" FROM \"%s\" WHERE id = ?", table->columns[column].name,
                                          table->name);
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_prepare_v2 (self->handle, sql, -1, &statement, NULL);

  event->table = table;
  event->id = *id;
  event->is_settled = TRUE;
  event->rivals = rivals ? g_ptr_array_ref (rivals) : NULL;
  event->cells[0].column = column;
  event->n_cells = 1;
  if (code == SQLITE_OK)
    code = sqlite3_bind_blob (statement, 1, id->bytes, GEZ_ID_SIZE, SQLITE_TRANSIENT);
  if (code == SQLITE_OK)
    code = sqlite3_step (statement);
  if (code == SQLITE_ROW)
    {
      event->cells[0].before = keep_value (self, sqlite3_column_value (statement, 0));
      event->cells[0].after = keep_value (self, sqlite3_column_value (statement, 0));
      g_ptr_array_add (self->events, event);
    }
  else
    {
      self->failure = code == SQLITE_DONE ? SQLITE_INTERNAL : code;
      event_free (event);
    }
  sqlite3_finalize (statement);
}

/**
 * gez_capture_mark:
 *
 * Returns: the present end of the list, for gez_capture_cut()
 */
guint
gez_capture_mark (GezCapture *self)
{
  return self->events->len;
}

/**
 * gez_capture_cut:
 * @mark: from gez_capture_mark()
 *
 * Forgets what was collected since, because SQLite undid it.
 */
void
gez_capture_cut (GezCapture *self,
                 guint       mark)
{
  g_return_if_fail (mark <= self->events->len);

  g_ptr_array_set_size (self->events, (int) mark);
}

/**
 * gez_capture_get_refusal:
 *
 * Returns: (nullable): what was done that the store never does; the transaction must not commit
 */
const char *
gez_capture_get_refusal (GezCapture *self)
{
  return self->refusal;
}

/**
 * gez_capture_get_failure:
 *
 * Returns: SQLITE_OK, or the code of what kept a value from being collected; the transaction must
 *   not commit
 */
int
gez_capture_get_failure (GezCapture *self)
{
  return self->failure;
}

static void
captured_row_free (GezCapturedRow *row)
{
  for (guint i = 0; i < row->table->n_columns; i++)
    {
      sqlite3_value_free (row->before[i]);
      sqlite3_value_free (row->after[i]);
      g_clear_pointer (&row->rivals[i], g_ptr_array_unref);
    }
  g_free (row->before);
  g_free (row->after);
  g_free (row->settled);
  g_free (row->rivals);
  g_free (row);
}

static guint
row_hash (gconstpointer key)
{
  const GezCapturedRow *row = key;

  return gez_id_hash (&row->id) ^ g_direct_hash (row->table);
}

static gboolean
row_equal (gconstpointer a,
           gconstpointer b)
{
  const GezCapturedRow *one = a, *other = b;

  return one->table == other->table && gez_id_equal (&one->id, &other->id);
}

static void
fold_event (GezCapturedRow *row,
            Event          *event)
{
  for (guint i = 0; i < event->n_cells; i++)
    {
      guint column = event->cells[i].column;

      if (row->after[column] == NULL)
        row->before[column] = g_steal_pointer (&event->cells[i].before);
      sqlite3_value_free (row->after[column]);
      row->after[column] = g_steal_pointer (&event->cells[i].after);
      row->settled[column] |= event->is_settled;
      if (event->rivals && row->rivals[column] == NULL)
        row->rivals[column] = g_steal_pointer (&event->rivals);
    }
}

/**
 * gez_capture_take:
 *
 * Takes the list, one entry per row in the order of first writing, and starts an empty one.
 *
 * Returns: (transfer full) (element-type GezCapturedRow): what the transaction did
 */
GPtrArray *
gez_capture_take (GezCapture *self)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) captured_row_free);
  g_autoptr (GHashTable) index = g_hash_table_new (row_hash, row_equal);

  for (guint i = 0; i < self->events->len; i++)
    {
      Event *event = g_ptr_array_index (self->events, i);
      GezCapturedRow key = { .table = event->table, .id = event->id };
      GezCapturedRow *row = g_hash_table_lookup (index, &key);

      if (row == NULL)
        {
          row = g_memdup2 (&key, sizeof key);
          row->is_birth = event->is_birth;
          row->before = g_new0 (sqlite3_value *, event->table->n_columns);
          row->after = g_new0 (sqlite3_value *, event->table->n_columns);
          row->settled = g_new0 (gboolean, event->table->n_columns);
          row->rivals = g_new0 (GPtrArray *, event->table->n_columns);
          g_ptr_array_add (rows, row);
          g_hash_table_add (index, row);
        }
      fold_event (row, event);
    }
  g_ptr_array_set_size (self->events, 0);
  return rows;
}

/**
 * gez_captured_row_wrote:
 *
 * Returns: whether the transaction as a whole gave the column another value
 */
gboolean
gez_captured_row_wrote (GezCapturedRow *row,
                        guint           column)
{
  if (row->after[column] == NULL)
    return FALSE;
  return row->is_birth || row->settled[column] || row->before[column] == NULL ||
         !values_equal (row->before[column], row->after[column]);
}
