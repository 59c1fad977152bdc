/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "team/gez-team-window.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "sync/gez-sync-page.h"
#include "team/gez-team-page.h"

#define WIDTH 640 /* pixels, and never wider than the window below it */

/**
 * gez_team_window_present:
 * @parent: the window that asks
 * @context: of the open store
 * @page: which page to show first: sync or team
 *
 * Shows who is in the team, and how the shared folder does.
 */
void
gez_team_window_present (GtkWindow  *parent,
                         GezContext *context,
                         const char *page)
{
  GtkWidget *window;
  int width = gtk_widget_get_width (GTK_WIDGET (parent));

  g_return_if_fail (GTK_IS_WINDOW (parent) && GEZ_IS_CONTEXT (context));

  window = g_object_new (ADW_TYPE_PREFERENCES_WINDOW,
                         "title", _("Team"),
                         "transient-for", parent,
                         "destroy-with-parent", TRUE,
                         "modal", TRUE,
                         "search-enabled", FALSE,
                         "default-width", width > 0 ? MIN (WIDTH, width) : WIDTH,
                         "default-height", 680,
                         NULL);
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (window),
                              ADW_PREFERENCES_PAGE (gez_sync_page_new (context)));
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (window),
                              ADW_PREFERENCES_PAGE (gez_team_page_new (context)));
  adw_preferences_window_set_visible_page_name (ADW_PREFERENCES_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
}
