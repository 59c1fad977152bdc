/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-schema.h"

G_BEGIN_DECLS

/**
 * GezCellView:
 * @name: of the column, ends with NUL
 * @type: `x`, `s`, `d`, `a` for bytes, or `u` for NULL
 * @data, @size: of the value as it lies there; of a text without its NUL
 *
 * One cell of a birth, in the bytes of the log.
 */
typedef struct
{
  const char *name;
  char type;
  const guint8 *data;
  gsize size;
} GezCellView;

#define GEZ_SCAN_CELLS_MAX 64

/* FALSE: not the plain cells of a birth; they may be sound all the same. */
gboolean gez_scan_birth       (GBytes            *cells,
                               GezCellView       *views,
                               guint             *n_views);
gboolean gez_cell_view_fits   (const GezCellView *view,
                               const GezColumn   *column);
gint64   gez_cell_view_number (const GezCellView *view);

G_END_DECLS
