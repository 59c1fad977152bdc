/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/gez-sync-page.h"

#include <glib/gi18n.h>

#include "common/gez-accessible.h"
#include "common/gez-act.h"
#include "common/gez-confirm.h"
#include "common/gez-file-choice.h"
#include "common/gez-reader.h"
#include "sync/gez-folder-look.h"
#include "sync/gez-restored-dialog.h"
#include "sync/gez-sync-member-row.h"
#include "sync/gez-sync-of.h"
#include "sync/gez-sync-words.h"
#include "team/gez-team-do.h"

/* What changes by itself changes words in rows that are there: a row that was made anew would lose the
   focus. */

#define LOOK_AGAIN 30 /* seconds */
#define PROBLEMS_AT_MOST 100

struct _GezSyncPage
{
  AdwPreferencesPage parent_instance;

  GezContext *context;
  GezReader *reader;
  guint timeout;
  char *folder_uri;

  GtkWidget *folder_group;
  GtkWidget *state;
  GtkWidget *now;
  GtkWidget *progress_row;
  GtkWidget *progress;
  GtkWidget *progress_words;
  GtkWidget *restored;
  GtkWidget *empty;
  GtkWidget *folder;
  GtkWidget *last_read;
  GtkWidget *last_written;
  GtkWidget *members_group;
  GHashTable *members; /* GezId to GezSyncMemberRow */
  GtkWidget *problems_group;
  GtkWidget *problems;
  GPtrArray *problem_rows;
};

G_DEFINE_FINAL_TYPE (GezSyncPage, gez_sync_page, ADW_TYPE_PREFERENCES_PAGE)

static const char *const tables[] = { "member", NULL };

static GezStore *
get_store (GezSyncPage *self)
{
  return gez_context_get_store (self->context);
}

/* Rows ------------------------------------------------------------------------------------------- */

/* Colleagues in the order in which the status has them. */
static GPtrArray *
devices_of (const GezSyncStatus *status,
            const GezId         *member)
{
  GPtrArray *devices = g_ptr_array_new ();

  for (guint i = 0; i < status->devices->len; i++)
    {
      const GezSyncDevice *device = g_ptr_array_index (status->devices, i);

      if (gez_id_equal (&device->member, member))
        g_ptr_array_add (devices, (gpointer) device);
    }
  return devices;
}

static GtkWidget *
get_member_row (GezSyncPage *self,
                const GezId *member)
{
  GtkWidget *row = g_hash_table_lookup (self->members, member);

  if (row == NULL)
    {
      row = gez_sync_member_row_new ();
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->members_group), row);
      g_hash_table_insert (self->members, gez_id_copy (member), row);
    }
  return row;
}

static void
remove_gone (GezSyncPage *self,
             GHashTable  *present)
{
  GHashTableIter iter;
  gpointer member, row;

  g_hash_table_iter_init (&iter, self->members);
  while (g_hash_table_iter_next (&iter, &member, &row))
    if (!g_hash_table_contains (present, member))
      {
        adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self->members_group), row);
        g_hash_table_iter_remove (&iter);
      }
}

static void
show_members (GezSyncPage         *self,
              const GezSyncStatus *status)
{
  g_autoptr (GHashTable) present = g_hash_table_new (gez_id_hash, gez_id_equal);

  for (guint i = 0; i < status->devices->len; i++)
    {
      const GezSyncDevice *device = g_ptr_array_index (status->devices, i);
      g_autoptr (GPtrArray) devices = NULL;

      if (!g_hash_table_add (present, (gpointer) &device->member))
        continue;
      devices = devices_of (status, &device->member);
      gez_sync_member_row_set (GEZ_SYNC_MEMBER_ROW (get_member_row (self, &device->member)), devices, status,
                               gez_context_get_clock (self->context));
    }
  remove_gone (self, present);
  gtk_widget_set_visible (self->members_group, status->has_team && status->devices->len > 0);
}

static void
set_n_problem_rows (GezSyncPage *self,
                    guint        n_rows)
{
  while (self->problem_rows->len > n_rows)
    {
      adw_expander_row_remove (ADW_EXPANDER_ROW (self->problems),
                               self->problem_rows->pdata[self->problem_rows->len - 1]);
      g_ptr_array_set_size (self->problem_rows, (int) self->problem_rows->len - 1);
    }
  while (self->problem_rows->len < n_rows)
    {
      GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title-lines", 0,
                                     "subtitle-lines", 0, NULL);

      adw_expander_row_add_row (ADW_EXPANDER_ROW (self->problems), row);
      g_ptr_array_add (self->problem_rows, row);
    }
}

