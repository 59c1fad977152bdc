/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/gez-json-list.h"

#include <string.h>

#include "base/gez-text.h"
#include "exchange/gez-json-conflicts.h"
#include "exchange/gez-json-row.h"

/* Rows in the form of the interchange document, for whoever reads a store from a script. */

typedef struct
{
  char *table;
  char *words; /* folded; NULL: every row */
} List;

static void
list_free (gpointer parameters)
{
  List *list = parameters;

  g_free (list->table);
  g_free (list->words);
  g_free (list);
}

static gboolean
holds_words (JsonObject *row,
             const char *words)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init (&iter, row);
  while (json_object_iter_next (&iter, &name, &node))
    {
      g_autofree char *folded = NULL;

      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
        continue;
      folded = gez_text_fold (json_node_get_string (node));
      if (strstr (folded, words))
        return TRUE;
    }
  return FALSE;
}

static const GezTable *
find_table (GezSchema  *schema,
            const char *name,
            GError    **error)
{
  const GezTable *table = gez_schema_find (schema, name);

  if (table == NULL)
    g_set_error (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_INVALID, "there is no shared table %s", name);
  return table;
}

static gpointer
list_cb (GezDatabase *database,
         gpointer     parameters,
         GError     **error)
{
  List *self = parameters;
  g_autoptr (JsonArray) rows = json_array_new ();
  g_autoptr (GezSchema) schema = gez_schema_load (database, error);
  const GezTable *table = schema ? find_table (schema, self->table, error) : NULL;
  g_autoptr (GezStatement) statement = NULL;
  g_autofree char *sql = NULL;
  GError *failure = NULL;

  if (table == NULL)
    return NULL;
  sql = g_strdup_printf ("SELECT * FROM \"%s\" WHERE withdrawn_at IS NULL ORDER BY id", table->name);
  statement = gez_database_query (database, error, sql, GEZ_END);
  while (statement && gez_statement_next (statement, &failure))
    {
      g_autoptr (JsonObject) row = gez_json_row_new (table, statement, error);

      if (row == NULL)
        return NULL;
      if (self->words == NULL || holds_words (row, self->words))
        json_array_add_object_element (rows, g_steal_pointer (&row));
    }
  if (failure)
    g_propagate_error (error, failure);
  return statement && failure == NULL ? g_steal_pointer (&rows) : NULL;
}

/**
 * gez_json_list_query:
 * @table: a shared table
 * @words: (nullable): only rows of which a text holds this, whatever its case and accents
 *
 * Returns: (transfer full): a query for a #JsonArray of the rows that are not withdrawn, by id
 */
GezQuery *
gez_json_list_query (const char *table,
                     const char *words)
{
  List *list = g_new0 (List, 1);
  GezQuery *query;

  g_return_val_if_fail (table != NULL, NULL);

  list->table = g_strdup (table);
  list->words = words ? gez_text_fold (words) : NULL;
  query = gez_query_new (list_cb, list, list_free, (GDestroyNotify) json_array_unref);
  gez_query_set_long (query, TRUE);
  return query;
}

static JsonObject *
find_row (GezDatabase    *database,
          const GezTable *table,
          const GezId    *id,
          GError        **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM \"%s\" WHERE id = ?", table->name);
  g_autoptr (GezStatement) statement = gez_database_query (database, error, sql, GEZ_ID, id, GEZ_END);

  if (statement == NULL || !gez_statement_next (statement, error))
    return NULL;
  return gez_json_row_new (table, statement, error);
}

static gpointer
show_cb (GezDatabase *database,
         gpointer     parameters,
         GError     **error)
{
  g_autoptr (GezSchema) schema = gez_schema_load (database, error);
  GError *failure = NULL;
  GPtrArray *tables;

  if (schema == NULL)
    return NULL;
  tables = gez_schema_get_tables (schema);
  for (guint i = 0; i < tables->len; i++)
    {
      const GezTable *table = tables->pdata[i];
      JsonObject *row = find_row (database, table, parameters, &failure);
      JsonObject *shown;
      JsonArray *rows;

      if (failure)
        {
          g_propagate_error (error, failure);
          return NULL;
        }
      if (row == NULL)
        continue;
      shown = json_object_new ();
      rows = json_array_new ();
      json_array_add_object_element (rows, row);
      json_object_set_array_member (shown, table->name, rows);
      return shown;
    }
  g_set_error_literal (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_NOT_FOUND, "no table has such a row");
  return NULL;
}

/**
 * gez_json_show_query:
 * @id: a row of any shared table, withdrawn or not
 *
 * Returns: (transfer full): a query for a #JsonObject with one member: the table with the one row; it
 *   fails with %GEZ_STORE_ERROR_NOT_FOUND
 */
GezQuery *
gez_json_show_query (const GezId *id)
{
  g_return_val_if_fail (id != NULL, NULL);

  return gez_query_new (show_cb, gez_id_copy (id), g_free, (GDestroyNotify) json_object_unref);
}

static gpointer
conflicts_cb (GezDatabase *database,
              gpointer     parameters,
              GError     **error)
{
  g_autoptr (GezSchema) schema = gez_schema_load (database, error);
  g_autoptr (GPtrArray) conflicts = schema ? gez_json_list_conflicts (database, schema, NULL, error) : NULL;
  g_autoptr (JsonArray) rows = json_array_new ();

  if (conflicts == NULL)
    return NULL;
  for (guint i = 0; i < conflicts->len; i++)
    json_array_add_object_element (rows, json_object_ref (conflicts->pdata[i]));
  return g_steal_pointer (&rows);
}

/**
 * gez_json_conflicts_query:
 *
 * Returns: (transfer full): a query for a #JsonArray of the cells that several people wrote without
 *   knowing of each other, as the interchange document lists them
 */
GezQuery *
gez_json_conflicts_query (void)
{
  GezQuery *query = gez_query_new (conflicts_cb, NULL, NULL, (GDestroyNotify) json_array_unref);

  gez_query_set_long (query, TRUE);
  return query;
}
