/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/gez-json-prepare.h"

#include <string.h>

#include "exchange/gez-json-row.h"
#include "store/gez-circle.h"

/* Compares the rows of a document with the store and makes of each the change that it asks for.
 *
 * 1. Of a row that exists only the columns present are looked at, and of those only what differs is
 *    written. Nothing different: no change, so importing twice leaves no trace.
 * 2. A row is refused here when writing it would fail as part of something larger: references are
 *    checked by SQLite only when the whole transaction ends, which would refuse its neighbours too.
 *    Everything else the store checks when it writes.
 * 3. Nothing is written here.
 *
 * Thread: gez_json_prepare() waits; the functions behind it run on the store's worker. */

typedef struct
{
  char *column;
  char *parent;
} Reference;

typedef struct
{
  const GezTable *table;
  GPtrArray *rows;
  GHashTable *pending;         /* ids that will be there when this row is: GezId -> name of table */
  GHashTable *unknown_columns; /* name -> number of rows */
  GezDatabase *database;
  GPtrArray *references;
} Preparation;

/**
 * gez_import_row_new:
 * @object: (transfer full): the row
 *
 * Returns: (transfer full): a row of which nothing is known yet
 */
GezImportRow *
gez_import_row_new (JsonObject  *object,
                    const GezId *id)
{
  GezImportRow *row = g_new0 (GezImportRow, 1);

  row->object = object;
  row->id = *id;
  return row;
}

void
gez_import_row_free (GezImportRow *row)
{
  g_clear_pointer (&row->object, json_object_unref);
  g_clear_object (&row->change);
  g_free (row->reason);
  g_free (row);
}

static void
reference_free (Reference *reference)
{
  g_free (reference->column);
  g_free (reference->parent);
  g_free (reference);
}

static gboolean
load_references (Preparation *self,
                 GError     **error)
{
  g_autoptr (GezStatement) statement = NULL;
  GError *failure = NULL;

  statement = gez_database_query (self->database, error,
                                  "SELECT \"from\", \"table\" FROM pragma_foreign_key_list(?)", GEZ_TEXT,
                                  self->table->name, GEZ_END);
  if (statement == NULL)
    return FALSE;
  while (gez_statement_next (statement, &failure))
    {
      Reference *reference = g_new0 (Reference, 1);

      reference->column = g_strdup (gez_statement_get_text (statement, 0));
      reference->parent = g_strdup (gez_statement_get_text (statement, 1));
      g_ptr_array_add (self->references, reference);
    }
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

static gboolean
refuse (Preparation  *self,
        GezImportRow *row,
        const char   *column,
        const char   *why)
{
  g_free (row->reason);
  row->reason = g_strdup_printf ("%s.%s: %s", self->table->name, column, why);
  return FALSE;
}

static gboolean
parent_exists (Preparation *self,
               Reference   *reference,
               const GezId *id)
{
  const char *born_in = g_hash_table_lookup (self->pending, id);
  g_autofree char *sql = NULL;

  if (g_strcmp0 (born_in, reference->parent) == 0)
    return TRUE;
  sql = g_strdup_printf ("SELECT 1 FROM \"%s\" WHERE id = ?", reference->parent);
  return gez_database_integer (self->database, 0, sql, GEZ_ID, id, GEZ_END) == 1;
}

/* The types of the columns have been checked: what is not null is a UUID. */
static gboolean
check_references (Preparation  *self,
                  GezImportRow *row)
{
  for (guint i = 0; i < self->references->len; i++)
    {
      Reference *reference = self->references->pdata[i];
      JsonNode *node = json_object_get_member (row->object, reference->column);
      GezId id;

      if (node == NULL || JSON_NODE_HOLDS_NULL (node) || !gez_id_parse (json_node_get_string (node), &id))
        continue;
      if (!parent_exists (self, reference, &id))
        return refuse (self, row, reference->column, "refers to a row that is not there");
    }
  return TRUE;
}

static void
note_unknown (Preparation *self,
              const char  *column)
{
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (self->unknown_columns, column));

  g_hash_table_replace (self->unknown_columns, g_strdup (column), GUINT_TO_POINTER (count + 1));
}

static gboolean
take_circle (Preparation  *self,
             GezImportRow *row,
             GezStatement *current,
             gboolean     *is_different)
{
  int column = gez_table_find_column (self->table, GEZ_JSON_CIRCLE);
  g_autoptr (GBytes) bytes = gez_statement_get_blob (current, column);
  guint8 encoded[GEZ_CIRCLE_SIZE_MAX];
  const char *why = NULL;
  GezCircle circle;
  gsize size;

  if (!gez_json_circle_read (row->object, &circle, &why))
    return refuse (self, row, GEZ_JSON_CIRCLE, why);
  size = gez_circle_encode (circle, encoded);
  if (g_bytes_get_size (bytes) == size && memcmp (g_bytes_get_data (bytes, NULL), encoded, size) == 0)
    return TRUE;
  gez_change_set_circle (row->change, circle);
  *is_different = TRUE;
  return TRUE;
}

static gboolean
is_apart (const char *name)
{
  return g_str_equal (name, "id") || g_str_equal (name, GEZ_JSON_CIRCLE) ||
         g_str_equal (name, GEZ_JSON_CIRCLE_SUBJECT);
}

