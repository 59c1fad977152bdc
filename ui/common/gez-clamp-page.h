/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A page that scrolls and keeps its content at a readable width. */
GtkWidget *gez_clamp_page_new (GtkWidget  *content,
                               int         maximum_width);

/* A page with nothing on it yet: what it is for, and what to do next. `action` may be NULL. */
GtkWidget *gez_empty_new      (const char *icon_name,
                               const char *title,
                               const char *sentence,
                               const char *action_label,
                               const char *action_name);

G_END_DECLS
