/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "circle/gez-team.h"

G_BEGIN_DECLS

/**
 * GezTeamReader:
 * @grant: which grant lets her read
 * @until: (nullable): its last day
 * @box_public: the newest box key that is known
 *
 * A device of a present reader of a circle.
 */
typedef struct
{
  GezId device;
  GezId member;
  GezId grant;
  char *until;
  guint8 box_public[GEZ_KEY_SIZE];
} GezTeamReader;

/* gez-team-key.c */
GPtrArray *gez_team_read_readers  (GezTeam          *self,
                                   const GezCircle  *circle,
                                   GError          **error);
gboolean   gez_team_reads         (GezTeam          *self,
                                   const GezCircle  *circle,
                                   const GezId      *member,
                                   gboolean         *reads,
                                   GError          **error);
gboolean   gez_team_find_good_key (GezTeam          *self,
                                   const GezCircle  *circle,
                                   int              *place,
                                   GError          **error);
gboolean   gez_team_give          (GezTeam          *self,
                                   const GezCircle  *circle,
                                   GPtrArray        *readers,
                                   GPtrArray        *for_sheet,
                                   GError          **error);
gboolean   gez_team_tell_given    (GezTeam          *self,
                                   const GezCircle  *circle,
                                   GError          **error);
gboolean   gez_team_tell_own      (GezTeam          *self,
                                   const GezCircle  *circle,
                                   GError          **error);
gboolean   gez_team_note_given    (GezTeam          *self,
                                   const GezId      *key_id,
                                   const GezId      *device,
                                   GError          **error);
gboolean   gez_team_get_sheet     (GezTeam          *self,
                                   guint8            public_key[GEZ_KEY_SIZE],
                                   GezId            *id);
gboolean   gez_team_rotate        (GezTeam          *self,
                                   const GezCircle  *circle,
                                   GError          **error);
gboolean   gez_team_clear_due     (GezTeam          *self,
                                   const GezCircle  *circle,
                                   GError          **error);

/* gez-team-wrap.c */
gboolean   gez_team_open_wrap     (GezTeam          *self,
                                   GezBytesView      sealed,
                                   GezKeyring       *keyring,
                                   GezWrap          *wrap,
                                   gboolean         *is_ours,
                                   GError          **error);
gboolean   gez_team_keep_ring     (GezTeam          *self,
                                   GezKeyring       *keyring,
                                   const GezId      *from_device,
                                   gboolean         *is_new,
                                   GError          **error);

gboolean   gez_team_keep_wrapped_grant (GezTeam     *self,
                                   GezWrap          *wrap,
                                   GError          **error);

/* gez-team-audit.c */
gboolean   gez_team_touch         (GezTeam          *self,
                                   const GezCircle  *circle,
                                   GError          **error);
GArray    *gez_team_read_circles  (GezStatement     *row,
                                   GError          **error);
gboolean   gez_team_audit_circle  (GezTeam          *self,
                                   const GezCircle  *circle,
                                   GError          **error);

/* gez-team-rule.c */
gboolean   gez_team_add_readers_by_rule (GezTeam    *self,
                                   const GezCircle  *circle,
                                   GError          **error);

/* gez-team-grant.c */
gboolean   gez_team_add_grant     (GezTeam          *self,
                                   const GezCircle  *circle,
                                   const GezId      *member,
                                   const char       *until,
                                   const char       *is_for,
                                   GError          **error);
gboolean   gez_team_take_grant    (GezTeam          *self,
                                   const GezCircle  *circle,
                                   const GezId      *grant,
                                   const char       *reason,
                                   GError          **error);

G_END_DECLS
