/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "circle/gez-roster.h"
#include "circle/gez-team-key.h"
#include "circle/gez-team-readers.h"
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

/* gez-team-role.c */
gboolean   gez_team_has_other_leader (GezTeam       *self,
                                   const GezId      *member);

G_END_DECLS
