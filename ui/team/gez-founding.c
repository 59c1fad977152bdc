/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "team/gez-founding.h"

#include <glib/gi18n.h>

#include "circle/gez-team-work.h"
#include "common/gez-act.h"
#include "common/gez-file-choice.h"
#include "sync/gez-sync-of.h"

struct _GezFounding
{
  AdwPreferencesGroup parent_instance;

  GezContext *context;
  GezTeamAct *act;
  char *folder_uri;
  GtkWidget *choose;
  GtkWidget *spinner;
};

G_DEFINE_FINAL_TYPE (GezFounding, gez_founding, ADW_TYPE_PREFERENCES_GROUP)

static void
set_working (GezFounding *self,
             gboolean     is_working)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (is_working && root != NULL)
    gtk_root_set_focus (root, NULL);
  gtk_widget_set_sensitive (self->choose, !is_working);
  gtk_widget_set_visible (self->spinner, is_working);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), is_working);
}

static gboolean
is_gone (GezFounding *self)
{
  return self->context == NULL || gtk_widget_get_root (GTK_WIDGET (self)) == NULL;
}

static void
founded_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GezFounding) self = data;
  g_autoptr (GError) error = NULL;
  gboolean is_done = gez_team_act_finish (self->act, result, &error);

  if (is_gone (self))
    return;
  set_working (self, FALSE);
  if (!is_done)
    {
      gez_say_error (GTK_WIDGET (self), error);
      return;
    }
  gez_sync_start (gez_sync_of (self->context));
  gez_sync_now (gez_sync_of (self->context));
  gez_say (GTK_WIDGET (self), _("Your team is there."));
}

static void
folder_made_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr (GezFounding) self = data;
  g_autoptr (GError) error = NULL;
  gboolean is_done = g_task_propagate_boolean (G_TASK (result), &error);

  if (is_gone (self))
    return;
  if (!is_done)
    {
      set_working (self, FALSE);
      gez_say_error (GTK_WIDGET (self), error);
      return;
    }
  g_clear_object (&self->act);
  self->act = gez_team_act_found (self->folder_uri);
  gez_team_act_async (self->act, gez_context_get_store (self->context), NULL, founded_cb,
                      g_object_ref (self));
}

static void
make_folder_thread (GTask        *task,
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

/**
 * gez_founding_found:
 * @folder_uri: of an ordinary folder that the team will share
 *
 * What happens when a folder was chosen: makes the team there.
 */
void
gez_founding_found (GezFounding *self,
                    const char  *folder_uri)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (GEZ_IS_FOUNDING (self) && folder_uri != NULL);

  g_free (self->folder_uri);
  self->folder_uri = g_strdup (folder_uri);
  set_working (self, TRUE);
  task = g_task_new (NULL, NULL, folder_made_cb, g_object_ref (self));
  g_task_set_task_data (task, g_strdup (folder_uri), g_free);
  g_task_run_in_thread (task, make_folder_thread);
}

static void
chosen_cb (GListModel *files,
           gpointer    data)
{
  GezFounding *self = data;
  g_autoptr (GFile) folder = g_list_model_get_item (files, 0);
  g_autofree char *uri = g_file_get_uri (folder);

  if (self->context != NULL)
    gez_founding_found (self, uri);
}

static void
choose_cb (GezFounding *self)
{
  gez_file_choice_folder (GTK_WIDGET (self), _("A folder that your team shares"), _("_Choose"), chosen_cb,
                          g_object_ref (self), g_object_unref);
}

static void
gez_founding_dispose (GObject *object)
{
  GezFounding *self = GEZ_FOUNDING (object);

  g_clear_object (&self->act);
  g_clear_object (&self->context);
  g_clear_pointer (&self->folder_uri, g_free);
  G_OBJECT_CLASS (gez_founding_parent_class)->dispose (object);
}

static void
gez_founding_class_init (GezFoundingClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gez_founding_dispose;
}

static GtkWidget *
add_row (GezFounding *self,
         const char  *title,
         const char  *subtitle)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", title, "subtitle",
                                 subtitle, "title-lines", 0, "subtitle-lines", 0, NULL);

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  return row;
}

static void
gez_founding_init (GezFounding *self)
{
  GtkWidget *row;

  g_object_set (self, "title", _("You work alone"), "description",
                _("In a team, colleagues share one ordinary folder: on a network drive, or one that a "
                  "service or Syncthing keeps the same on every computer. Everything in it is encrypted. Who "
                  "reads which file, you decide yourselves."), NULL);
  row = add_row (self, _("Begin a team"),
                 _("Choose or make an empty folder that your colleagues can reach too. You become its first "
                   "team leader and invite the others."));
  self->spinner = gtk_spinner_new ();
  self->choose = gtk_button_new_with_mnemonic (_("Choose a shared _folder…"));
  gtk_widget_set_visible (self->spinner, FALSE);
  gtk_widget_set_valign (self->choose, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->choose, "suggested-action");
  g_signal_connect_object (self->choose, "clicked", G_CALLBACK (choose_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), self->spinner);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), self->choose);
  add_row (self, _("Were you invited by a colleague?"),
           _("Joining makes a new file; the one that is open now stays as it is. Start Gezinsplan as "
             "“gezinsplan --store FOLDER” with a new folder for it, and choose “I was invited”."));
}

/**
 * gez_founding_new:
 * @context: of the open store
 *
 * Returns: (transfer floating): the group
 */
GtkWidget *
gez_founding_new (GezContext *context)
{
  GezFounding *self = g_object_new (GEZ_TYPE_FOUNDING, NULL);

  self->context = g_object_ref (context);
  return GTK_WIDGET (self);
}
