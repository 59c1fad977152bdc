/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "circle/gez-roster-record.h"

G_BEGIN_DECLS

/**
 * GezRosterMember:
 * @user_keys: (element-type GBytes): present signing keys
 */
typedef struct
{
  GezId id;
  char *name;
  char *role;                /* teamleider, casemanager, brugfiguur */
  gboolean is_active;
  GPtrArray *user_keys;
} GezRosterMember;

typedef struct
{
  GezId id;
  GezId member;
  guint8 public_key[GEZ_KEY_SIZE];
  guint32 box_number;
  guint8 box_public[GEZ_KEY_SIZE];
  gboolean is_removed;
  guint64 pin_sequence;      /* of a removed device: the last segment that counts; 0: none */
  GezHash pin_hash;
} GezRosterDevice;

typedef struct
{
  GezId id;
  GezId member;
  guint8 public_key[GEZ_KEY_SIZE];
  gint64 valid_until;        /* milliseconds UTC */
  gboolean is_for_device;    /* another device of the same person */
  gboolean is_over;          /* used or cancelled */
} GezRosterInvitation;

/**
 * GezRoster:
 *
 * The state of the team: a function of the set of roster records, whatever their order of arrival
 * (docs/SYNC.md, "Roster"). Immutable.
 *
 * Thread: any.
 */
typedef struct _GezRoster GezRoster;

/* @records: (element-type GezRosterRecord): opened; what does not count is listed by
 * gez_roster_get_refused() */
GezRoster  *gez_roster_fold            (const GezId       *team,
                                        const GezHash     *root,
                                        GPtrArray         *records);
void        gez_roster_free            (GezRoster         *self);
const char *gez_roster_get_team_name   (GezRoster         *self);
GArray     *gez_roster_get_heads       (GezRoster         *self);
void        gez_roster_get_heads_hash  (GezRoster         *self,
                                        GezHash           *hash);
guint32     gez_roster_get_next_sequence (GezRoster       *self);
GPtrArray  *gez_roster_get_members     (GezRoster         *self);
GPtrArray  *gez_roster_get_devices     (GezRoster         *self);
GPtrArray  *gez_roster_get_invitations (GezRoster         *self);
GPtrArray  *gez_roster_get_refused     (GezRoster         *self);
const GezRosterMember *gez_roster_find_member (GezRoster  *self,
                                        const GezId       *id);
const GezRosterDevice *gez_roster_find_device (GezRoster  *self,
                                        const GezId       *id);
gboolean    gez_roster_is_leader       (GezRoster         *self,
                                        const GezId       *member);
gboolean    gez_roster_is_locked       (GezRoster         *self,
                                        const GezId       *member,
                                        const GezId       *household);
const char *gez_roster_get_leaders_read (GezRoster        *self);
const guint8 *gez_roster_get_recovery_key (GezRoster      *self);
guint32     gez_roster_get_min_version (GezRoster         *self);
gboolean    gez_roster_is_fingerprint_key (GezRoster      *self,
                                        const GezSecret   *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GezRoster, gez_roster_free)

G_END_DECLS
