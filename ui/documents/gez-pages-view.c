/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * 1. `scale` is in pixels of the window for a point of the page; with zoom 0 it follows the window.
 * 2. At most one page is being drawn, on another thread, for whoever looks: first what shows, then the
 *    one below. What is drawn for another scale is shown stretched until the new one is there.
 * 3. Pages far away keep no drawing. One that comes after the view was taken down is dropped.
 */

#include "documents/gez-pages-view.h"

#include "common/gez-accessible.h"
#include "documents/gez-pages-keys.h"

#include <glib/gi18n.h>
#include <math.h>

#define MARGIN 12
#define STEP 60
#define ZOOM_STEP 1.25
#define SMALLEST_SCALE 0.05
#define LARGEST_SCALE 6.0
#define WIDEST_FIT 1.75 /* pixels for a point: on a wide window a letter does not become a poster */
#define KEPT_AROUND 2

typedef struct
{
  double top; /* pixels from the top of the first one */
  GdkTexture *drawing;
  double drawn_scale; /* 0: not drawn */
  gboolean is_broken;
} Page;

struct _GezPagesView
{
  GtkWidget parent_instance;

  GezPdf *pdf;         /* NULL: a picture */
  GdkTexture *picture; /* NULL: a PDF */
  Page *pages;
  guint n_pages;
  guint page; /* the one that is looked at */
  double scale;
  double zoom; /* 0: as wide as fits */
  double content_width;
  double content_height;
  gboolean is_drawing;
  guint drawing_page;
  double drawing_scale;
  GtkAdjustment *adjustments[2]; /* horizontal, vertical */
  GtkScrollablePolicy policies[2];
};

G_DEFINE_FINAL_TYPE_WITH_CODE (GezPagesView, gez_pages_view, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

enum
{
  PROP_0,
  PROP_HADJUSTMENT,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
};

enum
{
  MOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void draw_next (GezPagesView *self);

static void
get_size (GezPagesView *self,
          guint         page,
          double       *width,
          double       *height)
{
  if (self->pdf != NULL)
    {
      gez_pdf_get_size (self->pdf, page, width, height);
      return;
    }
  *width = gdk_texture_get_width (self->picture);
  *height = gdk_texture_get_height (self->picture);
}

/* Drawing -------------------------------------------------------------------------------------- */

static void
drop_far_pages (GezPagesView *self)
{
  for (guint i = 0; self->pdf != NULL && i < self->n_pages; i++)
    if (i + KEPT_AROUND < self->page || i > self->page + KEPT_AROUND)
      {
        g_clear_object (&self->pages[i].drawing);
        self->pages[i].drawn_scale = 0;
      }
}

static void
tell_page (GezPagesView *self,
           const char   *text)
{
  g_autofree char *label = NULL;

  label = self->pdf == NULL ? g_strdup (_("Picture"))
                            : g_strdup_printf (_("Page %u of %u"), self->page + 1, self->n_pages);
  gez_accessible_set_name (GTK_WIDGET (self), label);
  if (text != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text,
                                    -1);
}

static void
drawn_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GezPagesView) self = user_data;
  g_autofree char *text = NULL;
  g_autoptr (GdkTexture) texture = gez_pdf_draw_finish (GEZ_PDF (source), result, &text, NULL);
  Page *page = &self->pages[self->drawing_page];

  self->is_drawing = FALSE;
  if (self->pdf == NULL)
    return;
  page->is_broken = texture == NULL;
  page->drawn_scale = self->drawing_scale;
  g_set_object (&page->drawing, texture);
  if (self->drawing_page == self->page)
    tell_page (self, text);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  draw_next (self);
}

static void
start_drawing (GezPagesView *self,
               guint         page)
{
  self->is_drawing = TRUE;
  self->drawing_page = page;
  self->drawing_scale = self->scale;
  gez_pdf_draw_async (self->pdf, page,
                      self->scale * gtk_widget_get_scale_factor (GTK_WIDGET (self)), drawn_cb,
                      g_object_ref (self));
}

