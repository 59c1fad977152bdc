/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-overview.h"

#include "model/gez-derived.h"
#include "model/gez-view-private.h"

/* ?2 the household */

static const char followups_sql[] =
  "SELECT f.*, " GEZ_SQL_NAME_OF ("member", "f.owner_member_id") " AS owner_name, "
  GEZ_SQL_IS_OVERDUE ("f") " AS is_overdue FROM followup f WHERE f.household_id = ?2 AND "
  GEZ_SQL_IS_OPEN_FOLLOWUP ("f") " AND f.due_on <= date(?1, '+14 days')"
  " ORDER BY f.due_on, f.id";

static const char no_news_sql[] =
  "SELECT r.*, " GEZ_SQL_PARTNER ("r") " AS partner, "
  GEZ_SQL_DOMAIN_CODE ("r.domain_id") " AS domain_code, e.state, "
  GEZ_SQL_DAYS_SINCE ("e.happened_on") " AS days_without_news"
  " FROM referral r" GEZ_SQL_JOIN_LATEST_EVENT ("r", "e")
  "WHERE r.household_id = ?2 AND r.withdrawn_at IS NULL AND " GEZ_SQL_HAS_NO_NEWS ("r", "e")
  " ORDER BY e.happened_on, r.id";

/* A strength that was taken back is an empty text: it hides the older one, and is not shown. */
static const char strengths_sql[] =
  "SELECT domain_id, voice, strengths, assessed_on FROM (SELECT a.*, row_number() OVER"
  " (PARTITION BY a.domain_id, a.voice ORDER BY a.assessed_on DESC, a.id DESC) AS place"
  " FROM assessment a WHERE a.household_id = ?2 AND a.strengths IS NOT NULL"
  " AND a.voice IN ('family', 'worker') AND a.withdrawn_at IS NULL)"
  " WHERE place = 1 AND strengths <> '' ORDER BY assessed_on DESC, id DESC LIMIT 5";

static const char goals_sql[] =
  "SELECT g.*, " GEZ_SQL_COUNT_STEPS ("g") ", s.what AS next_what, s.due_on AS next_due_on, "
  GEZ_SQL_STEP_OWNER ("s") " AS next_owner"
  " FROM goal g LEFT JOIN step s ON s.row = (SELECT ns.row FROM step ns WHERE ns.goal_id = g.id"
  " AND ns.done_on IS NULL AND ns.withdrawn_at IS NULL"
  " ORDER BY ns.due_on NULLS LAST, ns.id LIMIT 1)"
  " WHERE g.household_id = ?2 AND g.state = 'open' AND g.withdrawn_at IS NULL"
  " ORDER BY " GEZ_SQL_GOAL_ORDER ("g");

static gpointer
read_overview (GezDatabase *database,
               gpointer     household,
               GError     **error)
{
  static const GezViewPart parts[] = {
    { "followups", followups_sql },
    { "no_news", no_news_sql },
    { "strengths", strengths_sql },
    { "goals", goals_sql },
  };

  return gez_view_read (database, parts, G_N_ELEMENTS (parts), household, error);
}

GezQuery *
gez_overview_query (const GezId *household)
{
  g_return_val_if_fail (household != NULL, NULL);

  return gez_query_new (read_overview, gez_id_copy (household), g_free, g_object_unref);
}
