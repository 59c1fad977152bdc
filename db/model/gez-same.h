/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-record.h"

G_BEGIN_DECLS

/**
 * GezSought:
 * @is_household: whether @name is that of a household; else it is all names of one person, in any
 *   order, her nickname too
 * @name: (nullable): what was typed so far
 * @born_on: (nullable): "YYYY-MM-DD"
 * @phones: (nullable): as they were typed
 *
 * Somebody who is about to be written down, and may be there already.
 */
typedef struct
{
  gboolean is_household;
  const char *name;
  const char *born_on;
  const char *phones;
} GezSought;

/**
 * gez_same_query:
 * @sought: (array length=n_sought): who is being written down; copied
 * @limit: most results in all
 *
 * Who may be the same, surest first. Each record has `kind` (household, person), `id`,
 * `household_id`, `household_name`, `title`, `nickname`, `born_on`, `has_name`, `has_birth` and
 * `has_phone` (what is the same). A household must have every word of the name that tells it apart;
 * a person two words, or one and the birth date, or a telephone number.
 *
 * Returns: (transfer full): a query that gives a #GPtrArray of #GezRecord
 */
GezQuery *gez_same_query (const GezSought *sought,
                          guint            n_sought,
                          guint            limit);

G_END_DECLS
