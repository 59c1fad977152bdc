/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sodium.h>
#include <string.h>

#include "counts.h"
#include "memory-database.h"
#include "sync/gez-merge-private.h"
#include "sync/gez-snapshot.h"

/* A new device that reads a snapshot and what came after it has what one has that read everything. */

#define NOW G_GINT64_CONSTANT (1773306000000)
#define DAY (86400 * G_GINT64_CONSTANT (1000))

typedef struct
{
  MemoryDatabase *maker;
  GezTeam *team;
  GBytes *empty; /* the same team on another device, before anything was written */
  GRand *random;
  GezId households[3];
  GArray *rows; /* GezId of persons */
  guint64 published;
} Office;

static GezId
own_device (MemoryDatabase *memory)
{
  g_autoptr (GezStatement) row = gez_database_query (memory->database, NULL, "SELECT id FROM device", GEZ_END);

  g_assert_true (gez_statement_next (row, NULL));
  return gez_statement_get_id (row, 0);
}

static MemoryDatabase *
new_device (Office *office,
            guint32 seed)
{
  MemoryDatabase *memory = memory_database_new_from_image (office->empty, NOW, seed);
  GezId device = gez_id_new (memory->clock);

  g_assert_true (gez_database_begin (memory->database, NULL));
  g_assert_true (gez_database_execute (memory->database, NULL, "UPDATE device SET id = ?", GEZ_ID, &device, GEZ_END));
  g_assert_true (gez_database_commit (memory->database, NULL));
  return memory;
}

static void
set_up (Office       *office,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GezChange) change = gez_change_new ("found");
  GezDatabase *database;
  GezId member;

  office->maker = memory_database_new (NOW, 1);
  office->random = g_rand_new_with_seed (7);
  office->rows = g_array_new (FALSE, FALSE, sizeof (GezId));
  database = office->maker->database;
  member = gez_id_new (office->maker->clock);
  gez_change_insert (change, "member", &member, gez_circle_team ());
  gez_change_set_text (change, "name", "Els Verzonnen");
  gez_change_set_text (change, "role", "teamleider");
  memory_database_commit (office->maker, change);
  g_assert_true (gez_database_begin (database, &error));
  g_assert_true (gez_database_execute (database, &error, "UPDATE device SET member_id = ?", GEZ_ID, &member, GEZ_END));
  gez_team_found (database, NULL, NULL, &error);
  g_assert_no_error (error);
  office->team = gez_team_load (database, &error);
  for (guint i = 0; i < G_N_ELEMENTS (office->households); i++)
    {
      GezCircle open, casework;

      office->households[i] = gez_id_new (office->maker->clock);
      open = gez_circle_open (&office->households[i]);
      casework = gez_circle_casework (&office->households[i]);
      gez_team_prepare_circle (office->team, &open, &error);
      g_assert_no_error (error);
      gez_team_prepare_circle (office->team, &casework, &error);
      g_assert_no_error (error);
    }
  g_assert_true (gez_database_commit (database, &error));
  office->empty = memory_database_get_image (office->maker);
  office->published = 1;
}

static void
tear_down (Office       *office,
           gconstpointer data)
{
  gez_team_free (office->team);
  memory_database_free (office->maker);
  g_bytes_unref (office->empty);
  g_rand_free (office->random);
  g_array_unref (office->rows);
}

static void
write_something (Office *office)
{
  g_autoptr (GezChange) change = gez_change_new ("work");
  GezId *household = &office->households[g_rand_int_range (office->random, 0, G_N_ELEMENTS (office->households))];
  gboolean is_birth = office->rows->len < 4 || g_rand_boolean (office->random);
  GezId id = gez_id_new (office->maker->clock);
  g_autofree char *text = g_strdup_printf ("Proef %d", g_rand_int_range (office->random, 0, 1000));

  if (is_birth)
    {
      gez_change_insert (change, "note", &id, gez_circle_casework (household));
      gez_change_set_id (change, "household_id", household);
      gez_change_set_integer (change, "written_at", NOW);
      g_array_append_val (office->rows, id);
    }
  else
    {
      id = g_array_index (office->rows, GezId, g_rand_int_range (office->random, 0, (gint32) office->rows->len));
      gez_change_update (change, "note", &id);
      if (g_rand_int_range (office->random, 0, 5) == 0)
        gez_change_set_circle (change, gez_circle_open (household));
    }
  gez_change_set_text (change, "content", text);
  memory_database_commit (office->maker, change);
}

