/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "sync/gez-sync-words.h"

/* Saturday 21 November 2026, nine in the morning in Brussels. */
#define NOW G_GINT64_CONSTANT (1795248000000)
#define MINUTE (60 * G_GINT64_CONSTANT (1000))
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

typedef struct
{
  GezClock *clock;
  GezSyncStatus *status;
} Fixture;

static GezId
id_of (guint8 number)
{
  GezId id = GEZ_ID_NONE;

  id.bytes[15] = number;
  return id;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->clock = gez_clock_new_fixed (NOW, 1);
  gez_clock_set_time_zone (fixture->clock, "Europe/Brussels");
  fixture->status = g_new0 (GezSyncStatus, 1);
  fixture->status->has_team = TRUE;
  fixture->status->folder_uri = g_strdup ("file:///nowhere/team");
  fixture->status->last_read_at = NOW - 2 * MINUTE;
  fixture->status->devices = g_ptr_array_new ();
  fixture->status->problems = g_ptr_array_new ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  for (guint i = 0; i < fixture->status->devices->len; i++)
    {
      GezSyncDevice *device = g_ptr_array_index (fixture->status->devices, i);

      g_free (device->member_name);
      g_free (device);
    }
  g_ptr_array_unref (fixture->status->devices);
  g_ptr_array_unref (fixture->status->problems);
  g_free (fixture->status->folder_uri);
  g_free (fixture->status);
  g_assert_finalize_object (fixture->clock);
}

static GezSyncDevice *
add_device (Fixture    *fixture,
            guint8      member,
            const char *name,
            guint       n_missing,
            gint64      missing_since)
{
  GezSyncDevice *device = g_new0 (GezSyncDevice, 1);

  device->device = id_of ((guint8) (100 + fixture->status->devices->len));
  device->member = id_of (member);
  device->member_name = g_strdup (name);
  device->last_wall_at = NOW - HOUR;
  device->n_missing = n_missing;
  device->missing_since_at = missing_since;
  g_ptr_array_add (fixture->status->devices, device);
  return device;
}

static void
assert_says (Fixture      *fixture,
             GezSyncState  state,
             const char   *expected)
{
  g_autofree char *words = gez_sync_words_state (state, fixture->status, fixture->clock);

  g_assert_cmpstr (words, ==, expected);
}

static void
test_time (Fixture       *fixture,
           gconstpointer  data)
{
  GezSyncStatus *status = fixture->status;

  assert_says (fixture, GEZ_SYNC_IDLE, "Synced 2 minutes ago");
  status->last_read_at = NOW - 1;
  assert_says (fixture, GEZ_SYNC_IDLE, "Synced just now");
  status->last_read_at = NOW - MINUTE;
  assert_says (fixture, GEZ_SYNC_IDLE, "Synced 1 minute ago");
  status->last_read_at = NOW - 3 * HOUR;
  assert_says (fixture, GEZ_SYNC_IDLE, "Synced 3 hours ago");
  status->last_read_at = NOW - DAY;
  assert_says (fixture, GEZ_SYNC_IDLE, "Synced yesterday");
  status->last_read_at = 0;
  assert_says (fixture, GEZ_SYNC_IDLE, "Not synced yet");
  /* The clock was put back meanwhile. */
  status->last_read_at = NOW + DAY;
  assert_says (fixture, GEZ_SYNC_IDLE, "Synced just now");
}

static void
test_waiting (Fixture       *fixture,
              gconstpointer  data)
{
  GezSyncStatus *status = fixture->status;

  status->n_waiting = 1;
  assert_says (fixture, GEZ_SYNC_IDLE, "1 change not shared yet");
  status->n_waiting = 3;
  assert_says (fixture, GEZ_SYNC_IDLE, "3 changes not shared yet");
  assert_says (fixture, GEZ_SYNC_NOT_CONNECTED, "Folder not connected · 3 changes wait");
  assert_says (fixture, GEZ_SYNC_BUSY, "Busy…");
  assert_says (fixture, GEZ_SYNC_FAILED, "Syncing does not work");
  status->n_waiting = 0;
  assert_says (fixture, GEZ_SYNC_NOT_CONNECTED, "Folder not connected");
}

