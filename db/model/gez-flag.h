/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-context.h"

G_BEGIN_DECLS

#define GEZ_FLAG_MONTHS 6

/**
 * GezFlagInput:
 * @fact: what is the case, no word about character
 * @source: (nullable): where it is known from
 * @from_on: (nullable): %NULL: today
 * @until_on: (nullable): %NULL: six months after @from_on
 */
typedef struct
{
  const GezId *household_id;
  const char *fact;
  const char *source;
  const char *from_on;
  const char *until_on;
} GezFlagInput;

GezChange *gez_flag_raise   (GezContext         *context,
                             const GezFlagInput *input,
                             GezId              *id);
GezChange *gez_flag_resolve (GezContext         *context,
                             const GezId        *flag,
                             const char         *reason);

G_END_DECLS
