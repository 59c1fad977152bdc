/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-record.h"

G_BEGIN_DECLS

/**
 * GezAgendaFilter:
 * @from_on: first day (YYYY-MM-DD)
 * @to_on: last day, included
 * @mine_of: only what this member holds or owns, or nobody holds in a household of this member;
 *   none for everybody
 * @household: only this household; none for all
 * @with_done: done follow-ups and cancelled appointments too
 * @per_day: at most so many entries of one day that have a time, and so many that have none, the
 *   appointments first; 0 for all
 */
typedef struct
{
  const char *from_on;
  const char *to_on;
  GezId mine_of;
  GezId household;
  gboolean with_done;
  guint per_day;
} GezAgendaFilter;

/**
 * gez_agenda_query:
 * @filter: what to show
 *
 * Appointments and follow-ups by day, whole-day ones first, then by time. Each record has `kind`
 * (appointment, followup), `id`, `household_id`, `household_name`, `day_on`, `start_time`,
 * `minutes`, `text`, `place`, `with_whom`, `member_id` and `member_name` (who holds or owns it),
 * `state` (of an appointment: planned, held, cancelled, missed; of a follow-up: open, done,
 * cancelled), `is_overdue`, `followup_kind`, `is_suggested`; and what a follow-up with a
 * rhythm is planned again from: `rhythm_days`, `goal_id`, `referral_id`, `contact_id`,
 * `question_id`, `domain_id` (of what it hangs on). Whatever @per_day is, `n_on_day`,
 * `n_appointments_on_day` and `n_timed_on_day` count everything on its day.
 *
 * Returns: (transfer full): a query that gives a #GPtrArray of #GezRecord
 */
GezQuery *gez_agenda_query (const GezAgendaFilter *filter);

/**
 * gez_agenda_row_query:
 * @kind: appointment or followup
 * @id: which one
 *
 * Returns: (transfer full): a query that gives a #GPtrArray with one #GezRecord, all columns of its
 *   table, or without any when it was withdrawn
 */
GezQuery *gez_agenda_row_query (const char  *kind,
                                const GezId *id);

G_END_DECLS
