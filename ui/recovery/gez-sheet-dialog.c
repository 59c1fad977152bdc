/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recovery/gez-sheet-dialog.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "common/gez-passphrase-entry.h"
#include "common/gez-sentence.h"
#include "common/gez-wrap-layout.h"
#include "recovery/gez-key-work.h"
#include "recovery/gez-sheet-paper.h"
#include "recovery/gez-word-label.h"
#include "recovery/gez-words-entry.h"
#include "unlock/gez-front.h"
#include "vault/gez-recovery-code.h"
#include "vault/gez-recovery-words.h"

/*
 * 1. Whoever finds the window open could make a sheet and walk away with it, so the passphrase is asked.
 * 2. The code exists in locked memory from the second step until the window is gone.
 * 3. A sheet works only once it came back: all words are typed from the paper, and the store learns of
 *    the code when they are those of the code. Until then the older sheet is good, and this one nothing.
 * 4. The PDF lies readable on a disk. The last step offers to delete it.
 */

typedef enum
{
  STEP_EXPLAIN,
  STEP_PAPER,
  STEP_RETURN,
  STEP_DONE,
} Step;

struct _GezSheetDialog
{
  GezSecretDialog parent_instance;

  Step step;
  gboolean replaces; /* an older sheet */
  GezSecret *code;
  char *path; /* of the PDF */
  GtkWidget *passphrase;
  GtkWidget *saved; /* what became of the PDF */
  GtkWidget *words;
};

G_DEFINE_FINAL_TYPE (GezSheetDialog, gez_sheet_dialog, GEZ_TYPE_SECRET_DIALOG)

static GezContext *
get_context (GezSheetDialog *self)
{
  return gez_secret_dialog_get_context (GEZ_SECRET_DIALOG (self));
}

/* Done ----------------------------------------------------------------------------------------- */

static void
delete_cb (GezSheetDialog *self,
           GtkButton      *button)
{
  gboolean gone = g_unlink (self->path) == 0;

  gez_secret_dialog_say (GEZ_SECRET_DIALOG (self),
                         gone ? _("The PDF is deleted.")
                              : _("The PDF could not be deleted. Delete it yourself in your files."));
  gtk_widget_set_visible (GTK_WIDGET (button), !gone);
}

static void
show_done (GezSheetDialog *self)
{
  GtkWidget *step = gez_secret_dialog_show_step (
    GEZ_SECRET_DIALOG (self),
    self->replaces ? _("The sheet came back right. It opens your file when the passphrase is lost. The "
                       "older sheet is worthless from now on: tear it up.")
                   : _("The sheet came back right. It opens your file when the passphrase is lost."),
    NULL);

  self->step = STEP_DONE;
  self->words = NULL;
  g_clear_pointer (&self->code, gez_secret_free);
  gtk_box_append (GTK_BOX (step),
                  gez_secret_dialog_text_new (_("Put it in a closed envelope, in a place with a lock, and "
                                                "never together with this computer."),
                                              "gez-notice"));
  if (self->path != NULL)
    {
      GtkWidget *delete = gtk_button_new_with_mnemonic (_("_Delete the PDF"));

      gtk_box_append (GTK_BOX (step), gez_secret_dialog_text_new (
        _("The PDF is still in your files, and everybody who finds it can read the words."), "gez-notice"));
      gtk_widget_set_halign (delete, GTK_ALIGN_START);
      gtk_widget_add_css_class (delete, "destructive-action");
      g_signal_connect_object (delete, "clicked", G_CALLBACK (delete_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (step), delete);
    }
}

/* The return ----------------------------------------------------------------------------------- */

static void
set_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      data)
{
  g_autoptr (GezSheetDialog) self = data;
  g_autoptr (GError) error = NULL;
  gboolean done = gez_key_work_finish (result, &error);

  if (gez_secret_dialog_is_closed (GEZ_SECRET_DIALOG (self)))
    return;
  if (done)
    show_done (self);
  else
    gez_secret_dialog_say_error (GEZ_SECRET_DIALOG (self), error);
}

