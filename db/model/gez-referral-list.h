/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-view.h"

G_BEGIN_DECLS

/**
 * gez_referral_list_query:
 * @household: the file
 *
 * The referrals of a household. The result is a #GezView with
 *
 * - list `referrals`: those on their way first, longest without news first, then ended ones, newest
 *   first: all columns of referral, and `partner` (name), `domain_code`, `person_name`, `by_name`,
 *   `state`, `state_on`, `state_reason`, `days_without_news`, `has_no_news`, `is_waiting`
 * - list `events`: of all of them, oldest first: all columns of referral_event, and `by_name`
 *
 * Returns: (transfer full): a query that gives a #GezView
 */
GezQuery *gez_referral_list_query (const GezId *household);

G_END_DECLS
