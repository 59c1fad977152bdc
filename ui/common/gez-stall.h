/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * GezStallFunc:
 * @wall: microseconds that the main loop was away from its events
 * @processor: microseconds of the processor that its thread used meanwhile
 * @culprit: where it was most of that time: a call stack, innermost first, as `module+0xoffset` or
 *   the name of a library's function, separated by spaces; empty when nothing was caught
 */
typedef void (*GezStallFunc) (gint64      wall,
                              gint64      processor,
                              const char *culprit,
                              gpointer    data);

void gez_stall_watch (gint64        threshold,
                      GezStallFunc  function,
                      gpointer      data);

G_END_DECLS
