/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "byte-search.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define BLOCK_SIZE (4 * 1024 * 1024)
/* More than any program of ours can hold: the shadow memory of a sanitizer, which has no byte of it. */
#define LARGEST_MAPPING (G_GUINT64_CONSTANT (1) << 36)

static guint
count_in (const char    *bytes,
          gsize          length,
          gconstpointer  needle,
          gsize          size)
{
  const char *at = bytes;
  guint count = 0;

  while ((at = memmem (at, length - (gsize) (at - bytes), needle, size)) != NULL)
    {
      count++;
      at++;
    }
  return count;
}

/* Blocks overlap by what a needle may stick out. */
static guint
count_in_range (int            file,
                guint64        from,
                guint64        to,
                gconstpointer  needle,
                gsize          size,
                char          *block)
{
  guint count = 0;

  while (from + size <= to)
    {
      gsize want = MIN (to - from, (guint64) BLOCK_SIZE);
      ssize_t got = pread (file, block, want, (off_t) from);

      if (got < (ssize_t) size)
        break;
      count += count_in (block, (gsize) got, needle, size);
      from += (guint64) got - size + 1;
    }
  return count;
}

/**
 * byte_search_memory:
 * @process: its number
 *
 * Returns: how often @needle stands in the memory of the process; it must be allowed to look
 */
guint
byte_search_memory (const char    *process,
                    gconstpointer  needle,
                    gsize          size)
{
  g_autofree char *maps_path = g_strdup_printf ("/proc/%s/maps", process);
  g_autofree char *path = g_strdup_printf ("/proc/%s/mem", process);
  g_autofree char *maps = NULL;
  g_auto (GStrv) lines = NULL;
  g_autofree char *block = g_malloc (BLOCK_SIZE);
  guint count = 0;
  int file = open (path, O_RDONLY | O_CLOEXEC);

  g_assert_cmpint (file, >=, 0);
  g_assert_true (g_file_get_contents (maps_path, &maps, NULL, NULL));
  lines = g_strsplit (maps, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), >, 10);
  for (guint i = 0; lines[i]; i++)
    {
      guint64 from, to;
      char rights[5];

      if (sscanf (lines[i], "%" G_GINT64_MODIFIER "x-%" G_GINT64_MODIFIER "x %4s", &from, &to,
                  rights) == 3 &&
          rights[0] == 'r' && to - from < LARGEST_MAPPING)
        count += count_in_range (file, from, to, needle, size, block);
    }
  close (file);
  return count;
}

/**
 * byte_search_unlocked_memory:
 * @process: its number
 *
 * Returns: how often @needle stands in memory of the process that may be swapped out
 */
guint
byte_search_unlocked_memory (const char    *process,
                             gconstpointer  needle,
                             gsize          size)
{
  g_autofree char *maps_path = g_strdup_printf ("/proc/%s/smaps", process);
  g_autofree char *path = g_strdup_printf ("/proc/%s/mem", process);
  g_autofree char *maps = NULL;
  g_auto (GStrv) lines = NULL;
  g_autofree char *block = g_malloc (BLOCK_SIZE);
  guint64 from = 0, to = 0;
  char rights[5] = "";
  guint count = 0, n_areas = 0;
  int file = open (path, O_RDONLY | O_CLOEXEC);

  g_assert_cmpint (file, >=, 0);
  g_assert_true (g_file_get_contents (maps_path, &maps, NULL, NULL));
  lines = g_strsplit (maps, "\n", -1);
  for (guint i = 0; lines[i]; i++)
    {
      if (sscanf (lines[i], "%" G_GINT64_MODIFIER "x-%" G_GINT64_MODIFIER "x %4s", &from, &to, rights) == 3)
        continue;
      /* The last line of each area tells whether it is locked. */
      if (!g_str_has_prefix (lines[i], "VmFlags:"))
        continue;
      n_areas++;
      if (rights[0] == 'r' && strstr (lines[i], " lo") == NULL)
        count += count_in_range (file, from, to, needle, size, block);
    }
  g_assert_cmpuint (n_areas, >, 10);
  close (file);
  return count;
}

/**
 * byte_search_text_in_files:
 *
 * Returns: how often @text stands, as UTF-8 or as UTF-16LE, in all bytes of all files
 *   under @directory
 */
guint
byte_search_text_in_files (const char *directory,
                           const char *text)
{
  g_autoptr (GDir) entries = g_dir_open (directory, 0, NULL);
  glong wide_units = 0;
  g_autofree gunichar2 *wide = g_utf8_to_utf16 (text, -1, NULL, &wide_units, NULL);
  const char *name;
  guint count = 0;

  g_assert_nonnull (entries);
  while ((name = g_dir_read_name (entries)))
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);
      g_autofree char *content = NULL;
      gsize length;

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        count += byte_search_text_in_files (path, text);
      else if (g_file_get_contents (path, &content, &length, NULL))
        count += count_in (content, length, text, strlen (text)) +
                 count_in (content, length, wide, (gsize) wide_units * sizeof *wide);
    }
  return count;
}
