/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-journal.h"

#include "model/gez-derived.h"
#include "model/gez-search-words.h"

/*
 * 1. The order is by instant, then by identity, both descending; it is total, so that a page that
 *    starts after an entry never repeats or skips one.
 * 2. A page takes its entries from two indexes that are already in that order; texts are read for
 *    the entries of the page alone.
 *
 * ?1 the household (or none), ?2 and ?3 the place after which the page starts (the end of time and
 * none for the first page; or ?3 the one contact), ?4 how many entries. Of a filter ?5 is the domain,
 * ?6 the person, ?7 the kind and ?8 the words, each NULL for all.
 */

typedef struct
{
  GezId household;
  gint64 at;
  GezId id;
  guint limit;
  gboolean is_single;
  gboolean is_filtered;
  GezId domain;
  GezId person;
  char *kind;
  char *match;
} Parameters;

#define IS_AFTER(at, id) "(" at " <= ?2 AND (" at " < ?2 OR " id " < ?3))"

#define FOUND(x, table) \
  x ".row IN (SELECT rowid FROM " table " WHERE " table " MATCH ?8)"
#define OF_CONTACT(x, table, condition) \
  "EXISTS (SELECT 1 FROM " table " " x " WHERE " x ".contact_id = c.id AND " condition \
  " AND " x ".withdrawn_at IS NULL)"
#define CONTACT_MENTIONS(column, place) \
  "(" place " IS NULL OR " OF_CONTACT ("fl", "contact_link", "fl." column " = " place) \
  " OR " OF_CONTACT ("fn", "note", "fn." column " = " place) \
  " OR " OF_CONTACT ("fq", "question", "fq." column " = " place) ")"

#define CONTACT_FITS \
  " AND " CONTACT_MENTIONS ("domain_id", "?5") " AND " CONTACT_MENTIONS ("person_id", "?6") \
  " AND CASE ?7 WHEN 'contact' THEN c.is_attempt = 0 WHEN 'attempt' THEN c.is_attempt <> 0" \
  " WHEN 'question' THEN " OF_CONTACT ("fk", "question", "1") " WHEN 'note' THEN 0 ELSE 1 END" \
  " AND (?8 IS NULL OR c.id IN (SELECT fn.contact_id FROM note fn WHERE fn.household_id = ?1" \
  " AND fn.withdrawn_at IS NULL AND " FOUND ("fn", "note_search") \
  " UNION SELECT fq.contact_id FROM question fq WHERE fq.household_id = ?1" \
  " AND fq.withdrawn_at IS NULL AND " FOUND ("fq", "question_search") "))"

#define NOTE_FITS \
  " AND (?5 IS NULL OR n.domain_id = ?5) AND (?6 IS NULL OR n.person_id = ?6)" \
  " AND coalesce(?7, 'note') = 'note' AND (?8 IS NULL OR " FOUND ("n", "note_search") ")"

#define PAGE PAGE_WHERE ("", "")
#define FILTERED PAGE_WHERE (CONTACT_FITS, NOTE_FITS)
#define PAGE_WHERE(contact_fits, note_fits) \
  "page AS MATERIALIZED (SELECT * FROM (SELECT 'contact' AS kind, c.id, c.happened_at AS at" \
  " FROM contact c WHERE c.household_id = ?1 AND c.withdrawn_at IS NULL AND " \
  IS_AFTER ("c.happened_at", "c.id") contact_fits " ORDER BY c.happened_at DESC, c.id DESC LIMIT ?4)" \
  " UNION ALL SELECT * FROM (SELECT 'note', n.id, n.written_at" \
  " FROM note n WHERE n.household_id = ?1 AND n.contact_id IS NULL" \
  " AND n.withdrawn_at IS NULL AND " \
  IS_AFTER ("n.written_at", "n.id") note_fits " ORDER BY n.written_at DESC, n.id DESC LIMIT ?4)" \
  " ORDER BY at DESC, id DESC LIMIT ?4)"

