/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "canary-work.h"
#include "counts.h"
#include "marker-search.h"
#include "remove-tree.h"
#include "store/gez-record.h"
#include "store/gez-store.h"

/*
 * Another process puts a random marker in everything that a store can hold (canary-work.c). It has a
 * home and directories for temporary and other files of its own. At each stage, with all its files open,
 * every byte of every file there is searched, and every other file that it has open is an error; then
 * it is killed, and all is searched again before and after recovery.
 */

#define NOW G_GINT64_CONSTANT (1795252509123)
#define PASSPHRASE ((GezPassphrase) { "een lange testzin", 17 })

static const char *const places[][2] = {
  { "HOME", "home" },           { "TMPDIR", "temporary" },      { "SQLITE_TMPDIR", "sqlite" },
  { "XDG_DATA_HOME", "data" },  { "XDG_CONFIG_HOME", "config" }, { "XDG_CACHE_HOME", "cache" },
  { "XDG_STATE_HOME", "state" }, { "XDG_RUNTIME_DIR", "runtime" },
};

typedef struct
{
  char *root;
  char *store;
  guint64 seed;
  MarkerSearch *search;
  GSubprocess *process;
  GDataInputStream *told;
  guint n_looks;
} Fixture;

static char *program;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *made = g_dir_make_tmp ("gezinsplan-canary-XXXXXX", &error), *work = NULL;

  g_assert_no_error (error);
  fixture->root = realpath (made, NULL); /* as /proc names it */
  fixture->store = g_build_filename (fixture->root, "store", NULL);
  work = g_build_filename (fixture->root, "work", NULL);
  g_assert_cmpint (g_mkdir (work, 0700), ==, 0);
  fixture->seed = (guint64) g_random_int () << 32 | g_random_int ();
  fixture->search = marker_search_new (fixture->seed);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  counts_add ("markers searched", marker_search_get_n (fixture->search));
  counts_add ("bytes searched for markers", (gint64) marker_search_get_bytes (fixture->search));
  g_clear_object (&fixture->told);
  g_clear_object (&fixture->process);
  marker_search_free (fixture->search);
  remove_tree (fixture->root);
  g_free (fixture->store);
  free (fixture->root);
}

static void
start (Fixture *fixture)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
    G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autofree char *seed = g_strdup_printf ("%" G_GUINT64_FORMAT, fixture->seed);
  g_autofree char *work = g_build_filename (fixture->root, "work", NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *path = g_build_filename (fixture->root, places[i][1], NULL);

      g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
      g_subprocess_launcher_setenv (launcher, places[i][0], path, TRUE);
    }
  g_subprocess_launcher_set_cwd (launcher, work);
  fixture->process = g_subprocess_launcher_spawn (launcher, &error, program, "--work", fixture->store, seed,
                                                  NULL);
  g_assert_no_error (error);
  fixture->told = g_data_input_stream_new (g_subprocess_get_stdout_pipe (fixture->process));
}

/* Files of the store are what it may have open, and nothing that has no name any more. */
static void
check_open_files (Fixture *fixture)
{
  g_autofree char *path = g_strdup_printf ("/proc/%s/fd", g_subprocess_get_identifier (fixture->process));
  g_autoptr (GDir) entries = g_dir_open (path, 0, NULL);
  const char *name;
  guint n_files = 0;

  g_assert_nonnull (entries);
  while ((name = g_dir_read_name (entries)) != NULL)
    {
      g_autofree char *link = g_build_filename (path, name, NULL);
      g_autofree char *target = g_file_read_link (link, NULL);

      /* Where its complaints go is not its own. */
      if (g_str_equal (name, "2") || target == NULL || target[0] != '/' || g_str_has_prefix (target, "/dev/"))
        continue;
      n_files++;
      if (!g_str_has_prefix (target, fixture->store) || g_str_has_suffix (target, " (deleted)"))
        g_error ("“%s” is open", target);
    }
  /* The lock, the database, its log and its epoch. */
  g_assert_cmpuint (n_files, >=, 4);
}

static void
assert_nothing (Fixture    *fixture,
                const char *stage)
{
  guint64 before = marker_search_get_bytes (fixture->search);
  guint n_found = marker_search_tree (fixture->search, fixture->root);

  g_test_message ("%s: %u markers, %" G_GUINT64_FORMAT " bytes", stage, marker_search_get_n (fixture->search),
                  marker_search_get_bytes (fixture->search) - before);
  g_assert_cmpuint (n_found, ==, 0);
  fixture->n_looks++;
}

/* Nothing is written outside of the store. */
static void
check_places (Fixture *fixture)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *path = g_build_filename (fixture->root, places[i][1], NULL);
      g_autoptr (GDir) entries = g_dir_open (path, 0, NULL);

      g_assert_nonnull (entries);
      g_assert_null (g_dir_read_name (entries));
    }
}

