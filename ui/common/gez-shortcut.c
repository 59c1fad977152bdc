/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/gez-shortcut.h"

/* Pages that are hidden keep their keys in the window's list: they let them pass. */
static gboolean
activate_cb (GtkWidget *page,
             GVariant  *arguments,
             gpointer   action)
{
  return gtk_widget_get_mapped (page) && gtk_widget_activate_action (page, action, NULL);
}

/**
 * gez_shortcut_add:
 * @page: (transfer none): the page
 * @trigger: the key, as "<Control>n"
 * @action: a static string: an action of @page without parameter
 */
void
gez_shortcut_add (GtkWidget  *page,
                  const char *trigger,
                  const char *action)
{
  GtkEventController *controller;
  GtkShortcut *shortcut;

  g_return_if_fail (GTK_IS_WIDGET (page));
  g_return_if_fail (trigger != NULL && action != NULL);

  controller = gtk_shortcut_controller_new ();
  shortcut = gtk_shortcut_new (gtk_shortcut_trigger_parse_string (trigger),
                               gtk_callback_action_new (activate_cb, (gpointer) action, NULL));
  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller),
                                     GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
  gtk_widget_add_controller (page, controller);
}
