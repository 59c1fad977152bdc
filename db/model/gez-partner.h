/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezPartnerInput:
 * @name: the only thing that must be known
 * @domains: (nullable): codes of domain, separated by ;
 * @affordable: (nullable): yes, partly or no; the other four B's likewise
 *
 * An organisation or service of the social map.
 */
typedef struct
{
  const char *name;
  const char *kind;
  const char *domains;
  const char *target_group;
  const char *offer;
  const char *area;
  const char *contact_persons;
  const char *address;
  const char *phone;
  const char *email;
  const char *conditions;
  const char *affordable;
  const char *understandable;
  const char *available;
  const char *reliable;
  const char *reachable;
  const char *secrecy;
} GezPartnerInput;

GezChange *gez_partner_add   (GezContext            *context,
                              const GezPartnerInput *input,
                              GezId                 *id);
GezChange *gez_partner_check (GezContext            *context,
                              const GezId           *partner);

G_END_DECLS
