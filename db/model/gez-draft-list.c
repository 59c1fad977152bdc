/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-draft-list.h"

static const char drafts_sql[] =
  "SELECT 'draft' AS kind, d.subject_id AS id, h.id AS household_id, h.name AS household_name,"
  " CASE WHEN h.id IS NOT NULL THEN substr(d.place, 1, d.mark - 1) END AS tab,"
  " CASE WHEN d.mark <= length(d.place) THEN substr(d.rest, 1, instr(d.rest || ':', ':') - 1) END"
  " AS form, local_date(d.saved_at) AS day_on, local_time(d.saved_at) AS at, '' AS text, d.place,"
  " d.content, d.saved_at"
  " FROM (SELECT *, instr(place || '#', '#') AS mark,"
  " substr(place, instr(place || '#', '#') + 1) AS rest FROM draft) d"
  " LEFT JOIN household h ON h.id = d.subject_id"
  " WHERE h.withdrawn_at IS NULL ORDER BY d.saved_at DESC, d.row DESC";

GPtrArray *
gez_draft_list_read (GezDatabase *database,
                     GError     **error)
{
  return gez_record_list (database, error, drafts_sql, GEZ_END);
}

/**
 * gez_draft_list_query:
 *
 * Returns: (transfer full): a query that gives a #GPtrArray of #GezRecord
 */
GezQuery *
gez_draft_list_query (void)
{
  return gez_record_query (drafts_sql, GEZ_END);
}
