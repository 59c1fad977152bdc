/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/gez-commit.h"

#include <string.h>

#include "base/gez-date.h"
#include "base/gez-text.h"
#include "store/gez-change-private.h"
#include "store/gez-log.h"

/* A change becomes one transaction: its values are checked against what their columns hold, the rows
 * are written with the capture on, the log is written from the capture, and all of it is committed
 * together.
 *
 * Thread: the store's worker. */

#define TEXT_SIZE_MAX (1024 * 1024) /* bytes of one text: a book, not a hard disk */

static gboolean
invalid (const GezTable  *table,
         const GezColumn *column,
         const char      *why,
         GError         **error)
{
  g_set_error (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_INVALID, "%s.%s: %s", table->name, column->name, why);
  return FALSE;
}

static gboolean
is_known_code (const char *const *codes,
               const char        *code)
{
  return g_strv_contains (codes, code);
}

static gboolean
check_text (const GezTable  *table,
            const GezColumn *column,
            const char      *text,
            GError         **error)
{
  int hour, minute;

  if (strlen (text) > TEXT_SIZE_MAX)
    return invalid (table, column, "longer than 1 MiB", error);
  if (!g_utf8_validate (text, -1, NULL))
    return invalid (table, column, "not UTF-8", error);
  if (column->kind == GEZ_COLUMN_DATE && !gez_date_is_valid (text))
    return invalid (table, column, "not a date that exists", error);
  if (column->kind == GEZ_COLUMN_TIME && !gez_date_parse_time (text, &hour, &minute))
    return invalid (table, column, "not a time of day", error);
  if (column->codes && !is_known_code (column->codes, text))
    return invalid (table, column, "not one of its codes", error);
  if (column->kind != GEZ_COLUMN_TEXT && column->kind != GEZ_COLUMN_DATE && column->kind != GEZ_COLUMN_TIME)
    return invalid (table, column, "holds no text", error);
  if (column->is_required && gez_text_is_blank (text))
    return invalid (table, column, "may not be empty", error);
  return TRUE;
}

static gboolean
check_cell (const GezTable  *table,
            const GezColumn *column,
            GezCell         *cell,
            GError         **error)
{
  switch (cell->kind)
    {
    case GEZ_CELL_TEXT:
      /* What is settled came out of the log, perhaps from a newer program with more codes. */
      return cell->is_settled || check_text (table, column, cell->text, error);
    case GEZ_CELL_INTEGER:
      if (column->kind == GEZ_COLUMN_BOOLEAN && cell->integer != 0 && cell->integer != 1)
        return invalid (table, column, "neither yes nor no", error);
      if (column->kind != GEZ_COLUMN_BOOLEAN && column->kind != GEZ_COLUMN_INTEGER &&
          column->kind != GEZ_COLUMN_INSTANT)
        return invalid (table, column, "holds no number", error);
      return TRUE;
    case GEZ_CELL_ID:
      return column->kind == GEZ_COLUMN_ID || column->kind == GEZ_COLUMN_FILE ||
             invalid (table, column, "holds no reference", error);
    case GEZ_CELL_CIRCLE:
      return column->kind == GEZ_COLUMN_CIRCLE || invalid (table, column, "holds no circle", error);
    case GEZ_CELL_KEY:
      return column->kind == GEZ_COLUMN_KEY || invalid (table, column, "holds no key", error);
    case GEZ_CELL_NULL:
    default:
      return !column->is_required || invalid (table, column, "may not be empty", error);
    }
}

static gboolean
check_row (const GezTable *table,
           GezRowChange   *row,
           GError        **error)
{
  for (guint i = 0; i < row->cells->len; i++)
    {
      GezCell *cell = g_ptr_array_index (row->cells, i);
      int at = gez_table_find_column (table, cell->column);

      if (at <= 0 || (guint) at == table->id_column)
        {
          g_set_error (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_INVALID, "%s has no column %s to write",
                       table->name, cell->column);
          return FALSE;
        }
      if (!check_cell (table, &table->columns[at], cell, error))
        return FALSE;
    }
  return TRUE;
}

