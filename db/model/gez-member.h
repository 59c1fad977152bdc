/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezMemberInput:
 * @name: how the team calls her
 * @role: GEZ_CODES_MEMBER_ROLE
 * @languages: (nullable): in words
 * @secrecy: (nullable): GEZ_CODES_SECRECY; %NULL: unknown
 * @caseload_norm: households; 0: the usual sixteen
 */
typedef struct
{
  const char *name;
  const char *role;
  const char *job_title;
  const char *languages;
  const char *secrecy;
  int caseload_norm;
} GezMemberInput;

GezChange *gez_member_add         (GezContext           *context,
                                   const GezMemberInput *input,
                                   GezId                *id);
GezChange *gez_member_set_absence (GezContext           *context,
                                   const GezId          *member,
                                   const char           *from_on,
                                   const char           *to_on,
                                   const GezId          *stand_in);
GezChange *gez_member_set_active  (GezContext           *context,
                                   const GezId          *member,
                                   gboolean              is_active);

G_END_DECLS
