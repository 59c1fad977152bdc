/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezGoalList:
 *
 * Goals with their steps, open ones first, and a form to add one. In the tab of a life domain a
 * new goal belongs to that domain.
 */
#define GEZ_TYPE_GOAL_LIST (gez_goal_list_get_type ())
G_DECLARE_FINAL_TYPE (GezGoalList, gez_goal_list, GEZ, GOAL_LIST, GtkWidget)

GtkWidget *gez_goal_list_new  (GezContext  *context,
                               const GezId *household,
                               const char  *domain_code);
void       gez_goal_list_show (GezGoalList *self,
                               GPtrArray   *goals,
                               GPtrArray   *steps);
void       gez_goal_list_add  (GezGoalList *self,
                               const char  *words,
                               const char  *domain_code);

G_END_DECLS
