/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "household/gez-form-dialog.h"
#include "store/gez-record.h"

G_BEGIN_DECLS

/**
 * GezMemberDialog:
 *
 * Somebody of the household: a new one, or what is known about one who is there already.
 */
#define GEZ_TYPE_MEMBER_DIALOG (gez_member_dialog_get_type ())
G_DECLARE_FINAL_TYPE (GezMemberDialog, gez_member_dialog, GEZ, MEMBER_DIALOG, GezFormDialog)

void gez_member_dialog_present (GtkWidget   *parent,
                                GezContext  *context,
                                const GezId *household,
                                GezRecord   *member);

G_END_DECLS
