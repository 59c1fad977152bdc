/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/gez-fold.h"

struct _GezFold
{
  GtkWidget parent_instance;

  GtkWidget *first;
  GtkWidget *second;
  int spacing;
  int threshold;
  int second_width;
  gboolean keeps_first_in_view;
  gboolean is_folded;
};

G_DEFINE_FINAL_TYPE (GezFold, gez_fold, GTK_TYPE_WIDGET)

static void
measure_width (GtkWidget *widget,
               int       *minimum,
               int       *natural)
{
  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, minimum, natural, NULL, NULL);
}

static int
get_threshold (GezFold *self)
{
  int first, second;

  if (self->threshold > 0)
    return self->threshold;

  measure_width (self->first, NULL, &first);
  measure_width (self->second, NULL, &second);

  return first + self->spacing + second;
}

/* Beside the first one, the second gets the width of choice, or its natural width, as long as both
 * keep their minimum. */
static void
divide_width (GezFold *self,
              int      width,
              int     *first,
              int     *second)
{
  int first_minimum, second_minimum, second_natural;

  measure_width (self->first, &first_minimum, NULL);
  measure_width (self->second, &second_minimum, &second_natural);
  if (self->second_width > 0)
    second_natural = MAX (self->second_width, second_minimum);
  *second = CLAMP (width - self->spacing - first_minimum, second_minimum, second_natural);
  *first = MAX (width - self->spacing - *second, 0);
}

static gboolean
has_both (GezFold *self)
{
  return gtk_widget_should_layout (self->first) && gtk_widget_should_layout (self->second);
}

static void
measure_height (GezFold *self,
                int      width,
                int     *minimum,
                int     *natural)
{
  gboolean is_folded = width >= 0 && width < get_threshold (self);
  int first_width = width, second_width = width;
  int first_minimum, first_natural, second_minimum, second_natural;

  if (width >= 0 && !is_folded)
    divide_width (self, width, &first_width, &second_width);
  gtk_widget_measure (self->first, GTK_ORIENTATION_VERTICAL, first_width,
                      &first_minimum, &first_natural, NULL, NULL);
  gtk_widget_measure (self->second, GTK_ORIENTATION_VERTICAL, second_width,
                      &second_minimum, &second_natural, NULL, NULL);
  if (is_folded)
    {
      *minimum = first_minimum + self->spacing + second_minimum;
      *natural = first_natural + self->spacing + second_natural;
    }
  else
    {
      *minimum = MAX (first_minimum, second_minimum);
      *natural = MAX (first_natural, second_natural);
    }
}

static GtkSizeRequestMode
gez_fold_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
gez_fold_measure (GtkWidget      *widget,
                  GtkOrientation  orientation,
                  int             for_size,
                  int            *minimum,
                  int            *natural,
                  int            *minimum_baseline,
                  int            *natural_baseline)
{
  GezFold *self = GEZ_FOLD (widget);
  int first_minimum, first_natural, second_minimum, second_natural;

  *minimum_baseline = *natural_baseline = -1;
  if (!has_both (self))
    {
      GtkWidget *only = gtk_widget_should_layout (self->first) ? self->first : self->second;

      gtk_widget_measure (only, orientation, for_size, minimum, natural, NULL, NULL);
      return;
    }
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      measure_height (self, for_size, minimum, natural);
      return;
    }

  measure_width (self->first, &first_minimum, &first_natural);
  measure_width (self->second, &second_minimum, &second_natural);
  *minimum = MAX (first_minimum, second_minimum);
  *natural = MAX (first_natural + self->spacing + second_natural, self->threshold);
}

/* Beside a long second widget that scrolls with it, the first need not be as long. */
static int
limit_first_height (GezFold *self,
                    int      height)
{
  GtkWidget *viewport = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_VIEWPORT);
  int minimum;

  if (!self->keeps_first_in_view || viewport == NULL)
    return height;

  gtk_widget_measure (self->first, GTK_ORIENTATION_VERTICAL, -1, &minimum, NULL, NULL, NULL);

  return MIN (height, MAX (minimum, gtk_widget_get_height (viewport)));
}

static void
allocate (GtkWidget *widget,
          int        x,
          int        y,
          int        width,
          int        height)
{
  gtk_widget_size_allocate (widget, &(GtkAllocation) { x, y, width, height }, -1);
}

