/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "vault/gez-vault.h"

G_BEGIN_DECLS

/**
 * GezPassphraseEntry:
 *
 * An entry whose text stands in locked memory only. GTK, and with it every program that listens on
 * the accessibility bus, is given bullets.
 *
 * GezPassphraseEntry::changed: the text is another one.
 * GezPassphraseEntry::activate: Enter was pressed.
 */
#define GEZ_TYPE_PASSPHRASE_ENTRY (gez_passphrase_entry_get_type ())
G_DECLARE_FINAL_TYPE (GezPassphraseEntry, gez_passphrase_entry, GEZ, PASSPHRASE_ENTRY, GtkWidget)

GtkWidget     *gez_passphrase_entry_new      (const char         *label);
GezPassphrase  gez_passphrase_entry_peek     (GezPassphraseEntry *self);
gboolean       gez_passphrase_entry_is_empty (GezPassphraseEntry *self);
gboolean       gez_passphrase_entry_equal    (GezPassphraseEntry *self,
                                              GezPassphraseEntry *other);
void           gez_passphrase_entry_set_label (GezPassphraseEntry *self,
                                               const char         *label);
void           gez_passphrase_entry_set_text (GezPassphraseEntry *self,
                                              GezPassphrase       text);
void           gez_passphrase_entry_go_on    (GezPassphraseEntry *self);
void           gez_passphrase_entry_set_narrow (GezPassphraseEntry *self,
                                                int                 width_chars);
void           gez_passphrase_entry_take_lines (GezPassphraseEntry *self);
void           gez_passphrase_entry_wipe     (GezPassphraseEntry *self);

G_END_DECLS
