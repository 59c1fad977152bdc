/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-fingerprint-choice.h"

#include "model/gez-command.h"
#include "model/gez-derived.h"
#include "store/gez-record.h"

/**
 * gez_fingerprint_choice_leave_out:
 * @household: whose file
 * @reason: (nullable): why, in words
 *
 * No colleague is told any more that somebody works with this family.
 *
 * Thread: any; it touches no store.
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_fingerprint_choice_leave_out (GezContext  *context,
                                  const GezId *household,
                                  const char  *reason)
{
  GezChange *change;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context) && !gez_id_is_none (household), NULL);

  change = gez_change_new ("leave-out-fingerprint");
  gez_command_insert (context, change, "fingerprint_choice", gez_circle_open (household), NULL);
  gez_change_set_id (change, "household_id", household);
  gez_command_yes (change, "is_left_out", TRUE);
  gez_command_write_text (change, "reason", reason);
  gez_command_by (context, change, "by_member_id", NULL);
  return change;
}

/**
 * gez_fingerprint_choice_take_in:
 * @choices: (element-type GezRecord): what gez_fingerprint_choice_query() gave
 *
 * Colleagues can find the file again.
 *
 * Thread: any; it touches no store.
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_fingerprint_choice_take_in (GezContext *context,
                                GPtrArray  *choices)
{
  GezChange *change;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context) && choices != NULL && choices->len > 0, NULL);

  change = gez_change_new ("take-in-fingerprint");
  for (guint i = 0; i < choices->len; i++)
    gez_change_withdraw (change, "fingerprint_choice", gez_record_get_id (choices->pdata[i]), NULL);
  return change;
}

static const char choices_sql[] =
  "SELECT c.id, c.reason, " GEZ_SQL_NAME_OF ("member", "c.by_member_id") " AS by_name"
  " FROM fingerprint_choice c WHERE c.household_id = ?1 AND c.is_left_out = 1"
  " AND c.withdrawn_at IS NULL ORDER BY c.id DESC";

static gpointer
read_choices (GezDatabase *database,
              gpointer     household,
              GError     **error)
{
  return gez_record_list (database, error, choices_sql, GEZ_ID, household, GEZ_END);
}

GezQuery *
gez_fingerprint_choice_query (const GezId *household)
{
  g_return_val_if_fail (household != NULL, NULL);

  return gez_query_new (read_choices, gez_id_copy (household), g_free, (GDestroyNotify) g_ptr_array_unref);
}
