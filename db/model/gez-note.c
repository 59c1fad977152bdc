/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-note.h"

#include "model/gez-command.h"

static GezCircle
circle_of (GezContext         *context,
           const GezNoteInput *input)
{
  GezCircleKind kind = input->circle_kind ? input->circle_kind : gez_note_default_circle (context);

  if (kind == GEZ_CIRCLE_PRIVATE || gez_id_is_none (input->household_id))
    return gez_circle_private (gez_context_get_member_id (context));
  return kind == GEZ_CIRCLE_OPEN ? gez_circle_open (input->household_id)
                                 : gez_circle_casework (input->household_id);
}

static GezChange *
write_note (GezContext         *context,
            const char         *act,
            const GezNoteInput *input,
            GezId              *id)
{
  GezChange *change = gez_change_new (act);

  gez_command_insert (context, change, "note", circle_of (context, input), id);
  gez_command_id (change, "household_id", input->household_id);
  gez_command_id (change, "contact_id", input->contact_id);
  gez_command_id (change, "domain_id", input->domain_id);
  gez_command_id (change, "person_id", input->person_id);
  gez_command_id (change, "corrects_note_id", input->corrects_note_id);
  gez_change_set_integer (change, "written_at",
                          input->written_at ? input->written_at
                                            : gez_clock_get_now (gez_context_get_clock (context)));
  gez_command_by (context, change, "by_member_id", NULL);
  gez_command_text (change, "origin", input->origin);
  gez_command_text (change, "told_by", input->told_by);
  gez_command_yes (change, "is_minor_in_confidence", input->is_minor_in_confidence);
  gez_command_write_text (change, "content", input->content);
  return change;
}

/**
 * gez_note_default_circle:
 *
 * Returns: who reads a note of the current member unless she chooses otherwise
 */
GezCircleKind
gez_note_default_circle (GezContext *context)
{
  g_return_val_if_fail (GEZ_IS_CONTEXT (context), GEZ_CIRCLE_CASEWORK);

  return gez_context_is_brugfiguur (context) ? GEZ_CIRCLE_OPEN : GEZ_CIRCLE_CASEWORK;
}

/**
 * gez_note_write:
 * @input: the text alone will do
 * @id: (out) (optional): receives the identity
 *
 * Thread: any; it touches no store.
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_note_write (GezContext         *context,
                const GezNoteInput *input,
                GezId              *id)
{
  g_return_val_if_fail (GEZ_IS_CONTEXT (context) && input != NULL && input->content != NULL, NULL);

  return write_note (context, "write-note", input, id);
}

/**
 * gez_note_correct:
 * @input: corrects_note_id says which note; give household, contact and circle of that one
 * @id: (out) (optional): receives the identity of the addition
 *
 * Corrects a note by an addition. What was written stays.
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_note_correct (GezContext         *context,
                  const GezNoteInput *input,
                  GezId              *id)
{
  g_return_val_if_fail (GEZ_IS_CONTEXT (context) && input != NULL && input->content != NULL, NULL);
  g_return_val_if_fail (!gez_id_is_none (input->corrects_note_id), NULL);

  return write_note (context, "correct-note", input, id);
}
