/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/gez-widen.h"

G_BEGIN_DECLS

/* Asks whether more people may read these rows, tells who, and does it, with undo. `circle` is the code
 * of where they are now; nothing happens when there is no wider one. */
void gez_widen_question_ask (GtkWidget   *from,
                             GezContext  *context,
                             const GezId *household,
                             const char  *circle,
                             GArray      *parts);

G_END_DECLS
