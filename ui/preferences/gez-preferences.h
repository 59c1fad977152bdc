/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/* The window of preferences. A page of it is a function that takes the context and returns an
 * AdwPreferencesPage; it gets a line in the table of gez-preferences.c. Locking destroys the window. */
void gez_preferences_present (GtkWindow  *parent,
                              GezContext *context);

void gez_preferences_present_page (GtkWindow  *parent,
                                   GezContext *context,
                                   const char *page);

G_END_DECLS
