/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/gez-window.h"

#include <glib/gi18n.h>

#include "common/gez-act.h"
#include "common/gez-draft-keeper.h"
#include "household/gez-new-household-dialog.h"
#include "unlock/gez-unlock-page.h"
#include "unlock/gez-welcome-page.h"
#include "window/gez-workspace.h"

/* What happens on locking, in this order:
 *
 * 1. Dialogs close, so that nothing of a file stands in another window.
 * 2. What is being typed is written as a draft; the draft keepers of the pages do that.
 * 3. The pages are destroyed, not hidden: a hidden page stays readable on the accessibility bus.
 * 4. The store is closed on another thread; its vault wipes the keys.
 * 5. Only then is the passphrase asked again. Until then no action of the window works. */

struct _GezWindow
{
  AdwApplicationWindow parent_instance;

  GezOpening *opening;
  GtkWidget *toasts;
  GtkWidget *workspace; /* NULL while locked; owned by toasts */
  gboolean is_closing;
};

G_DEFINE_FINAL_TYPE (GezWindow, gez_window, ADW_TYPE_APPLICATION_WINDOW)

static const char *const unlocked_actions[] = {
  "lock", "show-place", "open-household", "open-household-tab", "new-household", "go-back",
};

static void
enable_actions (GezWindow *self,
                gboolean   enabled)
{
  for (guint i = 0; i < G_N_ELEMENTS (unlocked_actions); i++)
    {
      GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), unlocked_actions[i]);

      g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
    }
}

/* A page before the workspace, with a header bar of its own. */
static void
show_front_page (GezWindow *self,
                 GtkWidget *page)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();

  gtk_widget_add_css_class (header, "flat");
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), adw_window_title_new ("Gezinsplan", NULL));
  gtk_widget_set_vexpand (page, TRUE);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), page);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (self->toasts), box);
  gtk_widget_grab_focus (page);
}

static void
opened_cb (GezWindow  *self,
           GezContext *context)
{
  gez_window_show (self, context);
}

static void
show_door (GezWindow *self)
{
  gboolean exists = gez_vault_exists (self->opening->directory);
  GtkWidget *page = exists ? gez_unlock_page_new (self->opening) : gez_welcome_page_new (self->opening);

  g_signal_connect_swapped (page, "opened", G_CALLBACK (opened_cb), self);
  show_front_page (self, page);
}

static void
close_dialogs (GezWindow *self)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *item = windows; item; item = item->next)
    if (GTK_IS_WINDOW (item->data) && item->data != (gpointer) self)
      gtk_window_destroy (item->data);
}

static void
close_store_thread (GTask        *task,
                    gpointer      source,
                    gpointer      store,
                    GCancellable *cancellable)
{
  GError *error = NULL;

  if (gez_store_close (store, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
store_closed_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  GezWindow *self = GEZ_WINDOW (source);

  if (self->is_closing)
    gtk_window_destroy (GTK_WINDOW (self));
  else
    show_door (self);
}

static void
show_closing (GezWindow *self)
{
  GtkWidget *spinner = gtk_spinner_new ();

  gtk_spinner_start (GTK_SPINNER (spinner));
  gtk_widget_set_halign (spinner, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spinner), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Locking"), -1);
  show_front_page (self, spinner);
}

static void
forget_clipboard (GezWindow *self)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));

  if (gdk_clipboard_is_local (clipboard))
    gdk_clipboard_set_content (clipboard, NULL);
}

static void
drafts_written_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      data)
{
  g_autoptr (GezWindow) self = data;
  GezStore *store = GEZ_STORE (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTask) task = NULL;

  /* A draft that could not be written was said so when it failed; the lock goes on. */
  gez_draft_keeper_flush_all_finish (store, result, &error);
  self->workspace = NULL;
  show_closing (self);
  task = g_task_new (self, NULL, store_closed_cb, NULL);
  g_task_set_task_data (task, g_object_ref (store), g_object_unref);
  g_task_run_in_thread (task, close_store_thread);
}

static void
lock_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  gez_window_lock (data);
}

