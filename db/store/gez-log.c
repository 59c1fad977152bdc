/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/gez-log.h"

#include <sqlite3.h>
#include <string.h>

#include "store/gez-search-index.h"

/* The change log: what every transaction wrote, cell by cell, with the versions it replaces.
 *
 * Invariants:
 *
 * 1. One log row per changed row per transaction. Its version is (device, counter); counters of a
 *    device have no gaps and never repeat. `command` is the counter of the transaction's first row.
 * 2. The log, the heads and the rows change in one transaction or not at all.
 * 3. A birth covers all columns: one that is absent from it is NULL.
 * 4. A column's head is its row's birth unless the `head` table says otherwise. A local write
 *    replaces every head the writer could see, so afterwards there is exactly one.
 * 5. A seed row is born with version (its own id, 0) on every device alike, at wall time 0; a later
 *    seed writes to it with version (its own id, revision of the seed).
 *
 * Thread: the store's worker, inside a write transaction. */

static GVariant *
value_to_variant (sqlite3_value *value)
{
  switch (sqlite3_value_type (value))
    {
    case SQLITE_INTEGER:
      return g_variant_new_int64 (sqlite3_value_int64 (value));
    case SQLITE_FLOAT:
      return g_variant_new_double (sqlite3_value_double (value));
    case SQLITE_TEXT:
      return g_variant_new_string ((const char *) sqlite3_value_text (value));
    case SQLITE_BLOB:
      return g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, sqlite3_value_blob (value),
                                        sqlite3_value_bytes (value), 1);
    default:
      return g_variant_new ("()");
    }
}

/**
 * gez_log_get_birth:
 *
 * Returns: whether the log knows the birth of the row; on %FALSE @error tells a failure from absence
 */
gboolean
gez_log_get_birth (GezDatabase *database,
                   const GezId *id,
                   GezVersion  *birth,
                   GError     **error)
{
  g_autoptr (GezStatement) statement = NULL;

  statement = gez_database_query (database, error,
                                  "SELECT device, counter FROM change_log WHERE id = ? AND is_birth",
                                  GEZ_ID, id, GEZ_END);
  if (statement == NULL || !gez_statement_next (statement, error))
    return FALSE;
  birth->device = gez_statement_get_id (statement, 0);
  birth->counter = (guint64) gez_statement_get_integer (statement, 1);
  return TRUE;
}

/**
 * gez_log_get_heads:
 *
 * Returns: (transfer full) (element-type GezVersion): the writes of this column that nobody replaced;
 *   more than one is a conflict. %NULL with @error set on failure.
 */
GArray *
gez_log_get_heads (GezDatabase *database,
                   const GezId *id,
                   const char  *column,
                   GError     **error)
{
  g_autoptr (GArray) heads = g_array_new (FALSE, FALSE, sizeof (GezVersion));
  g_autoptr (GezStatement) statement = NULL;
  GError *failure = NULL;
  GezVersion version;

  statement = gez_database_query (database, error,
                                  "SELECT device, counter FROM head WHERE id = ? AND column_name = ?",
                                  GEZ_ID, id, GEZ_TEXT, column, GEZ_END);
  if (statement == NULL)
    return NULL;
  while (gez_statement_next (statement, &failure))
    {
      version.device = gez_statement_get_id (statement, 0);
      version.counter = (guint64) gez_statement_get_integer (statement, 1);
      g_array_append_val (heads, version);
    }
  if (failure == NULL && heads->len == 0 && gez_log_get_birth (database, id, &version, &failure))
    g_array_append_val (heads, version);
  if (failure)
    {
      g_propagate_error (error, failure);
      return NULL;
    }
  return g_steal_pointer (&heads);
}

/**
 * gez_log_cells_from_bytes:
 * @bytes: what the `cells` column holds
 *
 * Returns: (transfer full): the cells, in the byte order of this machine; empty when malformed
 */
