/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * GezWrapLayout:
 *
 * Puts children beside each other at their own width and starts a new line where the next one no
 * longer fits, as words in a paragraph. Follows the text direction.
 */
#define GEZ_TYPE_WRAP_LAYOUT (gez_wrap_layout_get_type ())
G_DECLARE_FINAL_TYPE (GezWrapLayout, gez_wrap_layout, GEZ, WRAP_LAYOUT, GtkLayoutManager)

GtkLayoutManager *gez_wrap_layout_new  (int spacing,
                                        int line_spacing);
GtkWidget        *gez_wrap_box_new     (int spacing,
                                        int line_spacing);

G_END_DECLS
