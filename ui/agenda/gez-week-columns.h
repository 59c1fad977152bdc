/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * GezWeekColumns:
 *
 * Puts the first child at the start, as wide as it must be, and divides the rest equally among the
 * seven that follow. Where there is no room for seven, only the chosen one shows. Several rows of
 * the same width divide it alike as long as their first children are equally wide.
 */
#define GEZ_TYPE_WEEK_COLUMNS (gez_week_columns_get_type ())
G_DECLARE_FINAL_TYPE (GezWeekColumns, gez_week_columns, GEZ, WEEK_COLUMNS, GtkLayoutManager)

GtkWidget *gez_week_columns_box_new    (void);
void       gez_week_columns_set_chosen (GtkWidget *box,
                                        guint      chosen);
gboolean   gez_week_columns_is_folded  (GtkWidget *box);

G_END_DECLS
