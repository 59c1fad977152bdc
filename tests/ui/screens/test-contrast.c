/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every screen, for somebody who sees little: texts differ 4.5 to 1 from what is behind them, signs 3 to
 * 1; light and dark, and once more with high contrast. */

#include "check-contrast.h"

static Tour *tour;
static int status;

static void
visit (Tour       *self,
       const char *screen,
       GtkWidget  *root,
       gpointer    check)
{
  AdwStyleManager *style = adw_style_manager_get_default ();

  contrast_check_screen (check, screen, root);
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_DARK);
  contrast_check_screen (check, screen, root);
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_LIGHT);
  tour_wait_frame (root);
}

static void
print_problems (ContrastCheck *check)
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
  g_autoptr (ContrastCheck) check = contrast_check_new (tour);

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      ADW_COLOR_SCHEME_FORCE_LIGHT);
  tour_walk (tour, TOUR_ALL, visit, check);
  g_test_message ("%u screens, %u styles of text and sign, %u pairs of colours, lowest of a text %.2f",
                  check->n_screens, check->n_texts, g_hash_table_size (check->pairs), check->lowest);
  print_problems (check);
  g_assert_cmpuint (check->n_texts, >, 100);
  g_assert_cmpuint (g_hash_table_size (check->problems), ==, 0);
}

static double
measure (const char *markup)
{
  g_autoptr (ContrastCheck) check = contrast_check_new (tour);
  GtkWidget *window = gtk_window_new ();
  GtkWidget *label = gtk_label_new (NULL);
  double lowest;

  gtk_label_set_markup (GTK_LABEL (label), markup);
  gtk_window_set_child (GTK_WINDOW (window), label);
  gtk_window_set_titlebar (GTK_WINDOW (window), gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));
  gtk_window_present (GTK_WINDOW (window));
  tour_settle (tour);
  contrast_check_screen (check, "planted", window);
  lowest = check->lowest;
  g_assert_cmpuint (g_hash_table_size (check->problems), ==, lowest < 4.5 ? 1 : 0);
  gtk_window_destroy (GTK_WINDOW (window));
  return lowest;
}

/* The checker itself, with colours of which the ratio is known. */
static void
test_planted_grey (void)
{
  double black = measure ("<span foreground=\"#000000\" fgalpha=\"100%\" background=\"#ffffff\">Goed</span>");
  double grey = measure ("<span foreground=\"#888888\" fgalpha=\"100%\" background=\"#ffffff\">Slecht</span>");

  g_assert_cmpfloat_with_epsilon (black, 21, 0.3);
  g_assert_cmpfloat_with_epsilon (grey, 3.54, 0.1);
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
  g_test_add_func ("/contrast/planted-grey", test_planted_grey);
  g_test_add_func ("/contrast/every-screen", test_screens);
  return tour_main (argc, argv, start) || status;
}
