/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "vault/gez-sealed-file.h"
#include "vault/gez-sealed-stream.h"

/*
 * Sealed files: the format against a file that another program made (sealed-file-vector.py), everything
 * that can happen to a file on a disk, and what a writer leaves behind.
 */

#define CHUNK GEZ_SEALED_FILE_CHUNK
#define STEP (CHUNK + GEZ_SEALED_FILE_OVERHEAD)
#define HEADER GEZ_SEALED_FILE_HEADER

typedef struct
{
  char *directory;
  GezId id;
  GezSecret *key;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  self->directory = g_dir_make_tmp ("gezinsplan-test-XXXXXX", &error);
  g_assert_no_error (error);
  memset (self->id.bytes, 7, GEZ_ID_SIZE);
  self->key = gez_sealed_file_make_key (&error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  g_autoptr (GDir) files = g_dir_open (self->directory, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (files)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->directory, name, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (self->directory), ==, 0);
  g_free (self->directory);
  gez_secret_free (self->key);
  /* A stream or a writer that was dropped took its key along. */
  g_assert_cmpint (gez_secrets_get_n_used (), ==, 0);
}

/* Bytes of which no two places are alike. */
static GBytes *
make_content (gsize size)
{
  guint8 *bytes = g_malloc (MAX (size, 1));
  guint8 seed[randombytes_SEEDBYTES] = { 1 };

  randombytes_buf_deterministic (bytes, size, seed);
  return g_bytes_new_take (bytes, size);
}

static void
seal (Fixture *self,
      GBytes  *content)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (gez_sealed_file_write (self->directory, &self->id, self->key, content, &error));
  g_assert_no_error (error);
}

static char *
load (Fixture *self,
      gsize   *length)
{
  g_autofree char *path = gez_sealed_file_get_path (self->directory, &self->id);
  g_autoptr (GError) error = NULL;
  char *bytes;

  g_file_get_contents (path, &bytes, length, &error);
  g_assert_no_error (error);
  return bytes;
}

static void
store (Fixture    *self,
       const void *bytes,
       gsize       length)
{
  g_autofree char *path = gez_sealed_file_get_path (self->directory, &self->id);
  int file = open (path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

  g_assert_cmpint (file, >=, 0);
  g_assert_cmpint (write (file, bytes, length), ==, (gssize) length);
  close (file);
}

static void
assert_content (Fixture *self,
                GBytes  *content)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) read =
      gez_sealed_file_read (self->directory, &self->id, self->key, g_bytes_get_size (content), NULL, &error);

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (read, content));
}

static void
assert_damaged (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) read =
      gez_sealed_file_read (self->directory, &self->id, self->key, G_MAXUINT32, NULL, &error);

  g_assert_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_DAMAGED);
  g_assert_null (read);
}

static guint
count_files (Fixture *self)
{
  g_autoptr (GDir) files = g_dir_open (self->directory, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (files) != NULL)
    n++;
  return n;
}

/* Every length at which something else happens in the last chunk. */
static void
test_lengths (Fixture       *self,
              gconstpointer  data)
{
  static const gsize sizes[] = { 0, 1, 17, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 5 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GBytes) content = make_content (sizes[i]);
      g_autofree char *bytes = NULL;
      gsize length;

      seal (self, content);
      assert_content (self, content);
      bytes = load (self, &length);
      g_assert_cmpint (length, ==, gez_sealed_file_get_size ((gint64) sizes[i]));
      g_assert_cmpint (length, ==, HEADER + sizes[i] + 17 * MAX (1, (sizes[i] + CHUNK - 1) / CHUNK));
      g_assert_true (gez_sealed_file_remove (self->directory, &self->id, NULL));
    }
}

static void
test_impossible_lengths (Fixture       *self,
                         gconstpointer  data)
{
  g_assert_cmpint (gez_sealed_file_get_size (0), ==, HEADER + 17);
  g_assert_cmpint (gez_sealed_file_get_size (-1), ==, -1);
  g_assert_cmpint (gez_sealed_file_get_size (G_MAXINT64), ==, -1);
}

