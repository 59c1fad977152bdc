/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colleague.h"

#include "circle/gez-team-private.h"
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
  g_assert_cmpint (
      colleague_count (els, "SELECT count (*) FROM own_file WHERE path LIKE 'r/r00000000-%.rec'"), ==, 1);
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

static GezTeamView *
look (Colleague *self)
{
  g_autoptr (GezQuery) query = gez_team_view_query ();
  g_autoptr (GError) error = NULL;
  GezTeamView *view = gez_query_run (query, self->store->database, &error);

  g_assert_no_error (error);
  return view;
}

static GezReadersView *
look_at_file (Colleague   *self,
              const GezId *household)
{
  g_autoptr (GezQuery) query = gez_readers_view_query (household);
  g_autoptr (GError) error = NULL;
  GezReadersView *view = gez_query_run (query, self->store->database, &error);

  g_assert_no_error (error);
  return view;
}

static GezTeamPerson *
find_person (GezTeamView *view,
             Colleague   *who)
{
  for (guint i = 0; i < view->persons->len; i++)
    if (gez_id_equal (&((GezTeamPerson *)view->persons->pdata[i])->id, &who->member))
      return view->persons->pdata[i];
  return NULL;
}

/* Inviter and newcomer see the same digits, the one before and both after joining. */
static void
test_fingerprint (void)
{
  g_autoptr (Colleague) els = colleague_found ("Els Proefpersoon", 1, NULL);
  g_autoptr (Colleague) mina = NULL;
  g_autoptr (GezSecret) code = NULL;
  g_autoptr (GezTeamView) before = NULL, after = NULL, hers = NULL;
  g_autoptr (GError) error = NULL;
  GezId invitation;

  colleague_begin (els);
  gez_team_invite (els->team, "Mina Proefpersoon", "casemanager", NULL, &code, &invitation, &error);
  g_assert_no_error (error);
  colleague_commit (els);
  before = look (els);
  g_assert_cmpuint (before->invited->len, ==, 1);
  mina = colleague_join_with (els, "Mina Proefpersoon", "casemanager", code, 2);
  colleagues_meet (els, mina, NULL);
  after = look (els);
  hers = look (mina);
  g_assert_cmpuint (after->invited->len, ==, 0);
  g_assert_cmpuint (strlen (find_person (after, mina)->check), ==, 24);
  g_assert_cmpstr (find_person (after, mina)->check, ==,
                   ((GezTeamInvited *)before->invited->pdata[0])->check);
  g_assert_cmpstr (find_person (after, mina)->check, ==, find_person (hers, mina)->check);
  g_assert_null (find_person (after, els)->check);
  g_assert_true (find_person (hers, mina)->is_self);
  g_assert_false (hers->is_leader);
  g_assert_cmpstr (hers->team_name, ==, "Team Verzonnen");
}

/* A code lets in once. */
static void
test_code_is_used_once (void)
{
  g_autoptr (Colleague) els = colleague_found ("Els Proefpersoon", 1, NULL);
  g_autoptr (Colleague) mina = NULL, thief = NULL;
  g_autoptr (GezSecret) code = NULL;
  g_autoptr (GError) error = NULL;
  GezId invitation;

  colleague_begin (els);
  gez_team_invite (els->team, "Mina Proefpersoon", "casemanager", NULL, &code, &invitation, &error);
  g_assert_no_error (error);
  colleague_commit (els);
  mina = colleague_join_with (els, "Mina Proefpersoon", "casemanager", code, 2);
  colleague_hear (els, mina);
  thief = colleague_try_join (els, "Mina Proefpersoon", "casemanager", code, 3, &error);
  g_assert_null (thief);
  g_assert_error (error, GEZ_TEAM_ERROR, GEZ_TEAM_ERROR_EXPIRED);
  g_clear_error (&error);
  colleague_begin (els);
  g_assert_false (gez_team_cancel (els->team, &invitation, &error));
  g_assert_error (error, GEZ_TEAM_ERROR, GEZ_TEAM_ERROR_EXPIRED);
  colleague_rollback (els);
}

static void
test_cancelled_invitation (void)
{
  g_autoptr (Colleague) els = colleague_found ("Els Proefpersoon", 1, NULL);
  g_autoptr (GezSecret) code = NULL;
  g_autoptr (GError) error = NULL;
  GezId invitation;

  colleague_begin (els);
  gez_team_invite (els->team, "Mina Proefpersoon", "casemanager", NULL, &code, &invitation, &error);
  g_assert_no_error (error);
  g_assert_true (gez_team_cancel (els->team, &invitation, &error));
  colleague_commit (els);
  g_assert_null (colleague_try_join (els, "Mina Proefpersoon", "casemanager", code, 2, &error));
  g_assert_error (error, GEZ_TEAM_ERROR, GEZ_TEAM_ERROR_EXPIRED);
}

/* A second device of the same person reads all that the first one does, also what is hers alone. */
static void
test_second_device (void)
{
  g_autoptr (Colleague) els = colleague_found ("Els Proefpersoon", 1, NULL);
  g_autoptr (Colleague) tablet = NULL;
  GezKeyInfo open, own, later;

  g_assert_true (colleague_write (els, gez_circle_open (&family), &open));
  g_assert_true (colleague_write (els, gez_circle_private (&els->member), &own));
  tablet = colleague_second_device (els, 2);
  g_assert_true (gez_id_equal (&tablet->member, &els->member));
  g_assert_true (colleague_has_key (tablet, &open.key_id));
  g_assert_true (colleague_has_key (tablet, &own.key_id));
  colleagues_meet (els, tablet, NULL);
  g_assert_cmpint (colleague_count (els, "SELECT count (*) FROM rotation_due"), ==, 0);
  g_assert_true (colleague_write (tablet, gez_circle_open (&other_family), &later));
  colleagues_meet (els, tablet, NULL);
  g_assert_true (colleague_has_key (els, &later.key_id));
  g_assert_true (colleague_write (els, gez_circle_open (&other_family), &own));
  g_assert_true (gez_id_equal (&own.key_id, &later.key_id));
}

