/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/gez-context.h"
#include "model/gez-view.h"
#include "model/gez-widen.h"

G_BEGIN_DECLS

/**
 * GezJournalEntry:
 *
 * One entry of the journal: when and how, who took part, every word of the notes with what was
 * added to them later, and the questions with what came of them.
 *
 * Signal `amend`: a person wants to add to it.
 */
#define GEZ_TYPE_JOURNAL_ENTRY (gez_journal_entry_get_type ())
G_DECLARE_FINAL_TYPE (GezJournalEntry, gez_journal_entry, GEZ, JOURNAL_ENTRY, GtkListBoxRow)

GtkWidget   *gez_journal_entry_new          (GezContext      *context,
                                             GezView         *journal,
                                             GezRecord       *entry);
const GezId *gez_journal_entry_get_id       (GezJournalEntry *self);
const GezId *gez_journal_entry_get_contact  (GezJournalEntry *self);
const GezId *gez_journal_entry_get_note     (GezJournalEntry *self);

GArray      *gez_journal_entry_get_narrow  (GezJournalEntry *self,
                                            const char     **circle);

G_END_DECLS
