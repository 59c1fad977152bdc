/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "circle/gez-roster-node.h"

G_BEGIN_DECLS

/* The state that a set of records makes, when they are applied in their order. */
typedef struct _GezRosterState GezRosterState;

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
