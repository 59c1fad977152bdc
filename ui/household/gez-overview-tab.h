/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezOverviewTab:
 *
 * "Overzicht": the family on one screen. What is urgent, what goes well, how every domain stands,
 * what is agreed, what happened last, and the data of the household itself.
 */
#define GEZ_TYPE_OVERVIEW_TAB (gez_overview_tab_get_type ())
G_DECLARE_FINAL_TYPE (GezOverviewTab, gez_overview_tab, GEZ, OVERVIEW_TAB, GtkWidget)

GtkWidget *gez_overview_tab_new (GezContext  *context,
                                 const GezId *household);

G_END_DECLS
