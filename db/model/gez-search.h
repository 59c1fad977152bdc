/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-record.h"

G_BEGIN_DECLS

/* Around what was found in `marked` and `snippet`: control characters, which text of people never holds. */
#define GEZ_SEARCH_OPEN "\002"
#define GEZ_SEARCH_CLOSE "\003"

/**
 * gez_search_query:
 * @text: what a person typed; anything goes
 * @limit: most results of each kind
 *
 * Full-text search, and telephone numbers of persons and partners. Each record has `kind` (household,
 * person, note, question, goal, document, partner),
 * `id`, `household_id`, `household_name` (null for a partner), `tab` (where it stands in the file;
 * null for a partner), `title` (name of the household, person, document or partner, else the household's),
 * `marked` (the title with markers around each hit), `snippet` (what else was looked through, with
 * markers around each hit: the text; the address, the nickname or the offer when something was found
 * there, else null; of a document its tags; or the telephone numbers), `day_on` (of a note, question
 * or document). Kinds in that order; names best first, texts and documents newest
 * first. Text without a single word gives an empty list.
 *
 * Returns: (transfer full): a query that gives a #GPtrArray of #GezRecord
 */
GezQuery *gez_search_query (const char *text,
                            guint       limit);

G_END_DECLS
