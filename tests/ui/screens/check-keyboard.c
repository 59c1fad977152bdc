/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * 1. Keys are real: xdotool presses them, and they come in through the X server. GTK has no way to
 *    press one in process, and moving the focus by a function would go past what swallows a key.
 * 2. What must be reached is what takes the focus and shows. Lists and what scrolls are not: their
 *    rows are.
 * 3. A screen on which every kind of control was reached on another one is passed over; that the focus
 *    shows is looked at once per kind.
 * 4. Tab goes from the first control to the last and round again. What it leaves out must be reached by
 *    arrows from what stands beside it.
 */

#include "check-keyboard.h"

#include <string.h>

/* Microseconds until a key that does nothing is a key that does nothing: Tab always does something. */
#define PATIENCE_TAB (3 * G_USEC_PER_SEC)
#define PATIENCE_ARROW (600 * 1000)
#define MOST_ARROWS 42 /* across a month */
#define AROUND 4              /* pixels: a ring of focus stands outside of what it is around */
#define MANY 120              /* rows of one list after which the rest is taken to be alike */

typedef struct
{
  KeyboardCheck *check;
  const char *screen;
  GtkWidget *root;
  GPtrArray *stops;    /* widgets that had the focus, in this order; owned */
  GHashTable *reached; /* the same, to look up */
} Walk;

