/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "circle/gez-invitation.h"
#include "circle/gez-roster.h"
#include "store/gez-database.h"

G_BEGIN_DECLS

/**
 * GezTeam:
 *
 * What this device knows of its team: who it is itself, the roster, the keys it holds. Loaded from the local
 * tables of schema 3; every function that changes something writes it there, in the caller's transaction, and
 * keeps this object in step. What the others have to hear goes into `outgoing` (records of the next segment)
 * or `own_file` (roster records, invitations).
 *
 * After a failed function the caller rolls back and loads a new one.
 *
 * Thread: the store's worker.
 */
typedef struct _GezTeam GezTeam;

/* NULL without an error: this store has no team yet. */
GezTeam     *gez_team_load            (GezDatabase          *database,
                                       GError              **error);
void         gez_team_free            (GezTeam              *self);
const GezId *gez_team_get_id          (GezTeam              *self);
const GezId *gez_team_get_member      (GezTeam              *self);
const GezId *gez_team_get_device      (GezTeam              *self);
const GezHash *gez_team_get_root      (GezTeam              *self);
GezRoster   *gez_team_get_roster      (GezTeam              *self);
GezKeyring  *gez_team_get_keyring     (GezTeam              *self);
const GezSecret *gez_team_get_device_secret (GezTeam        *self);
const GezSecret *gez_team_get_fingerprint_key (GezTeam      *self);

/* Beginning. Founding makes the root record from the member who works here; @recovery_public may be NULL. */
gboolean     gez_team_found           (GezDatabase          *database,
                                       const char           *folder_uri,
                                       const guint8         *recovery_public,
                                       GError              **error);
/* @roster_files: (element-type GBytes): all that is in r/ and opens. */
gboolean     gez_team_join            (GezDatabase          *database,
                                       GezInvitation        *invitation,
                                       const GezSecret      *code,
                                       GPtrArray            *roster_files,
                                       const char           *folder_uri,
                                       GError              **error);
/* A device whose id changed (put back from a backup, copied) tells the others who it is now. */
gboolean     gez_team_renew_device    (GezTeam              *self,
                                       GError              **error);

/* Sets name, role and whether she is here of each `member` row as the roster has them: after each merge. */
gboolean     gez_team_follow_roster   (GezTeam              *self,
                                       GError              **error);

/* What comes from the folder. TRUE also when it says nothing; @is_new tells whether it was news. */
gboolean     gez_team_add_roster_file (GezTeam              *self,
                                       GBytes               *file,
                                       gboolean             *is_new,
                                       GError              **error);
gboolean     gez_team_add_wrap        (GezTeam              *self,
                                       const GezId          *from_device,
                                       GezBytesView          sealed,
                                       gboolean             *is_new,
                                       GError              **error);
/* @name: grant, revoke, given, box: other names are not for the team and answer FALSE in @is_known */
gboolean     gez_team_add_record      (GezTeam              *self,
                                       const GezId          *from_device,
                                       const GezCircle      *circle,
                                       const char           *name,
                                       GVariant             *value,
                                       gboolean             *is_known,
                                       GError              **error);

/* Writing in a circle: makes its first key or a new one where that is due, gives it to its readers and to the
 * sheet. Returns the place of the key in the keyring; -1 on failure. */
int          gez_team_prepare_circle  (GezTeam              *self,
                                       const GezCircle      *circle,
                                       GError              **error);
/* At each load and after each reading: ends grants whose last day is over, gives keys to readers and devices
 * that lack them, marks circles whose key somebody has who may not read them. */
gboolean     gez_team_audit           (GezTeam              *self,
                                       GError              **error);
/* Part of it, before own writes go out: lets in who reads by a rule of the team (leaders, a stand-in). */
gboolean     gez_team_follow_rules    (GezTeam              *self,
                                       GError              **error);
/* Once a month: a new box key; destroys old secrets that everybody has seen replaced. */
gboolean     gez_team_turn_box_key    (GezTeam              *self,
                                       GError              **error);

/* Acts of people. */
gboolean     gez_team_invite          (GezTeam              *self,
                                       const char           *name,
                                       const char           *role,
                                       const GezId          *member,
                                       GezSecret           **code,
                                       GezId                *invitation,
                                       GError              **error);
gboolean     gez_team_invite_device   (GezTeam              *self,
                                       GezSecret           **code,
                                       GezId                *invitation,
                                       GError              **error);
gboolean     gez_team_cancel          (GezTeam              *self,
                                       const GezId          *invitation,
                                       GError              **error);
gboolean     gez_team_grant           (GezTeam              *self,
                                       const GezCircle      *circle,
                                       const GezId          *member,
                                       const char           *until,
                                       GError              **error);
gboolean     gez_team_revoke          (GezTeam              *self,
                                       const GezCircle      *circle,
                                       const GezId          *member,
                                       const char           *reason,
                                       GError              **error);
gboolean     gez_team_may_grant       (GezTeam              *self,
                                       const GezCircle      *circle,
                                       const GezId          *member,
                                       GError              **error);
gboolean     gez_team_set_lock        (GezTeam              *self,
                                       const GezId          *member,
                                       const GezId          *household,
                                       gboolean              is_locked,
                                       GError              **error);
gboolean     gez_team_set_member      (GezTeam              *self,
                                       const GezId          *member,
                                       const char           *name,
                                       const char           *role,
                                       GError              **error);
gboolean     gez_team_set_leaders_read (GezTeam             *self,
                                       const char           *what,
                                       GError              **error);
gboolean     gez_team_set_recovery    (GezTeam              *self,
                                       const guint8         *recovery_public,
                                       GError              **error);
gboolean     gez_team_remove_member   (GezTeam              *self,
                                       const GezId          *member,
                                       GError              **error);
gboolean     gez_team_remove_device   (GezTeam              *self,
                                       const GezId          *device,
                                       GError              **error);
/* With the words of the team's sheet: opens every key that was sealed to it, among @wraps (element-type
 * GBytes) from the folder, gives those of @member to that member's present devices, and tells the team. */
gboolean     gez_team_recover         (GezTeam              *self,
                                       const GezSecret      *sheet_code,
                                       GPtrArray            *wraps,
                                       const GezId          *member,
                                       guint                *n_circles,
                                       GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GezTeam, gez_team_free)

G_END_DECLS
