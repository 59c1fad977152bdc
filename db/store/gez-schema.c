/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/gez-schema.h"

#include "store/gez-circle.h"
#include "store/gez-file-name.h"

/* The migrations are the only description of the tables. This file reads them back from the open
 * database: which tables are shared, and, from the names of the columns, what each column holds.
 * Closed lists of codes are the one thing that SQL does not tell; they stand below. They are not
 * CHECK constraints: a newer colleague's code must be able to arrive. */

struct _GezSchema
{
  GHashTable *by_name;
  GPtrArray *tables; /* of GezTable, in the order in which they were created: parents first */
};

typedef struct
{
  const char *table;
  const char *column;
  const char *codes[20];
} ClosedList;

static const ClosedList closed_lists[] = {
  { "member", "role", { "teamleider", "casemanager", "brugfiguur" } },
  { "member", "secrecy", { "beroepsgeheim", "ambtsgeheim", "discretieplicht", "unknown" } },
  { "partner", "affordable", { "yes", "partly", "no" } },
  { "partner", "understandable", { "yes", "partly", "no" } },
  { "partner", "available", { "yes", "partly", "no" } },
  { "partner", "reliable", { "yes", "partly", "no" } },
  { "partner", "reachable", { "yes", "partly", "no" } },
  { "partner", "secrecy", { "beroepsgeheim", "ambtsgeheim", "discretieplicht", "unknown" } },
  { "domain", "kind", { "right", "cross_cutting", "team" } },
  { "household", "residence",
    { "own", "rented", "social", "none", "with_friends", "reference_address", "caravan", "institution",
      "hidden" } },
  { "household", "known_to_ocmw", { "yes", "no" } },
  { "household", "known_to_city", { "yes", "no" } },
  { "trajectory_event", "state", { "intake", "active", "paused", "aftercare", "closed" } },
  { "person", "gender", { "f", "m", "x" } },
  { "membership", "role", { "mother", "father", "parent", "partner", "child", "grandparent", "other" } },
  { "membership", "residence", { "full", "part", "visits", "elsewhere" } },
  { "relation", "kind",
    { "parent_of", "partner_of", "former_partner_of", "sibling_of", "grandparent_of", "guardian_of",
      "other" } },
  { "helper", "kind", { "professional", "network" } },
  { "assessment", "voice", { "family", "person", "worker", "partner" } },
  { "assessment", "asked", { "not_asked", "asked", "does_not_want" } },
  { "goal", "state", { "open", "reached", "stopped" } },
  { "contact_link", "kind", { "took_part", "about" } },
  { "note", "origin", { "seen", "told", "judgement" } },
  { "referral", "direction", { "in", "sideways", "out" } },
  { "referral_event", "state",
    { "prepared", "family_agrees", "sent", "accepted", "waiting_list", "refused", "no_supply",
      "arrived", "did_not_show", "dropped_out", "back_with_us", "helped", "partly_helped",
      "result_unknown", "family_does_not_want", "withdrawn" } },
  { "followup", "kind", { "task", "call_back", "renewal", "family_answer", "check" } },
  { "appointment", "state", { "planned", "held", "cancelled", "missed" } },
};

/* Lists of codes or words separated by `;`: what two people add at the same time, both stays. */
static const char *const sets[][2] = {
  { "document", "tags" },
  { "partner", "domains" },
};

static gboolean
is_set (const char *table,
        const char *column)
{
  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    if (g_str_equal (sets[i][0], table) && g_str_equal (sets[i][1], column))
      return TRUE;
  return FALSE;
}

static void
reference_clear (gpointer data)
{
  g_free (((GezReference *) data)->table);
}

static void
table_free (GezTable *table)
{
  for (guint i = 0; i < table->n_columns; i++)
    {
      g_free (table->columns[i].name);
      g_clear_pointer (&table->columns[i].standard, g_variant_unref);
    }
  g_free (table->columns);
  g_clear_pointer (&table->references, g_array_unref);
  g_clear_pointer (&table->search_columns, g_array_unref);
  g_free (table->search_table);
  g_free (table->name);
  g_free (table);
}

/* @expression: as it stands in the schema of this program: a number or a text. */
static GVariant *
evaluate (GezDatabase *database,
          const char  *expression,
          GError     **error)
{
  g_autofree char *sql = g_strconcat ("SELECT ", expression, NULL);
  g_autoptr (GezStatement) statement = gez_database_query (database, error, sql, GEZ_END);

  if (statement == NULL || !gez_statement_next (statement, error))
    return NULL;
  return g_variant_ref_sink (gez_statement_is_integer (statement, 0)
                               ? g_variant_new_int64 (gez_statement_get_integer (statement, 0))
                               : g_variant_new_string (gez_statement_get_text (statement, 0)));
}

