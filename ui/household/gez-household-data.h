/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/gez-context.h"
#include "store/gez-record.h"

G_BEGIN_DECLS

/**
 * GezHouseholdData:
 *
 * The data of the household itself, each saved when its field is left.
 */
#define GEZ_TYPE_HOUSEHOLD_DATA (gez_household_data_get_type ())
G_DECLARE_FINAL_TYPE (GezHouseholdData, gez_household_data, GEZ, HOUSEHOLD_DATA, GtkWidget)

GtkWidget *gez_household_data_new  (GezContext       *context,
                                    const GezId      *household);
void       gez_household_data_show (GezHouseholdData *self,
                                    GezRecord        *household);

G_END_DECLS
