/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezGoalForm:
 *
 * A goal in the family's own words, its life domain and the place the family gives it.
 *
 * GezGoalForm::submit: Enter or the button; the words are not blank.
 * GezGoalForm::cancel: Escape or the other button.
 * GezGoalForm::edited: a person changed something.
 */
#define GEZ_TYPE_GOAL_FORM (gez_goal_form_get_type ())
G_DECLARE_FINAL_TYPE (GezGoalForm, gez_goal_form, GEZ, GOAL_FORM, GtkWidget)

GtkWidget  *gez_goal_form_new          (GezContext  *context,
                                        const char  *submit_label);
void        gez_goal_form_set          (GezGoalForm *self,
                                        const char  *words,
                                        const char  *domain_code,
                                        int          priority);
char       *gez_goal_form_serialise    (GezGoalForm *self);
void        gez_goal_form_restore      (GezGoalForm *self,
                                        const char  *content);
char       *gez_goal_form_dup_words    (GezGoalForm *self);
const char *gez_goal_form_get_domain   (GezGoalForm *self);
int         gez_goal_form_get_priority (GezGoalForm *self);

G_END_DECLS
