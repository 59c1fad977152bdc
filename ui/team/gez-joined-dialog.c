/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "team/gez-joined-dialog.h"

#include <glib/gi18n.h>

#include "circle/gez-team-view.h"
#include "common/gez-accessible.h"
#include "recovery/gez-secret-dialog.h"
#include "sync/gez-sync-of.h"

#define GEZ_TYPE_JOINED_DIALOG (gez_joined_dialog_get_type ())
G_DECLARE_FINAL_TYPE (GezJoinedDialog, gez_joined_dialog, GEZ, JOINED_DIALOG, GezSecretDialog)

struct _GezJoinedDialog
{
  GezSecretDialog parent_instance;

  GtkWidget *digits;
  GtkWidget *words;
  GtkWidget *bar;
};

G_DEFINE_FINAL_TYPE (GezJoinedDialog, gez_joined_dialog, GEZ_TYPE_SECRET_DIALOG)

static void
view_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (GezJoinedDialog) self = data;
  g_autoptr (GezTeamView) view = gez_store_run_finish (GEZ_STORE (source), result, NULL);

  if (view == NULL || gez_secret_dialog_is_closed (GEZ_SECRET_DIALOG (self)))
    return;
  for (guint i = 0; i < view->persons->len; i++)
    {
      const GezTeamPerson *person = g_ptr_array_index (view->persons, i);

      if (person->is_self && person->check != NULL)
        gtk_label_set_text (GTK_LABEL (self->digits), person->check);
    }
}

static void
show_progress (GezJoinedDialog *self)
{
  GezSync *sync;
  guint64 n_done = 0, n_all = 0;
  gboolean is_busy;
  g_autofree char *words = NULL;

  if (gez_secret_dialog_is_closed (GEZ_SECRET_DIALOG (self)))
    return;
  sync = gez_sync_of (gez_secret_dialog_get_context (GEZ_SECRET_DIALOG (self)));
  is_busy = gez_sync_get_state (sync) == GEZ_SYNC_BUSY;
  gez_sync_get_progress (sync, &n_done, &n_all);
  if (is_busy && n_all > 0)
    words = g_strdup_printf (_("Reading what your colleagues wrote: %u of %u "
                               "files"), (guint) n_done, (guint) n_all);
  else if (is_busy)
    words = g_strdup (_("Reading what your colleagues wrote…"));
  else
    words = g_strdup (gez_sync_get_state (sync) == GEZ_SYNC_IDLE
                        ? _("Everything that the folder has is here.")
                        : _("The folder is not connected now. The rest comes when it is there again."));
  gtk_label_set_text (GTK_LABEL (self->words), words);
  gtk_widget_set_visible (self->bar, is_busy);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->bar),
                                 n_all > 0 ? (double) n_done / (double) n_all : 0);
}

static void
gez_joined_dialog_next (GezSecretDialog *dialog)
{
  gtk_window_close (GTK_WINDOW (dialog));
}

static void
gez_joined_dialog_class_init (GezJoinedDialogClass *klass)
{
  GEZ_SECRET_DIALOG_CLASS (klass)->next = gez_joined_dialog_next;
}

static void
gez_joined_dialog_init (GezJoinedDialog *self)
{
  self->digits = gez_secret_dialog_text_new ("", "gez-digits");
  self->words = gez_secret_dialog_text_new ("", "gez-text");
  self->bar = gtk_progress_bar_new ();
  gez_accessible_hide_empty (self->digits);
  gez_accessible_set_name (self->bar, _("How far syncing is"));
}

static void
show_step (GezJoinedDialog *self)
{
  GtkWidget *step = gez_secret_dialog_show_step (
    GEZ_SECRET_DIALOG (self),
    _("You are in the team and can begin. What colleagues shared with you comes in by itself."), NULL);

  gtk_box_append (GTK_BOX (step), self->words);
  gtk_box_append (GTK_BOX (step), self->bar);
  gtk_box_append (GTK_BOX (step), gez_secret_dialog_text_new (
    _("Compare these digits once with who invited you, together or on the telephone. The same must stand "
      "there under “Team and people”, with your name. Are they different? Then tell your team leader, and "
      "share nothing yet."),
    "gez-text"));
  gtk_box_append (GTK_BOX (step), self->digits);
  gtk_box_append (GTK_BOX (step), gez_secret_dialog_text_new (
    _("They also stand under “Team and people” in the menu."), "gez-detail"));
}

/**
 * gez_joined_dialog_present:
 * @parent: the window of the program
 * @context: of a store that joined a team just now
 *
 * Shows how the first reading goes, and the digits to compare.
 */
void
gez_joined_dialog_present (GtkWidget  *parent,
                           GezContext *context)
{
  GezJoinedDialog *self = g_object_new (GEZ_TYPE_JOINED_DIALOG, NULL);
  g_autoptr (GezQuery) query = gez_team_view_query ();

  gez_secret_dialog_set_up (GEZ_SECRET_DIALOG (self), parent, context, _("Welcome in the team"));
  show_step (self);
  show_progress (self);
  g_signal_connect_object (gez_sync_of (context), "changed", G_CALLBACK (show_progress), self,
                           G_CONNECT_SWAPPED);
  gez_store_run_async (gez_context_get_store (context), query, NULL, view_read_cb, g_object_ref (self));
  gtk_window_present (GTK_WINDOW (self));
}
