/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backup/gez-backup-page.h"

#include <glib/gi18n.h>

#include "backup/gez-backup-keeper.h"
#include "backup/gez-backup-row.h"
#include "backup/gez-backup-words.h"
#include "common/gez-accessible.h"
#include "common/gez-act.h"
#include "common/gez-confirm.h"
#include "common/gez-reader.h"
#include "common/gez-sentence.h"

#define ROWS_AT_MOST 60

struct _GezBackupPage
{
  AdwPreferencesPage parent_instance;

  GezStore *store;
  GezReader *reader;
  char *place; /* NULL: not read yet */
  gboolean is_default;
  GtkFileChooserNative *chooser;

  GtkWidget *settings;
  GtkWidget *where;
  GtkWidget *last;
  GtkWidget *make;
  GtkWidget *progress_row;
  GtkWidget *progress;
  GtkWidget *progress_words;
  GtkWidget *copies;
  GPtrArray *rows; /* of the copies; owned by the group */
  gboolean is_running;
};

G_DEFINE_FINAL_TYPE (GezBackupPage, gez_backup_page, ADW_TYPE_PREFERENCES_PAGE)

/* The page is in a window of its own above that of the program. */
static GtkWindow *
get_program_window (GezBackupPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? gtk_window_get_transient_for (GTK_WINDOW (root)) : NULL;
}

typedef struct
{
  GtkWindow *window; /* weak */
  char *path;
} Restoration;

static void
restoration_free (gpointer data)
{
  Restoration *restoration = data;

  g_clear_weak_pointer (&restoration->window);
  g_free (restoration->path);
  g_free (restoration);
}

static void
restore_confirmed_cb (gpointer data)
{
  Restoration *restoration = data;

  if (restoration->window)
    gtk_widget_activate_action (GTK_WIDGET (restoration->window), "win.restore-backup", "^ay",
                                restoration->path);
}

static void
restore_cb (GezBackupPage *self,
            GezBackupRow  *row)
{
  Restoration *restoration = g_new0 (Restoration, 1);

  g_set_weak_pointer (&restoration->window, get_program_window (self));
  restoration->path = g_strdup (gez_backup_row_get_path (row));
  gez_confirm (GTK_WIDGET (self), _("Put this backup back?"),
               _("Your file goes back to that day. Gezinsplan locks first and asks for the passphrase of "
                 "that day. What is in your file now is kept beside it, under another name."),
               _("_Lock and go on"), FALSE, restore_confirmed_cb, restoration, restoration_free);
}

static void
clear_rows (GezBackupPage *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self->copies), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
}

static void
add_row (GezBackupPage *self,
         GtkWidget     *row)
{
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->copies), row);
  g_ptr_array_add (self->rows, row);
}

