/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-database.h"

G_BEGIN_DECLS

/*
 * Values that are derived and never stored, each defined here and nowhere else, as pieces of SQL
 * that the queries of this module are put together from.
 *
 * 1. ?1 is today (YYYY-MM-DD) and ?2 the current member wherever a piece needs them.
 * 2. The argument of a piece is the alias of the table that the outer query reads.
 * 3. A withdrawn row counts nowhere, and what hangs on it neither.
 */

/* Days without news after which a referral asks for attention, unless a call-back date was set. */
#define GEZ_NO_NEWS_DAYS "14"

/* Days without contact after which a file is stale, unless the household has its own rhythm. */
#define GEZ_CONTACT_RHYTHM_DAYS 30

#define GEZ_SQL_PERSON_NAME(p) "trim(" p ".first_name || ' ' || coalesce(" p ".last_name, ''))"

/* A helper is somebody of the team, of a partner, or a name of its own. */
#define GEZ_SQL_HELPER_NAME(x) \
  "coalesce(" x ".name, " \
  "(SELECT name FROM member WHERE id = " x ".member_id), " \
  "(SELECT name FROM partner WHERE id = " x ".partner_id), " \
  "(SELECT " GEZ_SQL_PERSON_NAME ("person") " FROM person WHERE id = " x ".person_id))"

/* Who a step is for: somebody of the family, a helper, a member of the team or a partner. */
#define GEZ_SQL_STEP_OWNER(s) \
  "coalesce(" \
  "(SELECT " GEZ_SQL_PERSON_NAME ("person") " FROM person WHERE id = " s ".owner_person_id), " \
  "(SELECT " GEZ_SQL_HELPER_NAME ("helper") " FROM helper WHERE id = " s ".owner_helper_id), " \
  "(SELECT name FROM member WHERE id = " s ".owner_member_id), " \
  "(SELECT name FROM partner WHERE id = " s ".owner_partner_id))"
#define GEZ_SQL_STEP_OWNER_KIND(s) \
  "CASE WHEN " s ".owner_person_id IS NOT NULL THEN 'person'" \
  " WHEN " s ".owner_helper_id IS NOT NULL THEN 'helper'" \
  " WHEN " s ".owner_member_id IS NOT NULL THEN 'member'" \
  " WHEN " s ".owner_partner_id IS NOT NULL THEN 'partner' END"

/* Trajectory: the state is what the latest event of all trajectories of the household says. */
#define GEZ_SQL_TRAJECTORY_STATE(h) \
  "(SELECT e.state FROM trajectory t JOIN trajectory_event e ON e.trajectory_id = t.id" \
  " WHERE t.household_id = " h ".id AND t.withdrawn_at IS NULL AND e.withdrawn_at IS NULL" \
  " ORDER BY e.happened_on DESC, e.id DESC LIMIT 1)"

/* Membership: it counts on the days from from_on up to, not including, to_on; open ends count. */
#define GEZ_SQL_IS_CURRENT_MEMBERSHIP(m) \
  "(" m ".withdrawn_at IS NULL AND (" m ".from_on IS NULL OR " m ".from_on <= ?1)" \
  " AND (" m ".to_on IS NULL OR " m ".to_on > ?1))"

/* Helper: around the family until until_on. */
#define GEZ_SQL_IS_CURRENT_HELPER(x) \
  "(" x ".withdrawn_at IS NULL AND (" x ".until_on IS NULL OR " x ".until_on > ?1))"

/* Contact person: the current helper marked so; the newest when there are several. */
#define GEZ_SQL_CONTACT_PERSON(h) \
  "(SELECT " GEZ_SQL_HELPER_NAME ("hc") " FROM helper hc WHERE hc.household_id = " h ".id" \
  " AND hc.is_contact_person = 1 AND " GEZ_SQL_IS_CURRENT_HELPER ("hc") \
  " ORDER BY hc.since_on DESC, hc.id DESC LIMIT 1)"

