/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/gez-trace.h"

/* Times for `./develop bench`: with GEZINSPLAN_TRACE set, each mark prints its name and the milliseconds
 * since the start on standard error. Marks are fixed words; nothing of a file is ever printed. */

static gint64 started;

/**
 * gez_trace_start:
 *
 * First thing in main().
 */
void
gez_trace_start (void)
{
  if (g_getenv ("GEZINSPLAN_TRACE"))
    started = g_get_monotonic_time ();
}

/**
 * gez_trace_mark:
 * @what: a fixed word
 *
 * Thread: the main one.
 */
void
gez_trace_mark (const char *what)
{
  if (started)
    g_printerr ("trace %s %.1f\n", what, (double) (g_get_monotonic_time () - started) / 1000);
}
