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
 *   first: all columns of referral, and `partner` (name), `phone` (of the partner), `household_name`,
 *   `domain_code`, `person_name`, `by_name`,
 *   `state`, `state_on`, `state_reason`, `days_without_news`, `has_no_news`, `is_waiting`
 * - list `events`: of all of them, oldest first: all columns of referral_event, and `by_name`
 *
 * Returns: (transfer full): a query that gives a #GezView
 */
GezQuery *gez_referral_list_query (const GezId *household);

/**
 * gez_referral_query:
 * @referral: one of them
 *
 * A referral as it stands, to record news of it. The result is a #GezView with
 *
 * - list `referral`: one record as in gez_referral_list_query(), or none
 * - list `call_backs`: the open follow-ups that ask for news of it, first one first: all columns of
 *   followup
 *
 * Returns: (transfer full): a query that gives a #GezView
 */
GezQuery *gez_referral_query (const GezId *referral);

G_END_DECLS
