/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A device that was put back from a backup, or copied, would write for a second time under numbers that the
 * others know already. It reads on, its owner works on, and as soon as she says so it goes on as a new
 * device.
 */

#include "sync/gez-restored-dialog.h"

#include <glib/gi18n.h>

#include "circle/gez-team-work.h"
#include "common/gez-accessible.h"
#include "common/gez-act.h"
#include "recovery/gez-secret-dialog.h"
#include "sync/gez-sync-of.h"
#include "sync/gez-sync-status.h"

#define GEZ_TYPE_RESTORED_DIALOG (gez_restored_dialog_get_type ())
G_DECLARE_FINAL_TYPE (GezRestoredDialog, gez_restored_dialog, GEZ, RESTORED_DIALOG, GezSecretDialog)

struct _GezRestoredDialog
{
  GezSecretDialog parent_instance;

  gboolean is_done;
};

G_DEFINE_FINAL_TYPE (GezRestoredDialog, gez_restored_dialog, GEZ_TYPE_SECRET_DIALOG)

static void
renewed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GezRestoredDialog) self = data;
  GezSecretDialog *dialog = GEZ_SECRET_DIALOG (self);
  g_autoptr (GError) error = NULL;
  GezTeamAct *act = g_object_get_data (G_OBJECT (self), "act");
  gboolean is_done = gez_team_act_finish (act, result, &error);

  if (gez_secret_dialog_is_closed (dialog))
    return;
  if (!is_done)
    {
      gez_secret_dialog_say_error (dialog, error);
      return;
    }
  self->is_done = TRUE;
  gez_sync_now (gez_sync_of (gez_secret_dialog_get_context (dialog)));
  gez_secret_dialog_show_step (dialog, _("Done. This device goes on as a new one, and what you wrote is on "
                                         "its way to your colleagues."), NULL);
}

static void
gez_restored_dialog_next (GezSecretDialog *dialog)
{
  GezRestoredDialog *self = GEZ_RESTORED_DIALOG (dialog);
  GezContext *context = gez_secret_dialog_get_context (dialog);
  GezTeamAct *act;

  if (self->is_done)
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  act = gez_team_act_renew_device ();
  g_object_set_data_full (G_OBJECT (self), "act", act, g_object_unref);
  gez_secret_dialog_set_working (dialog, _("A moment…"));
  gez_team_act_async (act, gez_context_get_store (context), NULL, renewed_cb, g_object_ref (self));
}

static void
gez_restored_dialog_class_init (GezRestoredDialogClass *klass)
{
  GEZ_SECRET_DIALOG_CLASS (klass)->next = gez_restored_dialog_next;
}

static void
gez_restored_dialog_init (GezRestoredDialog *self)
{
}

/**
 * gez_restored_dialog_present:
 * @parent: where it was asked for
 * @context: of the open store
 *
 * Says what happened, and offers to go on.
 */
void
gez_restored_dialog_present (GtkWidget  *parent,
                             GezContext *context)
{
  GezRestoredDialog *self = g_object_new (GEZ_TYPE_RESTORED_DIALOG, NULL);
  GezSecretDialog *dialog = GEZ_SECRET_DIALOG (self);
  GtkWidget *step;

  gez_secret_dialog_set_up (dialog, parent, context, _("This device was put back"));
  step = gez_secret_dialog_show_step (
    dialog, _("In the shared folder there is more of this device than the device itself knows. So its file "
              "was put back from a backup, or it was copied to another computer."), _("_Go on on this "
                                                                                      "device"));
  gtk_box_append (GTK_BOX (step), gez_secret_dialog_text_new (
    _("Nothing is lost. You can work as always, and what colleagues write comes in. Only what you write "
      "waits until you say that you go on here."), "gez-text"));
  gtk_box_append (GTK_BOX (step), gez_secret_dialog_text_new (
    _("When you go on, this device gets a new number in the team, and what it wrote before comes back from "
      "the folder. Does the other computer still work? It can go on too, as the device that it "
      "was."), "gez-text"));
  gtk_window_present (GTK_WINDOW (self));
}

/* The bar ---------------------------------------------------------------------------------------- */

#define GEZ_TYPE_RESTORED_BAR (gez_restored_bar_get_type ())
G_DECLARE_FINAL_TYPE (GezRestoredBar, gez_restored_bar, GEZ, RESTORED_BAR, GtkWidget)

struct _GezRestoredBar
{
  GtkWidget parent_instance;

  GezContext *context;
  GCancellable *cancellable;
  GtkWidget *bar;
};

G_DEFINE_FINAL_TYPE (GezRestoredBar, gez_restored_bar, GTK_TYPE_WIDGET)

static void
status_read_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr (GezRestoredBar) self = data;
  g_autoptr (GezSyncStatus) status = gez_store_run_finish (GEZ_STORE (source), result, NULL);

  if (status != NULL && self->bar != NULL)
    gtk_widget_set_visible (self->bar, status->has_team && status->restored_at != 0);
}

static void
look (GezRestoredBar *self)
{
  g_autoptr (GezQuery) query = gez_sync_status_query ();

  if (self->context != NULL)
    gez_store_run_async (gez_context_get_store (self->context), query, self->cancellable, status_read_cb,
                         g_object_ref (self));
}

static void
clicked_cb (GezRestoredBar *self)
{
  gez_restored_dialog_present (GTK_WIDGET (self), self->context);
}

static void
gez_restored_bar_dispose (GObject *object)
{
  GezRestoredBar *self = GEZ_RESTORED_BAR (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->context);
  g_clear_pointer (&self->bar, gtk_widget_unparent);
  G_OBJECT_CLASS (gez_restored_bar_parent_class)->dispose (object);
}

static void
gez_restored_bar_class_init (GezRestoredBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gez_restored_bar_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
gez_restored_bar_init (GezRestoredBar *self)
{
  GtkWidget *button = gtk_button_new_with_label (_("What now?"));
  GtkWidget *label = g_object_new (
    GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT, "wrap", TRUE, "xalign", 0.0f, "hexpand",
    TRUE,
    "label", _("This device was put back or copied. What you write here is kept, and not shared yet."), NULL);

  self->cancellable = g_cancellable_new ();
  self->bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->bar), gez_ornament_new ("dialog-information-symbolic"));
  gtk_box_append (GTK_BOX (self->bar), label);
  gtk_box_append (GTK_BOX (self->bar), button);
  gtk_widget_add_css_class (self->bar, "gez-backup-bar");
  gtk_widget_set_visible (self->bar, FALSE);
  gtk_widget_set_parent (self->bar, GTK_WIDGET (self));
}

/**
 * gez_restored_bar_new:
 * @context: of the open store
 *
 * Returns: (transfer floating): a bar that shows as long as this device has to say that it goes on
 */
GtkWidget *
gez_restored_bar_new (GezContext *context)
{
  GezRestoredBar *self = g_object_new (GEZ_TYPE_RESTORED_BAR, NULL);

  self->context = g_object_ref (context);
  g_signal_connect_object (gez_sync_of (context), "changed", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  look (self);
  return GTK_WIDGET (self);
}
