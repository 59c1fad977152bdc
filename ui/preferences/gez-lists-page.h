/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezListsPage:
 *
 * The page of the preferences where a team edits its own words: choose a list, or the scale, and
 * change it below.
 */
#define GEZ_TYPE_LISTS_PAGE (gez_lists_page_get_type ())
G_DECLARE_FINAL_TYPE (GezListsPage, gez_lists_page, GEZ, LISTS_PAGE, AdwPreferencesPage)

GtkWidget *gez_lists_page_new        (GezContext   *context);
void       gez_lists_page_show       (GezListsPage *self,
                                      const char   *name);
GtkWidget *gez_lists_page_get_editor (GezListsPage *self);

G_END_DECLS