static void
add_sentence (GezBackupPage *self,
              const char    *sentence)
{
  add_row (self, g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", sentence, NULL));
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GezBackupPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = g_task_propagate_pointer (G_TASK (result), &error);
  /* The folder in the store is made with the first backup. */
  gboolean is_empty = self->is_default && g_error_matches (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_NOT_FOUND);
  g_autofree char *sentence = error && !is_empty ? gez_sentence_for_backup_error (error) : NULL;

  if (self->store == NULL)
    return;
  clear_rows (self);
  for (guint i = 0; files && i < MIN (files->len, ROWS_AT_MOST); i++)
    {
      GtkWidget *row = gez_backup_row_new (self->store, files->pdata[i]);

      g_signal_connect_object (row, "restore", G_CALLBACK (restore_cb), self, G_CONNECT_SWAPPED);
      add_row (self, row);
    }
  if (self->rows->len == 0)
    add_sentence (self, sentence ? sentence : _("There are no backups here yet."));
}

static void
list_thread (GTask        *task,
             gpointer      source,
             gpointer      place,
             GCancellable *cancellable)
{
  GError *error = NULL;
  GPtrArray *files = gez_backup_list (place, NULL, &error);

  if (files)
    g_task_return_pointer (task, files, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
list_copies (GezBackupPage *self)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, listed_cb, g_object_ref (self));

  g_task_set_task_data (task, g_strdup (self->place), g_free);
  g_task_run_in_thread (task, list_thread);
}

static GezQuery *
make_query (gpointer widget)
{
  GezStore *store = GEZ_BACKUP_PAGE (widget)->store;

  return gez_store_get_directory (store) ? gez_backup_state_query (store) : NULL;
}

static void
show_state (gpointer      widget,
            gpointer      result,
            const GError *error)
{
  GezBackupPage *self = GEZ_BACKUP_PAGE (widget);
  GezBackupState *state = result;
  g_autofree char *place = NULL, *last = NULL;

  if (state == NULL)
    return;
  place = g_filename_display_name (state->place);
  last = gez_backup_words_last (state, gez_store_get_clock (self->store));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->where), place);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->last), last);
  adw_preferences_group_set_description (
    ADW_PREFERENCES_GROUP (self->settings),
    state->is_default
      ? _("A backup is a copy of your whole file, encrypted like the file itself. Gezinsplan makes one each "
          "day.\n\nYour backups are on this computer, beside your file. They help when the file is damaged, "
          "not when the computer is lost or stolen: choose a folder on another disk or on a stick.")
      : _("A backup is a copy of your whole file, encrypted like the file itself. Gezinsplan makes one each "
          "day when the folder can be reached. It opens with the passphrase of that day."));
  g_free (self->place);
  self->place = g_strdup (state->place);
  self->is_default = state->is_default;
  list_copies (self);
}

static void
say_ended (GezBackupPage *self)
{
  const GError *error = gez_backup_keeper_get_error (gez_backup_keeper_of (self->store));
  g_autofree char *sentence = error ? gez_sentence_for_backup_error (error) : NULL;

  gez_reader_refresh (self->reader);
  if (sentence)
    adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                      adw_toast_new (sentence));
}

static void
keeper_changed_cb (GezBackupPage *self)
{
  GezBackupKeeper *keeper;
  gboolean is_running;
  g_autofree char *words = NULL;
  GezBackupStep step;
  guint64 done, all;

  if (self->store == NULL)
    return;
  keeper = gez_backup_keeper_of (self->store);
  is_running = gez_backup_keeper_is_running (keeper);
  gez_backup_keeper_get_progress (keeper, &step, &done, &all);
  words = gez_backup_words_progress (step, done, all);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress),
                                 gez_backup_words_fraction (step, done, all));
  gtk_label_set_text (GTK_LABEL (self->progress_words), words);
  gtk_widget_set_visible (self->progress_row, is_running);
  gtk_widget_set_sensitive (self->make, !is_running);
  if (self->is_running && !is_running && ADW_IS_PREFERENCES_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))))
    say_ended (self);
  self->is_running = is_running;
}

static void
make_cb (GezBackupPage *self)
{
  gez_backup_keeper_start (gez_backup_keeper_of (self->store));
}

static void
cancel_cb (GezBackupPage *self)
{
  gez_backup_keeper_stop (gez_backup_keeper_of (self->store));
}

static void
place_set_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (GezBackupPage) self = data;
  g_autoptr (GError) error = NULL;

  if (gez_backup_set_place_finish (GEZ_STORE (source), result, &error))
    {
      /* What somebody expects who has just chosen where. */
      if (self->store)
        gez_backup_keeper_start (gez_backup_keeper_of (self->store));
    }
  else if (self->store)
    gez_say_error (GTK_WIDGET (self), error);
}

static void
chosen_cb (GezBackupPage *self,
           int            response)
{
  g_autoptr (GFile) folder = NULL;
  g_autofree char *path = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    folder = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
  path = folder ? g_file_get_path (folder) : NULL;
  if (path)
    gez_backup_set_place_async (self->store, path, place_set_cb, g_object_ref (self));
  g_clear_object (&self->chooser);
}

