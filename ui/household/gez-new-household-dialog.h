/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "household/gez-form-dialog.h"

G_BEGIN_DECLS

/**
 * GezNewHouseholdDialog:
 *
 * Makes a household. Only a name or an alias is needed. While it is typed, files that look alike
 * are listed, so that nobody makes a second file for one family. Nothing is written before the
 * button or Enter.
 */
#define GEZ_TYPE_NEW_HOUSEHOLD_DIALOG (gez_new_household_dialog_get_type ())
G_DECLARE_FINAL_TYPE (GezNewHouseholdDialog, gez_new_household_dialog, GEZ, NEW_HOUSEHOLD_DIALOG,
                      GezFormDialog)

void gez_new_household_dialog_present       (GtkWindow  *parent,
                                             GezContext *context);
void gez_new_household_dialog_present_named (GtkWindow  *parent,
                                             GezContext *context,
                                             const char *name);

G_END_DECLS
