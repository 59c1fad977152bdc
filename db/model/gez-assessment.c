/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-assessment.h"

#include "model/gez-command.h"

static void
write_said (GezChange                *change,
            const GezAssessmentInput *input)
{
  if (input->asked)
    gez_command_write_text (change, "asked", input->asked);
  if (input->strengths)
    gez_command_write_text (change, "strengths", input->strengths);
  if (input->needs)
    gez_command_write_text (change, "needs", input->needs);
  if (input->wished_change)
    gez_command_write_text (change, "wished_change", input->wished_change);
  if (input->score == GEZ_ASSESSMENT_NO_SCORE)
    gez_change_set_null (change, "score");
  else if (input->score != 0)
    gez_change_set_integer (change, "score", input->score);
}

/**
 * gez_assessment_record:
 * @input: only what was said; score 1 to 5, 0 or %GEZ_ASSESSMENT_NO_SCORE
 * @id: (out) (optional): receives the identity of the row
 *
 * What the family or a worker says of one life domain today. It starts in the casework circle.
 *
 * Thread: any; it touches no store.
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_assessment_record (GezContext               *context,
                       const GezAssessmentInput *input,
                       GezId                    *id)
{
  GezChange *change;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context) && input != NULL, NULL);
  g_return_val_if_fail (input->score >= GEZ_ASSESSMENT_NO_SCORE && input->score <= 5, NULL);

  change = gez_change_new ("record-assessment");
  if (!gez_id_is_none (input->id))
    {
      gez_change_update (change, "assessment", input->id);
      if (id)
        *id = *input->id;
      write_said (change, input);
      return change;
    }

  g_return_val_if_fail (!gez_id_is_none (input->household_id), change);
  g_return_val_if_fail (!gez_id_is_none (input->domain_id) && input->voice != NULL, change);

  gez_command_insert (context, change, "assessment", gez_circle_casework (input->household_id), id);
  gez_change_set_id (change, "household_id", input->household_id);
  gez_change_set_id (change, "domain_id", input->domain_id);
  gez_command_date (context, change, "assessed_on", input->assessed_on);
  gez_change_set_text (change, "voice", input->voice);
  gez_command_id (change, "person_id", input->person_id);
  gez_command_id (change, "partner_id", input->partner_id);
  gez_command_by (context, change, "by_member_id", NULL);
  write_said (change, input);
  return change;
}
