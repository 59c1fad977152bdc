/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/gez-context.h"
#include "store/gez-record.h"

G_BEGIN_DECLS

/**
 * GezAgendaRowParts:
 * @GEZ_AGENDA_ROW_HOUSEHOLD: name the household; not in its own file
 * @GEZ_AGENDA_ROW_MEMBER: name the member who holds or owns it
 * @GEZ_AGENDA_ROW_DAY: say on which day; not below the heading of that day
 *
 * What a row tells besides what and when.
 */
typedef enum
{
  GEZ_AGENDA_ROW_HOUSEHOLD = 1 << 0,
  GEZ_AGENDA_ROW_MEMBER = 1 << 1,
  GEZ_AGENDA_ROW_DAY = 1 << 2,
} GezAgendaRowParts;

GtkWidget *gez_agenda_row_new (GezContext        *context,
                               GezRecord         *record,
                               const char        *today,
                               GezAgendaRowParts  parts);
void       gez_record_open    (GtkWidget         *from,
                               GezRecord         *record,
                               const char        *tab);

G_END_DECLS
