/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/gez-json-import.h"

#include <string.h>

#include "exchange/gez-json-attachments.h"
#include "exchange/gez-json-export.h"
#include "exchange/gez-json-prepare.h"
#include "exchange/gez-json-scan.h"

/* Reads a document of the interchange format into a store (docs/INTERCHANGE.md).
 *
 * 1. The whole document is looked over before anything is written: what is malformed changes nothing.
 * 2. Tables go in with parents first, whatever their order in the document; so a row finds what it
 *    refers to, unless that was refused.
 * 3. Every row is counted once: inserted, updated, unchanged or failed. What is unknown is reported.
 * 4. Rows go in by batches, each a transaction of its own, or all in one. Stopping half-way keeps the
 *    batches before; reading the same document again does the rest.
 * 5. Rows are parsed one at a time and only after the scan (gez-json-scan.c), so the parser never sees
 *    more depth or less JSON than it can take. */

#define DOCUMENT_SIZE_MAX ((gsize) 1024 * 1024 * 1024)
#define BATCH_SIZE 500

typedef struct
{
  GezStore *store;
  GBytes *document;
  const char *attachments;
  gboolean all_or_nothing;
  GCancellable *cancellable;
  GezImportProgress progress;
  gpointer progress_data;
  GezImportResult *result;

  const char *text;
  GPtrArray *members; /* of GezJsonMember */
  JsonParser *parser;
  GHashTable *seen;         /* of GezId: the rows of the present table */
  GHashTable *pending;      /* GezId -> name of table: accepted, not yet written */
  GPtrArray *pending_rows;  /* of GezImportRow, with all_or_nothing */
  GPtrArray *pending_tables; /* of GezTable, one per pending row */
  guint64 n_done;
  guint64 n_rows;
} Import;

static void
failure_free (GezImportFailure *failure)
{
  g_free (failure->table);
  g_free (failure->id);
  g_free (failure->reason);
  g_free (failure);
}

static void
unknown_free (GezImportUnknown *unknown)
{
  g_free (unknown->table);
  g_free (unknown->column);
  g_free (unknown);
}

void
gez_import_result_free (GezImportResult *result)
{
  g_ptr_array_unref (result->failed);
  g_ptr_array_unref (result->unknown);
  g_free (result);
}

static GezImportResult *
result_new (void)
{
  GezImportResult *result = g_new0 (GezImportResult, 1);

  result->failed = g_ptr_array_new_with_free_func ((GDestroyNotify) failure_free);
  result->unknown = g_ptr_array_new_with_free_func ((GDestroyNotify) unknown_free);
  return result;
}

static void
note_failure (Import     *self,
              const char *table,
              const char *id,
              const char *reason)
{
  GezImportFailure *failure = g_new0 (GezImportFailure, 1);

  failure->table = g_strdup (table);
  failure->id = g_strdup (id);
  failure->reason = g_strdup (reason);
  g_ptr_array_add (self->result->failed, failure);
}

static void
note_unknown (Import     *self,
              const char *table,
              const char *column,
              guint64     n_rows)
{
  GezImportUnknown *unknown = g_new0 (GezImportUnknown, 1);

  unknown->table = g_strdup (table);
  unknown->column = g_strdup (column);
  unknown->n_rows = n_rows;
  g_ptr_array_add (self->result->unknown, unknown);
}

static GezJsonMember *
find_member (Import     *self,
             const char *name)
{
  for (guint i = 0; i < self->members->len; i++)
    {
      GezJsonMember *member = self->members->pdata[i];

      if (g_str_equal (member->name, name))
        return member;
    }
  return NULL;
}

static gboolean
check_format (Import  *self,
              GError **error)
{
  static const char expected[] = "\"" GEZ_JSON_FORMAT "\"";
  GezJsonMember *format = find_member (self, "format");

  if (format && format->value.size == strlen (expected) &&
      memcmp (self->text + format->value.offset, expected, strlen (expected)) == 0)
    return TRUE;
  g_set_error (error, GEZ_EXCHANGE_ERROR, GEZ_EXCHANGE_ERROR_UNSUPPORTED, "its format is not %s",
               GEZ_JSON_FORMAT);
  return FALSE;
}

