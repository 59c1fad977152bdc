/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "circle/gez-team-view.h"
#include "household/gez-form-dialog.h"

G_BEGIN_DECLS

/**
 * GezRevokeDialog:
 *
 * Ends that a colleague reads a file, or a part of it, with the reason; says what that does and what it does
 * not.
 */
#define GEZ_TYPE_REVOKE_DIALOG (gez_revoke_dialog_get_type ())
G_DECLARE_FINAL_TYPE (GezRevokeDialog, gez_revoke_dialog, GEZ, REVOKE_DIALOG, GezFormDialog)

void gez_revoke_dialog_present (GtkWidget           *parent,
                                GezContext          *context,
                                const GezId         *household,
                                const GezFileReader *reader);

G_END_DECLS
