/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * GezWordLabel:
 *
 * A word of a recovery sheet, on the screen and nowhere else: it has no text that the accessibility bus,
 * the clipboard or a selection could give away.
 */
#define GEZ_TYPE_WORD_LABEL (gez_word_label_get_type ())
G_DECLARE_FINAL_TYPE (GezWordLabel, gez_word_label, GEZ, WORD_LABEL, GtkWidget)

GtkWidget *gez_word_label_new      (void);
void       gez_word_label_set_word (GezWordLabel *self,
                                    int           number);

G_END_DECLS
