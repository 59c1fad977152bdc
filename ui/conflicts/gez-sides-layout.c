/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conflicts/gez-sides-layout.h"

#include "household/gez-text-scale.h"

struct _GezSidesLayout
{
  GtkLayoutManager parent_instance;

  int spacing;
};

G_DEFINE_FINAL_TYPE (GezSidesLayout, gez_sides_layout, GTK_TYPE_LAYOUT_MANAGER)

#define LEAST_COLUMN_WIDTH 250 /* pixels: some six words in a line */

static GtkWidget *
next_child (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static int
measure_child (GtkWidget     *child,
               GtkOrientation orientation,
               int            for_size)
{
  int least;

  gtk_widget_measure (child, orientation, for_size, &least, NULL, NULL, NULL);
  return least;
}

static int
least_width (GtkWidget *widget)
{
  int least = 0;

  for (GtkWidget *child = next_child (gtk_widget_get_first_child (widget)); child != NULL;
       child = next_child (gtk_widget_get_next_sibling (child)))
    least = MAX (least, measure_child (child, GTK_ORIENTATION_HORIZONTAL, -1));
  return least;
}

static int
liked_width (GezSidesLayout *self,
             GtkWidget      *widget)
{
  return 2 * MAX (least_width (widget), gez_text_scale (widget, LEAST_COLUMN_WIDTH)) + self->spacing;
}

static int
column_width (GezSidesLayout *self,
              GtkWidget      *widget,
              int             width)
{
  return width >= liked_width (self, widget) ? (width - self->spacing) / 2 : width;
}

/* One row after the other; `allocate` says whether to place the children too. Returns the whole height. */
static int
lay_out (GezSidesLayout *self,
         GtkWidget      *widget,
         int             width,
         gboolean        allocate)
{
  int column = column_width (self, widget, width);
  gboolean is_mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int first = is_mirrored ? width - column : 0, second = is_mirrored ? 0 : width - column;
  int y = 0;
  GtkWidget *child = next_child (gtk_widget_get_first_child (widget));

  while (child != NULL)
    {
      GtkWidget *beside = column < width ? next_child (gtk_widget_get_next_sibling (child)) : NULL;
      int height = measure_child (child, GTK_ORIENTATION_VERTICAL, column);

      if (beside != NULL)
        height = MAX (height, measure_child (beside, GTK_ORIENTATION_VERTICAL, column));
      if (allocate)
        gtk_widget_size_allocate (child, &(GtkAllocation) { first, y, column, height }, -1);
      if (allocate && beside != NULL)
        gtk_widget_size_allocate (beside, &(GtkAllocation) { second, y, column, height }, -1);
      y += height + self->spacing;
      child = next_child (gtk_widget_get_next_sibling (beside != NULL ? beside : child));
    }
  return MAX (y - self->spacing, 0);
}

static GtkSizeRequestMode
gez_sides_layout_get_request_mode (GtkLayoutManager *manager,
                                   GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
gez_sides_layout_measure (GtkLayoutManager *manager,
                          GtkWidget        *widget,
                          GtkOrientation    orientation,
                          int               for_size,
                          int              *minimum,
                          int              *natural,
                          int              *minimum_baseline,
                          int              *natural_baseline)
{
  GezSidesLayout *self = GEZ_SIDES_LAYOUT (manager);

  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = least_width (widget);
      *natural = liked_width (self, widget);
    }
  else
    *minimum = *natural = lay_out (self, widget, for_size >= 0 ? for_size : liked_width (self, widget),
                                   FALSE);
}

static void
gez_sides_layout_allocate (GtkLayoutManager *manager,
                           GtkWidget        *widget,
                           int               width,
                           int               height,
                           int               baseline)
{
  lay_out (GEZ_SIDES_LAYOUT (manager), widget, width, TRUE);
}

static void
gez_sides_layout_class_init (GezSidesLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->get_request_mode = gez_sides_layout_get_request_mode;
  layout_class->measure = gez_sides_layout_measure;
  layout_class->allocate = gez_sides_layout_allocate;
}

static void
gez_sides_layout_init (GezSidesLayout *self)
{
}

/**
 * gez_sides_layout_new:
 * @spacing: between children, pixels
 *
 * Returns: (transfer full): the layout
 */
GtkLayoutManager *
gez_sides_layout_new (int spacing)
{
  GezSidesLayout *self = g_object_new (GEZ_TYPE_SIDES_LAYOUT, NULL);

  self->spacing = spacing;
  return GTK_LAYOUT_MANAGER (self);
}
