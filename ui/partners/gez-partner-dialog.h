/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "household/gez-form-dialog.h"

G_BEGIN_DECLS

/**
 * GezPartnerDialog:
 *
 * A partner of the social map in a form: a name is enough. A new one that may be there already shows
 * while its name is typed. What is typed is kept as a draft until it is saved or cancelled.
 */
#define GEZ_TYPE_PARTNER_DIALOG (gez_partner_dialog_get_type ())
G_DECLARE_FINAL_TYPE (GezPartnerDialog, gez_partner_dialog, GEZ, PARTNER_DIALOG, GezFormDialog)

void gez_partner_dialog_present     (GtkWidget  *parent,
                                     GezContext *context,
                                     GezRecord  *partner);
void gez_partner_dialog_present_new (GtkWidget  *parent,
                                     GezContext *context,
                                     const char *name);

G_END_DECLS
