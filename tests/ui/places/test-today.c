/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/gez-draft-keeper.h"
#include "common/gez-row.h"
#include "places-fixture.h"
#include "today/gez-today-page.h"

static void
show_today (Places *places)
{
  places_show (places, gez_today_page_new (places->context), 900, 900);
}

static GtkWidget *
find_row (Places     *places,
          const char *text)
{
  GtkWidget *row = places_find (places->place, GEZ_TYPE_ROW, text);

  g_assert_nonnull (row);

  return row;
}

static void
test_empty (void)
{
  g_autoptr (Places) places = places_new ();

  show_today (places);
  g_assert_true (places_shows (places->place, "Nothing waits for you today"));
  g_assert_false (places_shows (places->place, "Come back"));
}

static void
test_sections (void)
{
  g_autoptr (Places) places = places_new ();
  GezId household = places_add_household (places, "O'Neill & <Zonen>", TRUE);

  places_add_appointment (places, &household, "Huisbezoek & koffie", PLACES_TODAY, "10:00");
  places_add_appointment (places, &household, "Volgende week", "2026-11-28", "10:00");
  places_add_followup (places, &household, "Bellen met de <school>", PLACES_TODAY);
  places_add_followup (places, &household, "Brief sturen", "2026-11-18");
  places_add_followup (places, &household, "Later", "2026-11-22");
  places_add_referral (places, &household, "Woonclub", "2026-10-01");
  places_add_question (places, &household, "Wat met de toeslag?", "2026-11-20");
  show_today (places);

  find_row (places, "10:00  Huisbezoek & koffie");
  find_row (places, "Bellen met de <school>");
  find_row (places, "Brief sturen");
  find_row (places, "Woonclub");
  find_row (places, "no news for 51 days");
  find_row (places, "Wat met de toeslag?");
  g_assert_false (places_shows (places->place, "Later"));
  g_assert_false (places_shows (places->place, "10:00  Volgende week"));
  g_assert_true (places_shows (places->place, "1 appointment"));
  g_assert_true (places_shows (places->place, "1 to do today"));
  g_assert_true (places_shows (places->place, "1 late"));
}

static void
test_open_where_it_is_done (void)
{
  g_autoptr (Places) places = places_new ();
  GezId household = places_add_household (places, "Gezin Voorbeeld", TRUE);
  GezId woonclub = places_add_referral (places, &household, "Woonclub", "2026-10-01");
  g_autofree char *id = gez_id_to_string (&household), *referral = gez_id_to_string (&woonclub);
  g_autofree char *asked = NULL;
  GtkListBox *list;

  places_add_question (places, &household, "Wat met de toeslag?", "2026-11-20");
  show_today (places);

  list = GTK_LIST_BOX (gtk_widget_get_parent (find_row (places, "Woonclub")));
  g_signal_emit_by_name (list, "row-activated", find_row (places, "Woonclub"));
  list = GTK_LIST_BOX (gtk_widget_get_parent (find_row (places, "Wat met de toeslag?")));
  g_signal_emit_by_name (list, "row-activated", find_row (places, "Wat met de toeslag?"));
  asked = g_strdup_printf ("open-household-tab %s referrals/%s\nopen-household-tab %s journal\n",
                           id, referral, id);
  g_assert_cmpstr (places->asked->str, ==, asked);
}

/* Done is one click; the row goes, and the focus goes to the next one instead of being lost. */
static void
test_done (void)
{
  g_autoptr (Places) places = places_new ();
  GezId household = places_add_household (places, "Gezin Voorbeeld", TRUE);
  GtkWidget *check;

  places_add_followup (places, &household, "Eerste", "2026-11-18");
  places_add_followup (places, &household, "Tweede", "2026-11-19");
  show_today (places);

  check = places_find (find_row (places, "Eerste"), GTK_TYPE_CHECK_BUTTON, NULL);
  gtk_test_accessible_assert_property (check, GTK_ACCESSIBLE_PROPERTY_LABEL, "Done: Eerste");
  gtk_widget_grab_focus (check);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  places_settle (places);
  g_assert_false (places_shows (places->place, "Eerste"));
  g_assert_true (places_shows (places->place, "Tweede"));
  g_assert_cmpint (store_fixture_count (places->fixture,
                                        "SELECT count(*) AS count FROM followup"
                                        " WHERE what = 'Eerste' AND done_on = '2026-11-21'"),
                   ==, 1);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (places->window))
                 == find_row (places, "Tweede"));
}

static void
test_rows_that_stay_are_kept (void)
{
  g_autoptr (Places) places = places_new ();
  GezId household = places_add_household (places, "Gezin Voorbeeld", TRUE);
  GtkWidget *row;

  places_add_followup (places, &household, "Eerste", "2026-11-18");
  show_today (places);
  row = find_row (places, "Eerste");
  places_add_followup (places, &household, "Tweede", "2026-11-19");
  places_settle (places);
  find_row (places, "Tweede");
  g_assert_true (find_row (places, "Eerste") == row);
}

static void
test_limit (void)
{
  g_autoptr (Places) places = places_new ();
  GezId household = places_add_household (places, "Gezin Voorbeeld", TRUE);
  GtkWidget *more;

  for (guint i = 0; i < 60; i++)
    places_add_followup (places, &household, "Bellen", "2026-11-18");
  show_today (places);

  g_assert_cmpint (places_count (places->place, GTK_TYPE_CHECK_BUTTON), ==, 10);
  more = find_row (places, "Show all 60");
  g_signal_emit_by_name (gtk_widget_get_parent (more), "row-activated", more);
  places_settle (places);
  g_assert_cmpint (places_count (places->place, GTK_TYPE_CHECK_BUTTON), ==, 60);
}

static void
test_after_midnight (void)
{
  g_autoptr (Places) places = places_new ();
  GezId household = places_add_household (places, "Gezin Voorbeeld", TRUE);

  places_add_followup (places, &household, "Voor morgen", "2026-11-22");
  show_today (places);
  g_assert_false (places_shows (places->place, "Voor morgen"));
  gez_clock_set_now (places->fixture->clock, PLACES_NOW + G_GINT64_CONSTANT (86400000));
  gtk_widget_hide (places->place);
  gtk_widget_show (places->place);
  places_settle (places);
  g_assert_true (places_shows (places->place, "Voor morgen"));
}

/* What was being written about a partner leads to where it can be finished. */
static void
test_partner_draft (void)
{
  g_autoptr (Places) places = places_new ();
  g_autoptr (GezDraftKeeper) keeper = gez_draft_keeper_new (places->context, "partner", &places->me);
  GtkWidget *row;

  gez_draft_keeper_touch (keeper, "{'name': <'Huis'>}");
  gez_draft_keeper_flush (keeper);
  places_settle (places);
  places_show (places, gez_today_page_new (places->context), 900, 700);
  row = places_find (places->place, GEZ_TYPE_ROW, "Partner");
  g_assert_nonnull (row);
  g_signal_emit_by_name (row, "activate");
  g_assert_cmpstr (places->asked->str, ==, "open-partner \n");
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/places/today/empty", test_empty);
  g_test_add_func ("/places/today/sections", test_sections);
  g_test_add_func ("/places/today/open", test_open_where_it_is_done);
  g_test_add_func ("/places/today/done", test_done);
  g_test_add_func ("/places/today/keeps-rows", test_rows_that_stay_are_kept);
  g_test_add_func ("/places/today/limit", test_limit);
  g_test_add_func ("/places/today/after-midnight", test_after_midnight);
  g_test_add_func ("/places/today/partner-draft", test_partner_draft);

  return g_test_run ();
}