static void
take_return (GezSheetDialog *self)
{
  GezSecretDialog *dialog = GEZ_SECRET_DIALOG (self);
  g_autofree char *complaint = NULL;
  g_autoptr (GezSecret) typed = gez_words_entry_parse (GEZ_WORDS_ENTRY (self->words), &complaint);

  if (typed == NULL)
    {
      gez_secret_dialog_say (dialog, complaint);
      return;
    }
  if (!gez_recovery_code_equal (typed, self->code))
    {
      gez_secret_dialog_say (dialog, _("These are the words of another sheet. Type those of the sheet that "
                                       "was made just now."));
      return;
    }
  gez_key_work_set_sheet_async (get_context (self), self->code, set_cb, g_object_ref (self));
  gez_words_entry_wipe (GEZ_WORDS_ENTRY (self->words));
  gez_secret_dialog_set_working (dialog, _("Setting the sheet…"));
}

static void
show_return (GezSheetDialog *self)
{
  GtkWidget *step = gez_secret_dialog_show_step (
    GEZ_SECRET_DIALOG (self),
    _("Take the paper and type the words from it: the first four letters of each are enough. So you know "
      "that it can be read. Only then does the sheet work."),
    _("_Check the sheet"));

  self->step = STEP_RETURN;
  self->saved = NULL;
  self->words = gez_words_entry_new ();
  g_signal_connect_object (self->words, "activate", G_CALLBACK (gez_secret_dialog_next), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (step), self->words);
  gtk_widget_grab_focus (self->words);
}

/* Paper ---------------------------------------------------------------------------------------- */

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (GezSheetDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL, *name = NULL;
  gboolean done = gez_sheet_paper_save_finish (result, &error);

  if (gez_secret_dialog_is_closed (GEZ_SECRET_DIALOG (self)) || self->saved == NULL)
    return;
  gez_secret_dialog_set_working (GEZ_SECRET_DIALOG (self), NULL);
  if (!done)
    {
      g_clear_pointer (&self->path, g_free);
      gez_secret_dialog_say_error (GEZ_SECRET_DIALOG (self), error);
      return;
    }
  name = g_filename_display_basename (self->path);
  sentence = g_strdup_printf (_("Saved as %s. Print it now."), name);
  gtk_label_set_text (GTK_LABEL (self->saved), sentence);
  gtk_widget_set_visible (self->saved, TRUE);
  gez_secret_dialog_set_ready (GEZ_SECRET_DIALOG (self), TRUE);
}

static void
chosen_cb (GezSheetDialog       *self,
           int                   response,
           GtkFileChooserNative *chooser)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  gtk_native_dialog_hide (GTK_NATIVE_DIALOG (chooser));
  if (response == GTK_RESPONSE_ACCEPT && path == NULL)
    gez_secret_dialog_say (GEZ_SECRET_DIALOG (self), _("Choose a folder on this computer or on a stick."));
  else if (response == GTK_RESPONSE_ACCEPT)
    gez_sheet_dialog_save (self, path);
}

static void
choose_cb (GezSheetDialog *self)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (
    _("Save the recovery sheet"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));

  /* The name says what it is, so that nobody forgets it somewhere. */
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), _("Recovery sheet Gezinsplan.pdf"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  g_object_set_data_full (G_OBJECT (self), "chooser", chooser, g_object_unref);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
printed_cb (GezSheetDialog          *self,
            GtkPrintOperationResult  result)
{
  if (gez_secret_dialog_is_closed (GEZ_SECRET_DIALOG (self)))
    return;
  if (result == GTK_PRINT_OPERATION_RESULT_APPLY || result == GTK_PRINT_OPERATION_RESULT_IN_PROGRESS)
    gez_secret_dialog_set_ready (GEZ_SECRET_DIALOG (self), TRUE);
  else if (result == GTK_PRINT_OPERATION_RESULT_ERROR)
    gez_secret_dialog_say (GEZ_SECRET_DIALOG (self), _("The sheet could not be printed. Save it as a PDF, "
                                                       "or copy the words by hand."));
}

static void
print_cb (GezSheetDialog *self)
{
  g_autoptr (GtkPrintOperation) operation = gez_sheet_paper_print_new (get_context (self), self->code);

  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect_object (operation, "done", G_CALLBACK (printed_cb), self, G_CONNECT_SWAPPED);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, GTK_WINDOW (self), NULL);
}

/* Whoever sees the words can copy them. */
static void
unfolded_cb (GezSheetDialog *self)
{
  gez_secret_dialog_set_ready (GEZ_SECRET_DIALOG (self), TRUE);
}

