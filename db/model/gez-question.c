/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-question.h"

#include "model/gez-command.h"

/* In the order of the bits of GezOutcome. */
static const char *const outcome_codes[] = {
  "answered", "referred", "file_opened", "come_back", "not_solved", "no_supply", NULL
};

static const struct
{
  GezOutcome outcome;
  const char *column;
} outcome_columns[] = {
  { GEZ_OUTCOME_ANSWERED, "is_answered" },
  { GEZ_OUTCOME_REFERRED, "is_referred" },
  { GEZ_OUTCOME_FILE_OPENED, "is_file_opened" },
  { GEZ_OUTCOME_NOT_SOLVED, "is_not_solved" },
  { GEZ_OUTCOME_NO_SUPPLY, "is_no_supply" },
};

/* A question is done with when somebody answered it and nobody waits for anything any more. */
static gboolean
settles (GezOutcome outcomes)
{
  return (outcomes & GEZ_OUTCOME_ANSWERED) &&
         !(outcomes & (GEZ_OUTCOME_COME_BACK | GEZ_OUTCOME_NOT_SOLVED | GEZ_OUTCOME_NO_SUPPLY));
}

static GezCircle
circle_of (GezContext             *context,
           const GezQuestionInput *input)
{
  if (!gez_id_is_none (input->household_id))
    return gez_circle_open (input->household_id);
  if (!gez_id_is_none (input->school_id))
    return gez_circle_sitting (input->school_id);
  return gez_circle_private (gez_context_get_member_id (context));
}

static GezChange *
begin (GezContext  *context,
       const char  *act,
       const GezId *question)
{
  GezChange *change;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context) && !gez_id_is_none (question), NULL);

  change = gez_change_new (act);
  gez_change_update (change, "question", question);
  return change;
}

/**
 * gez_outcome_get_codes:
 *
 * Returns: (transfer none) (array zero-terminated=1): codes of the outcomes, in the order in which
 *   people meet them
 */
const char *const *
gez_outcome_get_codes (void)
{
  return outcome_codes;
}

/**
 * gez_outcome_from_code:
 * @code: (nullable): as "come_back"
 *
 * Returns: the outcome, %GEZ_OUTCOME_NONE when there is no such code
 */
GezOutcome
gez_outcome_from_code (const char *code)
{
  for (guint i = 0; outcome_codes[i]; i++)
    if (g_strcmp0 (outcome_codes[i], code) == 0)
      return (GezOutcome) (1 << i);
  return GEZ_OUTCOME_NONE;
}

/**
 * gez_question_ask:
 * @input: the text alone will do
 * @id: (out) (optional): receives the identity
 *
 * A question of a family, or of somebody without a file: then it stays with the school where it was
 * asked, and without a school with who wrote it down. One that was answered is done the same day.
 *
 * Thread: any; it touches no store.
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_question_ask (GezContext             *context,
                  const GezQuestionInput *input,
                  GezId                  *id)
{
  GezChange *change;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context) && input != NULL && input->content != NULL, NULL);

  change = gez_change_new ("ask-question");
  gez_command_insert (context, change, "question", circle_of (context, input), id);
  gez_command_id (change, "household_id", input->household_id);
  gez_command_id (change, "contact_id", input->contact_id);
  gez_command_id (change, "person_id", input->person_id);
  gez_command_id (change, "school_id", input->school_id);
  gez_command_id (change, "domain_id", input->domain_id);
  gez_command_write_text (change, "content", input->content);
  for (guint i = 0; i < G_N_ELEMENTS (outcome_columns); i++)
    gez_command_yes (change, outcome_columns[i].column,
                     input->outcomes & outcome_columns[i].outcome);
  if (input->outcomes & GEZ_OUTCOME_COME_BACK)
    gez_command_text (change, "come_back_on", input->come_back_on);
  gez_command_date (context, change, "first_asked_on", input->first_asked_on);
  if (settles (input->outcomes))
    gez_command_date (context, change, "done_on", input->first_asked_on);
  return change;
}

/**
 * gez_question_set_outcomes:
 * @outcomes: all that hold from now on
 * @come_back_on: (nullable): with %GEZ_OUTCOME_COME_BACK
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_question_set_outcomes (GezContext  *context,
                           const GezId *question,
                           GezOutcome   outcomes,
                           const char  *come_back_on)
{
  GezChange *change = begin (context, "set-outcomes", question);

  if (change == NULL)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (outcome_columns); i++)
    gez_change_set_integer (change, outcome_columns[i].column,
                            (outcomes & outcome_columns[i].outcome) != 0);
  gez_command_write_text (change, "come_back_on",
                          outcomes & GEZ_OUTCOME_COME_BACK ? come_back_on : NULL);
  if (settles (outcomes))
    gez_command_date (context, change, "done_on", NULL);
  else
    gez_change_set_null (change, "done_on");
  return change;
}

/**
 * gez_question_finish:
 * @done_on: (nullable): %NULL: today
 *
 * Nothing is left to do for it, whatever came of it.
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_question_finish (GezContext  *context,
                     const GezId *question,
                     const char  *done_on)
{
  GezChange *change = begin (context, "finish-question", question);

  if (change)
    gez_command_date (context, change, "done_on", done_on);
  return change;
}

/**
 * gez_question_reopen:
 *
 * The family is back with it: the same question goes on.
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_question_reopen (GezContext  *context,
                     const GezId *question)
{
  GezChange *change = begin (context, "reopen-question", question);

  if (change)
    gez_change_set_null (change, "done_on");
  return change;
}
