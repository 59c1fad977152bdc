/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * GezChipPicker:
 *
 * Words beside each other that are switched on and off, several at a time unless it was made
 * single. Signal `changed`: a person switched one.
 */
#define GEZ_TYPE_CHIP_PICKER (gez_chip_picker_get_type ())
G_DECLARE_FINAL_TYPE (GezChipPicker, gez_chip_picker, GEZ, CHIP_PICKER, GtkWidget)

GtkWidget *gez_chip_picker_new          (const char         *name,
                                         gboolean            single);
void       gez_chip_picker_add          (GezChipPicker      *self,
                                         const char         *key,
                                         const char         *label);
void       gez_chip_picker_clear        (GezChipPicker      *self);
guint      gez_chip_picker_get_n_chips  (GezChipPicker      *self);
gboolean   gez_chip_picker_has          (GezChipPicker      *self,
                                         const char         *key);
char     **gez_chip_picker_get_selected (GezChipPicker      *self);
void       gez_chip_picker_set_selected (GezChipPicker      *self,
                                         const char * const *keys);

G_END_DECLS
