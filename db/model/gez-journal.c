/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-journal.h"

#include "model/gez-derived.h"

/*
 * 1. The order is by instant, then by identity, both descending; it is total, so that a page that
 *    starts after an entry never repeats or skips one.
 * 2. A page takes its entries from two indexes that are already in that order; texts are read for
 *    the entries of the page alone.
 *
 * ?1 the household (or none), ?2 and ?3 the place after which the page starts (the end of time and
 * none for the first page; or ?3 the one contact), ?4 how many entries.
 */

typedef struct
{
  GezId household;
  gint64 at;
  GezId id;
  guint limit;
  gboolean is_single;
} Parameters;

#define IS_AFTER(at, id) "(" at " <= ?2 AND (" at " < ?2 OR " id " < ?3))"

#define PAGE \
  "page AS MATERIALIZED (SELECT * FROM (SELECT 'contact' AS kind, c.id, c.happened_at AS at" \
  " FROM contact c WHERE c.household_id = ?1 AND c.withdrawn_at IS NULL AND " \
  IS_AFTER ("c.happened_at", "c.id") " ORDER BY c.happened_at DESC, c.id DESC LIMIT ?4)" \
  " UNION ALL SELECT * FROM (SELECT 'note', n.id, n.written_at" \
  " FROM note n WHERE n.household_id = ?1 AND n.contact_id IS NULL" \
  " AND n.withdrawn_at IS NULL AND " \
  IS_AFTER ("n.written_at", "n.id") " ORDER BY n.written_at DESC, n.id DESC LIMIT ?4)" \
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
  "SELECT x.id AS entry_id, n.*, " GEZ_SQL_DOMAIN_CODE ("n.domain_id") " AS domain_code, " \
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
  const char *single_sql;
  guint n_extra;
} parts[] = {
  { "entries", ENTRIES (PAGE), ENTRIES (SINGLE), 0 },
  { "notes", NOTES (PAGE), NOTES (SINGLE), 0 },
  { "questions", QUESTIONS (PAGE), QUESTIONS (SINGLE), 0 },
  { "links", LINKS (PAGE), LINKS (SINGLE), 0 },
  { "more", MORE (PAGE), MORE (SINGLE), 1 },
};

static gpointer
read_journal (GezDatabase *database,
              gpointer     data,
              GError     **error)
{
  const Parameters *parameters = data;
  g_autoptr (GezView) view = gez_view_new ();

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      const char *sql = parameters->is_single ? parts[i].single_sql : parts[i].page_sql;
      gint64 limit = (gint64) parameters->limit + parts[i].n_extra;

      if (!gez_view_take (view, parts[i].name,
                          gez_record_list (database, error, sql, GEZ_ID, &parameters->household,
                                           GEZ_INTEGER, parameters->at, GEZ_ID, &parameters->id,
                                           GEZ_INTEGER, limit, GEZ_END)))
        return NULL;
    }
  return g_steal_pointer (&view);
}

GezQuery *
gez_journal_query (const GezId           *household,
                   const GezJournalPlace *after,
                   guint                  limit)
{
  Parameters *parameters;

  g_return_val_if_fail (household != NULL, NULL);
  g_return_val_if_fail (limit > 0, NULL);

  parameters = g_new0 (Parameters, 1);
  parameters->household = *household;
  parameters->at = G_MAXINT64;
  parameters->limit = limit;
  if (after != NULL)
    {
      parameters->at = after->at;
      parameters->id = after->id;
    }
  return gez_query_new (read_journal, parameters, g_free, g_object_unref);
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
  return gez_query_new (read_journal, parameters, g_free, g_object_unref);
}