#define SINGLE \
  "page AS MATERIALIZED (SELECT 'contact' AS kind, c.id, c.happened_at AS at FROM contact c" \
  " WHERE c.id = ?3 AND c.withdrawn_at IS NULL AND ?1 IS NULL AND ?2 IS NOT NULL LIMIT ?4)"

#define ENTRIES(page) \
  "WITH " page " SELECT x.kind, x.id, x.at, local_date(x.at) AS day_on," \
  " local_time(x.at) AS time, " \
  GEZ_SQL_NAME_OF ("member", "coalesce(c.by_member_id, n.by_member_id)") " AS by_name," \
  " coalesce(c.by_member_id, n.by_member_id) AS by_member_id," \
  " c.minutes, c.channel, c.place, coalesce(c.is_attempt, 0) AS is_attempt" \
  " FROM page x LEFT JOIN contact c ON x.kind = 'contact' AND c.id = x.id" \
  " LEFT JOIN note n ON x.kind = 'note' AND n.id = x.id ORDER BY x.at DESC, x.id DESC"

#define NOTE_COLUMNS \
  "SELECT x.id AS entry_id, n.*, " GEZ_SQL_CIRCLE_CODE ("n") " AS circle_code, " \
  GEZ_SQL_DOMAIN_CODE ("n.domain_id") " AS domain_code, " \
  GEZ_SQL_NAME_OF ("member", "n.by_member_id") " AS by_name, " \
  GEZ_SQL_NAME_OF_PERSON ("n.person_id") " AS person_name FROM page x "

#define NOTES(page) \
  "WITH " page " " NOTE_COLUMNS \
  "JOIN note n ON n.contact_id = x.id WHERE x.kind = 'contact' AND n.withdrawn_at IS NULL" \
  " UNION ALL " NOTE_COLUMNS "JOIN note n ON n.id = x.id WHERE x.kind = 'note'" \
  " ORDER BY written_at, id"

#define QUESTIONS(page) \
  "WITH " page " SELECT x.id AS entry_id, q.*, " \
  GEZ_SQL_DOMAIN_CODE ("q.domain_id") " AS domain_code, " \
  GEZ_SQL_NAME_OF_PERSON ("q.person_id") " AS person_name" \
  " FROM page x JOIN question q ON q.contact_id = x.id" \
  " WHERE x.kind = 'contact' AND q.withdrawn_at IS NULL ORDER BY q.id"

#define LINKS(page) \
  "WITH " page " SELECT x.id AS entry_id, l.*, coalesce(" \
  GEZ_SQL_NAME_OF_PERSON ("l.person_id") ", " GEZ_SQL_NAME_OF_HELPER ("l.helper_id") ", " \
  GEZ_SQL_NAME_OF ("member", "l.member_id") ") AS name, " \
  GEZ_SQL_DOMAIN_CODE ("l.domain_id") " AS domain_code," \
  " (SELECT words FROM goal WHERE id = l.goal_id) AS goal_words" \
  " FROM page x JOIN contact_link l ON l.contact_id = x.id" \
  " WHERE x.kind = 'contact' AND l.withdrawn_at IS NULL ORDER BY l.id"

/* Run with room for one entry more than the page: that one tells that there is more. */
#define MORE(page) \
  "WITH " page " SELECT count(*) > ?4 - 1 AS has_more," \
  " (SELECT at FROM (SELECT at, id FROM page ORDER BY at DESC, id DESC LIMIT ?4 - 1)" \
  " ORDER BY at, id LIMIT 1) AS last_at," \
  " (SELECT id FROM (SELECT at, id FROM page ORDER BY at DESC, id DESC LIMIT ?4 - 1)" \
  " ORDER BY at, id LIMIT 1) AS last_id FROM page"

