/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-view.h"

G_BEGIN_DECLS

/**
 * gez_plan_view_query:
 * @household: the file
 *
 * The plan of a household. The result is a #GezView with
 *
 * - list `goals`: open ones by priority (without priority last), then reached and stopped ones,
 *   newest first: all columns of goal, and `domain_code`, `n_steps`, `n_done_steps`
 * - list `steps`: of all those goals, undone ones by date, then done ones: all columns of step, and
 *   `owner_name`, `owner_kind` (person, helper, member, partner; null: nobody), `is_late`
 * - list `wishes`: per domain that has one, what the family wants to change: `domain_id`,
 *   `domain_code`, `wished_change`, `score`
 *
 * Returns: (transfer full): a query that gives a #GezView
 */
GezQuery *gez_plan_view_query (const GezId *household);

G_END_DECLS
