/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk.h"
#include "model/gez-assessment.h"
#include "model/gez-flag.h"
#include "model/gez-goal.h"
#include "model/gez-helper.h"
#include "model/gez-household.h"
#include "model/gez-member.h"
#include "model/gez-partner.h"
#include "model/gez-record-edit.h"
#include "model/gez-relation.h"
#include "model/gez-step.h"
#include "model/gez-trajectory.h"

/* Every command in a real store: what it writes, who may read it, and that it can be taken back
 * (desk_do() does that for each of them). */

#define CIRCLE "CAST(substr(circle, 1, 1) AS TEXT)"
#define MEMBER_NAME "(SELECT name FROM member m WHERE m.id = "

static void
test_household (void)
{
  g_autoptr (Desk) desk = desk_new ();
  GezPersonInput persons[] = {
    { .first_name = "Sem", .born_on = "1988-02-29", .role = "father", .gender = "m" },
    { .first_name = "  Nour ", .is_age_estimated = TRUE, .age = 0, .role = "child" },
  };
  GezHouseholdInput input = { .name = "O'Neill & <Zonen>", .residence = "social",
                              .known_to_ocmw = "no",
                              .persons = persons, .n_persons = 2, .started_on = "2026-03-02" };
  GezId id;

  desk_do (desk, gez_household_create (desk->context, &input, &id));
  desk_assert (desk,
               "SELECT printf('%s|%s|%s|%s|%s', name, residence, known_to_ocmw, known_asked_on, "
                     CIRCLE ") AS text FROM household WHERE name <> 'Gezin Voorbeeld'",
               "O'Neill & <Zonen>|social|no|2026-03-02|o");
  desk_assert (desk, "SELECT printf('%s|%s|%s|%s|%s', first_name, born_on, estimated_age, "
                     "age_estimated_on, role) AS text FROM person p "
                     "JOIN membership m ON m.person_id = p.id WHERE last_name IS NULL ORDER BY p.row",
               "Sem|1988-02-29|||father\nNour||0|" DESK_TODAY "|child");
  desk_assert (desk, "SELECT printf('%s|%s|%s', state, happened_on, " MEMBER_NAME "t.member_id)) "
                     "AS text FROM trajectory t JOIN trajectory_event e ON e.trajectory_id = t.id "
                     "ORDER BY happened_on",
               "intake|2026-03-02|Testa Verzonnen\nintake|" DESK_TODAY "|Testa Verzonnen");
  desk_assert (desk, "SELECT printf('%s|%s|%d|%s', kind, since_on, is_contact_person, "
                     MEMBER_NAME "helper.member_id)) AS text FROM helper ORDER BY since_on LIMIT 1",
               "professional|2026-03-02|1|Testa Verzonnen");
  desk_do (desk, gez_household_set_known (desk->context, &desk->household, "yes", NULL));
  desk_assert (desk,
               "SELECT printf('%s|%s|%s', known_to_ocmw, known_to_city, known_asked_on) AS text "
                     "FROM household WHERE name = 'Gezin Voorbeeld'", "yes||" DESK_TODAY);
  desk_do (desk, gez_household_withdraw (desk->context, &id, "dubbel"));
  desk_assert (desk, "SELECT name AS text FROM household WHERE withdrawn_at IS NULL",
               "Gezin Voorbeeld");
}

static void
test_household_that_may_not_be (void)
{
  g_autoptr (Desk) desk = desk_new ();
  GezHouseholdInput nameless = { .name = "  " };
  GezHouseholdInput castle = { .name = "Gezin Proef", .residence = "castle" };
  GezPersonInput unborn = { .first_name = "Testa", .born_on = "2026-02-30" };

  desk_refuse (desk, gez_household_create (desk->context, &nameless, NULL));
  desk_refuse (desk, gez_household_create (desk->context, &castle, NULL));
  desk_refuse (desk, gez_person_add (desk->context, &desk->household, &unborn, NULL));
}

