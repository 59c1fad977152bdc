/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-context.h"

G_BEGIN_DECLS

/* Whether colleagues can come to know that there is a file of a family. A file is left out as long as one
 * row says so, whoever wrote it. */
GezChange *gez_fingerprint_choice_leave_out (GezContext  *context,
                                             const GezId *household,
                                             const char  *reason);
GezChange *gez_fingerprint_choice_take_in   (GezContext  *context,
                                             GPtrArray   *choices);

/**
 * gez_fingerprint_choice_query:
 * @household: whose file
 *
 * Why a file is left out: nothing when it is not. Each record has `id`, `reason` and `by_name` (either may
 * be null).
 *
 * Returns: (transfer full): a query that gives a #GPtrArray of #GezRecord
 */
GezQuery  *gez_fingerprint_choice_query     (const GezId *household);

G_END_DECLS
