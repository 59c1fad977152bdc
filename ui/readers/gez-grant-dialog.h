/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "circle/gez-team-view.h"
#include "household/gez-form-dialog.h"

G_BEGIN_DECLS

/**
 * GezGrantDialog:
 *
 * Lets a colleague read a file: who, which part, until when; and what one thinks of before one shares. What
 * is not in order is told and written down, and stops nobody.
 */
#define GEZ_TYPE_GRANT_DIALOG (gez_grant_dialog_get_type ())
G_DECLARE_FINAL_TYPE (GezGrantDialog, gez_grant_dialog, GEZ, GRANT_DIALOG, GezFormDialog)

void gez_grant_dialog_present (GtkWidget      *parent,
                               GezContext     *context,
                               const GezId    *household,
                               GezReadersView *view);

G_END_DECLS
