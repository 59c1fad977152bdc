/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "counts.h"
#include "steps.h"

#include <signal.h>
#include <stdio.h>
#include <unistd.h>

/* Thousands of bad years. GEZINSPLAN_SEED: the first seed, GEZINSPLAN_HISTORIES: how many;
 * GEZINSPLAN_STEPS: stop after so many steps, GEZINSPLAN_KEEP: where to put the databases of a history that
 * fails. */

static guint32 seed_now;
static guint steps_now;

typedef struct
{
  guint64 n_rounds;
  guint64 n_compared;
  guint64 n_faults;
  guint64 n_writes;
  guint64 n_forked;
} Totals;

/* Where it was, when something below fails an assertion of its own. */
static void
tell_seed (int signal_number)
{
  char line[96];
  int length = snprintf (line, sizeof line, "# in history %u, at most %u steps\n", seed_now, steps_now);

  if (write (STDERR_FILENO, line, (size_t)length) < 0)
    _exit (1);
  signal (signal_number, SIG_DFL);
  raise (signal_number);
}

static void
keep (SimWorld *world)
{
  const char *directory = g_getenv ("GEZINSPLAN_KEEP");

  for (guint i = 0; directory && i < world->devices->len; i++)
    {
      SimDevice *device = g_ptr_array_index (world->devices, i);
      g_autoptr (GBytes) image = memory_database_get_image (device->memory);
      g_autofree char *path = g_strdup_printf ("%s/device-%u.db", directory, i);

      g_assert_true (
          g_file_set_contents (path, g_bytes_get_data (image, NULL), (gssize)g_bytes_get_size (image), NULL));
    }
}

/* Returns what went wrong, or NULL. */
static char *
run_history (guint32 seed, guint n_steps, char **story, Totals *totals)
{
  SimWorld *world = sim_world_new (seed);
  char *failure;

  seed_now = seed;
  steps_now = n_steps;
  if (sim_draw (world, 4))
    hostile_folder_set_faults (world->folder, (HostileFaults)sim_draw (world, HOSTILE_ALL + 1));
  if (sim_found_team (world))
    {
      gboolean goes_on = TRUE;

      for (guint i = 0; goes_on && i < n_steps; i++)
        goes_on = sim_step (world);
      if (goes_on && sim_calm (world))
        sim_check (world);
    }
  failure = g_steal_pointer (&world->failure);
  if (failure != NULL)
    keep (world);
  if (totals != NULL)
    {
      totals->n_rounds += world->n_rounds;
      totals->n_compared += world->n_compared;
      totals->n_faults += hostile_folder_get_n_faults (world->folder);
      totals->n_writes += world->acks->len;
      totals->n_forked += world->is_forked;
    }
  if (story != NULL)
    *story = g_strdup (world->story->str);
  sim_world_free (world);
  return failure;
}

static guint
length_of (guint32 seed)
{
  return 20 + seed * 2654435761u % 41;
}

/* The shortest beginning of a history that fails, told in words. */
static void
shrink (guint32 seed, guint n_steps)
{
  g_autofree char *story = NULL;
  g_autofree char *failure = NULL;

  for (guint n = 1; n <= n_steps && failure == NULL; n++)
    {
      g_clear_pointer (&story, g_free);
      failure = run_history (seed, n, &story, NULL);
    }
  g_printerr ("# history %u, %u steps:\n%s# %s\n", seed, steps_now, story, failure);
}

static guint64
number_from (const char *name, guint64 otherwise)
{
  const char *text = g_getenv (name);

  return text ? g_ascii_strtoull (text, NULL, 10) : otherwise;
}

static void
test_histories (void)
{
  guint32 first = (guint32)number_from ("GEZINSPLAN_SEED", 1);
  guint n_histories = (guint)number_from ("GEZINSPLAN_HISTORIES", 20);
  Totals totals = { 0 };

  for (guint32 seed = first; seed < first + n_histories; seed++)
    {
      guint n_steps = (guint)number_from ("GEZINSPLAN_STEPS", length_of (seed));
      g_autofree char *failure = run_history (seed, n_steps, NULL, &totals);

      if (failure != NULL)
        shrink (seed, n_steps);
      g_assert_true (failure == NULL);
    }
  /* A simulator in which nothing happens finds nothing. */
  g_assert_cmpuint (totals.n_compared, >, n_histories);
  counts_add ("simulated team histories", n_histories);
  counts_add ("of these, with two machines that went on as one device", (gint64)totals.n_forked);
  counts_add ("rounds of devices in histories", (gint64)totals.n_rounds);
  counts_add ("faults of simulated folders", (gint64)totals.n_faults);
  counts_add ("writes in histories, followed to every reader", (gint64)totals.n_writes);
  counts_add ("rows of histories compared between devices", (gint64)totals.n_compared);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  signal (SIGABRT, tell_seed);
  signal (SIGTRAP, tell_seed);
  signal (SIGSEGV, tell_seed);
  g_test_add_func ("/simulator/histories", test_histories);
  return g_test_run ();
}
