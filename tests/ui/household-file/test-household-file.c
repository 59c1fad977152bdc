/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "household-fixture.h"

#include "household/gez-history-entry.h"
#include "household/gez-history-tab.h"
#include "household/gez-household-header.h"
#include "household/gez-household-page.h"
#include "model/gez-goal.h"
#include "model/gez-note.h"
#include "model/gez-record-edit.h"
#include "model/gez-step.h"

static void
later (Dossier *dossier)
{
  GezClock *clock = gez_context_get_clock (dossier->context);

  gez_clock_set_now (clock, gez_clock_get_now (clock) + 60000);
}

static void
set_address (Dossier    *dossier,
             const char *address)
{
  later (dossier);
  dossier_commit (dossier, gez_record_edit_text (dossier->context, "edit-household", "household",
                                                 &dossier->household, "address", address));
}

static GtkWidget *
show_history (Dossier *dossier,
              int      width)
{
  GtkWidget *tab = gez_history_tab_new (dossier->context, &dossier->household);

  dossier_show (dossier, tab, width, 900);
  return tab;
}

static guint
count_entries (GtkWidget *tab)
{
  guint n = 0;

  while (dossier_find (tab, GEZ_TYPE_HISTORY_ENTRY, n) != NULL)
    n++;
  return n;
}

/* Entries are made a few at a time. */
static void
wait_for_entries (Dossier   *dossier,
                  GtkWidget *tab,
                  guint      n_entries)
{
  for (int i = 0; i < 100 && count_entries (tab) != n_entries; i++)
    dossier_settle (dossier);
  g_assert_cmpuint (count_entries (tab), ==, n_entries);
}

/* The history ------------------------------------------------------------------------------------ */

static void
test_history_of_a_field (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GtkWidget *tab;

  set_address (dossier, "Kerkstraat 1");
  set_address (dossier, "Molenstraat <2> & 4");
  tab = show_history (dossier, 900);

  g_assert_true (dossier_shows (tab, "changed the address"));
  g_assert_true (dossier_shows (tab, "The address: Kerkstraat 1"));
  g_assert_true (dossier_shows (tab, "from “Kerkstraat 1” to “Molenstraat <2> & 4”"));
  g_assert_true (dossier_shows (tab, "opened the file"));
  g_assert_true (dossier_shows (tab, "Today"));
  dossier_drop (dossier);
}

/* What happens while the history shows goes on top; what stands there already stays. */
static void
test_history_is_live (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GtkWidget *tab = show_history (dossier, 900);
  GtkWidget *first = dossier_find (tab, GEZ_TYPE_HISTORY_ENTRY, 0);
  guint n_entries = count_entries (tab);

  g_assert_cmpuint (n_entries, >, 0);
  set_address (dossier, "Kerkstraat 1");
  wait_for_entries (dossier, tab, n_entries + 1);
  g_assert_true (dossier_find (tab, GEZ_TYPE_HISTORY_ENTRY, 1) == first);
  dossier_drop (dossier);
}

static void
test_history_undo_and_steps (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GezGoalInput goal_input = { .household_id = &dossier->household, .words = "Een droge kamer" };
  GezStepInput step_input = { .household_id = &dossier->household, .what = "Foto’s sturen" };
  g_autoptr (GezChange) change = NULL;
  g_autoptr (GError) error = NULL;
  GezId goal, step;
  GtkWidget *tab;
  guint64 command;

  dossier_commit (dossier, gez_goal_agree (dossier->context, &goal_input, &goal));
  step_input.goal_id = &goal;
  later (dossier);
  dossier_commit (dossier, gez_step_add (dossier->context, &step_input, &step));
  later (dossier);
  change = gez_step_done (dossier->context, &step, NULL, NULL);
  command = gez_store_commit (dossier->fixture->store, change, &error);
  g_assert_no_error (error);
  later (dossier);
  gez_store_undo (dossier->fixture->store, command, &error);
  g_assert_no_error (error);

  tab = show_history (dossier, 900);
  g_assert_true (dossier_shows (tab, "undid a change"));
  g_assert_true (dossier_shows (tab, "ticked off a step"));
  g_assert_true (dossier_shows (tab, "The step: Foto’s sturen"));
  g_assert_true (dossier_shows (tab, "The goal: Een droge kamer"));
  dossier_drop (dossier);
}

static void
test_history_filter_and_jump (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GezGoalInput input = { .household_id = &dossier->household, .words = "Een droge kamer" };
  GtkWidget *tab, *entry;
  GezId goal;

  later (dossier);
  dossier_commit (dossier, gez_goal_agree (dossier->context, &input, &goal));
  tab = show_history (dossier, 900);
  g_assert_cmpuint (count_entries (tab), >, 1);

  gtk_drop_down_set_selected (GTK_DROP_DOWN (dossier_find (tab, GTK_TYPE_DROP_DOWN, 0)), 5);
  wait_for_entries (dossier, tab, 1);
  entry = dossier_find (tab, GEZ_TYPE_HISTORY_ENTRY, 0);
  gtk_widget_activate (entry);
  dossier_settle (dossier);
  g_assert_true (g_str_has_suffix (dossier->asked->str, " plan\n"));
  dossier_drop (dossier);
}

