/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "preferences/gez-security-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "common/gez-settings.h"
#include "household/gez-choice-row.h"
#include "household/gez-form.h"
#include "recovery/gez-keys-group.h"

static const guint minutes[] = { 1, 2, 5, 10, 15, 30 };

static void
minutes_chosen_cb (GezChoiceRow *row)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (row));

  if (selected < G_N_ELEMENTS (minutes))
    g_object_set (gez_settings_get_default (), "lock-minutes", minutes[selected], NULL);
}

static GtkWidget *
make_minutes (void)
{
  GtkWidget *row = gez_choice_row_new (_("When nobody touches it"));
  guint wanted = gez_settings_get_lock_minutes (gez_settings_get_default ());

  for (guint i = 0; i < G_N_ELEMENTS (minutes); i++)
    {
      g_autofree char *words = g_strdup_printf (
        ngettext ("After %u minute", "After %u minutes", minutes[i]), minutes[i]);

      gez_choice_row_add (GEZ_CHOICE_ROW (row), words, words);
      /* A number in between that was set in another way shows as the one below it. */
      if (minutes[i] <= wanted)
        adw_combo_row_set_selected (ADW_COMBO_ROW (row), i);
    }
  g_signal_connect (row, "notify::selected", G_CALLBACK (minutes_chosen_cb), NULL);
  return row;
}

static GtkWidget *
make_switch (const char *title,
             const char *subtitle,
             const char *name)
{
  GezSettings *settings = gez_settings_get_default ();
  GtkWidget *row = gez_form_switch (title, subtitle, gez_settings_is_on (settings, name));
  GtkWidget *control = adw_action_row_get_activatable_widget (ADW_ACTION_ROW (row));

  g_object_bind_property (control, "active", settings, name, G_BINDING_DEFAULT);
  return row;
}

static GtkWidget *
make_locking (void)
{
  GtkWidget *group = g_object_new (
    ADW_TYPE_PREFERENCES_GROUP, "title", _("Locking"), "description",
    _("Locking closes every page and asks for the passphrase again. With Ctrl+L you lock at once."),
    NULL);
  AdwPreferencesGroup *rows = ADW_PREFERENCES_GROUP (group);

  adw_preferences_group_add (rows, make_minutes ());
  adw_preferences_group_add (rows, make_switch (_("When the computer goes to sleep"), NULL,
                                                "lock-on-suspend"));
  adw_preferences_group_add (rows, make_switch (_("When the screen of the computer locks"), NULL,
                                                "lock-with-session"));
  return group;
}

static GtkWidget *
make_store (GezContext *context)
{
  const char *directory = gez_store_get_directory (gez_context_get_store (context));
  g_autofree char *path = g_filename_display_name (directory);
  GtkWidget *group = g_object_new (
    ADW_TYPE_PREFERENCES_GROUP, "title", _("What the passphrase protects"), "description",
    _("Everything that you write is encrypted on the disk. Without the passphrase or the recovery sheet "
      "nobody can read it, and nobody can give it back when both are lost."),
    NULL);
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title",
                                 _("Where your file is"), "subtitle", path, NULL);

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return group;
}

/**
 * gez_security_page_new:
 * @context: of the open store
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
gez_security_page_new (GezContext *context)
{
  GtkWidget *page = g_object_new (ADW_TYPE_PREFERENCES_PAGE, "title", _("Security"), "icon-name",
                                  "system-lock-screen-symbolic", NULL);

  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (make_locking ()));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (gez_keys_group_new (context)));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page),
                            ADW_PREFERENCES_GROUP (make_store (context)));
  return page;
}
