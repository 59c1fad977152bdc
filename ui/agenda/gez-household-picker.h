/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezHouseholdPicker:
 *
 * An entry that searches households while a person types, with the best few below it. One of them
 * may be chosen, with the mouse or with Down and Enter; typing on lets it go again.
 *
 * GezHouseholdPicker::changed: another household was chosen, or none.
 */
#define GEZ_TYPE_HOUSEHOLD_PICKER (gez_household_picker_get_type ())
G_DECLARE_FINAL_TYPE (GezHouseholdPicker, gez_household_picker, GEZ, HOUSEHOLD_PICKER, GtkWidget)

GtkWidget   *gez_household_picker_new           (GezContext         *context);
void         gez_household_picker_set_required  (GezHouseholdPicker *self);
const GezId *gez_household_picker_get_household (GezHouseholdPicker *self);
gboolean     gez_household_picker_is_settled    (GezHouseholdPicker *self);

G_END_DECLS
