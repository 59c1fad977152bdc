/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Pieces of the window of the program that know nothing of what it shows. */
GtkWidget *gez_window_warning_new       (void);
GtkWidget *gez_window_crisis_button_new (void);
void       gez_window_close_dialogs     (GtkWindow *self);
void       gez_window_forget_clipboards (GtkWidget *self);
void       gez_window_add_dialog_keys   (GtkWindow *self,
                                         GtkWidget *dialog);

void       gez_window_add_foot          (GtkWidget  *page,
                                         const char *label,
                                         GCallback   clicked,
                                         gpointer    window);

G_END_DECLS
