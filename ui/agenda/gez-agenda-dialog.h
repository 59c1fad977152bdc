/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezAgendaDialog:
 *
 * Adds one appointment or one follow-up: what, for whom, when, where. Saving is one command.
 */
#define GEZ_TYPE_AGENDA_DIALOG (gez_agenda_dialog_get_type ())
G_DECLARE_FINAL_TYPE (GezAgendaDialog, gez_agenda_dialog, GEZ, AGENDA_DIALOG, AdwWindow)

void gez_agenda_dialog_present          (GtkWidget   *parent,
                                         GezContext  *context,
                                         const GezId *household,
                                         const char  *date);
void gez_agenda_dialog_present_followup (GtkWidget   *parent,
                                         GezContext  *context,
                                         const GezId *household,
                                         const char  *date);

G_END_DECLS
