/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "circle/gez-invitation.h"
#include "circle/gez-team.h"
#include "memory-database.h"

/* A device of somebody in a team, without a folder: colleague_hear() carries over what another has to tell,
 * each record as a segment of its own, sealed under the key that the writer would take. */
typedef struct
{
  MemoryDatabase *store;
  GezTeam *team;
  GezId member;
  GezId device;
  GPtrArray *told;        /* what stands in the folder of it */
  GPtrArray *told_before; /* as another device; NULL: it always was this one */
  GHashTable *heard;      /* per device how many of its records were read */
  GPtrArray *unread;      /* records whose key did not come yet */
} Colleague;

#define COLLEAGUE_NOW G_GINT64_CONSTANT (1795000000000) /* 2026-11-18 */

Colleague *colleague_found         (const char    *name,
                                    guint32        seed,
                                    const guint8  *recovery_public);
/* Invites, opens the file of the invitation with the code as the newcomer does, and joins with it. */
Colleague *colleague_invite        (Colleague     *by,
                                    const char    *name,
                                    const char    *role,
                                    const GezId   *member,
                                    guint32        seed);
Colleague *colleague_join_with     (Colleague     *by,
                                    const char    *name,
                                    const char    *role,
                                    GezSecret     *code,
                                    guint32        seed);
Colleague *colleague_try_join      (Colleague     *by,
                                    const char    *name,
                                    const char    *role,
                                    GezSecret     *code,
                                    guint32        seed,
                                    GError       **error);
Colleague *colleague_second_device (Colleague     *of,
                                    guint32        seed);
void       colleague_free          (Colleague     *self);
void       colleague_begin         (Colleague     *self);
void       colleague_commit        (Colleague     *self);
void       colleague_rollback      (Colleague     *self);
/* Everything that @from has to tell goes to @to, who looks after her boxes then. */
void       colleague_hear          (Colleague     *to,
                                    Colleague     *from);
/* All hear all, three times. Ends with NULL. */
void       colleagues_meet         (Colleague     *first,
                                    ...) G_GNUC_NULL_TERMINATED;
/* The key with which this one writes in @circle; FALSE: none. */
gboolean   colleague_write         (Colleague     *self,
                                    GezCircle      circle,
                                    GezKeyInfo    *info);
gboolean   colleague_has_key       (Colleague     *self,
                                    const GezId   *key_id);
/* Whether, as far as @self knows, @who reads @circle. */
gboolean   colleague_knows_reader  (Colleague     *self,
                                    Colleague     *who,
                                    GezCircle      circle);
void       colleague_grant         (Colleague     *self,
                                    GezCircle      circle,
                                    Colleague     *who,
                                    const char    *until);
void       colleague_revoke        (Colleague     *self,
                                    GezCircle      circle,
                                    Colleague     *who);
/* (element-type GBytes): all that this one ever told. */
GPtrArray *colleague_wraps         (Colleague     *self);
/* It is another device from now on; what the old one told stays with that one. */
void       colleague_is_now        (Colleague     *self,
                                    const GezId   *device);
gint64     colleague_count         (Colleague     *self,
                                    const char    *sql);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Colleague, colleague_free)
