/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "copy-tree.h"

#include <glib/gstdio.h>

typedef void (*VisitFunc) (const char *path,
                           const char *name,
                           gpointer    data);

static void
visit (const char *path,
       VisitFunc   function,
       gpointer    data)
{
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  const char *name;

  g_assert_nonnull (directory);
  while ((name = g_dir_read_name (directory)))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      function (child, name, data);
    }
}

static GBytes *
read_whole (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *content;
  gsize length;

  g_file_get_contents (path, &content, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (content, length);
}

static void
copy_cb (const char *path,
         const char *name,
         gpointer    data)
{
  g_autofree char *target = g_build_filename (data, name, NULL);
  g_autoptr (GBytes) content = NULL;
  g_autoptr (GError) error = NULL;

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      copy_tree (path, target);
      return;
    }
  content = read_whole (path);
  g_file_set_contents_full (target, g_bytes_get_data (content, NULL), (gssize) g_bytes_get_size (content),
                            G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
}

void
copy_tree (const char *from,
           const char *to)
{
  g_assert_cmpint (g_mkdir_with_parents (to, 0700), ==, 0);
  visit (from, copy_cb, (gpointer) to);
}

static void
read_cb (const char *path,
         const char *name,
         gpointer    files)
{
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    visit (path, read_cb, files);
  else if (!g_str_equal (name, "lock"))
    g_hash_table_insert (files, g_strdup (path), read_whole (path));
}

GHashTable *
read_tree (const char *path)
{
  GHashTable *files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);

  visit (path, read_cb, files);
  return files;
}

void
assert_same_tree (GHashTable *one,
                  GHashTable *other)
{
  GHashTableIter iter;
  gpointer path, content;

  g_hash_table_iter_init (&iter, one);
  while (g_hash_table_iter_next (&iter, &path, &content))
    {
      GBytes *now = g_hash_table_lookup (other, path);

      if (now == NULL || !g_bytes_equal (content, now))
        g_error ("%s is %s", (char *) path, now ? "not what it was" : "gone");
    }
  g_hash_table_iter_init (&iter, other);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    if (!g_hash_table_contains (one, path))
      g_error ("%s was added", (char *) path);
}