/* Whoever leaves has no key that comes after, on any of her devices. */
static void
test_remove_member (void)
{
  g_autoptr (Colleague) els = colleague_found ("Els Proefpersoon", 1, NULL);
  g_autoptr (Colleague) mina = colleague_invite (els, "Mina Proefpersoon", "casemanager", NULL, 2);
  g_autoptr (Colleague) joris = colleague_invite (els, "Joris Proefpersoon", "brugfiguur", NULL, 3);
  g_autoptr (GError) error = NULL;
  GezCircle open = gez_circle_open (&family);
  GezKeyInfo team, team_after, before, after;

  g_assert_true (colleague_write (mina, open, &before));
  colleagues_meet (els, mina, joris, NULL);
  colleague_grant (mina, open, joris, NULL);
  colleagues_meet (els, mina, joris, NULL);
  g_assert_true (colleague_write (els, gez_circle_team (), &team));
  colleague_begin (els);
  gez_team_remove_member (els->team, &mina->member, &error);
  g_assert_no_error (error);
  colleague_commit (els);
  colleagues_meet (els, joris, NULL);
  g_assert_true (colleague_write (joris, gez_circle_team (), &team_after));
  g_assert_cmpuint (team_after.number, ==, 2);
  g_assert_cmpint (colleague_count (joris, "SELECT count (*) FROM rotation_due WHERE why = 'removed'"), ==,
                   1);
  g_assert_true (colleague_write (joris, open, &after));
  g_assert_cmpuint (after.number, ==, 2);
  colleagues_meet (els, joris, mina, NULL);
  g_assert_false (colleague_has_key (mina, &team_after.key_id));
  g_assert_false (colleague_has_key (mina, &after.key_id));
  g_assert_cmpuint (gez_roster_find_device (gez_team_get_roster (joris->team), &mina->device)->pin_sequence,
                    >, 0);
  g_assert_cmpint (colleague_count (els, "SELECT is_active FROM member WHERE name = 'Mina Proefpersoon'"), <=,
                   0);
}

static void
test_last_leader (void)
{
  g_autoptr (Colleague) els = colleague_found ("Els Proefpersoon", 1, NULL);
  g_autoptr (Colleague) mina = colleague_invite (els, "Mina Proefpersoon", "casemanager", NULL, 2);
  g_autoptr (GError) error = NULL;

  colleagues_meet (els, mina, NULL);
  colleague_begin (els);
  g_assert_false (gez_team_remove_member (els->team, &els->member, &error));
  g_assert_error (error, GEZ_TEAM_ERROR, GEZ_TEAM_ERROR_LAST_LEADER);
  g_clear_error (&error);
  g_assert_false (gez_team_set_member (els->team, &els->member, NULL, "casemanager", &error));
  g_assert_error (error, GEZ_TEAM_ERROR, GEZ_TEAM_ERROR_LAST_LEADER);
  g_clear_error (&error);
  g_assert_true (gez_team_set_member (els->team, &mina->member, NULL, "teamleider", &error));
  g_assert_true (gez_team_set_member (els->team, &els->member, "Els Anders", "casemanager", &error));
  g_assert_no_error (error);
  colleague_commit (els);
  colleagues_meet (els, mina, NULL);
  colleague_begin (els);
  g_assert_false (gez_team_remove_member (els->team, &mina->member, &error));
  g_assert_error (error, GEZ_TEAM_ERROR, GEZ_TEAM_ERROR_NOT_ALLOWED);
  colleague_rollback (els);
  /* The rows follow without a trace in the log. */
  g_assert_cmpint (colleague_count (els, "SELECT count (*) FROM member WHERE name = 'Els Anders' "
                                         "AND role = 'casemanager'"),
                   ==, 1);
  g_assert_cmpint (colleague_count (els, "SELECT count (*) FROM change_log WHERE table_name = 'member'"), ==,
                   1);
  g_assert_cmpint (colleague_count (mina, "SELECT count (*) FROM member WHERE role = 'teamleider'"), ==, 1);
}

/* Two leaders, who do not hear of each other, remove somebody each: both are gone, and nobody of them has the
 * key that is written with in the end. */
static void
test_two_offline_leaders (void)
{
  g_autoptr (Colleague) els = colleague_found ("Els Proefpersoon", 1, NULL);
  g_autoptr (Colleague) mina = colleague_invite (els, "Mina Proefpersoon", "teamleider", NULL, 2);
  g_autoptr (Colleague) joris = colleague_invite (els, "Joris Proefpersoon", "casemanager", NULL, 3);
  g_autoptr (Colleague) anna = colleague_invite (els, "Anna Proefpersoon", "casemanager", NULL, 4);
  g_autoptr (GError) error = NULL;
  GezKeyInfo one, other;

  colleagues_meet (els, mina, joris, anna, NULL);
  colleague_begin (els);
  gez_team_remove_member (els->team, &joris->member, &error);
  g_assert_no_error (error);
  colleague_commit (els);
  colleague_begin (mina);
  gez_team_remove_member (mina->team, &anna->member, &error);
  g_assert_no_error (error);
  colleague_commit (mina);
  colleagues_meet (els, mina, joris, anna, NULL);
  colleagues_meet (els, mina, joris, anna, NULL);
  g_assert_false (gez_roster_find_member (gez_team_get_roster (els->team), &joris->member)->is_active);
  g_assert_false (gez_roster_find_member (gez_team_get_roster (els->team), &anna->member)->is_active);
  g_assert_true (colleague_write (els, gez_circle_team (), &one));
  g_assert_true (colleague_write (mina, gez_circle_team (), &other));
  g_assert_true (gez_id_equal (&one.key_id, &other.key_id));
  g_assert_false (colleague_has_key (joris, &one.key_id));
  g_assert_false (colleague_has_key (anna, &one.key_id));
}