/* tests/vault/sealed-file-vector.py made this with libsodium, without this program. */
static const char vector_key[] = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
static const char vector_text[] = "Een verzonnen brief aan gezin Voorbeeld.";
static const char vector_hash[] =
#include "sealed-file-vector.h"

static void
test_known_answer (Fixture       *self,
                   gconstpointer  data)
{
  guint8 file[512];
  gsize length = 0;
  g_autoptr (GBytes) content = g_bytes_new_static (vector_text, strlen (vector_text));
  g_autoptr (GezSealedHash) hash = gez_sealed_hash_new ();
  g_autofree char *text = NULL;

  sodium_hex2bin (self->key->bytes, 32, vector_key, strlen (vector_key), NULL, NULL, NULL);
  g_assert_cmpint (
      sodium_hex2bin (file, sizeof file, vector_file, strlen (vector_file), NULL, &length, NULL), ==, 0);
  memcpy (self->id.bytes, file + 8, GEZ_ID_SIZE);
  store (self, file, length);
  assert_content (self, content);
  gez_sealed_hash_add (hash, vector_text, strlen (vector_text));
  text = gez_sealed_hash_finish (hash);
  g_assert_cmpstr (text, ==, vector_hash);
}

/* What is written, read with libsodium alone as docs/STORAGE.md says. */
static void
test_format (Fixture       *self,
             gconstpointer  data)
{
  g_autoptr (GBytes) content = make_content (CHUNK + 100);
  const guint8 *expected = g_bytes_get_data (content, NULL);
  crypto_secretstream_xchacha20poly1305_state state;
  g_autofree guint8 *plain = g_malloc (CHUNK);
  g_autofree guint8 *file = NULL;
  guint8 place[28] = "GZF1", tag;
  gsize length;

  seal (self, content);
  file = (guint8 *) load (self, &length);
  g_assert_cmpmem (file, 8, "GEZFILE1", 8);
  g_assert_cmpmem (file + 8, 16, self->id.bytes, 16);
  memcpy (place + 4, self->id.bytes, 16);
  g_assert_cmpint (
      crypto_secretstream_xchacha20poly1305_init_pull (&state, file + 24, self->key->bytes), ==, 0);
  g_assert_cmpint (crypto_secretstream_xchacha20poly1305_pull (&state, plain, NULL, &tag, file + HEADER,
                                                               STEP, place, sizeof place), ==, 0);
  g_assert_cmpint (tag, ==, crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
  g_assert_cmpmem (plain, CHUNK, expected, CHUNK);
  place[20] = 1;
  g_assert_cmpint (crypto_secretstream_xchacha20poly1305_pull (&state, plain, NULL, &tag,
                                                               file + HEADER + STEP, length - HEADER - STEP,
                                                               place, sizeof place), ==, 0);
  g_assert_cmpint (tag, ==, crypto_secretstream_xchacha20poly1305_TAG_FINAL);
  g_assert_cmpmem (plain, 100, expected + CHUNK, 100);
}

/* Near the end of a chunk, or at one of many places between. */
static gboolean
is_tried (gsize cut)
{
  gsize after = cut < HEADER ? cut + 20 : (cut - HEADER) % STEP;

  return after <= 18 || after >= STEP - 2 || cut % 977 == 0 || cut < HEADER;
}

static void
test_truncated (Fixture       *self,
                gconstpointer  data)
{
  g_autofree char *path = gez_sealed_file_get_path (self->directory, &self->id);
  g_autoptr (GBytes) content = make_content (3 * CHUNK + 5);
  guint n_tried = 0;

  seal (self, content);
  assert_content (self, content);
  for (gsize cut = (gsize) gez_sealed_file_get_size (3 * CHUNK + 5) - 1; cut > 0; cut--)
    {
      if (!is_tried (cut - 1))
        continue;
      g_assert_cmpint (truncate (path, (off_t) (cut - 1)), ==, 0);
      assert_damaged (self);
      n_tried++;
    }
  g_assert_cmpint (n_tried, >, 250);
}

static void
test_every_bit (Fixture       *self,
                gconstpointer  data)
{
  g_autoptr (GBytes) content = make_content (100);
  g_autofree char *file = NULL;
  gsize length;

  seal (self, content);
  file = load (self, &length);
  for (gsize bit = 0; bit < length * 8; bit++)
    {
      file[bit / 8] = (char) (file[bit / 8] ^ (1 << bit % 8));
      store (self, file, length);
      assert_damaged (self);
      file[bit / 8] = (char) (file[bit / 8] ^ (1 << bit % 8));
    }
  store (self, file, length);
  assert_content (self, content);
}

/* Chunks that change places, stand twice, are left out, or that another file gave. */
static void
test_chunks (Fixture       *self,
             gconstpointer  data)
{
  g_autoptr (GBytes) content = make_content (3 * CHUNK);
  g_autofree char *file = NULL, *other = NULL;
  g_autofree char *mixed = g_malloc (HEADER + 4 * STEP);
  GezId second = { { 8 } }, first = self->id;
  gsize length;

  seal (self, content);
  file = load (self, &length);
  memcpy (mixed, file, HEADER);
  for (guint order = 0; order < 27; order++)
    {
      guint places[] = { order / 9, order / 3 % 3, order % 3 };

      if (order == 0 * 9 + 1 * 3 + 2)
        continue;
      for (guint i = 0; i < 3; i++)
        memcpy (mixed + HEADER + i * STEP, file + HEADER + places[i] * STEP, STEP);
      store (self, mixed, HEADER + 3 * STEP);
      assert_damaged (self);
    }
  memcpy (mixed, file, length);
  memcpy (mixed + length, file + HEADER + 2 * STEP, STEP);
  store (self, mixed, length + STEP);
  assert_damaged (self);
  store (self, mixed, length + 1);
  assert_damaged (self);

  /* The same content under the same key, and even the same beginning: it is another file. */
  self->id = second;
  seal (self, content);
  other = load (self, &length);
  memcpy (mixed, file, HEADER);
  memcpy (mixed + 8, second.bytes, GEZ_ID_SIZE);
  memcpy (mixed + HEADER, file + HEADER, 3 * STEP);
  store (self, mixed, length);
  assert_damaged (self);
  memcpy (mixed, other, length);
  memcpy (mixed + HEADER + STEP, file + HEADER + STEP, STEP);
  store (self, mixed, length);
  assert_damaged (self);
  store (self, file, length);
  assert_damaged (self);
  self->id = first;
  store (self, file, length);
  assert_content (self, content);
}

static void
test_wrong_key (Fixture       *self,
                gconstpointer  data)
{
  g_autoptr (GBytes) content = make_content (100);
  guint8 right;

  seal (self, content);
  right = self->key->bytes[31];
  self->key->bytes[31] ^= 1;
  assert_damaged (self);
  self->key->bytes[31] = right;
  assert_content (self, content);
}

static void
test_gone (Fixture       *self,
           gconstpointer  data)
{
  g_autofree char *path = gez_sealed_file_get_path (self->directory, &self->id);
  g_autofree char *real = g_build_filename (self->directory, "elsewhere", NULL);
  g_autoptr (GBytes) content = make_content (100);

  assert_damaged (self);
  seal (self, content);
  /* A link would make this program read what somebody else chose. */
  g_assert_cmpint (g_rename (path, real), ==, 0);
  g_assert_cmpint (symlink (real, path), ==, 0);
  g_clear_pointer (&content, g_bytes_unref);
  {
    g_autoptr (GError) error = NULL;

    g_assert_null (gez_sealed_stream_open (self->directory, &self->id, self->key, &error));
    g_assert_nonnull (error);
  }
}

static void
test_limit (Fixture       *self,
            gconstpointer  data)
{
  g_autoptr (GBytes) content = make_content (1000);
  g_autoptr (GBytes) read = NULL;
  g_autoptr (GError) error = NULL;

  seal (self, content);
  read = gez_sealed_file_read (self->directory, &self->id, self->key, 999, NULL, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE);
  g_assert_null (read);
  assert_content (self, content);
}

/* However it is read: in pieces of any size, and no further once something is wrong. */
static void
test_stream (Fixture       *self,
             gconstpointer  data)
{
  g_autoptr (GBytes) content = make_content (2 * CHUNK + 77);
  const guint8 *expected = g_bytes_get_data (content, NULL);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *file = NULL;
  guint8 piece[1013];
  gsize at = 0, length;
  gssize n;

  seal (self, content);
  stream = gez_sealed_stream_open (self->directory, &self->id, self->key, &error);
  g_assert_no_error (error);
  while ((n = g_input_stream_read (stream, piece, 1 + at % sizeof piece, NULL, &error)) > 0)
    {
      g_assert_cmpmem (piece, n, expected + at, n);
      at += (gsize) n;
    }
  g_assert_no_error (error);
  g_assert_cmpint (at, ==, g_bytes_get_size (content));
  g_clear_object (&stream);

  file = load (self, &length);
  file[HEADER + STEP + 9] ^= 4;
  store (self, file, length);
  stream = gez_sealed_stream_open (self->directory, &self->id, self->key, &error);
  g_assert_no_error (error);
  for (at = 0; (n = g_input_stream_read (stream, piece, sizeof piece, NULL, &error)) > 0; at += (gsize) n)
    g_assert_cmpmem (piece, n, expected + at, n);
  g_assert_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_DAMAGED);
  g_assert_cmpint (at, ==, CHUNK);
  g_clear_error (&error);
  g_assert_cmpint (g_input_stream_read (stream, piece, sizeof piece, NULL, &error), ==, -1);
  g_assert_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_DAMAGED);
}

