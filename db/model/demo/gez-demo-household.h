/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezDemoWorld:
 * @contexts: (element-type GezContext): the invented colleagues, who share @clock
 * @partners: (element-type GezId): one partner per domain of the demonstration
 * @contacts: contact moments per file; 0: as it comes
 *
 * What all invented households have in common.
 */
typedef struct
{
  GezStore *store;
  GezClock *clock;
  GRand *random;
  GPtrArray *contexts;
  GArray *partners;
  GArray *districts;
  GArray *schools;
  char *today;
  guint contacts;
  guint number; /* of the household that is being made */
} GezDemoWorld;

gboolean gez_demo_add_household (GezDemoWorld  *world,
                                 GError       **error);

G_END_DECLS
