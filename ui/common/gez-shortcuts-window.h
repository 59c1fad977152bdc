/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Shows every key of the program (gez-keys.h) in a window of its own. GtkShortcutsWindow would do the
 * same, but newer GTK leaves it behind. Returns: (transfer none): the window, which shows. */
GtkWidget *gez_shortcuts_window_present (GtkWindow *parent);

G_END_DECLS
