/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "counts.h"
#include "memory-database.h"
#include "memory-folder.h"
#include "store/gez-database-private.h"
#include "sync/gez-engine-private.h"

/* Days and months of own segments become one file, and nothing is lost on the way. */

#define DAY (24 * 60 * 60 * G_GINT64_CONSTANT (1000))
#define BEGIN (20454 * DAY) /* 1 January 2026 */

typedef struct
{
  MemoryDatabase *memory;
  MemoryDisk *disk;
  GezFolder *folder;
  GezEngine *engine;
  GezEngineReport report;
  guint64 sequence;
  GPtrArray *made; /* GBytes: every segment that was ever made here */
} Fixture;

static gboolean
run_cb (gpointer      site,
        GezEngineWork work,
        gpointer      data,
        GError      **error)
{
  return work (((Fixture *) site)->memory->database, data, error);
}

static void
execute (Fixture    *fixture,
         const char *sql)
{
  g_assert_cmpint (sqlite3_exec (fixture->memory->handle, sql, NULL, NULL, NULL), ==, SQLITE_OK);
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  GezEngine *engine;

  fixture->memory = memory_database_new (BEGIN, 1);
  fixture->disk = memory_disk_new ();
  fixture->folder = memory_folder_new (fixture->disk);
  g_assert_true (gez_folder_found (fixture->folder, "Lees mij.\n", NULL, NULL));
  fixture->made = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  fixture->report = (GezEngineReport) { .tables = g_ptr_array_new () };
  engine = gez_engine_new (run_cb, fixture, fixture->folder, NULL);
  engine->report = &fixture->report;
  memset (engine->team_id.bytes, 1, GEZ_ID_SIZE);
  memset (engine->device.bytes, 2, GEZ_ID_SIZE);
  engine->own_directory = gez_engine_device_path (&engine->device);
  fixture->engine = engine;
  execute (fixture,
           "INSERT INTO sync_state (row) VALUES (1);"
           "INSERT INTO sync_device (device, member_id) VALUES (x'02020202020202020202020202020202', x'01');"
           "INSERT INTO sync_device (device, member_id) VALUES (x'03030303030303030303030303030303', x'02')");
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  fixture->engine->report = NULL;
  gez_engine_free (fixture->engine);
  gez_engine_report_clear (&fixture->report);
  g_object_unref (fixture->folder);
  memory_disk_unref (fixture->disk);
  memory_database_free (fixture->memory);
  g_ptr_array_unref (fixture->made);
}

/* Makes and publishes a segment, as far as packing can tell. */
static void
add_segment (Fixture *fixture,
             gint64   at)
{
  g_autofree char *text = g_strdup_printf ("segment %" G_GUINT64_FORMAT, ++fixture->sequence);
  GBytes *bytes = g_bytes_new (text, strlen (text));
  GezSegmentHead head = { .device = fixture->engine->device, .sequence = fixture->sequence };
  g_autoptr (GBytes) hash = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  gez_hash_of (bytes, &head.hash);
  hash = g_bytes_new (head.hash.bytes, GEZ_HASH_SIZE);
  path = gez_segment_path (&head);
  g_assert_true (gez_database_begin (fixture->memory->database, &error));
  gez_database_execute (fixture->memory->database, &error,
                        "INSERT INTO segment (device, sequence, hash, previous, wall_at, read_at) "
                        "VALUES (?1, ?2, ?3, x'', ?4, ?4)",
                        GEZ_ID, &head.device, GEZ_INTEGER, (gint64) head.sequence, GEZ_BLOB, hash,
                        GEZ_INTEGER,
                        at, GEZ_END);
  g_assert_no_error (error);
  gez_database_execute (fixture->memory->database, &error,
                        "INSERT INTO own_file (path, bytes, made_at) VALUES (?, ?, ?)", GEZ_TEXT, path,
                        GEZ_BLOB, bytes, GEZ_INTEGER, at, GEZ_END);
  g_assert_no_error (error);
  g_assert_true (gez_database_commit (fixture->memory->database, &error));
  g_ptr_array_add (fixture->made, bytes);
}

static void
add_days (Fixture *fixture,
          guint    n_days,
          guint    n_on_each)
{
  gint64 now = gez_clock_get_now (fixture->memory->clock);

  for (guint i = 0; i < n_days; i++)
    for (guint j = 0; j < n_on_each; j++)
      add_segment (fixture, now + i * DAY + j * 1000);
  gez_clock_set_now (fixture->memory->clock, now + n_days * DAY);
}

static void
pack (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_hash_table_remove_all (fixture->engine->listed);
  g_assert_true (gez_engine_publish (fixture->engine, &error));
  g_assert_no_error (error);
  g_assert_true (gez_engine_pack (fixture->engine, &error));
  g_assert_no_error (error);
}

