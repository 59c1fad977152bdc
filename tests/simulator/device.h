/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "circle/gez-team.h"
#include "sync/gez-engine.h"
#include "world.h"

/* In SQL, of a row `l` of the change log. */
#define SIM_ACK_KEY "lower(hex(l.id)) || ' ' || l.wall_at || ' ' || l.act"

struct _SimDevice
{
  guint number;
  SimWorld *world;
  SimMember *member;
  MemoryDatabase *memory;
  HostileView *folder;
  GezEngine *engine;       /* NULL: it is made at the next round */
  gint64 clock_offset;
  gint64 offline_until;
  GBytes *old_image;       /* of itself, some time ago */
  gint64 old_counter;
  guint old_n_acks;
  gint64 n_acked;          /* counter of the last write in the account */
  int calls_left;          /* until it is killed; -1: it lives */
  gboolean is_gone;        /* removed or lost */
  guint heard_at[SIM_MEMBERS_MAX]; /* writes before it knew of each one's removal, plus 1; 0: not */
};

/* Devices. A new one is empty: it has no team yet. */
SimDevice  *sim_device_new          (SimWorld       *self,
                                     SimMember      *member);
SimDevice  *sim_device_copy         (SimDevice      *from);
void        sim_world_drop_device   (SimDevice      *device);
void        sim_device_set_clock    (SimDevice      *self);
gboolean    sim_device_is_online    (SimDevice      *self);
gboolean    sim_device_commit       (SimDevice      *self,
                                     GezChange      *change);
void        sim_device_account      (SimDevice      *self);
gboolean    sim_device_undo         (SimDevice      *self);
/* TRUE: done. Refusals of the team are no failures. */
typedef gboolean (*SimTeamAct) (GezTeam *team, gpointer data, GError **error);
gboolean    sim_device_act          (SimDevice      *self,
                                     SimTeamAct      act,
                                     gpointer        data);
/* One round of the engine. @n_done: what it did; 0: nothing was new. */
gboolean    sim_device_sync         (SimDevice      *self,
                                     GezEngineSteps  steps,
                                     guint          *n_done);
/* Notes which members it knows to be removed. */
void        sim_device_hear         (SimDevice      *self);
void        sim_device_remember     (SimDevice      *self);
void        sim_device_put_back     (SimDevice      *self);
