/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "circle/gez-fingerprint.h"
#include "circle/gez-team.h"
#include "counts.h"
#include "station.h"

/* Several devices at one shared folder: what one writes, the others read; whatever happens to the folder. */

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

static void
test_both_ways (Fixture      *fixture,
                gconstpointer data)
{
  GezId household = station_add_household (fixture->els, "Gezin Heen");

  station_grant (fixture->els, gez_circle_open (&household), fixture->jan);
  settle (fixture);
  assert_text (fixture->jan, "SELECT name FROM household", "Gezin Heen");
  station_edit (fixture->jan, &household, "address", "Terugstraat 1");
  settle (fixture);
  assert_text (fixture->els, "SELECT address FROM household", "Terugstraat 1");
}


/* Who has no key learns nothing; who gets one later reads all that was written before. */
static void
test_late_key (Fixture      *fixture,
               gconstpointer data)
{
  GezId shared = station_add_household (fixture->els, "Gezin Later");
  GezId other;
  guint n_before;

  settle (fixture);
  station_edit (fixture->els, &shared, "address", "Latersteeg 2");
  settle (fixture);
  other = station_add_household (fixture->els, "Gezin Nooit");
  settle (fixture);
  station_edit (fixture->els, &other, "address", "Nooitdreef 3");
  settle (fixture);
  g_assert_cmpint (station_count (fixture->jan, "SELECT count(*) FROM household"), ==, 0);
  station_grant (fixture->els, gez_circle_open (&shared), fixture->jan);
  station_round (fixture->els);
  n_before = memory_folder_get_calls (MEMORY_FOLDER (fixture->jan->folder))->n_reads;
  station_round (fixture->jan);
  assert_text (fixture->jan, "SELECT name || ', ' || address FROM household", "Gezin Later, Latersteeg 2");
  g_assert_cmpint (station_count (fixture->jan, "SELECT count(*) FROM household"), ==, 1);
  /* The segment that brought the key, and the two that it opens. */
  g_assert_cmpuint (memory_folder_get_calls (MEMORY_FOLDER (fixture->jan->folder))->n_reads - n_before, ==,
                    3);
}

/* Who cannot read a file learns whom to ask, and nothing else. */
static void
test_one_family (Fixture      *fixture,
                 gconstpointer data)
{
  GezId household = station_add_household (fixture->els, "Gezin Tweemaal"), person;
  g_autoptr (GezChange) change = gez_change_new ("add-person");
  g_autoptr (GPtrArray) hits = NULL;
  g_autoptr (GError) error = NULL;

  person = gez_id_new (fixture->els->memory->clock);
  gez_change_insert (change, "person", &person, gez_circle_open (&household));
  gez_change_set_id (change, "household_id", &household);
  gez_change_set_text (change, "first_name", "Fatma");
  gez_change_set_text (change, "last_name", "Tweemaal");
  gez_change_set_text (change, "born_on", "2015-03-02");
  memory_database_commit (fixture->els->memory, change);
  settle (fixture);
  g_assert_cmpint (station_count (fixture->jan, "SELECT count(*) FROM person"), ==, 0);
  hits = gez_fingerprint_find (fixture->jan->memory->database, "Fatma", "Tweemaal", "2015-03-02", NULL,
                               &error);
  g_assert_no_error (error);
  g_assert_cmpuint (hits->len, ==, 1);
  g_assert_cmpstr (((GezFingerprintHit *) hits->pdata[0])->member_name, ==, "Els Proefleider");
}

/* Names of all files, without those that a device may write at any time. */
static GHashTable *
remember (MemoryDisk *disk)
{
  GHashTable *paths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  GHashTableIter iter;
  gpointer path, bytes;

  g_hash_table_iter_init (&iter, disk->files);
  while (g_hash_table_iter_next (&iter, &path, &bytes))
    g_hash_table_insert (paths, g_strdup (path), g_bytes_ref (bytes));
  return paths;
}

static void
assert_holds (MemoryDisk *disk,
              GHashTable *files)
{
  GHashTableIter iter;
  gpointer path, bytes;

  g_hash_table_iter_init (&iter, files);
  while (g_hash_table_iter_next (&iter, &path, &bytes))
    {
      GBytes *there = g_hash_table_lookup (disk->files, path);

      g_assert_nonnull (there);
      g_assert_true (g_bytes_equal (there, bytes));
    }
}

