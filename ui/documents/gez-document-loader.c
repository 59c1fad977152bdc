/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "documents/gez-document-loader.h"

#include "documents/gez-document-kind.h"
#include "documents/gez-picture.h"
#include "documents/gez-plain-text.h"
#include "documents/gez-preview-error.h"
#include "model/gez-document-content.h"

#define LONGEST_SIDE 4096 /* pixels of a picture that is shown */

typedef struct
{
  GezDocumentKind kind;
  gboolean is_small; /* draw a small picture of it */
  GInputStream *stream;
  GBytes *bytes;
} Load;

static void
load_free (gpointer data)
{
  Load *load = data;

  g_clear_object (&load->stream);
  g_clear_pointer (&load->bytes, g_bytes_unref);
  g_free (load);
}

/**
 * gez_loaded_document_free:
 * @self: (transfer full): what was loaded
 */
void
gez_loaded_document_free (GezLoadedDocument *self)
{
  g_clear_object (&self->picture);
  g_clear_object (&self->pdf);
  g_free (self->text);
  g_free (self);
}

static GezLoadedDocument *
read_picture (Load         *load,
              GCancellable *cancellable,
              GError      **error)
{
  g_autoptr (GdkPixbuf) picture = gez_picture_decode (load->stream, LONGEST_SIDE, cancellable, error);
  GezLoadedDocument *loaded;

  if (picture == NULL)
    return NULL;
  loaded = g_new0 (GezLoadedDocument, 1);
  loaded->picture = gdk_texture_new_for_pixbuf (picture);
  return loaded;
}

static GezLoadedDocument *
read_all (Load         *load,
          GCancellable *cancellable,
          GError      **error)
{
  g_autoptr (GezLoadedDocument) loaded = g_new0 (GezLoadedDocument, 1);

  if (load->kind == GEZ_DOCUMENT_KIND_PICTURE)
    return read_picture (load, cancellable, error);
  if (load->kind == GEZ_DOCUMENT_KIND_PDF)
    loaded->pdf = gez_pdf_new (load->bytes, error);
  else
    loaded->text = gez_plain_text_read (load->bytes, error);
  return loaded->pdf != NULL || loaded->text != NULL ? g_steal_pointer (&loaded) : NULL;
}

static GBytes *
draw_small_pdf (GBytes  *bytes,
                GError **error)
{
  g_autoptr (GezPdf) pdf = gez_pdf_new (bytes, error);
  g_autoptr (GdkTexture) page = NULL;
  double width, height;

  if (pdf == NULL)
    return NULL;
  gez_pdf_get_size (pdf, 0, &width, &height);
  page = gez_pdf_draw (pdf, 0, GEZ_DOCUMENT_SMALL / MAX (width, height), error);
  return page != NULL ? gdk_texture_save_to_png_bytes (page) : NULL;
}

static GBytes *
draw_small (Load         *load,
            GCancellable *cancellable,
            GError      **error)
{
  g_autoptr (GdkPixbuf) picture = NULL;

  if (load->kind == GEZ_DOCUMENT_KIND_PDF)
    return draw_small_pdf (load->bytes, error);
  picture = gez_picture_decode (load->stream, GEZ_DOCUMENT_SMALL, cancellable, error);
  return picture != NULL ? gez_picture_encode (picture, error) : NULL;
}

static void
load_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Load *load = data;
  GError *error = NULL;
  gpointer result = NULL;
  GDestroyNotify free_result = load->is_small ? (GDestroyNotify) g_bytes_unref
                                              : (GDestroyNotify) gez_loaded_document_free;

  if (load->is_small)
    result = draw_small (load, cancellable, &error);
  else
    result = read_all (load, cancellable, &error);
  /* Nothing of it stays in memory longer than it is drawn. */
  g_clear_object (&load->stream);
  g_clear_pointer (&load->bytes, g_bytes_unref);
  if (result != NULL)
    g_task_return_pointer (task, result, free_result);
  else
    g_task_return_error (task, error);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Load *load = g_task_get_task_data (task);
  GError *error = NULL;

  load->stream = gez_document_open_finish (g_task_get_source_object (task), result, &error);
  if (load->stream != NULL)
    g_task_run_in_thread (task, load_thread);
  else
    g_task_return_error (task, error);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Load *load = g_task_get_task_data (task);
  GError *error = NULL;

  load->bytes = gez_document_read_finish (g_task_get_source_object (task), result, &error);
  if (load->bytes != NULL)
    g_task_run_in_thread (task, load_thread);
  else
    g_task_return_error (task, error);
}

