/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "exchange/gez-json-import.h"
#include "store-fixture.h"
#include "store/gez-record.h"

#define NOW G_GINT64_CONSTANT (1795252509123)
#define HOUSEHOLD "01900000-0000-7000-8000-000000000001"
#define PERSON "01900000-0000-7000-8000-000000000002"
#define OTHER "01900000-0000-7000-8000-000000000003"
#define OPEN "\"circle\":\"open\",\"circle_subject_id\":\"" HOUSEHOLD "\""
#define GOOD_HOUSEHOLD "{\"id\":\"" HOUSEHOLD "\"," OPEN ",\"name\":\"Gezin Voorbeeld\"}"
#define DOCUMENT(rows) "{\"format\":\"gezinsplan/1\"," rows "}"

static gboolean
import_bytes (StoreFixture     *fixture,
              const char       *document,
              gsize             size,
              gboolean          all_or_nothing,
              GezImportResult **result,
              GError          **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (document, size);

  return gez_json_import (fixture->store, bytes, NULL, all_or_nothing, NULL, NULL, NULL, result, error);
}

static GezImportResult *
import (StoreFixture *fixture,
        const char   *document)
{
  g_autoptr (GError) error = NULL;
  GezImportResult *result = NULL;

  import_bytes (fixture, document, strlen (document), FALSE, &result, &error);
  g_assert_no_error (error);
  return result;
}

static const char *
only_reason (GezImportResult *result)
{
  g_assert_cmpint (result->failed->len, ==, 1);
  return ((GezImportFailure *) result->failed->pdata[0])->reason;
}

static gint64
count (StoreFixture *fixture,
       const char   *table)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) AS count FROM %s", table);

  return store_fixture_count (fixture, sql);
}

static void
test_half_valid (void)
{
  static const char document[] =
    DOCUMENT ("\"person\":["
              "{\"id\":\"" PERSON "\"," OPEN ",\"household_id\":\"" HOUSEHOLD "\",\"first_name\":\"Testa\"},"
              "{\"id\":\"" OTHER "\"," OPEN ",\"household_id\":\"" OTHER "\",\"first_name\":\"Zonder\"}],"
              "\"household\":[" GOOD_HOUSEHOLD "]");
  g_autoptr (StoreFixture) fixture = store_fixture_new (NOW);
  g_autoptr (GezImportResult) result = import (fixture, document);
  g_autoptr (GezImportResult) refused = NULL;
  g_autoptr (StoreFixture) other = store_fixture_new (NOW);
  g_autoptr (GError) error = NULL;
  GezImportFailure *failure = result->failed->pdata[0];

  g_assert_cmpint (result->inserted, ==, 2);
  g_assert_cmpstr (only_reason (result), ==, "person.household_id: refers to a row that is not there");
  g_assert_cmpstr (failure->table, ==, "person");
  g_assert_cmpstr (failure->id, ==, OTHER);
  g_assert_cmpint (count (fixture, "person"), ==, 1);

  g_assert_false (import_bytes (other, document, strlen (document), TRUE, &refused, &error));
  g_assert_error (error, GEZ_EXCHANGE_ERROR, GEZ_EXCHANGE_ERROR_ROWS);
  g_assert_cmpstr (only_reason (refused), ==, "person.household_id: refers to a row that is not there");
  g_assert_cmpint (refused->inserted, ==, 0);
  g_assert_cmpint (count (other, "household"), ==, 0);
}

/* What only the store can judge is named too, and refuses everything when asked to. */
static void
test_refused_by_the_store (void)
{
  static const char document[] = DOCUMENT ("\"household\":[" GOOD_HOUSEHOLD ",{\"id\":\"" OTHER "\"," OPEN
                                           ",\"name\":\"x\",\"residence\":\"tent\"}]");
  g_autoptr (StoreFixture) fixture = store_fixture_new (NOW);
  g_autoptr (GezImportResult) result = NULL, some = NULL;
  g_autoptr (GError) error = NULL;
  gint64 logged = count (fixture, "change_log");

  g_assert_false (import_bytes (fixture, document, strlen (document), TRUE, &result, &error));
  g_assert_error (error, GEZ_EXCHANGE_ERROR, GEZ_EXCHANGE_ERROR_ROWS);
  g_assert_cmpstr (only_reason (result), ==, "household.residence: not one of its codes");
  g_assert_cmpstr (((GezImportFailure *) result->failed->pdata[0])->id, ==, OTHER);
  g_assert_cmpint (count (fixture, "household"), ==, 0);
  g_assert_cmpint (count (fixture, "change_log"), ==, logged);

  some = import (fixture, document);
  g_assert_cmpint (some->inserted, ==, 1);
  g_assert_cmpstr (only_reason (some), ==, "household.residence: not one of its codes");
}

