/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "household-fixture.h"

#include "agenda/gez-agenda-dialog.h"
#include "agenda/gez-agenda-page.h"
#include "household/gez-helper-dialog.h"
#include "household/gez-household-page.h"
#include "household/gez-member-dialog.h"
#include "household/gez-new-household-dialog.h"
#include "household/gez-note-dialog.h"
#include "household/gez-possible-same.h"
#include "household/gez-referral-dialog.h"
#include "household/gez-referral-event-dialog.h"
#include "household/gez-relation-dialog.h"
#include "households/gez-households-page.h"
#include "model/gez-network-view.h"
#include "model/gez-person.h"
#include "model/gez-referral-list.h"
#include "model/gez-view.h"
#include "search/gez-search-dialog.h"
#include "today/gez-today-page.h"

/* Everything that is written leaves one of these, also a draft. */
#define WRITTEN \
  "SELECT (SELECT count (*) FROM change_log) + (SELECT count (*) FROM draft)" \
  " + (SELECT count (*) FROM saved_filter) AS count"

static gint64
count_written (Dossier *dossier)
{
  return store_fixture_count (dossier->fixture, WRITTEN);
}

static void
close_dialogs (Dossier *dossier)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *item = windows; item != NULL; item = item->next)
    if (item->data != (gpointer) dossier->window)
      gtk_window_destroy (item->data);
}

/* Goes through every field, as somebody who looks where to begin. */
static void
walk_focus (GtkWidget *root)
{
  for (guint i = 0; i < 60; i++)
    {
      if (!gtk_widget_child_focus (root, GTK_DIR_TAB_FORWARD))
        return;
      g_main_context_iteration (NULL, FALSE);
    }
}

static void
open_file (Dossier *dossier)
{
  dossier_show (dossier, gez_household_page_new (dossier->context, &dossier->household), 1100, 800);
}

static void
test_tabs (void)
{
  static const char *const tabs[] = {
    "overview", "plan", "domain:housing", "network", "journal", "referrals", "agenda", "documents",
  };
  g_autoptr (Dossier) dossier = dossier_new ();
  gint64 n_written;

  dossier_fill (dossier);
  n_written = count_written (dossier);
  for (guint i = 0; i < G_N_ELEMENTS (tabs); i++)
    {
      GtkWidget *page;

      open_file (dossier);
      page = adw_toast_overlay_get_child (ADW_TOAST_OVERLAY (dossier->overlay));
      gez_household_page_show_tab (GEZ_HOUSEHOLD_PAGE (page), tabs[i]);
      dossier_settle (dossier);
      walk_focus (page);
      /* The form of the tab, and away without a letter. */
      gtk_widget_activate_action (page, "file.add", NULL);
      dossier_settle (dossier);
      walk_focus (page);
      close_dialogs (dossier);
      dossier_drop (dossier);
      if (count_written (dossier) != n_written)
        g_error ("the tab %s wrote something", tabs[i]);
    }
}

static void
test_dialogs (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  g_autoptr (GezQuery) network = gez_network_view_query (&dossier->household);
  g_autoptr (GezView) view = gez_store_run (dossier->fixture->store, network, NULL);
  GPtrArray *members = gez_view_get_list (view, "members");
  GtkWidget *label = gtk_label_new (NULL);
  gint64 n_written;

  dossier_fill (dossier);
  n_written = count_written (dossier);
  dossier_show (dossier, label, 900, 700);
  gez_new_household_dialog_present_named (GTK_WINDOW (dossier->window), dossier->context, "Gezin");
  gez_member_dialog_present (label, dossier->context, &dossier->household, NULL);
  gez_member_dialog_present (label, dossier->context, &dossier->household, members->pdata[0]);
  gez_helper_dialog_present (label, dossier->context, &dossier->household, "network", NULL, NULL);
  gez_relation_dialog_present (label, dossier->context, &dossier->household, members);
  gez_note_dialog_present (label, dossier->context, &dossier->household, NULL, NULL);
  gez_referral_dialog_present (label, dossier->context, &dossier->household, NULL);
  gez_agenda_dialog_present (label, dossier->context, &dossier->household, "2026-11-24");
  gez_agenda_dialog_present_followup (label, dossier->context, &dossier->household, "2026-11-24");
  gez_search_dialog_present (GTK_WINDOW (dossier->window), dossier->context);
  dossier_settle (dossier);
  close_dialogs (dossier);
  dossier_drop (dossier);
  g_assert_cmpint (count_written (dossier), ==, n_written);
}

