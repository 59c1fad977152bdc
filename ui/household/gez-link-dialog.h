/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "household/gez-form-dialog.h"

G_BEGIN_DECLS

/**
 * GezLinkDialog:
 *
 * Says that another file is about the same family, or holds the same person.
 */
#define GEZ_TYPE_LINK_DIALOG (gez_link_dialog_get_type ())
G_DECLARE_FINAL_TYPE (GezLinkDialog, gez_link_dialog, GEZ, LINK_DIALOG, GezFormDialog)

void gez_link_dialog_present (GtkWidget   *parent,
                              GezContext  *context,
                              const GezId *household);

G_END_DECLS
