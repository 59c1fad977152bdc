/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agenda/gez-agenda-block.h"
#include "agenda/gez-agenda-dialog.h"
#include "agenda/gez-agenda-list.h"
#include "agenda/gez-agenda-page.h"
#include "agenda/gez-month-day.h"
#include "agenda/gez-month-grid.h"
#include "agenda/gez-week-day.h"
#include "agenda/gez-week-grid.h"
#include "agenda/gez-week-top.h"
#include "common/gez-act.h"
#include "common/gez-entry-row.h"
#include "common/gez-row.h"
#include "household/gez-choice-row.h"
#include "places-fixture.h"

static void
press (Places     *places,
       guint       key,
       const char *expected)
{
  GtkWidget *grid = places_find (places->place, GEZ_TYPE_MONTH_GRID, NULL);

  g_assert_true (places_press (grid, key, 0));
  places_settle (places);
  g_assert_cmpstr (gez_month_grid_get_date (GEZ_MONTH_GRID (grid)), ==, expected);
}

static void
test_keys (void)
{
  g_autoptr (Places) places = places_new ();

  places_show (places, gez_agenda_page_new (places->context), 1000, 700);
  press (places, GDK_KEY_Left, "2026-11-20");
  press (places, GDK_KEY_Down, "2026-11-27");
  press (places, GDK_KEY_Down, "2026-12-04");
  press (places, GDK_KEY_Up, "2026-11-27");
  press (places, GDK_KEY_Right, "2026-11-28");
  press (places, GDK_KEY_Page_Down, "2026-12-28");
  press (places, GDK_KEY_Page_Up, "2026-11-28");
  press (places, GDK_KEY_Home, PLACES_TODAY);
}

static GezMonthDay *
find_day (Places     *places,
          const char *number)
{
  GtkWidget *day = places_find (places->place, GEZ_TYPE_MONTH_DAY, number);

  g_assert_nonnull (day);

  return GEZ_MONTH_DAY (day);
}

static void
test_month (void)
{
  g_autoptr (Places) places = places_new ();
  GezId household = places_add_household (places, "Gezin <b>Voorbeeld", TRUE);
  g_autofree char *more = NULL;
  GtkWidget *day;

  places_add_appointment (places, &household, "Huisbezoek", "2026-11-25", "10:00");
  for (guint i = 0; i < 14; i++)
    places_add_followup (places, &household, "Bellen", "2026-11-25");
  places_show (places, gez_agenda_page_new (places->context), 1200, 900);

  day = GTK_WIDGET (find_day (places, "25"));
  g_assert_cmpstr (gez_month_day_get_date (GEZ_MONTH_DAY (day)), ==, "2026-11-25");
  g_assert_cmpint (gez_month_day_get_n_records (GEZ_MONTH_DAY (day)), ==, 15);
  g_assert_true (places_shows (day, "10:00 Huisbezoek · \u2068Gezin <b>Voorbeeld\u2069"));
  g_assert_cmpuint (places_count (day, GEZ_TYPE_AGENDA_BLOCK), >=, 2);
  more = g_strdup_printf ("+%u", 15 - places_count (day, GEZ_TYPE_AGENDA_BLOCK));
  g_assert_true (places_shows (day, more));
  gtk_test_accessible_assert_property (day, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Wednesday 25 November 2026, 1 appointment, 14 follow-ups");
  g_assert_cmpint (gez_month_day_get_n_records (find_day (places, "24")), ==, 0);
}

static void
test_day_beside (void)
{
  g_autoptr (Places) places = places_new ();
  GezId household = places_add_household (places, "Gezin Voorbeeld", TRUE);
  GtkWidget *grid;

  places_add_appointment (places, &household, "Huisbezoek", "2026-11-25", "10:00");
  places_show (places, gez_agenda_page_new (places->context), 1000, 700);
  g_assert_true (places_shows (places->place, "Nothing on this day."));

  grid = places_find (places->place, GEZ_TYPE_MONTH_GRID, NULL);
  gez_month_grid_set_date (GEZ_MONTH_GRID (grid), "2026-11-25");
  places_settle (places);
  g_assert_nonnull (places_find (places->place, GEZ_TYPE_ROW, "10:00  Huisbezoek"));
  g_assert_false (places_shows (places->place, "Nothing on this day."));
}

/* After a click on what stands on another day the arrows go on from there. */
static void
test_day_of_focus (void)
{
  g_autoptr (Places) places = places_new ();
  GezId household = places_add_household (places, "Gezin Voorbeeld", TRUE);
  GtkWidget *block;

  places_add_appointment (places, &household, "Huisbezoek", "2026-11-25", "10:00");
  places_show (places, gez_agenda_page_new (places->context), 1200, 900);
  block = places_find (GTK_WIDGET (find_day (places, "25")), GEZ_TYPE_AGENDA_BLOCK, NULL);
  g_assert_true (gtk_widget_grab_focus (block));
  press (places, GDK_KEY_Right, "2026-11-26");
}

static void
test_list (void)
{
  g_autoptr (Places) places = places_new ();
  GezId household = places_add_household (places, "Gezin Voorbeeld", TRUE);
  GtkWidget *as_list;

  places_add_appointment (places, &household, "Huisbezoek", "2026-11-25", "10:00");
  places_add_appointment (places, &household, "Andere maand", "2026-12-25", "10:00");
  places_show (places, gez_agenda_page_new (places->context), 1000, 700);
  as_list = places_find (places->place, GTK_TYPE_TOGGLE_BUTTON, "List");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (as_list), TRUE);
  places_settle (places);
  g_assert_nonnull (places_find (places->place, GEZ_TYPE_ROW, "10:00  Huisbezoek"));
  g_assert_null (places_find (places->place, GEZ_TYPE_ROW, "10:00  Andere maand"));
}

