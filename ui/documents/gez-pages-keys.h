/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void gez_pages_keys_bind (GtkWidgetClass *pages_view_class);

G_END_DECLS
