/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezReadersDialog:
 *
 * Who can read a file: each colleague with the part that she reads, until when and from whom she has it; who
 * cannot; adding and removing somebody, and for team leaders keeping somebody out for a conflict of interest.
 */
#define GEZ_TYPE_READERS_DIALOG (gez_readers_dialog_get_type ())
G_DECLARE_FINAL_TYPE (GezReadersDialog, gez_readers_dialog, GEZ, READERS_DIALOG, AdwWindow)

void gez_readers_dialog_present (GtkWidget   *from,
                                 GezContext  *context,
                                 const GezId *household);

G_END_DECLS
