/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-person.h"

G_BEGIN_DECLS

/**
 * GezHouseholdInput:
 * @name: name or alias, the only thing that must be known
 * @residence: (nullable): kind of residence (GEZ_CODES_RESIDENCE)
 * @known_to_ocmw: (nullable): "yes", "no"; %NULL: not asked
 * @entry_gate: (nullable): code of the list entry_gate
 * @persons: (array length=n_persons) (nullable): first members
 * @member_id: (nullable): contact person and who carries the trajectory; %NULL: the current member
 * @started_on: (nullable): day of the intake; %NULL: today
 * @trajectory: (out) (optional): receives the identity of the trajectory
 *
 * A new household file.
 */
typedef struct
{
  const char *name;
  gboolean is_pseudonymous;
  const char *residence;
  const char *address;
  const GezId *district_id;
  const char *language;
  gboolean needs_interpreter;
  const char *known_to_ocmw;
  const char *known_to_city;
  const char *entry_gate;
  int contact_rhythm_days;
  const GezPersonInput *persons;
  gsize n_persons;
  const GezId *member_id;
  const char *started_on;
  GezId *trajectory;
} GezHouseholdInput;

GezChange *gez_household_create    (GezContext              *context,
                                    const GezHouseholdInput *input,
                                    GezId                   *id);
GezChange *gez_household_set_known (GezContext              *context,
                                    const GezId             *household,
                                    const char              *known_to_ocmw,
                                    const char              *known_to_city);
GezChange *gez_household_withdraw  (GezContext              *context,
                                    const GezId             *household,
                                    const char              *reason);

G_END_DECLS