static void
test_emptied_folder_is_filled_again (Fixture      *fixture,
                                     gconstpointer data)
{
  GezId household = station_add_household (fixture->els, "Gezin Leeg");
  g_autoptr (GHashTable) before = NULL;
  g_autofree char *failure = NULL;

  station_grant (fixture->els, gez_circle_open (&household), fixture->jan);
  settle (fixture);
  before = remember (fixture->disk);
  memory_disk_empty (fixture->disk);
  station_edit (fixture->jan, &household, "address", "Leegstraat 4");
  failure = station_try (fixture->jan, GEZ_ENGINE_ALL);
  g_assert_nonnull (failure);
  g_assert_cmpuint (g_hash_table_size (fixture->disk->files), ==, 0);
  assert_text (fixture->jan, "SELECT name FROM household", "Gezin Leeg");
  /* Somebody says: fill it again. */
  gez_folder_found (fixture->jan->folder, "", NULL, NULL);
  settle (fixture);
  g_hash_table_remove (before, "LEES-MIJ.txt");
  assert_holds (fixture->disk, before);
  assert_text (fixture->els, "SELECT address FROM household", "Leegstraat 4");
}

/* A folder of another team is not this one. */
static void
test_folder_of_others (Fixture      *fixture,
                       gconstpointer data)
{
  g_autoptr (MemoryDisk) disk = memory_disk_new ();
  g_autoptr (Station) stranger = station_new (disk, 9);
  g_autofree char *failure = NULL;
  guint n_files;

  station_found (stranger, "Noor Proefvreemde");
  station_round (stranger);
  n_files = g_hash_table_size (disk->files);
  memory_folder_set_disk (MEMORY_FOLDER (fixture->jan->folder), disk);
  station_restart (fixture->jan);
  failure = station_try (fixture->jan, GEZ_ENGINE_ALL);
  g_assert_cmpstr (failure, ==, "the folder does not hold this team");
  g_assert_cmpuint (g_hash_table_size (disk->files), ==, n_files);
}

static char *
find_path (MemoryDisk *disk,
           Station    *of,
           guint       sequence)
{
  GezId device = station_get_device (of);
  g_autofree char *letters = gez_base32 (device.bytes, GEZ_ID_SIZE);
  g_autofree char *prefix = g_strdup_printf ("d/%s/s%08u-", letters, sequence);
  GHashTableIter iter;
  gpointer path;

  g_hash_table_iter_init (&iter, disk->files);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    if (g_str_has_prefix (path, prefix))
      return g_strdup (path);
  return NULL;
}

static gint64
last_sequence (Station *station)
{
  return station_count (station, "SELECT own_sequence FROM sync_state");
}

/* A later segment that arrives first is read; the one between is missing, and is said to be. */
static void
test_gap (Fixture      *fixture,
          gconstpointer data)
{
  GezId household = station_add_household (fixture->els, "Gezin Gat");
  g_autofree char *path = NULL;
  g_autoptr (GBytes) file = NULL;

  station_grant (fixture->els, gez_circle_open (&household), fixture->jan);
  settle (fixture);
  station_edit (fixture->els, &household, "address", "Gatstraat 5");
  station_round (fixture->els);
  path = find_path (fixture->disk, fixture->els, (guint) last_sequence (fixture->els));
  file = g_bytes_ref (g_hash_table_lookup (fixture->disk->files, path));
  station_edit (fixture->els, &household, "language", "Pools");
  station_round (fixture->els);
  g_hash_table_remove (fixture->disk->files, path);
  station_round (fixture->jan);
  assert_text (fixture->jan, "SELECT language || coalesce(address, '') FROM household", "Pools");
  g_assert_cmpint (
      station_count (fixture->jan, "SELECT count(*) FROM sync_device WHERE missing_since_at IS NOT NULL"), ==,
      1);
  g_hash_table_insert (fixture->disk->files, g_strdup (path), g_bytes_ref (file));
  station_round (fixture->jan);
  assert_text (fixture->jan, "SELECT language || address FROM household", "PoolsGatstraat 5");
  g_assert_cmpint (
      station_count (fixture->jan, "SELECT count(*) FROM sync_device WHERE missing_since_at IS NOT NULL"), ==,
      0);
}

