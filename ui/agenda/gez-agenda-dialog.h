/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "household/gez-form-dialog.h"
#include "store/gez-record.h"

G_BEGIN_DECLS

/**
 * GezAgendaDialog:
 *
 * Adds one appointment or one follow-up, or changes one: what, for whom, when, where, who, and how it
 * went. Saving is one command.
 */
#define GEZ_TYPE_AGENDA_DIALOG (gez_agenda_dialog_get_type ())
G_DECLARE_FINAL_TYPE (GezAgendaDialog, gez_agenda_dialog, GEZ, AGENDA_DIALOG, GezFormDialog)

void gez_agenda_dialog_present          (GtkWidget   *parent,
                                         GezContext  *context,
                                         const GezId *household,
                                         const char  *date);
void gez_agenda_dialog_present_followup (GtkWidget   *parent,
                                         GezContext  *context,
                                         const GezId *household,
                                         const char  *date);
void gez_agenda_dialog_present_record   (GtkWidget   *parent,
                                         GezContext  *context,
                                         GezRecord   *record);

G_END_DECLS
