/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-person.h"

#include "model/gez-command.h"

static void
write_age (GezContext *context,
           GezChange  *change,
           int         age)
{
  g_autofree char *today = gez_context_dup_today (context);

  gez_change_set_integer (change, "estimated_age", age);
  gez_change_set_text (change, "age_estimated_on", today);
}

static void
insert_membership (GezContext           *context,
                   GezChange            *change,
                   const GezId          *household,
                   const GezId          *person,
                   const GezPersonInput *input)
{
  gez_command_insert (context, change, "membership", gez_circle_open (household), NULL);
  gez_change_set_id (change, "household_id", household);
  gez_change_set_id (change, "person_id", person);
  gez_command_text (change, "from_on", input->from_on);
  gez_command_text (change, "role", input->role);
  gez_command_text (change, "residence", input->residence);
  gez_command_text (change, "custody", input->custody);
}

static void
insert_person (GezContext           *context,
               GezChange            *change,
               const GezId          *household,
               const GezPersonInput *input,
               GezId                *id)
{
  GezId person;

  person = gez_command_insert (context, change, "person", gez_circle_open (household), id);
  gez_change_set_id (change, "household_id", household);
  gez_command_write_text (change, "first_name", input->first_name);
  gez_command_text (change, "last_name", input->last_name);
  gez_command_text (change, "nickname", input->nickname);
  gez_command_text (change, "born_on", input->born_on);
  if (input->is_age_estimated)
    write_age (context, change, input->age);
  gez_command_text (change, "gender", input->gender);
  gez_command_text (change, "language", input->language);
  gez_command_text (change, "phones", input->phones);
  gez_command_text (change, "email", input->email);
  gez_command_id (change, "school_id", input->school_id);
  gez_command_text (change, "class", input->class_name);
  insert_membership (context, change, household, &person, input);
}

/**
 * gez_person_add:
 * @household: the household she belongs to
 * @id: (out) (optional): receives the identity of the person
 *
 * Somebody is a member of a household.
 *
 * Thread: any; it touches no store.
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_person_add (GezContext           *context,
                const GezId          *household,
                const GezPersonInput *input,
                GezId                *id)
{
  GezChange *change;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context) && !gez_id_is_none (household), NULL);
  g_return_val_if_fail (input != NULL && input->first_name != NULL, NULL);

  change = gez_change_new ("add-person");
  insert_person (context, change, household, input, id);
  return change;
}

/**
 * gez_person_set_birth:
 * @born_on: (nullable): the birth date; it takes the place of an estimate
 * @age: years, with @is_age_estimated, as of today
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_person_set_birth (GezContext  *context,
                      const GezId *person,
                      const char  *born_on,
                      gboolean     is_age_estimated,
                      int          age)
{
  GezChange *change;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context) && !gez_id_is_none (person), NULL);

  change = gez_change_new ("set-birth");
  gez_change_update (change, "person", person);
  gez_command_write_text (change, "born_on", born_on);
  if (is_age_estimated)
    {
      write_age (context, change, age);
      return change;
    }
  gez_change_set_null (change, "estimated_age");
  gez_change_set_null (change, "age_estimated_on");
  return change;
}

/**
 * gez_person_end_membership:
 * @membership: of one person in one household
 * @to_on: (nullable): first day on which it no longer holds; %NULL: today
 *
 * Somebody no longer belongs to the household. The person stays in the file, with the dates.
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_person_end_membership (GezContext  *context,
                           const GezId *membership,
                           const char  *to_on)
{
  GezChange *change;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context) && !gez_id_is_none (membership), NULL);

  change = gez_change_new ("end-membership");
  gez_change_update (change, "membership", membership);
  gez_command_date (context, change, "to_on", to_on);
  return change;
}

/**
 * gez_person_move:
 * @membership: in the household that is left
 * @to_household: the household that she joins
 * @input: what the new file may know; from_on is the day of moving, %NULL: today
 * @id: (out) (optional): receives the identity of the person in the new file
 *
 * Somebody moves to another household. The new file gets a row of its own: contact data is never
 * shared between households, and what was written stays where it was written.
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_person_move (GezContext           *context,
                 const GezId          *membership,
                 const GezId          *to_household,
                 const GezPersonInput *input,
                 GezId                *id)
{
  GezPersonInput moved;
  GezChange *change;
  g_autofree char *today = NULL;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context) && !gez_id_is_none (membership), NULL);
  g_return_val_if_fail (!gez_id_is_none (to_household), NULL);
  g_return_val_if_fail (input != NULL && input->first_name != NULL, NULL);

  today = gez_context_dup_today (context);
  moved = *input;
  if (moved.from_on == NULL)
    moved.from_on = today;
  change = gez_change_new ("move-person");
  gez_change_update (change, "membership", membership);
  gez_change_set_text (change, "to_on", moved.from_on);
  insert_person (context, change, to_household, &moved, id);
  return change;
}
