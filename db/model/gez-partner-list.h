/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-record.h"

G_BEGIN_DECLS

/**
 * gez_partner_list_query:
 * @text: (nullable): words of name or offer, each may be the beginning of a word; %NULL for all
 * @domain_code: (nullable): only partners that work on this domain
 * @limit: most results
 *
 * Returns: (transfer full): a query that gives a #GPtrArray of #GezRecord by name: all columns of
 *   partner, and `n_referrals` (on their way)
 */
GezQuery *gez_partner_list_query (const char *text,
                                  const char *domain_code,
                                  guint       limit);

G_END_DECLS
