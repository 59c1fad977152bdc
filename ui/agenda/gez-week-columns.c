/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agenda/gez-week-columns.h"

#define N_COLUMNS 7
#define NARROWEST_WEEK 600  /* pixels: where the window shows one thing at a time */
#define LETTERS_IN_COLUMN 9 /* fewer say nothing */

struct _GezWeekColumns
{
  GtkLayoutManager parent_instance;

  guint chosen;
  gboolean is_folded;
};

G_DEFINE_FINAL_TYPE (GezWeekColumns, gez_week_columns, GTK_TYPE_LAYOUT_MANAGER)

static void
gez_week_columns_measure (GtkLayoutManager *layout,
                          GtkWidget        *widget,
                          GtkOrientation    orientation,
                          int               for_size,
                          int              *minimum,
                          int              *natural,
                          int              *minimum_baseline,
                          int              *natural_baseline)
{
  gboolean is_horizontal = orientation == GTK_ORIENTATION_HORIZONTAL;
  GtkWidget *gutter = gtk_widget_get_first_child (widget);
  int widest_minimum = 0, widest_natural = 0;
  int gutter_minimum, gutter_natural;

  gtk_widget_measure (gutter, orientation, -1, &gutter_minimum, &gutter_natural, NULL, NULL);
  for (GtkWidget *child = gtk_widget_get_next_sibling (gutter);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int child_minimum, child_natural;

      gtk_widget_measure (child, orientation, -1, &child_minimum, &child_natural, NULL, NULL);
      widest_minimum = MAX (widest_minimum, child_minimum);
      widest_natural = MAX (widest_natural, child_natural);
    }
  *minimum = is_horizontal ? gutter_minimum + widest_minimum : MAX (gutter_minimum, widest_minimum);
  *natural = is_horizontal ? gutter_natural + N_COLUMNS * widest_natural
                           : MAX (gutter_natural, widest_natural);
  *minimum_baseline = *natural_baseline = -1;
}

static int
get_width_of_letters (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int width = PANGO_PIXELS (pango_font_metrics_get_approximate_char_width (metrics));

  pango_font_metrics_unref (metrics);

  return width * LETTERS_IN_COLUMN;
}

static void
place (GtkWidget *widget,
       GtkWidget *child,
       int        x,
       int        width,
       int        height)
{
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int start = is_rtl ? gtk_widget_get_width (widget) - x - width : x;

  gtk_widget_set_child_visible (child, TRUE);
  gtk_widget_size_allocate (child, &(GtkAllocation) { start, 0, width, height }, -1);
}

static void
gez_week_columns_allocate (GtkLayoutManager *layout,
                           GtkWidget        *widget,
                           int               width,
                           int               height,
                           int               baseline)
{
  GezWeekColumns *self = GEZ_WEEK_COLUMNS (layout);
  GtkWidget *gutter = gtk_widget_get_first_child (widget);
  GtkWidget *child = gutter;
  int start;

  gtk_widget_measure (gutter, GTK_ORIENTATION_HORIZONTAL, -1, &start, NULL, NULL, NULL);
  self->is_folded = width < MAX (NARROWEST_WEEK, start + N_COLUMNS * get_width_of_letters (widget));
  place (widget, gutter, 0, start, height);
  for (guint i = 0; i < N_COLUMNS; i++)
    {
      int room = MAX (width - start, 0);
      int from = room * i / N_COLUMNS, to = room * (i + 1) / N_COLUMNS;

      child = gtk_widget_get_next_sibling (child);
      if (!self->is_folded)
        place (widget, child, start + from, to - from, height);
      else if (i == self->chosen)
        place (widget, child, start, room, height);
      else
        gtk_widget_set_child_visible (child, FALSE);
    }
}

static GtkSizeRequestMode
gez_week_columns_get_request_mode (GtkLayoutManager *layout,
                                   GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
gez_week_columns_class_init (GezWeekColumnsClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->measure = gez_week_columns_measure;
  layout_class->allocate = gez_week_columns_allocate;
  layout_class->get_request_mode = gez_week_columns_get_request_mode;
}

static void
gez_week_columns_init (GezWeekColumns *self)
{
}

static GezWeekColumns *
get_columns (GtkWidget *box)
{
  return GEZ_WEEK_COLUMNS (gtk_widget_get_layout_manager (box));
}

/**
 * gez_week_columns_box_new:
 *
 * Returns: (transfer floating): a #GtkBox that divides its width so; it must get eight children
 */
GtkWidget *
gez_week_columns_box_new (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_layout_manager (box, g_object_new (GEZ_TYPE_WEEK_COLUMNS, NULL));

  return box;
}

/**
 * gez_week_columns_set_chosen:
 * @box: what gez_week_columns_box_new() made
 * @chosen: which column shows when there is room for one, from 0
 */
void
gez_week_columns_set_chosen (GtkWidget *box,
                             guint      chosen)
{
  GezWeekColumns *self = get_columns (box);

  if (self->chosen == chosen)
    return;

  self->chosen = chosen;
  if (self->is_folded)
    gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (self));
}

/**
 * gez_week_columns_is_folded:
 * @box: what gez_week_columns_box_new() made
 *
 * Returns: whether one column shows
 */
gboolean
gez_week_columns_is_folded (GtkWidget *box)
{
  return get_columns (box)->is_folded;
}