static void
test_updates_only_columns_present (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new (NOW);
  g_autoptr (GezImportResult) first = NULL, second = NULL, third = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  first = import (
      fixture, DOCUMENT ("\"household\":[{\"id\":\"" HOUSEHOLD "\"," OPEN
                         ",\"name\":\"Gezin Voorbeeld\",\"address\":\"Teststraat 1\",\"language\":\"nl\"}]"));
  g_assert_cmpint (first->inserted, ==, 1);
  second = import (fixture, DOCUMENT ("\"household\":[{\"id\":\"" HOUSEHOLD "\",\"address\":null,"
                                      "\"needs_interpreter\":true}]"));
  g_assert_cmpint (second->updated, ==, 1);
  rows = store_fixture_select (fixture, "SELECT * FROM household");
  g_assert_cmpstr (gez_record_get_text (rows->pdata[0], "name"), ==, "Gezin Voorbeeld");
  g_assert_cmpstr (gez_record_get_text (rows->pdata[0], "language"), ==, "nl");
  g_assert_true (gez_record_is_null (rows->pdata[0], "address"));
  g_assert_cmpint (gez_record_get_integer (rows->pdata[0], "needs_interpreter"), ==, 1);
  third =
      import (fixture, DOCUMENT ("\"household\":[{\"id\":\"" HOUSEHOLD "\",\"needs_interpreter\":true}]"));
  g_assert_cmpint (third->unchanged, ==, 1);
  g_assert_cmpint (third->updated, ==, 0);
}

static void
test_moves_to_another_circle (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new (NOW);
  g_autoptr (GezImportResult) first = import (fixture, DOCUMENT ("\"household\":[" GOOD_HOUSEHOLD "]"));
  g_autoptr (GezImportResult) same = NULL, moved = NULL, half = NULL;

  same = import (fixture, DOCUMENT ("\"household\":[{\"id\":\"" HOUSEHOLD "\"," OPEN "}]"));
  g_assert_cmpint (same->unchanged, ==, 1);
  moved = import (fixture, DOCUMENT ("\"household\":[{\"id\":\"" HOUSEHOLD "\",\"circle\":\"casework\","
                                     "\"circle_subject_id\":\"" HOUSEHOLD "\"}]"));
  g_assert_cmpint (moved->updated, ==, 1);
  g_assert_cmpint (store_fixture_count (fixture, "SELECT count(*) AS count FROM household "
                                                 "WHERE substr(circle, 1, 1) = x'63'"), ==, 1);
  half = import (fixture, DOCUMENT ("\"household\":[{\"id\":\"" HOUSEHOLD "\",\"circle\":\"open\"}]"));
  g_assert_cmpstr (only_reason (half), ==, "household.circle: circle_subject_id is missing or not a UUID");
}

static void
test_reports_what_is_unknown (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new (NOW);
  g_autoptr (GezImportResult) result = NULL;
  GezImportUnknown *table, *column, *row;

  result = import (
      fixture,
      DOCUMENT (
          "\"spaceship\":[{},{}],\"conflicts\":[1],\"exported_at\":7,\"household\":[{\"id\":\"" HOUSEHOLD
          "\"," OPEN ",\"name\":\"Gezin Voorbeeld\",\"row\":1,\"mood\":\"x\"}]"));
  g_assert_cmpint (result->inserted, ==, 1);
  g_assert_cmpint (result->unknown->len, ==, 3);
  table = result->unknown->pdata[0];
  column = result->unknown->pdata[1];
  row = result->unknown->pdata[2];
  g_assert_cmpstr (table->table, ==, "spaceship");
  g_assert_null (table->column);
  g_assert_cmpint (table->n_rows, ==, 2);
  g_assert_cmpstr (column->column, ==, "mood");
  g_assert_cmpstr (column->table, ==, "household");
  g_assert_cmpstr (row->column, ==, "row");
}