static void
test_list_of_a_household (void)
{
  g_autoptr (Places) places = places_new ();
  GezId household = places_add_household (places, "Gezin Voorbeeld", TRUE);
  GezId other = places_add_household (places, "Gezin Anders", TRUE);

  places_add_followup (places, &household, "Te laat", "2026-11-18");
  places_add_followup (places, &household, "Volgend jaar", "2027-11-18");
  places_add_appointment (places, &household, "Geweest", "2025-11-25", "10:00");
  places_add_followup (places, &other, "Van anderen", "2026-11-25");
  places_show (places, gez_agenda_list_new (places->context, &household), 700, 700);

  g_assert_true (places_shows (places->place, "Late"));
  g_assert_nonnull (places_find (places->place, GEZ_TYPE_ROW, "Te laat"));
  g_assert_nonnull (places_find (places->place, GEZ_TYPE_ROW, "Volgend jaar"));
  g_assert_nonnull (places_find (places->place, GEZ_TYPE_ROW, "10:00  Geweest"));
  g_assert_null (places_find (places->place, GEZ_TYPE_ROW, "Van anderen"));
}

static GtkWidget *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (GEZ_IS_AGENDA_DIALOG (window) && gtk_widget_get_mapped (window))
        return window;
    }

  return NULL;
}

static GtkEditable *
find_entry (GtkWidget  *dialog,
            const char *label)
{
  GtkWidget *row = places_find (dialog, GEZ_TYPE_ENTRY_ROW, label);
  GtkWidget *heading;

  if (row != NULL)
    return GTK_EDITABLE (row);

  heading = places_find (dialog, GTK_TYPE_LABEL, label);
  g_assert_nonnull (heading);

  return GTK_EDITABLE (places_find (gtk_widget_get_parent (heading), GTK_TYPE_ENTRY, NULL));
}

static void
test_add (void)
{
  g_autoptr (Places) places = places_new ();
  GtkWidget *dialog, *save;

  places_show (places, gez_agenda_page_new (places->context), 1000, 700);
  g_assert_true (places_press (places->place, GDK_KEY_n, GDK_CONTROL_MASK));
  places_settle (places);
  dialog = find_dialog ();
  g_assert_nonnull (dialog);
  save = places_find (dialog, GTK_TYPE_BUTTON, "Save");
  g_assert_false (gtk_widget_get_sensitive (save));

  gtk_editable_set_text (find_entry (dialog, "What"), "Gesprek op school");
  gtk_editable_set_text (find_entry (dialog, "Time (empty: the whole day)"), "half tien");
  g_assert_false (gtk_widget_get_sensitive (save));
  gtk_editable_set_text (find_entry (dialog, "Time (empty: the whole day)"), "9u30");
  g_assert_true (gtk_widget_get_sensitive (save));
  g_signal_emit_by_name (save, "clicked");
  places_settle (places);
  g_assert_null (find_dialog ());
  g_assert_cmpint (store_fixture_count (places->fixture,
                                        "SELECT count(*) AS count FROM appointment"
                                        " WHERE title = 'Gesprek op school'"
                                        " AND held_on = '2026-11-21' AND start_time = '09:30'"
                                        " AND household_id IS NULL"),
                   ==, 1);
  g_assert_nonnull (places_find (places->place, GEZ_TYPE_ROW, "9:30  Gesprek op school"));
}

