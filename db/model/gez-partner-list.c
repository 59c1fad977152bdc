/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-partner-list.h"

#include "model/gez-derived.h"
#include "model/gez-search-words.h"
#include "store/gez-record.h"

#define N_WORDS 4

typedef struct
{
  char *words[N_WORDS]; /* FTS5 expressions; NULL: no more */
  char *domain_code;
  char *area;
  gboolean is_unchecked;
  guint offset;
  guint limit;
} Parameters;

/* ?2 the code of a domain, ?3 area, ?4 whether only what is unchecked, ?5 to ?8 words, ?9 limit,
 * ?10 offset */

#define HAS_WORD(word) \
  " AND (" word " IS NULL OR p.row IN" \
  " (SELECT rowid FROM partner_search WHERE partner_search MATCH " word "))"

static const char list_sql[] =
  "SELECT p.*, " GEZ_SQL_IS_UNCHECKED ("p") " AS is_unchecked, count(*) OVER () AS n_total"
  " FROM partner p WHERE p.withdrawn_at IS NULL"
  " AND (?2 IS NULL OR instr(';' || replace(p.domains, ' ', '') || ';', ';' || ?2 || ';') > 0)"
  " AND (?3 IS NULL OR p.area = ?3)"
  " AND (NOT ?4 OR " GEZ_SQL_IS_UNCHECKED ("p") ")"
  HAS_WORD ("?5") HAS_WORD ("?6") HAS_WORD ("?7") HAS_WORD ("?8")
  " ORDER BY p.name COLLATE dictionary, p.row LIMIT ?9 OFFSET ?10";

/* ?1 to ?4 words, ?5 how many of them must be in the name, ?6 limit. CASE alone is sure not to look
 * at its other side; FTS5 refuses an expression that is not there. */

#define IS_NAMED(word) \
  "CASE WHEN " word " IS NULL THEN 0 ELSE p.row IN (SELECT rowid FROM partner_search" \
  " WHERE partner_search MATCH '{name} : ' || " word ") END"

static const char similar_sql[] =
  "SELECT * FROM (SELECT p.*, " IS_NAMED ("?1") " + " IS_NAMED ("?2") " + " IS_NAMED ("?3") " + "
  IS_NAMED ("?4") " AS n_words FROM partner p WHERE p.withdrawn_at IS NULL)"
  " WHERE n_words >= ?5 ORDER BY n_words DESC, name COLLATE dictionary, row LIMIT ?6";

static void
parameters_free (Parameters *parameters)
{
  for (guint i = 0; i < N_WORDS; i++)
    g_free (parameters->words[i]);
  g_free (parameters->domain_code);
  g_free (parameters->area);
  g_free (parameters);
}

/* What half of the names begin with tells no two of them apart. */
static gboolean
tells_apart (const char *word)
{
  static const char *const common_words[] = { "de", "het", "een", "van", "voor", "en", "in", "vzw",
                                              "dienst", NULL };
  g_autofree char *folded = g_utf8_casefold (word, -1);

  return !g_strv_contains (common_words, folded);
}

static guint
take_words (Parameters *parameters,
            char      **words,
            gboolean    with_common)
{
  guint n = 0;

  for (guint i = 0; words[i] != NULL && n < N_WORDS; i++)
    if (with_common || tells_apart (words[i]))
      parameters->words[n++] = gez_search_word_to_match (words[i], TRUE);
  return n;
}

