/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The ratio is that of WCAG 2.1, "contrast ratio" and "relative luminance". A text is drawn as large as
 * needed for strokes of full colour; behind it is the colour that most of its area has, and its own is
 * the one that differs most from that. A text that is dimmed, is on a chip or in a selected row is
 * thereby measured as it is seen, whatever the style says.
 */

#include "check-contrast.h"

#include <math.h>
#include <string.h>

#define LEAST_FOR_TEXT 4.5
#define LEAST_FOR_SIGNS 3.0
#define ENLARGED 4
#define ENOUGH 6 /* pixels of a colour: fewer are the edge of a curve */

ContrastCheck *
contrast_check_new (Tour *tour)
{
  ContrastCheck *self = g_new0 (ContrastCheck, 1);

  self->tour = tour;
  self->problems = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->looked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->pairs = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->lowest = 21;
  return self;
}

void
contrast_check_free (ContrastCheck *self)
{
  g_hash_table_unref (self->problems);
  g_hash_table_unref (self->looked);
  g_hash_table_unref (self->pairs);
  g_free (self);
}

/* Colours -------------------------------------------------------------------------------------- */

static double
linear (guint32 channel)
{
  double value = channel / 255.0;

  return value <= 0.03928 ? value / 12.92 : pow ((value + 0.055) / 1.055, 2.4);
}

static double
luminance (guint32 colour)
{
  return 0.2126 * linear (colour >> 16 & 255) + 0.7152 * linear (colour >> 8 & 255)
         + 0.0722 * linear (colour & 255);
}

static double
ratio_of (guint32 one,
          guint32 other)
{
  double a = luminance (one), b = luminance (other);

  return (MAX (a, b) + 0.05) / (MIN (a, b) + 0.05);
}

static GHashTable *
count_colours (GdkTexture *texture)
{
  GHashTable *counts = g_hash_table_new (NULL, NULL);
  int width = gdk_texture_get_width (texture), height = gdk_texture_get_height (texture);
  g_autofree guint32 *pixels = g_new (guint32, (gsize) width * (gsize) height);

  gdk_texture_download (texture, (guchar *) pixels, (gsize) width * 4);
  for (gsize i = 0; i < (gsize) width * (gsize) height; i++)
    if (pixels[i] >> 24 == 0xff)
      {
        gpointer key = GUINT_TO_POINTER (pixels[i] & 0xffffff);
        guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, key));

        g_hash_table_insert (counts, key, GUINT_TO_POINTER (count + 1));
      }
  return counts;
}

typedef struct
{
  guint32 behind;
  guint32 front;
  double ratio;
} Pair;

static Pair
find_pair (GdkTexture *texture)
{
  g_autoptr (GHashTable) counts = count_colours (texture);
  Pair pair = { .ratio = 1 };
  GHashTableIter iter;
  gpointer colour, count;
  guint most = 0;

  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &colour, &count))
    if (GPOINTER_TO_UINT (count) > most)
      {
        most = GPOINTER_TO_UINT (count);
        pair.behind = GPOINTER_TO_UINT (colour);
      }
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &colour, &count))
    if (GPOINTER_TO_UINT (count) >= ENOUGH
        && ratio_of (GPOINTER_TO_UINT (colour), pair.behind) > pair.ratio)
      {
        pair.front = GPOINTER_TO_UINT (colour);
        pair.ratio = ratio_of (pair.front, pair.behind);
      }
  return pair;
}

/* Looking -------------------------------------------------------------------------------------- */

static gboolean
is_text (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return *gtk_label_get_text (GTK_LABEL (widget)) != '\0';
  if (GTK_IS_INSCRIPTION (widget))
    return gtk_inscription_get_text (GTK_INSCRIPTION (widget)) != NULL;
  return GTK_IS_TEXT (widget)
         && *gtk_entry_buffer_get_text (gtk_text_get_buffer (GTK_TEXT (widget))) != '\0';
}

static gboolean
is_sign (GtkWidget *widget)
{
  return GTK_IS_IMAGE (widget) && gtk_image_get_icon_name (GTK_IMAGE (widget)) != NULL
         && g_str_has_suffix (gtk_image_get_icon_name (GTK_IMAGE (widget)), "-symbolic");
}

