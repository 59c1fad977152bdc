/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/gez-button.h"

/**
 * gez_button_set_name:
 * @button: a button without text
 * @name: what it does: its tooltip, and what a screen reader says
 */
void
gez_button_set_name (GtkWidget  *button,
                     const char *name)
{
  g_return_if_fail (GTK_IS_WIDGET (button));

  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/**
 * gez_button_new_icon:
 * @icon: name of a symbolic icon
 * @name: what it does
 * @action: name of an action without parameter
 *
 * Returns: (transfer floating): a button with an icon
 */
GtkWidget *
gez_button_new_icon (const char *icon,
                     const char *name,
                     const char *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gez_button_set_name (button, name);

  return button;
}

/**
 * gez_button_box_new_linked:
 *
 * Returns: (transfer floating): a box whose buttons look like one
 */
GtkWidget *
gez_button_box_new_linked (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (box, "linked");

  return box;
}

/**
 * gez_button_append_toggle:
 * @box: where it goes
 * @label: what it says
 * @tooltip: (nullable): the same with its key
 * @group: (nullable): the first one of the group; %NULL makes it the first, which is on
 *
 * Returns: (transfer none): the button
 */
GtkWidget *
gez_button_append_toggle (GtkWidget  *box,
                          const char *label,
                          const char *tooltip,
                          GtkWidget  *group)
{
  GtkWidget *toggle = gtk_toggle_button_new_with_label (label);

  g_return_val_if_fail (GTK_IS_BOX (box), NULL);

  if (group != NULL)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (toggle), GTK_TOGGLE_BUTTON (group));
  else
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (toggle), TRUE);
  gtk_widget_set_tooltip_text (toggle, tooltip);
  gtk_box_append (GTK_BOX (box), toggle);

  return toggle;
}