static const struct
{
  const char *name;
  const char *page_sql;
  const char *filtered_sql;
  const char *single_sql;
  guint n_extra;
} parts[] = {
  { "entries", ENTRIES (PAGE), ENTRIES (FILTERED), ENTRIES (SINGLE), 0 },
  { "notes", NOTES (PAGE), NOTES (FILTERED), NOTES (SINGLE), 0 },
  { "questions", QUESTIONS (PAGE), QUESTIONS (FILTERED), QUESTIONS (SINGLE), 0 },
  { "links", LINKS (PAGE), LINKS (FILTERED), LINKS (SINGLE), 0 },
  { "more", MORE (PAGE), MORE (FILTERED), MORE (SINGLE), 1 },
};

static void
parameters_free (gpointer data)
{
  Parameters *parameters = data;

  g_free (parameters->kind);
  g_free (parameters->match);
  g_free (parameters);
}

static GPtrArray *
read_part (GezDatabase      *database,
           const Parameters *parameters,
           guint             part,
           GError          **error)
{
  gint64 limit = (gint64) parameters->limit + parts[part].n_extra;

  if (parameters->is_filtered)
    return gez_record_list (database, error, parts[part].filtered_sql, GEZ_ID, &parameters->household,
                            GEZ_INTEGER, parameters->at, GEZ_ID, &parameters->id, GEZ_INTEGER, limit,
                            GEZ_ID, &parameters->domain, GEZ_ID, &parameters->person, GEZ_TEXT,
                            parameters->kind, GEZ_TEXT, parameters->match, GEZ_END);

  return gez_record_list (database, error,
                          parameters->is_single ? parts[part].single_sql : parts[part].page_sql,
                          GEZ_ID, &parameters->household, GEZ_INTEGER, parameters->at, GEZ_ID,
                          &parameters->id, GEZ_INTEGER, limit, GEZ_END);
}

static gpointer
read_journal (GezDatabase *database,
              gpointer     data,
              GError     **error)
{
  const Parameters *parameters = data;
  g_autoptr (GezView) view = gez_view_new ();

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (!gez_view_take (view, parts[i].name, read_part (database, parameters, i, error)))
      return NULL;
  return g_steal_pointer (&view);
}

static Parameters *
parameters_new (const GezId           *household,
                const GezJournalPlace *after,
                guint                  limit)
{
  Parameters *parameters = g_new0 (Parameters, 1);

  parameters->household = *household;
  parameters->at = G_MAXINT64;
  parameters->limit = limit;
  if (after != NULL)
    {
      parameters->at = after->at;
      parameters->id = after->id;
    }
  return parameters;
}

GezQuery *
gez_journal_query (const GezId           *household,
                   const GezJournalPlace *after,
                   guint                  limit)
{
  g_return_val_if_fail (household != NULL, NULL);
  g_return_val_if_fail (limit > 0, NULL);

  return gez_query_new (read_journal, parameters_new (household, after, limit), parameters_free,
                        g_object_unref);
}

GezQuery *
gez_journal_search_query (const GezId            *household,
                          const GezJournalFilter *filter,
                          const GezJournalPlace  *after,
                          guint                   limit)
{
  Parameters *parameters;

  g_return_val_if_fail (household != NULL && filter != NULL, NULL);
  g_return_val_if_fail (limit > 0, NULL);

  parameters = parameters_new (household, after, limit);
  parameters->domain = filter->domain != NULL ? *filter->domain : GEZ_ID_NONE;
  parameters->person = filter->person != NULL ? *filter->person : GEZ_ID_NONE;
  parameters->kind = g_strdup (filter->kind);
  parameters->match = filter->search != NULL ? gez_search_text_to_match (filter->search) : NULL;
  parameters->is_filtered = !gez_id_is_none (&parameters->domain)
                            || !gez_id_is_none (&parameters->person) || parameters->kind != NULL
                            || parameters->match != NULL;
  return gez_query_new (read_journal, parameters, parameters_free, g_object_unref);
}

GezQuery *
gez_journal_contact_query (const GezId *contact)
{
  Parameters *parameters;

  g_return_val_if_fail (contact != NULL, NULL);

  parameters = g_new0 (Parameters, 1);
  parameters->id = *contact;
  parameters->limit = 1;
  parameters->is_single = TRUE;
  return gez_query_new (read_journal, parameters, parameters_free, g_object_unref);
}
