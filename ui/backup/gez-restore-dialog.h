/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "unlock/gez-opening.h"

G_BEGIN_DECLS

/* Asks which backup, and for the passphrase of that day, and puts it back in the place of the store of
 * `opening`. That store is closed, or there is none. When it is done the window shows its door again
 * (action "door.show"). */
void gez_restore_dialog_present      (GtkWidget        *parent,
                                      const GezOpening *opening);
void gez_restore_dialog_present_file (GtkWidget        *parent,
                                      const GezOpening *opening,
                                      const char       *path);

G_END_DECLS
