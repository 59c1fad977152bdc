/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "exchange/gez-json-attachments.h"
#include "exchange/gez-json-export.h"
#include "exchange/gez-json-import.h"
#include "model/gez-document-content.h"
#include "model/gez-household.h"
#include "store-fixture.h"
#include "store/gez-record.h"
#include "store/gez-verify-files.h"

/* The contents beside an interchange document: out, in, and everything that does not fit. */

#define NOW G_GINT64_CONSTANT (1795252509123)
#define TEXT "Een verzonnen brief."
#define HASH_LENGTH 64
#define NO_HASH "0000000000000000000000000000000000000000000000000000000000000000"

typedef struct
{
  StoreFixture *from;
  StoreFixture *to;
  GezContext *context;
  GezId household;
  GezId document;
  char *exported;
  char *attachments;
  char *path; /* of the one content */
} Fixture;

static GezId
add (Fixture    *self,
     const char *name,
     const char *text)
{
  g_autoptr (GBytes) content = g_bytes_new (text, strlen (text));
  GezDocumentInput input = { .household_id = &self->household, .content = content, .name = name,
                             .media_type = "text/plain" };
  GezDocumentAdded added;
  g_autoptr (GError) error = NULL;

  g_assert_true (gez_document_add (self->context, &input, NULL, &added, &error));
  g_assert_no_error (error);
  return added.id;
}

static char *
export (StoreFixture *fixture)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;

  gez_json_export (fixture->store, NULL, stream, NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_write_all (stream, "", 1, NULL, NULL, NULL);
  g_output_stream_close (stream, NULL, NULL);
  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (stream));
}

static char *
only_file_in (const char *directory)
{
  g_autoptr (GDir) files = g_dir_open (directory, 0, NULL);
  const char *name = g_dir_read_name (files);

  g_assert_cmpint (strlen (name), ==, HASH_LENGTH);
  g_assert_null (g_dir_read_name (files));
  return g_build_filename (directory, name, NULL);
}

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  GezHouseholdInput household = { .name = "Gezin Voorbeeld" };
  g_autoptr (GezChange) change = NULL;
  g_autoptr (GError) error = NULL;
  guint64 n_files = 0;

  self->from = store_fixture_new_as (NOW, 1, NULL);
  self->to = store_fixture_new_as (NOW, 2, NULL);
  self->context = gez_context_load (self->from->store, &error);
  g_assert_no_error (error);
  change = gez_household_create (self->context, &household, &self->household);
  g_assert_cmpint (gez_store_commit (self->from->store, change, &error), >, 0);
  self->document = add (self, "Brief.txt", TEXT);
  self->exported = export (self->from);
  self->attachments = g_build_filename (self->from->directory, "out", NULL);
  g_assert_true (
      gez_json_export_attachments (self->from->store, NULL, self->attachments, NULL, &n_files, &error));
  g_assert_no_error (error);
  g_assert_cmpint (n_files, ==, 1);
  self->path = only_file_in (self->attachments);
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  g_object_unref (self->context);
  g_free (self->exported);
  g_free (self->attachments);
  g_free (self->path);
  store_fixture_free (self->from);
  store_fixture_free (self->to);
}

static GezImportResult *
import (Fixture    *self,
        const char *document,
        const char *attachments)
{
  g_autoptr (GBytes) bytes = g_bytes_new (document, strlen (document));
  g_autoptr (GError) error = NULL;
  GezImportResult *result = NULL;

  gez_json_import (self->to->store, bytes, attachments, FALSE, NULL, NULL, NULL, &result, &error);
  g_assert_no_error (error);
  return result;
}

static guint
count_blobs (StoreFixture *fixture)
{
  g_autofree char *directory = g_build_filename (fixture->directory, "blobs", NULL);
  g_autoptr (GDir) files = g_dir_open (directory, 0, NULL);
  guint n = 0;

  while (files && g_dir_read_name (files))
    n++;
  return n;
}

