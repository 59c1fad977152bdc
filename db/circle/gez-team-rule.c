/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "circle/gez-team-private.h"

/*
 * Who reads a circle by a rule of the team: leaders, as far as the team said, and the stand-in of somebody
 * who is away.
 *
 * 1. Rules make grants like those made by hand, so that everybody sees who reads what. The device that made
 * one remembers for what it was (`is_for`), and takes it back when the rule says something else.
 * 2. A stand-in gets her keys as soon as the absence is known, not when it begins: then nobody may be there
 * to give them. What was given ends with the last day of the absence.
 * 3. What the rules say in one word is kept (`team.rules`), so that all circles are looked at only when it
 * changes.
 */

/* Somebody whom the rules let in. */
typedef struct
{
  GezId member;
  char *until;
  const char *is_for;
} Rule;

static void
rule_free (gpointer data)
{
  Rule *rule = data;

  g_free (rule->until);
  g_free (rule);
}

static void
add_rule (GPtrArray   *rules,
          const GezId *member,
          const char  *until,
          const char  *is_for)
{
  Rule *rule = g_new0 (Rule, 1);

  rule->member = *member;
  rule->until = g_strdup (until);
  rule->is_for = is_for;
  g_ptr_array_add (rules, rule);
}

/* The stand-in, while this person is away or will be. */
static gboolean
read_stand_in (GezTeam   *self,
               GPtrArray *rules,
               GError   **error)
{
  g_autofree char *today = gez_clock_get_today (self->clock);
  g_autoptr (GezStatement) row
      = gez_database_query (self->database, error,
                            "SELECT s.id, m.absent_to_on FROM member m JOIN team_member s ON s.id = "
                            "m.stand_in_member_id AND s.is_active "
                            "WHERE m.id = ?1 AND s.id <> ?1 AND m.absent_from_on IS NOT NULL "
                            "AND (m.absent_to_on IS NULL OR m.absent_to_on >= ?2)",
                            GEZ_ID, &self->member, GEZ_TEXT, today, GEZ_END);
  gboolean is_row;

  if (row == NULL || !gez_team_step (row, &is_row, error))
    return FALSE;
  if (is_row)
    {
      GezId stand_in = gez_statement_get_id (row, 0);

      add_rule (rules, &stand_in, gez_statement_get_text (row, 1), "stand_in");
    }
  return TRUE;
}

static gboolean
read_leaders (GezTeam   *self,
              GPtrArray *rules,
              GError   **error)
{
  g_autoptr (GezStatement) row = gez_database_query (
      self->database, error,
      "SELECT m.id FROM team_member m, team WHERE m.is_active AND m.role = 'teamleider' AND m.id <> ? "
      "AND team.leaders_read IN ('open', 'casework') ORDER BY m.id",
      GEZ_ID, &self->member, GEZ_END);
  gboolean is_row;

  if (row == NULL)
    return FALSE;
  while (gez_team_step (row, &is_row, error))
    {
      GezId leader;

      if (!is_row)
        return TRUE;
      leader = gez_statement_get_id (row, 0);
      add_rule (rules, &leader, NULL, "leaders");
    }
  return FALSE;
}

/* (element-type Rule) */
static GPtrArray *
read_rules (GezTeam *self,
            GError **error)
{
  g_autoptr (GPtrArray) rules = g_ptr_array_new_with_free_func (rule_free);

  if (!read_stand_in (self, rules, error) || !read_leaders (self, rules, error))
    return NULL;
  return g_steal_pointer (&rules);
}

static gboolean
is_about (GezTeam         *self,
          Rule            *rule,
          const GezCircle *circle)
{
  const char *leaders_read = gez_roster_get_leaders_read (gez_team_get_roster (self));

  if ((circle->kind == GEZ_CIRCLE_OPEN || circle->kind == GEZ_CIRCLE_CASEWORK)
      && gez_roster_is_locked (gez_team_get_roster (self), &rule->member, &circle->subject))
    return FALSE;
  if (g_str_equal (rule->is_for, "stand_in"))
    return circle->kind == GEZ_CIRCLE_OPEN || circle->kind == GEZ_CIRCLE_CASEWORK
           || circle->kind == GEZ_CIRCLE_SITTING;
  return (circle->kind == GEZ_CIRCLE_OPEN && g_strcmp0 (leaders_read, "cards") != 0)
         || (circle->kind == GEZ_CIRCLE_CASEWORK && g_strcmp0 (leaders_read, "casework") == 0);
}

static gboolean
add_if_absent (GezTeam         *self,
               const GezCircle *circle,
               Rule            *rule,
               GError         **error)
{
  gboolean reads;

  if (!gez_team_reads (self, circle, &rule->member, &reads, error))
    return FALSE;
  return reads || gez_team_add_grant (self, circle, &rule->member, rule->until, rule->is_for, error);
}

/* At the birth of a circle. */
gboolean
gez_team_add_readers_by_rule (GezTeam         *self,
                              const GezCircle *circle,
                              GError         **error)
{
  g_autoptr (GPtrArray) rules = read_rules (self, error);

  if (rules == NULL)
    return FALSE;
  for (guint i = 0; i < rules->len; i++)
    if (is_about (self, g_ptr_array_index (rules, i), circle)
        && !add_if_absent (self, circle, g_ptr_array_index (rules, i), error))
      return FALSE;
  return TRUE;
}