/* What gives a widget its colours: the same for all rows of a list. */
static char *
style_of (GtkWidget *widget)
{
  GString *style = g_string_new (adw_style_manager_get_dark (adw_style_manager_get_default ())
                                   ? "dark"
                                   : "light");

  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    {
      g_auto (GStrv) classes = gtk_widget_get_css_classes (widget);
      g_autofree char *joined = g_strjoinv (".", classes);
      GtkStateFlags state = gtk_widget_get_state_flags (widget)
                            & (GTK_STATE_FLAG_SELECTED | GTK_STATE_FLAG_CHECKED
                               | GTK_STATE_FLAG_BACKDROP);

      g_string_append_printf (style, "<%s.%s.%d.%d", gtk_widget_get_css_name (widget), joined,
                              (int) state, (int) (gtk_widget_get_opacity (widget) * 100));
    }
  return g_string_free (style, FALSE);
}

/* Nothing of it is scrolled away. */
static gboolean
get_shown_area (GtkWidget       *widget,
                GtkWidget       *root,
                graphene_rect_t *area)
{
  float height;

  if (!gtk_widget_compute_bounds (widget, root, area))
    return FALSE;
  height = area->size.height;
  for (GtkWidget *up = gtk_widget_get_parent (widget); up != NULL; up = gtk_widget_get_parent (up))
    {
      graphene_rect_t bounds;

      if (gtk_widget_get_overflow (up) == GTK_OVERFLOW_HIDDEN || up == root)
        if (!gtk_widget_compute_bounds (up, root, &bounds)
            || !graphene_rect_intersection (area, &bounds, area))
          return FALSE;
      if (up == root)
        break;
    }
  return area->size.width >= 4 && area->size.height >= 8 && area->size.height >= height - 1;
}

static void
check_widget (ContrastCheck *self,
              const char    *screen,
              GtkWidget     *root,
              GskRenderNode *node,
              GtkWidget     *widget)
{
  double least = is_text (widget) ? LEAST_FOR_TEXT : LEAST_FOR_SIGNS;
  g_autoptr (GdkTexture) texture = NULL;
  graphene_rect_t area;
  gint64 key;
  Pair pair;

  /* A sign that waits until it is asked for, such as the tick before what is chosen or in a switch, and
   * a chip that only keeps the height of a line. */
  if (gtk_widget_get_opacity (widget) == 0 || gtk_widget_has_css_class (widget, "gez-strut")
      || gtk_widget_get_ancestor (widget, GTK_TYPE_SWITCH) != NULL)
    return;

  if (!get_shown_area (widget, root, &area) || !g_hash_table_add (self->looked, style_of (widget)))
    return;
  graphene_rect_scale (&area, ENLARGED, ENLARGED, &area);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (root)), node, &area);
  pair = find_pair (texture);
  self->n_texts++;
  key = (gint64) pair.behind << 32 | pair.front;
  g_hash_table_add (self->pairs, g_memdup2 (&key, sizeof key));
  if (is_text (widget))
    self->lowest = MIN (self->lowest, pair.ratio);
  if (pair.ratio < least)
    {
      g_autofree char *where = tour_describe (widget);

      g_hash_table_add (self->problems,
                        g_strdup_printf ("%s, %s: %s: #%06x on #%06x is %.2f to 1", screen,
                                         adw_style_manager_get_dark (adw_style_manager_get_default ())
                                           ? "dark" : "light",
                                         where, pair.front, pair.behind, pair.ratio));
    }
}

void
contrast_check_screen (ContrastCheck *self,
                       const char    *screen,
                       GtkWidget     *root)
{
  g_autoptr (GPtrArray) widgets = NULL;
  g_autoptr (GskRenderNode) node = NULL;

  if (!GTK_IS_NATIVE (root) || ADW_IS_ABOUT_WINDOW (root))
    return;
  tour_wait_frame (root);
  node = tour_draw (root, ENLARGED);
  widgets = tour_list (root);
  self->n_screens++;
  for (guint i = 0; i < widgets->len && node != NULL; i++)
    {
      GtkWidget *widget = g_ptr_array_index (widgets, i);

      /* What cannot be used now need not be read: WCAG leaves it out as well. */
      if ((is_text (widget) || is_sign (widget)) && gtk_widget_is_sensitive (widget)
          && gtk_widget_get_native (widget) == GTK_NATIVE (root))
        check_widget (self, screen, root, node, widget);
    }
}