KeyboardCheck *
keyboard_check_new (Tour *tour)
{
  KeyboardCheck *self = g_new0 (KeyboardCheck, 1);

  self->tour = tour;
  self->problems = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->kinds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
keyboard_check_free (KeyboardCheck *self)
{
  g_hash_table_unref (self->seen);
  g_hash_table_unref (self->kinds);
  g_hash_table_unref (self->problems);
  g_free (self);
}

static void
complain (Walk       *walk,
          GtkWidget  *widget,
          const char *what)
{
  g_autofree char *where = tour_describe (widget);

  g_hash_table_add (walk->check->problems,
                    g_strdup_printf ("%s: %s: %s", walk->screen, where, what));
}

/* Pressing ------------------------------------------------------------------------------------- */

static GtkWidget *
get_focus (Walk *walk)
{
  return gtk_window_get_focus (GTK_WINDOW (walk->root));
}

static void
press (Walk       *walk,
       const char *key)
{
  const char *command[] = { "xdotool", "key", "--delay", "0", key, NULL };
  GtkWidget *before = get_focus (walk);
  gint64 end = g_get_monotonic_time ()
               + (g_str_has_suffix (key, "Tab") ? PATIENCE_TAB : PATIENCE_ARROW);
  g_autoptr (GError) error = NULL;

  g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                &error);
  g_assert_no_error (error);
  walk->check->n_presses++;
  while (get_focus (walk) == before && g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
wait_until_active (Walk *walk)
{
  gint64 end = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  gtk_window_present (GTK_WINDOW (walk->root));
  while (!gtk_window_is_active (GTK_WINDOW (walk->root)) && g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
  g_assert_true (gtk_window_is_active (GTK_WINDOW (walk->root)));
}

/* Seeing --------------------------------------------------------------------------------------- */

/* What an area of the window looks like. */
static GBytes *
take_picture (GtkWidget             *root,
              const graphene_rect_t *area)
{
  g_autoptr (GskRenderNode) node = tour_draw (root, 1);
  g_autoptr (GdkTexture) texture = NULL;
  guchar *pixels;
  gsize size;

  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (root)), node, area);
  size = (gsize) gdk_texture_get_width (texture) * (gsize) gdk_texture_get_height (texture) * 4;
  pixels = g_malloc (size);
  gdk_texture_download (texture, pixels, (gsize) gdk_texture_get_width (texture) * 4);
  return g_bytes_new_take (pixels, size);
}

/* With and without the focus, at the same place. Where the focus ring is drawn around a parent the
 * area around the widget is still within it. */
static void
check_visible (Walk      *walk,
               GtkWidget *stop)
{
  graphene_rect_t area;
  g_autoptr (GBytes) with = NULL;
  g_autoptr (GBytes) without = NULL;

  if (!g_hash_table_add (walk->check->seen, tour_kind_of (stop))
      || !gtk_widget_compute_bounds (stop, walk->root, &area))
    return;
  graphene_rect_inset (&area, -AROUND, -AROUND);
  gtk_window_set_focus_visible (GTK_WINDOW (walk->root), TRUE);
  tour_wait_frame (walk->root);
  with = take_picture (walk->root, &area);
  gtk_window_set_focus (GTK_WINDOW (walk->root), NULL);
  tour_wait_frame (walk->root);
  without = take_picture (walk->root, &area);
  gtk_widget_grab_focus (stop);
  gtk_window_set_focus_visible (GTK_WINDOW (walk->root), TRUE);
  walk->check->n_seen++;
  if (g_bytes_equal (with, without))
    complain (walk, stop, "one does not see that it has the focus");
}

/* The next one is below, or after it on the same line, or in the next column. */
static gboolean
is_before (GtkWidget *root,
           GtkWidget *next,
           GtkWidget *last)
{
  graphene_rect_t a, b;
  gboolean is_rtl = gtk_widget_get_direction (root) == GTK_TEXT_DIR_RTL;
  float middle;

  if (!gtk_widget_compute_bounds (last, root, &a) || !gtk_widget_compute_bounds (next, root, &b)
      || gtk_widget_is_ancestor (next, last) || gtk_widget_is_ancestor (last, next))
    return FALSE;
  middle = b.origin.y + b.size.height / 2;
  if (middle >= a.origin.y && middle <= a.origin.y + a.size.height)
    return is_rtl ? b.origin.x >= a.origin.x + a.size.width : b.origin.x + b.size.width <= a.origin.x;
  if (b.origin.y + b.size.height > a.origin.y)
    return FALSE;
  return is_rtl ? b.origin.x + b.size.width > a.origin.x : b.origin.x < a.origin.x + a.size.width;
}

/* Walking -------------------------------------------------------------------------------------- */

static gboolean
is_holder (GtkWidget *widget)
{
  return GTK_IS_LIST_BOX (widget) || GTK_IS_LIST_BASE (widget) || GTK_IS_SCROLLED_WINDOW (widget)
         || GTK_IS_VIEWPORT (widget) || GTK_IS_WINDOW (widget) || GTK_IS_POPOVER (widget)
         || GTK_IS_COLUMN_VIEW (widget) || GTK_IS_WINDOW_CONTROLS (widget);
}

/* To a day of the next month arrows lead by showing that month. */
static gboolean
can_take_focus (GtkWidget *widget,
                GtkWidget *root)
{
  for (GtkWidget *up = widget; up != NULL && up != root; up = gtk_widget_get_parent (up))
    if (!gtk_widget_get_can_focus (up) || GTK_IS_POPOVER (up) || GTK_IS_WINDOW_CONTROLS (up)
        || gtk_widget_has_css_class (up, "other-month"))
      return FALSE;
  return gtk_widget_get_focusable (widget) && gtk_widget_is_sensitive (widget)
         && !is_holder (widget);
}

static gboolean
is_reached (Walk      *walk,
            GtkWidget *widget)
{
  if (g_hash_table_contains (walk->reached, widget))
    return TRUE;
  for (guint i = 0; i < walk->stops->len; i++)
    if (gtk_widget_is_ancestor (g_ptr_array_index (walk->stops, i), widget))
      return TRUE;
  return FALSE;
}

/* Returns: whether it had the focus before */
static gboolean
note_stop (Walk      *walk,
           GtkWidget *stop)
{
  if (!g_hash_table_add (walk->reached, stop))
    return TRUE;
  g_ptr_array_add (walk->stops, g_object_ref (stop));
  return FALSE;
}

/* A message lies over the page at its bottom edge, and goes by itself. It comes after the whole page, also
 * where the last rows of it show below the message: sooner it would stand in the way of who types. */
static gboolean
is_in_toast (GtkWidget *widget)
{
  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    if (strcmp (G_OBJECT_TYPE_NAME (widget), "AdwToastWidget") == 0)
      return TRUE;
  return FALSE;
}

static void
check_stop (Walk      *walk,
            GtkWidget *stop)
{
  GtkWidget *last = walk->stops->len > 0 ? g_ptr_array_index (walk->stops, walk->stops->len - 1) : NULL;

  if (last != NULL && gtk_widget_get_ancestor (stop, GTK_TYPE_WINDOW_CONTROLS) == NULL
      && gtk_widget_get_ancestor (last, GTK_TYPE_WINDOW_CONTROLS) == NULL
      && !is_in_toast (stop)
      && is_before (walk->root, stop, last))
    {
      g_autofree char *where = tour_describe (last);
      g_autofree char *what = g_strdup_printf ("gets the focus after what stands behind it: %s", where);

      complain (walk, stop, what);
    }
  check_visible (walk, stop);
}

static guint
count_controls (GtkWidget *root)
{
  g_autoptr (GPtrArray) widgets = tour_list (root);
  guint n = 0;

  for (guint i = 0; i < widgets->len; i++)
    n += can_take_focus (g_ptr_array_index (widgets, i), root) ? 1 : 0;
  return n;
}

/* From the first control round to the first one. */
static void
walk_with_tab (Walk *walk)
{
  guint most = count_controls (walk->root) + 5;

  gtk_window_set_focus (GTK_WINDOW (walk->root), NULL);
  for (guint i = 0; i < most; i++)
    {
      GtkWidget *before = get_focus (walk);
      GtkWidget *stop;

      press (walk, "Tab");
      stop = get_focus (walk);
      if (stop == NULL)
        continue;
      if (stop == before)
        {
          if (count_controls (walk->root) > 1) /* where it is alone there is nowhere to go */
            complain (walk, stop, "Tab does not leave it");
          return;
        }
      if (g_hash_table_contains (walk->reached, stop))
        return;
      tour_wait_frame (walk->root); /* it scrolls into view */
      check_stop (walk, stop);
      note_stop (walk, stop);
    }
}

/* Round again backwards: what lets Tab pass may still hold Shift+Tab, and where Tab goes straight to what
 * one came for, Shift+Tab leads to what stands before it. */
static void
walk_back (Walk *walk)
{
  g_autoptr (GHashTable) passed = g_hash_table_new (NULL, NULL);
  guint most = count_controls (walk->root) + 5;

  for (guint i = 0; i < most; i++)
    {
      GtkWidget *before = get_focus (walk);

      press (walk, "shift+Tab");
      if (get_focus (walk) == before && before != NULL && walk->stops->len > 1)
        {
          complain (walk, before, "Shift+Tab does not leave it");
          return;
        }
      if (get_focus (walk) == NULL || !g_hash_table_add (passed, get_focus (walk)))
        return;
      note_stop (walk, get_focus (walk));
    }
}

static gboolean
find_way (GtkWidget        *root,
          GtkWidget        *from,
          GtkWidget        *to,
          graphene_point_t *way)
{
  graphene_rect_t a, b;
  graphene_point_t from_centre, to_centre;

  if (!gtk_widget_compute_bounds (from, root, &a) || !gtk_widget_compute_bounds (to, root, &b))
    return FALSE;
  graphene_rect_get_center (&a, &from_centre);
  graphene_rect_get_center (&b, &to_centre);
  *way = GRAPHENE_POINT_INIT (to_centre.x - from_centre.x, to_centre.y - from_centre.y);
  return TRUE;
}

static GtkWidget *
find_nearest_stop (Walk      *walk,
                   GtkWidget *widget)
{
  GtkWidget *nearest = NULL;
  float least = G_MAXFLOAT;

  for (guint i = 0; i < walk->stops->len; i++)
    {
      GtkWidget *stop = g_ptr_array_index (walk->stops, i);
      graphene_point_t way;

      if (!gtk_widget_get_mapped (stop)
          || gtk_widget_get_parent (stop) != gtk_widget_get_parent (widget)
          || !find_way (walk->root, stop, widget, &way)
          || ABS (way.x) + ABS (way.y) >= least)
        continue;
      least = ABS (way.x) + ABS (way.y);
      nearest = stop;
    }
  return nearest;
}

static gboolean
is_behind (GtkWidget *widget,
           GtkWidget *sibling)
{
  while (sibling != NULL && sibling != widget)
    sibling = gtk_widget_get_next_sibling (sibling);
  return sibling != NULL;
}

/* From where one is, or the nearest control beside it that was reached, step by step. */
static void
walk_with_arrows (Walk      *walk,
                  GtkWidget *widget)
{
  gboolean is_list = GTK_IS_LIST_BOX (gtk_widget_get_parent (widget));
  GtkWidget *at = get_focus (walk);

  if (at == NULL || gtk_widget_get_parent (at) != gtk_widget_get_parent (widget))
    at = find_nearest_stop (walk, widget);
  if (at == NULL)
    return;
  gtk_widget_grab_focus (at);
  for (guint step = 0; step < MOST_ARROWS && at != NULL && at != widget; step++)
    {
      if (is_behind (widget, at))
        press (walk, is_list ? "Down" : "Right");
      else
        press (walk, is_list ? "Up" : "Left");
      if (get_focus (walk) == at)
        return;
      at = get_focus (walk);
      if (at != NULL)
        note_stop (walk, at);
    }
}

/* What stands on a day of the month: Tab goes through it once arrows have come to the day. */
static void
walk_into (Walk      *walk,
           GtkWidget *widget)
{
  GtkWidget *holder = gtk_widget_get_parent (widget);

  while (holder != NULL && !g_hash_table_contains (walk->reached, holder))
    holder = gtk_widget_get_parent (holder);
  if (holder == NULL)
    return;
  walk_with_arrows (walk, holder);
  for (guint i = 0; i < 6 && !is_reached (walk, widget); i++)
    {
      press (walk, "Tab");
      if (get_focus (walk) == NULL || !gtk_widget_is_ancestor (get_focus (walk), holder))
        return;
      note_stop (walk, get_focus (walk));
    }
}

static void
check_reached (Walk *walk)
{
  g_autoptr (GPtrArray) widgets = tour_list (walk->root);

  for (guint i = 0; i < widgets->len; i++)
    {
      GtkWidget *widget = g_ptr_array_index (widgets, i);

      if (!gtk_widget_get_mapped (widget) || !can_take_focus (widget, walk->root))
        continue;
      /* In this order: on a day of the month arrows lead away from it, and in time to another month. */
      if (!is_reached (walk, widget) && walk->stops->len < MANY)
        walk_into (walk, widget);
      if (!is_reached (walk, widget) && walk->stops->len < MANY)
        walk_with_arrows (walk, widget);
      walk->check->n_controls++;
      g_hash_table_add (walk->check->kinds, tour_kind_of (widget));
      if (is_reached (walk, widget) || walk->stops->len >= MANY)
        walk->check->n_reached++;
      else
        complain (walk, widget, "no key reaches it");
    }
}

static gboolean
has_new_kind (KeyboardCheck *self,
              GtkWidget     *root)
{
  g_autoptr (GPtrArray) widgets = tour_list (root);

  for (guint i = 0; i < widgets->len; i++)
    {
      GtkWidget *widget = g_ptr_array_index (widgets, i);
      g_autofree char *kind = tour_kind_of (widget);

      if (can_take_focus (widget, root) && !g_hash_table_contains (self->kinds, kind))
        return TRUE;
    }
  return FALSE;
}

void
keyboard_check_screen (KeyboardCheck *self,
                       const char    *screen,
                       GtkWidget     *root)
{
  Walk walk = { .check = self, .screen = screen, .root = root };

  /* A menu is one control with arrows in it, and closes when it loses the focus. */
  if (!GTK_IS_WINDOW (root) || ADW_IS_ABOUT_WINDOW (root) || !has_new_kind (self, root))
    return;
  self->n_screens++;
  walk.stops = g_ptr_array_new_with_free_func (g_object_unref);
  walk.reached = g_hash_table_new (NULL, NULL);
  wait_until_active (&walk);
  walk_with_tab (&walk);
  walk_back (&walk);
  check_reached (&walk);
  g_hash_table_unref (walk.reached);
  g_ptr_array_unref (walk.stops);
}
