/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-record.h"

G_BEGIN_DECLS

/**
 * GezScoreVoice:
 * @GEZ_SCORE_VOICE_FAMILY: what the family says
 * @GEZ_SCORE_VOICE_WORKER: what the worker sees
 */
typedef enum
{
  GEZ_SCORE_VOICE_FAMILY,
  GEZ_SCORE_VOICE_WORKER,
  GEZ_SCORE_VOICE_N
} GezScoreVoice;

/**
 * GezScorePoint:
 * @day_on: the day (YYYY-MM-DD)
 * @voice: who says it
 * @score: 1 to 5
 */
typedef struct
{
  char day_on[11];
  GezScoreVoice voice;
  int score;
} GezScorePoint;

#define GEZ_SCORE_LOWEST 1
#define GEZ_SCORE_HIGHEST 5

const char          *gez_score_voice_code    (GezScoreVoice        voice);
GArray              *gez_score_series_new    (GPtrArray           *records);
const GezScorePoint *gez_score_series_latest (GArray              *series,
                                              GezScoreVoice        voice,
                                              const GezScorePoint *before);
char                *gez_score_series_describe (GArray            *series);
char                *gez_score_format_trend  (int                  score,
                                              int                  previous);

G_END_DECLS
