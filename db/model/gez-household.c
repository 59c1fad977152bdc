/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-household.h"

#include "model/gez-command.h"
#include "model/gez-helper.h"
#include "model/gez-trajectory.h"

static void
insert_household (GezContext              *context,
                  GezChange               *change,
                  const GezHouseholdInput *input,
                  GezId                   *id)
{
  *id = gez_id_new (gez_context_get_clock (context));
  gez_change_insert (change, "household", id, gez_circle_open (id));
  gez_command_write_text (change, "name", input->name);
  gez_command_yes (change, "is_pseudonymous", input->is_pseudonymous);
  gez_command_text (change, "residence", input->residence);
  gez_command_text (change, "address", input->address);
  gez_command_id (change, "district_id", input->district_id);
  gez_command_text (change, "language", input->language);
  gez_command_yes (change, "needs_interpreter", input->needs_interpreter);
  gez_command_text (change, "known_to_ocmw", input->known_to_ocmw);
  gez_command_text (change, "known_to_city", input->known_to_city);
  if (input->known_to_ocmw || input->known_to_city)
    gez_command_date (context, change, "known_asked_on", input->started_on);
  gez_command_text (change, "entry_gate", input->entry_gate);
  gez_command_number (change, "contact_rhythm_days", input->contact_rhythm_days);
}

static void
append (GezChange *change,
        GezChange *other)
{
  gez_change_append (change, other);
  g_object_unref (other);
}

static void
append_persons (GezContext              *context,
                GezChange               *change,
                const GezHouseholdInput *input,
                const GezId             *household)
{
  for (gsize i = 0; i < input->n_persons; i++)
    append (change, gez_person_add (context, household, &input->persons[i], NULL));
}

static void
append_trajectory (GezContext              *context,
                   GezChange               *change,
                   const GezHouseholdInput *input,
                   const GezId             *household)
{
  GezTrajectoryInput trajectory = {
    .household_id = household,
    .state = "intake",
    .happened_on = input->started_on,
    .member_id = input->member_id,
  };

  append (change, gez_trajectory_start (context, &trajectory, input->trajectory));
}

static void
append_contact_person (GezContext              *context,
                       GezChange               *change,
                       const GezHouseholdInput *input,
                       const GezId             *household)
{
  g_autofree char *today = gez_context_dup_today (context);
  GezHelperInput helper = {
    .household_id = household,
    .kind = "professional",
    .member_id = input->member_id ? input->member_id : gez_context_get_member_id (context),
    .since_on = input->started_on ? input->started_on : today,
    .is_contact_person = TRUE,
  };

  if (!gez_id_is_none (helper.member_id))
    append (change, gez_helper_add (context, &helper, NULL));
}

/**
 * gez_household_create:
 * @input: what is known; the name alone will do
 * @id: (out) (optional): receives the identity
 *
 * Opens a file: the household, its first members, a trajectory in intake, and the contact person.
 *
 * Thread: any; it touches no store.
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_household_create (GezContext              *context,
                      const GezHouseholdInput *input,
                      GezId                   *id)
{
  GezChange *change;
  GezId household;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context), NULL);
  g_return_val_if_fail (input != NULL && input->name != NULL, NULL);

  change = gez_change_new ("create-household");
  insert_household (context, change, input, &household);
  append_persons (context, change, input, &household);
  append_trajectory (context, change, input, &household);
  append_contact_person (context, change, input, &household);
  if (id)
    *id = household;
  return change;
}

/**
 * gez_household_set_known:
 * @known_to_ocmw: (nullable): "yes", "no"; %NULL: not asked
 * @known_to_city: (nullable): likewise
 *
 * Whether the family was known before the first contact. It is asked once, so the day goes with it.
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_household_set_known (GezContext  *context,
                         const GezId *household,
                         const char  *known_to_ocmw,
                         const char  *known_to_city)
{
  GezChange *change;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context) && !gez_id_is_none (household), NULL);

  change = gez_change_new ("set-known");
  gez_change_update (change, "household", household);
  gez_command_write_text (change, "known_to_ocmw", known_to_ocmw);
  gez_command_write_text (change, "known_to_city", known_to_city);
  gez_command_date (context, change, "known_asked_on", NULL);
  return change;
}

/**
 * gez_household_withdraw:
 * @reason: (nullable): why, in the words of who does it
 *
 * Takes back a file that should not have been opened. Ending the work with a family is a trajectory
 * that closes.
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_household_withdraw (GezContext  *context,
                        const GezId *household,
                        const char  *reason)
{
  GezChange *change;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context) && !gez_id_is_none (household), NULL);

  change = gez_change_new ("withdraw-household");
  gez_change_withdraw (change, "household", household, reason);
  return change;
}
