/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezHouseholdAgendaTab:
 *
 * "Agenda" of one household: what was promised and when we meet, by date.
 */
#define GEZ_TYPE_HOUSEHOLD_AGENDA_TAB (gez_household_agenda_tab_get_type ())
G_DECLARE_FINAL_TYPE (GezHouseholdAgendaTab, gez_household_agenda_tab, GEZ, HOUSEHOLD_AGENDA_TAB,
                      GtkWidget)

GtkWidget *gez_household_agenda_tab_new (GezContext            *context,
                                         const GezId           *household);
void       gez_household_agenda_tab_add (GezHouseholdAgendaTab *self);

G_END_DECLS
