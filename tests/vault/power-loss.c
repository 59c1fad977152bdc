/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "power-loss.h"

#include "power-vfs.h"
#include "vault-fixture.h"
#include "vault/gez-vault-private.h"

/*
 * One person works: each transaction writes an entry with the next number and some lines that belong
 * to it, moves an amount between two accounts, and now and then rewrites many rows, so that the
 * small cache spills into the log. A number counts as acknowledged when COMMIT returned. At a random
 * write the power goes; sometimes once more while the log is brought into the database again.
 */

#define N_ACCOUNTS 20
#define TOTAL (N_ACCOUNTS * 1000)
#define RECOVERIES_PER_DISK 25

typedef struct
{
  PowerLosses *losses;
  GRand *random;
  char *directory;
  GezVault *vault;
  PowerVfs *disk;
  sqlite3 *database;
  gint64 acknowledged;
} World;

static gboolean
run_sql (World      *world,
         const char *format,
         ...) G_GNUC_PRINTF (2, 3);

static gboolean
run_sql (World      *world,
         const char *format,
         ...)
{
  g_autofree char *sql = NULL;
  va_list arguments;

  va_start (arguments, format);
  sql = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return sqlite3_exec (world->database, sql, NULL, NULL, NULL) == SQLITE_OK;
}

static gint
between (World *world,
         gint   least,
         gint   most)
{
  return g_rand_int_range (world->random, least, most + 1);
}

static void
set_pace (World *world)
{
  run_sql (world, "PRAGMA cache_size = %d", between (world, 4, 40));
  run_sql (world, "PRAGMA wal_autocheckpoint = %d", between (world, 4, 80));
}

static void
start_world (World *world)
{
  g_autoptr (GError) error = NULL;

  world->directory = fixture_make_directory ();
  world->vault = fixture_create (world->directory);
  world->disk = power_vfs_new (g_rand_int (world->random));
  gez_vault_set_base_vfs (world->vault, power_vfs_get_name (world->disk), &error);
  g_assert_no_error (error);
  world->database = fixture_open (world->vault);
  world->acknowledged = 0;
  fixture_execute (world->database,
                   "CREATE TABLE entry (number INTEGER PRIMARY KEY, body TEXT NOT NULL, "
                   "n_lines INTEGER NOT NULL);"
                   "CREATE TABLE line (id INTEGER PRIMARY KEY, "
                   "entry INTEGER NOT NULL REFERENCES entry (number));"
                   "CREATE INDEX line_entry ON line (entry);"
                   "CREATE TABLE account (id INTEGER PRIMARY KEY, amount INTEGER NOT NULL);"
                   "CREATE TABLE filler (id INTEGER PRIMARY KEY, body BLOB, key INTEGER);"
                   "CREATE INDEX filler_key ON filler (key);"
                   "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20)"
                   "INSERT INTO account SELECT i, 1000 FROM n;"
                   "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)"
                   "INSERT INTO filler SELECT i, randomblob (400), random () FROM n");
  gez_vault_set_has_database (world->vault, &error);
  g_assert_no_error (error);
  set_pace (world);
}

static void
end_world (World *world)
{
  if (world->database != NULL)
    sqlite3_close (world->database);
  world->database = NULL;
  world->losses->n_refused += gez_vault_get_n_refusals (world->vault);
  g_clear_object (&world->vault);
  g_clear_pointer (&world->disk, power_vfs_free);
  fixture_remove_directory (world->directory);
  g_clear_pointer (&world->directory, g_free);
}

/* One transaction; an error in it can only come from the crash. */
static void
work (World *world)
{
  gint64 number = world->acknowledged + 1;
  gint amount = between (world, 1, 50), from = between (world, 1, N_ACCOUNTS);
  gint n_lines = between (world, 0, 3);
  gboolean gives_up = between (world, 1, 12) == 1;

  run_sql (world, "BEGIN");
  run_sql (world, "INSERT INTO entry VALUES (%" G_GINT64_FORMAT ", "
           "printf ('%%0*d', %d, %" G_GINT64_FORMAT "), %d)",
           number, between (world, 8, 900), number, n_lines);
  for (gint i = 0; i < n_lines; i++)
    run_sql (world, "INSERT INTO line (entry) VALUES (%" G_GINT64_FORMAT ")", number);
  run_sql (world, "UPDATE account SET amount = amount - %d WHERE id = %d", amount, from);
  run_sql (world, "UPDATE account SET amount = amount + %d WHERE id = %d", amount,
           from % N_ACCOUNTS + 1);
  if (between (world, 1, 4) == 1)
    run_sql (world, "UPDATE filler SET body = randomblob (%d), key = random () WHERE id %% %d = 0",
             between (world, 10, 6000), between (world, 1, 9));
  /* Pages that have spilled already are written again. */
  if (between (world, 1, 4) == 1)
    run_sql (world, "SAVEPOINT s; UPDATE filler SET key = key + 1; %s; RELEASE s",
             between (world, 0, 1) ? "ROLLBACK TO s" : "UPDATE filler SET key = key + 1");
  if (gives_up)
    run_sql (world, "ROLLBACK");
  else if (run_sql (world, "COMMIT"))
    world->acknowledged = number;
}

