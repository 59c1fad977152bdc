/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/gez-damage.h"

static void
table_free (gpointer data)
{
  GezDamageTable *table = data;

  g_free (table->table);
  g_free (table);
}

/**
 * gez_damage_new:
 * @check: (transfer full): what gez_vault_check() found
 *
 * Returns: (transfer full): a report without tables
 *
 * Thread: any; a report belongs to one thread at a time.
 */
GezDamage *
gez_damage_new (GezVaultCheck *check)
{
  GezDamage *self = g_new0 (GezDamage, 1);

  self->check = check;
  self->problems = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * gez_damage_add_table:
 *
 * Returns: (transfer none): the place of @table, empty
 */
GezDamageTable *
gez_damage_add_table (GezDamage  *self,
                      const char *table)
{
  GezDamageTable *added = g_new0 (GezDamageTable, 1);

  if (self->tables == NULL)
    self->tables = g_ptr_array_new_with_free_func (table_free);
  added->table = g_strdup (table);
  g_ptr_array_add (self->tables, added);
  return added;
}

/**
 * gez_damage_find:
 *
 * Returns: (nullable) (transfer none): what is known of @table
 */
GezDamageTable *
gez_damage_find (GezDamage  *self,
                 const char *table)
{
  for (guint i = 0; self->tables && i < self->tables->len; i++)
    {
      GezDamageTable *candidate = self->tables->pdata[i];

      if (g_str_equal (candidate->table, table))
        return candidate;
    }
  return NULL;
}

/**
 * gez_damage_is_sound:
 *
 * Returns: whether nothing at all was found
 */
gboolean
gez_damage_is_sound (const GezDamage *self)
{
  return gez_vault_check_is_sound (self->check) && self->problems->len == 0;
}

void
gez_damage_free (GezDamage *self)
{
  gez_vault_check_free (self->check);
  g_clear_pointer (&self->tables, g_ptr_array_unref);
  g_ptr_array_unref (self->problems);
  g_free (self);
}
