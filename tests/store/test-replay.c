/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory-database.h"
#include "sync/gez-merge.h"

/* The property on which everything later stands: the log alone, replayed into an empty store, gives the
 * same tables, after random commands, savepoints, failures and undos. */

#define ROUNDS 40
#define ACTS 60

typedef struct
{
  MemoryDatabase *memory;
  GRand *random;
  GArray *households; /* of GezId */
  GArray *persons;
  GArray *commands;
} Play;

static const GezId *
pick (Play   *play,
      GArray *ids)
{
  return &g_array_index (ids, GezId, g_rand_int_range (play->random, 0, (gint32) ids->len));
}

static char *
random_text (Play *play)
{
  static const char *const words[] = { "gezin", "Ömer", "أمثلة", "", "O'Neill & <Zonen>", "\360\237\217\240" };

  return g_strdup_printf ("%s %d", words[g_rand_int_range (play->random, 0, G_N_ELEMENTS (words))],
                          g_rand_int_range (play->random, 0, 4));
}

static void
add_household (Play      *play,
               GezChange *change)
{
  GezId id = gez_id_new (play->memory->clock);
  g_autofree char *name = random_text (play);

  gez_change_insert (change, "household", &id, gez_circle_open (&id));
  gez_change_set_text (change, "name", name);
  g_array_append_val (play->households, id);
}

static void
add_person (Play      *play,
            GezChange *change)
{
  const GezId *household = pick (play, play->households);
  GezId id = gez_id_new (play->memory->clock);
  g_autofree char *name = random_text (play);

  gez_change_insert (change, "person", &id, gez_circle_open (household));
  gez_change_set_id (change, "household_id", household);
  gez_change_set_text (change, "first_name", name);
  if (g_rand_boolean (play->random))
    gez_change_set_text (change, "born_on", "2011-05-06");
  g_array_append_val (play->persons, id);
}

static void
edit (Play      *play,
      GezChange *change)
{
  g_autofree char *text = random_text (play);
  gboolean is_person = play->persons->len > 0 && g_rand_boolean (play->random);

  gez_change_update (change, is_person ? "person" : "household",
                     pick (play, is_person ? play->persons : play->households));
  if (g_rand_boolean (play->random))
    gez_change_set_text (change, is_person ? "nickname" : "address", text);
  if (g_rand_boolean (play->random))
    gez_change_set_null (change, "language");
  else
    gez_change_set_text (change, "language", text);
}

static void
fail_on_purpose (Play      *play,
                 GezChange *change)
{
  edit (play, change);
  gez_change_update (change, "household", pick (play, play->households));
  gez_change_set_text (change, "residence", "nowhere");
}

static GezChange *
random_change (Play *play)
{
  GezChange *change = gez_change_new ("random");
  int n = g_rand_int_range (play->random, 1, 5);

  add_household (play, change);
  for (int i = 0; i < n; i++)
    switch (g_rand_int_range (play->random, 0, 4))
      {
      case 0:
        add_person (play, change);
        break;
      case 1:
        gez_change_withdraw (change, "household", pick (play, play->households), "random");
        break;
      default:
        edit (play, change);
      }
  return change;
}

static void
play_one (Play *play)
{
  g_autoptr (GezChange) change = NULL;
  guint households = play->households->len, persons = play->persons->len;
  g_autoptr (GPtrArray) tables = NULL;
  guint64 command = 0;
  int kind = g_rand_int_range (play->random, 0, 6);

  gez_clock_set_now (play->memory->clock, gez_clock_get_now (play->memory->clock) + 7);
  if (kind == 0 && play->commands->len > 0)
    {
      command = g_array_index (play->commands, guint64, g_rand_int_range (play->random, 0, play->commands->len));
      gez_commit_undo (play->memory->database, command, &command, &tables, NULL);
      return;
    }
  change = random_change (play);
  if (kind == 1)
    fail_on_purpose (play, change);
  if (gez_commit_run (play->memory->database, change, &command, &tables, NULL))
    {
      g_array_append_val (play->commands, command);
      return;
    }
  g_array_set_size (play->households, households);
  g_array_set_size (play->persons, persons);
}

static void
play_many (Play *play)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) failures = g_ptr_array_new ();
  g_autoptr (GPtrArray) tables = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 6; i++)
    {
      GezChange *change = gez_change_new ("many");

      edit (play, change);
      if (g_rand_boolean (play->random))
        fail_on_purpose (play, change);
      g_ptr_array_add (changes, change);
    }
  g_assert_true (gez_commit_many (play->memory->database, changes, FALSE, failures, &tables, &error));
  for (guint i = 0; i < failures->len; i++)
    g_clear_error ((GError **) &g_ptr_array_index (failures, i));
}

static void
assert_replays (MemoryDatabase *memory,
                GRand          *random)
{
  g_autoptr (MemoryDatabase) empty = memory_database_new (5, 77);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) log = gez_merge_read_log (memory->database, &error);
  g_autofree char *expected = memory_database_dump (memory);
  g_autofree char *replayed = NULL;

  g_assert_no_error (error);
  /* Any order of arrival, in two parcels. */
  for (guint i = log->len; i > 1; i--)
    {
      guint j = (guint) g_rand_int_range (random, 0, (gint32) i);
      gpointer swap = log->pdata[i - 1];

      log->pdata[i - 1] = log->pdata[j];
      log->pdata[j] = swap;
    }
  {
    g_autoptr (GPtrArray) first = g_ptr_array_new ();

    for (guint i = 0; i < log->len / 2; i++)
      g_ptr_array_add (first, log->pdata[i]);
    g_assert_true (gez_merge_apply (empty->database, first, &error));
  }
  g_assert_true (gez_merge_apply (empty->database, log, &error));
  g_assert_no_error (error);
  replayed = memory_database_dump (empty);
  g_assert_cmpstr (expected, ==, replayed);
  g_assert_cmpint (memory_database_count (empty, "SELECT count(*) FROM held"), ==, 0);
  g_assert_cmpint (memory_database_count (empty, "SELECT last_counter FROM device"), ==, 0);
}

static void
test_replay (void)
{
  guint written = 0;

  for (guint32 round = 0; round < ROUNDS; round++)
    {
      g_autoptr (MemoryDatabase) memory = memory_database_new (1000, round + 1);
      Play play = { memory, g_rand_new_with_seed (round), g_array_new (FALSE, FALSE, sizeof (GezId)),
                    g_array_new (FALSE, FALSE, sizeof (GezId)), g_array_new (FALSE, FALSE, sizeof (guint64)) };

      for (guint i = 0; i < ACTS; i++)
        if (play.commands->len > 0 && g_rand_int_range (play.random, 0, 10) == 0)
          play_many (&play);
        else
          play_one (&play);
      written += (guint) memory_database_count (memory, "SELECT count(*) FROM change_log");
      g_assert_cmpint (memory_database_count (memory, "SELECT count(*) = max(counter) FROM change_log"), ==, 1);
      assert_replays (memory, play.random);
      g_rand_free (play.random);
      g_array_unref (play.households);
      g_array_unref (play.persons);
      g_array_unref (play.commands);
    }
  g_test_message ("%d histories, %u writes replayed", ROUNDS, written);
  g_assert_cmpint (written, >, ROUNDS * ACTS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/replay", test_replay);
  return g_test_run ();
}
