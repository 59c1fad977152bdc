/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "counts.h"
#include "steps.h"

/* A year of work in a team: what lies on the shared folder at the end of it, after packing. A device's files
 * do not depend on how many others there are, so that a few devices tell about fifty. GEZINSPLAN_DEVICES,
 * GEZINSPLAN_DAYS. */

#define ACTS_A_DAY 30
#define HOUSEHOLDS 10

typedef struct
{
  SimWorld *world;
  GezId households[HOUSEHOLDS];
  guint n_changes;
} Year;

static guint
number_from (const char *name, guint otherwise)
{
  const char *text = g_getenv (name);

  return text ? (guint)g_ascii_strtoull (text, NULL, 10) : otherwise;
}

static void
add_household (SimDevice *device, GezId *id)
{
  g_autoptr (GezChange) change = gez_change_new ("add-household");

  sim_device_set_clock (device);
  *id = gez_id_new (device->memory->clock);
  gez_change_insert (change, "household", id, gez_circle_open (id));
  gez_change_set_text (change, "name", "Gezin Jaarrond");
  g_assert_true (sim_device_commit (device, change));
}

/* One visit: a contact, what was said, and something to do. */
static void
work (Year *year, SimDevice *device)
{
  static const char *text
      = "We hebben de papieren samen bekeken. Er ontbreekt nog een attest, dat volgende week "
        "komt. De jongste gaat nu graag naar school; de oudste zoekt werk in de buurt.";
  GezId household = year->households[sim_draw (year->world, HOUSEHOLDS)];
  g_autoptr (GezChange) change = gez_change_new ("add-contact");
  GezId contact, id;

  sim_device_set_clock (device);
  contact = gez_id_new (device->memory->clock);
  gez_change_insert (change, "contact", &contact, gez_circle_open (&household));
  gez_change_set_id (change, "household_id", &household);
  gez_change_set_integer (change, "happened_at", GEZ_CHANGE_NOW);
  gez_change_set_id (change, "by_member_id", &device->member->id);
  id = gez_id_new (device->memory->clock);
  gez_change_insert (change, "note", &id, gez_circle_open (&household));
  gez_change_set_id (change, "household_id", &household);
  gez_change_set_id (change, "contact_id", &contact);
  gez_change_set_integer (change, "written_at", GEZ_CHANGE_NOW);
  gez_change_set_text (change, "content", text);
  id = gez_id_new (device->memory->clock);
  gez_change_insert (change, "followup", &id, gez_circle_open (&household));
  gez_change_set_id (change, "household_id", &household);
  gez_change_set_text (change, "what", "Attest opvragen");
  gez_change_set_text (change, "due_on", "2026-06-01");
  gez_change_update (change, "household", &household);
  gez_change_set_integer (change, "contact_rhythm_days", sim_draw (year->world, 60) + 1);
  g_assert_true (sim_device_commit (device, change));
  year->n_changes += 4;
}

static void
round_of (SimDevice *device, GezEngineSteps steps)
{
  guint n_done;

  sim_device_sync (device, steps, &n_done);
  g_assert_cmpstr (device->world->failure, ==, NULL);
}

static void
day (Year *year)
{
  GPtrArray *devices = year->world->devices;

  year->world->now += 8 * 60 * SIM_MINUTE;
  for (guint act = 0; act < ACTS_A_DAY; act++)
    {
      year->world->now += 16 * SIM_MINUTE;
      for (guint i = 0; i < devices->len; i++)
        {
          work (year, g_ptr_array_index (devices, i));
          round_of (g_ptr_array_index (devices, i), GEZ_ENGINE_WRITE);
        }
    }
  for (guint i = 0; i < 2 * devices->len; i++)
    round_of (g_ptr_array_index (devices, i % devices->len), GEZ_ENGINE_ALL);
  year->world->now += 8 * 60 * SIM_MINUTE;
}

static void
test_year (void)
{
  Year year = { .world = sim_world_new (1) };
  guint n_devices = number_from ("GEZINSPLAN_DEVICES", 2), n_days = number_from ("GEZINSPLAN_DAYS", 40);
  guint64 n_bytes, n_segments = 0;
  guint n_files;

  g_assert_true (sim_found_team (year.world));
  while (year.world->devices->len < n_devices)
    g_assert_true (sim_add_device (year.world));
  for (guint i = 0; i < HOUSEHOLDS; i++)
    add_household (g_ptr_array_index (year.world->devices, 0), &year.households[i]);
  for (guint i = 0; i < 2 * n_devices; i++)
    round_of (g_ptr_array_index (year.world->devices, i % n_devices), GEZ_ENGINE_ALL);
  for (guint i = 0; i < n_days; i++)
    if (i % 7 < 5)
      day (&year);
    else
      year.world->now += SIM_DAY;
  n_files = hostile_folder_count (year.world->folder, &n_bytes);
  for (guint i = 0; i < n_devices; i++)
    n_segments += (guint64)memory_database_count (((SimDevice *)year.world->devices->pdata[i])->memory,
                                                  "SELECT own_sequence FROM sync_state");
  g_test_message ("%u devices, %u days: %u changes in %" G_GUINT64_FORMAT
                  " segments; on the folder %u files, %" G_GUINT64_FORMAT
                  " bytes: %.0f bytes a change, %.1f files a device",
                  n_devices, n_days, year.n_changes, n_segments, n_files, n_bytes,
                  (double)n_bytes / year.n_changes, (double)n_files / n_devices);
  sim_world_free (year.world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/simulator/year", test_year);
  return g_test_run ();
}