static void
test_cancel (Fixture       *self,
             gconstpointer  data)
{
  g_autoptr (GBytes) content = make_content (3 * CHUNK);
  g_autoptr (GInputStream) source = g_memory_input_stream_new_from_bytes (content);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GezSealedFileWriter) writer = NULL;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GError) error = NULL;
  guint8 byte;

  seal (self, content);
  stream = gez_sealed_stream_open (self->directory, &self->id, self->key, &error);
  g_cancellable_cancel (cancellable);
  g_assert_cmpint (g_input_stream_read (stream, &byte, 1, cancellable, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_true (gez_sealed_file_remove (self->directory, &self->id, NULL));

  writer = gez_sealed_file_writer_new (self->directory, &self->id, self->key, &error);
  g_assert_true (gez_sealed_file_writer_add (writer, g_bytes_get_data (content, NULL), 2 * CHUNK, &error));
  g_assert_cmpint (
      gez_sealed_file_writer_splice (writer, source, G_MAXINT32, NULL, NULL, cancellable, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_pointer (&writer, gez_sealed_file_writer_free);
  g_assert_cmpint (count_files (self), ==, 0);
}

/* A source that gives more than it should is noticed, whatever it goes on to give. */
static void
test_too_much (Fixture       *self,
               gconstpointer  data)
{
  g_autoptr (GBytes) content = make_content (CHUNK + 1);
  g_autoptr (GInputStream) source = g_memory_input_stream_new_from_bytes (content);
  g_autoptr (GezSealedFileWriter) writer =
      gez_sealed_file_writer_new (self->directory, &self->id, self->key, NULL);

  g_assert_cmpint (gez_sealed_file_writer_splice (writer, source, CHUNK, NULL, NULL, NULL, NULL), >, CHUNK);
}

static void
test_no_space (Fixture       *self,
               gconstpointer  data)
{
  struct rlimit before, little = { 100000, 100000 };
  g_autoptr (GBytes) content = make_content (3 * CHUNK);
  g_autoptr (GError) error = NULL;

  if (getrlimit (RLIMIT_FSIZE, &before) != 0)
    g_error ("no limits here");
  little.rlim_max = before.rlim_max;
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &little), ==, 0);
  g_assert_false (gez_sealed_file_write (self->directory, &self->id, self->key, content, &error));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  g_assert_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_NO_SPACE);
  g_assert_cmpint (count_files (self), ==, 0);
}

