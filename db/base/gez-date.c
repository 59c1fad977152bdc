/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/gez-date.h"

#include <string.h>

/* Dates are the text "YYYY-MM-DD" wherever they are kept, so that comparing text compares dates.
 * Any year from 1 to 9999 is a date: people are born in 1890 and typing mistakes must be shown back,
 * not silently changed. */

static gboolean
digits (const char *text,
        guint       count,
        int        *value)
{
  *value = 0;
  for (guint i = 0; i < count; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
      *value = *value * 10 + (text[i] - '0');
    }
  return TRUE;
}

/**
 * gez_date_parse:
 * @text: (nullable): "YYYY-MM-DD"
 * @date: (out): untouched on failure
 *
 * Returns: whether @text is a date that exists
 */
gboolean
gez_date_parse (const char *text,
                GDate      *date)
{
  int year, month, day;

  g_return_val_if_fail (date != NULL, FALSE);

  if (text == NULL || strlen (text) != 10 || text[4] != '-' || text[7] != '-' ||
      !digits (text, 4, &year) || !digits (text + 5, 2, &month) || !digits (text + 8, 2, &day))
    return FALSE;
  if (!g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return FALSE;
  g_date_clear (date, 1);
  g_date_set_dmy (date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return TRUE;
}

/**
 * gez_date_is_valid:
 * @text: (nullable): what somebody typed or sent
 *
 * Returns: whether it is "YYYY-MM-DD" and exists
 */
gboolean
gez_date_is_valid (const char *text)
{
  GDate date;

  return gez_date_parse (text, &date);
}

/**
 * gez_date_format:
 *
 * Returns: (transfer full): "YYYY-MM-DD"
 */
char *
gez_date_format (const GDate *date)
{
  g_return_val_if_fail (date != NULL && g_date_valid (date), NULL);

  return g_strdup_printf ("%04u-%02u-%02u", g_date_get_year (date), g_date_get_month (date),
                          g_date_get_day (date));
}

/**
 * gez_date_add_days:
 * @text: a valid date
 * @days: how many, may be negative
 *
 * Returns: (transfer full) (nullable): the date that many days later, %NULL if @text is no date
 */
char *
gez_date_add_days (const char *text,
                   int         days)
{
  GDate date;

  if (!gez_date_parse (text, &date))
    return NULL;
  if (days >= 0)
    g_date_add_days (&date, (guint) days);
  else
    g_date_subtract_days (&date, (guint) -days);
  return gez_date_format (&date);
}

/**
 * gez_date_days_between:
 *
 * Returns: days from @from to @to, negative when @to is earlier; 0 if either is no date
 */
int
gez_date_days_between (const char *from,
                       const char *to)
{
  GDate a, b;

  if (!gez_date_parse (from, &a) || !gez_date_parse (to, &b))
    return 0;
  return g_date_days_between (&a, &b);
}

/**
 * gez_date_age:
 * @birth: (nullable): a date
 * @today: a date
 *
 * Returns: age in whole years, or -1 when unknown or not yet born
 */
int
gez_date_age (const char *birth,
              const char *today)
{
  GDate a, b;
  int years;

  if (!gez_date_parse (birth, &a) || !gez_date_parse (today, &b) || g_date_compare (&a, &b) > 0)
    return -1;
  years = g_date_get_year (&b) - g_date_get_year (&a);
  if (strcmp (today + 5, birth + 5) < 0)
    years--;
  return years;
}

/**
 * gez_date_parse_time:
 * @text: (nullable): "HH:MM", 24 hours
 *
 * Returns: whether @text is a time of day
 */
gboolean
gez_date_parse_time (const char *text,
                     int        *hour,
                     int        *minute)
{
  int h, m;

  g_return_val_if_fail (hour != NULL && minute != NULL, FALSE);

  if (text == NULL || strlen (text) != 5 || text[2] != ':' || !digits (text, 2, &h) ||
      !digits (text + 3, 2, &m) || h > 23 || m > 59)
    return FALSE;
  *hour = h;
  *minute = m;
  return TRUE;
}

/**
 * gez_date_parse_instant:
 * @text: ISO 8601 with a time zone, "2026-11-21T09:30:00.250Z"
 * @instant: (out): milliseconds since 1970, UTC
 *
 * Returns: whether @text is an instant
 */
gboolean
gez_date_parse_instant (const char *text,
                        gint64     *instant)
{
  g_autoptr (GDateTime) moment = NULL;

  g_return_val_if_fail (text != NULL && instant != NULL, FALSE);

  moment = g_date_time_new_from_iso8601 (text, NULL);
  if (moment == NULL)
    return FALSE;
  *instant = g_date_time_to_unix (moment) * 1000 + g_date_time_get_microsecond (moment) / 1000;
  return TRUE;
}

/**
 * gez_date_format_instant:
 * @instant: milliseconds since 1970, UTC
 *
 * Returns: (transfer full): ISO 8601 in UTC with milliseconds
 */
char *
gez_date_format_instant (gint64 instant)
{
  gint64 seconds = instant / 1000, rest = instant % 1000;
  g_autoptr (GDateTime) moment = NULL;
  g_autofree char *text = NULL;

  if (rest < 0)
    {
      rest += 1000;
      seconds--;
    }
  moment = g_date_time_new_from_unix_utc (seconds);
  if (moment == NULL)
    return NULL;
  text = g_date_time_format (moment, "%Y-%m-%dT%H:%M:%S");
  return g_strdup_printf ("%s.%03dZ", text, (int) rest);
}