static double
get_value (GezPagesView  *self,
           GtkOrientation orientation)
{
  GtkAdjustment *adjustment = self->adjustments[orientation];

  return adjustment != NULL ? gtk_adjustment_get_value (adjustment) : 0;
}

static double
bottom_of (GezPagesView *self,
           guint         page)
{
  double width, height;

  get_size (self, page, &width, &height);
  return self->pages[page].top + height * self->scale;
}

static gboolean
needs_drawing (GezPagesView *self,
               guint         page)
{
  return page < self->n_pages && !self->pages[page].is_broken
         && self->pages[page].drawn_scale != self->scale;
}

static void
draw_next (GezPagesView *self)
{
  double top = get_value (self, GTK_ORIENTATION_VERTICAL);
  double bottom = top + gtk_widget_get_height (GTK_WIDGET (self));
  guint page = self->page;

  if (self->pdf == NULL || self->is_drawing || self->scale <= 0)
    return;
  drop_far_pages (self);
  for (; page < self->n_pages && self->pages[page].top < bottom
         && page <= self->page + KEPT_AROUND; page++)
    if (needs_drawing (self, page))
      {
        start_drawing (self, page);
        return;
      }
  if (page <= self->page + KEPT_AROUND && needs_drawing (self, page))
    start_drawing (self, page);
}

static void
draw_page (GezPagesView *self,
           GtkSnapshot  *snapshot,
           guint         page)
{
  static const GdkRGBA paper = { 1, 1, 1, 1 };
  GdkTexture *texture = self->pdf != NULL ? self->pages[page].drawing : self->picture;
  double width, height;
  graphene_rect_t place;
  double room = MAX (self->content_width, gtk_widget_get_width (GTK_WIDGET (self)));

  get_size (self, page, &width, &height);
  width *= self->scale;
  height *= self->scale;
  graphene_rect_init (&place,
                      (float) floor ((room - width) / 2
                                     - get_value (self, GTK_ORIENTATION_HORIZONTAL)),
                      (float) floor (self->pages[page].top
                                     - get_value (self, GTK_ORIENTATION_VERTICAL)),
                      (float) width, (float) height);
  if (self->pdf != NULL)
    gtk_snapshot_append_color (snapshot, &paper, &place);
  if (texture != NULL)
    gtk_snapshot_append_texture (snapshot, texture, &place);
}

static void
gez_pages_view_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  GezPagesView *self = GEZ_PAGES_VIEW (widget);
  double top = get_value (self, GTK_ORIENTATION_VERTICAL);
  double bottom = top + gtk_widget_get_height (widget);

  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget),
                                                         gtk_widget_get_height (widget)));
  for (guint i = 0; i < self->n_pages; i++)
    if (self->pages[i].top < bottom && bottom_of (self, i) > top)
      draw_page (self, snapshot, i);
  gtk_snapshot_pop (snapshot);
}

/* Layout --------------------------------------------------------------------------------------- */

static double
widest_page (GezPagesView *self)
{
  double widest = 1;

  for (guint i = 0; i < self->n_pages; i++)
    {
      double width, height;

      get_size (self, i, &width, &height);
      widest = MAX (widest, width);
    }
  return widest;
}

static double
fitting_scale (GezPagesView *self,
               int           width,
               int           height)
{
  double room = MAX (width - 2 * MARGIN, 1);
  double scale = room / widest_page (self);
  double picture_width, picture_height;

  if (self->pdf != NULL)
    return CLAMP (scale, SMALLEST_SCALE, WIDEST_FIT);

  get_size (self, 0, &picture_width, &picture_height);
  scale = MIN (scale, MAX (height - 2 * MARGIN, 1) / picture_height);
  return CLAMP (scale, SMALLEST_SCALE, 1);
}

