/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "circle/gez-team-private.h"

/*
 * The audit of boxes: whether the keys are where they should be, and only there.
 *
 * 1. It looks at circles of which something changed (`audit_due`), so that its cost does not grow with the
 * team. Whoever writes a grant, a key, or to whom a key was given marks the circle; the roster marks those of
 * whom it says something else (gez_team_mirror()); days that pass are noticed here.
 * 2. It is a function of what is known: running it twice does nothing the second time.
 * 3. Only who reads a circle acts on it.
 */

/* Marks @circle for the next audit. */
gboolean
gez_team_touch (GezTeam         *self,
                const GezCircle *circle,
                GError         **error)
{
  g_autoptr (GBytes) of_circle = gez_team_circle_bytes (circle);

  return gez_database_execute (self->database, error,
                               "INSERT OR IGNORE INTO audit_due (of_circle) VALUES (?)", GEZ_BLOB, of_circle,
                               GEZ_END);
}

/* (element-type GezCircle): what the first column of a statement says. */
GArray *
gez_team_read_circles (GezStatement *row,
                       GError      **error)
{
  g_autoptr (GArray) circles = g_array_new (FALSE, FALSE, sizeof (GezCircle));
  gboolean is_row;

  while (gez_team_step (row, &is_row, error))
    {
      g_autoptr (GBytes) bytes = NULL;
      GezCircle circle;

      if (!is_row)
        return g_steal_pointer (&circles);
      bytes = gez_statement_get_blob (row, 0);
      if (gez_circle_decode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &circle))
        g_array_append_val (circles, circle);
    }
  return NULL;
}

/* Why a device that has a key of the circle should not. */
#define WHY_SQL                                                                                              \
  "SELECT CASE WHEN d.is_removed AND m.is_active THEN 'device' WHEN NOT m.is_active THEN 'removed' "         \
  "WHEN " GEZ_IS_LOCKED (                                                                                    \
      "m.id", "k.of_circle") " THEN 'locked' "                                                               \
                             "WHEN EXISTS (SELECT 1 FROM circle_grant r WHERE r.of_circle = k.of_circle "    \
                             "AND r.member_id = m.id "                                                       \
                             "AND r.until_on < ?2) THEN 'ended' ELSE 'revoked' END "                         \
                             "FROM circle_key k JOIN key_given n ON n.key_id = k.key_id JOIN team_device d " \
                             "ON d.id = n.device "                                                           \
                             "JOIN team_member m ON m.id = d.member_id WHERE k.of_circle = ?1 AND "          \
                             "(d.is_removed OR NOT EXISTS ("                                                 \
                             "SELECT 1 FROM circle_grant g WHERE g.of_circle = k.of_circle AND g.member_id " \
                             "= m.id AND " GEZ_GRANT_IS_PRESENT ("?2") ")) ORDER BY k.number DESC LIMIT 1"

static gboolean
mark_due (GezTeam         *self,
          const GezCircle *circle,
          GError         **error)
{
  g_autoptr (GBytes) of_circle = gez_team_circle_bytes (circle);
  g_autofree char *today = gez_clock_get_today (self->clock);
  g_autoptr (GezStatement) row
      = gez_database_query (self->database, error, WHY_SQL, GEZ_BLOB, of_circle, GEZ_TEXT, today, GEZ_END);
  gboolean is_row;

  if (row == NULL || !gez_team_step (row, &is_row, error))
    return FALSE;
  return gez_database_execute (
      self->database, error, "INSERT OR IGNORE INTO rotation_due (of_circle, since_at, why) VALUES (?, ?, ?)",
      GEZ_BLOB, of_circle, GEZ_INTEGER, gez_team_now (self), GEZ_TEXT,
      is_row ? gez_statement_get_text (row, 0) : "removed", GEZ_END);
}

/* A team key that somebody has who was removed elsewhere: the next leader who notices makes another. */
static gboolean
rotate_team (GezTeam *self,
             GError **error)
{
  GezCircle circle = gez_circle_team ();
  GVariantBuilder changes;

  if (!gez_roster_is_leader (gez_team_get_roster (self), &self->member))
    return mark_due (self, &circle, error);
  g_variant_builder_init (&changes, G_VARIANT_TYPE ("a(sv)"));
  return gez_team_write_rotated (self, &changes, NULL, NULL, error);
}

