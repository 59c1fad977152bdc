/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault-script.h"

#include "vault-fixture.h"
#include "vault/gez-vault-private.h"

#define N_FILLERS 40
#define N_COMMITS_BEFORE 5

static void
error_free_cb (gpointer data)
{
  g_error_free (data);
}

/* A store whose log holds commits that are not in the database yet. */
FaultScript *
fault_script_new (guint32 seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  g_autoptr (GError) error = NULL;
  FaultScript *self = g_new0 (FaultScript, 1);
  Ledger ledger = { .random = random };
  sqlite3 *database;

  self->directory = fixture_make_directory ();
  self->vault = fixture_create (self->directory);
  self->disk = power_vfs_new (seed);
  self->morning = power_vfs_new (seed);
  self->failures = g_array_new (FALSE, FALSE, sizeof (int));
  self->errors = g_ptr_array_new_with_free_func (error_free_cb);
  gez_vault_set_base_vfs (self->vault, power_vfs_get_name (self->disk), &error);
  g_assert_no_error (error);
  database = fixture_open (self->vault);
  ledger_make (database, N_FILLERS);
  ledger_checkpoint (&ledger, database);
  fixture_execute (database, "PRAGMA wal_autocheckpoint = 0");
  for (int i = 0; i < N_COMMITS_BEFORE; i++)
    ledger_work (&ledger, database);
  self->before = ledger.acknowledged;
  g_assert_cmpint (self->before, >, 0);
  gez_vault_set_has_database (self->vault, &error);
  g_assert_no_error (error);
  power_vfs_copy_files (self->morning, self->disk);
  sqlite3_close (database);
  return self;
}

static void
keep_error (FaultScript *self,
            GError      *error)
{
  if (error != NULL)
    g_ptr_array_add (self->errors, error);
}

static void
work (FaultScript *self,
      Ledger      *ledger,
      sqlite3     *database,
      guint        n_commits)
{
  ledger_set_pace (ledger, database);
  for (guint i = 0; i < n_commits; i++)
    {
      ledger_work (ledger, database);
      if (i % 2 == 1)
        ledger_checkpoint (ledger, database);
    }
  ledger_run (ledger, database, "SELECT sum (length (body)) FROM filler");
}

/**
 * fault_script_run:
 * @seed: equal seeds write the same
 * @n_commits: how many are tried
 *
 * Works from the morning on, with whatever fault was planned. Nothing is open afterwards.
 */
void
fault_script_run (FaultScript *self,
                  guint32      seed,
                  guint        n_commits)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  Ledger ledger = { random, self->before, self->failures };
  GError *opening = NULL, *closing = NULL;
  sqlite3 *database;

  power_vfs_copy_files (self->disk, self->morning);
  g_array_set_size (self->failures, 0);
  g_ptr_array_set_size (self->errors, 0);
  database = gez_vault_open_database (self->vault, &opening);
  keep_error (self, opening);
  g_assert_true ((database == NULL) == (opening != NULL));
  if (database != NULL)
    {
      work (self, &ledger, database, n_commits);
      gez_vault_close_database (self->vault, database, &closing);
      keep_error (self, closing);
    }
  self->acknowledged = ledger.acknowledged;
}

/* Opens the store without a fault. Returns what is wrong with it, or NULL when nothing is. */
const char *
fault_script_check (FaultScript *self)
{
  g_autoptr (GError) error = NULL;
  Ledger ledger = { .acknowledged = self->acknowledged };
  sqlite3 *database = gez_vault_open_database (self->vault, &error);
  const char *wrong = NULL;

  if (database == NULL)
    {
      g_test_message ("%s", error->message);
      return "it does not open";
    }
  if (!fixture_is_sound (database))
    wrong = "it is not sound";
  else if (!ledger_is_whole (&ledger, database))
    wrong = "something acknowledged is lost";
  else if (gez_vault_get_n_refusals (self->vault) > 0)
    wrong = "an operation was refused";
  fixture_close (self->vault, database);
  return wrong;
}

void
fault_script_free (FaultScript *self)
{
  g_object_unref (self->vault);
  power_vfs_free (self->disk);
  power_vfs_free (self->morning);
  g_array_unref (self->failures);
  g_ptr_array_unref (self->errors);
  fixture_remove_directory (self->directory);
  g_free (self->directory);
  g_free (self);
}
