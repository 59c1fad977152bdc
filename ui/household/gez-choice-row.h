/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "common/gez-words.h"

G_BEGIN_DECLS

/**
 * GezChoiceRow:
 *
 * A row in which one of a few things is chosen. Each has a code, which the store keeps, and words,
 * which people read. The signal to hear is `notify::selected`.
 */
#define GEZ_TYPE_CHOICE_ROW (gez_choice_row_get_type ())
G_DECLARE_FINAL_TYPE (GezChoiceRow, gez_choice_row, GEZ, CHOICE_ROW, AdwComboRow)

GtkWidget  *gez_choice_row_new       (const char   *title);
void        gez_choice_row_add       (GezChoiceRow *self,
                                      const char   *code,
                                      const char   *label);
void        gez_choice_row_clear     (GezChoiceRow *self);
void        gez_choice_row_add_words (GezChoiceRow *self,
                                      GezWords      words);
void        gez_choice_row_add_circles (GezChoiceRow *self);
gboolean    gez_choice_row_has_code  (GezChoiceRow *self,
                                      const char   *code);
const char *gez_choice_row_get_code  (GezChoiceRow *self);
void        gez_choice_row_set_code  (GezChoiceRow *self,
                                      const char   *code);

G_END_DECLS
