/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-relation.h"

#include "model/gez-command.h"

/**
 * gez_relation_add:
 * @id: (out) (optional): receives the identity
 *
 * Two persons of one file belong to each other.
 *
 * Thread: any; it touches no store.
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_relation_add (GezContext             *context,
                  const GezRelationInput *input,
                  GezId                  *id)
{
  GezChange *change;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context) && input != NULL && input->kind != NULL, NULL);
  g_return_val_if_fail (!gez_id_is_none (input->household_id), NULL);
  g_return_val_if_fail (!gez_id_is_none (input->person_id), NULL);
  g_return_val_if_fail (!gez_id_is_none (input->other_person_id), NULL);

  change = gez_change_new ("add-relation");
  gez_command_insert (context, change, "relation", gez_circle_open (input->household_id), id);
  gez_change_set_id (change, "person_id", input->person_id);
  gez_change_set_text (change, "kind", input->kind);
  gez_change_set_id (change, "other_person_id", input->other_person_id);
  gez_command_text (change, "from_on", input->from_on);
  return change;
}

/**
 * gez_relation_end:
 * @to_on: (nullable): first day on which it no longer holds; %NULL: today
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_relation_end (GezContext  *context,
                  const GezId *relation,
                  const char  *to_on)
{
  GezChange *change;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context) && !gez_id_is_none (relation), NULL);

  change = gez_change_new ("end-relation");
  gez_change_update (change, "relation", relation);
  gez_command_date (context, change, "to_on", to_on);
  return change;
}