static gboolean
is_about_document (const char *name)
{
  return g_str_equal (name, "format") || g_str_equal (name, "exported_at") || g_str_equal (name, "conflicts");
}

static gboolean
check_members (Import    *self,
               GezSchema *schema,
               GError   **error)
{
  for (guint i = 0; i < self->members->len; i++)
    {
      GezJsonMember *member = self->members->pdata[i];

      if (is_about_document (member->name))
        continue;
      if (gez_schema_find (schema, member->name) == NULL)
        note_unknown (self, member->name, NULL, member->elements->len);
      else if (!member->is_list)
        {
          g_set_error (error, GEZ_EXCHANGE_ERROR, GEZ_EXCHANGE_ERROR_MALFORMED, "%s is not a list of rows",
                       member->name);
          return FALSE;
        }
      else
        self->n_rows += member->elements->len;
    }
  return TRUE;
}

static void
refuse_row (Import         *self,
            const GezTable *table,
            guint           place,
            const char     *id,
            const char     *why)
{
  g_autofree char *reason = g_strdup_printf ("row %u: %s", place + 1, why);

  note_failure (self, table->name, id, reason);
}

static const char *
get_id_text (JsonObject *object)
{
  JsonNode *node = json_object_get_member (object, "id");

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

/* What is the matter with a row by itself, NULL when nothing is. */
static const char *
judge_row (Import      *self,
           GezJsonSpan *span,
           JsonObject  *object,
           GezId       *id)
{
  const char *text = get_id_text (object);

  if (json_object_get_size (object) != span->n_keys)
    return "a column that stands there twice";
  if (text == NULL)
    return "no id";
  if (!gez_id_parse (text, id) || gez_id_is_none (id))
    return "an id that is not a UUID";
  if (g_hash_table_contains (self->seen, id))
    return "an id that another row of this document has";
  return NULL;
}

static JsonObject *
parse_row (Import      *self,
           GezJsonSpan *span)
{
  g_autoptr (JsonNode) node = NULL;

  if (!json_parser_load_from_data (self->parser, self->text + span->offset, (gssize) span->size, NULL))
    return NULL;
  node = json_parser_steal_root (self->parser);
  return node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_dup_object (node) : NULL;
}

static GezImportRow *
take_row (Import         *self,
          const GezTable *table,
          GezJsonSpan    *span,
          guint           place)
{
  g_autoptr (JsonObject) object = NULL;
  const char *why;
  GezId id;

  if (span->defect)
    {
      refuse_row (self, table, place, NULL, span->defect);
      return NULL;
    }
  object = parse_row (self, span);
  if (object == NULL)
    {
      refuse_row (self, table, place, NULL, "not an object");
      return NULL;
    }
  why = judge_row (self, span, object, &id);
  if (why)
    {
      refuse_row (self, table, place, get_id_text (object), why);
      return NULL;
    }
  g_hash_table_add (self->seen, gez_id_copy (&id));
  return gez_import_row_new (g_steal_pointer (&object), &id);
}

static void
count_row (Import         *self,
           const GezTable *table,
           GezImportRow   *row,
           const char     *reason)
{
  g_autofree char *id = NULL;

  if (reason)
    {
      id = gez_id_to_string (&row->id);
      note_failure (self, table->name, id, reason);
      gez_json_discard_attachment (self->store, row);
    }
  else if (row->change == NULL)
    self->result->unchanged++;
  else if (row->is_insert)
    self->result->inserted++;
  else
    self->result->updated++;
}

static void
free_failure_cb (gpointer error)
{
  if (error)
    g_error_free (error);
}

static GPtrArray *
collect_changes (GPtrArray *rows)
{
  GPtrArray *changes = g_ptr_array_new ();

  for (guint i = 0; i < rows->len; i++)
    if (((GezImportRow *) rows->pdata[i])->change)
      g_ptr_array_add (changes, ((GezImportRow *) rows->pdata[i])->change);
  return changes;
}

static gboolean
write_batch (Import         *self,
             const GezTable *table,
             GPtrArray      *rows,
             GError        **error)
{
  g_autoptr (GPtrArray) failures = g_ptr_array_new_with_free_func (free_failure_cb);
  g_autoptr (GPtrArray) changes = collect_changes (rows);
  guint place = 0;

  if (changes->len > 0 && !gez_store_commit_many (self->store, changes, FALSE, failures, error))
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      GezImportRow *row = rows->pdata[i];
      GError *failure = row->change ? failures->pdata[place++] : NULL;

      count_row (self, table, row, failure ? failure->message : row->reason);
    }
  return TRUE;
}

