/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "household/gez-owner-choice.h"

G_BEGIN_DECLS

/**
 * GezStepForm:
 *
 * A small step: what, who does it, by when. The people to choose from are those around the
 * household.
 *
 * GezStepForm::submit: Enter or the button; there is something to do and the date is a date.
 * GezStepForm::cancel: Escape or the other button.
 * GezStepForm::edited: a person changed something.
 */
#define GEZ_TYPE_STEP_FORM (gez_step_form_get_type ())
G_DECLARE_FINAL_TYPE (GezStepForm, gez_step_form, GEZ, STEP_FORM, GtkWidget)

GtkWidget   *gez_step_form_new        (GezContext  *context,
                                       const GezId *household,
                                       const char  *submit_label);
void         gez_step_form_set        (GezStepForm *self,
                                       GezRecord   *step);
char        *gez_step_form_serialise  (GezStepForm *self);
void         gez_step_form_restore    (GezStepForm *self,
                                       const char  *content);
char        *gez_step_form_dup_what   (GezStepForm *self);
GezOwnerKind gez_step_form_get_owner  (GezStepForm *self,
                                       GezId       *id);
const char  *gez_step_form_get_due_on (GezStepForm *self);

G_END_DECLS
