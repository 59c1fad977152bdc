/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sodium.h>
#include <string.h>

#include "counts.h"
#include "roster-script.h"

/*
 * The rules of the roster (docs/SYNC.md, "Roster"), case by case. Random histories are in
 * test-roster-random.c.
 */

enum { LEADER = 0 }; /* the founder: person 0, device 0 */

typedef struct
{
  Script *script;
  guint worker;        /* a case manager and their device */
  guint worker_device;
} Fixture;

/* What @n records so far are: what a device that went offline then has seen. */
static GPtrArray *
sight_of (Script *script,
          guint   n)
{
  GPtrArray *sight = g_ptr_array_new ();

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (sight, script->records->pdata[i]);
  return sight;
}

static GPtrArray *
sight_now (Script *script)
{
  return sight_of (script, script->records->len);
}

/* A leader invites a person, who comes with a device. */
static void
let_in (Script     *script,
        guint       by_device,
        GPtrArray  *sight,
        const char *name,
        const char *role,
        guint      *person,
        guint      *device)
{
  guint invitation;
  g_autoptr (GPtrArray) then = NULL;

  *person = script_add_person (script);
  *device = script_add_device (script, *person);
  invitation = script_add_invitation (script, *person);
  then = sight ? g_ptr_array_copy (sight, NULL, NULL) : NULL;
  for (guint i = 0; i < 2; i++)
    {
      GezRosterRecord *made =
          i == 0 ? script_write (script, by_device, then, script_member (script, *person, name, role, TRUE),
                                 script_invite (script, invitation, "member"), NULL)
                 : script_write (script, *device, then, script_join (script, invitation, *device),
                                 script_device (script, *device), NULL);

      if (then != NULL)
        g_ptr_array_add (then, made);
    }
}

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  self->script = script_new (7);
  let_in (self->script, 0, NULL, "Wim Werker", "casemanager", &self->worker, &self->worker_device);
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  script_free (self->script);
  g_assert_cmpuint (gez_secrets_get_n_used (), ==, 0);
}

static const GezRosterMember *
member_of (GezRoster *roster,
           Script    *script,
           guint      person)
{
  return gez_roster_find_member (roster, &script_person (script, person)->id);
}

static const GezRosterDevice *
device_of (GezRoster *roster,
           Script    *script,
           guint      device)
{
  return gez_roster_find_device (roster, &script_get_device (script, device)->id);
}

static void
assert_counts (Script          *script,
               GezRosterRecord *record,
               gboolean         expected)
{
  g_autoptr (GezRoster) roster = script_fold (script, NULL);

  g_assert_cmpint (script_counts (roster, record), ==, expected);
}

/* The record that removes a person altogether. */
static GezRosterRecord *
remove_person (Script    *script,
               guint      by_device,
               GPtrArray *sight,
               guint      person,
               guint      device,
               guint64    pin)
{
  return script_write (script, by_device, sight, script_member (script, person, "Weg", "casemanager", FALSE),
                       script_remove_user (script, person), script_remove_device (script, device, pin), NULL);
}

/* Beginning and joining ---------------------------------------------------------------------- */

static void
test_founding (Fixture      *self,
               gconstpointer data)
{
  g_autoptr (GezSecret) other_key = gez_secret_new (NULL);
  g_autoptr (GPtrArray) first = sight_of (self->script, 1);
  g_autoptr (GezRoster) roster = script_fold (self->script, first);
  const GezRosterMember *leader = member_of (roster, self->script, LEADER);

  g_assert_cmpstr (gez_roster_get_team_name (roster), ==, "Brug Test");
  g_assert_cmpuint (gez_roster_get_members (roster)->len, ==, 1);
  g_assert_cmpstr (leader->name, ==, "Lien Leider");
  g_assert_true (leader->is_active);
  g_assert_cmpuint (leader->user_keys->len, ==, 1);
  g_assert_true (gez_roster_is_leader (roster, &leader->id));
  g_assert_false (device_of (roster, self->script, 0)->is_removed);
  g_assert_cmpuint (gez_roster_get_next_sequence (roster), ==, 1);
  g_assert_cmpstr (gez_roster_get_leaders_read (roster), ==, "cards");
  g_assert_cmpuint (gez_roster_get_recovery_key (roster)[0], ==, 0x5e);
  g_assert_true (gez_roster_is_fingerprint_key (roster, self->script->fingerprint_key));
  g_assert_false (gez_roster_is_fingerprint_key (roster, other_key));
  g_assert_cmpuint (gez_roster_get_heads (roster)->len, ==, 1);
  g_assert_true (
      gez_hash_equal (&g_array_index (gez_roster_get_heads (roster), GezHash, 0), &self->script->root));
}

