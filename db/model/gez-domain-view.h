/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-view.h"

G_BEGIN_DECLS

/**
 * gez_domain_view_query:
 * @household: the file
 * @domain: the life domain
 * @limit: most entries of `touching`
 *
 * One domain of one household. The result is a #GezView with
 *
 * - records `family` and `worker`, the two voices as they stand: `strengths`, `needs`,
 *   `wished_change`, `score`, `previous_score`, `asked`, `assessed_on` (latest of this voice); each
 *   null when that voice never said so; and `today_id`, the row that the member of this device wrote
 *   of this voice today, to be changed rather than followed by a second one (null: none yet)
 * - list `others`: the voices of single persons and partners, newest first: all columns of
 *   assessment, and `voice_name`
 * - list `scores`: every score, oldest first: `id`, `assessed_on`, `voice`, `score`, `by_name`
 * - list `today`: the rows of family and worker that the current member made today: `id`, `voice`
 * - list `goals`: open ones by priority, then ended ones: all columns of goal, and `circle_code`,
 *   `n_steps`, `n_done_steps`
 * - list `steps`: of those goals, undone ones by date, then done ones: all columns of step, and
 *   `owner_name`, `owner_kind` (person, helper, member, partner), `is_late`
 * - list `helpers`: who stands around the family for this domain now: all columns of helper, and
 *   `helper_name`, `partner_name`
 * - list `touching`: notes, questions, contacts, referrals and follow-ups of this domain, newest
 *   first: `kind` (note, question, contact, referral, followup), `id`, `contact_id`, `at` (instant;
 *   null when only the day is known), `day_on`, `text`, `by_name`; of a referral `state`, `state_on`,
 *   `has_no_news`, `days_without_news`, `partner`; of a question or a follow-up `done_on`; of a
 *   follow-up `due_on`, `cancelled_on`
 * - record `more`: `n_touching`, how many there are in all
 *
 * Returns: (transfer full): a query that gives a #GezView
 */
GezQuery *gez_domain_view_query (const GezId *household,
                                 const GezId *domain,
                                 guint        limit);

G_END_DECLS
