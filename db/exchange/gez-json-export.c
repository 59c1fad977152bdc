/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/gez-json-export.h"

#include <string.h>

#include "base/gez-date.h"
#include "exchange/gez-json-conflicts.h"
#include "exchange/gez-json-row.h"
#include "exchange/gez-json-select.h"

/* Writes a store, or one household of it, as one JSON document (docs/INTERCHANGE.md).
 *
 * 1. Rows are written as they are read: however large the store, there is one row in memory.
 * 2. The order is fixed (tables and columns as in the schema, rows by id, one row per line), so that
 *    two exports of equal stores are equal byte for byte but for `exported_at`.
 * 3. All of it runs as one query on the store's thread: nobody writes in between. */

typedef struct
{
  const GezId *household; /* NULL: everything */
  GOutputStream *stream;
  GCancellable *cancellable;
  GezDatabase *database;
  guint64 n_rows;
  GError **error;
} Export;

static gboolean
put (Export     *self,
     const char *text)
{
  return !g_cancellable_set_error_if_cancelled (self->cancellable, self->error) &&
         g_output_stream_write_all (self->stream, text, strlen (text), NULL, self->cancellable, self->error);
}

static gboolean
put_object (Export     *self,
            JsonObject *object,
            gboolean    is_first)
{
  g_autofree char *text = gez_json_to_text (object);

  return put (self, is_first ? "\n    " : ",\n    ") && put (self, text);
}

static gboolean
put_head (Export *self)
{
  g_autofree char *now =
      gez_date_format_instant (gez_clock_get_now (gez_database_get_clock (self->database)));
  g_autofree char *text =
      g_strdup_printf ("{\n  \"format\": \"%s\",\n  \"exported_at\": \"%s\"", GEZ_JSON_FORMAT, now);

  return put (self, text);
}

static gboolean
put_table (Export         *self,
           const GezTable *table)
{
  g_autoptr (GezStatement) statement = gez_json_select (self->database, table, self->household, self->error);
  g_autofree char *head = g_strdup_printf (",\n  \"%s\": [", table->name);
  gboolean is_first = TRUE;
  GError *failure = NULL;

  if (statement == NULL || !put (self, head))
    return FALSE;
  while (gez_statement_next (statement, &failure))
    {
      g_autoptr (JsonObject) row = gez_json_row_new (table, statement, self->error);

      if (row == NULL || !put_object (self, row, is_first))
        return FALSE;
      is_first = FALSE;
      self->n_rows++;
    }
  if (failure)
    {
      g_propagate_error (self->error, failure);
      return FALSE;
    }
  return put (self, is_first ? "]" : "\n  ]");
}

static gboolean
put_conflicts (Export    *self,
               GezSchema *schema)
{
  g_autoptr (GPtrArray) conflicts = NULL;

  conflicts = gez_json_list_conflicts (self->database, schema, self->household, self->error);
  if (conflicts == NULL || !put (self, ",\n  \"conflicts\": ["))
    return FALSE;
  for (guint i = 0; i < conflicts->len; i++)
    if (!put_object (self, conflicts->pdata[i], i == 0))
      return FALSE;
  return put (self, conflicts->len > 0 ? "\n  ]\n}\n" : "]\n}\n");
}

static gboolean
check_household (Export *self)
{
  if (self->household == NULL ||
      gez_database_integer (self->database, 0, "SELECT 1 FROM household WHERE id = ?", GEZ_ID,
                               self->household, GEZ_END))
    return TRUE;
  g_set_error_literal (self->error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_NOT_FOUND, "there is no such household");
  return FALSE;
}

static gpointer
export_cb (GezDatabase *database,
           gpointer     parameters,
           GError     **error)
{
  Export *self = parameters;
  g_autoptr (GezSchema) schema = gez_schema_load (database, error);
  GPtrArray *tables;

  self->database = database;
  self->error = error;
  if (schema == NULL || !check_household (self) || !put_head (self))
    return NULL;
  tables = gez_schema_get_tables (schema);
  for (guint i = 0; i < tables->len; i++)
    if (gez_json_is_selected (database, tables->pdata[i], self->household) &&
        !put_table (self, tables->pdata[i]))
      return NULL;
  return put_conflicts (self, schema) ? self : NULL;
}

/**
 * gez_json_export:
 * @household: (nullable): only the rows of this household; %NULL for the whole store
 * @stream: where it goes; not closed. What was written before a failure is no whole document.
 * @cancellable: (nullable): looked at for every row
 * @n_rows: (out) (optional): rows written
 *
 * Writes a document that gez_json_import() reads. It is not encrypted.
 *
 * Thread: any but the main one: it waits.
 *
 * Returns: %TRUE when the document is complete
 */
gboolean
gez_json_export (GezStore      *store,
                 const GezId   *household,
                 GOutputStream *stream,
                 GCancellable  *cancellable,
                 guint64       *n_rows,
                 GError       **error)
{
  Export self = { .household = household, .stream = stream, .cancellable = cancellable };
  g_autoptr (GezQuery) query = gez_query_new (export_cb, &self, NULL, NULL);

  g_return_val_if_fail (GEZ_IS_STORE (store) && G_IS_OUTPUT_STREAM (stream), FALSE);

  gez_query_set_long (query, TRUE);
  if (gez_store_run (store, query, error) == NULL)
    return FALSE;
  if (n_rows)
    *n_rows = self.n_rows;
  return TRUE;
}
