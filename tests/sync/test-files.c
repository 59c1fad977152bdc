/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "memory-database.h"
#include "memory-folder.h"
#include "remove-tree.h"
#include "store/gez-database-private.h"
#include "sync/gez-blob.h"
#include "sync/gez-engine-private.h"
#include "vault/gez-sealed-file.h"

/* A document that one colleague adds opens on the laptop of the other. */

#define NOW 1700000000000
#define LARGE (2 * GEZ_BLOB_PART_SIZE + 100000)

typedef struct
{
  MemoryDatabase *memory;
  char *directory;
  GezFolder *folder;
  GezEngine *engine;
  GezEngineReport report;
} Laptop;

typedef struct
{
  MemoryDisk *disk;
  Laptop els;
  Laptop jan;
} Fixture;

static gboolean
run_cb (gpointer      site,
        GezEngineWork work,
        gpointer      data,
        GError      **error)
{
  return work (((Laptop *) site)->memory->database, data, error);
}

static void
start_engine (Laptop *laptop,
              guint8  device)
{
  laptop->engine = gez_engine_new (run_cb, laptop, laptop->folder, laptop->directory);
  laptop->engine->report = &laptop->report;
  memset (laptop->engine->device.bytes, device, GEZ_ID_SIZE);
  laptop->engine->own_directory = gez_engine_device_path (&laptop->engine->device);
  laptop->engine->steps = GEZ_ENGINE_ALL;
}

static void
set_up_laptop (Laptop     *laptop,
               MemoryDisk *disk,
               guint8      device)
{
  laptop->memory = memory_database_new (NOW, device);
  laptop->directory = g_dir_make_tmp ("gezinsplan-files-XXXXXX", NULL);
  laptop->folder = memory_folder_new (disk);
  laptop->report = (GezEngineReport) { .tables = g_ptr_array_new_with_free_func (g_free) };
  start_engine (laptop, device);
}

static void
tear_down_laptop (Laptop *laptop)
{
  gez_engine_free (laptop->engine);
  gez_engine_report_clear (&laptop->report);
  g_object_unref (laptop->folder);
  remove_tree (laptop->directory);
  g_free (laptop->directory);
  memory_database_free (laptop->memory);
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->disk = memory_disk_new ();
  set_up_laptop (&fixture->els, fixture->disk, 1);
  set_up_laptop (&fixture->jan, fixture->disk, 2);
  g_assert_true (gez_folder_found (fixture->els.folder, "Lees mij.\n", NULL, NULL));
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  tear_down_laptop (&fixture->els);
  tear_down_laptop (&fixture->jan);
  memory_disk_unref (fixture->disk);
}

static GBytes *
make_content (gsize size)
{
  guint8 *content = g_malloc (size);

  for (gsize i = 0; i < size; i++)
    content[i] = (guint8) (i * 131 >> 7);
  return g_bytes_new_take (content, size);
}

static GezSecret *
make_key (void)
{
  GezSecret *key = gez_secret_new (NULL);

  memset (key->bytes, 5, GEZ_FILE_KEY_SIZE);
  return key;
}

static char *
hash_of (GBytes *content)
{
  g_autoptr (GezSealedHash) hash = gez_sealed_hash_new ();

  gez_sealed_hash_add (hash, g_bytes_get_data (content, NULL), g_bytes_get_size (content));
  return gez_sealed_hash_finish (hash);
}

/* The row, as the merge would have written it. */
static void
add_row (Laptop     *laptop,
         guint8      number,
         gsize       size,
         const char *hash,
         gboolean    is_own)
{
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO document (id, circle, household_id, name, size_bytes, content_hash, file_id, file_key, "
      "added_at) "
      "VALUES (x'%02x', x'01', x'02', 'brief.pdf', %" G_GSIZE_FORMAT ", '%s', x'%032x', x'%064d', %u);"
      "INSERT INTO change_log (device, counter, command, act, table_name, id, is_birth, wall_at, cells, "
      "of_circle) "
      "VALUES (x'%02x', %u, %u, 'add', 'document', x'%02x', 1, 0, x'', %s)",
      number, size, hash, number, 0, number, is_own ? 1 : 9, number, number, number,
      is_own ? "NULL" : "x'01'");
  char *key = strstr (sql, "0000000000000000000000000000000000000000000000000000000000000000");

  for (guint i = 0; i < 32; i++)
    memcpy (key + 2 * i, "05", 2);
  g_assert_cmpint (sqlite3_exec (laptop->memory->handle, sql, NULL, NULL, NULL), ==, SQLITE_OK);
}

