/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezOutcome:
 *
 * What came of a question; several may hold, and none may.
 */
typedef enum
{
  GEZ_OUTCOME_NONE = 0,
  GEZ_OUTCOME_ANSWERED = 1 << 0,
  GEZ_OUTCOME_REFERRED = 1 << 1,
  GEZ_OUTCOME_FILE_OPENED = 1 << 2,
  GEZ_OUTCOME_COME_BACK = 1 << 3,
  GEZ_OUTCOME_NOT_SOLVED = 1 << 4,
  GEZ_OUTCOME_NO_SUPPLY = 1 << 5,
} GezOutcome;

/**
 * GezQuestionInput:
 * @household_id: (nullable): %NULL: anonymous, or not yet a file
 * @contact_id: (nullable): filled in by gez_contact_record()
 * @school_id: (nullable): where it was asked; without household it decides who may read it
 * @come_back_on: (nullable): with %GEZ_OUTCOME_COME_BACK
 * @first_asked_on: (nullable): %NULL: today
 */
typedef struct
{
  const GezId *household_id;
  const GezId *contact_id;
  const GezId *person_id;
  const GezId *school_id;
  const GezId *domain_id;
  const char *content;
  GezOutcome outcomes;
  const char *come_back_on;
  const char *first_asked_on;
} GezQuestionInput;

const char *const *gez_outcome_get_codes (void);
GezOutcome gez_outcome_from_code         (const char             *code);

GezChange *gez_question_ask              (GezContext             *context,
                                          const GezQuestionInput *input,
                                          GezId                  *id);
GezChange *gez_question_set_outcomes     (GezContext             *context,
                                          const GezId            *question,
                                          GezOutcome              outcomes,
                                          const char             *come_back_on);
GezChange *gez_question_finish           (GezContext             *context,
                                          const GezId            *question,
                                          const char             *done_on);
GezChange *gez_question_reopen           (GezContext             *context,
                                          const GezId            *question);

G_END_DECLS
