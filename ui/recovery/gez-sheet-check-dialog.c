/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recovery/gez-sheet-check-dialog.h"

#include <glib/gi18n.h>

#include "recovery/gez-key-work.h"
#include "recovery/gez-words-entry.h"

struct _GezSheetCheckDialog
{
  GezSecretDialog parent_instance;

  GtkWidget *words; /* NULL once they were right */
};

G_DEFINE_FINAL_TYPE (GezSheetCheckDialog, gez_sheet_check_dialog, GEZ_TYPE_SECRET_DIALOG)

static void
checked_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GezSheetCheckDialog) self = data;
  GezSecretDialog *dialog = GEZ_SECRET_DIALOG (self);
  g_autoptr (GError) error = NULL;
  gboolean right = gez_key_work_finish (result, &error);

  if (gez_secret_dialog_is_closed (dialog))
    return;
  if (right)
    {
      self->words = NULL;
      gez_secret_dialog_show_step (dialog,
                                   _("This sheet is good: it opens your file when the passphrase is lost. "
                                     "Write the date on it and put it back where it was."),
                                   NULL);
      return;
    }
  if (g_error_matches (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_WRONG_RECOVERY))
    {
      gez_secret_dialog_set_working (dialog, NULL);
      gez_secret_dialog_say (dialog, _("This sheet does not open your file: it is an older one, or one of "
                                       "another file. Look for the newest one, or make a new one."));
    }
  else
    gez_secret_dialog_say_error (dialog, error);
  gtk_widget_grab_focus (self->words);
}

static void
gez_sheet_check_dialog_next (GezSecretDialog *dialog)
{
  GezSheetCheckDialog *self = GEZ_SHEET_CHECK_DIALOG (dialog);
  g_autofree char *complaint = NULL;
  g_autoptr (GezSecret) code = NULL;

  if (self->words == NULL)
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  code = gez_words_entry_parse (GEZ_WORDS_ENTRY (self->words), &complaint);
  if (code == NULL)
    {
      gez_secret_dialog_say (dialog, complaint);
      return;
    }
  gez_key_work_check_sheet_async (gez_secret_dialog_get_context (dialog), code, checked_cb,
                                  g_object_ref (self));
  gez_secret_dialog_set_working (dialog, _("Checking the sheet…"));
}

static void
gez_sheet_check_dialog_class_init (GezSheetCheckDialogClass *klass)
{
  GEZ_SECRET_DIALOG_CLASS (klass)->next = gez_sheet_check_dialog_next;
}

static void
gez_sheet_check_dialog_init (GezSheetCheckDialog *self)
{
}

/**
 * gez_sheet_check_dialog_present:
 * @parent: where it was asked for
 * @context: of the open store
 *
 * Shows the dialog above the window of @parent.
 */
void
gez_sheet_check_dialog_present (GtkWidget  *parent,
                                GezContext *context)
{
  GezSheetCheckDialog *self = g_object_new (GEZ_TYPE_SHEET_CHECK_DIALOG, NULL);
  GtkWidget *step;

  gez_secret_dialog_set_up (GEZ_SECRET_DIALOG (self), parent, context, _("Check the recovery sheet"));
  step = gez_secret_dialog_show_step (GEZ_SECRET_DIALOG (self),
                                      _("Take the sheet and type its words: the first four letters of each "
                                        "are enough. Nothing changes; you only hear whether it still "
                                        "works."),
                                      _("_Check the sheet"));
  self->words = gez_words_entry_new ();
  g_signal_connect_object (self->words, "activate", G_CALLBACK (gez_secret_dialog_next), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (step), self->words);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (self->words);
}