/* Grants that this device made by a rule that does not say so any more. */
static gboolean
take_back (GezTeam         *self,
           const GezCircle *circle,
           GPtrArray       *rules,
           GError         **error)
{
  g_autoptr (GBytes) of_circle = gez_team_circle_bytes (circle);
  g_autoptr (GArray) over = g_array_new (FALSE, FALSE, sizeof (GezId));
  g_autoptr (GezStatement) row = gez_database_query (
      self->database, error,
      "SELECT id, member_id, until_on, is_for FROM circle_grant WHERE of_circle = ? AND is_for IS NOT NULL "
      "AND revoked_at IS NULL",
      GEZ_BLOB, of_circle, GEZ_END);
  gboolean is_row = FALSE;

  if (row == NULL)
    return FALSE;
  while (gez_team_step (row, &is_row, error) && is_row)
    {
      GezId id = gez_statement_get_id (row, 0), member = gez_statement_get_id (row, 1);
      gboolean holds = FALSE;

      for (guint i = 0; i < rules->len; i++)
        {
          Rule *rule = g_ptr_array_index (rules, i);

          holds |= gez_id_equal (&rule->member, &member) && is_about (self, rule, circle)
                   && g_strcmp0 (rule->until, gez_statement_get_text (row, 2)) == 0
                   && g_strcmp0 (rule->is_for, gez_statement_get_text (row, 3)) == 0;
        }
      if (!holds)
        g_array_append_val (over, id);
    }
  for (guint i = 0; i < over->len; i++)
    if (!gez_team_take_grant (self, circle, &g_array_index (over, GezId, i), "rule", error))
      return FALSE;
  return !is_row;
}

/* All in one text, to see whether something changed. */
static char *
rules_to_text (GezTeam   *self,
               GPtrArray *rules)
{
  GString *text = g_string_new (gez_roster_get_leaders_read (gez_team_get_roster (self)));

  for (guint i = 0; i < rules->len; i++)
    {
      Rule *rule = g_ptr_array_index (rules, i);
      char id[GEZ_ID_TEXT_SIZE];

      gez_id_to_buffer (&rule->member, id);
      g_string_append_printf (text, " %s:%s:%s", rule->is_for, id, rule->until ? rule->until : "");
    }
  return g_string_free (text, FALSE);
}

/* Circles of people that this person reads; not those that she reads by the rule for leaders herself: a
 * leader's stand-in does not get the files of the whole team. */
#define OWN_CIRCLES_SQL                                                                                      \
  "SELECT DISTINCT g.of_circle FROM circle_grant g, team WHERE g.member_id = ?1 AND substr (g.of_circle, "   \
  "1, 1) IN "                                                                                                \
  "(x'6f', x'63', x'73') AND " GEZ_GRANT_IS_PRESENT (                                                        \
      "?2") " AND (g.by_member_id = ?1 OR team.leaders_read = 'cards' "                                      \
            "OR NOT EXISTS (SELECT 1 FROM team_member s WHERE s.id = ?1 AND s.role = 'teamleider'))"

static gboolean
follow_in_all (GezTeam   *self,
               GPtrArray *rules,
               GError   **error)
{
  g_autofree char *today = gez_clock_get_today (self->clock);
  g_autoptr (GezStatement) row = gez_database_query (self->database, error, OWN_CIRCLES_SQL, GEZ_ID,
                                                     &self->member, GEZ_TEXT, today, GEZ_END);
  g_autoptr (GArray) circles = row ? gez_team_read_circles (row, error) : NULL;

  if (circles == NULL)
    return FALSE;
  for (guint i = 0; i < circles->len; i++)
    {
      GezCircle *circle = &g_array_index (circles, GezCircle, i);
      g_autoptr (GArray) places = gez_keyring_find (self->keyring, circle);

      if (!take_back (self, circle, rules, error))
        return FALSE;
      for (guint j = 0; j < rules->len && places->len > 0; j++)
        if (is_about (self, g_ptr_array_index (rules, j), circle)
            && !add_if_absent (self, circle, g_ptr_array_index (rules, j), error))
          return FALSE;
    }
  return TRUE;
}

/**
 * gez_team_follow_rules:
 *
 * Lets in who reads by the rules of today, and takes back what rules of yesterday gave. Does nothing when the
 * rules say what they said before.
 */
gboolean
gez_team_follow_rules (GezTeam *self,
                       GError **error)
{
  g_autoptr (GPtrArray) rules = read_rules (self, error);
  g_autoptr (GezStatement) row
      = rules ? gez_database_query (self->database, error, "SELECT rules FROM team", GEZ_END) : NULL;
  g_autofree char *text = rules ? rules_to_text (self, rules) : NULL;
  gboolean is_row;

  if (row == NULL || !gez_team_step (row, &is_row, error))
    return FALSE;
  if (g_strcmp0 (gez_statement_get_text (row, 0), text) == 0)
    return TRUE;
  return follow_in_all (self, rules, error)
         && gez_database_execute (self->database, error, "UPDATE team SET rules = ?", GEZ_TEXT, text,
                                  GEZ_END);
}