static void
show_problems (GezSyncPage         *self,
               const GezSyncStatus *status)
{
  GezClock *clock = gez_context_get_clock (self->context);
  guint n_rows = MIN (status->problems->len, PROBLEMS_AT_MOST);
  g_autofree char *title = g_strdup_printf (
    ngettext ("%u file cannot be read", "%u files cannot be read", status->problems->len),
    status->problems->len);

  set_n_problem_rows (self, n_rows);
  for (guint i = 0; i < n_rows; i++)
    {
      const GezSyncProblem *problem = g_ptr_array_index (status->problems, i);
      g_autofree char *moment = gez_sync_words_moment (problem->since_at, clock);
      g_autofree char *words = NULL;

      words = problem->member_name != NULL
                ? g_strdup_printf (_("%s\nOf %s, since %s"), gez_sync_words_problem (problem->why),
                                   problem->member_name, moment)
                : g_strdup_printf (_("%s\nSince %s"), gez_sync_words_problem (problem->why), moment);
      g_object_set (self->problem_rows->pdata[i], "title", problem->path, "subtitle", words, NULL);
    }
  g_object_set (self->problems, "title", title, NULL);
  gez_accessible_name_expander (self->problems, title);
  gtk_widget_set_visible (self->problems_group, n_rows > 0);
}

/* What there is ---------------------------------------------------------------------------------- */

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GezSyncPage) self = data;

  if (self->context != NULL)
    gtk_widget_set_visible (self->empty, gez_folder_look_finish (result) == GEZ_FOLDER_LOOK_EMPTY);
}

/* Only a folder that is not connected can turn out to be empty. */
static void
look_at_folder (GezSyncPage  *self,
                GezSyncState  state)
{
  if (state == GEZ_SYNC_NOT_CONNECTED && self->folder_uri != NULL)
    gez_folder_look_async (self->folder_uri, looked_cb, g_object_ref (self));
  else if (state != GEZ_SYNC_BUSY)
    gtk_widget_set_visible (self->empty, FALSE);
}

static void
show_progress (GezSyncPage  *self,
               GezSyncState  state)
{
  guint64 n_done = 0, n_all = 0;
  gboolean has_progress = gez_sync_get_progress (gez_sync_of (self->context), &n_done, &n_all) && n_all > 0;
  g_autofree char *words = g_strdup_printf (_("%u of %u files"), (guint) n_done, (guint) n_all);

  gtk_label_set_text (GTK_LABEL (self->progress_words), words);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress),
                                 n_all > 0 ? (double) n_done / (double) n_all : 0);
  gtk_widget_set_visible (self->progress_row, state == GEZ_SYNC_BUSY && has_progress);
  gtk_widget_set_sensitive (self->now, state != GEZ_SYNC_BUSY);
}

static void
show_folder (GezSyncPage         *self,
             const GezSyncStatus *status)
{
  GezClock *clock = gez_context_get_clock (self->context);
  g_autofree char *folder = gez_sync_words_folder (status->folder_uri);
  g_autofree char *read = gez_sync_words_moment (status->last_read_at, clock);
  g_autofree char *written = gez_sync_words_moment (status->last_published_at, clock);

  g_free (self->folder_uri);
  self->folder_uri = g_strdup (status->folder_uri);
  g_object_set (self->folder, "subtitle", folder, NULL);
  g_object_set (self->last_read, "subtitle", read, NULL);
  g_object_set (self->last_written, "subtitle", written, NULL);
}

/**
 * gez_sync_page_show:
 * @error: (nullable): why the last round failed
 *
 * Shows this. The page does so itself whenever something changes.
 */
void
gez_sync_page_show (GezSyncPage         *self,
                    GezSyncState         state,
                    const GezSyncStatus *status,
                    const GError        *error)
{
  g_autofree char *words = NULL, *advice = NULL;

  g_return_if_fail (GEZ_IS_SYNC_PAGE (self) && status != NULL);

  words = gez_sync_words_state (state, status, gez_context_get_clock (self->context));
  advice = words != NULL ? gez_sync_words_advice (state, status, error)
                         : g_strdup (_("Found a team or join one under “Team and people”, and what you write "
                                       "is shared with your colleagues."));
  g_object_set (self->state, "title", words != NULL ? words : _("You work alone"), "subtitle", advice, NULL);
  gtk_widget_set_visible (self->now, status->has_team);
  gtk_widget_set_visible (self->folder, status->has_team);
  gtk_widget_set_visible (self->last_read, status->has_team);
  gtk_widget_set_visible (self->last_written, status->has_team);
  gtk_widget_set_visible (self->restored, status->restored_at != 0);
  show_progress (self, state);
  show_folder (self, status);
  look_at_folder (self, state);
  show_members (self, status);
  show_problems (self, status);
}

