/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include "backup/gez-backup-banner.h"
#include "backup/gez-backup-keeper.h"
#include "backup/gez-backup-page.h"
#include "backup/gez-backup-row.h"
#include "places-fixture.h"
#include "store/gez-backup-state.h"

#define DAY (24 * 60 * 60 * G_GINT64_CONSTANT (1000))
#define PATIENCE (20 * G_USEC_PER_SEC)

static GezBackupKeeper *
keeper_of (Places *places)
{
  return gez_backup_keeper_of (places->fixture->store);
}

static void
wait_until_shown (Places     *places,
                  const char *text)
{
  gint64 end = g_get_monotonic_time () + PATIENCE;

  while (!places_shows (places->place, text))
    {
      if (g_get_monotonic_time () > end)
        g_error ("“%s” does not come", text);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (1000);
    }
}

static void
make_backup (Places *places)
{
  gez_backup_keeper_start (keeper_of (places));
  while (gez_backup_keeper_is_running (keeper_of (places)))
    g_main_context_iteration (NULL, TRUE);
  places_settle (places);
}

/* As when the keeper looked, and found that days have passed. */
static void
pass_days (Places *places,
           int     days)
{
  gez_clock_set_now (places->fixture->clock, PLACES_NOW + days * DAY);
  g_signal_emit_by_name (keeper_of (places), "changed");
  places_settle (places);
}

static void
set_place (Places     *places,
           const char *place)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (gez_backup_set_place (places->fixture->store, place, &error));
  g_assert_no_error (error);
  places_settle (places);
}

static void
test_page (void)
{
  g_autoptr (Places) places = places_new ();
  GtkWidget *row;

  places_show (places, gez_backup_page_new (places->context), 640, 900);
  wait_until_shown (places, "There is none yet.");
  wait_until_shown (places, "There are no backups here yet.");
  g_assert_nonnull (strstr (adw_preferences_group_get_description (ADW_PREFERENCES_GROUP (
                              places_find (places->place, ADW_TYPE_PREFERENCES_GROUP, NULL))),
                            "lost or stolen"));
  g_signal_emit_by_name (places_find (places->place, GTK_TYPE_BUTTON, "Make one now"), "clicked");
  g_assert_true (gez_backup_keeper_is_running (keeper_of (places)));
  wait_until_shown (places, "Saturday 21 November 2026, 9:00");
  g_assert_false (places_shows (places->place, "There is none yet."));
  while ((row = places_find (places->place, GEZ_TYPE_BACKUP_ROW, NULL)) == NULL)
    g_main_context_iteration (NULL, TRUE);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  gez_backup_row_check (GEZ_BACKUP_ROW (row));
  wait_until_shown (places, "In order: everything in it can be read.");
}

static void
test_damaged_row (void)
{
  g_autoptr (Places) places = places_new ();
  g_autofree char *inside = g_build_filename (places->fixture->directory, "backups", NULL);
  g_autofree char *path = g_build_filename (inside, "gezinsplan-00000000-2026-11-20T0900.gezbackup", NULL);

  g_assert_cmpint (g_mkdir (inside, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "half", -1, NULL));
  places_show (places, gez_backup_page_new (places->context), 640, 900);
  wait_until_shown (places, "Damaged: this file cannot be put back.");
}

static void
test_banner (void)
{
  g_autoptr (Places) places = places_new ();

  places_show (places, gez_backup_banner_new (places->fixture->store), 640, 300);
  places_settle (places);
  g_assert_false (places_shows (places->place, "backup"));
  pass_days (places, 3);
  wait_until_shown (places, "There is no backup of your file yet.");
  make_backup (places);
  g_assert_false (places_shows (places->place, "backup"));
  pass_days (places, 3 + 7);
  g_assert_false (places_shows (places->place, "backup"));
  pass_days (places, 3 + 9);
  wait_until_shown (places, "The last backup is 9 days old.");
  set_place (places, "/nowhere/at/all");
  make_backup (places);
  wait_until_shown (places, "The last backup is 9 days old. The place for backups is not there.");
}

/* Invented households are no reason to remind anybody. */
static void
test_unwanted (void)
{
  g_autoptr (Places) places = places_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (gez_backup_set_unwanted (places->fixture->store, &error));
  places_show (places, gez_backup_banner_new (places->fixture->store), 640, 300);
  pass_days (places, 90);
  g_assert_false (places_shows (places->place, "backup"));
  gez_backup_keeper_check (keeper_of (places));
  places_settle (places);
  g_assert_false (gez_backup_keeper_is_running (keeper_of (places)));
}

static void
test_keeper (void)
{
  g_autoptr (Places) places = places_new ();
  g_autofree char *inside = g_build_filename (places->fixture->directory, "backups", NULL);

  places_show (places, gez_backup_page_new (places->context), 640, 900);
  gez_backup_keeper_check (keeper_of (places));
  wait_until_shown (places, "Saturday 21 November 2026, 9:00");
  while (gez_backup_keeper_is_running (keeper_of (places)))
    g_main_context_iteration (NULL, TRUE);
  /* A day has not passed. */
  gez_clock_set_now (places->fixture->clock, PLACES_NOW + DAY - 1);
  gez_backup_keeper_check (keeper_of (places));
  places_settle (places);
  g_assert_false (gez_backup_keeper_is_running (keeper_of (places)));
  gez_clock_set_now (places->fixture->clock, PLACES_NOW + DAY);
  gez_backup_keeper_check (keeper_of (places));
  wait_until_shown (places, "Sunday 22 November 2026, 9:00");
  while (gez_backup_keeper_is_running (keeper_of (places)))
    g_main_context_iteration (NULL, TRUE);
}

static void
test_cancel (void)
{
  g_autoptr (Places) places = places_new ();

  places_show (places, gez_backup_page_new (places->context), 640, 900);
  wait_until_shown (places, "There is none yet.");
  gez_backup_keeper_start (keeper_of (places));
  gez_backup_keeper_stop (keeper_of (places));
  while (gez_backup_keeper_is_running (keeper_of (places)))
    g_main_context_iteration (NULL, TRUE);
  places_settle (places);
  g_assert_null (gez_backup_keeper_get_error (keeper_of (places)));
  g_assert_true (places_shows (places->place, "There is none yet."));
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/ui/backup/page", test_page);
  g_test_add_func ("/ui/backup/damaged-row", test_damaged_row);
  g_test_add_func ("/ui/backup/banner", test_banner);
  g_test_add_func ("/ui/backup/unwanted", test_unwanted);
  g_test_add_func ("/ui/backup/keeper", test_keeper);
  g_test_add_func ("/ui/backup/cancel", test_cancel);
  return g_test_run ();
}
