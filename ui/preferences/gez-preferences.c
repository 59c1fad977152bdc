/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "preferences/gez-preferences.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "backup/gez-backup-page.h"
#include "preferences/gez-device-page.h"
#include "preferences/gez-lists-page.h"
#include "preferences/gez-security-page.h"

#define WIDTH 640 /* pixels, and never wider than the window below it */

/* In the order in which people see them. */
static GtkWidget *(*const pages[]) (GezContext *context) = {
  gez_device_page_new,
  gez_lists_page_new,
  gez_security_page_new,
  gez_backup_page_new,
};

/**
 * gez_preferences_present:
 * @parent: the window of the program
 * @context: of the open store
 *
 * @page: (nullable): which page to show first, by its name
 *
 * Shows the preferences above @parent.
 */
void
gez_preferences_present_page (GtkWindow  *parent,
                              GezContext *context,
                              const char *page)
{
  GtkWidget *window;
  int width = gtk_widget_get_width (GTK_WIDGET (parent));

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (GEZ_IS_CONTEXT (context));

  window = g_object_new (ADW_TYPE_PREFERENCES_WINDOW,
                         "title", _("Preferences"),
                         "transient-for", parent,
                         "destroy-with-parent", TRUE,
                         "modal", TRUE,
                         "search-enabled", FALSE,
                         "default-width", width > 0 ? MIN (WIDTH, width) : WIDTH,
                         "default-height", 620,
                         NULL);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    adw_preferences_window_add (ADW_PREFERENCES_WINDOW (window),
                                ADW_PREFERENCES_PAGE (pages[i](context)));
  if (page)
    adw_preferences_window_set_visible_page_name (ADW_PREFERENCES_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
}

void
gez_preferences_present (GtkWindow  *parent,
                         GezContext *context)
{
  gez_preferences_present_page (parent, context, NULL);
}
