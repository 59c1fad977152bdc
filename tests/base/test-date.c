/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/gez-date.h"

static void
test_dates_that_exist (void)
{
  g_assert_true (gez_date_is_valid ("1890-03-01"));
  g_assert_true (gez_date_is_valid ("2028-02-29"));
  g_assert_false (gez_date_is_valid ("2026-02-29"));
  g_assert_false (gez_date_is_valid ("2026-13-01"));
  g_assert_false (gez_date_is_valid ("2026-1-01"));
  g_assert_false (gez_date_is_valid ("21/11/2026"));
  g_assert_false (gez_date_is_valid (""));
  g_assert_false (gez_date_is_valid (NULL));
}

static void
test_age_counts_birthdays (void)
{
  g_assert_cmpint (gez_date_age ("2017-11-21", "2026-11-21"), ==, 9);
  g_assert_cmpint (gez_date_age ("2017-11-22", "2026-11-21"), ==, 8);
  g_assert_cmpint (gez_date_age ("1890-01-01", "2026-11-21"), ==, 136);
  g_assert_cmpint (gez_date_age ("2027-01-01", "2026-11-21"), ==, -1);
  g_assert_cmpint (gez_date_age (NULL, "2026-11-21"), ==, -1);
}

static void
test_days_cross_months (void)
{
  g_autofree char *later = gez_date_add_days ("2026-12-30", 3);
  g_autofree char *earlier = gez_date_add_days ("2026-03-01", -1);

  g_assert_cmpstr (later, ==, "2027-01-02");
  g_assert_cmpstr (earlier, ==, "2026-02-28");
  g_assert_cmpint (gez_date_days_between ("2026-11-21", "2026-11-24"), ==, 3);
  g_assert_cmpint (gez_date_days_between ("2026-11-24", "2026-11-21"), ==, -3);
}

static void
test_instants_round_trip (void)
{
  gint64 instant = 0;
  g_autofree char *text = gez_date_format_instant (1764150723007);

  g_assert_true (gez_date_parse_instant (text, &instant));
  g_assert_cmpint (instant, ==, 1764150723007);
  g_assert_false (gez_date_parse_instant ("yesterday", &instant));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/date/dates-that-exist", test_dates_that_exist);
  g_test_add_func ("/base/date/age-counts-birthdays", test_age_counts_birthdays);
  g_test_add_func ("/base/date/days-cross-months", test_days_cross_months);
  g_test_add_func ("/base/date/instants-round-trip", test_instants_round_trip);
  return g_test_run ();
}
