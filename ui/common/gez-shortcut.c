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

static GtkShortcutController *
add_controller (GtkWidget          *page,
                GtkPropagationPhase phase)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, phase);
  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller),
                                     GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_widget_add_controller (page, controller);
  return GTK_SHORTCUT_CONTROLLER (controller);
}

static void
add_key_cb (const char *trigger,
            const char *action,
            gpointer    controller)
{
  gtk_shortcut_controller_add_shortcut (
    controller, gtk_shortcut_new (gtk_shortcut_trigger_parse_string (trigger),
                                  gtk_callback_action_new (activate_cb, g_strdup (action),
                                                           g_free)));
}

/**
 * gez_shortcut_add:
 * @page: (transfer none): the page
 * @trigger: the key, as "<Control>n"
 * @action: an action of @page without parameter
 */
void
gez_shortcut_add (GtkWidget  *page,
                  const char *trigger,
                  const char *action)
{
  g_return_if_fail (GTK_IS_WIDGET (page));
  g_return_if_fail (trigger != NULL && action != NULL);

  add_key_cb (trigger, action, add_controller (page, GTK_PHASE_BUBBLE));
}

/**
 * gez_shortcut_add_close:
 * @window: (transfer none): a window without anything that opens over it
 *
 * Escape closes it, also while a toast shows, which would take the key for itself.
 */
void
gez_shortcut_add_close (GtkWidget *window)
{
  g_return_if_fail (GTK_IS_WINDOW (window));

  add_key_cb ("Escape", "window.close", add_controller (window, GTK_PHASE_CAPTURE));
}

/**
 * gez_shortcut_add_scope:
 * @page: (transfer none): the page
 * @scope: which keys of the table (gez-keys.h)
 * @phase: GTK_PHASE_CAPTURE for before the widget that has the focus, GTK_PHASE_BUBBLE for after it
 */
void
gez_shortcut_add_scope (GtkWidget          *page,
                        GezKeyScope         scope,
                        GtkPropagationPhase phase)
{
  g_return_if_fail (GTK_IS_WIDGET (page));

  gez_keys_foreach (scope, add_key_cb, add_controller (page, phase));
}