static void
test_person (void)
{
  g_autoptr (Desk) desk = desk_new ();
  GezPersonInput input = { .first_name = "Ilyas", .born_on = "2015-05-06", .class_name = "4B",
                           .role = "child", .residence = "part", .custody = "om de week" };
  GezHouseholdInput other = { .name = "Gezin Denkbeeld" };
  GezId person, household, membership;

  desk_do (desk, gez_person_add (desk->context, &desk->household, &input, &person));
  desk_assert (desk,
               "SELECT printf('%s|%s|%s|%s|%s', first_name, class, residence, custody, from_on) "
                     "AS text FROM person p JOIN membership m ON m.person_id = p.id "
                     "WHERE first_name = 'Ilyas'", "Ilyas|4B|part|om de week|");
  desk_do (desk, gez_person_set_birth (desk->context, &person, NULL, TRUE, 11));
  desk_assert (desk, "SELECT printf('%s|%d|%s', born_on, estimated_age, age_estimated_on) AS text "
                     "FROM person WHERE first_name = 'Ilyas'", "|11|" DESK_TODAY);
  desk_do (desk, gez_person_set_birth (desk->context, &person, "2015-05-06", FALSE, 0));
  desk_assert (desk, "SELECT printf('%s|%s', born_on, estimated_age) AS text "
                     "FROM person WHERE first_name = 'Ilyas'", "2015-05-06|");

  membership = desk_id (desk, "SELECT m.id FROM membership m JOIN person p ON p.id = m.person_id "
                              "WHERE first_name = 'Ilyas'");
  desk_do (desk, gez_household_create (desk->context, &other, &household));
  desk_do (desk, gez_person_move (desk->context, &membership, &household, &input, NULL));
  desk_assert (desk, "SELECT printf('%s|%s|%s', h.name, from_on, to_on) AS text FROM membership m "
                     "JOIN household h ON h.id = m.household_id JOIN person p ON p.id = m.person_id "
                     "WHERE first_name = 'Ilyas' AND p.household_id = h.id ORDER BY m.row",
               "Gezin Voorbeeld||" DESK_TODAY "\nGezin Denkbeeld|" DESK_TODAY "|");
  desk_do (desk, gez_person_end_membership (desk->context, &membership, "2026-03-01"));
  desk_assert (desk, "SELECT to_on AS text FROM membership WHERE to_on IS NOT NULL", "2026-03-01");
}

static void
test_relation_and_helper (void)
{
  g_autoptr (Desk) desk = desk_new ();
  GezPersonInput child = { .first_name = "Lina", .role = "child" };
  GezRelationInput relation = { .household_id = &desk->household, .person_id = &desk->person,
                                .kind = "parent_of" };
  GezHelperInput neighbour = { .household_id = &desk->household, .kind = "network",
                               .name = "Buurvrouw" };
  GezId first = desk_id (desk, "SELECT id FROM helper");
  GezId person, id;

  desk_do (desk, gez_person_add (desk->context, &desk->household, &child, &person));
  relation.other_person_id = &person;
  desk_do (desk, gez_relation_add (desk->context, &relation, &id));
  desk_do (desk, gez_relation_end (desk->context, &id, NULL));
  desk_assert (desk,
               "SELECT printf('%s|%s|%s|%s', a.first_name, kind, b.first_name, to_on) AS text "
                     "FROM relation r JOIN person a ON a.id = person_id "
                     "JOIN person b ON b.id = other_person_id", "Amira|parent_of|Lina|" DESK_TODAY);

  desk_do (desk, gez_helper_add (desk->context, &neighbour, &id));
  desk_do (desk, gez_helper_make_contact_person (desk->context, &id, &first));
  desk_assert (desk, "SELECT name AS text FROM helper WHERE is_contact_person = 1", "Buurvrouw");
  neighbour.name = "Tante Proef";
  neighbour.is_contact_person = TRUE;
  neighbour.previous_contact_id = &id;
  desk_do (desk, gez_helper_add (desk->context, &neighbour, NULL));
  desk_assert (desk, "SELECT name AS text FROM helper WHERE is_contact_person = 1", "Tante Proef");
  desk_do (desk, gez_helper_end (desk->context, &id, NULL));
  desk_assert (desk, "SELECT printf('%s|%s|%s|' || " CIRCLE ", kind, name, until_on) AS text "
                     "FROM helper WHERE name IS NOT NULL ORDER BY name",
               "network|Buurvrouw|" DESK_TODAY "|o\nnetwork|Tante Proef||o");
}

static void
test_trajectory (void)
{
  g_autoptr (Desk) desk = desk_new ();
  GezId trajectory = desk_id (desk, "SELECT id FROM trajectory");
  GezTrajectoryInput input = { .household_id = &desk->household, .trajectory_id = &trajectory,
                               .state = "closed", .reason = "verhuisd", .result = "woning gevonden" };
  GezTrajectoryInput again = { .household_id = &desk->household };

  desk_do (desk, gez_trajectory_move (desk->context, &input));
  desk_do (desk, gez_trajectory_start (desk->context, &again, NULL));
  desk_assert (desk, "SELECT printf('%s|%s|%s|%s|%s', happened_on, state, reason, result, "
                     MEMBER_NAME "by_member_id)) AS text FROM trajectory_event ORDER BY row",
               DESK_TODAY "|intake|||Testa Verzonnen\n" DESK_TODAY
               "|closed|verhuisd|woning gevonden|Testa Verzonnen\n" DESK_TODAY
               "|intake|||Testa Verzonnen");
  g_assert_cmpint (desk_count (desk, "SELECT count(*) AS count FROM trajectory"), ==, 2);
}

