/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tour.h"

#define PATIENCE (2 * G_USEC_PER_SEC)

static void
painted_cb (GdkFrameClock *clock,
            gboolean      *is_painted)
{
  *is_painted = TRUE;
}

/* Until a window is drawn with what was changed in it. */
void
tour_wait_frame (GtkWidget *widget)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  gint64 end = g_get_monotonic_time () + PATIENCE;
  gboolean is_painted = FALSE;
  gulong handler = g_signal_connect (clock, "after-paint", G_CALLBACK (painted_cb), &is_painted);

  gtk_widget_queue_draw (widget);
  while (!is_painted && g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
  g_signal_handler_disconnect (clock, handler);
}

/* Returns: (transfer full) (nullable): what a window looks like, in its own coordinates times @scale. A
 * paintable begins at the shadow around a window, its coordinates inside of that. */
GskRenderNode *
tour_draw (GtkWidget *root,
           float      scale)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (root);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  graphene_rect_t own;

  if (!gtk_widget_compute_bounds (root, root, &own))
    own = GRAPHENE_RECT_INIT (0, 0, 0, 0);
  gtk_snapshot_scale (snapshot, scale, scale);
  gtk_snapshot_translate (snapshot, &own.origin);
  gdk_paintable_snapshot (paintable, snapshot, gdk_paintable_get_intrinsic_width (paintable),
                          gdk_paintable_get_intrinsic_height (paintable));
  return gtk_snapshot_free_to_node (snapshot);
}
