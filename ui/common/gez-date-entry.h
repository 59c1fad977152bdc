/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "base/gez-clock.h"

G_BEGIN_DECLS

/**
 * GezDateEntry:
 *
 * An entry for a date as people write it ("24/11", "di", "morgen"), with a calendar beside it.
 * Under it stands in words which day was understood, or why something is not a date.
 *
 * GezDateEntry:date is YYYY-MM-DD, or NULL while the entry is empty or holds no date.
 * GezDateEntry::activate: Enter was pressed in the entry.
 */
#define GEZ_TYPE_DATE_ENTRY (gez_date_entry_get_type ())
G_DECLARE_FINAL_TYPE (GezDateEntry, gez_date_entry, GEZ, DATE_ENTRY, GtkWidget)

GtkWidget  *gez_date_entry_new      (GezClock     *clock,
                                     const char   *label);
const char *gez_date_entry_get_date (GezDateEntry *self);
void        gez_date_entry_set_date (GezDateEntry *self,
                                     const char   *date);
gboolean    gez_date_entry_is_valid (GezDateEntry *self);
const char *gez_date_entry_get_text (GezDateEntry *self);
void        gez_date_entry_set_text (GezDateEntry *self,
                                     const char   *text);

G_END_DECLS
