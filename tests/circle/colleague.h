/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "circle/gez-team.h"
#include "memory-database.h"

/* A device of somebody in a team, without a folder: colleague_meet() carries to one what another has to tell, as if
 * it had stood in a segment. */
typedef struct
{
  MemoryDatabase *store;
  GezTeam *team;
  GezId member;
  GezId device;
  gint64 told_up_to; /* of `outgoing`, by whoever meets this one, in an array of all */
} Colleague;

#define COLLEAGUE_NOW G_GINT64_CONSTANT (1795000000000) /* 2026-11-18 */

Colleague  *colleague_found    (const char     *name,
                                guint32         seed,
                                const guint8   *recovery_public);
/* Invites, opens the file of the invitation with the code as the newcomer does, and joins with it. */
Colleague  *colleague_join     (Colleague      *by,
                                const char     *name,
                                const char     *role,
                                guint32         seed);
Colleague  *colleague_second_device (Colleague *of,
                                guint32         seed);
void        colleague_free     (Colleague      *self);
void        colleague_begin    (Colleague      *self);
void        colleague_commit   (Colleague      *self);
/* Drops the team object, so that what follows is read from the tables. */
void        colleague_reload   (Colleague      *self);
/* Everything that @from has to tell goes to @to, who looks after her boxes then. */
void        colleague_hear     (Colleague      *to,
                                Colleague      *from);
/* All hear all, until nobody has news. */
void        colleagues_meet    (Colleague      *first,
                                ...);
gboolean    colleague_can_write (Colleague     *self,
                                GezCircle       circle,
                                GezKeyInfo     *info);
gboolean    colleague_has_key  (Colleague      *self,
                                const GezId    *key_id);
gboolean    colleague_reads    (Colleague      *self,
                                const GezId    *member,
                                GezCircle       circle);
gint64      colleague_count    (Colleague      *self,
                                const char     *sql);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Colleague, colleague_free)