static void
test_closed_to_others (Fixture       *self,
                       gconstpointer  data)
{
  g_autofree char *below = g_build_filename (self->directory, "blobs", NULL);
  g_autofree char *path = gez_sealed_file_get_path (below, &self->id);
  g_autoptr (GBytes) content = make_content (10);
  GStatBuf about;

  g_assert_true (gez_sealed_file_write (below, &self->id, self->key, content, NULL));
  g_assert_cmpint (g_stat (path, &about), ==, 0);
  g_assert_cmpint (about.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_stat (below, &about), ==, 0);
  g_assert_cmpint (about.st_mode & 0777, ==, 0700);
  g_assert_true (gez_sealed_file_remove (below, &self->id, NULL));
  g_assert_cmpint (g_rmdir (below), ==, 0);
}

/* Written and read in the same memory, however much it is: GEZINSPLAN_MIB, 64 unless told. */
static long
get_peak_kib (void)
{
  g_autofree char *status = NULL;
  const char *line;

  /* Not getrusage(): that counts what was before exec() too. */
  g_assert_true (g_file_get_contents ("/proc/self/status", &status, NULL, NULL));
  line = strstr (status, "VmHWM:");
  g_assert_nonnull (line);
  return strtol (line + strlen ("VmHWM:"), NULL, 10);
}