static gboolean
load_references (GezDatabase *database,
                 GezTable    *table,
                 GError     **error)
{
  g_autoptr (GezStatement) statement = NULL;
  GError *failure = NULL;

  table->references = g_array_new (FALSE, FALSE, sizeof (GezReference));
  g_array_set_clear_func (table->references, reference_clear);
  statement = gez_database_query (database, error,
                                  "SELECT \"table\", \"from\" FROM pragma_foreign_key_list(?) ORDER BY id",
                                  GEZ_TEXT, table->name, GEZ_END);
  while (statement && gez_statement_next (statement, &failure))
    {
      int column = gez_table_find_column (table, gez_statement_get_text (statement, 1));
      GezReference reference = { (guint) column, g_strdup (gez_statement_get_text (statement, 0)) };

      g_array_append_val (table->references, reference);
    }
  if (failure)
    g_propagate_error (error, failure);
  return statement && failure == NULL;
}

static GezTable *
load_table (GezDatabase *database,
            const char  *name,
            GError     **error)
{
  g_autoptr (GezStatement) statement = NULL;
  g_autoptr (GArray) columns = g_array_new (FALSE, TRUE, sizeof (GezColumn));
  g_autoptr (GError) failure = NULL;
  GezTable *table;

  statement = gez_database_query (database, error,
                                  "SELECT name, type, \"notnull\", dflt_value FROM pragma_table_info(?)",
                                  GEZ_TEXT, name, GEZ_END);
  if (statement == NULL)
    return NULL;
  table = g_new0 (GezTable, 1);
  table->name = g_strdup (name);
  while (gez_statement_next (statement, &failure))
    {
      GezColumn column = { .name = g_strdup (gez_statement_get_text (statement, 0)) };
      gboolean is_integer = g_str_equal (gez_statement_get_text (statement, 1), "INTEGER");

      column.kind = gez_column_kind_of (column.name, is_integer);
      column.is_required = gez_statement_get_integer (statement, 2) && gez_statement_is_null (statement, 3);
      if (gez_statement_get_integer (statement, 2) && !gez_statement_is_null (statement, 3))
        column.standard = evaluate (database, gez_statement_get_text (statement, 3), &failure);
      column.is_set = is_set (name, column.name);
      column.codes = gez_schema_get_codes (name, column.name);
      g_array_append_val (columns, column);
      if (failure)
        break;
    }
  table->n_columns = columns->len;
  table->columns = (GezColumn *) g_array_free (g_steal_pointer (&columns), FALSE);
  if (failure)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      table_free (table);
      return NULL;
    }
  table->id_column = (guint) MAX (0, gez_table_find_column (table, "id"));
  if (load_references (database, table, error))
    return table;
  table_free (table);
  return NULL;
}

/* The full-text index of table x is called x_search and has columns of the same names. */
static gboolean
load_search_columns (GezDatabase *database,
                     GezTable    *table,
                     GError     **error)
{
  g_autofree char *name = g_strconcat (table->name, "_search", NULL);
  g_autoptr (GezStatement) statement = NULL;
  GError *failure = NULL;

  table->search_columns = g_array_new (FALSE, FALSE, sizeof (guint));
  statement = gez_database_query (database, error, "SELECT name FROM pragma_table_info(?)", GEZ_TEXT, name,
                                  GEZ_END);
  if (statement == NULL)
    return FALSE;
  while (gez_statement_next (statement, &failure))
    {
      int at = gez_table_find_column (table, gez_statement_get_text (statement, 0));
      guint column = (guint) at;

      if (at >= 0)
        g_array_append_val (table->search_columns, column);
    }
  if (failure)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  if (table->search_columns->len > 0)
    table->search_table = g_steal_pointer (&name);
  return TRUE;
}

/**
 * gez_schema_load:
 *
 * Reads which tables are shared.
 *
 * Thread: the store's worker.
 *
 * Returns: (transfer full): the schema, or %NULL with @error set
 */
GezSchema *
gez_schema_load (GezDatabase *database,
                 GError     **error)
{
  g_autoptr (GezSchema) self = g_new0 (GezSchema, 1);
  g_autoptr (GezStatement) statement = NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) failure = NULL;

  self->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  self->tables = g_ptr_array_new_with_free_func ((GDestroyNotify) table_free);
  statement = gez_database_query (database, error,
                                  "SELECT name FROM sqlite_schema AS s WHERE type = 'table' AND EXISTS "
                                  "(SELECT 1 FROM pragma_table_info(s.name) AS c WHERE c.name = 'circle') "
                                  "ORDER BY rowid",
                                  GEZ_END);
  if (statement == NULL)
    return NULL;
  while (gez_statement_next (statement, &failure))
    g_ptr_array_add (names, g_strdup (gez_statement_get_text (statement, 0)));
  if (failure)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  for (guint i = 0; i < names->len; i++)
    {
      GezTable *table = load_table (database, g_ptr_array_index (names, i), error);

      if (table == NULL)
        return NULL;
      g_ptr_array_add (self->tables, table);
      g_hash_table_insert (self->by_name, table->name, table);
      if (!load_search_columns (database, table, error))
        return NULL;
    }
  return g_steal_pointer (&self);
}

