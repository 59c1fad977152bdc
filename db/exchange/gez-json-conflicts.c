/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/gez-json-conflicts.h"

#include <string.h>

#include "base/gez-date.h"
#include "exchange/gez-json-select.h"
#include "store/gez-circle.h"
#include "store/gez-log.h"

/* Cells of which several versions stand side by side, for the interchange document: what each device
 * wrote and when. For reading alone: an import passes over them. */

static void
set_id (JsonObject  *object,
        const char  *name,
        const GezId *id)
{
  g_autofree char *text = gez_id_to_string (id);

  json_object_set_string_member (object, name, text);
}

static void
set_bytes (JsonObject *head,
           GVariant   *value)
{
  gsize size;
  gconstpointer bytes = g_variant_get_fixed_array (value, &size, 1);
  GezCircle circle;
  GezId id;

  if (size == GEZ_ID_SIZE)
    {
      memcpy (id.bytes, bytes, GEZ_ID_SIZE);
      set_id (head, "value", &id);
    }
  else if (gez_circle_decode (bytes, size, &circle))
    json_object_set_string_member (head, "value", gez_circle_kind_to_code (circle.kind));
  else
    json_object_set_null_member (head, "value");
}

static void
set_number (JsonObject *head,
            const char *column,
            gint64      number)
{
  g_autofree char *instant = NULL;

  switch (gez_column_kind_of (column, TRUE))
    {
    case GEZ_COLUMN_BOOLEAN:
      json_object_set_boolean_member (head, "value", number != 0);
      break;
    case GEZ_COLUMN_INSTANT:
      instant = gez_date_format_instant (number);
      json_object_set_string_member (head, "value", instant);
      break;
    default:
      json_object_set_int_member (head, "value", number);
    }
}

/* A birth says nothing about columns that were empty. */
static void
set_value (JsonObject *head,
           const char *column,
           GVariant   *cells)
{
  GVariantIter iter;
  const char *name;
  GVariant *value;

  json_object_set_null_member (head, "value");
  g_variant_iter_init (&iter, cells);
  while (g_variant_iter_loop (&iter, "(&sv@a(ayt))", &name, &value, NULL))
    {
      if (!g_str_equal (name, column))
        continue;
      if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
        json_object_set_string_member (head, "value", g_variant_get_string (value, NULL));
      else if (g_variant_is_of_type (value, G_VARIANT_TYPE_INT64))
        set_number (head, column, g_variant_get_int64 (value));
      else if (g_variant_is_of_type (value, G_VARIANT_TYPE_BYTESTRING))
        set_bytes (head, value);
    }
}

static JsonObject *
head_new (GezStatement *statement)
{
  JsonObject *head = json_object_new ();
  g_autoptr (GBytes) bytes = gez_statement_get_blob (statement, 6);
  g_autoptr (GVariant) cells = g_variant_ref_sink (gez_log_cells_from_bytes (bytes));
  g_autofree char *wall = gez_date_format_instant (gez_statement_get_integer (statement, 5));
  GezId device = gez_statement_get_id (statement, 3);

  set_id (head, "device_id", &device);
  json_object_set_int_member (head, "counter", gez_statement_get_integer (statement, 4));
  json_object_set_string_member (head, "written_at", wall);
  set_value (head, gez_statement_get_text (statement, 2), cells);
  return head;
}

static gboolean
is_same_cell (JsonObject *conflict,
              const char *id,
              const char *column)
{
  return g_str_equal (json_object_get_string_member (conflict, "id"), id) &&
         g_str_equal (json_object_get_string_member (conflict, "column"), column);
}

static void
add_head (GPtrArray    *conflicts,
          GezStatement *statement)
{
  const char *column = gez_statement_get_text (statement, 2);
  GezId row = gez_statement_get_id (statement, 1);
  g_autofree char *id = gez_id_to_string (&row);
  JsonObject *conflict = conflicts->len > 0 ? conflicts->pdata[conflicts->len - 1] : NULL;

  if (conflict == NULL || !is_same_cell (conflict, id, column))
    {
      conflict = json_object_new ();
      json_object_set_string_member (conflict, "table", gez_statement_get_text (statement, 0));
      json_object_set_string_member (conflict, "id", id);
      json_object_set_string_member (conflict, "column", column);
      json_object_set_array_member (conflict, "heads", json_array_new ());
      g_ptr_array_add (conflicts, conflict);
    }
  json_array_add_object_element (json_object_get_array_member (conflict, "heads"), head_new (statement));
}

static gboolean
is_wanted (GezDatabase  *database,
           GezSchema    *schema,
           const GezId  *household,
           GezStatement *statement)
{
  const GezTable *table = gez_schema_find (schema, gez_statement_get_text (statement, 0));
  GezId id = gez_statement_get_id (statement, 1);

  return table != NULL && (household == NULL || gez_json_is_of_household (database, table, &id, household));
}

/**
 * gez_json_list_conflicts:
 * @household: (nullable): only those of this household's rows
 *
 * Thread: the store's worker.
 *
 * Returns: (transfer full) (element-type JsonObject): one per cell, by table, row and column, the head
 *   that the column shows first; %NULL with @error set
 */
GPtrArray *
gez_json_list_conflicts (GezDatabase *database,
                         GezSchema   *schema,
                         const GezId *household,
                         GError     **error)
{
  g_autoptr (GPtrArray) conflicts = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  g_autoptr (GezStatement) statement = NULL;
  GError *failure = NULL;

  statement = gez_database_query (
      database, error,
      "SELECT l.table_name, h.id, h.column_name, h.device, h.counter, l.wall_at, l.cells "
      "FROM (SELECT id, column_name FROM head GROUP BY id, column_name "
      "HAVING count(*) > 1) AS c "
      "JOIN head AS h ON h.id = c.id AND h.column_name = c.column_name "
      "JOIN change_log AS l ON l.device = h.device AND l.counter = h.counter "
      "ORDER BY l.table_name, h.id, h.column_name, l.wall_at DESC, h.device DESC, "
      "h.counter DESC",
      GEZ_END);
  if (statement == NULL)
    return NULL;
  while (gez_statement_next (statement, &failure))
    if (is_wanted (database, schema, household, statement))
      add_head (conflicts, statement);
  if (failure == NULL)
    return g_steal_pointer (&conflicts);
  g_propagate_error (error, failure);
  return NULL;
}
