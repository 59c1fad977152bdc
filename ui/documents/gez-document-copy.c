/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The one way out for a document: said to be one, each time, and never by itself. */

#include "documents/gez-document-copy.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "common/gez-accessible.h"
#include "common/gez-act.h"
#include "common/gez-confirm.h"
#include "common/gez-file-choice.h"
#include "model/gez-document-content.h"
#include "model/gez-document-name.h"

#define LARGE (8 * 1024 * 1024) /* bytes: what takes long enough to show how far it is */

typedef struct
{
  GtkWidget *from; /* weak */
  GezContext *context;
  GezRecord *document;
  GCancellable *cancellable;
  GtkWidget *dialog; /* weak: how far it is */
  GtkWidget *bar;    /* of the dialog */
} Copy;

static void
copy_free (Copy *copy)
{
  g_clear_weak_pointer (&copy->from);
  g_clear_weak_pointer (&copy->dialog);
  g_object_unref (copy->context);
  g_object_unref (copy->document);
  g_object_unref (copy->cancellable);
  g_free (copy);
}

static Copy *
copy_new (GtkWidget  *from,
          GezContext *context,
          GezRecord  *document)
{
  Copy *copy = g_new0 (Copy, 1);

  g_set_weak_pointer (&copy->from, from);
  copy->context = g_object_ref (context);
  copy->document = g_object_ref (document);
  copy->cancellable = g_cancellable_new ();
  return copy;
}

static void
progress_cb (gint64   done,
             gint64   total,
             gpointer data)
{
  Copy *copy = data;

  if (copy->dialog != NULL && total > 0)
    gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (copy->bar),
                                   CLAMP ((double) done / (double) total, 0, 1));
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Copy *copy = user_data;
  g_autoptr (GError) error = NULL;
  gboolean is_saved = gez_document_save_copy_finish (copy->context, result, &error);

  if (copy->dialog != NULL)
    gtk_window_destroy (GTK_WINDOW (copy->dialog));
  if (copy->from != NULL && gtk_widget_get_root (copy->from) != NULL)
    {
      if (is_saved)
        gez_say (copy->from, _("The copy was saved. It is not protected."));
      else
        gez_say_error (copy->from, error);
    }
  copy_free (copy);
}

static GtkWidget *
make_dialog (Copy *copy)
{
  GtkRoot *root = gtk_widget_get_root (copy->from);
  GtkWidget *dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                              _("Saving a copy…"), NULL);

  copy->bar = gtk_progress_bar_new ();
  gez_accessible_set_name (copy->bar, _("How far the copy is"));
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), copy->bar);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "stop", _("_Stop"));
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "stop");
  g_signal_connect_object (dialog, "response", G_CALLBACK (g_cancellable_cancel), copy->cancellable,
                           G_CONNECT_SWAPPED);
  /* Locking closes dialogs, and what they were about. */
  g_signal_connect_object (dialog, "destroy", G_CALLBACK (g_cancellable_cancel), copy->cancellable,
                           G_CONNECT_SWAPPED);
  return dialog;
}

/**
 * gez_document_copy_to:
 * @from: where it was asked for; the answer is said there
 * @context: of the open store
 * @document: of gez_document_list_query()
 * @destination: where the copy goes
 *
 * Writes a copy that anybody can read. A large one shows how far it is and can be stopped.
 */
void
gez_document_copy_to (GtkWidget  *from,
                      GezContext *context,
                      GezRecord  *document,
                      GFile      *destination)
{
  Copy *copy;

  g_return_if_fail (GTK_IS_WIDGET (from));
  g_return_if_fail (GEZ_IS_CONTEXT (context));
  g_return_if_fail (G_IS_FILE (destination));

  copy = copy_new (from, context, document);
  if (gez_record_get_integer (document, "size_bytes") >= LARGE)
    {
      g_set_weak_pointer (&copy->dialog, make_dialog (copy));
      gtk_window_present (GTK_WINDOW (copy->dialog));
    }
  gez_document_save_copy_async (context, gez_record_get_id (document), destination, progress_cb, copy,
                                copy->cancellable, saved_cb, copy);
}

static void
chosen_cb (GListModel *files,
           gpointer    data)
{
  Copy *copy = data;
  g_autoptr (GFile) file = g_list_model_get_item (files, 0);

  if (copy->from != NULL)
    gez_document_copy_to (copy->from, copy->context, copy->document, file);
}

static void
confirmed_cb (gpointer data)
{
  Copy *copy = data;
  g_autofree char *name = gez_document_clean_name (gez_record_get_text (copy->document, "name"));

  if (copy->from != NULL && gtk_widget_get_root (copy->from) != NULL)
    gez_file_choice_save (copy->from, _("Save a copy"), _("_Save"), name != NULL ? name : "document",
                          chosen_cb, copy_new (copy->from, copy->context, copy->document),
                          (GDestroyNotify) copy_free);
}

/**
 * gez_document_copy_ask:
 * @from: where it was asked for
 * @context: of the open store
 * @document: of gez_document_list_query()
 *
 * Says what a copy outside the program means, asks where to put it, and writes it there.
 */
void
gez_document_copy_ask (GtkWidget  *from,
                       GezContext *context,
                       GezRecord  *document)
{
  g_return_if_fail (GTK_IS_WIDGET (from));
  g_return_if_fail (GEZ_IS_CONTEXT (context));
  g_return_if_fail (GEZ_IS_RECORD (document));

  gez_confirm (from, _("Save a copy that is not protected?"),
               _("Whoever gets at this computer, or at the folder or stick where you put it, can read "
                 "the copy. The document in the file stays protected. Remove the copy as soon as you "
                 "no longer need it."),
               _("_Save a copy"), TRUE, confirmed_cb, copy_new (from, context, document),
               (GDestroyNotify) copy_free);
}