static void
test_missing (Fixture       *fixture,
              gconstpointer  data)
{
  GezSyncDevice *device = add_device (fixture, 1, "Els Verzonnen", 2, NOW - 10 * MINUTE);

  /* A folder passes things on when it likes. */
  assert_says (fixture, GEZ_SYNC_IDLE, "Synced 2 minutes ago");
  device->missing_since_at = NOW - 2 * HOUR;
  assert_says (fixture, GEZ_SYNC_IDLE, "Data of Els Verzonnen are missing since 7:00");
  device->missing_since_at = NOW - DAY;
  assert_says (fixture, GEZ_SYNC_IDLE, "Data of Els Verzonnen are missing since yesterday");
  device->missing_since_at = NOW - 4 * DAY;
  assert_says (fixture, GEZ_SYNC_IDLE, "Data of Els Verzonnen are missing since Tuesday");
  fixture->status->n_waiting = 1;
  assert_says (fixture, GEZ_SYNC_IDLE, "Data of Els Verzonnen are missing since Tuesday");
  add_device (fixture, 1, "Els Verzonnen", 1, NOW - 2 * DAY);
  assert_says (fixture, GEZ_SYNC_IDLE, "Data of Els Verzonnen are missing since Tuesday");
  add_device (fixture, 2, "Bart Bedacht", 1, NOW - 2 * DAY);
  assert_says (fixture, GEZ_SYNC_IDLE, "Data of 2 colleagues are missing since Tuesday");
  device->missing_since_at = NOW - 20 * DAY;
  assert_says (fixture, GEZ_SYNC_IDLE, "Data of 2 colleagues are missing since Sun 1 Nov");
}

static void
test_nothing_to_say (Fixture       *fixture,
                     gconstpointer  data)
{
  fixture->status->has_team = FALSE;
  assert_says (fixture, GEZ_SYNC_OFF, NULL);
  fixture->status->has_team = TRUE;
  fixture->status->restored_at = NOW - HOUR;
  fixture->status->n_waiting = 3;
  assert_says (fixture, GEZ_SYNC_IDLE, "This device was put back");
  fixture->status->restored_at = 0;
  g_clear_pointer (&fixture->status->folder_uri, g_free);
  assert_says (fixture, GEZ_SYNC_OFF, "No folder chosen");
}

static void
assert_device (Fixture       *fixture,
               GezSyncDevice *device,
               const char    *wanted,
               const char    *unwanted)
{
  g_autofree char *words = gez_sync_words_device (device, fixture->status, fixture->clock);

  g_assert_nonnull (strstr (words, wanted));
  g_assert_true (unwanted == NULL || strstr (words, unwanted) == NULL);
}

static void
test_device (Fixture       *fixture,
             gconstpointer  data)
{
  GezSyncDevice *device = add_device (fixture, 1, "Els Verzonnen", 0, 0);

  fixture->status->own_sequence = 7;
  device->seen_ours = 7;
  assert_device (fixture, device, "Last heard of: today, 8:00.", "clock");
  assert_device (fixture, device, "It has seen everything that was written here.", "not seen");
  device->seen_ours = 6;
  assert_device (fixture, device, "It has not seen everything that was written here yet.", NULL);
  device->is_clock_ahead = TRUE;
  assert_device (fixture, device, "Its clock is ahead.", "contradict");
  device->is_forked = TRUE;
  assert_device (fixture, device, "Its files contradict each other", NULL);
  device->n_missing = 3;
  device->missing_since_at = NOW - 4 * DAY;
  assert_device (fixture, device, "3 files of it do not come here, since Tuesday.", NULL);
  device->is_removed = TRUE;
  assert_device (fixture, device, "Removed from the team.", "clock");
}

/* Each code of the table has words of its own. */
static void
test_problems (Fixture       *fixture,
               gconstpointer  data)
{
  static const char *const codes[] = { "incomplete", "damaged", "foreign", "unknown_device", "unknown_key",
                                       "removed", "forked", "missing" };
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    g_assert_true (g_hash_table_add (seen, (gpointer) gez_sync_words_problem (codes[i])));
  g_assert_false (g_hash_table_contains (seen, gez_sync_words_problem ("of a later version")));
}

static void
test_device_name (Fixture       *fixture,
                  gconstpointer  data)
{
  GezId id = gez_id_new (fixture->clock);
  g_autofree char *other = gez_sync_words_device_name (&id, FALSE, fixture->clock);
  g_autofree char *own = gez_sync_words_device_name (&id, TRUE, fixture->clock);

  g_assert_cmpstr (other, ==, "Device of 21 Nov 2026");
  g_assert_cmpstr (own, ==, "This device");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/ui/sync-words/time", Fixture, NULL, set_up, test_time, tear_down);
  g_test_add ("/ui/sync-words/waiting", Fixture, NULL, set_up, test_waiting, tear_down);
  g_test_add ("/ui/sync-words/missing", Fixture, NULL, set_up, test_missing, tear_down);
  g_test_add ("/ui/sync-words/nothing-to-say", Fixture, NULL, set_up, test_nothing_to_say, tear_down);
  g_test_add ("/ui/sync-words/device", Fixture, NULL, set_up, test_device, tear_down);
  g_test_add ("/ui/sync-words/problems", Fixture, NULL, set_up, test_problems, tear_down);
  g_test_add ("/ui/sync-words/device-name", Fixture, NULL, set_up, test_device_name, tear_down);
  return g_test_run ();
}
