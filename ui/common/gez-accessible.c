/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What GTK 4.8 calls a widget without a name is the name of its type: somebody who listens hears
 * "GtkButton". A tooltip is no name, and of a drop-down not the drop-down takes the focus but a button
 * inside it.
 */

#include "common/gez-accessible.h"

static void
set_label (GtkWidget  *widget,
           const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/**
 * gez_accessible_set_name:
 * @widget: a control
 * @name: what is said when it gets the focus
 */
void
gez_accessible_set_name (GtkWidget  *widget,
                         const char *name)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (name != NULL);

  set_label (widget, name);
  if (GTK_IS_DROP_DOWN (widget))
    set_label (gtk_widget_get_first_child (widget), name);
}

static void
label_changed_cb (GtkLabel *label)
{
  gtk_accessible_update_state (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_STATE_HIDDEN,
                               *gtk_label_get_text (label) == '\0', -1);
}

/**
 * gez_accessible_hide_empty:
 * @label: a #GtkLabel that keeps its place while it says nothing
 *
 * Empty, it would be heard as "GtkLabel".
 */
void
gez_accessible_hide_empty (GtkWidget *label)
{
  g_return_if_fail (GTK_IS_LABEL (label));

  g_signal_connect_after (label, "notify::label", G_CALLBACK (label_changed_cb), NULL);
  label_changed_cb (GTK_LABEL (label));
}

/**
 * gez_accessible_name_buttons:
 * @root: a widget of a library
 * @name: what those of its buttons do that have an icon instead of words
 */
void
gez_accessible_name_buttons (GtkWidget  *root,
                             const char *name)
{
  g_return_if_fail (GTK_IS_WIDGET (root));

  if (GTK_IS_BUTTON (root) && gtk_button_get_icon_name (GTK_BUTTON (root)) != NULL)
    set_label (root, name);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gez_accessible_name_buttons (child, name);
}

static void
name_parts (GtkWidget  *root,
            const char *name)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (GTK_IS_LIST_BOX (child) || gtk_widget_has_css_class (child, "expander-row-arrow"))
        set_label (child, name);
      name_parts (child, name);
    }
}

/**
 * gez_accessible_name_expander:
 * @row: an AdwExpanderRow
 * @name: what it is about
 *
 * libadwaita 1.2 gives no names to the lists and to the arrow inside it.
 */
void
gez_accessible_name_expander (GtkWidget  *row,
                              const char *name)
{
  g_return_if_fail (GTK_IS_WIDGET (row));

  set_label (row, name);
  name_parts (row, name);
}

/**
 * gez_ornament_new:
 * @icon_name: a symbolic icon
 *
 * Returns: (transfer floating): an icon beside words that say the same, which nobody needs to hear
 */
GtkWidget *
gez_ornament_new (const char *icon_name)
{
  /* Not the state "hidden": GTK takes it away when it shows the widget again. */
  return g_object_new (GTK_TYPE_IMAGE, "icon-name", icon_name, "accessible-role",
                       GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
}
