/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/gez-sync-schedule.h"

/* When the shared folder is read and written. Time is a number here. */

#define SECOND G_USEC_PER_SEC
#define BEGINNING (1000 * SECOND)

static void
test_first_round_at_once (void)
{
  GezSyncSchedule schedule = { 0 };

  g_assert_cmpint (gez_sync_schedule_get_due (&schedule), ==, 0);
}

static void
test_read_every_30_to_60_seconds (void)
{
  GezSyncSchedule schedule = { 0 };

  gez_sync_schedule_end (&schedule, BEGINNING, TRUE, 0.0);
  g_assert_cmpint (gez_sync_schedule_get_due (&schedule), ==, BEGINNING + 30 * SECOND);
  gez_sync_schedule_end (&schedule, BEGINNING, TRUE, 1.0);
  g_assert_cmpint (gez_sync_schedule_get_due (&schedule), ==, BEGINNING + 60 * SECOND);
}

/* Who goes on typing is waited for, but not for ever. */
static void
test_write_20_seconds_after_the_last_change (void)
{
  GezSyncSchedule schedule = { 0 };

  schedule.read_at = G_MAXINT64;
  for (int i = 0; i < 40; i++)
    {
      gint64 now = BEGINNING + i * 10 * SECOND;

      gez_sync_schedule_changed (&schedule, now, 10);
      g_assert_cmpint (gez_sync_schedule_get_due (&schedule), ==,
                       MIN (now + 20 * SECOND, BEGINNING + 300 * SECOND));
    }
  gez_sync_schedule_begin (&schedule);
  g_assert_cmpint (gez_sync_schedule_get_due (&schedule), ==, G_MAXINT64);
}

static void
test_much_to_write_goes_at_once (void)
{
  GezSyncSchedule schedule = { 0 };

  gez_sync_schedule_end (&schedule, BEGINNING, TRUE, 0.5);
  gez_sync_schedule_changed (&schedule, BEGINNING, 256 * 1024 - 1);
  g_assert_cmpint (gez_sync_schedule_get_due (&schedule), ==, BEGINNING + 20 * SECOND);
  gez_sync_schedule_changed (&schedule, BEGINNING, 256 * 1024);
  g_assert_cmpint (gez_sync_schedule_get_due (&schedule), ==, 0);
}

static void
test_a_folder_that_fails_is_asked_less (void)
{
  GezSyncSchedule schedule = { 0 };
  gint64 before = 0;

  for (int i = 0; i < 4; i++)
    {
      gint64 due;

      gez_sync_schedule_end (&schedule, BEGINNING, FALSE, 0.0);
      gez_sync_schedule_changed (&schedule, BEGINNING, 1);
      due = gez_sync_schedule_get_due (&schedule);
      g_assert_cmpint (due, >, before);
      before = due;
    }
  for (int i = 0; i < 100; i++)
    gez_sync_schedule_end (&schedule, BEGINNING, FALSE, 1.0);
  g_assert_cmpint (gez_sync_schedule_get_due (&schedule), ==, BEGINNING + 600 * SECOND);
  gez_sync_schedule_want (&schedule);
  g_assert_cmpint (gez_sync_schedule_get_due (&schedule), ==, 0);
  gez_sync_schedule_begin (&schedule);
  gez_sync_schedule_end (&schedule, BEGINNING, TRUE, 0.0);
  g_assert_cmpint (gez_sync_schedule_get_due (&schedule), ==, BEGINNING + 30 * SECOND);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/schedule/first", test_first_round_at_once);
  g_test_add_func ("/sync/schedule/read", test_read_every_30_to_60_seconds);
  g_test_add_func ("/sync/schedule/write", test_write_20_seconds_after_the_last_change);
  g_test_add_func ("/sync/schedule/much", test_much_to_write_goes_at_once);
  g_test_add_func ("/sync/schedule/fails", test_a_folder_that_fails_is_asked_less);
  return g_test_run ();
}
