/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-circle.h"
#include "store/gez-log.h"

G_BEGIN_DECLS

/* Writes as they travel (docs/SYNC.md, "Segment"): device, counter, command, act, table, id, whether a birth, wall
 * time, cells. */
#define GEZ_WRITE_TYPE "(ayttssaybxay)"
#define GEZ_WRITES_TYPE "a" GEZ_WRITE_TYPE

/**
 * GezWrite:
 * @version: which write it is
 * @command: counter of the first write of the same transaction
 * @act: name of the command
 * @table: which table, perhaps one that this program does not know
 * @id: which row
 * @is_birth: whether the row is born here
 * @wall_at: the writer's clock, milliseconds UTC; only breaks ties
 * @cells: the cells as they stand in the log (docs/STORAGE.md, "Change log")
 * @of_circle: (nullable): the encoded circle under which it came; %NULL: written here
 * @brought_by: the device that relayed it, or had it in a snapshot; none: its own device did
 * @is_relay: whether @of_circle is only what a relay says
 *
 * One row of a change log, on its way to another device.
 */
typedef struct
{
  GezVersion version;
  guint64 command;
  char *act;
  char *table;
  GezId id;
  gboolean is_birth;
  gint64 wall_at;
  GBytes *cells;
  GBytes *of_circle;
  GezId brought_by;
  gboolean is_relay;
} GezWrite;

/**
 * GezCellWrite:
 * @version: which write
 * @wall_at: the writer's clock
 * @value: the value, `()` for NULL
 * @replaced: an array of versions, `a(ayt)`; %NULL for none
 *
 * One write of one column.
 */
typedef struct
{
  GezVersion version;
  gint64 wall_at;
  GVariant *value;
  GVariant *replaced;
} GezCellWrite;

void       gez_write_free       (GezWrite     *write);
GezWrite  *gez_write_copy       (const GezWrite *write);
GPtrArray *gez_merge_read_log   (GezDatabase  *database,
                                 GError      **error);
gboolean   gez_merge_apply      (GezDatabase  *database,
                                 GPtrArray    *writes,
                                 GError      **error);
gboolean   gez_merge_apply_received (GezDatabase *database,
                                 const GezCircle *circle,
                                 const GezId  *brought_by,
                                 GPtrArray    *writes,
                                 GPtrArray    *tables,
                                 guint        *n_applied,
                                 GError      **error);
GVariant  *gez_writes_to_variant (GPtrArray   *writes);
GPtrArray *gez_writes_from_variant (GVariant  *variant);
gboolean   gez_merge_forget     (GezDatabase  *database,
                                 const GezId  *device,
                                 guint64       sequence,
                                 GPtrArray    *tables,
                                 GError      **error);
GPtrArray *gez_merge_find_heads (GPtrArray    *cell_writes);
int        gez_merge_compare    (const GezCellWrite *a,
                                 const GezCellWrite *b);

G_END_DECLS
