/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Values that are derived and never stored, each defined here and nowhere else, as pieces of SQL
 * that the queries of this module are put together from.
 *
 * 1. ?1 is today (YYYY-MM-DD) and ?2 the current member wherever a piece needs them.
 * 2. The arguments of a piece are the aliases of tables that the outer query reads.
 * 3. A withdrawn row counts nowhere, and what hangs on it neither.
 * 4. local_date (instant) and local_midnight (date) are functions of the store, in the team's zone.
 */

/* Names. A helper is somebody of the team, of a partner or of the family, or a name of its own. */
#define GEZ_SQL_PERSON_NAME(p) "trim(" p ".first_name || ' ' || coalesce(" p ".last_name, ''))"
#define GEZ_SQL_NAME_OF_PERSON(id) \
  "(SELECT " GEZ_SQL_PERSON_NAME ("np") " FROM person np WHERE np.id = " id ")"
#define GEZ_SQL_NAME_OF(table, id) "(SELECT nt.name FROM " table " nt WHERE nt.id = " id ")"
#define GEZ_SQL_HELPER_NAME(x) \
  "coalesce(" x ".name, " GEZ_SQL_NAME_OF ("member", x ".member_id") ", " \
  GEZ_SQL_NAME_OF_PERSON (x ".person_id") ", " GEZ_SQL_NAME_OF ("partner", x ".partner_id") ")"
#define GEZ_SQL_NAME_OF_HELPER(id) \
  "(SELECT " GEZ_SQL_HELPER_NAME ("nh") " FROM helper nh WHERE nh.id = " id ")"
#define GEZ_SQL_DOMAIN_CODE(id) "(SELECT nd.code FROM domain nd WHERE nd.id = " id ")"

/* Owner of a step: somebody of the family, a helper, a member of the team or a partner. */
#define GEZ_SQL_STEP_OWNER(s) \
  "coalesce(" GEZ_SQL_NAME_OF_PERSON (s ".owner_person_id") ", " \
  GEZ_SQL_NAME_OF_HELPER (s ".owner_helper_id") ", " \
  GEZ_SQL_NAME_OF ("member", s ".owner_member_id") ", " \
  GEZ_SQL_NAME_OF ("partner", s ".owner_partner_id") ")"
#define GEZ_SQL_STEP_OWNER_KIND(s) \
  "CASE WHEN " s ".owner_person_id IS NOT NULL THEN 'person'" \
  " WHEN " s ".owner_helper_id IS NOT NULL THEN 'helper'" \
  " WHEN " s ".owner_member_id IS NOT NULL THEN 'member'" \
  " WHEN " s ".owner_partner_id IS NOT NULL THEN 'partner' END"

/* Goals and steps. Open goals by priority, then ended ones; steps to do by date, then done ones. */
#define GEZ_SQL_COUNT_STEPS(g) \
  "(SELECT count(*) FROM step cs WHERE cs.goal_id = " g ".id AND cs.withdrawn_at IS NULL)" \
  " AS n_steps, (SELECT count(*) FROM step cs WHERE cs.goal_id = " g ".id" \
  " AND cs.withdrawn_at IS NULL AND cs.done_on IS NOT NULL) AS n_done_steps"
#define GEZ_SQL_GOAL_ORDER(g) \
  g ".state <> 'open', " g ".ended_on DESC, " g ".priority NULLS LAST, " g ".id"
#define GEZ_SQL_STEP_COLUMNS(s) \
  s ".*, " GEZ_SQL_STEP_OWNER (s) " AS owner_name, " GEZ_SQL_STEP_OWNER_KIND (s) \
  " AS owner_kind, (" s ".done_on IS NULL AND coalesce(" s ".due_on < ?1, 0)) AS is_late"
#define GEZ_SQL_STEP_ORDER(s) \
  s ".done_on IS NOT NULL, " s ".done_on DESC, " s ".due_on NULLS LAST, " s ".id"

/* Age: whole years on ?1, by birth date, else by the estimate and the years since it was made. */
#define GEZ_SQL_YEARS_SINCE(day) \
  "(CAST(substr(?1, 1, 4) AS INTEGER) - CAST(substr(" day ", 1, 4) AS INTEGER)" \
  " - (substr(?1, 6) < substr(" day ", 6)))"
#define GEZ_SQL_AGE(p) \
  "CASE WHEN " p ".born_on > ?1 THEN NULL" \
  " WHEN " p ".born_on IS NOT NULL THEN " GEZ_SQL_YEARS_SINCE (p ".born_on") \
  " WHEN " p ".estimated_age IS NOT NULL THEN " p ".estimated_age" \
  " + max(0, " GEZ_SQL_YEARS_SINCE ("coalesce(" p ".age_estimated_on, ?1)") ") END"

/* Membership: it counts from from_on up to, not including, to_on; an end that is open counts. */
#define GEZ_SQL_IS_CURRENT_MEMBERSHIP(m) \
  "(" m ".withdrawn_at IS NULL AND (" m ".from_on IS NULL OR " m ".from_on <= ?1)" \
  " AND (" m ".to_on IS NULL OR " m ".to_on > ?1))"