static void
test_joining (Fixture      *self,
              gconstpointer data)
{
  g_autoptr (GezRoster) roster = script_fold (self->script, NULL);
  const GezRosterMember *worker = member_of (roster, self->script, self->worker);
  const GezRosterInvitation *invitation = gez_roster_get_invitations (roster)->pdata[0];

  g_assert_cmpstr (worker->name, ==, "Wim Werker");
  g_assert_false (gez_roster_is_leader (roster, &worker->id));
  g_assert_cmpuint (worker->user_keys->len, ==, 1);
  g_assert_cmpmem (device_of (roster, self->script, self->worker_device)->public_key, GEZ_KEY_SIZE,
                   script_get_device (self->script, self->worker_device)->public_key, GEZ_KEY_SIZE);
  g_assert_true (invitation->is_over);
  g_assert_cmpint (invitation->valid_until, ==, 5000);
  g_assert_cmpuint (gez_roster_get_refused (roster)->len, ==, 0);
}

/* A second person with the same invitation, who has seen the first come in or not. */
static void
test_join_once (Fixture      *self,
                gconstpointer data)
{
  Script *script = self->script;
  g_autoptr (GPtrArray) sight = NULL;
  guint person = script_add_person (script), one = script_add_device (script, person);
  guint other = script_add_device (script, person), third = script_add_device (script, person);
  guint invitation = script_add_invitation (script, person);
  GezRosterRecord *joined[3];
  g_autoptr (GezRoster) roster = NULL;

  script_write (script, 0, NULL, script_member (script, person, "Nora Nieuw", "brugfiguur", TRUE),
                script_invite (script, invitation, "member"), NULL);
  sight = sight_now (script);
  joined[0] = script_write (script, one, sight, script_join (script, invitation, one),
                            script_device (script, one), NULL);
  joined[1] = script_write (script, other, sight, script_join (script, invitation, other),
                            script_device (script, other), NULL);
  joined[2] = script_write (script, third, NULL, script_join (script, invitation, third),
                            script_device (script, third), NULL);
  roster = script_fold (script, NULL);
  g_assert_cmpint (script_counts (roster, joined[0]), !=, script_counts (roster, joined[1]));
  g_assert_cmpint (script_counts (roster, joined[0]), ==,
                   memcmp (&joined[0]->hash, &joined[1]->hash, GEZ_HASH_SIZE) < 0);
  g_assert_false (script_counts (roster, joined[2]));
  g_assert_null (device_of (roster, script, third));
}

static void
test_cancelled (Fixture      *self,
                gconstpointer data)
{
  Script *script = self->script;
  g_autoptr (GPtrArray) sight = NULL;
  guint person = script_add_person (script), device = script_add_device (script, person);
  guint late = script_add_device (script, person), invitation = script_add_invitation (script, person);
  GezRosterRecord *joined, *too_late;

  script_write (script, 0, NULL, script_member (script, person, "Nora Nieuw", "brugfiguur", TRUE),
                script_invite (script, invitation, "member"), NULL);
  sight = sight_now (script);
  script_write (script, 0, NULL, script_cancel (script, invitation), NULL);
  too_late = script_write (script, late, NULL, script_join (script, invitation, late),
                           script_device (script, late), NULL);
  assert_counts (script, too_late, FALSE);
  joined = script_write (script, device, sight, script_join (script, invitation, device),
                         script_device (script, device), NULL);
  assert_counts (script, joined, TRUE); /* they did not know of each other */
}

static void
test_who_invites (Fixture      *self,
                  gconstpointer data)
{
  Script *script = self->script;
  guint person = script_add_person (script), device = script_add_device (script, person);
  guint for_person = script_add_invitation (script, person),
        for_self = script_add_invitation (script, self->worker);
  guint by_worker = self->worker_device, own = script_add_device (script, self->worker);

  assert_counts (script,
                 script_write (script, by_worker, NULL, script_invite (script, for_person, "member"), NULL),
                 FALSE);
  assert_counts (script, script_write (script, device, NULL, script_join (script, for_person, device),
                                       script_device (script, device), NULL), FALSE);
  assert_counts (script,
                 script_write (script, by_worker, NULL, script_invite (script, for_person, "device"), NULL),
                 FALSE);
  assert_counts (script, script_write (script, 0, NULL, script_invite (script, for_person, "anything"), NULL),
                 FALSE);
  assert_counts (
      script, script_write (script, by_worker, NULL, script_invite (script, for_self, "device"), NULL), TRUE);
  assert_counts (script, script_write (script, own, NULL, script_join (script, for_self, own),
                                       script_device (script, own), NULL), TRUE);
}

/* An invitation for another device of the same person lets no other key in. */
static void
test_device_of_another (Fixture      *self,
                        gconstpointer data)
{
  Script *script = self->script;
  guint invitation = script_add_invitation (script, self->worker), thief, device;

  thief = script_add_person (script);
  script_person (script, thief)->id = script_person (script, self->worker)->id;
  device = script_add_device (script, thief);
  script_write (script, self->worker_device, NULL, script_invite (script, invitation, "device"), NULL);
  assert_counts (script, script_write (script, device, NULL, script_join (script, invitation, device),
                                       script_device (script, device), NULL), FALSE);
}

