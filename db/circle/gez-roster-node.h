/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "circle/gez-roster.h"

G_BEGIN_DECLS

typedef enum
{
  GEZ_ROSTER_CHANGE_TEAM,
  GEZ_ROSTER_CHANGE_MEMBER,
  GEZ_ROSTER_CHANGE_USER,
  GEZ_ROSTER_CHANGE_DEVICE,
  GEZ_ROSTER_CHANGE_INVITE,
  GEZ_ROSTER_CHANGE_JOIN,
  GEZ_ROSTER_CHANGE_CANCEL,
  GEZ_ROSTER_CHANGE_REMOVE_DEVICE,
  GEZ_ROSTER_CHANGE_REMOVE_USER,
  GEZ_ROSTER_CHANGE_LOCK,
  GEZ_ROSTER_CHANGE_LEADERS_READ,
  GEZ_ROSTER_CHANGE_RECOVERY,
  GEZ_ROSTER_CHANGE_RECOVERY_USED,
  GEZ_ROSTER_CHANGE_MIN_VERSION,
} GezRosterChangeKind;

/* What a `member` or `lock` says that was not so at the record's parents. */
enum
{
  GEZ_ROSTER_SAYS_NAME = 1 << 0,
  GEZ_ROSTER_SAYS_ROLE = 1 << 1,
  GEZ_ROSTER_SAYS_ACTIVE = 1 << 2,
  GEZ_ROSTER_SAYS_LOCK = 1 << 3,
};

typedef struct
{
  guint8 bytes[GEZ_KEY_SIZE];
} GezRosterKey;

/* One change of a record, read. @certifier: the user key whose certificate a device was found to have. */
typedef struct
{
  GezRosterChangeKind kind;
  GVariant *value;
  GezId id;     /* member, device or invitation: what it is about */
  GezId member; /* of a device, invitation, join; household of a lock */
  GezRosterKey key;
  guint says;
  GezRosterKey certifier;
} GezRosterChange;

/* A record in the graph. */
typedef struct
{
  GezRosterRecord *record; /* not owned */
  guint place;             /* in the order of sequence, then hash */
  guint32 *ancestors;      /* bit set of places */
  gboolean is_linked;      /* all its parents are here, up to the root */
  gboolean is_malformed;
  gboolean counts;
  gboolean counts_alone;   /* while no removal made anything void */
  GArray *changes;         /* of GezRosterChange; unknown ones left out */
  GezId member;            /* by whom, as those of its ancestors know that count */
  gboolean has_author;     /* below: found once, and kept, so that void records stay void */
  GezId author_member;
  GezRosterKey author_key; /* user key that certified the device */
  gboolean is_unfounded;   /* a removal that was believed and did not count */
} GezRosterNode;

static inline gboolean
gez_roster_has_bit (const guint32 *bits,
                    guint          place)
{
  return (bits[place / 32] >> (place % 32) & 1u) != 0;
}

gboolean        gez_roster_node_read_changes (GezRosterNode  *node);
void            gez_roster_change_clear  (GezRosterChange *change);

G_END_DECLS