/* Members are told in this order: who is no child first, then by age, unknown ages last. */
#define GEZ_SQL_MEMBER_ORDER(m) m ".role IS 'child', age IS NULL, age DESC, first_name"

#define GEZ_SQL_MEMBER_COLUMNS(p, m) \
  p ".*, " m ".id AS membership_id, " m ".role, " m ".residence, " m ".custody, " m ".from_on, " \
  m ".to_on, " GEZ_SQL_PERSON_NAME (p) " AS name, " GEZ_SQL_AGE (p) " AS age"

/* Helper: around the family up to, not including, until_on. */
#define GEZ_SQL_IS_CURRENT_HELPER(x) \
  "(" x ".withdrawn_at IS NULL AND (" x ".until_on IS NULL OR " x ".until_on > ?1))"

/* Contact person: the current helper who is marked so; the newest when there are several. */
#define GEZ_SQL_CONTACT_PERSON(h) \
  "(SELECT " GEZ_SQL_HELPER_NAME ("hc") " FROM helper hc WHERE hc.household_id = " h ".id" \
  " AND hc.is_contact_person = 1 AND " GEZ_SQL_IS_CURRENT_HELPER ("hc") \
  " ORDER BY hc.since_on DESC, hc.id DESC LIMIT 1)"

/* My household: I am its contact person, or I carry a trajectory of it. */
#define GEZ_SQL_MY_HOUSEHOLDS \
  "(SELECT hm.household_id FROM helper hm WHERE hm.member_id = ?2 AND hm.is_contact_person = 1" \
  " AND " GEZ_SQL_IS_CURRENT_HELPER ("hm") " UNION SELECT tm.household_id FROM trajectory tm" \
  " WHERE tm.member_id = ?2 AND tm.withdrawn_at IS NULL)"

/* Mine: what I own, and what nobody owns in a household of mine or without a household. */
#define GEZ_SQL_IS_MINE(owner, household) \
  "(" owner " = ?2 OR (" owner " IS NULL AND (" household " IS NULL OR " household " IN " \
  GEZ_SQL_MY_HOUSEHOLDS ")))"

/* Trajectory: the state is that of the latest event up to today of all trajectories together. */
#define GEZ_SQL_TRAJECTORY_STATE(h) \
  "(SELECT te.state FROM trajectory tt JOIN trajectory_event te ON te.trajectory_id = tt.id" \
  " WHERE tt.household_id = " h ".id AND tt.withdrawn_at IS NULL AND te.withdrawn_at IS NULL" \
  " AND te.happened_on <= ?1 ORDER BY te.happened_on DESC, te.id DESC LIMIT 1)"
#define GEZ_SQL_TRAJECTORY_START(h) \
  "(SELECT min(te.happened_on) FROM trajectory tt" \
  " JOIN trajectory_event te ON te.trajectory_id = tt.id" \
  " WHERE tt.household_id = " h ".id AND tt.withdrawn_at IS NULL AND te.withdrawn_at IS NULL)"

/* What was written at a contact stands as long as that contact does. */
#define GEZ_SQL_CONTACT_STANDS(x) \
  "NOT EXISTS (SELECT 1 FROM contact sc WHERE sc.id = " x ".contact_id" \
  " AND sc.withdrawn_at IS NOT NULL)"

/* Last contact: the latest one that was made (an attempt is none), tomorrow's mistakes left out. */
#define GEZ_SQL_LAST_CONTACT_AT(h) \
  "(SELECT lc.happened_at FROM contact lc WHERE lc.household_id = " h ".id" \
  " AND lc.happened_at < local_midnight(date(?1, '+1 day')) AND lc.is_attempt = 0" \
  " AND lc.withdrawn_at IS NULL ORDER BY lc.happened_at DESC LIMIT 1)"
#define GEZ_SQL_DAYS_SINCE(day) "CAST(julianday(?1) - julianday(" day ") AS INTEGER)"

/* Stale: open and not paused, and more days than the household's rhythm (30 unless it has its own)
 * since the last contact; without any contact, since its trajectory started. */
#define GEZ_SQL_IS_STALE(h, state, last_contact_on) \
  "coalesce(" state " IN ('intake', 'active', 'aftercare') AND " \
  GEZ_SQL_DAYS_SINCE ("coalesce(" last_contact_on ", " GEZ_SQL_TRAJECTORY_START (h) ")") \
  " > coalesce(" h ".contact_rhythm_days, 30), 0)"

/* Referral: its state is that of its latest event, by day, then by identity. Join r with this. */
#define GEZ_SQL_JOIN_LATEST_EVENT(r, e) \
  " LEFT JOIN referral_event " e " ON " e ".row = (SELECT le.row FROM referral_event le" \
  " WHERE le.referral_id = " r ".id AND le.withdrawn_at IS NULL" \
  " ORDER BY le.happened_on DESC, le.id DESC LIMIT 1) "
