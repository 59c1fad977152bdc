/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/gez-sealed-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "vault/gez-sealed-stream.h"
#include "vault/gez-vault-file.h"

/*
 * Writing sealed files (format: docs/STORAGE.md, "Attachments").
 *
 * 1. A file is written once under a name of its own and never changed. It appears under that name
 *    whole and synced, or not at all: a writer that ends early removes what it wrote beside it.
 * 2. The last chunk carries the final tag, and no other does; content that fills its last chunk
 *    exactly has no empty one behind it. So a chunk is held until it is known whether more follows.
 * 3. Memory does not grow with the content.
 */

struct _GezSealedFileWriter
{
  char *directory;
  char *path;
  char *beside;
  GezId id;
  GezSecret *state;
  GezSealedHash *hash;
  int descriptor;
  gboolean is_beside; /* what is there under that name is ours */
  guint64 n_chunks;
  gsize n_held;
  guint8 held[GEZ_SEALED_FILE_CHUNK];
  guint8 sealed[GEZ_SEALED_FILE_STEP];
  guint8 incoming[GEZ_SEALED_FILE_CHUNK];
};

struct _GezSealedHash
{
  crypto_generichash_state state;
};

static crypto_secretstream_xchacha20poly1305_state *
stream_state (GezSealedFileWriter *self)
{
  return (gpointer) self->state->bytes;
}

static gboolean
write_whole (GezSealedFileWriter *self,
             const guint8        *bytes,
             gsize                length,
             GError             **error)
{
  while (length > 0)
    {
      gssize written = write (self->descriptor, bytes, length);

      if (written < 0 && errno == EINTR)
        continue;
      if (written <= 0)
        {
          gez_vault_file_set_error (error, written < 0 ? errno : EIO, "write", self->beside);
          return FALSE;
        }
      bytes += written;
      length -= (gsize) written;
    }
  return TRUE;
}

static gboolean
seal_held (GezSealedFileWriter *self,
           guint8               tag,
           GError             **error)
{
  guint8 place[GEZ_SEALED_FILE_PLACE];
  unsigned long long length = 0;

  gez_sealed_file_fill_place (place, &self->id, self->n_chunks++);
  if (crypto_secretstream_xchacha20poly1305_push (stream_state (self), self->sealed, &length,
                                                  self->held, self->n_held, place, sizeof place, tag)
      != 0)
    {
      g_set_error_literal (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_IO, "Cannot seal a chunk");
      return FALSE;
    }
  self->n_held = 0;
  return write_whole (self, self->sealed, length, error);
}

static gboolean
write_header (GezSealedFileWriter *self,
              const GezSecret     *key,
              GError             **error)
{
  guint8 header[GEZ_SEALED_FILE_HEADER];

  memcpy (header, GEZ_SEALED_FILE_MAGIC, 8);
  memcpy (header + 8, self->id.bytes, GEZ_ID_SIZE);
  if (crypto_secretstream_xchacha20poly1305_init_push (stream_state (self), header + 8 + GEZ_ID_SIZE,
                                                       key->bytes)
      != 0)
    {
      g_set_error_literal (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_IO, "Cannot begin a sealed file");
      return FALSE;
    }
  return write_whole (self, header, sizeof header, error);
}

/* More follows, so that a chunk that is full is not the last one. Returns the bytes that go in; 0 with
 * @error set. */
static gsize
make_room (GezSealedFileWriter *self,
           GError             **error)
{
  if (self->n_held == sizeof self->held
      && !seal_held (self, crypto_secretstream_xchacha20poly1305_TAG_MESSAGE, error))
    return 0;
  return sizeof self->held - self->n_held;
}

/* Its name in the store's directory must survive a power loss as well as what is in it. */
static gboolean
make_directory (const char *directory,
                GError    **error)
{
  g_autofree char *parent = NULL;

  if (g_file_test (directory, G_FILE_TEST_IS_DIR))
    return TRUE;
  parent = g_path_get_dirname (directory);
  return gez_vault_file_make_directory (directory, error)
         && gez_vault_file_sync_directory (parent, error);
}