static void
test_remove_device (void)
{
  g_autoptr (Colleague) els = colleague_found ("Els Proefpersoon", 1, NULL);
  g_autoptr (Colleague) tablet = NULL;
  g_autoptr (Colleague) mina = colleague_invite (els, "Mina Proefpersoon", "casemanager", NULL, 2);
  g_autoptr (GError) error = NULL;
  GezCircle open = gez_circle_open (&family);
  GezKeyInfo before, after;

  g_assert_true (colleague_write (mina, open, &before));
  tablet = colleague_second_device (mina, 3);
  colleagues_meet (els, mina, tablet, NULL);
  colleague_begin (els);
  g_assert_false (gez_team_remove_device (els->team, &els->device, &error));
  g_assert_error (error, GEZ_TEAM_ERROR, GEZ_TEAM_ERROR_NOT_ALLOWED);
  colleague_rollback (els);
  g_clear_error (&error);
  colleague_begin (mina);
  g_assert_false (gez_team_remove_device (mina->team, &els->device, &error));
  g_assert_error (error, GEZ_TEAM_ERROR, GEZ_TEAM_ERROR_NOT_ALLOWED);
  g_clear_error (&error);
  colleague_rollback (mina);
  colleague_begin (mina);
  gez_team_remove_device (mina->team, &tablet->device, &error);
  g_assert_no_error (error);
  g_assert_cmpint (colleague_count (mina, "SELECT count (*) FROM rotation_due WHERE why = 'device'"), ==, 1);
  colleague_commit (mina);
  g_assert_true (colleague_write (mina, open, &after));
  colleagues_meet (els, mina, tablet, NULL);
  g_assert_false (colleague_has_key (tablet, &after.key_id));
  g_assert_cmpuint (after.number, ==, before.number + 1);
}

/* A conflict of interest keeps somebody out of one file, also when she reads it already. */
static void
test_lock (void)
{
  g_autoptr (Colleague) els = colleague_found ("Els Proefpersoon", 1, NULL);
  g_autoptr (Colleague) mina = colleague_invite (els, "Mina Proefpersoon", "casemanager", NULL, 2);
  g_autoptr (Colleague) joris = colleague_invite (els, "Joris Proefpersoon", "casemanager", NULL, 3);
  g_autoptr (GezReadersView) view = NULL;
  g_autoptr (GError) error = NULL;
  GezCircle open = gez_circle_open (&family);
  GezKeyInfo before, after;

  g_assert_true (colleague_write (mina, open, &before));
  colleagues_meet (els, mina, joris, NULL);
  colleague_grant (mina, open, joris, NULL);
  colleagues_meet (els, mina, joris, NULL);
  g_assert_true (colleague_has_key (joris, &before.key_id));
  colleague_begin (mina);
  g_assert_false (gez_team_set_lock (mina->team, &joris->member, &family, TRUE, &error));
  g_assert_error (error, GEZ_TEAM_ERROR, GEZ_TEAM_ERROR_NOT_ALLOWED);
  g_clear_error (&error);
  colleague_rollback (mina);
  colleague_begin (els);
  gez_team_set_lock (els->team, &joris->member, &family, TRUE, &error);
  g_assert_no_error (error);
  colleague_commit (els);
  colleague_hear (mina, els);
  g_assert_cmpint (colleague_count (mina, "SELECT count (*) FROM rotation_due WHERE why = 'locked'"), ==, 1);
  view = look_at_file (mina, &family);
  g_assert_true (view->is_due);
  g_assert_cmpuint (view->readers->len, ==, 1);
  g_assert_true (colleague_write (mina, open, &after));
  colleagues_meet (els, mina, joris, NULL);
  g_assert_false (colleague_has_key (joris, &after.key_id));
  colleague_begin (mina);
  g_assert_false (gez_team_grant (mina->team, &open, &joris->member, NULL, &error));
  g_assert_error (error, GEZ_TEAM_ERROR, GEZ_TEAM_ERROR_LOCKED);
  colleague_rollback (mina);
  g_clear_error (&error);

  /* Lifting it gives nothing back by itself. */
  colleague_begin (els);
  gez_team_set_lock (els->team, &joris->member, &family, FALSE, &error);
  g_assert_no_error (error);
  colleague_commit (els);
  colleagues_meet (els, mina, joris, NULL);
  g_assert_false (colleague_knows_reader (mina, joris, open));
  g_assert_false (colleague_has_key (joris, &after.key_id));
  colleague_grant (mina, open, joris, NULL);
  colleagues_meet (els, mina, joris, NULL);
  g_assert_true (colleague_has_key (joris, &after.key_id));
}

