/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every screen, for somebody without a mouse: Tab and arrows reach every control, in the order in which
 * it is read, and one sees where one is. */

#include "check-keyboard.h"

static Tour *tour;
static int status;

static void
visit (Tour       *self,
       const char *screen,
       GtkWidget  *root,
       gpointer    check)
{
  keyboard_check_screen (check, screen, root);
}

static void
print_problems (KeyboardCheck *check)
{
  GHashTableIter iter;
  gpointer problem;

  g_hash_table_iter_init (&iter, check->problems);
  while (g_hash_table_iter_next (&iter, &problem, NULL))
    g_test_message ("✗ %s", (char *) problem);
}

static void
check_screens (TourDepth depth)
{
  g_autoptr (KeyboardCheck) check = keyboard_check_new (tour);

  tour_walk (tour, depth, visit, check);
  g_test_message ("%u screens, %u controls, %u reached with %u presses, %u looked at",
                  check->n_screens, check->n_controls, check->n_reached, check->n_presses,
                  check->n_seen);
  print_problems (check);
  g_assert_cmpuint (check->n_screens, >, 10);
  g_assert_cmpuint (g_hash_table_size (check->problems), ==, 0);
}

static void
test_places (void)
{
  check_screens (TOUR_PLACES);
}

static void
test_file (void)
{
  check_screens (TOUR_FILE);
}

static guint
count_problems (GtkWidget *content)
{
  g_autoptr (KeyboardCheck) check = keyboard_check_new (tour);
  GtkWidget *window = gtk_window_new ();
  guint n;

  gtk_window_set_child (GTK_WINDOW (window), content);
  gtk_window_set_default_size (GTK_WINDOW (window), 300, 200);
  gtk_window_present (GTK_WINDOW (window));
  tour_settle (tour);
  keyboard_check_screen (check, "planted", window);
  n = g_hash_table_size (check->problems);
  print_problems (check);
  gtk_window_destroy (GTK_WINDOW (window));
  tour_settle (tour);
  return n;
}

static GtkWidget *
make_buttons (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  for (guint i = 0; i < 3; i++)
    gtk_box_append (GTK_BOX (box), gtk_button_new_with_label ("Button"));
  return box;
}

/* The checker itself: a text that keeps Tab. */
static void
test_planted_trap (void)
{
  GtkWidget *box = make_buttons ();
  GtkWidget *text = gtk_text_view_new ();

  g_assert_cmpuint (count_problems (make_buttons ()), ==, 0);
  gtk_widget_set_size_request (text, 100, 50);
  gtk_box_append (GTK_BOX (box), text);
  g_assert_cmpuint (count_problems (box), >, 0);
}

/* A control that hides that it has the focus. */
static void
test_planted_blind (void)
{
  GtkWidget *box = make_buttons ();
  GtkWidget *area = gtk_drawing_area_new ();

  gtk_widget_set_size_request (area, 100, 50);
  gtk_widget_set_focusable (area, TRUE);
  gtk_box_append (GTK_BOX (box), area);
  g_assert_cmpuint (count_problems (box), ==, 1);
}

/* A control that Tab leaves out, and no arrow finds. */
typedef AdwBin TestFar;
typedef AdwBinClass TestFarClass;
GType test_far_get_type (void);
G_DEFINE_TYPE (TestFar, test_far, ADW_TYPE_BIN)

static gboolean
test_far_focus (GtkWidget       *widget,
                GtkDirectionType direction)
{
  return FALSE;
}

static void
test_far_class_init (TestFarClass *klass)
{
  GTK_WIDGET_CLASS (klass)->focus = test_far_focus;
}

static void
test_far_init (TestFar *self)
{
}

static void
test_planted_far (void)
{
  GtkWidget *box = make_buttons ();
  GtkWidget *far = g_object_new (test_far_get_type (), NULL);

  adw_bin_set_child (ADW_BIN (far), gtk_button_new_with_label ("Far"));
  gtk_box_append (GTK_BOX (box), far);
  g_assert_cmpuint (count_problems (box), ==, 1);
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
  g_test_add_func ("/keyboard/planted/trap", test_planted_trap);
  g_test_add_func ("/keyboard/planted/blind", test_planted_blind);
  g_test_add_func ("/keyboard/planted/far", test_planted_far);
  g_test_add_func ("/keyboard/places", test_places);
  g_test_add_func ("/keyboard/file", test_file);
  return tour_main (argc, argv, start) || status;
}
