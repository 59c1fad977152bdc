/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Reads a date as people write it.
 *
 * 1. Dutch and English are both understood, whatever the language of the window is.
 * 2. A weekday alone is the next one after today: people plan more often than they look back.
 *    "vorige di" looks back.
 * 3. A day and a month without a year is the one nearest to today.
 * 4. What can be read in two ways is not read: a wrong date in a plan is worse than a question.
 */

#include "common/gez-date-words.h"

#include <string.h>

#include "base/gez-date.h"
#include "base/gez-text.h"

typedef struct
{
  const char *word;
  int number;
} NamedNumber;

static const NamedNumber day_words[] = {
  { "vandaag", 0 },   { "today", 0 },     { "nu", 0 },        { "morgen", 1 },
  { "tomorrow", 1 },  { "overmorgen", 2 }, { "gisteren", -1 }, { "yesterday", -1 },
  { "eergisteren", -2 }, { NULL, 0 },
};

static const NamedNumber weekday_words[] = {
  { "ma", 1 }, { "maandag", 1 },   { "mon", 1 }, { "monday", 1 },
  { "di", 2 }, { "dinsdag", 2 },   { "tue", 2 }, { "tuesday", 2 },   { "tues", 2 },
  { "wo", 3 }, { "woensdag", 3 },  { "wed", 3 }, { "wednesday", 3 },
  { "do", 4 }, { "donderdag", 4 }, { "thu", 4 }, { "thursday", 4 },  { "thurs", 4 },
  { "vr", 5 }, { "vrijdag", 5 },   { "fri", 5 }, { "friday", 5 },    { "vrij", 5 },
  { "za", 6 }, { "zaterdag", 6 },  { "sat", 6 }, { "saturday", 6 },  { "zat", 6 },
  { "zo", 7 }, { "zondag", 7 },    { "sun", 7 }, { "sunday", 7 },    { "zon", 7 },
  { NULL, 0 },
};

static const NamedNumber month_words[] = {
  { "jan", 1 },  { "januari", 1 },   { "january", 1 },   { "feb", 2 },  { "februari", 2 },
  { "february", 2 }, { "mrt", 3 },   { "maart", 3 },     { "mar", 3 },  { "march", 3 },
  { "apr", 4 },  { "april", 4 },     { "mei", 5 },       { "may", 5 },  { "jun", 6 },
  { "juni", 6 }, { "june", 6 },      { "jul", 7 },       { "juli", 7 }, { "july", 7 },
  { "aug", 8 },  { "augustus", 8 },  { "august", 8 },    { "sep", 9 },  { "sept", 9 },
  { "september", 9 }, { "okt", 10 }, { "oktober", 10 },  { "oct", 10 }, { "october", 10 },
  { "nov", 11 }, { "november", 11 }, { "dec", 12 },      { "december", 12 },
  { NULL, 0 },
};

static const NamedNumber unit_words[] = {
  { "dag", 1 },  { "dagen", 1 }, { "day", 1 },  { "days", 1 }, { "week", 7 },
  { "weken", 7 }, { "weeks", 7 }, { NULL, 0 },
};

static gboolean
find_number (const NamedNumber *table,
             const char        *word,
             int               *number)
{
  for (; table->word != NULL; table++)
    if (g_str_equal (table->word, word))
      {
        *number = table->number;
        return TRUE;
      }
  return FALSE;
}

static gboolean
read_number (const char *word,
             int        *number)
{
  guint64 value;

  if (!g_ascii_string_to_unsigned (word, 10, 0, 9999, &value, NULL))
    return FALSE;
  *number = (int) value;
  return TRUE;
}

static gboolean
read_count (const char *word,
            int        *number)
{
  if (g_str_equal (word, "een") || g_str_equal (word, "a") || g_str_equal (word, "one"))
    {
      *number = 1;
      return TRUE;
    }
  return read_number (word, number);
}

static char *
move (const GDate *date,
      int          days)
{
  GDate moved = *date;

  if (days >= 0)
    g_date_add_days (&moved, days);
  else
    g_date_subtract_days (&moved, -days);
  return gez_date_format (&moved);
}

static char *
read_weekday (int          weekday,
              const char  *which,
              const GDate *today)
{
  int ahead = (weekday - (int) g_date_get_weekday (today) + 7) % 7;

  if (which == NULL)
    return move (today, ahead == 0 ? 7 : ahead);
  if (g_str_equal (which, "vorige") || g_str_equal (which, "last"))
    return move (today, ahead - 7);
  if (g_str_equal (which, "volgende") || g_str_equal (which, "next"))
    return move (today, 7 - (int) g_date_get_weekday (today) + weekday);
  return NULL;
}

/* With two digits "54" is a birth and "27" is a plan. */
static int
full_year (int          year,
           const GDate *today)
{
  int century = g_date_get_year (today) / 100 * 100;

  if (year >= 100)
    return year;
  return century + year > g_date_get_year (today) + 10 ? century - 100 + year : century + year;
}