static void
start (GTask      *task,
       GezContext *context,
       GezRecord  *document,
       gboolean    is_small)
{
  g_autoptr (GTask) owned = task;
  Load *load = g_new0 (Load, 1);
  gint64 most;

  load->kind = gez_document_kind (gez_record_get_text (document, "media_type"));
  load->is_small = is_small;
  g_task_set_task_data (task, load, load_free);
  most = gez_document_kind_most (load->kind);
  if (gez_record_get_integer (document, "size_bytes") > most)
    g_task_return_new_error (task, GEZ_PREVIEW_ERROR, GEZ_PREVIEW_ERROR_TOO_LARGE, "It is too large");
  else if (load->kind == GEZ_DOCUMENT_KIND_PICTURE)
    gez_document_open_async (context, gez_record_get_id (document), g_task_get_cancellable (task),
                             opened_cb, g_steal_pointer (&owned));
  else
    gez_document_read_async (context, gez_record_get_id (document), (gsize) most,
                             g_task_get_cancellable (task), read_cb, g_steal_pointer (&owned));
}

/**
 * gez_document_can_load:
 * @document: of gez_document_list_query()
 *
 * Returns: whether it is of a kind and a size that can be shown
 */
gboolean
gez_document_can_load (GezRecord *document)
{
  GezDocumentKind kind;

  g_return_val_if_fail (GEZ_IS_RECORD (document), FALSE);

  kind = gez_document_kind (gez_record_get_text (document, "media_type"));
  return kind != GEZ_DOCUMENT_KIND_OTHER
         && gez_record_get_integer (document, "size_bytes") <= gez_document_kind_most (kind);
}

/**
 * gez_document_load_async:
 * @context: of the open store
 * @document: of gez_document_list_query()
 * @cancellable: (nullable): stops it; a page that is being drawn is finished first
 * @callback: called with what can be shown
 * @user_data: for @callback
 */
void
gez_document_load_async (GezContext         *context,
                         GezRecord          *document,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  g_return_if_fail (GEZ_IS_CONTEXT (context));
  g_return_if_fail (GEZ_IS_RECORD (document));

  start (g_task_new (context, cancellable, callback, user_data), context, document, FALSE);
}

/**
 * gez_document_load_finish:
 * @context: of the open store
 * @result: what the callback was given
 * @error: GEZ_PREVIEW_ERROR, or what reading gave
 *
 * Returns: (transfer full): what can be shown, or %NULL
 */
GezLoadedDocument *
gez_document_load_finish (GezContext   *context,
                          GAsyncResult *result,
                          GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, context), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * gez_document_draw_small_async:
 * @context: of the open store
 * @document: of gez_document_list_query(): a picture or a PDF
 * @cancellable: (nullable): stops it
 * @callback: called with a small picture
 * @user_data: for @callback
 */
void
gez_document_draw_small_async (GezContext         *context,
                               GezRecord          *document,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  g_return_if_fail (GEZ_IS_CONTEXT (context));
  g_return_if_fail (GEZ_IS_RECORD (document));

  start (g_task_new (context, cancellable, callback, user_data), context, document, TRUE);
}

/**
 * gez_document_draw_small_finish:
 * @context: of the open store
 * @result: what the callback was given
 * @error: GEZ_PREVIEW_ERROR, or what reading gave
 *
 * Returns: (transfer full): PNG or JPEG of at most #GEZ_DOCUMENT_SMALL pixels, or %NULL
 */
GBytes *
gez_document_draw_small_finish (GezContext   *context,
                                GAsyncResult *result,
                                GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, context), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
