/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "vault/gez-secret-text.h"

G_BEGIN_DECLS

/**
 * GezPassphraseBuffer:
 *
 * The buffer of an entry that shows GTK bullets only; the text itself is a #GezSecretText.
 */
#define GEZ_TYPE_PASSPHRASE_BUFFER (gez_passphrase_buffer_get_type ())
G_DECLARE_FINAL_TYPE (GezPassphraseBuffer, gez_passphrase_buffer, GEZ, PASSPHRASE_BUFFER,
                      GtkEntryBuffer)

GezPassphraseBuffer *gez_passphrase_buffer_attach   (GtkText             *text);
GezSecretText       *gez_passphrase_buffer_get_text (GezPassphraseBuffer *self);
void                 gez_passphrase_buffer_wipe     (GezPassphraseBuffer *self);

G_END_DECLS