/* The invitation's own key must have signed; a certificate must be of the person's key. */
static void
test_made_up_join (Fixture      *self,
                   gconstpointer data)
{
  Script *script = self->script;
  guint person = script_add_person (script), device = script_add_device (script, person);
  guint invitation = script_add_invitation (script, person), other = script_add_invitation (script, person);
  ScriptInvitation *made, *guessed;

  script_write (script, 0, NULL, script_member (script, person, "Nora Nieuw", "brugfiguur", TRUE),
                script_invite (script, invitation, "member"), NULL);
  made = script->invitations->pdata[invitation];
  guessed = script->invitations->pdata[other];
  guessed->id = made->id;
  assert_counts (script, script_write (script, device, NULL, script_join (script, other, device),
                                       script_device (script, device), NULL), FALSE);
  assert_counts (script, script_write (script, device, NULL, script_device (script, device), NULL), FALSE);
  assert_counts (script, script_write (script, device, NULL, script_join (script, invitation, device), NULL),
                 FALSE);
  assert_counts (script, script_write (script, device, NULL, script_join (script, invitation, device),
                                       script_device (script, device), NULL), TRUE);
}

/* Signatures and the graph ------------------------------------------------------------------- */

static void
test_signatures (Fixture      *self,
                 gconstpointer data)
{
  Script *script = self->script;
  guint stranger = script_add_device (script, script_add_person (script));
  GezRosterRecord *record =
      script_write (script, 0, NULL, script_member (script, LEADER, "Nieuwe Naam", "teamleider", TRUE), NULL);

  assert_counts (script, record, TRUE);
  script_sign (script, record, self->worker_device, "roster/1");
  assert_counts (script, record, FALSE);
  script_sign (script, record, 0, "seg/1"); /* what the device signed for something else */
  assert_counts (script, record, FALSE);
  script_sign (script, record, 0, "roster/1");
  assert_counts (script, record, TRUE);
  for (guint i = 0; i < GEZ_SIGNATURE_SIZE; i++)
    {
      record->signature[i] ^= 4;
      assert_counts (script, record, FALSE);
      record->signature[i] ^= 4;
    }
  record->author = script_get_device (script, stranger)->id;
  assert_counts (script, record, FALSE);
}

/* The signature that was looked at belongs to a key; another key does not get it. */
static void
test_signature_of_one_key (Fixture      *self,
                           gconstpointer data)
{
  Script *script = self->script;
  GezRosterRecord *record = script_write (script, self->worker_device, NULL, NULL);

  assert_counts (script, record, TRUE);
  record->author = script_get_device (script, 0)->id;
  assert_counts (script, record, FALSE);
}

static void
test_parents (Fixture      *self,
              gconstpointer data)
{
  Script *script = self->script;
  GezRosterRecord *first
      = script_write (script, 0, NULL, script_member (script, LEADER, "Een", "teamleider", TRUE), NULL);
  GezRosterRecord *second
      = script_write (script, 0, NULL, script_member (script, LEADER, "Twee", "teamleider", TRUE), NULL);
  g_autoptr (GPtrArray) without = sight_now (script);
  g_autoptr (GezRoster) roster = NULL;

  g_ptr_array_remove (without, first);
  roster = script_fold (script, without);
  g_assert_false (script_counts (roster, second));
  g_assert_cmpstr (member_of (roster, script, LEADER)->name, ==, "Lien Leider");
  assert_counts (script, second, TRUE);
}

static void
test_sequence (Fixture      *self,
               gconstpointer data)
{
  Script *script = self->script;
  g_autoptr (GPtrArray) nothing = g_ptr_array_new ();
  g_autoptr (GezRoster) roster = script_fold (script, NULL);
  GArray *heads = gez_roster_get_heads (roster);
  guint32 right = gez_roster_get_next_sequence (roster);

  assert_counts (script, script_write_after (script, 0, heads, right + 1, nothing), FALSE);
  assert_counts (script, script_write_after (script, 0, heads, right - 1, nothing), FALSE);
  assert_counts (script, script_write_after (script, 0, heads, 0, nothing), FALSE);
  assert_counts (script, script_write_after (script, 0, heads, right, nothing), TRUE);
}

