/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Buttons above a page: with an icon and a name, or linked ones of which one is on. */
void       gez_button_set_name       (GtkWidget  *button,
                                      const char *name);
GtkWidget *gez_button_new_icon       (const char *icon,
                                      const char *name,
                                      const char *action);
GtkWidget *gez_button_box_new_linked (void);
GtkWidget *gez_button_append_toggle  (GtkWidget  *box,
                                      const char *label,
                                      const char *tooltip,
                                      GtkWidget  *group);

G_END_DECLS
