/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/gez-heads.h"

#include <string.h>

/* What a column shows of which several versions stand side by side. */

static gboolean
is_withdrawal (const char *column)
{
  return g_str_equal (column, "withdrawn_at") || g_str_equal (column, "withdrawn_reason");
}

/* What the roster says of a member; nobody chooses. */
static gboolean
is_of_roster (const char *table,
              const char *column)
{
  return g_str_equal (table, "member") && (g_str_equal (column, "name") || g_str_equal (column, "role") ||
                                           g_str_equal (column, "is_active"));
}

static gboolean
all_equal (GPtrArray *values)
{
  for (guint i = 1; i < values->len; i++)
    if (!g_variant_equal (values->pdata[0], values->pdata[i]))
      return FALSE;
  return TRUE;
}

static int
compare_words (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* All words of all versions, each once, in one order on every device. */
static GVariant *
join_sets (GPtrArray *values)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) joined = g_string_new (NULL);

  for (guint i = 0; i < values->len; i++)
    {
      g_auto (GStrv) parts = g_variant_is_of_type (values->pdata[i], G_VARIANT_TYPE_STRING)
                               ? g_strsplit (g_variant_get_string (values->pdata[i], NULL), ";", -1)
                               : NULL;

      for (guint p = 0; parts && parts[p]; p++)
        if (*g_strstrip (parts[p]) && !g_ptr_array_find_with_equal_func (words, parts[p], g_str_equal, NULL))
          g_ptr_array_add (words, g_strdup (parts[p]));
    }
  g_ptr_array_sort (words, compare_words);
  for (guint i = 0; i < words->len; i++)
    g_string_append_printf (joined, "%s%s", i ? ";" : "", (char *) words->pdata[i]);
  return g_variant_ref_sink (words->len ? g_variant_new_string (joined->str) : g_variant_new ("()"));
}

static GVariant *
find_withdrawal (GPtrArray *values)
{
  for (guint i = 0; i < values->len; i++)
    if (!g_variant_is_of_type (values->pdata[i], G_VARIANT_TYPE_UNIT))
      return g_variant_ref (values->pdata[i]);
  return g_variant_ref (values->pdata[0]);
}

/**
 * gez_heads_join:
 * @values: (element-type GVariant): of the heads, the greatest first; at least one
 * @is_disputed: (out): whether people have to choose
 *
 * Of a set all that anybody put into it stands; withdrawn is what anybody withdrew; else the greatest stands. Equal
 * values are one.
 *
 * Thread: any.
 *
 * Returns: (transfer full): what the column shows
 */
GVariant *
gez_heads_join (const GezTable *table,
                guint           column,
                GPtrArray      *values,
                gboolean       *is_disputed)
{
  *is_disputed = FALSE;
  if (all_equal (values))
    return g_variant_ref (values->pdata[0]);
  if (table->columns[column].is_set)
    return join_sets (values);
  if (is_withdrawal (table->columns[column].name))
    return find_withdrawal (values);
  *is_disputed = !is_of_roster (table->name, table->columns[column].name);
  return g_variant_ref (values->pdata[0]);
}