static GtkWidget *
make_words (GezSheetDialog *self)
{
  GtkWidget *fold = gtk_expander_new_with_mnemonic (_("_Or copy the words by hand"));
  GtkWidget *columns = gez_wrap_box_new (36, 6);
  GtkWidget *column = NULL;

  for (guint i = 0; i < GEZ_RECOVERY_N_WORDS; i++)
    {
      const char *word = gez_recovery_code_get_word (self->code, i);
      g_autofree char *number = g_strdup_printf ("%u.", i + 1);
      GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9), *before = gtk_label_new (number);
      GtkWidget *label = gez_word_label_new ();

      if (i % (GEZ_RECOVERY_N_WORDS / 2) == 0)
        {
          column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
          gtk_box_append (GTK_BOX (columns), column);
        }
      gtk_label_set_width_chars (GTK_LABEL (before), 3);
      gtk_label_set_xalign (GTK_LABEL (before), 1);
      gez_word_label_set_word (GEZ_WORD_LABEL (label),
                               gez_recovery_words_find ((GezPassphrase) { word, GEZ_RECOVERY_LETTERS }));
      gtk_box_append (GTK_BOX (line), before);
      gtk_box_append (GTK_BOX (line), label);
      gtk_box_append (GTK_BOX (column), line);
    }
  gtk_widget_set_margin_top (columns, 12);
  gtk_expander_set_child (GTK_EXPANDER (fold), columns);
  g_signal_connect_object (fold, "notify::expanded", G_CALLBACK (unfolded_cb), self, G_CONNECT_SWAPPED);
  return fold;
}

static GtkWidget *
make_button (GezSheetDialog *self,
             const char     *label,
             void          (*pressed) (GezSheetDialog *self))
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  g_signal_connect_object (button, "clicked", G_CALLBACK (pressed), self, G_CONNECT_SWAPPED);
  return button;
}

static void
show_paper (GezSheetDialog *self)
{
  GtkWidget *step, *buttons = gez_wrap_box_new (12, 12), *print;

  step = gez_secret_dialog_show_step (
    GEZ_SECRET_DIALOG (self),
    _("The sheet is one page: fourteen words, and the same as a QR code. Put it on paper now."), _("_Next"));
  self->step = STEP_PAPER;
  self->passphrase = NULL;
  gez_secret_dialog_set_ready (GEZ_SECRET_DIALOG (self), FALSE);
  print = make_button (self, _("_Print…"), print_cb);
  gtk_box_append (GTK_BOX (buttons), print);
  gtk_box_append (GTK_BOX (buttons), make_button (self, _("_Save as PDF…"), choose_cb));
  self->saved = gez_secret_dialog_text_new ("", "gez-front-message");
  gtk_widget_set_visible (self->saved, FALSE);
  gtk_box_append (GTK_BOX (step), buttons);
  gtk_box_append (GTK_BOX (step),
                  gez_secret_dialog_text_new (_("The PDF is not encrypted: everybody who finds it can read "
                                                "the words. Print it and delete it. Do not send it by mail "
                                                "and do not keep it in a folder that you share."),
                                              "gez-notice"));
  gtk_box_append (GTK_BOX (step), self->saved);
  gtk_box_append (GTK_BOX (step), make_words (self));
  gtk_widget_grab_focus (print);
}

/* The beginning -------------------------------------------------------------------------------- */

static void
checked_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GezSheetDialog) self = data;
  g_autoptr (GError) error = NULL;
  gboolean right = gez_key_work_finish (result, &error);

  if (gez_secret_dialog_is_closed (GEZ_SECRET_DIALOG (self)))
    return;
  if (right)
    self->code = gez_recovery_code_new (&error);
  if (self->code != NULL)
    {
      show_paper (self);
      return;
    }
  gez_secret_dialog_say_error (GEZ_SECRET_DIALOG (self), error);
  gtk_widget_grab_focus (self->passphrase);
}

