/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "marker-search.h"

#include <string.h>

#define PIECE 8
#define FILTER_BITS 24
#define TEXT_LENGTH 26
#define BYTES_LENGTH 16

struct _MarkerSearch
{
  guint64 seed;
  GHashTable *names;   /* the set of what is looked for */
  GHashTable *pieces;  /* piece -> "name, form" */
  guint8 *filter;      /* a bit per hash of a piece: most bytes of most files are none */
  guint64 n_bytes;
};

static void
digest_of (guint64     seed,
           const char *name,
           guint8     *digest)
{
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT "/%s", seed, name);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize length = 32;

  g_checksum_update (checksum, (const guchar *) text, -1);
  g_checksum_get_digest (checksum, digest, &length);
}

char *
marker_make_text (guint64     seed,
                  const char *name)
{
  static const char letters[] = "abcdefghijklmnopqrstuvwxyz234567";
  guint8 digest[32];
  char *text = g_malloc0 (TEXT_LENGTH + 1);

  digest_of (seed, name, digest);
  for (guint i = 0; i < TEXT_LENGTH; i++)
    text[i] = letters[digest[i] % 32];
  return text;
}

void
marker_make_bytes (guint64     seed,
                   const char *name,
                   guint8     *bytes)
{
  guint8 digest[32];

  digest_of (seed, name, digest);
  memcpy (bytes, digest + 32 - BYTES_LENGTH, BYTES_LENGTH);
}

MarkerSearch *
marker_search_new (guint64 seed)
{
  MarkerSearch *self = g_new0 (MarkerSearch, 1);

  self->seed = seed;
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->pieces = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->filter = g_malloc0 ((gsize) 1 << (FILTER_BITS - 3));
  return self;
}

void
marker_search_free (MarkerSearch *self)
{
  g_hash_table_unref (self->names);
  g_hash_table_unref (self->pieces);
  g_free (self->filter);
  g_free (self);
}

static guint
filter_place (guint64 piece)
{
  return (guint) ((piece * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)) >> (64 - FILTER_BITS));
}

static void
add_form (MarkerSearch *self,
          const char   *name,
          const char   *form,
          gconstpointer bytes,
          gsize         length)
{
  for (gsize at = 0; at + PIECE <= length; at++)
    {
      guint64 *piece = g_new (guint64, 1);
      guint place;

      memcpy (piece, (const guint8 *) bytes + at, PIECE);
      place = filter_place (*piece);
      self->filter[place / 8] |= (guint8) (1 << place % 8);
      g_hash_table_insert (self->pieces, piece, g_strdup_printf ("%s, %s", name, form));
    }
}

/* With what may stand before it and after it, only the characters in the middle are certain. */
static void
add_base64 (MarkerSearch *self,
            const char   *name,
            gconstpointer bytes,
            gsize         length)
{
  static const gsize uncertain[] = { 0, 2, 3 };

  for (gsize before = 0; before < 3; before++)
    {
      g_autofree guint8 *padded = g_malloc0 (before + length);
      g_autofree char *text = NULL;

      memcpy (padded + before, bytes, length);
      text = g_base64_encode (padded, before + length);
      add_form (self, name, "base64", text + uncertain[before],
                (before + length) * 8 / 6 - uncertain[before]);
    }
}

static void
add_encoded (MarkerSearch *self,
             const char   *name,
             const guint8 *bytes,
             gsize         length)
{
  g_autoptr (GString) lower = g_string_new (NULL), upper = g_string_new (NULL);

  for (gsize i = 0; i < length; i++)
    {
      g_string_append_printf (lower, "%02x", bytes[i]);
      g_string_append_printf (upper, "%02X", bytes[i]);
    }
  add_form (self, name, "as it is", bytes, length);
  add_form (self, name, "hexadecimal", lower->str, lower->len);
  add_form (self, name, "hexadecimal", upper->str, upper->len);
  add_base64 (self, name, bytes, length);
}

static void
add_text (MarkerSearch *self,
          const char   *name,
          const char   *text)
{
  gsize length = strlen (text);
  g_autofree guint8 *little = g_malloc0 (2 * length), *big = g_malloc0 (2 * length);

  for (gsize i = 0; i < length; i++)
    little[2 * i] = big[2 * i + 1] = (guint8) text[i];
  add_encoded (self, name, (const guint8 *) text, length);
  add_form (self, name, "UTF-16LE", little, 2 * length);
  add_form (self, name, "UTF-16BE", big, 2 * length);
}

/* Looks for the text and for the bytes of that name from now on. */
void
marker_search_add (MarkerSearch *self,
                   const char   *name)
{
  g_autofree char *text = marker_make_text (self->seed, name);
  guint8 bytes[BYTES_LENGTH];

  if (!g_hash_table_add (self->names, g_strdup (name)))
    return;
  marker_make_bytes (self->seed, name, bytes);
  add_text (self, name, text);
  add_encoded (self, name, bytes, sizeof bytes);
}

static guint
search_file (MarkerSearch *self,
             const char   *path)
{
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;
  guint n_found = 0;

  g_file_get_contents (path, &content, &length, &error);
  g_assert_no_error (error);
  self->n_bytes += length;
  for (gsize at = 0; at + PIECE <= length; at++)
    {
      guint64 piece;
      const char *what;
      guint place;

      memcpy (&piece, content + at, PIECE);
      place = filter_place (piece);
      if ((self->filter[place / 8] & 1 << place % 8) == 0
          || (what = g_hash_table_lookup (self->pieces, &piece)) == NULL)
        continue;
      if (n_found++ < 3)
        g_test_message ("%s, at %" G_GSIZE_FORMAT ": %s", path, at, what);
    }
  return n_found;
}

/* Returns: how many pieces of markers stand in all bytes of all files under @directory. The first of
 * each file are said. */
guint
marker_search_tree (MarkerSearch *self,
                    const char   *directory)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) entries = g_dir_open (directory, 0, &error);
  const char *name;
  guint n_found = 0;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (entries)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);

      n_found += g_file_test (path, G_FILE_TEST_IS_DIR) ? marker_search_tree (self, path)
                                                        : search_file (self, path);
    }
  return n_found;
}

guint
marker_search_get_n (MarkerSearch *self)
{
  return g_hash_table_size (self->names);
}

guint64
marker_search_get_bytes (MarkerSearch *self)
{
  return self->n_bytes;
}
