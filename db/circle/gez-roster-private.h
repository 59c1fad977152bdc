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

/* The state that a set of records makes, when they are applied in their order. */
typedef struct _GezRosterState GezRosterState;

static inline gboolean
gez_roster_has_bit (const guint32 *bits,
                    guint          place)
{
  return (bits[place / 32] >> (place % 32) & 1u) != 0;
}

gboolean        gez_roster_node_read_changes (GezRosterNode  *node);
void            gez_roster_change_clear  (GezRosterChange *change);

GezRosterState *gez_roster_state_new     (void);
void            gez_roster_state_free    (GezRosterState *self);
void            gez_roster_state_apply   (GezRosterState *self,
                                          GezRosterNode  *node);
GezRosterMember *gez_roster_state_member (GezRosterState *self,
                                          const GezId    *id);
GezRosterDevice *gez_roster_state_device (GezRosterState *self,
                                          const GezId    *id);
GezRosterInvitation *gez_roster_state_invitation (GezRosterState *self,
                                          const GezId    *id);
const GezRosterKey *gez_roster_state_user_key (GezRosterState *self,
                                          const GezId    *device);
const GezId    *gez_roster_state_inviter (GezRosterState *self,
                                          const GezId    *invitation);
gboolean        gez_roster_state_is_key_removed (GezRosterState *self,
                                          const GezRosterKey *key);
gboolean        gez_roster_state_is_device_removed (GezRosterState *self,
                                          const GezId    *device);
gboolean        gez_roster_state_is_locked (GezRosterState *self,
                                          const GezId    *member,
                                          const GezId    *household);
gboolean        gez_roster_state_is_leader (GezRosterState *self,
                                          const GezId    *member);
void            gez_roster_state_publish (GezRosterState *self,
                                          GezRoster      *roster);

/* Whether the author of @node may do all it does, in the state that its parents make. */
gboolean        gez_roster_may           (GezRosterState *state,
                                          const GezId    *team,
                                          GezRosterNode  *node);

/* By place: which of @removals are believed, and which of @nodes are void through them. */
void            gez_roster_find_void     (GPtrArray      *nodes,
                                          GPtrArray      *removals,
                                          gboolean       *is_believed,
                                          gboolean       *is_void);

struct _GezRoster
{
  char *team_name;
  char *leaders_read;
  GezHash fingerprint_check;
  gboolean has_recovery;
  guint8 recovery[GEZ_KEY_SIZE];
  guint32 min_version;
  guint32 next_sequence;
  GArray *heads;
  GPtrArray *refused;
  GPtrArray *members;
  GPtrArray *devices;
  GPtrArray *invitations;
  GezRosterState *state;
};

G_END_DECLS