/* What was seen does not go over a gap: whoever tells that he saw a segment saw all before it. */
static void
test_seen_stops_at_a_gap (Fixture      *fixture,
                          gconstpointer data)
{
  g_autofree char *path = NULL;
  GezId household = station_add_household (fixture->els, "Gezin Gezien");
  gint64 before;

  settle (fixture);
  before = last_sequence (fixture->els);
  station_edit (fixture->els, &household, "address", "Zichtlaan 6");
  station_round (fixture->els);
  path = find_path (fixture->disk, fixture->els, (guint) before + 1);
  station_edit (fixture->els, &household, "language", "Farsi");
  station_round (fixture->els);
  g_hash_table_remove (fixture->disk->files, path);
  station_round (fixture->jan);
  station_add_household (fixture->jan, "Gezin Ander");
  station_round (fixture->jan);
  station_round (fixture->els);
  g_assert_cmpint (station_count (fixture->els, "SELECT max(sequence) FROM seen_by WHERE of_device = "
                                                "(SELECT id FROM device)"), <=, before);
}

/* Half a file, a changed byte, a copy under another name, capitals: none of it does harm or is read twice. */
static void
test_odd_files (Fixture      *fixture,
                gconstpointer data)
{
  GezId household = station_add_household (fixture->els, "Gezin Vreemd");
  g_autofree char *path = NULL;
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GBytes) half = NULL;
  g_autofree guint8 *changed = NULL;
  gsize size;

  station_grant (fixture->els, gez_circle_open (&household), fixture->jan);
  station_round (fixture->els);
  path = find_path (fixture->disk, fixture->els, (guint) last_sequence (fixture->els));
  file = g_bytes_ref (g_hash_table_lookup (fixture->disk->files, path));
  size = g_bytes_get_size (file);
  half = g_bytes_new_from_bytes (file, 0, size / 2);
  g_hash_table_insert (fixture->disk->files, g_strdup (path), g_bytes_ref (half));
  station_round (fixture->jan);
  assert_text (fixture->jan, "SELECT why FROM quarantine", "incomplete");
  changed = g_memdup2 (g_bytes_get_data (file, NULL), size);
  changed[size / 2] ^= 1;
  g_hash_table_insert (fixture->disk->files, g_strdup (path), g_bytes_new (changed, size));
  station_round (fixture->jan);
  assert_text (fixture->jan, "SELECT why FROM quarantine", "damaged");
  g_assert_cmpint (station_count (fixture->jan, "SELECT count(*) FROM household"), ==, 0);
  /* It is right under a name that a program made for a conflict. */
  g_hash_table_insert (
      fixture->disk->files,
      g_strdup_printf ("%.*s (conflicted copy 2026-01-02 030405).seg", (int) strlen (path) - 4, path),
      g_bytes_ref (file));
  station_round (fixture->jan);
  assert_text (fixture->jan, "SELECT name FROM household", "Gezin Vreemd");
  g_hash_table_insert (fixture->disk->files, g_strdup (path), g_bytes_ref (file));
  station_round (fixture->jan);
  g_assert_cmpint (station_count (fixture->jan, "SELECT count(*) FROM quarantine"), ==, 0);
  station_round (fixture->jan);
  g_assert_cmpuint (fixture->jan->report.n_files_read, ==, 0);
}

/* A kind of record that this program does not know stops nothing. */
static void
test_unknown_record (Fixture      *fixture,
                     gconstpointer data)
{
  GezId household = station_add_household (fixture->els, "Gezin Nieuw");
  g_autoptr (GVariant) content
      = g_variant_ref_sink (g_variant_new ("(sv)", "later", g_variant_new_string ("iets")));
  g_autoptr (GBytes) bytes = g_variant_get_data_as_bytes (content);
  g_autoptr (GError) error = NULL;

  station_grant (fixture->els, gez_circle_open (&household), fixture->jan);
  gez_database_begin (fixture->els->memory->database, &error);
  gez_database_execute (fixture->els->memory->database, &error,
                        "INSERT INTO outgoing (kind, content) VALUES ('team', ?)", GEZ_BLOB, bytes, GEZ_END);
  gez_database_commit (fixture->els->memory->database, &error);
  g_assert_no_error (error);
  settle (fixture);
  assert_text (fixture->jan, "SELECT name FROM household", "Gezin Nieuw");
  g_assert_cmpint (station_count (fixture->els, "SELECT count(*) FROM outgoing"), ==, 0);
}