static GezId
file_id (guint8 number)
{
  GezId id = { { 0 } };

  id.bytes[15] = number;
  return id;
}

/* Els adds a document, and Jan reads its row. */
static GBytes *
add_document (Fixture *fixture,
              guint8   number,
              gsize    size)
{
  g_autoptr (GezSecret) key = make_key ();
  GBytes *content = make_content (size);
  g_autofree char *hash = hash_of (content);
  g_autoptr (GError) error = NULL;
  GezId id = file_id (number);

  gez_sealed_file_write (fixture->els.directory, &id, key, content, &error);
  g_assert_no_error (error);
  add_row (&fixture->els, number, size, hash, TRUE);
  add_row (&fixture->jan, number, size, hash, FALSE);
  return content;
}

static gboolean
move (Laptop  *laptop,
      GError **error)
{
  g_hash_table_remove_all (laptop->engine->listed);
  return gez_engine_files (laptop->engine, error);
}

static void
assert_here (Laptop *laptop,
             guint8  number,
             GBytes *content)
{
  g_autoptr (GezSecret) key = make_key ();
  g_autoptr (GError) error = NULL;
  GezId id = file_id (number);
  g_autoptr (GBytes) read =
      gez_sealed_file_read (laptop->directory, &id, key, g_bytes_get_size (content), NULL, &error);

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (read, content));
}

