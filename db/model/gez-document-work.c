/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-document-work.h"

#include <errno.h>
#include <gio/gfiledescriptorbased.h>
#include <unistd.h>

#include "vault/gez-sealed-file.h"
#include "vault/gez-sealed-stream.h"

/*
 * 1. What is read is a regular file, or a link to one: a directory, a pipe or a device is refused before
 *    it is opened.
 * 2. A file that is longer or shorter than it was in the beginning is refused: half a letter that looks
 *    whole is worse than none.
 * 3. What fails or is cancelled leaves no file, sealed or plain.
 */

#define SNIFFED 4096       /* bytes of the beginning that tell the media type */
#define TOLD_EACH (256 * 1024)

typedef struct
{
  GezDocumentProgress progress;
  gpointer data;
  gint64 done;
  gint64 total;
} Telling;

static gboolean
tell_cb (gpointer data)
{
  Telling *telling = data;

  telling->progress (telling->done, telling->total, telling->data);
  return G_SOURCE_REMOVE;
}

/**
 * gez_document_meter_init:
 * @progress: (nullable): who is told
 *
 * Thread: the one where @progress shall be called.
 */
void
gez_document_meter_init (GezDocumentMeter    *self,
                         GezDocumentProgress  progress,
                         gpointer             data)
{
  *self = (GezDocumentMeter) { g_main_context_ref_thread_default (), progress, data, 0, 0 };
}

void
gez_document_meter_clear (GezDocumentMeter *self)
{
  g_clear_pointer (&self->context, g_main_context_unref);
}

/* Thread: any. */
void
gez_document_meter_tell (gint64   done,
                         gpointer meter)
{
  GezDocumentMeter *self = meter;
  g_autoptr (GSource) source = NULL;
  Telling *telling;

  if (self == NULL || self->progress == NULL || (done < self->total && done - self->told < TOLD_EACH))
    return;
  self->told = done;
  telling = g_new (Telling, 1);
  *telling = (Telling) { self->progress, self->data, done, self->total };
  source = g_idle_source_new ();
  /* The same priority as the end of a task: what was told before comes before it. */
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, tell_cb, telling, g_free);
  g_source_attach (source, self->context);
}

void
gez_document_sealed_clear (GezDocumentSealed *self)
{
  g_clear_pointer (&self->hash, g_free);
  g_clear_pointer (&self->media_type, g_free);
}

/* Whatever the file system said, the person can do one of three things. */
static gboolean
unreadable (GError  *why,
            GError **error)
{
  g_autoptr (GError) owned = why;
  GezDocumentError code = GEZ_DOCUMENT_ERROR_UNREADABLE;

  if (owned->domain != G_IO_ERROR || g_error_matches (owned, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&owned));
      return FALSE;
    }
  if (g_error_matches (owned, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY) ||
      g_error_matches (owned, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE))
    code = GEZ_DOCUMENT_ERROR_NOT_A_FILE;
  g_set_error_literal (error, GEZ_DOCUMENT_ERROR, (int) code, owned->message);
  return FALSE;
}

static gboolean
refuse (GezDocumentError code,
        const char      *why,
        GError         **error)
{
  g_set_error_literal (error, GEZ_DOCUMENT_ERROR, (int) code, why);
  return FALSE;
}

/* @size: (out): bytes; -1 when the file system does not tell */
static GInputStream *
open_file (GFile        *file,
           gint64       *size,
           GCancellable *cancellable,
           GError      **error)
{
  g_autoptr (GFileInfo) info = NULL;
  GFileInputStream *stream;
  GError *failure = NULL;

  info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
                            G_FILE_QUERY_INFO_NONE, cancellable, &failure);
  if (info == NULL)
    {
      unreadable (failure, error);
      return NULL;
    }
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    {
      refuse (GEZ_DOCUMENT_ERROR_NOT_A_FILE, "not a regular file", error);
      return NULL;
    }
  *size = g_file_info_has_attribute (info, G_FILE_ATTRIBUTE_STANDARD_SIZE) ? g_file_info_get_size (info) : -1;
  stream = g_file_read (file, cancellable, &failure);
  if (stream == NULL)
    unreadable (failure, error);
  return (GInputStream *) stream;
}

static char *
guess_type (GBufferedInputStream *stream,
            const char           *name)
{
  gsize length = 0;
  const void *beginning = g_buffered_input_stream_peek_buffer (stream, &length);
  g_autofree char *type = g_content_type_guess (name, beginning, length, NULL);

  return g_content_type_get_mime_type (type);
}

