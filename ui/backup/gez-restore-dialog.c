/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backup/gez-restore-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "backup/gez-backup-teller.h"
#include "backup/gez-backup-words.h"
#include "common/gez-accessible.h"
#include "common/gez-passphrase-entry.h"
#include "common/gez-sentence.h"
#include "store/gez-backup-files.h"
#include "store/gez-restore.h"
#include "unlock/gez-front.h"
#include "vault/gez-secret-text.h"

#define WIDTH 480

/* From a file and a passphrase to a store that stands in its place, on another thread. While it goes on
 * the dialog does not close. */

#define GEZ_TYPE_RESTORE_DIALOG (gez_restore_dialog_get_type ())
G_DECLARE_FINAL_TYPE (GezRestoreDialog, gez_restore_dialog, GEZ, RESTORE_DIALOG, AdwWindow)

struct _GezRestoreDialog
{
  AdwWindow parent_instance;

  GezOpening *opening;
  GtkWidget *from; /* weak: where it was asked for */
  char *path;      /* NULL: none is chosen */
  GtkFileChooserNative *chooser;
  GCancellable *cancellable; /* NULL: nothing is going on */
  gboolean is_done;

  GtkWidget *file;
  GtkWidget *choose;
  GtkWidget *passphrase;
  GtkWidget *question; /* all that is asked */
  GtkWidget *field;
  GtkWidget *message;
  GtkWidget *progress;
  GtkWidget *go;
  GtkWidget *cancel;
};

G_DEFINE_FINAL_TYPE (GezRestoreDialog, gez_restore_dialog, ADW_TYPE_WINDOW)

typedef struct
{
  char *path;
  char *directory;
  GezClock *clock;
  GezSecretText *passphrase;
  GezBackupTeller *teller;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_clear_pointer (&request->passphrase, gez_secret_text_free);
  gez_backup_teller_unref (request->teller);
  g_object_unref (request->clock);
  g_free (request->path);
  g_free (request->directory);
  g_free (request);
}

static void
say (GezRestoreDialog *self,
     const char       *sentence)
{
  gtk_label_set_text (GTK_LABEL (self->message), sentence ? sentence : "");
}

static void
update (GezRestoreDialog *self)
{
  gboolean is_working = self->cancellable != NULL;

  gtk_widget_set_sensitive (self->go, self->is_done || (self->path != NULL && !is_working));
  gtk_widget_set_sensitive (self->choose, !is_working);
  gtk_widget_set_sensitive (self->passphrase, !is_working);
  gtk_widget_set_visible (self->progress, is_working);
}

static void
choose_file (GezRestoreDialog *self,
             const char       *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *shown = g_filename_display_name (name);
  g_autofree char *words = NULL;
  g_autoptr (GError) error = NULL;
  GezVaultBackupInfo info;

  g_clear_pointer (&self->path, g_free);
  if (gez_vault_backup_peek (path, &info, &error))
    {
      self->path = g_strdup (path);
      words = gez_backup_words_moment (self->opening->clock, info.made_at);
    }
  else
    words = gez_sentence_for_backup_error (error);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->file), self->path ? words : shown);
  say (self, self->path ? NULL : words);
  update (self);
  gtk_widget_grab_focus (self->path ? self->passphrase : self->choose);
}

/* What is shown in the end; the same button leads on. */
static void
show_done (GezRestoreDialog  *self,
           const GezRestored *restored)
{
  g_autofree char *moment = gez_backup_words_moment (self->opening->clock, restored->info.made_at);
  g_autofree char *where = restored->older ? g_filename_display_name (restored->older) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_printf (text, _("The backup of %s is back. It opens with the passphrase of that day."), moment);
  if (where)
    {
      g_string_append (text, "\n\n");
      g_string_append_printf (text, _("What stood there before is kept in %s."), where);
    }
  if (restored->n_missing > 0)
    {
      g_string_append (text, "\n\n");
      g_string_append_printf (text, ngettext ("%u attachment was not found beside the backup.",
                                              "%u attachments were not found beside the backup.",
                                              restored->n_missing), restored->n_missing);
    }
  self->is_done = TRUE;
  gtk_widget_set_visible (self->question, FALSE);
  gtk_widget_set_visible (self->cancel, FALSE);
  gtk_button_set_label (GTK_BUTTON (self->go), _("_Go on"));
  say (self, text->str);
  update (self);
  gtk_widget_grab_focus (self->go);
}

static void
restored_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (GezRestoreDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GezRestored) restored = g_task_propagate_pointer (G_TASK (result), &error);
  g_autofree char *sentence = error ? gez_sentence_for_backup_error (error) : NULL;

  g_clear_object (&self->cancellable);
  if (self->go == NULL)
    return;
  if (restored)
    {
      show_done (self, restored);
      return;
    }
  update (self);
  say (self, sentence);
  gtk_widget_grab_focus (self->passphrase);
}

