/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-database.h"

G_BEGIN_DECLS

/**
 * GEZ_SEED_REVISION:
 *
 * Goes up whenever data/seed changes a cell of a row that was there before: it is the counter of the
 * versions with which stores that have the row take the new text over. Rows that are added need none.
 */
#define GEZ_SEED_REVISION 1

gboolean gez_seed_apply      (GezDatabase  *database,
                              GError      **error);
gboolean gez_seed_apply_list (GezDatabase  *database,
                              const char   *table,
                              const char   *list,
                              GBytes       *content,
                              GError      **error);
GezId    gez_seed_id         (const char   *table,
                              const char   *code);
GStrv    gez_seed_get_column (const char   *file,
                              const char   *column);

G_END_DECLS
