/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/*
 * What people do with an appointment or a follow-up, the same wherever it is shown. Each is one act
 * with a toast that offers to undo it.
 */
void        gez_agenda_move         (GtkWidget  *from,
                                     GezContext *context,
                                     GezRecord  *record,
                                     const char *day,
                                     const char *time);
void        gez_agenda_move_by      (GtkWidget  *from,
                                     GezContext *context,
                                     GezRecord  *record,
                                     int         days,
                                     int         minutes);
void        gez_agenda_set_state    (GtkWidget  *from,
                                     GezContext *context,
                                     GezRecord  *record,
                                     const char *state);
GezChange  *gez_agenda_change_state (GezContext *context,
                                     GezRecord  *record,
                                     const char *state);
const char *gez_agenda_say_state    (GezRecord  *record,
                                     const char *state);

G_END_DECLS
