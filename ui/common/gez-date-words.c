/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Reads a date as people write it.
 *
 * 1. Dutch and English are both understood, whatever the language of the window is.
 * 2. A weekday alone is the next one after today: people plan more often than they look back.
 *    "vorige di" looks back.
 * 3. A day and a month without a year is the one nearest to today.
 * 4. "Volgende di" is the one of next week, "komende di" the first one after today.
 * 5. What can be read in two ways is not read: a wrong date in a plan is worse than a question.
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

#define MONTH 1000 /* a unit that is a number of months, times this */
#define MOST_MONTHS 1200

static const NamedNumber unit_words[] = {
  { "dag", 1 },         { "dagen", 1 },       { "day", 1 },          { "days", 1 },
  { "week", 7 },        { "weken", 7 },       { "weeks", 7 },        { "maand", MONTH },
  { "maanden", MONTH }, { "month", MONTH },   { "months", MONTH },   { "jaar", 12 * MONTH },
  { "year", 12 * MONTH }, { "years", 12 * MONTH }, { NULL, 0 },
};

static const NamedNumber count_words[] = {
  { "een", 1 },  { "a", 1 },     { "an", 1 },    { "one", 1 },  { "twee", 2 },  { "two", 2 },
  { "drie", 3 }, { "three", 3 }, { "vier", 4 },  { "four", 4 }, { "vijf", 5 },  { "five", 5 },
  { "zes", 6 },  { "six", 6 },   { "zeven", 7 }, { "seven", 7 }, { "acht", 8 }, { "eight", 8 },
  { "negen", 9 }, { "nine", 9 }, { "tien", 10 }, { "ten", 10 }, { NULL, 0 },
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

/* A day of the month: "24", "24e", "1ste", "2nd". */
static gboolean
read_day (const char *word,
          int        *number)
{
  static const char *const endings[] = { "e", "de", "ste", "st", "nd", "rd", "th" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (word, endings[i]))
      {
        g_autofree char *digits = g_strndup (word, strlen (word) - strlen (endings[i]));

        if (read_number (digits, number))
          return TRUE;
      }
  return read_number (word, number);
}

static gboolean
read_count (const char *word,
            int        *number)
{
  return find_number (count_words, word, number) || read_number (word, number);
}

static gboolean
is_one_of (const char        *word,
           const char *const *words)
{
  return g_strv_contains (words, word);
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
move_units (const GDate *date,
            int          count,
            int          unit)
{
  GDate moved = *date;
  int months = count * (unit / MONTH);

  if (unit < MONTH)
    return move (date, count * unit);
  if (ABS (months) > MOST_MONTHS)
    return NULL;
  if (months >= 0)
    g_date_add_months (&moved, months);
  else
    g_date_subtract_months (&moved, -months);
  return gez_date_format (&moved);
}

static const char *const coming_words[] = { "komende", "aanstaande", "deze", "coming", "this", NULL };
static const char *const last_words[] = { "vorige", "afgelopen", "last", NULL };
static const char *const next_words[] = { "volgende", "volgend", "next", NULL };

static char *
read_weekday (int          weekday,
              const char  *which,
              const GDate *today)
{
  int ahead = (weekday - (int) g_date_get_weekday (today) + 7) % 7;

  if (which == NULL || is_one_of (which, coming_words))
    return move (today, ahead == 0 ? 7 : ahead);
  if (is_one_of (which, last_words))
    return move (today, ahead - 7);
  if (is_one_of (which, next_words))
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

static void
note_no_such_day (GezDateReading *reading,
                  int             day,
                  int             month,
                  int             year)
{
  if (day < 29 || day > 31 || month < 1 || month > 12)
    return;
  reading->fault = GEZ_DATE_FAULT_NO_SUCH_DAY;
  reading->day = day;
  g_snprintf (reading->about, sizeof reading->about, "%04d-%02d-01", CLAMP (year, 1, 9999), month);
}

/* "24/11", "24-11-26", "24.11.2026", "24 nov", "24 november 2026" */
static char *
read_written_date (char          **words,
                   guint           n_words,
                   const GDate    *today,
                   GezDateReading *reading)
{
  int year = g_date_get_year (today);
  char *date;
  int day;
  int month;

  if (n_words < 2 || n_words > 3 || !read_day (words[0], &day))
    return NULL;
  if (!read_number (words[1], &month) && !find_number (month_words, words[1], &month))
    return NULL;
  if (n_words == 3
      && (!read_number (words[2], &year) || (strlen (words[2]) != 2 && strlen (words[2]) != 4)))
    return NULL;
  year = full_year (year, today);
  date = n_words == 2 ? read_day_month (day, month, today)
                      : read_day_month_year (day, month, year, today);
  if (date == NULL)
    note_no_such_day (reading, day, month, year);
  return date;
}

/* "over 3 dagen", "in 2 weeks", "over een maand", "3 dagen geleden", "2 weeks ago" */
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
    return move_units (today, count, unit);
  if ((g_str_equal (words[2], "geleden") || g_str_equal (words[2], "ago"))
      && read_count (words[0], &count) && find_number (unit_words, words[1], &unit))
    return move_units (today, -count, unit);
  return NULL;
}

/* "eind van de maand", "einde november", "end of next month", "eind van het jaar": their last day. */
static char *
read_end (char       **words,
          guint        n_words,
          const GDate *today)
{
  static const char *const ends[] = { "eind", "einde", "end", NULL };
  static const char *const fillers[] = { "van", "de", "het", "deze", "dit", "of", "the", "this", NULL };
  GDate last = *today;
  int month;
  guint i = 1;

  if (n_words < 2 || !is_one_of (words[0], ends))
    return NULL;
  while (i < n_words && is_one_of (words[i], fillers))
    i++;
  g_date_set_day (&last, 1);
  if (i + 1 < n_words && is_one_of (words[i], next_words))
    {
      g_date_add_months (&last, g_strcmp0 (words[++i], "jaar") == 0
                                    || g_strcmp0 (words[i], "year") == 0 ? 12 : 1);
    }
  if (i + 1 != n_words)
    return NULL;
  if (g_str_equal (words[i], "jaar") || g_str_equal (words[i], "year"))
    g_date_set_month (&last, G_DATE_DECEMBER);
  else if (find_number (month_words, words[i], &month))
    {
      if (month < (int) g_date_get_month (today))
        g_date_add_years (&last, 1);
      g_date_set_month (&last, month);
    }
  else if (!g_str_equal (words[i], "maand") && !g_str_equal (words[i], "month"))
    return NULL;
  g_date_set_day (&last, g_date_get_days_in_month (g_date_get_month (&last), g_date_get_year (&last)));
  return gez_date_format (&last);
}

/* "di", "volgende di", "di volgende week", "next week tuesday" */
static char *
read_weekday_words (char       **words,
                    guint        n_words,
                    const GDate *today)
{
  int number;

  if (n_words == 1 && find_number (weekday_words, words[0], &number))
    return read_weekday (number, NULL, today);
  if (n_words == 2 && find_number (weekday_words, words[1], &number))
    return read_weekday (number, words[0], today);
  if (n_words != 3)
    return NULL;
  if (find_number (weekday_words, words[0], &number) && is_one_of (words[1], next_words)
      && g_str_equal (words[2], "week"))
    return read_weekday (number, words[1], today);
  if (is_one_of (words[0], next_words) && g_str_equal (words[1], "week")
      && find_number (weekday_words, words[2], &number))
    return read_weekday (number, words[0], today);
  return NULL;
}

static char **
split_words (const char *text)
{
  g_autofree char *folded = gez_text_fold (text);
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) pieces = g_strsplit_set (folded, " \t\n/.-,'", -1);

  for (guint i = 0; pieces[i] != NULL; i++)
    if (*pieces[i] != '\0')
      g_ptr_array_add (words, g_strdup (pieces[i]));
  g_ptr_array_add (words, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&words), FALSE);
}

