/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "household-fixture.h"

#include "household/gez-goal-card.h"
#include "household/gez-plan-tab.h"
#include "household/gez-trajectory-card.h"
#include "model/gez-goal.h"

#define DRAFTS "SELECT count (*) AS count FROM draft"

static GtkWidget *
show_plan (Dossier *dossier)
{
  GtkWidget *tab = gez_plan_tab_new (dossier->context, &dossier->household);

  dossier_show (dossier, tab, 900, 800);
  for (guint i = 0; i < 4; i++)
    dossier_settle (dossier);
  return tab;
}

static const char *
typed_in (GtkWidget  *root,
          const char *title)
{
  return gtk_editable_get_text (GTK_EDITABLE (dossier_find_title (root, title)));
}

/* What was typed in a form and not saved is there again, in that form, and goes when it is saved. */
static void
test_plan_drafts (void)
{
  const char words[] = "What the family wants, in their own words";
  const char what[] = "What is the next small step?";
  g_autoptr (Dossier) dossier = dossier_new ();
  GezGoalInput goal = { .household_id = &dossier->household, .words = "Rust in huis" };
  GtkWidget *tab;
  GezId id;

  dossier_commit (dossier, gez_goal_agree (dossier->context, &goal, &id));
  tab = show_plan (dossier);
  dossier_press (tab, "Add a goal");
  dossier_type (tab, words, "Een half doel");
  gtk_widget_activate_action (dossier_find (tab, GEZ_TYPE_GOAL_CARD, 0), "goal.add-step", NULL);
  dossier_type (dossier_find (tab, GEZ_TYPE_GOAL_CARD, 0), what, "Een halve stap");
  dossier_drop (dossier);
  dossier_wait_count (dossier, DRAFTS, 2);

  tab = show_plan (dossier);
  g_assert_cmpstr (typed_in (tab, words), ==, "Een half doel");
  g_assert_cmpstr (typed_in (tab, what), ==, "Een halve stap");
  dossier_press (tab, "Add the goal");
  dossier_wait_count (dossier, "SELECT count (*) AS count FROM goal", 2);
  dossier_wait_count (dossier, DRAFTS, 1);
  for (guint i = 0; i < 4; i++)
    dossier_settle (dossier);
  dossier_press (dossier_find (tab, GEZ_TYPE_GOAL_CARD, 0), "_Cancel");
  dossier_wait_count (dossier, DRAFTS, 0);
  dossier_drop (dossier);
  g_assert_cmpint (store_fixture_count (dossier->fixture, DRAFTS), ==, 0);
}

static void
test_trajectory_draft (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GtkWidget *card = gez_trajectory_card_new (dossier->context, &dossier->household);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  dossier_show (dossier, card, 700, 500);
  gez_trajectory_card_show (GEZ_TRAJECTORY_CARD (card), none);
  dossier_press (card, "Start");
  dossier_settle (dossier);
  g_assert_cmpint (store_fixture_count (dossier->fixture, DRAFTS), ==, 0);
  dossier_type (card, "Why", "Gevraagd door de school");
  dossier_drop (dossier);
  dossier_wait_count (dossier, DRAFTS, 1);

  card = gez_trajectory_card_new (dossier->context, &dossier->household);
  dossier_show (dossier, card, 700, 500);
  for (guint i = 0; i < 4; i++)
    dossier_settle (dossier);
  g_assert_cmpstr (typed_in (card, "Why"), ==, "Gevraagd door de school");
  dossier_press (card, "Change the trajectory");
  dossier_wait_count (dossier, "SELECT count (*) AS count FROM trajectory_event WHERE reason <> ''", 1);
  dossier_wait_count (dossier, DRAFTS, 0);
  dossier_drop (dossier);
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("LANGUAGE", "en", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/form-drafts/plan", test_plan_drafts);
  g_test_add_func ("/form-drafts/trajectory", test_trajectory_draft);
  return g_test_run ();
}
