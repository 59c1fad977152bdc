/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezSavedFilters:
 *
 * A button with the filters that were kept under a name: choose one, keep what shows now, rename,
 * remove. They are of this device and this store alone.
 *
 * GezSavedFilters::chosen (const char *content): a filter was chosen.
 * GezSavedFilters::collect: what shows now is to be kept; the handler returns its content, as a new
 * string.
 */
#define GEZ_TYPE_SAVED_FILTERS (gez_saved_filters_get_type ())
G_DECLARE_FINAL_TYPE (GezSavedFilters, gez_saved_filters, GEZ, SAVED_FILTERS, GtkWidget)

GtkWidget *gez_saved_filters_new (GezContext *context);

G_END_DECLS