static gpointer
read_list (GezDatabase *database,
           gpointer     data,
           GError     **error)
{
  const Parameters *parameters = data;
  g_autofree char *today = gez_clock_get_today (gez_database_get_clock (database));
  gint64 n_total = parameters->offset;
  GPtrArray *records;

  records = gez_record_list (database, error, list_sql, GEZ_TEXT, today, GEZ_TEXT,
                             parameters->domain_code, GEZ_TEXT, parameters->area, GEZ_INTEGER,
                             (gint64) parameters->is_unchecked, GEZ_TEXT, parameters->words[0],
                             GEZ_TEXT, parameters->words[1], GEZ_TEXT, parameters->words[2],
                             GEZ_TEXT, parameters->words[3], GEZ_INTEGER,
                             (gint64) parameters->limit, GEZ_INTEGER, (gint64) parameters->offset,
                             GEZ_END);
  if (records == NULL)
    return NULL;
  if (records->len > 0)
    n_total = gez_record_get_integer (g_ptr_array_index (records, 0), "n_total");
  return gez_page_new (records, parameters->offset + records->len < n_total, (int) n_total);
}

/**
 * gez_partner_list_query:
 * @filter: which partners; copied
 * @offset: number of partners before the page
 * @limit: most partners in the page
 *
 * A page of the social map, by name.
 *
 * Returns: (transfer full): a query that gives a #GezPage of #GezRecord: all columns of partner,
 *   `is_unchecked`, and `n_total`
 */
GezQuery *
gez_partner_list_query (const GezPartnerFilter *filter,
                        guint                   offset,
                        guint                   limit)
{
  g_auto (GStrv) words = NULL;
  Parameters *parameters;

  g_return_val_if_fail (filter != NULL, NULL);

  parameters = g_new0 (Parameters, 1);
  words = gez_search_words (filter->search, N_WORDS);
  take_words (parameters, words, TRUE);
  parameters->domain_code = g_strdup (filter->domain_code);
  parameters->area = g_strdup (filter->area);
  parameters->is_unchecked = filter->is_unchecked;
  parameters->offset = offset;
  parameters->limit = limit;
  return gez_query_new (read_list, parameters, (GDestroyNotify) parameters_free, g_object_unref);
}

static gpointer
read_similar (GezDatabase *database,
              gpointer     data,
              GError     **error)
{
  const Parameters *parameters = data;
  gint64 n_words = 0;

  while (n_words < N_WORDS && parameters->words[n_words] != NULL)
    n_words++;
  return gez_record_list (database, error, similar_sql, GEZ_TEXT, parameters->words[0], GEZ_TEXT,
                          parameters->words[1], GEZ_TEXT, parameters->words[2], GEZ_TEXT,
                          parameters->words[3], GEZ_INTEGER, MAX (1, (n_words + 1) / 2),
                          GEZ_INTEGER, (gint64) parameters->limit, GEZ_END);
}

/**
 * gez_partner_similar_query:
 * @name: (nullable): a name as somebody types it
 * @limit: most partners
 *
 * Partners that may be the one that somebody is about to add: at least half of the words of @name
 * that tell names apart are, or begin, words of theirs.
 *
 * Returns: (transfer full): a query that gives a #GPtrArray of #GezRecord, those with most of the
 *   words first: all columns of partner
 */
GezQuery *
gez_partner_similar_query (const char *name,
                           guint       limit)
{
  Parameters *parameters = g_new0 (Parameters, 1);
  g_auto (GStrv) words = gez_search_words (name, 2 * N_WORDS);

  if (take_words (parameters, words, FALSE) == 0)
    take_words (parameters, words, TRUE);
  parameters->limit = limit;
  return gez_query_new (read_similar, parameters, (GDestroyNotify) parameters_free,
                        (GDestroyNotify) g_ptr_array_unref);
}

/**
 * gez_partner_areas_query:
 *
 * Returns: (transfer full): a query that gives a #GPtrArray of #GezRecord with `area`: the areas
 *   that partners work in, each once, in the order of the dictionary
 */
GezQuery *
gez_partner_areas_query (void)
{
  return gez_record_query ("SELECT DISTINCT p.area AS area FROM partner p"
                           " WHERE p.withdrawn_at IS NULL AND p.area IS NOT NULL"
                           " ORDER BY p.area COLLATE dictionary, p.area", GEZ_END);
}
