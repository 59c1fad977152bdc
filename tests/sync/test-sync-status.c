/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory-database.h"
#include "sync/gez-sync-status.h"

/* What a person may know of the shared folder. The tables are filled by hand; the engine's tests fill them by
 * syncing. */

#define NOW 1700000000000
#define MINUTE (60 * 1000)
#define DAY (24 * 60 * G_GINT64_CONSTANT (60000))

typedef struct
{
  MemoryDatabase *memory;
  GezId own;
  GezId other;
} Fixture;

static void
execute (Fixture    *fixture,
         const char *sql)
{
  g_assert_cmpint (sqlite3_exec (fixture->memory->handle, sql, NULL, NULL, NULL), ==, SQLITE_OK);
}

static void
add_note (Fixture *fixture)
{
  g_autoptr (GezChange) change = gez_change_new ("add");
  GezId household = gez_id_new (fixture->memory->clock);

  gez_change_insert (change, "household", &household, gez_circle_open (&household));
  gez_change_set_text (change, "name", "Gezin Toestand");
  memory_database_commit (fixture->memory, change);
}

static GezSyncStatus *
read_status (Fixture *fixture)
{
  g_autoptr (GezQuery) query = gez_sync_status_query ();
  g_autoptr (GError) error = NULL;
  GezSyncStatus *status = gez_query_run (query, fixture->memory->database, &error);

  g_assert_no_error (error);
  return status;
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->memory = memory_database_new (NOW, 1);
  execute (fixture, "INSERT INTO team (row, id, root, fingerprint_key, user_public, user_secret, "
                    "device_public, device_secret, "
                    "folder_uri, joined_at) VALUES (1, x'00', x'00', x'00', x'00', x'00', x'00', x'00', "
                    "'file:///gedeeld', 0);"
                    "INSERT INTO sync_state (row, device, own_sequence) SELECT 1, id, 0 FROM device;"
                    "INSERT INTO sync_device (device) SELECT id FROM device");
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  memory_database_free (fixture->memory);
}

static void
test_team_of_one (void)
{
  g_autoptr (MemoryDatabase) memory = memory_database_new (NOW, 1);
  g_autoptr (GezQuery) query = gez_sync_status_query ();
  g_autoptr (GezSyncStatus) status = gez_query_run (query, memory->database, NULL);

  g_assert_false (status->has_team);
  g_assert_cmpuint (status->n_waiting, ==, 0);
  g_assert_cmpuint (status->devices->len, ==, 0);
}

static void
test_waiting_is_counted_in_acts (Fixture      *fixture,
                                 gconstpointer data)
{
  g_autoptr (GezSyncStatus) before = NULL;
  g_autoptr (GezSyncStatus) sealed = NULL;
  g_autoptr (GezSyncStatus) published = NULL;

  add_note (fixture);
  add_note (fixture);
  before = read_status (fixture);
  g_assert_cmpuint (before->n_waiting, ==, 2);
  g_assert_cmpint (before->oldest_waiting_at, ==, NOW);
  /* In a segment, but not on the folder yet. */
  execute (fixture,
           "UPDATE sync_state SET published_counter = (SELECT last_counter FROM device), own_sequence = 1;"
           "INSERT INTO own_file (path, bytes, made_at, first_counter) VALUES ('d/x/s', x'00', 0, 1)");
  sealed = read_status (fixture);
  g_assert_cmpuint (sealed->n_waiting, ==, 2);
  execute (fixture, "UPDATE own_file SET published_at = 1");
  published = read_status (fixture);
  g_assert_cmpuint (published->n_waiting, ==, 0);
  g_assert_cmpuint (published->own_sequence, ==, 1);
  g_assert_cmpstr (published->folder_uri, ==, "file:///gedeeld");
}

