/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/gez-change-private.h"
#include "store/gez-commit.h"
#include "store/gez-log.h"

/* Undo is a new command that replaces exactly the versions that the undone command wrote.
 *
 * 1. A cell goes back to the value of the version that the command replaced. That value is read from
 *    the log: nothing else remembers it.
 * 2. A row that the command made is withdrawn, not removed: what was published stays in history.
 * 3. If any of those cells has another head by now, or a row that would be withdrawn was written
 *    again, the whole undo is refused. Nobody's later work is ever overwritten.
 *
 * Thread: the store's worker. */

typedef struct
{
  GezDatabase *database;
  GezChange *change;
  GezVersion version; /* of the log row that is being undone */
  guint64 command;
} Undo;

static gboolean
changed_since (GError **error)
{
  g_set_error_literal (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_CHANGED_SINCE, "written again since");
  return FALSE;
}

static void
set_from_variant (GezChange       *change,
                  const GezColumn *column,
                  GVariant        *value)
{
  gsize size = 0;
  gconstpointer bytes;
  GezCircle circle;

  if (g_variant_is_of_type (value, G_VARIANT_TYPE_INT64))
    gez_change_set_integer (change, column->name, g_variant_get_int64 (value));
  else if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    gez_change_set_text (change, column->name, g_variant_get_string (value, NULL));
  else if (g_variant_is_of_type (value, G_VARIANT_TYPE_BYTESTRING))
    {
      bytes = g_variant_get_fixed_array (value, &size, 1);
      if (column->kind == GEZ_COLUMN_CIRCLE && gez_circle_decode (bytes, size, &circle))
        gez_change_set_circle (change, circle);
      else if (column->kind == GEZ_COLUMN_KEY && size == GEZ_FILE_KEY_SIZE)
        gez_change_set_key (change, column->name, bytes);
      else if (size == GEZ_ID_SIZE)
        gez_change_set_id (change, column->name, bytes);
    }
  else
    gez_change_set_null (change, column->name);
}

static gboolean
is_still_head (Undo        *undo,
               const GezId *id,
               const char  *column,
               GError     **error)
{
  g_autoptr (GArray) heads = gez_log_get_heads (undo->database, id, column, error);
  GezVersion *head;

  if (heads == NULL)
    return FALSE;
  head = &g_array_index (heads, GezVersion, 0);
  if (heads->len != 1 || head->counter != undo->version.counter ||
      !gez_id_equal (&head->device, &undo->version.device))
    return changed_since (error);
  return TRUE;
}

static gboolean
undo_birth (Undo         *undo,
            const char   *table,
            const GezId  *id,
            GError      **error)
{
  g_autoptr (GezStatement) others = NULL;
  g_autoptr (GError) failure = NULL;

  others = gez_database_query (undo->database, error,
                               "SELECT 1 FROM change_log WHERE id = ? AND NOT (device = ? AND counter = ?)",
                               GEZ_ID, id, GEZ_ID, &undo->version.device, GEZ_INTEGER,
                               (gint64) undo->version.counter, GEZ_END);
  if (others == NULL)
    return FALSE;
  if (gez_statement_next (others, &failure))
    return changed_since (error);
  if (failure)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  gez_change_withdraw (undo->change, table, id, "undo");
  return TRUE;
}

static gboolean
undo_update (Undo         *undo,
             const char   *table_name,
             const GezId  *id,
             GVariant     *cells,
             GError      **error)
{
  const GezTable *table = gez_schema_find (gez_database_get_schema (undo->database), table_name);
  GVariantIter iter;
  const char *column;
  GVariant *versions;

  if (table == NULL)
    return changed_since (error);
  gez_change_update (undo->change, table_name, id);
  g_variant_iter_init (&iter, cells);
  while (g_variant_iter_next (&iter, "(&sv@a(ayt))", &column, NULL, &versions))
    {
      g_autoptr (GVariant) replaced = versions;
      g_autoptr (GVariant) value = NULL;
      int at = gez_table_find_column (table, column);

      if (at < 0 || !is_still_head (undo, id, column, error) ||
          (value = gez_log_get_replaced (undo->database, id, column, replaced, error)) == NULL)
        return at < 0 ? changed_since (error) : FALSE;
      set_from_variant (undo->change, &table->columns[at], value);
    }
  return TRUE;
}

static gboolean
collect (Undo    *undo,
         GError **error)
{
  g_autoptr (GezStatement) statement = NULL;
  GError *failure = NULL;

  statement = gez_database_query (undo->database, error,
                                  "SELECT c.device, c.counter, c.table_name, c.id, c.is_birth, c.cells "
                                  "FROM change_log AS c JOIN device AS d ON c.device = d.id "
                                  "WHERE c.command = ? ORDER BY c.counter DESC",
                                  GEZ_INTEGER, (gint64) undo->command, GEZ_END);
  if (statement == NULL)
    return FALSE;
  while (gez_statement_next (statement, &failure))
    {
      GezId id = gez_statement_get_id (statement, 3);
      g_autoptr (GBytes) bytes = gez_statement_get_blob (statement, 5);
      g_autoptr (GVariant) cells = gez_log_cells_from_bytes (bytes);
      const char *table = gez_statement_get_text (statement, 2);

      undo->version.device = gez_statement_get_id (statement, 0);
      undo->version.counter = (guint64) gez_statement_get_integer (statement, 1);
      if (gez_statement_get_integer (statement, 4) ? !undo_birth (undo, table, &id, error)
                                                   : !undo_update (undo, table, &id, cells, error))
        return FALSE;
    }
  if (failure)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  if (gez_change_is_empty (undo->change))
    {
      g_set_error_literal (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_NOT_FOUND, "no such command");
      return FALSE;
    }
  return TRUE;
}

/**
 * gez_commit_undo:
 * @command: what gez_commit_run() returned, of this device
 * @undone: (out): names the undo itself, so that it can be undone in turn
 *
 * Transaction: its own.
 *
 * Returns: %TRUE on success; %GEZ_STORE_ERROR_CHANGED_SINCE when somebody wrote since
 */
gboolean
gez_commit_undo (GezDatabase *database,
                 guint64      command,
                 guint64     *undone,
                 GPtrArray  **tables,
                 GError     **error)
{
  g_autoptr (GezChange) change = gez_change_new ("undo");
  Undo undo = { .database = database, .change = change, .command = command };

  return collect (&undo, error) && gez_commit_run (database, change, undone, tables, error);
}
