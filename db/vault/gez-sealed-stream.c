/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/gez-sealed-stream.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "vault/gez-sealed-private.h"
#include "vault/gez-vault-file.h"

/*
 * Reading sealed files (format: docs/STORAGE.md, "Attachments").
 *
 * 1. Nothing is given out before the whole chunk that it stands in has opened.
 * 2. The end is the chunk with the final tag, and then the end of the file. A file that was cut at a
 *    chunk, or that goes on behind its end, is damaged.
 * 3. After damage every read answers damage again.
 */

struct _GezSealedStream
{
  GInputStream parent_instance;

  GezId id;
  GezSecret *state;
  int descriptor;
  guint64 n_chunks;
  gsize n_plain; /* in plain */
  gsize at;      /* what was given out of it */
  gboolean is_final;
  gboolean is_damaged;
  guint8 *plain;  /* one chunk */
  guint8 *sealed; /* one chunk */
};

G_DEFINE_FINAL_TYPE (GezSealedStream, gez_sealed_stream, G_TYPE_INPUT_STREAM)

static gboolean
damaged (GezSealedStream *self,
         const char      *why,
         GError         **error)
{
  self->is_damaged = TRUE;
  sodium_memzero (self->plain, GEZ_SEALED_FILE_CHUNK);
  g_set_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_DAMAGED, "An attachment does not open: %s", why);
  return FALSE;
}

/* Returns: bytes read, fewer than @length at the end of the file alone; -1 with @error set */
static gssize
read_whole (GezSealedStream *self,
            guint8          *bytes,
            gsize            length,
            GError         **error)
{
  gsize n_read = 0;

  while (n_read < length)
    {
      gssize part = read (self->descriptor, bytes + n_read, length - n_read);

      if (part < 0 && errno == EINTR)
        continue;
      if (part < 0)
        {
          g_set_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_IO, "Cannot read an attachment: %s",
                       g_strerror (errno));
          return -1;
        }
      if (part == 0)
        break;
      n_read += (gsize) part;
    }
  return (gssize) n_read;
}

static gboolean
open_chunk (GezSealedStream *self,
            gsize            length,
            GError         **error)
{
  guint8 place[GEZ_SEALED_FILE_PLACE];
  unsigned long long n_plain = 0;
  guint8 tag = 0;

  if (length < GEZ_SEALED_FILE_OVERHEAD)
    return damaged (self, "cut short", error);
  gez_sealed_file_fill_place (place, &self->id, self->n_chunks++);
  if (crypto_secretstream_xchacha20poly1305_pull ((gpointer) self->state->bytes, self->plain, &n_plain,
                                                  &tag, self->sealed, length, place, sizeof place)
      != 0)
    return damaged (self, "a chunk was changed", error);
  if (tag != crypto_secretstream_xchacha20poly1305_TAG_FINAL
      && (tag != crypto_secretstream_xchacha20poly1305_TAG_MESSAGE || length != GEZ_SEALED_FILE_STEP))
    return damaged (self, "a chunk of no known kind", error);
  self->is_final = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
  self->n_plain = n_plain;
  self->at = 0;
  return TRUE;
}

static gboolean
next_chunk (GezSealedStream *self,
            GError         **error)
{
  gssize length = read_whole (self, self->sealed, GEZ_SEALED_FILE_STEP, error);
  guint8 more;

  if (length < 0 || !open_chunk (self, (gsize) length, error))
    return FALSE;
  if (!self->is_final)
    return TRUE;
  length = read_whole (self, &more, 1, error);
  return length == 0 || (length > 0 ? damaged (self, "it goes on behind its end", error) : FALSE);
}

static gssize
gez_sealed_stream_read (GInputStream *stream,
                        void         *buffer,
                        gsize         count,
                        GCancellable *cancellable,
                        GError      **error)
{
  GezSealedStream *self = GEZ_SEALED_STREAM (stream);
  gsize part;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return -1;
  if (self->is_damaged)
    {
      damaged (self, "it was damaged before", error);
      return -1;
    }
  while (self->at == self->n_plain && !self->is_final)
    if (!next_chunk (self, error))
      return -1;
  part = MIN (count, self->n_plain - self->at);
  memcpy (buffer, self->plain + self->at, part);
  self->at += part;
  return (gssize) part;
}

