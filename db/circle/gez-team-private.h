/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "circle/gez-roster.h"
#include "circle/gez-team.h"
#include "store/gez-database-private.h"

G_BEGIN_DECLS

struct _GezTeam
{
  GezDatabase *database;
  GezClock *clock;
  GezId id;
  GezHash root;
  GezId member;
  GezId device;
  GezSecret *fingerprint_key;
  GezSecret *user_secret;
  GezSecret *device_secret;
  guint8 user_public[GEZ_KEY_SIZE];
  guint8 device_public[GEZ_KEY_SIZE];
  GezKeyring *keyring;
  GPtrArray *records; /* of GezRosterRecord; NULL: nobody asked for the roster yet */
  GezRoster *roster;
};

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

/* A lock keeps a member out of both circles of a household, the subject of which it is. In SQL, as what follows. */
#define GEZ_IS_LOCKED(member, circle) \
  "EXISTS (SELECT 1 FROM team_lock l WHERE l.member_id = " member " AND l.household_id = substr (" circle ", 2) " \
  "AND substr (" circle ", 1, 1) IN (x'6f', x'63'))"

/* A brugfiguur who does not read a casework circle can seal a record for it all the same, under a key of her own
 * (gez_team_prepare_circle()). Whom she lets in that way does not read it. */
#define GEZ_IS_BRUGFIGUUR(member) \
  "EXISTS (SELECT 1 FROM team_member r WHERE r.id = " member " AND r.role = 'brugfiguur')"
#define GEZ_GRANT_IS_FORGED \
  "(substr (g.of_circle, 1, 1) = x'63' AND " GEZ_IS_BRUGFIGUUR ("g.by_member_id") \
  " AND EXISTS (SELECT 1 FROM circle_grant o WHERE o.of_circle = g.of_circle AND NOT " GEZ_IS_BRUGFIGUUR ("o.by_member_id") ")" \
  " AND NOT EXISTS (SELECT 1 FROM circle_grant o WHERE o.of_circle = g.of_circle AND o.member_id = g.by_member_id " \
  "AND NOT " GEZ_IS_BRUGFIGUUR ("o.by_member_id") "))"

/* Whether the grant `g` holds on the day @today: known, not taken back, not over, and its member is here and not
 * locked out. The one definition of who reads a circle; a function of what is known, whatever came first. */
#define GEZ_GRANT_IS_PRESENT(today) \
  "g.granted_at IS NOT NULL AND g.revoked_at IS NULL AND (g.until_on IS NULL OR g.until_on >= " today ") " \
  "AND EXISTS (SELECT 1 FROM team_member a WHERE a.id = g.member_id AND a.is_active) " \
  "AND NOT " GEZ_IS_LOCKED ("g.member_id", "g.of_circle") " AND NOT " GEZ_GRANT_IS_FORGED

/* gez-team.c */
gboolean   gez_team_set_error     (GezTeamError      code,
                                   const char       *message,
                                   GError          **error);
GBytes    *gez_team_circle_bytes  (const GezCircle  *circle);
GVariant  *gez_team_bytes         (gconstpointer     data,
                                   gsize             size);
gboolean   gez_team_step          (GezStatement     *statement,
                                   gboolean         *is_row,
                                   GError          **error);
void       gez_team_copy_blob     (GezStatement     *statement,
                                   int               column,
                                   guint8           *out,
                                   gsize             size);
gboolean   gez_team_tell          (GezTeam          *self,
                                   const char       *kind,
                                   const GezCircle  *circle,
                                   const char       *name,
                                   GVariant         *value,
                                   GError          **error);
gboolean   gez_team_tell_wrap     (GezTeam          *self,
                                   GBytes           *wrap,
                                   GError          **error);
gboolean   gez_team_keep_key      (GezTeam          *self,
                                   GezCircle         circle,
                                   guint32           number,
                                   const guint8     *key,
                                   gboolean         *is_new,
                                   GError          **error);
gboolean   gez_team_keep_file     (GezDatabase      *database,
                                   const char       *path,
                                   GBytes           *file,
                                   GError          **error);
gboolean   gez_team_keep_record   (GezDatabase      *database,
                                   GBytes           *file,
                                   GError          **error);
char      *gez_team_record_path   (guint32           sequence,
                                   GBytes           *file);
GezRosterRecord *gez_team_open_record (GezTeam      *self,
                                   GBytes           *file);
gint64     gez_team_now           (GezTeam          *self);

/* gez-team-mirror.c */
gboolean   gez_team_mirror        (GezTeam          *self,
                                   GError          **error);

/* gez-team-record.c */
gboolean   gez_team_write_record  (GezTeam          *self,
                                   GVariantBuilder  *changes,
                                   GError          **error);
gboolean   gez_team_write_rotated (GezTeam          *self,
                                   GVariantBuilder  *changes,
                                   const GezId      *member,
                                   const GezId      *device,
                                   GError          **error);
gboolean   gez_team_write_wrapped (GezTeam          *self,
                                   GPtrArray        *readers,
                                   GError          **error);
void       gez_team_add_change    (GVariantBuilder  *changes,
                                   const char       *name,
                                   GVariant         *value);
GVariant  *gez_team_device_change (GezTeam          *self,
                                   guint32           box_number,
                                   const guint8      box_public[GEZ_KEY_SIZE]);
gboolean   gez_team_new_box       (GezTeam          *self,
                                   guint32          *number,
                                   guint8            box_public[GEZ_KEY_SIZE],
                                   GError          **error);

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
gboolean   gez_team_follow_rules  (GezTeam          *self,
                                   GError          **error);

/* gez-team-role.c */
gboolean   gez_team_has_other_leader (GezTeam       *self,
                                   const GezId      *member);

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