static void
bind_cell (GezDatabase  *database,
           GezStatement *statement,
           int           place,
           GezCell      *cell)
{
  guint8 circle[GEZ_CIRCLE_SIZE_MAX];

  switch (cell->kind)
    {
    case GEZ_CELL_INTEGER:
      gez_statement_bind_integer (statement, place,
                                  cell->integer == GEZ_CHANGE_NOW
                                    ? gez_clock_get_now (gez_database_get_clock (database))
                                    : cell->integer);
      break;
    case GEZ_CELL_TEXT:
      {
        g_autofree char *normal = gez_text_normalise (cell->text);

        gez_statement_bind_text (statement, place, normal);
      }
      break;
    case GEZ_CELL_ID:
      gez_statement_bind_bytes (statement, place, cell->id.bytes, GEZ_ID_SIZE);
      break;
    case GEZ_CELL_CIRCLE:
      {
        gsize size = gez_circle_encode (cell->circle, circle);

        gez_statement_bind_bytes (statement, place, circle, size);
      }
      break;
    case GEZ_CELL_KEY:
      gez_statement_bind_bytes (statement, place, cell->key, sizeof cell->key);
      break;
    case GEZ_CELL_NULL:
    default:
      gez_statement_bind_null (statement, place);
    }
}

/* Only names that the schema knows are put into the text; every value is bound. */
static char *
insert_text (GezRowChange *row)
{
  GString *sql = g_string_new ("INSERT INTO ");

  g_string_append_printf (sql, "\"%s\" (id", row->table);
  for (guint i = 0; i < row->cells->len; i++)
    g_string_append_printf (sql, ", \"%s\"", ((GezCell *) g_ptr_array_index (row->cells, i))->column);
  g_string_append (sql, ") VALUES (?");
  for (guint i = 0; i < row->cells->len; i++)
    g_string_append (sql, ", ?");
  g_string_append_c (sql, ')');
  return g_string_free (sql, FALSE);
}

static char *
update_text (GezRowChange *row)
{
  GString *sql = g_string_new ("UPDATE ");

  g_string_append_printf (sql, "\"%s\" SET ", row->table);
  for (guint i = 0; i < row->cells->len; i++)
    g_string_append_printf (sql, "%s\"%s\" = ?", i ? ", " : "",
                            ((GezCell *) g_ptr_array_index (row->cells, i))->column);
  g_string_append (sql, " WHERE id = ?");
  return g_string_free (sql, FALSE);
}

static gboolean
write_row (GezDatabase  *database,
           GezRowChange *row,
           GError      **error)
{
  g_autofree char *sql = row->is_insert ? insert_text (row) : update_text (row);
  g_autoptr (GezStatement) statement = gez_database_prepare (database, sql, error);
  int first = row->is_insert ? 2 : 1;

  if (statement == NULL)
    return FALSE;
  gez_statement_bind_bytes (statement, row->is_insert ? 1 : (int) row->cells->len + 1, row->id.bytes,
                            GEZ_ID_SIZE);
  for (guint i = 0; i < row->cells->len; i++)
    bind_cell (database, statement, first + (int) i, g_ptr_array_index (row->cells, i));
  if (!gez_statement_run (statement, error))
    {
      g_prefix_error (error, "%s: ", row->table);
      return FALSE;
    }
  if (!row->is_insert && gez_database_get_n_changed (database) == 0)
    {
      g_set_error (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_NOT_FOUND, "%s has no such row", row->table);
      return FALSE;
    }
  return TRUE;
}

static gboolean
are_the_same (GArray *a,
              GArray *b)
{
  for (guint i = 0; i < a->len; i++)
    {
      GezVersion *one = &g_array_index (a, GezVersion, i);
      gboolean found = FALSE;

      for (guint j = 0; !found && j < b->len; j++)
        {
          GezVersion *other = &g_array_index (b, GezVersion, j);

          found = one->counter == other->counter && gez_id_equal (&one->device, &other->device);
        }
      if (!found)
        return FALSE;
    }
  return a->len == b->len;
}

