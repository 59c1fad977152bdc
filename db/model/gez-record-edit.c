/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-record-edit.h"

#include "model/gez-command.h"

static GezChange *
begin (const char  *act,
       const char  *table,
       const GezId *id)
{
  GezChange *change = gez_change_new (act);

  gez_change_update (change, table, id);
  return change;
}

/**
 * gez_record_edit_text:
 * @value: (nullable): the new text; white space around it goes, blank takes the value away
 *
 * Thread: any; it touches no store.
 *
 * Returns: (transfer full): the change; committing it fails with %GEZ_STORE_ERROR_INVALID when the
 *   column may not be empty or does not hold such a value
 */
GezChange *
gez_record_edit_text (GezContext  *context,
                      const char  *act,
                      const char  *table,
                      const GezId *id,
                      const char  *column,
                      const char  *value)
{
  GezChange *change;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context), NULL);
  g_return_val_if_fail (act && table && column && !gez_id_is_none (id), NULL);

  change = begin (act, table, id);
  gez_command_write_text (change, column, value);
  return change;
}

/**
 * gez_record_edit_integer:
 * @value: a number, or 0 and 1 for no and yes
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_record_edit_integer (GezContext  *context,
                         const char  *act,
                         const char  *table,
                         const GezId *id,
                         const char  *column,
                         gint64       value)
{
  GezChange *change;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context), NULL);
  g_return_val_if_fail (act && table && column && !gez_id_is_none (id), NULL);

  change = begin (act, table, id);
  gez_change_set_integer (change, column, value);
  return change;
}

/**
 * gez_record_edit_id:
 * @value: (nullable): what it refers to; none takes the reference away
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_record_edit_id (GezContext  *context,
                    const char  *act,
                    const char  *table,
                    const GezId *id,
                    const char  *column,
                    const GezId *value)
{
  GezChange *change;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context), NULL);
  g_return_val_if_fail (act && table && column && !gez_id_is_none (id), NULL);

  change = begin (act, table, id);
  gez_change_set_id (change, column, value);
  return change;
}

/**
 * gez_record_withdraw:
 * @reason: (nullable): why, in the words of who does it
 *
 * Takes back a row that was a mistake. It counts nowhere any more and is never destroyed.
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_record_withdraw (GezContext  *context,
                     const char  *act,
                     const char  *table,
                     const GezId *id,
                     const char  *reason)
{
  GezChange *change;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context), NULL);
  g_return_val_if_fail (act && table && !gez_id_is_none (id), NULL);

  change = gez_change_new (act);
  gez_change_withdraw (change, table, id, reason);
  return change;
}
