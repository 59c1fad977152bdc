/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "store/gez-schema.h"

G_BEGIN_DECLS

GPtrArray *gez_json_list_conflicts (GezDatabase *database,
                                    GezSchema   *schema,
                                    const GezId *household,
                                    GError     **error);

G_END_DECLS
