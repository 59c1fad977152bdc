/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezHouseholdsPage:
 *
 * The place "Households": the files as a list that narrows while a person types.
 */
#define GEZ_TYPE_HOUSEHOLDS_PAGE (gez_households_page_get_type ())
G_DECLARE_FINAL_TYPE (GezHouseholdsPage, gez_households_page, GEZ, HOUSEHOLDS_PAGE, GtkWidget)

GtkWidget *gez_households_page_new (GezContext *context);

G_END_DECLS