/* Which keys of @circle each device has: the number of them. */
static gboolean
lacks (GezTeam         *self,
       const GezCircle *circle,
       const GezId     *device,
       gboolean        *lacking,
       GError         **error)
{
  g_autoptr (GBytes) of_circle = gez_team_circle_bytes (circle);
  g_autoptr (GezStatement) row = gez_database_query (
      self->database, error,
      "SELECT 1 FROM circle_key k WHERE k.of_circle = ? AND NOT EXISTS (SELECT 1 FROM key_given n "
      "WHERE n.key_id = k.key_id AND n.device = ? AND n.is_early < 2)",
      GEZ_BLOB, of_circle, GEZ_ID, device, GEZ_END);

  return row != NULL && gez_team_step (row, lacking, error);
}

/* Leaves those in @readers who lack a key that is here; this device itself has them, and says so. */
static gboolean
keep_lacking (GezTeam         *self,
              const GezCircle *circle,
              GPtrArray       *readers,
              GError         **error)
{
  for (guint i = readers->len; i > 0; i--)
    {
      GezTeamReader *reader = g_ptr_array_index (readers, i - 1);
      gboolean lacking;

      if (!lacks (self, circle, &reader->device, &lacking, error))
        return FALSE;
      if (!lacking)
        g_ptr_array_remove_index (readers, i - 1);
    }
  return TRUE;
}

/* Who came while somebody made a new team key, perhaps elsewhere. A leader gives it, or another device of the
 * same person; so that not everybody does. */
static gboolean
give_team_key (GezTeam   *self,
               GPtrArray *readers,
               GError   **error)
{
  gboolean is_leader = gez_roster_is_leader (gez_team_get_roster (self), &self->member);

  for (guint i = readers->len; i > 0; i--)
    {
      GezTeamReader *reader = g_ptr_array_index (readers, i - 1);

      if (gez_id_equal (&reader->device, &self->device)
          || !(is_leader || gez_id_equal (&reader->member, &self->member)))
        g_ptr_array_remove_index (readers, i - 1);
    }
  return readers->len == 0 || gez_team_write_wrapped (self, readers, error);
}

static gboolean
give_what_lacks (GezTeam         *self,
                 const GezCircle *circle,
                 GError         **error)
{
  g_autoptr (GPtrArray) readers = gez_team_read_readers (self, circle, error);
  g_autoptr (GPtrArray) everybody = NULL;
  guint8 sheet[GEZ_KEY_SIZE];
  gboolean sheet_lacks = FALSE;
  GezId sheet_id;

  if (readers == NULL)
    return FALSE;
  if (gez_team_get_sheet (self, sheet, &sheet_id) && !lacks (self, circle, &sheet_id, &sheet_lacks, error))
    return FALSE;
  if (sheet_lacks && (everybody = gez_team_read_readers (self, circle, error)) == NULL)
    return FALSE;
  if (!keep_lacking (self, circle, readers, error))
    return FALSE;
  if (circle->kind == GEZ_CIRCLE_TEAM)
    {
      if (!give_team_key (self, readers, error))
        return FALSE;
      g_ptr_array_set_size (readers, 0);
    }
  return (readers->len == 0 && !sheet_lacks) || gez_team_give (self, circle, readers, everybody, error);
}

/* Whether this device wrapped a key of the circle with a box key that turned out to be an old one. */
static gboolean
is_to_be_given_again (GezTeam         *self,
                      const GezCircle *circle)
{
  g_autoptr (GBytes) of_circle = gez_team_circle_bytes (circle);

  return gez_database_integer (self->database, 0,
                               "SELECT 1 FROM circle_key k JOIN key_given n ON n.key_id = k.key_id "
                               "WHERE k.of_circle = ? AND n.is_early = 2",
                               GEZ_BLOB, of_circle, GEZ_END)
         != 0;
}

