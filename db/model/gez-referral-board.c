/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-referral-board.h"

#include "model/gez-derived.h"
#include "model/gez-search-words.h"
#include "store/gez-record.h"

/*
 * 1. The lines of a page are found first, with no more than the filter and the order need; what a
 *    line shows is then derived for that page alone.
 * 2. The heading of a section is a line among its referrals, so that pages, which know nothing of
 *    sections, fit together. Its identity is its name in 16 bytes: no UUID looks like that.
 * 3. The order is total (the row number breaks ties).
 * 4. What is counted over all pages stands in the first line of a page only, which is a heading: the
 *    other lines stay the same when a referral comes or goes.
 */

#define N_WORDS 4

typedef struct
{
  char *words[N_WORDS]; /* FTS5 expressions that must all be found; NULL: no more */
  GezId mine_of;
  char *stage;
  GezReferralBoardOrder order;
  guint offset;
  guint limit;
} Parameters;

/* ?3 stage, ?4 to ?7 words, ?8 limit, ?9 offset */

#define HAS_WORD(word) \
  " AND (" word " IS NULL OR h.row IN (SELECT rowid FROM household_search" \
  " WHERE household_search MATCH '{name} : ' || " word ")" \
  " OR r.row IN (SELECT rowid FROM referral_search WHERE referral_search MATCH " word ")" \
  " OR r.partner_id IN (SELECT p.id FROM partner_search JOIN partner p" \
  " ON p.row = partner_search.rowid WHERE partner_search MATCH '{name} : ' || " word "))"

#define STAGES "'to_send under_way waiting_list did_not_show arrived ended'"
#define STAGE GEZ_SQL_REFERRAL_STAGE ("e")
#define AGE "julianday(e.happened_on) * CASE " STAGE " WHEN 'ended' THEN -1 ELSE 1 END"

#define CALLS "'late today soon later'"
#define CALL_ON GEZ_SQL_CALL_BACK_ON ("r", "e")
#define CALL \
  "CASE WHEN " CALL_ON " < ?1 THEN 'late' WHEN " CALL_ON " = ?1 THEN 'today'" \
  " WHEN " CALL_ON " <= date(?1, '+7 days') THEN 'soon' ELSE 'later' END"

#define BOARD(section, sections, sort_key, condition) \
  "WITH found AS MATERIALIZED (SELECT r.row, e.row AS event_row, " section " AS section, " \
  sort_key " AS sort_key FROM referral r JOIN household h ON h.id = r.household_id" \
  GEZ_SQL_JOIN_LATEST_EVENT ("r", "e") \
  "WHERE r.withdrawn_at IS NULL AND h.withdrawn_at IS NULL" \
  " AND (?2 IS NULL OR r.row IN " GEZ_SQL_MY_REFERRALS ")" \
  HAS_WORD ("?4") HAS_WORD ("?5") HAS_WORD ("?6") HAS_WORD ("?7") \
  " AND CASE WHEN ?3 IS NULL THEN " STAGE " <> 'ended' ELSE " STAGE " = ?3 END" condition ")," \
  " line AS (SELECT section, 1 AS is_heading, NULL AS sort_key, NULL AS row, NULL AS event_row," \
  " count(*) AS n_referrals FROM found GROUP BY section" \
  " UNION ALL SELECT section, 0, sort_key, row, event_row, NULL FROM found)," \
  " page AS MATERIALIZED (SELECT line.*, row_number() OVER (ORDER BY instr(" sections ", section)," \
  " is_heading DESC, sort_key, row) AS number, count(*) OVER () AS n_lines," \
  " sum(is_heading = 0) OVER () AS n_total FROM line ORDER BY number LIMIT ?8 OFFSET ?9)" \
  " SELECT coalesce(r.id, CAST(substr(page.section || '                ', 1, 16) AS BLOB)) AS id," \
  " page.section, page.is_heading, page.n_referrals," \
  " CASE page.number WHEN ?9 + 1 THEN page.n_lines END AS n_lines," \
  " CASE page.number WHEN ?9 + 1 THEN page.n_total END AS n_total," \
  " r.household_id, h.name AS household_name, r.question, " GEZ_SQL_PARTNER ("r") " AS partner," \
  " (SELECT np.phone FROM partner np WHERE np.id = r.partner_id) AS phone, " \
  GEZ_SQL_DOMAIN_CODE ("r.domain_id") " AS domain_code, " \
  GEZ_SQL_NAME_OF_PERSON ("r.person_id") " AS person_name, " \
  GEZ_SQL_NAME_OF ("member", "r.by_member_id") " AS by_name, r.by_member_id," \
  " e.state, e.happened_on AS state_on, " \
  GEZ_SQL_DAYS_SINCE ("e.happened_on") " AS days_in_state, " \
  "coalesce(" GEZ_SQL_HAS_NO_NEWS ("r", "e") ", 0) AS has_no_news, " \
  CALL_ON " AS call_back_on" \
  " FROM page LEFT JOIN referral r ON r.row = page.row" \
  " LEFT JOIN referral_event e ON e.row = page.event_row" \
  " LEFT JOIN household h ON h.id = r.household_id ORDER BY page.number"

