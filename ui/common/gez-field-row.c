/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A row that is not focusable is no way out: where such rows stand beside others, the list of GTK 4.8
 * passes over them with Shift+Tab, and one without a field stops Tab for good.
 */

#include "common/gez-field-row.h"

G_DEFINE_TYPE (GezFieldRow, gez_field_row, GTK_TYPE_LIST_BOX_ROW)

static gboolean
has_field (GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_get_sensitive (widget)
      || !gtk_widget_get_can_focus (widget))
    return FALSE;
  if (gtk_widget_get_focusable (widget))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_field (child))
      return TRUE;
  return FALSE;
}

static gboolean
gez_field_row_focus (GtkWidget       *widget,
                     GtkDirectionType direction)
{
  GtkWidget *child = gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (widget));

  if (child != NULL && has_field (child))
    return gtk_widget_child_focus (child, direction);
  return GTK_WIDGET_CLASS (gez_field_row_parent_class)->focus (widget, direction);
}

static void
gez_field_row_class_init (GezFieldRowClass *klass)
{
  GTK_WIDGET_CLASS (klass)->focus = gez_field_row_focus;
}

static void
gez_field_row_init (GezFieldRow *self)
{
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
}

/**
 * gez_field_row_new:
 *
 * Returns: (transfer floating): an empty row
 */
GtkWidget *
gez_field_row_new (void)
{
  return g_object_new (GEZ_TYPE_FIELD_ROW, NULL);
}
