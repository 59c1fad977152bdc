/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "window/gez-window.h"

#include <glib/gi18n.h>

#include "backup/gez-restore-dialog.h"
#include "common/gez-confirm.h"
#include "common/gez-draft-keeper.h"
#include "common/gez-sentence.h"
#include "common/gez-settings.h"
#include "store/gez-restore.h"
#include "repair/gez-repair-page.h"
#include "sync/gez-sync-of.h"
#include "team/gez-join-page.h"
#include "team/gez-joined-dialog.h"
#include "unlock/gez-front.h"
#include "unlock/gez-recover-page.h"
#include "unlock/gez-unlock-page.h"
#include "unlock/gez-welcome-page.h"
#include "window/gez-crisis-card.h"
#include "window/gez-window-actions.h"
#include "window/gez-window-parts.h"
#include "window/gez-workspace.h"

#define PUBLISHING 4 /* seconds that locking waits for what colleagues do not have yet */

/* What happens on locking, in this order:
 *
 * 1. Dialogs close, so that nothing of a file stands in another window.
 * 2. The page before the workspace takes its place, with a new overlay for toasts: the old ones
 *    hold names. What left the tree is not on the accessibility bus any more; hidden pages would be.
 * 3. What is being typed is written as a draft. When that fails the workspace comes back, and the
 *    person decides.
 * 4. The pages are destroyed. Syncing ends, after what waits is published if that goes fast; then the store
 *    is closed on another thread, and its vault wipes the keys.
 * 5. Only then is the passphrase asked again. Until then no action of the window works. */

struct _GezWindow
{
  AdwApplicationWindow parent_instance;

  GezOpening *opening;
  GtkWidget *workspace; /* NULL while locked; owned by the overlay */
  GtkWidget *leaving;   /* the workspace while its drafts are being written */
  GtkWidget *door;      /* the page that asks for the passphrase, if it shows */
  GtkWidget *repair;    /* the page about a damaged store, if it shows: it holds keys */
  GezVault *kept;       /* of a store that turned out to be damaged, until it is closed */
  GError *damage;       /* what does not read in it */
  GtkWidget *cover;     /* GtkOverlay around what shows; owned by the window */
  GtkWidget *warning;   /* above what shows; owned by the cover */
  gboolean is_open;
  gboolean is_locking;  /* until the store is closed */
  gboolean is_closing;
  char *restore; /* the backup that is to be put back once it is locked */
};

G_DEFINE_FINAL_TYPE (GezWindow, gez_window, ADW_TYPE_APPLICATION_WINDOW)

static GParamSpec *open_property;

static void
set_open (GezWindow *self,
          gboolean   is_open)
{
  if (self->is_open == is_open)
    return;
  self->is_open = is_open;
  g_object_notify_by_pspec (G_OBJECT (self), open_property);
}

static void
show_content (GezWindow *self,
              GtkWidget *content)
{
  GtkWidget *overlay = adw_toast_overlay_new ();

  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  self->cover = gtk_overlay_new ();
  self->warning = gez_window_warning_new ();
  gtk_overlay_set_child (GTK_OVERLAY (self->cover), content);
  gtk_overlay_add_overlay (GTK_OVERLAY (self->cover), self->warning);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), self->cover);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self), overlay);
}

/* A page before the workspace, with a header bar of its own. */
static void
show_front_page (GezWindow *self,
                 GtkWidget *page)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();

  gtk_widget_add_css_class (header, "flat");
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header),
                                   adw_window_title_new ("Gezinsplan", NULL));
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), gez_window_crisis_button_new ());
  gtk_widget_set_vexpand (page, TRUE);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), page);
  show_content (self, box);
  gtk_widget_grab_focus (page);
}

static void
opened_cb (GezWindow  *self,
           GezContext *context)
{
  gez_window_show (self, context);
}

static void show_recover_page (GezWindow *self);
static void show_join_page (GezWindow *self);

static void
restore_clicked_cb (GezWindow *self)
{
  gez_restore_dialog_present (GTK_WIDGET (self), self->opening);
}

/* Below the page that asks for the passphrase, or that makes a new file. The demonstration has no backups. */
static void
add_restore_button (GezWindow *self,
                    GtkWidget *page)
{
  if (self->opening->hint == NULL)
    gez_window_add_foot (page, _("Put a _backup back…"), G_CALLBACK (restore_clicked_cb), self);
}

static void show_door (GezWindow *self);

static void
set_can_lock (GezWindow *self,
              gboolean   can_lock)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "lock");

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), can_lock);
}

/* Drops the page and its keys. */
static void
repair_left_cb (GezWindow *self)
{
  self->repair = NULL;
  set_can_lock (self, FALSE);
  show_door (self);
  set_open (self, FALSE);
}

