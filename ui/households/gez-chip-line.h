/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * GezChipLine:
 *
 * Chips on one line, most important first; the first one is cut where there is no room for it, those
 * at the end that do not fit do not show. It never asks for more width than its widest chip.
 */
#define GEZ_TYPE_CHIP_LINE (gez_chip_line_get_type ())
G_DECLARE_FINAL_TYPE (GezChipLine, gez_chip_line, GEZ, CHIP_LINE, GtkWidget)

GtkWidget *gez_chip_line_new    (int          spacing);
void       gez_chip_line_append (GezChipLine *self,
                                 GtkWidget   *chip);

G_END_DECLS
