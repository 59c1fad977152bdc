/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "circle/gez-team-private.h"

#include <string.h>

#include "base/gez-date.h"
#include "circle/gez-variant.h"

/*
 * Who may read a circle: grants, given and taken back by those who read it.
 *
 * 1. A grant never changes. Another date is another grant, and the old one is taken back.
 * 2. What was taken back stays so, whichever record comes first.
 * 3. A grant without a key is a promise: the key follows from whoever reads the circle (gez_team_audit()).
 */

static gboolean
keep_grant (GezTeam         *self,
            const GezId     *id,
            const GezCircle *circle,
            const GezId     *member,
            const char      *until,
            const GezId     *granter,
            gint64           granted_at,
            const char      *is_for,
            GError         **error)
{
  g_autoptr (GBytes) of_circle = gez_team_circle_bytes (circle);

  return gez_database_execute (
             self->database, error,
             "INSERT INTO circle_grant (id, of_circle, member_id, until_on, by_member_id, granted_at, "
             "is_for) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (id) DO UPDATE SET "
             "of_circle = ?2, member_id = ?3, until_on = ?4, by_member_id = ?5, granted_at = ?6 "
             "WHERE granted_at IS NULL OR (of_circle = ?2 AND member_id = ?3 AND by_member_id = ?5)",
             GEZ_ID, id, GEZ_BLOB, of_circle, GEZ_ID, member, GEZ_TEXT, until, GEZ_ID, granter, GEZ_INTEGER,
             granted_at, GEZ_TEXT, is_for, GEZ_END)
         && gez_team_touch (self, circle, error);
}

/* Those of one member, with this grant. */
static GPtrArray *
read_devices_of (GezTeam         *self,
                 const GezCircle *circle,
                 const GezId     *member,
                 const GezId     *grant,
                 const char      *until,
                 GError         **error)
{
  GPtrArray *readers = gez_team_read_readers (self, circle, error);

  for (guint i = readers ? readers->len : 0; i > 0; i--)
    {
      GezTeamReader *reader = g_ptr_array_index (readers, i - 1);

      if (gez_id_equal (&reader->member, member))
        {
          reader->grant = *grant;
          g_free (reader->until);
          reader->until = g_strdup (until);
        }
      else
        g_ptr_array_remove_index (readers, i - 1);
    }
  return readers;
}

/**
 * gez_team_add_grant:
 * @until: (nullable): the last day
 * @is_for: (nullable): which rule of the team it follows, `stand_in` or `leaders`
 *
 * Lets @member read @circle, whose keys are here, and gives her the keys.
 */
gboolean
gez_team_add_grant (GezTeam         *self,
                    const GezCircle *circle,
                    const GezId     *member,
                    const char      *until,
                    const char      *is_for,
                    GError         **error)
{
  GezId id = gez_id_new (self->clock);
  gint64 now = gez_team_now (self);
  g_autoptr (GPtrArray) devices = NULL;

  if (!keep_grant (self, &id, circle, member, until, &self->member, now, is_for, error)
      || !gez_team_tell (self, "circle", circle, "grant",
                         g_variant_new ("(@ay@ay@aysx)", gez_team_bytes (id.bytes, GEZ_ID_SIZE),
                                        gez_team_bytes (member->bytes, GEZ_ID_SIZE),
                                        gez_team_bytes (self->member.bytes, GEZ_ID_SIZE), until ? until : "",
                                        now),
                         error))
    return FALSE;
  devices = read_devices_of (self, circle, member, &id, until, error);
  return devices != NULL && gez_team_give (self, circle, devices, devices, error);
}

/* The grant may not be known yet; its circle follows with it. */
static gboolean
revoke_local (GezTeam     *self,
              const GezId *grant,
              const GezId *by,
              const char  *reason,
              gint64       when,
              GError     **error)
{
  return gez_database_execute (
             self->database, error,
             "INSERT INTO circle_grant (id, of_circle, member_id, revoked_at, revoked_by_member_id, "
             "revoked_reason) VALUES (?1, x'', zeroblob (16), ?2, ?3, ?4) ON CONFLICT (id) DO UPDATE "
             "SET revoked_at = coalesce (revoked_at, ?2), "
             "revoked_by_member_id = coalesce (revoked_by_member_id, ?3), "
             "revoked_reason = coalesce (nullif (revoked_reason, ''), ?4)",
             GEZ_ID, grant, GEZ_INTEGER, when, GEZ_ID, by, GEZ_TEXT, reason, GEZ_END)
         && gez_database_execute (
             self->database, error,
             "INSERT OR IGNORE INTO audit_due (of_circle) SELECT of_circle FROM circle_grant "
             "WHERE id = ? AND of_circle <> x''",
             GEZ_ID, grant, GEZ_END);
}

