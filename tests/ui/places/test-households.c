/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/gez-act.h"
#include "households/gez-filter-bar.h"
#include "households/gez-household-row.h"
#include "households/gez-households-page.h"
#include "households/gez-saved-filter-row.h"
#include "households/gez-saved-filters.h"
#include "places-fixture.h"

static Places *
show_households (Places *places)
{
  places_show (places, gez_households_page_new (places->context), 900, 600);

  return places;
}

static void
type (Places     *places,
      const char *text)
{
  GtkWidget *search = places_find (places->place, GTK_TYPE_SEARCH_ENTRY, NULL);

  gtk_editable_set_text (GTK_EDITABLE (search), text);
  places_settle (places);
}

static guint
count_rows (Places *places)
{
  return places_count (places->place, GEZ_TYPE_HOUSEHOLD_ROW);
}

static void
test_rows (void)
{
  g_autoptr (Places) places = places_new ();
  GezId household = places_add_household (places, "O'Neill & <b>Zonen</b>", TRUE);

  places_add_person (places, &household, "Testa & <i>", "1992-02-02");
  places_add_contact (places, &household, "2026-11-20");
  places_add_followup (places, &household, "Bellen", "2026-11-18");
  places_add_household (places, "عائلة المثال", TRUE);
  places_add_household (places, "Gezin van een collega", FALSE);
  show_households (places);

  g_assert_cmpint (count_rows (places), ==, 2);
  g_assert_true (places_shows (places->place, "2 households"));
  g_assert_true (places_shows (places->place, "O'Neill & <b>Zonen</b>"));
  g_assert_true (places_shows (places->place, "عائلة المثال"));
  g_assert_true (places_shows (places->place, "\342\200\216Testa & <i> (34)"));
  g_assert_true (places_shows (places->place, "1 late"));
  g_assert_true (places_shows (places->place, "no contact yet"));
}

static void
test_accessible (void)
{
  g_autoptr (Places) places = places_new ();
  GezId household = places_add_household (places, "Gezin A & B <script>", TRUE);
  GtkWidget *row;

  places_add_person (places, &household, "Testa", "1992-02-02");
  places_add_followup (places, &household, "Bellen", "2026-11-18");
  show_households (places);

  row = gtk_widget_get_parent (places_find (places->place, GEZ_TYPE_HOUSEHOLD_ROW, NULL));
  gtk_test_accessible_assert_property (
    row, GTK_ACCESSIBLE_PROPERTY_LABEL,
    "Gezin A & B <script>, Testa (34), no contact yet, 1 late");
}

static void
test_search (void)
{
  g_autoptr (Places) places = places_new ();
  GezId household = places_add_household (places, "Gezin Eerste", TRUE);

  places_add_person (places, &household, "Zoë", "1992-02-02");
  places_add_household (places, "Gezin Tweede", TRUE);
  places_add_household (places, "Iemand Anders", TRUE);
  show_households (places);

  g_assert_cmpint (count_rows (places), ==, 3);
  type (places, "gez");
  g_assert_cmpint (count_rows (places), ==, 2);
  g_assert_true (places_shows (places->place, "2 households found"));
  type (places, "gezin zoe");
  g_assert_cmpint (count_rows (places), ==, 1);
  g_assert_true (places_shows (places->place, "Gezin Eerste"));
  type (places, "bestaat niet");
  g_assert_cmpint (count_rows (places), ==, 0);
  g_assert_true (places_shows (places->place, "Nothing found"));
  type (places, "");
  g_assert_cmpint (count_rows (places), ==, 3);
}

static void
test_mine_and_team (void)
{
  g_autoptr (Places) places = places_new ();
  GtkWidget *team;

  places_add_household (places, "Gezin Collega", FALSE);
  show_households (places);
  g_assert_true (places_shows (places->place, "No households of yours yet"));

  type (places, "collega");
  g_assert_true (places_shows (places->place, "Nothing found"));
  team = places_find (places->place, GTK_TYPE_BUTTON, "Look in the whole team");
  g_assert_nonnull (team);
  g_signal_emit_by_name (team, "clicked");
  places_settle (places);
  g_assert_true (places_shows (places->place, "Gezin Collega"));
}

static void
test_new_with_the_name_typed (void)
{
  g_autoptr (Places) places = places_new ();
  GtkWidget *add;

  show_households (places);
  type (places, " Gezin <Nieuw> ");
  add = places_find (places->place, GTK_TYPE_BUTTON, "New household with this name");
  g_assert_nonnull (add);
  g_signal_emit_by_name (add, "clicked");
  g_assert_cmpstr (places->asked->str, ==, "new-household-named Gezin <Nieuw>\n");
}

