/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-search.h"

#include "model/gez-derived.h"
#include "model/gez-search-words.h"

typedef struct
{
  char *match; /* NULL: there was no word */
  guint limit;
} Parameters;

/* ?1 the FTS5 expression, ?2 the limit. Names go by rank. Texts go newest first: that is what
 * people look for, and ranking every note that holds a common word would take its time. */

#define SNIPPET(table) "snippet(" table ", -1, char(2), char(3), '…', 16) AS snippet"
#define JOIN_HOUSEHOLD(x) " LEFT JOIN household h ON h.id = " x ".household_id "
#define RESULT(kind, x, tab, title, table, day_on) \
  "SELECT '" kind "' AS kind, " x ".id, h.id AS household_id, h.name AS household_name," \
  " CASE WHEN h.id IS NOT NULL THEN '" tab "' END AS tab, " title " AS title, " \
  SNIPPET (table) ", " day_on " AS day_on FROM " table " JOIN "
#define FOUND(table, x) \
  "WHERE " table " MATCH ?1 AND " x ".withdrawn_at IS NULL AND h.withdrawn_at IS NULL"
#define NEWEST(table) " ORDER BY " table ".rowid DESC LIMIT ?2"
#define BEST " ORDER BY rank LIMIT ?2"

static const char *const searches[] = {
  RESULT ("household", "h", "overview", "h.name", "household_search", "NULL")
  "household h ON h.row = household_search.rowid " FOUND ("household_search", "h") BEST,

  RESULT ("person", "p", "network", GEZ_SQL_PERSON_NAME ("p"), "person_search", "NULL")
  "person p ON p.row = person_search.rowid" JOIN_HOUSEHOLD ("p") FOUND ("person_search", "p") BEST,

  RESULT ("note", "n", "journal", "h.name", "note_search", "local_date(n.written_at)")
  "note n ON n.row = note_search.rowid" JOIN_HOUSEHOLD ("n") FOUND ("note_search", "n")
  " AND " GEZ_SQL_CONTACT_STANDS ("n") NEWEST ("note_search"),

  RESULT ("question", "q", "journal", "h.name", "question_search", "q.first_asked_on")
  "question q ON q.row = question_search.rowid" JOIN_HOUSEHOLD ("q")
  FOUND ("question_search", "q") " AND " GEZ_SQL_CONTACT_STANDS ("q") NEWEST ("question_search"),

  RESULT ("goal", "g", "plan", "h.name", "goal_search", "NULL")
  "goal g ON g.row = goal_search.rowid" JOIN_HOUSEHOLD ("g") FOUND ("goal_search", "g")
  NEWEST ("goal_search"),

  "SELECT 'partner' AS kind, p.id, NULL AS household_id, NULL AS household_name, NULL AS tab,"
  " p.name AS title, " SNIPPET ("partner_search") ", NULL AS day_on"
  " FROM partner_search JOIN partner p ON p.row = partner_search.rowid"
  " WHERE partner_search MATCH ?1 AND p.withdrawn_at IS NULL" BEST,
};

static void
parameters_free (Parameters *parameters)
{
  g_free (parameters->match);
  g_free (parameters);
}

static gpointer
read_results (GezDatabase *database,
              gpointer     data,
              GError     **error)
{
  const Parameters *parameters = data;
  g_autoptr (GPtrArray) results = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; parameters->match != NULL && i < G_N_ELEMENTS (searches); i++)
    {
      GPtrArray *found = gez_record_list (database, error, searches[i], GEZ_TEXT,
                                          parameters->match, GEZ_INTEGER,
                                          (gint64) parameters->limit, GEZ_END);

      if (found == NULL)
        return NULL;
      g_ptr_array_extend_and_steal (results, found);
    }
  return g_steal_pointer (&results);
}

GezQuery *
gez_search_query (const char *text,
                  guint       limit)
{
  Parameters *parameters = g_new0 (Parameters, 1);

  parameters->match = gez_search_text_to_match (text);
  parameters->limit = limit;
  return gez_query_new (read_results, parameters, (GDestroyNotify) parameters_free,
                        (GDestroyNotify) g_ptr_array_unref);
}