static gboolean
tell_revoke (GezTeam         *self,
             const char      *kind,
             const GezCircle *circle,
             const GezId     *grant,
             const char      *reason,
             gint64           now,
             GError         **error)
{
  GVariantBuilder grants;

  g_variant_builder_init (&grants, G_VARIANT_TYPE ("aay"));
  g_variant_builder_add_value (&grants, gez_team_bytes (grant->bytes, GEZ_ID_SIZE));
  return gez_team_tell (
      self, kind, circle, "revoke",
      g_variant_new ("(aay@aysx)", &grants, gez_team_bytes (self->member.bytes, GEZ_ID_SIZE), reason, now),
      error);
}

/* Takes back one grant and tells the others: the readers why, and everybody that it is over. The one whose it
 * was does not get the key under which the readers hear of it; to all others its id says nothing. */
gboolean
gez_team_take_grant (GezTeam         *self,
                     const GezCircle *circle,
                     const GezId     *grant,
                     const char      *reason,
                     GError         **error)
{
  gint64 now = gez_team_now (self);

  return tell_revoke (self, "circle", circle, grant, reason ? reason : "", now, error)
         && tell_revoke (self, "team", NULL, grant, "", now, error)
         && revoke_local (self, grant, &self->member, reason, now, error);
}

/* (element-type GezId): grants of @member that were not taken back. */
static GArray *
find_grants (GezTeam         *self,
             const GezCircle *circle,
             const GezId     *member,
             GError         **error)
{
  g_autoptr (GArray) grants = g_array_new (FALSE, FALSE, sizeof (GezId));
  g_autoptr (GBytes) of_circle = gez_team_circle_bytes (circle);
  g_autoptr (GezStatement) row = gez_database_query (
      self->database, error,
      "SELECT id FROM circle_grant WHERE of_circle = ? AND member_id = ? AND granted_at IS NOT NULL "
      "AND revoked_at IS NULL ORDER BY id",
      GEZ_BLOB, of_circle, GEZ_ID, member, GEZ_END);
  gboolean is_row;

  if (row == NULL)
    return NULL;
  while (gez_team_step (row, &is_row, error))
    {
      GezId id;

      if (!is_row)
        return g_steal_pointer (&grants);
      id = gez_statement_get_id (row, 0);
      g_array_append_val (grants, id);
    }
  return NULL;
}

/* Acts of people ---------------------------------------------------------------------------- */

static gboolean
has_subject_of_people (const GezCircle *circle)
{
  return circle->kind == GEZ_CIRCLE_OPEN || circle->kind == GEZ_CIRCLE_CASEWORK
         || circle->kind == GEZ_CIRCLE_SITTING;
}

static gboolean
is_locked_out (GezTeam         *self,
               const GezCircle *circle,
               const GezId     *member)
{
  return (circle->kind == GEZ_CIRCLE_OPEN || circle->kind == GEZ_CIRCLE_CASEWORK)
         && gez_roster_is_locked (gez_team_get_roster (self), member, &circle->subject);
}

static gint64
count_grants (GezTeam     *self,
              GezCircle    circle,
              const GezId *by)
{
  g_autoptr (GBytes) of_circle = gez_team_circle_bytes (&circle);

  return gez_database_integer (
      self->database, 0,
      "SELECT count (*) FROM circle_grant WHERE of_circle = ? AND coalesce (by_member_id = ?, 1)", GEZ_BLOB,
      of_circle, GEZ_ID, by, GEZ_END);
}

/* A circle that nobody told of here begins with whoever gives it. The casework of a file may exist unseen: it
 * begins with who began the file. */
static gboolean
may_begin (GezTeam         *self,
           const GezCircle *circle)
{
  GezCircle open = gez_circle_open (&circle->subject);

  if (count_grants (self, *circle, NULL) > 0)
    return FALSE;
  return circle->kind != GEZ_CIRCLE_CASEWORK || count_grants (self, open, NULL) == 0
         || count_grants (self, open, &self->member) > 0;
}

/**
 * gez_team_may_grant:
 *
 * Returns: whether this person can let @member read @circle; else %FALSE with GEZ_TEAM_ERROR_NOT_A_MEMBER,
 * _LOCKED, or _NO_KEY: she does not read it herself
 */
