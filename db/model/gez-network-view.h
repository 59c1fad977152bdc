/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-view.h"

G_BEGIN_DECLS

/**
 * gez_network_view_query:
 * @household: the file
 *
 * The family and who stands around it. The result is a #GezView with
 *
 * - lists `members` and `former_members`: all columns of person, and `membership_id`, `role`,
 *   `residence`, `custody`, `from_on`, `to_on`, `name`, `age` (null: unknown), `school_name`
 * - list `relations`: all columns of relation, and `name`, `other_name`
 * - lists `professionals`, `network` and `former_helpers`: all columns of helper, and
 *   `helper_name`, `domain_code`, `partner_name`, `helper_phone`; contact person first
 * - list `flags`: all columns of flag, and `by_name`, `is_current`; current ones first
 *
 * Returns: (transfer full): a query that gives a #GezView
 */
GezQuery *gez_network_view_query (const GezId *household);

G_END_DECLS
