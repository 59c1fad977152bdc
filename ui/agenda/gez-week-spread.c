/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agenda/gez-week-spread.h"

/* The first lane in which nothing of this group lasts until @start. */
static guint
find_lane (const GezWeekSpan *group,
           guint              n_spans,
           int                start)
{
  guint lane = 0;

  for (guint i = 0; i < n_spans; i++)
    {
      if (group[i].lane != lane || group[i].end <= start)
        continue;
      lane++;
      i = (guint) -1; /* from the beginning, for the next lane */
    }

  return lane;
}

static void
close_group (GezWeekSpan *group,
             guint        n_spans,
             guint        n_lanes)
{
  for (guint i = 0; i < n_spans; i++)
    group[i].n_lanes = n_lanes;
}

/**
 * gez_week_spread:
 * @spans: (array length=n_spans): what stands on one day, by its start
 * @n_spans: how many
 *
 * Says which of them stand beside each other: those that overlap, directly or through another one,
 * share the width of the day.
 */
void
gez_week_spread (GezWeekSpan *spans,
                 guint        n_spans)
{
  guint first = 0, n_lanes = 0;
  int end = 0;

  for (guint i = 0; i < n_spans; i++)
    {
      if (i > first && spans[i].start >= end)
        {
          close_group (spans + first, i - first, n_lanes);
          first = i;
          n_lanes = 0;
        }
      end = i == first ? spans[i].end : MAX (end, spans[i].end);
      spans[i].lane = find_lane (spans + first, i - first, spans[i].start);
      n_lanes = MAX (n_lanes, spans[i].lane + 1);
    }
  close_group (spans + first, n_spans - first, n_lanes);
}