gboolean
gez_team_may_grant (GezTeam         *self,
                    const GezCircle *circle,
                    const GezId     *member,
                    GError         **error)
{
  const GezRosterMember *known;
  gboolean reads;

  g_return_val_if_fail (self != NULL && circle != NULL && member != NULL, FALSE);

  known = gez_roster_find_member (gez_team_get_roster (self), member);
  if (known == NULL || !known->is_active)
    return gez_team_set_error (GEZ_TEAM_ERROR_NOT_A_MEMBER, "No present member has this id", error);
  if (is_locked_out (self, circle, member))
    return gez_team_set_error (GEZ_TEAM_ERROR_LOCKED, "This member is kept out of the file", error);
  if (!gez_team_reads (self, circle, &self->member, &reads, error))
    return FALSE;
  return (has_subject_of_people (circle) && (reads || may_begin (self, circle)))
         || gez_team_set_error (GEZ_TEAM_ERROR_NO_KEY, "This person does not read the circle", error);
}

/**
 * gez_team_grant:
 * @until: (nullable): the last day, `YYYY-MM-DD`
 *
 * Lets @member read @circle. What she could read until another day she can from now on until this one.
 */
gboolean
gez_team_grant (GezTeam         *self,
                const GezCircle *circle,
                const GezId     *member,
                const char      *until,
                GError         **error)
{
  g_autoptr (GArray) before = NULL;

  if (until != NULL && !gez_date_is_valid (until))
    {
      g_set_error_literal (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_INVALID,
                           "circle_grant.until_on: not a date");
      return FALSE;
    }
  if (!gez_team_may_grant (self, circle, member, error) || gez_team_prepare_circle (self, circle, error) < 0)
    return FALSE;
  before = find_grants (self, circle, member, error);
  if (before == NULL || !gez_team_add_grant (self, circle, member, until, NULL, error))
    return FALSE;
  for (guint i = 0; i < before->len; i++)
    if (!gez_team_take_grant (self, circle, &g_array_index (before, GezId, i), "replaced", error))
      return FALSE;
  return TRUE;
}

/**
 * gez_team_revoke:
 * @reason: (nullable): in words
 *
 * Takes away what lets @member read @circle. What she read she knows; what is written from now on goes under
 * a key that she does not get. Somebody may give up her own access, unless nobody would be left.
 */
gboolean
gez_team_revoke (GezTeam         *self,
                 const GezCircle *circle,
                 const GezId     *member,
                 const char      *reason,
                 GError         **error)
{
  g_autoptr (GArray) grants = NULL;
  g_autoptr (GPtrArray) readers = NULL;
  gboolean reads, is_last = TRUE;

  g_return_val_if_fail (self != NULL && circle != NULL && member != NULL, FALSE);

  if (!gez_team_reads (self, circle, &self->member, &reads, error)
      || (readers = gez_team_read_readers (self, circle, error)) == NULL)
    return FALSE;
  for (guint i = 0; i < readers->len; i++)
    is_last &= gez_id_equal (&((GezTeamReader *)g_ptr_array_index (readers, i))->member, member);
  if (!reads || !has_subject_of_people (circle) || is_last)
    return gez_team_set_error (GEZ_TEAM_ERROR_NO_KEY,
                               "Nobody would read the circle any more, or not this person", error);
  grants = find_grants (self, circle, member, error);
  if (grants == NULL)
    return FALSE;
  for (guint i = 0; i < grants->len; i++)
    if (!gez_team_take_grant (self, circle, &g_array_index (grants, GezId, i), reason, error))
      return FALSE;
  return gez_team_audit_circle (self, circle, error);
}

/* What the others tell ---------------------------------------------------------------------- */

static gboolean
read_id (GVariant *value,
         gsize     at,
         GezId    *id)
{
  g_autoptr (GVariant) child = g_variant_get_child_value (value, at);

  return gez_variant_get_bytes (child, id->bytes, GEZ_ID_SIZE);
}

/* Whether @member is who works on @device. */
static gboolean
is_of (GezTeam     *self,
       const GezId *device,
       const GezId *member)
{
  return gez_database_integer (self->database, 0,
                               "SELECT count (*) FROM team_device WHERE id = ? AND member_id = ?", GEZ_ID,
                               device, GEZ_ID, member, GEZ_END)
         > 0;
}

static gboolean
take_in_grant (GezTeam         *self,
               const GezId     *from,
               const GezCircle *circle,
               GVariant        *value,
               GError         **error)
{
  GezId id, member, granter;
  const char *until;
  gint64 when;

  if (!g_variant_is_of_type (value, G_VARIANT_TYPE ("(ayayaysx)")) || !read_id (value, 0, &id)
      || !read_id (value, 1, &member) || !read_id (value, 2, &granter) || !is_of (self, from, &granter))
    return TRUE;
  g_variant_get_child (value, 3, "&s", &until);
  g_variant_get_child (value, 4, "x", &when);
  if (*until != '\0' && !gez_date_is_valid (until))
    return TRUE;
  return keep_grant (self, &id, circle, &member, *until ? until : NULL, &granter, when, NULL, error);
}

