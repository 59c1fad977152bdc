/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-view.h"

G_BEGIN_DECLS

/**
 * gez_document_list_query:
 * @household: the file
 * @tag: (nullable): only what carries this tag; %NULL for all
 *
 * The attachments of a household that stand, newest first. The result is a #GezView with
 *
 * - list `documents`: `id`, `household_id`, `name`, `tags` (gez_document_split_tags()), `media_type`,
 *   `size_bytes`, `content_hash`, `added_at` (instant), `added_on` (in the team's zone),
 *   `by_member_id`, `by_name`, `circle_code`, `has_thumbnail`
 * - list `tags`: those of all attachments of the household, whatever @tag is, the most used first:
 *   `tag`, `n_documents`
 *
 * Tags are compared as gez_text_fold() has it.
 *
 * Returns: (transfer full): a query that gives a #GezView
 */
GezQuery *gez_document_list_query (const GezId *household,
                                   const char  *tag);

/**
 * gez_document_query:
 * @document: one attachment
 *
 * Returns: (transfer full): a query that gives a #GPtrArray with its #GezRecord, as in `documents` of
 *   gez_document_list_query(), or with none
 */
GezQuery *gez_document_query      (const GezId *document);

/**
 * gez_document_tags_query:
 *
 * Returns: (transfer full): a query that gives a #GPtrArray of #GezRecord: `tag` and `n_documents`,
 *   those in use in any household, the most used first, for completing what is typed
 */
GezQuery *gez_document_tags_query (void);

G_END_DECLS