static void
show_place_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       data)
{
  GezWindow *self = data;

  gez_workspace_show_place (GEZ_WORKSPACE (self->workspace), g_variant_get_string (parameter, NULL));
}

static void
open_household (GezWindow  *self,
                const char *text,
                const char *tab)
{
  GezId id;

  if (gez_id_parse (text, &id))
    gez_workspace_open_household (GEZ_WORKSPACE (self->workspace), &id, tab);
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

static void
new_household_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       data)
{
  GezWindow *self = data;

  gez_new_household_dialog_present (GTK_WINDOW (self),
                                    gez_workspace_get_context (GEZ_WORKSPACE (self->workspace)));
}

static void
go_back_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       data)
{
  gez_workspace_go_back (GEZ_WORKSPACE (GEZ_WINDOW (data)->workspace));
}

/* Closing the window is locking it first: nothing that was typed is lost. */
static gboolean
gez_window_close_request (GtkWindow *window)
{
  GezWindow *self = GEZ_WINDOW (window);

  if (self->workspace == NULL)
    return GTK_WINDOW_CLASS (gez_window_parent_class)->close_request (window);
  self->is_closing = TRUE;
  gez_window_lock (self);
  return TRUE;
}

static void
gez_window_finalize (GObject *object)
{
  g_clear_pointer (&GEZ_WINDOW (object)->opening, gez_opening_free);
  G_OBJECT_CLASS (gez_window_parent_class)->finalize (object);
}

static void
gez_window_class_init (GezWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gez_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = gez_window_close_request;
}

static void
gez_window_init (GezWindow *self)
{
  static const GActionEntry actions[] = {
    { "lock", lock_cb },
    { "show-place", show_place_cb, "s" },
    { "open-household", open_household_cb, "s" },
    { "open-household-tab", open_household_tab_cb, "(ss)" },
    { "new-household", new_household_cb },
    { "go-back", go_back_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  enable_actions (self, FALSE);
  gtk_window_set_title (GTK_WINDOW (self), "Gezinsplan");
  gtk_window_set_icon_name (GTK_WINDOW (self), "be.gezinsplan.Gezinsplan");
  gtk_window_set_default_size (GTK_WINDOW (self), 1280, 800);
  gtk_widget_set_size_request (GTK_WIDGET (self), 360, 294);
  self->toasts = adw_toast_overlay_new ();
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self), self->toasts);
}

/**
 * gez_window_new:
 * @opening: copied
 *
 * Returns: (transfer floating): a locked window, or one that makes a store where there is none
 */
GtkWidget *
gez_window_new (GtkApplication   *application,
                const GezOpening *opening)
{
  GezWindow *self = g_object_new (GEZ_TYPE_WINDOW, "application", application, NULL);

  self->opening = gez_opening_copy (opening);
  show_door (self);
  return GTK_WIDGET (self);
}

/**
 * gez_window_show:
 * @context: of an unlocked store
 *
 * Shows the workspace.
 */
void
gez_window_show (GezWindow  *self,
                 GezContext *context)
{
  g_return_if_fail (GEZ_IS_WINDOW (self) && GEZ_IS_CONTEXT (context));

  self->workspace = gez_workspace_new (context);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (self->toasts), self->workspace);
  enable_actions (self, TRUE);
}

/**
 * gez_window_lock:
 *
 * Locks the window; see the top of this file.
 */
void
gez_window_lock (GezWindow *self)
{
  g_autoptr (GezStore) store = NULL;

  g_return_if_fail (GEZ_IS_WINDOW (self));

  if (self->workspace == NULL || !g_action_get_enabled (g_action_map_lookup_action (G_ACTION_MAP (self), "lock")))
    return;
  enable_actions (self, FALSE);
  close_dialogs (self);
  forget_clipboard (self);
  store = g_object_ref (gez_context_get_store (gez_workspace_get_context (GEZ_WORKSPACE (self->workspace))));
  gez_draft_keeper_flush_all_async (store, drafts_written_cb, g_object_ref (self));
}
