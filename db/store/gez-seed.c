/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/gez-seed.h"

#include <csv.h>
#include <sodium.h>
#include <string.h>

#include "store/gez-circle.h"
#include "store/gez-database-private.h"
#include "store/gez-store-resources.h"

/* The lists that every store is born with (data/seed/README.md). Rows get the same identity on every
 * device, so that two stores that meet have one list and not two.
 *
 * Columns of a file that the table does not have are passed over: they say where a row comes from. */

#define RESOURCE_PATH "/be/gezinsplan/store/seed/%s.csv"

typedef struct
{
  const char *file;
  const char *table;
  const char *list; /* list_item only */
} Seed;

static const Seed seeds[] = {
  { "domains", "domain", NULL },
  { "scale", "scale", NULL },
  { "scale_points", "scale_point", NULL },
  { "contact_channels", "list_item", "contact_channel" },
  { "barriers", "list_item", "barrier" },
  { "referral_reasons", "list_item", "referral_reason" },
  { "entry_gates", "list_item", "entry_gate" },
};

typedef struct
{
  GezDatabase *database;
  const Seed *seed;
  const GezTable *table;
  GPtrArray *header;
  GPtrArray *fields;
  GError *error;
} Reader;

/**
 * gez_seed_id:
 * @table: name of the table
 * @code: code of the row, unique within its table (and list)
 *
 * Returns: the first 16 bytes of BLAKE2b-256 over "gezinsplan/seed/1", 0, @table, 0, @code
 */
GezId
gez_seed_id (const char *table,
             const char *code)
{
  static const char domain[] = "gezinsplan/seed/1";
  crypto_generichash_state state;
  guint8 hash[32];
  GezId id;

  crypto_generichash_init (&state, NULL, 0, sizeof hash);
  crypto_generichash_update (&state, (const guint8 *) domain, sizeof domain);
  crypto_generichash_update (&state, (const guint8 *) table, strlen (table) + 1);
  crypto_generichash_update (&state, (const guint8 *) code, strlen (code));
  crypto_generichash_final (&state, hash, sizeof hash);
  memcpy (id.bytes, hash, GEZ_ID_SIZE);
  return id;
}

static const char *
field (Reader     *reader,
       const char *name)
{
  for (guint i = 0; i < reader->header->len && i < reader->fields->len; i++)
    if (g_str_equal (reader->header->pdata[i], name))
      return reader->fields->pdata[i];
  return NULL;
}

static gboolean
is_column (Reader *reader,
           guint   i)
{
  return gez_table_find_column (reader->table, reader->header->pdata[i]) >= 0 &&
         *(const char *) reader->fields->pdata[i] != '\0';
}

static char *
insert_text (Reader *reader)
{
  GString *sql = g_string_new (NULL), *places = g_string_new (NULL);

  g_string_printf (sql, "INSERT INTO \"%s\" (id, circle", reader->table->name);
  if (reader->seed->list)
    g_string_append (sql, ", list");
  if (field (reader, "scale"))
    g_string_append (sql, ", scale_id");
  for (guint i = 0; i < reader->fields->len; i++)
    if (is_column (reader, i))
      {
        g_string_append_printf (sql, ", \"%s\"", (const char *) reader->header->pdata[i]);
        g_string_append (places, ", ?");
      }
  g_string_append_printf (sql, ") VALUES (?, ?%s%s%s)", reader->seed->list ? ", ?" : "",
                          field (reader, "scale") ? ", ?" : "", places->str);
  g_string_free (places, TRUE);
  return g_string_free (sql, FALSE);
}

static void
bind_field (Reader       *reader,
            GezStatement *statement,
            int           place,
            guint         i)
{
  int column = gez_table_find_column (reader->table, reader->header->pdata[i]);
  GezColumnKind kind = reader->table->columns[column].kind;
  const char *text = reader->fields->pdata[i];

  if (kind == GEZ_COLUMN_INTEGER || kind == GEZ_COLUMN_BOOLEAN)
    gez_statement_bind_integer (statement, place, g_ascii_strtoll (text, NULL, 10));
  else
    gez_statement_bind_text (statement, place, text);
}

