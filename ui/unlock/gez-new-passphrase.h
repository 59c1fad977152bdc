/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "vault/gez-vault.h"

G_BEGIN_DECLS

/**
 * GezNewPassphrase:
 *
 * Asks for a passphrase that is chosen now: twice, and with a word on how strong it is.
 *
 * GezNewPassphrase::activate: Enter was pressed.
 */
#define GEZ_TYPE_NEW_PASSPHRASE (gez_new_passphrase_get_type ())
G_DECLARE_FINAL_TYPE (GezNewPassphrase, gez_new_passphrase, GEZ, NEW_PASSPHRASE, GtkWidget)

GtkWidget    *gez_new_passphrase_new   (const char        *label);
char         *gez_new_passphrase_check (GezNewPassphrase  *self);
GezPassphrase gez_new_passphrase_peek  (GezNewPassphrase  *self);
void          gez_new_passphrase_wipe  (GezNewPassphrase  *self);

G_END_DECLS
