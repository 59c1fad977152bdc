/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-member.h"

#include "model/gez-command.h"

/**
 * gez_member_add:
 * @input: name and role are known
 * @id: (out) (optional): receives the identity
 *
 * Somebody works in the team.
 *
 * Thread: any; it touches no store.
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_member_add (GezContext           *context,
                const GezMemberInput *input,
                GezId                *id)
{
  GezChange *change;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context) && input != NULL, NULL);
  g_return_val_if_fail (input->name != NULL && input->role != NULL, NULL);

  change = gez_change_new ("add-member");
  gez_command_insert (context, change, "member", gez_circle_team (), id);
  gez_command_write_text (change, "name", input->name);
  gez_change_set_text (change, "role", input->role);
  gez_command_text (change, "job_title", input->job_title);
  gez_command_text (change, "languages", input->languages);
  gez_command_text (change, "secrecy", input->secrecy);
  gez_command_number (change, "caseload_norm", input->caseload_norm);
  return change;
}

/**
 * gez_member_set_absence:
 * @from_on: (nullable): %NULL: she is there
 * @to_on: (nullable): last day away; %NULL: not known yet
 * @stand_in: (nullable): who looks after her households
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_member_set_absence (GezContext  *context,
                        const GezId *member,
                        const char  *from_on,
                        const char  *to_on,
                        const GezId *stand_in)
{
  GezChange *change;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context) && !gez_id_is_none (member), NULL);

  change = gez_change_new ("set-absence");
  gez_change_update (change, "member", member);
  gez_command_write_text (change, "absent_from_on", from_on);
  gez_command_write_text (change, "absent_to_on", to_on);
  gez_change_set_id (change, "stand_in_member_id", stand_in);
  return change;
}

/**
 * gez_member_set_active:
 * @is_active: whether she still works here; her name stays with what she wrote
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_member_set_active (GezContext  *context,
                       const GezId *member,
                       gboolean     is_active)
{
  GezChange *change;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context) && !gez_id_is_none (member), NULL);

  change = gez_change_new ("set-active");
  gez_change_update (change, "member", member);
  gez_change_set_integer (change, "is_active", is_active != FALSE);
  return change;
}
