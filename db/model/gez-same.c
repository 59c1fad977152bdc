/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-same.h"

#include "base/gez-phone.h"
#include "base/gez-text.h"
#include "model/gez-derived.h"
#include "model/gez-search-words.h"

#include <string.h>

/*
 * 1. Names are compared by the full-text index: without accents, each word as the beginning of a word,
 *    in any order and any column, so that first and last name may be swapped.
 * 2. Words that stand before many names ("gezin", "van") tell nobody apart and are left out, unless
 *    there are no others.
 * 3. A first name alone is no reason: every Anna of the team would show.
 */

#define N_WORDS 6
#define NOTHING "\"\"" /* finds nothing */
#define NEVER 99
#define LEAST_PHONE_DIGITS 8

typedef struct
{
  gboolean is_household;
  char *words[N_WORDS + 1]; /* FTS5 expressions, NULL-ended */
  char *all;     /* an FTS5 expression with all words; NULL: none */
  char *born_on; /* NULL: not known */
  char *digits;  /* NULL: no telephone number */
  guint least;   /* words that must be the same when nothing else is */
} Sought;

typedef struct
{
  GPtrArray *sought; /* of Sought */
  guint limit;
} Parameters;

static const char household_sql[] =
  "SELECT 'household' AS kind, h.id, h.id AS household_id, h.name AS household_name,"
  " h.name AS title, NULL AS nickname, NULL AS born_on, 1 AS has_name, 0 AS has_birth,"
  " 0 AS has_phone FROM household_search JOIN household h ON h.row = household_search.rowid"
  " WHERE household_search MATCH '{name} : (' || ?1 || ')' AND h.withdrawn_at IS NULL"
  " ORDER BY rank LIMIT ?2";

/* ?1 birth date, ?2 digits, ?3 least words, ?4 limit, ?5 to ?10 words */
#define WORD(n) \
  " UNION ALL SELECT rowid, " n " FROM person_search WHERE person_search MATCH ?" n

static const char person_sql[] =
  "WITH hit(row, word) AS (SELECT row, NULL FROM person WHERE born_on = ?1"
  " UNION ALL SELECT row, NULL FROM person WHERE ?2 IS NOT NULL AND phone_matches(phones, ?2)"
  WORD ("5") WORD ("6") WORD ("7") WORD ("8") WORD ("9") WORD ("10") "),"
  " found AS (SELECT row, count(DISTINCT word) AS n_words FROM hit GROUP BY row),"
  " same AS (SELECT p.*, f.n_words, coalesce(p.born_on = ?1, 0) AS has_birth,"
  " coalesce(phone_matches(p.phones, ?2), 0) AS has_phone"
  " FROM found f JOIN person p ON p.row = f.row)"
  " SELECT 'person' AS kind, s.id, s.household_id, h.name AS household_name, "
  GEZ_SQL_PERSON_NAME ("s") " AS title, s.nickname, s.born_on, s.n_words > 0 AS has_name,"
  " s.has_birth, s.has_phone FROM same s JOIN household h ON h.id = s.household_id"
  " WHERE s.withdrawn_at IS NULL AND h.withdrawn_at IS NULL"
  " AND (s.has_phone OR (s.has_birth AND s.n_words > 0) OR s.n_words >= ?3)"
  " ORDER BY s.has_phone + s.has_birth DESC, s.n_words DESC, title COLLATE dictionary LIMIT ?4";

static void
sought_free (gpointer data)
{
  Sought *sought = data;

  for (guint i = 0; i < N_WORDS; i++)
    g_free (sought->words[i]);
  g_free (sought->all);
  g_free (sought->born_on);
  g_free (sought->digits);
  g_free (sought);
}

static void
parameters_free (gpointer data)
{
  Parameters *parameters = data;

  g_ptr_array_unref (parameters->sought);
  g_free (parameters);
}

static gboolean
tells_apart (const char *word)
{
  static const char *const common_words[] = { "gezin", "fam", "familie", "family", "household", "de",
                                              "den", "der", "het", "van", "en", "el", "al", NULL };
  g_autofree char *folded = gez_text_fold (word);

  return !g_strv_contains (common_words, folded);
}

