/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/gez-json-select.h"

/* Which rows of a table belong to a household. The schema tells: a table names its household in
 * `household_id`, or hangs by a foreign key on one that does. Tables of the team do neither. */

/* Names in the texts below come from the schema, values are bound. */
static char *
household_condition (GezDatabase    *database,
                     const GezTable *table)
{
  g_autoptr (GezStatement) parents = NULL;

  if (g_str_equal (table->name, "household"))
    return g_strdup ("id = ?");
  if (gez_table_find_column (table, "household_id") >= 0)
    return g_strdup ("household_id = ?");
  parents = gez_database_query (
      database, NULL,
      "SELECT k.\"from\", k.\"table\" FROM pragma_foreign_key_list(?) AS k WHERE EXISTS "
      "(SELECT 1 FROM pragma_table_info(k.\"table\") WHERE name = 'household_id') "
      "ORDER BY k.seq, k.\"from\" DESC",
      GEZ_TEXT, table->name, GEZ_END);
  if (parents == NULL || !gez_statement_next (parents, NULL))
    return NULL;
  return g_strdup_printf ("\"%s\" IN (SELECT id FROM \"%s\" WHERE household_id = ?)",
                          gez_statement_get_text (parents, 0), gez_statement_get_text (parents, 1));
}

/**
 * gez_json_is_selected:
 * @household: (nullable): %NULL for the whole store
 *
 * Returns: whether rows of @table may belong to @household
 */
gboolean
gez_json_is_selected (GezDatabase    *database,
                      const GezTable *table,
                      const GezId    *household)
{
  g_autofree char *condition = household ? household_condition (database, table) : NULL;

  return household == NULL || condition != NULL;
}

/**
 * gez_json_is_of_household:
 *
 * Returns: whether row @id of @table belongs to @household
 */
gboolean
gez_json_is_of_household (GezDatabase    *database,
                          const GezTable *table,
                          const GezId    *id,
                          const GezId    *household)
{
  g_autofree char *condition = household_condition (database, table);
  g_autofree char *sql = NULL;

  if (condition == NULL)
    return FALSE;
  sql = g_strdup_printf ("SELECT 1 FROM \"%s\" WHERE %s AND id = ?", table->name, condition);
  return gez_database_integer (database, 0, sql, GEZ_ID, household, GEZ_ID, id, GEZ_END) == 1;
}

/**
 * gez_json_select:
 * @household: (nullable): %NULL for all rows
 *
 * Thread: the store's worker.
 *
 * Returns: (transfer full): the rows in the order of the interchange format, withdrawn ones included
 */
GezStatement *
gez_json_select (GezDatabase    *database,
                 const GezTable *table,
                 const GezId    *household,
                 GError        **error)
{
  g_autofree char *condition = household ? household_condition (database, table) : NULL;
  g_autofree char *sql = NULL;

  sql = g_strdup_printf ("SELECT * FROM \"%s\" WHERE %s ORDER BY id", table->name,
                         condition ? condition : "TRUE");
  if (condition)
    return gez_database_query (database, error, sql, GEZ_ID, household, GEZ_END);
  return gez_database_query (database, error, sql, GEZ_END);
}