GVariant *
gez_log_cells_from_bytes (GBytes *bytes)
{
  g_autoptr (GVariant) raw = NULL;

  raw = g_variant_new_from_bytes (G_VARIANT_TYPE (GEZ_LOG_CELLS_TYPE), bytes, FALSE);
#if G_BYTE_ORDER == G_BIG_ENDIAN
  return g_variant_byteswap (raw);
#else
  return g_variant_get_normal_form (raw);
#endif
}

/**
 * gez_log_find_cell:
 * @cells: what gez_log_cells_from_bytes() gave
 *
 * Returns: (transfer full) (nullable): the value that was written into @column, `()` for NULL; %NULL
 *   when @column was not written
 */
GVariant *
gez_log_find_cell (GVariant   *cells,
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

typedef struct
{
  GezVersion version;
  gint64 wall_at;
  GVariant *value;
} Replaced;

static void
replaced_clear (gpointer data)
{
  g_clear_pointer (&((Replaced *) data)->value, g_variant_unref);
}

/* The greatest first, as the merge has it. */
static int
compare_replaced (gconstpointer a,
                  gconstpointer b)
{
  const Replaced *one = a, *other = b;
  int device = gez_id_compare (&other->version.device, &one->version.device);

  if (one->wall_at != other->wall_at)
    return one->wall_at < other->wall_at ? 1 : -1;
  return device ? device : (one->version.counter < other->version.counter) -
                             (one->version.counter > other->version.counter);
}

static gboolean
read_replaced (GezDatabase *database,
               const GezId *id,
               const char  *column,
               Replaced    *replaced,
               GError     **error)
{
  g_autoptr (GezStatement) statement = NULL;
  GError *failure = NULL;

  statement = gez_database_query (database, error,
                                  "SELECT wall_at, cells FROM change_log WHERE device = ? AND counter = ? AND id = ?",
                                  GEZ_ID, &replaced->version.device, GEZ_INTEGER,
                                  (gint64) replaced->version.counter, GEZ_ID, id, GEZ_END);
  if (statement && gez_statement_next (statement, &failure))
    {
      g_autoptr (GBytes) bytes = gez_statement_get_blob (statement, 1);
      g_autoptr (GVariant) cells = gez_log_cells_from_bytes (bytes);

      replaced->wall_at = gez_statement_get_integer (statement, 0);
      replaced->value = gez_log_find_cell (cells, column);
      if (replaced->value == NULL)
        replaced->value = g_variant_ref_sink (g_variant_new ("()"));
    }
  if (failure)
    g_propagate_error (error, failure);
  return statement && failure == NULL;
}

/**
 * gez_log_list_replaced:
 * @id: the row
 * @replaced: the versions that one write of @column replaced, `a(ayt)`
 *
 * What stood in a cell before a write: the values of the replaced versions that are here, the greatest first. A
 * birth that does not name the column gave it NULL.
 *
 * Returns: (transfer full) (element-type GVariant): the values, `()` for NULL; or %NULL with @error set
 */
GPtrArray *
gez_log_list_replaced (GezDatabase *database,
                       const GezId *id,
                       const char  *column,
                       GVariant    *replaced,
                       GError     **error)
{
  g_autoptr (GArray) found = g_array_new (FALSE, TRUE, sizeof (Replaced));
  GPtrArray *values;
  GVariantIter iter;
  GVariant *device_bytes;
  guint64 counter;

  g_array_set_clear_func (found, replaced_clear);
  g_variant_iter_init (&iter, replaced);
  while (g_variant_iter_next (&iter, "(@ayt)", &device_bytes, &counter))
    {
      g_autoptr (GVariant) device = device_bytes;
      Replaced one = { .version.counter = counter };

      if (g_variant_get_size (device) != GEZ_ID_SIZE)
        continue;
      memcpy (one.version.device.bytes, g_variant_get_data (device), GEZ_ID_SIZE);
      if (!read_replaced (database, id, column, &one, error))
        return NULL;
      if (one.value)
        g_array_append_val (found, one);
    }
  g_array_sort (found, compare_replaced);
  values = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);
  for (guint i = 0; i < found->len; i++)
    g_ptr_array_add (values, g_variant_ref (g_array_index (found, Replaced, i).value));
  return values;
}

