/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-circle.h"
#include "store/gez-log.h"

G_BEGIN_DECLS

/**
 * GezEngineBatch:
 * @circle: under whose key
 * @writes: (element-type GezWrite): own ones
 * @relays: encoded circle under which they came (GBytes) to GPtrArray of GezWrite
 *
 * What one segment holds for one circle.
 */
typedef struct
{
  GezCircle circle;
  GPtrArray *writes;
  GHashTable *relays;
} GezEngineBatch;

/**
 * GezEngineRows:
 * @batches: (element-type GezEngineBatch)
 * @first_counter: of the new own writes; 0: there are none
 * @last_counter: up to here all own writes are in @batches or in the table waiting_write
 * @waited: (element-type GezVersion): those of waiting_write that are in @batches
 *
 * Own writes for one segment.
 */
typedef struct
{
  GPtrArray *batches;
  guint64 first_counter;
  guint64 last_counter;
  GArray *waited;
} GezEngineRows;

GezEngineRows *gez_engine_collect      (GezDatabase         *database,
                                        gsize                limit,
                                        GError             **error);
void           gez_engine_rows_free    (GezEngineRows       *rows);
/* The writes of @batch stand in no segment, because its circle has no key here. */
gboolean       gez_engine_set_stuck    (GezDatabase         *database,
                                        GezEngineBatch      *batch,
                                        GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GezEngineRows, gez_engine_rows_free)

G_END_DECLS
