/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "power-loss.h"

#include "ledger.h"
#include "power-vfs.h"
#include "vault-fixture.h"
#include "vault/gez-vault-private.h"

/*
 * One person works (ledger.h), with a small cache that spills into the log. At a random write the
 * power goes; sometimes once more while the log is brought into the database again.
 */

#define RECOVERIES_PER_DISK 25
#define N_FILLERS 200

typedef struct
{
  PowerLosses *losses;
  Ledger ledger;
  char *directory;
  GezVault *vault;
  PowerVfs *disk;
  sqlite3 *database;
} World;

static gint
between (World *world,
         gint   least,
         gint   most)
{
  return ledger_between (&world->ledger, least, most);
}

static void
start_world (World *world)
{
  g_autoptr (GError) error = NULL;

  world->directory = fixture_make_directory ();
  world->vault = fixture_create (world->directory);
  world->disk = power_vfs_new (g_rand_int (world->ledger.random));
  gez_vault_set_base_vfs (world->vault, power_vfs_get_name (world->disk), &error);
  g_assert_no_error (error);
  world->database = fixture_open (world->vault);
  ledger_make (world->database, N_FILLERS);
  gez_vault_set_has_database (world->vault, &error);
  g_assert_no_error (error);
  ledger_set_pace (&world->ledger, world->database);
}

static void
close_at_once (World *world)
{
  if (world->database != NULL)
    sqlite3_close (world->database);
  world->database = NULL;
}

static void
end_world (World *world)
{
  close_at_once (world);
  world->losses->n_refused += gez_vault_get_n_refusals (world->vault);
  g_clear_object (&world->vault);
  g_clear_pointer (&world->disk, power_vfs_free);
  fixture_remove_directory (world->directory);
  g_clear_pointer (&world->directory, g_free);
}

/* In the evening the program is closed, and opened in the morning. */
static gboolean
sleep_over_it (World *world)
{
  gez_vault_close_database (world->vault, world->database, NULL);
  world->database = gez_vault_open_database (world->vault, NULL);
  if (world->database == NULL)
    return FALSE; /* the power went on the way */
  ledger_set_pace (&world->ledger, world->database);
  return TRUE;
}

/* Whatever fails in here can only come from the crash. */
static void
work_until_crash (World *world)
{
  power_vfs_crash_after (world->disk, between (world, 0, 300));
  while (!power_vfs_has_crashed (world->disk))
    {
      ledger_work (&world->ledger, world->database);
      if (between (world, 1, 15) == 1)
        ledger_checkpoint (&world->ledger, world->database);
      if (between (world, 1, 60) == 1)
        ledger_run (&world->ledger, world->database, "VACUUM");
      if (between (world, 1, 80) == 1 && !power_vfs_has_crashed (world->disk)
          && !sleep_over_it (world))
        break;
    }
  close_at_once (world);
  power_vfs_lose_power (world->disk);
}

/* The power goes while the database is opened and the log brought into it. */
static void
crash_in_recovery (World *world)
{
  power_vfs_crash_after (world->disk, between (world, 0, 40));
  world->database = gez_vault_open_database (world->vault, NULL);
  if (world->database != NULL)
    ledger_checkpoint (&world->ledger, world->database);
  close_at_once (world);
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
  else if (!ledger_is_whole (&world->ledger, world->database))
    losses->n_lost++;
  else
    {
      ledger_catch_up (&world->ledger, world->database);
      ledger_set_pace (&world->ledger, world->database);
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
      World world = { .losses = &losses, .ledger = { .random = random } };

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
