/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/gez-segment-private.h"

G_BEGIN_DECLS

/**
 * SegmentKeys:
 *
 * A made-up device of a made-up team, with a circle and a leader.
 */
typedef struct
{
  GezSecret *team;
  GezSecret *circle;
  GezSecret *device;
  guint8 device_public[GEZ_KEY_SIZE];
  GezSecret *box;
  guint8 box_public[GEZ_KEY_SIZE];
} SegmentKeys;

void           segment_keys_init  (SegmentKeys *keys);
void           segment_keys_clear (SegmentKeys *keys);
GezSegmentHead segment_head       (guint64      sequence);
/* One record of each kind, the last one of a kind that nobody knows. */
GBytes        *segment_make       (SegmentKeys          *keys,
                                   const GezSegmentHead *head,
                                   const char           *text);
/* A `given` with @text as key id, so that it can be told from another. */
GVariant      *segment_value      (const char  *text);

G_END_DECLS
