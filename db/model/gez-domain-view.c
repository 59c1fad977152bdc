/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-domain-view.h"

#include "model/gez-derived.h"

/* ?2 the household, ?3 the domain, ?4 (in `touching` alone) the limit */

typedef struct
{
  GezId household;
  GezId domain;
  guint limit;
} Parameters;

#define FIELD(column, voice, skip) GEZ_SQL_LATEST_FIELD (column, "?2", "?3", voice, skip)

#define VOICE(voice) \
  "SELECT " FIELD ("strengths", voice, "0") " AS strengths, " \
  FIELD ("needs", voice, "0") " AS needs, " \
  FIELD ("wished_change", voice, "0") " AS wished_change, " \
  FIELD ("score", voice, "0") " AS score, " \
  FIELD ("score", voice, "1") " AS previous_score, " \
  FIELD ("asked", voice, "0") " AS asked, " \
  "(SELECT max(assessed_on) FROM assessment WHERE household_id = ?2 AND domain_id = ?3" \
  " AND voice = " voice " AND withdrawn_at IS NULL) AS assessed_on," \
  " (SELECT id FROM assessment WHERE household_id = ?2 AND domain_id = ?3 AND voice = " voice \
  " AND assessed_on = ?1 AND by_member_id = (SELECT member_id FROM device)" \
  " AND withdrawn_at IS NULL ORDER BY id DESC LIMIT 1) AS today_id"

#define OF_THIS_DOMAIN(x) \
  x ".household_id = ?2 AND " x ".domain_id = ?3 AND " x ".withdrawn_at IS NULL"

static const char others_sql[] =
  "SELECT a.*, coalesce(" GEZ_SQL_NAME_OF_PERSON ("a.person_id") ", "
  GEZ_SQL_NAME_OF ("partner", "a.partner_id") ") AS voice_name"
  " FROM assessment a WHERE " OF_THIS_DOMAIN ("a") " AND a.voice IN ('person', 'partner')"
  " ORDER BY a.assessed_on DESC, a.id DESC";

static const char scores_sql[] =
  "SELECT a.id, a.assessed_on, a.voice, a.score, coalesce("
  GEZ_SQL_NAME_OF_PERSON ("a.person_id") ", " GEZ_SQL_NAME_OF ("partner", "a.partner_id") ", "
  GEZ_SQL_NAME_OF ("member", "a.by_member_id") ") AS by_name"
  " FROM assessment a WHERE " OF_THIS_DOMAIN ("a") " AND a.score IS NOT NULL"
  " ORDER BY a.assessed_on, a.id";

/* What a voice says today goes into the row that its worker made today. */
static const char today_sql[] =
  "SELECT a.id, a.voice FROM assessment a WHERE " OF_THIS_DOMAIN ("a")
  " AND a.assessed_on = ?1 AND a.voice IN ('family', 'worker')"
  " AND a.by_member_id IS (SELECT member_id FROM device) ORDER BY a.id";

static const char goals_sql[] =
  "SELECT g.*, " GEZ_SQL_CIRCLE_CODE ("g") " AS circle_code, " GEZ_SQL_COUNT_STEPS ("g")
  " FROM goal g WHERE " OF_THIS_DOMAIN ("g")
  " ORDER BY " GEZ_SQL_GOAL_ORDER ("g");

static const char steps_sql[] =
  "SELECT " GEZ_SQL_STEP_COLUMNS ("s")
  " FROM goal g JOIN step s ON s.goal_id = g.id WHERE " OF_THIS_DOMAIN ("g")
  " AND s.withdrawn_at IS NULL ORDER BY " GEZ_SQL_STEP_ORDER ("s");

/* A contact that is about this domain is told by its note of this domain when there is one. */
#define IS_CONTACT_ABOUT(c) \
  "EXISTS (SELECT 1 FROM contact_link l WHERE l.contact_id = " c ".id AND l.kind = 'about'" \
  " AND l.domain_id = ?3 AND l.withdrawn_at IS NULL)" \
  " AND NOT EXISTS (SELECT 1 FROM note n WHERE n.contact_id = " c ".id AND n.domain_id = ?3" \
  " AND n.withdrawn_at IS NULL)"

/* A follow-up is about the domain of what it hangs on. */
#define IS_FOLLOWUP_ABOUT(f) \
  "(EXISTS (SELECT 1 FROM goal fg WHERE fg.id = " f ".goal_id AND fg.domain_id = ?3)" \
  " OR EXISTS (SELECT 1 FROM referral fr WHERE fr.id = " f ".referral_id AND fr.domain_id = ?3)" \
  " OR EXISTS (SELECT 1 FROM question fq WHERE fq.id = " f ".question_id AND fq.domain_id = ?3)" \
  " OR EXISTS (SELECT 1 FROM contact_link fl WHERE fl.contact_id = " f ".contact_id" \
  " AND fl.kind = 'about' AND fl.domain_id = ?3 AND fl.withdrawn_at IS NULL))"