static GezQuery *
make_query (gpointer widget)
{
  return gez_sync_status_query ();
}

static void
status_read_cb (gpointer      widget,
                gpointer      result,
                const GError *error)
{
  GezSyncPage *self = widget;
  GezSync *sync = gez_sync_of (self->context);

  if (result != NULL)
    gez_sync_page_show (self, gez_sync_get_state (sync), result, gez_sync_get_error (sync));
}

static void
look_again (GezSyncPage *self)
{
  if (self->reader != NULL)
    gez_reader_invalidate (self->reader);
}

static gboolean
timeout_cb (gpointer data)
{
  look_again (data);
  return G_SOURCE_CONTINUE;
}

/* What one can do -------------------------------------------------------------------------------- */

static void
now_cb (GezSyncPage *self)
{
  gez_sync_now (gez_sync_of (self->context));
}

static void
restored_cb (GezSyncPage *self)
{
  gez_restored_dialog_present (GTK_WIDGET (self), self->context);
}

static void
folder_set_cb (GtkWidget  *page,
               GezTeamAct *act)
{
  look_again (GEZ_SYNC_PAGE (page));
}

/**
 * gez_sync_page_set_folder:
 * @uri: of the folder that the team shares, as this device sees it
 *
 * What happens when another folder was chosen.
 */
void
gez_sync_page_set_folder (GezSyncPage *self,
                          const char  *uri)
{
  g_return_if_fail (GEZ_IS_SYNC_PAGE (self) && uri != NULL);

  gez_team_do (GTK_WIDGET (self), self->context, gez_team_act_set_folder (uri), _("The folder is chosen."),
               folder_set_cb);
}

static void
chosen_cb (GListModel *files,
           gpointer    data)
{
  GezSyncPage *self = data;
  g_autoptr (GFile) folder = g_list_model_get_item (files, 0);
  g_autofree char *uri = g_file_get_uri (folder);

  if (self->context != NULL)
    gez_sync_page_set_folder (self, uri);
}

static void
choose_cb (GezSyncPage *self)
{
  gez_file_choice_folder (GTK_WIDGET (self), _("The folder that your team shares"), _("_Choose"), chosen_cb,
                          g_object_ref (self), g_object_unref);
}

static void
filled_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GezSyncPage) self = data;
  g_autoptr (GError) error = NULL;
  gboolean is_done = g_task_propagate_boolean (G_TASK (result), &error);

  if (self->context == NULL || gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  if (!is_done)
    {
      gez_say_error (GTK_WIDGET (self), error);
      return;
    }
  gtk_widget_set_visible (self->empty, FALSE);
  gez_say (GTK_WIDGET (self), _("The folder is being filled again."));
  gez_sync_now (gez_sync_of (self->context));
}

static void
fill_thread (GTask        *task,
             gpointer      source,
             gpointer      uri,
             GCancellable *cancellable)
{
  GError *error = NULL;

  if (gez_sync_found_folder (uri, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
fill_confirmed_cb (gpointer data)
{
  GezSyncPage *self = data;
  g_autoptr (GTask) task = NULL;

  if (self->context == NULL || self->folder_uri == NULL)
    return;
  task = g_task_new (NULL, NULL, filled_cb, g_object_ref (self));
  g_task_set_task_data (task, g_strdup (self->folder_uri), g_free);
  g_task_run_in_thread (task, fill_thread);
}

static void
fill_cb (GezSyncPage *self)
{
  gez_confirm (GTK_WIDGET (self), _("Fill the folder again?"),
               _("Is this really the folder of your team, and did somebody empty it? Then every device puts "
                 "back what it has kept. When the folder is only not connected, or is another one, wait or "
                 "choose the right one."),
               _("_Fill it again"), FALSE, fill_confirmed_cb, g_object_ref (self), g_object_unref);
}

/* Making ----------------------------------------------------------------------------------------- */

static void
gez_sync_page_dispose (GObject *object)
{
  GezSyncPage *self = GEZ_SYNC_PAGE (object);

  g_clear_handle_id (&self->timeout, g_source_remove);
  g_clear_object (&self->reader);
  g_clear_object (&self->context);
  g_clear_pointer (&self->folder_uri, g_free);
  g_clear_pointer (&self->members, g_hash_table_unref);
  g_clear_pointer (&self->problem_rows, g_ptr_array_unref);
  G_OBJECT_CLASS (gez_sync_page_parent_class)->dispose (object);
}

static void
gez_sync_page_class_init (GezSyncPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gez_sync_page_dispose;
}

static GtkWidget *
add_row (GezSyncPage *self,
         GtkWidget   *group,
         const char  *title,
         const char  *subtitle)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", title, "subtitle",
                                 subtitle, "title-lines", 0, "subtitle-lines", 0, NULL);

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return row;
}

static GtkWidget *
add_button (GezSyncPage *self,
            GtkWidget   *row,
            const char  *label,
            GCallback    clicked)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return button;
}