static gboolean
tells_content (const GezTable *table,
               const char     *name)
{
  return gez_table_find_column (table, "file_id") >= 0 &&
         (g_str_equal (name, "content_hash") || g_str_equal (name, "size_bytes"));
}

/* @current is NULL for a row that is new. */
static gboolean
take_cells (Preparation  *self,
            GezImportRow *row,
            GezStatement *current,
            gboolean     *is_different)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, row->object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      int at = gez_table_find_column (self->table, name);
      g_auto (GezJsonCell) cell = { 0 };
      const char *why = NULL;

      if (is_apart (name))
        continue;
      if (at <= 0 || gez_json_is_hidden (&self->table->columns[at]))
        {
          note_unknown (self, name);
          continue;
        }
      if (!gez_json_cell_read (&self->table->columns[at], node, &cell, &why))
        return refuse (self, row, name, why);
      if (current && gez_json_cell_is_stored (&cell, current, at))
        continue;
      if (current && tells_content (self->table, name))
        return refuse (self, row, name, "the content of a document never changes");
      gez_json_cell_write (&cell, row->change, name);
      *is_different = TRUE;
    }
  return TRUE;
}

static gboolean
prepare_update (Preparation  *self,
                GezImportRow *row,
                GezStatement *current)
{
  gboolean is_different = FALSE;

  gez_change_update (row->change, self->table->name, &row->id);
  if (!take_cells (self, row, current, &is_different))
    return FALSE;
  if ((json_object_has_member (row->object, GEZ_JSON_CIRCLE) ||
       json_object_has_member (row->object, GEZ_JSON_CIRCLE_SUBJECT)) &&
      !take_circle (self, row, current, &is_different))
    return FALSE;
  if (!is_different)
    g_clear_object (&row->change);
  return TRUE;
}

static gboolean
prepare_insert (Preparation  *self,
                GezImportRow *row)
{
  gboolean is_different = FALSE;
  const char *why = NULL;
  GezCircle circle;

  row->is_insert = TRUE;
  /* A log row is found by its id alone. */
  if (g_hash_table_contains (self->pending, &row->id) ||
      gez_database_integer (self->database, 0, "SELECT 1 FROM change_log WHERE id = ? AND is_birth", GEZ_ID,
                            &row->id, GEZ_END))
    return refuse (self, row, "id", "belongs to a row of another table");
  if (!json_object_has_member (row->object, GEZ_JSON_CIRCLE))
    return refuse (self, row, GEZ_JSON_CIRCLE, "missing");
  if (!gez_json_circle_read (row->object, &circle, &why))
    return refuse (self, row, GEZ_JSON_CIRCLE, why);
  for (guint i = 1; i < self->table->n_columns; i++)
    if (self->table->columns[i].is_required && !gez_json_is_hidden (&self->table->columns[i]) &&
        !json_object_has_member (row->object, self->table->columns[i].name))
      return refuse (self, row, self->table->columns[i].name, "missing");
  gez_change_insert (row->change, self->table->name, &row->id, circle);
  return take_cells (self, row, NULL, &is_different);
}

static gboolean
prepare_row (Preparation  *self,
             GezImportRow *row,
             GError      **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM \"%s\" WHERE id = ?", self->table->name);
  g_autoptr (GezStatement) current =
      gez_database_query (self->database, error, sql, GEZ_ID, &row->id, GEZ_END);
  GError *failure = NULL;
  gboolean exists;

  if (current == NULL)
    return FALSE;
  exists = gez_statement_next (current, &failure);
  if (failure)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  row->change = gez_change_new ("import-json");
  if (!(exists ? prepare_update (self, row, current) : prepare_insert (self, row)) ||
      !check_references (self, row))
    g_clear_object (&row->change);
  return TRUE;
}

static gpointer
prepare_cb (GezDatabase *database,
            gpointer     parameters,
            GError     **error)
{
  Preparation *self = parameters;

  self->database = database;
  if (!load_references (self, error))
    return NULL;
  for (guint i = 0; i < self->rows->len; i++)
    if (!prepare_row (self, self->rows->pdata[i], error))
      return NULL;
  return self;
}

/**
 * gez_json_prepare:
 * @table: what the rows are rows of
 * @rows: (element-type GezImportRow): gets in each what to write, or why it is refused
 * @pending: (element-type GezId utf8): rows that are not written yet but will be, with their table
 * @unknown_columns: (element-type utf8 guint): counts the columns that @table does not have
 *
 * Thread: any but the main one: it waits.
 *
 * Returns: %FALSE with @error set when the store could not be read
 */
gboolean
gez_json_prepare (GezStore       *store,
                  const GezTable *table,
                  GPtrArray      *rows,
                  GHashTable     *pending,
                  GHashTable     *unknown_columns,
                  GError        **error)
{
  g_autoptr (GPtrArray) references = g_ptr_array_new_with_free_func ((GDestroyNotify) reference_free);
  Preparation self = { table, rows, pending, unknown_columns, NULL, references };
  g_autoptr (GezQuery) query = gez_query_new (prepare_cb, &self, NULL, NULL);

  gez_query_set_long (query, TRUE);
  return gez_store_run (store, query, error) != NULL;
}
