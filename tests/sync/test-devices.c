/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "circle/gez-team.h"
#include "station.h"

/* Devices that come, go, and come back: put back from a backup, copied, removed, new. */

typedef struct
{
  MemoryDisk *disk;
  Station *els; /* leader */
  Station *jan; /* case manager */
} Fixture;

static void
assert_text (Station    *station,
             const char *sql,
             const char *expected)
{
  g_autofree char *text = memory_database_text (station->memory, sql);

  g_assert_cmpstr (text, ==, expected);
}

static void
settle (Fixture *fixture)
{
  Station *both[] = { fixture->els, fixture->jan };

  stations_settle (both, 2);
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->disk = memory_disk_new ();
  fixture->els = station_new (fixture->disk, 1);
  fixture->jan = station_new (fixture->disk, 2);
  station_found (fixture->els, "Els Proefleider");
  station_join (fixture->jan, fixture->els, "Jan Proefmanager", "casemanager");
  settle (fixture);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  station_free (fixture->els);
  station_free (fixture->jan);
  memory_disk_unref (fixture->disk);
}

static gint64
last_sequence (Station *station)
{
  return station_count (station, "SELECT own_sequence FROM sync_state");
}

static void
renew (Station *station)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GezTeam) team = gez_team_load (station->memory->database, &error);

  g_assert_no_error (error);
  gez_database_begin (station->memory->database, &error);
  gez_team_renew_device (team, &error);
  g_assert_no_error (error);
  gez_database_commit (station->memory->database, &error);
  g_assert_no_error (error);
}

static void
assert_equal (Station *one,
              Station *other)
{
  g_autofree char *first = memory_database_dump (one->memory);
  g_autofree char *second = memory_database_dump (other->memory);

  g_assert_cmpstr (first, ==, second);
}

/* A laptop is put back to an older day. What it shared since comes back, what it had not shared is not lost,
 * and it never uses a number twice. */
static void
test_restored_device (Fixture      *fixture,
                      gconstpointer data)
{
  GezId household = station_add_household (fixture->els, "Gezin Terug");
  g_autoptr (Station) restored = NULL;
  Station *three[] = { fixture->els, fixture->jan, NULL };
  guint n_files;

  station_grant (fixture->els, gez_circle_open (&household), fixture->jan);
  settle (fixture);
  station_edit (fixture->jan, &household, "address", "Nog niet gedeeld 7");
  restored = station_copy (fixture->jan, 33);
  station_round (fixture->jan);
  station_edit (fixture->jan, &household, "language", "Tigrinya");
  settle (fixture);
  n_files = g_hash_table_size (fixture->disk->files);
  station_edit (restored, &household, "residence", "caravan");
  station_round (restored);
  g_assert_true (restored->report.is_restored);
  station_round (restored);
  g_assert_true (restored->report.is_restored);
  g_assert_cmpuint (g_hash_table_size (fixture->disk->files), ==, n_files);
  renew (restored);
  three[1] = restored;
  stations_settle (three, 2);
  g_assert_false (restored->report.is_restored);
  assert_text (restored, "SELECT address || language || residence FROM household",
               "Nog niet gedeeld 7Tigrinyacaravan");
  assert_equal (fixture->els, restored);
  g_assert_cmpint (station_count (fixture->els,
                                  "SELECT count(*) FROM (SELECT 1 FROM head GROUP BY id, column_name "
                                  "HAVING count(*) > 1)"),
                   ==, 0);
  g_assert_cmpint (
      station_count (fixture->els, "SELECT count(*) FROM sync_device WHERE forked_at IS NOT NULL"), ==, 0);
}

/* As after putting back a backup with this program: the store knows that it is another device. */
static void
test_restored_by_this_program (Fixture      *fixture,
                               gconstpointer data)
{
  GezId household = station_add_household (fixture->els, "Gezin Hersteld");
  g_autoptr (Station) restored = NULL;
  Station *two[] = { fixture->els, NULL };
  GezId device;

  station_grant (fixture->els, gez_circle_open (&household), fixture->jan);
  settle (fixture);
  restored = station_copy (fixture->jan, 34);
  station_edit (fixture->jan, &household, "address", "Na de kopie 8");
  settle (fixture);
  station_edit (restored, &household, "language", "Dari");
  device = gez_id_new (restored->memory->clock);
  gez_database_begin (restored->memory->database, NULL);
  g_assert_true (gez_database_execute (restored->memory->database, NULL,
                                       "INSERT INTO former_device (id) SELECT id FROM device", GEZ_END)
                 && gez_database_execute (restored->memory->database, NULL,
                                          "UPDATE device SET id = ?, last_counter = 0", GEZ_ID, &device,
                                          GEZ_END));
  g_assert_true (gez_database_commit (restored->memory->database, NULL));
  two[1] = restored;
  stations_settle (two, 2);
  assert_text (fixture->els, "SELECT address || language FROM household", "Na de kopie 8Dari");
  assert_equal (fixture->els, restored);
}

