/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * 1. A screen asks for no more than 360 pixels at 100 % text, and nothing of it stands outside of the
 *    window, unless it can be scrolled there.
 * 2. In a window that is read from the right everything stands where a mirror would show it. What GTK
 *    lays out is mirrored by GTK; a layout of our own must do it itself.
 */

#include "check-fit.h"

#define DPI 96
#define NEAR 3 /* pixels: halves are rounded to the same side */

FitCheck *
fit_check_new (Tour *tour)
{
  FitCheck *self = g_new0 (FitCheck, 1);

  self->tour = tour;
  self->problems = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
fit_check_free (FitCheck *self)
{
  g_hash_table_unref (self->problems);
  g_free (self->widest_large_screen);
  g_free (self);
}

static void
complain (FitCheck   *self,
          const char *screen,
          GtkWidget  *widget,
          const char *what)
{
  g_autofree char *where = tour_describe (widget);

  g_hash_table_add (self->problems, g_strdup_printf ("%s: %s: %s", screen, where, what));
}

/* Width ---------------------------------------------------------------------------------------- */

static int
least_width (GtkWidget *widget)
{
  int least;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  return least;
}

/* The innermost widget that asks for as much: the one to mend. */
static GtkWidget *
find_widest (GtkWidget *root,
             int        limit)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_mapped (child) && !GTK_IS_NATIVE (child) && least_width (child) > limit)
      return find_widest (child, limit);
  return root;
}

static void
check_width (FitCheck   *self,
             const char *screen,
             GtkWidget  *root,
             gboolean    is_large)
{
  int least = least_width (root);

  if (is_large)
    {
      if (least > self->widest_large)
        {
          self->widest_large = least;
          g_free (self->widest_large_screen);
          self->widest_large_screen = g_strdup (screen);
        }
      return;
    }
  self->widest = MAX (self->widest, least);
  if (least > FIT_WIDTH)
    {
      GtkWidget *culprit = find_widest (root, FIT_WIDTH - 40);
      g_autofree char *what = g_strdup_printf ("the screen asks for %d pixels, this for %d", least,
                                               least_width (culprit));

      complain (self, screen, culprit, what);
    }
}

/* What shadows the edge of a page that scrolls, and the page of a folded leaflet that does not show. */
static gboolean
is_offstage (GtkWidget *widget)
{
  GtkWidget *leaflet = gtk_widget_get_ancestor (widget, ADW_TYPE_LEAFLET);
  GtkWidget *shown = leaflet ? adw_leaflet_get_visible_child (ADW_LEAFLET (leaflet)) : NULL;

  return g_str_equal (G_OBJECT_TYPE_NAME (widget), "GtkGizmo")
         || (shown != NULL && adw_leaflet_get_folded (ADW_LEAFLET (leaflet)) && widget != shown
             && !gtk_widget_is_ancestor (widget, shown));
}

static gboolean
can_be_scrolled_to (GtkWidget *widget)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  GtkPolicyType horizontal;

  if (scroller == NULL)
    return FALSE;
  gtk_scrolled_window_get_policy (GTK_SCROLLED_WINDOW (scroller), &horizontal, NULL);
  return horizontal != GTK_POLICY_NEVER;
}

static void
check_inside (FitCheck   *self,
              const char *screen,
              GtkWidget  *root,
              GtkWidget  *widget)
{
  graphene_rect_t bounds;

  self->n_widgets++;
  if (!gtk_widget_get_child_visible (widget) || GTK_IS_TEXT (widget) || is_offstage (widget)
      || !gtk_widget_compute_bounds (widget, root, &bounds) || bounds.size.width < 1
      || can_be_scrolled_to (widget))
    return;
  if (bounds.origin.x < -1
      || bounds.origin.x + bounds.size.width > gtk_widget_get_width (root) + 1)
    {
      g_autofree char *what = g_strdup_printf (
        "stands from %.0f to %.0f in a window of %d", bounds.origin.x,
        bounds.origin.x + bounds.size.width, gtk_widget_get_width (root));

      complain (self, screen, widget, what);
    }
}

/* Mirror --------------------------------------------------------------------------------------- */

static gboolean
is_own_layout (GtkWidget *widget)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);

  return parent != NULL && g_str_has_prefix (G_OBJECT_TYPE_NAME (parent), "Gez");
}

static GHashTable *
take_places (GtkWidget *root)
{
  GHashTable *places = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_autoptr (GPtrArray) widgets = tour_list (root);

  for (guint i = 0; i < widgets->len; i++)
    {
      GtkWidget *widget = g_ptr_array_index (widgets, i);
      graphene_rect_t bounds;

      if (is_own_layout (widget)
          && gtk_widget_compute_bounds (widget, gtk_widget_get_parent (widget), &bounds))
        g_hash_table_insert (places, widget, g_memdup2 (&bounds, sizeof bounds));
    }
  return places;
}

static void
check_mirrored (FitCheck   *self,
                const char *screen,
                GtkWidget  *root,
                GHashTable *before)
{
  g_autoptr (GPtrArray) widgets = tour_list (root);

  for (guint i = 0; i < widgets->len; i++)
    {
      GtkWidget *widget = g_ptr_array_index (widgets, i);
      const graphene_rect_t *was = g_hash_table_lookup (before, widget);
      graphene_rect_t is;
      float width;

      if (was == NULL || was->size.width < 1
          || !gtk_widget_compute_bounds (widget, gtk_widget_get_parent (widget), &is))
        continue;
      width = (float) gtk_widget_get_width (gtk_widget_get_parent (widget));
      if (ABS (is.size.width - was->size.width) < NEAR
          && ABS (is.origin.x - (width - was->origin.x - was->size.width)) > NEAR)
        complain (self, screen, widget, "is not mirrored when one reads from the right");
    }
}

/* Everything ----------------------------------------------------------------------------------- */

static void
set_text_size (FitCheck *self,
               int       percent)
{
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", DPI * 1024 * percent / 100, NULL);
  tour_settle (self->tour);
}

static void
set_direction (FitCheck        *self,
               GtkTextDirection direction)
{
  gtk_widget_set_default_direction (direction);
  tour_settle (self->tour);
}

static void
check_once (FitCheck   *self,
            const char *screen,
            GtkWidget  *root,
            gboolean    is_large)
{
  g_autoptr (GPtrArray) widgets = tour_list (root);

  check_width (self, screen, root, is_large);
  if (least_width (root) <= FIT_WIDTH)
    for (guint i = 0; i < widgets->len; i++)
      if (gtk_widget_get_native (g_ptr_array_index (widgets, i)) == GTK_NATIVE (root))
        check_inside (self, screen, root, g_ptr_array_index (widgets, i));
}

void
fit_check_screen (FitCheck   *self,
                  const char *screen,
                  GtkWidget  *root)
{
  g_autoptr (GHashTable) places = NULL;
  g_autofree char *large = g_strconcat (screen, " (200 %)", NULL);
  g_autofree char *from_right = g_strconcat (screen, " (from the right)", NULL);

  if (!GTK_IS_WINDOW (root) || ADW_IS_ABOUT_WINDOW (root))
    return;
  self->n_screens++;
  check_once (self, screen, root, FALSE);
  places = take_places (root);
  set_direction (self, GTK_TEXT_DIR_RTL);
  check_once (self, from_right, root, FALSE);
  check_mirrored (self, from_right, root, places);
  set_direction (self, GTK_TEXT_DIR_LTR);
  set_text_size (self, 200);
  check_once (self, large, root, TRUE);
  set_text_size (self, 100);
}