static gboolean
open_beside (GezSealedFileWriter *self,
             GError             **error)
{
  do
    self->descriptor =
        open (self->beside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  while (self->descriptor < 0 && errno == EINTR);
  self->is_beside = self->descriptor >= 0;
  if (!self->is_beside)
    gez_vault_file_set_error (error, errno, "make", self->beside);
  return self->is_beside;
}

void
gez_sealed_file_fill_place (guint8       place[GEZ_SEALED_FILE_PLACE],
                            const GezId *id,
                            guint64      chunk)
{
  guint64 little = GUINT64_TO_LE (chunk);

  memcpy (place, "GZF1", 4);
  memcpy (place + 4, id->bytes, GEZ_ID_SIZE);
  memcpy (place + 4 + GEZ_ID_SIZE, &little, sizeof little);
}

/**
 * gez_sealed_file_writer_new:
 * @directory: of the sealed files; made when it is not there
 * @id: what the file is called; never used before
 * @key: under which it is sealed, of this file alone; need not outlive the call
 *
 * Begins a sealed file.
 *
 * Thread: any; one at a time.
 *
 * Returns: (transfer full) (nullable): the writer; or %NULL with GEZ_VAULT_ERROR_NO_SPACE,
 *   _NO_MEMORY or _IO
 */
GezSealedFileWriter *
gez_sealed_file_writer_new (const char      *directory,
                            const GezId     *id,
                            const GezSecret *key,
                            GError         **error)
{
  g_autoptr (GezSealedFileWriter) self = NULL;

  g_return_val_if_fail (directory != NULL && !gez_id_is_none (id) && key != NULL, NULL);

  self = g_new0 (GezSealedFileWriter, 1);
  self->descriptor = -1;
  self->hash = gez_sealed_hash_new ();
  self->id = *id;
  self->directory = g_strdup (directory);
  self->path = gez_sealed_file_get_path (directory, id);
  self->beside = g_strconcat (self->path, ".new", NULL);
  self->state = gez_secret_new (error);
  if (self->state == NULL || !make_directory (directory, error) || !open_beside (self, error)
      || !write_header (self, key, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * gez_sealed_file_writer_add:
 * @bytes: more of the content, any number
 *
 * Thread: any; one at a time.
 *
 * Returns: %FALSE with GEZ_VAULT_ERROR_NO_SPACE or _IO; then the writer is only good for freeing
 */
gboolean
gez_sealed_file_writer_add (GezSealedFileWriter *self,
                            gconstpointer        bytes,
                            gsize                length,
                            GError             **error)
{
  const guint8 *at = bytes;

  g_return_val_if_fail (self != NULL && (bytes != NULL || length == 0), FALSE);

  gez_sealed_hash_add (self->hash, at, length);
  while (length > 0)
    {
      gsize room = make_room (self, error);
      gsize part = MIN (length, room);

      if (room == 0)
        return FALSE;
      memcpy (self->held + self->n_held, at, part);
      self->n_held += part;
      at += part;
      length -= part;
    }
  return TRUE;
}

/**
 * gez_sealed_file_writer_splice:
 * @source: read to its end; not closed
 * @most: bytes that it should have at most
 * @progress: (nullable): told after each read
 * @cancellable: (nullable): stops between two reads
 *
 * Adds everything that @source gives, but stops reading when that is more than @most.
 *
 * Thread: any; waits for both ends.
 *
 * Returns: bytes that were added, @most + 1 or more when there was more; or -1 with the error of
 *   @source, GEZ_VAULT_ERROR_NO_SPACE or _IO
 */
gint64
gez_sealed_file_writer_splice (GezSealedFileWriter   *self,
                               GInputStream          *source,
                               gint64                 most,
                               GezSealedFileProgress  progress,
                               gpointer               user_data,
                               GCancellable          *cancellable,
                               GError               **error)
{
  gint64 done = 0;

  g_return_val_if_fail (self != NULL && G_IS_INPUT_STREAM (source), -1);

  while (done <= most)
    {
      gssize length = -1;

      /* Not every stream looks at it. */
      if (!g_cancellable_set_error_if_cancelled (cancellable, error))
        length = g_input_stream_read (source, self->incoming, sizeof self->incoming, cancellable, error);
      if (length <= 0)
        return length < 0 ? -1 : done;
      if (!gez_sealed_file_writer_add (self, self->incoming, (gsize) length, error))
        return -1;
      done += length;
      if (progress)
        progress (done, user_data);
    }
  return done;
}

static gboolean
close_synced (GezSealedFileWriter *self,
              GError             **error)
{
  int number = fsync (self->descriptor) == 0 ? 0 : errno;

  if (close (self->descriptor) != 0 && number == 0)
    number = errno;
  self->descriptor = -1;
  if (number != 0)
    gez_vault_file_set_error (error, number, "sync", self->beside);
  return number == 0;
}

/**
 * gez_sealed_file_writer_finish:
 *
 * Seals the last chunk, syncs, and gives the file its name. When it returns %TRUE a power loss does
 * not take it away.
 *
 * Thread: any; waits for the disk.
 *
 * Returns: (transfer full) (nullable): BLAKE2b-256 of the content in 64 hexadecimal digits; or %NULL
 *   with GEZ_VAULT_ERROR_NO_SPACE or _IO when there is no such file
 */
char *
gez_sealed_file_writer_finish (GezSealedFileWriter *self,
                               GError             **error)
{
  g_return_val_if_fail (self != NULL && self->descriptor >= 0, NULL);

  if (!seal_held (self, crypto_secretstream_xchacha20poly1305_TAG_FINAL, error)
      || !close_synced (self, error))
    return NULL;
  if (g_rename (self->beside, self->path) != 0)
    {
      gez_vault_file_set_error (error, errno, "name", self->path);
      return NULL;
    }
  self->is_beside = FALSE;
  if (!gez_vault_file_sync_directory (self->directory, error))
    {
      g_unlink (self->path);
      return NULL;
    }
  return gez_sealed_hash_finish (self->hash);
}

/**
 * gez_sealed_file_writer_free:
 * @self: (nullable) (transfer full): a writer
 *
 * Ends it. What was not finished leaves nothing behind.
 *
 * Thread: any.
 */
void
gez_sealed_file_writer_free (GezSealedFileWriter *self)
{
  if (self == NULL)
    return;
  if (self->descriptor >= 0)
    close (self->descriptor);
  if (self->is_beside)
    g_unlink (self->beside);
  g_clear_pointer (&self->state, gez_secret_free);
  gez_sealed_hash_free (self->hash);
  g_free (self->directory);
  g_free (self->path);
  g_free (self->beside);
  sodium_memzero (self, sizeof *self);
  g_free (self);
}

/**
 * gez_sealed_file_make_key:
 *
 * Returns: (transfer full) (nullable): a random key for one file, or %NULL with
 *   GEZ_VAULT_ERROR_NO_MEMORY
 *
 * Thread: any.
 */
GezSecret *
gez_sealed_file_make_key (GError **error)
{
  GezSecret *key = gez_secret_new (error);

  if (key != NULL)
    crypto_secretstream_xchacha20poly1305_keygen (key->bytes);
  return key;
}

/**
 * gez_sealed_file_get_path:
 *
 * Returns: (transfer full): where the file called @id is: 32 hexadecimal digits in @directory
 *
 * Thread: any.
 */
char *
gez_sealed_file_get_path (const char  *directory,
                          const GezId *id)
{
  char name[2 * GEZ_ID_SIZE + 1];

  sodium_bin2hex (name, sizeof name, id->bytes, GEZ_ID_SIZE);
  return g_build_filename (directory, name, NULL);
}

/**
 * gez_sealed_file_get_size:
 * @content: bytes
 *
 * Returns: bytes of the sealed file that holds so much content; -1 for what no content can have
 *
 * Thread: any.
 */
gint64
gez_sealed_file_get_size (gint64 content)
{
  gint64 n_chunks;

  if (content < 0 || content > G_MAXINT64 / 2)
    return -1;
  n_chunks = MAX (1, (content + GEZ_SEALED_FILE_CHUNK - 1) / GEZ_SEALED_FILE_CHUNK);
  return GEZ_SEALED_FILE_HEADER + n_chunks * GEZ_SEALED_FILE_OVERHEAD + content;
}

/**
 * gez_sealed_file_write:
 * @content: all of it
 *
 * Writes a small sealed file at once.
 *
 * Thread: any; waits for the disk.
 *
 * Returns: %FALSE with GEZ_VAULT_ERROR_NO_SPACE, _NO_MEMORY or _IO when there is no such file
 */
gboolean
gez_sealed_file_write (const char       *directory,
                       const GezId      *id,
                       const GezSecret  *key,
                       GBytes           *content,
                       GError          **error)
{
  g_autoptr (GezSealedFileWriter) writer = gez_sealed_file_writer_new (directory, id, key, error);
  g_autofree char *hash = NULL;

  if (writer == NULL
      || !gez_sealed_file_writer_add (writer, g_bytes_get_data (content, NULL),
                                      g_bytes_get_size (content), error))
    return FALSE;
  hash = gez_sealed_file_writer_finish (writer, error);
  return hash != NULL;
}

typedef struct
{
  guint8 *bytes;
  gsize length;
} Content;

static void
content_free (Content *content)
{
  if (content->bytes != NULL)
    sodium_memzero (content->bytes, content->length);
  g_free (content->bytes);
  g_free (content);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Content, content_free)

static Content *
content_new (gsize    length,
             GError **error)
{
  g_autoptr (Content) self = g_new0 (Content, 1);

  self->length = MAX (length, 1);
  self->bytes = g_try_malloc (self->length);
  if (self->bytes != NULL)
    return g_steal_pointer (&self);
  g_set_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_NO_MEMORY, "No memory for %" G_GSIZE_FORMAT " bytes",
               length);
  return NULL;
}

static gboolean
read_up_to (GInputStream *stream,
            guint8       *content,
            gsize         most,
            gsize        *length,
            GCancellable *cancellable,
            GError      **error)
{
  guint8 more;
  gssize n_more;

  if (!g_input_stream_read_all (stream, content, most, length, cancellable, error))
    return FALSE;
  /* The end must be seen, or a file that was cut short would pass. */
  n_more = g_input_stream_read (stream, &more, 1, cancellable, error);
  if (n_more > 0)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, "more than was asked for");
  return n_more == 0;
}

/**
 * gez_sealed_file_read:
 * @most: bytes of content that the caller takes
 * @cancellable: (nullable): stops between two chunks
 *
 * Reads a small sealed file at once, into ordinary memory that is wiped when the last reference goes.
 *
 * Thread: any; waits for the disk.
 *
 * Returns: (transfer full) (nullable): the content; or %NULL with GEZ_VAULT_ERROR_DAMAGED, _IO or
 *   _NO_MEMORY, G_IO_ERROR_MESSAGE_TOO_LARGE when there is more than @most, or G_IO_ERROR_CANCELLED
 */
GBytes *
gez_sealed_file_read (const char       *directory,
                      const GezId      *id,
                      const GezSecret  *key,
                      gsize             most,
                      GCancellable     *cancellable,
                      GError          **error)
{
  g_autoptr (GInputStream) stream = gez_sealed_stream_open (directory, id, key, error);
  g_autofree char *path = gez_sealed_file_get_path (directory, id);
  g_autoptr (Content) content = NULL;
  const guint8 *bytes;
  gsize length = 0;
  GStatBuf about;

  if (stream == NULL)
    return NULL;
  /* The file itself says how much that can be, so that a limit of a gigabyte costs nothing. */
  if (g_stat (path, &about) == 0)
    most = MIN (most, (gsize) about.st_size);
  content = content_new (most, error);
  if (content == NULL || !read_up_to (stream, content->bytes, most, &length, cancellable, error))
    return NULL;
  bytes = content->bytes;
  return g_bytes_new_with_free_func (bytes, length, (GDestroyNotify) content_free,
                                     g_steal_pointer (&content));
}

/**
 * gez_sealed_file_remove:
 *
 * Removes a sealed file that nothing refers to. One that is not there is no failure.
 *
 * Thread: any.
 *
 * Returns: %FALSE with GEZ_VAULT_ERROR_IO
 */
gboolean
gez_sealed_file_remove (const char  *directory,
                        const GezId *id,
                        GError     **error)
{
  g_autofree char *path = gez_sealed_file_get_path (directory, id);

  if (g_unlink (path) == 0 || errno == ENOENT)
    return TRUE;
  gez_vault_file_set_error (error, errno, "remove", path);
  return FALSE;
}

/**
 * gez_sealed_hash_new:
 *
 * Returns: (transfer full): BLAKE2b-256 of nothing yet
 *
 * Thread: any; one at a time.
 */
GezSealedHash *
gez_sealed_hash_new (void)
{
  GezSealedHash *self = NULL;

  /* Its state wants more than what g_new() aligns to. */
  if (posix_memalign ((void **) &self, 64, sizeof *self) != 0)
    g_error ("no memory for a hash");
  crypto_generichash_init (&self->state, NULL, 0, GEZ_FILE_HASH_SIZE);
  return self;
}

void
gez_sealed_hash_add (GezSealedHash *self,
                     gconstpointer  bytes,
                     gsize          length)
{
  crypto_generichash_update (&self->state, bytes, length);
}

/**
 * gez_sealed_hash_finish:
 *
 * Returns: (transfer full): the hash in 64 hexadecimal digits
 */
char *
gez_sealed_hash_finish (GezSealedHash *self)
{
  guint8 hash[GEZ_FILE_HASH_SIZE];
  char *text = g_malloc (2 * sizeof hash + 1);

  crypto_generichash_final (&self->state, hash, sizeof hash);
  return sodium_bin2hex (text, 2 * sizeof hash + 1, hash, sizeof hash);
}

void
gez_sealed_hash_free (GezSealedHash *self)
{
  sodium_memzero (self, sizeof *self);
  free (self);
}
