/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-plan-view.h"

#include "model/gez-derived.h"
#include "model/gez-view-private.h"

/* ?2 the household */

static const char goals_sql[] =
  "SELECT g.*, " GEZ_SQL_CIRCLE_CODE ("g") " AS circle_code, "
  GEZ_SQL_DOMAIN_CODE ("g.domain_id") " AS domain_code, "
  GEZ_SQL_COUNT_STEPS ("g") " FROM goal g WHERE g.household_id = ?2 AND g.withdrawn_at IS NULL"
  " ORDER BY " GEZ_SQL_GOAL_ORDER ("g");

static const char steps_sql[] =
  "SELECT " GEZ_SQL_STEP_COLUMNS ("s")
  " FROM goal g JOIN step s ON s.goal_id = g.id WHERE g.household_id = ?2"
  " AND g.withdrawn_at IS NULL AND s.withdrawn_at IS NULL ORDER BY " GEZ_SQL_STEP_ORDER ("s");

static const char wishes_sql[] =
  "SELECT * FROM (SELECT d.id AS domain_id, d.code AS domain_code, "
  GEZ_SQL_LATEST_FIELD ("wished_change", "?2", "d.id", "'family'", "0") " AS wished_change, "
  GEZ_SQL_LATEST_FIELD ("score", "?2", "d.id", "'family'", "0") " AS score"
  " FROM domain d WHERE d.withdrawn_at IS NULL ORDER BY d.position, d.code)"
  " WHERE wished_change <> ''";

static gpointer
read_plan (GezDatabase *database,
           gpointer     household,
           GError     **error)
{
  static const GezViewPart parts[] = {
    { "goals", goals_sql },
    { "steps", steps_sql },
    { "wishes", wishes_sql },
  };

  return gez_view_read (database, parts, G_N_ELEMENTS (parts), household, error);
}

GezQuery *
gez_plan_view_query (const GezId *household)
{
  g_return_val_if_fail (household != NULL, NULL);

  return gez_query_new (read_plan, gez_id_copy (household), g_free, g_object_unref);
}