static void
test_devices (Fixture      *fixture,
              gconstpointer data)
{
  g_autoptr (GezSyncStatus) status = NULL;
  GezSyncDevice *own, *late, *ahead;

  execute (fixture,
           "INSERT INTO member (id, circle, name, role) VALUES (x'11111111111111111111111111111111', x'74', "
           "'Els Proefmans', 'casemanager');"
           "INSERT INTO sync_device (device, member_id, n_read, sequence, last_wall_at, last_read_at, "
           "missing_since_at) "
           "VALUES (x'22222222222222222222222222222222', x'11111111111111111111111111111111', 2, 2, 1000, "
           "1000, 555);"
           "INSERT INTO sync_device (device, n_read, sequence, last_wall_at, last_read_at, forked_at) "
           "VALUES (x'33333333333333333333333333333333', 1, 1, 700000, 1000, 9);"
           "INSERT INTO segment (device, sequence, hash, previous, wall_at, read_at) VALUES "
           "(x'22222222222222222222222222222222', 1, x'aa', x'00', 0, 0), "
           "(x'22222222222222222222222222222222', 2, x'bb', x'aa', 0, 0);"
           "INSERT INTO seen_by (device, of_device, sequence, hash) VALUES "
           "(x'33333333333333333333333333333333', x'22222222222222222222222222222222', 5, x'cc');"
           "INSERT INTO seen_by (device, of_device, sequence, hash) SELECT "
           "x'22222222222222222222222222222222', id, 7, "
           "x'dd' FROM device");
  status = read_status (fixture);
  g_assert_cmpuint (status->devices->len, ==, 3);
  own = g_ptr_array_index (status->devices, 0);
  ahead = g_ptr_array_index (status->devices, 1);
  late = g_ptr_array_index (status->devices, 2);
  g_assert_true (own->is_this);
  g_assert_cmpstr (late->member_name, ==, "Els Proefmans");
  g_assert_cmpuint (late->n_missing, ==, 3);
  g_assert_cmpint (late->missing_since_at, ==, 555);
  g_assert_cmpuint (late->seen_ours, ==, 7);
  g_assert_false (late->is_clock_ahead);
  g_assert_true (ahead->is_clock_ahead);
  g_assert_true (ahead->is_forked);
  g_assert_cmpuint (ahead->n_missing, ==, 0);
}

/* With the own clock far behind, the others are not said to be ahead. */
static void
test_own_clock_behind (Fixture      *fixture,
                       gconstpointer data)
{
  g_autoptr (GezSyncStatus) status = NULL;

  execute (fixture,
           "INSERT INTO sync_device (device, n_read, last_wall_at, last_read_at) VALUES "
           "(x'22222222222222222222222222222222', 1, 99000000, 1000), "
           "(x'33333333333333333333333333333333', 1, 99000500, 1000), "
           "(x'44444444444444444444444444444444', 1, 99900000, 1000)");
  status = read_status (fixture);
  for (guint i = 0; i < status->devices->len; i++)
    {
      GezSyncDevice *device = g_ptr_array_index (status->devices, i);

      g_assert_cmpint (device->is_clock_ahead, ==, device->device.bytes[0] == 0x44);
    }
}

static void
test_problems_show_after_a_day (Fixture      *fixture,
                                gconstpointer data)
{
  g_autoptr (GezSyncStatus) early = NULL;
  g_autoptr (GezSyncStatus) later = NULL;

  execute (fixture,
           "INSERT INTO quarantine (path, why, since_at, tried_at) VALUES "
           "('d/x/half', 'incomplete', 1700000000000, 0), ('d/x/gone', 'removed', 1700000000000, 0)");
  gez_clock_set_now (fixture->memory->clock, NOW + DAY - MINUTE);
  early = read_status (fixture);
  g_assert_cmpuint (early->problems->len, ==, 0);
  gez_clock_set_now (fixture->memory->clock, NOW + DAY + MINUTE);
  later = read_status (fixture);
  g_assert_cmpuint (later->problems->len, ==, 1);
  g_assert_cmpstr (((GezSyncProblem *) g_ptr_array_index (later->problems, 0))->path, ==, "d/x/half");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/status/team-of-one", test_team_of_one);
  g_test_add ("/sync/status/waiting", Fixture, NULL, set_up, test_waiting_is_counted_in_acts, tear_down);
  g_test_add ("/sync/status/devices", Fixture, NULL, set_up, test_devices, tear_down);
  g_test_add ("/sync/status/own-clock", Fixture, NULL, set_up, test_own_clock_behind, tear_down);
  g_test_add ("/sync/status/problems", Fixture, NULL, set_up, test_problems_show_after_a_day, tear_down);
  return g_test_run ();
}