static void
insert_row (Reader *reader)
{
  g_autofree char *code = NULL;
  g_autofree char *sql = insert_text (reader);
  g_autoptr (GezStatement) statement = gez_database_prepare (reader->database, sql, &reader->error);
  const char *list = reader->seed->list, *scale = field (reader, "scale");
  guint8 circle[GEZ_CIRCLE_SIZE_MAX];
  gsize circle_size = gez_circle_encode (gez_circle_team (), circle);
  int place = 3;
  GezId id;

  if (statement == NULL)
    return;
  code = list ? g_strdup_printf ("%s/%s", list, field (reader, "code")) : g_strdup (field (reader, "code"));
  id = gez_seed_id (reader->table->name, code);
  gez_statement_bind_bytes (statement, 1, id.bytes, GEZ_ID_SIZE);
  gez_statement_bind_bytes (statement, 2, circle, circle_size);
  if (list)
    gez_statement_bind_text (statement, place++, list);
  if (scale)
    {
      GezId scale_id = gez_seed_id ("scale", scale);

      gez_statement_bind_bytes (statement, place++, scale_id.bytes, GEZ_ID_SIZE);
    }
  for (guint i = 0; i < reader->fields->len; i++)
    if (is_column (reader, i))
      bind_field (reader, statement, place++, i);
  gez_statement_run (statement, &reader->error);
}

static void
field_cb (void   *data,
          size_t  size,
          void   *user_data)
{
  Reader *reader = user_data;

  g_ptr_array_add (reader->fields, g_strndup (data, size));
}

static void
row_cb (int   terminator,
        void *user_data)
{
  Reader *reader = user_data;

  if (reader->error)
    return;
  if (reader->header == NULL)
    {
      reader->header = g_steal_pointer (&reader->fields);
      reader->fields = g_ptr_array_new_with_free_func (g_free);
      return;
    }
  if (reader->fields->len != reader->header->len || field (reader, "code") == NULL)
    g_set_error (&reader->error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_INVALID, "seed %s: a row of the wrong length",
                 reader->seed->file);
  else
    insert_row (reader);
  g_ptr_array_set_size (reader->fields, 0);
}

static gboolean
apply_file (GezDatabase *database,
            const Seed  *seed,
            GError     **error)
{
  g_autofree char *path = g_strdup_printf (RESOURCE_PATH, seed->file);
  g_autoptr (GBytes) content = g_resource_lookup_data (gez_store_get_resource (), path, 0, error);
  Reader reader = { .database = database, .seed = seed };
  struct csv_parser parser;

  if (content == NULL)
    return FALSE;
  reader.table = gez_schema_find (gez_database_get_schema (database), seed->table);
  reader.fields = g_ptr_array_new_with_free_func (g_free);
  csv_init (&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL);
  if (csv_parse (&parser, g_bytes_get_data (content, NULL), g_bytes_get_size (content), field_cb, row_cb,
                 &reader) != g_bytes_get_size (content) ||
      csv_fini (&parser, field_cb, row_cb, &reader) != 0)
    g_set_error (&reader.error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_INVALID, "seed %s: %s", seed->file,
                 csv_strerror (csv_error (&parser)));
  csv_free (&parser);
  g_ptr_array_unref (reader.fields);
  g_clear_pointer (&reader.header, g_ptr_array_unref);
  if (reader.error == NULL)
    return TRUE;
  g_propagate_error (error, reader.error);
  return FALSE;
}

/**
 * gez_seed_apply:
 *
 * Inserts the seed rows into a store that has none.
 *
 * Transaction: the caller's.
 * Thread: the store's worker.
 *
 * Returns: %TRUE on success
 */
gboolean
gez_seed_apply (GezDatabase *database,
                GError     **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (seeds); i++)
    if (!apply_file (database, &seeds[i], error))
      return FALSE;
  return TRUE;
}
