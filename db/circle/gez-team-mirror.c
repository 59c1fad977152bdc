/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "circle/gez-team-private.h"

#include <string.h>

#include "circle/gez-variant.h"

/*
 * The state of the roster as rows, for queries and for the audit.
 *
 * 1. The rows are made anew from the fold whenever a record comes; nothing else writes them.
 * 2. What changed by that decides which circles the next audit looks at.
 */

static gboolean
is_refused (GezTeam       *self,
            const GezHash *hash)
{
  GPtrArray *refused = gez_roster_get_refused (self->roster);

  for (guint i = 0; i < refused->len; i++)
    if (gez_hash_equal (g_ptr_array_index (refused, i), hash))
      return TRUE;
  return FALSE;
}

/* The invitation with which @value, a `join`, lets @member in as a person. */
static const GezRosterInvitation *
invitation_of (GezTeam     *self,
               GVariant    *value,
               const GezId *member)
{
  GPtrArray *invitations = gez_roster_get_invitations (self->roster);
  g_autoptr (GVariant) id_bytes = g_variant_get_child_value (value, 0);
  GezId id;

  if (!gez_variant_get_bytes (id_bytes, id.bytes, GEZ_ID_SIZE))
    return NULL;
  for (guint i = 0; i < invitations->len; i++)
    {
      const GezRosterInvitation *invitation = g_ptr_array_index (invitations, i);

      if (gez_id_equal (&invitation->id, &id) && gez_id_equal (&invitation->member, member)
          && !invitation->is_for_device)
        return invitation;
    }
  return NULL;
}

/* With which invitation @member came in, the last time. */
static const GezRosterInvitation *
find_invitation (GezTeam     *self,
                 const GezId *member)
{
  const GezRosterInvitation *last = NULL;

  for (guint i = 0; i < self->records->len; i++)
    {
      GezRosterRecord *record = g_ptr_array_index (self->records, i);
      GVariantIter changes;
      const char *name;
      GVariant *value;

      if (is_refused (self, &record->hash))
        continue;
      g_variant_iter_init (&changes, record->changes);
      while (g_variant_iter_next (&changes, "(&sv)", &name, &value))
        {
          g_autoptr (GVariant) owned = value;
          const GezRosterInvitation *one = NULL;

          if (g_str_equal (name, "join") && g_variant_is_of_type (owned, G_VARIANT_TYPE ("(ayayayay)")))
            one = invitation_of (self, owned, member);
          last = one ? one : last;
        }
    }
  return last;
}

static gboolean
mirror_members (GezTeam *self,
                GError **error)
{
  GPtrArray *members = gez_roster_get_members (self->roster);

  for (guint i = 0; i < members->len; i++)
    {
      const GezRosterMember *member = g_ptr_array_index (members, i);
      const GezRosterInvitation *joined = find_invitation (self, &member->id);
      g_autoptr (GBytes) invitation = joined ? g_bytes_new (joined->public_key, GEZ_KEY_SIZE) : NULL;

      if (!gez_database_execute (self->database, error,
                                 "INSERT INTO team_member (id, name, role, is_active, invitation_public) "
                                 "VALUES (?, ?, ?, ?, ?)",
                                 GEZ_ID, &member->id, GEZ_TEXT, member->name, GEZ_TEXT, member->role,
                                 GEZ_INTEGER, (gint64) member->is_active, GEZ_BLOB, invitation, GEZ_END))
        return FALSE;
    }
  return TRUE;
}

static gboolean
mirror_devices (GezTeam *self,
                GError **error)
{
  GPtrArray *devices = gez_roster_get_devices (self->roster);

  for (guint i = 0; i < devices->len; i++)
    {
      const GezRosterDevice *device = g_ptr_array_index (devices, i);
      g_autoptr (GBytes) box = g_bytes_new (device->box_public, GEZ_KEY_SIZE);

      if (!gez_database_execute (
              self->database, error,
              "INSERT INTO team_device (id, member_id, is_removed, box_number, box_public) "
              "VALUES (?, ?, ?, ?, ?)",
              GEZ_ID, &device->id, GEZ_ID, &device->member, GEZ_INTEGER, (gint64) device->is_removed,
              GEZ_INTEGER, (gint64) device->box_number, GEZ_BLOB, box, GEZ_END))
        return FALSE;
    }
  return TRUE;
}

