/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "common/gez-stall.h"

#define THRESHOLD 20000
#define BURNT 80000

typedef struct
{
  gint64 wall;
  gint64 processor;
  char *culprit;
} Longest;

gboolean burn_time (gpointer loop);

/* Exported, so that it can be found by name. */
gboolean
burn_time (gpointer loop)
{
  gint64 end = g_get_monotonic_time () + BURNT;

  while (g_get_monotonic_time () < end)
    continue;
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

static void
stalled_cb (gint64      wall,
            gint64      processor,
            const char *culprit,
            gpointer    data)
{
  Longest *longest = data;

  if (wall <= longest->wall)
    return;
  longest->wall = wall;
  longest->processor = processor;
  g_free (longest->culprit);
  longest->culprit = g_strdup (culprit);
}

static void
test_names_culprit (void)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Longest longest = { 0 };

  gez_stall_watch (THRESHOLD, stalled_cb, &longest);
  g_timeout_add (1, burn_time, loop);
  g_main_loop_run (loop);
  while (longest.wall == 0)
    g_main_context_iteration (NULL, FALSE);

  g_assert_cmpint (longest.wall, >=, BURNT);
  g_assert_cmpint (longest.processor, >, 0);
  g_assert_cmpint (longest.processor, <=, longest.wall + 1000);
  g_assert_nonnull (strstr (longest.culprit, "burn_time"));
  g_free (longest.culprit);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stall/names-the-culprit", test_names_culprit);
  return g_test_run ();
}
