/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/gez-context.h"
#include "model/gez-journal.h"

G_BEGIN_DECLS

/**
 * GezJournalFilterBar:
 *
 * What one wants to see of a journal: words, kind of entry, life domain, person.
 *
 * GezJournalFilterBar::changed: a person chose something else.
 */
#define GEZ_TYPE_JOURNAL_FILTER_BAR (gez_journal_filter_bar_get_type ())
G_DECLARE_FINAL_TYPE (GezJournalFilterBar, gez_journal_filter_bar, GEZ, JOURNAL_FILTER_BAR, GtkWidget)

GtkWidget *gez_journal_filter_bar_new        (GezContext          *context);
void       gez_journal_filter_bar_set_people (GezJournalFilterBar *self,
                                              GPtrArray           *members);
gboolean   gez_journal_filter_bar_get        (GezJournalFilterBar *self,
                                              GezJournalFilter    *filter);

G_END_DECLS