static void
test_add_for_a_household (void)
{
  g_autoptr (Places) places = places_new ();
  GezId household = places_add_household (places, "Gezin Zonneschijn", TRUE);
  GtkWidget *dialog, *row, *save;

  places_show (places, gez_agenda_page_new (places->context), 1000, 700);
  gez_agenda_dialog_present_followup (places->place, places->context, NULL, "2026-11-24");
  places_settle (places);
  dialog = find_dialog ();
  save = places_find (dialog, GTK_TYPE_BUTTON, "Save");
  gtk_editable_set_text (find_entry (dialog, "What"), "Bellen");
  gtk_editable_set_text (find_entry (dialog, "Household"), "zon");
  places_settle (places);
  g_assert_false (gtk_widget_get_sensitive (save)); /* a name that nobody chose */
  row = places_find (dialog, GEZ_TYPE_ROW, "Gezin Zonneschijn");
  g_assert_nonnull (row);
  g_signal_emit_by_name (gtk_widget_get_parent (row), "row-activated", row);
  g_assert_true (gtk_widget_get_sensitive (save));
  g_signal_emit_by_name (save, "clicked");
  places_settle (places);
  g_assert_cmpint (store_fixture_count (places->fixture,
                                        "SELECT count(*) AS count FROM followup f"
                                        " JOIN household h ON h.id = f.household_id"
                                        " WHERE what = 'Bellen' AND due_on = '2026-11-24'"),
                   ==, 1);
  g_assert_false (gez_id_is_none (&household));
}

static GtkWidget *
show_week (Places *places,
           int     width,
           int     height)
{
  GtkWidget *week;

  places_show (places, gez_agenda_page_new (places->context), width, height);
  g_assert_true (places_press (places->place, GDK_KEY_w, 0));
  places_settle (places);
  week = places_find (places->place, GEZ_TYPE_WEEK_GRID, NULL);
  g_assert_nonnull (week);

  return week;
}

static GtkWidget *
find_block (Places     *places,
            const char *text)
{
  GtkWidget *block = places_find (places->place, GEZ_TYPE_AGENDA_BLOCK, text);

  g_assert_nonnull (block);

  return block;
}

static graphene_rect_t
get_bounds (GtkWidget *widget,
            GtkWidget *within)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (widget, within, &bounds));

  return bounds;
}

