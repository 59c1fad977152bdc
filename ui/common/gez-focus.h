/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void gez_focus_class_let_leave (GtkWidgetClass *klass);

G_END_DECLS
