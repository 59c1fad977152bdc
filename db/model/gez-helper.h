/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezHelperInput:
 * @kind: professional or network
 * @name: (nullable): when it is no member, partner or person of ours
 * @role: (nullable): what she is for the family, in words
 * @since_on: (nullable): %NULL: unknown
 * @is_contact_person: whether she becomes the contact person (give the one before, if any)
 * @previous_contact_id: (nullable): helper who no longer is the contact person
 *
 * Somebody around the household.
 */
typedef struct
{
  const GezId *household_id;
  const char *kind;
  const char *name;
  const GezId *member_id;
  const GezId *partner_id;
  const GezId *person_id;
  const char *role;
  const GezId *domain_id;
  const char *phone;
  const char *since_on;
  gboolean is_contact_person;
  const GezId *previous_contact_id;
} GezHelperInput;

GezChange *gez_helper_add                 (GezContext           *context,
                                           const GezHelperInput *input,
                                           GezId                *id);
GezChange *gez_helper_end                 (GezContext           *context,
                                           const GezId          *helper,
                                           const char           *until_on);
GezChange *gez_helper_make_contact_person (GezContext           *context,
                                           const GezId          *helper,
                                           const GezId          *previous);

G_END_DECLS
