/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "circle/gez-wrap.h"

G_BEGIN_DECLS

/**
 * GezRosterRecord:
 * @hash: of the whole file
 * @sequence: one more than the greatest of its parents; 0 for the root
 * @author: which device wrote it
 * @key_number: under which team key
 * @parents: (element-type GezHash): array of hashes
 * @wall_at: the author's clock, milliseconds UTC
 * @changes: `a(sv)`, see docs/SYNC.md, "Roster"
 * @signed_hash: what @signature signs
 * @verified: (nullable): of gez_roster_fold(), which looks at a good signature once
 *
 * One record of the roster, opened. Whether it counts is for gez_roster_fold() to say.
 */
typedef struct
{
  GezHash hash;
  guint32 sequence;
  GezId author;
  guint32 key_number;
  GArray *parents;
  gint64 wall_at;
  GVariant *changes;
  GezHash signed_hash;
  guint8 signature[GEZ_SIGNATURE_SIZE];
  GHashTable *verified;
} GezRosterRecord;

void             gez_roster_record_free    (GezRosterRecord   *self);

/* @wraps: (element-type GBytes): the team key for each reader; %NULL: none. Random ones fill up to a
 * multiple of 8. */
GBytes          *gez_roster_record_write   (const GezId       *team,
                                            guint32            sequence,
                                            const GezId       *author,
                                            guint32            key_number,
                                            const GezSecret   *team_key,
                                            GPtrArray         *wraps,
                                            GArray            *parents,
                                            gint64             wall_at,
                                            GVariant          *changes,
                                            const GezSecret   *device_secret,
                                            GError           **error);

/* Reads what stands in the clear; needs no key. The team key may stand in one of the wraps. */
gboolean         gez_roster_record_peek    (GBytes            *file,
                                            const GezId       *team,
                                            guint32           *sequence,
                                            guint32           *key_number,
                                            GPtrArray        **wraps,
                                            GError           **error);
GezRosterRecord *gez_roster_record_read    (GBytes            *file,
                                            const GezId       *team,
                                            const GezSecret   *team_key,
                                            GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GezRosterRecord, gez_roster_record_free)

G_END_DECLS
