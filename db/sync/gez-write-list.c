/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/gez-write-list.h"

#include <string.h>

static GVariant *
bytes_to_variant (gconstpointer bytes,
                  gsize         size)
{
  return g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, bytes, size, 1);
}

/**
 * gez_write_list_to_variant:
 * @writes: (element-type GezWrite): may be empty
 *
 * Returns: (transfer full) (floating): of %GEZ_WRITE_LIST_TYPE
 */
GVariant *
gez_write_list_to_variant (GPtrArray *writes)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE (GEZ_WRITE_LIST_TYPE));
  for (guint i = 0; i < writes->len; i++)
    {
      GezWrite *write = g_ptr_array_index (writes, i);

      g_variant_builder_add (&builder, "(@ayttss@aybx@ay)",
                             bytes_to_variant (write->version.device.bytes, GEZ_ID_SIZE), write->version.counter,
                             write->command, write->act, write->table, bytes_to_variant (write->id.bytes, GEZ_ID_SIZE),
                             write->is_birth, write->wall_at,
                             g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, write->cells, TRUE));
    }
  return g_variant_builder_end (&builder);
}

static gboolean
take_id (GVariant *value,
         GezId    *id)
{
  if (g_variant_get_size (value) != GEZ_ID_SIZE)
    return FALSE;
  memcpy (id->bytes, g_variant_get_data (value), GEZ_ID_SIZE);
  return TRUE;
}

/* NULL: an identity has another size, or a number does not fit into the log. */
static GezWrite *
write_from_variant (GVariant *value)
{
  GezWrite *write = g_new0 (GezWrite, 1);
  g_autoptr (GVariant) device = NULL;
  g_autoptr (GVariant) id = NULL;
  g_autoptr (GVariant) cells = NULL;

  g_variant_get (value, "(@ayttss@aybx@ay)", &device, &write->version.counter, &write->command, &write->act,
                 &write->table, &id, &write->is_birth, &write->wall_at, &cells);
  write->cells = g_variant_get_data_as_bytes (cells);
  if (take_id (device, &write->version.device) && take_id (id, &write->id) && !gez_id_is_none (&write->id)
      && write->version.counter <= G_MAXINT64 && write->command <= G_MAXINT64)
    return write;
  gez_write_free (write);
  return NULL;
}

/**
 * gez_write_list_from_variant:
 * @value: from outside, in normal form
 *
 * What the cells of a write say is for the merge to judge.
 *
 * Returns: (transfer full) (nullable) (element-type GezWrite): %NULL when it is not of %GEZ_WRITE_LIST_TYPE,
 *   or one of its writes is none
 */
GPtrArray *
gez_write_list_from_variant (GVariant *value)
{
  g_autoptr (GPtrArray) writes = g_ptr_array_new_with_free_func ((GDestroyNotify) gez_write_free);
  gsize n;

  if (!g_variant_is_of_type (value, G_VARIANT_TYPE (GEZ_WRITE_LIST_TYPE)))
    return NULL;
  n = g_variant_n_children (value);
  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (GVariant) child = g_variant_get_child_value (value, i);
      GezWrite *write = write_from_variant (child);

      if (write == NULL)
        return NULL;
      g_ptr_array_add (writes, write);
    }
  return g_steal_pointer (&writes);
}

/**
 * gez_write_from_statement:
 * @statement: at a row whose first columns are %GEZ_WRITE_COLUMNS
 *
 * Returns: (transfer full): one row of the change log
 */
GezWrite *
gez_write_from_statement (GezStatement *statement)
{
  GezWrite *write = g_new0 (GezWrite, 1);

  write->version.device = gez_statement_get_id (statement, 0);
  write->version.counter = (guint64) gez_statement_get_integer (statement, 1);
  write->command = (guint64) gez_statement_get_integer (statement, 2);
  write->act = g_strdup (gez_statement_get_text (statement, 3));
  write->table = g_strdup (gez_statement_get_text (statement, 4));
  write->id = gez_statement_get_id (statement, 5);
  write->is_birth = gez_statement_get_integer (statement, 6) != 0;
  write->wall_at = gez_statement_get_integer (statement, 7);
  write->cells = gez_statement_get_blob (statement, 8);
  return write;
}
