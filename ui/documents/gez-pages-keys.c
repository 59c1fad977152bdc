/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "documents/gez-pages-keys.h"

#include "documents/gez-pages-view.h"

static gboolean
turn_cb (GtkWidget *view,
         GVariant  *arguments,
         gpointer   data)
{
  gez_pages_view_turn (GEZ_PAGES_VIEW (view), g_variant_get_int32 (arguments));
  return TRUE;
}

static gboolean
end_cb (GtkWidget *view,
        GVariant  *arguments,
        gpointer   data)
{
  GezPagesView *self = GEZ_PAGES_VIEW (view);

  gez_pages_view_go_to (self, g_variant_get_int32 (arguments) > 0 ? G_MAXUINT : 0);
  return TRUE;
}

static gboolean
zoom_cb (GtkWidget *view,
         GVariant  *arguments,
         gpointer   data)
{
  gez_pages_view_zoom (GEZ_PAGES_VIEW (view), g_variant_get_int32 (arguments));
  return TRUE;
}

static gboolean
scroll_cb (GtkWidget *view,
           GVariant  *arguments,
           gpointer   data)
{
  int x, y;

  g_variant_get (arguments, "(ii)", &x, &y);
  gez_pages_view_scroll (GEZ_PAGES_VIEW (view), x, y);
  return TRUE;
}

/**
 * gez_pages_keys_bind:
 * @pages_view_class: of #GezPagesView
 *
 * The keys that go through pages. ui/common/gez-keys.c tells them.
 */
void
gez_pages_keys_bind (GtkWidgetClass *pages_view_class)
{
  static const struct
  {
    guint key;
    GtkShortcutFunc function;
    int amount;
  } keys[] = {
    { GDK_KEY_Page_Down, turn_cb, 1 },  { GDK_KEY_KP_Page_Down, turn_cb, 1 },
    { GDK_KEY_space, turn_cb, 1 },      { GDK_KEY_Page_Up, turn_cb, -1 },
    { GDK_KEY_KP_Page_Up, turn_cb, -1 }, { GDK_KEY_Home, end_cb, -1 },
    { GDK_KEY_End, end_cb, 1 },         { GDK_KEY_plus, zoom_cb, 1 },
    { GDK_KEY_equal, zoom_cb, 1 },      { GDK_KEY_KP_Add, zoom_cb, 1 },
    { GDK_KEY_minus, zoom_cb, -1 },     { GDK_KEY_KP_Subtract, zoom_cb, -1 },
    { GDK_KEY_0, zoom_cb, 0 },          { GDK_KEY_KP_0, zoom_cb, 0 },
  };
  static const struct
  {
    guint key;
    int x;
    int y;
  } arrows[] = {
    { GDK_KEY_Down, 0, 1 }, { GDK_KEY_Up, 0, -1 }, { GDK_KEY_Left, -1, 0 }, { GDK_KEY_Right, 1, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding (pages_view_class, keys[i].key, 0, keys[i].function, "i",
                                  keys[i].amount);
  for (guint i = 0; i < G_N_ELEMENTS (arrows); i++)
    gtk_widget_class_add_binding (pages_view_class, arrows[i].key, 0, scroll_cb, "(ii)",
                                  arrows[i].x, arrows[i].y);
  gtk_widget_class_add_binding (pages_view_class, GDK_KEY_plus, GDK_SHIFT_MASK, zoom_cb, "i", 1);
}
