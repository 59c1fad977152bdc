/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "common/gez-field-row.h"

G_BEGIN_DECLS

/**
 * GezEntryRow:
 *
 * A row with one line of text, and what is asked above it. It is a #GtkEditable. Unlike that of
 * libadwaita 1.2 it tells a screen reader when it gets the focus.
 *
 * GezEntryRow::entry-activated: a person pressed Enter in it.
 */
#define GEZ_TYPE_ENTRY_ROW (gez_entry_row_get_type ())
G_DECLARE_FINAL_TYPE (GezEntryRow, gez_entry_row, GEZ, ENTRY_ROW, GezFieldRow)

GtkWidget *gez_entry_row_new        (const char  *title);
const char *gez_entry_row_get_title (GezEntryRow *self);
void       gez_entry_row_add_suffix (GezEntryRow *self,
                                     GtkWidget   *widget);

G_END_DECLS
