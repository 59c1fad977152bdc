/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/gez-verify.h"

#include "store/gez-database-private.h"
#include "store/gez-heads.h"
#include "store/gez-log.h"
#include "store/gez-verify-files.h"

/* Looks at everything in a store and says what is wrong with it. Nothing is changed.
 *
 * 1. Every page that holds anything is read, and so authenticated: integrity_check walks all tables,
 *    all indexes and the list of free pages.
 * 2. A problem is reported, not returned as an error, as long as the next check can still run.
 * 3. The full-text indexes check themselves with a command that counts as a write; it runs in a
 *    transaction that is rolled back.
 * 4. The log is compared with the rows: every row has its birth there, every birth its row, and every
 *    cell holds what the last write of it says.
 * 5. Every document has its sealed file, with the right size (gez-verify-files.c).
 *
 * Thread: the store's worker. */

#define PROBLEMS_MAX 100 /* after so many, more tell nothing */

static const char *const search_tables[] = {
  "household_search", "person_search", "note_search", "question_search", "goal_search", "referral_search",
  "partner_search", "document_search",
};

void
gez_verify_report_free (GezVerifyReport *report)
{
  g_ptr_array_unref (report->problems);
  g_free (report);
}

static void G_GNUC_PRINTF (2, 3)
note (GezVerifyReport *report,
      const char      *format,
      ...)
{
  va_list arguments;

  if (report->problems->len >= PROBLEMS_MAX)
    return;
  va_start (arguments, format);
  g_ptr_array_add (report->problems, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

/* A failure to read is a finding; being cancelled is not. */
static gboolean
note_failure (GezVerifyReport *report,
              const char      *doing,
              GError          *failure,
              GError         **error)
{
  g_autoptr (GError) owned = failure;

  if (owned == NULL)
    return TRUE;
  if (g_error_matches (owned, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&owned));
      return FALSE;
    }
  note (report, "%s: %s", doing, owned->message);
  return TRUE;
}

static gboolean
check_integrity (GezDatabase     *database,
                 GezVerifyReport *report,
                 GError         **error)
{
  GError *failure = NULL;
  g_autoptr (GezStatement) statement =
      gez_database_query (database, &failure, "PRAGMA integrity_check", GEZ_END);

  while (statement && gez_statement_next (statement, &failure))
    if (!g_str_equal (gez_statement_get_text (statement, 0), "ok"))
      note (report, "integrity: %s", gez_statement_get_text (statement, 0));
  return note_failure (report, "integrity", failure, error);
}

static gboolean
check_references (GezDatabase     *database,
                  GezVerifyReport *report,
                  GError         **error)
{
  GError *failure = NULL;
  g_autoptr (GezStatement) statement =
      gez_database_query (database, &failure, "PRAGMA foreign_key_check", GEZ_END);

  while (statement && gez_statement_next (statement, &failure))
    note (report, "references: row %" G_GINT64_FORMAT " of %s refers to a row of %s that is not there",
          gez_statement_get_integer (statement, 1), gez_statement_get_text (statement, 0),
          gez_statement_get_text (statement, 2));
  return note_failure (report, "references", failure, error);
}

static gboolean
check_search (GezDatabase     *database,
              GezVerifyReport *report,
              GError         **error)
{
  GError *failure = NULL;

  if (!gez_database_begin (database, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (search_tables) && failure == NULL; i++)
    {
      g_autofree char *sql = g_strdup_printf ("INSERT INTO %s(%s, rank) VALUES ('integrity-check', 1)",
                                              search_tables[i], search_tables[i]);

      if (!gez_database_execute (database, &failure, sql, GEZ_END) &&
          !note_failure (report, search_tables[i], g_steal_pointer (&failure), error))
        break;
    }
  gez_database_rollback (database);
  return error == NULL || *error == NULL;
}

static void
expect_none (GezDatabase     *database,
             GezVerifyReport *report,
             const char      *table,
             const char      *what,
             const char      *sql)
{
  gint64 count = gez_database_integer (database, -1, sql, GEZ_TEXT, table, GEZ_END);

  if (count < 0)
    note (report, "%s: could not be compared with the change log", table);
  else if (count > 0)
    note (report, "%s: %" G_GINT64_FORMAT " %s", table, count, what);
}

static void
check_births (GezDatabase     *database,
              GezVerifyReport *report,
              const GezTable  *table)
{
  g_autofree char *rows = g_strdup_printf ("SELECT count(*) FROM \"%s\"", table->name);
  g_autofree char *orphans = NULL;
  g_autofree char *lost = NULL;

  orphans =
      g_strdup_printf ("SELECT count(*) FROM \"%s\" AS t WHERE NOT EXISTS (SELECT 1 FROM change_log AS l "
                         "WHERE l.id = t.id AND l.is_birth AND l.table_name = ?)",
                         table->name);
  lost = g_strdup_printf ("SELECT count(*) FROM change_log AS l WHERE l.is_birth AND l.table_name = ? "
                          "AND NOT EXISTS (SELECT 1 FROM \"%s\" AS t WHERE t.id = l.id) "
                          "AND NOT EXISTS (SELECT 1 FROM held AS h WHERE h.id = l.id)", table->name);
  report->n_rows += gez_database_integer (database, 0, rows, GEZ_END);
  expect_none (database, report, table->name, "rows without a birth in the change log", orphans);
  expect_none (database, report, table->name, "births in the change log without their row", lost);
}

static gboolean
cell_is (GVariant     *value,
         GezStatement *row,
         int           column)
{
  if (value == NULL || g_variant_is_of_type (value, G_VARIANT_TYPE_UNIT))
    return gez_statement_is_null (row, column);
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_INT64))
    return gez_statement_is_integer (row, column) &&
           gez_statement_get_integer (row, column) == g_variant_get_int64 (value);
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    return g_strcmp0 (gez_statement_get_text (row, column), g_variant_get_string (value, NULL)) == 0;
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_BYTESTRING))
    {
      g_autoptr (GBytes) stored = gez_statement_get_blob (row, column);
      g_autoptr (GBytes) logged = g_variant_get_data_as_bytes (value);

      return gez_statement_is_blob (row, column) && g_bytes_equal (stored, logged);
    }
  return FALSE;
}

