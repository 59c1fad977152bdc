/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/gez-list-entry.h"

G_BEGIN_DECLS

/**
 * GezListEditor:
 *
 * One list that a team edits: its rows in the order in which they are chosen from, and those that
 * are no longer in use below a fold. Enter changes a row, Alt+Up and Alt+Down move it, Delete takes it
 * out of use; a mouse finds the same at the handle and in the menu of the row.
 */
#define GEZ_TYPE_LIST_EDITOR (gez_list_editor_get_type ())
G_DECLARE_FINAL_TYPE (GezListEditor, gez_list_editor, GEZ, LIST_EDITOR, GtkWidget)

GtkWidget  *gez_list_editor_new      (GezContext    *context,
                                      GezListKind    kind);
GtkListBox *gez_list_editor_get_list (GezListEditor *self);
GtkWidget  *gez_list_editor_get_fold (GezListEditor *self);

G_END_DECLS
