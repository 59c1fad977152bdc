/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "circle/gez-invitation.h"
#include "circle/gez-team-view.h"
#include "store/gez-store.h"
#include "vault/gez-recovery-code.h"

G_BEGIN_DECLS

/**
 * GezTeamAct:
 *
 * An act of a person on the team: made on the main thread, carried out by gez_team_act_async() in one
 * transaction on the worker. The others hear of it at the next sync.
 */
#define GEZ_TYPE_TEAM_ACT (gez_team_act_get_type ())
G_DECLARE_FINAL_TYPE (GezTeamAct, gez_team_act, GEZ, TEAM_ACT, GObject)

GezTeamAct *gez_team_act_found         (const char         *folder_uri);
GezTeamAct *gez_team_act_invite        (const char         *name,
                                        const char         *role,
                                        const GezId        *member);
GezTeamAct *gez_team_act_invite_device (void);
GezTeamAct *gez_team_act_cancel        (const GezId        *invitation);
GezTeamAct *gez_team_act_grant         (const GezCircle    *circle,
                                        const GezId        *member,
                                        const char         *until);
GezTeamAct *gez_team_act_revoke        (const GezCircle    *circle,
                                        const GezId        *member,
                                        const char         *reason);
GezTeamAct *gez_team_act_lock          (const GezId        *member,
                                        const GezId        *household,
                                        gboolean            is_locked);
GezTeamAct *gez_team_act_set_role      (const GezId        *member,
                                        const char         *role);
GezTeamAct *gez_team_act_set_leaders_read (const char      *what);
GezTeamAct *gez_team_act_remove_member (const GezId        *member);
GezTeamAct *gez_team_act_remove_device (const GezId        *device);
GezTeamAct *gez_team_act_set_folder    (const char         *folder_uri);
GezTeamAct *gez_team_act_renew_device  (void);
/* The recovery sheet that this store has now becomes the team's. */
GezTeamAct *gez_team_act_set_recovery  (void);
/* @wraps: (element-type GBytes): those in the folder; gez_team_act_get_n_circles() tells what came of it. */
GezTeamAct *gez_team_act_recover       (const GezSecret    *sheet_code,
                                        GPtrArray          *wraps,
                                        const GezId        *member);
/* In a new store, made for the member whom the invitation names. @roster_files: (element-type GBytes): from
 * gez_sync_find_invitation(). */
GezTeamAct *gez_team_act_join          (GezInvitation      *invitation,
                                        const GezSecret    *code,
                                        GPtrArray          *roster_files,
                                        const char         *folder_uri);

gboolean    gez_team_act_run           (GezTeamAct         *act,
                                        GezStore           *store,
                                        GError            **error);
void        gez_team_act_async         (GezTeamAct         *act,
                                        GezStore           *store,
                                        GCancellable       *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer            user_data);
gboolean    gez_team_act_finish        (GezTeamAct         *act,
                                        GAsyncResult       *result,
                                        GError            **error);
/* After an invitation: (transfer none) the code, in locked memory. */
const GezSecret *gez_team_act_get_code (GezTeamAct         *act);
const GezId *gez_team_act_get_invitation (GezTeamAct       *act);
guint       gez_team_act_get_n_circles (GezTeamAct         *act);

G_END_DECLS