static gboolean
is_here (Laptop *laptop,
         guint8  number)
{
  GezId id = file_id (number);
  g_autofree char *path = gez_sealed_file_get_path (laptop->directory, &id);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static char *
path_of_part (guint8 number,
              guint  part)
{
  GezId device, id = file_id (number);
  g_autofree char *name = gez_blob_name (&id, part);
  g_autofree char *directory = NULL;

  memset (device.bytes, 1, sizeof device.bytes);
  directory = gez_engine_device_path (&device);
  return g_strconcat (directory, "/", name, NULL);
}

static void
test_moved (Fixture      *fixture,
            gconstpointer data)
{
  g_autoptr (GBytes) small = add_document (fixture, 1, 12345);
  g_autoptr (GBytes) empty = add_document (fixture, 2, 0);
  g_autoptr (GError) error = NULL;

  g_assert_true (move (&fixture->jan, &error)); /* nothing is there yet */
  g_assert_false (is_here (&fixture->jan, 1));
  g_assert_true (move (&fixture->els, &error));
  g_assert_true (move (&fixture->jan, &error));
  g_assert_no_error (error);
  assert_here (&fixture->jan, 1, small);
  assert_here (&fixture->jan, 2, empty);
  g_assert_cmpstr (g_ptr_array_index (fixture->jan.report.tables, 0), ==, "document");
  g_assert_cmpint (memory_database_count (fixture->jan.memory, "SELECT count(*) FROM quarantine"), ==, 0);
}

/* Nothing new costs nothing. */
static void
test_quiet (Fixture      *fixture,
            gconstpointer data)
{
  g_autoptr (GBytes) content = add_document (fixture, 1, 1000);
  guint n_reads, n_publishes;

  g_assert_true (move (&fixture->els, NULL) && move (&fixture->jan, NULL));
  n_reads = memory_folder_get_calls (MEMORY_FOLDER (fixture->jan.folder))->n_reads;
  n_publishes = memory_folder_get_calls (MEMORY_FOLDER (fixture->els.folder))->n_publishes;
  g_clear_pointer (&fixture->els.engine, gez_engine_free);
  start_engine (&fixture->els, 1);
  g_assert_true (move (&fixture->els, NULL) && move (&fixture->jan, NULL));
  g_assert_cmpuint (memory_folder_get_calls (MEMORY_FOLDER (fixture->jan.folder))->n_reads, ==, n_reads);
  g_assert_cmpuint (memory_folder_get_calls (MEMORY_FOLDER (fixture->els.folder))->n_publishes, ==,
                    n_publishes);
}

static void
fail_next (Laptop *laptop,
           guint   at)
{
  MemoryFolderCalls *calls = memory_folder_get_calls (MEMORY_FOLDER (laptop->folder));

  calls->fail_at = calls->n_calls + at;
  calls->fail_code = GEZ_SYNC_ERROR_NOT_CONNECTED;
}

/* Interrupted on both ways, and the program ended in between: each part travels once. */
static void
test_interrupted (Fixture      *fixture,
                  gconstpointer data)
{
  g_autoptr (GBytes) content = add_document (fixture, 1, LARGE);
  g_autoptr (GError) error = NULL;

  fail_next (&fixture->els, 2);
  g_assert_false (move (&fixture->els, &error));
  g_assert_error (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_NOT_CONNECTED);
  g_clear_error (&error);
  g_assert_true (move (&fixture->jan, &error));
  g_assert_false (is_here (&fixture->jan, 1));
  g_assert_cmpuint (fixture->jan.report.n_files_read, ==, 1);
  g_clear_pointer (&fixture->jan.engine, gez_engine_free);
  start_engine (&fixture->jan, 2);

  g_assert_true (move (&fixture->els, &error));
  fail_next (&fixture->jan, 4); /* two lists, the second part */
  g_assert_false (move (&fixture->jan, &error));
  g_clear_error (&error);
  g_assert_true (move (&fixture->jan, &error));
  g_assert_no_error (error);
  assert_here (&fixture->jan, 1, content);
  g_assert_cmpuint (fixture->jan.report.n_files_read, ==, 3);
}

/* Parts that somebody changed, or cut off, are never taken for the document; and what is right is taken
 * later. */
static void
test_changed (Fixture      *fixture,
              gconstpointer data)
{
  g_autoptr (GBytes) content = add_document (fixture, 1, 50000);
  g_autofree char *path = path_of_part (1, 0);
  g_autoptr (GBytes) whole = NULL, half = NULL, other = NULL, cut_whole = NULL;
  GezBlobHead head = { .n_parts = 1 };
  g_autofree guint8 *bytes = NULL;
  gsize size;

  g_assert_true (move (&fixture->els, NULL));
  whole = g_bytes_ref (g_hash_table_lookup (fixture->disk->files, path));
  half = g_bytes_new_from_bytes (whole, 0, 30000);
  g_hash_table_insert (fixture->disk->files, g_strdup (path), g_bytes_ref (half));
  g_assert_true (move (&fixture->jan, NULL));
  g_assert_false (is_here (&fixture->jan, 1));
  g_assert_cmpint (
      memory_database_count (fixture->jan.memory, "SELECT count(*) FROM quarantine WHERE why = 'incomplete'"),
      ==, 1);

  /* Another content under a hash that fits: only the key of the row tells. */
  bytes = g_memdup2 (g_bytes_get_data (whole, &size), g_bytes_get_size (whole));
  bytes[40000] ^= 1;
  head.file = file_id (1);
  head.size = size - GEZ_BLOB_HEAD_SIZE;
  other = gez_blob_write (&head, bytes + GEZ_BLOB_HEAD_SIZE, size - GEZ_BLOB_HEAD_SIZE);
  g_hash_table_insert (fixture->disk->files, g_strdup (path), g_bytes_ref (other));
  g_assert_true (move (&fixture->jan, NULL));
  g_assert_false (is_here (&fixture->jan, 1));
  g_assert_cmpint (
      memory_database_count (fixture->jan.memory, "SELECT count(*) FROM quarantine WHERE why = 'damaged'"),
      ==, 1);

  g_hash_table_insert (fixture->disk->files, g_strdup (path), g_bytes_ref (whole));
  g_clear_pointer (&fixture->jan.engine, gez_engine_free);
  start_engine (&fixture->jan, 2);
  g_assert_true (move (&fixture->jan, NULL));
  assert_here (&fixture->jan, 1, content);
  g_assert_cmpint (memory_database_count (fixture->jan.memory, "SELECT count(*) FROM quarantine"), ==, 0);
}

/* A program that carries the folder gave a part another name. */
static void
test_renamed (Fixture      *fixture,
              gconstpointer data)
{
  g_autoptr (GBytes) content = add_document (fixture, 1, 5000);
  g_autofree char *path = path_of_part (1, 0);
  g_autofree char *other
      = g_strdup_printf ("%.*s.sync-conflict-20260102-030405-ABCDEFG.blb", (int) strlen (path) - 4, path);
  GBytes *part;

  g_assert_true (move (&fixture->els, NULL));
  part = g_bytes_ref (g_hash_table_lookup (fixture->disk->files, path));
  g_hash_table_remove (fixture->disk->files, path);
  g_hash_table_insert (fixture->disk->files, g_strdup (other), part);
  g_assert_true (move (&fixture->jan, NULL));
  assert_here (&fixture->jan, 1, content);
}

static void
test_large (Fixture      *fixture,
            gconstpointer data)
{
  char hash[65] = { 0 };

  memset (hash, 'a', 64);
  add_row (&fixture->jan, 1, 60 * 1024 * 1024, hash, FALSE);
  g_hash_table_insert (fixture->disk->files, path_of_part (1, 0), g_bytes_new_static ("GEZBLOB1", 8));
  g_assert_true (move (&fixture->jan, NULL));
  g_assert_cmpuint (fixture->jan.report.n_files_read, ==, 0);

  /* Until somebody asks. */
  g_assert_cmpint (sqlite3_exec (fixture->jan.memory->handle,
                                 "INSERT INTO wanted_file SELECT file_id, 0 FROM document", NULL, NULL, NULL),
                   ==, SQLITE_OK);
  g_assert_true (move (&fixture->jan, NULL));
  g_assert_cmpuint (fixture->jan.report.n_files_read, ==, 1);
}

/* The folder lost them: whoever published them does so again. */
static void
test_healed (Fixture      *fixture,
             gconstpointer data)
{
  g_autoptr (GBytes) content = add_document (fixture, 1, 5000);

  g_assert_true (move (&fixture->els, NULL));
  g_hash_table_remove_all (fixture->disk->files);
  g_assert_true (move (&fixture->els, NULL));
  g_assert_true (move (&fixture->jan, NULL));
  assert_here (&fixture->jan, 1, content);
}

/* Begun, and then the document was withdrawn: nothing of it stays. */
static void
test_withdrawn (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr (GBytes) content = add_document (fixture, 1, LARGE);
  g_autofree char *incoming = g_build_filename (fixture->jan.directory, "incoming", NULL);
  g_autoptr (GDir) entries = NULL;

  fail_next (&fixture->els, 2);
  g_assert_false (move (&fixture->els, NULL));
  g_assert_true (move (&fixture->jan, NULL));
  entries = g_dir_open (incoming, 0, NULL);
  g_assert_nonnull (g_dir_read_name (entries));
  g_assert_cmpint (
      sqlite3_exec (fixture->jan.memory->handle, "UPDATE document SET withdrawn_at = 1", NULL, NULL, NULL),
      ==, SQLITE_OK);
  g_assert_true (move (&fixture->jan, NULL));
  g_dir_rewind (entries);
  g_assert_null (g_dir_read_name (entries));
  g_assert_false (is_here (&fixture->jan, 1));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/files/moved", test_moved);
  ADD ("/files/quiet", test_quiet);
  ADD ("/files/interrupted", test_interrupted);
  ADD ("/files/changed", test_changed);
  ADD ("/files/renamed", test_renamed);
  ADD ("/files/large", test_large);
  ADD ("/files/healed", test_healed);
  ADD ("/files/withdrawn", test_withdrawn);

  return g_test_run ();
}
