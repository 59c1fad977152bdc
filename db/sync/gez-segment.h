/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "circle/gez-keyring.h"

G_BEGIN_DECLS

#define GEZ_SEGMENT_SIZE_MAX (64 * 1024 * 1024)

/**
 * GezSeen:
 *
 * Up to where a device was read without a gap.
 */
typedef struct
{
  GezId device;
  guint64 sequence;
  GezHash hash;
} GezSeen;

/**
 * GezSegmentHead:
 * @is_snapshot: a part of a snapshot: @sequence is the number of the part, @snapshot and @n_parts hold
 * @hash: of the whole file
 *
 * What stands in the clear.
 */
typedef struct
{
  gboolean is_snapshot;
  GezId team;
  GezId device;
  guint64 sequence;
  GezHash previous;
  GezId snapshot;
  guint32 n_parts;
  guint32 key_number;
  GezHash hash;
} GezSegmentHead;

/**
 * GezSegmentRecord:
 * @kind: `circle`, `wrap`, `leaders`, `team`, or one that is not known here
 * @place: which record of the segment
 * @bytes: as they stand in the segment
 */
typedef struct
{
  char *kind;
  guint32 place;
  GBytes *bytes;
} GezSegmentRecord;

/**
 * GezSegment:
 *
 * One that was read: verified and opened with the team key; its records are still sealed.
 */
typedef struct
{
  GezSegmentHead head;
  guint8 nonce[GEZ_NONCE_SIZE];   /* of the body: hints depend on it */
  gint64 wall_at;
  GezHash roster_heads;
  GArray *seen;                   /* of GezSeen */
  GPtrArray *records;             /* of GezSegmentRecord */
} GezSegment;

/* Reading. GEZ_SYNC_ERROR_INCOMPLETE: shorter than it says; _DAMAGED; _FOREIGN: not ours; _TOO_NEW. */
gboolean    gez_segment_peek        (GBytes               *file,
                                     GezSegmentHead       *head,
                                     GError              **error);
GezSegment *gez_segment_open        (GBytes               *file,
                                     const GezSecret      *team_key,
                                     const guint8          device_public[GEZ_KEY_SIZE],
                                     GError              **error);
void        gez_segment_free        (GezSegment           *segment);
/* Opens a `circle` record with the key at @place of @keyring (from gez_keyring_find_hint()); a `leaders`
 * record with a box key. */
GVariant   *gez_segment_open_record (GezSegment           *segment,
                                     GezSegmentRecord     *record,
                                     const GezSecret      *key,
                                     char                **name,
                                     GError              **error);
GVariant   *gez_segment_open_for_leader (GezSegment       *segment,
                                     GezSegmentRecord     *record,
                                     const guint8          box_public[GEZ_KEY_SIZE],
                                     const GezSecret      *box_secret,
                                     char                **name,
                                     GError              **error);
GVariant   *gez_segment_open_team   (GezSegmentRecord     *record,
                                     char                **name,
                                     GError              **error);
const guint8 *gez_segment_get_hint  (GezSegmentRecord     *record);

/* Writing. */
typedef struct _GezSegmentWriter GezSegmentWriter;

GezSegmentWriter *gez_segment_writer_new (const GezSegmentHead *head);
void        gez_segment_writer_free (GezSegmentWriter     *self);
void        gez_segment_writer_add_seen (GezSegmentWriter *self,
                                     const GezSeen        *seen);
/* @content: `(sv)` in normal form is made of @name and @value. Team records: @key NULL. */
gboolean    gez_segment_writer_add  (GezSegmentWriter     *self,
                                     const GezSecret      *key,
                                     const char           *name,
                                     GVariant             *value,
                                     GError              **error);
gboolean    gez_segment_writer_add_for_leaders (GezSegmentWriter *self,
                                     GPtrArray            *box_keys,
                                     const char           *name,
                                     GVariant             *value,
                                     GError              **error);
void        gez_segment_writer_add_wrap (GezSegmentWriter *self,
                                     GBytes               *wrap);
/* A kind of another version. */
void        gez_segment_writer_add_bytes (GezSegmentWriter *self,
                                     const char           *kind,
                                     GBytes               *bytes);
/* Of a part of a snapshot: what is known when all parts are. */
void        gez_segment_writer_set_end (GezSegmentWriter  *self,
                                     guint32               n_parts,
                                     guint32               key_number);
gsize       gez_segment_writer_get_size (GezSegmentWriter *self);
GBytes     *gez_segment_writer_finish (GezSegmentWriter   *self,
                                     gint64                wall_at,
                                     const GezHash        *roster_heads,
                                     const GezSecret      *team_key,
                                     const GezSecret      *device_secret,
                                     GezHash              *hash,
                                     GError              **error);

/* Names (docs/SYNC.md, "The folder"). */
char       *gez_segment_path        (const GezSegmentHead *head);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GezSegment, gez_segment_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GezSegmentWriter, gez_segment_writer_free)

G_END_DECLS
