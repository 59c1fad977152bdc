/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-view.h"

G_BEGIN_DECLS

/**
 * gez_overview_query:
 * @household: the file
 *
 * What the first tab of a file shows beside gez_household_file_query(). The result is a #GezView
 * with
 *
 * - list `followups`: open ones that are late or due within 14 days, oldest first: all columns of
 *   followup, and `owner_name`, `is_overdue`
 * - list `no_news`: referrals on their way that ask for attention, longest first: all columns of
 *   referral, and `partner`, `domain_code`, `state`, `days_without_news`
 * - list `strengths`: what goes well, the latest five, one of each domain and voice: `domain_id`,
 *   `voice`, `strengths`, `assessed_on`
 * - list `goals`: open ones by priority: all columns of goal, and `n_steps`, `n_done_steps`, and of
 *   the first step to do `next_what`, `next_due_on`, `next_owner` (null: nothing agreed)
 *
 * Returns: (transfer full): a query that gives a #GezView
 */
GezQuery *gez_overview_query (const GezId *household);

G_END_DECLS
