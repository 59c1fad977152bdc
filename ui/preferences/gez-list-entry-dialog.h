/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "household/gez-form-dialog.h"
#include "model/gez-list-entry.h"

G_BEGIN_DECLS

/**
 * GezListEntryDialog:
 *
 * The form of one row of a list that a team edits: a new one, or one that is there.
 */
#define GEZ_TYPE_LIST_ENTRY_DIALOG (gez_list_entry_dialog_get_type ())
G_DECLARE_FINAL_TYPE (GezListEntryDialog, gez_list_entry_dialog, GEZ, LIST_ENTRY_DIALOG, GezFormDialog)

GtkWidget *gez_list_entry_dialog_present (GtkWidget   *from,
                                          GezContext  *context,
                                          GezListKind  kind,
                                          GezRecord   *entry,
                                          gint64       position);

G_END_DECLS
