/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <stdlib.h>

#include "exchange/gez-json-export.h"
#include "exchange/gez-json-import.h"
#include "fuzz-target.h"
#include "store-fixture.h"
#include "store/gez-verify.h"

/*
 * A document of somebody else goes into a store. Whatever it says, the store verifies afterwards,
 * and what went in comes out as a document that changes nothing.
 *
 * One store serves for all inputs: making one takes a hundred times as long as most inputs. After an
 * input that changed it, its database is put back as it was, so that an input does the same alone.
 */

#define NOW G_GINT64_CONSTANT (1795252509123)

static StoreFixture *fixture;
static char *pristine;
static gsize pristine_size;

static void
remove_store_cb (void)
{
  g_clear_pointer (&fixture, store_fixture_free);
  g_clear_pointer (&pristine, g_free);
}

static char *
database_path (void)
{
  return g_build_filename (fixture->directory, "gezinsplan.db", NULL);
}

static void
start (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  fixture = store_fixture_new (NOW);
  store_fixture_close (fixture);
  path = database_path ();
  g_file_get_contents (path, &pristine, &pristine_size, &error);
  g_assert_no_error (error);
  store_fixture_open (fixture);
  atexit (remove_store_cb);
}

static void
put_back (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = database_path ();

  store_fixture_close (fixture);
  g_file_set_contents_full (path, pristine, (gssize) pristine_size, G_FILE_SET_CONTENTS_NONE, 0600,
                            &error);
  g_assert_no_error (error);
  store_fixture_open (fixture);
}

static void
verify (void)
{
  g_autoptr (GezQuery) query = gez_verify_query ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GezVerifyReport) report = gez_store_run (fixture->store, query, &error);

  g_assert_no_error (error);
  if (report->problems->len > 0)
    g_error ("%s", (const char *) report->problems->pdata[0]);
}

static void
import_again (void)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GezImportResult) result = NULL;
  g_autoptr (GBytes) document = NULL;
  g_autoptr (GError) error = NULL;

  gez_json_export (fixture->store, NULL, stream, NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (stream, NULL, NULL);
  document = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
  gez_json_import (fixture->store, document, NULL, TRUE, NULL, NULL, NULL, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result->inserted + result->updated, ==, 0);
  g_assert_cmpuint (result->unknown->len, ==, 0);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (GBytes) document = g_bytes_new (data, size);
  g_autoptr (GezImportResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gboolean imported;

  if (fixture == NULL)
    start ();
  imported = gez_json_import (fixture->store, document, NULL, size % 2 == 0, NULL, NULL, NULL, &result,
                              &error);
  g_assert_true (imported == (error == NULL));
  g_assert_true (error == NULL || error->domain == GEZ_EXCHANGE_ERROR);
  if (result != NULL && result->inserted + result->updated > 0)
    {
      verify ();
      import_again ();
      put_back ();
    }
  return 0;
}
