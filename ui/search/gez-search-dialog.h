/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezSearchDialog:
 *
 * One entry that searches everywhere, with what it finds below it. What is chosen opens in the
 * window underneath. Nothing of what is typed is kept.
 */
#define GEZ_TYPE_SEARCH_DIALOG (gez_search_dialog_get_type ())
G_DECLARE_FINAL_TYPE (GezSearchDialog, gez_search_dialog, GEZ, SEARCH_DIALOG, AdwWindow)

GtkWidget *gez_search_dialog_present (GtkWindow  *parent,
                                      GezContext *context);

G_END_DECLS