/* The searcher is shown what it must find: each form of a marker, whole and in part. */
static void
check_searcher (Fixture *fixture)
{
  static const char name[] = "household.name";
  g_autofree char *text = marker_make_text (fixture->seed, name);
  g_autofree char *path = g_build_filename (fixture->root, "work", "planted", NULL);
  g_autoptr (GString) upper = g_string_new (NULL);
  g_autofree char *base64 = g_base64_encode ((const guchar *) text, strlen (text));
  g_autofree gunichar2 *wide = g_utf8_to_utf16 (text, -1, NULL, NULL, NULL);
  guint8 bytes[16];
  struct
  {
    gconstpointer bytes;
    gsize length;
  } planted[] = {
    { text, strlen (text) },    { text, 8 },      { text + 18, 8 },   { wide, 2 * strlen (text) },
    { upper->str, 0 },          { base64, strlen (base64) },          { base64 + 5, 8 },
    { bytes, sizeof bytes },    { bytes + 8, 8 },
  };

  marker_make_bytes (fixture->seed, name, bytes);
  for (const char *c = text; *c != '\0'; c++)
    g_string_append_printf (upper, "%02X", (guint8) *c);
  planted[4].bytes = upper->str;
  planted[4].length = upper->len;
  for (guint i = 0; i < G_N_ELEMENTS (planted); i++)
    {
      g_autofree char *content = g_malloc0 (5000);

      memcpy (content + 3333, planted[i].bytes, planted[i].length);
      g_assert_true (g_file_set_contents (path, content, 5000, NULL));
      g_assert_cmpuint (marker_search_tree (fixture->search, fixture->root), >, 0);
    }
  g_assert_cmpint (g_unlink (path), ==, 0);
}

static void
look (Fixture    *fixture,
      const char *stage)
{
  check_open_files (fixture);
  assert_nothing (fixture, stage);
  check_places (fixture);
}

static void
go_on (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_output_stream_write_all (g_subprocess_get_stdin_pipe (fixture->process), "\n", 1, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* Returns when it waits in the middle of its last transaction. */
static void
listen (Fixture *fixture)
{
  while (TRUE)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *line = g_data_input_stream_read_line (fixture->told, NULL, NULL, &error);

      g_assert_no_error (error);
      if (line == NULL)
        g_error ("the process with the store is gone");
      if (g_str_has_prefix (line, "marker "))
        marker_search_add (fixture->search, line + strlen ("marker "));
      else if (g_str_has_prefix (line, "look "))
        {
          look (fixture, line + strlen ("look "));
          if (g_str_equal (line, "look in the middle of a transaction"))
            return;
          go_on (fixture);
        }
      else
        g_test_message ("%s", line);
    }
}

static gint64
count (GezStore   *store,
       const char *sql)
{
  g_autoptr (GezQuery) query = gez_record_query (sql, GEZ_END);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = gez_store_run (store, query, &error);

  g_assert_no_error (error);
  return gez_record_get_integer (rows->pdata[0], "count");
}

/* After the crash everything is there, and still nothing can be read. */
static void
recover (Fixture *fixture)
{
  g_autoptr (GezClock) clock = gez_clock_new_fixed (NOW, 7);
  g_autofree char *name = marker_make_text (fixture->seed, "household.name");
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) AS count FROM household WHERE name = '%s'", name);
  g_autoptr (GError) error = NULL;
  g_autoptr (GezVault) vault = gez_vault_unlock (fixture->store, PASSPHRASE, &error);
  g_autoptr (GezStore) store = NULL;

  g_assert_no_error (error);
  store = gez_store_open (vault, clock, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count (store, sql), ==, 1);
  g_assert_cmpint (count (store, "SELECT count(*) AS count FROM change_log"), >, 60);
  assert_nothing (fixture, "after recovery");
  g_assert_true (gez_store_close (store, &error));
  assert_nothing (fixture, "locked");
}

static void
test_canary (Fixture      *fixture,
             gconstpointer data)
{
  start (fixture);
  listen (fixture);
  g_subprocess_force_exit (fixture->process);
  g_subprocess_wait (fixture->process, NULL, NULL);
  g_assert_true (g_subprocess_get_if_signaled (fixture->process));
  assert_nothing (fixture, "killed");
  recover (fixture);
  check_searcher (fixture);
  g_assert_cmpuint (fixture->n_looks, >=, 11);
  g_assert_cmpuint (marker_search_get_n (fixture->search), >, 300);
}

int
main (int argc, char **argv)
{
  if (argc == 4 && g_str_equal (argv[1], "--work"))
    return canary_work (argv[2], g_ascii_strtoull (argv[3], NULL, 10));
  g_test_init (&argc, &argv, NULL);
  program = g_file_read_link ("/proc/self/exe", NULL);
  g_assert_nonnull (program);
  g_test_add ("/store/canary", Fixture, NULL, set_up, test_canary, tear_down);
  return g_test_run ();
}
