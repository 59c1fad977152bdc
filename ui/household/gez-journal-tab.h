/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezJournalTab:
 *
 * "Logboek": the form for a contact above the timeline of the household, newest first. What is
 * typed in the form goes to an encrypted draft within two seconds and stands there again when the
 * tab is opened again.
 */
#define GEZ_TYPE_JOURNAL_TAB (gez_journal_tab_get_type ())
G_DECLARE_FINAL_TYPE (GezJournalTab, gez_journal_tab, GEZ, JOURNAL_TAB, GtkWidget)

GtkWidget *gez_journal_tab_new           (GezContext    *context,
                                          const GezId   *household);
void       gez_journal_tab_start_contact (GezJournalTab *self,
                                          const char    *domain_code);
void       gez_journal_tab_find          (GezJournalTab *self);

G_END_DECLS
