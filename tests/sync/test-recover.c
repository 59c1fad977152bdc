/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "circle/gez-team.h"
#include "station.h"
#include "sync/gez-sync-recover.h"
#include "vault/gez-recovery-code.h"
#include "vault/gez-vault-recovery.h"

/* Somebody lost her only laptop, and nobody else read her files. What she shared comes back with the team's
 * sheet. */

typedef gboolean (*Act) (GezTeam *team, gpointer data, GError **error);

static void
act (Station *station,
     Act      function,
     gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GezTeam) team = NULL;

  g_assert_true (gez_database_begin (station->memory->database, &error));
  team = gez_team_load (station->memory->database, &error);
  g_assert_no_error (error);
  function (team, data, &error);
  g_assert_no_error (error);
  g_assert_true (gez_database_commit (station->memory->database, &error));
}

static gboolean
set_sheet (GezTeam *team,
           gpointer data,
           GError **error)
{
  return gez_team_set_recovery (team, data, error);
}

static gboolean
lose (GezTeam *team,
      gpointer device,
      GError **error)
{
  return gez_team_remove_device (team, device, error);
}

typedef struct
{
  GezSecret *sheet;
  GPtrArray *wraps;
  GezId member;
  guint n_circles;
} Recovery;

static gboolean
recover (GezTeam *team,
         gpointer data,
         GError **error)
{
  Recovery *recovery = data;

  return gez_team_recover (team, recovery->sheet, recovery->wraps, &recovery->member, &recovery->n_circles,
                           error);
}

static GPtrArray *
read_wraps (Station *station)
{
  g_autoptr (GezQuery) query = gez_folder_keys_query ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GezFolderKeys) keys = gez_query_run (query, station->memory->database, &error);
  GPtrArray *wraps = keys ? gez_folder_read_wraps (station->folder, keys, NULL, &error) : NULL;

  g_assert_no_error (error);
  return wraps;
}

static void
test_lost_laptop (void)
{
  MemoryDisk *disk = memory_disk_new ();
  g_autoptr (Station) els = station_new (disk, 1);
  g_autoptr (Station) mina = station_new (disk, 2);
  g_autoptr (Station) again = station_new (disk, 3);
  g_autoptr (GezSecret) sheet = gez_recovery_code_new (NULL);
  g_autoptr (GError) error = NULL;
  guint8 public_key[GEZ_KEY_SIZE];
  Station *before[] = { els, mina }, *after[] = { els, again };
  g_autofree char *name = NULL, *note = NULL;
  Recovery recovery = { sheet, NULL, GEZ_ID_NONE, 0 };
  GezId household, device;

  g_assert_true (gez_recovery_get_public (sheet, public_key, &error));
  station_found (els, "Els Proefleider");
  act (els, set_sheet, public_key);
  station_join (mina, els, "Mina Proefmanager", "casemanager");
  stations_settle (before, 2);
  household = station_add_household (mina, "Gezin Verloren");
  station_add_note (mina, &household, gez_circle_casework (&household), "alleen van Mina");
  stations_settle (before, 2);
  g_assert_cmpint (station_count (els, "SELECT count (*) FROM household"), ==, 0);

  device = station_get_device (mina);
  recovery.member = station_get_member (mina);
  act (els, lose, &device);
  station_join_again (again, els, "Mina Proefmanager", "casemanager", &recovery.member);
  stations_settle (after, 2);
  g_assert_cmpint (station_count (again, "SELECT count (*) FROM household"), ==, 0);
  recovery.wraps = read_wraps (els);
  act (els, recover, &recovery);
  g_ptr_array_unref (recovery.wraps);
  g_assert_cmpuint (recovery.n_circles, ==, 2);
  stations_settle (after, 2);
  name = memory_database_text (again->memory, "SELECT name FROM household");
  note = memory_database_text (again->memory, "SELECT content FROM note");
  g_assert_cmpstr (name, ==, "Gezin Verloren");
  g_assert_cmpstr (note, ==, "alleen van Mina");
  /* She works on, and the leader read nothing of it. */
  station_edit (again, &household, "address", "Nieuwstraat 1");
  stations_settle (after, 2);
  g_assert_cmpint (station_count (els, "SELECT count (*) FROM household"), ==, 0);
  g_assert_cmpint (station_count (again, "SELECT count (*) FROM waiting_write"), ==, 0);
  memory_disk_unref (disk);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/recover/lost-laptop", test_lost_laptop);
  return g_test_run ();
}
