/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every screen in a window of 360 pixels: nothing is cut, also with large text, and who reads from the
 * right sees it in the mirror. */

#include "check-fit.h"

static Tour *tour;
static int status;

static void
visit (Tour       *self,
       const char *screen,
       GtkWidget  *root,
       gpointer    check)
{
  g_test_message ("%s", screen);
  fit_check_screen (check, screen, root);
}

static void
print_problems (FitCheck *check)
{
  GHashTableIter iter;
  gpointer problem;

  g_hash_table_iter_init (&iter, check->problems);
  while (g_hash_table_iter_next (&iter, &problem, NULL))
    g_test_message ("✗ %s", (char *) problem);
}

static void
test_screens (void)
{
  g_autoptr (FitCheck) check = fit_check_new (tour);

  tour_resize (tour, FIT_WIDTH, 720);
  tour_walk (tour, TOUR_ALL, visit, check);
  g_test_message ("%u screens, %u widgets; the widest asks for %d pixels, with text of 200 %% for %d: %s",
                  check->n_screens, check->n_widgets, check->widest, check->widest_large,
                  check->widest_large_screen);
  print_problems (check);
  g_assert_cmpuint (check->n_screens, >, 20);
  g_assert_cmpuint (g_hash_table_size (check->problems), ==, 0);
}

static guint
count_problems (GtkWidget *content)
{
  g_autoptr (FitCheck) check = fit_check_new (tour);
  GtkWidget *window = gtk_window_new ();
  guint n;

  gtk_window_set_child (GTK_WINDOW (window), content);
  gtk_window_present (GTK_WINDOW (window));
  tour_settle (tour);
  fit_check_screen (check, "planted", window);
  n = g_hash_table_size (check->problems);
  gtk_window_destroy (GTK_WINDOW (window));
  tour_settle (tour);
  return n;
}

/* The checker itself: a button that is too wide, and one that fits. */
static void
test_planted_width (void)
{
  GtkWidget *wide = gtk_button_new_with_label ("Wide");

  gtk_widget_set_size_request (wide, FIT_WIDTH + 100, -1);
  g_assert_cmpuint (count_problems (gtk_button_new_with_label ("Short")), ==, 0);
  g_assert_cmpuint (count_problems (wide), >, 0);
}

static void
start (Tour *self)
{
  tour = self;
  status = g_test_run ();
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fit/planted-width", test_planted_width);
  g_test_add_func ("/fit/every-screen", test_screens);
  return tour_main (argc, argv, start) || status;
}
