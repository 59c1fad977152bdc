/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void gez_trace_start        (void);
void gez_trace_mark         (const char *what);
void gez_trace_mark_painted (GtkWidget  *widget,
                             const char *what);

G_END_DECLS
