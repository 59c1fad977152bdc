/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"
#include "store/gez-recovery-note.h"

#define NOW G_GINT64_CONSTANT (1795248000000)
#define DAY (24 * 60 * 60 * G_GINT64_CONSTANT (1000))

static GezRecoveryNote *
look (StoreFixture *fixture)
{
  g_autoptr (GezQuery) query = gez_recovery_note_query ();
  g_autoptr (GError) error = NULL;
  GezRecoveryNote *note = gez_store_run (fixture->store, query, &error);

  g_assert_no_error (error);
  return note;
}

static void
happen (StoreFixture    *fixture,
        GezRecoveryEvent event)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (gez_recovery_note_write (fixture->store, event, &error));
  g_assert_no_error (error);
}

static void
assert_reminds (StoreFixture       *fixture,
                gboolean            has_sheet,
                gint64              days,
                GezRecoveryReminder expected)
{
  g_autofree GezRecoveryNote *note = look (fixture);

  g_assert_cmpint (gez_recovery_note_remind (note, has_sheet, NOW + days * DAY), ==, expected);
}

static void
test_new_store (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new (NOW);

  assert_reminds (fixture, FALSE, 0, GEZ_RECOVERY_REMIND_MAKE);
  happen (fixture, GEZ_RECOVERY_PUT_OFF);
  assert_reminds (fixture, FALSE, 0, GEZ_RECOVERY_REMIND_NOT);
  assert_reminds (fixture, FALSE, 13, GEZ_RECOVERY_REMIND_NOT);
  assert_reminds (fixture, FALSE, 14, GEZ_RECOVERY_REMIND_MAKE);
}

static void
test_every_year (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new (NOW);

  happen (fixture, GEZ_RECOVERY_MADE);
  assert_reminds (fixture, TRUE, 365, GEZ_RECOVERY_REMIND_NOT);
  assert_reminds (fixture, TRUE, 366, GEZ_RECOVERY_REMIND_CHECK);
  gez_clock_set_now (fixture->clock, NOW + 366 * DAY);
  happen (fixture, GEZ_RECOVERY_PUT_OFF);
  assert_reminds (fixture, TRUE, 367, GEZ_RECOVERY_REMIND_NOT);
  assert_reminds (fixture, TRUE, 380, GEZ_RECOVERY_REMIND_CHECK);
  happen (fixture, GEZ_RECOVERY_CHECKED);
  assert_reminds (fixture, TRUE, 400, GEZ_RECOVERY_REMIND_NOT);
  assert_reminds (fixture, TRUE, 366 + 366, GEZ_RECOVERY_REMIND_CHECK);
  /* The sheet is gone from the header: what is noted does not matter. */
  assert_reminds (fixture, FALSE, 400, GEZ_RECOVERY_REMIND_MAKE);
}

static void
test_stays (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new (NOW);
  g_autofree GezRecoveryNote *note = NULL;

  happen (fixture, GEZ_RECOVERY_PUT_OFF);
  gez_clock_set_now (fixture->clock, NOW + DAY);
  happen (fixture, GEZ_RECOVERY_MADE);
  gez_clock_set_now (fixture->clock, NOW + 2 * DAY);
  happen (fixture, GEZ_RECOVERY_CHECKED);
  store_fixture_close (fixture);
  store_fixture_open (fixture);
  note = look (fixture);
  g_assert_cmpint (note->made_at, ==, NOW + DAY);
  g_assert_cmpint (note->checked_at, ==, NOW + 2 * DAY);
  g_assert_cmpint (note->put_off_until, ==, 0);
  /* Nothing of it travels to others. */
  g_assert_cmpint (store_fixture_count (fixture, "SELECT count(*) AS count FROM change_log "
                                                 "WHERE table_name = 'recovery_sheet'"), ==, 0);
}

static void
test_never (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new (NOW);

  happen (fixture, GEZ_RECOVERY_NEVER);
  assert_reminds (fixture, FALSE, 40000, GEZ_RECOVERY_REMIND_NOT);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/recovery-note/new-store", test_new_store);
  g_test_add_func ("/recovery-note/every-year", test_every_year);
  g_test_add_func ("/recovery-note/stays", test_stays);
  g_test_add_func ("/recovery-note/never", test_never);
  return g_test_run ();
}