static void
checkpoint (World *world)
{
  static const char *const ways[] = { "PASSIVE", "FULL", "RESTART", "TRUNCATE" };

  run_sql (world, "PRAGMA wal_checkpoint (%s)", ways[between (world, 0, 3)]);
}

static void
work_until_crash (World *world)
{
  power_vfs_crash_after (world->disk, between (world, 0, 300));
  while (!power_vfs_has_crashed (world->disk))
    {
      work (world);
      if (between (world, 1, 15) == 1)
        checkpoint (world);
      if (between (world, 1, 60) == 1)
        run_sql (world, "VACUUM");
      if (between (world, 1, 80) == 1 && !power_vfs_has_crashed (world->disk))
        {
          gez_vault_close_database (world->vault, world->database, NULL);
          world->database = gez_vault_open_database (world->vault, NULL);
          if (world->database == NULL)
            break; /* the crash came on the way */
          set_pace (world);
        }
    }
  if (world->database != NULL)
    sqlite3_close (world->database);
  world->database = NULL;
  power_vfs_lose_power (world->disk);
}

static gboolean
is_whole (World *world)
{
  g_autofree char *sql = g_strdup_printf (
    "SELECT count (*) FROM entry WHERE number <= %" G_GINT64_FORMAT
    " AND CAST (body AS INTEGER) = number",
    world->acknowledged);

  return fixture_integer (world->database, sql) == world->acknowledged
         && fixture_integer (world->database, "SELECT max (number) FROM entry")
              <= world->acknowledged + 1
         && fixture_integer (world->database,
                             "SELECT count (*) FROM entry WHERE n_lines <> "
                             "(SELECT count (*) FROM line WHERE entry = number)")
              == 0
         && fixture_integer (world->database, "SELECT sum (amount) FROM account") == TOTAL
         && fixture_integer (world->database, "SELECT count (*) FROM filler") == 200;
}

/* The power goes while the database is opened and the log brought into it. */
static void
crash_in_recovery (World *world)
{
  power_vfs_crash_after (world->disk, between (world, 0, 40));
  world->database = gez_vault_open_database (world->vault, NULL);
  if (world->database != NULL)
    {
      checkpoint (world);
      sqlite3_close (world->database);
    }
  world->database = NULL;
  power_vfs_lose_power (world->disk);
  world->losses->n_again++;
}

/* Opens the database again, sometimes with the power going once more on the way, or twice. */
static void
recover (World *world)
{
  PowerLosses *losses = world->losses;

  while (between (world, 1, 4) == 1)
    crash_in_recovery (world);
  losses->n_recoveries++;
  world->database = gez_vault_open_database (world->vault, NULL);
  if (world->database == NULL)
    losses->n_shut++;
  else if (!fixture_is_sound (world->database))
    losses->n_unsound++;
  else if (!is_whole (world))
    losses->n_lost++;
  else
    {
      /* A commit that was cut short may stand, whole. */
      world->acknowledged = fixture_integer (world->database, "SELECT max (number) FROM entry");
      world->acknowledged = MAX (world->acknowledged, 0);
      set_pace (world);
    }
}

/* Every recovery that failed in some way. */
guint
power_losses_count (const PowerLosses *losses)
{
  return losses->n_lost + losses->n_shut + losses->n_unsound;
}

/* Lets the power go @n_recoveries times, or until the first failure. */
PowerLosses
power_losses_run (guint32 seed,
                  guint   n_recoveries)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  PowerLosses losses = { 0 };

  while (losses.n_recoveries < n_recoveries && power_losses_count (&losses) == 0)
    {
      World world = { .losses = &losses, .random = random };

      start_world (&world);
      for (guint i = 0; i < RECOVERIES_PER_DISK && losses.n_recoveries < n_recoveries
                        && power_losses_count (&losses) == 0; i++)
        {
          work_until_crash (&world);
          recover (&world);
        }
      end_world (&world);
    }
  return losses;
}