/* Two machines with one store write before either looks: both are read, and it is said. */
static void
test_copied_device (Fixture      *fixture,
                    gconstpointer data)
{
  g_autoptr (Station) copy = NULL;
  g_autofree char *failure = NULL;
  GezId household = station_add_household (fixture->els, "Gezin Dubbel");

  station_grant (fixture->els, gez_circle_open (&household), fixture->jan);
  settle (fixture);
  copy = station_copy (fixture->jan, 35);
  station_edit (fixture->jan, &household, "address", "Eerste 1");
  station_edit (copy, &household, "language", "Tweede");
  failure = station_try (copy, GEZ_ENGINE_WRITE);
  g_assert_cmpstr (failure, ==, NULL);
  g_free (g_steal_pointer (&failure));
  failure = station_try (fixture->jan, GEZ_ENGINE_WRITE);
  g_assert_cmpstr (failure, ==, NULL);
  station_round (fixture->els);
  g_assert_cmpint (
      station_count (fixture->els, "SELECT count(*) FROM sync_device WHERE forked_at IS NOT NULL"), ==, 1);
  station_round (copy);
  g_assert_true (copy->report.is_restored);
  station_round (fixture->jan);
  g_assert_true (fixture->jan->report.is_restored);
}

static void
remove_member (Station *leader,
               Station *member)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GezTeam) team = gez_team_load (leader->memory->database, &error);
  GezId id = station_get_member (member);

  gez_database_begin (leader->memory->database, &error);
  gez_team_remove_member (team, &id, &error);
  g_assert_no_error (error);
  gez_database_commit (leader->memory->database, &error);
  g_assert_no_error (error);
}

/* Somebody is removed. What he wrote before counts; what comes later shows nowhere, whoever had read it in
 * time. */
static void
test_removed_member (Fixture      *fixture,
                     gconstpointer data)
{
  Station *mina = station_new (fixture->disk, 3);
  Station *three[] = { fixture->els, fixture->jan, mina };
  GezId household = station_add_household (fixture->els, "Gezin Blijft");
  GezCircle open = gez_circle_open (&household);

  station_join (mina, fixture->els, "Mina Proefcollega", "casemanager");
  station_grant (fixture->els, open, fixture->jan);
  station_grant (fixture->els, open, mina);
  stations_settle (three, 3);
  station_edit (fixture->jan, &household, "address", "Voor het vertrek 9");
  stations_settle (three, 3);
  station_edit (fixture->jan, &household, "address", "Na het vertrek 10");
  station_edit (fixture->jan, &household, "residence", "caravan");
  station_add_note (fixture->jan, &household, open, "Na het vertrek");
  station_round (fixture->jan);
  station_round (mina);
  assert_text (mina, "SELECT address FROM household", "Na het vertrek 10");
  remove_member (fixture->els, fixture->jan);
  station_round (fixture->els);
  station_round (mina);
  station_round (fixture->els);
  station_edit (fixture->jan, &household, "language", "Nooit");
  station_try (fixture->jan, GEZ_ENGINE_ALL);
  stations_settle ((Station *[]) { fixture->els, mina }, 2);
  for (guint i = 0; i < 2; i++)
    {
      Station *present = i == 0 ? fixture->els : mina;

      assert_text (present, "SELECT address FROM household", "Voor het vertrek 9");
      g_assert_cmpint (station_count (present, "SELECT count(*) FROM household WHERE language IS NOT NULL "
                                               "OR residence IS NOT NULL"), ==, 0);
      g_assert_cmpint (station_count (present, "SELECT count(*) FROM note"), ==, 0);
    }
  station_edit (mina, &household, "language", "Later Nederlands");
  stations_settle ((Station *[]) { fixture->els, mina }, 2);
  assert_text (fixture->els, "SELECT language FROM household", "Later Nederlands");
  station_free (mina);
}

/* A new device begins with a snapshot and does not fetch what was before it; what it gets a key for later
 * comes too. */
