/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-document-content.h"

#include "model/gez-document-work.h"
#include "vault/gez-sealed-file.h"
#include "vault/gez-sealed-stream.h"

/*
 * Each of these asks the store for the name and the key of the file and then works on a thread of its
 * own. The key is wiped when the task goes.
 */

typedef enum
{
  OPEN,
  READ,
  READ_THUMBNAIL,
  SAVE_COPY,
} Wish;

typedef struct
{
  Wish wish;
  char *directory;
  GezAttachment *attachment;
  gsize most;
  GFile *destination;
  GezDocumentMeter meter;
} Getting;

#define THUMBNAIL_MAX (4 * 1024 * 1024)

static void
getting_free (gpointer data)
{
  Getting *self = data;

  g_free (self->directory);
  g_clear_pointer (&self->attachment, gez_attachment_free);
  g_clear_object (&self->destination);
  gez_document_meter_clear (&self->meter);
  g_free (self);
}

static void
return_object (GTask    *task,
               gpointer  object,
               GError   *error)
{
  if (object)
    g_task_return_pointer (task, object, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
return_bytes (GTask  *task,
              GBytes *bytes,
              GError *error)
{
  if (error)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
}

static GBytes *
read_bytes (Getting      *self,
            GCancellable *cancellable,
            GError      **error)
{
  GezFileName *file = self->attachment->file;

  if (self->attachment->size <= (gint64) MIN (self->most, (gsize) G_MAXINT64))
    return gez_sealed_file_read (self->directory, &file->id, file->key, self->most, cancellable, error);
  g_set_error_literal (error, GEZ_DOCUMENT_ERROR, GEZ_DOCUMENT_ERROR_TOO_LARGE, "more than was asked for");
  return NULL;
}

static void
work_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Getting *self = data;
  GezFileName *file = self->attachment->file;
  GError *error = NULL;
  gpointer got = NULL;
  gboolean is_done = FALSE;

  if (self->wish == OPEN)
    got = gez_sealed_stream_open (self->directory, &file->id, file->key, &error);
  else if (self->wish == SAVE_COPY)
    is_done = gez_document_copy_out (self->directory, self->attachment, self->destination, &self->meter,
                                     cancellable, &error);
  else
    got = read_bytes (self, cancellable, &error);
  if (error)
    gez_document_mend_error (self->directory, &file->id, error);
  if (self->attachment->is_on_its_way && g_error_matches (error, GEZ_DOCUMENT_ERROR, GEZ_DOCUMENT_ERROR_MISSING))
    error->code = GEZ_DOCUMENT_ERROR_ON_ITS_WAY;
  if (self->wish == OPEN)
    return_object (task, got, error);
  else if (self->wish != SAVE_COPY)
    return_bytes (task, got, error);
  else if (is_done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Getting *self = g_task_get_task_data (task);
  GError *error = NULL;

  self->attachment = gez_store_run_finish (GEZ_STORE (source), result, &error);
  if (self->attachment && self->attachment->is_on_its_way && self->wish != READ_THUMBNAIL)
    gez_attachment_want (GEZ_STORE (source), &self->attachment->file->id);
  if (self->attachment)
    g_task_run_in_thread (task, work_thread);
  else if (self->wish == READ_THUMBNAIL
           && g_error_matches (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_NOT_FOUND))
    {
      g_error_free (error);
      g_task_return_pointer (task, NULL, NULL);
    }
  else
    g_task_return_error (task, error);
}

static gboolean
find_directory (GezContext *context,
                GTask      *task,
                char      **directory)
{
  const char *store = gez_store_get_directory (gez_context_get_store (context));

  if (store)
    *directory = gez_attachment_get_directory (store);
  else
    g_task_return_new_error (task, GEZ_STORE_ERROR, GEZ_STORE_ERROR_CLOSED, "the store is locked");
  return store != NULL;
}

/* Takes @self. */
static void
start (GezContext          *context,
       const GezId         *document,
       Getting             *self,
       GCancellable        *cancellable,
       GAsyncReadyCallback  callback,
       gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (context, cancellable, callback, user_data);
  g_autoptr (GezQuery) query = NULL;

  g_task_set_source_tag (task, start);
  g_task_set_task_data (task, self, getting_free);
  /* A copy that took its place is not undone by cancelling late. */
  g_task_set_check_cancellable (task, self->wish != SAVE_COPY);
  if (!find_directory (context, task, &self->directory))
    return;
  query = self->wish == READ_THUMBNAIL ? gez_attachment_thumbnail_query (document)
                                       : gez_attachment_query (document);
  gez_store_run_async (gez_context_get_store (context), query, cancellable, found_cb,
                       g_steal_pointer (&task));
}

static Getting *
getting_new (Wish  wish,
             gsize most)
{
  Getting *self = g_new0 (Getting, 1);

  self->wish = wish;
  self->most = most;
  return self;
}

void
gez_document_open_async (GezContext          *context,
                         const GezId         *document,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_return_if_fail (GEZ_IS_CONTEXT (context) && !gez_id_is_none (document));

  start (context, document, getting_new (OPEN, 0), cancellable, callback, user_data);
}

/**
 * gez_document_open_finish:
 *
 * Returns: (transfer full) (nullable): the content from its beginning, or %NULL with @error set
 */
GInputStream *
gez_document_open_finish (GezContext   *context,
                          GAsyncResult *result,
                          GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, context), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
gez_document_read_async (GezContext          *context,
                         const GezId         *document,
                         gsize                most,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_return_if_fail (GEZ_IS_CONTEXT (context) && !gez_id_is_none (document));

  start (context, document, getting_new (READ, most), cancellable, callback, user_data);
}

/**
 * gez_document_read_finish:
 *
 * Returns: (transfer full) (nullable): the content, or %NULL with @error set
 */
GBytes *
gez_document_read_finish (GezContext   *context,
                          GAsyncResult *result,
                          GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, context), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
gez_document_read_thumbnail_async (GezContext          *context,
                                   const GezId         *document,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_return_if_fail (GEZ_IS_CONTEXT (context) && !gez_id_is_none (document));

  start (context, document, getting_new (READ_THUMBNAIL, THUMBNAIL_MAX), cancellable, callback, user_data);
}

/**
 * gez_document_read_thumbnail_finish:
 *
 * Returns: (transfer full) (nullable): the picture; %NULL when there is none, or with @error set
 */
GBytes *
gez_document_read_thumbnail_finish (GezContext   *context,
                                    GAsyncResult *result,
                                    GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, context), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
gez_document_save_copy_async (GezContext          *context,
                              const GezId         *document,
                              GFile               *destination,
                              GezDocumentProgress  progress,
                              gpointer             progress_data,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  Getting *self;

  g_return_if_fail (GEZ_IS_CONTEXT (context) && !gez_id_is_none (document) && G_IS_FILE (destination));

  self = getting_new (SAVE_COPY, 0);
  self->destination = g_object_ref (destination);
  gez_document_meter_init (&self->meter, progress, progress_data);
  start (context, document, self, cancellable, callback, user_data);
}

/**
 * gez_document_save_copy_finish:
 *
 * Returns: %TRUE when the whole copy is there; %FALSE with @error set when nothing was written
 */
gboolean
gez_document_save_copy_finish (GezContext   *context,
                               GAsyncResult *result,
                               GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, context), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * gez_document_save_copy:
 *
 * As gez_document_save_copy_async(), and waits for it: for the command line and for tests.
 *
 * Returns: as gez_document_save_copy_finish()
 */
gboolean
gez_document_save_copy (GezContext    *context,
                        const GezId   *document,
                        GFile         *destination,
                        GCancellable  *cancellable,
                        GError       **error)
{
  g_autoptr (GMainContext) own = g_main_context_new ();
  g_autoptr (GAsyncResult) result = NULL;

  g_main_context_push_thread_default (own);
  gez_document_save_copy_async (context, document, destination, NULL, NULL, cancellable,
                                gez_document_keep_result, &result);
  while (result == NULL)
    g_main_context_iteration (own, TRUE);
  g_main_context_pop_thread_default (own);
  return gez_document_save_copy_finish (context, result, error);
}

typedef struct
{
  GezId document;
  char *directory;
  GBytes *image;
  GezFileName *file;
} Picturing;

static void
picturing_free (gpointer data)
{
  Picturing *self = data;

  g_free (self->directory);
  g_bytes_unref (self->image);
  gez_file_name_free (self->file);
  g_free (self);
}

static void
noted_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Picturing *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (gez_attachment_set_thumbnail_finish (GEZ_STORE (source), result, &error))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  gez_document_discard (self->directory, &self->file->id);
  g_task_return_error (task, error);
}

static void
picture_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  Picturing *self = data;
  GError *error = NULL;

  if (!g_cancellable_set_error_if_cancelled (cancellable, &error)
      && gez_sealed_file_write (self->directory, &self->file->id, self->file->key, self->image, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
pictured_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Picturing *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      return;
    }
  gez_attachment_set_thumbnail_async (gez_context_get_store (GEZ_CONTEXT (source)), &self->document,
                                      self->file, noted_cb, g_steal_pointer (&task));
}

/**
 * gez_document_set_thumbnail_async:
 * @image: as a program for pictures reads it
 *
 * Keeps a small picture of a document in place of an earlier one, whose file goes with the orphans. It
 * is no change of anybody: it stands in no log and emits nothing.
 */
void
gez_document_set_thumbnail_async (GezContext          *context,
                                  const GezId         *document,
                                  GBytes              *image,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GTask) work = NULL;
  Picturing *self;
  GError *error = NULL;

  g_return_if_fail (GEZ_IS_CONTEXT (context) && !gez_id_is_none (document) && image != NULL);

  task = g_task_new (context, cancellable, callback, user_data);
  g_task_set_source_tag (task, gez_document_set_thumbnail_async);
  g_task_set_check_cancellable (task, FALSE);
  self = g_new0 (Picturing, 1);
  self->document = *document;
  self->image = g_bytes_ref (image);
  g_task_set_task_data (task, self, picturing_free);
  if (!find_directory (context, task, &self->directory))
    return;
  self->file = gez_file_name_new (gez_context_get_clock (context), &error);
  if (self->file == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  work = g_task_new (context, cancellable, pictured_cb, g_object_ref (task));
  g_task_set_check_cancellable (work, FALSE);
  g_task_set_task_data (work, self, NULL);
  g_task_run_in_thread (work, picture_thread);
}

gboolean
gez_document_set_thumbnail_finish (GezContext   *context,
                                   GAsyncResult *result,
                                   GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, context), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
