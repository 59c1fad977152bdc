/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The pieces that forms are put together from, so that they all look and sound alike. */

GtkWidget *gez_form_heading      (const char *text);
GtkWidget *gez_form_hint         (const char *text);
GtkWidget *gez_form_add_button   (const char *label);
GtkWidget *gez_form_list         (const char *name);
GtkWidget *gez_form_entry        (const char *title,
                                  const char *text);
GtkWidget *gez_form_switch       (const char *title,
                                  const char *subtitle,
                                  gboolean    active);
gboolean   gez_form_switch_get   (GtkWidget  *row);
void       gez_form_switch_set   (GtkWidget  *row,
                                  gboolean    active);
GtkWidget *gez_form_row          (const char *title,
                                  GtkWidget  *control);
GtkWidget *gez_form_wide_row     (const char *title,
                                  GtkWidget  *control);
GtkWidget *gez_form_text         (const char *name,
                                  int         height,
                                  GtkWidget **view);
char      *gez_form_get_text     (GtkWidget  *view);
void       gez_form_set_text     (GtkWidget  *view,
                                  const char *text);
char      *gez_form_entry_dup    (GtkWidget  *entry);
void       gez_form_save_on_keys (GtkWidget  *form,
                                  GtkShortcutFunc save);

G_END_DECLS
