/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * GezSidesLayout:
 *
 * Puts children beside each other in two columns of the same width, each row as high as it must be; below
 * each other where two columns would be too narrow to read. Follows the text direction.
 */
#define GEZ_TYPE_SIDES_LAYOUT (gez_sides_layout_get_type ())
G_DECLARE_FINAL_TYPE (GezSidesLayout, gez_sides_layout, GEZ, SIDES_LAYOUT, GtkLayoutManager)

GtkLayoutManager *gez_sides_layout_new (int spacing);

G_END_DECLS
