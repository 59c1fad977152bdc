/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "exchange/gez-json-attachments.h"
#include "exchange/gez-json-export.h"
#include "exchange/gez-json-import.h"
#include "store-fixture.h"
#include "store/gez-attachment.h"
#include "store/gez-record.h"
#include "store/gez-schema.h"
#include "vault/gez-sealed-file.h"
#include "vault/gez-vault.h"

#define NOW G_GINT64_CONSTANT (1795252509123)

/* Everything that a text can do to a format. */
#define HARD_TEXT "O'Neill & <b>\"Zonen\"</b>\n\t\\ \x01\x7f €, 100 %; Zoë 😀 {\"a\":[null]}"

static gpointer
schema_cb (GezDatabase *database,
           gpointer     parameters,
           GError     **error)
{
  return gez_schema_load (database, error);
}

static GezSchema *
load_schema (StoreFixture *fixture)
{
  g_autoptr (GezQuery) query = gez_query_new (schema_cb, NULL, NULL, NULL);
  g_autoptr (GError) error = NULL;
  GezSchema *schema = gez_store_run (fixture->store, query, &error);

  g_assert_no_error (error);
  return schema;
}

static char *
export (StoreFixture *fixture,
        const GezId  *household)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;

  gez_json_export (fixture->store, household, stream, NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_write_all (stream, "", 1, NULL, NULL, NULL);
  g_output_stream_close (stream, NULL, NULL);
  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (stream));
}

/* Beside the store, so that it goes with it. */
static char *
export_attachments (StoreFixture *fixture,
                    const GezId  *household)
{
  char *directory = g_build_filename (fixture->directory, "exported", NULL);
  g_autoptr (GError) error = NULL;
  guint64 n_files = 0;

  g_assert_true (
      gez_json_export_attachments (fixture->store, household, directory, NULL, &n_files, &error));
  g_assert_no_error (error);
  g_assert_cmpint (n_files, ==, 1);
  return directory;
}

static GezImportResult *
import (StoreFixture *fixture,
        const char   *document,
        const char   *attachments,
        gboolean      all_or_nothing)
{
  g_autoptr (GBytes) bytes = g_bytes_new (document, strlen (document));
  g_autoptr (GError) error = NULL;
  GezImportResult *result = NULL;

  gez_json_import (fixture->store, bytes, attachments, all_or_nothing, NULL, NULL, NULL, &result, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < result->failed->len; i++)
    g_test_message ("%s", ((GezImportFailure *) result->failed->pdata[i])->reason);
  return result;
}

static GezId
parent_of (const char *column,
           GHashTable *born,
           GezClock   *clock)
{
  g_autofree char *table = g_strndup (column, strlen (column) - strlen ("_id"));
  GezId *id = g_hash_table_lookup (born, table);

  return id ? *id : gez_id_new (clock);
}

/* Three bytes, because that is the number in every column. Returns the hash. */
static char *
seal_content (StoreFixture *fixture,
              GezFileName **name)
{
  g_autofree char *directory = gez_attachment_get_directory (fixture->directory);
  g_autoptr (GezSealedFileWriter) writer = NULL;

  *name = gez_file_name_new (fixture->clock, NULL);
  writer = gez_sealed_file_writer_new (directory, &(*name)->id, (*name)->key, NULL);
  g_assert_true (gez_sealed_file_writer_add (writer, "abc", 3, NULL));
  return gez_sealed_file_writer_finish (writer, NULL);
}

static void
fill_content (StoreFixture *fixture,
              GezChange    *change)
{
  g_autoptr (GezFileName) name = NULL;
  g_autofree char *hash = seal_content (fixture, &name);

  gez_change_set_text (change, "content_hash", hash);
  gez_change_set_file (change, name);
}