/* Whatever names a sealed file needs one that is there. */
static gboolean
take_attachments (Import         *self,
                  const GezTable *table,
                  GPtrArray      *rows,
                  GError        **error)
{
  return gez_table_find_column (table, "file_id") < 0 ||
         gez_json_take_attachments (self->store, self->attachments, rows, self->cancellable, error);
}

static void
keep_batch (Import         *self,
            const GezTable *table,
            GPtrArray      *rows)
{
  while (rows->len > 0)
    {
      GezImportRow *row = g_ptr_array_steal_index (rows, 0);

      g_clear_pointer (&row->object, json_object_unref);
      if (row->reason)
        count_row (self, table, row, row->reason);
      if (row->is_insert && row->change)
        g_hash_table_insert (self->pending, gez_id_copy (&row->id), table->name);
      g_ptr_array_add (self->pending_rows, row);
      g_ptr_array_add (self->pending_tables, (gpointer) table);
    }
}

static GPtrArray *
take_batch (Import         *self,
            const GezTable *table,
            GArray         *elements,
            guint           first)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) gez_import_row_free);

  for (guint i = first; i < elements->len && i < first + BATCH_SIZE; i++)
    {
      GezImportRow *row = take_row (self, table, &g_array_index (elements, GezJsonSpan, i), i);

      if (row)
        g_ptr_array_add (rows, row);
    }
  return rows;
}

static void
report_unknown_columns (Import         *self,
                        const GezTable *table,
                        GHashTable     *columns)
{
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (columns), (GCompareFunc) g_strcmp0);

  for (GList *at = names; at; at = at->next)
    note_unknown (self, table->name, at->data, GPOINTER_TO_UINT (g_hash_table_lookup (columns, at->data)));
}

static gboolean
import_table (Import         *self,
              const GezTable *table,
              GError        **error)
{
  g_autoptr (GHashTable) unknown_columns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GezJsonMember *member = find_member (self, table->name);
  guint n_elements = member ? member->elements->len : 0;

  g_hash_table_remove_all (self->seen);
  for (guint first = 0; first < n_elements; first += BATCH_SIZE)
    {
      g_autoptr (GPtrArray) rows = take_batch (self, table, member->elements, first);

      if (g_cancellable_set_error_if_cancelled (self->cancellable, error) ||
          !gez_json_prepare (self->store, table, rows, self->pending, unknown_columns, error) ||
          !take_attachments (self, table, rows, error))
        return FALSE;
      if (self->all_or_nothing)
        keep_batch (self, table, rows);
      else if (!write_batch (self, table, rows, error))
        return FALSE;
      self->n_done += MIN (BATCH_SIZE, n_elements - first);
      if (self->progress)
        self->progress (self->n_done, self->n_rows, self->progress_data);
    }
  report_unknown_columns (self, table, unknown_columns);
  return TRUE;
}

static gboolean
fail_for_rows (Import  *self,
               GError **error)
{
  for (guint i = 0; i < self->pending_rows->len; i++)
    gez_json_discard_attachment (self->store, self->pending_rows->pdata[i]);
  g_clear_error (error);
  g_set_error (error, GEZ_EXCHANGE_ERROR, GEZ_EXCHANGE_ERROR_ROWS, "%u rows were refused",
               self->result->failed->len);
  return FALSE;
}

static gboolean
write_everything (Import  *self,
                  GError **error)
{
  g_autoptr (GPtrArray) failures = g_ptr_array_new_with_free_func (free_failure_cb);
  g_autoptr (GPtrArray) changes = NULL;
  gboolean written;
  guint place = 0;

  if (self->result->failed->len > 0)
    return fail_for_rows (self, error);
  changes = collect_changes (self->pending_rows);
  written = changes->len == 0 || gez_store_commit_many (self->store, changes, TRUE, failures, error);
  if (!written && failures->len < changes->len)
    return FALSE;
  for (guint i = 0; i < self->pending_rows->len; i++)
    {
      GezImportRow *row = self->pending_rows->pdata[i];
      GError *failure = row->change && failures->len > place ? failures->pdata[place++] : NULL;

      if (written || failure)
        count_row (self, self->pending_tables->pdata[i], row, failure ? failure->message : NULL);
    }
  return written || fail_for_rows (self, error);
}

