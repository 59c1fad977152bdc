/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-appointment.h"

#include "model/gez-command.h"

static GezChange *
begin (GezContext  *context,
       const char  *act,
       const GezId *appointment)
{
  GezChange *change;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context) && !gez_id_is_none (appointment), NULL);

  change = gez_change_new (act);
  gez_change_update (change, "appointment", appointment);
  return change;
}

/**
 * gez_appointment_plan:
 * @input: title and held_on are known
 * @id: (out) (optional): receives the identity
 *
 * An appointment at a local date and time, in the team's zone.
 *
 * Thread: any; it touches no store.
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_appointment_plan (GezContext                *context,
                      const GezAppointmentInput *input,
                      GezId                     *id)
{
  g_autoptr (GTimeZone) zone = NULL;
  GezChange *change;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context) && input != NULL, NULL);
  g_return_val_if_fail (input->title != NULL && input->held_on != NULL, NULL);

  zone = gez_clock_get_time_zone (gez_context_get_clock (context));
  change = gez_change_new ("plan-appointment");
  gez_command_insert (context, change, "appointment",
                      gez_command_circle (context, input->household_id, input->domain_id), id);
  gez_command_id (change, "household_id", input->household_id);
  gez_command_write_text (change, "title", input->title);
  gez_change_set_text (change, "held_on", input->held_on);
  gez_command_text (change, "start_time", input->start_time);
  gez_change_set_text (change, "zone", g_time_zone_get_identifier (zone));
  gez_command_number (change, "minutes", input->minutes);
  gez_command_text (change, "place", input->place);
  gez_command_text (change, "with_whom", input->with_whom);
  gez_command_by (context, change, "member_id", input->member_id);
  gez_command_text (change, "kind", input->kind);
  gez_command_text (change, "state", input->state);
  return change;
}

/**
 * gez_appointment_move:
 * @held_on: the new local date
 * @start_time: (nullable): "HH:MM"; %NULL: the whole day
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_appointment_move (GezContext  *context,
                      const GezId *appointment,
                      const char  *held_on,
                      const char  *start_time)
{
  GezChange *change;

  g_return_val_if_fail (held_on != NULL, NULL);

  change = begin (context, "move-appointment", appointment);
  if (change == NULL)
    return NULL;
  gez_change_set_text (change, "held_on", held_on);
  gez_command_write_text (change, "start_time", start_time);
  return change;
}

/**
 * gez_appointment_set_state:
 * @state: GEZ_CODES_APPOINTMENT_STATE
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_appointment_set_state (GezContext  *context,
                           const GezId *appointment,
                           const char  *state)
{
  GezChange *change;

  g_return_val_if_fail (state != NULL, NULL);

  change = begin (context, "set-appointment-state", appointment);
  if (change)
    gez_change_set_text (change, "state", state);
  return change;
}
