/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezNoteInput:
 * @household_id: (nullable): as of the contact
 * @circle_kind: %GEZ_CIRCLE_OPEN, _CASEWORK or _PRIVATE; 0: open for a brugfiguur, casework for all
 *   others
 * @written_at: instant; 0: now
 * @origin: (nullable): GEZ_CODES_NOTE_ORIGIN; @told_by says who told it
 * @corrects_note_id: (nullable): the note that this one corrects; that one stays as it was
 */
typedef struct
{
  const GezId *household_id;
  const GezId *contact_id;
  const GezId *domain_id;
  const GezId *person_id;
  const GezId *corrects_note_id;
  GezCircleKind circle_kind;
  gint64 written_at;
  const char *origin;
  const char *told_by;
  gboolean is_minor_in_confidence;
  const char *content;
} GezNoteInput;

GezCircleKind gez_note_default_circle (GezContext         *context);
GezChange    *gez_note_write          (GezContext         *context,
                                       const GezNoteInput *input,
                                       GezId              *id);
GezChange    *gez_note_correct        (GezContext         *context,
                                       const GezNoteInput *input,
                                       GezId              *id);

G_END_DECLS
