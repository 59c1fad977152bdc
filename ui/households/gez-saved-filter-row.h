/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "common/gez-field-row.h"

#include "store/gez-record.h"

G_BEGIN_DECLS

/**
 * GezSavedFilterRow:
 *
 * One filter of GezSavedFilters: its name to choose it, a button to rename it in place and one to
 * remove it.
 *
 * GezSavedFilterRow::chosen (GezRecord *filter)
 * GezSavedFilterRow::renamed (GezRecord *filter, const char *name): never blank
 * GezSavedFilterRow::removed (GezRecord *filter)
 */
#define GEZ_TYPE_SAVED_FILTER_ROW (gez_saved_filter_row_get_type ())
G_DECLARE_FINAL_TYPE (GezSavedFilterRow, gez_saved_filter_row, GEZ, SAVED_FILTER_ROW, GezFieldRow)

GtkWidget *gez_saved_filter_row_new (GezRecord *filter);

G_END_DECLS