/* A grant with a date is over the day after, wherever a device looks at its boxes. */
static void
test_last_day (void)
{
  g_autoptr (Colleague) els = colleague_found ("Els Proefpersoon", 1, NULL);
  g_autoptr (Colleague) mina = colleague_invite (els, "Mina Proefpersoon", "casemanager", NULL, 2);
  g_autoptr (GError) error = NULL;
  GezCircle open = gez_circle_open (&family);
  GezKeyInfo before, same, after;

  g_assert_true (colleague_write (els, open, &before));
  colleagues_meet (els, mina, NULL);
  colleague_grant (els, open, mina, "2026-12-24");
  colleagues_meet (els, mina, NULL);
  set_day (els, "2026-12-24");
  set_day (mina, "2026-12-24");
  colleagues_meet (els, mina, NULL);
  g_assert_true (colleague_write (mina, open, &same));
  g_assert_true (gez_id_equal (&same.key_id, &before.key_id));
  set_day (els, "2026-12-25");
  set_day (mina, "2026-12-25");
  colleagues_meet (els, mina, NULL);
  g_assert_cmpint (colleague_count (els, "SELECT count (*) FROM rotation_due WHERE why = 'ended'"), ==, 1);
  g_assert_false (colleague_write (mina, open, NULL));
  g_assert_true (colleague_write (els, open, &after));
  colleagues_meet (els, mina, NULL);
  g_assert_false (colleague_has_key (mina, &after.key_id));

  colleague_begin (els);
  g_assert_false (gez_team_grant (els->team, &open, &mina->member, "24 december", &error));
  g_assert_error (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_INVALID);
  colleague_rollback (els);
}

static void
set_absence (Colleague   *self,
             const char  *from,
             const char  *to,
             const GezId *stand_in)
{
  g_autoptr (GezChange) change = gez_change_new ("set-absence");

  gez_change_update (change, "member", &self->member);
  gez_change_set_text (change, "absent_from_on", from);
  gez_change_set_text (change, "absent_to_on", to);
  gez_change_set_id (change, "stand_in_member_id", stand_in);
  memory_database_commit (self->store, change);
}

/* A stand-in has the keys before the absence begins, and loses them with its last day; or at once when nobody
 * goes away after all. */
static void
test_stand_in (void)
{
  g_autoptr (Colleague) els = colleague_found ("Els Proefpersoon", 1, NULL);
  g_autoptr (Colleague) mina = colleague_invite (els, "Mina Proefpersoon", "casemanager", NULL, 2);
  g_autoptr (Colleague) joris = colleague_invite (els, "Joris Proefpersoon", "casemanager", NULL, 3);
  GezCircle casework = gez_circle_casework (&family), born = gez_circle_casework (&other_family);
  GezKeyInfo before, while_away, after;

  g_assert_true (colleague_write (mina, casework, &before));
  colleagues_meet (els, mina, joris, NULL);
  set_absence (mina, "2026-12-01", "2026-12-31", &joris->member);
  colleagues_meet (els, mina, joris, NULL);
  g_assert_true (colleague_has_key (joris, &before.key_id));
  g_assert_false (colleague_has_key (els, &before.key_id));
  g_assert_true (colleague_write (mina, born, &while_away));
  colleagues_meet (els, mina, joris, NULL);
  g_assert_true (colleague_has_key (joris, &while_away.key_id));

  set_day (mina, "2027-01-01");
  set_day (joris, "2027-01-01");
  set_absence (mina, NULL, NULL, NULL);
  colleagues_meet (els, mina, joris, NULL);
  g_assert_false (colleague_knows_reader (mina, joris, casework));
  g_assert_true (colleague_write (mina, casework, &after));
  colleagues_meet (els, mina, joris, NULL);
  g_assert_false (colleague_has_key (joris, &after.key_id));

  set_absence (mina, "2027-02-01", NULL, &joris->member);
  colleagues_meet (els, mina, joris, NULL);
  g_assert_true (colleague_has_key (joris, &after.key_id));
  set_absence (mina, NULL, NULL, NULL);
  colleagues_meet (els, mina, joris, NULL);
  g_assert_false (colleague_knows_reader (joris, joris, casework));
}

/* What leaders read is what the team said, in files that exist and in those that come. */
static void
test_leaders_read (void)
{
  g_autoptr (Colleague) els = colleague_found ("Els Proefpersoon", 1, NULL);
  g_autoptr (Colleague) mina = colleague_invite (els, "Mina Proefpersoon", "casemanager", NULL, 2);
  g_autoptr (GError) error = NULL;
  GezKeyInfo open, casework, later;

  g_assert_true (colleague_write (mina, gez_circle_open (&family), &open));
  g_assert_true (colleague_write (mina, gez_circle_casework (&family), &casework));
  colleagues_meet (els, mina, NULL);
  g_assert_false (colleague_has_key (els, &open.key_id));
  colleague_begin (els);
  gez_team_set_leaders_read (els->team, "open", &error);
  g_assert_no_error (error);
  colleague_commit (els);
  colleagues_meet (els, mina, NULL);
  g_assert_true (colleague_has_key (els, &open.key_id));
  g_assert_false (colleague_has_key (els, &casework.key_id));
  g_assert_true (colleague_write (mina, gez_circle_open (&other_family), &later));
  colleagues_meet (els, mina, NULL);
  g_assert_true (colleague_has_key (els, &later.key_id));
  colleague_begin (els);
  gez_team_set_leaders_read (els->team, "cards", &error);
  g_assert_no_error (error);
  colleague_commit (els);
  colleagues_meet (els, mina, NULL);
  g_assert_false (colleague_knows_reader (mina, els, gez_circle_open (&family)));
  g_assert_true (colleague_write (mina, gez_circle_open (&family), &later));
  colleagues_meet (els, mina, NULL);
  g_assert_false (colleague_has_key (els, &later.key_id));
}

