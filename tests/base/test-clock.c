/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/gez-clock.h"

static void
test_date_follows_the_team (void)
{
  /* 2026-11-20 23:30 UTC is already the 21st in Brussels. */
  g_autoptr (GezClock) clock = gez_clock_new_fixed (1795217400000, 1);
  g_autofree char *today = gez_clock_get_today (clock);
  g_autofree char *time = gez_clock_time_of (clock, 1795217400000);

  g_assert_cmpstr (today, ==, "2026-11-21");
  g_assert_cmpstr (time, ==, "00:30");
}

static void
test_local_time_round_trip (void)
{
  g_autoptr (GezClock) clock = gez_clock_new ();
  gint64 instant = gez_clock_instant_of (clock, "2026-07-01", "10:00");
  g_autofree char *date = gez_clock_date_of (clock, instant);
  g_autofree char *time = gez_clock_time_of (clock, instant);

  g_assert_cmpstr (date, ==, "2026-07-01");
  g_assert_cmpstr (time, ==, "10:00");
  g_assert_cmpint (gez_clock_instant_of (clock, "2026-02-30", NULL), ==, 0);
}

static void
test_same_seed_same_bytes (void)
{
  g_autoptr (GezClock) a = gez_clock_new_fixed (5, 9);
  g_autoptr (GezClock) b = gez_clock_new_fixed (5, 9);
  guint8 one[8], other[8];

  gez_clock_fill_random (a, one, sizeof one);
  gez_clock_fill_random (b, other, sizeof other);
  g_assert_cmpmem (one, sizeof one, other, sizeof other);
  gez_clock_fill_random (b, other, sizeof other);
  gez_clock_set_seed (b, 9);
  gez_clock_fill_random (b, other, sizeof other);
  g_assert_cmpmem (one, sizeof one, other, sizeof other);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/clock/date-follows-the-team", test_date_follows_the_team);
  g_test_add_func ("/base/clock/local-time-round-trip", test_local_time_round_trip);
  g_test_add_func ("/base/clock/same-seed-same-bytes", test_same_seed_same_bytes);
  return g_test_run ();
}