static void
choose_cb (GezBackupPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->chooser)
    return;
  self->chooser = gtk_file_chooser_native_new (_("Folder for backups"), GTK_WINDOW (root),
                                               GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _("_Choose"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
gez_backup_page_dispose (GObject *object)
{
  GezBackupPage *self = GEZ_BACKUP_PAGE (object);

  if (self->chooser)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  g_clear_object (&self->reader);
  g_clear_object (&self->store);
  g_clear_pointer (&self->place, g_free);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (gez_backup_page_parent_class)->dispose (object);
}

static void
gez_backup_page_class_init (GezBackupPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gez_backup_page_dispose;
}

static GtkWidget *
make_button (GezBackupPage *self,
             const char    *label,
             GCallback      clicked)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
make_progress (GezBackupPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->progress = gtk_progress_bar_new ();
  self->progress_words = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->progress_words), 0);
  gtk_label_set_wrap (GTK_LABEL (self->progress_words), TRUE);
  gez_accessible_set_name (self->progress, _("How far the backup is"));
  gtk_widget_set_hexpand (column, TRUE);
  gtk_widget_set_valign (column, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (column), self->progress_words);
  gtk_box_append (GTK_BOX (column), self->progress);
  gtk_box_append (GTK_BOX (box), column);
  gtk_box_append (GTK_BOX (box), make_button (self, _("_Cancel"), G_CALLBACK (cancel_cb)));
  gtk_widget_add_css_class (box, "gez-backup-progress");
  self->progress_row = g_object_new (ADW_TYPE_PREFERENCES_ROW, "title", _("How far the backup is"), "child",
                                     box, "activatable", FALSE, "visible", FALSE, NULL);
  return self->progress_row;
}

static void
make_settings (GezBackupPage *self)
{
  AdwPreferencesGroup *group;

  self->settings = g_object_new (ADW_TYPE_PREFERENCES_GROUP, "title", _("Backups"), NULL);
  self->where = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", _("Where they go"), NULL);
  self->last = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", _("The last one"), NULL);
  self->make = make_button (self, _("_Make one now"), G_CALLBACK (make_cb));
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->where),
                             make_button (self, _("Choose _folder…"), G_CALLBACK (choose_cb)));
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->last), self->make);
  group = ADW_PREFERENCES_GROUP (self->settings);
  adw_preferences_group_add (group, self->where);
  adw_preferences_group_add (group, self->last);
  adw_preferences_group_add (group, make_progress (self));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), group);
}

static void
gez_backup_page_init (GezBackupPage *self)
{
  self->rows = g_ptr_array_new ();
  g_object_set (self, "title", _("Backups"), "name", "backups", "icon-name", "drive-harddisk-symbolic", NULL);
  make_settings (self);
  self->copies = g_object_new (
    ADW_TYPE_PREFERENCES_GROUP, "title", _("Backups in this folder"), "description",
    _("Kept are the newest of each of the last 7 days, 4 weeks and 12 months."), NULL);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), ADW_PREFERENCES_GROUP (self->copies));
}

/**
 * gez_backup_page_new:
 * @context: of the open store
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
gez_backup_page_new (GezContext *context)
{
  GezBackupPage *self = g_object_new (GEZ_TYPE_BACKUP_PAGE, NULL);

  self->store = g_object_ref (gez_context_get_store (context));
  self->reader = gez_reader_new (GTK_WIDGET (self), self->store, gez_backup_state_tables, make_query,
                                 show_state);
  g_signal_connect_object (gez_backup_keeper_of (self->store), "changed", G_CALLBACK (keeper_changed_cb),
                           self, G_CONNECT_SWAPPED);
  keeper_changed_cb (self);
  return GTK_WIDGET (self);
}
