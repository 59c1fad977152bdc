/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "station.h"

/* Snapshots in the folder: who makes one, and a device that begins with it. */

#define N_NOTES 5100

typedef struct
{
  MemoryDisk *disk;
  Station *els;
  GezId household;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autoptr (GezChange) change = gez_change_new ("work");

  fixture->disk = memory_disk_new ();
  fixture->els = station_new (fixture->disk, 1);
  station_found (fixture->els, "Els Proefleider");
  fixture->household = station_add_household (fixture->els, "Gezin Veel");
  for (guint i = 0; i < N_NOTES; i++)
    {
      GezId id = gez_id_new (fixture->els->memory->clock);
      g_autofree char *text = g_strdup_printf ("Proef %u", i);

      gez_change_insert (change, "note", &id, gez_circle_casework (&fixture->household));
      gez_change_set_id (change, "household_id", &fixture->household);
      gez_change_set_integer (change, "written_at", i);
      gez_change_set_text (change, "content", text);
    }
  memory_database_commit (fixture->els->memory, change);
  station_round (fixture->els);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  station_free (fixture->els);
  memory_disk_unref (fixture->disk);
}

static guint
count_snapshots (MemoryDisk *disk,
                 char      **path)
{
  GHashTableIter iter;
  gpointer key;
  guint count = 0;

  g_hash_table_iter_init (&iter, disk->files);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (g_str_has_prefix (key, "n/"))
      {
        count++;
        if (path)
          *path = key;
      }
  return count;
}

static void
assert_equal (Station *a,
              Station *b)
{
  g_autofree char *one = memory_database_dump (a->memory);
  g_autofree char *other = memory_database_dump (b->memory);

  g_assert_true (g_str_equal (one, other));
}

static gint64
count_brought (Station *station)
{
  return station_count (station, "SELECT count(*) FROM change_log WHERE brought_by IS NOT NULL");
}

static void
test_new_device_begins_with_it (Fixture      *fixture,
                                gconstpointer data)
{
  g_autoptr (Station) laptop = station_new (fixture->disk, 2);
  g_autofree char *address = NULL;

  g_assert_cmpuint (count_snapshots (fixture->disk, NULL), >, 0);
  station_edit (fixture->els, &fixture->household, "address", "Laterstraat 1");
  station_round (fixture->els);
  station_join_device (laptop, fixture->els);
  station_round (laptop);
  assert_equal (laptop, fixture->els);
  address = memory_database_text (laptop->memory, "SELECT address FROM household");
  g_assert_cmpstr (address, ==, "Laterstraat 1");
  /* They are the writes of another device, and yet they came as its own: the author's snapshot. */
  g_assert_cmpint (station_count (laptop, "SELECT count(*) FROM snapshot_cover"), >, 0);
  g_assert_cmpint (count_brought (laptop), ==, 0);
}

/* A snapshot that is damaged, or of which a part is missing, costs nothing but time. */
static void
test_damaged (Fixture      *fixture,
              gconstpointer data)
{
  g_autoptr (Station) laptop = station_new (fixture->disk, 2);
  char *path = NULL;
  GBytes *file;
  g_autoptr (GBytes) changed = NULL;
  g_autofree guint8 *bytes = NULL;
  gsize size;

  station_join_device (laptop, fixture->els);
  count_snapshots (fixture->disk, &path);
  file = g_hash_table_lookup (fixture->disk->files, path);
  bytes = g_memdup2 (g_bytes_get_data (file, &size), g_bytes_get_size (file));
  size = g_bytes_get_size (file);
  bytes[size / 2] ^= 1;
  changed = g_bytes_new (bytes, size);
  g_hash_table_replace (fixture->disk->files, g_strdup (path), g_steal_pointer (&changed));
  station_round (laptop);
  assert_equal (laptop, fixture->els);
  g_assert_cmpint (station_count (laptop, "SELECT count(*) FROM snapshot_cover"), ==, 0);
}

/* By somebody, of a kind that this program does not know. */
static void
write_much (MemoryDatabase *memory)
{
  g_assert_true (gez_database_begin (memory->database, NULL));
  g_assert_true (gez_database_execute (memory->database, NULL,
                                       "INSERT INTO change_log (device, counter, command, act, table_name, id, is_birth, "
                                       "wall_at, cells, of_circle) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + "
                                       "1 FROM n WHERE i < 6000) SELECT x'33333333333333333333333333333333', i, i, "
                                       "'work', 'invented_later', randomblob(16), 0, ?, x'00', x'74' FROM n",
                                       GEZ_INTEGER, gez_clock_get_now (memory->clock), GEZ_END));
  g_assert_true (gez_database_commit (memory->database, NULL));
}

/* One a month, and the one before goes. */
static void
test_next_one (Fixture      *fixture,
               gconstpointer data)
{
  char *before = NULL, *after = NULL;
  g_autofree char *first = NULL;

  g_assert_cmpuint (count_snapshots (fixture->disk, &before), ==, 1);
  first = g_strdup (before);
  station_pass (fixture->els, 2 * 24 * 60);
  station_round (fixture->els);
  g_assert_cmpuint (count_snapshots (fixture->disk, &after), ==, 1);
  g_assert_cmpstr (after, ==, first);
  station_pass (fixture->els, 40 * 24 * 60);
  station_round (fixture->els);
  /* Too little was written since. */
  g_assert_cmpuint (count_snapshots (fixture->disk, &after), ==, 1);
  g_assert_cmpstr (after, ==, first);
  write_much (fixture->els->memory);
  station_pass (fixture->els, 2 * 24 * 60);
  station_round (fixture->els);
  g_assert_cmpuint (count_snapshots (fixture->disk, &after), ==, 1);
  g_assert_cmpstr (after, !=, first);
}

#define ADD(name, function) g_test_add ("/sync/snapshot-round/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("new-device", test_new_device_begins_with_it);
  ADD ("damaged", test_damaged);
  ADD ("next-one", test_next_one);
  return g_test_run ();
}