static void
show_repair (GezWindow *self,
             GezVault  *vault,
             GError    *error)
{
  self->door = NULL;
  self->repair = gez_repair_page_new (self->opening, vault, error);
  g_signal_connect_object (self->repair, "leave", G_CALLBACK (repair_left_cb), self, G_CONNECT_SWAPPED);
  show_front_page (self, self->repair);
  set_can_lock (self, TRUE);
  set_open (self, TRUE);
}

/* Whatever page came upon it: the file is closed, and there is one page that says what is wrong. */
static void
store_damaged_cb (GezWindow *self,
                  GError    *error,
                  GezStore  *store)
{
  if (self->workspace == NULL || self->damage != NULL)
    return;
  self->damage = g_error_copy (error);
  self->kept = gez_store_ref_vault (store);
  gez_window_lock (self);
}

static void
show_unlock_page (GezWindow *self)
{
  self->door = gez_unlock_page_new (self->opening);
  g_signal_connect_object (self->door, "damaged", G_CALLBACK (show_repair), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->door, "unfinished", G_CALLBACK (show_door), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->door, "opened", G_CALLBACK (opened_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->door, "forgotten", G_CALLBACK (show_recover_page), self, G_CONNECT_SWAPPED);
  show_front_page (self, self->door);
  add_restore_button (self, self->door);
}

static void
show_recover_page (GezWindow *self)
{
  GtkWidget *page = gez_recover_page_new (self->opening);

  self->door = NULL;
  g_signal_connect_object (page, "opened", G_CALLBACK (opened_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "back", G_CALLBACK (show_unlock_page), self, G_CONNECT_SWAPPED);
  show_front_page (self, page);
}

static void
show_door (GezWindow *self)
{
  GtkWidget *page;
  g_autoptr (GError) error = NULL;

  /* What was broken off while a backup was put back is finished before anybody looks. */
  if (!gez_restore_tidy (self->opening->directory, &error))
    g_warning ("%s", error->message);
  if (gez_vault_exists (self->opening->directory))
    {
      show_unlock_page (self);
      return;
    }
  page = gez_welcome_page_new (self->opening);
  g_signal_connect_object (page, "opened", G_CALLBACK (opened_cb), self, G_CONNECT_SWAPPED);
  show_front_page (self, page);
  gez_window_add_foot (page, _("I was in_vited…"), G_CALLBACK (show_join_page), self);
  add_restore_button (self, page);
}

static void
joined_cb (GezWindow  *self,
           GezContext *context)
{
  gez_window_show (self, context);
  gez_joined_dialog_present (GTK_WIDGET (self), context);
}

static void
show_join_page (GezWindow *self)
{
  GtkWidget *page = gez_join_page_new (self->opening);

  self->door = NULL;
  g_signal_connect_object (page, "joined", G_CALLBACK (joined_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "back", G_CALLBACK (show_door), self, G_CONNECT_SWAPPED);
  show_front_page (self, page);
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
  g_autoptr (GError) error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  self->is_locking = FALSE;
  set_open (self, FALSE);
  if (self->is_closing)
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  if (self->damage != NULL)
    {
      g_autoptr (GezVault) vault = g_steal_pointer (&self->kept);
      g_autoptr (GError) damage = g_steal_pointer (&self->damage);

      show_repair (self, vault, damage);
      return;
    }
  gez_unlock_page_set_busy (GEZ_UNLOCK_PAGE (self->door), NULL);
  if (error != NULL)
    gez_unlock_page_say (GEZ_UNLOCK_PAGE (self->door), error);
  if (self->restore != NULL)
    gez_restore_dialog_present_file (GTK_WIDGET (self), self->opening, self->restore);
  g_clear_pointer (&self->restore, g_free);
}

static GezStore *
get_store (GtkWidget *workspace)
{
  return gez_context_get_store (gez_workspace_get_context (GEZ_WORKSPACE (workspace)));
}

/* What was not published waits in the store. */
static void
sync_stopped_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;

  if (!gez_sync_stop_finish (GEZ_SYNC (source), result, &error))
    g_debug ("not published before locking: %s", error->message);
  g_task_run_in_thread (task, close_store_thread);
}

static void
finish_lock (GezWindow *self)
{
  GTask *task = g_task_new (self, NULL, store_closed_cb, NULL);
  GezContext *context = gez_workspace_get_context (GEZ_WORKSPACE (self->leaving));
  g_autoptr (GezSync) sync = g_object_ref (gez_sync_of (context));

  g_task_set_task_data (task, g_object_ref (get_store (self->leaving)), g_object_unref);
  g_object_run_dispose (G_OBJECT (self->leaving));
  g_clear_object (&self->leaving);
  gez_sync_stop_async (sync, self->damage == NULL ? PUBLISHING : 0, sync_stopped_cb, task);
}

static void
leave_workspace (GezWindow *self)
{
  gez_window_enable_actions (self, FALSE);
  gez_window_close_dialogs (GTK_WINDOW (self));
  gez_window_forget_clipboards (GTK_WIDGET (self));
  self->is_locking = TRUE;
  self->leaving = g_object_ref (self->workspace);
  self->workspace = NULL;
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_overlay_set_child (GTK_OVERLAY (self->cover), NULL);
  show_unlock_page (self);
  gez_unlock_page_set_busy (GEZ_UNLOCK_PAGE (self->door), _("Locking…"));
}

static void
lock_anyway_cb (gpointer data)
{
  GezWindow *self = data;

  if (self->workspace == NULL)
    return;
  leave_workspace (self);
  finish_lock (self);
}

static void
drafts_written_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      data)
{
  g_autoptr (GezWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  if (gez_draft_keeper_flush_all_finish (GEZ_STORE (source), result, &error) || self->damage != NULL)
    {
      finish_lock (self);
      return;
    }
  self->is_locking = self->is_closing = FALSE;
  g_clear_pointer (&self->restore, g_free);
  self->workspace = self->leaving;
  show_content (self, self->workspace);
  g_clear_object (&self->leaving);
  gez_window_enable_actions (self, TRUE);
  sentence = gez_sentence_for_error (error);
  gez_confirm (GTK_WIDGET (self), _("What you typed is not saved"), sentence, _("_Lock anyway"),
               TRUE, lock_anyway_cb, self, NULL);
}

static void
lock_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  gez_window_lock (data);
}

/* The passphrase is asked there: whoever calls this over the bus puts nothing back. */
static void
restore_backup_cb (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       data)
{
  GezWindow *self = data;

  g_free (self->restore);
  self->restore = g_variant_dup_bytestring (parameter, NULL);
  gez_window_lock (self);
}

/* A widget's own action, so that it is not on the bus. */
static void
door_show_cb (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  GezWindow *self = GEZ_WINDOW (widget);

  if (self->repair != NULL)
    repair_left_cb (self);
  else if (self->workspace == NULL && !self->is_locking && !self->is_open)
    show_door (self);
}

static void
toplevels_changed_cb (GezWindow  *self,
                      guint       position,
                      guint       n_removed,
                      guint       n_added,
                      GListModel *toplevels)
{
  for (guint i = position; i < position + n_added; i++)
    {
      g_autoptr (GtkWidget) toplevel = g_list_model_get_item (toplevels, i);

      if (toplevel != (GtkWidget *) self)
        gez_window_add_dialog_keys (GTK_WINDOW (self), toplevel);
    }
}

/* Closing the window is locking it first: nothing that was typed is lost. */
static gboolean
gez_window_close_request (GtkWindow *window)
{
  GezWindow *self = GEZ_WINDOW (window);

  if (self->is_locking)
    {
      self->is_closing = TRUE;
      return TRUE;
    }
  if (self->workspace == NULL)
    return GTK_WINDOW_CLASS (gez_window_parent_class)->close_request (window);
  self->is_closing = TRUE;
  gez_window_lock (self);
  return TRUE;
}

static void
gez_window_get_property (GObject    *object,
                         guint       id,
                         GValue     *value,
                         GParamSpec *property)
{
  g_value_set_boolean (value, GEZ_WINDOW (object)->is_open);
}

static void
gez_window_finalize (GObject *object)
{
  g_clear_object (&GEZ_WINDOW (object)->kept);
  g_clear_error (&GEZ_WINDOW (object)->damage);
  g_clear_pointer (&GEZ_WINDOW (object)->opening, gez_opening_free);
  g_free (GEZ_WINDOW (object)->restore);
  G_OBJECT_CLASS (gez_window_parent_class)->finalize (object);
}

static void
gez_window_class_init (GezWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->get_property = gez_window_get_property;
  G_OBJECT_CLASS (klass)->finalize = gez_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = gez_window_close_request;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "door.show", NULL, door_show_cb);
  open_property = g_param_spec_boolean ("is-open", NULL, NULL, FALSE,
                                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_property (G_OBJECT_CLASS (klass), 1, open_property);
}

static void
remember_size (GezWindow *self)
{
  static const char *const names[][2] = {
    { "window-width", "default-width" },
    { "window-height", "default-height" },
    { "window-maximized", "maximized" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_object_bind_property (gez_settings_get_default (), names[i][0], self, names[i][1],
                            G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
}

static void
gez_window_init (GezWindow *self)
{
  static const GActionEntry actions[] = {
    { "lock", lock_cb },
    { "restore-backup", restore_backup_cb, "ay" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  gez_window_add_actions (self);
  gez_window_enable_actions (self, FALSE);
  gtk_window_set_title (GTK_WINDOW (self), "Gezinsplan");
  gtk_window_set_icon_name (GTK_WINDOW (self), "be.gezinsplan.Gezinsplan");
  g_signal_connect_object (gtk_window_get_toplevels (), "items-changed",
                           G_CALLBACK (toplevels_changed_cb), self, G_CONNECT_SWAPPED);
  remember_size (self);
  gtk_widget_set_size_request (GTK_WIDGET (self), 360, 294);
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
 * gez_window_get_workspace:
 *
 * Returns: (transfer none) (nullable): the workspace; %NULL while locked
 */
GtkWidget *
gez_window_get_workspace (GezWindow *self)
{
  g_return_val_if_fail (GEZ_IS_WINDOW (self), NULL);

  return self->workspace;
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
  self->door = self->repair = NULL;
  g_signal_connect_object (gez_context_get_store (context), "damaged", G_CALLBACK (store_damaged_cb), self,
                           G_CONNECT_SWAPPED);
  show_content (self, self->workspace);
  gtk_widget_child_focus (self->workspace, GTK_DIR_TAB_FORWARD);
  gez_window_enable_actions (self, TRUE);
  gez_sync_start (gez_sync_of (context));
  set_open (self, TRUE);
}

/**
 * gez_window_is_open:
 *
 * Returns: whether a store is open, or is not closed yet
 */
gboolean
gez_window_is_open (GezWindow *self)
{
  g_return_val_if_fail (GEZ_IS_WINDOW (self), FALSE);

  return self->is_open;
}

/**
 * gez_window_warn:
 * @seconds: after how many the window will lock; 0: it will not soon
 *
 * Says so without getting in the way.
 */
void
gez_window_warn (GezWindow *self,
                 guint      seconds)
{
  g_autofree char *sentence = NULL;

  g_return_if_fail (GEZ_IS_WINDOW (self));

  if (seconds > 0 && self->workspace != NULL)
    {
      sentence = g_strdup_printf (ngettext ("Locks in %u second. Any key keeps it open.",
                                            "Locks in %u seconds. Any key keeps it open.", seconds),
                                  seconds);
      gtk_label_set_label (GTK_LABEL (self->warning), sentence);
    }
  gtk_widget_set_visible (self->warning, sentence != NULL);
}

/**
 * gez_window_lock:
 *
 * Locks the window; see the top of this file.
 */
void
gez_window_lock (GezWindow *self)
{
  g_return_if_fail (GEZ_IS_WINDOW (self));

  if (self->repair != NULL)
    {
      gez_window_close_dialogs (GTK_WINDOW (self));
      repair_left_cb (self);
    }
  if (self->workspace == NULL)
    return;
  leave_workspace (self);
  gez_draft_keeper_flush_all_async (get_store (self->leaving), drafts_written_cb,
                                    g_object_ref (self));
}

/**
 * gez_window_show_busy:
 * @sentence: what is being done
 *
 * Shows that the program works on something before there is anything to see.
 */
void
gez_window_show_busy (GezWindow  *self,
                      const char *sentence)
{
  GtkWidget *spinner = gtk_spinner_new ();

  g_return_if_fail (GEZ_IS_WINDOW (self) && sentence != NULL);

  gtk_spinner_start (GTK_SPINNER (spinner));
  gtk_widget_set_size_request (spinner, 32, 32);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spinner), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  sentence, -1);
  show_front_page (self, gez_front_new ("Gezinsplan", sentence, spinner));
}

/**
 * gez_window_show_crisis_card:
 *
 * Shows the crisis card, whether the file is locked or not, above the window or dialog that is used.
 */
void
gez_window_show_crisis_card (GezWindow *self)
{
  g_autoptr (GList) windows = NULL;
  GtkWindow *above;
  GezContext *context;

  g_return_if_fail (GEZ_IS_WINDOW (self));

  windows = gtk_window_list_toplevels ();
  above = GTK_WINDOW (self);
  for (GList *item = windows; item != NULL; item = item->next)
    if (GTK_IS_WINDOW (item->data) && gtk_window_is_active (item->data))
      above = item->data;
  context = self->workspace ? gez_workspace_get_context (GEZ_WORKSPACE (self->workspace)) : NULL;
  gez_crisis_card_present (above, context ? gez_context_get_lists (context) : NULL);
}