/* Mine: I am its contact person, or I carry a trajectory of it. */
#define GEZ_SQL_IS_MY_HOUSEHOLD(id) \
  "(EXISTS (SELECT 1 FROM helper hm WHERE hm.household_id = " id " AND hm.member_id = ?2" \
  " AND hm.is_contact_person = 1 AND " GEZ_SQL_IS_CURRENT_HELPER ("hm") ")" \
  " OR EXISTS (SELECT 1 FROM trajectory tm WHERE tm.household_id = " id \
  " AND tm.member_id = ?2 AND tm.withdrawn_at IS NULL))"

/* Last contact: the latest moment that was made (an attempt is none) and is not in the future. */
#define GEZ_SQL_LAST_CONTACT_AT(h, now) \
  "(SELECT max(lc.happened_at) FROM contact lc WHERE lc.household_id = " h ".id" \
  " AND lc.happened_at <= " now " AND lc.is_attempt = 0 AND lc.withdrawn_at IS NULL)"

/* Referral: the state is that of the latest event by date, then by identity (which is by time). */
#define GEZ_SQL_REFERRAL_EVENT(column, r) \
  "(SELECT re." column " FROM referral_event re WHERE re.referral_id = " r ".id" \
  " AND re.withdrawn_at IS NULL ORDER BY re.happened_on DESC, re.id DESC LIMIT 1)"
#define GEZ_SQL_REFERRAL_STATE(r) GEZ_SQL_REFERRAL_EVENT ("state", r)
#define GEZ_SQL_REFERRAL_NEWS_ON(r) GEZ_SQL_REFERRAL_EVENT ("happened_on", r)

/* No news: still on its way, and the call-back day came; without one, 14 days since the event. */
#define GEZ_SQL_STATE_IS_WAITING(state) \
  state " IN ('prepared', 'family_agrees', 'sent', 'accepted', 'waiting_list')"
#define GEZ_SQL_HAS_NO_NEWS(r) \
  "(" r ".withdrawn_at IS NULL" \
  " AND " GEZ_SQL_STATE_IS_WAITING (GEZ_SQL_REFERRAL_STATE (r)) \
  " AND CASE WHEN " r ".call_back_on > " GEZ_SQL_REFERRAL_NEWS_ON (r) \
  " THEN " r ".call_back_on <= ?1" \
  " ELSE " GEZ_SQL_REFERRAL_NEWS_ON (r) " <= date(?1, '-" GEZ_NO_NEWS_DAYS " days') END)"

/* Follow-up: open until it is done, cancelled or withdrawn; a suggestion is nobody's duty yet. */
#define GEZ_SQL_IS_OPEN_FOLLOWUP(f) \
  "(" f ".done_on IS NULL AND " f ".cancelled_on IS NULL AND " f ".withdrawn_at IS NULL" \
  " AND " f ".is_suggested = 0)"
#define GEZ_SQL_IS_OVERDUE(f) "(" GEZ_SQL_IS_OPEN_FOLLOWUP (f) " AND " f ".due_on < ?1)"

/* Assessment: each field of a voice keeps its latest value until that voice gives another one. */
#define GEZ_SQL_LATEST_FIELD(column, household, domain, voice, skip) \
  "(SELECT la." column " FROM assessment la WHERE la.household_id = " household \
  " AND la.domain_id = " domain " AND la.voice = '" voice "' AND la." column " IS NOT NULL" \
  " AND la.withdrawn_at IS NULL ORDER BY la.assessed_on DESC, la.id DESC LIMIT 1 OFFSET " skip ")"

/* Age on ?1, in whole years: by birth date, else from the estimate and the day it was made. */
int      gez_derived_age      (const char *born_on,
                               int         estimated_age,
                               const char *estimated_on,
                               const char *today);
int      gez_derived_days_since (GezClock *clock,
                               gint64      happened_at,
                               const char *today);
gboolean gez_derived_is_stale (const char *trajectory_state,
                               int         days_since_contact,
                               int         contact_rhythm_days);

G_END_DECLS
