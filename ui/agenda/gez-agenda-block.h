/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "store/gez-record.h"

G_BEGIN_DECLS

/**
 * GezAgendaBlock:
 *
 * An appointment or a follow-up as a block in a month or a week. It takes the focus, opens with
 * Enter or a click, and can be dragged. Its text takes no room of its own: it is cut where the block
 * ends. One block shows one record after another.
 *
 * GezAgendaBlock::open (GezRecord *record): a person wants to see or change it.
 */
#define GEZ_TYPE_AGENDA_BLOCK (gez_agenda_block_get_type ())
G_DECLARE_FINAL_TYPE (GezAgendaBlock, gez_agenda_block, GEZ, AGENDA_BLOCK, GtkWidget)

GtkWidget *gez_agenda_block_new          (void);
GezRecord *gez_agenda_block_get_record   (GezAgendaBlock *self);
void       gez_agenda_block_set_record   (GezAgendaBlock *self,
                                          GezRecord      *record);
gboolean   gez_agenda_block_has_id       (GezAgendaBlock *self,
                                          const GezId    *id);
int        gez_agenda_block_get_grip     (GtkDropTarget  *target);

G_END_DECLS
