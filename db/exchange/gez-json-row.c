/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/gez-json-row.h"

#include "base/gez-date.h"
#include "base/gez-text.h"
#include "store/gez-circle.h"

/* One row of the store as a JSON object and back (docs/INTERCHANGE.md, "Rows"). What a column holds is
 * told by its name; both directions stand here, so that they cannot drift apart. */

static void
set_id (JsonObject  *row,
        const char  *name,
        const GezId *id)
{
  char text[GEZ_ID_TEXT_SIZE];

  gez_id_to_buffer (id, text);
  json_object_set_string_member (row, name, text);
}

static gboolean
set_circle (JsonObject   *row,
            GezStatement *statement,
            int           column,
            GError      **error)
{
  g_autoptr (GBytes) bytes = gez_statement_get_blob (statement, column);
  GezCircle circle;

  if (!gez_circle_decode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &circle))
    {
      g_set_error_literal (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_DAMAGED,
                           "a row in a circle of no known kind");
      return FALSE;
    }
  json_object_set_string_member (row, GEZ_JSON_CIRCLE, gez_circle_kind_to_code (circle.kind));
  if (circle.kind == GEZ_CIRCLE_TEAM)
    json_object_set_null_member (row, GEZ_JSON_CIRCLE_SUBJECT);
  else
    set_id (row, GEZ_JSON_CIRCLE_SUBJECT, &circle.subject);
  return TRUE;
}

static gboolean
set_instant (JsonObject *row,
             const char *name,
             gint64      instant,
             GError    **error)
{
  g_autofree char *text = gez_date_format_instant (instant);

  if (text == NULL)
    {
      g_set_error (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_DAMAGED, "%s is no instant", name);
      return FALSE;
    }
  json_object_set_string_member (row, name, text);
  return TRUE;
}

static gboolean
set_cell (JsonObject      *row,
          const GezColumn *column,
          GezStatement    *statement,
          int              at,
          GError         **error)
{
  GezId id;

  if (column->kind == GEZ_COLUMN_CIRCLE)
    return set_circle (row, statement, at, error);
  if (gez_statement_is_null (statement, at))
    {
      json_object_set_null_member (row, column->name);
      return TRUE;
    }
  switch (column->kind)
    {
    case GEZ_COLUMN_ID:
      id = gez_statement_get_id (statement, at);
      set_id (row, column->name, &id);
      return TRUE;
    case GEZ_COLUMN_INTEGER:
      json_object_set_int_member (row, column->name, gez_statement_get_integer (statement, at));
      return TRUE;
    case GEZ_COLUMN_BOOLEAN:
      json_object_set_boolean_member (row, column->name, gez_statement_get_integer (statement, at) != 0);
      return TRUE;
    case GEZ_COLUMN_INSTANT:
      return set_instant (row, column->name, gez_statement_get_integer (statement, at), error);
    case GEZ_COLUMN_TEXT:
    case GEZ_COLUMN_DATE:
    case GEZ_COLUMN_TIME:
    case GEZ_COLUMN_CIRCLE:
    case GEZ_COLUMN_FILE:
    case GEZ_COLUMN_KEY:
    default:
      json_object_set_string_member (row, column->name, gez_statement_get_text (statement, at));
      return TRUE;
    }
}

/**
 * gez_json_is_hidden:
 *
 * Returns: whether the column never leaves the store: it names a sealed file or holds its key
 */
gboolean
gez_json_is_hidden (const GezColumn *column)
{
  return column->kind == GEZ_COLUMN_FILE || column->kind == GEZ_COLUMN_KEY;
}

/**
 * gez_json_row_new:
 * @statement: stands on a row of `SELECT * FROM` @table
 *
 * Thread: the store's worker.
 *
 * Returns: (transfer full): the row with all columns but `row` and the hidden ones, in schema order;
 *   %NULL with @error set when it holds what the format cannot tell
 */
JsonObject *
gez_json_row_new (const GezTable *table,
                  GezStatement   *statement,
                  GError        **error)
{
  g_autoptr (JsonObject) row = json_object_new ();

  for (guint i = 1; i < table->n_columns; i++)
    if (!gez_json_is_hidden (&table->columns[i]) &&
        !set_cell (row, &table->columns[i], statement, (int) i, error))
      return NULL;
  return g_steal_pointer (&row);
}

/**
 * gez_json_to_text:
 *
 * Returns: (transfer full): @object on one line
 */
char *
gez_json_to_text (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);

  return json_to_string (node, FALSE);
}

static gboolean
is_string (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;
}

static gboolean
is_integer (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64;
}

static gboolean
read_text (const GezColumn *column,
           JsonNode        *node,
           GezJsonCell     *cell,
           const char     **why)
{
  const char *text = json_node_get_string (node);

  if (column->kind == GEZ_COLUMN_ID)
    {
      cell->kind = GEZ_JSON_CELL_ID;
      *why = "not a UUID";
      return gez_id_parse (text, &cell->id) && !gez_id_is_none (&cell->id);
    }
  if (column->kind == GEZ_COLUMN_INSTANT)
    {
      cell->kind = GEZ_JSON_CELL_INTEGER;
      *why = "not an instant in ISO 8601 with its zone";
      return gez_date_parse_instant (text, &cell->integer);
    }
  cell->kind = GEZ_JSON_CELL_TEXT;
  cell->text = gez_text_normalise (text);
  *why = "not UTF-8";
  return cell->text != NULL;
}