#define GEZ_SQL_IS_WAITING(e) \
  "coalesce(" e ".state IN ('prepared', 'family_agrees', 'sent', 'accepted', 'waiting_list'), 0)"
#define GEZ_SQL_PARTNER(r) \
  "coalesce(" GEZ_SQL_NAME_OF ("partner", r ".partner_id") ", " r ".partner_name)"

/* Unchecked: for more than a year nobody made sure that what stands in the social map is right. */
#define GEZ_SQL_IS_UNCHECKED(p) "(coalesce(" p ".checked_on, '') < date(?1, '-1 year'))"

/* Mine: I made it, or its household is mine. */
#define GEZ_SQL_MY_REFERRALS \
  "(SELECT mb.row FROM referral mb WHERE mb.by_member_id = ?2 UNION SELECT mh.row" \
  " FROM referral mh WHERE mh.household_id IN " GEZ_SQL_MY_HOUSEHOLDS ")"

/* Stage: what comes next, whoever must do it. */
#define GEZ_SQL_REFERRAL_STAGE(e) \
  "CASE WHEN coalesce(" e ".state, 'prepared') IN ('prepared', 'family_agrees') THEN 'to_send'" \
  " WHEN " e ".state IN ('sent', 'accepted') THEN 'under_way'" \
  " WHEN " e ".state IN ('waiting_list', 'did_not_show', 'arrived') THEN " e ".state" \
  " ELSE 'ended' END"

/* News is expected by the call-back day that was set after the last event; without such a day, 14
 * days after the last event. No news: on its way, and that day has come. */
#define GEZ_SQL_NEWS_EXPECTED_ON(r, e) \
  "CASE WHEN " r ".call_back_on > " e ".happened_on THEN " r ".call_back_on" \
  " ELSE date(" e ".happened_on, '+14 days') END"
#define GEZ_SQL_HAS_NO_NEWS(r, e) \
  "(" GEZ_SQL_IS_WAITING (e) " AND " GEZ_SQL_NEWS_EXPECTED_ON (r, e) " <= ?1)"

/* Call-back: the open follow-ups that ask for news of a referral. Its day is that of the first of
 * them; without any, the day by which news is expected while it is on its way. An end asks for no
 * calls. */
#define GEZ_SQL_IS_CALL_BACK(f) "(" f ".kind = 'call_back' AND " GEZ_SQL_IS_OPEN_FOLLOWUP (f) ")"
#define GEZ_SQL_CALL_BACK_ON(r, e) \
  "CASE WHEN " GEZ_SQL_REFERRAL_STAGE (e) " <> 'ended' THEN" \
  " coalesce((SELECT min(fc.due_on) FROM followup fc WHERE fc.referral_id = " r ".id" \
  " AND " GEZ_SQL_IS_CALL_BACK ("fc") "), CASE WHEN " GEZ_SQL_IS_WAITING (e) " THEN " \
  GEZ_SQL_NEWS_EXPECTED_ON (r, e) " END) END"

/* Flag: from from_on up to and including until_on, unless it was resolved. */
#define GEZ_SQL_IS_CURRENT_FLAG(f) \
  "(" f ".resolved_on IS NULL AND (" f ".from_on IS NULL OR " f ".from_on <= ?1)" \
  " AND (" f ".until_on IS NULL OR " f ".until_on >= ?1))"

/* Follow-up: open until done, cancelled or withdrawn; a suggestion is nobody's duty yet. */
#define GEZ_SQL_IS_OPEN_FOLLOWUP(f) \
  "(" f ".done_on IS NULL AND " f ".cancelled_on IS NULL AND " f ".withdrawn_at IS NULL" \
  " AND " f ".is_suggested = 0)"
#define GEZ_SQL_IS_OVERDUE(f) \
  "(" GEZ_SQL_IS_OPEN_FOLLOWUP (f) " AND " f ".due_on < ?1)"

/* What the next one of a follow-up with a rhythm is planned from; its domain decides who reads it. */
#define GEZ_SQL_FOLLOWUP_BASIS(f) \
  f ".rhythm_days, " f ".goal_id, " f ".referral_id, " f ".contact_id, " f ".question_id," \
  " coalesce((SELECT bg.domain_id FROM goal bg WHERE bg.id = " f ".goal_id)," \
  " (SELECT br.domain_id FROM referral br WHERE br.id = " f ".referral_id)," \
  " (SELECT bq.domain_id FROM question bq WHERE bq.id = " f ".question_id)) AS domain_id"

/* Assessment: each field of a voice keeps its latest value until that voice gives another one;
 * skip 1 gives the value before. */
#define GEZ_SQL_LATEST_FIELD(column, household, domain, voice, skip) \
  "(SELECT la." column " FROM assessment la WHERE la.household_id = " household \
  " AND la.domain_id = " domain " AND la.voice = " voice " AND la." column " IS NOT NULL" \
  " AND la.withdrawn_at IS NULL ORDER BY la.assessed_on DESC, la.id DESC LIMIT 1 OFFSET " skip ")"
