/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The demonstration has no team: what the pages of one show is made up here. */

#include "tour-team.h"

#include <adwaita.h>
#include <string.h>

#include "circle/gez-team-view.h"
#include "sync/gez-restored-dialog.h"
#include "sync/gez-sync-page.h"
#include "team/gez-invite-dialog.h"
#include "team/gez-join-page.h"
#include "team/gez-joined-dialog.h"
#include "team/gez-team-page.h"
#include "team/gez-team-window.h"
#include "vault/gez-vault-keys.h"

static const char *const names[] = { "Testa Verzonnen", "Els <b>Bedacht</b> & co van den Langen-Naam tot "
                                                        "Voorbeeldhuize" };

static GtkWindow *
find_above (Tour *self)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = g_list_model_get_n_items (windows); i > 0; i--)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i - 1);

      if (window != tour_get_window (self) && gtk_widget_get_mapped (GTK_WIDGET (window)))
        return window;
    }
  g_error ("no window opened");
}

static void
unfold (GtkWidget *root)
{
  if (ADW_IS_EXPANDER_ROW (root))
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (root), TRUE);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    unfold (child);
}

static void
show_sync (GtkWidget *page)
{
  gint64 now = g_get_real_time () / 1000;
  GezSyncDevice devices[G_N_ELEMENTS (names)] = { 0 };
  GezSyncProblem problem = { (char *) "d/abcdefghijklmnopqrstuvwxyz/s00000012-abcdefghijklmnopqrstuvwxyz.seg",
                             (char *) "incomplete", (char *) names[1], now - 100000000 };
  GezSyncStatus status = { .has_team = TRUE,
                           .folder_uri = (char *) "file:///een/lange/weg/naar/een/gedeelde/map",
                           .last_read_at = now, .restored_at = now };

  status.devices = g_ptr_array_new ();
  status.problems = g_ptr_array_new ();
  g_ptr_array_add (status.problems, &problem);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      devices[i] = (GezSyncDevice) { .member_name = (char *) names[i], .is_this = i == 0, .last_wall_at = now,
                                     .n_missing = 2 * i, .missing_since_at = i * (now - 200000000),
                                     .is_clock_ahead = i > 0, .is_forked = i > 0 };
      devices[i].member.bytes[0] = devices[i].device.bytes[0] = (guint8) (1 + i);
      g_ptr_array_add (status.devices, &devices[i]);
    }
  gez_sync_page_show (GEZ_SYNC_PAGE (page), GEZ_SYNC_IDLE, &status, NULL);
  unfold (page);
  g_ptr_array_unref (status.devices);
  g_ptr_array_unref (status.problems);
}

static void
show_team (GtkWidget *page)
{
  GezTeamDevice devices[G_N_ELEMENTS (names)] = { 0 };
  GezTeamPerson persons[G_N_ELEMENTS (names)];
  GezTeamInvited invited = { .check = (char *) "1234 5678 9012 3456 7890", .name = (char *) names[1],
                             .role = (char *) "brugfiguur", .valid_until = g_get_real_time () };
  GezTeamView view = { TRUE, (char *) "Team A & <b>", NULL, TRUE, (char *) "cards", g_ptr_array_new (),
                       g_ptr_array_new () };

  invited.id.bytes[0] = 9;
  g_ptr_array_add (view.invited, &invited);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      persons[i] = (GezTeamPerson) { .name = (char *) names[i], .role = (char *) "teamleider",
                                     .is_active = TRUE,
                                     .is_self = i == 0, .check = invited.check,
                                     .devices = g_ptr_array_new () };
      devices[i].is_this = i == 0;
      devices[i].id.bytes[0] = persons[i].id.bytes[0] = (guint8) (1 + i);
      g_ptr_array_add (persons[i].devices, &devices[i]);
      g_ptr_array_add (view.persons, &persons[i]);
    }
  gez_team_page_show (GEZ_TEAM_PAGE (page), &view);
  unfold (page);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_ptr_array_unref (persons[i].devices);
  g_ptr_array_unref (view.persons);
  g_ptr_array_unref (view.invited);
}

static void
visit_page (Tour       *self,
            GezContext *context,
            const char *name,
            const char *type,
            void      (*show) (GtkWidget *page),
            TourVisit   visit,
            gpointer    data)
{
  GtkWindow *window;

  gez_team_window_present (tour_get_window (self), context, name);
  tour_settle (self);
  window = find_above (self);
  show (tour_find_type (GTK_WIDGET (window), type));
  tour_settle (self);
  visit (self, name, GTK_WIDGET (window), data);
  gtk_window_destroy (window);
  tour_settle (self);
}

static void
visit_dialog (Tour       *self,
              GezContext *context,
              const char *name,
              void      (*present) (GtkWidget  *parent,
                                    GezContext *context),
              TourVisit   visit,
              gpointer    data)
{
  GtkWindow *window;

  present (GTK_WIDGET (tour_get_window (self)), context);
  tour_settle (self);
  window = find_above (self);
  visit (self, name, GTK_WIDGET (window), data);
  gtk_window_destroy (window);
  tour_settle (self);
}

/* Pages and dialogs of a team, over the workspace. */
void
tour_visit_team (Tour       *self,
                 GezContext *context,
                 TourVisit   visit,
                 gpointer    data)
{
  visit_page (self, context, "sync", "GezSyncPage", show_sync, visit, data);
  visit_page (self, context, "team", "GezTeamPage", show_team, visit, data);
  visit_dialog (self, context, "Invite", gez_invite_dialog_present, visit, data);
  visit_dialog (self, context, "Joined", gez_joined_dialog_present, visit, data);
  visit_dialog (self, context, "Put back", gez_restored_dialog_present, visit, data);
}

/* Returns: (transfer floating): the page of who was invited, in a window of its own */
GtkWidget *
tour_join_page_new (void)
{
  g_autoptr (GezClock) clock = gez_clock_new ();
  GezOpening *opening = gez_opening_new ("/nowhere", clock, GEZ_KDF_COST_TEST);
  GtkWidget *page = gez_join_page_new (opening);

  gez_opening_free (opening);
  return page;
}
