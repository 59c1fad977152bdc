/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-context.h"

G_BEGIN_DECLS

#define GEZ_ASSESSMENT_NO_SCORE -1

/**
 * GezAssessmentInput:
 * @id: (nullable): the row of this domain, voice, day and author, when there is one already; that
 *   row is changed, so that a domain has one row per voice, day and author
 * @voice: GEZ_CODES_VOICE; person and partner say who in @person_id, @partner_id
 * @assessed_on: (nullable): %NULL: today
 * @asked: (nullable): GEZ_CODES_ASKED
 * @score: 1 to 5; 0: nothing said about it; %GEZ_ASSESSMENT_NO_SCORE takes it back
 * @strengths: (nullable): %NULL: nothing said about it; "" takes it back; @needs and
 *   @wished_change likewise
 *
 * What was said of one domain on one day.
 */
typedef struct
{
  const GezId *id;
  const GezId *household_id;
  const GezId *domain_id;
  const char *voice;
  const GezId *person_id;
  const GezId *partner_id;
  const char *assessed_on;
  const char *asked;
  int score;
  const char *strengths;
  const char *needs;
  const char *wished_change;
} GezAssessmentInput;

GezChange *gez_assessment_record (GezContext               *context,
                                  const GezAssessmentInput *input,
                                  GezId                    *id);

G_END_DECLS