static void
read_name (Sought     *sought,
           const char *name)
{
  g_auto (GStrv) words = gez_search_words (name, 2 * N_WORDS);
  gboolean has_own_word = FALSE;
  guint n = 0;

  for (guint i = 0; words[i] != NULL; i++)
    has_own_word |= tells_apart (words[i]);
  for (guint i = 0; words[i] != NULL && n < N_WORDS; i++)
    if (!has_own_word || tells_apart (words[i]))
      sought->words[n++] = gez_search_word_to_match (words[i], TRUE);
  if (n > 0)
    sought->all = g_strjoinv (" ", sought->words);
  sought->least = sought->is_household ? MAX (n, 1) : n < 2 ? NEVER : 2;
}

static Sought *
sought_new (const GezSought *from)
{
  Sought *sought = g_new0 (Sought, 1);

  sought->is_household = from->is_household;
  sought->born_on = g_strdup (from->born_on);
  sought->digits = gez_phone_digits (from->phones);
  if (sought->digits != NULL && strlen (sought->digits) < LEAST_PHONE_DIGITS)
    g_clear_pointer (&sought->digits, g_free);
  read_name (sought, from->name);
  return sought;
}

static GPtrArray *
read_persons (GezDatabase  *database,
              const Sought *sought,
              guint         limit,
              GError      **error)
{
  const char *words[N_WORDS];

  for (guint i = 0; i < N_WORDS; i++)
    words[i] = sought->words[i] != NULL ? sought->words[i] : NOTHING;
  return gez_record_list (database, error, person_sql, GEZ_TEXT, sought->born_on, GEZ_TEXT,
                          sought->digits, GEZ_INTEGER, (gint64) sought->least, GEZ_INTEGER,
                          (gint64) limit, GEZ_TEXT, words[0], GEZ_TEXT, words[1], GEZ_TEXT, words[2],
                          GEZ_TEXT, words[3], GEZ_TEXT, words[4], GEZ_TEXT, words[5], GEZ_END);
}

static int
count_same (GezRecord *record)
{
  return 4 * (int) (gez_record_get_integer (record, "has_phone")
                    + gez_record_get_integer (record, "has_birth"))
         + (g_strcmp0 (gez_record_get_text (record, "kind"), "household") == 0);
}

static int
compare_cb (gconstpointer a,
            gconstpointer b)
{
  return count_same (*(GezRecord *const *) b) - count_same (*(GezRecord *const *) a);
}

/* Somebody who was found in two ways stands there once, with what says most. */
static void
take (GPtrArray *records,
      GezRecord *record)
{
  for (guint i = 0; i < records->len; i++)
    if (gez_id_equal (gez_record_get_id (records->pdata[i]), gez_record_get_id (record)))
      {
        if (count_same (record) > count_same (records->pdata[i]))
          {
            g_object_unref (records->pdata[i]);
            records->pdata[i] = g_object_ref (record);
          }
        return;
      }
  g_ptr_array_add (records, g_object_ref (record));
}

static void
take_all (GPtrArray *records,
          GPtrArray *found)
{
  for (guint i = 0; i < found->len; i++)
    take (records, found->pdata[i]);
}

static gpointer
read_same (GezDatabase *database,
           gpointer     data,
           GError     **error)
{
  const Parameters *parameters = data;
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < parameters->sought->len; i++)
    {
      const Sought *sought = g_ptr_array_index (parameters->sought, i);
      g_autoptr (GPtrArray) households = NULL;
      g_autoptr (GPtrArray) persons = NULL;

      if (sought->is_household && sought->all != NULL)
        {
          households = gez_record_list (database, error, household_sql, GEZ_TEXT, sought->all,
                                        GEZ_INTEGER, (gint64) parameters->limit, GEZ_END);
          if (households == NULL)
            return NULL;
          take_all (records, households);
        }
      persons = read_persons (database, sought, parameters->limit, error);
      if (persons == NULL)
        return NULL;
      take_all (records, persons);
    }
  g_ptr_array_sort (records, compare_cb);
  g_ptr_array_set_size (records, MIN (records->len, parameters->limit));
  return g_steal_pointer (&records);
}

GezQuery *
gez_same_query (const GezSought *sought,
                guint            n_sought,
                guint            limit)
{
  Parameters *parameters;

  g_return_val_if_fail (sought != NULL || n_sought == 0, NULL);

  parameters = g_new0 (Parameters, 1);
  parameters->limit = limit;
  parameters->sought = g_ptr_array_new_with_free_func (sought_free);
  for (guint i = 0; i < n_sought; i++)
    g_ptr_array_add (parameters->sought, sought_new (&sought[i]));
  return gez_query_new (read_same, parameters, parameters_free, (GDestroyNotify) g_ptr_array_unref);
}
