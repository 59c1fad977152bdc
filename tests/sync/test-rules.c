/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station.h"

/* Who reads by a rule of the team, at a shared folder. */

/* Somebody says that she will be away, and closes her laptop: what she wrote last goes out, and the keys for
 * her stand-in with it. */
static void
test_stand_in_before_leaving (void)
{
  MemoryDisk *disk = memory_disk_new ();
  g_autoptr (Station) els = station_new (disk, 1);
  g_autoptr (Station) jan = station_new (disk, 2);
  g_autoptr (GezChange) absence = gez_change_new ("set-absence");
  Station *both[] = { els, jan };
  GezId away, stand_in;
  g_autofree char *name = NULL, *failure = NULL;

  station_found (els, "Els Proefleider");
  station_join (jan, els, "Jan Proefmanager", "casemanager");
  station_add_household (els, "Gezin Waarneming");
  stations_settle (both, 2);
  g_assert_cmpint (station_count (jan, "SELECT count (*) FROM household"), ==, 0);

  away = station_get_member (els);
  stand_in = station_get_member (jan);
  gez_change_update (absence, "member", &away);
  gez_change_set_text (absence, "absent_from_on", "2026-12-01");
  gez_change_set_text (absence, "absent_to_on", "2099-12-31");
  gez_change_set_id (absence, "stand_in_member_id", &stand_in);
  memory_database_commit (els->memory, absence);
  failure = station_try (els, GEZ_ENGINE_WRITE);
  g_assert_cmpstr (failure, ==, NULL);
  station_round (jan);
  station_round (jan);
  name = memory_database_text (jan->memory, "SELECT name FROM household");
  g_assert_cmpstr (name, ==, "Gezin Waarneming");
  memory_disk_unref (disk);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/rules/stand-in-before-leaving", test_stand_in_before_leaving);
  return g_test_run ();
}