static char *
read_day_month_year (int          day,
                     int          month,
                     int          year,
                     const GDate *today)
{
  g_autofree char *text = NULL;

  if (day > 31 || month > 12 || !g_date_valid_dmy (day, month, year))
    return NULL;
  text = g_strdup_printf ("%04d-%02d-%02d", year, month, day);
  return gez_date_is_valid (text) ? g_steal_pointer (&text) : NULL;
}

static char *
read_day_month (int          day,
                int          month,
                const GDate *today)
{
  g_autofree char *nearest = NULL;
  int least = G_MAXINT;

  for (int year = g_date_get_year (today) - 1; year <= g_date_get_year (today) + 1; year++)
    {
      g_autofree char *candidate = read_day_month_year (day, month, year, today);
      GDate date;
      int distance;

      if (candidate == NULL || !gez_date_parse (candidate, &date))
        continue;
      distance = ABS (g_date_days_between (today, &date));
      if (distance < least)
        {
          g_free (nearest);
          nearest = g_steal_pointer (&candidate);
          least = distance;
        }
    }
  return g_steal_pointer (&nearest);
}

/* "24/11", "24-11-26", "24.11.2026", "24 nov", "24 november 2026" */
static char *
read_written_date (char       **words,
                   guint        n_words,
                   const GDate *today)
{
  int day;
  int month;
  int year;

  if (n_words < 2 || n_words > 3 || !read_number (words[0], &day))
    return NULL;
  if (!read_number (words[1], &month) && !find_number (month_words, words[1], &month))
    return NULL;
  if (n_words == 2)
    return read_day_month (day, month, today);
  if (!read_number (words[2], &year) || (strlen (words[2]) != 2 && strlen (words[2]) != 4))
    return NULL;
  return read_day_month_year (day, month, full_year (year, today), today);
}

/* "over 3 dagen", "in 2 weeks", "3 dagen geleden", "2 weeks ago" */
static char *
read_distance (char       **words,
               guint        n_words,
               const GDate *today)
{
  int count;
  int unit;

  if (n_words != 3)
    return NULL;
  if ((g_str_equal (words[0], "over") || g_str_equal (words[0], "in"))
      && read_count (words[1], &count) && find_number (unit_words, words[2], &unit))
    return move (today, count * unit);
  if ((g_str_equal (words[2], "geleden") || g_str_equal (words[2], "ago"))
      && read_count (words[0], &count) && find_number (unit_words, words[1], &unit))
    return move (today, -count * unit);
  return NULL;
}

static char **
split_words (const char *text)
{
  g_autofree char *folded = gez_text_fold (text);
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) pieces = g_strsplit_set (folded, " \t\n/.-,", -1);

  for (guint i = 0; pieces[i] != NULL; i++)
    if (*pieces[i] != '\0')
      g_ptr_array_add (words, g_strdup (pieces[i]));
  g_ptr_array_add (words, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&words), FALSE);
}

static char *
read_words (char       **words,
            const GDate *today)
{
  guint n_words = g_strv_length (words);
  char *date;
  int number;

  if (n_words == 1 && find_number (day_words, words[0], &number))
    return move (today, number);
  if (n_words == 1 && find_number (weekday_words, words[0], &number))
    return read_weekday (number, NULL, today);
  if (n_words == 2 && find_number (weekday_words, words[1], &number))
    return read_weekday (number, words[0], today);

  date = read_distance (words, n_words, today);
  if (date == NULL)
    date = read_written_date (words, n_words, today);
  /* "di 24/11": the weekday must be that of the date, or somebody looked at another month. */
  if (date == NULL && n_words >= 3 && find_number (weekday_words, words[0], &number))
    {
      GDate day;

      date = read_written_date (words + 1, n_words - 1, today);
      if (date != NULL && gez_date_parse (date, &day) && (int) g_date_get_weekday (&day) != number)
        g_clear_pointer (&date, g_free);
    }
  return date;
}

/**
 * gez_parse_date_words:
 * @text: (nullable): what was typed
 * @today: the day of today
 *
 * Returns: (transfer full) (nullable): the day (YYYY-MM-DD), or %NULL when @text is not a date
 */
char *
gez_parse_date_words (const char *text,
                      const char *today)
{
  g_autofree char *stripped = NULL;
  g_auto (GStrv) words = NULL;
  GDate now;

  g_return_val_if_fail (today != NULL && gez_date_parse (today, &now), NULL);

  if (text == NULL || gez_text_is_blank (text))
    return NULL;
  stripped = g_strstrip (g_strdup (text));
  if (gez_date_is_valid (stripped))
    return g_steal_pointer (&stripped);
  words = split_words (stripped);
  return read_words (words, &now);
}