/* Nobody makes a second beginning, and no other root gives another team. */
static void
test_root (Fixture      *self,
           gconstpointer data)
{
  Script *script = self->script;
  g_autoptr (Script) other = script_new (8);
  g_autoptr (GPtrArray) both = sight_now (script);
  g_autoptr (GezRoster) roster = NULL, wrong = NULL;

  g_ptr_array_add (both, other->records->pdata[0]);
  roster = script_fold (script, both);
  g_assert_false (script_counts (roster, other->records->pdata[0]));
  g_assert_cmpuint (gez_roster_get_members (roster)->len, ==, 2);
  wrong = gez_roster_fold (&script->team, &other->root, script->records);
  g_assert_cmpuint (gez_roster_get_members (wrong)->len, ==, 0);
  g_assert_cmpuint (gez_roster_get_heads (wrong)->len, ==, 0);
  gez_roster_free (g_steal_pointer (&wrong));
  wrong = gez_roster_fold (&other->team, &script->root, script->records); /* certificates name the team */
  g_assert_cmpuint (gez_roster_get_members (wrong)->len, ==, 0);
}

/* Rights ------------------------------------------------------------------------------------- */

static void
test_leader_alone (Fixture      *self,
                   gconstpointer data)
{
  Script *script = self->script;
  const GezId household = { { 9 } };
  const guint8 key[GEZ_KEY_SIZE] = { 1 };
  GVariant *changes[] = {
    script_member (script, self->worker, "Ander", "brugfiguur", TRUE),
    script_remove_user (script, LEADER),
    script_remove_device (script, 0, 3),
    script_lock (script, LEADER, &household, TRUE),
    script_other ("leaders-read", g_variant_new_string ("open")),
    script_other ("recovery", g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, key, sizeof key, 1)),
    script_other ("min-version", g_variant_new_uint32 (9)),
    script_other ("recovery-used",
                  g_variant_new ("(@ays)",
                                 g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, key, GEZ_ID_SIZE, 1),
                                 "toegang")),
  };

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_variant_ref (changes[i]);
      assert_counts (script, script_write (script, self->worker_device, NULL, changes[i], NULL), FALSE);
      if (i == 1 || i == 2)
        g_variant_unref (changes[i]); /* the leader stays */
      else
        assert_counts (script, script_write (script, 0, NULL, changes[i], NULL), TRUE);
    }
}

static void
test_settings (Fixture      *self,
               gconstpointer data)
{
  Script *script = self->script;
  const GezId household = { { 9 } }, other = { { 8 } };
  const guint8 key[GEZ_KEY_SIZE] = { 1 };
  g_autoptr (GezRoster) roster = NULL;

  script_write (
      script, 0, NULL, script_other ("leaders-read", g_variant_new_string ("casework")),
      script_other ("recovery", g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, key, sizeof key, 1)),
      script_other ("min-version", g_variant_new_uint32 (9)),
      script_lock (script, self->worker, &household, TRUE), NULL);
  script_write (script, 0, NULL, script_other ("min-version", g_variant_new_uint32 (3)), NULL);
  roster = script_fold (script, NULL);
  g_assert_cmpstr (gez_roster_get_leaders_read (roster), ==, "casework");
  g_assert_cmpuint (gez_roster_get_recovery_key (roster)[0], ==, 1);
  g_assert_cmpuint (gez_roster_get_min_version (roster), ==, 9);
  g_assert_true (gez_roster_is_locked (roster, &script_person (script, self->worker)->id, &household));
  g_assert_false (gez_roster_is_locked (roster, &script_person (script, self->worker)->id, &other));
  g_assert_false (gez_roster_is_locked (roster, &script_person (script, LEADER)->id, &household));
}

static void
test_unknown_change (Fixture      *self,
                     gconstpointer data)
{
  Script *script = self->script;
  g_autoptr (GezRoster) roster = NULL;

  assert_counts (script, script_write (script, 0, NULL, script_other ("tea-time", g_variant_new_uint32 (4)),
                                       script_member (script, LEADER, "Na", "teamleider", TRUE), NULL), TRUE);
  roster = script_fold (script, NULL);
  g_assert_cmpstr (member_of (roster, script, LEADER)->name, ==, "Na");
  assert_counts (
      script, script_write (script, 0, NULL, script_other ("min-version", g_variant_new_string ("x")), NULL),
      FALSE);
  assert_counts (
      script,
      script_write (script, 0, NULL, script_other ("leaders-read", g_variant_new_string ("all")), NULL),
      FALSE);
  assert_counts (
      script,
      script_write (script, 0, NULL, script_other ("cancel", g_variant_new_bytestring ("short")), NULL),
      FALSE);
}

/* Two who do not know of each other ---------------------------------------------------------- */

static void
test_union (Fixture      *self,
            gconstpointer data)
{
  Script *script = self->script;
  g_autoptr (GPtrArray) sight = NULL;
  guint second, second_device, people[2], devices[2];
  g_autoptr (GezRoster) roster = NULL;

  let_in (script, 0, NULL, "Tine Tweede", "teamleider", &second, &second_device);
  sight = sight_now (script);
  let_in (script, 0, sight, "Aya Aan", "casemanager", &people[0], &devices[0]);
  let_in (script, second_device, sight, "Bo Bij", "brugfiguur", &people[1], &devices[1]);
  roster = script_fold (script, NULL);
  g_assert_cmpuint (gez_roster_get_refused (roster)->len, ==, 0);
  g_assert_cmpuint (gez_roster_get_heads (roster)->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (member_of (roster, script, people[i])->is_active);
      g_assert_nonnull (device_of (roster, script, devices[i]));
    }
}

