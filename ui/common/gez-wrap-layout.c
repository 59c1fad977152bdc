/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * 1. Measuring and placing walk the children with the same function, so that the height that was
 *    asked for is the height that is used.
 * 2. A child is as wide as it likes to be, but never wider than the line. A child that expands
 *    takes what is left of its line.
 */

#include "common/gez-wrap-layout.h"

struct _GezWrapLayout
{
  GtkLayoutManager parent_instance;

  int spacing;
  int line_spacing;
};

G_DEFINE_FINAL_TYPE (GezWrapLayout, gez_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

typedef struct
{
  GtkWidget *first; /* first child of the line */
  GtkWidget *next;  /* first child after the line; NULL at the end */
  int width;        /* what the children like, with spacing */
  int n_expand;
} Line;

static GtkWidget *
next_shown (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);

  return child;
}

static int
child_width (GtkWidget *child,
             int        most)
{
  int least, natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &natural, NULL, NULL);

  return MAX (least, MIN (natural, most));
}

static int
child_height (GtkWidget *child,
              int        width)
{
  int height;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);

  return height;
}

static Line
take_line (GezWrapLayout *self,
           GtkWidget     *first,
           int            most)
{
  Line line = { .first = first, .width = 0 };
  GtkWidget *child = first;

  while (child != NULL)
    {
      int width = child_width (child, most);

      if (child != first && line.width + self->spacing + width > most)
        break;
      line.width += width + (child == first ? 0 : self->spacing);
      line.n_expand += gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL) ? 1 : 0;
      child = next_shown (gtk_widget_get_next_sibling (child));
    }
  line.next = child;

  return line;
}

/* Places one line when @place, and says how high it is. */
static int
walk_line (GezWrapLayout *self,
           GtkWidget     *widget,
           const Line    *line,
           int            most,
           int            y,
           int            height,
           gboolean       place)
{
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int extra = line->n_expand > 0 ? MAX (0, most - line->width) / line->n_expand : 0;
  int highest = 0;
  int x = 0;

  for (GtkWidget *child = line->first; child != line->next;
       child = next_shown (gtk_widget_get_next_sibling (child)))
    {
      int width = child_width (child, most);

      if (gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL))
        width += extra;
      if (place)
        gtk_widget_size_allocate (child,
                                  &(GtkAllocation) { is_rtl ? most - x - width : x, y, width,
                                                     height },
                                  -1);
      else
        highest = MAX (highest, child_height (child, width));
      x += width + self->spacing;
    }

  return highest;
}

static int
walk (GezWrapLayout *self,
      GtkWidget     *widget,
      int            most,
      gboolean       place)
{
  GtkWidget *first = next_shown (gtk_widget_get_first_child (widget));
  int y = 0;

  while (first != NULL)
    {
      Line line = take_line (self, first, most);
      int height = walk_line (self, widget, &line, most, 0, 0, FALSE);

      if (place)
        walk_line (self, widget, &line, most, y, height, TRUE);
      y += height + (line.next != NULL ? self->line_spacing : 0);
      first = line.next;
    }

  return y;
}

static GtkSizeRequestMode
gez_wrap_layout_get_request_mode (GtkLayoutManager *manager,
                                  GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
gez_wrap_layout_measure (GtkLayoutManager *manager,
                         GtkWidget        *widget,
                         GtkOrientation    orientation,
                         int               for_size,
                         int              *minimum,
                         int              *natural,
                         int              *minimum_baseline,
                         int              *natural_baseline)
{
  GezWrapLayout *self = GEZ_WRAP_LAYOUT (manager);
  int widest = 0;
  int total = 0;

  for (GtkWidget *child = next_shown (gtk_widget_get_first_child (widget)); child != NULL;
       child = next_shown (gtk_widget_get_next_sibling (child)))
    {
      int least, liked;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &liked, NULL, NULL);
      widest = MAX (widest, least);
      total += liked + (total > 0 ? self->spacing : 0);
    }

  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = widest;
      *natural = MAX (widest, total);
    }
  else
    {
      int width = for_size < 0 ? MAX (widest, total) : MAX (widest, for_size);

      *minimum = *natural = walk (self, widget, width, FALSE);
    }
}

static void
gez_wrap_layout_allocate (GtkLayoutManager *manager,
                          GtkWidget        *widget,
                          int               width,
                          int               height,
                          int               baseline)
{
  walk (GEZ_WRAP_LAYOUT (manager), widget, width, TRUE);
}

static void
gez_wrap_layout_class_init (GezWrapLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->get_request_mode = gez_wrap_layout_get_request_mode;
  layout_class->measure = gez_wrap_layout_measure;
  layout_class->allocate = gez_wrap_layout_allocate;
}

static void
gez_wrap_layout_init (GezWrapLayout *self)
{
}

/**
 * gez_wrap_layout_new:
 * @spacing: pixels between children of a line
 * @line_spacing: pixels between lines
 *
 * Returns: (transfer full): a layout
 */
GtkLayoutManager *
gez_wrap_layout_new (int spacing,
                     int line_spacing)
{
  GezWrapLayout *self = g_object_new (GEZ_TYPE_WRAP_LAYOUT, NULL);

  self->spacing = spacing;
  self->line_spacing = line_spacing;

  return GTK_LAYOUT_MANAGER (self);
}

/**
 * gez_wrap_box_new:
 * @spacing: pixels between children of a line
 * @line_spacing: pixels between lines
 *
 * Returns: (transfer floating): a box that wraps what gtk_box_append() puts into it
 */
GtkWidget *
gez_wrap_box_new (int spacing,
                  int line_spacing)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_layout_manager (box, gez_wrap_layout_new (spacing, line_spacing));

  return box;
}
