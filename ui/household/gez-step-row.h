/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "store/gez-record.h"

G_BEGIN_DECLS

/**
 * GezStepRow:
 *
 * A step as a line: a box to tick, what, who, by when.
 *
 * GezStepRow::ticked (gboolean done): a person ticked it, or took the tick back.
 * GezStepRow::change, GezStepRow::remove: a person asked for it.
 */
#define GEZ_TYPE_STEP_ROW (gez_step_row_get_type ())
G_DECLARE_FINAL_TYPE (GezStepRow, gez_step_row, GEZ, STEP_ROW, GtkListBoxRow)

GtkWidget *gez_step_row_new      (GezRecord  *step,
                                  const char *today,
                                  gboolean    can_change);
GezRecord *gez_step_row_get_step (GezStepRow *self);

G_END_DECLS