/**
 * gez_log_get_replaced:
 *
 * Returns: (transfer full): the first of gez_log_list_replaced(), `()` when there is none; or %NULL with @error set
 */
GVariant *
gez_log_get_replaced (GezDatabase *database,
                      const GezId *id,
                      const char  *column,
                      GVariant    *replaced,
                      GError     **error)
{
  g_autoptr (GPtrArray) values = gez_log_list_replaced (database, id, column, replaced, error);

  if (values == NULL)
    return NULL;
  return values->len ? g_variant_ref (values->pdata[0]) : g_variant_ref_sink (g_variant_new ("()"));
}

/**
 * gez_log_cells_to_bytes:
 * @builder: of #GEZ_LOG_CELLS_TYPE; ended by this
 *
 * Returns: (transfer full): what the `cells` column holds
 */
GBytes *
gez_log_cells_to_bytes (GVariantBuilder *builder)
{
  g_autoptr (GVariant) cells = g_variant_ref_sink (g_variant_builder_end (builder));
#if G_BYTE_ORDER == G_BIG_ENDIAN
  g_autoptr (GVariant) little = g_variant_byteswap (cells);

  return g_variant_get_data_as_bytes (little);
#else
  return g_variant_get_data_as_bytes (cells);
#endif
}

static void
add_value (GVariantBuilder *builder,
           const char      *column,
           GVariant        *value,
           GArray          *replaced)
{
  GVariantBuilder versions;

  g_variant_builder_init (&versions, G_VARIANT_TYPE ("a(ayt)"));
  for (guint i = 0; replaced && i < replaced->len; i++)
    {
      GezVersion *version = &g_array_index (replaced, GezVersion, i);

      g_variant_builder_add (&versions, "(@ayt)",
                             g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, version->device.bytes,
                                                        GEZ_ID_SIZE, 1),
                             version->counter);
    }
  g_variant_builder_add (builder, "(sva(ayt))", column, value, &versions);
}

static gboolean
replace_heads (GezDatabase      *database,
               const GezId      *id,
               const char       *column,
               const GezVersion *version,
               GError          **error)
{
  return gez_database_execute (database, error, "DELETE FROM head WHERE id = ? AND column_name = ?",
                               GEZ_ID, id, GEZ_TEXT, column, GEZ_END) &&
         gez_database_execute (database, error,
                               "INSERT INTO head (id, column_name, device, counter) VALUES (?, ?, ?, ?)", GEZ_ID,
                               id, GEZ_TEXT, column, GEZ_ID, &version->device, GEZ_INTEGER,
                               (gint64) version->counter, GEZ_END);
}

static gboolean
collect_cells (GezDatabase      *database,
               GezCapturedRow   *row,
               const GezVersion *version,
               GVariantBuilder  *builder,
               guint            *n_cells,
               GError          **error)
{
  for (guint i = 0; i < row->table->n_columns; i++)
    {
      const char *column = row->table->columns[i].name;
      g_autoptr (GArray) replaced = NULL;

      if (!gez_captured_row_wrote (row, i))
        continue;
      if (row->is_birth)
        {
          if (sqlite3_value_type (row->after[i]) == SQLITE_NULL)
            continue;
        }
      else if ((replaced = gez_log_get_heads (database, &row->id, column, error)) == NULL ||
               !replace_heads (database, &row->id, column, version, error))
        return FALSE;
      add_value (builder, column, value_to_variant (row->after[i]), replaced);
      *n_cells += 1;
    }
  return TRUE;
}

/* What all rows of one transaction have in common. */
typedef struct
{
  guint64 command;
  const char *act;
  gint64 wall;
} Act;

static gboolean
insert_write (GezDatabase      *database,
              GezCapturedRow   *row,
              const GezVersion *version,
              const Act        *act,
              gboolean          is_birth,
              GBytes           *cells,
              GError          **error)
{
  return gez_database_execute (database, error,
                               "INSERT INTO change_log (device, counter, command, act, table_name, id, "
                               "is_birth, wall_at, cells) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                               GEZ_ID, &version->device, GEZ_INTEGER, (gint64) version->counter,
                               GEZ_INTEGER, (gint64) act->command, GEZ_TEXT, act->act, GEZ_TEXT, row->table->name,
                               GEZ_ID, &row->id, GEZ_INTEGER, (gint64) is_birth, GEZ_INTEGER, act->wall,
                               GEZ_BLOB, cells, GEZ_END);
}

