/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezAgendaList:
 *
 * Appointments and follow-ups under the day they belong to, late ones first. It reads for itself
 * and reads again when something that it shows was written.
 */
#define GEZ_TYPE_AGENDA_LIST (gez_agenda_list_get_type ())
G_DECLARE_FINAL_TYPE (GezAgendaList, gez_agenda_list, GEZ, AGENDA_LIST, GtkWidget)

GtkWidget *gez_agenda_list_new       (GezContext    *context,
                                      const GezId   *household);
void       gez_agenda_list_set_range (GezAgendaList *self,
                                      const char    *from,
                                      const char    *to);
void       gez_agenda_list_set_member (GezAgendaList *self,
                                      const GezId   *member);

G_END_DECLS
