/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezStepInput:
 * @household_id: of the goal
 * @domain_id: (nullable): of the goal
 * @owner_person_id: (nullable): who does it; at most one of the four owners is set
 * @due_on: (nullable): by when
 *
 * A small step towards a goal.
 */
typedef struct
{
  const GezId *household_id;
  const GezId *domain_id;
  const GezId *goal_id;
  const char *what;
  const GezId *owner_person_id;
  const GezId *owner_helper_id;
  const GezId *owner_member_id;
  const GezId *owner_partner_id;
  const char *due_on;
} GezStepInput;

GezChange *gez_step_add      (GezContext         *context,
                              const GezStepInput *input,
                              GezId              *id);
GezChange *gez_step_update   (GezContext         *context,
                              const GezId        *step,
                              const GezStepInput *input);
GezChange *gez_step_done     (GezContext         *context,
                              const GezId        *step,
                              const char         *done_on,
                              const char         *result);
GezChange *gez_step_not_done (GezContext         *context,
                              const GezId        *step);
GezChange *gez_step_move     (GezContext         *context,
                              const GezId        *step,
                              const char         *due_on);

G_END_DECLS