static void
test_places (void)
{
  GtkWidget *(*const places[]) (GezContext *) = {
    gez_today_page_new, gez_households_page_new, gez_agenda_page_new,
  };
  g_autoptr (Dossier) dossier = dossier_new ();
  gint64 n_written = count_written (dossier);

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      dossier_show (dossier, places[i] (dossier->context), 1000, 700);
      walk_focus (adw_toast_overlay_get_child (ADW_TOAST_OVERLAY (dossier->overlay)));
      dossier_drop (dossier);
    }
  g_assert_cmpint (count_written (dossier), ==, n_written);
}

/* Search before create --------------------------------------------------------------------------- */

static void
add_person (Dossier *dossier)
{
  const GezPersonInput input = {
    .first_name = "Çiğdem", .last_name = "Yılmaz", .born_on = "1990-04-03",
    .phones = "0470/12.34.56",
  };
  GezId id;

  dossier_commit (dossier, gez_person_add (dossier->context, &dossier->other_household, &input, &id));
}

static void
wait_same (Dossier   *dossier,
           GtkWidget *dialog)
{
  GtkWidget *same = NULL;

  for (guint i = 0; i < 50 && (same == NULL || !gtk_widget_get_mapped (same)); i++)
    {
      dossier_settle (dossier);
      same = dossier_find (dialog, GEZ_TYPE_POSSIBLE_SAME, 0);
    }
  g_assert_true (same != NULL && gtk_widget_get_mapped (same));
}

static void
test_same_member (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *dialog;
  g_autofree char *id = gez_id_to_string (&dossier->other_household);

  add_person (dossier);
  dossier_show (dossier, label, 900, 700);
  gez_member_dialog_present (label, dossier->context, &dossier->household, NULL);
  dialog = dossier_find_dialog (GEZ_TYPE_MEMBER_DIALOG);
  dossier_type (dialog, "First name", "yilmaz");
  dossier_type (dialog, "Phone numbers", "+32 470 12 34 56");
  wait_same (dossier, dialog);
  g_assert_true (dossier_shows (dialog, "Possibly the same person"));
  g_assert_true (dossier_shows (dialog, "Çiğdem Yılmaz"));
  g_assert_true (dossier_shows (dialog, "telephone number"));
  gtk_widget_activate (dossier_find (dossier_find (dialog, GEZ_TYPE_POSSIBLE_SAME, 0),
                                     GTK_TYPE_LIST_BOX_ROW, 0));
  dossier_wait_closed (GEZ_TYPE_MEMBER_DIALOG);
  g_assert_nonnull (strstr (dossier->asked->str, id));
  dossier_drop (dossier);
}

static void
test_same_in_new_household (void)
{
  g_autoptr (Dossier) dossier = dossier_new ();
  GtkWidget *dialog;

  add_person (dossier);
  dossier_show (dossier, gtk_label_new (NULL), 900, 700);
  gez_new_household_dialog_present (GTK_WINDOW (dossier->window), dossier->context);
  dialog = dossier_find_dialog (GEZ_TYPE_NEW_HOUSEHOLD_DIALOG);
  dossier_type (dialog, "Name or alias of the family", "Iets heel anders");
  dossier_press (dialog, "Add a member");
  dossier_type (dialog, "First name", "Cigdem");
  dossier_type (dialog, "Birth date or age", "3/4/1990");
  wait_same (dossier, dialog);
  g_assert_true (dossier_shows (dialog, "Çiğdem Yılmaz"));
  g_assert_true (dossier_shows (dialog, "birth date"));
  dossier_press (dialog, "Remove this member");
  for (guint i = 0; i < 50 && dossier_shows (dialog, "Çiğdem Yılmaz"); i++)
    dossier_settle (dossier);
  g_assert_false (dossier_shows (dialog, "Çiğdem Yılmaz"));
  gtk_window_destroy (GTK_WINDOW (dialog));
  dossier_drop (dossier);
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("LANGUAGE", "en", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/untouched/tabs", test_tabs);
  g_test_add_func ("/untouched/dialogs", test_dialogs);
  g_test_add_func ("/untouched/places", test_places);
  g_test_add_func ("/same/member", test_same_member);
  g_test_add_func ("/same/new-household", test_same_in_new_household);
  return g_test_run ();
}
