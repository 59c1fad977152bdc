/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-view.h"

G_BEGIN_DECLS

/**
 * gez_household_file_query:
 * @household: the file
 *
 * What stands above every tab of a file, and beside every tab. The result is a #GezView with
 *
 * - record `household`: all columns of the table, and `district_name`, `state` (of the trajectory),
 *   `contact_person`, `last_contact_on`, `days_since` (null: never), `is_stale`, `n_followups`
 *   (open), `n_overdue`, `n_no_news`, `n_drafts`, and of the plan `n_open_goals`, `n_steps` and
 *   `n_done_steps` (of the open goals)
 * - list `members`: current ones, parents before children and elder before younger: all columns of
 *   person, and `membership_id`, `role`, `residence`, `custody`, `from_on`, `to_on`, `name`, `age`
 *   (null: unknown)
 * - record `next_appointment` (may be %NULL): all columns of appointment, and `member_name`
 * - list `flags`: those that hold today: all columns of flag, and `by_name`
 * - list `trajectories`: all columns of trajectory, and `state`, `state_on`, `member_name`
 * - list `domains`: each active one by position: `id`, `code`, `kind`, `family_score`,
 *   `family_previous_score`, `worker_score`, `worker_previous_score`, `asked` (latest of any
 *   voice), `n_open_goals`, `n_open_steps`, `n_referrals` (on their way), `n_no_news`
 *
 * Fails with %GEZ_STORE_ERROR_NOT_FOUND when there is no such household or it was withdrawn.
 *
 * Returns: (transfer full): a query that gives a #GezView
 */
GezQuery *gez_household_file_query (const GezId *household);

G_END_DECLS
