/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-helper.h"

#include "model/gez-command.h"

static void
step_back (GezChange   *change,
           const GezId *previous)
{
  if (gez_id_is_none (previous))
    return;
  gez_change_update (change, "helper", previous);
  gez_change_set_integer (change, "is_contact_person", 0);
}

/**
 * gez_helper_add:
 * @input: name, member, partner or person is known
 * @id: (out) (optional): receives the identity
 *
 * Somebody stands around the family: a professional, or their own network.
 *
 * Thread: any; it touches no store.
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_helper_add (GezContext           *context,
                const GezHelperInput *input,
                GezId                *id)
{
  GezChange *change;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context) && input != NULL && input->kind != NULL, NULL);
  g_return_val_if_fail (!gez_id_is_none (input->household_id), NULL);

  change = gez_change_new ("add-helper");
  if (input->is_contact_person)
    step_back (change, input->previous_contact_id);
  gez_command_insert (context, change, "helper", gez_circle_open (input->household_id), id);
  gez_change_set_id (change, "household_id", input->household_id);
  gez_change_set_text (change, "kind", input->kind);
  gez_command_text (change, "name", input->name);
  gez_command_id (change, "member_id", input->member_id);
  gez_command_id (change, "partner_id", input->partner_id);
  gez_command_id (change, "person_id", input->person_id);
  gez_command_text (change, "role", input->role);
  gez_command_id (change, "domain_id", input->domain_id);
  gez_command_text (change, "phone", input->phone);
  gez_command_text (change, "since_on", input->since_on);
  gez_command_yes (change, "is_contact_person", input->is_contact_person);
  return change;
}

/**
 * gez_helper_end:
 * @until_on: (nullable): first day on which she is no longer around; %NULL: today
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_helper_end (GezContext  *context,
                const GezId *helper,
                const char  *until_on)
{
  GezChange *change;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context) && !gez_id_is_none (helper), NULL);

  change = gez_change_new ("end-helper");
  gez_change_update (change, "helper", helper);
  gez_command_date (context, change, "until_on", until_on);
  return change;
}

/**
 * gez_helper_make_contact_person:
 * @helper: who becomes the one person the family can always turn to
 * @previous: (nullable): the helper who was it until now, and stays around
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_helper_make_contact_person (GezContext  *context,
                                const GezId *helper,
                                const GezId *previous)
{
  GezChange *change;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context) && !gez_id_is_none (helper), NULL);

  change = gez_change_new ("make-contact-person");
  step_back (change, previous);
  gez_change_update (change, "helper", helper);
  gez_change_set_integer (change, "is_contact_person", 1);
  return change;
}
