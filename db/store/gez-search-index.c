/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/gez-search-index.h"

#include <sqlite3.h>

/* Keeps the full-text indexes in step with the rows, in the same transaction.
 *
 * The indexes have external content: to forget a row, FTS5 must be told exactly the values that it
 * indexed. A local write knows them from the capture; the merge asks before it writes.
 *
 * Triggers would do this in SQL, but with an untrusted schema SQLite 3.40 refuses a trigger that
 * touches a virtual table.
 *
 * Source: SQLite, "FTS5: external content tables" (sqlite.org/fts5.html#external_content_tables). */

static const char *
column_name (const GezTable *table,
             guint           i)
{
  return table->columns[g_array_index (table->search_columns, guint, i)].name;
}

static char *
column_list (const GezTable *table,
             const char     *before)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < table->search_columns->len; i++)
    g_string_append_printf (list, ", %s\"%s\"", before, column_name (table, i));
  return g_string_free (list, FALSE);
}

/**
 * gez_search_index_prepare:
 * @table: one with an index
 *
 * Returns: (transfer full): a statement that indexes the row whose id is its one value, as the row stands then; %NULL
 *   with @error set
 */
GezStatement *
gez_search_index_prepare (GezDatabase     *database,
                          const GezTable  *table,
                          GError         **error)
{
  g_autofree char *columns = column_list (table, "");
  g_autofree char *sql = NULL;

  sql = g_strdup_printf ("INSERT INTO \"%s\" (rowid%s) SELECT row%s FROM \"%s\" WHERE id = ?", table->search_table,
                         columns, columns, table->name);
  return gez_database_prepare (database, sql, error);
}

/**
 * gez_search_index_add:
 *
 * Indexes the row as it stands now.
 */
gboolean
gez_search_index_add (GezDatabase     *database,
                      const GezTable  *table,
                      const GezId     *id,
                      GError         **error)
{
  g_autoptr (GezStatement) statement = NULL;

  if (table->search_table == NULL)
    return TRUE;
  statement = gez_search_index_prepare (database, table, error);
  if (statement == NULL)
    return FALSE;
  gez_statement_bind_bytes (statement, 1, id->bytes, GEZ_ID_SIZE);
  return gez_statement_run (statement, error);
}

/**
 * gez_search_index_remove:
 *
 * Forgets the row, which must stand as it was indexed. A row that is not there is no failure.
 */
gboolean
gez_search_index_remove (GezDatabase     *database,
                         const GezTable  *table,
                         const GezId     *id,
                         GError         **error)
{
  g_autofree char *columns = NULL, *sql = NULL;

  if (table->search_table == NULL)
    return TRUE;
  columns = column_list (table, "");
  sql = g_strdup_printf ("INSERT INTO \"%s\" (\"%s\", rowid%s) SELECT 'delete', row%s FROM \"%s\" WHERE id = ?",
                         table->search_table, table->search_table, columns, columns, table->name);
  return gez_database_execute (database, error, sql, GEZ_ID, id, GEZ_END);
}

static gboolean
touches_index (GezCapturedRow *row)
{
  for (guint i = 0; i < row->table->search_columns->len; i++)
    if (gez_captured_row_wrote (row, g_array_index (row->table->search_columns, guint, i)))
      return TRUE;
  return FALSE;
}

/* Like gez_search_index_remove() for a row that was changed already: a column that was written takes the value from before. */
static gboolean
remove_before (GezDatabase     *database,
               GezCapturedRow  *row,
               GError         **error)
{
  const GezTable *table = row->table;
  g_autofree char *columns = column_list (table, "");
  GString *values = g_string_new (NULL);
  g_autofree char *sql = NULL;
  g_autoptr (GezStatement) statement = NULL;
  int place = 1;

  for (guint i = 0; i < table->search_columns->len; i++)
    {
      guint column = g_array_index (table->search_columns, guint, i);

      if (gez_captured_row_wrote (row, column))
        g_string_append (values, ", ?");
      else
        g_string_append_printf (values, ", \"%s\"", column_name (table, i));
    }
  sql = g_strdup_printf ("INSERT INTO \"%s\" (\"%s\", rowid%s) SELECT 'delete', row%s FROM \"%s\" WHERE id = ?",
                         table->search_table, table->search_table, columns, values->str, table->name);
  g_string_free (values, TRUE);
  statement = gez_database_prepare (database, sql, error);
  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < table->search_columns->len; i++)
    {
      guint column = g_array_index (table->search_columns, guint, i);

      if (gez_captured_row_wrote (row, column))
        gez_statement_bind_text (statement, place++, (const char *) sqlite3_value_text (row->before[column]));
    }
  gez_statement_bind_bytes (statement, place, row->id.bytes, GEZ_ID_SIZE);
  return gez_statement_run (statement, error);
}

/**
 * gez_search_index_update:
 * @row: what a transaction did to a row
 *
 * Transaction: the one that changed the row.
 *
 * Returns: %TRUE when the index agrees with the row
 */
gboolean
gez_search_index_update (GezDatabase     *database,
                         GezCapturedRow  *row,
                         GError         **error)
{
  if (row->table->search_table == NULL || !touches_index (row))
    return TRUE;
  return (row->is_birth || remove_before (database, row, error)) &&
         gez_search_index_add (database, row->table, &row->id, error);
}

/* Changes nothing, but makes every index take part in the transaction, and so in its end. */
static gboolean
touch_all (GezDatabase *database,
           GError     **error)
{
  GPtrArray *tables = gez_schema_get_tables (gez_database_get_schema (database));

  for (guint i = 0; i < tables->len; i++)
    {
      const GezTable *table = tables->pdata[i];
      g_autofree char *sql = NULL;

      if (table->search_table == NULL)
        continue;
      sql = g_strdup_printf ("DELETE FROM \"%s\" WHERE rowid = -1", table->search_table);
      if (!gez_database_execute (database, error, sql, GEZ_END))
        return FALSE;
    }
  return TRUE;
}

/**
 * gez_search_index_forget:
 *
 * Makes the indexes forget what they hold in memory. When SQLite 3.40 rolls back by itself in the middle
 * of a write to an index, for lack of memory or because a read failed, the index goes on with numbers that
 * are no longer true, and the next commit would write them.
 *
 * Transaction: none; statements may write.
 *
 * Returns: %FALSE with @error set when there is no memory for this either
 */
gboolean
gez_search_index_forget (GezDatabase *database,
                         GError     **error)
{
  gboolean touched;

  if (!gez_database_execute (database, error, "BEGIN IMMEDIATE", GEZ_END))
    return FALSE;
  touched = touch_all (database, error);
  return gez_database_execute (database, touched ? error : NULL, "ROLLBACK", GEZ_END) && touched;
}
