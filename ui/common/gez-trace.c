/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/gez-trace.h"

#include "common/gez-stall.h"

/* Times for `./develop bench`: with GEZINSPLAN_TRACE set, each mark prints its name and the
 * milliseconds since the start on standard error, and each stretch in which the window could not
 * answer prints how long that was and where. Marks are fixed words; nothing of a file is ever printed. */

/* One frame at sixty a second: longer than this and a person may see it. */
#define FRAME_MICROSECONDS 16000

static gint64 started;

static void
stalled_cb (gint64      wall,
            gint64      processor,
            const char *culprit,
            gpointer    data)
{
  g_printerr ("trace-stall %.1f %.1f %s\n", (double) wall / 1000, (double) processor / 1000, culprit);
}

/**
 * gez_trace_start:
 *
 * First thing in main().
 */
void
gez_trace_start (void)
{
  if (g_getenv ("GEZINSPLAN_TRACE") == NULL)
    return;
  started = g_get_monotonic_time ();
  gez_stall_watch (FRAME_MICROSECONDS, stalled_cb, NULL);
}

/**
 * gez_trace_mark:
 * @what: a fixed word
 *
 * Thread: any.
 */
void
gez_trace_mark (const char *what)
{
  if (started)
    g_printerr ("trace %s %.1f\n", what, (double) (g_get_monotonic_time () - started) / 1000);
}

static void
after_paint_cb (GdkFrameClock *clock,
                gpointer       what)
{
  g_signal_handlers_disconnect_by_func (clock, after_paint_cb, what);
  gez_trace_mark (what);
}

/**
 * gez_trace_mark_painted:
 * @widget: in a window that shows
 * @what: a fixed word, which stays
 *
 * Marks when the next frame is painted: what a person sees, not what was asked for.
 *
 * Thread: the main one.
 */
void
gez_trace_mark_painted (GtkWidget  *widget,
                        const char *what)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);

  if (!started || clock == NULL)
    return;
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), (gpointer) what);
  gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_PAINT);
}
