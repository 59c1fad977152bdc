/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/gez-context.h"
#include "store/gez-record.h"

G_BEGIN_DECLS

/* A button with a menu of what can be done with an appointment or a follow-up: how it went, another
 * day, changing it, the file it belongs to. The menu is made when it opens. */
GtkWidget *gez_agenda_menu_new (GezContext *context,
                                GezRecord  *record);

G_END_DECLS