static void
gez_fold_size_allocate (GtkWidget *widget,
                        int        width,
                        int        height,
                        int        baseline)
{
  GezFold *self = GEZ_FOLD (widget);
  gboolean is_mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int first, second;

  self->is_folded = width < get_threshold (self);
  if (!has_both (self))
    {
      if (gtk_widget_should_layout (self->first))
        allocate (self->first, 0, 0, width, height);
      else if (gtk_widget_should_layout (self->second))
        allocate (self->second, 0, 0, width, height);
    }
  else if (self->is_folded)
    {
      gtk_widget_measure (self->second, GTK_ORIENTATION_VERTICAL, width, &second, NULL, NULL, NULL);
      gtk_widget_measure (self->first, GTK_ORIENTATION_VERTICAL, width, NULL, &first, NULL, NULL);
      first = MAX (MIN (first, height - self->spacing - second), 0);
      allocate (self->first, 0, 0, width, first);
      allocate (self->second, 0, first + self->spacing, width, height - first - self->spacing);
    }
  else
    {
      divide_width (self, width, &first, &second);
      allocate (self->first, is_mirrored ? width - first : 0, 0, first,
                limit_first_height (self, height));
      allocate (self->second, is_mirrored ? 0 : width - second, 0, second, height);
    }
}

static void
gez_fold_dispose (GObject *object)
{
  GezFold *self = GEZ_FOLD (object);

  g_clear_pointer (&self->first, gtk_widget_unparent);
  g_clear_pointer (&self->second, gtk_widget_unparent);

  G_OBJECT_CLASS (gez_fold_parent_class)->dispose (object);
}

static void
gez_fold_class_init (GezFoldClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gez_fold_dispose;
  widget_class->get_request_mode = gez_fold_get_request_mode;
  widget_class->measure = gez_fold_measure;
  widget_class->size_allocate = gez_fold_size_allocate;
}

static void
gez_fold_init (GezFold *self)
{
}

/**
 * gez_fold_new:
 * @first: (transfer none): the left or upper widget
 * @second: (transfer none): the right or lower widget
 * @spacing: pixels between them
 *
 * Returns: (transfer floating): a new fold
 */
GtkWidget *
gez_fold_new (GtkWidget *first,
              GtkWidget *second,
              int        spacing)
{
  GezFold *self;

  g_return_val_if_fail (GTK_IS_WIDGET (first), NULL);
  g_return_val_if_fail (GTK_IS_WIDGET (second), NULL);

  self = g_object_new (GEZ_TYPE_FOLD, NULL);
  self->first = first;
  self->second = second;
  self->spacing = spacing;
  gtk_widget_set_parent (first, GTK_WIDGET (self));
  gtk_widget_set_parent (second, GTK_WIDGET (self));

  return GTK_WIDGET (self);
}

/**
 * gez_fold_set_threshold:
 * @self: a fold
 * @width: fold below this width in pixels; 0 for the sum of the natural widths
 */
void
gez_fold_set_threshold (GezFold *self,
                        int      width)
{
  g_return_if_fail (GEZ_IS_FOLD (self));
  g_return_if_fail (width >= 0);

  if (self->threshold == width)
    return;

  self->threshold = width;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * gez_fold_set_second_width:
 * @self: a fold
 * @width: pixels for the second widget when it stands beside the first; 0 for its natural width
 */
void
gez_fold_set_second_width (GezFold *self,
                           int      width)
{
  g_return_if_fail (GEZ_IS_FOLD (self));
  g_return_if_fail (width >= 0);

  if (self->second_width == width)
    return;

  self->second_width = width;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * gez_fold_set_keeps_first_in_view:
 * @self: a fold
 * @keeps: whether the first widget, beside the second, is never longer than a page of what scrolls
 */
void
gez_fold_set_keeps_first_in_view (GezFold  *self,
                                  gboolean  keeps)
{
  g_return_if_fail (GEZ_IS_FOLD (self));

  self->keeps_first_in_view = keeps;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/**
 * gez_fold_is_folded:
 * @self: a fold
 *
 * Returns: whether the widgets stood one below the other at the last allocation
 */
gboolean
gez_fold_is_folded (GezFold *self)
{
  g_return_val_if_fail (GEZ_IS_FOLD (self), FALSE);

  return self->is_folded;
}
