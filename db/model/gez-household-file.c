/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-household-file.h"

#include "model/gez-derived.h"
#include "model/gez-view-private.h"

/* ?2 the household */

#define OPEN_GOALS \
  "g.household_id = h.id AND g.state = 'open' AND g.withdrawn_at IS NULL"

static const char household_sql[] =
  "WITH file AS MATERIALIZED (SELECT h.*, "
  GEZ_SQL_NAME_OF ("district", "h.district_id") " AS district_name, "
  GEZ_SQL_TRAJECTORY_STATE ("h") " AS state, "
  GEZ_SQL_CONTACT_PERSON ("h") " AS contact_person, "
  "local_date(" GEZ_SQL_LAST_CONTACT_AT ("h") ") AS last_contact_on"
  " FROM household h WHERE h.id = ?2 AND h.withdrawn_at IS NULL)"
  " SELECT h.*, max(0, " GEZ_SQL_DAYS_SINCE ("h.last_contact_on") ") AS days_since, "
  GEZ_SQL_IS_STALE ("h", "h.state", "h.last_contact_on") " AS is_stale, "
  "(SELECT count(*) FROM followup f WHERE f.household_id = h.id AND "
  GEZ_SQL_IS_OPEN_FOLLOWUP ("f") ") AS n_followups, "
  "(SELECT count(*) FROM followup f WHERE f.household_id = h.id AND "
  GEZ_SQL_IS_OVERDUE ("f") ") AS n_overdue, "
  "(SELECT count(*) FROM referral r" GEZ_SQL_JOIN_LATEST_EVENT ("r", "e")
  "WHERE r.household_id = h.id AND r.withdrawn_at IS NULL AND "
  GEZ_SQL_HAS_NO_NEWS ("r", "e") ") AS n_no_news, "
  "(SELECT count(*) FROM goal g WHERE " OPEN_GOALS ") AS n_open_goals, "
  "(SELECT count(*) FROM goal g JOIN step s ON s.goal_id = g.id WHERE " OPEN_GOALS
  " AND s.withdrawn_at IS NULL) AS n_steps, "
  "(SELECT count(*) FROM goal g JOIN step s ON s.goal_id = g.id WHERE " OPEN_GOALS
  " AND s.withdrawn_at IS NULL AND s.done_on IS NOT NULL) AS n_done_steps, "
  "(SELECT count(*) FROM draft d WHERE d.subject_id = h.id) AS n_drafts"
  " FROM file h";

static const char members_sql[] =
  "SELECT " GEZ_SQL_MEMBER_COLUMNS ("p", "m")
  " FROM membership m JOIN person p ON p.id = m.person_id"
  " WHERE m.household_id = ?2 AND p.withdrawn_at IS NULL AND "
  GEZ_SQL_IS_CURRENT_MEMBERSHIP ("m") " ORDER BY " GEZ_SQL_MEMBER_ORDER ("m") ", p.id";

static const char next_appointment_sql[] =
  "SELECT a.*, " GEZ_SQL_NAME_OF ("member", "a.member_id") " AS member_name"
  " FROM appointment a WHERE a.household_id = ?2 AND a.held_on >= ?1 AND a.state = 'planned'"
  " AND a.withdrawn_at IS NULL ORDER BY a.held_on, a.start_time NULLS FIRST, a.id LIMIT 1";

static const char flags_sql[] =
  "SELECT f.*, " GEZ_SQL_NAME_OF ("member", "f.by_member_id") " AS by_name"
  " FROM flag f WHERE f.household_id = ?2 AND f.withdrawn_at IS NULL AND "
  GEZ_SQL_IS_CURRENT_FLAG ("f") " ORDER BY f.from_on DESC, f.id DESC";

