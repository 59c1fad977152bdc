/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "counts.h"
#include "fuzz-target.h"

/*
 * Puts every file of a corpus through a fuzzing target, built without the fuzzer. A crash that the
 * fuzzer found stays a file there, and so a test.
 */

static void
replay_file (gconstpointer data)
{
  g_autofree char *content = NULL;
  g_autofree guint8 *exact = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_file_get_contents (data, &content, &length, &error);
  g_assert_no_error (error);
  /* Without the NUL that GLib puts behind it: reading past the end shows under a sanitizer. */
  exact = g_memdup2 (content, length);
  g_assert_cmpint (LLVMFuzzerTestOneInput (exact, length), ==, 0);
}

/* The name of the target and its corpus are the last two arguments. */
int
main (int argc, char **argv)
{
  g_autoptr (GDir) corpus = NULL;
  g_autoptr (GError) error = NULL;
  const char *name;
  guint n_files = 0;
  int result;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 3);
  corpus = g_dir_open (argv[2], 0, &error);
  g_assert_no_error (error);
  while ((name = g_dir_read_name (corpus)) != NULL)
    {
      g_autofree char *test = g_strdup_printf ("/fuzz/%s/%s", argv[1], name);

      g_test_add_data_func_full (test, g_build_filename (argv[2], name, NULL), replay_file, g_free);
      n_files++;
    }
  g_assert_cmpuint (n_files, >, 0);
  result = g_test_run ();
  counts_add ("files of fuzzing corpora", n_files);
  return result;
}
