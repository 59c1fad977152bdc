/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What the pages before the workspace share: the sign of the program, a title, and a narrow
 * column below it. */
GtkWidget *gez_front_new        (const char *title,
                                 const char *sentence,
                                 GtkWidget  *content);
GtkWidget *gez_front_field_new  (const char *label,
                                 GtkWidget  *control);

G_END_DECLS
