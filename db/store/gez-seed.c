/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/gez-seed.h"

#include <csv.h>
#include <sodium.h>
#include <string.h>

#include "store/gez-circle.h"
#include "store/gez-database-private.h"
#include "store/gez-log.h"
#include "store/gez-store-resources.h"

/* The lists that every store is born with (data/seed/README.md). Rows get the same identity on every
 * device, so that two stores that meet have one list and not two.
 *
 * 1. Columns of a file that the table does not have are passed over: they say where a row comes from.
 * 2. A row that is missing is born; one that is there, also a withdrawn one, stays.
 * 3. A cell is brought up to date only while its head is a write of an earlier seed. What a person
 *    wrote is never touched. */

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
  { "crisis_lines", "list_item", "crisis_line" },
};

/* A file that was read: rows of fields, all as long as the header. */
typedef struct
{
  GPtrArray *header;
  GPtrArray *rows;
  GPtrArray *fields; /* of the row that is being read */
} Parsed;

typedef struct
{
  GezDatabase *database;
  const GezTable *table;
  const char *list;
  GPtrArray *header;
  GPtrArray *fields;
} Row;

static void
parsed_clear (Parsed *self)
{
  g_clear_pointer (&self->header, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Parsed, parsed_clear)

static void
field_cb (void   *data,
          size_t  size,
          void   *user_data)
{
  g_ptr_array_add (((Parsed *) user_data)->fields, g_strndup (data, size));
}

static void
row_cb (int   terminator,
        void *user_data)
{
  Parsed *parsed = user_data;

  if (parsed->header == NULL)
    parsed->header = g_steal_pointer (&parsed->fields);
  else
    g_ptr_array_add (parsed->rows, g_steal_pointer (&parsed->fields));
  parsed->fields = g_ptr_array_new_with_free_func (g_free);
}

static gboolean
fail (GError    **error,
      const char *why)
{
  g_set_error (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_INVALID, "seed: %s", why);
  return FALSE;
}

static gboolean
parse (GBytes  *content,
       Parsed  *parsed,
       GError **error)
{
  struct csv_parser parser;
  gboolean complete;

  parsed->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  parsed->fields = g_ptr_array_new_with_free_func (g_free);
  csv_init (&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL);
  complete = csv_parse (&parser, g_bytes_get_data (content, NULL), g_bytes_get_size (content), field_cb,
                        row_cb, parsed) == g_bytes_get_size (content) &&
             csv_fini (&parser, field_cb, row_cb, parsed) == 0;
  if (!complete)
    fail (error, csv_strerror (csv_error (&parser)));
  csv_free (&parser);
  if (!complete)
    return FALSE;
  for (guint i = 0; i < parsed->rows->len; i++)
    if (((GPtrArray *) parsed->rows->pdata[i])->len != parsed->header->len)
      return fail (error, "a row of the wrong length");
  return TRUE;
}

static gboolean
parse_file (const char *file,
            Parsed     *parsed,
            GError    **error)
{
  g_autofree char *path = g_strdup_printf (RESOURCE_PATH, file);
  g_autoptr (GBytes) content = g_resource_lookup_data (gez_store_get_resource (), path, 0, error);

  if (content != NULL && parse (content, parsed, error))
    return TRUE;
  g_prefix_error (error, "%s: ", file);
  return FALSE;
}

static const char *
find_field (GPtrArray  *header,
            GPtrArray  *fields,
            const char *name)
{
  for (guint i = 0; i < header->len; i++)
    if (g_str_equal (header->pdata[i], name))
      return fields->pdata[i];
  return NULL;
}

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
field (Row        *row,
       const char *name)
{
  return find_field (row->header, row->fields, name);
}

static gboolean
is_column (Row   *row,
           guint  i)
{
  return gez_table_find_column (row->table, row->header->pdata[i]) >= 0 &&
         *(const char *) row->fields->pdata[i] != '\0';
}

static char *
insert_text (Row *row)
{
  GString *sql = g_string_new (NULL), *places = g_string_new (NULL);

  g_string_printf (sql, "INSERT INTO \"%s\" (id, circle", row->table->name);
  if (row->list)
    g_string_append (sql, ", list");
  if (field (row, "scale"))
    g_string_append (sql, ", scale_id");
  for (guint i = 0; i < row->fields->len; i++)
    if (is_column (row, i))
      {
        g_string_append_printf (sql, ", \"%s\"", (const char *) row->header->pdata[i]);
        g_string_append (places, ", ?");
      }
  g_string_append_printf (sql, ") VALUES (?, ?%s%s%s)", row->list ? ", ?" : "",
                          field (row, "scale") ? ", ?" : "", places->str);
  g_string_free (places, TRUE);
  return g_string_free (sql, FALSE);
}

static void
bind_field (Row          *row,
            GezStatement *statement,
            int           place,
            guint         i)
{
  int column = gez_table_find_column (row->table, row->header->pdata[i]);
  GezColumnKind kind = row->table->columns[column].kind;
  const char *text = row->fields->pdata[i];

  if (kind == GEZ_COLUMN_INTEGER || kind == GEZ_COLUMN_BOOLEAN)
    gez_statement_bind_integer (statement, place, g_ascii_strtoll (text, NULL, 10));
  else
    gez_statement_bind_text (statement, place, text);
}

static gboolean
insert_row (Row         *row,
            const GezId *id,
            GError     **error)
{
  g_autofree char *sql = insert_text (row);
  g_autoptr (GezStatement) statement = gez_database_prepare (row->database, sql, error);
  const char *scale = field (row, "scale");
  guint8 circle[GEZ_CIRCLE_SIZE_MAX];
  gsize circle_size = gez_circle_encode (gez_circle_team (), circle);
  int place = 3;

  if (statement == NULL)
    return FALSE;
  gez_statement_bind_bytes (statement, 1, id->bytes, GEZ_ID_SIZE);
  gez_statement_bind_bytes (statement, 2, circle, circle_size);
  if (row->list)
    gez_statement_bind_text (statement, place++, row->list);
  if (scale)
    {
      GezId scale_id = gez_seed_id ("scale", scale);

      gez_statement_bind_bytes (statement, place++, scale_id.bytes, GEZ_ID_SIZE);
    }
  for (guint i = 0; i < row->fields->len; i++)
    if (is_column (row, i))
      bind_field (row, statement, place++, i);
  return gez_statement_run (statement, error);
}

/* One column per field: whether the cell holds what the file says. */
static char *
compare_text (Row *row)
{
  GString *sql = g_string_new ("SELECT 1");

  for (guint i = 0; i < row->fields->len; i++)
    if (is_column (row, i))
      g_string_append_printf (sql, ", \"%s\" IS ?", (const char *) row->header->pdata[i]);
  g_string_append_printf (sql, " FROM \"%s\" WHERE id = ?", row->table->name);
  return g_string_free (sql, FALSE);
}

/*
 * compare_row:
 * @is_there: (out): whether the table has the row
 *
 * Returns: (transfer full) (element-type guint): the fields that the row does not have; %NULL with
 *   @error set on failure
 */
static GArray *
compare_row (Row         *row,
             const GezId *id,
             gboolean    *is_there,
             GError     **error)
{
  g_autoptr (GArray) different = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree char *sql = compare_text (row);
  g_autoptr (GezStatement) statement = gez_database_prepare (row->database, sql, error);
  GError *failure = NULL;
  int place = 1;

  if (statement == NULL)
    return NULL;
  for (guint i = 0; i < row->fields->len; i++)
    if (is_column (row, i))
      bind_field (row, statement, place++, i);
  gez_statement_bind_bytes (statement, place, id->bytes, GEZ_ID_SIZE);
  *is_there = gez_statement_next (statement, &failure);
  if (failure)
    {
      g_propagate_error (error, failure);
      return NULL;
    }
  place = 1;
  for (guint i = 0; *is_there && i < row->fields->len; i++)
    if (is_column (row, i) && !gez_statement_get_integer (statement, place++))
      g_array_append_val (different, i);
  return g_steal_pointer (&different);
}

static gboolean
update_cell (Row         *row,
             const GezId *id,
             guint        i,
             GError     **error)
{
  const char *column = row->header->pdata[i];
  g_autoptr (GArray) heads = gez_log_get_heads (row->database, id, column, error);
  g_autoptr (GezStatement) statement = NULL;
  g_autofree char *sql = NULL;
  GezVersion *head;

  if (heads == NULL)
    return FALSE;
  head = &g_array_index (heads, GezVersion, 0);
  if (heads->len != 1 || !gez_id_equal (&head->device, id) || head->counter >= GEZ_SEED_REVISION)
    return TRUE;
  sql = g_strdup_printf ("UPDATE \"%s\" SET \"%s\" = ? WHERE id = ?", row->table->name, column);
  statement = gez_database_prepare (row->database, sql, error);
  if (statement == NULL)
    return FALSE;
  bind_field (row, statement, 1, i);
  gez_statement_bind_bytes (statement, 2, id->bytes, GEZ_ID_SIZE);
  return gez_statement_run (statement, error);
}

static gboolean
apply_row (Row     *row,
           GError **error)
{
  const char *code = field (row, "code");
  g_autofree char *full = row->list ? g_strdup_printf ("%s/%s", row->list, code) : g_strdup (code);
  GezId id = gez_seed_id (row->table->name, full);
  g_autoptr (GArray) different = NULL;
  gboolean is_there = FALSE;

  different = compare_row (row, &id, &is_there, error);
  if (different == NULL)
    return FALSE;
  if (!is_there)
    return insert_row (row, &id, error);
  for (guint i = 0; i < different->len; i++)
    if (!update_cell (row, &id, g_array_index (different, guint, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
apply_rows (GezDatabase *database,
            const char  *table,
            const char  *list,
            Parsed      *parsed,
            GError     **error)
{
  Row row = { .database = database, .list = list, .header = parsed->header };

  row.table = gez_schema_find (gez_database_get_schema (database), table);
  for (guint i = 0; i < parsed->rows->len; i++)
    {
      row.fields = parsed->rows->pdata[i];
      if (field (&row, "code") == NULL)
        return fail (error, "a row without code");
      if (!apply_row (&row, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * gez_seed_apply_list:
 * @table: the table that the rows belong to
 * @list: (nullable): which list, for list_item
 * @content: a file as in data/seed
 *
 * Brings one list up to date, as gez_seed_apply() does with all of them.
 *
 * Transaction: the caller's.
 * Thread: the store's worker.
 *
 * Returns: %TRUE on success
 */
gboolean
gez_seed_apply_list (GezDatabase *database,
                     const char  *table,
                     const char  *list,
                     GBytes      *content,
                     GError     **error)
{
  g_auto (Parsed) parsed = { 0 };

  return parse (content, &parsed, error) && apply_rows (database, table, list, &parsed, error);
}

/**
 * gez_seed_apply:
 *
 * Inserts the seed rows that the store does not have, and brings cells that nobody edited to what
 * the seed of this program says.
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
    {
      g_auto (Parsed) parsed = { 0 };

      if (!parse_file (seeds[i].file, &parsed, error) ||
          !apply_rows (database, seeds[i].table, seeds[i].list, &parsed, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * gez_seed_get_column:
 * @file: name of a seed list, as "crisis_lines"
 * @column: the column that is wanted
 *
 * Reads the list of this program itself, without a store.
 *
 * Thread: any.
 *
 * Returns: (transfer full): one text per row, in the order of the file
 */
GStrv
gez_seed_get_column (const char *file,
                     const char *column)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (Parsed) parsed = { 0 };
  g_autoptr (GError) error = NULL;

  /* It is a part of the program: what cannot be read was built wrongly. */
  if (!parse_file (file, &parsed, &error))
    g_error ("%s", error->message);
  for (guint i = 0; i < parsed.rows->len; i++)
    {
      const char *text = find_field (parsed.header, parsed.rows->pdata[i], column);

      g_strv_builder_add (builder, text ? text : "");
    }
  return g_strv_builder_end (builder);
}
