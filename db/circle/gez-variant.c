/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "circle/gez-variant.h"

#include <string.h>

/**
 * gez_variant_of_bytes:
 * @data: copied when it is written, not before: stays where it is until then
 *
 * Returns: (transfer floating): an `ay`
 *
 * Thread: any, here and below.
 */
GVariant *
gez_variant_of_bytes (gconstpointer data,
                      gsize         size)
{
  return g_variant_new_from_data (G_VARIANT_TYPE_BYTESTRING, data, size, TRUE, NULL, NULL);
}

/**
 * gez_variant_get_bytes:
 * @value: an `ay`
 * @out: (out): gets its bytes
 *
 * Returns: whether @value has just @size bytes
 */
gboolean
gez_variant_get_bytes (GVariant *value,
                       gpointer  out,
                       gsize     size)
{
  gsize n_bytes = 0;
  gconstpointer bytes = g_variant_get_fixed_array (value, &n_bytes, 1);

  if (n_bytes != size)
    return FALSE;
  memcpy (out, bytes, size);
  return TRUE;
}

/**
 * gez_variant_write:
 * @value: (transfer none): taken over when floating; it may hold keys that gez_variant_of_bytes() refers to
 *
 * Returns: (transfer full): its bytes, in memory that is wiped when its last reference goes
 */
GBytes *
gez_variant_write (GVariant *value)
{
  g_autoptr (GVariant) own = g_variant_ref_sink (value);
  g_autoptr (GVariant) little =
      G_BYTE_ORDER == G_LITTLE_ENDIAN ? g_variant_ref (own) : g_variant_byteswap (own);
  gsize size = g_variant_get_size (little);
  guint8 *memory = gez_wiped_new (size);

  if (memory == NULL)
    g_error ("No memory for %" G_GSIZE_FORMAT " bytes", size);
  g_variant_store (little, memory);
  return gez_wiped_steal (memory, 0, size);
}

/**
 * gez_variant_read:
 * @bytes: what gez_variant_write() made, from anywhere
 *
 * Returns: (transfer full) (nullable): the value; or %NULL with GEZ_SYNC_ERROR_DAMAGED when @bytes are
 *   not the one form of a value of @type
 */
GVariant *
gez_variant_read (GBytes     *bytes,
                  const char *type,
                  GError    **error)
{
  g_autoptr (GVariant) value =
      g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (type), bytes, FALSE));

  if (!g_variant_is_normal_form (value))
    {
      g_set_error (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_DAMAGED, "Not a value of the type %s", type);
      return NULL;
    }
  return G_BYTE_ORDER == G_LITTLE_ENDIAN ? g_steal_pointer (&value) : g_variant_byteswap (value);
}