static void
told_cb (GezBackupStep step,
         guint64       done,
         guint64       all,
         gpointer      whom)
{
  GezRestoreDialog *self = whom;
  g_autofree char *words = gez_backup_words_progress (step, done, all);

  if (self->cancellable && self->go)
    say (self, words);
}

static void
restore_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  Request *request = data;
  GError *error = NULL;
  GezRestored *restored =
    gez_restore_run (request->path, request->directory, gez_secret_text_peek (request->passphrase),
                     request->clock, gez_backup_teller_tell, request->teller, cancellable, &error);

  gez_secret_text_wipe (request->passphrase);
  if (restored)
    g_task_return_pointer (task, restored, (GDestroyNotify) gez_restored_free);
  else
    g_task_return_error (task, error);
}

static void
start (GezRestoreDialog *self)
{
  GezPassphraseEntry *entry = GEZ_PASSPHRASE_ENTRY (self->passphrase);
  GezPassphrase passphrase = gez_passphrase_entry_peek (entry);
  Request *request = g_new0 (Request, 1);
  g_autoptr (GTask) task = NULL;

  self->cancellable = g_cancellable_new ();
  request->path = g_strdup (self->path);
  request->directory = g_strdup (self->opening->directory);
  request->clock = g_object_ref (self->opening->clock);
  request->teller = gez_backup_teller_new (G_OBJECT (self), told_cb);
  request->passphrase = gez_secret_text_new ();
  gez_secret_text_insert (request->passphrase, 0, passphrase.text,
                          (guint) g_utf8_strlen (passphrase.text, (gssize) passphrase.length));
  gez_passphrase_entry_wipe (entry);
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  task = g_task_new (NULL, self->cancellable, restored_cb, g_object_ref (self));
  /* What was done is done: an answer that comes after the cancel is still an answer. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, request, request_free);
  g_task_run_in_thread (task, restore_thread);
  say (self, _("Putting the backup back…"));
  update (self);
}

static void
go_cb (GezRestoreDialog *self)
{
  if (self->is_done)
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  if (self->path == NULL || self->cancellable)
    return;
  if (gez_passphrase_entry_is_empty (GEZ_PASSPHRASE_ENTRY (self->passphrase)))
    {
      say (self, _("Type the passphrase that your file had on that day."));
      gtk_widget_grab_focus (self->passphrase);
      return;
    }
  start (self);
}

static void
cancel_cb (GezRestoreDialog *self)
{
  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
chosen_cb (GezRestoreDialog *self,
           int               response)
{
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
  path = file ? g_file_get_path (file) : NULL;
  if (path)
    choose_file (self, path);
  g_clear_object (&self->chooser);
}

static void
choose_cb (GezRestoreDialog *self)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  if (self->chooser)
    return;
  gtk_file_filter_set_name (filter, _("Backups of Gezinsplan"));
  gtk_file_filter_add_pattern (filter, "*" GEZ_BACKUP_SUFFIX);
  self->chooser = gtk_file_chooser_native_new (_("Which backup?"), GTK_WINDOW (self),
                                               GTK_FILE_CHOOSER_ACTION_OPEN, _("_Choose"), NULL);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static gboolean
gez_restore_dialog_close_request (GtkWindow *window)
{
  GezRestoreDialog *self = GEZ_RESTORE_DIALOG (window);

  if (self->cancellable)
    {
      g_cancellable_cancel (self->cancellable);
      return TRUE;
    }
  if (self->is_done && self->from)
    gtk_widget_activate_action (self->from, "door.show", NULL);
  return GTK_WINDOW_CLASS (gez_restore_dialog_parent_class)->close_request (window);
}

static void
gez_restore_dialog_dispose (GObject *object)
{
  GezRestoreDialog *self = GEZ_RESTORE_DIALOG (object);

  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  if (self->chooser)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  g_clear_pointer (&self->opening, gez_opening_free);
  g_clear_pointer (&self->path, g_free);
  g_clear_weak_pointer (&self->from);
  self->go = NULL;
  G_OBJECT_CLASS (gez_restore_dialog_parent_class)->dispose (object);
}

static void
gez_restore_dialog_class_init (GezRestoreDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gez_restore_dialog_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = gez_restore_dialog_close_request;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static GtkWidget *
make_wrapped (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  return label;
}

static GtkWidget *
make_file_list (GezRestoreDialog *self)
{
  GtkWidget *list = gtk_list_box_new ();

  self->file = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", _("Which backup"), "subtitle",
                             _("None chosen yet"), NULL);
  self->choose = gtk_button_new_with_mnemonic (_("_Choose…"));
  gtk_widget_set_valign (self->choose, GTK_ALIGN_CENTER);
  g_signal_connect_object (self->choose, "clicked", G_CALLBACK (choose_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->file), self->choose);
  gtk_list_box_append (GTK_LIST_BOX (list), self->file);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gez_accessible_set_name (list, _("Which backup"));
  return list;
}

static GtkWidget *
make_content (GezRestoreDialog *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->passphrase = gez_passphrase_entry_new (_("Passphrase of that day"));
  self->field = gez_front_field_new (_("_Passphrase of that day"), self->passphrase);
  self->message = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT, "wrap", TRUE,
                                "wrap-mode", PANGO_WRAP_WORD_CHAR, "xalign", 0.0f, NULL);
  gez_accessible_hide_empty (self->message);
  gtk_widget_add_css_class (self->message, "gez-front-message");
  self->progress = gtk_spinner_new ();
  gtk_spinner_start (GTK_SPINNER (self->progress));
  g_signal_connect_object (self->passphrase, "activate", G_CALLBACK (go_cb), self, G_CONNECT_SWAPPED);
  self->question = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  gtk_box_append (GTK_BOX (self->question),
                  make_wrapped (_("Your file goes back to the day of the backup. If there is a file now, it "
                                  "is kept beside it under another name: nothing is thrown away.")));
  gtk_box_append (GTK_BOX (self->question), make_file_list (self));
  gtk_box_append (GTK_BOX (self->question), self->field);
  gtk_box_append (GTK_BOX (self->question),
                  make_wrapped (_("Lost it? The words of the recovery sheet of that day open the backup "
                                  "as well.")));
  gtk_box_append (GTK_BOX (column), self->question);
  gtk_box_append (GTK_BOX (column), self->message);
  gtk_box_append (GTK_BOX (column), self->progress);
  gtk_widget_add_css_class (column, "gez-front");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), column);
  gtk_widget_set_vexpand (scroller, TRUE);
  return scroller;
}

static void
gez_restore_dialog_init (GezRestoreDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();

  self->cancel = gtk_button_new_with_mnemonic (_("_Cancel"));
  self->go = gtk_button_new_with_mnemonic (_("_Put back"));
  gtk_widget_add_css_class (self->go, "suggested-action");
  g_signal_connect_object (self->cancel, "clicked", G_CALLBACK (cancel_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->go, "clicked", G_CALLBACK (go_cb), self, G_CONNECT_SWAPPED);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), self->cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->go);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), make_content (self));
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_title (GTK_WINDOW (self), _("Put a backup back"));
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_widget_set_size_request (GTK_WIDGET (self), 340, 300);
}

/* The newest one in the store itself, if there is any: it is there while the store is locked too. */
static char *
find_newest (const char *directory)
{
  g_autofree char *place = g_build_filename (directory, "backups", NULL);
  g_autoptr (GPtrArray) files = gez_backup_list (place, NULL, NULL);
  GezBackupFile *newest = files && files->len > 0 ? files->pdata[0] : NULL;

  return newest ? g_strdup (newest->path) : NULL;
}

/**
 * gez_restore_dialog_present:
 * @parent: where it was asked for
 * @opening: copied; where the store is, or shall be
 */
void
gez_restore_dialog_present (GtkWidget        *parent,
                            const GezOpening *opening)
{
  g_autofree char *newest = NULL;

  g_return_if_fail (GTK_IS_WIDGET (parent) && opening != NULL);

  newest = find_newest (opening->directory);
  gez_restore_dialog_present_file (parent, opening, newest);
}

/**
 * gez_restore_dialog_present_file:
 * @parent: where it was asked for
 * @opening: copied; where the store is, or shall be
 * @path: (nullable): the backup that is proposed
 */
void
gez_restore_dialog_present_file (GtkWidget        *parent,
                                 const GezOpening *opening,
                                 const char       *path)
{
  GezRestoreDialog *self;
  GtkRoot *root;

  g_return_if_fail (GTK_IS_WIDGET (parent) && opening != NULL);

  self = g_object_new (GEZ_TYPE_RESTORE_DIALOG, NULL);
  self->opening = gez_opening_copy (opening);
  g_set_weak_pointer (&self->from, parent);
  root = gtk_widget_get_root (parent);
  if (GTK_IS_WINDOW (root))
    {
      int width = gtk_widget_get_width (GTK_WIDGET (root));

      gtk_window_set_default_size (GTK_WINDOW (self), width > 0 ? MIN (WIDTH, width) : WIDTH, -1);
      gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (root));
      gtk_window_set_destroy_with_parent (GTK_WINDOW (self), TRUE);
    }
  update (self);
  gtk_window_present (GTK_WINDOW (self));
  if (path)
    choose_file (self, path);
  else
    gtk_widget_grab_focus (self->choose);
}