static void
check_passphrase (GezSheetDialog *self)
{
  GezPassphraseEntry *entry = GEZ_PASSPHRASE_ENTRY (self->passphrase);

  if (gez_passphrase_entry_is_empty (entry))
    {
      gez_secret_dialog_say (GEZ_SECRET_DIALOG (self), _("Type the passphrase that opens your file now."));
      gtk_widget_grab_focus (self->passphrase);
      return;
    }
  gez_key_work_check_passphrase_async (get_context (self), gez_passphrase_entry_peek (entry), checked_cb,
                                       g_object_ref (self));
  gez_passphrase_entry_wipe (entry);
  gez_secret_dialog_set_working (GEZ_SECRET_DIALOG (self), _("Checking the passphrase…"));
}

static void
gez_sheet_dialog_next (GezSecretDialog *dialog)
{
  GezSheetDialog *self = GEZ_SHEET_DIALOG (dialog);

  switch (self->step)
    {
    case STEP_EXPLAIN:
      check_passphrase (self);
      break;
    case STEP_PAPER:
      show_return (self);
      break;
    case STEP_RETURN:
      take_return (self);
      break;
    case STEP_DONE:
    default:
      gtk_window_close (GTK_WINDOW (self));
    }
}

static void
gez_sheet_dialog_dispose (GObject *object)
{
  GezSheetDialog *self = GEZ_SHEET_DIALOG (object);

  g_object_set_data (object, "chooser", NULL);
  g_clear_pointer (&self->code, gez_secret_free);
  G_OBJECT_CLASS (gez_sheet_dialog_parent_class)->dispose (object);
}

static void
gez_sheet_dialog_finalize (GObject *object)
{
  g_free (GEZ_SHEET_DIALOG (object)->path);
  G_OBJECT_CLASS (gez_sheet_dialog_parent_class)->finalize (object);
}

static void
gez_sheet_dialog_class_init (GezSheetDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gez_sheet_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = gez_sheet_dialog_finalize;
  GEZ_SECRET_DIALOG_CLASS (klass)->next = gez_sheet_dialog_next;
}

static void
gez_sheet_dialog_init (GezSheetDialog *self)
{
}

static void
show_explanation (GezSheetDialog *self)
{
  GtkWidget *step = gez_secret_dialog_show_step (
    GEZ_SECRET_DIALOG (self),
    _("A recovery sheet is a paper with fourteen words. They open your file when you forget the "
      "passphrase. Without the sheet nobody can help you then, and everything that you wrote is lost."),
    _("_Next"));

  if (self->replaces)
    gtk_box_append (GTK_BOX (step),
                    gez_secret_dialog_text_new (_("There is a recovery sheet already. The new one makes it "
                                                  "worthless, as soon as you have typed its words."),
                                                "gez-notice"));
  self->passphrase = gez_passphrase_entry_new (_("Passphrase"));
  g_signal_connect_object (self->passphrase, "activate", G_CALLBACK (gez_secret_dialog_next), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (step), gez_secret_dialog_text_new (
    _("Whoever has the sheet needs no passphrase any more. So your passphrase is asked first."), "gez-text"));
  gtk_box_append (GTK_BOX (step), gez_front_field_new (_("_Passphrase"), self->passphrase));
}

/**
 * gez_sheet_dialog_present:
 * @parent: where it was asked for
 * @context: of the open store
 *
 * Shows the dialog above the window of @parent.
 */
void
gez_sheet_dialog_present (GtkWidget  *parent,
                          GezContext *context)
{
  GezSheetDialog *self = g_object_new (GEZ_TYPE_SHEET_DIALOG, NULL);

  gez_secret_dialog_set_up (GEZ_SECRET_DIALOG (self), parent, context, _("Make a recovery sheet"));
  self->replaces = gez_key_work_has_sheet (context);
  show_explanation (self);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (self->passphrase);
}

/**
 * gez_sheet_dialog_save:
 * @path: where the PDF goes
 *
 * What happens when a place was chosen, in the step where one can be.
 */
void
gez_sheet_dialog_save (GezSheetDialog *self,
                       const char     *path)
{
  g_return_if_fail (GEZ_IS_SHEET_DIALOG (self) && path != NULL);

  if (self->step != STEP_PAPER)
    return;
  g_free (self->path);
  self->path = g_strdup (path);
  gez_secret_dialog_set_working (GEZ_SECRET_DIALOG (self), _("Saving the sheet…"));
  gez_sheet_paper_save_async (get_context (self), self->code, path, saved_cb, g_object_ref (self));
}
