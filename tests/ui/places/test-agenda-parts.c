/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agenda/gez-fit-label.h"
#include "agenda/gez-month-grid.h"
#include "agenda/gez-time-words.h"
#include "agenda/gez-week-spread.h"
#include "places-fixture.h"

/* What the agenda is put together from, without a store. */

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
test_time_words (void)
{
  static const struct { const char *text; const char *time; } cases[] = {
    { "9", "09:00" }, { "9.30", "09:30" }, { "9u30", "09:30" }, { " 9:30 ", "09:30" },
    { "14u", "14:00" }, { "930", "09:30" }, { "1415", "14:15" }, { "0:05", "00:05" },
    { "half tien", NULL }, { "25", NULL }, { "9:60", NULL }, { "", NULL }, { "2460", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *time = gez_parse_time_words (cases[i].text);

      g_assert_cmpstr (time, ==, cases[i].time);
    }
}

/* Two that overlap stand beside each other, a third one beside both, a later one alone. */
static void
test_spread (void)
{
  GezWeekSpan spans[] = {
    { 540, 660 }, { 600, 630 }, { 630, 700 }, { 690, 720 }, { 720, 750 },
  };
  static const struct { guint lane; guint n_lanes; } expected[] = {
    { 0, 2 }, { 1, 2 }, { 1, 2 }, { 0, 2 }, { 0, 1 },
  };

  gez_week_spread (spans, G_N_ELEMENTS (spans));
  for (guint i = 0; i < G_N_ELEMENTS (spans); i++)
    {
      g_assert_cmpuint (spans[i].lane, ==, expected[i].lane);
      g_assert_cmpuint (spans[i].n_lanes, ==, expected[i].n_lanes);
    }
  gez_week_spread (NULL, 0);
}

/* Labels beside each other say as much as the longest of them can. */
static void
test_fit_label (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *first = gez_fit_label_new (), *second = gez_fit_label_new ();

  gez_fit_label_set_texts (GEZ_FIT_LABEL (first), "A", "a", "1");
  gez_fit_label_set_texts (GEZ_FIT_LABEL (second), "A very very long text indeed", "short", "2");
  gez_fit_label_join (GEZ_FIT_LABEL (second), GEZ_FIT_LABEL (first));
  gtk_box_set_homogeneous (GTK_BOX (box), TRUE);
  gtk_box_append (GTK_BOX (box), first);
  gtk_box_append (GTK_BOX (box), second);
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_window_set_default_size (GTK_WINDOW (window), 160, 60);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);
  gtk_test_accessible_assert_property (second, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "A very very long text indeed");
  g_assert_true (places_shows (first, "a"));
  g_assert_true (places_shows (second, "short"));
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/agenda/weeks", test_weeks);
  g_test_add_func ("/agenda/move-month", test_move_month);
  g_test_add_func ("/agenda/time-words", test_time_words);
  g_test_add_func ("/agenda/spread", test_spread);
  g_test_add_func ("/agenda/fit-label", test_fit_label);

  return g_test_run ();
}
