/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezEdits:
 *
 * Gathers what a form changed about one row into one change. A value that stayed as it was is not
 * written, so that nothing is in conflict with a colleague who changed another field.
 */
typedef struct
{
  GezContext *context;
  const char *act;
  const char *table;
  const GezId *id;
  GezRecord *before;
  GezChange *change; /* NULL while nothing changed */
} GezEdits;

void       gez_edits_text    (GezEdits    *self,
                              const char  *column,
                              const char  *value);
void       gez_edits_integer (GezEdits    *self,
                              const char  *column,
                              gint64       value);
void       gez_edits_id      (GezEdits    *self,
                              const char  *column,
                              const GezId *value);
void       gez_edits_take    (GezEdits    *self,
                              GezChange   *change);

G_END_DECLS
