/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A width that was thought of for text of the usual size, for the text size of @widget's screen. */
int gez_text_scale (GtkWidget *widget,
                    int        pixels);

G_END_DECLS
