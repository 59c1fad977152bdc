/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "copy-tree.h"
#include "exchange/gez-json-export.h"
#include "remove-tree.h"
#include "store/gez-record.h"
#include "store/gez-verify.h"

/* Stores that older programs made, one for each schema there ever was (tests/data/schema-N, made by
 * tests/data/make-schema-fixture). A copy of each is opened: everything that was in it is in it still. */

#define PASSPHRASE ((GezPassphrase) { "oude wachtzin voor proeven", 26 })

typedef struct
{
  char *path; /* of the fixture */
  char *directory; /* of the copy */
  GezClock *clock;
  GezStore *store;
} Fixture;

static void
open_store (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GezVault) vault = gez_vault_unlock (self->directory, PASSPHRASE, &error);

  g_assert_no_error (error);
  self->store = gez_store_open (vault, self->clock, &error);
  g_assert_no_error (error);
}

static void
close_store (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  gez_store_close (self->store, &error);
  g_assert_no_error (error);
  g_clear_object (&self->store);
}

static Fixture *
fixture_new (const char *path)
{
  Fixture *self = g_new0 (Fixture, 1);
  g_autofree char *frozen = g_build_filename (path, "store", NULL);
  g_autoptr (GError) error = NULL;

  self->path = g_strdup (path);
  self->directory = g_dir_make_tmp ("gezinsplan-test-XXXXXX", &error);
  g_assert_no_error (error);
  copy_tree (frozen, self->directory);
  self->clock = gez_clock_new_fixed (G_GINT64_CONSTANT (1795252509123), 1);
  return self;
}

static void
fixture_free (Fixture *self)
{
  if (self->store)
    close_store (self);
  remove_tree (self->directory);
  g_free (self->directory);
  g_free (self->path);
  g_object_unref (self->clock);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fixture, fixture_free)

static gint64
count (Fixture    *self,
       const char *sql)
{
  g_autoptr (GezQuery) query = gez_record_query (sql, GEZ_END);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = gez_store_run (self->store, query, &error);

  g_assert_no_error (error);
  return gez_record_get_integer (rows->pdata[0], "count");
}

static JsonObject *
parse (GInputStream *stream)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  json_parser_load_from_stream (parser, stream, NULL, &error);
  g_assert_no_error (error);
  return json_node_dup_object (json_parser_get_root (parser));
}

static JsonObject *
load_expected (Fixture *self)
{
  g_autofree char *path = g_build_filename (self->path, "export.json.gz", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInputStream) packed = g_file_read (file, NULL, &error);
  g_autoptr (GZlibDecompressor) gzip = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  g_autoptr (GInputStream) stream = NULL;

  g_assert_no_error (error);
  stream = g_converter_input_stream_new (G_INPUT_STREAM (packed), G_CONVERTER (gzip));
  return parse (stream);
}

static JsonObject *
export (Fixture *self)
{
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  gez_json_export (self->store, NULL, out, NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (out, NULL, NULL);
  bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (out));
  stream = g_memory_input_stream_new_from_bytes (bytes);
  return parse (stream);
}

static JsonObject *
find_row (JsonArray  *rows,
          const char *id)
{
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);

      if (g_str_equal (json_object_get_string_member (row, "id"), id))
        return row;
    }
  g_error ("row %s is gone", id);
}

/* A later schema may add columns; it may not change one. */
static void
assert_row_kept (const char *table,
                 JsonObject *before,
                 JsonObject *after)
{
  g_autoptr (GList) columns = json_object_get_members (before);

  for (GList *at = columns; at; at = at->next)
    {
      JsonNode *was = json_object_get_member (before, at->data);
      JsonNode *is = json_object_get_member (after, at->data);

      if (is == NULL || !json_node_equal (was, is))
        g_error ("%s.%s of %s is not what it was", table, (char *) at->data,
                 json_object_get_string_member (before, "id"));
    }
}

