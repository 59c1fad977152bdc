/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * GezWeekSpan:
 * @start: minutes from midnight
 * @end: minutes from midnight, after @start
 * @lane: which of the columns beside each other it stands in, from 0
 * @n_lanes: how many columns there are where it stands
 */
typedef struct
{
  int start;
  int end;
  guint lane;
  guint n_lanes;
} GezWeekSpan;

void gez_week_spread (GezWeekSpan *spans,
                      guint        n_spans);

G_END_DECLS
