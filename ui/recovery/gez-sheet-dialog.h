/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "recovery/gez-secret-dialog.h"

G_BEGIN_DECLS

/* Makes a recovery sheet: asks the passphrase, prints or saves the page, wants its words back, and only
 * then lets it open the store. */
#define GEZ_TYPE_SHEET_DIALOG (gez_sheet_dialog_get_type ())
G_DECLARE_FINAL_TYPE (GezSheetDialog, gez_sheet_dialog, GEZ, SHEET_DIALOG, GezSecretDialog)

void gez_sheet_dialog_present (GtkWidget      *parent,
                               GezContext     *context);
void gez_sheet_dialog_save    (GezSheetDialog *self,
                               const char     *path);

G_END_DECLS