static void
test_week (void)
{
  g_autoptr (Places) places = places_new ();
  GezId household = places_add_household (places, "Gezin <b>Voorbeeld", TRUE);
  GtkWidget *week, *first, *second, *day;
  graphene_rect_t one, other;

  places_add_appointment (places, &household, "Huisbezoek", "2026-11-19", "10:00");
  places_add_appointment (places, &household, "Loket", "2026-11-19", "10:30");
  places_add_appointment (places, &household, "Later", "2026-11-23", "10:00");
  for (guint i = 0; i < 9; i++)
    places_add_followup (places, &household, "Bellen", "2026-11-20");
  week = show_week (places, 1200, 800);

  g_assert_cmpstr (gez_week_grid_get_first (GEZ_WEEK_GRID (week)), ==, "2026-11-16");
  g_assert_cmpstr (gez_week_grid_get_last (GEZ_WEEK_GRID (week)), ==, "2026-11-22");
  g_assert_true (places_shows (places->place, "November 2026, week 47"));
  first = find_block (places, "10:00 Huisbezoek · \u2068Gezin <b>Voorbeeld\u2069");
  second = find_block (places, "10:30 Loket · \u2068Gezin <b>Voorbeeld\u2069");
  g_assert_null (places_find (places->place, GEZ_TYPE_AGENDA_BLOCK,
                              "10:00 Later · \u2068Gezin <b>Voorbeeld\u2069"));
  gtk_test_accessible_assert_role (first, GTK_ACCESSIBLE_ROLE_BUTTON);
  gtk_test_accessible_assert_property (first, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Appointment, Huisbezoek, Gezin <b>Voorbeeld,"
                                       " Thursday 19 November 2026, 10:00");

  /* An hour long each, half an hour later, beside each other, in the column of their day. */
  day = gtk_widget_get_parent (first);
  g_assert_true (GEZ_IS_WEEK_DAY (day));
  g_assert_true (gtk_widget_get_parent (second) == day);
  one = get_bounds (first, day);
  other = get_bounds (second, day);
  g_assert_cmpfloat_with_epsilon (one.origin.y, gtk_widget_get_height (day) * 10 / 24.0, 1.5);
  g_assert_cmpfloat_with_epsilon (one.size.height, gtk_widget_get_height (day) / 24.0, 2.5);
  g_assert_cmpfloat_with_epsilon (other.origin.y - one.origin.y, one.size.height / 2, 2.5);
  g_assert_cmpfloat (other.origin.x, >=, one.origin.x + one.size.width);
  g_assert_cmpfloat (other.origin.x + other.size.width, <=, gtk_widget_get_width (day));

  g_assert_true (places_shows (week, "+5"));
  gtk_test_accessible_assert_property (places_find (week, GTK_TYPE_BUTTON, "+5"),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "5 more on this day");
  gtk_test_accessible_assert_property (places_find (week, GTK_TYPE_BUTTON, "Friday 20"),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Friday 20 November 2026, 9 follow-ups");
}

/* Ten at the same time: three of them can be read, the others are counted. */
static void
test_week_crowded (void)
{
  g_autoptr (Places) places = places_new ();
  GezId household = places_add_household (places, "Gezin Voorbeeld", TRUE);
  GtkWidget *week;

  for (guint i = 0; i < 10; i++)
    places_add_appointment (places, &household, "Huisbezoek", PLACES_TODAY, "10:00");
  places_add_appointment (places, &household, "Later", PLACES_TODAY, "14:00");
  week = show_week (places, 1200, 800);
  g_assert_cmpuint (places_count (week, GEZ_TYPE_AGENDA_BLOCK), ==, 4);
  find_block (places, "14:00 Later · \u2068Gezin Voorbeeld\u2069");
  g_assert_true (places_shows (week, "+7"));
  g_signal_emit_by_name (places_find (week, GTK_TYPE_BUTTON, "+7"), "clicked");
  places_settle (places);
  g_assert_cmpuint (places_count (places->place, GEZ_TYPE_ROW), ==, 11);
}

static void
test_week_keys (void)
{
  g_autoptr (Places) places = places_new ();
  GezId household = places_add_household (places, "Gezin Voorbeeld", TRUE);
  GtkWidget *week;

  places_add_appointment (places, &household, "Huisbezoek", PLACES_TODAY, "10:00");
  week = show_week (places, 1200, 800);
  gtk_widget_grab_focus (week);
  g_assert_true (places_press (gtk_window_get_focus (GTK_WINDOW (places->window)), GDK_KEY_Down, 0));
  g_assert_true (GEZ_IS_AGENDA_BLOCK (gtk_window_get_focus (GTK_WINDOW (places->window))));
  g_assert_true (places_press (week, GDK_KEY_Right, 0));
  g_assert_true (places_press (week, GDK_KEY_Right, 0));
  places_settle (places);
  g_assert_cmpstr (gez_week_grid_get_first (GEZ_WEEK_GRID (week)), ==, "2026-11-23");
  g_assert_true (places_press (week, GDK_KEY_Page_Down, 0));
  places_settle (places);
  g_assert_cmpstr (gez_week_grid_get_first (GEZ_WEEK_GRID (week)), ==, "2026-11-30");
  g_assert_true (places_press (week, GDK_KEY_Home, GDK_CONTROL_MASK));
  places_settle (places);
  g_assert_cmpstr (gez_week_grid_get_first (GEZ_WEEK_GRID (week)), ==, "2026-11-16");
  g_assert_true (places_press (week, GDK_KEY_m, 0));
  places_settle (places);
  find_day (places, "21");
}

static void
test_week_narrow (void)
{
  g_autoptr (Places) places = places_new ();
  GezId household = places_add_household (places, "Gezin Voorbeeld", TRUE);
  GtkWidget *week;
  int minimum;

  places_add_appointment (places, &household, "Huisbezoek", PLACES_TODAY, "10:00");
  places_add_appointment (places, &household, "Morgen", "2026-11-22", "10:00");
  week = show_week (places, 360, 640);
  gtk_widget_measure (places->place, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 350);
  g_assert_cmpuint (places_count (week, GEZ_TYPE_WEEK_DAY), ==, 1);
  find_block (places, "10:00 Huisbezoek · \u2068Gezin Voorbeeld\u2069");
  gtk_widget_activate_action (places->place, "agenda.next", NULL);
  places_settle (places);
  find_block (places, "10:00 Morgen · \u2068Gezin Voorbeeld\u2069");
}

static void
assert_stands (Places     *places,
               const char *sql)
{
  g_autofree char *query = g_strdup_printf ("SELECT count(*) AS count FROM %s", sql);

  g_assert_cmpint (store_fixture_count (places->fixture, query), ==, 1);
}

/* By keys, one after the other: what moved keeps the focus, on its new day and at its new time. */
static void
test_move_by_keys (void)
{
  g_autoptr (Places) places = places_new ();
  GezId household = places_add_household (places, "Gezin Voorbeeld", TRUE);
  GtkWindow *window = GTK_WINDOW (places->window);

  places_add_appointment (places, &household, "Huisbezoek", "2026-11-21", "10:00");
  show_week (places, 1200, 800);
  gtk_widget_grab_focus (find_block (places, "10:00 Huisbezoek · \u2068Gezin Voorbeeld\u2069"));
  g_assert_true (places_press (gtk_window_get_focus (window), GDK_KEY_Down, GDK_ALT_MASK));
  places_settle (places);
  assert_stands (places, "appointment WHERE held_on = '2026-11-21' AND start_time = '10:15'");
  g_assert_true (gtk_window_get_focus (window)
                 == find_block (places, "10:15 Huisbezoek · \u2068Gezin Voorbeeld\u2069"));
  g_assert_true (places_press (gtk_window_get_focus (window), GDK_KEY_Right, GDK_ALT_MASK));
  places_settle (places);
  g_assert_true (places_press (gtk_window_get_focus (window), GDK_KEY_Right, GDK_ALT_MASK));
  places_settle (places);
  assert_stands (places, "appointment WHERE held_on = '2026-11-23' AND start_time = '10:15'");
  g_assert_true (gtk_window_get_focus (window)
                 == find_block (places, "10:15 Huisbezoek · \u2068Gezin Voorbeeld\u2069"));

  g_assert_true (places_press (places->place, GDK_KEY_m, 0));
  places_settle (places);
  gtk_widget_grab_focus (find_block (places, "10:15 Huisbezoek · \u2068Gezin Voorbeeld\u2069"));
  g_assert_true (places_press (gtk_window_get_focus (window), GDK_KEY_Down, GDK_ALT_MASK));
  places_settle (places);
  assert_stands (places, "appointment WHERE held_on = '2026-11-30' AND start_time = '10:15'");
  gez_undo_last (places->place, places->context);
  places_settle (places);
  assert_stands (places, "appointment WHERE held_on = '2026-11-23' AND start_time = '10:15'");
}

static GtkWidget *
find_message (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window) && gtk_widget_get_mapped (window))
        return window;
    }

  return NULL;
}

