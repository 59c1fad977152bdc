/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-schema.h"

G_BEGIN_DECLS

gboolean      gez_json_is_selected (GezDatabase    *database,
                                    const GezTable *table,
                                    const GezId    *household);
gboolean      gez_json_is_of_household (GezDatabase *database,
                                    const GezTable *table,
                                    const GezId    *id,
                                    const GezId    *household);
GezStatement *gez_json_select      (GezDatabase    *database,
                                    const GezTable *table,
                                    const GezId    *household,
                                    GError        **error);

G_END_DECLS
