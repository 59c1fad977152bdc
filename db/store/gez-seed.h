/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-database.h"

G_BEGIN_DECLS

gboolean gez_seed_apply (GezDatabase  *database,
                         GError      **error);
GezId    gez_seed_id    (const char   *table,
                         const char   *code);

G_END_DECLS