/* A brugfiguur writes something for the case manager that she then cannot read of others. */
static void
test_brugfiguur_writes_casework (void)
{
  g_autoptr (Colleague) els = colleague_found ("Els Proefpersoon", 1, NULL);
  g_autoptr (Colleague) mina = colleague_invite (els, "Mina Proefpersoon", "casemanager", NULL, 2);
  g_autoptr (Colleague) joris = colleague_invite (els, "Joris Proefpersoon", "brugfiguur", NULL, 3);
  GezCircle open = gez_circle_open (&family), casework = gez_circle_casework (&family);
  GezKeyInfo proper, hers, again, used;

  g_assert_true (colleague_write (mina, open, NULL));
  g_assert_true (colleague_write (mina, casework, &proper));
  colleagues_meet (els, mina, joris, NULL);
  g_assert_false (colleague_write (els, casework, NULL) && colleague_has_key (mina, &proper.key_id)
                  && colleague_has_key (els, &proper.key_id));
  colleague_grant (mina, open, joris, NULL);
  colleagues_meet (els, mina, joris, NULL);
  g_assert_true (colleague_write (joris, casework, &hers));
  g_assert_true (colleague_write (joris, casework, &again));
  g_assert_true (gez_id_equal (&hers.key_id, &again.key_id));
  colleagues_meet (els, mina, joris, NULL);
  g_assert_true (colleague_has_key (mina, &hers.key_id));
  g_assert_false (colleague_has_key (joris, &proper.key_id));
  g_assert_true (colleague_write (mina, casework, &used));
  g_assert_true (gez_id_equal (&used.key_id, &proper.key_id));
  g_assert_false (colleague_knows_reader (mina, joris, casework));
  g_assert_cmpint (colleague_count (mina, "SELECT count (*) FROM rotation_due"), ==, 0);
}

/* With a program of her own a brugfiguur could grant herself what she may not read. Nobody believes it. */
static void
test_forged_grant (void)
{
  g_autoptr (Colleague) els = colleague_found ("Els Proefpersoon", 1, NULL);
  g_autoptr (Colleague) mina = colleague_invite (els, "Mina Proefpersoon", "casemanager", NULL, 2);
  g_autoptr (Colleague) joris = colleague_invite (els, "Joris Proefpersoon", "brugfiguur", NULL, 3);
  GezCircle open = gez_circle_open (&family), casework = gez_circle_casework (&family);
  g_autoptr (GVariant) forged = NULL;
  g_autoptr (GError) error = NULL;
  GezId grant = { { 0x77 } };
  GezKeyInfo proper, after;
  gboolean is_known;

  g_assert_true (colleague_write (mina, open, NULL));
  g_assert_true (colleague_write (mina, casework, &proper));
  colleagues_meet (els, mina, joris, NULL);
  colleague_grant (mina, open, joris, NULL);
  colleagues_meet (els, mina, joris, NULL);
  g_assert_true (colleague_write (joris, casework, NULL));
  forged = g_variant_ref_sink (g_variant_new ("(@ay@ay@aysx)", gez_team_bytes (grant.bytes, GEZ_ID_SIZE),
                                              gez_team_bytes (joris->member.bytes, GEZ_ID_SIZE),
                                              gez_team_bytes (joris->member.bytes, GEZ_ID_SIZE), "",
                                              G_GINT64_CONSTANT (1)));
  colleague_begin (mina);
  gez_team_add_record (mina->team, &joris->device, &casework, "grant", forged, &is_known, &error);
  g_assert_no_error (error);
  colleague_commit (mina);
  colleagues_meet (els, mina, joris, NULL);
  g_assert_cmpint (colleague_count (mina, "SELECT count (*) FROM circle_grant WHERE member_id = by_member_id "
                                          "AND substr (of_circle, 1, 1) = x'63'"), ==, 2);
  g_assert_false (colleague_knows_reader (mina, joris, casework));
  g_assert_true (colleague_write (mina, casework, &after));
  g_assert_true (gez_id_equal (&after.key_id, &proper.key_id));
  colleagues_meet (els, mina, joris, NULL);
  g_assert_false (colleague_has_key (joris, &proper.key_id));
  /* When a case manager lets her in, she is. */
  colleague_grant (mina, casework, joris, NULL);
  colleagues_meet (els, mina, joris, NULL);
  g_assert_true (colleague_knows_reader (mina, joris, casework));
  g_assert_true (colleague_has_key (joris, &proper.key_id));
}

/* Two brugfiguren begin the same sitting place without each other; once one lets the other in both read all.
 */
static void
test_two_births (void)
{
  g_autoptr (Colleague) els = colleague_found ("Els Proefpersoon", 1, NULL);
  g_autoptr (Colleague) joris = colleague_invite (els, "Joris Proefpersoon", "brugfiguur", NULL, 2);
  g_autoptr (Colleague) mina = colleague_invite (els, "Mina Proefpersoon", "brugfiguur", NULL, 3);
  GezCircle sitting = gez_circle_sitting (&school);
  GezKeyInfo one, other, after, both;

  g_assert_true (colleague_write (joris, sitting, &one));
  g_assert_true (colleague_write (mina, sitting, &other));
  colleagues_meet (els, mina, joris, NULL);
  g_assert_false (colleague_has_key (mina, &one.key_id));
  colleague_grant (joris, sitting, mina, NULL);
  colleagues_meet (els, mina, joris, NULL);
  g_assert_true (colleague_has_key (mina, &one.key_id));
  g_assert_true (colleague_has_key (joris, &other.key_id));
  g_assert_true (colleague_write (mina, sitting, &after));
  g_assert_true (colleague_write (joris, sitting, &both));
  g_assert_true (gez_id_equal (&after.key_id, &both.key_id));
  g_assert_false (colleague_has_key (els, &one.key_id));
}

