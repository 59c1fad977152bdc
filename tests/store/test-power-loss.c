/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "../vault/power-vfs.h"
#include "counts.h"
#include "remove-tree.h"
#include "store/gez-record.h"
#include "store/gez-store.h"
#include "store/gez-verify.h"
#include "vault/gez-vault-private.h"

/*
 * The power goes while somebody works in a whole store: schema, change log, full-text index, undo.
 * Each household is made with some notes in one commit, and says in its name which number it has
 * and how many. Afterwards everything acknowledged is there, nothing is half, what is searched is
 * found, and a look at everything (gez-verify.h) finds nothing amiss.
 * GEZINSPLAN_RECOVERIES and GEZINSPLAN_SEED ask for more, or others.
 */

#define PASSPHRASE ((GezPassphrase) { "een lange testzin", 17 })
#define NOW G_GINT64_CONSTANT (1773306000000)
#define RECOVERIES_PER_DISK 20

typedef struct
{
  GRand *random;
  GezClock *clock;
  char *directory;
  PowerVfs *disk;
  GezVault *vault;
  GezStore *store;
  GezId aside;
  gint64 acknowledged;
  guint n_recoveries;
  guint n_again;
} World;

static gint
between (World *world,
         gint   least,
         gint   most)
{
  return g_rand_int_range (world->random, least, most + 1);
}

static void
close_store (World *world)
{
  if (world->store)
    gez_store_close (world->store, NULL);
  g_clear_object (&world->store);
}

static void
add_notes (World       *world,
           GezChange   *change,
           const GezId *household,
           gint         n_notes)
{
  for (gint i = 0; i < n_notes; i++)
    {
      GezId note = gez_id_new (world->clock);
      g_autofree char *filler = g_strnfill ((gsize) between (world, 1, 3000), 'z');
      g_autofree char *content = g_strdup_printf ("koolmees %s", filler);

      gez_change_insert (change, "note", &note, gez_circle_casework (household));
      gez_change_set_id (change, "household_id", household);
      gez_change_set_integer (change, "written_at", NOW);
      gez_change_set_text (change, "content", content);
    }
}

static void
make_household (World *world)
{
  g_autoptr (GezChange) change = gez_change_new ("add");
  gint n_notes = between (world, 0, 4);
  g_autofree char *name = g_strdup_printf ("Gezin Verzonnen %" G_GINT64_FORMAT " met %d",
                                           world->acknowledged + 1, n_notes);
  GezId id = gez_id_new (world->clock);

  gez_change_insert (change, "household", &id, gez_circle_open (&id));
  gez_change_set_text (change, "name", name);
  add_notes (world, change, &id, n_notes);
  if (gez_store_commit (world->store, change, NULL) > 0)
    world->acknowledged++;
}

/* What nobody counts: a name that changes, and sometimes changes back. */
static void
rename_other (World *world)
{
  g_autoptr (GezChange) change = gez_change_new ("edit");
  g_autofree char *name = g_strdup_printf ("Gezin Terzijde %d", between (world, 1, 1000000));
  guint64 command;

  gez_change_update (change, "household", &world->aside);
  gez_change_set_text (change, "name", name);
  command = gez_store_commit (world->store, change, NULL);
  if (command > 0 && between (world, 0, 1) == 1)
    gez_store_undo (world->store, command, NULL);
}

static const GezStoreOwner owner = { "Testteam", "Testa Verzonnen", "casemanager", NULL };

/* An unlocked vault on an empty disk. */
static void
start_vault (World *world)
{
  g_autoptr (GError) error = NULL;

  world->acknowledged = 0;
  world->directory = g_dir_make_tmp ("gezinsplan-test-XXXXXX", &error);
  g_assert_no_error (error);
  world->disk = power_vfs_new (g_rand_int (world->random));
  world->vault = gez_vault_create (world->directory, PASSPHRASE, GEZ_KDF_COST_TEST, &error);
  g_assert_no_error (error);
  gez_vault_set_base_vfs (world->vault, power_vfs_get_name (world->disk), &error);
  g_assert_no_error (error);
}

static void
start_world (World *world)
{
  g_autoptr (GezChange) change = gez_change_new ("add");
  g_autoptr (GError) error = NULL;

  start_vault (world);
  world->store = gez_store_create (world->vault, world->clock, &owner, &error);
  g_assert_no_error (error);
  world->aside = gez_id_new (world->clock);
  gez_change_insert (change, "household", &world->aside, gez_circle_open (&world->aside));
  gez_change_set_text (change, "name", "Gezin Terzijde");
  g_assert_cmpuint (gez_store_commit (world->store, change, &error), >, 0);
}

static void
end_world (World *world)
{
  close_store (world);
  g_assert_cmpuint (gez_vault_get_n_refusals (world->vault), ==, 0);
  g_clear_object (&world->vault);
  g_clear_pointer (&world->disk, power_vfs_free);
  remove_tree (world->directory);
  g_clear_pointer (&world->directory, g_free);
}

