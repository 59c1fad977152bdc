/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezHouseholdPage:
 *
 * The file of one household (Gezinsdossier): who it is at the top, the tabs of the file beside
 * each other as a list, and the tab that was chosen. Only that tab exists.
 */
#define GEZ_TYPE_HOUSEHOLD_PAGE (gez_household_page_get_type ())
G_DECLARE_FINAL_TYPE (GezHouseholdPage, gez_household_page, GEZ, HOUSEHOLD_PAGE, GtkWidget)

GtkWidget   *gez_household_page_new           (GezContext       *context,
                                               const GezId      *household);
const GezId *gez_household_page_get_household (GezHouseholdPage *self);
void         gez_household_page_show_tab      (GezHouseholdPage *self,
                                               const char       *name);
const char  *gez_household_page_get_tab       (GezHouseholdPage *self);
void         gez_household_page_start_contact (GezHouseholdPage *self);
GtkWidget   *gez_household_page_get_content   (GezHouseholdPage *self);

G_END_DECLS
