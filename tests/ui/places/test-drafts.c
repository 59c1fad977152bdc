/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/gez-act.h"
#include "common/gez-row.h"
#include "drafts/gez-drafts-page.h"
#include "places-fixture.h"

#define DRAFTS "SELECT count (*) AS count FROM draft"

static void
show_drafts (Places *places)
{
  places_show (places, gez_drafts_page_new (places->context), 900, 600);
}

static void
add_draft (Places      *places,
           const GezId *household,
           const char  *place,
           const char  *content)
{
  gez_store_save_draft_async (places->fixture->store, place, household, content, NULL, NULL);
}

static void
test_none (void)
{
  g_autoptr (Places) places = places_new ();

  show_drafts (places);
  g_assert_true (places_shows (places->place, "No drafts"));
}

static void
test_rows (void)
{
  g_autoptr (Places) places = places_new ();
  GezId household = places_add_household (places, "Gezin A & <b>", TRUE);
  g_autofree char *id = gez_id_to_string (&household);
  g_autofree char *asked = g_strdup_printf ("open-household-tab %s plan\n", id);

  add_draft (places, &household, "journal",
             "{'date': <'vandaag'>, 'text': <'Ze belden\nover de huur & <i>meer'>, 'channel': <''>}");
  add_draft (places, &household, "domain:housing", "{'family.needs': 'Een droge kamer'}");
  add_draft (places, &household, "overview#trajectory", "{'reason': 'Pauze gevraagd'}");
  add_draft (places, &household, "plan#goal:x",
             "{'form': 'step', 'values': \"{'what': 'Samen bellen', 'due': ''}\"}");
  add_draft (places, &household, "unknown#thing", "no form of ours");
  show_drafts (places);
  g_assert_cmpint (places_count (places->place, GEZ_TYPE_ROW), ==, 5);
  g_assert_true (places_shows (places->place, "Gezin A & <b>"));
  g_assert_true (places_shows (places->place,
                               "Contact for the journal · Ze belden over de huur & <i>meer"));
  g_assert_true (places_shows (places->place, "Trajectory · Pauze gevraagd"));
  g_assert_true (places_shows (places->place, "Goal or step · Samen bellen"));
  gtk_widget_activate (places_find (places->place, GEZ_TYPE_ROW, "Goal or step · Samen bellen"));
  places_settle (places);
  g_assert_cmpstr (places->asked->str, ==, asked);
}

static void
test_throw_away (void)
{
  g_autoptr (Places) places = places_new ();
  GezId household = places_add_household (places, "Gezin Verzonnen", TRUE);
  g_autoptr (GezQuery) query = gez_store_draft_query ("journal", &household);
  g_autoptr (GPtrArray) drafts = NULL;

  add_draft (places, &household, "journal", "{'text': <'Half'>}");
  show_drafts (places);
  g_signal_emit_by_name (places_find (places_find (places->place, GEZ_TYPE_ROW, NULL),
                                      GTK_TYPE_BUTTON, NULL), "clicked");
  places_settle (places);
  g_assert_cmpint (store_fixture_count (places->fixture, DRAFTS), ==, 0);
  g_assert_true (places_shows (places->place, "No drafts"));
  gez_undo_last (places->place, places->context);
  places_settle (places);
  g_assert_true (places_shows (places->place, "Contact for the journal · Half"));
  drafts = gez_store_run (places->fixture->store, query, NULL);
  g_assert_cmpstr (gez_record_get_text (drafts->pdata[0], "content"), ==, "{'text': <'Half'>}");
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("LANGUAGE", "en", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/drafts/none", test_none);
  g_test_add_func ("/drafts/rows", test_rows);
  g_test_add_func ("/drafts/throw-away", test_throw_away);
  return g_test_run ();
}
