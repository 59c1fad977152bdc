/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "vault/gez-vault.h"

G_BEGIN_DECLS

/**
 * GezWordField:
 *
 * One word of a recovery sheet: its number, an entry that shows bullets, and a sign that tells whether
 * the word is on the list. The word itself shows only on request, and never on the accessibility bus.
 *
 * GezWordField::changed: the word is another one.
 * GezWordField::several: what was typed or pasted is more than one word.
 * GezWordField::next: Enter was pressed.
 */
#define GEZ_TYPE_WORD_FIELD (gez_word_field_get_type ())
G_DECLARE_FINAL_TYPE (GezWordField, gez_word_field, GEZ, WORD_FIELD, GtkWidget)

GtkWidget    *gez_word_field_new        (guint          number);
GezPassphrase gez_word_field_peek       (GezWordField  *self);
void          gez_word_field_set_text   (GezWordField  *self,
                                         GezPassphrase  text);
void          gez_word_field_go_on      (GezWordField  *self);
gboolean      gez_word_field_is_empty   (GezWordField  *self);
int           gez_word_field_get_word   (GezWordField  *self);
void          gez_word_field_set_shown  (GezWordField  *self,
                                         gboolean       is_shown);

G_END_DECLS
