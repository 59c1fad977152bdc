/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * GTK 4.8 gives what has no name the name of its type: somebody who cannot see hears "GtkButton". A
 * name is the label property or what labels the widget; a tooltip is only the description.
 */

#include "check-names.h"

#include <adwaita.h>
#include <string.h>

#include "common/gez-field-row.h"
#include "tour.h"

NameCheck *
name_check_new (void)
{
  NameCheck *self = g_new0 (NameCheck, 1);

  self->problems = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
name_check_free (NameCheck *self)
{
  g_hash_table_unref (self->problems);
  g_free (self);
}

static void
complain (NameCheck  *self,
          const char *screen,
          GtkWidget  *widget,
          const char *what)
{
  g_autofree char *where = tour_describe (widget);
  char *problem = g_strdup_printf ("%s: %s: %s", screen, where, what);

  g_hash_table_add (self->problems, problem);
}

static char *
get_label_property (GtkWidget *widget)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (widget);

  if (!gtk_test_accessible_has_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL))
    return NULL;
  /* The only way to read it: what it is instead of this. */
  return gtk_test_accessible_check_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL, "\001");
}

static gboolean
is_hidden (GtkWidget *widget)
{
  if (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget)) == GTK_ACCESSIBLE_ROLE_PRESENTATION)
    return TRUE;
  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    if (gtk_test_accessible_has_state (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_STATE_HIDDEN))
      {
        g_autofree char *other = gtk_test_accessible_check_state (
          GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE);

        if (other == NULL)
          return TRUE;
      }
  return FALSE;
}

static char *
get_label (GtkWidget *widget)
{
  g_autofree char *label = get_label_property (widget);

  return label != NULL && *g_strstrip (label) != '\0' ? g_steal_pointer (&label) : NULL;
}

/* What labels it, by its address, which is how a relation prints: "GtkLabel<0x5583>". A button with an
 * icon is labelled by an image that says nothing. */
static char *
get_label_of_relation (GtkWidget *widget)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (widget);
  g_autofree char *relation = NULL;
  void *target = NULL;

  if (!gtk_test_accessible_has_relation (accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY))
    return NULL;
  relation = gtk_test_accessible_check_relation (accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                                 widget, NULL);
  if (relation == NULL || sscanf (relation, "%*[^<]<%p>", &target) != 1 || !GTK_IS_WIDGET (target))
    return NULL;
  return get_label (target);
}

/* Returns: (transfer full) (nullable): what is said of a widget */
static char *
name_of (GtkWidget *widget)
{
  g_autofree char *label = get_label (widget);

  return label != NULL ? g_steal_pointer (&label) : get_label_of_relation (widget);
}

static gboolean
is_part_of (GtkWidget *widget,
            GType      type)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);

  return parent != NULL && gtk_widget_get_ancestor (parent, type) != NULL;
}

/* Parts that speak through what they are a part of. */
static gboolean
speaks_through_parent (GtkWidget *widget)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);

  return parent == NULL || GTK_IS_EDITABLE (parent) || GTK_IS_MENU_BUTTON (parent)
         || GTK_IS_SCROLLED_WINDOW (widget) || GTK_IS_WINDOW (widget) || GTK_IS_POPOVER (widget)
         || GTK_IS_VIEWPORT (widget) || is_part_of (widget, GTK_TYPE_SPIN_BUTTON)
         || is_part_of (widget, ADW_TYPE_COMBO_ROW)
         || (is_part_of (widget, GTK_TYPE_DROP_DOWN) && !GTK_IS_BUTTON (widget));
}

static gboolean
is_below (GtkWidget *widget,
          gpointer   row)
{
  return widget != row && gtk_widget_get_focusable (widget);
}

/* Then not the row takes the focus. */
static gboolean
has_control (GtkWidget *row)
{
  return tour_find (row, is_below, row) != NULL;
}

static gboolean
is_control (GtkWidget *widget)
{
  if (speaks_through_parent (widget) || (GEZ_IS_FIELD_ROW (widget) && has_control (widget)))
    return FALSE;
  return gtk_widget_get_focusable (widget) || GTK_IS_MENU_BUTTON (widget)
         || GTK_IS_EDITABLE (widget) || GTK_IS_DROP_DOWN (widget);
}

static gboolean
has_role (GtkWidget *widget)
{
  GtkAccessibleRole role = gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget));

  return role != GTK_ACCESSIBLE_ROLE_WIDGET && role != GTK_ACCESSIBLE_ROLE_NONE
         && role != GTK_ACCESSIBLE_ROLE_PRESENTATION;
}

/* Two buttons side by side that say the same and are not the same. */
static gboolean
has_namesake (GtkWidget  *widget,
              const char *name)
{
  if (!GTK_IS_BUTTON (widget))
    return FALSE;
  for (GtkWidget *other = gtk_widget_get_prev_sibling (widget); other != NULL;
       other = gtk_widget_get_prev_sibling (other))
    {
      g_autofree char *others = GTK_IS_BUTTON (other) && gtk_widget_get_mapped (other)
                                  ? name_of (other)
                                  : NULL;

      if (g_strcmp0 (others, name) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
check_control (NameCheck  *self,
               const char *screen,
               GtkWidget  *widget)
{
  g_autofree char *name = name_of (widget);

  self->n_controls++;
  if (name == NULL || strcmp (name, G_OBJECT_TYPE_NAME (widget)) == 0)
    complain (self, screen, widget, "a control without a name");
  else if (has_namesake (widget, name))
    complain (self, screen, widget, "has the name of the button beside it");
  if (!has_role (widget))
    complain (self, screen, widget, "takes the focus and has no role");
}

/* An icon says something of its own, or is not there for who listens. */
static void
check_image (NameCheck  *self,
             const char *screen,
             GtkWidget  *widget)
{
  g_autofree char *name = name_of (widget);

  if (name == NULL && !is_hidden (widget) && !is_part_of (widget, GTK_TYPE_BUTTON)
      && !is_part_of (widget, GTK_TYPE_MENU_BUTTON) && !is_part_of (widget, GTK_TYPE_ENTRY)
      && !is_part_of (widget, GTK_TYPE_SEARCH_ENTRY) && !is_part_of (widget, ADW_TYPE_ENTRY_ROW)
      && !is_part_of (widget, ADW_TYPE_COMBO_ROW) && !is_part_of (widget, GTK_TYPE_SWITCH)
      && !is_part_of (widget, GTK_TYPE_DROP_DOWN) && gtk_widget_get_width (widget) > 0)
    complain (self, screen, widget, "an image that is neither named nor hidden");
}

static void
check_label (NameCheck  *self,
             const char *screen,
             GtkWidget  *widget)
{
  if (*gtk_label_get_text (GTK_LABEL (widget)) == '\0' && !is_hidden (widget)
      && !is_part_of (widget, GTK_TYPE_BUTTON))
    complain (self, screen, widget, "an empty label, said as \"GtkLabel\"");
}

void
name_check_screen (NameCheck  *self,
                   const char *screen,
                   GtkWidget  *root)
{
  g_autoptr (GPtrArray) widgets = tour_list (root);

  /* What stands in the window of libadwaita that tells about the program is not ours to name. */
  if (ADW_IS_ABOUT_WINDOW (root))
    return;
  self->n_screens++;
  for (guint i = 0; i < widgets->len; i++)
    {
      GtkWidget *widget = g_ptr_array_index (widgets, i);

      if (is_control (widget))
        check_control (self, screen, widget);
      else if (GTK_IS_IMAGE (widget))
        check_image (self, screen, widget);
      else if (GTK_IS_LABEL (widget))
        check_label (self, screen, widget);
    }
}
