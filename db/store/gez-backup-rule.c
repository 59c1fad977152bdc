/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/gez-backup-rule.h"

#include <string.h>

#include "base/gez-date.h"

/* Which backups stay: the newest of each of the last 7 days, 4 weeks and 12 months that have one.
 *
 * 1. Days, weeks and months without a backup do not count. So a computer that was off for a year, or
 *    whose clock runs ahead, loses nothing at once: old ones go only as new ones come.
 * 2. The newest always stays: it is the newest of its day.
 * 3. When one of them is of a later day than today, the clock cannot be believed, and all stay.
 * 4. What does not look like a time stays. */

#define DAYS 7
#define WEEKS 4
#define MONTHS 12

typedef guint32 (*Period) (const GDate *date);

typedef struct
{
  const char *stamp;
  gsize place;
  GDate date;
} Entry;

static guint32
day_of (const GDate *date)
{
  return g_date_get_julian (date);
}

/* Weeks begin on Monday; julian day 1 was one. */
static guint32
week_of (const GDate *date)
{
  return (g_date_get_julian (date) - 1) / 7;
}

static guint32
month_of (const GDate *date)
{
  return g_date_get_year (date) * 12u + (guint32) g_date_get_month (date);
}

static gboolean
parse (const char *stamp,
       GDate      *date)
{
  char day[11], time[6];
  int hour, minute;

  if (stamp == NULL || strlen (stamp) != GEZ_BACKUP_STAMP_SIZE - 1 || stamp[10] != 'T')
    return FALSE;
  g_strlcpy (day, stamp, sizeof day);
  memcpy (time, stamp + 11, 2);
  time[2] = ':';
  memcpy (time + 3, stamp + 13, 3);
  return gez_date_parse (day, date) && gez_date_parse_time (time, &hour, &minute);
}

static int
compare_newest_first (gconstpointer a,
                      gconstpointer b)
{
  const Entry *one = a, *other = b;

  return strcmp (other->stamp, one->stamp);
}

static void
keep_newest_of (GArray  *entries,
                Period   period,
                guint    most,
                gboolean *keep)
{
  guint32 last = 0;
  guint n = 0;

  for (guint i = 0; i < entries->len && n <= most; i++)
    {
      Entry *entry = &g_array_index (entries, Entry, i);
      guint32 number = period (&entry->date);

      if (n > 0 && number == last)
        continue;
      last = number;
      if (++n <= most)
        keep[entry->place] = TRUE;
    }
}

/**
 * gez_backup_stamp_is_valid:
 * @stamp: a local time as in the name of a backup: 2026-11-21T0915
 *
 * Thread: any.
 */
gboolean
gez_backup_stamp_is_valid (const char *stamp)
{
  GDate date;

  return parse (stamp, &date);
}

/**
 * gez_backup_rule_keeps:
 * @stamps: (array length=n_stamps): when backups were made, local time, in any order
 * @today: local date, YYYY-MM-DD
 * @keep: (out) (array length=n_stamps): which of them stay
 *
 * Returns: whether any of them may go
 *
 * Thread: any.
 */
gboolean
gez_backup_rule_keeps (const char *const *stamps,
                       gsize              n_stamps,
                       const char        *today,
                       gboolean          *keep)
{
  g_autoptr (GArray) entries = g_array_new (FALSE, TRUE, sizeof (Entry));
  gboolean is_believable = gez_date_is_valid (today);
  gboolean keeps_all = TRUE;

  for (gsize i = 0; i < n_stamps; i++)
    {
      Entry entry = { stamps[i], i };

      keep[i] = !parse (stamps[i], &entry.date);
      if (keep[i])
        continue;
      if (today == NULL || strncmp (stamps[i], today, 10) > 0)
        is_believable = FALSE;
      g_array_append_val (entries, entry);
    }
  g_array_sort (entries, compare_newest_first);
  keep_newest_of (entries, day_of, DAYS, keep);
  keep_newest_of (entries, week_of, WEEKS, keep);
  keep_newest_of (entries, month_of, MONTHS, keep);
  for (gsize i = 0; i < n_stamps; i++)
    {
      keep[i] = keep[i] || !is_believable;
      keeps_all = keeps_all && keep[i];
    }
  return !keeps_all;
}
