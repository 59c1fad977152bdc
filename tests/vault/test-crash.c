/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "counts.h"
#include "vault-fixture.h"

/*
 * A process that commits one number after the other, and says so through a pipe, is killed at a
 * random moment. GEZINSPLAN_KILLS asks for more.
 */

static void
commit_for_ever (const char *directory,
                 int         pipe_end,
                 gint64      number)
{
  g_autoptr (GezVault) vault = fixture_unlock (directory);
  sqlite3 *database = fixture_open (vault);

  fixture_execute (database, "PRAGMA wal_autocheckpoint = 20; PRAGMA cache_size = 10");
  for (;; number++)
    {
      g_autofree char *sql = g_strdup_printf (
        "BEGIN; INSERT INTO item VALUES (%" G_GINT64_FORMAT ", 'kept');"
        "UPDATE item SET body = hex (randomblob (200)) WHERE id <= %" G_GINT64_FORMAT "; COMMIT",
        number, number % 9 == 0 ? (gint64) 50 : (gint64) 1);

      fixture_execute (database, sql);
      if (write (pipe_end, &number, sizeof number) != sizeof number)
        _exit (1);
    }
}

/* Returns the last number that was acknowledged before the kill. */
static gint64
kill_once (const char *directory,
           GRand      *random,
           gint64      first)
{
  gint64 number, last = first - 1;
  gint n_before = g_rand_int_range (random, 1, 60);
  int ends[2], status;
  pid_t child;

  g_assert_cmpint (pipe (ends), ==, 0);
  child = fork ();
  if (child == 0)
    {
      close (ends[0]);
      commit_for_ever (directory, ends[1], first);
    }
  close (ends[1]);
  while (n_before-- > 0 && read (ends[0], &number, sizeof number) == sizeof number)
    last = number;
  g_usleep ((gulong) g_rand_int_range (random, 0, 3000));
  kill (child, SIGKILL);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL);
  while (read (ends[0], &number, sizeof number) == sizeof number)
    last = number;
  close (ends[0]);
  g_assert_cmpint (last, >=, first);
  return last;
}

static void
test_killed (void)
{
  const char *asked = g_getenv ("GEZINSPLAN_KILLS");
  guint n_kills = asked ? (guint) strtoul (asked, NULL, 10) : 40;
  g_autofree char *directory = fixture_make_directory ();
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  gint64 first = 101, n_acknowledged = 0;

  fixture_make_store (directory, 100);
  for (guint i = 0; i < n_kills; i++)
    {
      gint64 last = kill_once (directory, random, first), highest;
      g_autofree char *sql = g_strdup_printf (
        "SELECT count (*) FROM item WHERE id <= %" G_GINT64_FORMAT, last);
      g_autoptr (GezVault) vault = fixture_unlock (directory);
      sqlite3 *database = fixture_open (vault);

      g_assert_true (fixture_is_sound (database));
      g_assert_cmpint (fixture_integer (database, sql), ==, last);
      highest = fixture_integer (database, "SELECT max (id) FROM item");
      g_assert_cmpint (highest, <=, last + 1);
      n_acknowledged += last - first + 1;
      first = highest + 1;
      fixture_close (vault, database);
    }
  g_assert_cmpint (n_acknowledged, >=, n_kills);
  counts_add ("kills in the middle of commits", n_kills);
  counts_add ("commits acknowledged before a kill, all there", n_acknowledged);
  fixture_remove_directory (directory);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vault/crash/killed", test_killed);
  return g_test_run ();
}