/* The one document is refused, and leaves neither row nor file. */
static void
assert_refused (Fixture    *self,
                const char *document,
                const char *attachments,
                const char *why)
{
  g_autoptr (GezImportResult) result = import (self, document, attachments);
  gint64 end = g_get_monotonic_time () + 5 * G_USEC_PER_SEC;
  GezImportFailure *failure;

  g_assert_cmpint (result->failed->len, ==, 1);
  failure = result->failed->pdata[0];
  g_assert_cmpstr (failure->table, ==, "document");
  if (strstr (failure->reason, why) == NULL)
    g_error ("“%s” is not in: %s", why, failure->reason);
  g_assert_cmpint (store_fixture_count (self->to, "SELECT count(*) AS count FROM document"), ==, 0);
  while (count_blobs (self->to) > 0 && g_get_monotonic_time () < end)
    g_thread_yield ();
  g_assert_cmpint (count_blobs (self->to), ==, 0);
}

static char *
replace (const char *document,
         const char *text,
         const char *other)
{
  g_auto (GStrv) parts = g_strsplit (document, text, -1);

  g_assert_cmpint (g_strv_length (parts), >, 1);
  return g_strjoinv (other, parts);
}

static void
test_round_trip (Fixture      *self,
                 gconstpointer data)
{
  g_autoptr (GezImportResult) result = import (self, self->exported, self->attachments), again = NULL;
  g_autoptr (GezContext) context = gez_context_load (self->to->store, NULL);
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *path = g_build_filename (self->to->directory, "kopie", NULL);
  g_autoptr (GFile) copy = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL, *plain = NULL;
  GStatBuf about;

  g_assert_cmpint (result->failed->len + result->unknown->len, ==, 0);
  g_assert_true (g_file_get_contents (self->path, &plain, NULL, NULL));
  g_assert_cmpstr (plain, ==, TEXT);
  g_assert_cmpint (g_stat (self->path, &about), ==, 0);
  g_assert_cmpint (about.st_mode & 0777, ==, 0600);
  g_assert_true (gez_document_save_copy (context, &self->document, copy, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, TEXT);
  g_assert_true (gez_verify_contents (self->to->store, problems, NULL, NULL, NULL, &error));
  g_assert_cmpint (problems->len, ==, 0);
  again = import (self, self->exported, self->attachments);
  g_assert_cmpint (again->inserted + again->updated, ==, 0);
  g_assert_cmpint (count_blobs (self->to), ==, 1);
}

/* Two documents with one content: one file out, two sealed files in. */
static void
test_shared_content (Fixture      *self,
                     gconstpointer data)
{
  g_autofree char *exported = NULL;
  g_autoptr (GezImportResult) result = NULL;
  g_autoptr (GezChange) change = gez_document_withdraw (self->context, &self->document, NULL);
  g_autofree char *only = NULL;

  g_assert_cmpint (gez_store_commit (self->from->store, change, NULL), >, 0);
  add (self, "Opnieuw.txt", TEXT);
  g_assert_true (
      gez_json_export_attachments (self->from->store, &self->household, self->attachments, NULL, NULL, NULL));
  only = only_file_in (self->attachments);
  exported = export (self->from);
  result = import (self, exported, self->attachments);
  g_assert_cmpint (result->failed->len, ==, 0);
  g_assert_cmpint (store_fixture_count (self->to, "SELECT count(DISTINCT file_id) AS count "
                                                  "FROM document"), ==, 2);
  g_assert_cmpint (count_blobs (self->to), ==, 2);
}

static void
test_without_attachments (Fixture      *self,
                          gconstpointer data)
{
  g_autoptr (GezImportResult) later = NULL;

  assert_refused (self, self->exported, NULL, "needs the directory of the attachments");
  later = import (self, self->exported, self->attachments);
  g_assert_cmpint (later->failed->len, ==, 0);
  g_assert_cmpint (later->inserted, ==, 1);
}

static void
test_not_what_it_says (Fixture      *self,
                       gconstpointer data)
{
  const char *hash = strrchr (self->path, '/') + 1;
  g_autofree char *up = replace (self->exported, hash,
                                 "../../../../../../../../../../../../../../../../../etc/hostname");
  g_autofree char *loud = g_ascii_strup (hash, -1);
  g_autofree char *upper = replace (self->exported, hash, loud);
  g_autofree char *longer = replace (self->exported, "\"size_bytes\":20", "\"size_bytes\":21");
  g_autofree char *other = replace (self->exported, hash, NO_HASH);

  g_assert_cmpint (strlen (hash), ==, HASH_LENGTH);
  assert_refused (self, up, self->attachments, "no hash");
  assert_refused (self, upper, self->attachments, "no hash");
  assert_refused (self, longer, self->attachments, "not what the row says");
  assert_refused (self, other, self->attachments, "cannot be read");
  g_assert_true (g_file_set_contents (self->path, "Een andere brief, 20", -1, NULL));
  assert_refused (self, self->exported, self->attachments, "not what the row says");
  g_assert_true (g_file_set_contents (self->path, "", -1, NULL));
  assert_refused (self, self->exported, self->attachments, "cannot be read");
}

/* What a document holds does not change by import; what people call it does. */
static void
test_update (Fixture      *self,
             gconstpointer data)
{
  const char *hash = strrchr (self->path, '/') + 1;
  g_autofree char *renamed = replace (self->exported, "Brief.txt", "Nieuwe naam.txt");
  g_autofree char *changed = replace (self->exported, hash, NO_HASH);
  g_autoptr (GezImportResult) first = import (self, self->exported, self->attachments);
  g_autoptr (GezImportResult) second = import (self, renamed, NULL), third = import (self, changed, NULL);

  g_assert_cmpint (first->failed->len, ==, 0);
  g_assert_cmpint (second->updated, ==, 1);
  g_assert_cmpint (store_fixture_count (self->to, "SELECT count(*) AS count FROM document "
                                                  "WHERE name = 'Nieuwe naam.txt'"), ==, 1);
  g_assert_cmpint (third->failed->len, ==, 1);
  g_assert_nonnull (strstr (((GezImportFailure *) third->failed->pdata[0])->reason, "never changes"));
}

/* A document that names a file of its own cannot make this store use it. */
static void
test_smuggled_key (Fixture      *self,
                   gconstpointer data)
{
  g_autofree char *document = replace (self->exported, "\"size_bytes\"",
                                       "\"file_id\":\"01900000-0000-7000-8000-000000000001\","
                                       "\"file_key\":\"00\",\"size_bytes\"");
  g_autoptr (GezImportResult) result = import (self, document, self->attachments);

  g_assert_cmpint (result->failed->len, ==, 0);
  g_assert_cmpint (result->unknown->len, ==, 2);
  g_assert_cmpint (store_fixture_count (self->to, "SELECT count(*) AS count FROM document WHERE "
                                                  "file_id = x'01900000000070008000000000000001'"), ==, 0);
}

/* A content that does not open stops the export with a clear error, and writes nothing for it. */
static void
test_damaged_content (Fixture      *self,
                      gconstpointer data)
{
  g_autofree char *blobs = g_build_filename (self->from->directory, "blobs", NULL);
  g_autoptr (GDir) files = g_dir_open (blobs, 0, NULL);
  g_autofree char *blob = g_build_filename (blobs, g_dir_read_name (files), NULL);
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_assert_cmpint (g_unlink (self->path), ==, 0);
  g_assert_true (g_file_get_contents (blob, &bytes, &length, NULL));
  bytes[length - 1] ^= 1;
  g_assert_true (g_file_set_contents (blob, bytes, (gssize) length, NULL));
  g_assert_false (
      gez_json_export_attachments (self->from->store, NULL, self->attachments, NULL, NULL, &error));
  g_assert_error (error, GEZ_DOCUMENT_ERROR, GEZ_DOCUMENT_ERROR_DAMAGED);
  g_assert_false (g_file_test (self->path, G_FILE_TEST_EXISTS));
}

#define ADD(name, function) \
  g_test_add ("/exchange/json-attachments/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("round-trip", test_round_trip);
  ADD ("shared-content", test_shared_content);
  ADD ("without-attachments", test_without_attachments);
  ADD ("not-what-it-says", test_not_what_it_says);
  ADD ("update", test_update);
  ADD ("smuggled-key", test_smuggled_key);
  ADD ("damaged-content", test_damaged_content);
  return g_test_run ();
}
