/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colleague.h"

#include "circle/gez-team-view.h"
#include "vault/gez-recovery-code.h"
#include "vault/gez-vault-recovery.h"

/* Several devices, each with its own database: who can read what, as their keys and not their windows say. */

static const GezId family = { { 0x41, 1 } }, other_family = { { 0x41, 2 } }, school = { { 0x53, 1 } };

static void
set_day (Colleague  *self,
         const char *day)
{
  gez_clock_set_now (self->store->clock, gez_clock_instant_of (self->store->clock, day, "12:00"));
}

static void
test_found (void)
{
  g_autoptr (Colleague) els = colleague_found ("Els Proefpersoon", 1, NULL);
  g_autoptr (GError) error = NULL;
  GezRoster *roster = gez_team_get_roster (els->team);
  GezKeyInfo info;

  g_assert_true (gez_roster_is_leader (roster, &els->member));
  g_assert_cmpstr (gez_roster_get_team_name (roster), ==, "Team Verzonnen");
  g_assert_null (gez_roster_get_recovery_key (roster));
  g_assert_true (gez_roster_is_fingerprint_key (roster, gez_team_get_fingerprint_key (els->team)));
  g_assert_cmpint (colleague_count (els, "SELECT count (*) FROM own_file WHERE path LIKE 'r/r00000000-%.rec'"), ==, 1);
  g_assert_cmpint (colleague_count (els, "SELECT count (*) FROM member WHERE role = 'teamleider'"), ==, 1);
  g_assert_true (colleague_write (els, gez_circle_team (), &info));
  g_assert_cmpuint (info.number, ==, 1);
  colleague_begin (els);
  g_assert_false (gez_team_found (els->store->database, NULL, NULL, &error));
  g_assert_error (error, GEZ_TEAM_ERROR, GEZ_TEAM_ERROR_EXISTS);
  colleague_rollback (els);
}

static void
test_nothing_waits_before_a_team (void)
{
  g_autoptr (MemoryDatabase) store = memory_database_new (COLLEAGUE_NOW, 1);
  g_autoptr (GError) error = NULL;

  g_assert_null (gez_team_load (store->database, &error));
  g_assert_no_error (error);
}

static void
test_first_writer (void)
{
  g_autoptr (Colleague) els = colleague_found ("Els Proefpersoon", 1, NULL);
  GezKeyInfo first, again, other;

  g_assert_true (colleague_write (els, gez_circle_open (&family), &first));
  g_assert_true (colleague_write (els, gez_circle_open (&family), &again));
  g_assert_true (gez_id_equal (&first.key_id, &again.key_id));
  g_assert_true (colleague_write (els, gez_circle_casework (&family), &other));
  g_assert_false (gez_id_equal (&first.key_id, &other.key_id));
  g_assert_true (colleague_write (els, gez_circle_private (&els->member), NULL));
  g_assert_false (colleague_write (els, gez_circle_private (&family), NULL));
  g_assert_true (colleague_knows_reader (els, els, gez_circle_open (&family)));
}

static void
test_join (void)
{
  g_autoptr (Colleague) els = colleague_found ("Els Proefpersoon", 1, NULL);
  g_autoptr (Colleague) mina = colleague_invite (els, "Mina Proefpersoon", "casemanager", NULL, 2);
  GezKeyInfo one, other;

  g_assert_true (gez_hash_equal (gez_team_get_root (els->team), gez_team_get_root (mina->team)));
  g_assert_false (gez_roster_is_leader (gez_team_get_roster (mina->team), &mina->member));
  colleagues_meet (els, mina, NULL);
  g_assert_nonnull (gez_roster_find_device (gez_team_get_roster (els->team), &mina->device));
  g_assert_true (colleague_write (els, gez_circle_team (), &one));
  g_assert_true (colleague_write (mina, gez_circle_team (), &other));
  g_assert_true (gez_id_equal (&one.key_id, &other.key_id));
  /* Nobody has to be given what she came with. */
  g_assert_cmpint (colleague_count (els, "SELECT count (*) FROM outgoing"), ==, 0);
  g_assert_cmpint (colleague_count (els, "SELECT count (*) FROM rotation_due"), ==, 0);
}

static void
test_grant_and_revoke (void)
{
  g_autoptr (Colleague) els = colleague_found ("Els Proefpersoon", 1, NULL);
  g_autoptr (Colleague) mina = colleague_invite (els, "Mina Proefpersoon", "casemanager", NULL, 2);
  g_autoptr (Colleague) joris = colleague_invite (els, "Joris Proefpersoon", "brugfiguur", NULL, 3);
  GezCircle open = gez_circle_open (&family);
  GezKeyInfo before, same, after;

  g_assert_true (colleague_write (els, open, &before));
  colleagues_meet (els, mina, joris, NULL);
  g_assert_false (colleague_has_key (mina, &before.key_id));
  colleague_grant (els, open, mina, NULL);
  colleagues_meet (els, mina, joris, NULL);
  g_assert_true (colleague_has_key (mina, &before.key_id));
  g_assert_false (colleague_has_key (joris, &before.key_id));
  g_assert_true (colleague_knows_reader (mina, els, open));
  g_assert_true (colleague_write (mina, open, &same));
  g_assert_true (gez_id_equal (&before.key_id, &same.key_id));

  colleague_revoke (els, open, mina);
  g_assert_cmpint (colleague_count (els, "SELECT count (*) FROM rotation_due WHERE why = 'revoked'"), ==, 1);
  colleagues_meet (els, mina, joris, NULL);
  g_assert_true (colleague_write (els, open, &after));
  g_assert_cmpuint (after.number, ==, before.number + 1);
  g_assert_cmpint (colleague_count (els, "SELECT count (*) FROM rotation_due"), ==, 0);
  colleagues_meet (els, mina, joris, NULL);
  g_assert_false (colleague_has_key (mina, &after.key_id));
  g_assert_false (colleague_write (mina, open, NULL));
  g_assert_true (colleague_has_key (els, &before.key_id));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/team/none", test_nothing_waits_before_a_team);
  g_test_add_func ("/team/found", test_found);
  g_test_add_func ("/team/first-writer", test_first_writer);
  g_test_add_func ("/team/join", test_join);
  g_test_add_func ("/team/grant-and-revoke", test_grant_and_revoke);
  return g_test_run ();
}