static void
test_does_not_reach_local_tables (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new (NOW);
  g_autoptr (GezImportResult) result = NULL;

  result =
      import (fixture, DOCUMENT ("\"device\":[{\"id\":\"" OTHER "\",\"team_name\":\"x\"}],\"draft\":[{}],"
                                   "\"sqlite_schema\":[{}],\"change_log\":[{}]"));
  g_assert_cmpint (result->unknown->len, ==, 4);
  g_assert_cmpint (result->inserted + result->updated, ==, 0);
}

typedef struct
{
  const char *row;
  const char *reason;
} BadRow;

#define PERSON_WITH(cells)                                                                                  \
  "{\"id\":\"" PERSON "\"," OPEN ",\"household_id\":\"" HOUSEHOLD "\",\"first_name\":\"Testa\"," cells "}"

static void
test_bad_rows (void)
{
  static const BadRow bad[] = {
    { "7", "row 1: not an object" },
    { "null", "row 1: not an object" },
    { "[[]]", "row 1: not an object" },
    { "{}", "row 1: no id" },
    { "{\"id\":7}", "row 1: no id" },
    { "{\"id\":\"x\"}", "row 1: an id that is not a UUID" },
    { "{\"id\":\"00000000-0000-0000-0000-000000000000\"}", "row 1: an id that is not a UUID" },
    { "{\"id\":\"" PERSON "\"}", "person.circle: missing" },
    { "{\"id\":\"" HOUSEHOLD "\"," OPEN "}", "person.id: belongs to a row of another table" },
    { "{\"id\":\"" PERSON "\",\"circle\":\"everybody\"}", "person.circle: not one of its codes" },
    { "{\"id\":\"" PERSON "\",\"circle\":\"team\",\"circle_subject_id\":\"" HOUSEHOLD "\"}",
      "person.circle: the circle of the team has no subject" },
    { "{\"id\":\"" PERSON "\"," OPEN ",\"household_id\":\"" HOUSEHOLD "\"}", "person.first_name: missing" },
    { PERSON_WITH ("\"last_name\":7"), "person.last_name: not a text" },
    { PERSON_WITH ("\"last_name\":{\"a\":[]}"), "person.last_name: not a text" },
    { PERSON_WITH ("\"last_name\":\"a\\u0000b\""), "row 1: holds a NUL" },
    { PERSON_WITH ("\"last_name\":\"a\",\"last_name\":\"b\""), "row 1: a column that stands there twice" },
    { PERSON_WITH ("\"first_name\":\"b\""), "row 1: a column that stands there twice" },
    { PERSON_WITH ("\"born_on\":\"2025-02-30\""), "person.born_on: not a date that exists" },
    { PERSON_WITH ("\"born_on\":\"30/02/2025\""), "person.born_on: not a date that exists" },
    { PERSON_WITH ("\"born_on\":20250230"), "person.born_on: not a text" },
    { PERSON_WITH ("\"estimated_age\":\"7\""), "person.estimated_age: not a whole number" },
    { PERSON_WITH ("\"estimated_age\":7.5"), "person.estimated_age: not a whole number" },
    { PERSON_WITH ("\"estimated_age\":true"), "person.estimated_age: not a whole number" },
    { PERSON_WITH ("\"estimated_age\":99999999999999999999"), "row 1: holds a number that is too large" },
    { PERSON_WITH ("\"withdrawn_at\":7"), "person.withdrawn_at: not a text" },
    { PERSON_WITH ("\"withdrawn_at\":\"yesterday\""),
      "person.withdrawn_at: not an instant in ISO 8601 with its zone" },
    { PERSON_WITH ("\"withdrawn_at\":\"2026-01-01T10:00:00\""),
      "person.withdrawn_at: not an instant in ISO 8601 with its zone" },
    { PERSON_WITH ("\"school_id\":\"De Voorbeeldschool\""), "person.school_id: not a UUID" },
    { PERSON_WITH ("\"gender\":\"q\""), "person.gender: not one of its codes" },
    { PERSON_WITH ("\"gender\":\"\""), "person.gender: not one of its codes" },
  };
  g_autoptr (StoreFixture) fixture = store_fixture_new (NOW);
  g_autoptr (GezImportResult) household = import (fixture, DOCUMENT ("\"household\":[" GOOD_HOUSEHOLD "]"));

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *document = g_strdup_printf (DOCUMENT ("\"person\":[%s]"), bad[i].row);
      g_autoptr (GezImportResult) result = import (fixture, document);

      g_assert_cmpstr (only_reason (result), ==, bad[i].reason);
      g_assert_cmpint (result->inserted + result->updated + result->unchanged, ==, 0);
    }
  g_assert_cmpint (count (fixture, "person"), ==, 0);
}