void
gez_schema_free (GezSchema *self)
{
  g_hash_table_unref (self->by_name);
  g_ptr_array_unref (self->tables);
  g_free (self);
}

/**
 * gez_schema_find:
 *
 * Returns: (nullable): the shared table of that name
 */
const GezTable *
gez_schema_find (GezSchema  *self,
                 const char *table)
{
  g_return_val_if_fail (self != NULL && table != NULL, NULL);

  return g_hash_table_lookup (self->by_name, table);
}

/**
 * gez_schema_get_tables:
 *
 * Returns: (transfer none) (element-type GezTable): all shared tables, parents before children
 */
GPtrArray *
gez_schema_get_tables (GezSchema *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->tables;
}

/**
 * gez_table_find_column:
 *
 * Returns: the place of the column in schema order, or -1
 */
int
gez_table_find_column (const GezTable *table,
                       const char     *column)
{
  for (guint i = 0; i < table->n_columns; i++)
    if (g_str_equal (table->columns[i].name, column))
      return (int) i;
  return -1;
}

/**
 * gez_column_kind_of:
 * @column: name of a column
 * @is_integer: whether it is declared INTEGER
 *
 * Returns: what a column of that name holds
 */
GezColumnKind
gez_column_kind_of (const char *column,
                    gboolean    is_integer)
{
  if (is_integer)
    {
      if (g_str_has_suffix (column, "_at"))
        return GEZ_COLUMN_INSTANT;
      if (g_str_has_prefix (column, "is_") || g_str_has_prefix (column, "has_") ||
          g_str_has_prefix (column, "needs_"))
        return GEZ_COLUMN_BOOLEAN;
      return GEZ_COLUMN_INTEGER;
    }
  if (g_str_equal (column, "circle"))
    return GEZ_COLUMN_CIRCLE;
  if (g_str_equal (column, "file_id") || g_str_has_suffix (column, "_file_id"))
    return GEZ_COLUMN_FILE;
  if (g_str_equal (column, "id") || g_str_has_suffix (column, "_id"))
    return GEZ_COLUMN_ID;
  if (g_str_has_suffix (column, "_key"))
    return GEZ_COLUMN_KEY;
  if (g_str_has_suffix (column, "_on"))
    return GEZ_COLUMN_DATE;
  if (g_str_has_suffix (column, "_time"))
    return GEZ_COLUMN_TIME;
  return GEZ_COLUMN_TEXT;
}

static gboolean
has_size (GVariant *value,
          gsize     size)
{
  return g_variant_is_of_type (value, G_VARIANT_TYPE_BYTESTRING) && g_variant_get_size (value) == size;
}

/**
 * gez_column_takes:
 * @value: a value of the change log, `()` for NULL
 *
 * Returns: whether the column can hold it; codes that this program does not know are held
 */
gboolean
gez_column_takes (const GezColumn *column,
                  GVariant        *value)
{
  GezCircle circle;

  if (g_variant_is_of_type (value, G_VARIANT_TYPE_UNIT))
    return !column->is_required && column->standard == NULL;
  switch (column->kind)
    {
    case GEZ_COLUMN_INTEGER:
    case GEZ_COLUMN_BOOLEAN:
    case GEZ_COLUMN_INSTANT:
      return g_variant_is_of_type (value, G_VARIANT_TYPE_INT64);
    case GEZ_COLUMN_ID:
    case GEZ_COLUMN_FILE:
      return has_size (value, GEZ_ID_SIZE);
    case GEZ_COLUMN_KEY:
      return has_size (value, GEZ_FILE_KEY_SIZE);
    case GEZ_COLUMN_CIRCLE:
      return g_variant_is_of_type (value, G_VARIANT_TYPE_BYTESTRING) &&
             gez_circle_decode (g_variant_get_data (value), g_variant_get_size (value), &circle);
    case GEZ_COLUMN_TEXT:
    case GEZ_COLUMN_DATE:
    case GEZ_COLUMN_TIME:
    default:
      return g_variant_is_of_type (value, G_VARIANT_TYPE_STRING);
    }
}

/**
 * gez_schema_get_codes:
 *
 * Returns: (nullable) (transfer none): the codes that the column may hold, %NULL-ended, in the order
 *   in which people meet them; %NULL where any text goes
 */
const char *const *
gez_schema_get_codes (const char *table,
                      const char *column)
{
  for (guint i = 0; i < G_N_ELEMENTS (closed_lists); i++)
    if (g_str_equal (closed_lists[i].table, table) && g_str_equal (closed_lists[i].column, column))
      return closed_lists[i].codes;
  return NULL;
}
