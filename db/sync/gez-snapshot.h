/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "circle/gez-team.h"
#include "sync/gez-segment.h"

G_BEGIN_DECLS

#define GEZ_SNAPSHOT_PART_SIZE_MAX (8 * 1024 * 1024)

/**
 * GezSnapshotPart:
 * @path: below gezinsplan/
 */
typedef struct
{
  char *path;
  GBytes *bytes;
} GezSnapshotPart;

/**
 * GezSnapshotWriter:
 *
 * A snapshot of circles while it is being made, some rows at a time, so that nobody waits for it
 * (docs/SYNC.md, "Pack, attachment, snapshot").
 *
 * Thread: the store's worker. Transaction: the caller's, a new one for each step if it likes.
 */
typedef struct _GezSnapshotWriter GezSnapshotWriter;

/* @circles: (element-type GezCircle): those whose key cannot be had now are left out */
GezSnapshotWriter *gez_snapshot_writer_new    (GezDatabase        *database,
                                               GezTeam            *team,
                                               GArray             *circles,
                                               GError            **error);
gboolean           gez_snapshot_writer_step   (GezSnapshotWriter  *self,
                                               GezDatabase        *database,
                                               GezTeam            *team,
                                               gboolean           *is_over,
                                               GError            **error);
/* (element-type GezSnapshotPart); notes the snapshot as known. */
GPtrArray         *gez_snapshot_writer_finish (GezSnapshotWriter  *self,
                                               GezDatabase        *database,
                                               GezTeam            *team,
                                               GError            **error);
void               gez_snapshot_writer_free   (GezSnapshotWriter  *self);

/**
 * GezSnapshotReader:
 *
 * A snapshot while it is being read, part by part, in any order.
 *
 * Thread: the store's worker. Transaction: the caller's.
 */
typedef struct _GezSnapshotReader GezSnapshotReader;

GezSnapshotReader *gez_snapshot_reader_new    (void);
void               gez_snapshot_reader_free   (GezSnapshotReader  *self);
gboolean           gez_snapshot_read_part     (GezSnapshotReader  *self,
                                               GezDatabase        *database,
                                               GezTeam            *team,
                                               GezSegment         *part,
                                               GPtrArray          *tables,
                                               guint              *n_applied,
                                               GError            **error);
/* Notes which circles it covers: those of which everything came. */
gboolean           gez_snapshot_reader_finish (GezSnapshotReader  *self,
                                               GezDatabase        *database,
                                               guint              *n_covered,
                                               GError            **error);

/* Whether writes of @circle in that segment came with a snapshot. */
gboolean           gez_snapshot_covers        (GezDatabase        *database,
                                               const GezCircle    *circle,
                                               const GezId        *device,
                                               guint64             sequence);
/* (element-type GezCircle) those of which this device is to make a snapshot now; empty: none. */
GArray            *gez_snapshot_list_due      (GezDatabase        *database,
                                               GezTeam            *team,
                                               GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GezSnapshotWriter, gez_snapshot_writer_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GezSnapshotReader, gez_snapshot_reader_free)

G_END_DECLS
