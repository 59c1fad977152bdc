/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-view.h"

G_BEGIN_DECLS

/**
 * gez_today_query:
 * @member: whose day it is
 *
 * Everything of Vandaag, read at once. The result is a #GezView with the lists
 *
 * - `appointments`: planned or held today, by time; `next_appointment`: at most one, the first
 *   planned one after today
 * - `overdue`, `due`: open follow-ups before today, of today; oldest first
 * - `no_news`: referrals that are on their way without news, longest first
 * - `come_back`: questions whose come-back day is today or earlier and that are not done
 * - `drafts`: what was typed on this device and not saved, newest first
 *
 * whose records all have: `kind` (appointment, followup, referral, question, draft), `id`,
 * `household_id` and `household_name` (may be null), `tab` (overview, plan, journal, referrals,
 * agenda, network or the code of a domain; null without household), `day_on`, `text`. Beside these:
 * appointments `start_time`, `minutes`, `place`, `with_whom`, `state`; follow-ups `followup_kind`,
 * `member_id` (who owns it), and `rhythm_days`, `goal_id`, `referral_id`, `contact_id`,
 * `question_id`, `domain_id`, from which the next one is planned; referrals `state`,
 * `days_without_news`, `partner`; drafts `place`, `saved_at` (their `id` is the subject's). A
 * come-back question may have `person_name`.
 *
 * Mine are: what I own; and what nobody owns in a household of which I am contact person or carry
 * the trajectory.
 *
 * Returns: (transfer full): a query that gives a #GezView
 */
GezQuery *gez_today_query (const GezId *member);

/**
 * gez_today_count_query:
 * @member: whose day it is
 *
 * Returns: (transfer full): a query for a #GezView with the list `count`: one record whose `count`
 *   is how many of the follow-ups of gez_today_query() are late or due today, and whose `n_no_news`
 *   how many of its referrals are without news
 */
GezQuery *gez_today_count_query (const GezId *member);

G_END_DECLS
