/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezPlanTab:
 *
 * "Plan": the goals in the family's own words, in their order, with the small steps towards them,
 * and what the family wished in a domain that has no goal yet.
 */
#define GEZ_TYPE_PLAN_TAB (gez_plan_tab_get_type ())
G_DECLARE_FINAL_TYPE (GezPlanTab, gez_plan_tab, GEZ, PLAN_TAB, GtkWidget)

GtkWidget *gez_plan_tab_new      (GezContext  *context,
                                  const GezId *household);
void       gez_plan_tab_add_goal (GezPlanTab  *self);

G_END_DECLS