static void
test_history_folds_long_texts (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  g_autofree char *word = g_strnfill (400, 'x');
  g_autofree char *content = g_strconcat ("Begin ", word, " einde", NULL);
  GezNoteInput input = { .household_id = &dossier->household, .content = content };
  GtkWidget *tab;
  GezId note;

  later (dossier);
  dossier_commit (dossier, gez_note_write (dossier->context, &input, &note));
  tab = show_history (dossier, 900);
  g_assert_true (dossier_shows (tab, "The note: Begin"));
  g_assert_false (dossier_shows (tab, "einde"));
  dossier_press (tab, "Show everything");
  g_assert_true (dossier_shows (tab, "einde"));
  dossier_press (tab, "Show less");
  g_assert_false (dossier_shows (tab, "einde"));
  dossier_drop (dossier);
}

/* A page holds 200 acts; the others come when somebody asks, and fit the narrowest window. */
static void
test_history_pages (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GtkWidget *tab;
  guint n_before;
  int least;

  tab = show_history (dossier, 360);
  n_before = count_entries (tab);
  dossier_drop (dossier);
  for (guint i = 0; i < 210; i++)
    {
      g_autofree char *address = g_strdup_printf ("Kerkstraat %u", i);

      set_address (dossier, address);
    }
  tab = show_history (dossier, 360);
  wait_for_entries (dossier, tab, 200);
  gtk_widget_measure (tab, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  g_assert_cmpint (least, <=, 360);
  dossier_press (tab, "Show _older entries");
  wait_for_entries (dossier, tab, 210 + n_before);
  g_assert_null (dossier_find_button (tab, "Show _older entries"));
  dossier_drop (dossier);
}

/* The header ------------------------------------------------------------------------------------- */

static GtkWidget *
show_page (Dossier *dossier,
           int      width)
{
  GtkWidget *page = gez_household_page_new (dossier->context, &dossier->household);

  dossier_show (dossier, page, width, 800);
  return page;
}

static void
set_residence (Dossier    *dossier,
               const char *residence)
{
  dossier_commit (dossier, gez_record_edit_text (dossier->context, "edit-household", "household",
                                                 &dossier->household, "residence", residence));
  dossier_settle (dossier);
}

/* An address that is hidden, or none, never stands above the tabs. */
static void
test_header_address (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GtkWidget *page, *header;

  page = show_page (dossier, 1280);
  header = dossier_find (page, GEZ_TYPE_HOUSEHOLD_HEADER, 0);
  g_assert_true (dossier_shows (header, "Address not known"));
  set_address (dossier, "Geheimstraat 7");
  dossier_settle (dossier);
  g_assert_true (dossier_shows (header, "Geheimstraat 7"));
  set_residence (dossier, "hidden");
  g_assert_false (dossier_shows (header, "Geheimstraat 7"));
  g_assert_true (dossier_shows (header, "Hidden address"));
  set_residence (dossier, "none");
  g_assert_true (dossier_shows (header, "No fixed address"));
  g_assert_true (dossier_shows (header, "only you"));
  dossier_drop (dossier);
}

/* Each part of the header opens the tab where it is edited. */
static void
test_header_leads (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GtkWidget *page = show_page (dossier, 1280);
  GtkWidget *header = dossier_find (page, GEZ_TYPE_HOUSEHOLD_HEADER, 0);
  static const struct
  {
    const char *button;
    const char *tab;
  } cases[] = {
    { "Anna (36)", "network" },      { "Address not known", "overview" },
    { "Contact person", "network" }, { "Last contact", "journal" },
    { "Next appointment", "agenda" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].button);
      dossier_press (header, cases[i].button);
      g_assert_cmpstr (gez_household_page_get_tab (GEZ_HOUSEHOLD_PAGE (page)), ==, cases[i].tab);
    }
  dossier_drop (dossier);
}

/* Fourteen members and a name of 200 characters fit the narrowest window; what is cut is in the
 * tooltip. */
static void
test_header_of_many (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  g_autofree char *name = g_strnfill (200, 'W');
  GtkWidget *page, *header, *members;
  int least;

  dossier_fill (dossier);
  dossier_commit (dossier, gez_record_edit_text (dossier->context, "edit-household", "household",
                                                 &dossier->household, "name", name));
  page = show_page (dossier, 360);
  header = dossier_find (page, GEZ_TYPE_HOUSEHOLD_HEADER, 0);
  gtk_widget_measure (header, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  g_assert_cmpint (least, <=, 360);
  g_assert_cmpint (gtk_widget_get_height (header), <, 400);
  members = dossier_find_button (header, "Anna (36)");
  g_assert_nonnull (strstr (gtk_widget_get_tooltip_text (members), "Hamza"));
  g_assert_true (g_str_has_prefix (
    gtk_widget_get_tooltip_text (gez_household_header_get_name (GEZ_HOUSEHOLD_HEADER (header))),
    name));
  dossier_drop (dossier);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv);
  adw_init ();

  g_test_add_func ("/household-file/history/of-a-field", test_history_of_a_field);
  g_test_add_func ("/household-file/history/is-live", test_history_is_live);
  g_test_add_func ("/household-file/history/undo-and-steps", test_history_undo_and_steps);
  g_test_add_func ("/household-file/history/filter-and-jump", test_history_filter_and_jump);
  g_test_add_func ("/household-file/history/folds-long-texts", test_history_folds_long_texts);
  g_test_add_func ("/household-file/history/pages", test_history_pages);

  g_test_add_func ("/household-file/header/address", test_header_address);
  g_test_add_func ("/household-file/header/leads", test_header_leads);
  g_test_add_func ("/household-file/header/of-many", test_header_of_many);

  return g_test_run ();
}
