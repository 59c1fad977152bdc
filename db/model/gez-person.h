/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezPersonInput:
 * @first_name: the only thing that must be known
 * @born_on: (nullable): "YYYY-MM-DD"
 * @is_age_estimated: whether @age says how old somebody about is, today
 * @role: (nullable): membership role (GEZ_CODES_MEMBERSHIP_ROLE)
 * @residence: (nullable): lives here full, part... (GEZ_CODES_LIVES_HERE)
 * @from_on: (nullable): member since; %NULL: since before we knew them
 *
 * A member of a household. Everything that is not known stays %NULL.
 */
typedef struct
{
  const char *first_name;
  const char *last_name;
  const char *nickname;
  const char *born_on;
  gboolean is_age_estimated;
  int age;
  const char *gender;
  const char *language;
  const char *phones;
  const char *email;
  const GezId *school_id;
  const char *class_name;
  const char *role;
  const char *residence;
  const char *custody;
  const char *from_on;
} GezPersonInput;

GezChange *gez_person_add            (GezContext           *context,
                                      const GezId          *household,
                                      const GezPersonInput *input,
                                      GezId                *id);
GezChange *gez_person_set_birth      (GezContext           *context,
                                      const GezId          *person,
                                      const char           *born_on,
                                      gboolean              is_age_estimated,
                                      int                   age);
GezChange *gez_person_end_membership (GezContext           *context,
                                      const GezId          *membership,
                                      const char           *to_on);
GezChange *gez_person_move           (GezContext           *context,
                                      const GezId          *membership,
                                      const GezId          *to_household,
                                      const GezPersonInput *input,
                                      GezId                *id);

G_END_DECLS
