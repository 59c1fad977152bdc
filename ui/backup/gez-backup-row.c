/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backup/gez-backup-row.h"

#include <glib/gi18n.h>

#include "backup/gez-backup-teller.h"
#include "backup/gez-backup-words.h"
#include "common/gez-accessible.h"
#include "common/gez-sentence.h"

struct _GezBackupRow
{
  AdwExpanderRow parent_instance;

  GezStore *store;
  char *path;
  GtkWidget *check;
  GtkWidget *cancel;
  GCancellable *cancellable; /* NULL: it is not being read */
};

G_DEFINE_FINAL_TYPE (GezBackupRow, gez_backup_row, ADW_TYPE_EXPANDER_ROW)

enum
{
  RESTORE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
say (GezBackupRow *self,
     const char   *sentence)
{
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->check), sentence);
}

static void
set_checking (GezBackupRow *self,
              gboolean      is_checking)
{
  gtk_widget_set_visible (self->cancel, is_checking);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self->check), !is_checking);
}

static void
told_cb (GezBackupStep step,
         guint64       done,
         guint64       all,
         gpointer      whom)
{
  GezBackupRow *self = whom;
  g_autofree char *words = gez_backup_words_progress (step, done, all);

  if (self->cancellable && self->check)
    say (self, words);
}

typedef struct
{
  GezBackupRow *row;
  GezBackupTeller *teller;
} Work;

static void
checked_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Work *work = data;
  GezBackupRow *self = work->row;
  g_autofree char *words = NULL;
  g_autoptr (GError) error = NULL;
  GezBackupReport report;

  if (gez_backup_verify_finish (GEZ_STORE (source), result, &report, &error))
    words = gez_backup_words_report (&report);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    words = g_strdup (_("Stopped. It was not read to the end."));
  else
    words = gez_sentence_for_backup_error (error);
  g_clear_object (&self->cancellable);
  if (self->check)
    {
      set_checking (self, FALSE);
      say (self, words);
    }
  gez_backup_teller_unref (work->teller);
  g_object_unref (self);
  g_free (work);
}

static void
cancel_cb (GezBackupRow *self)
{
  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
}

static void
restore_cb (GezBackupRow *self)
{
  g_signal_emit (self, signals[RESTORE], 0);
}

static void
gez_backup_row_dispose (GObject *object)
{
  GezBackupRow *self = GEZ_BACKUP_ROW (object);

  cancel_cb (self);
  self->check = NULL;
  g_clear_object (&self->store);
  G_OBJECT_CLASS (gez_backup_row_parent_class)->dispose (object);
}

static void
gez_backup_row_finalize (GObject *object)
{
  g_free (GEZ_BACKUP_ROW (object)->path);
  G_OBJECT_CLASS (gez_backup_row_parent_class)->finalize (object);
}

static void
gez_backup_row_class_init (GezBackupRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gez_backup_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = gez_backup_row_finalize;
  signals[RESTORE] = g_signal_new ("restore", GEZ_TYPE_BACKUP_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static GtkWidget *
make_action (const char *title,
             const char *subtitle)
{
  return g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", title, "subtitle", subtitle,
                       "activatable", TRUE, NULL);
}

static void
gez_backup_row_init (GezBackupRow *self)
{
  GtkWidget *restore = make_action (_("Put back…"), _("What is in your file now is kept beside it."));

  self->check = make_action (_("Check"), _("Reads all of it and changes nothing."));
  self->cancel = gtk_button_new_with_mnemonic (_("_Cancel"));
  gtk_widget_set_valign (self->cancel, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (self->cancel, FALSE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->check), self->cancel);
  g_signal_connect_object (self->cancel, "clicked", G_CALLBACK (cancel_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->check, "activated", G_CALLBACK (gez_backup_row_check), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (restore, "activated", G_CALLBACK (restore_cb), self, G_CONNECT_SWAPPED);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), self->check);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), restore);
}

/**
 * gez_backup_row_new:
 * @store: an open store, whose keys read the backup
 * @file: copied
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
gez_backup_row_new (GezStore            *store,
                    const GezBackupFile *file)
{
  GezBackupRow *self = g_object_new (GEZ_TYPE_BACKUP_ROW, NULL);
  g_autofree char *size = g_format_size (file->size);
  g_autofree char *name = g_path_get_basename (file->path);
  g_autofree char *moment = NULL;

  self->store = g_object_ref (store);
  self->path = g_strdup (file->path);
  moment = file->is_readable ? gez_backup_words_line (gez_store_get_clock (store), file->info.made_at)
                             : g_filename_display_name (name);
  g_object_set (self, "use-markup", FALSE, "title", moment, "subtitle",
                file->is_readable ? size : _("Damaged: this file cannot be put back."), NULL);
  gez_accessible_set_name (GTK_WIDGET (self), moment);
  return GTK_WIDGET (self);
}

const char *
gez_backup_row_get_path (GezBackupRow *self)
{
  g_return_val_if_fail (GEZ_IS_BACKUP_ROW (self), NULL);

  return self->path;
}

/**
 * gez_backup_row_check:
 *
 * Reads the whole backup and says what was found.
 */
void
gez_backup_row_check (GezBackupRow *self)
{
  Work *work;

  g_return_if_fail (GEZ_IS_BACKUP_ROW (self));

  if (self->cancellable || self->check == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  set_checking (self, TRUE);
  work = g_new0 (Work, 1);
  work->row = g_object_ref (self);
  work->teller = gez_backup_teller_new (G_OBJECT (self), told_cb);
  gez_backup_verify_async (self->store, self->path, gez_backup_teller_tell, work->teller, self->cancellable,
                           checked_cb, work);
}
