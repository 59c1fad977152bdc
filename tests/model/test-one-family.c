/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk.h"
#include "model/gez-duplicate-link.h"
#include "model/gez-fingerprint-choice.h"
#include "model/gez-household.h"
#include "store/gez-record.h"

/* Two files of one family: linked, and one that nobody may come to know of. */

static GPtrArray *
run (Desk     *desk,
     GezQuery *query)
{
  g_autoptr (GezQuery) owned = query;
  g_autoptr (GError) error = NULL;
  GPtrArray *records = gez_store_run (desk->fixture->store, owned, &error);

  g_assert_no_error (error);
  return records;
}

static void
make_other (Desk  *desk,
            GezId *household,
            GezId *person)
{
  GezPersonInput persons[] = { { .first_name = "Amira", .last_name = "Denkbeeld", .role = "mother" } };
  GezHouseholdInput input = { .name = "Gezin Denkbeeld", .persons = persons, .n_persons = 1 };

  desk_do (desk, gez_household_create (desk->context, &input, household));
  *person = desk_id (desk, "SELECT id FROM person WHERE last_name = 'Denkbeeld'");
}

static void
test_link_shows_on_both_sides (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (GPtrArray) here = NULL, there = NULL, gone = NULL;
  GezDuplicateLinkInput family = { .household_id = &desk->household };
  GezDuplicateLinkInput person = { .household_id = &desk->household, .person_id = &desk->person };
  GezId other, amira, link;

  make_other (desk, &other, &amira);
  family.other_household_id = person.other_household_id = &other;
  person.other_person_id = &amira;
  desk_do (desk, gez_duplicate_link_add (desk->context, &family, &link));
  desk_do (desk, gez_duplicate_link_add (desk->context, &person, NULL));

  here = run (desk, gez_duplicate_link_query (&desk->household));
  there = run (desk, gez_duplicate_link_query (&other));
  g_assert_cmpuint (here->len, ==, 2);
  g_assert_cmpuint (there->len, ==, 2);
  g_assert_cmpint (gez_record_get_integer (here->pdata[0], "is_person"), ==, 0);
  g_assert_cmpstr (gez_record_get_text (here->pdata[0], "other_name"), ==, "Gezin Denkbeeld");
  g_assert_cmpstr (gez_record_get_text (here->pdata[0], "by_name"), ==, "Testa Verzonnen");
  g_assert_cmpstr (gez_record_get_text (here->pdata[0], "linked_on"), ==, DESK_TODAY);
  g_assert_cmpstr (gez_record_get_text (here->pdata[1], "other_person_name"), ==, "Amira Denkbeeld");
  g_assert_cmpstr (gez_record_get_text (there->pdata[0], "other_name"), ==, "Gezin Voorbeeld");
  g_assert_cmpstr (gez_record_get_text (there->pdata[1], "person_name"), ==, "Amira Denkbeeld");
  /* Who works with this family knows of the link; nothing else changed hands. */
  desk_assert (desk, "SELECT DISTINCT CAST(substr(circle, 1, 1) AS TEXT) AS text FROM duplicate_link", "o");

  desk_do (desk, gez_duplicate_link_remove (desk->context, &link));
  gone = run (desk, gez_duplicate_link_query (&other));
  g_assert_cmpuint (gone->len, ==, 1);
}

/* Of a file that is not here the link says that it is there, and not whose it is. */
static void
test_link_to_a_file_that_cannot_be_read (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (GPtrArray) links = NULL;
  GezId absent = gez_id_new (desk->fixture->clock);
  GezDuplicateLinkInput family = { .household_id = &desk->household, .other_household_id = &absent };

  desk_do (desk, gez_duplicate_link_add (desk->context, &family, NULL));
  links = run (desk, gez_duplicate_link_query (&desk->household));
  g_assert_cmpuint (links->len, ==, 1);
  g_assert_true (gez_record_is_null (links->pdata[0], "other_name"));
}

static void
test_left_out_until_it_is_taken_in (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (GPtrArray) none = run (desk, gez_fingerprint_choice_query (&desk->household));
  g_autoptr (GPtrArray) choices = NULL, after = NULL;

  g_assert_cmpuint (none->len, ==, 0);
  /* Two people who did not know of each other: one taking in ends both. */
  desk_do (desk, gez_fingerprint_choice_leave_out (desk->context, &desk->household, " Verborgen adres "));
  desk_do (desk, gez_fingerprint_choice_leave_out (desk->context, &desk->household, NULL));
  choices = run (desk, gez_fingerprint_choice_query (&desk->household));
  g_assert_cmpuint (choices->len, ==, 2);
  desk_assert (desk, "SELECT reason AS text FROM fingerprint_choice WHERE reason IS NOT NULL",
               "Verborgen adres");
  desk_do (desk, gez_fingerprint_choice_take_in (desk->context, choices));
  after = run (desk, gez_fingerprint_choice_query (&desk->household));
  g_assert_cmpuint (after->len, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/one-family/link-on-both-sides", test_link_shows_on_both_sides);
  g_test_add_func ("/model/one-family/link-to-unreadable", test_link_to_a_file_that_cannot_be_read);
  g_test_add_func ("/model/one-family/left-out", test_left_out_until_it_is_taken_in);

  return g_test_run ();
}
