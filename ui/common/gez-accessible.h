/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void       gez_accessible_set_name     (GtkWidget  *widget,
                                        const char *name);
void       gez_accessible_name_buttons (GtkWidget  *root,
                                        const char *name);
void       gez_accessible_name_expander (GtkWidget *row,
                                        const char *name);
void       gez_accessible_hide_empty   (GtkWidget  *label);
GtkWidget *gez_ornament_new            (const char *icon_name);

G_END_DECLS