static GVariant *
find_cell (GVariant   *cells,
           const char *column)
{
  GVariantIter iter;
  const char *name;
  GVariant *value;

  g_variant_iter_init (&iter, cells);
  while (g_variant_iter_next (&iter, "(&sv@a(ayt))", &name, &value, NULL))
    {
      if (g_str_equal (name, column))
        return value;
      g_variant_unref (value);
    }
  return NULL;
}

static GVariant *
read_cells (GezStatement *statement,
            int           column)
{
  g_autoptr (GBytes) bytes = gez_statement_get_blob (statement, column);

  return g_variant_ref_sink (gez_log_cells_from_bytes (bytes));
}

/* The columns of one row that were written since its birth, with the values of their heads, the greatest first. */
static GHashTable *
read_heads (GezDatabase *database,
            const GezId *id,
            GError     **error)
{
  g_autoptr (GHashTable) heads = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                        (GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GezStatement) statement = NULL;
  GError *failure = NULL;

  statement = gez_database_query (database, error,
                                  "SELECT h.column_name, l.cells FROM head AS h JOIN change_log AS l "
                                  "ON l.device = h.device AND l.counter = h.counter WHERE h.id = ? "
                                  "ORDER BY l.wall_at DESC, l.device DESC, l.counter DESC", GEZ_ID, id, GEZ_END);
  while (statement && gez_statement_next (statement, &failure))
    {
      const char *column = gez_statement_get_text (statement, 0);
      g_autoptr (GVariant) cells = read_cells (statement, 1);
      GPtrArray *values = g_hash_table_lookup (heads, column);
      GVariant *value = find_cell (cells, column);

      if (values == NULL)
        {
          values = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);
          g_hash_table_insert (heads, g_strdup (column), values);
        }
      g_ptr_array_add (values, value ? value : g_variant_ref_sink (g_variant_new ("()")));
    }
  if (failure)
    g_propagate_error (error, failure);
  return statement && failure == NULL ? g_steal_pointer (&heads) : NULL;
}

/* What the log says that the column shows. */
static GVariant *
expected_value (const GezTable *table,
                guint           column,
                GPtrArray      *values,
                GVariant       *birth)
{
  gboolean is_disputed;
  GVariant *value;

  if (values)
    return gez_heads_join (table, column, values, &is_disputed);
  value = find_cell (birth, table->columns[column].name);
  if (value && gez_column_takes (&table->columns[column], value))
    return value;
  g_clear_pointer (&value, g_variant_unref);
  return table->columns[column].standard ? g_variant_ref (table->columns[column].standard) : NULL;
}