static void
send (Office         *office,
      MemoryDatabase *to,
      GBytes         *encoded,
      GezWrite       *write)
{
  g_autoptr (GPtrArray) writes = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  GezCircle circle;

  g_assert_true (gez_circle_decode (g_bytes_get_data (encoded, NULL), g_bytes_get_size (encoded), &circle));
  g_ptr_array_add (writes, write);
  gez_merge_apply_received (to->database, &circle, &write->version.device, writes, NULL, NULL, &error);
  g_assert_no_error (error);
}

static GBytes *
standing (MemoryDatabase *memory,
          GezWrite       *write)
{
  g_autofree char *sql = g_strdup_printf ("SELECT circle FROM \"%s\" WHERE id = ?", write->table);
  g_autoptr (GezStatement) row = gez_database_query (memory->database, NULL, sql, GEZ_ID, &write->id, GEZ_END);

  g_assert_true (gez_statement_next (row, NULL));
  return gez_statement_get_blob (row, 0);
}

/* Everything that the maker wrote since @after, as its segments bring it: under the circle where the row stands, and under
 * those where it stood. */
static void
read_segments (Office         *office,
               MemoryDatabase *to,
               guint64         after)
{
  g_autoptr (GPtrArray) log = gez_merge_read_log (office->maker->database, NULL);

  g_assert_true (gez_database_begin (to->database, NULL));
  for (guint i = 0; i < log->len; i++)
    {
      GezWrite *write = g_ptr_array_index (log, i);
      g_autoptr (GBytes) now = NULL;
      g_autoptr (GPtrArray) history = NULL;

      if (write->version.counter <= after)
        continue;
      now = standing (office->maker, write);
      history = gez_row_log_read (office->maker->database, &write->id, NULL);
      for (guint h = 0; h < history->len; h++)
        {
          GezLogged *logged = history->pdata[h];
          g_autoptr (GVariant) circle = gez_log_find_cell (logged->cells, "circle");
          g_autoptr (GBytes) left = circle ? g_variant_get_data_as_bytes (circle) : NULL;

          send (office, to, now, gez_write_copy (logged->write));
          if (left)
            send (office, to, left, gez_write_copy (write));
        }
    }
  g_assert_true (gez_database_commit (to->database, NULL));
}

static GArray *
all_circles (Office *office)
{
  GArray *circles = g_array_new (FALSE, FALSE, sizeof (GezCircle));
  GezCircle circle = gez_circle_team ();

  g_array_append_val (circles, circle);
  for (guint i = 0; i < G_N_ELEMENTS (office->households); i++)
    {
      circle = gez_circle_open (&office->households[i]);
      g_array_append_val (circles, circle);
      circle = gez_circle_casework (&office->households[i]);
      g_array_append_val (circles, circle);
    }
  return circles;
}

static GPtrArray *
make_snapshot (Office *office)
{
  g_autoptr (GArray) circles = all_circles (office);
  g_autoptr (GezSnapshotWriter) writer = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *parts;
  gboolean is_over = FALSE;

  g_assert_true (gez_database_begin (office->maker->database, &error));
  writer = gez_snapshot_writer_new (office->maker->database, office->team, circles, &error);
  g_assert_no_error (error);
  while (!is_over)
    g_assert_true (gez_snapshot_writer_step (writer, office->maker->database, office->team, &is_over, &error));
  parts = gez_snapshot_writer_finish (writer, office->maker->database, office->team, &error);
  g_assert_no_error (error);
  g_assert_true (gez_database_commit (office->maker->database, &error));
  return parts;
}

static GezSegment *
open_part (Office *office,
           GBytes *file)
{
  GezCircle circle = gez_circle_team ();
  GezKeyring *keyring = gez_team_get_keyring (office->team);
  g_autoptr (GArray) places = gez_keyring_find (keyring, &circle);
  g_autoptr (GezSecret) key = gez_secret_new (NULL);
  const GezRosterDevice *device = gez_roster_find_device (gez_team_get_roster (office->team),
                                                          gez_team_get_device (office->team));
  g_autoptr (GError) error = NULL;
  GezSegment *part;

  g_assert_true (gez_keyring_copy_key (keyring, g_array_index (places, guint, 0), key));
  part = gez_segment_open (file, key, device->public_key, &error);
  g_assert_no_error (error);
  return part;
}

