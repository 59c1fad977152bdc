/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/* Alt and an arrow move the appointment or follow-up that has the focus: sideways a day, up and down
 * a week, or a quarter of an hour where it stands at its time of the day. */
void gez_agenda_keys_add (GtkWidget  *page,
                          GezContext *context);

G_END_DECLS
