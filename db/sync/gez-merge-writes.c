/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/gez-merge.h"

#include <string.h>

/* Writes on their way: rows of the change log as a GVariant (docs/SYNC.md, "Segment"), and back. */

/**
 * gez_write_free:
 */
void
gez_write_free (GezWrite *write)
{
  g_free (write->act);
  g_free (write->table);
  g_clear_pointer (&write->cells, g_bytes_unref);
  g_clear_pointer (&write->of_circle, g_bytes_unref);
  g_free (write);
}

/**
 * gez_write_copy:
 */
GezWrite *
gez_write_copy (const GezWrite *write)
{
  GezWrite *copy = g_memdup2 (write, sizeof *write);

  copy->act = g_strdup (write->act);
  copy->table = g_strdup (write->table);
  copy->cells = g_bytes_ref (write->cells);
  copy->of_circle = write->of_circle ? g_bytes_ref (write->of_circle) : NULL;
  return copy;
}

static GVariant *
id_to_variant (const GezId *id)
{
  return g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, id->bytes, GEZ_ID_SIZE, 1);
}

/**
 * gez_writes_to_variant:
 * @writes: (element-type GezWrite)
 *
 * Returns: (transfer floating): of #GEZ_WRITES_TYPE
 */
GVariant *
gez_writes_to_variant (GPtrArray *writes)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE (GEZ_WRITES_TYPE));
  for (guint i = 0; i < writes->len; i++)
    {
      GezWrite *write = g_ptr_array_index (writes, i);

      g_variant_builder_add (&builder, "(@ayttss@aybx@ay)", id_to_variant (&write->version.device),
                             write->version.counter, write->command, write->act, write->table,
                             id_to_variant (&write->id), write->is_birth, write->wall_at,
                             g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, write->cells, TRUE));
    }
  return g_variant_builder_end (&builder);
}

static gboolean
read_id (GVariant *bytes,
         GezId    *id)
{
  if (g_variant_get_size (bytes) != GEZ_ID_SIZE)
    return FALSE;
  memcpy (id->bytes, g_variant_get_data (bytes), GEZ_ID_SIZE);
  return !gez_id_is_none (id);
}

static GezWrite *
read_write (GVariant *variant)
{
  GezWrite *write = g_new0 (GezWrite, 1);
  g_autoptr (GVariant) device = NULL, id = NULL, cells = NULL;

  g_variant_get (variant, "(@ayttss@aybx@ay)", &device, &write->version.counter, &write->command, &write->act,
                 &write->table, &id, &write->is_birth, &write->wall_at, &cells);
  write->cells = g_variant_get_data_as_bytes (cells);
  if (read_id (device, &write->version.device) && read_id (id, &write->id))
    return write;
  gez_write_free (write);
  return NULL;
}

/**
 * gez_writes_from_variant:
 * @variant: of #GEZ_WRITES_TYPE, in normal form, from somebody else
 *
 * A write without a device or a row is left out: nobody could do anything with it.
 *
 * Returns: (transfer full) (element-type GezWrite): the writes
 */
GPtrArray *
gez_writes_from_variant (GVariant *variant)
{
  GPtrArray *writes = g_ptr_array_new_with_free_func ((GDestroyNotify) gez_write_free);
  gsize n_writes;

  g_return_val_if_fail (g_variant_is_of_type (variant, G_VARIANT_TYPE (GEZ_WRITES_TYPE)), writes);

  n_writes = g_variant_n_children (variant);
  for (gsize i = 0; i < n_writes; i++)
    {
      g_autoptr (GVariant) child = g_variant_get_child_value (variant, i);
      GezWrite *write = read_write (child);

      if (write)
        g_ptr_array_add (writes, write);
    }
  return writes;
}