/* Returns: of how many circles everything came. @without: the part that does not come; 0: all do. */
static guint
read_snapshot (Office         *office,
               MemoryDatabase *to,
               GPtrArray      *parts,
               guint           without)
{
  g_autoptr (GezSnapshotReader) reader = gez_snapshot_reader_new ();
  g_autoptr (GError) error = NULL;
  guint n_applied = 0, n_covered = 0;

  g_assert_true (gez_database_begin (to->database, &error));
  for (guint i = parts->len; i > 0; i--)
    {
      g_autoptr (GezSegment) part = open_part (office, ((GezSnapshotPart *) parts->pdata[i - 1])->bytes);

      if (i != without)
        gez_snapshot_read_part (reader, to->database, office->team, part, NULL, &n_applied, &error);
      g_assert_no_error (error);
    }
  gez_snapshot_reader_finish (reader, to->database, &n_covered, &error);
  g_assert_no_error (error);
  g_assert_true (gez_database_commit (to->database, &error));
  return n_covered;
}

static void
assert_equal (MemoryDatabase *a,
              MemoryDatabase *b)
{
  g_autofree char *one = memory_database_dump (a);
  g_autofree char *other = memory_database_dump (b);

  g_assert_cmpstr (one, ==, other);
}

static void
test_with_tail_is_all (Office       *office,
                       gconstpointer data)
{
  guint n_histories = 6;

  for (guint round = 0; round < n_histories; round++)
    {
      g_autoptr (MemoryDatabase) full = new_device (office, 100 + 2 * round);
      g_autoptr (MemoryDatabase) late = new_device (office, 101 + 2 * round);
      g_autoptr (GPtrArray) parts = NULL;
      guint64 covered;

      for (guint i = 0; i < 15; i++)
        write_something (office);
      parts = make_snapshot (office);
      covered = (guint64) memory_database_count (office->maker, "SELECT last_counter FROM device");
      for (guint i = 0; i < 15; i++)
        write_something (office);
      g_assert_cmpuint (read_snapshot (office, late, parts, 0), >, 0);
      read_segments (office, late, covered);
      read_segments (office, full, 1);
      assert_equal (full, office->maker);
      assert_equal (late, office->maker);
    }
  counts_add ("snapshots with what came after them", n_histories);
}

/* Everything is in it, in parts of some size; and without one of them it covers nothing that is not here. */
static void
test_covers_what_came (Office       *office,
                       gconstpointer data)
{
  g_autoptr (MemoryDatabase) whole = new_device (office, 50);
  g_autoptr (MemoryDatabase) half = new_device (office, 51);
  g_autoptr (GPtrArray) parts = NULL;
  GezId device = own_device (office->maker);
  GezCircle team = gez_circle_team (), casework = gez_circle_casework (&office->households[0]);
  g_autoptr (GezChange) change = gez_change_new ("long");
  g_autofree char *noise = g_malloc (700001);

  for (guint i = 0; i < 700000; i++)
    noise[i] = (char) ('a' + g_rand_int_range (office->random, 0, 26));
  noise[700000] = '\0';
  for (guint i = 0; i < 25; i++)
    {
      GezId id = gez_id_new (office->maker->clock);

      noise[0] = (char) ('a' + i);
      gez_change_insert (change, "note", &id, gez_circle_casework (&office->households[0]));
      gez_change_set_integer (change, "written_at", NOW);
      gez_change_set_text (change, "content", noise);
    }
  memory_database_commit (office->maker, change);
  g_assert_true (gez_database_begin (office->maker->database, NULL));
  g_assert_true (gez_database_execute (office->maker->database, NULL,
                                       "INSERT INTO sync_state (row, device, own_sequence, own_hash) SELECT 1, id, 5, "
                                       "randomblob(32) FROM device", GEZ_END));
  g_assert_true (gez_database_commit (office->maker->database, NULL));
  parts = make_snapshot (office);
  g_assert_cmpuint (parts->len, >, 1);
  for (guint i = 0; i < parts->len; i++)
    g_assert_cmpuint (g_bytes_get_size (((GezSnapshotPart *) parts->pdata[i])->bytes), <=, GEZ_SNAPSHOT_PART_SIZE_MAX);
  g_assert_cmpuint (read_snapshot (office, half, parts, 1), ==, 0);
  g_assert_false (gez_snapshot_covers (half->database, &casework, &device, 5));
  read_snapshot (office, whole, parts, 0);
  g_assert_true (gez_snapshot_covers (whole->database, &casework, &device, 5));
  g_assert_false (gez_snapshot_covers (whole->database, &casework, &device, 6));
  g_assert_true (gez_snapshot_covers (whole->database, &team, &device, 5));
  assert_equal (whole, office->maker);
}