static void
test_assessment (void)
{
  g_autoptr (Desk) desk = desk_new ();
  GezAssessmentInput said = { .household_id = &desk->household, .domain_id = &desk->housing,
                              .voice = "family", .strengths = "De buren helpen.", .score = 2 };
  GezAssessmentInput more = { .needs = "Schimmel in de kamer." };
  GezAssessmentInput less = { .strengths = "", .score = GEZ_ASSESSMENT_NO_SCORE };
  GezId id;

  desk_do (desk, gez_assessment_record (desk->context, &said, &id));
  more.id = less.id = &id;
  desk_do (desk, gez_assessment_record (desk->context, &more, NULL));
  /* What was not said about stays. */
  desk_assert (desk,
               "SELECT printf('%s|%s|%d|%s|%s|%s', assessed_on, voice, score, strengths, needs, "
                     MEMBER_NAME "by_member_id)) || '|' || " CIRCLE " AS text FROM assessment",
               DESK_TODAY "|family|2|De buren helpen.|Schimmel in de kamer.|Testa Verzonnen|c");
  desk_do (desk, gez_assessment_record (desk->context, &less, NULL));
  desk_assert (desk,
               "SELECT quote(score) || quote(strengths) || quote(needs) AS text FROM assessment",
               "NULLNULL'Schimmel in de kamer.'");
}

static void
test_goal_and_steps (void)
{
  g_autoptr (Desk) desk = desk_new ();
  GezGoalInput open = { .household_id = &desk->household, .domain_id = &desk->housing,
                        .words = "Droge kamers voor de winter", .priority = 1 };
  GezGoalInput closed = { .household_id = &desk->household, .domain_id = &desk->health,
                          .words = "Weer goed slapen" };
  GezStepInput step = { .household_id = &desk->household, .what = "Dokter bellen",
                        .owner_person_id = &desk->person, .due_on = "2026-03-20" };
  GezId goal, sensitive, id;

  desk_do (desk, gez_goal_agree (desk->context, &open, &goal));
  desk_do (desk, gez_goal_agree (desk->context, &closed, &sensitive));
  step.goal_id = &sensitive;
  step.domain_id = &desk->health;
  desk_do (desk, gez_step_add (desk->context, &step, &id));
  /* Health starts among the case managers, housing with everybody around the family. */
  desk_assert (desk, "SELECT words || '|' || state || '|' || started_on || '|' || " CIRCLE
                     " AS text FROM goal ORDER BY row",
               "Droge kamers voor de winter|open|" DESK_TODAY "|o\nWeer goed slapen|open|" DESK_TODAY "|c");
  desk_assert (desk, "SELECT what || '|' || due_on || '|' || " CIRCLE " AS text FROM step",
               "Dokter bellen|2026-03-20|c");

  desk_do (desk, gez_step_done (desk->context, &id, NULL, "afspraak gemaakt"));
  desk_assert (desk, "SELECT done_on || '|' || result AS text FROM step",
               DESK_TODAY "|afspraak gemaakt");
  desk_do (desk, gez_step_not_done (desk->context, &id));
  desk_do (desk, gez_step_move (desk->context, &id, "2026-04-01"));
  step.what = "Samen de dokter bellen";
  step.due_on = NULL;
  step.owner_person_id = NULL;
  step.owner_member_id = gez_context_get_member_id (desk->context);
  desk_do (desk, gez_step_update (desk->context, &id, &step));
  desk_assert (desk, "SELECT printf('%s|%s|%s|%s|%s', what, due_on, done_on, "
                     "hex(owner_person_id), " MEMBER_NAME "owner_member_id)) AS text FROM step",
               "Samen de dokter bellen||||Testa Verzonnen");

  desk_do (desk, gez_goal_reach (desk->context, &goal, "2026-03-10"));
  desk_do (desk, gez_goal_stop (desk->context, &sensitive, NULL));
  desk_assert (desk, "SELECT state || '|' || ended_on AS text FROM goal ORDER BY row",
               "reached|2026-03-10\nstopped|" DESK_TODAY);
  desk_do (desk, gez_goal_reopen (desk->context, &goal));
  open.words = "Een droge kamer";
  open.priority = 0;
  desk_do (desk, gez_goal_update (desk->context, &goal, &open));
  desk_assert (desk,
               "SELECT printf('%s|%s|%s|%s', words, state, ended_on, priority) AS text FROM goal "
                     "ORDER BY row LIMIT 1", "Een droge kamer|open||");
}

static void
test_flag (void)
{
  g_autoptr (Desk) desk = desk_new ();
  GezFlagInput input = { .household_id = &desk->household, .fact = "Hond in de tuin",
                         .source = "zelf gezien", .from_on = "2026-08-31" };
  GezId id;

  desk_do (desk, gez_flag_raise (desk->context, &input, &id));
  desk_assert (desk, "SELECT from_on || '|' || until_on || '|' || " CIRCLE " AS text FROM flag",
               "2026-08-31|2027-02-28|o");
  desk_do (desk, gez_flag_resolve (desk->context, &id, "hond is weg"));
  desk_assert (desk, "SELECT resolved_on || '|' || resolved_reason AS text FROM flag",
               DESK_TODAY "|hond is weg");
}

