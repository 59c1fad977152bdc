/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "household/gez-form-dialog.h"

G_BEGIN_DECLS

/**
 * GezNoteDialog:
 *
 * Adds to what was written before: the old words stay, the new ones stand under them.
 */
#define GEZ_TYPE_NOTE_DIALOG (gez_note_dialog_get_type ())
G_DECLARE_FINAL_TYPE (GezNoteDialog, gez_note_dialog, GEZ, NOTE_DIALOG, GezFormDialog)

void gez_note_dialog_present (GtkWidget   *parent,
                              GezContext  *context,
                              const GezId *household,
                              const GezId *contact,
                              const GezId *note);

G_END_DECLS