static void
fill_cell (GezChange       *change,
           const GezColumn *column,
           GHashTable      *born,
           GezClock        *clock)
{
  GezId id;

  switch (column->kind)
    {
    case GEZ_COLUMN_ID:
      id = parent_of (column->name, born, clock);
      gez_change_set_id (change, column->name, &id);
      break;
    case GEZ_COLUMN_DATE:
      gez_change_set_text (change, column->name, "1890-02-28");
      break;
    case GEZ_COLUMN_TIME:
      gez_change_set_text (change, column->name, "09:05");
      break;
    case GEZ_COLUMN_INSTANT:
      gez_change_set_integer (change, column->name, -123);
      break;
    case GEZ_COLUMN_INTEGER:
      gez_change_set_integer (change, column->name, 3);
      break;
    case GEZ_COLUMN_BOOLEAN:
      gez_change_set_integer (change, column->name, 1);
      break;
    case GEZ_COLUMN_FILE:
    case GEZ_COLUMN_KEY:
      break;
    default:
      gez_change_set_text (change, column->name, column->codes ? column->codes[0] : HARD_TEXT);
    }
}

/* One row with every column filled and one with as few as may be, in every shared table. */
static void
fill_table (StoreFixture   *fixture,
            const GezTable *table,
            GHashTable     *born,
            gboolean        is_full)
{
  g_autoptr (GezChange) change = gez_change_new ("fill");
  g_autoptr (GError) error = NULL;
  GezId id = gez_id_new (fixture->clock);
  GezId *household = g_hash_table_lookup (born, "household");
  GezCircle circle = household ? gez_circle_casework (household) : gez_circle_team ();

  gez_change_insert (change, table->name, &id, circle);
  for (guint i = 1; i < table->n_columns; i++)
    if (i != table->id_column && table->columns[i].kind != GEZ_COLUMN_CIRCLE &&
        (is_full || table->columns[i].is_required))
      fill_cell (change, &table->columns[i], born, fixture->clock);
  if (g_str_equal (table->name, "document"))
    fill_content (fixture, change);
  gez_store_commit (fixture->store, change, &error);
  g_assert_no_error (error);
  if (is_full)
    g_hash_table_insert (born, g_strdup (table->name), gez_id_copy (&id));
}

/* Returns the household. */
static GezId
fill (StoreFixture *fixture)
{
  g_autoptr (GHashTable) born = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GezSchema) schema = load_schema (fixture);
  GPtrArray *tables = gez_schema_get_tables (schema);

  g_hash_table_insert (born, g_strdup ("other_person"), g_new0 (GezId, 1));
  for (guint i = 0; i < tables->len; i++)
    {
      const GezTable *table = tables->pdata[i];

      fill_table (fixture, table, born, TRUE);
      if (g_str_equal (table->name, "person"))
        g_hash_table_insert (born, g_strdup ("other_person"),
                             gez_id_copy (g_hash_table_lookup (born, "person")));
      fill_table (fixture, table, born, FALSE);
    }
  return *(GezId *) g_hash_table_lookup (born, "household");
}

static GezId
member_of (StoreFixture *fixture)
{
  g_autoptr (GPtrArray) rows = store_fixture_select (fixture, "SELECT member_id FROM device");

  return *gez_record_get_reference (rows->pdata[0], "member_id");
}

static void
strip_exported_at (char *document)
{
  char *from = strstr (document, "\"exported_at\""), *to = strchr (from, '\n');

  memset (from, ' ', (gsize) (to - from));
}

static void
assert_same (char *one,
             char *other)
{
  strip_exported_at (one);
  strip_exported_at (other);
  g_assert_cmpstr (one, ==, other);
}

static void
test_round_trip (gconstpointer all_or_nothing)
{
  g_autoptr (StoreFixture) first = store_fixture_new_as (NOW, 1, NULL);
  GezId member = member_of (first);
  g_autoptr (StoreFixture) second = store_fixture_new_as (NOW + 1000, 2, &member);
  g_autoptr (GezImportResult) result = NULL, again = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *attachments = NULL;

  fill (first);
  before = export (first, NULL);
  g_assert_nonnull (strstr (before, "\"happened_at\":\"1969-12-31T23:59:59.877Z\""));
  g_assert_nonnull (strstr (before, "\"circle\":\"team\",\"circle_subject_id\":null"));
  g_assert_nonnull (strstr (before, "\"is_attempt\":true"));
  g_assert_null (strstr (before, "\"row\":"));
  g_assert_null (strstr (before, "file_id"));
  attachments = export_attachments (first, NULL);
  result = import (second, before, attachments, GPOINTER_TO_INT (all_or_nothing));
  g_assert_cmpint (result->failed->len, ==, 0);
  g_assert_cmpint (result->unknown->len, ==, 0);
  g_assert_cmpint (result->updated, ==, 0);
  g_assert_cmpint (result->inserted, ==, 2 * 31);
  after = export (second, NULL);
  assert_same (before, after);

  again = import (second, before, NULL, GPOINTER_TO_INT (all_or_nothing));
  g_assert_cmpint (again->inserted + again->updated, ==, 0);
  g_assert_cmpint (again->unchanged, ==, result->inserted + result->unchanged);
}

