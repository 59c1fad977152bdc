/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "preferences/gez-device-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "common/gez-settings.h"
#include "household/gez-choice-row.h"

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
  return page;
}