/* A rhythm that is broken is the only move that asks something. */
static void
test_move_out_of_rhythm (void)
{
  g_autoptr (Places) places = places_new ();
  GezId household = places_add_household (places, "Gezin Voorbeeld", TRUE);
  GezId followup = places_add_followup (places, &household, "Langsgaan", PLACES_TODAY);
  g_autoptr (GezChange) rhythm = gez_change_new ("test");
  GtkWidget *dialog, *entry;

  gez_change_update (rhythm, "followup", &followup);
  gez_change_set_integer (rhythm, "rhythm_days", 14);
  gez_store_commit (places->fixture->store, rhythm, NULL);
  places_show (places, gez_agenda_page_new (places->context), 1200, 800);
  gtk_widget_grab_focus (find_block (places, "☐ Langsgaan · \u2068Gezin Voorbeeld\u2069"));
  g_assert_true (places_press (gtk_window_get_focus (GTK_WINDOW (places->window)), GDK_KEY_Right,
                               GDK_ALT_MASK));
  places_settle (places);
  dialog = find_message ();
  g_assert_nonnull (dialog);
  assert_stands (places, "followup WHERE due_on = '2026-11-21'");
  g_assert_false (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "yes"));
  entry = places_find (dialog, GTK_TYPE_ENTRY, NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), "ziek");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "yes");
  places_settle (places);
  assert_stands (places, "followup WHERE due_on = '2026-11-22' AND moved_reason = 'ziek'");
}

