/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recovery/gez-passphrase-dialog.h"

#include <glib/gi18n.h>

#include "common/gez-passphrase-entry.h"
#include "recovery/gez-key-work.h"
#include "unlock/gez-front.h"
#include "unlock/gez-new-passphrase.h"

struct _GezPassphraseDialog
{
  GezSecretDialog parent_instance;

  GtkWidget *present; /* NULL once it was changed */
  GtkWidget *next;
};

G_DEFINE_FINAL_TYPE (GezPassphraseDialog, gez_passphrase_dialog, GEZ_TYPE_SECRET_DIALOG)

static void
show_done (GezPassphraseDialog *self)
{
  gboolean has_sheet = gez_key_work_has_sheet (gez_secret_dialog_get_context (GEZ_SECRET_DIALOG (self)));

  self->present = self->next = NULL;
  gez_secret_dialog_show_step (
    GEZ_SECRET_DIALOG (self),
    has_sheet ? _("The new passphrase opens your file from now on, and the old one does not. Your recovery "
                  "sheet stays good.")
              : _("The new passphrase opens your file from now on, and the old one does not. Write it down "
                  "and keep it in a safe place: there is no recovery sheet."),
    NULL);
}

static void
changed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GezPassphraseDialog) self = data;
  g_autoptr (GError) error = NULL;
  gboolean done = gez_key_work_finish (result, &error);

  if (gez_secret_dialog_is_closed (GEZ_SECRET_DIALOG (self)))
    return;
  if (done)
    {
      gez_new_passphrase_wipe (GEZ_NEW_PASSPHRASE (self->next));
      show_done (self);
      return;
    }
  if (g_error_matches (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_WRONG_PASSPHRASE))
    {
      gez_secret_dialog_set_working (GEZ_SECRET_DIALOG (self), NULL);
      gez_secret_dialog_say (GEZ_SECRET_DIALOG (self),
                             _("That is not the passphrase that opens your file now. Nothing was changed."));
    }
  else
    gez_secret_dialog_say_error (GEZ_SECRET_DIALOG (self), error);
  gtk_widget_grab_focus (self->present);
}

static void
gez_passphrase_dialog_next (GezSecretDialog *dialog)
{
  GezPassphraseDialog *self = GEZ_PASSPHRASE_DIALOG (dialog);
  g_autofree char *advice = NULL;

  if (self->present == NULL)
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  if (gez_passphrase_entry_is_empty (GEZ_PASSPHRASE_ENTRY (self->present)))
    {
      gez_secret_dialog_say (dialog, _("Type the passphrase that opens your file now."));
      gtk_widget_grab_focus (self->present);
      return;
    }
  advice = gez_new_passphrase_check (GEZ_NEW_PASSPHRASE (self->next));
  if (advice != NULL)
    {
      gez_secret_dialog_say (dialog, advice);
      return;
    }
  gez_key_work_change_passphrase_async (gez_secret_dialog_get_context (dialog),
                                        gez_passphrase_entry_peek (GEZ_PASSPHRASE_ENTRY (self->present)),
                                        gez_new_passphrase_peek (GEZ_NEW_PASSPHRASE (self->next)), changed_cb,
                                        g_object_ref (self));
  gez_passphrase_entry_wipe (GEZ_PASSPHRASE_ENTRY (self->present));
  gez_secret_dialog_set_working (dialog, _("Changing the passphrase…"));
}

static void
gez_passphrase_dialog_class_init (GezPassphraseDialogClass *klass)
{
  GEZ_SECRET_DIALOG_CLASS (klass)->next = gez_passphrase_dialog_next;
}

static void
gez_passphrase_dialog_init (GezPassphraseDialog *self)
{
}

static void
build (GezPassphraseDialog *self)
{
  GtkWidget *step = gez_secret_dialog_show_step (
    GEZ_SECRET_DIALOG (self),
    _("Choose a new passphrase when somebody may have seen the old one, or when you find a better one. "
      "What you wrote stays as it is."),
    _("C_hange"));

  self->present = gez_passphrase_entry_new (_("Present passphrase"));
  self->next = gez_new_passphrase_new (_("_New passphrase"));
  g_signal_connect_object (self->present, "activate", G_CALLBACK (gez_secret_dialog_next), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->next, "activate", G_CALLBACK (gez_secret_dialog_next), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (step), gez_front_field_new (_("_Present passphrase"), self->present));
  gtk_box_append (GTK_BOX (step), self->next);
}

/**
 * gez_passphrase_dialog_present:
 * @parent: where it was asked for
 * @context: of the open store
 *
 * Shows the dialog above the window of @parent.
 */
void
gez_passphrase_dialog_present (GtkWidget  *parent,
                               GezContext *context)
{
  GezPassphraseDialog *self = g_object_new (GEZ_TYPE_PASSPHRASE_DIALOG, NULL);

  gez_secret_dialog_set_up (GEZ_SECRET_DIALOG (self), parent, context, _("Change the passphrase"));
  build (self);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (self->present);
}
