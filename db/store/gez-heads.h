/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-schema.h"

G_BEGIN_DECLS

GVariant *gez_heads_join (const GezTable *table,
                          guint           column,
                          GPtrArray      *values,
                          gboolean       *is_disputed);

G_END_DECLS
