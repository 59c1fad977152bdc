/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/gez-context.h"
#include "model/gez-view.h"

G_BEGIN_DECLS

/**
 * GezHouseholdHeader:
 *
 * Who this file is about: name, members in one line, where and in which language, what to mind;
 * and beside it who is their contact person, when they were last seen and when they will be.
 */
#define GEZ_TYPE_HOUSEHOLD_HEADER (gez_household_header_get_type ())
G_DECLARE_FINAL_TYPE (GezHouseholdHeader, gez_household_header, GEZ, HOUSEHOLD_HEADER, GtkWidget)

GtkWidget *gez_household_header_new      (GezContext         *context,
                                          const GezId        *household);
void       gez_household_header_show     (GezHouseholdHeader *self,
                                          GezView            *file);
GtkWidget *gez_household_header_get_name (GezHouseholdHeader *self);

G_END_DECLS
