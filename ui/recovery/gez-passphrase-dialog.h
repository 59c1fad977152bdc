/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "recovery/gez-secret-dialog.h"

G_BEGIN_DECLS

/* Asks for the present passphrase and a new one, and changes it. */
#define GEZ_TYPE_PASSPHRASE_DIALOG (gez_passphrase_dialog_get_type ())
G_DECLARE_FINAL_TYPE (GezPassphraseDialog, gez_passphrase_dialog, GEZ, PASSPHRASE_DIALOG, GezSecretDialog)

void gez_passphrase_dialog_present (GtkWidget  *parent,
                                    GezContext *context);

G_END_DECLS
