/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "household/gez-form-dialog.h"
#include "store/gez-record.h"

G_BEGIN_DECLS

/**
 * GezHelperDialog:
 *
 * Somebody who stands around the family: a colleague, somebody of another service, a neighbour.
 */
#define GEZ_TYPE_HELPER_DIALOG (gez_helper_dialog_get_type ())
G_DECLARE_FINAL_TYPE (GezHelperDialog, gez_helper_dialog, GEZ, HELPER_DIALOG, GezFormDialog)

void gez_helper_dialog_present (GtkWidget   *parent,
                                GezContext  *context,
                                const GezId *household,
                                const char  *kind,
                                GezRecord   *helper,
                                const GezId *contact_person);
void gez_helper_dialog_present_about (GtkWidget   *parent,
                                GezContext  *context,
                                const GezId *household,
                                const char  *domain_code);

G_END_DECLS
