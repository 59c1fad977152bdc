/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-search.h"

#include "base/gez-phone.h"
#include "model/gez-derived.h"
#include "model/gez-search-words.h"

typedef struct
{
  char *match;  /* NULL: there was no word */
  char *digits; /* NULL: it is no telephone number */
  guint limit;
} Parameters;

/* ?1 the FTS5 expression or, for telephone numbers, the digits; ?2 the limit. Names go by rank. Texts
 * go newest first: that is what people look for, and ranking every note that holds a common word
 * would take its time. */
typedef struct
{
  gboolean is_phone;
  const char *sql;
} Search;

#define MARKED(table, column) \
  "highlight(" table ", " column ", char(2), char(3))"
#define SNIPPET(table, column) \
  "snippet(" table ", " column ", char(2), char(3), '…', 16)"
#define FOUND_IN(table, column) \
  "CASE WHEN instr(" SNIPPET (table, column) ", char(2)) > 0 THEN " SNIPPET (table, column) " END"
#define RESULT(kind, x, tab, title, marked, snippet, day_on) \
  "SELECT '" kind "' AS kind, " x ".id, h.id AS household_id, h.name AS household_name," \
  " CASE WHEN h.id IS NOT NULL THEN '" tab "' END AS tab, " title " AS title, " \
  marked " AS marked, " snippet " AS snippet, " day_on " AS day_on FROM "
#define PARTNER(marked, snippet) \
  "SELECT 'partner' AS kind, p.id, NULL AS household_id, NULL AS household_name, NULL AS tab," \
  " p.name AS title, " marked " AS marked, " snippet " AS snippet, NULL AS day_on FROM "
#define JOIN_HOUSEHOLD(x) " LEFT JOIN household h ON h.id = " x ".household_id "
#define STANDS(x) " AND " x ".withdrawn_at IS NULL AND h.withdrawn_at IS NULL"
#define FOUND(table, x) "WHERE " table " MATCH ?1" STANDS (x)
#define NEWEST(table) " ORDER BY " table ".rowid DESC LIMIT ?2"
#define BEST " ORDER BY rank LIMIT ?2"
#define BY_NAME " ORDER BY title COLLATE dictionary LIMIT ?2"

#define MARKED_PERSON_NAME \
  "trim(" MARKED ("person_search", "0") " || ' ' || coalesce(" MARKED ("person_search", "1") ", ''))"

static const Search searches[] = {
  { FALSE,
    RESULT ("household", "h", "overview", "h.name", MARKED ("household_search", "0"),
            FOUND_IN ("household_search", "1"), "NULL")
    "household_search JOIN household h ON h.row = household_search.rowid "
    FOUND ("household_search", "h") BEST },
  { FALSE,
    RESULT ("person", "p", "network", GEZ_SQL_PERSON_NAME ("p"), MARKED_PERSON_NAME,
            FOUND_IN ("person_search", "2"), "NULL")
    "person_search JOIN person p ON p.row = person_search.rowid" JOIN_HOUSEHOLD ("p")
    FOUND ("person_search", "p") BEST },
  { TRUE,
    RESULT ("person", "p", "network", GEZ_SQL_PERSON_NAME ("p"), GEZ_SQL_PERSON_NAME ("p"),
            "p.phones", "NULL")
    "person p" JOIN_HOUSEHOLD ("p") "WHERE phone_matches(p.phones, ?1)" STANDS ("p") BY_NAME },
  { FALSE,
    RESULT ("note", "n", "journal", "h.name", "h.name", SNIPPET ("note_search", "0"),
            "local_date(n.written_at)")
    "note_search JOIN note n ON n.row = note_search.rowid" JOIN_HOUSEHOLD ("n")
    FOUND ("note_search", "n") " AND " GEZ_SQL_CONTACT_STANDS ("n") NEWEST ("note_search") },
  { FALSE,
    RESULT ("question", "q", "journal", "h.name", "h.name", SNIPPET ("question_search", "0"),
            "q.first_asked_on")
    "question_search JOIN question q ON q.row = question_search.rowid" JOIN_HOUSEHOLD ("q")
    FOUND ("question_search", "q") " AND " GEZ_SQL_CONTACT_STANDS ("q")
    NEWEST ("question_search") },
  { FALSE,
    RESULT ("goal", "g", "plan", "h.name", "h.name", SNIPPET ("goal_search", "0"), "NULL")
    "goal_search JOIN goal g ON g.row = goal_search.rowid" JOIN_HOUSEHOLD ("g")
    FOUND ("goal_search", "g") NEWEST ("goal_search") },
  { FALSE,
    RESULT ("document", "d", "documents", "d.name", MARKED ("document_search", "0"),
            FOUND_IN ("document_search", "1"), "local_date(d.added_at)")
    "document_search JOIN document d ON d.row = document_search.rowid" JOIN_HOUSEHOLD ("d")
    FOUND ("document_search", "d") NEWEST ("document_search") },
  { FALSE,
    PARTNER (MARKED ("partner_search", "0"), FOUND_IN ("partner_search", "1"))
    "partner_search JOIN partner p ON p.row = partner_search.rowid"
    " WHERE partner_search MATCH ?1 AND p.withdrawn_at IS NULL" BEST },
  { TRUE,
    PARTNER ("p.name", "p.phone")
    "partner p WHERE phone_matches(p.phone, ?1) AND p.withdrawn_at IS NULL" BY_NAME },
};

static void
parameters_free (Parameters *parameters)
{
  g_free (parameters->match);
  g_free (parameters->digits);
  g_free (parameters);
}

static gpointer
read_results (GezDatabase *database,
              gpointer     data,
              GError     **error)
{
  const Parameters *parameters = data;
  g_autoptr (GPtrArray) results = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < G_N_ELEMENTS (searches); i++)
    {
      const char *wanted = searches[i].is_phone ? parameters->digits : parameters->match;
      GPtrArray *found;

      if (wanted == NULL)
        continue;
      found = gez_record_list (database, error, searches[i].sql, GEZ_TEXT, wanted, GEZ_INTEGER,
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
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);

  parameters->digits = gez_phone_digits (valid);
  parameters->match = gez_search_text_to_match (text);
  parameters->limit = limit;
  return gez_query_new (read_results, parameters, (GDestroyNotify) parameters_free,
                        (GDestroyNotify) g_ptr_array_unref);
}