/* Dropping is what these signals say; GTK gives tests no mouse. */
static void
test_drop (void)
{
  g_autoptr (Places) places = places_new ();
  GezId household = places_add_household (places, "Gezin Voorbeeld", TRUE);
  GtkWidget *week, *block;

  places_add_appointment (places, &household, "Huisbezoek", "2026-11-20", "10:00");
  week = show_week (places, 1200, 800);
  block = find_block (places, "10:00 Huisbezoek · \u2068Gezin Voorbeeld\u2069");
  g_signal_emit_by_name (gtk_widget_get_parent (block), "dropped",
                         gez_agenda_block_get_record (GEZ_AGENDA_BLOCK (block)), 11 * 60 + 45);
  places_settle (places);
  assert_stands (places, "appointment WHERE held_on = '2026-11-20' AND start_time = '11:45'");
  block = find_block (places, "11:45 Huisbezoek · \u2068Gezin Voorbeeld\u2069");
  g_signal_emit_by_name (places_find (week, GEZ_TYPE_WEEK_TOP, NULL), "dropped",
                         gez_agenda_block_get_record (GEZ_AGENDA_BLOCK (block)));
  places_settle (places);
  assert_stands (places, "appointment WHERE held_on = '2026-11-16' AND start_time IS NULL");

  g_assert_true (places_press (places->place, GDK_KEY_m, 0));
  places_settle (places);
  block = find_block (places, "● Huisbezoek · \u2068Gezin Voorbeeld\u2069");
  g_signal_emit_by_name (find_day (places, "25"), "dropped",
                         gez_agenda_block_get_record (GEZ_AGENDA_BLOCK (block)));
  places_settle (places);
  assert_stands (places, "appointment WHERE held_on = '2026-11-25' AND start_time IS NULL");
}

static GtkWidget *
choose (Places     *places,
        const char *title)
{
  GtkWidget *row = places_find (places->place, GEZ_TYPE_ROW, title);

  g_signal_emit_by_name (gtk_widget_get_parent (row), "row-activated", row);
  places_settle (places);
  g_assert_nonnull (find_dialog ());

  return find_dialog ();
}

static void
save (Places    *places,
      GtkWidget *dialog)
{
  g_signal_emit_by_name (places_find (dialog, GTK_TYPE_BUTTON, "Save"), "clicked");
  places_settle (places);
  g_assert_null (find_dialog ());
}

/* Choosing a row opens it; what stays as it was is not written. */
static void
test_change (void)
{
  g_autoptr (Places) places = places_new ();
  GezId household = places_add_household (places, "Gezin Voorbeeld", TRUE);
  GtkWidget *dialog, *state;

  places_add_appointment (places, &household, "Huisbezoek", PLACES_TODAY, "10:00");
  places_show (places, gez_agenda_list_new (places->context, &household), 700, 700);
  dialog = choose (places, "10:00  Huisbezoek");
  g_assert_cmpstr (gtk_editable_get_text (find_entry (dialog, "What")), ==, "Huisbezoek");
  gtk_editable_set_text (find_entry (dialog, "Place"), "Thuis");
  gtk_editable_set_text (find_entry (dialog, "Time (empty: the whole day)"), "11");
  state = places_find (dialog, GEZ_TYPE_CHOICE_ROW, "How it stands");
  gez_choice_row_set_code (GEZ_CHOICE_ROW (state), "missed");
  save (places, dialog);
  assert_stands (places, "appointment WHERE title = 'Huisbezoek' AND place = 'Thuis'"
                         " AND held_on = '2026-11-21' AND start_time = '11:00'"
                         " AND state = 'missed'");
  g_assert_nonnull (places_find (places->place, GEZ_TYPE_ROW, "11:00  Huisbezoek"));
  gez_undo_last (places->place, places->context);
  places_settle (places);
  assert_stands (places, "appointment WHERE place IS NULL AND start_time = '10:00'"
                         " AND state = 'planned'");
}

