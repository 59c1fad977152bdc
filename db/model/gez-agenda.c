/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-agenda.h"

#include "model/gez-derived.h"

typedef struct
{
  char *from_on;
  char *to_on;
  GezId mine_of;
  GezId household;
  gboolean with_done;
  guint per_day;
} Parameters;

/* ?2 the member (none: everybody), ?3 and ?4 first and last day, ?5 the household (none: all),
 * ?6 whether what is over is shown as well, ?7 how many of a day at a time and how many without one
 * (0: all) */

#define IS_WANTED(x, owner) \
  x ".withdrawn_at IS NULL AND h.withdrawn_at IS NULL" \
  " AND (?5 IS NULL OR " x ".household_id = ?5)" \
  " AND (?2 IS NULL OR " GEZ_SQL_IS_MINE (owner, x ".household_id") ")"

#define ENTRIES \
  "SELECT 'appointment' AS kind, a.id AS id, a.household_id, h.name AS household_name," \
  " a.held_on AS day_on, a.start_time AS start_time, a.minutes, a.title AS text, a.place," \
  " a.with_whom, a.member_id," \
  " " GEZ_SQL_NAME_OF ("member", "a.member_id") " AS member_name, a.state," \
  " 0 AS is_overdue, NULL AS followup_kind, 0 AS is_suggested," \
  " 0 AS rhythm_days, NULL AS goal_id, NULL AS referral_id, NULL AS contact_id," \
  " NULL AS question_id, NULL AS domain_id" \
  " FROM appointment a LEFT JOIN household h ON h.id = a.household_id" \
  " WHERE a.held_on BETWEEN ?3 AND ?4 AND (?6 OR a.state <> 'cancelled') AND " \
  IS_WANTED ("a", "a.member_id") \
  " UNION ALL SELECT 'followup', f.id, f.household_id, h.name, f.due_on, NULL, NULL, f.what, NULL," \
  " NULL, f.owner_member_id, " GEZ_SQL_NAME_OF ("member", "f.owner_member_id") "," \
  " CASE WHEN f.done_on IS NOT NULL THEN 'done' WHEN f.cancelled_on IS NOT NULL THEN 'cancelled'" \
  " ELSE 'open' END, " GEZ_SQL_IS_OVERDUE ("f") ", f.kind, f.is_suggested, " \
  GEZ_SQL_FOLLOWUP_BASIS ("f") \
  " FROM followup f LEFT JOIN household h ON h.id = f.household_id" \
  " WHERE f.due_on BETWEEN ?3 AND ?4" \
  " AND (?6 OR (f.done_on IS NULL AND f.cancelled_on IS NULL)) AND " \
  IS_WANTED ("f", "f.owner_member_id")

/* A view shows a few entries of a day and counts the rest: only those few are given. */
static const char agenda_sql[] =
  "SELECT * FROM (SELECT e.*, count(*) OVER day AS n_on_day,"
  " count(*) FILTER (WHERE kind = 'appointment') OVER day AS n_appointments_on_day,"
  " count(start_time) OVER day AS n_timed_on_day, row_number() OVER (PARTITION BY day_on,"
  " start_time IS NULL ORDER BY start_time, kind, id) AS turn FROM (" ENTRIES ") e"
  " WINDOW day AS (PARTITION BY day_on))"
  " WHERE ?7 = 0 OR turn <= ?7 ORDER BY day_on, start_time NULLS FIRST, kind, id";

static void
parameters_free (Parameters *parameters)
{
  g_free (parameters->from_on);
  g_free (parameters->to_on);
  g_free (parameters);
}

static gpointer
read_agenda (GezDatabase *database,
             gpointer     data,
             GError     **error)
{
  const Parameters *parameters = data;
  g_autofree char *today = gez_clock_get_today (gez_database_get_clock (database));

  return gez_record_list (database, error, agenda_sql, GEZ_TEXT, today, GEZ_ID,
                          &parameters->mine_of, GEZ_TEXT, parameters->from_on, GEZ_TEXT,
                          parameters->to_on, GEZ_ID, &parameters->household, GEZ_INTEGER,
                          (gint64) parameters->with_done, GEZ_INTEGER, (gint64) parameters->per_day,
                          GEZ_END);
}

GezQuery *
gez_agenda_query (const GezAgendaFilter *filter)
{
  Parameters *parameters;

  g_return_val_if_fail (filter != NULL, NULL);
  g_return_val_if_fail (filter->from_on != NULL && filter->to_on != NULL, NULL);

  parameters = g_new0 (Parameters, 1);
  parameters->from_on = g_strdup (filter->from_on);
  parameters->to_on = g_strdup (filter->to_on);
  parameters->mine_of = filter->mine_of;
  parameters->household = filter->household;
  parameters->with_done = filter->with_done;
  parameters->per_day = filter->per_day;
  return gez_query_new (read_agenda, parameters, (GDestroyNotify) parameters_free,
                        (GDestroyNotify) g_ptr_array_unref);
}

GezQuery *
gez_agenda_row_query (const char  *kind,
                      const GezId *id)
{
  gboolean is_appointment;

  g_return_val_if_fail (kind != NULL && !gez_id_is_none (id), NULL);

  is_appointment = g_str_equal (kind, "appointment");
  return gez_record_query (is_appointment
                             ? "SELECT * FROM appointment WHERE id = ? AND withdrawn_at IS NULL"
                             : "SELECT * FROM followup WHERE id = ? AND withdrawn_at IS NULL",
                           GEZ_ID, id, GEZ_END);
}
