/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * GezFitLabel:
 *
 * A line of text with shorter ways to say the same: it shows the longest that fits. Nothing is cut.
 */
#define GEZ_TYPE_FIT_LABEL (gez_fit_label_get_type ())
G_DECLARE_FINAL_TYPE (GezFitLabel, gez_fit_label, GEZ, FIT_LABEL, GtkWidget)

GtkWidget *gez_fit_label_new       (void);
void       gez_fit_label_set_texts (GezFitLabel *self,
                                    const char  *full,
                                    const char  *shorter,
                                    const char  *shortest);
void       gez_fit_label_join      (GezFitLabel *self,
                                    GezFitLabel *peer);

G_END_DECLS
