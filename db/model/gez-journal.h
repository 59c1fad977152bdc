/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-view.h"

G_BEGIN_DECLS

#define GEZ_JOURNAL_PAGE_SIZE 50

/**
 * GezJournalPlace:
 * @at: instant of an entry
 * @id: its identity
 *
 * A place in the journal: the next page starts after it.
 */
typedef struct
{
  gint64 at;
  GezId id;
} GezJournalPlace;

/**
 * gez_journal_query:
 * @household: the file
 * @after: (nullable): the last entry of the page before; %NULL for the first page
 * @limit: most entries
 *
 * A page of the journal, newest first: contacts, and notes that stand alone. The result is a
 * #GezView with
 *
 * - list `entries`: `kind` (contact, note), `id`, `at` (instant), `day_on` and `time` (in the
 *   team's zone), `by_name`, and for a contact `minutes`, `channel`, `place`, `is_attempt`
 * - lists that belong to the entries by `entry_id`: `notes` (all columns of note, and
 *   `circle_code`, `domain_code`, `by_name`, `person_name`), `questions` (all columns of question, and
 *   `domain_code`, `person_name`), `links` (all columns of contact_link, and `name`,
 *   `domain_code`, `goal_words`; `kind` is took_part or about)
 * - record `more`: `has_more`, and `last_at`, `last_id` for the next page's place
 *
 * Returns: (transfer full): a query that gives a #GezView
 */
GezQuery *gez_journal_query (const GezId           *household,
                             const GezJournalPlace *after,
                             guint                  limit);

/**
 * GezJournalFilter:
 * @domain: (nullable): only what is about this life domain
 * @person: (nullable): only what is about this person, or where she took part
 * @kind: (nullable): contact, attempt, question or note (one that stands alone)
 * @search: (nullable): words that its notes or questions hold
 *
 * Which entries of a journal one wants to see. All zero is everything.
 */
typedef struct
{
  const GezId *domain;
  const GezId *person;
  const char *kind;
  const char *search;
} GezJournalFilter;

/**
 * gez_journal_search_query:
 * @household: the file
 * @filter: which entries
 * @after: (nullable): the last entry of the page before; %NULL for the first page
 * @limit: most entries
 *
 * Returns: (transfer full): a query that gives the #GezView of gez_journal_query(), with the entries
 *   that fit @filter
 */
GezQuery *gez_journal_search_query (const GezId            *household,
                                    const GezJournalFilter *filter,
                                    const GezJournalPlace  *after,
                                    guint                   limit);

/**
 * gez_journal_contact_query:
 * @contact: one contact
 *
 * Returns: (transfer full): a query that gives the same #GezView with this one entry, or none
 */
GezQuery *gez_journal_contact_query (const GezId *contact);

G_END_DECLS