static gboolean
take_in_revoke (GezTeam     *self,
                const GezId *from,
                GVariant    *value,
                GError     **error)
{
  g_autoptr (GVariant) grants = NULL;
  const char *reason;
  GezId by;
  gint64 when;

  if (!g_variant_is_of_type (value, G_VARIANT_TYPE ("(aayaysx)")) || !read_id (value, 1, &by)
      || !is_of (self, from, &by))
    return TRUE;
  grants = g_variant_get_child_value (value, 0);
  g_variant_get_child (value, 2, "&s", &reason);
  g_variant_get_child (value, 3, "x", &when);
  for (gsize i = 0; i < g_variant_n_children (grants); i++)
    {
      GezId id;

      if (read_id (grants, i, &id) && !revoke_local (self, &id, &by, reason, when, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
take_in_given (GezTeam     *self,
               const GezId *from,
               GVariant    *value,
               GError     **error)
{
  g_autoptr (GVariant) devices = NULL;
  GezId key_id;

  if (!g_variant_is_of_type (value, G_VARIANT_TYPE ("(uayaay)")) || !read_id (value, 1, &key_id))
    return TRUE;
  devices = g_variant_get_child_value (value, 2);
  for (gsize i = 0; i < g_variant_n_children (devices); i++)
    {
      GezId device;

      if (read_id (devices, i, &device) && !gez_id_is_none (&device)
          && !gez_team_note_given (self, &key_id, &device, error))
        return FALSE;
    }
  return gez_team_note_given (self, &key_id, from, error);
}

/* What was wrapped with an older box key by somebody whom the device did not know may not open any more. */
static gboolean
give_early_again (GezTeam     *self,
                  const GezId *device,
                  GError     **error)
{
  return gez_database_execute (
             self->database, error,
             "INSERT OR IGNORE INTO audit_due (of_circle) SELECT k.of_circle FROM circle_key k "
             "JOIN key_given n ON n.key_id = k.key_id WHERE n.device = ? AND n.is_early = 1",
             GEZ_ID, device, GEZ_END)
         && gez_database_execute (self->database, error,
                                  "UPDATE key_given SET is_early = 2 WHERE device = ? AND is_early = 1",
                                  GEZ_ID, device, GEZ_END);
}

static gboolean
take_in_box (GezTeam     *self,
             const GezId *from,
             GVariant    *value,
             GError     **error)
{
  g_autoptr (GVariant) public_key = NULL;
  g_autoptr (GBytes) bytes = NULL;
  guint32 number;

  if (!g_variant_is_of_type (value, G_VARIANT_TYPE ("(uay)")))
    return TRUE;
  g_variant_get (value, "(u@ay)", &number, &public_key);
  bytes = g_variant_get_data_as_bytes (public_key);
  if (g_bytes_get_size (bytes) != GEZ_KEY_SIZE)
    return TRUE;
  if (gez_database_integer (self->database, 0, "SELECT 1 FROM device_box WHERE device = ? AND number >= ?",
                            GEZ_ID, from, GEZ_INTEGER, (gint64) number, GEZ_END)
      != 0)
    return TRUE;
  return give_early_again (self, from, error)
         && gez_database_execute (
             self->database, error,
             "INSERT INTO device_box (device, number, public_key) VALUES (?1, ?2, ?3) "
             "ON CONFLICT (device) DO UPDATE SET number = ?2, public_key = ?3 WHERE number < ?2",
             GEZ_ID, from, GEZ_INTEGER, (gint64) number, GEZ_BLOB, bytes, GEZ_END);
}

/**
 * gez_team_add_record:
 * @from_device: whose segment it stood in
 * @circle: under which circle's key
 * @name: grant, revoke, given, box
 * @is_known: (out): %FALSE: the name is not one for the team
 *
 * Takes in what a colleague tells. What has another form, or somebody else's name in it, says nothing.
 */
gboolean
gez_team_add_record (GezTeam         *self,
                     const GezId     *from_device,
                     const GezCircle *circle,
                     const char      *name,
                     GVariant        *value,
                     gboolean        *is_known,
                     GError         **error)
{
  g_return_val_if_fail (self != NULL && from_device != NULL && name != NULL && value != NULL, FALSE);
  g_return_val_if_fail (circle != NULL && is_known != NULL, FALSE);

  *is_known = TRUE;
  if (g_str_equal (name, "grant"))
    return take_in_grant (self, from_device, circle, value, error);
  if (g_str_equal (name, "revoke"))
    return take_in_revoke (self, from_device, value, error);
  if (g_str_equal (name, "given"))
    return take_in_given (self, from_device, value, error);
  if (g_str_equal (name, "box"))
    return take_in_box (self, from_device, value, error);
  *is_known = FALSE;
  return TRUE;
}
