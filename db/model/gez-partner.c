/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-partner.h"

#include "model/gez-command.h"

static void
write_partner (GezChange             *change,
               const GezPartnerInput *input)
{
  gez_command_text (change, "name", input->name);
  gez_command_text (change, "kind", input->kind);
  gez_command_text (change, "domains", input->domains);
  gez_command_text (change, "target_group", input->target_group);
  gez_command_text (change, "offer", input->offer);
  gez_command_text (change, "area", input->area);
  gez_command_text (change, "contact_persons", input->contact_persons);
  gez_command_text (change, "address", input->address);
  gez_command_text (change, "phone", input->phone);
  gez_command_text (change, "email", input->email);
  gez_command_text (change, "conditions", input->conditions);
  gez_command_text (change, "affordable", input->affordable);
  gez_command_text (change, "understandable", input->understandable);
  gez_command_text (change, "available", input->available);
  gez_command_text (change, "reliable", input->reliable);
  gez_command_text (change, "reachable", input->reachable);
  gez_command_text (change, "secrecy", input->secrecy);
}

/**
 * gez_partner_add:
 * @input: the name is known
 * @id: (out) (optional): receives the identity
 *
 * A service comes into the team's social map, checked today by who adds it.
 *
 * Thread: any; it touches no store.
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_partner_add (GezContext            *context,
                 const GezPartnerInput *input,
                 GezId                 *id)
{
  GezChange *change;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context) && input != NULL && input->name != NULL, NULL);

  change = gez_change_new ("add-partner");
  gez_command_insert (context, change, "partner", gez_circle_team (), id);
  write_partner (change, input);
  gez_command_date (context, change, "checked_on", NULL);
  gez_command_by (context, change, "checked_by_member_id", NULL);
  return change;
}

/**
 * gez_partner_check:
 *
 * Somebody made sure today that what stands there is right.
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_partner_check (GezContext  *context,
                   const GezId *partner)
{
  GezChange *change;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context) && !gez_id_is_none (partner), NULL);

  change = gez_change_new ("check-partner");
  gez_change_update (change, "partner", partner);
  gez_command_date (context, change, "checked_on", NULL);
  gez_command_by (context, change, "checked_by_member_id", NULL);
  return change;
}
