/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What stands behind and beside the days of a week: twenty-four hours of one height. */
GtkWidget *gez_week_hours_new       (GtkWidget *row);
GtkWidget *gez_week_hours_new_times (void);

G_END_DECLS