/* One act of ten notes of almost a megabyte each. */
static void
test_ten_megabytes (Fixture      *fixture,
                    gconstpointer data)
{
  GezId household = station_add_household (fixture->els, "Gezin Lang");
  g_autoptr (GezChange) change = gez_change_new ("note-add");
  g_autofree char *text = g_malloc (1000 * 1000 + 1);

  for (guint i = 0; i < 1000 * 1000; i++)
    text[i] = "abcdefghijklmnop qrstuvwxyz"[(i * 2654435761u) >> 27 & 15];
  text[1000 * 1000] = '\0';
  for (guint i = 0; i < 10; i++)
    {
      GezId id = gez_id_new (fixture->els->memory->clock);

      gez_change_insert (change, "note", &id, gez_circle_open (&household));
      gez_change_set_id (change, "household_id", &household);
      gez_change_set_text (change, "content", text);
      gez_change_set_integer (change, "written_at", 1);
    }
  memory_database_commit (fixture->els->memory, change);
  station_grant (fixture->els, gez_circle_open (&household), fixture->jan);
  settle (fixture);
  g_assert_cmpint (station_count (fixture->jan, "SELECT sum(length(content)) FROM note"), ==,
                   10 * 1000 * 1000);
}

/* Nothing new: each directory is listed once, nothing is read, nothing is written; however much there is. */
static void
test_nothing_new (Fixture      *fixture,
                  gconstpointer data)
{
  guint n_calls = 0, n_works = 0;

  for (guint i = 0; i < 2; i++)
    {
      MemoryFolderCalls *calls = memory_folder_get_calls (MEMORY_FOLDER (fixture->jan->folder));
      MemoryFolderCalls before;

      settle (fixture);
      before = *calls;
      station_round (fixture->jan);
      g_assert_cmpint (fixture->jan->n_changes, ==, 0);
      g_assert_cmpuint (calls->n_reads, ==, before.n_reads);
      g_assert_cmpuint (calls->n_publishes, ==, before.n_publishes);
      if (i > 0)
        {
          g_assert_cmpuint (calls->n_lists - before.n_lists, ==, n_calls);
          g_assert_cmpuint (fixture->jan->n_works, ==, n_works);
        }
      n_calls = calls->n_lists - before.n_lists;
      n_works = fixture->jan->n_works;
      for (guint k = 0; i == 0 && k < 100; k++)
        {
          station_add_household (fixture->els, "Gezin Meer");
          station_round (fixture->els);
        }
    }
  /* gezinsplan/, r, d, and one for each of two devices. */
  g_assert_cmpuint (n_calls, ==, 5);
}

/* One new segment costs the same after a long history as after a short one. */
static void
test_cost_of_one_change (Fixture      *fixture,
                         gconstpointer data)
{
  GezId household = station_add_household (fixture->els, "Gezin Kost");
  guint n_calls = 0;
  int n_changes = 0;

  station_grant (fixture->els, gez_circle_open (&household), fixture->jan);
  for (guint i = 0; i < 2; i++)
    {
      MemoryFolderCalls *calls = memory_folder_get_calls (MEMORY_FOLDER (fixture->jan->folder));
      guint before;

      settle (fixture);
      station_edit (fixture->els, &household, "address", i == 0 ? "Kostlaan 1" : "Kostlaan 2");
      station_round (fixture->els);
      before = calls->n_calls;
      station_round (fixture->jan);
      if (i > 0)
        {
          g_assert_cmpuint (calls->n_calls - before, ==, n_calls);
          g_assert_cmpint (fixture->jan->n_changes, <=,
                           n_changes + 10); /* the full-text index merges at times */
        }
      n_calls = calls->n_calls - before;
      n_changes = fixture->jan->n_changes;
      for (guint k = 0; i == 0 && k < 100; k++)
        {
          station_edit (fixture->els, &household, "language", k % 2 ? "Frans" : "Turks");
          station_round (fixture->els);
        }
    }
}

/* A casework note is moved to the open circle: who reads only that one gets it whole, whoever wrote in it. */
static void
test_moved_row (Fixture      *fixture,
                gconstpointer data)
{
  Station *mina = station_new (fixture->disk, 3);
  Station *three[] = { fixture->els, fixture->jan, mina };
  GezId household = station_add_household (fixture->els, "Gezin Open");
  GezCircle open = gez_circle_open (&household);
  g_autoptr (GezChange) edit = gez_change_new ("edit");
  g_autoptr (GezChange) move = gez_change_new ("move");
  GezId note;

  station_join (mina, fixture->els, "Mina Proefbrug", "brugfiguur");
  station_grant (fixture->els, open, fixture->jan);
  station_grant (fixture->els, gez_circle_casework (&household), fixture->jan);
  station_grant (fixture->els, open, mina);
  note = station_add_note (fixture->els, &household, gez_circle_casework (&household), "Eerst besloten");
  stations_settle (three, 3);
  gez_change_update (edit, "note", &note);
  gez_change_set_text (edit, "told_by", "de moeder");
  memory_database_commit (fixture->jan->memory, edit);
  stations_settle (three, 3);
  g_assert_cmpint (station_count (mina, "SELECT count(*) FROM note"), ==, 0);
  gez_change_update (move, "note", &note);
  gez_change_set_circle (move, open);
  memory_database_commit (fixture->els->memory, move);
  stations_settle (three, 3);
  assert_text (mina, "SELECT content || ', ' || told_by FROM note", "Eerst besloten, de moeder");
  assert_text (fixture->jan, "SELECT hex(circle) = (SELECT hex(circle) FROM household) FROM note", "1");
  station_free (mina);
}