static gpointer
schema_cb (GezDatabase *database,
           gpointer     parameters,
           GError     **error)
{
  return gez_schema_load (database, error);
}

static GezSchema *
load_schema (GezStore *store,
             GError  **error)
{
  g_autoptr (GezQuery) query = gez_query_new (schema_cb, NULL, NULL, (GDestroyNotify) gez_schema_free);

  return gez_store_run (store, query, error);
}

static gboolean
import_document (Import  *self,
                 GError **error)
{
  g_autoptr (GezSchema) schema = load_schema (self->store, error);
  GPtrArray *tables;

  if (schema == NULL || !check_members (self, schema, error))
    return FALSE;
  tables = gez_schema_get_tables (schema);
  for (guint i = 0; i < tables->len; i++)
    if (!import_table (self, tables->pdata[i], error))
      return FALSE;
  return !self->all_or_nothing || write_everything (self, error);
}

static gboolean
scan (Import  *self,
      GError **error)
{
  gsize size;

  self->text = g_bytes_get_data (self->document, &size);
  if (size > DOCUMENT_SIZE_MAX)
    {
      g_set_error_literal (error, GEZ_EXCHANGE_ERROR, GEZ_EXCHANGE_ERROR_UNSUPPORTED, "larger than 1 GiB");
      return FALSE;
    }
  self->members = gez_json_scan (self->text ? self->text : "", size, error);
  return self->members != NULL && check_format (self, error);
}

/**
 * gez_json_import:
 * @document: the bytes of the document
 * @attachments: (nullable): the directory with the content of its documents; %NULL refuses new ones
 * @all_or_nothing: whether one row that is refused refuses all
 * @cancellable: (nullable): looked at between batches
 * @progress: (nullable): hears how far it is
 * @result: (out) (optional) (transfer full): what became of the rows; also set when the function fails
 *   with %GEZ_EXCHANGE_ERROR_ROWS, %NULL after any other failure
 *
 * Writes the rows of a document. A row whose id exists is updated in the columns present alone.
 *
 * Thread: any but the main one: it waits.
 * Transaction: one per batch of rows of one table, or one for everything with @all_or_nothing.
 *
 * Returns: %TRUE when the document was read to its end, even if rows of it were refused; %FALSE with
 *   a %GEZ_EXCHANGE_ERROR for the document, or the store's error
 */
gboolean
gez_json_import (GezStore          *store,
                 GBytes            *document,
                 const char        *attachments,
                 gboolean           all_or_nothing,
                 GCancellable      *cancellable,
                 GezImportProgress  progress,
                 gpointer           progress_data,
                 GezImportResult  **result,
                 GError           **error)
{
  g_autoptr (GezImportResult) counted = result_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (gez_id_hash, gez_id_equal, g_free, NULL);
  g_autoptr (GHashTable) pending = g_hash_table_new_full (gez_id_hash, gez_id_equal, g_free, NULL);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) gez_import_row_free);
  g_autoptr (GPtrArray) tables = g_ptr_array_new ();
  g_autoptr (JsonParser) parser = json_parser_new ();
  Import self = { store,       document, attachments,   all_or_nothing,
                  cancellable, progress, progress_data, counted };
  g_autoptr (GError) failure = NULL;
  gboolean done;

  g_return_val_if_fail (GEZ_IS_STORE (store) && document != NULL, FALSE);

  self.parser = parser;
  self.seen = seen;
  self.pending = pending;
  self.pending_rows = rows;
  self.pending_tables = tables;
  done = scan (&self, &failure) && import_document (&self, &failure);
  g_clear_pointer (&self.members, g_ptr_array_unref);
  if (result)
    *result = done || g_error_matches (failure, GEZ_EXCHANGE_ERROR, GEZ_EXCHANGE_ERROR_ROWS)
                ? g_steal_pointer (&counted) : NULL;
  if (!done)
    g_propagate_error (error, g_steal_pointer (&failure));
  return done;
}