/* One gives another name, the other another role: both hold. Not active wins, whatever comes later in the
 * order. */
static void
test_same_member (Fixture      *self,
                  gconstpointer data)
{
  Script *script = self->script;
  g_autoptr (GPtrArray) sight = NULL;
  guint second, second_device;
  const GezRosterMember *worker;
  g_autoptr (GezRoster) roster = NULL, after = NULL;

  let_in (script, 0, NULL, "Tine Tweede", "teamleider", &second, &second_device);
  sight = sight_now (script);
  script_write (script, 0, sight, script_member (script, self->worker, "Wim Wissel", "casemanager", TRUE),
                NULL);
  script_write (script, second_device, sight,
                script_member (script, self->worker, "Wim Werker", "brugfiguur", FALSE), NULL);
  roster = script_fold (script, NULL);
  worker = member_of (roster, script, self->worker);
  g_assert_cmpstr (worker->name, ==, "Wim Wissel");
  g_assert_cmpstr (worker->role, ==, "brugfiguur");
  g_assert_false (worker->is_active);
  script_write (script, 0, NULL, script_member (script, self->worker, "Wim Terug", "casemanager", TRUE),
                NULL);
  after = script_fold (script, NULL);
  g_assert_true (member_of (after, script, self->worker)->is_active); /* by somebody who had seen it */
}

static void
test_not_active_wins (Fixture      *self,
                      gconstpointer data)
{
  Script *script = self->script;
  g_autoptr (GPtrArray) sight = NULL;
  guint second, second_device;
  g_autoptr (GezRoster) roster = NULL;

  let_in (script, 0, NULL, "Tine Tweede", "teamleider", &second, &second_device);
  script_write (script, 0, NULL, script_member (script, self->worker, "Wim", "casemanager", FALSE), NULL);
  sight = sight_now (script);
  script_write (script, 0, sight, script_member (script, self->worker, "Wim", "casemanager", TRUE), NULL);
  script_write (script, 0, NULL, script_member (script, self->worker, "Wim", "casemanager", FALSE), NULL);
  script_write (script, second_device, sight,
                script_member (script, self->worker, "Wim", "casemanager", TRUE), NULL);
  roster = script_fold (script, NULL);
  g_assert_false (member_of (roster, script, self->worker)->is_active);
}

/* A later record wins over what it has seen, whatever the clocks say. */
static void
test_wrong_clock (Fixture      *self,
                  gconstpointer data)
{
  Script *script = self->script;
  g_autoptr (GezRoster) roster = NULL;

  script->wall_at = G_GINT64_CONSTANT (100000000000);
  script_write (script, 0, NULL, script_member (script, self->worker, "Eerst", "casemanager", TRUE), NULL);
  script->wall_at = -G_GINT64_CONSTANT (100000000000);
  script_write (script, 0, NULL, script_member (script, self->worker, "Later", "casemanager", TRUE), NULL);
  roster = script_fold (script, NULL);
  g_assert_cmpstr (member_of (roster, script, self->worker)->name, ==, "Later");
  g_assert_cmpuint (gez_roster_get_refused (roster)->len, ==, 0);
}

static void
test_locked_wins (Fixture      *self,
                  gconstpointer data)
{
  Script *script = self->script;
  const GezId household = { { 9 } }, *worker = &script_person (script, self->worker)->id;
  g_autoptr (GPtrArray) sight = NULL;
  g_autoptr (GezRoster) roster = NULL, after = NULL;
  guint second, second_device;

  let_in (script, 0, NULL, "Tine Tweede", "teamleider", &second, &second_device);
  script_write (script, 0, NULL, script_lock (script, self->worker, &household, TRUE), NULL);
  sight = sight_now (script);
  script_write (script, 0, sight, script_lock (script, self->worker, &household, FALSE), NULL);
  script_write (script, 0, NULL, script_lock (script, self->worker, &household, TRUE), NULL);
  script_write (script, second_device, sight, script_lock (script, self->worker, &household, FALSE), NULL);
  roster = script_fold (script, NULL);
  g_assert_true (gez_roster_is_locked (roster, worker, &household));
  script_write (script, second_device, NULL, script_lock (script, self->worker, &household, FALSE), NULL);
  after = script_fold (script, NULL);
  g_assert_false (gez_roster_is_locked (after, worker, &household));
}

/* Removing ----------------------------------------------------------------------------------- */