/* Two who are offline make a key with the same number: both are read, one is written with. */
static void
test_equal_numbers (void)
{
  g_autoptr (Colleague) els = colleague_found ("Els Proefpersoon", 1, NULL);
  g_autoptr (Colleague) mina = colleague_invite (els, "Mina Proefpersoon", "casemanager", NULL, 2);
  g_autoptr (Colleague) joris = colleague_invite (els, "Joris Proefpersoon", "casemanager", NULL, 3);
  GezCircle open = gez_circle_open (&family);
  GezKeyInfo before, one, other, agreed;

  g_assert_true (colleague_write (els, open, &before));
  colleagues_meet (els, mina, joris, NULL);
  colleague_grant (els, open, mina, NULL);
  colleague_grant (els, open, joris, NULL);
  colleagues_meet (els, mina, joris, NULL);
  /* Her last day passes while nobody hears of the others. */
  colleague_grant (els, open, joris, "2026-11-20");
  colleagues_meet (els, mina, joris, NULL);
  set_day (els, "2026-11-21");
  set_day (mina, "2026-11-21");
  g_assert_true (colleague_write (els, open, &one));
  g_assert_true (colleague_write (mina, open, &other));
  g_assert_cmpuint (one.number, ==, other.number);
  g_assert_false (gez_id_equal (&one.key_id, &other.key_id));
  colleagues_meet (els, mina, NULL);
  g_assert_true (colleague_has_key (els, &other.key_id));
  g_assert_true (colleague_has_key (mina, &one.key_id));
  g_assert_true (colleague_write (els, open, &one));
  g_assert_true (colleague_write (mina, open, &agreed));
  g_assert_true (gez_id_equal (&one.key_id, &agreed.key_id));
  g_assert_false (colleague_has_key (joris, &agreed.key_id));
}

/* Somebody lost her laptop and her passphrase, and nobody else reads her files: the sheet gives them back.
 * The leader who has the sheet does not read them on the way. */
static void
test_recover (void)
{
  g_autoptr (GezSecret) sheet = gez_recovery_code_new (NULL);
  g_autoptr (GezSecret) wrong = gez_recovery_code_new (NULL);
  g_autoptr (Colleague) els = NULL, mina = NULL, again = NULL;
  g_autoptr (GPtrArray) wraps = NULL;
  g_autoptr (GError) error = NULL;
  guint8 public_key[GEZ_KEY_SIZE];
  GezKeyInfo open, own, team;
  guint n_circles = 0;

  g_assert_true (gez_recovery_get_public (sheet, public_key, &error));
  els = colleague_found ("Els Proefpersoon", 1, public_key);
  mina = colleague_invite (els, "Mina Proefpersoon", "casemanager", NULL, 2);
  g_assert_true (colleague_write (mina, gez_circle_open (&family), &open));
  g_assert_true (colleague_write (mina, gez_circle_private (&mina->member), &own));
  colleagues_meet (els, mina, NULL);
  colleague_begin (els);
  gez_team_remove_device (els->team, &mina->device, &error);
  g_assert_no_error (error);
  colleague_commit (els);
  again = colleague_invite (els, "Mina Proefpersoon", "casemanager", &mina->member, 3);
  colleagues_meet (els, again, NULL);
  g_assert_true (colleague_write (again, gez_circle_team (), &team));
  g_assert_false (colleague_has_key (again, &open.key_id));
  wraps = colleague_wraps (mina);

  colleague_begin (els);
  g_assert_false (gez_team_recover (els->team, wrong, wraps, &mina->member, &n_circles, &error));
  g_assert_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_WRONG_RECOVERY);
  g_clear_error (&error);
  gez_team_recover (els->team, sheet, wraps, &mina->member, &n_circles, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_circles, ==, 2);
  colleague_commit (els);
  colleagues_meet (els, again, NULL);
  g_assert_true (colleague_has_key (again, &open.key_id));
  g_assert_true (colleague_has_key (again, &own.key_id));
  g_assert_false (colleague_has_key (els, &open.key_id));
  g_assert_true (colleague_write (again, gez_circle_open (&family), NULL));
  colleague_begin (again);
  g_assert_false (gez_team_recover (again->team, sheet, wraps, &mina->member, &n_circles, &error));
  g_assert_error (error, GEZ_TEAM_ERROR, GEZ_TEAM_ERROR_NOT_ALLOWED);
  colleague_rollback (again);
}