/* Enter in the entry opens the first row of the answer to what was typed, not of the one before. */
static void
test_enter_opens_what_was_typed (void)
{
  g_autoptr (Places) places = places_new ();
  GezId second;
  GtkWidget *search;
  g_autofree char *id = NULL, *asked = NULL;

  places_add_household (places, "Gezin Aan Het Begin", TRUE);
  second = places_add_household (places, "Gezin Zonneschijn", TRUE);
  show_households (places);

  search = places_find (places->place, GTK_TYPE_SEARCH_ENTRY, NULL);
  gtk_editable_set_text (GTK_EDITABLE (search), "zon");
  g_signal_emit_by_name (search, "activate");
  places_settle (places);
  id = gez_id_to_string (&second);
  asked = g_strdup_printf ("open-household %s\n", id);
  g_assert_cmpstr (places->asked->str, ==, asked);
}

static void
test_keys (void)
{
  g_autoptr (Places) places = places_new ();
  GtkWidget *search;

  places_add_household (places, "Gezin Voorbeeld", TRUE);
  show_households (places);
  search = places_find (places->place, GTK_TYPE_SEARCH_ENTRY, NULL);

  gtk_widget_grab_focus (places_find (places->place, GTK_TYPE_TOGGLE_BUTTON, "Team"));
  g_assert_true (places_press (places->place, GDK_KEY_f, GDK_CONTROL_MASK));
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (places->window)),
                                         search));
  g_assert_true (places_press (places->place, GDK_KEY_n, GDK_CONTROL_MASK));
  g_assert_cmpstr (places->asked->str, ==, "new-household\n");
}

static GtkWidget *
find_entry (GtkWidget  *root,
            const char *placeholder)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_entry (child, placeholder);

      if (GTK_IS_ENTRY (child)
          && g_strcmp0 (gtk_entry_get_placeholder_text (GTK_ENTRY (child)), placeholder) == 0)
        return child;
      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
keep_filter (Places     *places,
             const char *name)
{
  GtkWidget *saved = places_find (places->place, GEZ_TYPE_SAVED_FILTERS, NULL);
  GtkWidget *entry = find_entry (saved, "Name for what shows now");

  gtk_editable_set_text (GTK_EDITABLE (entry), name);
  g_signal_emit_by_name (entry, "activate");
  places_settle (places);
}

static GezSavedFilterRow *
open_filters (Places *places)
{
  GtkWidget *saved = places_find (places->place, GEZ_TYPE_SAVED_FILTERS, NULL);

  gtk_menu_button_popup (GTK_MENU_BUTTON (gtk_widget_get_first_child (saved)));
  places_settle (places);
  return (GezSavedFilterRow *) places_find (saved, GEZ_TYPE_SAVED_FILTER_ROW, NULL);
}

static GezRecord *
only_filter (Places *places)
{
  g_autoptr (GezQuery) query = gez_store_filter_query ();
  g_autoptr (GPtrArray) filters = gez_store_run (places->fixture->store, query, NULL);

  return filters->len == 0 ? NULL : g_object_ref (filters->pdata[0]);
}

static void
test_saved_filters (void)
{
  g_autoptr (Places) places = places_new ();
  g_autoptr (GezRecord) filter = NULL, renamed = NULL, removed = NULL, back = NULL;
  gint64 n_log;

  places_add_household (places, "Gezin Eerste", TRUE);
  places_add_household (places, "Gezin Collega", FALSE);
  show_households (places);
  n_log = store_fixture_count (places->fixture, "SELECT count(*) AS count FROM change_log");
  g_signal_emit_by_name (places_find (places->place, GTK_TYPE_BUTTON, "Team"), "clicked");
  type (places, "coll");
  g_assert_cmpint (count_rows (places), ==, 1);
  keep_filter (places, " Van <collega's> ");
  type (places, "");
  gtk_toggle_button_set_active (
    GTK_TOGGLE_BUTTON (places_find (places->place, GTK_TYPE_TOGGLE_BUTTON, "Mine")), TRUE);
  places_settle (places);
  g_assert_false (places_shows (places->place, "Gezin Collega"));

  g_signal_emit_by_name (open_filters (places), "chosen", filter = only_filter (places));
  places_settle (places);
  g_assert_true (places_shows (places->place, "Gezin Collega"));
  g_assert_cmpint (count_rows (places), ==, 1);
  g_assert_cmpstr (gez_record_get_text (filter, "name"), ==, "Van <collega's>");

  g_signal_emit_by_name (open_filters (places), "renamed", filter, "Anders");
  places_settle (places);
  renamed = only_filter (places);
  g_assert_cmpstr (gez_record_get_text (renamed, "name"), ==, "Anders");
  g_signal_emit_by_name (open_filters (places), "removed", renamed);
  places_settle (places);
  g_assert_null (removed = only_filter (places));
  gez_undo_last (places->place, places->context);
  places_settle (places);
  back = only_filter (places);
  g_assert_cmpstr (gez_record_get_text (back, "name"), ==, "Anders");
  g_assert_cmpint (store_fixture_count (places->fixture, "SELECT count(*) AS count FROM change_log"),
                   ==, n_log);
}

