/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezDuplicateLinkInput:
 * @person_id: (nullable): somebody of @household_id; %NULL: the whole family is the same
 * @other_person_id: (nullable): the same person in @other_household_id
 */
typedef struct
{
  const GezId *household_id;
  const GezId *other_household_id;
  const GezId *person_id;
  const GezId *other_person_id;
} GezDuplicateLinkInput;

GezChange *gez_duplicate_link_add    (GezContext                  *context,
                                      const GezDuplicateLinkInput *input,
                                      GezId                       *id);
GezChange *gez_duplicate_link_remove (GezContext                  *context,
                                      const GezId                 *link);

/**
 * gez_duplicate_link_query:
 * @household: whose file
 *
 * What this file was linked to, from either side. Each record has `id`, `is_person`, `other_household_id`,
 * `other_name` (null: that file cannot be read here), `person_name`, `other_person_name`, `linked_on` and
 * `by_name` (each may be null).
 *
 * Returns: (transfer full): a query that gives a #GPtrArray of #GezRecord
 */
GezQuery *gez_duplicate_link_query   (const GezId                 *household);

G_END_DECLS
