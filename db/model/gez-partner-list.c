/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-partner-list.h"

#include "model/gez-derived.h"
#include "model/gez-search-words.h"

typedef struct
{
  char *match; /* NULL: all partners */
  char *domain_code;
  guint limit;
} Parameters;

/* ?1 the FTS5 expression, ?2 the code of a domain, ?3 the limit */
static const char list_sql[] =
  "SELECT p.*, (SELECT count(*) FROM referral r" GEZ_SQL_JOIN_LATEST_EVENT ("r", "e")
  "WHERE r.partner_id = p.id AND r.withdrawn_at IS NULL AND " GEZ_SQL_IS_WAITING ("e")
  ") AS n_referrals"
  " FROM partner p WHERE p.withdrawn_at IS NULL"
  " AND (?1 IS NULL OR p.row IN (SELECT rowid FROM partner_search WHERE partner_search MATCH ?1))"
  " AND (?2 IS NULL OR instr(';' || replace(p.domains, ' ', '') || ';', ';' || ?2 || ';') > 0)"
  " ORDER BY p.name COLLATE dictionary, p.row LIMIT ?3";

static void
parameters_free (Parameters *parameters)
{
  g_free (parameters->match);
  g_free (parameters->domain_code);
  g_free (parameters);
}

static gpointer
read_list (GezDatabase *database,
           gpointer     data,
           GError     **error)
{
  const Parameters *parameters = data;

  return gez_record_list (database, error, list_sql, GEZ_TEXT, parameters->match, GEZ_TEXT,
                          parameters->domain_code, GEZ_INTEGER, (gint64) parameters->limit,
                          GEZ_END);
}

GezQuery *
gez_partner_list_query (const char *text,
                        const char *domain_code,
                        guint       limit)
{
  Parameters *parameters = g_new0 (Parameters, 1);

  parameters->match = gez_search_text_to_match (text);
  parameters->domain_code = g_strdup (domain_code);
  parameters->limit = limit;
  return gez_query_new (read_list, parameters, (GDestroyNotify) parameters_free,
                        (GDestroyNotify) g_ptr_array_unref);
}