static void
test_removed (Fixture      *self,
              gconstpointer data)
{
  Script *script = self->script;
  guint again = script_add_device (script, self->worker), invitation;
  g_autoptr (GezRoster) roster = NULL;

  remove_person (script, 0, NULL, self->worker, self->worker_device, 12);
  roster = script_fold (script, NULL);
  g_assert_false (member_of (roster, script, self->worker)->is_active);
  g_assert_cmpuint (member_of (roster, script, self->worker)->user_keys->len, ==, 0);
  g_assert_true (device_of (roster, script, self->worker_device)->is_removed);
  g_assert_cmpuint (device_of (roster, script, self->worker_device)->pin_sequence, ==, 12);
  g_assert_cmpuint (device_of (roster, script, self->worker_device)->pin_hash.bytes[0], ==, 12);
  assert_counts (script, script_write (script, self->worker_device, NULL, NULL), FALSE);
  assert_counts (script, script_write (script, again, NULL, script_device (script, again), NULL), FALSE);
  /* Back with an invitation: the old keys stay out. */
  invitation = script_add_invitation (script, self->worker);
  script_write (script, 0, NULL, script_member (script, self->worker, "Wim Werker", "casemanager", TRUE),
                script_invite (script, invitation, "member"), NULL);
  assert_counts (script, script_write (script, again, NULL, script_join (script, invitation, again),
                                       script_device (script, again), NULL), FALSE);
}

static void
test_back_with_new_keys (Fixture      *self,
                         gconstpointer data)
{
  Script *script = self->script;
  guint person, device, invitation;
  g_autoptr (GezRoster) roster = NULL;

  remove_person (script, 0, NULL, self->worker, self->worker_device, 12);
  person = script_add_person (script);
  script_person (script, person)->id = script_person (script, self->worker)->id;
  device = script_add_device (script, person);
  invitation = script_add_invitation (script, person);
  script_write (script, 0, NULL, script_member (script, person, "Wim Werker", "casemanager", TRUE),
                script_invite (script, invitation, "member"), NULL);
  assert_counts (script, script_write (script, device, NULL, script_join (script, invitation, device),
                                       script_device (script, device), NULL), TRUE);
  roster = script_fold (script, NULL);
  g_assert_true (member_of (roster, script, person)->is_active);
  g_assert_cmpuint (member_of (roster, script, person)->user_keys->len, ==, 1);
  g_assert_true (device_of (roster, script, self->worker_device)->is_removed);
}

/* A leader goes on as if they had not heard of their removal. What came before it stays. */
static void
test_removed_leader (Fixture      *self,
                     gconstpointer data)
{
  Script *script = self->script;
  g_autoptr (GPtrArray) sight = NULL;
  guint second, second_device, person, device, early, early_device;
  g_autoptr (GezRoster) roster = NULL;

  let_in (script, 0, NULL, "Tine Tweede", "teamleider", &second, &second_device);
  let_in (script, second_device, NULL, "Vera Vroeg", "casemanager", &early, &early_device);
  sight = sight_now (script);
  remove_person (script, 0, NULL, second, second_device, 5);
  let_in (script, second_device, sight, "Stan Stiekem", "teamleider", &person, &device);
  roster = script_fold (script, NULL);
  g_assert_null (member_of (roster, script, person));
  g_assert_null (device_of (roster, script, device));
  g_assert_true (member_of (roster, script, early)->is_active);
  g_assert_nonnull (device_of (roster, script, early_device));
  g_assert_cmpuint (gez_roster_get_refused (roster)->len, ==, 2);
}

/* Nor with another device that the same user key certifies. */
static void
test_removed_user_key (Fixture      *self,
                       gconstpointer data)
{
  Script *script = self->script;
  g_autoptr (GPtrArray) sight = sight_now (script);
  guint other = script_add_device (script, self->worker);
  g_autoptr (GezRoster) roster = NULL;
  GezRosterRecord *added;

  remove_person (script, 0, NULL, self->worker, self->worker_device, 5);
  added = script_write (script, other, sight, script_device (script, other), NULL);
  g_ptr_array_add (sight, added);
  script_write (script, other, sight,
                script_invite (script, script_add_invitation (script, self->worker), "device"), NULL);
  roster = script_fold (script, NULL);
  g_assert_null (device_of (roster, script, other));
  g_assert_cmpuint (gez_roster_get_refused (roster)->len, ==, 2);
}