/* What a relay claims and does not count is no part of it. */
static void
test_forged_stays_out (Office       *office,
                       gconstpointer data)
{
  g_autoptr (MemoryDatabase) late = new_device (office, 60);
  g_autoptr (GPtrArray) parts = NULL, writes = g_ptr_array_new ();
  g_autoptr (GPtrArray) log = NULL;
  g_auto (GVariantBuilder) cells = { 0 };
  g_autoptr (GError) error = NULL;
  GezCircle casework = gez_circle_casework (&office->households[0]);
  GezId liar = { { 0x11 } };
  guint8 circle[GEZ_CIRCLE_SIZE_MAX];
  gsize size = gez_circle_encode (gez_circle_team (), circle);
  GezWrite *forged;
  GezId id;

  write_something (office);
  id = g_array_index (office->rows, GezId, 0);
  g_variant_builder_init (&cells, G_VARIANT_TYPE (GEZ_LOG_CELLS_TYPE));
  g_variant_builder_add (&cells, "(sva(ayt))", "circle",
                         g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, circle, size, 1), NULL);
  log = gez_merge_read_log (office->maker->database, NULL);
  forged = gez_write_copy (g_ptr_array_index (log, log->len - 1));
  forged->version = (GezVersion) { { { 0x22 } }, 1 };
  forged->command = 1;
  forged->is_birth = FALSE;
  forged->id = id;
  forged->wall_at = NOW + DAY;
  g_bytes_unref (forged->cells);
  forged->cells = gez_log_cells_to_bytes (&cells);
  g_ptr_array_add (writes, forged);
  g_assert_true (gez_database_begin (office->maker->database, NULL));
  gez_merge_apply_received (office->maker->database, &casework, &liar, writes, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (gez_database_commit (office->maker->database, NULL));
  g_assert_cmpint (memory_database_count (office->maker, "SELECT count(*) FROM note WHERE circle = x'74'"), ==, 0);
  parts = make_snapshot (office);
  read_snapshot (office, late, parts, 0);
  g_assert_cmpint (memory_database_count (late, "SELECT count(*) FROM note"), ==, 1);
  g_assert_cmpint (memory_database_count (late, "SELECT count(*) FROM note WHERE circle = x'74'"), ==, 0);
  gez_write_free (forged);
}

static void
test_due (Office       *office,
          gconstpointer data)
{
  g_autoptr (GArray) few = gez_snapshot_list_due (office->maker->database, office->team, NULL);
  g_autoptr (GArray) many = NULL, again = NULL, later = NULL;
  g_autoptr (GPtrArray) parts = NULL;

  g_assert_cmpuint (few->len, ==, 0);
  g_assert_true (gez_database_begin (office->maker->database, NULL));
  g_assert_true (gez_database_execute (office->maker->database, NULL,
                                       "INSERT INTO change_log (device, counter, command, act, table_name, id, is_birth, "
                                       "wall_at, cells) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
                                       "WHERE i < 6000) SELECT x'33', i, i, 'work', 'invented_later', randomblob(16), 0, "
                                       "?, x'00' FROM n", GEZ_INTEGER, NOW + 40 * DAY, GEZ_END));
  g_assert_true (gez_database_commit (office->maker->database, NULL));
  many = gez_snapshot_list_due (office->maker->database, office->team, NULL);
  g_assert_cmpuint (many->len, ==, 7);
  write_something (office);
  parts = make_snapshot (office);
  again = gez_snapshot_list_due (office->maker->database, office->team, NULL);
  g_assert_cmpuint (again->len, <, many->len);
  gez_clock_set_now (office->maker->clock, NOW + 31 * DAY);
  later = gez_snapshot_list_due (office->maker->database, office->team, NULL);
  g_assert_cmpuint (later->len, ==, 7);
}

#define ADD(name, function) g_test_add ("/sync/snapshot/" name, Office, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_assert_cmpint (sodium_init (), >=, 0);
  g_test_init (&argc, &argv, NULL);
  ADD ("with-tail-is-all", test_with_tail_is_all);
  ADD ("covers-what-came", test_covers_what_came);
  ADD ("forged-stays-out", test_forged_stays_out);
  ADD ("due", test_due);
  return g_test_run ();
}
