/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <json-glib/json-glib.h>
#include <stdlib.h>

#include "counts.h"
#include "remove-tree.h"

/*
 * The real gezinsplanctl imports one document after the other, and is killed at a random moment of
 * it. Whatever was ever seen in the store stays; a document whose import ended well is there, whole; one
 * that was to come all or nothing came all or nothing; verify finds nothing amiss each time.
 * GEZINSPLAN_KILLS asks for more.
 */

#define PASSPHRASE "paarse fietsen dromen zacht"
#define N_HOUSEHOLDS 150

typedef struct
{
  char *directory;
  GRand *random;
  gint64 import_usec; /* how long one takes that is left alone */
  gint64 n_kept;
  guint n_killed;
  guint n_acknowledged;
} World;

static const char *program;

/* Starts the program in the directory of the test. */
static GSubprocess *
start (World             *world,
       const char *const *words)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  g_ptr_array_add (all, (gpointer) program);
  for (guint i = 0; words[i]; i++)
    g_ptr_array_add (all, (gpointer) words[i]);
  for (const char *const *common = (const char *const[]) { "--store", "store", "--passphrase-file",
                                                           "passphrase", "--json", NULL };
       *common; common++)
    g_ptr_array_add (all, (gpointer) *common);
  g_ptr_array_add (all, NULL);
  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_subprocess_launcher_set_cwd (launcher, world->directory);
  g_subprocess_launcher_setenv (launcher, "LC_ALL", "C.UTF-8", TRUE);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) all->pdata, &error);
  g_assert_no_error (error);
  return process;
}

/* Runs the program to its end, which must be a good one; returns its answer. */
static JsonObject *
run (World             *world,
     const char *const *words)
{
  g_autoptr (GSubprocess) process = start (world, words);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *output = NULL;

  g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  if (!g_subprocess_get_successful (process))
    g_error ("%s: %s", words[0], output);
  node = json_from_string (output, &error);
  g_assert_no_error (error);
  return json_node_dup_object (node);
}

static void
write_text (World      *world,
            const char *name,
            const char *text)
{
  g_autofree char *path = g_build_filename (world->directory, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static void
write_document (World *world,
                guint  number)
{
  g_autoptr (GString) text = g_string_new ("{\"format\":\"gezinsplan/1\",\"household\":[");

  for (guint i = 0; i < N_HOUSEHOLDS; i++)
    {
      g_autofree char *id = g_strdup_printf ("019aa52c-%04x-7000-8000-%012x", number, i);

      g_string_append_printf (text,
                              "%s{\"id\":\"%s\",\"circle\":\"open\",\"circle_subject_id\":\"%s\","
                              "\"name\":\"Gezin Verzonnen %u-%u\"}",
                              i > 0 ? "," : "", id, id, number, i);
    }
  g_string_append (text, "]}");
  write_text (world, "document.json", text->str);
}

static gint64
count_households (World *world)
{
  g_autoptr (JsonObject) status = run (world, (const char *const[]) { "status", NULL });

  return json_object_get_int_member (status, "households");
}

static void
import_undisturbed (World *world)
{
  gint64 before = g_get_monotonic_time ();
  g_autoptr (JsonObject) imported = NULL;

  imported = run (world, (const char *const[]) { "import", "document.json", NULL });
  g_assert_cmpint (json_array_get_length (json_object_get_array_member (imported, "failed")), ==, 0);
  world->import_usec = g_get_monotonic_time () - before;
}

/* Returns whether the program had said before that all is well. */
static gboolean
import_and_kill (World   *world,
                 gboolean all_or_nothing)
{
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  gint64 wait = g_rand_int_range (world->random, 0, (gint32) world->import_usec);

  process = start (world, (const char *const[]) { "import", "document.json",
                                                  all_or_nothing ? "--all-or-nothing" : NULL, NULL });
  g_usleep ((gulong) wait);
  g_subprocess_force_exit (process);
  g_subprocess_wait (process, NULL, &error);
  g_assert_no_error (error);
  if (!g_subprocess_get_if_signaled (process))
    g_assert_true (g_subprocess_get_successful (process));
  return !g_subprocess_get_if_signaled (process);
}

static void
disturb (World *world,
         guint  number)
{
  gboolean all_or_nothing = number % 2 == 1;
  gboolean is_acknowledged;
  g_autoptr (JsonObject) verified = NULL;
  gint64 n_new;

  write_document (world, number);
  is_acknowledged = import_and_kill (world, all_or_nothing);
  verified = run (world, (const char *const[]) { "verify", NULL });
  g_assert_true (json_object_get_boolean_member (verified, "ok"));
  n_new = count_households (world) - world->n_kept;
  g_assert_cmpint (n_new, >=, 0);
  g_assert_cmpint (n_new, <=, N_HOUSEHOLDS);
  if (is_acknowledged || (all_or_nothing && n_new > 0))
    g_assert_cmpint (n_new, ==, N_HOUSEHOLDS);
  world->n_kept += n_new;
  world->n_acknowledged += is_acknowledged;
  world->n_killed += !is_acknowledged;
}

static guint
count_kills (void)
{
  const char *asked = g_getenv ("GEZINSPLAN_KILLS");

  return asked ? (guint) strtoul (asked, NULL, 10) : 20;
}

static void
test_killed (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (9);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) made = NULL;
  World world = { .random = random };
  guint number = 0;

  world.directory = g_dir_make_tmp ("gezinsplan-test-XXXXXX", &error);
  g_assert_no_error (error);
  write_text (&world, "passphrase", PASSPHRASE "\n");
  made = run (&world, (const char *const[]) { "init", "--team", "Testteam", "--name", "Testa Verzonnen",
                                              "--role", "casemanager", "--kdf-memory", "8", NULL });
  write_document (&world, number++);
  import_undisturbed (&world);
  world.n_kept = count_households (&world);
  g_assert_cmpint (world.n_kept, ==, N_HOUSEHOLDS);
  while (world.n_killed < count_kills ())
    disturb (&world, number++);
  g_test_message ("%u imports ended well before they were killed", world.n_acknowledged);
  counts_add ("kills of gezinsplanctl while it imports", world.n_killed);
  remove_tree (world.directory);
  g_free (world.directory);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  program = argv[1];
  g_test_add_func ("/ctl/killed", test_killed);
  return g_test_run ();
}
