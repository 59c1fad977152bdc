/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Where a mouse takes a GezRow of a list to drag it elsewhere. Whoever has the list hears the drop. */
GtkWidget *gez_list_handle_new (GtkWidget *row);

G_END_DECLS