/* A filter of another version of the program shows too much rather than nothing. */
static void
test_odd_filters (void)
{
  static const char *const texts[] = { "", "{}", "{'state': 'gone', 'order': ''}", "[1, 2", "\xff" };
  g_autoptr (Places) places = places_new ();
  GezFilterBar *bar;

  show_households (places);
  bar = GEZ_FILTER_BAR (places_find (places->place, GEZ_TYPE_FILTER_BAR, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *words = gez_filter_bar_set_text (bar, texts[i]);

      g_assert_cmpstr (words, ==, "");
      g_assert_false (gez_filter_bar_is_narrowed (bar));
    }
}

/* GTK issue 2971: rows of different heights make a long list jump. */
static void
test_one_height (void)
{
  static const char * const names[] = {
    "Kort", "عائلة المثال الطويلة", "กขฃคฅ ฆงจฉช", "😀 & <b>", NULL,
  };
  g_autoptr (Places) places = places_new ();
  g_autoptr (GString) long_name = g_string_new (NULL);
  GtkWidget *list, *row;
  int height;

  for (guint i = 0; i < 30; i++)
    g_string_append (long_name, "lange naam ");
  places_add_household (places, long_name->str, TRUE);
  for (gsize i = 0; names[i] != NULL; i++)
    places_add_household (places, names[i], TRUE);
  show_households (places);

  list = places_find (places->place, GTK_TYPE_LIST_VIEW, NULL);
  row = gtk_widget_get_first_child (list);
  height = gtk_widget_get_height (row);
  g_assert_cmpint (count_rows (places), ==, 5);
  g_assert_cmpint (height, >, 20);
  for (; row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      g_assert_cmpint (gtk_widget_get_height (row), ==, height);
      g_assert_cmpint (gtk_widget_get_width (row), <=, 900);
    }
}

static void
test_pages (void)
{
  g_autoptr (Places) places = places_new ();
  GtkWidget *list, *scrolled;
  GtkAdjustment *adjustment;
  GtkSelectionModel *model;

  for (guint i = 0; i < 230; i++)
    {
      g_autofree char *name = g_strdup_printf ("Gezin %03u", i);

      places_add_household (places, name, TRUE);
    }
  show_households (places);

  list = places_find (places->place, GTK_TYPE_LIST_VIEW, NULL);
  scrolled = gtk_widget_get_ancestor (list, GTK_TYPE_SCROLLED_WINDOW);
  model = gtk_list_view_get_model (GTK_LIST_VIEW (list));
  g_assert_true (places_shows (places->place, "230 households"));
  /* Rows come a handful at a time, up to the first page. */
  while (g_list_model_get_n_items (G_LIST_MODEL (model)) < 200)
    g_main_context_iteration (NULL, TRUE);
  places_settle (places);
  g_assert_cmpint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 200);

  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  places_settle (places);
  g_assert_cmpint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 230);
}

static void
test_follows_the_store (void)
{
  g_autoptr (Places) places = places_new ();

  show_households (places);
  g_assert_cmpint (count_rows (places), ==, 0);
  places_add_household (places, "Gezin Net Gemaakt", TRUE);
  places_settle (places);
  g_assert_true (places_shows (places->place, "Gezin Net Gemaakt"));
}

/* 350 pixels is what a window of 360 leaves for its content. */
static void
test_narrow (void)
{
  g_autoptr (Places) places = places_new ();
  int minimum;

  places_add_household (places, "Gezin met een naam die veel te lang is voor een telefoon", TRUE);
  places_show (places, gez_households_page_new (places->context), 360, 640);
  gtk_widget_measure (places->place, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 350);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/places/households/rows", test_rows);
  g_test_add_func ("/places/households/accessible", test_accessible);
  g_test_add_func ("/places/households/search", test_search);
  g_test_add_func ("/places/households/mine-and-team", test_mine_and_team);
  g_test_add_func ("/places/households/enter", test_enter_opens_what_was_typed);
  g_test_add_func ("/places/households/new-with-name", test_new_with_the_name_typed);
  g_test_add_func ("/places/households/keys", test_keys);
  g_test_add_func ("/places/households/saved-filters", test_saved_filters);
  g_test_add_func ("/places/households/odd-filters", test_odd_filters);
  g_test_add_func ("/places/households/one-height", test_one_height);
  g_test_add_func ("/places/households/pages", test_pages);
  g_test_add_func ("/places/households/follows-the-store", test_follows_the_store);
  g_test_add_func ("/places/households/narrow", test_narrow);

  return g_test_run ();
}