/* What the directory holds: packs, and segments. */
static void
count_files (Fixture *fixture,
             guint   *n_packs,
             guint   *n_segments)
{
  g_autoptr (GPtrArray) names = gez_folder_list (fixture->folder, fixture->engine->own_directory, NULL, NULL);

  *n_packs = *n_segments = 0;
  for (guint i = 0; i < names->len; i++)
    *(*(char *) names->pdata[i] == 'p' ? n_packs : n_segments) += 1;
}

static void
take (GHashTable *found,
      GBytes     *segment)
{
  g_hash_table_add (found, g_bytes_ref (segment));
}

/* Whatever is in packs and whatever is not: somebody who comes new reads each segment, byte for byte. */
static void
assert_all_readable (Fixture *fixture)
{
  g_autoptr (GPtrArray) names = gez_folder_list (fixture->folder, fixture->engine->own_directory, NULL, NULL);
  g_autoptr (GHashTable) found =
      g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, NULL);

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_strconcat (fixture->engine->own_directory, "/", names->pdata[i], NULL);
      g_autoptr (GBytes) file = gez_folder_read (fixture->folder, path, G_MAXINT, NULL, NULL);
      g_autoptr (GPtrArray) segments = NULL;
      GezId device;

      segments = gez_pack_read (file, &fixture->engine->team_id, &device, NULL);
      if (segments == NULL)
        take (found, file);
      for (guint j = 0; segments != NULL && j < segments->len; j++)
        take (found, segments->pdata[j]);
    }
  g_assert_cmpuint (g_hash_table_size (found), ==, fixture->made->len);
  for (guint i = 0; i < fixture->made->len; i++)
    g_assert_true (g_hash_table_contains (found, fixture->made->pdata[i]));
  counts_add ("segments found again in packs or beside them", fixture->made->len);
}

static void
see (Fixture *fixture,
     guint64  sequence)
{
  g_autofree char *sql
      = g_strdup_printf ("INSERT OR REPLACE INTO seen_by VALUES (x'03030303030303030303030303030303', "
                         "x'02020202020202020202020202020202', %" G_GUINT64_FORMAT ", x'')",
                         sequence);

  execute (fixture, sql);
}

static void
test_days (Fixture      *fixture,
           gconstpointer data)
{
  guint n_packs, n_segments, n_before;

  add_days (fixture, 3, 4);
  add_segment (fixture, gez_clock_get_now (fixture->memory->clock));
  pack (fixture);
  count_files (fixture, &n_packs, &n_segments);
  g_assert_cmpuint (n_packs, ==, 3);
  g_assert_cmpuint (n_segments, ==, 13);
  assert_all_readable (fixture);

  /* Once on a day, and nothing twice on the next one. */
  n_before = memory_folder_get_calls (MEMORY_FOLDER (fixture->folder))->n_publishes;
  pack (fixture);
  gez_clock_set_now (fixture->memory->clock, gez_clock_get_now (fixture->memory->clock) + DAY);
  pack (fixture);
  g_assert_cmpuint (memory_folder_get_calls (MEMORY_FOLDER (fixture->folder))->n_publishes, ==, n_before);
}

/* Three conditions, and each of them is needed. */
static void
test_conditions (Fixture      *fixture,
                 gconstpointer data)
{
  guint n_packs, n_segments;

  add_days (fixture, 2, 5);
  pack (fixture);
  see (fixture, 4);
  gez_clock_set_now (fixture->memory->clock, BEGIN + 2 * DAY + 40 * DAY);
  pack (fixture);
  count_files (fixture, &n_packs, &n_segments);
  g_assert_cmpuint (n_segments, ==, 10); /* the other one has not seen the fifth */

  see (fixture, 5);
  execute (fixture, "UPDATE own_file SET published_at = NULL WHERE path LIKE '%/p%'");
  memory_folder_get_calls (MEMORY_FOLDER (fixture->folder))->fail_at =
      memory_folder_get_calls (MEMORY_FOLDER (fixture->folder))->n_calls + 1;
  memory_folder_get_calls (MEMORY_FOLDER (fixture->folder))->fail_code = GEZ_SYNC_ERROR_NO_SPACE;
  gez_clock_set_now (fixture->memory->clock, BEGIN + 44 * DAY);
  g_hash_table_remove_all (fixture->engine->listed);
  g_assert_false (gez_engine_pack (fixture->engine, NULL));
  count_files (fixture, &n_packs, &n_segments);
  g_assert_cmpuint (n_segments, ==, 10); /* the packs are not known to be there */

  pack (fixture);
  count_files (fixture, &n_packs, &n_segments);
  g_assert_cmpuint (n_segments, ==, 5); /* the first day is seen, the second is not */
  assert_all_readable (fixture);
  see (fixture, 10);
  gez_clock_set_now (fixture->memory->clock, BEGIN + 45 * DAY);
  pack (fixture);
  count_files (fixture, &n_packs, &n_segments);
  g_assert_cmpuint (n_segments, ==, 0);
  assert_all_readable (fixture);
}