/* Who wrote after a record that turns out not to count, without knowing it, has done nothing wrong. */
static void
test_bystander (Fixture      *self,
                gconstpointer data)
{
  Script *script = self->script;
  g_autoptr (GPtrArray) sight = NULL;
  guint second, second_device, own = script_add_device (script, self->worker);
  guint invitation = script_add_invitation (script, self->worker);
  GezRosterRecord *added;
  g_autoptr (GezRoster) roster = NULL;

  let_in (script, 0, NULL, "Tine Tweede", "teamleider", &second, &second_device);
  sight = sight_now (script);
  g_ptr_array_add (
      sight, script_write (script, second_device, sight,
                           script_member (script, self->worker, "Wim Wacht", "casemanager", TRUE), NULL));
  g_ptr_array_add (sight, script_write (script, self->worker_device, sight,
                                        script_invite (script, invitation, "device"), NULL));
  added = script_write (script, own, sight, script_join (script, invitation, own),
                        script_device (script, own), NULL);
  g_ptr_array_set_size (sight, (int) sight->len - 2);
  remove_person (script, 0, sight, second, second_device, 5);
  roster = script_fold (script, NULL);
  g_assert_true (script_counts (roster, added));
  g_assert_nonnull (device_of (roster, script, own));
  g_assert_cmpstr (member_of (roster, script, self->worker)->name, ==, "Wim Werker");
  g_assert_cmpuint (gez_roster_get_refused (roster)->len, ==, 1);
}

static void
test_own_device (Fixture      *self,
                 gconstpointer data)
{
  Script *script = self->script;
  guint own = script_add_device (script, self->worker);

  script_write (script, own, NULL, script_device (script, own), NULL);
  assert_counts (
      script, script_write (script, self->worker_device, NULL, script_remove_device (script, own, 1), NULL),
      TRUE);
  assert_counts (script,
                 script_write (script, self->worker_device, NULL, script_remove_device (script, 0, 1), NULL),
                 FALSE);
}

/* Two leaders remove the same device; one has read more of it. */
static void
test_two_pins (Fixture      *self,
               gconstpointer data)
{
  Script *script = self->script;
  g_autoptr (GPtrArray) sight = NULL;
  guint second, second_device;
  g_autoptr (GezRoster) roster = NULL;

  let_in (script, 0, NULL, "Tine Tweede", "teamleider", &second, &second_device);
  sight = sight_now (script);
  remove_person (script, 0, sight, self->worker, self->worker_device, 20);
  remove_person (script, second_device, sight, self->worker, self->worker_device, 12);
  roster = script_fold (script, NULL);
  g_assert_cmpuint (device_of (roster, script, self->worker_device)->pin_sequence, ==, 20);
  g_assert_cmpuint (gez_roster_get_refused (roster)->len, ==, 0);
}

/* Quarrels ----------------------------------------------------------------------------------- */

static void
test_leaders_remove_each_other (Fixture      *self,
                                gconstpointer data)
{
  Script *script = self->script;
  g_autoptr (GPtrArray) sight = NULL;
  guint second, second_device;
  g_autoptr (GezRoster) roster = NULL;

  let_in (script, 0, NULL, "Tine Tweede", "teamleider", &second, &second_device);
  sight = sight_now (script);
  remove_person (script, second_device, sight, LEADER, 0, 5);
  remove_person (script, 0, sight, second, second_device, 5);
  roster = script_fold (script, NULL);
  g_assert_true (gez_roster_is_leader (roster, &script_person (script, LEADER)->id)); /* is longer there */
  g_assert_false (member_of (roster, script, second)->is_active);
}

/* A founder who was removed says that they removed the other before, and writes a lot to make it weigh. */
static void
test_made_up_removal (Fixture      *self,
                      gconstpointer data)
{
  Script *script = self->script;
  g_autoptr (GPtrArray) sight = NULL;
  guint second, second_device;
  g_autoptr (GezRoster) roster = NULL;

  let_in (script, 0, NULL, "Tine Tweede", "teamleider", &second, &second_device);
  sight = sight_now (script);
  script_write (script, self->worker_device, NULL, NULL); /* what the other saw since */
  remove_person (script, second_device, NULL, LEADER, 0, 5);
  for (guint i = 0; i < 20; i++)
    g_ptr_array_add (sight, script_write (script, 0, sight, NULL));
  remove_person (script, 0, sight, second, second_device, 5);
  roster = script_fold (script, NULL);
  g_assert_true (gez_roster_is_leader (roster, &script_person (script, second)->id));
  g_assert_false (member_of (roster, script, LEADER)->is_active);
  g_assert_cmpuint (gez_roster_get_refused (roster)->len, ==, 21);
}

/* A removes B, B removes C, C removes A. */
static void
test_ring (Fixture      *self,
           gconstpointer data)
{
  Script *script = self->script;
  g_autoptr (GPtrArray) sight = NULL;
  guint people[3] = { LEADER }, devices[3] = { 0 }, n_left = 0;
  g_autoptr (GezRoster) roster = NULL;

  for (guint i = 1; i < 3; i++)
    let_in (script, 0, NULL, "Nog Een", "teamleider", &people[i], &devices[i]);
  sight = sight_now (script);
  for (guint i = 0; i < 3; i++)
    remove_person (script, devices[i], sight, people[(i + 1) % 3], devices[(i + 1) % 3], 5);
  roster = script_fold (script, NULL);
  for (guint i = 0; i < 3; i++)
    n_left += gez_roster_is_leader (roster, &script_person (script, people[i])->id);
  g_assert_cmpuint (n_left, ==, 1);
}