/* Cells that are settled replace what stood there, and that alone. */
static gboolean
settle_cells (GezDatabase    *database,
              const GezTable *table,
              GezRowChange   *row,
              GError        **error)
{
  for (guint i = 0; i < row->cells->len; i++)
    {
      GezCell *cell = g_ptr_array_index (row->cells, i);
      g_autoptr (GArray) heads = NULL;

      if (!cell->is_settled)
        continue;
      heads = gez_log_get_heads (database, &row->id, cell->column, error);
      if (heads == NULL)
        return FALSE;
      if (cell->heads && !are_the_same (heads, cell->heads))
        {
          g_set_error_literal (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_CHANGED_SINCE, "written again since");
          return FALSE;
        }
      gez_capture_settle (gez_database_get_capture (database), table, &row->id,
                          (guint) gez_table_find_column (table, cell->column), cell->rivals);
    }
  return TRUE;
}

/**
 * gez_commit_apply:
 *
 * Checks and writes the rows of @change inside the transaction that is open.
 *
 * Returns: %TRUE on success; on failure the caller rolls back
 */
gboolean
gez_commit_apply (GezDatabase *database,
                  GezChange   *change,
                  GError     **error)
{
  GPtrArray *rows = gez_change_get_rows (change);
  GPtrArray *drafts = gez_change_get_drafts (change);

  for (guint i = 0; i < rows->len; i++)
    {
      GezRowChange *row = g_ptr_array_index (rows, i);
      const GezTable *table = gez_schema_find (gez_database_get_schema (database), row->table);

      if (table == NULL)
        {
          g_set_error (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_INVALID, "there is no shared table %s",
                       row->table);
          return FALSE;
        }
      if (row->cells->len == 0)
        continue;
      if (!check_row (table, row, error) || !write_row (database, row, error) ||
          !settle_cells (database, table, row, error))
        return FALSE;
    }
  for (guint i = 0; i < drafts->len; i++)
    {
      GezDraftKey *draft = g_ptr_array_index (drafts, i);

      if (!gez_database_execute (database, error, "DELETE FROM draft WHERE place = ? AND subject_id = ?",
                                 GEZ_TEXT, draft->place, GEZ_ID, &draft->subject, GEZ_END))
        return FALSE;
    }
  return TRUE;
}

static gboolean
begin (GezDatabase *database,
       GError     **error)
{
  if (!gez_database_begin (database, error))
    return FALSE;
  gez_capture_set_active (gez_database_get_capture (database), TRUE);
  return TRUE;
}

static gboolean
finish (GezDatabase *database,
        gboolean     written,
        GError     **error)
{
  gez_capture_set_active (gez_database_get_capture (database), FALSE);
  if (written)
    return gez_database_commit (database, error);
  gez_database_rollback (database);
  return FALSE;
}

/**
 * gez_commit_run:
 * @command: (out): names the command for undo; 0 when nothing changed
 * @tables: (out) (transfer full) (element-type utf8): the tables that it touched
 *
 * Transaction: its own.
 *
 * Returns: %TRUE when it is durable; on failure nothing of @change was kept
 */
gboolean
gez_commit_run (GezDatabase *database,
                GezChange   *change,
                guint64     *command,
                GPtrArray  **tables,
                GError     **error)
{
  gboolean written;

  if (!begin (database, error))
    return FALSE;
  written = gez_commit_apply (database, change, error) &&
            gez_log_write (database, gez_change_get_name (change), command, tables, error);
  return finish (database, written, error);
}

/**
 * gez_commit_into:
 * @tables: (out) (transfer full) (element-type utf8): the tables that it touched
 *
 * Writes @change with its log into a transaction that does other things too: what follows from what was
 * written, or belongs to it. It is a command of its own.
 *
 * Transaction: the caller's, a write transaction in which nothing is being captured.
 *
 * Returns: %TRUE on success; on failure the caller rolls back
 */
