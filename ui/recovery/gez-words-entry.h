/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "vault/gez-recovery-code.h"

G_BEGIN_DECLS

/**
 * GezWordsEntry:
 *
 * The fourteen words of a recovery sheet, or of an invitation. A space or Enter leads to the next one; all of them can be
 * pasted at once, and so can what a scanner reads from the QR code.
 *
 * GezWordsEntry::activate: Enter was pressed in the last one.
 */
#define GEZ_TYPE_WORDS_ENTRY (gez_words_entry_get_type ())
G_DECLARE_FINAL_TYPE (GezWordsEntry, gez_words_entry, GEZ, WORDS_ENTRY, GtkWidget)

GtkWidget *gez_words_entry_new   (void);
GtkWidget *gez_words_entry_new_for_invitation (void);
GezSecret *gez_words_entry_parse (GezWordsEntry  *self,
                                  char          **complaint);
void       gez_words_entry_wipe  (GezWordsEntry  *self);

G_END_DECLS
