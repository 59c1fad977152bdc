/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "household/gez-form-dialog.h"
#include "store/gez-record.h"

G_BEGIN_DECLS

/**
 * GezFlagDialog:
 *
 * A fact that everybody who goes to a family must know, with where it is known from and until when it
 * is kept. A fact that no longer holds is ended with a reason, never removed.
 */
#define GEZ_TYPE_FLAG_DIALOG (gez_flag_dialog_get_type ())
G_DECLARE_FINAL_TYPE (GezFlagDialog, gez_flag_dialog, GEZ, FLAG_DIALOG, GezFormDialog)

void gez_flag_dialog_present (GtkWidget   *parent,
                              GezContext  *context,
                              const GezId *household,
                              GezRecord   *flag);

G_END_DECLS
