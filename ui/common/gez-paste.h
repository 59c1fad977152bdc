/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Characters. Names and addresses are shorter by far, a report of fifteen pages is not longer. */
#define GEZ_PASTE_LINE 1000
#define GEZ_PASTE_ANSWER 10000
#define GEZ_PASTE_REPORT 50000

void gez_paste_limit (GtkWidget *field,
                      int        most);

G_END_DECLS