static gboolean
mirror_invitations (GezTeam *self,
                    GError **error)
{
  GPtrArray *invitations = gez_roster_get_invitations (self->roster);

  for (guint i = 0; i < invitations->len; i++)
    {
      const GezRosterInvitation *invitation = g_ptr_array_index (invitations, i);
      g_autoptr (GBytes) public_key = g_bytes_new (invitation->public_key, GEZ_KEY_SIZE);

      if (!invitation->is_over
          && !gez_database_execute (self->database, error,
                                    "INSERT INTO team_invitation (id, member_id, public_key, valid_until_at, "
                                    "is_for_device) VALUES (?, ?, ?, ?, ?)",
                                    GEZ_ID, &invitation->id, GEZ_ID, &invitation->member, GEZ_BLOB,
                                    public_key, GEZ_INTEGER, invitation->valid_until, GEZ_INTEGER,
                                    (gint64) invitation->is_for_device, GEZ_END))
        return FALSE;
    }
  return TRUE;
}

static gboolean
mirror_lock (GezTeam  *self,
             GVariant *value,
             GError  **error)
{
  g_autoptr (GVariant) member_bytes = NULL, household_bytes = NULL;
  GezId member, household;

  if (!g_variant_is_of_type (value, G_VARIANT_TYPE ("(ayayb)")))
    return TRUE;
  g_variant_get (value, "(@ay@ayb)", &member_bytes, &household_bytes, NULL);
  if (!gez_variant_get_bytes (member_bytes, member.bytes, GEZ_ID_SIZE)
      || !gez_variant_get_bytes (household_bytes, household.bytes, GEZ_ID_SIZE)
      || !gez_roster_is_locked (self->roster, &member, &household))
    return TRUE;
  return gez_database_execute (self->database, error,
                               "INSERT OR IGNORE INTO team_lock (member_id, household_id) VALUES (?, ?)",
                               GEZ_ID, &member, GEZ_ID, &household, GEZ_END);
}

/* Each lock was once set by a record; whether it counts, the roster says. */
static gboolean
mirror_locks (GezTeam *self,
              GError **error)
{
  for (guint i = 0; i < self->records->len; i++)
    {
      GezRosterRecord *record = g_ptr_array_index (self->records, i);
      GVariantIter changes;
      const char *name;
      GVariant *value;

      g_variant_iter_init (&changes, record->changes);
      while (g_variant_iter_next (&changes, "(&sv)", &name, &value))
        {
          g_autoptr (GVariant) owned = value;

          if (g_str_equal (name, "lock") && !mirror_lock (self, owned, error))
            return FALSE;
        }
    }
  return TRUE;
}

/* What the mirror says of people that matters to circles: text to the member of whom it is said. */
static GHashTable *
read_sayings (GezTeam *self,
              GError **error)
{
  g_autoptr (GHashTable) sayings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GezStatement) row = gez_database_query (
      self->database, error,
      "SELECT hex (id) || role || is_active, id FROM team_member "
      "UNION ALL SELECT hex (id) || hex (member_id) || is_removed, member_id FROM team_device "
      "UNION ALL SELECT hex (member_id) || hex (household_id), member_id FROM team_lock",
      GEZ_END);
  gboolean is_row;

  if (row == NULL)
    return NULL;
  while (gez_team_step (row, &is_row, error))
    {
      GezId member;

      if (!is_row)
        return g_steal_pointer (&sayings);
      member = gez_statement_get_id (row, 1);
      g_hash_table_insert (sayings, g_strdup (gez_statement_get_text (row, 0)), gez_id_copy (&member));
    }
  return NULL;
}