static void
pour (Fixture *self,
      guint    mib)
{
  g_autoptr (GBytes) content = make_content (1024 * 1024);
  g_autoptr (GezSealedFileWriter) writer =
      gez_sealed_file_writer_new (self->directory, &self->id, self->key, NULL);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *hash = NULL;
  g_autofree guint8 *block = g_malloc (CHUNK);
  guint64 done = 0;
  gssize n;

  for (guint i = 0; i < mib; i++)
    g_assert_true (gez_sealed_file_writer_add (writer, g_bytes_get_data (content, NULL), 1024 * 1024, NULL));
  hash = gez_sealed_file_writer_finish (writer, &error);
  g_assert_no_error (error);
  stream = gez_sealed_stream_open (self->directory, &self->id, self->key, &error);
  while ((n = g_input_stream_read (stream, block, CHUNK, NULL, &error)) > 0)
    done += (guint64) n;
  g_assert_no_error (error);
  g_assert_cmpint (done, ==, (guint64) mib * 1024 * 1024);
  g_assert_true (gez_sealed_file_remove (self->directory, &self->id, NULL));
}

static void
test_memory (Fixture       *self,
             gconstpointer  data)
{
  const char *wanted = g_getenv ("GEZINSPLAN_MIB");
  guint mib = wanted ? (guint) g_ascii_strtoull (wanted, NULL, 10) : 64;
  long before, after;

  pour (self, 2);
  before = get_peak_kib ();
  pour (self, mib);
  after = get_peak_kib ();
  g_test_message ("%u MiB: %ld KiB more than for 2 MiB, %ld KiB in all", mib, after - before, after);
  g_assert_cmpint (after - before, <, 2048);
}

#define ADD(name, function) \
  g_test_add ("/vault/sealed-file/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("memory", test_memory); /* first: what came before would hide a peak */
  ADD ("lengths", test_lengths);
  ADD ("impossible-lengths", test_impossible_lengths);
  ADD ("known-answer", test_known_answer);
  ADD ("format", test_format);
  ADD ("truncated", test_truncated);
  ADD ("every-bit", test_every_bit);
  ADD ("chunks", test_chunks);
  ADD ("wrong-key", test_wrong_key);
  ADD ("gone", test_gone);
  ADD ("limit", test_limit);
  ADD ("stream", test_stream);
  ADD ("cancel", test_cancel);
  ADD ("too-much", test_too_much);
  ADD ("no-space", test_no_space);
  ADD ("closed-to-others", test_closed_to_others);
  return g_test_run ();
}
