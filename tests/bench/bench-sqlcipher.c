/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include "workloads.h"

/* SQLCipher as the distribution has it, against its own run without a key. A process of its
 * own: its symbols are those of SQLite. The key is given raw, so that no key derivation is in
 * the figures. */

static sqlite3 *
open_side (const char *directory,
           const char *side,
           gboolean    with_key)
{
  g_autofree char *path = g_build_filename (directory, side, NULL);
  sqlite3 *database = NULL;

  workload_check (database, sqlite3_open (path, &database) == SQLITE_OK, "opening");
  if (with_key)
    workload_run_sql (database,
                      "PRAGMA key = \"x'2DD29CA851E7B56E4697B0E1F0850729"
                      "3D761A05CE4D1B628663F411A8086D99'\";"
                      "PRAGMA cipher_page_size = 4096;");
  workload_run_sql (database, workload_pragmas);
  return database;
}

static void
measure (const char *name,
         Workload    workload,
         sqlite3    *plain,
         sqlite3    *keyed,
         int         run)
{
  /* Who goes first changes from run to run. */
  if (run % 2)
    workload_report (name, "sqlcipher", run, workload (keyed));
  workload_report (name, "sqlcipher-plain", run, workload (plain));
  if (run % 2 == 0)
    workload_report (name, "sqlcipher", run, workload (keyed));
}

int
main (int    argc,
      char **argv)
{
  int runs = argc > 1 ? atoi (argv[1]) : 5;
  const char *parent = argc > 2 ? argv[2] : g_get_tmp_dir ();

  for (int run = 0; run < runs; run++)
    {
      g_autofree char *directory = g_build_filename (parent, "sqlcipher-XXXXXX", NULL);
      sqlite3 *plain, *keyed;

      if (g_mkdtemp (directory) == NULL)
        return 1;
      plain = open_side (directory, "plain", FALSE);
      keyed = open_side (directory, "keyed", TRUE);
      measure ("insert", workload_insert, plain, keyed, run);
      measure ("read", workload_read, plain, keyed, run);
      measure ("scan", workload_scan, plain, keyed, run);
      measure ("commit", workload_commit, plain, keyed, run);
      sqlite3_close (plain);
      sqlite3_close (keyed);
    }
  return 0;
}
