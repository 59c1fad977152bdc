/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What comes from another program without a name: dropped on the tab, or pasted. */

#include "documents/gez-document-paste.h"

#include <glib/gi18n.h>

#include "common/gez-act.h"

typedef struct
{
  GezDocumentQueue *queue;
  GezId household;
  char *name;
} Take;

static void
take_free (gpointer data)
{
  Take *take = data;

  g_object_unref (take->queue);
  g_free (take->name);
  g_free (take);
}

static void
encode_thread (GTask        *task,
               gpointer      picture,
               gpointer      data,
               GCancellable *cancellable)
{
  g_task_return_pointer (task, gdk_texture_save_to_png_bytes (picture),
                         (GDestroyNotify) g_bytes_unref);
}

static void
encoded_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Take *take = g_task_get_task_data (G_TASK (result));
  g_autoptr (GBytes) content = g_task_propagate_pointer (G_TASK (result), NULL);

  if (content != NULL)
    gez_document_queue_add_content (take->queue, &take->household, content, take->name, "image/png");
}

/**
 * gez_document_take_picture:
 * @queue: the queue of the window
 * @context: of the open store
 * @household: the file that it goes into
 * @picture: what was pasted or dropped
 */
void
gez_document_take_picture (GezDocumentQueue *queue,
                           GezContext       *context,
                           const GezId      *household,
                           GdkTexture       *picture)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *today = NULL;
  Take *take;

  g_return_if_fail (GEZ_IS_DOCUMENT_QUEUE (queue));
  g_return_if_fail (GEZ_IS_CONTEXT (context));
  g_return_if_fail (household != NULL);
  g_return_if_fail (GDK_IS_TEXTURE (picture));

  today = gez_context_dup_today (context);
  take = g_new0 (Take, 1);
  take->queue = g_object_ref (queue);
  take->household = *household;
  /* Translators: the name of a pasted picture; %s is a date, as 2026-11-21. */
  take->name = g_strdup_printf (_("Picture %s.png"), today);
  task = g_task_new (picture, NULL, encoded_cb, NULL);
  g_task_set_task_data (task, take, take_free);
  g_task_run_in_thread (task, encode_thread);
}

/**
 * gez_document_take_files:
 * @queue: the queue of the window
 * @household: the file that they go into
 * @files: what was pasted or dropped
 */
void
gez_document_take_files (GezDocumentQueue *queue,
                         const GezId      *household,
                         GdkFileList      *files)
{
  g_autoptr (GListStore) list = g_list_store_new (G_TYPE_FILE);
  g_autoptr (GSList) items = NULL;

  g_return_if_fail (GEZ_IS_DOCUMENT_QUEUE (queue));
  g_return_if_fail (household != NULL && files != NULL);

  items = gdk_file_list_get_files (files);
  for (GSList *item = items; item != NULL; item = item->next)
    g_list_store_append (list, item->data);
  gez_document_queue_add_files (queue, household, G_LIST_MODEL (list));
}

typedef struct
{
  GWeakRef from;
  GezContext *context;
  GezId household;
} Paste;

static void
paste_free (Paste *paste)
{
  g_weak_ref_clear (&paste->from);
  g_object_unref (paste->context);
  g_free (paste);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Paste, paste_free)

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Paste) paste = user_data;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, NULL);
  g_autoptr (GtkWidget) from = g_weak_ref_get (&paste->from);
  GezDocumentQueue *queue;

  if (from == NULL || gtk_widget_get_root (from) == NULL)
    return;
  queue = gez_document_queue_get (from, paste->context);
  if (queue == NULL)
    return;
  if (value != NULL && G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    gez_document_take_files (queue, &paste->household, g_value_get_boxed (value));
  else if (value != NULL && G_VALUE_HOLDS (value, GDK_TYPE_TEXTURE))
    gez_document_take_picture (queue, paste->context, &paste->household, g_value_get_object (value));
  else
    gez_say (from, _("There is no picture or file to paste."));
}

/**
 * gez_document_paste:
 * @from: where it was asked for
 * @context: of the open store
 * @household: the file that it goes into
 *
 * Adds the picture or the files on the clipboard; says so when there are none.
 */
void
gez_document_paste (GtkWidget   *from,
                    GezContext  *context,
                    const GezId *household)
{
  GdkClipboard *clipboard;
  GdkContentFormats *formats;
  GType type;
  Paste *paste;

  g_return_if_fail (GTK_IS_WIDGET (from));
  g_return_if_fail (GEZ_IS_CONTEXT (context));
  g_return_if_fail (household != NULL);

  clipboard = gtk_widget_get_clipboard (from);
  formats = gdk_clipboard_get_formats (clipboard);
  type = gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST)
             || gdk_content_formats_contain_mime_type (formats, "text/uri-list")
           ? GDK_TYPE_FILE_LIST
           : GDK_TYPE_TEXTURE;
  paste = g_new0 (Paste, 1);
  g_weak_ref_init (&paste->from, from);
  paste->context = g_object_ref (context);
  paste->household = *household;
  gdk_clipboard_read_value_async (clipboard, type, G_PRIORITY_DEFAULT, NULL, read_cb, paste);
}
