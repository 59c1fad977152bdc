/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezAgendaPage:
 *
 * The place "Agenda": appointments and follow-ups as a month and as a list.
 */
#define GEZ_TYPE_AGENDA_PAGE (gez_agenda_page_get_type ())
G_DECLARE_FINAL_TYPE (GezAgendaPage, gez_agenda_page, GEZ, AGENDA_PAGE, GtkWidget)

GtkWidget *gez_agenda_page_new (GezContext *context);

G_END_DECLS
