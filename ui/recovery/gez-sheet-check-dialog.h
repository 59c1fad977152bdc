/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "recovery/gez-secret-dialog.h"

G_BEGIN_DECLS

/* Asks for the words of the recovery sheet and says whether it opens the store. Changes nothing. */
#define GEZ_TYPE_SHEET_CHECK_DIALOG (gez_sheet_check_dialog_get_type ())
G_DECLARE_FINAL_TYPE (GezSheetCheckDialog, gez_sheet_check_dialog, GEZ, SHEET_CHECK_DIALOG, GezSecretDialog)

void gez_sheet_check_dialog_present (GtkWidget  *parent,
                                     GezContext *context);

G_END_DECLS
