/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/gez-window-actions.h"

#include "common/gez-act.h"
#include "common/gez-discretion.h"
#include "common/gez-piecemeal.h"
#include "common/gez-shortcuts-window.h"
#include "household/gez-new-household-dialog.h"
#include "preferences/gez-preferences.h"
#include "search/gez-search-dialog.h"
#include "team/gez-team-window.h"
#include "window/gez-workspace.h"

/* What the window does with its workspace. While there is none these are switched off. */

static const char *const unlocked_actions[] = {
  "lock", "show-place", "open-household", "open-household-tab", "open-partner", "new-household",
  "new-household-named", "go-back", "undo", "search", "preferences", "hide-names",
  "backups", "restore-backup", "show-readers", "sync", "team",
};

static GezWorkspace *
get_workspace (GezWindow *self)
{
  return GEZ_WORKSPACE (gez_window_get_workspace (self));
}

static void
show_place_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       data)
{
  GezWindow *self = data;

  gez_workspace_show_place (get_workspace (self),
                            g_variant_get_string (parameter, NULL));
}

static void
open_household (GezWindow  *self,
                const char *text,
                const char *tab)
{
  GezId id;

  if (gez_id_parse (text, &id))
    gez_workspace_open_household (get_workspace (self), &id, tab);
}

static void
open_household_cb (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       data)
{
  open_household (data, g_variant_get_string (parameter, NULL), NULL);
}

static void
open_household_tab_cb (GSimpleAction *action,
                       GVariant      *parameter,
                       gpointer       data)
{
  const char *household, *tab;

  g_variant_get (parameter, "(&s&s)", &household, &tab);
  open_household (data, household, tab);
}

/* Without an identity it is a new partner that is to be noted. */
static void
open_partner_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       data)
{
  GezWindow *self = data;
  const char *text = g_variant_get_string (parameter, NULL);
  GezId id;

  if (*text == '\0')
    gez_workspace_open_partner (get_workspace (self), NULL);
  else if (gez_id_parse (text, &id))
    gez_workspace_open_partner (get_workspace (self), &id);
}

static void
new_household_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       data)
{
  GezWindow *self = data;

  gez_new_household_dialog_present (GTK_WINDOW (self),
                                    gez_workspace_get_context (get_workspace (self)));
}

static void
new_household_named_cb (GSimpleAction *action,
                        GVariant      *parameter,
                        gpointer       data)
{
  GezWindow *self = data;

  gez_new_household_dialog_present_named (
    GTK_WINDOW (self), gez_workspace_get_context (get_workspace (self)),
    g_variant_get_string (parameter, NULL));
}

static void
show_readers_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       data)
{
  gez_workspace_show_readers (get_workspace (data));
}

static void
go_back_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       data)
{
  gez_workspace_go_back (get_workspace (data));
}

static void
search_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  GezWindow *self = data;

  gez_search_dialog_present (GTK_WINDOW (self),
                             gez_workspace_get_context (get_workspace (self)));
}

static void
show_shortcuts_cb (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       data)
{
  gez_shortcuts_window_present (data);
}

static void
undo_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  GezWindow *self = data;

  gez_undo_last (GTK_WIDGET (self), gez_workspace_get_context (get_workspace (self)));
}

static void
preferences_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       data)
{
  GezWindow *self = data;

  gez_preferences_present (GTK_WINDOW (self),
                           gez_workspace_get_context (get_workspace (self)));
}

static void
backups_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       data)
{
  GezWindow *self = data;

  gez_preferences_present_page (GTK_WINDOW (self),
                                gez_workspace_get_context (get_workspace (self)), "backups");
}

static void
team_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  GezWindow *self = data;

  /* The actions have the names of the pages. */
  gez_team_window_present (GTK_WINDOW (self), gez_workspace_get_context (get_workspace (self)),
                           g_action_get_name (G_ACTION (action)));
}

static void
hide_names_cb (GSimpleAction *action,
               GVariant      *state,
               gpointer       data)
{
  g_simple_action_set_state (action, state);
  gez_discretion_set_active (g_variant_get_boolean (state));
  gez_piecemeal_finish ();
}

/**
 * gez_window_add_actions:
 *
 * Adds what works on the workspace.
 */
void
gez_window_add_actions (GezWindow *self)
{
  static const GActionEntry actions[] = {
    { "show-place", show_place_cb, "s" },
    { "open-household", open_household_cb, "s" },
    { "open-household-tab", open_household_tab_cb, "(ss)" },
    { "open-partner", open_partner_cb, "s" },
    { "new-household", new_household_cb },
    { "new-household-named", new_household_named_cb, "s" },
    { "show-readers", show_readers_cb },
    { "go-back", go_back_cb },
    { "undo", undo_cb },
    { "preferences", preferences_cb },
    { "backups", backups_cb },
    { "sync", team_cb },
    { "team", team_cb },
    { "search", search_cb },
    { "show-shortcuts", show_shortcuts_cb },
    { "hide-names", NULL, NULL, "false", hide_names_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
}

/**
 * gez_window_enable_actions:
 * @enabled: whether a file is open
 *
 * Locked, none of them works, also not over the bus.
 */
void
gez_window_enable_actions (GezWindow *self,
                           gboolean   enabled)
{
  for (guint i = 0; i < G_N_ELEMENTS (unlocked_actions); i++)
    {
      GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), unlocked_actions[i]);

      g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
    }
}
