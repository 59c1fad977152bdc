/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * 1. A series is ordered by day; plot, table and description all read the same one.
 * 2. A voice has one score a day: the last that was given.
 */

#include "household/gez-score-series.h"

#include <glib/gi18n.h>
#include <string.h>

#include "common/gez-format.h"
#include "common/gez-words.h"

/**
 * gez_score_voice_code:
 * @voice: who says it
 *
 * Returns: (transfer none): the code of the voice in the store
 */
const char *
gez_score_voice_code (GezScoreVoice voice)
{
  return voice == GEZ_SCORE_VOICE_FAMILY ? "family" : "worker";
}

static gboolean
read_point (GezRecord     *record,
            GezScorePoint *point)
{
  const char *voice = gez_record_get_text (record, "voice");
  const char *day = gez_record_get_text (record, "assessed_on");

  if (gez_record_is_null (record, "score") || day == NULL)
    return FALSE;
  if (g_strcmp0 (voice, "family") != 0 && g_strcmp0 (voice, "worker") != 0)
    return FALSE;

  g_strlcpy (point->day_on, day, sizeof point->day_on);
  point->voice = strcmp (voice, "family") == 0 ? GEZ_SCORE_VOICE_FAMILY : GEZ_SCORE_VOICE_WORKER;
  point->score = CLAMP ((int) gez_record_get_integer (record, "score"),
                        GEZ_SCORE_LOWEST, GEZ_SCORE_HIGHEST);
  return TRUE;
}

/* The place of the score that this voice already gave on this day. */
static GezScorePoint *
find_same_day (GArray              *series,
               const GezScorePoint *point)
{
  for (guint i = series->len; i > 0; i--)
    {
      GezScorePoint *other = &g_array_index (series, GezScorePoint, i - 1);

      if (strcmp (other->day_on, point->day_on) != 0)
        return NULL;
      if (other->voice == point->voice)
        return other;
    }

  return NULL;
}

/**
 * gez_score_series_new:
 * @records: (element-type GezRecord): scores, oldest first, with `assessed_on`, `voice`, `score`
 *
 * Returns: (transfer full) (element-type GezScorePoint): the scores of family and worker
 */
GArray *
gez_score_series_new (GPtrArray *records)
{
  GArray *series = g_array_new (FALSE, FALSE, sizeof (GezScorePoint));

  for (guint i = 0; i < records->len; i++)
    {
      GezScorePoint point;
      GezScorePoint *same;

      if (!read_point (g_ptr_array_index (records, i), &point))
        continue;
      same = find_same_day (series, &point);
      if (same != NULL)
        same->score = point.score;
      else
        g_array_append_val (series, point);
    }

  return series;
}

/**
 * gez_score_series_latest:
 * @series: (element-type GezScorePoint): scores by day
 * @voice: whose score
 * @before: (nullable): a point of @series; the one before it is wanted
 *
 * Returns: (transfer none) (nullable): the last score of @voice, or the last one before @before
 */
const GezScorePoint *
gez_score_series_latest (GArray              *series,
                         GezScoreVoice        voice,
                         const GezScorePoint *before)
{
  for (guint i = series->len; i > 0; i--)
    {
      const GezScorePoint *point = &g_array_index (series, GezScorePoint, i - 1);

      if (before != NULL && point >= before)
        continue;
      if (point->voice == voice)
        return point;
    }

  return NULL;
}

/**
 * gez_score_series_describe:
 * @series: (element-type GezScorePoint): scores by day
 *
 * Returns: (transfer full): the series in words, for who cannot see the plot
 */
char *
gez_score_series_describe (GArray *series)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < series->len; i++)
    {
      const GezScorePoint *point = &g_array_index (series, GezScorePoint, i);
      g_autofree char *day = gez_format_date_long (point->day_on);

      /* Translators: a score in the history, such as "3 November 2026, family: 3". */
      g_string_append_printf (words, _("%s, %s: %d"), day,
                              gez_words_get (GEZ_WORDS_VOICE, gez_score_voice_code (point->voice)),
                              point->score);
      if (i + 1 < series->len)
        g_string_append (words, "; ");
    }
  if (series->len == 0)
    g_string_append (words, _("No scores yet"));

  return g_string_free (words, FALSE);
}

/**
 * gez_score_format_trend:
 * @score: the score; 0 for none
 * @previous: the one before; 0 for none
 *
 * Returns: (transfer full): the score with an arrow that says where it came from; "" for none
 */
char *
gez_score_format_trend (int score,
                        int previous)
{
  if (score <= 0)
    return g_strdup ("");
  if (previous <= 0)
    return g_strdup_printf ("%d", score);

  return g_strdup_printf ("%d %s", score,
                          score > previous ? "↗" : score < previous ? "↘" : "→");
}