/* A sheet that is made later gets all keys that there are. */
static void
test_later_sheet (void)
{
  g_autoptr (GezSecret) sheet = gez_recovery_code_new (NULL);
  g_autoptr (Colleague) els = colleague_found ("Els Proefpersoon", 1, NULL);
  g_autoptr (Colleague) mina = colleague_invite (els, "Mina Proefpersoon", "casemanager", NULL, 2);
  g_autoptr (GPtrArray) wraps = NULL;
  g_autoptr (GError) error = NULL;
  guint8 public_key[GEZ_KEY_SIZE];
  guint n_circles = 0;

  g_assert_true (colleague_write (mina, gez_circle_open (&family), NULL));
  colleagues_meet (els, mina, NULL);
  g_assert_true (gez_recovery_get_public (sheet, public_key, &error));
  colleague_begin (els);
  gez_team_set_recovery (els->team, public_key, &error);
  g_assert_no_error (error);
  colleague_commit (els);
  colleagues_meet (els, mina, NULL);
  wraps = colleague_wraps (mina);
  colleague_begin (els);
  gez_team_recover (els->team, sheet, wraps, &mina->member, &n_circles, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_circles, ==, 1);
  colleague_commit (els);
}

/* A store that was put back is another device, and reads on. */
static void
test_renew_device (void)
{
  g_autoptr (Colleague) els = colleague_found ("Els Proefpersoon", 1, NULL);
  g_autoptr (Colleague) mina = colleague_invite (els, "Mina Proefpersoon", "casemanager", NULL, 2);
  g_autoptr (GError) error = NULL;
  GezCircle open = gez_circle_open (&family);
  GezKeyInfo before, sealed_to_old, used;
  GezId old = mina->device;

  g_assert_true (colleague_write (mina, open, &before));
  colleagues_meet (els, mina, NULL);
  g_assert_true (colleague_write (els, gez_circle_open (&other_family), &sealed_to_old));
  colleague_grant (els, gez_circle_open (&other_family), mina, NULL);
  colleague_begin (mina);
  gez_team_renew_device (mina->team, &error);
  g_assert_no_error (error);
  colleague_commit (mina);
  g_assert_cmpint (colleague_count (mina, "SELECT count (*) FROM former_device"), ==, 1);
  colleague_is_now (mina, gez_team_get_device (mina->team));
  g_assert_false (gez_id_equal (&old, &mina->device));
  colleagues_meet (els, mina, NULL);
  g_assert_nonnull (gez_roster_find_device (gez_team_get_roster (els->team), &mina->device));
  g_assert_true (colleague_has_key (mina, &sealed_to_old.key_id));
  g_assert_true (colleague_write (mina, open, &used));
  g_assert_true (gez_id_equal (&used.key_id, &before.key_id));
  g_assert_cmpint (colleague_count (mina, "SELECT count (*) FROM rotation_due"), ==, 0);
}

/* After a month there is another box key. The old one opens what was under way, and goes when all have seen
 * the new. */
static void
test_box_keys_turn (void)
{
  g_autoptr (Colleague) els = colleague_found ("Els Proefpersoon", 1, NULL);
  g_autoptr (Colleague) mina = colleague_invite (els, "Mina Proefpersoon", "casemanager", NULL, 2);
  g_autoptr (GError) error = NULL;
  GezCircle open = gez_circle_open (&family), other = gez_circle_open (&other_family);
  GezKeyInfo under_way, later;

  colleagues_meet (els, mina, NULL);
  g_assert_true (colleague_write (els, open, &under_way));
  colleague_grant (els, open, mina, NULL);
  colleague_begin (mina);
  g_assert_true (gez_team_turn_box_key (mina->team, &error));
  g_assert_cmpint (colleague_count (mina, "SELECT count (*) FROM box_key"), ==, 1);
  set_day (mina, "2026-12-25");
  g_assert_true (gez_team_turn_box_key (mina->team, &error));
  g_assert_true (gez_team_turn_box_key (mina->team, &error));
  g_assert_no_error (error);
  colleague_commit (mina);
  g_assert_cmpint (colleague_count (mina, "SELECT count (*) FROM box_key"), ==, 2);
  colleagues_meet (els, mina, NULL);
  g_assert_true (colleague_has_key (mina, &under_way.key_id));
  g_assert_cmpint (colleague_count (els, "SELECT number FROM device_box"), ==, 2);
  colleague_begin (mina);
  g_assert_true (gez_database_execute (
      mina->store->database, &error,
      "INSERT INTO seen_by (device, of_device, sequence, hash) VALUES (?, ?, 99, x'00')", GEZ_ID,
      &els->device, GEZ_ID, &mina->device, GEZ_END));
  g_assert_true (gez_team_turn_box_key (mina->team, &error));
  colleague_commit (mina);
  g_assert_cmpint (colleague_count (mina, "SELECT count (*) FROM box_key"), ==, 1);
  g_assert_cmpint (colleague_count (mina, "SELECT number FROM box_key"), ==, 2);
  g_assert_true (colleague_write (els, other, &later));
  colleague_grant (els, other, mina, NULL);
  colleagues_meet (els, mina, NULL);
  g_assert_true (colleague_has_key (mina, &later.key_id));
}

