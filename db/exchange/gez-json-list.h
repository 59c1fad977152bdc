/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "store/gez-query.h"

G_BEGIN_DECLS

GezQuery *gez_json_list_query (const char  *table,
                               const char  *words);
GezQuery *gez_json_show_query (const GezId *id);
GezQuery *gez_json_conflicts_query (void);

G_END_DECLS