gboolean
gez_commit_into (GezDatabase *database,
                 GezChange   *change,
                 GPtrArray  **tables,
                 GError     **error)
{
  GezCapture *capture = gez_database_get_capture (database);
  guint64 command;
  gboolean written;

  gez_capture_set_active (capture, TRUE);
  written = gez_commit_apply (database, change, error) &&
            gez_log_write (database, gez_change_get_name (change), &command, tables, error);
  gez_capture_set_active (capture, FALSE);
  return written;
}

/**
 * gez_commit_act:
 * @name: of the act, for the change log
 * @function: what writes
 * @tables: (out) (transfer full) (element-type utf8): the tables that it touched, local ones too
 *
 * Transaction: its own.
 *
 * Returns: %TRUE when it is durable; on failure nothing was kept
 */
gboolean
gez_commit_act (GezDatabase     *database,
                const char      *name,
                GezStoreActFunc  function,
                gpointer         data,
                GPtrArray      **tables,
                GError         **error)
{
  g_autoptr (GPtrArray) local = g_ptr_array_new_with_free_func (g_free);
  guint64 command;
  gboolean written;

  if (!begin (database, error))
    return FALSE;
  written = function (database, data, local, error) && gez_log_write (database, name, &command, tables, error);
  if (!finish (database, written, error))
    return FALSE;
  if (*tables == NULL)
    *tables = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_extend_and_steal (*tables, g_steal_pointer (&local));
  return TRUE;
}

static gboolean
apply_in_savepoint (GezDatabase *database,
                    GezChange   *change,
                    GPtrArray   *failures,
                    GError     **error)
{
  g_autoptr (GError) failure = NULL;

  if (!gez_database_savepoint (database, error))
    return FALSE;
  if (gez_commit_apply (database, change, &failure))
    {
      g_ptr_array_add (failures, NULL);
      return gez_database_release (database, error);
    }
  if (!g_error_matches (failure, GEZ_STORE_ERROR, GEZ_STORE_ERROR_INVALID) &&
      !g_error_matches (failure, GEZ_STORE_ERROR, GEZ_STORE_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  gez_database_rollback_to (database);
  g_ptr_array_add (failures, g_steal_pointer (&failure));
  return TRUE;
}

/**
 * gez_commit_many:
 * @changes: (element-type GezChange): what to write, in this order; the first one's name is logged
 * @all_or_nothing: whether a change that is not acceptable refuses the others too
 * @failures: (element-type GError): gets one entry per change, %NULL where it went in
 * @tables: (out) (transfer full) (element-type utf8): the tables that were touched
 *
 * Writes what is acceptable and leaves out what is not, in one transaction: for importing.
 *
 * Returns: %FALSE when the transaction as a whole failed and nothing was kept
 */
gboolean
gez_commit_many (GezDatabase *database,
                 GPtrArray   *changes,
                 gboolean     all_or_nothing,
                 GPtrArray   *failures,
                 GPtrArray  **tables,
                 GError     **error)
{
  gboolean written = TRUE;
  guint n_refused = 0;
  guint64 command;

  if (!begin (database, error))
    return FALSE;
  for (guint i = 0; written && i < changes->len; i++)
    {
      written = apply_in_savepoint (database, g_ptr_array_index (changes, i), failures, error);
      n_refused += written && g_ptr_array_index (failures, failures->len - 1) != NULL;
    }
  if (written && all_or_nothing && n_refused > 0)
    {
      g_set_error (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_INVALID, "%u of %u changes were refused", n_refused,
                   changes->len);
      written = FALSE;
    }
  if (written && changes->len > 0)
    written = gez_log_write (database, gez_change_get_name (g_ptr_array_index (changes, 0)), &command, tables,
                             error);
  return finish (database, written, error);
}
