/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezNetworkTab:
 *
 * "Gezin en netwerk": who belongs to the household, how they are related, and who stands around
 * them, professional and informal.
 */
#define GEZ_TYPE_NETWORK_TAB (gez_network_tab_get_type ())
G_DECLARE_FINAL_TYPE (GezNetworkTab, gez_network_tab, GEZ, NETWORK_TAB, GtkWidget)

GtkWidget *gez_network_tab_new        (GezContext    *context,
                                       const GezId   *household);
void       gez_network_tab_add_member (GezNetworkTab *self);

G_END_DECLS