/* Everything that a day brings, so that every step of a round has something to do. */
static GezId
write_much (Fixture *fixture,
            guint    turn)
{
  g_autofree char *name = g_strdup_printf ("Gezin %u", turn);
  GezId household = station_add_household (fixture->els, name);

  station_grant (fixture->els, gez_circle_open (&household), fixture->jan);
  station_edit (fixture->els, &household, "address", name);
  station_round (fixture->els);
  station_add_household (fixture->jan, "Gezin van Jan");
  return household;
}

static guint
break_off (Fixture *fixture,
           guint    at,
           gboolean is_folder,
           gboolean is_after)
{
  MemoryFolderCalls *calls = memory_folder_get_calls (MEMORY_FOLDER (fixture->jan->folder));
  GezId household = write_much (fixture, at);
  g_autofree char *failure = NULL;
  guint n_before = calls->n_calls, n;

  calls->fail_at = is_folder ? n_before + at : 0;
  calls->fail_after = is_after;
  fixture->jan->fail_at = is_folder ? 0 : at;
  fixture->jan->fail_after = is_after;
  failure = station_try (fixture->jan, GEZ_ENGINE_ALL);
  n = is_folder ? calls->n_calls - n_before : fixture->jan->n_works;
  calls->fail_at = fixture->jan->fail_at = 0;
  station_restart (fixture->jan);
  settle (fixture);
  station_edit (fixture->jan, &household, "language", "Klaar");
  settle (fixture);
  return n >= at ? at + 1 : 0;
}

/* The program ends, or the folder fails, at each single step of a round, before and after its work: a new
 * engine goes on, and nothing is lost or doubled. */
static void
test_broken_off (Fixture      *fixture,
                 gconstpointer data)
{
  guint n_steps = 0;

  for (guint kind = 0; kind < 4; kind++)
    for (guint at = 1; at != 0;)
      {
        at = break_off (fixture, at, kind & 1, kind & 2);
        n_steps++;
      }
  g_assert_cmpint (station_count (fixture->els, "SELECT count(*) FROM household"), ==, n_steps);
  g_assert_cmpint (station_count (fixture->jan, "SELECT count(*) FROM household WHERE language = 'Klaar'"),
                   ==, n_steps);
  g_assert_cmpint (station_count (fixture->els, "SELECT count(*) FROM household WHERE language = 'Klaar'"),
                   ==, n_steps);
  g_assert_cmpint (
      station_count (fixture->els, "SELECT count(*) FROM sync_device WHERE forked_at IS NOT NULL"), ==, 0);
  g_assert_cmpint (
      station_count (fixture->jan, "SELECT count(*) FROM sync_state WHERE restored_at IS NOT NULL"), ==, 0);
  g_assert_cmpint (station_count (fixture->els, "SELECT count(*) FROM segment WHERE (device, sequence) IN "
                                                "(SELECT device, sequence FROM segment GROUP BY 1, 2 "
                                                "HAVING count(*) > 1)"), ==, 0);
  counts_add ("rounds broken off", n_steps);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add ("/sync/engine/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("both-ways", test_both_ways);
  ADD ("late-key", test_late_key);
  ADD ("one-family", test_one_family);
  ADD ("emptied", test_emptied_folder_is_filled_again);
  ADD ("others", test_folder_of_others);
  ADD ("gap", test_gap);
  ADD ("seen", test_seen_stops_at_a_gap);
  ADD ("odd", test_odd_files);
  ADD ("unknown", test_unknown_record);
  ADD ("moved", test_moved_row);
  ADD ("broken-off", test_broken_off);
  ADD ("large", test_ten_megabytes);
  ADD ("nothing-new", test_nothing_new);
  ADD ("cost", test_cost_of_one_change);
  return g_test_run ();
}
