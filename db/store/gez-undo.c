/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/gez-change-private.h"
#include "store/gez-commit.h"
#include "store/gez-heads.h"
#include "store/gez-log.h"

/* Undo is a new command that replaces exactly the versions that the undone command wrote.
 *
 * 1. A cell goes back to the value of the version that the command replaced. That value is read from
 *    the log: nothing else remembers it. If the command settled a conflict, the conflict is back.
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

static gboolean
is_of_command (Undo             *undo,
               const GezVersion *version)
{
  return gez_id_equal (&version->device, &undo->version.device) &&
         (guint64) gez_database_integer (undo->database, 0,
                                         "SELECT command FROM change_log WHERE device = ? AND counter = ?", GEZ_ID,
                                         &version->device, GEZ_INTEGER, (gint64) version->counter, GEZ_END) ==
           undo->command;
}

static gboolean
is_still_head (Undo        *undo,
               const GezId *id,
               const char  *column,
               GError     **error)
{
  g_autoptr (GArray) heads = gez_log_get_heads (undo->database, id, column, error);

  if (heads == NULL)
    return FALSE;
  for (guint i = 0; i < heads->len; i++)
    if (!is_of_command (undo, &g_array_index (heads, GezVersion, i)))
      return changed_since (error);
  return TRUE;
}

/* Where several versions stood side by side they do so again. */
static gboolean
set_back (Undo           *undo,
          const GezTable *table,
          guint           column,
          const GezId    *id,
          GVariant       *replaced,
          GError        **error)
{
  const char *name = table->columns[column].name;
  g_autoptr (GPtrArray) values = gez_log_list_replaced (undo->database, id, name, replaced, error);
  g_autoptr (GVariant) value = NULL;
  gboolean is_disputed;

  if (values == NULL)
    return FALSE;
  if (values->len == 0)
    g_ptr_array_add (values, g_variant_ref_sink (g_variant_new ("()")));
  value = gez_heads_join (table, column, values, &is_disputed);
  gez_change_set_variant (undo->change, name, value);
  gez_change_settle (undo->change, name, NULL);
  g_ptr_array_remove_index (values, 0);
  if (is_disputed)
    gez_change_set_rivals (undo->change, name, values);
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
      int at = gez_table_find_column (table, column);

      if (at < 0)
        return changed_since (error);
      if (!is_still_head (undo, id, column, error) ||
          !set_back (undo, table, (guint) at, id, replaced, error))
        return FALSE;
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