/* Nothing that waits for the folder holds a key in the clear. */
static void
test_no_key_in_the_clear (void)
{
  g_autoptr (GezSecret) sheet = gez_recovery_code_new (NULL);
  g_autoptr (Colleague) els = NULL, mina = NULL;
  g_autoptr (GezSecret) key = gez_secret_new (NULL);
  g_autoptr (GError) error = NULL;
  guint8 public_key[GEZ_KEY_SIZE];
  GezKeyring *keyring;

  g_assert_true (gez_recovery_get_public (sheet, public_key, &error));
  els = colleague_found ("Els Proefpersoon", 1, public_key);
  mina = colleague_invite (els, "Mina Proefpersoon", "casemanager", NULL, 2);
  colleagues_meet (els, mina, NULL);
  g_assert_true (colleague_write (els, gez_circle_open (&family), NULL));
  colleague_grant (els, gez_circle_open (&family), mina, NULL);
  colleague_begin (els);
  gez_team_remove_device (els->team, &mina->device, &error);
  g_assert_no_error (error);
  colleague_commit (els);
  g_assert_cmpint (colleague_count (els, "SELECT count (*) FROM outgoing WHERE kind = 'wrap'"), >, 1);
  keyring = gez_team_get_keyring (els->team);
  g_assert_cmpuint (gez_keyring_get_size (keyring), ==, 3);
  for (guint i = 0; i < gez_keyring_get_size (keyring); i++)
    {
      g_autoptr (GBytes) bytes = NULL;

      gez_keyring_copy_key (keyring, i, key);
      bytes = g_bytes_new (key->bytes, GEZ_KEY_SIZE);
      g_assert_cmpint (
          gez_database_integer (els->store->database, -1,
                                "SELECT (SELECT count (*) FROM outgoing WHERE instr (content, ?1)) + "
                                "(SELECT count (*) FROM own_file WHERE instr (bytes, ?1)) + "
                                "(SELECT count (*) FROM change_log WHERE instr (cells, ?1))",
                                GEZ_BLOB, bytes, GEZ_END),
          ==, 0);
      g_assert_cmpint (gez_database_integer (els->store->database, -1,
                                             "SELECT count (*) FROM circle_key WHERE secret = ?1", GEZ_BLOB,
                                             bytes, GEZ_END),
                       ==, 1);
    }
}

#define N_FAMILIES 2000

/* The cost of looking after boxes does not grow with what is there, but with what changed. */
static void
test_cost_of_the_audit (void)
{
  g_autoptr (Colleague) els = colleague_found ("Els Proefpersoon", 1, NULL);
  g_autoptr (Colleague) mina = colleague_invite (els, "Mina Proefpersoon", "casemanager", NULL, 2);
  g_autoptr (GError) error = NULL;
  gint64 started, births, load, full, idle, one;

  colleagues_meet (els, mina, NULL);
  colleague_begin (els);
  started = g_get_monotonic_time ();
  for (guint i = 0; i < N_FAMILIES; i++)
    {
      GezId household = { { 0x42, (guint8) (i >> 8), (guint8) i } };
      GezCircle open = gez_circle_open (&household), casework = gez_circle_casework (&household);

      g_assert_cmpint (gez_team_prepare_circle (els->team, &open, &error), >=, 0);
      g_assert_cmpint (gez_team_prepare_circle (els->team, &casework, &error), >=, 0);
      if (i % 10 == 0)
        g_assert_true (gez_team_grant (els->team, &open, &mina->member, NULL, &error));
    }
  births = g_get_monotonic_time () - started;
  colleague_commit (els);
  started = g_get_monotonic_time ();
  colleague_begin (els);
  colleague_commit (els);
  load = g_get_monotonic_time () - started;
  colleague_begin (els);
  started = g_get_monotonic_time ();
  g_assert_true (gez_team_audit (els->team, &error));
  full = g_get_monotonic_time () - started;
  started = g_get_monotonic_time ();
  g_assert_true (gez_team_audit (els->team, &error));
  idle = g_get_monotonic_time () - started;
  g_assert_cmpint (gez_database_integer (els->store->database, 0, "SELECT count (*) FROM audit_due", GEZ_END),
                   ==, 0);
  started = g_get_monotonic_time ();
  g_assert_true (gez_team_remove_device (els->team, &mina->device, &error));
  one = g_get_monotonic_time () - started;
  g_assert_no_error (error);
  colleague_commit (els);
  g_assert_cmpint (colleague_count (els, "SELECT count (*) FROM rotation_due"), ==, N_FAMILIES / 10);
  g_test_message (
      "%d families: births %.1f ms, load %.1f ms, first audit %.1f ms, audit with nothing new %.2f ms, "
      "a device of %d files removed %.1f ms",
      N_FAMILIES, births / 1000., load / 1000., full / 1000., idle / 1000., N_FAMILIES / 10, one / 1000.);
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
  g_test_add_func ("/team/fingerprint", test_fingerprint);
  g_test_add_func ("/team/code-once", test_code_is_used_once);
  g_test_add_func ("/team/cancelled", test_cancelled_invitation);
  g_test_add_func ("/team/second-device", test_second_device);
  g_test_add_func ("/team/remove-member", test_remove_member);
  g_test_add_func ("/team/last-leader", test_last_leader);
  g_test_add_func ("/team/two-offline-leaders", test_two_offline_leaders);
  g_test_add_func ("/team/remove-device", test_remove_device);
  g_test_add_func ("/team/lock", test_lock);
  g_test_add_func ("/team/last-day", test_last_day);
  g_test_add_func ("/team/stand-in", test_stand_in);
  g_test_add_func ("/team/leaders-read", test_leaders_read);
  g_test_add_func ("/team/brugfiguur-casework", test_brugfiguur_writes_casework);
  g_test_add_func ("/team/forged-grant", test_forged_grant);
  g_test_add_func ("/team/two-births", test_two_births);
  g_test_add_func ("/team/equal-numbers", test_equal_numbers);
  g_test_add_func ("/team/recover", test_recover);
  g_test_add_func ("/team/later-sheet", test_later_sheet);
  g_test_add_func ("/team/renew-device", test_renew_device);
  g_test_add_func ("/team/box-keys", test_box_keys_turn);
  g_test_add_func ("/team/no-key-in-the-clear", test_no_key_in_the_clear);
  g_test_add_func ("/team/cost-of-the-audit", test_cost_of_the_audit);
  return g_test_run ();
}