static void
test_partner_and_member (void)
{
  g_autoptr (Desk) desk = desk_new ();
  GezPartnerInput partner = { .name = "Dienst Proef", .offer = "schuldhulp", .affordable = "yes" };
  GezMemberInput member = { .name = "Els Voorbeeld", .role = "brugfiguur" };
  const GezId *self = gez_context_get_member_id (desk->context);
  GezId id, els;

  desk_do (desk, gez_partner_add (desk->context, &partner, &id));
  desk_do (desk, gez_record_edit_text (desk->context, "edit-partner", "partner", &id, "offer", " "));
  desk_assert (desk, "SELECT printf('%s|%s|%s|%s|', name, offer, affordable, checked_on) || " CIRCLE
                     " AS text FROM partner", "Dienst Proef||yes|" DESK_TODAY "|t");
  gez_clock_set_now (desk->fixture->clock, DESK_NOW + 24 * 3600 * 1000);
  desk_do (desk, gez_partner_check (desk->context, &id));
  desk_assert (desk, "SELECT checked_on AS text FROM partner", "2026-03-15");
  desk_refuse (desk, gez_record_edit_text (desk->context, "edit-partner", "partner", &id, "name", ""));
  desk_refuse (desk, gez_record_edit_text (desk->context, "edit-partner", "partner", &id,
                                           "reliable", "perhaps"));
  desk_do (desk, gez_record_withdraw (desk->context, "withdraw-partner", "partner", &id, NULL));
  desk_assert (desk, "SELECT printf('%d', count(*)) AS text FROM partner WHERE withdrawn_at IS NULL",
               "0");

  desk_do (desk, gez_member_add (desk->context, &member, &els));
  desk_do (desk, gez_member_set_absence (desk->context, &els, "2026-04-01", NULL, self));
  desk_assert (desk, "SELECT printf('%s|%d|%s|', role, caseload_norm, absent_from_on) || "
                     "(SELECT name FROM member s WHERE s.id = m.stand_in_member_id) AS text "
                     "FROM member m WHERE name = 'Els Voorbeeld'",
               "brugfiguur|16|2026-04-01|Testa Verzonnen");
  desk_do (desk, gez_member_set_active (desk->context, &els, FALSE));
  g_assert_cmpint (desk_count (desk, "SELECT count(*) AS count FROM member WHERE is_active = 1"),
                   ==, 1);
}

static void
test_leaving_a_field (void)
{
  g_autoptr (Desk) desk = desk_new ();
  GezContext *context = desk->context;
  const GezId *person = &desk->person;

  desk_do (desk, gez_record_edit_text (context, "edit-person", "person", person, "nickname",
                                       " Mira\n"));
  desk_assert (desk, "SELECT nickname AS text FROM person", "Mira");
  desk_do (desk, gez_record_edit_text (context, "edit-person", "person", person, "nickname", " "));
  desk_assert (desk, "SELECT quote(nickname) AS text FROM person", "NULL");
  desk_refuse (desk, gez_record_edit_text (context, "edit-person", "person", person, "first_name",
                                           ""));
  desk_refuse (desk, gez_record_edit_text (context, "edit-person", "person", person, "gender",
                                           "?"));
  desk_do (desk, gez_record_edit_integer (context, "edit-household", "household", &desk->household,
                                          "needs_interpreter", 1));
  desk_do (desk, gez_record_edit_id (context, "edit-person", "person", person, "school_id",
                                     &desk->housing));
  desk_do (desk, gez_record_withdraw (context, "withdraw-person", "person", person, "vergissing"));
  desk_assert (desk, "SELECT withdrawn_reason AS text FROM person WHERE withdrawn_at IS NOT NULL",
               "vergissing");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/commands/household", test_household);
  g_test_add_func ("/model/commands/household-that-may-not-be", test_household_that_may_not_be);
  g_test_add_func ("/model/commands/person", test_person);
  g_test_add_func ("/model/commands/relation-and-helper", test_relation_and_helper);
  g_test_add_func ("/model/commands/trajectory", test_trajectory);
  g_test_add_func ("/model/commands/assessment", test_assessment);
  g_test_add_func ("/model/commands/goal-and-steps", test_goal_and_steps);
  g_test_add_func ("/model/commands/flag", test_flag);
  g_test_add_func ("/model/commands/partner-and-member", test_partner_and_member);
  g_test_add_func ("/model/commands/leaving-a-field", test_leaving_a_field);

  return g_test_run ();
}
