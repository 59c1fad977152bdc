/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "household/gez-form-dialog.h"

G_BEGIN_DECLS

/**
 * GezRelationDialog:
 *
 * How two people of the household are related.
 */
#define GEZ_TYPE_RELATION_DIALOG (gez_relation_dialog_get_type ())
G_DECLARE_FINAL_TYPE (GezRelationDialog, gez_relation_dialog, GEZ, RELATION_DIALOG, GezFormDialog)

void gez_relation_dialog_present (GtkWidget   *parent,
                                  GezContext  *context,
                                  const GezId *household,
                                  GPtrArray   *people);

G_END_DECLS