static void
lay_out (GezPagesView *self,
         int           height)
{
  double top = MARGIN;

  self->content_width = widest_page (self) * self->scale + 2 * MARGIN;
  for (guint i = 0; i < self->n_pages; i++)
    {
      self->pages[i].top = top;
      top = bottom_of (self, i) + MARGIN;
    }
  self->content_height = top;
  for (guint i = 0; top < height && i < self->n_pages; i++)
    self->pages[i].top += floor ((height - top) / 2);
}

static void
find_page (GezPagesView *self)
{
  double eye = get_value (self, GTK_ORIENTATION_VERTICAL)
               + gtk_widget_get_height (GTK_WIDGET (self)) / 3.0;
  guint page = 0;

  while (page + 1 < self->n_pages && self->pages[page + 1].top <= eye)
    page++;
  if (page != self->page)
    {
      self->page = page;
      tell_page (self, "");
      g_signal_emit (self, signals[MOVED], 0);
    }
}

static void
scrolled_cb (GezPagesView *self)
{
  find_page (self);
  draw_next (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
configure (GezPagesView  *self,
           GtkOrientation orientation,
           double         content,
           double         room,
           double         value)
{
  GtkAdjustment *adjustment = self->adjustments[orientation];
  double upper = MAX (content, room);

  if (adjustment != NULL)
    gtk_adjustment_configure (adjustment, CLAMP (value, 0, upper - room), 0, upper, STEP, room * 0.9,
                              room);
}

/* What was in the middle stays there when everything becomes larger or smaller. */
static void
gez_pages_view_size_allocate (GtkWidget *widget,
                              int        width,
                              int        height,
                              int        baseline)
{
  GezPagesView *self = GEZ_PAGES_VIEW (widget);
  double before = self->scale;
  double middle_x = get_value (self, GTK_ORIENTATION_HORIZONTAL) + width / 2.0;
  double middle_y = get_value (self, GTK_ORIENTATION_VERTICAL) + height / 2.0;
  double ratio;

  self->scale = self->zoom > 0 ? self->zoom : fitting_scale (self, width, height);
  ratio = before > 0 ? self->scale / before : 0;
  lay_out (self, height);
  configure (self, GTK_ORIENTATION_HORIZONTAL, self->content_width, width,
             ratio > 0 ? middle_x * ratio - width / 2.0 : 0);
  configure (self, GTK_ORIENTATION_VERTICAL, self->content_height, height,
             ratio > 0 ? middle_y * ratio - height / 2.0 : 0);
  find_page (self);
  draw_next (self);
}

static void
gez_pages_view_measure (GtkWidget     *widget,
                        GtkOrientation orientation,
                        int            for_size,
                        int           *minimum,
                        int           *natural,
                        int           *minimum_baseline,
                        int           *natural_baseline)
{
  *minimum = *natural = 2 * MARGIN + STEP;
}

/* Moving --------------------------------------------------------------------------------------- */

static void
scroll_to (GezPagesView  *self,
           GtkOrientation orientation,
           double         value)
{
  if (self->adjustments[orientation] != NULL)
    gtk_adjustment_set_value (self->adjustments[orientation], value);
}

static gboolean
wheel_cb (GtkEventControllerScroll *controller,
          double                    x,
          double                    y,
          GezPagesView             *self)
{
  GtkEventController *scroll = GTK_EVENT_CONTROLLER (controller);

  if (!(gtk_event_controller_get_current_event_state (scroll) & GDK_CONTROL_MASK) || y == 0)
    return GDK_EVENT_PROPAGATE;
  gez_pages_view_zoom (self, y < 0 ? 1 : -1);
  return GDK_EVENT_STOP;
}

/* Object --------------------------------------------------------------------------------------- */

static void
set_adjustment (GezPagesView  *self,
                GtkOrientation orientation,
                GtkAdjustment *adjustment)
{
  if (self->adjustments[orientation] != NULL)
    g_signal_handlers_disconnect_by_func (self->adjustments[orientation], scrolled_cb, self);
  g_set_object (&self->adjustments[orientation], adjustment);
  if (adjustment != NULL)
    g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (scrolled_cb), self,
                             G_CONNECT_SWAPPED);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
gez_pages_view_set_property (GObject      *object,
                             guint         property,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  GezPagesView *self = GEZ_PAGES_VIEW (object);

  switch (property)
    {
    case PROP_HADJUSTMENT:
    case PROP_VADJUSTMENT:
      set_adjustment (self, property - PROP_HADJUSTMENT, g_value_get_object (value));
      break;
    case PROP_HSCROLL_POLICY:
    case PROP_VSCROLL_POLICY:
      self->policies[property - PROP_HSCROLL_POLICY] = g_value_get_enum (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
gez_pages_view_get_property (GObject    *object,
                             guint       property,
                             GValue     *value,
                             GParamSpec *pspec)
{
  GezPagesView *self = GEZ_PAGES_VIEW (object);

  switch (property)
    {
    case PROP_HADJUSTMENT:
    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->adjustments[property - PROP_HADJUSTMENT]);
      break;
    case PROP_HSCROLL_POLICY:
    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, self->policies[property - PROP_HSCROLL_POLICY]);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
gez_pages_view_dispose (GObject *object)
{
  GezPagesView *self = GEZ_PAGES_VIEW (object);

  for (guint i = 0; self->pages != NULL && i < self->n_pages; i++)
    g_clear_object (&self->pages[i].drawing);
  self->n_pages = 0;
  g_clear_object (&self->pdf);
  g_clear_object (&self->picture);
  g_clear_object (&self->adjustments[0]);
  g_clear_object (&self->adjustments[1]);

  G_OBJECT_CLASS (gez_pages_view_parent_class)->dispose (object);
}

static void
gez_pages_view_finalize (GObject *object)
{
  g_free (GEZ_PAGES_VIEW (object)->pages);

  G_OBJECT_CLASS (gez_pages_view_parent_class)->finalize (object);
}

static void
gez_pages_view_class_init (GezPagesViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = gez_pages_view_set_property;
  object_class->get_property = gez_pages_view_get_property;
  object_class->dispose = gez_pages_view_dispose;
  object_class->finalize = gez_pages_view_finalize;
  widget_class->measure = gez_pages_view_measure;
  widget_class->size_allocate = gez_pages_view_size_allocate;
  widget_class->snapshot = gez_pages_view_snapshot;

  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");

  signals[MOVED] = g_signal_new ("moved", GEZ_TYPE_PAGES_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);

  gez_pages_keys_bind (widget_class);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "pagesview");
}

static void
gez_pages_view_init (GezPagesView *self)
{
  GtkEventController *wheel =
    gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL
                                     | GTK_EVENT_CONTROLLER_SCROLL_DISCRETE);

  g_signal_connect (wheel, "scroll", G_CALLBACK (wheel_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), wheel);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

static GtkWidget *
make (GezPdf     *pdf,
      GdkTexture *picture,
      guint       n_pages)
{
  GezPagesView *self = g_object_new (GEZ_TYPE_PAGES_VIEW, NULL);

  g_set_object (&self->pdf, pdf);
  g_set_object (&self->picture, picture);
  self->n_pages = n_pages;
  self->pages = g_new0 (Page, n_pages);
  tell_page (self, NULL);
  return GTK_WIDGET (self);
}

/**
 * gez_pages_view_new_for_pdf:
 * @pdf: what to show
 *
 * Returns: (transfer floating): its pages
 */
GtkWidget *
gez_pages_view_new_for_pdf (GezPdf *pdf)
{
  g_return_val_if_fail (GEZ_IS_PDF (pdf), NULL);

  return make (pdf, NULL, gez_pdf_get_n_pages (pdf));
}

/**
 * gez_pages_view_new_for_picture:
 * @picture: what to show
 *
 * Returns: (transfer floating): one page with a picture
 */
GtkWidget *
gez_pages_view_new_for_picture (GdkTexture *picture)
{
  g_return_val_if_fail (GDK_IS_TEXTURE (picture), NULL);

  return make (NULL, picture, 1);
}

/**
 * gez_pages_view_get_n_pages:
 * @self: the view
 *
 * Returns: how many pages there are
 */
guint
gez_pages_view_get_n_pages (GezPagesView *self)
{
  g_return_val_if_fail (GEZ_IS_PAGES_VIEW (self), 0);

  return self->n_pages;
}

/**
 * gez_pages_view_get_page:
 * @self: the view
 *
 * Returns: the page that is looked at, from 0
 */
guint
gez_pages_view_get_page (GezPagesView *self)
{
  g_return_val_if_fail (GEZ_IS_PAGES_VIEW (self), 0);

  return self->page;
}

/**
 * gez_pages_view_go_to:
 * @self: the view
 * @page: from 0; the last one for more
 */
void
gez_pages_view_go_to (GezPagesView *self,
                      guint         page)
{
  g_return_if_fail (GEZ_IS_PAGES_VIEW (self));

  if (self->n_pages > 0)
    scroll_to (self, GTK_ORIENTATION_VERTICAL,
               self->pages[MIN (page, self->n_pages - 1)].top - MARGIN);
}

/**
 * gez_pages_view_turn:
 * @self: the view
 * @screens: how many screenfuls down or, negative, up; none goes past the beginning of a page
 */
void
gez_pages_view_turn (GezPagesView *self,
                     int           screens)
{
  double value, goal;

  g_return_if_fail (GEZ_IS_PAGES_VIEW (self));

  value = get_value (self, GTK_ORIENTATION_VERTICAL);
  goal = value + 0.9 * gtk_widget_get_height (GTK_WIDGET (self)) * screens;

  for (guint i = 0; i < self->n_pages; i++)
    {
      double top = self->pages[i].top - MARGIN;

      if ((goal > value && top > value + 1 && top < goal)
          || (goal < value && top < value - 1 && top > goal))
        {
          goal = top;
          break;
        }
    }
  scroll_to (self, GTK_ORIENTATION_VERTICAL, goal);
}

/**
 * gez_pages_view_scroll:
 * @self: the view
 * @x: steps to the right or, negative, to the left
 * @y: steps down or up
 */
void
gez_pages_view_scroll (GezPagesView *self,
                       int           x,
                       int           y)
{
  g_return_if_fail (GEZ_IS_PAGES_VIEW (self));

  scroll_to (self, GTK_ORIENTATION_VERTICAL, get_value (self, GTK_ORIENTATION_VERTICAL) + y * STEP);
  scroll_to (self, GTK_ORIENTATION_HORIZONTAL, get_value (self, GTK_ORIENTATION_HORIZONTAL) + x * STEP);
}

/**
 * gez_pages_view_get_scale:
 * @self: the view
 *
 * Returns: pixels of the window for a point of the page; 0 before it has a place
 */
double
gez_pages_view_get_scale (GezPagesView *self)
{
  g_return_val_if_fail (GEZ_IS_PAGES_VIEW (self), 0);

  return self->scale;
}

/**
 * gez_pages_view_zoom:
 * @self: the view
 * @steps: how many times larger or, negative, smaller; 0 to fit the window
 */
void
gez_pages_view_zoom (GezPagesView *self,
                     int           steps)
{
  g_return_if_fail (GEZ_IS_PAGES_VIEW (self));

  if (steps == 0)
    self->zoom = 0;
  else if (self->scale > 0)
    self->zoom = CLAMP (self->scale * pow (ZOOM_STEP, steps), SMALLEST_SCALE, LARGEST_SCALE);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/**
 * gez_pages_view_is_drawn:
 * @self: the view
 *
 * Returns: whether the page that is looked at shows as sharp as it can be
 */
gboolean
gez_pages_view_is_drawn (GezPagesView *self)
{
  g_return_val_if_fail (GEZ_IS_PAGES_VIEW (self), FALSE);

  if (self->pdf == NULL)
    return self->picture != NULL && self->scale > 0;
  return self->scale > 0 && self->pages[self->page].drawing != NULL
         && self->pages[self->page].drawn_scale == self->scale;
}
