/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every screen, for somebody who hears it: no control, row or sign without a name. */

#include "check-names.h"
#include "tour.h"

static Tour *tour;
static int status;

static void
visit (Tour       *self,
       const char *screen,
       GtkWidget  *root,
       gpointer    check)
{
  g_test_message ("%s", screen);
  name_check_screen (check, screen, root);
}

static void
test_screens (void)
{
  g_autoptr (NameCheck) check = name_check_new ();
  GHashTableIter iter;
  gpointer problem;

  tour_walk (tour, TOUR_ALL, visit, check);
  g_test_message ("%u screens, %u controls", check->n_screens, check->n_controls);
  g_assert_cmpuint (check->n_screens, >, 25);
  g_assert_cmpuint (check->n_controls, >, 500);
  g_hash_table_iter_init (&iter, check->problems);
  while (g_hash_table_iter_next (&iter, &problem, NULL))
    g_test_message ("✗ %s", (char *) problem);
  g_assert_cmpuint (g_hash_table_size (check->problems), ==, 0);
}

static guint
count_problems (GtkWidget *content)
{
  g_autoptr (NameCheck) check = name_check_new ();
  GtkWidget *window = gtk_window_new ();
  guint n;

  gtk_window_set_child (GTK_WINDOW (window), content);
  gtk_window_present (GTK_WINDOW (window));
  tour_settle (tour);
  name_check_screen (check, "planted", content);
  n = g_hash_table_size (check->problems);
  gtk_window_destroy (GTK_WINDOW (window));
  return n;
}

static void
name (GtkWidget  *widget,
      const char *text)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

/* The checker itself: what it must find, and what it must let pass. */
static void
test_planted_button (void)
{
  GtkWidget *named = gtk_button_new_from_icon_name ("edit-symbolic");

  g_assert_cmpuint (count_problems (gtk_button_new_from_icon_name ("edit-symbolic")), ==, 1);
  name (named, "Change");
  g_assert_cmpuint (count_problems (named), ==, 0);
  g_assert_cmpuint (count_problems (gtk_button_new_with_label ("Change")), ==, 0);
}

static void
test_planted_row (void)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *row = gtk_list_box_row_new ();

  name (list, "List");
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  g_assert_cmpuint (count_problems (list), ==, 1);
}

static void
test_planted_namesakes (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_box_append (GTK_BOX (box), gtk_button_new_with_label ("Change"));
  gtk_box_append (GTK_BOX (box), gtk_button_new_with_label ("Remove"));
  gtk_box_append (GTK_BOX (box), gtk_button_new_with_label ("Change"));
  g_assert_cmpuint (count_problems (box), ==, 1);
}

static void
test_planted_area (void)
{
  GtkWidget *area = gtk_drawing_area_new ();

  gtk_widget_set_focusable (area, TRUE);
  gtk_widget_set_size_request (area, 20, 20);
  g_assert_cmpuint (count_problems (area), ==, 2); /* neither name nor role */
}

static void
test_planted_signs (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *ornament = gtk_image_new_from_icon_name ("edit-symbolic");

  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("dialog-warning-symbolic"));
  gtk_box_append (GTK_BOX (box), gtk_label_new (""));
  gtk_box_append (GTK_BOX (box), ornament);
  gtk_accessible_update_state (GTK_ACCESSIBLE (ornament), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  g_assert_cmpuint (count_problems (box), ==, 2);
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
  g_test_add_func ("/names/planted-button", test_planted_button);
  g_test_add_func ("/names/planted-row", test_planted_row);
  g_test_add_func ("/names/planted-namesakes", test_planted_namesakes);
  g_test_add_func ("/names/planted-area", test_planted_area);
  g_test_add_func ("/names/planted-signs", test_planted_signs);
  g_test_add_func ("/names/every-screen", test_screens);
  return tour_main (argc, argv, start) || status;
}