static void
test_null_where_something_must_be (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new (NOW);
  g_autoptr (GezImportResult) one = NULL, two = NULL, three = NULL;

  one = import (fixture, DOCUMENT ("\"household\":[{\"id\":\"" HOUSEHOLD "\"," OPEN ",\"name\":null}]"));
  g_assert_cmpstr (only_reason (one), ==, "household.name: may not be empty");
  two = import (fixture, DOCUMENT ("\"household\":[{\"id\":\"" HOUSEHOLD "\"," OPEN ",\"name\":\"  \"}]"));
  g_assert_cmpstr (only_reason (two), ==, "household.name: may not be empty");
  three = import (fixture, DOCUMENT ("\"household\":[{\"id\":\"" HOUSEHOLD "\"," OPEN
                                     ",\"name\":\"x\",\"needs_interpreter\":null}]"));
  g_assert_cmpint (three->failed->len, ==, 1);
  g_assert_cmpint (count (fixture, "household"), ==, 0);
}

static void
test_same_id_twice (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new (NOW);
  g_autoptr (GezImportResult) result =
      import (fixture, DOCUMENT ("\"household\":[" GOOD_HOUSEHOLD "," GOOD_HOUSEHOLD "]"));

  g_assert_cmpint (result->inserted, ==, 1);
  g_assert_cmpstr (only_reason (result), ==, "row 2: an id that another row of this document has");
}

static void
test_old_birth_date_is_kept (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new (NOW);
  g_autoptr (GezImportResult) result = NULL;

  result = import (fixture, DOCUMENT ("\"household\":[" GOOD_HOUSEHOLD "],\"person\":["
                                      PERSON_WITH ("\"born_on\":\"1890-01-01\"") "]"));
  g_assert_cmpint (result->inserted, ==, 2);
  g_assert_cmpint (store_fixture_count (fixture, "SELECT count(*) AS count FROM person "
                                                 "WHERE born_on = '1890-01-01'"), ==, 1);
}

static void
test_long_string (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new (NOW);
  g_autofree char *book = g_strnfill (10 * 1024 * 1024, 'x');
  g_autofree char *document = NULL;
  g_autoptr (GezImportResult) result = NULL;

  document = g_strdup_printf (
      DOCUMENT ("\"household\":[{\"id\":\"" HOUSEHOLD "\"," OPEN ",\"name\":\"%s\"}]"), book);
  result = import (fixture, document);
  g_assert_cmpstr (only_reason (result), ==, "household.name: longer than 1 MiB");
}