/* @expected: -1 when it is not known */
static gboolean
check_size (gint64   size,
            gint64   expected,
            GError **error)
{
  if (expected >= 0 && size != expected)
    return refuse (GEZ_DOCUMENT_ERROR_CHANGED, "its size changed while it was read", error);
  if (size == 0)
    return refuse (GEZ_DOCUMENT_ERROR_EMPTY, "an empty file", error);
  return TRUE;
}

static gboolean
seal_stream (GezSealedFileWriter *writer,
             GInputStream        *source,
             gint64               expected,
             const char          *shown_name,
             GezDocumentMeter    *meter,
             GezDocumentSealed   *sealed,
             GCancellable        *cancellable,
             GError             **error)
{
  g_autoptr (GInputStream) buffered = g_buffered_input_stream_new_sized (source, SNIFFED);
  GError *failure = NULL;

  if (g_buffered_input_stream_fill (G_BUFFERED_INPUT_STREAM (buffered), -1, cancellable, &failure) < 0)
    return unreadable (failure, error);
  sealed->media_type = guess_type (G_BUFFERED_INPUT_STREAM (buffered), shown_name);
  sealed->size = gez_sealed_file_writer_splice (writer, buffered, expected < 0 ? G_MAXINT64 - 1 : expected,
                                                gez_document_meter_tell, meter, cancellable, &failure);
  if (sealed->size < 0)
    return unreadable (failure, error);
  if (!check_size (sealed->size, expected, error) ||
      g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  sealed->hash = gez_sealed_file_writer_finish (writer, error);
  return sealed->hash != NULL;
}

/**
 * gez_document_seal:
 * @directory: of the sealed files
 * @name: which file this shall be
 * @file: (nullable): what is read
 * @content: (nullable): what is taken when there is no @file
 * @shown_name: as people call it
 * @meter: (nullable): is told how far it is
 * @sealed: (out): to be cleared by the caller, also on failure
 *
 * Makes a sealed file, whole and synced.
 *
 * Thread: any but the main one and the store's worker.
 *
 * Returns: %FALSE when there is no such file, with GEZ_DOCUMENT_ERROR (nothing to be had from @file),
 *   GEZ_VAULT_ERROR (no place for it) or G_IO_ERROR_CANCELLED
 */
gboolean
gez_document_seal (const char         *directory,
                   const GezFileName  *name,
                   GFile              *file,
                   GBytes             *content,
                   const char         *shown_name,
                   GezDocumentMeter   *meter,
                   GezDocumentSealed  *sealed,
                   GCancellable       *cancellable,
                   GError            **error)
{
  g_autoptr (GInputStream) source = NULL;
  g_autoptr (GezSealedFileWriter) writer = NULL;
  gint64 expected = content ? (gint64) g_bytes_get_size (content) : -1;

  *sealed = (GezDocumentSealed) { 0 };
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  source = file ? open_file (file, &expected, cancellable, error)
                : g_memory_input_stream_new_from_bytes (content);
  if (source == NULL)
    return FALSE;
  if (expected == 0)
    return refuse (GEZ_DOCUMENT_ERROR_EMPTY, "an empty file", error);
  if (meter)
    meter->total = MAX (expected, 0);
  writer = gez_sealed_file_writer_new (directory, &name->id, name->key, error);
  return writer != NULL
         && seal_stream (writer, source, expected, shown_name, meter, sealed, cancellable, error);
}

static gboolean
splice_out (GInputStream     *source,
            GOutputStream    *stream,
            GezDocumentMeter *meter,
            GCancellable     *cancellable,
            GError          **error)
{
  g_autofree guint8 *buffer = g_malloc (GEZ_SEALED_FILE_CHUNK);
  gint64 done = 0;
  gssize length;

  while ((length = g_input_stream_read (source, buffer, GEZ_SEALED_FILE_CHUNK, cancellable, error)) > 0)
    {
      if (!g_output_stream_write_all (stream, buffer, (gsize) length, NULL, cancellable, error))
        return FALSE;
      done += length;
      gez_document_meter_tell (done, meter);
    }
  return length == 0;
}

/* Whoever pulls a stick out when the copy is said to be there must find it whole. */
static gboolean
sync_and_close (GOutputStream *stream,
                GCancellable  *cancellable,
                GError       **error)
{
  if (G_IS_FILE_DESCRIPTOR_BASED (stream) &&
      fsync (g_file_descriptor_based_get_fd (G_FILE_DESCRIPTOR_BASED (stream))) != 0 && errno != EINVAL)
    {
      g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (errno), "Cannot sync a copy: %s",
                   g_strerror (errno));
      g_output_stream_close (stream, NULL, NULL);
      return FALSE;
    }
  return g_output_stream_close (stream, cancellable, error);
}

