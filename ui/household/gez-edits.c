/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "household/gez-edits.h"

#include "model/gez-record-edit.h"

/**
 * gez_edits_take:
 * @self: the edits
 * @change: (transfer full) (nullable): what else belongs to the same act
 */
void
gez_edits_take (GezEdits  *self,
                GezChange *change)
{
  g_return_if_fail (self != NULL);

  if (change == NULL)
    return;

  if (self->change == NULL)
    {
      self->change = change;
      return;
    }

  gez_change_append (self->change, change);
  g_object_unref (change);
}

/**
 * gez_edits_text:
 * @self: the edits
 * @column: a text column that was read into the record
 * @value: (nullable): what stands in the form
 */
void
gez_edits_text (GezEdits   *self,
                const char *column,
                const char *value)
{
  const char *before;

  g_return_if_fail (self != NULL);

  before = gez_record_is_null (self->before, column) ? NULL
                                                     : gez_record_get_text (self->before, column);
  if (g_strcmp0 (before, value) != 0)
    gez_edits_take (self, gez_record_edit_text (self->context, self->act, self->table, self->id,
                                                column, value));
}

/**
 * gez_edits_integer:
 * @self: the edits
 * @column: an integer column that was read into the record
 * @value: what stands in the form
 */
void
gez_edits_integer (GezEdits   *self,
                   const char *column,
                   gint64      value)
{
  g_return_if_fail (self != NULL);

  if (gez_record_is_null (self->before, column)
      || gez_record_get_integer (self->before, column) != value)
    gez_edits_take (self, gez_record_edit_integer (self->context, self->act, self->table, self->id,
                                                   column, value));
}

/**
 * gez_edits_id:
 * @self: the edits
 * @column: a reference that was read into the record
 * @value: (nullable): what stands in the form
 */
void
gez_edits_id (GezEdits    *self,
              const char  *column,
              const GezId *value)
{
  static const GezId none = GEZ_ID_NONE;
  const GezId *before, *after;

  g_return_if_fail (self != NULL);

  before = gez_record_is_null (self->before, column)
             ? &none
             : gez_record_get_reference (self->before, column);
  after = value != NULL ? value : &none;
  if (!gez_id_equal (before, after))
    gez_edits_take (self, gez_record_edit_id (self->context, self->act, self->table, self->id,
                                              column, gez_id_is_none (after) ? NULL : after));
}