#define TOUCHING \
  "SELECT 'note' AS kind, n.row, coalesce(c.happened_at, n.written_at) AS at, NULL AS day" \
  " FROM note n LEFT JOIN contact c ON c.id = n.contact_id WHERE " OF_THIS_DOMAIN ("n") \
  " AND c.withdrawn_at IS NULL" \
  " UNION ALL SELECT 'question', q.row, NULL, q.first_asked_on FROM question q WHERE " \
  OF_THIS_DOMAIN ("q") " AND " GEZ_SQL_CONTACT_STANDS ("q") \
  " UNION ALL SELECT 'contact', c.row, c.happened_at, NULL FROM contact c" \
  " WHERE c.household_id = ?2 AND c.withdrawn_at IS NULL AND " IS_CONTACT_ABOUT ("c") \
  " UNION ALL SELECT 'referral', r.row, NULL, e.happened_on FROM referral r" \
  GEZ_SQL_JOIN_LATEST_EVENT ("r", "e") "WHERE " OF_THIS_DOMAIN ("r") \
  " UNION ALL SELECT 'followup', f.row, NULL, coalesce(f.done_on, f.cancelled_on, f.due_on)" \
  " FROM followup f WHERE f.household_id = ?2 AND f.withdrawn_at IS NULL AND " \
  IS_FOLLOWUP_ABOUT ("f")

/* What to show is chosen first, by instant; the texts are read for the chosen ones alone. */
static const char touching_sql[] =
  "WITH chosen AS MATERIALIZED (SELECT kind, row, at, day,"
  " coalesce(at, local_midnight(day)) AS place FROM (" TOUCHING ")"
  " ORDER BY place DESC, kind, row DESC LIMIT ?4)"
  " SELECT x.kind, coalesce(n.id, q.id, c.id, r.id, f.id) AS id,"
  " coalesce(n.contact_id, q.contact_id, c.id) AS contact_id, x.at,"
  " coalesce(x.day, local_date(x.at)) AS day_on,"
  " coalesce(n.content, q.content, r.question, f.what, (SELECT content FROM note WHERE contact_id = c.id"
  " AND withdrawn_at IS NULL ORDER BY written_at LIMIT 1)) AS text, "
  GEZ_SQL_NAME_OF ("member", "coalesce(n.by_member_id, c.by_member_id, r.by_member_id,"
                             " f.owner_member_id)")
  " AS by_name, e.state, e.happened_on AS state_on, " GEZ_SQL_HAS_NO_NEWS ("r", "e")
  " AS has_no_news, " GEZ_SQL_DAYS_SINCE ("e.happened_on") " AS days_without_news, "
  GEZ_SQL_PARTNER ("r") " AS partner, coalesce(q.done_on, f.done_on) AS done_on,"
  " f.due_on, f.cancelled_on"
  " FROM chosen x"
  " LEFT JOIN note n ON x.kind = 'note' AND n.row = x.row"
  " LEFT JOIN question q ON x.kind = 'question' AND q.row = x.row"
  " LEFT JOIN contact c ON x.kind = 'contact' AND c.row = x.row"
  " LEFT JOIN referral r ON x.kind = 'referral' AND r.row = x.row"
  " LEFT JOIN followup f ON x.kind = 'followup' AND f.row = x.row"
  GEZ_SQL_JOIN_LATEST_EVENT ("r", "e")
  "ORDER BY x.place DESC, x.kind, x.row DESC";

static const char helpers_sql[] =
  "SELECT x.*, " GEZ_SQL_HELPER_NAME ("x") " AS helper_name, " GEZ_SQL_NAME_OF ("partner", "x.partner_id")
  " AS partner_name FROM helper x WHERE " OF_THIS_DOMAIN ("x") " AND " GEZ_SQL_IS_CURRENT_HELPER ("x")
  " ORDER BY x.since_on, x.id";

static const char more_sql[] = "SELECT count(*) AS n_touching FROM (" TOUCHING ")";

static const struct
{
  const char *name;
  const char *sql;
} parts[] = {
  { "family", VOICE ("'family'") }, { "worker", VOICE ("'worker'") },
  { "others", others_sql },         { "scores", scores_sql },
  { "today", today_sql },           { "goals", goals_sql },
  { "steps", steps_sql },           { "helpers", helpers_sql },
  { "more", more_sql },
};

static gpointer
read_domain (GezDatabase *database,
             gpointer     data,
             GError     **error)
{
  const Parameters *parameters = data;
  g_autofree char *today = gez_clock_get_today (gez_database_get_clock (database));
  g_autoptr (GezView) view = gez_view_new ();

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (!gez_view_take (view, parts[i].name,
                        gez_record_list (database, error, parts[i].sql, GEZ_TEXT, today, GEZ_ID,
                                         &parameters->household, GEZ_ID, &parameters->domain,
                                         GEZ_END)))
      return NULL;
  if (!gez_view_take (view, "touching",
                      gez_record_list (database, error, touching_sql, GEZ_TEXT, today, GEZ_ID,
                                       &parameters->household, GEZ_ID, &parameters->domain,
                                       GEZ_INTEGER, (gint64) parameters->limit, GEZ_END)))
    return NULL;
  return g_steal_pointer (&view);
}

GezQuery *
gez_domain_view_query (const GezId *household,
                       const GezId *domain,
                       guint        limit)
{
  Parameters *parameters;

  g_return_val_if_fail (household != NULL && domain != NULL, NULL);

  parameters = g_new0 (Parameters, 1);
  parameters->household = *household;
  parameters->domain = *domain;
  parameters->limit = limit;
  return gez_query_new (read_domain, parameters, g_free, g_object_unref);
}