static gboolean
write_beside (GInputStream     *source,
              GFile            *beside,
              GezDocumentMeter *meter,
              GCancellable     *cancellable,
              GError          **error)
{
  g_autoptr (GFileOutputStream) stream = g_file_create (beside, G_FILE_CREATE_PRIVATE, cancellable, error);

  return stream != NULL && splice_out (source, G_OUTPUT_STREAM (stream), meter, cancellable, error) &&
         sync_and_close (G_OUTPUT_STREAM (stream), cancellable, error);
}

/* GIO's own replacing writes straight to a name that is not there yet, and would leave half a copy. */
static GFile *
name_beside (GFile *destination)
{
  g_autoptr (GFile) directory = g_file_get_parent (destination);
  g_autofree char *name = g_strdup_printf (".gezinsplan-%08x.part", g_random_int ());

  return directory ? g_file_get_child (directory, name) : NULL;
}

/**
 * gez_document_copy_out:
 * @destination: what is there is replaced when the copy is complete, and only then
 * @meter: (nullable): is told how far it is
 *
 * Writes the content where anybody who may read @destination's directory can read it.
 *
 * Thread: any but the main one and the store's worker.
 *
 * Returns: %FALSE with @error set when nothing was written
 */
gboolean
gez_document_copy_out (const char           *directory,
                       const GezAttachment  *attachment,
                       GFile                *destination,
                       GezDocumentMeter     *meter,
                       GCancellable         *cancellable,
                       GError              **error)
{
  g_autoptr (GFile) beside = name_beside (destination);
  g_autoptr (GInputStream) source = NULL;

  if (beside == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY, "no place for a copy");
      return FALSE;
    }
  source = gez_sealed_stream_open (directory, &attachment->file->id, attachment->file->key, error);
  if (source == NULL)
    return FALSE;
  if (meter)
    meter->total = attachment->size;
  if (write_beside (source, beside, meter, cancellable, error) &&
      g_file_move (beside, destination, G_FILE_COPY_OVERWRITE | G_FILE_COPY_NO_FALLBACK_FOR_MOVE, NULL, NULL,
                   NULL, error))
    return TRUE;
  g_file_delete (beside, NULL, NULL);
  return FALSE;
}

typedef struct
{
  char *directory;
  GezId file;
} Discarding;

static void
discarding_free (gpointer data)
{
  Discarding *discarding = data;

  g_free (discarding->directory);
  g_free (discarding);
}

static void
discard_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  Discarding *discarding = data;

  /* What stays goes when the store is opened again. */
  gez_sealed_file_remove (discarding->directory, &discarding->file, NULL);
  g_task_return_boolean (task, TRUE);
}

/**
 * gez_document_discard:
 * @file: a sealed file that no row names
 *
 * Removes it, without waiting for it.
 *
 * Thread: any.
 */
void
gez_document_discard (const char  *directory,
                      const GezId *file)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);
  Discarding *discarding = g_new (Discarding, 1);

  *discarding = (Discarding) { g_strdup (directory), *file };
  g_task_set_task_data (task, discarding, discarding_free);
  g_task_run_in_thread (task, discard_thread);
}

/**
 * gez_document_mend_error:
 * @error: of reading @file
 *
 * One attachment that is gone or damaged does not make the store a damaged one.
 *
 * Thread: any; looks at the disk.
 */
void
gez_document_mend_error (const char  *directory,
                         const GezId *file,
                         GError      *error)
{
  g_autofree char *path = gez_sealed_file_get_path (directory, file);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE))
    error->code = GEZ_DOCUMENT_ERROR_TOO_LARGE;
  else if (g_error_matches (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_DAMAGED))
    error->code =
        g_file_test (path, G_FILE_TEST_EXISTS) ? GEZ_DOCUMENT_ERROR_DAMAGED : GEZ_DOCUMENT_ERROR_MISSING;
  else
    return;
  error->domain = GEZ_DOCUMENT_ERROR;
}

/**
 * gez_document_keep_result:
 * @user_data: where the result goes (`GAsyncResult **`), with a reference
 *
 * A #GAsyncReadyCallback for who waits.
 *
 * Thread: that of the context which is waited on.
 */
void
gez_document_keep_result (GObject      *source,
                          GAsyncResult *result,
                          gpointer      user_data)
{
  GAsyncResult **kept = user_data;

  *kept = g_object_ref (result);
}