static void
assert_refused (StoreFixture *fixture,
                const char   *document,
                gsize         size,
                int           code)
{
  g_autoptr (GezImportResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (import_bytes (fixture, document, size, FALSE, &result, &error));
  g_assert_error (error, GEZ_EXCHANGE_ERROR, code);
  g_assert_null (result);
}

static void
test_malformed_document_changes_nothing (void)
{
  static const char whole[] = DOCUMENT ("\"household\":[" GOOD_HOUSEHOLD "]");
  g_autoptr (StoreFixture) fixture = store_fixture_new (NOW);
  g_autoptr (GString) deep = g_string_new (NULL);

  for (gsize size = 0; size < strlen (whole); size++)
    assert_refused (fixture, whole, size, GEZ_EXCHANGE_ERROR_MALFORMED);
  assert_refused (fixture, "\xff\xfe", 2, GEZ_EXCHANGE_ERROR_MALFORMED);
  assert_refused (fixture, "{}", 2, GEZ_EXCHANGE_ERROR_UNSUPPORTED);
  for (guint i = 0; i < 500 * 1000; i++)
    g_string_append_c (deep, '[');
  assert_refused (fixture, deep->str, deep->len, GEZ_EXCHANGE_ERROR_MALFORMED);
  g_string_prepend (deep, "{\"household\":");
  assert_refused (fixture, deep->str, deep->len, GEZ_EXCHANGE_ERROR_TOO_DEEP);
  assert_refused (fixture, "{\"format\":\"gezinsplan/2\"}", 25, GEZ_EXCHANGE_ERROR_UNSUPPORTED);
  assert_refused (fixture, "{\"format\":1}", 12, GEZ_EXCHANGE_ERROR_UNSUPPORTED);
  assert_refused (fixture, "{\"format\":\"gezinsplan/1\",\"household\":{}}", 40,
                  GEZ_EXCHANGE_ERROR_MALFORMED);
  g_assert_cmpint (count (fixture, "household"), ==, 0);
}

typedef struct
{
  GCancellable *cancellable;
  guint64 n_done;
  guint64 n_rows;
} Progress;

static void
progress_cb (guint64  n_done,
             guint64  n_rows,
             gpointer user_data)
{
  Progress *progress = user_data;

  g_assert_cmpint (n_done, >, progress->n_done);
  progress->n_done = n_done;
  progress->n_rows = n_rows;
  if (progress->cancellable)
    g_cancellable_cancel (progress->cancellable);
}

static GBytes *
many_households (guint n)
{
  g_autoptr (GString) document = g_string_new ("{\"format\":\"gezinsplan/1\",\"household\":[");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (document,
                            "%s{\"id\":\"01900000-0000-7000-8000-%012x\"," OPEN ",\"name\":\"Gezin %u\"}",
                            i ? "," : "", i + 1, i);
  g_string_append (document, "]}");
  return g_bytes_new (document->str, document->len);
}

static void
test_progress_and_cancel (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new (NOW);
  g_autoptr (GBytes) document = many_households (1200);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GezImportResult) result = NULL;
  g_autoptr (GError) error = NULL;
  Progress progress = { cancellable, 0, 0 };

  g_assert_false (gez_json_import (fixture->store, document, NULL, FALSE, cancellable, progress_cb, &progress,
                                   &result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (count (fixture, "household"), ==, progress.n_done);
  g_clear_error (&error);

  progress = (Progress) { 0 };
  g_assert_true (
      gez_json_import (fixture->store, document, NULL, FALSE, NULL, progress_cb, &progress, &result, &error));
  g_assert_cmpint (progress.n_done, ==, 1200);
  g_assert_cmpint (progress.n_rows, ==, 1200);
  g_assert_cmpint (result->unchanged, ==, 500);
  g_assert_cmpint (result->inserted, ==, 700);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/json-import/half-valid", test_half_valid);
  g_test_add_func ("/exchange/json-import/refused-by-the-store", test_refused_by_the_store);
  g_test_add_func ("/exchange/json-import/updates-only-columns-present", test_updates_only_columns_present);
  g_test_add_func ("/exchange/json-import/moves-to-another-circle", test_moves_to_another_circle);
  g_test_add_func ("/exchange/json-import/reports-what-is-unknown", test_reports_what_is_unknown);
  g_test_add_func ("/exchange/json-import/does-not-reach-local-tables", test_does_not_reach_local_tables);
  g_test_add_func ("/exchange/json-import/bad-rows", test_bad_rows);
  g_test_add_func ("/exchange/json-import/null-where-something-must-be", test_null_where_something_must_be);
  g_test_add_func ("/exchange/json-import/same-id-twice", test_same_id_twice);
  g_test_add_func ("/exchange/json-import/old-birth-date-is-kept", test_old_birth_date_is_kept);
  g_test_add_func ("/exchange/json-import/long-string", test_long_string);
  g_test_add_func ("/exchange/json-import/malformed-document-changes-nothing",
                   test_malformed_document_changes_nothing);
  g_test_add_func ("/exchange/json-import/progress-and-cancel", test_progress_and_cancel);
  return g_test_run ();
}
