/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/gez-household-list.h"

G_BEGIN_DECLS

/**
 * GezHouseholdRow:
 *
 * One household in a long list: its name, who belongs to it, and what asks for attention. All rows
 * of one width have one height, whatever script a name is in: GtkListView needs that.
 */
#define GEZ_TYPE_HOUSEHOLD_ROW (gez_household_row_get_type ())
G_DECLARE_FINAL_TYPE (GezHouseholdRow, gez_household_row, GEZ, HOUSEHOLD_ROW, GtkWidget)

GtkWidget        *gez_household_row_new      (void);
void              gez_household_row_set_item (GezHouseholdRow  *self,
                                              GezHouseholdItem *item,
                                              const char       *today,
                                              const char       *me);
GezHouseholdItem *gez_household_row_get_item (GezHouseholdRow  *self);
char             *gez_household_row_describe (GezHouseholdItem *item,
                                              const char       *today,
                                              const char       *me);

G_END_DECLS