/* A removal by somebody who was let in by a record that is void counts no more. */
static void
test_removal_falls_away (Fixture      *self,
                         gconstpointer data)
{
  Script *script = self->script;
  g_autoptr (GPtrArray) sight = NULL;
  guint second, second_device, friend, friend_device, n_before;
  g_autoptr (GezRoster) roster = NULL;

  let_in (script, 0, NULL, "Tine Tweede", "teamleider", &second, &second_device);
  sight = sight_now (script);
  remove_person (script, 0, sight, second, second_device, 5);
  n_before = script->records->len;
  let_in (script, second_device, sight, "Vic Vriend", "teamleider", &friend, &friend_device);
  for (guint i = n_before; i < n_before + 2; i++)
    g_ptr_array_add (sight, script->records->pdata[i]);
  remove_person (script, friend_device, sight, self->worker, self->worker_device, 5);
  assert_counts (script, script_write (script, self->worker_device, NULL, NULL), TRUE);
  roster = script_fold (script, NULL);
  g_assert_false (device_of (roster, script, self->worker_device)->is_removed);
}

/* After the last record, without asking what counts. */
static void
write_next (Script   *script,
            guint     device,
            GVariant *one,
            GVariant *other)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);
  g_autoptr (GArray) parents = g_array_new (FALSE, FALSE, sizeof (GezHash));
  GezRosterRecord *last = script->records->pdata[script->records->len - 1];

  g_array_append_val (parents, last->hash);
  g_ptr_array_add (changes, one);
  if (other != NULL)
    g_ptr_array_add (changes, other);
  script_write_after (script, device, parents, last->sequence + 1, changes);
}

static void
test_cost (void)
{
  g_autoptr (Script) script = script_new (3);
  g_autoptr (GezRoster) first = NULL, again = NULL;
  gint64 began;

  for (guint i = 0; i < 50; i++)
    {
      guint person = script_add_person (script), device = script_add_device (script, person);
      guint invitation = script_add_invitation (script, person);

      write_next (script, 0, script_member (script, person, "Iemand", "casemanager", TRUE),
                  script_invite (script, invitation, "member"));
      write_next (script, device, script_join (script, invitation, device), script_device (script, device));
    }
  while (script->records->len < 300)
    write_next (script, 0, script_member (script, 1 + script->records->len % 50, "Ander", "brugfiguur", TRUE),
                NULL);
  began = g_get_monotonic_time ();
  first = script_fold (script, NULL);
  g_test_message ("300 records: %.1f ms", (double) (g_get_monotonic_time () - began) / 1000);
  began = g_get_monotonic_time ();
  again = script_fold (script, NULL);
  g_test_message ("the same once more: %.1f ms", (double) (g_get_monotonic_time () - began) / 1000);
  g_assert_cmpuint (gez_roster_get_refused (first)->len, ==, 0);
  g_assert_cmpuint (gez_roster_get_members (again)->len, ==, 51);
}

#define ADD(name, function) g_test_add ("/roster/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (sodium_init (), >=, 0);
  ADD ("founding", test_founding);
  ADD ("joining", test_joining);
  ADD ("join-once", test_join_once);
  ADD ("cancelled", test_cancelled);
  ADD ("who-invites", test_who_invites);
  ADD ("device-of-another", test_device_of_another);
  ADD ("made-up-join", test_made_up_join);
  ADD ("signatures", test_signatures);
  ADD ("signature-of-one-key", test_signature_of_one_key);
  ADD ("parents", test_parents);
  ADD ("sequence", test_sequence);
  ADD ("root", test_root);
  ADD ("leader-alone", test_leader_alone);
  ADD ("settings", test_settings);
  ADD ("unknown-change", test_unknown_change);
  ADD ("union", test_union);
  ADD ("same-member", test_same_member);
  ADD ("not-active-wins", test_not_active_wins);
  ADD ("wrong-clock", test_wrong_clock);
  ADD ("locked-wins", test_locked_wins);
  ADD ("removed", test_removed);
  ADD ("back-with-new-keys", test_back_with_new_keys);
  ADD ("removed-leader", test_removed_leader);
  ADD ("removed-user-key", test_removed_user_key);
  ADD ("bystander", test_bystander);
  ADD ("own-device", test_own_device);
  ADD ("two-pins", test_two_pins);
  ADD ("leaders-remove-each-other", test_leaders_remove_each_other);
  ADD ("made-up-removal", test_made_up_removal);
  ADD ("ring", test_ring);
  ADD ("removal-falls-away", test_removal_falls_away);
  g_test_add_func ("/roster/cost", test_cost);
  return g_test_run ();
}
