/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezRelationInput:
 * @kind: GEZ_CODES_RELATION; read as: @person_id is @kind @other_person_id
 */
typedef struct
{
  const GezId *household_id;
  const GezId *person_id;
  const char *kind;
  const GezId *other_person_id;
  const char *from_on;
} GezRelationInput;

GezChange *gez_relation_add (GezContext             *context,
                             const GezRelationInput *input,
                             GezId                  *id);
GezChange *gez_relation_end (GezContext             *context,
                             const GezId            *relation,
                             const char             *to_on);

G_END_DECLS