/**
 * gez_json_cell_read:
 * @cell: (out): to be cleared by the caller, also on failure
 * @why: (out): on failure, what is the matter
 *
 * Takes a value over from JSON. Only its type is checked here: the store checks what it says.
 *
 * Returns: whether @node is of the type that @column holds
 */
gboolean
gez_json_cell_read (const GezColumn *column,
                    JsonNode        *node,
                    GezJsonCell     *cell,
                    const char     **why)
{
  *cell = (GezJsonCell) { .kind = GEZ_JSON_CELL_NULL };
  if (JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  switch (column->kind)
    {
    case GEZ_COLUMN_BOOLEAN:
      cell->kind = GEZ_JSON_CELL_INTEGER;
      *why = "neither true nor false";
      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
        return FALSE;
      cell->integer = json_node_get_boolean (node);
      return TRUE;
    case GEZ_COLUMN_INTEGER:
      cell->kind = GEZ_JSON_CELL_INTEGER;
      *why = "not a whole number";
      if (!is_integer (node))
        return FALSE;
      cell->integer = json_node_get_int (node);
      return TRUE;
    case GEZ_COLUMN_TEXT:
    case GEZ_COLUMN_ID:
    case GEZ_COLUMN_DATE:
    case GEZ_COLUMN_TIME:
    case GEZ_COLUMN_INSTANT:
    case GEZ_COLUMN_CIRCLE:
    case GEZ_COLUMN_FILE:
    case GEZ_COLUMN_KEY:
    default:
      *why = "not a text";
      return is_string (node) && read_text (column, node, cell, why);
    }
}

/**
 * gez_json_cell_is_stored:
 *
 * Returns: whether column number @column of the present row of @statement holds the value already
 */
gboolean
gez_json_cell_is_stored (const GezJsonCell *cell,
                         GezStatement      *statement,
                         int                column)
{
  GezId id;

  if (cell->kind == GEZ_JSON_CELL_NULL || gez_statement_is_null (statement, column))
    return cell->kind == GEZ_JSON_CELL_NULL && gez_statement_is_null (statement, column);
  switch (cell->kind)
    {
    case GEZ_JSON_CELL_INTEGER:
      return gez_statement_get_integer (statement, column) == cell->integer;
    case GEZ_JSON_CELL_ID:
      id = gez_statement_get_id (statement, column);
      return gez_id_equal (&id, &cell->id);
    case GEZ_JSON_CELL_TEXT:
    case GEZ_JSON_CELL_NULL:
    default:
      return g_str_equal (gez_statement_get_text (statement, column), cell->text);
    }
}

/**
 * gez_json_cell_write:
 *
 * Sets a column of the row that @change is at.
 */
void
gez_json_cell_write (const GezJsonCell *cell,
                     GezChange         *change,
                     const char        *column)
{
  switch (cell->kind)
    {
    case GEZ_JSON_CELL_INTEGER:
      gez_change_set_integer (change, column, cell->integer);
      break;
    case GEZ_JSON_CELL_TEXT:
      gez_change_set_text (change, column, cell->text);
      break;
    case GEZ_JSON_CELL_ID:
      gez_change_set_id (change, column, &cell->id);
      break;
    case GEZ_JSON_CELL_NULL:
    default:
      gez_change_set_null (change, column);
    }
}

void
gez_json_cell_clear (GezJsonCell *cell)
{
  g_clear_pointer (&cell->text, g_free);
}

/**
 * gez_json_circle_read:
 * @row: a row with a member "circle"
 * @why: (out): on failure, what is the matter
 *
 * Returns: whether @row says in which circle it is
 */
gboolean
gez_json_circle_read (JsonObject  *row,
                      GezCircle   *circle,
                      const char **why)
{
  JsonNode *kind = json_object_get_member (row, GEZ_JSON_CIRCLE);
  JsonNode *subject = json_object_get_member (row, GEZ_JSON_CIRCLE_SUBJECT);
  gboolean has_subject = subject && !JSON_NODE_HOLDS_NULL (subject);

  *circle = gez_circle_team ();
  *why = "not one of its codes";
  if (kind == NULL || !is_string (kind) ||
      !gez_circle_kind_from_code (json_node_get_string (kind), &circle->kind))
    return FALSE;
  *why = "the circle of the team has no subject";
  if (circle->kind == GEZ_CIRCLE_TEAM)
    return !has_subject;
  *why = "circle_subject_id is missing or not a UUID";
  return has_subject && is_string (subject) &&
         gez_id_parse (json_node_get_string (subject), &circle->subject) &&
         !gez_id_is_none (&circle->subject);
}