static void
test_begins_with_a_snapshot (Fixture      *fixture,
                             gconstpointer data)
{
  g_autoptr (Station) tablet = station_new (fixture->disk, 4);
  Station *three[] = { fixture->els, fixture->jan, tablet };
  GezId old = station_add_household (fixture->jan, "Gezin van Jan");
  GezId household = station_add_household (fixture->els, "Gezin Groot");
  g_autoptr (GezChange) change = gez_change_new ("note-add");
  gint64 before;

  settle (fixture);
  for (guint i = 0; i < 5100; i++)
    {
      GezId id = gez_id_new (fixture->els->memory->clock);

      gez_change_insert (change, "note", &id, gez_circle_open (&household));
      gez_change_set_id (change, "household_id", &household);
      gez_change_set_text (change, "content", "Kort");
      gez_change_set_integer (change, "written_at", i);
    }
  memory_database_commit (fixture->els->memory, change);
  station_pass (fixture->els, 24 * 60);
  station_pass (fixture->jan, 24 * 60);
  settle (fixture);
  before = last_sequence (fixture->els);
  station_edit (fixture->els, &household, "address", "Na de momentopname 11");
  settle (fixture);
  station_join_device (tablet, fixture->els);
  station_pass (tablet, 24 * 60);
  stations_settle (three, 3);
  g_assert_cmpint (station_count (tablet, "SELECT count(*) FROM note"), ==, 5100);
  assert_text (tablet, "SELECT address FROM household", "Na de momentopname 11");
  g_assert_cmpint (station_count (tablet, "SELECT min(g.sequence) FROM segment AS g, sync_device AS s "
                                          "WHERE g.device = s.device AND s.covered_sequence > 0"), >, 1);
  g_assert_cmpint (station_count (tablet, "SELECT max(sequence) FROM sync_device"), >, before);
  g_assert_cmpint (
      station_count (tablet, "SELECT count(*) FROM sync_device WHERE missing_since_at IS NOT NULL"), ==, 0);
  /* Jan's household began before the snapshot, and was not in it. */
  station_grant (fixture->jan, gez_circle_open (&old), fixture->els);
  stations_settle (three, 3);
  g_assert_cmpint (station_count (tablet, "SELECT count(*) FROM household WHERE name = 'Gezin van Jan'"), ==,
                   1);
  assert_equal (fixture->els, tablet);
}

static char *
find_snapshot (MemoryDisk *disk)
{
  GHashTableIter iter;
  gpointer path;

  g_hash_table_iter_init (&iter, disk->files);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    if (g_str_has_prefix (path, "n/"))
      return g_strdup (path);
  return NULL;
}

/* A household that begins later gets a snapshot too. The one before stays: it holds what that one does not.
 */
static void
test_snapshot_of_a_new_circle (Fixture      *fixture,
                               gconstpointer data)
{
  GezId household = station_add_household (fixture->els, "Gezin Eerder");
  g_autoptr (GezChange) change = gez_change_new ("note-add");
  g_autofree char *first = NULL;

  for (guint i = 0; i < 5100; i++)
    {
      GezId id = gez_id_new (fixture->els->memory->clock);

      gez_change_insert (change, "note", &id, gez_circle_open (&household));
      gez_change_set_id (change, "household_id", &household);
      gez_change_set_text (change, "content", "Kort");
      gez_change_set_integer (change, "written_at", i);
    }
  memory_database_commit (fixture->els->memory, change);
  station_pass (fixture->els, 25 * 60);
  station_round (fixture->els);
  station_round (fixture->els);
  first = find_snapshot (fixture->disk);
  g_assert_nonnull (first);
  station_add_household (fixture->els, "Gezin Erna");
  station_pass (fixture->els, 25 * 60);
  station_round (fixture->els);
  station_pass (fixture->els, 25 * 60);
  station_round (fixture->els);
  g_assert_true (g_hash_table_contains (fixture->disk->files, first));
  g_assert_cmpint (station_count (fixture->els, "SELECT count(*) FROM own_file WHERE path LIKE 'n/%'"), ==,
                   2);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add ("/sync/devices/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("restored", test_restored_device);
  ADD ("restored-here", test_restored_by_this_program);
  ADD ("copied", test_copied_device);
  ADD ("removed", test_removed_member);
  ADD ("snapshot", test_begins_with_a_snapshot);
  ADD ("snapshot-new", test_snapshot_of_a_new_circle);
  return g_test_run ();
}
