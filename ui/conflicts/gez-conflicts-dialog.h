/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezConflictsDialog:
 *
 * The fields that two people filled in differently, one after the other: one click or one key settles a
 * field, and the next one follows. What somebody else settled meanwhile goes by itself.
 */
#define GEZ_TYPE_CONFLICTS_DIALOG (gez_conflicts_dialog_get_type ())
G_DECLARE_FINAL_TYPE (GezConflictsDialog, gez_conflicts_dialog, GEZ, CONFLICTS_DIALOG, AdwWindow)

void gez_conflicts_dialog_present (GtkWidget   *from,
                                   GezContext  *context,
                                   const GezId *household);

G_END_DECLS
