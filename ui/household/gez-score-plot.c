/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "household/gez-score-plot.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#include "base/gez-date.h"
#include "common/gez-format.h"

struct _GezScorePlot
{
  GtkWidget parent_instance;

  GArray *series; /* GezScorePoint, by day */
};

G_DEFINE_FINAL_TYPE (GezScorePlot, gez_score_plot, GTK_TYPE_WIDGET)

#define LEAST_WIDTH 200
#define LIKED_WIDTH 320
#define LINE_DISTANCE 26 /* pixels between two scores */
#define MARK_RADIUS 4.5
#define SPACE_BELOW 6

/* Where the scores are drawn, inside the widget. */
typedef struct
{
  double left, right, top, bottom;
  GDate first;
  int days; /* from the first to the last score */
} Frame;

typedef struct
{
  GdkRGBA text, grid, voices[GEZ_SCORE_VOICE_N];
} Palette;

static Palette
get_palette (void)
{
  gboolean is_dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  Palette palette;

  gdk_rgba_parse (&palette.text, is_dark ? "rgba(255,255,255,0.75)" : "rgba(0,0,0,0.7)");
  gdk_rgba_parse (&palette.grid, is_dark ? "rgba(255,255,255,0.16)" : "rgba(0,0,0,0.13)");
  gdk_rgba_parse (&palette.voices[GEZ_SCORE_VOICE_FAMILY], is_dark ? "#78aeed" : "#1c71d8");
  gdk_rgba_parse (&palette.voices[GEZ_SCORE_VOICE_WORKER], is_dark ? "#ffa348" : "#c64600");

  return palette;
}

static int
text_height (GezScorePlot *self)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), "5");
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);

  return height;
}

static double
y_of (const Frame *frame,
      int          score)
{
  return frame->bottom - (frame->bottom - frame->top) * (score - GEZ_SCORE_LOWEST)
                           / (GEZ_SCORE_HIGHEST - GEZ_SCORE_LOWEST);
}

static double
x_of (const Frame *frame,
      const GDate *day)
{
  if (frame->days == 0)
    return (frame->left + frame->right) / 2;

  return frame->left
         + (frame->right - frame->left) * g_date_days_between (&frame->first, day) / frame->days;
}

static Frame
get_frame (GezScorePlot *self,
           int           width,
           int           height)
{
  int line = text_height (self);
  Frame frame = {
    .left = line * 0.7 + 18,
    .right = width - 10,
    .top = line / 2.0 + 2,
    .bottom = height - line - SPACE_BELOW - MARK_RADIUS,
  };
  GDate last;

  if (self->series->len == 0)
    return frame;

  gez_date_parse (g_array_index (self->series, GezScorePoint, 0).day_on, &frame.first);
  gez_date_parse (g_array_index (self->series, GezScorePoint, self->series->len - 1).day_on, &last);
  frame.days = g_date_days_between (&frame.first, &last);

  return frame;
}

static void
draw_text (GezScorePlot  *self,
           GtkSnapshot   *snapshot,
           const GdkRGBA *colour,
           const char    *text,
           double         x,
           double         y,
           double         x_align)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  int width, height;
  double left;

  pango_layout_get_pixel_size (layout, &width, &height);
  left = CLAMP (x - width * x_align, 0, MAX (0, gtk_widget_get_width (GTK_WIDGET (self)) - width));
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (left, y));
  gtk_snapshot_append_layout (snapshot, layout, colour);
  gtk_snapshot_restore (snapshot);
}

static char *
month_label (const GDate *day,
             gboolean     with_year)
{
  const char *month = gez_format_month_short (g_date_get_month (day));

  return with_year ? g_strdup_printf ("%s %02d", month, g_date_get_year (day) % 100)
                   : g_strdup (month);
}

static void
draw_grid (GezScorePlot  *self,
           GtkSnapshot   *snapshot,
           const Frame   *frame,
           const Palette *palette)
{
  int line = text_height (self);

  for (int score = GEZ_SCORE_LOWEST; score <= GEZ_SCORE_HIGHEST; score++)
    {
      g_autofree char *text = g_strdup_printf ("%d", score);
      double y = round (y_of (frame, score));

      draw_text (self, snapshot, &palette->text, text, 4, y - line / 2.0, 0);
      gtk_snapshot_append_color (snapshot, &palette->grid,
                                 &GRAPHENE_RECT_INIT (frame->left - 10, y,
                                                      frame->right - frame->left + 16, 1));
    }
}

/* Months under the plot: as many as fit, at steps that people think in. */
static void
draw_months (GezScorePlot  *self,
             GtkSnapshot   *snapshot,
             const Frame   *frame,
             const Palette *palette)
{
  static const int steps[] = { 1, 2, 3, 6, 12, 24, 60, 120 };
  int line = text_height (self);
  double room = frame->right - frame->left;
  double months = frame->days / 30.4;
  guint step = 0;
  GDate day = frame->first;

  while (step + 1 < G_N_ELEMENTS (steps) && months / steps[step] * line * 3.2 > room)
    step++;

  g_date_set_day (&day, 1);
  if (g_date_get_day (&frame->first) > 1 && months >= 2)
    g_date_add_months (&day, 1);
  for (; g_date_days_between (&frame->first, &day) <= frame->days;
       g_date_add_months (&day, steps[step]))
    {
      GDate shown = g_date_compare (&day, &frame->first) < 0 ? frame->first : day;
      g_autofree char *text = month_label (&shown, steps[step] >= 12 || months > 14);

      draw_text (self, snapshot, &palette->text, text, x_of (frame, &shown),
                 frame->bottom + MARK_RADIUS + SPACE_BELOW, frame->days == 0 ? 0.5 : 0.3);
    }
}

