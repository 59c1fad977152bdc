/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "common/gez-draft-keeper.h"
#include "household/gez-goal-form.h"
#include "household/gez-step-form.h"

G_BEGIN_DECLS

/* What a person does with goals and steps, from a widget to the store: each is one command. */
void gez_goal_acts_add         (GtkWidget   *from,
                                GezContext  *context,
                                const GezId *household,
                                GezGoalForm *form,
                                GezDraftKeeper *keeper);
void gez_goal_acts_change      (GtkWidget   *from,
                                GezContext  *context,
                                GezRecord   *goal,
                                GezGoalForm *form,
                                GezDraftKeeper *keeper);
void gez_goal_acts_set_state   (GtkWidget   *from,
                                GezContext  *context,
                                GezRecord   *goal,
                                const char  *state);
void gez_goal_acts_add_step    (GtkWidget   *from,
                                GezContext  *context,
                                GezRecord   *goal,
                                GezStepForm *form,
                                GezDraftKeeper *keeper);
void gez_goal_acts_change_step (GtkWidget   *from,
                                GezContext  *context,
                                GezRecord   *goal,
                                GezRecord   *step,
                                GezStepForm *form,
                                GezDraftKeeper *keeper);
void gez_goal_acts_tick_step   (GtkWidget   *from,
                                GezContext  *context,
                                GezRecord   *step,
                                gboolean     done);
void gez_goal_acts_remove_step (GtkWidget   *from,
                                GezContext  *context,
                                GezRecord   *step);

G_END_DECLS
