/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Dates and ages in the words of the program's own catalogue, so that they are right on a machine
 * where no Dutch locale was generated.
 *
 * 1. What comes from the store may be anything; what is not a date gives an empty string.
 * 2. Weeks start on Monday: weekday 1 is Monday, 7 is Sunday.
 */

#include "common/gez-format.h"

#include <glib/gi18n.h>

#include "base/gez-date.h"

#define MONTHS_OF_A_BABY 24

static const char *const weekdays[] = {
  NC_ ("weekday", "Monday"),   NC_ ("weekday", "Tuesday"), NC_ ("weekday", "Wednesday"),
  NC_ ("weekday", "Thursday"), NC_ ("weekday", "Friday"),  NC_ ("weekday", "Saturday"),
  NC_ ("weekday", "Sunday"),
};

static const char *const short_weekdays[] = {
  NC_ ("weekday, short", "Mon"), NC_ ("weekday, short", "Tue"), NC_ ("weekday, short", "Wed"),
  NC_ ("weekday, short", "Thu"), NC_ ("weekday, short", "Fri"), NC_ ("weekday, short", "Sat"),
  NC_ ("weekday, short", "Sun"),
};

static const char *const months[] = {
  NC_ ("month", "January"),   NC_ ("month", "February"), NC_ ("month", "March"),
  NC_ ("month", "April"),     NC_ ("month", "May"),      NC_ ("month", "June"),
  NC_ ("month", "July"),      NC_ ("month", "August"),   NC_ ("month", "September"),
  NC_ ("month", "October"),   NC_ ("month", "November"), NC_ ("month", "December"),
};

static const char *const short_months[] = {
  NC_ ("month, short", "Jan"), NC_ ("month, short", "Feb"), NC_ ("month, short", "Mar"),
  NC_ ("month, short", "Apr"), NC_ ("month, short", "May"), NC_ ("month, short", "Jun"),
  NC_ ("month, short", "Jul"), NC_ ("month, short", "Aug"), NC_ ("month, short", "Sep"),
  NC_ ("month, short", "Oct"), NC_ ("month, short", "Nov"), NC_ ("month, short", "Dec"),
};

static const char *
date_weekday (const GDate *date)
{
  return gez_format_weekday (g_date_get_weekday (date));
}

static const char *
date_weekday_short (const GDate *date)
{
  return gez_format_weekday_short (g_date_get_weekday (date));
}

/**
 * gez_format_weekday:
 * @weekday: 1 for Monday to 7 for Sunday
 *
 * Returns: its name
 */
const char *
gez_format_weekday (int weekday)
{
  g_return_val_if_fail (weekday >= 1 && weekday <= 7, "");

  return g_dpgettext2 (NULL, "weekday", weekdays[weekday - 1]);
}

/**
 * gez_format_weekday_short:
 * @weekday: 1 for Monday to 7 for Sunday
 *
 * Returns: its name in two or three letters
 */
const char *
gez_format_weekday_short (int weekday)
{
  g_return_val_if_fail (weekday >= 1 && weekday <= 7, "");

  return g_dpgettext2 (NULL, "weekday, short", short_weekdays[weekday - 1]);
}

/**
 * gez_format_month:
 * @month: 1 to 12
 *
 * Returns: its name
 */
const char *
gez_format_month (int month)
{
  g_return_val_if_fail (month >= 1 && month <= 12, "");

  return g_dpgettext2 (NULL, "month", months[month - 1]);
}

/**
 * gez_format_month_short:
 * @month: 1 to 12
 *
 * Returns: its name in three or four letters
 */
const char *
gez_format_month_short (int month)
{
  g_return_val_if_fail (month >= 1 && month <= 12, "");

  return g_dpgettext2 (NULL, "month, short", short_months[month - 1]);
}

/**
 * gez_format_date:
 * @date: (nullable): a day
 *
 * Returns: "24 Nov 2026"
 */
char *
gez_format_date (const char *date)
{
  GDate day;

  if (date == NULL || !gez_date_parse (date, &day))
    return g_strdup ("");
  /* Translators: a date, as in "24 Nov 2026": day, month, year */
  return g_strdup_printf (_("%1$d %2$s %3$d"), g_date_get_day (&day),
                          gez_format_month_short (g_date_get_month (&day)), g_date_get_year (&day));
}

/**
 * gez_format_date_long:
 * @date: (nullable): a day
 *
 * Returns: "Tuesday 24 November 2026"
 */
char *
gez_format_date_long (const char *date)
{
  GDate day;

  if (date == NULL || !gez_date_parse (date, &day))
    return g_strdup ("");
  /* Translators: a whole date, as in "Tuesday 24 November 2026": weekday, day, month, year */
  return g_strdup_printf (_("%1$s %2$d %3$s %4$d"), date_weekday (&day), g_date_get_day (&day),
                          gez_format_month (g_date_get_month (&day)), g_date_get_year (&day));
}

/**
 * gez_format_month_year:
 * @date: (nullable): a day in that month
 *
 * Returns: "November 2026"
 */
char *
gez_format_month_year (const char *date)
{
  GDate day;

  if (date == NULL || !gez_date_parse (date, &day))
    return g_strdup ("");
  /* Translators: a month, as in "November 2026": month, year */
  return g_strdup_printf (_("%1$s %2$d"), gez_format_month (g_date_get_month (&day)),
                          g_date_get_year (&day));
}