/* Whatever fails in here can only come from the crash. */
static void
work_until_crash (World *world)
{
  power_vfs_crash_after (world->disk, between (world, 0, 250));
  while (world->store && !power_vfs_has_crashed (world->disk))
    {
      make_household (world);
      if (between (world, 1, 3) == 1)
        rename_other (world);
      if (between (world, 1, 6) == 1 && !power_vfs_has_crashed (world->disk))
        {
          close_store (world);
          world->store = gez_store_open (world->vault, world->clock, NULL);
        }
    }
  close_store (world);
  power_vfs_lose_power (world->disk);
}

static gint64
ask (World      *world,
     const char *sql)
{
  g_autoptr (GezQuery) query = gez_record_query (sql, GEZ_END);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = gez_store_run (world->store, query, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (records->len, ==, 1);
  return gez_record_get_integer (records->pdata[0], "count");
}

static void
check_rows (World *world)
{
  g_autofree char *kept = g_strdup_printf (
    "SELECT count (*) AS count FROM household WHERE name LIKE 'Gezin Verzonnen %%' "
    "AND CAST (substr (name, 17) AS INTEGER) BETWEEN 1 AND %" G_GINT64_FORMAT,
    world->acknowledged);
  gint64 n_households;

  g_assert_cmpint (ask (world, kept), ==, world->acknowledged);
  n_households = ask (world, "SELECT count (*) AS count FROM household "
                             "WHERE name LIKE 'Gezin Verzonnen %'");
  g_assert_cmpint (n_households, <=, world->acknowledged + 1);
  g_assert_cmpint (ask (world, "SELECT count (*) AS count FROM household AS h "
                               "WHERE name LIKE 'Gezin Verzonnen %' "
                               "AND CAST (substr (name, instr (name, ' met ') + 5) AS INTEGER) "
                               "<> (SELECT count (*) FROM note WHERE household_id = h.id)"),
                   ==, 0);
  g_assert_cmpint (ask (world, "SELECT count (*) AS count FROM household_search "
                               "WHERE household_search MATCH 'verzonnen'"), ==, n_households);
  g_assert_cmpint (ask (world, "SELECT count (*) AS count FROM note_search "
                               "WHERE note_search MATCH 'koolmees'"),
                   ==, ask (world, "SELECT count (*) AS count FROM note"));
  /* A commit that was cut short may stand, whole. */
  world->acknowledged = n_households;
}

static void
check_everything (World *world)
{
  g_autoptr (GezQuery) query = gez_verify_query ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GezVerifyReport) report = gez_store_run (world->store, query, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < report->problems->len; i++)
    g_test_message ("%s", (const char *) report->problems->pdata[i]);
  g_assert_cmpuint (report->problems->len, ==, 0);
  g_assert_cmpint (report->n_writes, >, world->acknowledged);
}

static void
recover (World *world)
{
  g_autoptr (GError) error = NULL;

  while (between (world, 1, 4) == 1)
    {
      power_vfs_crash_after (world->disk, between (world, 0, 40));
      world->store = gez_store_open (world->vault, world->clock, NULL);
      close_store (world);
      power_vfs_lose_power (world->disk);
      world->n_again++;
    }
  world->store = gez_store_open (world->vault, world->clock, &error);
  g_assert_no_error (error);
  check_rows (world);
  check_everything (world);
  world->n_recoveries++;
}

static guint
ask_environment (const char *name,
                 guint       otherwise)
{
  const char *text = g_getenv (name);

  return text ? (guint) strtoul (text, NULL, 10) : otherwise;
}

static void
test_power_loss (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (ask_environment ("GEZINSPLAN_SEED", 1));
  guint n_recoveries = ask_environment ("GEZINSPLAN_RECOVERIES", 200);
  World world = { .random = random, .clock = gez_clock_new_fixed (NOW, 1) };

  while (world.n_recoveries < n_recoveries)
    {
      start_world (&world);
      for (guint i = 0; i < RECOVERIES_PER_DISK && world.n_recoveries < n_recoveries; i++)
        {
          work_until_crash (&world);
          recover (&world);
        }
      end_world (&world);
    }
  g_object_unref (world.clock);
  counts_add ("recoveries of a whole store after a power loss", world.n_recoveries);
  counts_add ("power losses in the middle of a recovery", world.n_again);
}

/* While a store is made nothing is promised yet: it can be made again, until it is made, whole. */
static void
test_creation (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (ask_environment ("GEZINSPLAN_SEED", 1));
  World world = { .random = random, .clock = gez_clock_new_fixed (NOW, 1) };
  gint64 n_crashes = 0;

  start_vault (&world);
  for (gint n_before = 0; world.store == NULL; n_before += between (&world, 1, 9))
    {
      power_vfs_crash_after (world.disk, n_before);
      world.store = gez_store_create (world.vault, world.clock, &owner, NULL);
      if (world.store != NULL && !power_vfs_has_crashed (world.disk))
        break;
      close_store (&world);
      g_assert_false (gez_vault_exists (world.directory));
      power_vfs_lose_power (world.disk);
      n_crashes++;
    }
  power_vfs_crash_after (world.disk, -1);
  g_assert_true (gez_vault_exists (world.directory));
  check_everything (&world);
  end_world (&world);
  g_object_unref (world.clock);
  g_assert_cmpint (n_crashes, >, 5);
  counts_add ("power losses while a store is made", n_crashes);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/power-loss/creation", test_creation);
  g_test_add_func ("/store/power-loss/nothing-lost", test_power_loss);
  return g_test_run ();
}