static gboolean
gez_sealed_stream_close (GInputStream *stream,
                         GCancellable *cancellable,
                         GError      **error)
{
  GezSealedStream *self = GEZ_SEALED_STREAM (stream);

  if (self->descriptor >= 0)
    close (self->descriptor);
  self->descriptor = -1;
  g_clear_pointer (&self->state, gez_secret_free);
  sodium_memzero (self->plain, GEZ_SEALED_FILE_CHUNK);
  return TRUE;
}

static void
gez_sealed_stream_finalize (GObject *object)
{
  GezSealedStream *self = GEZ_SEALED_STREAM (object);

  g_free (self->plain);
  g_free (self->sealed);
  G_OBJECT_CLASS (gez_sealed_stream_parent_class)->finalize (object);
}

static void
gez_sealed_stream_class_init (GezSealedStreamClass *klass)
{
  GInputStreamClass *stream_class = G_INPUT_STREAM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = gez_sealed_stream_finalize;
  /* Dropping the last reference closes, so that is where everything is given back. */
  stream_class->read_fn = gez_sealed_stream_read;
  stream_class->close_fn = gez_sealed_stream_close;
}

static void
gez_sealed_stream_init (GezSealedStream *self)
{
  self->descriptor = -1;
  /* An instance may not be that large. */
  self->plain = g_malloc0 (GEZ_SEALED_FILE_CHUNK);
  self->sealed = g_malloc0 (GEZ_SEALED_FILE_STEP);
}

static gboolean
open_file (GezSealedStream *self,
           const char      *path,
           GError         **error)
{
  do
    self->descriptor = open (path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
  while (self->descriptor < 0 && errno == EINTR);
  if (self->descriptor >= 0)
    return TRUE;
  if (errno == ENOENT)
    return damaged (self, "the file is gone", error);
  gez_vault_file_set_error (error, errno, "open", path);
  return FALSE;
}

static gboolean
read_header (GezSealedStream *self,
             const GezSecret *key,
             GError         **error)
{
  guint8 header[GEZ_SEALED_FILE_HEADER];
  gssize length = read_whole (self, header, sizeof header, error);

  if (length < 0)
    return FALSE;
  if (length != sizeof header || memcmp (header, GEZ_SEALED_FILE_MAGIC, 8) != 0
      || memcmp (header + 8, self->id.bytes, GEZ_ID_SIZE) != 0)
    return damaged (self, "it is another file", error);
  if (crypto_secretstream_xchacha20poly1305_init_pull ((gpointer) self->state->bytes,
                                                       header + 8 + GEZ_ID_SIZE, key->bytes)
      != 0)
    return damaged (self, "no stream begins here", error);
  return TRUE;
}

/**
 * gez_sealed_stream_open:
 * @directory: of the sealed files
 * @id: what the file is called
 * @key: of this file; need not outlive the call
 *
 * Thread: any; reading then belongs to one thread at a time.
 *
 * Returns: (transfer full) (nullable): the content from its beginning; or %NULL with
 *   GEZ_VAULT_ERROR_DAMAGED, _NO_MEMORY or _IO
 */
GInputStream *
gez_sealed_stream_open (const char      *directory,
                        const GezId     *id,
                        const GezSecret *key,
                        GError         **error)
{
  g_autoptr (GezSealedStream) self = NULL;
  g_autofree char *path = NULL;

  g_return_val_if_fail (directory != NULL && !gez_id_is_none (id) && key != NULL, NULL);

  self = g_object_new (GEZ_TYPE_SEALED_STREAM, NULL);
  self->id = *id;
  self->state = gez_secret_new (error);
  path = gez_sealed_file_get_path (directory, id);
  if (self->state == NULL || !open_file (self, path, error) || !read_header (self, key, error))
    return NULL;
  return G_INPUT_STREAM (g_steal_pointer (&self));
}
