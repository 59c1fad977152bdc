/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/gez-error.h"
#include "fuzz-input.h"
#include "fuzz-target.h"
#include "remove-tree.h"
#include "vault/gez-sealed-stream.h"

/*
 * A sealed file that somebody wrote, or changed. Made up from nothing it never opens. Changed in any byte
 * or length it ends in an error, and what it gave until then is how its content begins.
 */

#define MOST_CONTENT 200000

static char *directory;
static const GezId id = { { 1, 2, 3, 4 } };

static void
remove_directory_cb (void)
{
  remove_tree (directory);
  g_clear_pointer (&directory, g_free);
}

static GezSecret *
make_key (void)
{
  GezSecret *key = gez_secret_new (NULL);

  memset (key->bytes, 7, GEZ_FILE_KEY_SIZE);
  return key;
}

/* Returns: (transfer full): all that came out; @error is why no more did */
static GByteArray *
read_all (const GezSecret *key,
          GError         **error)
{
  g_autoptr (GByteArray) content = g_byte_array_new ();
  g_autoptr (GInputStream) stream = gez_sealed_stream_open (directory, &id, key, error);
  guint8 piece[5000];
  gssize n_read;

  while (stream != NULL && (n_read = g_input_stream_read (stream, piece, sizeof piece, NULL, error)) > 0)
    g_byte_array_append (content, piece, (guint) n_read);
  return g_steal_pointer (&content);
}

static void
write_file (const guint8 *data,
            gsize         size)
{
  g_autofree char *path = gez_sealed_file_get_path (directory, &id);
  FILE *file = fopen (path, "wb");

  g_assert_nonnull (file);
  if (size > 0)
    g_assert_cmpuint (fwrite (data, 1, size, file), ==, size);
  g_assert_cmpint (fclose (file), ==, 0);
}

static void
try_made_up (const guint8 *data,
             gsize         size)
{
  g_autoptr (GezSecret) key = make_key ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) content = NULL;

  write_file (data, size);
  content = read_all (key, &error);
  g_assert_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_DAMAGED);
  g_assert_cmpuint (content->len, ==, 0);
}

static GByteArray *
read_sealed (void)
{
  g_autofree char *path = gez_sealed_file_get_path (directory, &id);
  g_autoptr (GError) error = NULL;
  char *content;
  gsize length;

  g_file_get_contents (path, &content, &length, &error);
  g_assert_no_error (error);
  return g_byte_array_new_take ((guint8 *) content, length);
}

static void
try_changed (FuzzInput *input)
{
  gsize size = fuzz_input_take (input, 3) % MOST_CONTENT;
  g_autofree guint8 *plain = g_malloc (size + 1);
  g_autoptr (GBytes) content = NULL;
  g_autoptr (GezSecret) key = make_key ();
  g_autoptr (GByteArray) sealed = NULL, changed = NULL, out = NULL;
  g_autoptr (GError) error = NULL;
  gboolean same;

  for (gsize i = 0; i < size; i++)
    plain[i] = (guint8) (i * 31 >> 5);
  content = g_bytes_new_static (plain, size);
  gez_sealed_file_write (directory, &id, key, content, &error);
  g_assert_no_error (error);
  sealed = read_sealed ();
  changed = g_byte_array_append (g_byte_array_new (), sealed->data, sealed->len);
  fuzz_input_patch (input, changed);
  same = changed->len == sealed->len && memcmp (changed->data, sealed->data, sealed->len) == 0;
  write_file (changed->data, changed->len);
  out = read_all (key, &error);
  g_assert_true (same == (error == NULL));
  g_assert_true (error == NULL || g_error_matches (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_DAMAGED));
  g_assert_cmpuint (out->len, <=, size);
  g_assert_true (out->len == 0 || memcmp (out->data, plain, out->len) == 0);
  g_assert_true (!same || out->len == size);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  FuzzInput input = { data, size };

  g_assert_cmpint (sodium_init (), >=, 0);
  if (directory == NULL)
    {
      directory = g_dir_make_tmp ("gezinsplan-fuzz-XXXXXX", NULL);
      atexit (remove_directory_cb);
    }
  if (fuzz_input_take (&input, 1) % 2 == 0)
    try_made_up (input.data, input.left);
  else
    try_changed (&input);
  {
    g_autofree char *path = gez_sealed_file_get_path (directory, &id);

    g_assert_cmpint (remove (path), ==, 0);
  }
  return 0;
}
