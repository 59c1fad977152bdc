/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "circle/gez-roster.h"

G_BEGIN_DECLS

/* A team made record by record, without files: who writes, what each writer has seen, and what they do.
 * Its own keys come from the seed, so that a history that fails comes again. */

typedef struct
{
  GezId id;
  GezSecret *user;
  guint8 user_public[GEZ_KEY_SIZE];
} ScriptPerson;

typedef struct
{
  GezId id;
  guint person;
  GezSecret *secret;
  guint8 public_key[GEZ_KEY_SIZE];
} ScriptDevice;

typedef struct
{
  GezId id;
  guint person;
  GezSecret *secret;
  guint8 public_key[GEZ_KEY_SIZE];
} ScriptInvitation;

typedef struct
{
  GezId team;
  GezHash root;
  GezSecret *fingerprint_key;
  guint32 seed;
  guint32 n_made;
  gint64 wall_at;
  GPtrArray *records;     /* of GezRosterRecord, as they were made */
  GPtrArray *persons;     /* of ScriptPerson */
  GPtrArray *devices;     /* of ScriptDevice */
  GPtrArray *invitations; /* of ScriptInvitation */
} Script;

/* A team of one leader, person 0 on device 0, and its first record. */
Script    *script_new          (guint32            seed);
void       script_free         (Script            *self);
guint      script_add_person   (Script            *self);
guint      script_add_device   (Script            *self,
                                guint              person);
guint      script_add_invitation (Script          *self,
                                guint              person);

/* @sight: (nullable) (element-type GezRosterRecord): what the device has seen; %NULL: all there is. The
 * changes are (sv), to the %NULL. */
GezRosterRecord *script_write  (Script            *self,
                                guint              device,
                                GPtrArray         *sight,
                                ...) G_GNUC_NULL_TERMINATED;
/* The same after these parents, whatever counts. */
GezRosterRecord *script_write_after (Script       *self,
                                guint              device,
                                GArray            *parents,
                                guint32            sequence,
                                GPtrArray         *changes);
void       script_sign         (Script            *self,
                                GezRosterRecord   *record,
                                guint              device,
                                const char        *name);

GVariant  *script_member       (Script            *self,
                                guint              person,
                                const char        *name,
                                const char        *role,
                                gboolean           is_active);
GVariant  *script_device       (Script            *self,
                                guint              device);
GVariant  *script_invite       (Script            *self,
                                guint              invitation,
                                const char        *kind);
GVariant  *script_join         (Script            *self,
                                guint              invitation,
                                guint              device);
GVariant  *script_cancel       (Script            *self,
                                guint              invitation);
GVariant  *script_remove_device (Script           *self,
                                guint              device,
                                guint64            sequence);
GVariant  *script_remove_user  (Script            *self,
                                guint              person);
GVariant  *script_lock         (Script            *self,
                                guint              person,
                                const GezId       *household,
                                gboolean           is_locked);
GVariant  *script_other        (const char        *name,
                                GVariant          *value);

GezRoster *script_fold         (Script            *self,
                                GPtrArray         *sight);
gboolean   script_counts       (GezRoster         *roster,
                                GezRosterRecord   *record);
ScriptPerson *script_person    (Script            *self,
                                guint              person);
ScriptDevice *script_get_device (Script           *self,
                                guint              device);
/* Everything that a roster says, as text. */
char      *script_describe     (GezRoster         *roster);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Script, script_free)

G_END_DECLS
