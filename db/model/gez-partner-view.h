/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-view.h"

G_BEGIN_DECLS

#define GEZ_PARTNER_VIEW_REFERRALS 200

/**
 * gez_partner_view_query:
 * @partner: the partner
 *
 * One partner of the social map. The result is a #GezView with
 *
 * - record `partner`: all columns of partner, `checked_by_name` and `is_unchecked`; none when it
 *   was withdrawn
 * - list `referrals`: to this partner, those on their way first, longest without news first, then
 *   ended ones, newest first, at most %GEZ_PARTNER_VIEW_REFERRALS: all columns of referral, and
 *   `household_name`, `domain_code`, `by_name`, `state`, `state_on`, `days_without_news`,
 *   `has_no_news`, `is_waiting`
 * - list `states`: how many of all referrals are in each state, those on their way first: `state`,
 *   `n`, `is_waiting`
 *
 * Returns: (transfer full): a query that gives a #GezView
 */
GezQuery *gez_partner_view_query (const GezId *partner);

G_END_DECLS