static void
test_change_followup (void)
{
  g_autoptr (Places) places = places_new ();
  GezId household = places_add_household (places, "Gezin Voorbeeld", TRUE);
  GtkWidget *dialog, *choice;

  places_add_followup (places, &household, "Bellen", "2026-11-23");
  places_show (places, gez_agenda_list_new (places->context, &household), 700, 700);
  dialog = choose (places, "Bellen");
  gtk_editable_set_text (find_entry (dialog, "What"), "Terugbellen");
  choice = places_find (dialog, GEZ_TYPE_CHOICE_ROW, "Comes back");
  gez_choice_row_set_code (GEZ_CHOICE_ROW (choice), "14");
  save (places, dialog);
  assert_stands (places, "followup WHERE what = 'Terugbellen' AND rhythm_days = 14"
                         " AND due_on = '2026-11-23' AND done_on IS NULL");

  dialog = choose (places, "Terugbellen");
  choice = places_find (dialog, GEZ_TYPE_CHOICE_ROW, "How it stands");
  gez_choice_row_set_code (GEZ_CHOICE_ROW (choice), "done");
  save (places, dialog);
  assert_stands (places, "followup WHERE done_on = '2026-11-21'");
  assert_stands (places, "followup WHERE done_on IS NULL AND due_on = '2026-12-07'");
}

/* The menu says how it went without opening anything. */
static void
test_menu (void)
{
  g_autoptr (Places) places = places_new ();
  GezId household = places_add_household (places, "Gezin Voorbeeld", TRUE);
  GtkWidget *row, *menu, *item;

  places_add_appointment (places, &household, "Huisbezoek", PLACES_TODAY, "10:00");
  places_show (places, gez_agenda_list_new (places->context, &household), 700, 700);
  row = places_find (places->place, GEZ_TYPE_ROW, "10:00  Huisbezoek");
  menu = places_find (row, GTK_TYPE_MENU_BUTTON, NULL);
  gtk_test_accessible_assert_property (menu, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Move or change: Huisbezoek");
  gtk_menu_button_popup (GTK_MENU_BUTTON (menu));
  places_settle (places);
  item = places_find (menu, GTK_TYPE_BUTTON, "Took place");
  g_assert_nonnull (item);
  g_signal_emit_by_name (item, "clicked");
  places_settle (places);
  assert_stands (places, "appointment WHERE state = 'held'");
}

static void
test_narrow (void)
{
  g_autoptr (Places) places = places_new ();
  GezId household = places_add_household (places, "Gezin Voorbeeld", TRUE);
  int minimum;

  places_add_appointment (places, &household, "Huisbezoek", PLACES_TODAY, "10:00");
  places_show (places, gez_agenda_page_new (places->context), 360, 640);
  gtk_widget_measure (places->place, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 350);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/places/agenda/keys", test_keys);
  g_test_add_func ("/places/agenda/month", test_month);
  g_test_add_func ("/places/agenda/day-of-focus", test_day_of_focus);
  g_test_add_func ("/places/agenda/day-beside", test_day_beside);
  g_test_add_func ("/places/agenda/list", test_list);
  g_test_add_func ("/places/agenda/list-of-a-household", test_list_of_a_household);
  g_test_add_func ("/places/agenda/add", test_add);
  g_test_add_func ("/places/agenda/add-for-a-household", test_add_for_a_household);
  g_test_add_func ("/places/agenda/narrow", test_narrow);
  g_test_add_func ("/places/agenda/week", test_week);
  g_test_add_func ("/places/agenda/week-crowded", test_week_crowded);
  g_test_add_func ("/places/agenda/week-keys", test_week_keys);
  g_test_add_func ("/places/agenda/week-narrow", test_week_narrow);
  g_test_add_func ("/places/agenda/move-by-keys", test_move_by_keys);
  g_test_add_func ("/places/agenda/move-out-of-rhythm", test_move_out_of_rhythm);
  g_test_add_func ("/places/agenda/drop", test_drop);
  g_test_add_func ("/places/agenda/change", test_change);
  g_test_add_func ("/places/agenda/change-followup", test_change_followup);
  g_test_add_func ("/places/agenda/menu", test_menu);

  return g_test_run ();
}
