/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-store.h"

G_BEGIN_DECLS

#define GEZ_JSON_FORMAT "gezinsplan/1"

gboolean gez_json_export (GezStore      *store,
                          const GezId   *household,
                          GOutputStream *stream,
                          GCancellable  *cancellable,
                          guint64       *n_rows,
                          GError       **error);

G_END_DECLS
