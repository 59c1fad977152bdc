/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A key that activates an action of a page wherever in the window the focus is, as long as the page
 * shows. */
void gez_shortcut_add (GtkWidget  *page,
                       const char *trigger,
                       const char *action);

G_END_DECLS