static const char trajectories_sql[] =
  "SELECT t.*, e.state, e.happened_on AS state_on, "
  GEZ_SQL_NAME_OF ("member", "t.member_id") " AS member_name"
  " FROM trajectory t LEFT JOIN trajectory_event e ON e.row ="
  " (SELECT te.row FROM trajectory_event te WHERE te.trajectory_id = t.id"
  " AND te.withdrawn_at IS NULL AND te.happened_on <= ?1"
  " ORDER BY te.happened_on DESC, te.id DESC LIMIT 1)"
  " WHERE t.household_id = ?2 AND t.withdrawn_at IS NULL ORDER BY t.id";

#define SCORE(voice, skip) GEZ_SQL_LATEST_FIELD ("score", "?2", "d.id", voice, skip)

/* A domain that went out of use keeps its tab in a file that says something about it. */
static const char domains_sql[] =
  "SELECT d.id, d.code, d.kind, "
  SCORE ("'family'", "0") " AS family_score, "
  SCORE ("'family'", "1") " AS family_previous_score, "
  SCORE ("'worker'", "0") " AS worker_score, "
  SCORE ("'worker'", "1") " AS worker_previous_score, "
  GEZ_SQL_LATEST_FIELD ("asked", "?2", "d.id", "la.voice", "0") " AS asked, "
  "(SELECT count(*) FROM goal g WHERE g.household_id = ?2 AND g.domain_id = d.id"
  " AND g.state = 'open' AND g.withdrawn_at IS NULL) AS n_open_goals, "
  "(SELECT count(*) FROM goal g JOIN step s ON s.goal_id = g.id WHERE g.household_id = ?2"
  " AND g.domain_id = d.id AND g.state = 'open' AND g.withdrawn_at IS NULL"
  " AND s.done_on IS NULL AND s.withdrawn_at IS NULL) AS n_open_steps, "
  "(SELECT count(*) FROM referral r" GEZ_SQL_JOIN_LATEST_EVENT ("r", "e")
  "WHERE r.household_id = ?2 AND r.domain_id = d.id AND r.withdrawn_at IS NULL AND "
  GEZ_SQL_IS_WAITING ("e") ") AS n_referrals, "
  "(SELECT count(*) FROM referral r" GEZ_SQL_JOIN_LATEST_EVENT ("r", "e")
  "WHERE r.household_id = ?2 AND r.domain_id = d.id AND r.withdrawn_at IS NULL AND "
  GEZ_SQL_HAS_NO_NEWS ("r", "e") ") AS n_no_news"
  " FROM domain d WHERE d.withdrawn_at IS NULL"
  " AND (((d.active_from_on IS NULL OR d.active_from_on <= ?1)"
  " AND (d.active_to_on IS NULL OR d.active_to_on > ?1))"
  " OR EXISTS (SELECT 1 FROM assessment a WHERE a.household_id = ?2 AND a.domain_id = d.id"
  " AND a.withdrawn_at IS NULL)"
  " OR EXISTS (SELECT 1 FROM goal g WHERE g.household_id = ?2 AND g.domain_id = d.id"
  " AND g.withdrawn_at IS NULL))"
  " ORDER BY d.position, d.code";

static gpointer
read_file (GezDatabase *database,
           gpointer     household,
           GError     **error)
{
  static const GezViewPart parts[] = {
    { "household", household_sql },
    { "members", members_sql },
    { "next_appointment", next_appointment_sql },
    { "flags", flags_sql },
    { "trajectories", trajectories_sql },
    { "domains", domains_sql },
  };
  g_autoptr (GezView) view = gez_view_read (database, parts, G_N_ELEMENTS (parts), household,
                                            error);

  if (view == NULL)
    return NULL;
  if (gez_view_get_record (view, "household") == NULL)
    {
      g_set_error_literal (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_NOT_FOUND,
                           "there is no such household");
      return NULL;
    }
  return g_steal_pointer (&view);
}

GezQuery *
gez_household_file_query (const GezId *household)
{
  g_return_val_if_fail (household != NULL, NULL);

  return gez_query_new (read_file, gez_id_copy (household), g_free, g_object_unref);
}
