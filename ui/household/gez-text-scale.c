/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "household/gez-text-scale.h"

#define USUAL_DPI (96 * 1024)

/**
 * gez_text_scale:
 * @widget: where the width is used
 * @pixels: a width for text of the usual size
 *
 * Returns: that width for text as large as people asked for; never less than @pixels
 */
int
gez_text_scale (GtkWidget *widget,
                int        pixels)
{
  int dpi = 0;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), pixels);

  g_object_get (gtk_widget_get_settings (widget), "gtk-xft-dpi", &dpi, NULL);

  return dpi > USUAL_DPI ? (int) ((gint64) pixels * dpi / USUAL_DPI) : pixels;
}