static void
test_too_young (Fixture      *fixture,
                gconstpointer data)
{
  guint n_packs, n_segments;

  add_days (fixture, 1, 5);
  pack (fixture);
  see (fixture, 5);
  gez_clock_set_now (fixture->memory->clock, BEGIN + 30 * DAY);
  pack (fixture);
  count_files (fixture, &n_packs, &n_segments);
  g_assert_cmpuint (n_segments, ==, 5);
  gez_clock_set_now (fixture->memory->clock, BEGIN + 31 * DAY);
  pack (fixture);
  count_files (fixture, &n_packs, &n_segments);
  g_assert_cmpuint (n_segments, ==, 0);
}

/* A year of work: the months are one file each, and what is not over yet is what is left beside them. */
static void
test_year (Fixture      *fixture,
           gconstpointer data)
{
  guint n_packs, n_segments;

  for (guint i = 0; i < 365; i++)
    {
      add_days (fixture, 1, 3);
      see (fixture, fixture->sequence);
      pack (fixture);
    }
  count_files (fixture, &n_packs, &n_segments);
  g_test_message ("a year of 3 segments a day: %u packs, %u segments", n_packs, n_segments);
  g_assert_cmpuint (n_packs, <, 12 + 62);
  g_assert_cmpuint (n_segments, <=, 3 * 31);
  assert_all_readable (fixture);
}

/* The bytes of one segment are gone: the others are packed, and nothing is made again and again. */
static void
test_gap (Fixture      *fixture,
          gconstpointer data)
{
  guint n_packs, n_segments;

  add_days (fixture, 1, 7);
  execute (fixture, "DELETE FROM own_file WHERE path LIKE '%/s00000004-%'");
  pack (fixture);
  count_files (fixture, &n_packs, &n_segments);
  g_assert_cmpuint (n_packs, ==, 2);
  gez_clock_set_now (fixture->memory->clock, BEGIN + 2 * DAY);
  pack (fixture);
  count_files (fixture, &n_packs, &n_segments);
  g_assert_cmpuint (n_packs, ==, 2);
}

static void
test_read (void)
{
  GezId team = { { 1 } }, other = { { 9 } }, device = { { 2 } }, read;
  g_autoptr (GezPackWriter) writer = gez_pack_writer_new (&team, &device);
  g_autoptr (GBytes) one = g_bytes_new_static ("one", 3), none = g_bytes_new_static ("", 0), file = NULL;
  g_autoptr (GPtrArray) segments = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (gez_pack_writer_add (writer, one));
  g_assert_true (gez_pack_writer_add (writer, none));
  file = gez_pack_writer_finish (writer);
  segments = gez_pack_read (file, &team, &read, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (segments->len, ==, 2);
  g_assert_true (g_bytes_equal (segments->pdata[0], one) && g_bytes_equal (segments->pdata[1], none));
  g_assert_true (gez_id_equal (&read, &device));
  g_assert_null (gez_pack_read (file, &other, &read, &error));
  g_assert_error (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_FOREIGN);
  for (gsize i = 0; i < g_bytes_get_size (file); i++)
    {
      g_autoptr (GBytes) half = g_bytes_new_from_bytes (file, 0, i);
      g_autoptr (GError) cut = NULL;

      g_assert_null (gez_pack_read (half, &team, &read, &cut));
      g_assert_error (cut, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_INCOMPLETE);
    }
}

static void
test_large (void)
{
  GezId id = { { 1 } };
  g_autoptr (GezPackWriter) writer = gez_pack_writer_new (&id, &id);
  g_autoptr (GBytes) large = g_bytes_new_take (g_malloc0 (GEZ_PACK_SIZE_MAX / 3), GEZ_PACK_SIZE_MAX / 3);

  g_assert_true (gez_pack_writer_add (writer, large));
  g_assert_true (gez_pack_writer_add (writer, large));
  g_assert_false (gez_pack_writer_add (writer, large));
  g_assert_cmpuint (gez_pack_writer_get_n (writer), ==, 2);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  g_test_add_func ("/pack/read", test_read);
  g_test_add_func ("/pack/large", test_large);
  ADD ("/pack/days", test_days);
  ADD ("/pack/conditions", test_conditions);
  ADD ("/pack/too-young", test_too_young);
  ADD ("/pack/gap", test_gap);
  ADD ("/pack/year", test_year);

  return g_test_run ();
}