/* Looks at one circle. */
gboolean
gez_team_audit_circle (GezTeam         *self,
                       const GezCircle *circle,
                       GError         **error)
{
  g_autoptr (GArray) places = gez_keyring_find (self->keyring, circle);
  gboolean reads;
  int place;

  if (!gez_team_reads (self, circle, &self->member, &reads, error))
    return FALSE;
  if (reads && places->len > 0)
    {
      if (!gez_team_find_good_key (self, circle, &place, error))
        return FALSE;
      if (place < 0
          && !(circle->kind == GEZ_CIRCLE_TEAM ? rotate_team (self, error) : mark_due (self, circle, error)))
        return FALSE;
      if ((place >= 0 && !gez_team_clear_due (self, circle, error)) || !give_what_lacks (self, circle, error))
        return FALSE;
    }
  else if (!gez_team_clear_due (self, circle, error))
    return FALSE;
  /* A brugfiguur lets others into casework that she does not read herself. */
  return reads || !is_to_be_given_again (self, circle) || give_what_lacks (self, circle, error);
}

/* Days on which a grant ends, or has not ended yet after all, when the clock was wrong. */
static gboolean
notice_days (GezTeam *self,
             GError **error)
{
  g_autofree char *today = gez_clock_get_today (self->clock);

  return gez_database_execute (
             self->database, error,
             "INSERT OR IGNORE INTO audit_due (of_circle) SELECT of_circle FROM circle_grant, team "
             "WHERE audited_on <> ?1 AND until_on >= min (audited_on, ?1) "
             "AND until_on <= max (audited_on, ?1)",
             GEZ_TEXT, today, GEZ_END)
         && gez_database_execute (self->database, error,
                                  "UPDATE team SET audited_on = ?1 WHERE audited_on IS NOT ?1", GEZ_TEXT,
                                  today, GEZ_END);
}

typedef struct
{
  GezId grant;
  GezCircle circle;
} LockedGrant;

/* (element-type LockedGrant) */
static GArray *
find_locked (GezTeam *self,
             GError **error)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (LockedGrant));
  g_autoptr (GezStatement) row = gez_database_query (
      self->database, error,
      "SELECT g.id, g.of_circle FROM team_lock l JOIN circle_grant g ON g.of_circle IN "
      "(CAST (x'6f' || l.household_id AS BLOB), CAST (x'63' || l.household_id AS BLOB)) "
      "WHERE g.member_id = l.member_id AND g.revoked_at IS NULL AND g.granted_at IS NOT NULL",
      GEZ_END);
  gboolean is_row;

  if (row == NULL)
    return NULL;
  while (gez_team_step (row, &is_row, error))
    {
      g_autoptr (GBytes) bytes = NULL;
      LockedGrant one;

      if (!is_row)
        return g_steal_pointer (&found);
      one.grant = gez_statement_get_id (row, 0);
      bytes = gez_statement_get_blob (row, 1);
      if (gez_circle_decode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &one.circle))
        g_array_append_val (found, one);
    }
  return NULL;
}

/* A lock takes back what was given, so that lifting it does not give it again. */
static gboolean
revoke_locked (GezTeam *self,
               GError **error)
{
  g_autoptr (GArray) found = find_locked (self, error);

  if (found == NULL)
    return FALSE;
  for (guint i = 0; i < found->len; i++)
    {
      LockedGrant *one = &g_array_index (found, LockedGrant, i);
      gboolean reads;

      if (!gez_team_reads (self, &one->circle, &self->member, &reads, error)
          || (reads && !gez_team_take_grant (self, &one->circle, &one->grant, "lock", error)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
audit_due (GezTeam *self,
           GError **error)
{
  g_autoptr (GezStatement) row
      = gez_database_query (self->database, error, "SELECT of_circle FROM audit_due", GEZ_END);
  g_autoptr (GArray) circles = row ? gez_team_read_circles (row, error) : NULL;

  if (circles == NULL)
    return FALSE;
  for (guint i = 0; i < circles->len; i++)
    if (!gez_team_audit_circle (self, &g_array_index (circles, GezCircle, i), error))
      return FALSE;
  return circles->len == 0 || gez_database_execute (self->database, error, "DELETE FROM audit_due", GEZ_END);
}

/**
 * gez_team_audit:
 *
 * At each load and after each reading: ends grants whose last day is over, lets in who reads by a rule of the
 * team, gives keys to readers and devices that lack them, and marks circles whose key somebody has who may
 * not read them.
 */
gboolean
gez_team_audit (GezTeam *self,
                GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return gez_team_follow_roster (self, error) && notice_days (self, error) && revoke_locked (self, error)
         && gez_team_follow_rules (self, error) && audit_due (self, error);
}
