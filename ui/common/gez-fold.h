/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * GezFold:
 *
 * Two widgets beside each other, which fold to one below the other when the width is less than
 * their own natural widths, or than a width of choice. The first takes what is left over.
 */
#define GEZ_TYPE_FOLD (gez_fold_get_type ())
G_DECLARE_FINAL_TYPE (GezFold, gez_fold, GEZ, FOLD, GtkWidget)

GtkWidget *gez_fold_new              (GtkWidget *first,
                                      GtkWidget *second,
                                      int        spacing);
void       gez_fold_set_threshold    (GezFold   *self,
                                      int        width);
void       gez_fold_set_second_width (GezFold   *self,
                                      int        width);
void       gez_fold_set_keeps_first_in_view (GezFold *self,
                                      gboolean   keeps);
gboolean   gez_fold_is_folded        (GezFold   *self);

G_END_DECLS
