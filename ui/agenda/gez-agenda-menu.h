/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/gez-context.h"
#include "store/gez-record.h"

G_BEGIN_DECLS

/* A button with a menu of days to move a follow-up to; the menu is made when it opens. */
GtkWidget *gez_move_button_new (GezContext *context,
                                GezRecord  *record);

G_END_DECLS