/* "di 24/11": the weekday must be that of the date, or somebody looked at another month. */
static char *
read_date_with_weekday (char          **words,
                        guint           n_words,
                        const GDate    *today,
                        GezDateReading *reading)
{
  g_autofree char *date = NULL;
  int number;
  GDate day;

  if (n_words < 3 || !find_number (weekday_words, words[0], &number))
    return NULL;
  date = read_written_date (words + 1, n_words - 1, today, reading);
  if (date == NULL || !gez_date_parse (date, &day))
    return NULL;
  if ((int) g_date_get_weekday (&day) == number)
    return g_steal_pointer (&date);
  reading->fault = GEZ_DATE_FAULT_WEEKDAY;
  g_strlcpy (reading->about, date, sizeof reading->about);
  return NULL;
}

static char *
read_words (char          **words,
            const GDate    *today,
            GezDateReading *reading)
{
  guint n_words = g_strv_length (words);
  char *date;
  int number;

  if (n_words == 1 && find_number (day_words, words[0], &number))
    return move (today, number);
  date = read_weekday_words (words, n_words, today);
  if (date == NULL)
    date = read_distance (words, n_words, today);
  if (date == NULL)
    date = read_end (words, n_words, today);
  if (date == NULL)
    date = read_written_date (words, n_words, today, reading);
  if (date == NULL)
    date = read_date_with_weekday (words, n_words, today, reading);
  return date;
}

/**
 * gez_read_date_words:
 * @text: (nullable): what was typed
 * @today: the day of today
 * @reading: (out): why it is not a date
 *
 * Returns: (transfer full) (nullable): the day (YYYY-MM-DD), or %NULL when @text is not a date
 */
char *
gez_read_date_words (const char     *text,
                     const char     *today,
                     GezDateReading *reading)
{
  g_autofree char *stripped = NULL;
  g_autofree char *date = NULL;
  g_auto (GStrv) words = NULL;
  GDate now;

  g_return_val_if_fail (today != NULL && gez_date_parse (today, &now), NULL);
  g_return_val_if_fail (reading != NULL, NULL);

  *reading = (GezDateReading) { GEZ_DATE_FAULT_NONE };
  if (text == NULL || gez_text_is_blank (text))
    return NULL;
  stripped = g_strstrip (g_strdup (text));
  if (gez_date_is_valid (stripped))
    return g_steal_pointer (&stripped);
  reading->fault = GEZ_DATE_FAULT_UNREAD;
  words = split_words (stripped);
  date = read_words (words, &now, reading);
  if (date == NULL || !gez_date_is_valid (date))
    return NULL;
  reading->fault = GEZ_DATE_FAULT_NONE;
  return g_steal_pointer (&date);
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
  GezDateReading reading;

  return gez_read_date_words (text, today, &reading);
}
