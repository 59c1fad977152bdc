/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/gez-merge.h"

G_BEGIN_DECLS

/**
 * GezLogged:
 * @write: a row of the log
 * @cells: what it wrote
 * @circles: (element-type GBytes): under which it came; empty: written here
 * @counts: whether it may write this row
 * @moves: whether it may say in which circle the row stands
 */
typedef struct
{
  GezWrite *write;
  GVariant *cells;
  GPtrArray *circles;
  gboolean counts;
  gboolean moves;
} GezLogged;

/**
 * GezColumnState:
 * @heads: (element-type GezCellWrite): the writes that nobody replaced, the greatest first
 * @value: (nullable): what the column shows, `()` for NULL; %NULL: nothing that it can hold
 * @is_disputed: whether people have to choose
 */
typedef struct
{
  GPtrArray *writes;
  GPtrArray *heads;
  GVariant *value;
  gboolean is_disputed;
} GezColumnState;

/* All that the log has on one row. */
GPtrArray *gez_row_log_read    (GezDatabase      *database,
                                const GezId      *id,
                                GError          **error);
gboolean   gez_row_log_judge   (GPtrArray        *logged,
                                const char       *table);
GezColumnState *gez_row_log_columns (GPtrArray   *logged,
                                const GezTable   *table);
void       gez_column_states_free (GezColumnState *states,
                                const GezTable   *table);
GVariant  *gez_column_absent   (const GezColumn  *column);
gboolean   gez_merge_apply_brought (GezDatabase  *database,
                                const GezCircle  *circle,
                                const GezId      *brought_by,
                                gboolean          is_relay,
                                GPtrArray        *writes,
                                GPtrArray        *tables,
                                guint            *n_applied,
                                GError          **error);
GezWrite  *gez_write_read      (GezStatement     *statement);

/* Columns of the log, in the order in which gez_write_read() reads them. */
#define GEZ_WRITE_COLUMNS                                                                                  \
  "device, counter, command, act, table_name, id, is_birth, wall_at, cells, of_circle, brought_by, is_relay"

G_END_DECLS
