/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agenda/gez-week-hours.h"

#include "agenda/gez-agenda-words.h"
#include "common/gez-format.h"

#define HOURS 24
#define FIRST_HOUR_IN_VIEW 8

/* A line above every hour, below everything; its height is that of the whole. */
static GtkWidget *
make_lines (void)
{
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_set_homogeneous (GTK_BOX (lines), TRUE);
  for (guint i = 0; i < HOURS; i++)
    {
      GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

      gtk_widget_add_css_class (line, "gez-week-hour");
      gtk_box_append (GTK_BOX (lines), line);
    }

  return lines;
}

/* The working day comes into view once the hours have their height. */
static gboolean
scroll_cb (GtkWidget     *scrolled,
           GdkFrameClock *clock,
           gpointer       user_data)
{
  GtkAdjustment *adjustment =
    gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  double upper = gtk_adjustment_get_upper (adjustment);

  if (upper <= gtk_adjustment_get_page_size (adjustment))
    return G_SOURCE_CONTINUE;

  gtk_adjustment_set_value (adjustment, upper * FIRST_HOUR_IN_VIEW / HOURS);

  return G_SOURCE_REMOVE;
}

/**
 * gez_week_hours_new:
 * @row: (transfer floating): the times and the days beside each other
 *
 * Returns: (transfer floating): the hours that scroll, with a line above each, and @row over them
 */
GtkWidget *
gez_week_hours_new (GtkWidget *row)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *overlay = gtk_overlay_new ();

  gtk_overlay_set_child (GTK_OVERLAY (overlay), make_lines ());
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), row);
  gtk_overlay_set_measure_overlay (GTK_OVERLAY (overlay), row, TRUE);
  gtk_overlay_set_clip_overlay (GTK_OVERLAY (overlay), row, TRUE);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), overlay);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_widget_add_tick_callback (scrolled, scroll_cb, NULL, NULL);

  return scrolled;
}

/**
 * gez_week_hours_new_times:
 *
 * Returns: (transfer floating): the times, one beside every hour
 */
GtkWidget *
gez_week_hours_new_times (void)
{
  GtkWidget *gutter = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_set_homogeneous (GTK_BOX (gutter), TRUE);
  for (guint i = 0; i < HOURS; i++)
    {
      g_autofree char *time = gez_agenda_dup_time ((int) i * 60);
      g_autofree char *text = gez_format_time (time);
      GtkWidget *label = gtk_label_new (text);

      gtk_label_set_yalign (GTK_LABEL (label), 0);
      gtk_label_set_xalign (GTK_LABEL (label), 1);
      gtk_widget_add_css_class (label, "gez-week-time");
      gtk_box_append (GTK_BOX (gutter), label);
    }

  return gutter;
}