static void
draw_mark (cairo_t      *cr,
           GezScoreVoice voice,
           double        x,
           double        y)
{
  if (voice == GEZ_SCORE_VOICE_FAMILY)
    cairo_arc (cr, x, y, MARK_RADIUS - 0.5, 0, 2 * G_PI);
  else
    cairo_rectangle (cr, x - MARK_RADIUS, y - MARK_RADIUS, 2 * MARK_RADIUS, 2 * MARK_RADIUS);
  cairo_fill (cr);
}

static void
draw_voice (GezScorePlot  *self,
            cairo_t       *cr,
            const Frame   *frame,
            const Palette *palette,
            GezScoreVoice  voice,
            gboolean       marks)
{
  static const double dash[] = { 5, 4 };

  gdk_cairo_set_source_rgba (cr, &palette->voices[voice]);
  cairo_set_line_width (cr, 2.5);
  cairo_set_dash (cr, dash, voice == GEZ_SCORE_VOICE_WORKER ? 2 : 0, 0);

  for (guint i = 0; i < self->series->len; i++)
    {
      const GezScorePoint *point = &g_array_index (self->series, GezScorePoint, i);
      GDate day;

      if (point->voice != voice || !gez_date_parse (point->day_on, &day))
        continue;
      if (marks)
        draw_mark (cr, voice, x_of (frame, &day), y_of (frame, point->score));
      else
        cairo_line_to (cr, x_of (frame, &day), y_of (frame, point->score));
    }
  if (!marks)
    cairo_stroke (cr);
}

/* Where both voices agree, both stay visible: dashes over the line, and a circle that leaves the
 * corners of the square. */
static void
draw_voices (GezScorePlot  *self,
             cairo_t       *cr,
             const Frame   *frame,
             const Palette *palette)
{
  draw_voice (self, cr, frame, palette, GEZ_SCORE_VOICE_FAMILY, FALSE);
  draw_voice (self, cr, frame, palette, GEZ_SCORE_VOICE_WORKER, FALSE);
  draw_voice (self, cr, frame, palette, GEZ_SCORE_VOICE_WORKER, TRUE);
  draw_voice (self, cr, frame, palette, GEZ_SCORE_VOICE_FAMILY, TRUE);
}

static void
gez_score_plot_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  GezScorePlot *self = GEZ_SCORE_PLOT (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  Frame frame = get_frame (self, width, height);
  Palette palette = get_palette ();
  cairo_t *cr;

  draw_grid (self, snapshot, &frame, &palette);
  if (self->series->len == 0)
    return;

  draw_months (self, snapshot, &frame, &palette);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  draw_voices (self, cr, &frame, &palette);
  cairo_destroy (cr);
}

static void
gez_score_plot_measure (GtkWidget     *widget,
                        GtkOrientation orientation,
                        int            for_size,
                        int           *minimum,
                        int           *natural,
                        int           *minimum_baseline,
                        int           *natural_baseline)
{
  int line = text_height (GEZ_SCORE_PLOT (widget));

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = LEAST_WIDTH;
      *natural = LIKED_WIDTH;
    }
  else
    *minimum = *natural = (int) (line * 1.5 + 2 + SPACE_BELOW + MARK_RADIUS
                                 + MAX (LINE_DISTANCE, line) * (GEZ_SCORE_HIGHEST - 1));
}

static void
gez_score_plot_finalize (GObject *object)
{
  g_clear_pointer (&GEZ_SCORE_PLOT (object)->series, g_array_unref);

  G_OBJECT_CLASS (gez_score_plot_parent_class)->finalize (object);
}

static void
gez_score_plot_class_init (GezScorePlotClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = gez_score_plot_finalize;
  widget_class->snapshot = gez_score_plot_snapshot;
  widget_class->measure = gez_score_plot_measure;
  gtk_widget_class_set_css_name (widget_class, "scoreplot");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
gez_score_plot_init (GezScorePlot *self)
{
  self->series = g_array_new (FALSE, FALSE, sizeof (GezScorePoint));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (GTK_WIDGET (self), "caption");
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
}

/**
 * gez_score_plot_new:
 *
 * Returns: (transfer floating): a plot without scores
 */
GtkWidget *
gez_score_plot_new (void)
{
  return g_object_new (GEZ_TYPE_SCORE_PLOT, NULL);
}

/**
 * gez_score_plot_set_series:
 * @self: the plot
 * @series: (transfer none) (element-type GezScorePoint): what to draw, by day
 */
void
gez_score_plot_set_series (GezScorePlot *self,
                           GArray       *series)
{
  g_autofree char *words = NULL;

  g_return_if_fail (GEZ_IS_SCORE_PLOT (self));
  g_return_if_fail (series != NULL);

  g_array_ref (series);
  g_array_unref (self->series);
  self->series = series;

  words = gez_score_series_describe (series);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * gez_score_plot_get_series:
 * @self: the plot
 *
 * Returns: (transfer none) (element-type GezScorePoint): what is drawn
 */
GArray *
gez_score_plot_get_series (GezScorePlot *self)
{
  g_return_val_if_fail (GEZ_IS_SCORE_PLOT (self), NULL);

  return self->series;
}