static gboolean
add_disputed_head (GezDatabase      *database,
                   const GezId      *id,
                   const char       *column,
                   const GezVersion *version,
                   GError          **error)
{
  return gez_database_execute (database, error, "INSERT INTO head (id, column_name, device, counter) VALUES "
                               "(?, ?, ?, ?)", GEZ_ID, id, GEZ_TEXT, column, GEZ_ID, &version->device, GEZ_INTEGER,
                               (gint64) version->counter, GEZ_END) &&
         gez_database_execute (database, error, "UPDATE head SET is_disputed = 1 WHERE id = ? AND column_name = ?",
                               GEZ_ID, id, GEZ_TEXT, column, GEZ_END);
}

/* A write of its own for each value that is to stand beside the one in the row. They come first, so that the one
 * that shows is the greatest. They are heads once the row itself is written. */
static gboolean
write_rivals (GezDatabase    *database,
              GezCapturedRow *row,
              guint           column,
              GezVersion     *version,
              const Act      *act,
              GError        **error)
{
  const char *name = row->table->columns[column].name;
  g_autoptr (GArray) replaced = gez_log_get_heads (database, &row->id, name, error);

  if (replaced == NULL)
    return FALSE;
  for (guint i = 0; i < row->rivals[column]->len; i++)
    {
      g_auto (GVariantBuilder) builder = { 0 };
      g_autoptr (GBytes) cells = NULL;

      g_variant_builder_init (&builder, G_VARIANT_TYPE (GEZ_LOG_CELLS_TYPE));
      add_value (&builder, name, row->rivals[column]->pdata[i], replaced);
      cells = gez_log_cells_to_bytes (&builder);
      if (!insert_write (database, row, version, act, FALSE, cells, error))
        return FALSE;
      version->counter++;
    }
  return TRUE;
}

static gboolean
write_all_rivals (GezDatabase    *database,
                  GezCapturedRow *row,
                  GezVersion     *version,
                  const Act      *act,
                  GError        **error)
{
  for (guint i = 0; i < row->table->n_columns; i++)
    if (row->rivals[i] && !write_rivals (database, row, i, version, act, error))
      return FALSE;
  return TRUE;
}

/* @first: version of the first of the rivals, which were written one after the other. */
static gboolean
raise_rivals (GezDatabase    *database,
              GezCapturedRow *row,
              GezVersion      first,
              GError        **error)
{
  for (guint i = 0; i < row->table->n_columns; i++)
    for (guint r = 0; row->rivals[i] && r < row->rivals[i]->len; r++, first.counter++)
      if (!add_disputed_head (database, &row->id, row->table->columns[i].name, &first, error))
        return FALSE;
  return TRUE;
}

static gboolean
write_row (GezDatabase      *database,
           GezCapturedRow   *row,
           const GezVersion *version,
           const Act        *act,
           gboolean         *written,
           GError          **error)
{
  g_auto (GVariantBuilder) builder = { 0 };
  g_autoptr (GBytes) cells = NULL;
  guint n_cells = 0;

  g_variant_builder_init (&builder, G_VARIANT_TYPE (GEZ_LOG_CELLS_TYPE));
  *written = FALSE;
  if (!gez_search_index_update (database, row, error))
    return FALSE;
  if (!collect_cells (database, row, version, &builder, &n_cells, error))
    return FALSE;
  if (n_cells == 0 && !row->is_birth)
    return TRUE;
  cells = gez_log_cells_to_bytes (&builder);
  *written = TRUE;
  return insert_write (database, row, version, act, row->is_birth, cells, error);
}