static void
test_household_alone (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new (NOW);
  g_autoptr (StoreFixture) other = store_fixture_new_as (NOW, 2, NULL);
  g_autoptr (GezImportResult) result = NULL;
  g_autofree char *document = NULL;
  g_autofree char *again = NULL;
  GezId household = fill (fixture), stranger = fill (fixture);
  g_autofree char *name = gez_id_to_string (&household);
  g_autofree char *other_name = gez_id_to_string (&stranger);
  g_autofree char *attachments = NULL;

  document = export (fixture, &household);
  g_assert_nonnull (strstr (document, name));
  g_assert_null (strstr (document, other_name));
  g_assert_null (strstr (document, "\"member\""));
  g_assert_null (strstr (document, "\"domain\""));
  for (const char *const *table =
       (const char *const[]) { "person", "trajectory_event", "relation", "step", "note", "contact_link",
                                "referral_event", "followup", NULL };
       *table; table++)
    {
      g_autofree char *filled = g_strdup_printf ("\"%s\": [\n    {", *table);

      g_assert_nonnull (strstr (document, filled));
    }
  attachments = export_attachments (fixture, &household);
  result = import (other, document, attachments, TRUE);
  g_assert_cmpint (result->failed->len, ==, 0);
  again = export (other, &household);
  assert_same (document, again);
}

static void
test_no_such_household (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new (NOW);
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;
  GezId nobody = gez_id_new (fixture->clock);

  g_assert_false (gez_json_export (fixture->store, &nobody, stream, NULL, NULL, &error));
  g_assert_error (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_NOT_FOUND);
  g_assert_cmpint (g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (stream)), ==, 0);
}

static void
test_cancelled_export (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new (NOW);
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (gez_json_export (fixture->store, NULL, stream, cancellable, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_each_millisecond_survives (void)
{
  g_autoptr (StoreFixture) first = store_fixture_new (NOW);
  g_autoptr (StoreFixture) second = store_fixture_new_as (NOW, 2, NULL);
  g_autoptr (GezChange) change = gez_change_new ("fill");
  g_autoptr (GezImportResult) result = NULL;
  g_autoptr (GPtrArray) instants = NULL;
  g_autofree char *document = NULL;
  GezId household = gez_id_new (first->clock);

  gez_change_insert (change, "household", &household, gez_circle_open (&household));
  gez_change_set_text (change, "name", "Gezin Voorbeeld");
  for (gint64 i = 0; i < 1000; i++)
    {
      GezId id = gez_id_new (first->clock);

      gez_change_insert (change, "contact", &id, gez_circle_open (&household));
      gez_change_set_integer (change, "happened_at", NOW - NOW % 1000 + i);
      gez_change_set_id (change, "household_id", &household);
    }
  g_assert_cmpuint (gez_store_commit (first->store, change, NULL), >, 0);
  document = export (first, &household);
  result = import (second, document, NULL, FALSE);
  g_assert_cmpint (result->inserted, ==, 1001);
  instants = store_fixture_select (second, "SELECT happened_at FROM contact ORDER BY happened_at");
  for (guint i = 0; i < 1000; i++)
    g_assert_cmpint (gez_record_get_integer (instants->pdata[i], "happened_at"), ==, NOW - NOW % 1000 + i);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/exchange/json-round-trip/by-batches", GINT_TO_POINTER (FALSE), test_round_trip);
  g_test_add_data_func ("/exchange/json-round-trip/all-or-nothing", GINT_TO_POINTER (TRUE), test_round_trip);
  g_test_add_func ("/exchange/json-round-trip/household-alone", test_household_alone);
  g_test_add_func ("/exchange/json-round-trip/no-such-household", test_no_such_household);
  g_test_add_func ("/exchange/json-round-trip/cancelled-export", test_cancelled_export);
  g_test_add_func ("/exchange/json-round-trip/each-millisecond-survives", test_each_millisecond_survives);
  return g_test_run ();
}
