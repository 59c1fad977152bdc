/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-today.h"

#include "model/gez-derived.h"
#include "model/gez-draft-list.h"
#include "model/gez-view-private.h"

#define HOUSEHOLD_OF(x) x ".household_id, h.name AS household_name"
#define JOIN_HOUSEHOLD(x) " LEFT JOIN household h ON h.id = " x ".household_id "
#define TAB(x, tab) "CASE WHEN " x ".household_id IS NOT NULL THEN " tab " END AS tab"

#define APPOINTMENTS \
  "SELECT 'appointment' AS kind, a.id, " HOUSEHOLD_OF ("a") ", " TAB ("a", "'agenda'") \
  ", a.held_on AS day_on, a.title AS text, a.start_time, a.minutes, a.place, a.with_whom, a.state" \
  " FROM appointment a" JOIN_HOUSEHOLD ("a") \
  "WHERE a.withdrawn_at IS NULL AND h.withdrawn_at IS NULL AND " \
  GEZ_SQL_IS_MINE ("a.member_id", "a.household_id")

static const char appointments_sql[] =
  APPOINTMENTS " AND a.held_on = ?1 AND a.state IN ('planned', 'held')"
  " ORDER BY a.start_time NULLS FIRST, a.id";

static const char next_appointment_sql[] =
  APPOINTMENTS " AND a.held_on > ?1 AND a.state = 'planned'"
  " ORDER BY a.held_on, a.start_time NULLS FIRST, a.id LIMIT 1";

#define FOLLOWUPS \
  "SELECT 'followup' AS kind, f.id, " HOUSEHOLD_OF ("f") ", " \
  TAB ("f", "CASE WHEN f.referral_id IS NOT NULL THEN 'referrals'" \
            " WHEN f.goal_id IS NOT NULL THEN 'plan'" \
            " WHEN f.contact_id IS NOT NULL OR f.question_id IS NOT NULL THEN 'journal'" \
            " ELSE 'agenda' END") \
  ", f.due_on AS day_on, f.what AS text, f.kind AS followup_kind," \
  " f.owner_member_id AS member_id, " GEZ_SQL_FOLLOWUP_BASIS ("f") \
  " FROM followup f" JOIN_HOUSEHOLD ("f") \
  "WHERE " GEZ_SQL_IS_OPEN_FOLLOWUP ("f") " AND h.withdrawn_at IS NULL AND " \
  GEZ_SQL_IS_MINE ("f.owner_member_id", "f.household_id")

static const char overdue_sql[] = FOLLOWUPS " AND f.due_on < ?1 ORDER BY f.due_on, f.id";
static const char due_sql[] = FOLLOWUPS " AND f.due_on = ?1 ORDER BY f.id";

static const char no_news_sql[] =
  "SELECT 'referral' AS kind, r.id, " HOUSEHOLD_OF ("r") ", 'referrals' AS tab,"
  " e.happened_on AS day_on, coalesce(r.question, '') AS text, e.state, "
  GEZ_SQL_DAYS_SINCE ("e.happened_on") " AS days_without_news, "
  GEZ_SQL_PARTNER ("r") " AS partner"
  " FROM referral r" JOIN_HOUSEHOLD ("r") GEZ_SQL_JOIN_LATEST_EVENT ("r", "e")
  "WHERE r.row IN " GEZ_SQL_MY_REFERRALS
  " AND r.withdrawn_at IS NULL AND h.withdrawn_at IS NULL AND " GEZ_SQL_HAS_NO_NEWS ("r", "e")
  " ORDER BY e.happened_on, r.id";

static const char count_sql[] =
  "SELECT (SELECT count(*) FROM (" FOLLOWUPS " AND f.due_on <= ?1)) AS count,"
  " (SELECT count(*) FROM referral r" JOIN_HOUSEHOLD ("r") GEZ_SQL_JOIN_LATEST_EVENT ("r", "e")
  "WHERE r.row IN " GEZ_SQL_MY_REFERRALS
  " AND r.withdrawn_at IS NULL AND h.withdrawn_at IS NULL AND " GEZ_SQL_HAS_NO_NEWS ("r", "e")
  ") AS n_no_news";

static const char come_back_sql[] =
  "SELECT 'question' AS kind, q.id, " HOUSEHOLD_OF ("q") ", " TAB ("q", "'journal'")
  ", q.come_back_on AS day_on, q.content AS text, "
  GEZ_SQL_NAME_OF_PERSON ("q.person_id") " AS person_name"
  " FROM question q" JOIN_HOUSEHOLD ("q")
  "WHERE q.come_back_on <= ?1 AND q.done_on IS NULL AND q.withdrawn_at IS NULL"
  " AND h.withdrawn_at IS NULL AND " GEZ_SQL_CONTACT_STANDS ("q")
  " AND (q.household_id IS NULL OR q.household_id IN " GEZ_SQL_MY_HOUSEHOLDS ")"
  " ORDER BY q.come_back_on, q.id";

static gpointer
read_today (GezDatabase *database,
            gpointer     member,
            GError     **error)
{
  static const GezViewPart parts[] = {
    { "appointments", appointments_sql },
    { "next_appointment", next_appointment_sql },
    { "overdue", overdue_sql },
    { "due", due_sql },
    { "no_news", no_news_sql },
    { "come_back", come_back_sql },
  };
  g_autoptr (GezView) view = gez_view_read (database, parts, G_N_ELEMENTS (parts), member, error);

  if (view == NULL ||
      !gez_view_take (view, "drafts", gez_draft_list_read (database, error)))
    return NULL;
  return g_steal_pointer (&view);
}

GezQuery *
gez_today_query (const GezId *member)
{
  g_return_val_if_fail (member != NULL, NULL);

  return gez_query_new (read_today, gez_id_copy (member), g_free, g_object_unref);
}

static gpointer
read_count (GezDatabase *database,
            gpointer     member,
            GError     **error)
{
  static const GezViewPart parts[] = { { "count", count_sql } };

  return gez_view_read (database, parts, G_N_ELEMENTS (parts), member, error);
}

GezQuery *
gez_today_count_query (const GezId *member)
{
  g_return_val_if_fail (member != NULL, NULL);

  return gez_query_new (read_count, gez_id_copy (member), g_free, g_object_unref);
}