/* Marks the circles of each member of whom only @these say something, for the next audit. */
static gboolean
touch_said (GezTeam    *self,
            GHashTable *these,
            GHashTable *those,
            GError    **error)
{
  GHashTableIter iter;
  gpointer text, member;

  g_hash_table_iter_init (&iter, these);
  while (g_hash_table_iter_next (&iter, &text, &member))
    if (!g_hash_table_contains (those, text)
        && !gez_database_execute (
            self->database, error,
            "INSERT OR IGNORE INTO audit_due (of_circle) SELECT of_circle FROM circle_grant "
            "WHERE member_id = ? UNION SELECT x'74'",
            GEZ_ID, member, GEZ_END))
      return FALSE;
  return TRUE;
}

static gboolean
clear_mirror (GezTeam *self,
              GError **error)
{
  return gez_database_execute (self->database, error, "DELETE FROM team_member", GEZ_END)
         && gez_database_execute (self->database, error, "DELETE FROM team_device", GEZ_END)
         && gez_database_execute (self->database, error, "DELETE FROM team_invitation", GEZ_END)
         && gez_database_execute (self->database, error, "DELETE FROM team_lock", GEZ_END);
}

/* A sheet that is new gets every key that is here. */
static gboolean
mirror_sheet (GezTeam *self,
              GError **error)
{
  const guint8 *key = gez_roster_get_recovery_key (self->roster);
  g_autoptr (GBytes) sheet = key ? g_bytes_new (key, GEZ_KEY_SIZE) : NULL;

  if (!gez_database_execute (self->database, error,
                             "UPDATE team SET recovery_public = ?1 WHERE recovery_public IS NOT ?1", GEZ_BLOB,
                             sheet, GEZ_END))
    return FALSE;
  return gez_database_get_n_changed (self->database) == 0
         || gez_database_execute (
             self->database, error,
             "INSERT OR IGNORE INTO audit_due (of_circle) SELECT DISTINCT of_circle FROM circle_key",
             GEZ_END);
}

/* Folds the records again and writes the state of the roster as rows. */
gboolean
gez_team_mirror (GezTeam *self,
                 GError **error)
{
  g_autoptr (GHashTable) before = read_sayings (self, error);
  g_autoptr (GHashTable) after = NULL;

  g_clear_pointer (&self->roster, gez_roster_free);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  gez_team_get_roster (self);
  if (before == NULL || !clear_mirror (self, error) || !mirror_members (self, error)
      || !mirror_devices (self, error) || !mirror_invitations (self, error) || !mirror_locks (self, error)
      || (after = read_sayings (self, error)) == NULL)
    return FALSE;
  return touch_said (self, before, after, error) && touch_said (self, after, before, error)
         && mirror_sheet (self, error)
         && gez_database_execute (self->database, error, "UPDATE team SET name = ?, leaders_read = ?",
                                  GEZ_TEXT, gez_roster_get_team_name (self->roster), GEZ_TEXT,
                                  gez_roster_get_leaders_read (self->roster), GEZ_END)
         && gez_team_follow_roster (self, error);
}

/**
 * gez_team_follow_roster:
 *
 * Sets name, role and whether she is here of each row of `member` as the roster has them, without a trace in
 * the change log: every device does. After each change of the roster, and after each merge.
 *
 * Transaction: the caller's, here and below.
 */
gboolean
gez_team_follow_roster (GezTeam *self,
                        GError **error)
{
  GezCapture *capture;
  guint mark;
  gboolean done;

  g_return_val_if_fail (self != NULL, FALSE);

  capture = gez_database_get_capture (self->database);
  mark = gez_capture_mark (capture);
  done = gez_database_execute (
      self->database, error,
      "UPDATE member SET name = t.name, role = t.role, is_active = t.is_active FROM team_member t "
      "WHERE t.id = member.id AND (member.name <> t.name OR member.role <> t.role OR member.is_active <> "
      "t.is_active)",
      GEZ_END);
  gez_capture_cut (capture, mark);
  return done;
}