/**
 * gez_format_date_near:
 * @date: (nullable): a day
 * @today: the day of today
 *
 * Returns: "today", "tomorrow", "yesterday", "Tue 24 Nov", or with the year when it is another one
 */
char *
gez_format_date_near (const char *date,
                      const char *today)
{
  GDate day;
  GDate now;
  const char *month;
  int distance;

  if (date == NULL || !gez_date_parse (date, &day))
    return g_strdup ("");
  g_return_val_if_fail (today != NULL && gez_date_parse (today, &now), gez_format_date (date));

  distance = g_date_days_between (&now, &day);
  if (distance == 0)
    return g_strdup (_("today"));
  if (distance == 1)
    return g_strdup (_("tomorrow"));
  if (distance == -1)
    return g_strdup (_("yesterday"));

  month = gez_format_month_short (g_date_get_month (&day));
  if (g_date_get_year (&day) == g_date_get_year (&now))
    /* Translators: a date in this year, as in "Tue 24 Nov": weekday, day, month */
    return g_strdup_printf (_("%1$s %2$d %3$s"), date_weekday_short (&day), g_date_get_day (&day),
                            month);
  return gez_format_date (date);
}

/**
 * gez_format_due:
 * @date: (nullable): the day on which something had to be done
 * @today: the day of today
 *
 * Returns: as gez_format_date_near(), and "3 days late" for a day that has passed
 */
char *
gez_format_due (const char *date,
                const char *today)
{
  int late;

  if (date == NULL || !gez_date_is_valid (date))
    return g_strdup ("");
  g_return_val_if_fail (today != NULL && gez_date_is_valid (today), gez_format_date (date));

  late = gez_date_days_between (date, today);
  if (late <= 0)
    return gez_format_date_near (date, today);
  return g_strdup_printf (ngettext ("%d day late", "%d days late", late), late);
}

/**
 * gez_format_days_ago:
 * @date: (nullable): a day
 * @today: the day of today
 *
 * Returns: "12 days ago", "today", "yesterday"; a day still to come as gez_format_date_near()
 */
char *
gez_format_days_ago (const char *date,
                     const char *today)
{
  int days;

  if (date == NULL || !gez_date_is_valid (date))
    return g_strdup ("");
  g_return_val_if_fail (today != NULL && gez_date_is_valid (today), gez_format_date (date));

  days = gez_date_days_between (date, today);
  if (days < 2)
    return gez_format_date_near (date, today);
  return g_strdup_printf (ngettext ("%d day ago", "%d days ago", days), days);
}

/**
 * gez_format_time:
 * @time: (nullable): HH:MM
 *
 * Returns: the time as people write it: "10:00", in Dutch "10.00 u"
 */
char *
gez_format_time (const char *time)
{
  int hour;
  int minute;

  if (time == NULL || !gez_date_parse_time (time, &hour, &minute))
    return g_strdup ("");
  /* Translators: a time of the day: hour, minute. Dutch: "%1$d.%2$02d u" */
  return g_strdup_printf (_("%1$d:%2$02d"), hour, minute);
}

/**
 * gez_format_age:
 * @birth: (nullable): the day of birth
 * @today: the day of today
 *
 * Returns: "34", and for who is younger than two "7 months"
 */
char *
gez_format_age (const char *birth,
                const char *today)
{
  GDate born;
  GDate now;
  int n_months;

  if (birth == NULL || !gez_date_parse (birth, &born))
    return g_strdup ("");
  g_return_val_if_fail (today != NULL && gez_date_parse (today, &now), g_strdup (""));

  if (g_date_compare (&born, &now) > 0)
    return g_strdup (_("not born yet"));
  n_months = (g_date_get_year (&now) - g_date_get_year (&born)) * 12
             + g_date_get_month (&now) - g_date_get_month (&born);
  if (g_date_get_day (&now) < g_date_get_day (&born))
    n_months--;
  if (n_months < MONTHS_OF_A_BABY)
    return g_strdup_printf (ngettext ("%d month", "%d months", n_months), n_months);
  return g_strdup_printf ("%d", gez_date_age (birth, today));
}

/**
 * gez_language:
 *
 * Returns: the code of the language in which people see the program, as "nl"
 */
const char *
gez_language (void)
{
  /* Translators: the code of your language, as "nl" */
  return C_ ("language code", "en");
}

/**
 * gez_escape:
 * @text: (nullable): what somebody typed
 *
 * Returns: @text for a place that reads markup
 */
char *
gez_escape (const char *text)
{
  return g_markup_escape_text (text != NULL ? text : "", -1);
}

/**
 * gez_capitalise:
 * @text: words in the middle of a sentence
 *
 * Returns: @text as it stands at the beginning of one
 */
char *
gez_capitalise (const char *text)
{
  GString *capital;

  g_return_val_if_fail (text != NULL, NULL);

  capital = g_string_new (NULL);
  if (text[0] != '\0')
    {
      g_string_append_unichar (capital, g_unichar_toupper (g_utf8_get_char (text)));
      g_string_append (capital, g_utf8_next_char (text));
    }

  return g_string_free (capital, FALSE);
}
