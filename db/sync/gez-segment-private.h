/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/gez-segment.h"

G_BEGIN_DECLS

/* The layout of a segment and of a part of a snapshot (docs/SYNC.md, "Segment"). */
#define GEZ_SEGMENT_MAGIC "GEZSEGM1"
#define GEZ_SNAPSHOT_MAGIC "GEZSNAP1"
#define GEZ_MAGIC_SIZE 8
#define GEZ_MAGIC_FAMILY 7 /* of its bytes; the last one is the version */

enum
{
  GEZ_SEGMENT_AT_TEAM = 8,
  GEZ_SEGMENT_AT_DEVICE = 24,
  GEZ_SEGMENT_AT_SEQUENCE = 40,
  GEZ_SEGMENT_AT_PREVIOUS = 48,
  GEZ_SEGMENT_AT_KEY_NUMBER = 80,
  GEZ_SEGMENT_AT_LENGTH = 84,
  GEZ_SEGMENT_AT_BODY = 88,
};

#define GEZ_SEGMENT_CONTENT "(xaya(aytay)a(say))"
#define GEZ_RECORD_CONTENT "(sv)"
#define GEZ_BOX_SEAL_SIZE (GEZ_KEY_SIZE + 16 + 32) /* a sealed box of 32 bytes */

/* Where a record stands: what is sealed in it opens nowhere else. */
#define GEZ_PLACE_SIZE (GEZ_ID_SIZE + GEZ_ID_SIZE + 8 + 4)
void gez_segment_place (const GezSegmentHead *head,
                        guint32               place,
                        guint8                bytes[GEZ_PLACE_SIZE]);
void gez_segment_signed_hash (gboolean         is_snapshot,
                              GezBytesView     bytes,
                              GezHash         *hash);

G_END_DECLS