static void
add_progress (GezSyncPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->progress = gtk_progress_bar_new ();
  self->progress_words = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->progress_words), 0);
  gez_accessible_hide_empty (self->progress_words);
  gez_accessible_set_name (self->progress, _("How far syncing is"));
  gtk_box_append (GTK_BOX (box), self->progress_words);
  gtk_box_append (GTK_BOX (box), self->progress);
  gtk_widget_add_css_class (box, "gez-backup-progress");
  self->progress_row = g_object_new (ADW_TYPE_PREFERENCES_ROW, "title", _("How far syncing is"), "child", box,
                                     "activatable", FALSE, "visible", FALSE, NULL);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->folder_group), self->progress_row);
}

static void
make_folder_group (GezSyncPage *self)
{
  GtkWidget *group = g_object_new (
    ADW_TYPE_PREFERENCES_GROUP, "title", _("Shared folder"), "description",
    _("Your team shares one ordinary folder, on a network or with a service. What is in it is encrypted: who "
      "stores it cannot read it."), NULL);

  self->folder_group = group;
  self->restored = add_row (self, group, _("This device was put back, or copied"),
                            _("Read what that means, and go on."));
  add_button (self, self->restored, _("_Look…"), G_CALLBACK (restored_cb));
  self->state = add_row (self, group, "", NULL);
  self->now = add_button (self, self->state, _("Sync _now"), G_CALLBACK (now_cb));
  add_progress (self);
  self->empty = add_row (self, group, _("The folder is there, but it is empty"),
                         _("Somebody emptied it, or this is another folder. Nothing is lost here."));
  add_button (self, self->empty, _("_Fill it again…"), G_CALLBACK (fill_cb));
  self->folder = add_row (self, group, _("Folder"), NULL);
  add_button (self, self->folder, _("_Choose again…"), G_CALLBACK (choose_cb));
  self->last_read = add_row (self, group, _("Last read"), NULL);
  self->last_written = add_row (self, group, _("Last written"), NULL);
  gtk_widget_set_visible (self->restored, FALSE);
  gtk_widget_set_visible (self->empty, FALSE);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), ADW_PREFERENCES_GROUP (group));
}

static void
gez_sync_page_init (GezSyncPage *self)
{
  self->members = g_hash_table_new_full (gez_id_hash, gez_id_equal, g_free, NULL);
  self->problem_rows = g_ptr_array_new ();
  g_object_set (self, "title", _("Sync"), "name", "sync", "icon-name", "emblem-synchronizing-symbolic", NULL);
  make_folder_group (self);
  self->members_group = g_object_new (
    ADW_TYPE_PREFERENCES_GROUP, "title", _("Colleagues"), "description",
    _("Whose data are here, and who has seen yours."), "visible", FALSE, NULL);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), ADW_PREFERENCES_GROUP (self->members_group));
  self->problems_group = g_object_new (
    ADW_TYPE_PREFERENCES_GROUP, "title", _("Files that cannot be read"), "description",
    _("Everything else goes on as it should."), "visible", FALSE, NULL);
  self->problems = g_object_new (ADW_TYPE_EXPANDER_ROW, "use-markup", FALSE, NULL);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->problems_group), self->problems);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), ADW_PREFERENCES_GROUP (self->problems_group));
}

/**
 * gez_sync_page_new:
 * @context: of the open store
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
gez_sync_page_new (GezContext *context)
{
  GezSyncPage *self = g_object_new (GEZ_TYPE_SYNC_PAGE, NULL);

  self->context = g_object_ref (context);
  self->reader = gez_reader_new (GTK_WIDGET (self), get_store (self), tables, make_query, status_read_cb);
  g_signal_connect_object (get_store (self), "changed", G_CALLBACK (look_again), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gez_sync_of (context), "changed", G_CALLBACK (look_again), self,
                           G_CONNECT_SWAPPED);
  self->timeout = g_timeout_add_seconds (LOOK_AGAIN, timeout_cb, self);
  gez_reader_refresh (self->reader);
  return GTK_WIDGET (self);
}