/* @row: all columns of the table, then the cells of the birth. */
static gboolean
check_row (GezDatabase     *database,
           GezVerifyReport *report,
           const GezTable  *table,
           GezStatement    *row,
           GError         **error)
{
  GezId id = gez_statement_get_id (row, (int) table->id_column);
  g_autoptr (GVariant) birth = read_cells (row, (int) table->n_columns);
  g_autoptr (GHashTable) heads = read_heads (database, &id, error);

  if (heads == NULL)
    return FALSE;
  for (guint i = 1; i < table->n_columns; i++)
    {
      const char *name = table->columns[i].name;
      g_autoptr (GVariant) value = NULL;

      if (i == table->id_column)
        continue;
      value = expected_value (table, i, g_hash_table_lookup (heads, name), birth);
      if (!cell_is (value, row, (int) i))
        {
          g_autofree char *text = gez_id_to_string (&id);

          note (report, "%s.%s of %s: not what the change log says", table->name, name, text);
        }
    }
  return TRUE;
}

static gboolean
check_cells (GezDatabase     *database,
             GezVerifyReport *report,
             const GezTable  *table,
             GError         **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT t.*, l.cells FROM \"%s\" AS t JOIN change_log AS l "
                                          "ON l.id = t.id AND l.is_birth AND l.table_name = '%s' WHERE NOT EXISTS "
                                          "(SELECT 1 FROM waiting AS w WHERE w.id = t.id)", table->name, table->name);
  GError *failure = NULL;
  g_autoptr (GezStatement) row = gez_database_query (database, &failure, sql, GEZ_END);

  while (row && gez_statement_next (row, &failure))
    if (!check_row (database, report, table, row, &failure))
      break;
  return note_failure (report, table->name, failure, error);
}

static void
check_log (GezDatabase     *database,
           GezVerifyReport *report)
{
  expect_none (
      database, report, "head", "heads that the change log does not know",
      "SELECT count(*) FROM head AS h WHERE ? NOT NULL AND NOT EXISTS (SELECT 1 FROM change_log AS l "
      "WHERE l.device = h.device AND l.counter = h.counter AND l.id = h.id)");
  expect_none (
      database, report, "change_log", "writes of this device that are missing",
      "SELECT abs(d.last_counter - (SELECT count(*) FROM change_log AS l WHERE l.device = d.id)) "
      "+ abs(d.last_counter - (SELECT coalesce(max(counter), 0) FROM change_log AS l WHERE l.device = d.id)) "
      "FROM device AS d WHERE ? NOT NULL");
  report->n_writes = gez_database_integer (database, 0, "SELECT count(*) FROM change_log", GEZ_END);
}

static gpointer
verify_cb (GezDatabase *database,
           gpointer     parameters,
           GError     **error)
{
  g_autoptr (GezVerifyReport) report = g_new0 (GezVerifyReport, 1);
  GPtrArray *tables = gez_schema_get_tables (gez_database_get_schema (database));
  GError *failure = NULL;

  report->problems = g_ptr_array_new_with_free_func (g_free);
  report->n_pages = gez_database_integer (database, 0, "PRAGMA page_count", GEZ_END);
  if (!check_integrity (database, report, error) || !check_references (database, report, error) ||
      !check_search (database, report, error))
    return NULL;
  for (guint i = 0; i < tables->len; i++)
    {
      check_births (database, report, tables->pdata[i]);
      if (!check_cells (database, report, tables->pdata[i], error))
        return NULL;
    }
  check_log (database, report);
  report->n_documents = gez_verify_sizes (database, report->problems, &failure);
  return note_failure (report, "document", failure, error) ? g_steal_pointer (&report) : NULL;
}

/**
 * gez_verify_query:
 *
 * Returns: (transfer full): a long query for a #GezVerifyReport
 */
GezQuery *
gez_verify_query (void)
{
  GezQuery *query = gez_query_new (verify_cb, NULL, NULL, (GDestroyNotify) gez_verify_report_free);

  gez_query_set_long (query, TRUE);
  return query;
}