static GPtrArray *
take_captured (GezDatabase *database,
               GError     **error)
{
  GezCapture *capture = gez_database_get_capture (database);
  const char *refusal = gez_capture_get_refusal (capture);
  GPtrArray *rows;

  if (refusal)
    {
      g_set_error (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_REFUSED, "%s", refusal);
      return NULL;
    }
  if (gez_capture_get_failure (capture) != SQLITE_OK)
    {
      gez_database_set_error (database, gez_capture_get_failure (capture), "collecting what changed", error);
      return NULL;
    }
  rows = gez_capture_take (capture);
  gez_capture_set_active (capture, FALSE);
  return rows;
}

static void
note_table (GPtrArray  *tables,
            const char *table)
{
  if (!g_ptr_array_find_with_equal_func (tables, table, g_str_equal, NULL))
    g_ptr_array_add (tables, g_strdup (table));
}

static gboolean
next_version (GezDatabase *database,
              GezVersion  *version,
              GError     **error)
{
  g_autoptr (GezStatement) statement = NULL;

  statement = gez_database_query (database, error, "SELECT id, last_counter FROM device", GEZ_END);
  if (statement == NULL)
    return FALSE;
  if (!gez_statement_next (statement, error))
    {
      if (error && *error == NULL)
        g_set_error_literal (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_DAMAGED, "the device row is missing");
      return FALSE;
    }
  version->device = gez_statement_get_id (statement, 0);
  version->counter = (guint64) gez_statement_get_integer (statement, 1) + 1;
  return TRUE;
}

/**
 * gez_log_write:
 * @act: name of the command
 * @command: (out): the number of this command, 0 when nothing changed
 * @tables: (out) (transfer full) (element-type utf8): which tables it touched
 *
 * Writes what was captured since the transaction began. The last thing before COMMIT.
 *
 * Returns: %TRUE on success; on failure the transaction must be rolled back
 */
gboolean
gez_log_write (GezDatabase *database,
               const char  *act,
               guint64     *command,
               GPtrArray  **tables,
               GError     **error)
{
  g_autoptr (GPtrArray) rows = take_captured (database, error);
  g_autoptr (GPtrArray) touched = g_ptr_array_new_with_free_func (g_free);
  Act of = { .act = act, .wall = gez_clock_get_now (gez_database_get_clock (database)) };
  GezVersion version;
  guint64 first;

#ifdef GEZ_MUTANT_CLOCK_FOLLOWS
  of.wall = MAX (of.wall, 1 + gez_database_integer (database, 0, "SELECT max (wall_at) FROM change_log", GEZ_END));
#endif
  if (rows == NULL || !next_version (database, &version, error))
    return FALSE;
  first = of.command = version.counter;
  for (guint i = 0; i < rows->len; i++)
    {
      GezCapturedRow *row = g_ptr_array_index (rows, i);
      GezVersion rivals = version;
      gboolean written;

      if (!write_all_rivals (database, row, &version, &of, error) ||
          !write_row (database, row, &version, &of, &written, error) ||
          !raise_rivals (database, row, rivals, error))
        return FALSE;
      if (!written)
        continue;
      note_table (touched, row->table->name);
      version.counter++;
    }
  *command = version.counter > first ? first : 0;
  *tables = g_steal_pointer (&touched);
  return version.counter == first ||
         gez_database_execute (database, error, "UPDATE device SET last_counter = ?", GEZ_INTEGER,
                               (gint64) version.counter - 1, GEZ_END);
}

/**
 * gez_log_write_seeds:
 * @revision: the counter of what is written to rows that were there before
 *
 * Writes what was captured of seed rows with the versions that every device gives them.
 *
 * Returns: %TRUE on success
 */
gboolean
gez_log_write_seeds (GezDatabase *database,
                     guint64      revision,
                     GError     **error)
{
  g_autoptr (GPtrArray) rows = take_captured (database, error);
  const Act act = { .act = "seed" };

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      GezCapturedRow *row = g_ptr_array_index (rows, i);
      GezVersion version = { row->id, row->is_birth ? 0 : revision };
      gboolean written;

      if (!write_row (database, row, &version, &act, &written, error))
        return FALSE;
    }
  return TRUE;
}
