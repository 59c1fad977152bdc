/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/gez-window-parts.h"

#include <glib/gi18n.h>

#include "common/gez-wrap-layout.h"

/* Takes no focus and no click: what one was doing goes on. */
GtkWidget *
gez_window_warning_new (void)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT,
                                   "visible", FALSE, "can-target", FALSE, "wrap", TRUE, "halign",
                                   GTK_ALIGN_CENTER, "valign", GTK_ALIGN_START, NULL);

  gtk_widget_add_css_class (label, "gez-lock-warning");
  return label;
}

GtkWidget *
gez_window_crisis_button_new (void)
{
  GtkWidget *button = gtk_button_new_with_label (_("Crisis card"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "app.crisis-card");
  gtk_widget_set_tooltip_text (button, _("Whom to call when it cannot wait (F1)"));
  return button;
}

/* Closes every other window. */
void
gez_window_close_dialogs (GtkWindow *self)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *item = windows; item; item = item->next)
    if (GTK_IS_WINDOW (item->data) && item->data != (gpointer) self)
      gtk_window_destroy (item->data);
}

/* What was copied here and not yet in another program since; also what was only selected, which the
 * middle button of the mouse pastes. */
void
gez_window_forget_clipboards (GtkWidget *self)
{
  GdkClipboard *clipboards[] = {
    gtk_widget_get_clipboard (self),
    gtk_widget_get_primary_clipboard (self),
  };

  for (guint i = 0; i < G_N_ELEMENTS (clipboards); i++)
    if (gdk_clipboard_is_local (clipboards[i]))
      gdk_clipboard_set_content (clipboards[i], NULL);
}

static gboolean
dialog_key_cb (GtkWidget *dialog,
               GVariant  *name,
               gpointer   window)
{
  g_action_group_activate_action (window, g_variant_get_string (name, NULL), NULL);
  return TRUE;
}

/* Keys of actions are those of the window of the program. These two cannot wait until a dialog is closed. */
void
gez_window_add_dialog_keys (GtkWindow *self,
                            GtkWidget *dialog)
{
  static const struct
  {
    guint key;
    GdkModifierType modifiers;
    const char *action;
  } wanted[] = {
    { GDK_KEY_l, GDK_CONTROL_MASK, "lock" },
    { GDK_KEY_F9, 0, "hide-names" },
  };
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (keys), GTK_SHORTCUT_SCOPE_GLOBAL);
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new_with_arguments (
        gtk_keyval_trigger_new (wanted[i].key, wanted[i].modifiers),
        gtk_callback_action_new (dialog_key_cb, g_object_ref (self), g_object_unref), "s",
        wanted[i].action));
  gtk_widget_add_controller (dialog, keys);
}

static GtkWidget *
get_foot (GtkWidget *box)
{
  GtkWidget *last = gtk_widget_get_last_child (box), *buttons;

  if (gtk_widget_has_css_class (last, "gez-front-foot"))
    return gtk_center_box_get_center_widget (GTK_CENTER_BOX (last));
  last = gtk_center_box_new ();
  buttons = gez_wrap_box_new (6, 0);
  gtk_widget_add_css_class (last, "gez-front-foot");
  gtk_center_box_set_center_widget (GTK_CENTER_BOX (last), buttons);
  gtk_box_append (GTK_BOX (box), last);
  return buttons;
}

/* A button below a page before the workspace; the next one goes beside it. */
void
gez_window_add_foot (GtkWidget  *page,
                     const char *label,
                     GCallback   clicked,
                     gpointer    window)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_object (button, "clicked", clicked, window, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (get_foot (gtk_widget_get_parent (page))), button);
}
