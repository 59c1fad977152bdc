/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "preferences/gez-device-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "common/gez-settings.h"
#include "household/gez-choice-row.h"
#include "team/gez-team-window.h"

static void
language_chosen_cb (GezChoiceRow *row)
{
  g_object_set (gez_settings_get_default (), "language", gez_choice_row_get_code (row), NULL);
}

static GtkWidget *
make_language (void)
{
  GtkWidget *row = gez_choice_row_new (_("Language"));
  GezChoiceRow *choice = GEZ_CHOICE_ROW (row);

  gez_choice_row_add (choice, "", _("As the computer"));
  /* Each in its own language: who cannot read this one finds hers. */
  gez_choice_row_add (choice, "nl", "Nederlands");
  gez_choice_row_add (choice, "en", "English");
  gez_choice_row_set_code (choice, gez_settings_get_language (gez_settings_get_default ()));
  g_signal_connect (row, "notify::selected", G_CALLBACK (language_chosen_cb), NULL);
  return row;
}

static void
team_cb (GtkWidget *button)
{
  GtkRoot *root = gtk_widget_get_root (button);

  if (GTK_IS_WINDOW (root))
    gez_team_window_present (GTK_WINDOW (root), g_object_get_data (G_OBJECT (button), "context"), "sync");
}

static GtkWidget *
make_team (GezContext *context)
{
  GtkWidget *group = g_object_new (ADW_TYPE_PREFERENCES_GROUP, "title", _("Team"), NULL);
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title",
                                 _("Shared folder and colleagues"), "subtitle",
                                 _("Who is in the team, and how far syncing is."), "title-lines", 0,
                                 "subtitle-lines", 0, NULL);
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Look…"));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), "context", g_object_ref (context), g_object_unref);
  g_signal_connect (button, "clicked", G_CALLBACK (team_cb), NULL);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return group;
}

/**
 * gez_device_page_new:
 * @context: of the open store
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
gez_device_page_new (GezContext *context)
{
  GtkWidget *page = g_object_new (ADW_TYPE_PREFERENCES_PAGE, "title", _("This device"),
                                  "icon-name", "computer-symbolic", NULL);
  GtkWidget *group = g_object_new (ADW_TYPE_PREFERENCES_GROUP, "title", _("Language of the program"),
                                   "description", _("Chosen for this device only. The program changes "
                                                    "the next time that it starts."),
                                   NULL);

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), make_language ());
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (make_team (context)));
  return page;
}
