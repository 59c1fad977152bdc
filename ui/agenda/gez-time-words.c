/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agenda/gez-time-words.h"

#include <glib/gi18n.h>

#include "base/gez-date.h"

static const int lengths[] = { 0, 15, 30, 45, 60, 90, 120, 180, 240, 480 };
static const int rhythms[] = { 0, 7, 14, 30, 91, 182, 365 };

/**
 * gez_parse_time_words:
 * @text: what somebody typed
 *
 * People write 9, 9.30, 9u30, 9:30 and 930; the store has HH:MM.
 *
 * Returns: (transfer full) (nullable): HH:MM; %NULL when it is no time
 */
char *
gez_parse_time_words (const char *text)
{
  g_autofree char *tidy = NULL;
  g_auto (GStrv) parts = NULL;
  g_autofree char *time = NULL;
  int hour, minute;

  g_return_val_if_fail (text != NULL, NULL);

  tidy = g_strstrip (g_strdup (text));
  if (strlen (tidy) <= 4 && strlen (tidy) >= 3 && strspn (tidy, "0123456789") == strlen (tidy))
    {
      int number = atoi (tidy);

      g_free (tidy);
      tidy = g_strdup_printf ("%d:%02d", number / 100, number % 100);
    }
  g_strdelimit (tidy, ".uUhH", ':');
  parts = g_strsplit (tidy, ":", 2);
  if (parts[0] == NULL)
    return NULL;

  time = g_strdup_printf ("%s%s:%s", strlen (parts[0]) == 1 ? "0" : "", parts[0],
                          parts[1] == NULL || *parts[1] == '\0' ? "00" : parts[1]);
  if (!gez_date_parse_time (time, &hour, &minute))
    return NULL;

  return g_strdup_printf ("%02d:%02d", hour, minute);
}

/**
 * gez_time_words_name_length:
 * @minutes: how long; 0: not said
 *
 * Returns: (transfer full): "45 minutes", "1 hour", "1 h 30"
 */
char *
gez_time_words_name_length (int minutes)
{
  if (minutes <= 0)
    return g_strdup (_("Not said"));
  if (minutes < 60)
    return g_strdup_printf (ngettext ("%d minute", "%d minutes", minutes), minutes);
  if (minutes % 60 == 0)
    return g_strdup_printf (ngettext ("%d hour", "%d hours", minutes / 60), minutes / 60);

  /* Translators: a length of time, as in "1 h 30": hours, minutes. */
  return g_strdup_printf (_("%1$d h %2$02d"), minutes / 60, minutes % 60);
}

/**
 * gez_time_words_name_rhythm:
 * @days: until the next one; 0: once
 *
 * Returns: (transfer full): "Never", "Every week", "Every 30 days"
 */
char *
gez_time_words_name_rhythm (int days)
{
  if (days <= 0)
    return g_strdup (_("Never"));
  if (days == 7)
    return g_strdup (_("Every week"));
  if (days % 7 == 0)
    return g_strdup_printf (ngettext ("Every %d week", "Every %d weeks", days / 7), days / 7);

  return g_strdup_printf (ngettext ("Every %d day", "Every %d days", days), days);
}

static void
add_numbers (GezChoiceRow *row,
             const int    *numbers,
             guint         n,
             char       *(*name) (int))
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *code = g_strdup_printf ("%d", numbers[i]);
      g_autofree char *label = name (numbers[i]);

      gez_choice_row_add (row, code, label);
    }
}

/**
 * gez_time_words_add_lengths:
 * @row: where a length is chosen; the code is the number of minutes
 */
void
gez_time_words_add_lengths (GezChoiceRow *row)
{
  add_numbers (row, lengths, G_N_ELEMENTS (lengths), gez_time_words_name_length);
}

/**
 * gez_time_words_add_rhythms:
 * @row: where a rhythm is chosen; the code is the number of days
 */
void
gez_time_words_add_rhythms (GezChoiceRow *row)
{
  add_numbers (row, rhythms, G_N_ELEMENTS (rhythms), gez_time_words_name_rhythm);
}
