/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk.h"
#include "model/demo/gez-demo-sentences.h"
#include "model/demo/gez-demo.h"
#include "model/gez-codes.h"
#include "store/gez-verify-files.h"

#define COUNT(sql) desk_count (desk, "SELECT count(*) AS count " sql)

static void
fill (Desk    *desk,
      guint    households,
      guint    contacts,
      guint32  seed)
{
  GezDemoOptions options = { .households = households, .contacts = contacts, .seed = seed,
                             .today = DESK_TODAY };
  g_autoptr (GError) error = NULL;

  g_assert_true (gez_demo_fill (desk->fixture->store, &options, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
}

static char *
dump_of (guint32 seed)
{
  g_autoptr (Desk) desk = desk_new ();

  fill (desk, 6, 0, seed);
  return desk_dump (desk);
}

static void
test_same_seed_same_rows (void)
{
  g_autofree char *one = dump_of (7);
  g_autofree char *again = dump_of (7);
  g_autofree char *other = dump_of (8);

  g_assert_cmpstr (one, ==, again);
  g_assert_cmpstr (one, !=, other);
}

static void
assert_family_names (Desk *desk)
{
  g_assert_cmpint (COUNT ("FROM household WHERE name = 'O''Neill & <Zonen>'"), ==, 1);
  g_assert_cmpint (COUNT ("FROM household WHERE name LIKE '%أمثلة%'"), ==, 1);
  g_assert_cmpint (COUNT ("FROM household WHERE name LIKE '%Örnekoğlu-Çiçekdağı'"), ==, 1);
  g_assert_cmpint (COUNT ("FROM household WHERE name LIKE '%🏠%'"), ==, 1);
  g_assert_cmpint (COUNT ("FROM household WHERE length(name) = 180"), ==, 1);
  g_assert_cmpint (COUNT ("FROM household h WHERE is_pseudonymous = 1 AND address IS NULL AND NOT "
                          "EXISTS (SELECT 1 FROM person p WHERE p.household_id = h.id)"), ==, 1);
  g_assert_cmpint (COUNT ("FROM household h WHERE 14 = (SELECT count(*) FROM membership m "
                          "WHERE m.household_id = h.id)"), ==, 1);
}

static void
assert_people (Desk *desk)
{
  /* Parents are older than their children, and grandparents older still. */
  g_assert_cmpint (COUNT ("FROM relation r JOIN person a ON a.id = person_id JOIN person c "
                          "ON c.id = other_person_id WHERE r.kind = 'parent_of' AND "
                          "a.born_on > date(c.born_on, '-15 years')"), ==, 0);
  g_assert_cmpint (COUNT ("FROM person WHERE born_on > '" DESK_TODAY "'"), ==, 0);
  g_assert_cmpint (COUNT ("FROM person WHERE estimated_age IS NOT NULL"), >, 5);
  g_assert_cmpint (COUNT ("FROM person WHERE school_id IS NOT NULL AND class IS NOT NULL"), >, 30);
  g_assert_cmpint (COUNT ("FROM household WHERE needs_interpreter = 1"), >, 3);
  g_assert_cmpint (COUNT ("FROM helper WHERE kind = 'network'"), >, 20);
  g_assert_cmpint (COUNT ("FROM helper WHERE kind = 'professional' AND name IS NOT NULL"), >, 15);
  g_assert_cmpint (COUNT ("FROM household h WHERE 1 <> (SELECT count(*) FROM helper x WHERE "
                          "x.household_id = h.id AND is_contact_person = 1)"), ==, 0);
}

static void
assert_every_code (Desk              *desk,
                   const char        *table,
                   const char        *column,
                   const char *const *codes)
{
  for (guint i = 0; codes[i]; i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT count(*) AS count FROM %s WHERE %s = '%s'",
                                              table, column, codes[i]);

      if (desk_count (desk, sql) == 0)
        g_error ("no %s with %s %s", table, column, codes[i]);
    }
}

/* What lies open today, and what was told: the state of a referral is that of its last event. */
static void
assert_work (Desk *desk)
{
  g_autofree char *last =
    g_strdup ("(SELECT (SELECT state FROM referral_event e WHERE e.referral_id = r.id "
              "ORDER BY happened_on DESC, id DESC LIMIT 1) AS state FROM referral r)");

  assert_every_code (desk, last, "state", GEZ_CODES_REFERRAL_STATE);
  assert_every_code (desk, "trajectory_event", "state", GEZ_CODES_TRAJECTORY_STATE);
  assert_every_code (desk, "goal", "state", GEZ_CODES_GOAL_STATE);
  assert_every_code (desk, "assessment", "voice", GEZ_CODES_VOICE);
  assert_every_code (desk, "appointment", "state", GEZ_CODES_APPOINTMENT_STATE);
#define OPEN "FROM followup WHERE done_on IS NULL AND cancelled_on IS NULL AND is_suggested = 0 AND "
  g_assert_cmpint (COUNT (OPEN "due_on = '" DESK_TODAY "'"), >, 3);
  g_assert_cmpint (COUNT (OPEN "due_on < '" DESK_TODAY "'"), >, 3);
  g_assert_cmpint (COUNT (OPEN "due_on > '" DESK_TODAY "'"), >, 3);
  g_assert_cmpint (COUNT (OPEN "rhythm_days IS NOT NULL"), >, 3);
  g_assert_cmpint (COUNT ("FROM followup WHERE done_on IS NOT NULL"), >, 20);
  g_assert_cmpint (COUNT ("FROM followup WHERE cancelled_on IS NOT NULL"), >, 3);
  g_assert_cmpint (COUNT ("FROM followup WHERE moved_reason IS NOT NULL AND cancelled_on IS NULL"), >, 3);
  g_assert_cmpint (COUNT ("FROM followup WHERE is_suggested = 1"), >, 0);
  g_assert_cmpint (COUNT ("FROM appointment WHERE held_on = '" DESK_TODAY "'"), >, 5);
  g_assert_cmpint (COUNT ("FROM question WHERE come_back_on <= '" DESK_TODAY "' AND done_on IS NULL"), >, 3);
  g_assert_cmpint (COUNT ("FROM question WHERE household_id IS NULL"), ==, 8);
  g_assert_cmpint (COUNT ("FROM flag"), >, 3);
}

/* A social map in which there is something to find, and something to check. */
static void
assert_partners (Desk *desk)
{
  g_assert_cmpint (COUNT ("FROM partner"), >, 20);
  g_assert_cmpint (COUNT ("FROM partner WHERE phone LIKE '0499 11 22 __' AND offer IS NOT NULL "
                          "AND target_group IS NOT NULL"), >, 15);
  g_assert_cmpint (COUNT ("FROM (SELECT DISTINCT area FROM partner)"), >, 2);
  g_assert_cmpint (COUNT ("FROM partner WHERE domains LIKE '%;%'"), >, 5);
  g_assert_cmpint (COUNT ("FROM partner WHERE checked_on < date('" DESK_TODAY "', '-1 year')"), >, 2);
  g_assert_cmpint (COUNT ("FROM partner WHERE checked_on > '" DESK_TODAY "'"), ==, 0);
  g_assert_cmpint (COUNT ("FROM referral r JOIN partner p ON p.id = r.partner_id"), >, 20);
  assert_every_code (desk, "partner", "available", GEZ_CODES_YES_PARTLY_NO);
}

static void
assert_journal (Desk *desk)
{
  g_assert_cmpint (COUNT ("FROM note WHERE length(content) < 90"), >, 20);
  g_assert_cmpint (COUNT ("FROM note WHERE length(content) > 500"), >, 20);
  /* Hardly two notes are the same, and none shows its seams. */
  g_assert_cmpint (COUNT ("FROM (SELECT DISTINCT content FROM note)") * 100, >,
                   COUNT ("FROM note") * 80);
  g_assert_cmpint (COUNT ("FROM note WHERE content GLOB '*[{|}$]*' OR content LIKE '%  %' "
                          "OR content = ''"), ==, 0);
  g_assert_cmpint (COUNT ("FROM (SELECT DISTINCT by_member_id FROM note)"), ==, 5);
  g_assert_cmpint (COUNT ("FROM note WHERE substr(circle, 1, 1) = CAST('o' AS BLOB)"), >, 20);
  g_assert_cmpint (COUNT ("FROM contact WHERE happened_at > 1773478800000"), ==, 0);
  g_assert_cmpint (COUNT ("FROM assessment WHERE assessed_on > '" DESK_TODAY "'"), ==, 0);
  g_assert_cmpint (COUNT ("FROM goal WHERE words GLOB '*[{|}$]*'"), ==, 0);
  g_assert_cmpint (COUNT ("FROM step WHERE done_on > '" DESK_TODAY "'"), ==, 0);
}

/* Something of each kind in the first files, and all of it can be read. */
static void
assert_documents (Desk *desk)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (COUNT ("FROM document"), ==, 12);
  g_assert_cmpint (COUNT ("FROM (SELECT DISTINCT household_id FROM document)"), ==, 6);
  g_assert_cmpint (COUNT ("FROM document WHERE media_type = 'application/pdf' AND name LIKE '%.pdf'"), >, 2);
  g_assert_cmpint (COUNT ("FROM document WHERE media_type = 'image/png'"), >, 2);
  g_assert_cmpint (COUNT ("FROM document WHERE media_type = 'text/plain' AND tags LIKE '%;%'"), >, 2);
  g_assert_cmpint (COUNT ("FROM document WHERE added_at > 1773478800000"), ==, 0);
  g_assert_true (gez_verify_contents (desk->fixture->store, problems, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (problems->len, ==, 0);
}

static void
test_sixty_households (void)
{
  g_autoptr (Desk) desk = desk_new ();

  fill (desk, GEZ_DEMO_HOUSEHOLDS, 0, 1);
  g_assert_cmpint (COUNT ("FROM household WHERE name <> 'Gezin Voorbeeld' OR address IS NOT NULL "
                          "OR needs_interpreter"), >=, 59);
  g_assert_cmpint (COUNT ("FROM household"), ==, GEZ_DEMO_HOUSEHOLDS + 1);
  g_assert_cmpint (COUNT ("FROM member"), ==, 6);
  assert_family_names (desk);
  assert_people (desk);
  assert_work (desk);
  assert_journal (desk);
  assert_partners (desk);
  assert_documents (desk);
}

static void
progress_cb (guint    done,
             guint    total,
             gpointer user_data)
{
  GCancellable *cancellable = user_data;

  g_assert_cmpint (total, ==, 5);
  g_assert_cmpint (done, <=, 2);
  if (done == 2)
    g_cancellable_cancel (cancellable);
}

static void
test_cancelling_keeps_what_was_made (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GezDemoOptions options = { .households = 5, .contacts = 2, .seed = 3, .today = DESK_TODAY };

  g_assert_false (gez_demo_fill (desk->fixture->store, &options, progress_cb, cancellable,
                                 cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (COUNT ("FROM household"), ==, 1 + 2);
}

static void
test_as_many_contacts_as_asked (void)
{
  g_autoptr (Desk) desk = desk_new ();

  fill (desk, 3, 100, 4);
  g_assert_cmpint (COUNT ("FROM contact WHERE household_id IS NOT NULL"), ==, 300);
}

static void
test_choices (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  GezDemoNames names = { .adult = "Testa" };
  gboolean seen[3] = { FALSE };

  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *said = gez_demo_expand (random, "$p {kookt|{leest|zingt} {|}veel}.", &names);

      seen[0] |= g_str_equal (said, "Testa kookt.");
      seen[1] |= g_str_equal (said, "Testa leest veel.");
      seen[2] |= g_str_equal (said, "Testa zingt veel.");
    }
  g_assert_true (seen[0] && seen[1] && seen[2]);
  g_assert_null (gez_demo_expand (random, "$k slaapt", &names));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/demo/choices", test_choices);
  g_test_add_func ("/model/demo/same-seed-same-rows", test_same_seed_same_rows);
  g_test_add_func ("/model/demo/sixty-households", test_sixty_households);
  g_test_add_func ("/model/demo/cancelling-keeps-what-was-made", test_cancelling_keeps_what_was_made);
  g_test_add_func ("/model/demo/as-many-contacts-as-asked", test_as_many_contacts_as_asked);

  return g_test_run ();
}
