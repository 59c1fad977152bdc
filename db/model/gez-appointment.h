/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezAppointmentInput:
 * @household_id: (nullable): %NULL: an appointment of the team
 * @domain_id: (nullable): what it is about; a sensitive domain makes it casework
 * @held_on: local date; it stays where it is when clocks change
 * @start_time: (nullable): "HH:MM"; %NULL: the whole day
 * @minutes: 0: not said
 * @member_id: (nullable): %NULL: the current member
 * @state: (nullable): GEZ_CODES_APPOINTMENT_STATE; %NULL: planned
 */
typedef struct
{
  const GezId *household_id;
  const GezId *domain_id;
  const char *title;
  const char *held_on;
  const char *start_time;
  int minutes;
  const char *place;
  const char *with_whom;
  const GezId *member_id;
  const char *kind;
  const char *state;
} GezAppointmentInput;

GezChange *gez_appointment_plan      (GezContext                *context,
                                      const GezAppointmentInput *input,
                                      GezId                     *id);
GezChange *gez_appointment_move      (GezContext                *context,
                                      const GezId               *appointment,
                                      const char                *held_on,
                                      const char                *start_time);
GezChange *gez_appointment_set_state (GezContext                *context,
                                      const GezId               *appointment,
                                      const char                *state);

G_END_DECLS
