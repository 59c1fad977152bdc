/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-database-private.h"
#include "store/gez-version.h"

G_BEGIN_DECLS

/* One cell of a log row: a(sva(ayt)): column, value, versions replaced (docs/STORAGE.md, "Change log"). */
#define GEZ_LOG_CELLS_TYPE "a(sva(ayt))"

gboolean  gez_log_write       (GezDatabase  *database,
                               const char   *act,
                               guint64      *command,
                               GPtrArray   **tables,
                               GError      **error);
gboolean  gez_log_write_seeds (GezDatabase  *database,
                               guint64       revision,
                               GError      **error);
gboolean  gez_log_get_birth   (GezDatabase  *database,
                               const GezId  *id,
                               GezVersion   *birth,
                               GError      **error);
GArray   *gez_log_get_heads   (GezDatabase  *database,
                               const GezId  *id,
                               const char   *column,
                               GError      **error);
GVariant *gez_log_cells_from_bytes (GBytes   *bytes);
GBytes   *gez_log_cells_to_bytes (GVariantBuilder *builder);
GVariant *gez_log_find_cell   (GVariant     *cells,
                               const char   *column);
GPtrArray *gez_log_list_replaced (GezDatabase *database,
                               const GezId  *id,
                               const char   *column,
                               GVariant     *replaced,
                               GError      **error);
GVariant *gez_log_get_replaced (GezDatabase *database,
                               const GezId  *id,
                               const char   *column,
                               GVariant     *replaced,
                               GError      **error);

G_END_DECLS