static const char *const board_sql[] = {
  [GEZ_REFERRAL_BOARD_BY_STATE] = BOARD (STAGE, STAGES, AGE, ""),
  [GEZ_REFERRAL_BOARD_BY_CALL_BACK] = BOARD (CALL, CALLS, CALL_ON,
                                             " AND " CALL_ON " IS NOT NULL"),
};

static void
parameters_free (Parameters *parameters)
{
  for (guint i = 0; i < N_WORDS; i++)
    g_free (parameters->words[i]);
  g_free (parameters->stage);
  g_free (parameters);
}

static gpointer
read_board (GezDatabase *database,
            gpointer     data,
            GError     **error)
{
  const Parameters *parameters = data;
  g_autofree char *today = gez_clock_get_today (gez_database_get_clock (database));
  GPtrArray *lines;
  gint64 n_lines = parameters->offset, n_total = 0;

  lines = gez_record_list (database, error, board_sql[parameters->order], GEZ_TEXT, today, GEZ_ID,
                           &parameters->mine_of, GEZ_TEXT, parameters->stage, GEZ_TEXT,
                           parameters->words[0], GEZ_TEXT, parameters->words[1], GEZ_TEXT,
                           parameters->words[2], GEZ_TEXT, parameters->words[3], GEZ_INTEGER,
                           (gint64) parameters->limit, GEZ_INTEGER, (gint64) parameters->offset,
                           GEZ_END);
  if (lines == NULL)
    return NULL;

  if (lines->len > 0)
    {
      n_lines = gez_record_get_integer (g_ptr_array_index (lines, 0), "n_lines");
      n_total = gez_record_get_integer (g_ptr_array_index (lines, 0), "n_total");
    }
  return gez_page_new (lines, parameters->offset + lines->len < n_lines, (int) n_total);
}

/**
 * gez_referral_board_query:
 * @filter: which referrals in which order; copied
 * @offset: number of lines before the page
 * @limit: most lines in the page
 *
 * A page of Doorverwijzingen: the referrals of all households, in sections. The result holds a
 * #GezRecord per line, with `id`, `section` and `is_heading`; its total counts referrals alone.
 *
 * - A heading has `n_referrals` of its section.
 * - A referral has `household_id`, `household_name`, `partner` (name), `phone` (of the partner),
 *   `domain_code`, `person_name` (NULL: the whole family), `question`, `by_name`, `by_member_id`,
 *   `state`, `state_on`, `days_in_state`, `has_no_news` and `call_back_on` (NULL: nobody waits).
 *
 * Returns: (transfer full): a query that gives a #GezPage of #GezRecord
 */
GezQuery *
gez_referral_board_query (const GezReferralBoardFilter *filter,
                          guint                         offset,
                          guint                         limit)
{
  Parameters *parameters;
  g_auto (GStrv) words = NULL;

  g_return_val_if_fail (filter != NULL, NULL);
  g_return_val_if_fail (filter->order < G_N_ELEMENTS (board_sql), NULL);

  parameters = g_new0 (Parameters, 1);
  words = gez_search_words (filter->search, N_WORDS);
  for (guint i = 0; words[i] != NULL; i++)
    parameters->words[i] = gez_search_word_to_match (words[i], TRUE);
  parameters->mine_of = filter->mine_of;
  parameters->stage = g_strdup (filter->stage);
  parameters->order = filter->order;
  parameters->offset = offset;
  parameters->limit = limit;
  return gez_query_new (read_board, parameters, (GDestroyNotify) parameters_free, g_object_unref);
}
