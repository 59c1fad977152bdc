/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agenda/gez-agenda-block.h"
#include "agenda/gez-agenda-dialog.h"
#include "agenda/gez-agenda-list.h"
#include "agenda/gez-agenda-page.h"
#include "agenda/gez-month-day.h"
#include "agenda/gez-month-grid.h"
#include "common/gez-row.h"
#include "places-fixture.h"

static void
assert_weeks (const char *date,
              const char *first,
              const char *last)
{
  GtkWidget *grid = g_object_ref_sink (gez_month_grid_new (date));

  g_assert_cmpstr (gez_month_grid_get_first (GEZ_MONTH_GRID (grid)), ==, first);
  g_assert_cmpstr (gez_month_grid_get_last (GEZ_MONTH_GRID (grid)), ==, last);
  g_assert_finalize_object (grid);
}

static void
test_weeks (void)
{
  assert_weeks ("2026-11-21", "2026-10-26", "2026-12-06"); /* starts on a Sunday: six weeks */
  assert_weeks ("2027-02-14", "2027-02-01", "2027-02-28"); /* February of exactly four weeks */
  assert_weeks ("2028-02-29", "2028-01-31", "2028-03-05"); /* leap year */
  assert_weeks ("2026-03-01", "2026-02-23", "2026-04-05"); /* the clock changes in between */
  assert_weeks ("2026-12-31", "2026-11-30", "2027-01-03"); /* across the year */
}

static void
test_move_month (void)
{
  GtkWidget *widget = g_object_ref_sink (gez_month_grid_new ("2027-01-31"));
  GezMonthGrid *grid = GEZ_MONTH_GRID (widget);

  gez_month_grid_move_month (grid, 1);
  g_assert_cmpstr (gez_month_grid_get_date (grid), ==, "2027-02-28");
  gez_month_grid_move_month (grid, -14);
  g_assert_cmpstr (gez_month_grid_get_date (grid), ==, "2025-12-28");
  g_assert_finalize_object (widget);
}

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
  GtkWidget *row = places_find (dialog, ADW_TYPE_ENTRY_ROW, label);
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
  g_test_add_func ("/places/agenda/weeks", test_weeks);
  g_test_add_func ("/places/agenda/move-month", test_move_month);
  g_test_add_func ("/places/agenda/keys", test_keys);
  g_test_add_func ("/places/agenda/month", test_month);
  g_test_add_func ("/places/agenda/day-beside", test_day_beside);
  g_test_add_func ("/places/agenda/list", test_list);
  g_test_add_func ("/places/agenda/list-of-a-household", test_list_of_a_household);
  g_test_add_func ("/places/agenda/add", test_add);
  g_test_add_func ("/places/agenda/add-for-a-household", test_add_for_a_household);
  g_test_add_func ("/places/agenda/narrow", test_narrow);

  return g_test_run ();
}