static guint
assert_rows_kept (JsonObject *before,
                  JsonObject *after)
{
  g_autoptr (GList) tables = json_object_get_members (before);
  guint n_rows = 0;

  for (GList *at = tables; at; at = at->next)
    {
      JsonNode *node = json_object_get_member (before, at->data);
      JsonArray *rows = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

      if (rows == NULL || g_str_equal (at->data, "conflicts"))
        continue;
      g_assert_true (json_object_has_member (after, at->data));
      for (guint i = 0; i < json_array_get_length (rows); i++, n_rows++)
        {
          JsonObject *row = json_array_get_object_element (rows, i);

          assert_row_kept (at->data, row,
                           find_row (json_object_get_array_member (after, at->data),
                                     json_object_get_string_member (row, "id")));
        }
    }
  return n_rows;
}

static void
assert_sound (Fixture *self)
{
  g_autoptr (GezQuery) query = gez_verify_query ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GezVerifyReport) report = gez_store_run (self->store, query, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < report->problems->len; i++)
    g_error ("%s", (const char *) report->problems->pdata[i]);
}

/* What belongs to the device is not in an export. */
static void
assert_local_rows_kept (Fixture *self)
{
  g_assert_cmpint (count (self, "SELECT count(*) AS count FROM draft "
                                "WHERE content = 'Halve zin uit een oud dossier'"), ==, 1);
  g_assert_cmpint (count (self, "SELECT count(*) AS count FROM saved_filter WHERE name = 'Oud filter'"), ==, 1);
  g_assert_cmpint (count (self, "SELECT count(*) AS count FROM device"), ==, 1);
}

static void
test_opens (gconstpointer path)
{
  g_autoptr (Fixture) self = fixture_new (path);
  g_autoptr (JsonObject) before = load_expected (self);
  g_autoptr (JsonObject) after = NULL, again = NULL;
  gint64 n_writes;

  open_store (self);
  n_writes = count (self, "SELECT count(*) AS count FROM change_log WHERE act <> 'seed'");
  assert_sound (self);
  after = export (self);
  g_assert_cmpint (assert_rows_kept (before, after), >, 400);
  assert_local_rows_kept (self);
  /* Once brought up to date it is an ordinary store. */
  close_store (self);
  open_store (self);
  again = export (self);
  assert_rows_kept (after, again);
  g_assert_cmpint (count (self, "SELECT count(*) AS count FROM change_log WHERE act <> 'seed'"), ==, n_writes);
}

static void
test_keeps_a_copy (gconstpointer path)
{
  g_autoptr (Fixture) self = fixture_new (path);
  guint schema = (guint) atoi (strrchr (path, '-') + 1);
  g_autofree char *name = g_strdup_printf ("before-schema-%u.db", schema + 1);
  g_autofree char *copy = g_build_filename (self->directory, "backups", name, NULL);
  gboolean was_brought_up;

  open_store (self);
  was_brought_up = count (self, "SELECT user_version AS count FROM pragma_user_version") > schema;
  close_store (self);
  g_assert_cmpint (g_file_test (copy, G_FILE_TEST_EXISTS), ==, was_brought_up);
}

/* A test without a single store of today's schema or older would tell nothing. */
static guint
add_tests (const char *data)
{
  g_autoptr (GDir) directory = g_dir_open (data, 0, NULL);
  const char *name;
  guint n_stores = 0;

  while (directory && (name = g_dir_read_name (directory)))
    {
      g_autofree char *opens = g_strdup_printf ("/exchange/schemas/%s/opens", name);
      g_autofree char *copy = g_strdup_printf ("/exchange/schemas/%s/keeps-a-copy", name);

      if (!g_str_has_prefix (name, "schema-"))
        continue;
      g_test_add_data_func_full (opens, g_build_filename (data, name, NULL), test_opens, g_free);
      g_test_add_data_func_full (copy, g_build_filename (data, name, NULL), test_keeps_a_copy, g_free);
      n_stores++;
    }
  return n_stores;
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *data = NULL;

  g_test_init (&argc, &argv, NULL);
  data = g_test_build_filename (G_TEST_DIST, "data", NULL);
  g_assert_cmpint (add_tests (data), >=, 1);
  return g_test_run ();
}
