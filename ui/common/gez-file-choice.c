/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The one place that asks for files of the computer.
 *
 * 1. The question goes when what asked for it goes: nobody chooses a file for a page that is locked.
 * 2. Locking destroys every dialog, also this one, which GTK would then destroy again: it is kept in memory
 *    as long as the question.
 * 3. GTK tells the desktop which files were chosen, and the desktop keeps a list. Which letters went into
 *    a household file is nobody's business, so they are taken from that list again before it is written.
 */

#include "common/gez-file-choice.h"

typedef struct
{
  GezFilesChosen chosen;
  gpointer data;
  GDestroyNotify free_data;
} Choice;

static void
choice_free (gpointer  data,
             GClosure *closure)
{
  Choice *choice = data;

  if (choice->free_data != NULL)
    choice->free_data (choice->data);
  g_free (choice);
}

static void
forget_recent (GListModel *files)
{
  GtkRecentManager *manager = gtk_recent_manager_get_default ();

  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);
      g_autofree char *uri = g_file_get_uri (file);

      if (gtk_recent_manager_has_item (manager, uri))
        gtk_recent_manager_remove_item (manager, uri, NULL);
    }
}

static void
response_cb (GtkNativeDialog *native,
             int              response,
             Choice          *choice)
{
  g_autoptr (GtkNativeDialog) kept = g_object_ref (native);
  g_autoptr (GListModel) files = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (native));
  gtk_native_dialog_hide (native);
  if (files != NULL && g_list_model_get_n_items (files) > 0)
    {
      forget_recent (files);
      choice->chosen (files, choice->data);
    }
  gtk_native_dialog_destroy (native);
  g_object_unref (native); /* the reference of ask() */
}

/* What asked is gone, and so is the answer. */
static void
asker_gone_cb (GtkNativeDialog *native)
{
  g_autoptr (GtkNativeDialog) kept = g_object_ref (native);

  if (!gtk_native_dialog_get_visible (native))
    return;
  gtk_native_dialog_destroy (native);
  g_object_unref (native);
}

static void
keep_dialog (GtkNativeDialog *native)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (toplevels, i);

      if (GTK_IS_FILE_CHOOSER (window)
          && gtk_window_get_transient_for (window) == gtk_native_dialog_get_transient_for (native))
        g_object_set_data_full (G_OBJECT (native), "gez-dialog", g_object_ref (window), g_object_unref);
    }
}

static void
ask (GtkWidget            *from,
     GtkFileChooserNative *native,
     GezFilesChosen        chosen,
     gpointer              data,
     GDestroyNotify        free_data)
{
  Choice *choice = g_new0 (Choice, 1);

  choice->chosen = chosen;
  choice->data = data;
  choice->free_data = free_data;
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (native), TRUE);
  g_signal_connect_data (native, "response", G_CALLBACK (response_cb), choice, choice_free, 0);
  g_signal_connect_object (from, "unrealize", G_CALLBACK (asker_gone_cb), native,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (native));
  keep_dialog (GTK_NATIVE_DIALOG (native));
}

static GtkFileChooserNative *
make (GtkWidget           *from,
      const char          *title,
      const char          *accept_label,
      GtkFileChooserAction action)
{
  GtkRoot *root = gtk_widget_get_root (from);

  return gtk_file_chooser_native_new (title, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, action,
                                      accept_label, NULL);
}

/**
 * gez_file_choice_open:
 * @from: what asks
 * @title: what the files are for
 * @accept_label: the verb on the button, with a mnemonic
 * @chosen: called with what was chosen; not called when nothing was
 * @data: for @chosen
 * @free_data: (nullable): called when the question is gone, whatever the answer was
 *
 * Asks for one file or several.
 */
void
gez_file_choice_open (GtkWidget      *from,
                      const char     *title,
                      const char     *accept_label,
                      GezFilesChosen  chosen,
                      gpointer        data,
                      GDestroyNotify  free_data)
{
  GtkFileChooserNative *native;

  g_return_if_fail (GTK_IS_WIDGET (from));
  g_return_if_fail (chosen != NULL);

  native = make (from, title, accept_label, GTK_FILE_CHOOSER_ACTION_OPEN);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (native), TRUE);
  ask (from, native, chosen, data, free_data);
}

/**
 * gez_file_choice_save:
 * @from: what asks
 * @title: what is saved
 * @accept_label: the verb on the button, with a mnemonic
 * @name: what the file is called when nobody says otherwise
 * @chosen: called with the place; not called when none was chosen
 * @data: for @chosen
 * @free_data: (nullable): called when the question is gone, whatever the answer was
 *
 * Asks where to write. Whether it may go over a file that is there was asked already.
 */
void
gez_file_choice_save (GtkWidget      *from,
                      const char     *title,
                      const char     *accept_label,
                      const char     *name,
                      GezFilesChosen  chosen,
                      gpointer        data,
                      GDestroyNotify  free_data)
{
  GtkFileChooserNative *native;

  g_return_if_fail (GTK_IS_WIDGET (from));
  g_return_if_fail (name != NULL);
  g_return_if_fail (chosen != NULL);

  native = make (from, title, accept_label, GTK_FILE_CHOOSER_ACTION_SAVE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (native), name);
  ask (from, native, chosen, data, free_data);
}
