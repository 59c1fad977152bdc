/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/gez-merge.h"

#include <string.h>

#include "store/gez-search-index.h"

/* Merging what several devices wrote.
 *
 * 1. A row is a function of the *set* of writes that the log holds for it: any order of arrival, any
 *    duplicates, give the same row. Applying therefore adds to the log first and then makes each
 *    touched row anew from everything the log has on it.
 * 2. The heads of a column are its writes that no other write of that column replaced. With several
 *    heads the column shows the greatest (wall, device, counter) and the others stay in the log.
 * 3. A birth covers every column; columns it does not name are NULL.
 * 4. A row whose birth is not here yet, or whose parent is not, is not made; it is held and tried
 *    again whenever something arrives. Its writes are in the log all the same.
 * 5. Writes to tables and columns that this program does not know stay in the log untouched.
 * 6. Nothing of this is captured: merging makes no writes of this device's own.
 *
 * Transaction: gez_merge_apply() opens its own.
 * Thread: the store's worker. */

static void
cell_write_free (GezCellWrite *write)
{
  g_clear_pointer (&write->value, g_variant_unref);
  g_clear_pointer (&write->replaced, g_variant_unref);
  g_free (write);
}

/**
 * gez_merge_compare:
 *
 * The order that breaks ties between concurrent writes: wall time, then device, then counter.
 *
 * Returns: less than, equal to or greater than 0
 */
int
gez_merge_compare (const GezCellWrite *a,
                   const GezCellWrite *b)
{
  int device;

  if (a->wall_at != b->wall_at)
    return a->wall_at < b->wall_at ? -1 : 1;
  device = gez_id_compare (&a->version.device, &b->version.device);
  if (device != 0)
    return device;
  return a->version.counter < b->version.counter ? -1 : a->version.counter > b->version.counter;
}

static gboolean
names_version (GVariant         *replaced,
               const GezVersion *version)
{
  GVariantIter iter;
  GVariant *device;
  guint64 counter;
  gboolean found = FALSE;

  if (replaced == NULL)
    return FALSE;
  g_variant_iter_init (&iter, replaced);
  while (!found && g_variant_iter_next (&iter, "(@ayt)", &device, &counter))
    {
      found = counter == version->counter && g_variant_get_size (device) == GEZ_ID_SIZE &&
              memcmp (g_variant_get_data (device), version->device.bytes, GEZ_ID_SIZE) == 0;
      g_variant_unref (device);
    }
  return found;
}

static int
compare_heads (gconstpointer a,
               gconstpointer b)
{
  return gez_merge_compare (*(GezCellWrite *const *) b, *(GezCellWrite *const *) a);
}

/**
 * gez_merge_find_heads:
 * @cell_writes: (element-type GezCellWrite): all known writes of one column of one row
 *
 * Pure: the result depends on the set alone.
 *
 * Returns: (transfer container) (element-type GezCellWrite): the writes nobody replaced, the one
 *   that is shown first
 */
GPtrArray *
gez_merge_find_heads (GPtrArray *cell_writes)
{
  GPtrArray *heads = g_ptr_array_new ();

  for (guint i = 0; i < cell_writes->len; i++)
    {
      GezCellWrite *candidate = g_ptr_array_index (cell_writes, i);
      gboolean replaced = FALSE;

      for (guint j = 0; !replaced && j < cell_writes->len; j++)
        replaced = j != i &&
                   names_version (((GezCellWrite *) g_ptr_array_index (cell_writes, j))->replaced,
                                  &candidate->version);
      if (!replaced)
        g_ptr_array_add (heads, candidate);
    }
  g_ptr_array_sort (heads, compare_heads);
  return heads;
}

static GezWrite *
read_write (GezStatement *statement)
{
  GezWrite *write = g_new0 (GezWrite, 1);

  write->version.device = gez_statement_get_id (statement, 0);
  write->version.counter = (guint64) gez_statement_get_integer (statement, 1);
  write->command = (guint64) gez_statement_get_integer (statement, 2);
  write->act = g_strdup (gez_statement_get_text (statement, 3));
  write->table = g_strdup (gez_statement_get_text (statement, 4));
  write->id = gez_statement_get_id (statement, 5);
  write->is_birth = gez_statement_get_integer (statement, 6) != 0;
  write->wall_at = gez_statement_get_integer (statement, 7);
  write->cells = gez_statement_get_blob (statement, 8);
  return write;
}

#define SELECT_WRITES                                                                                      \
  "SELECT device, counter, command, act, table_name, id, is_birth, wall_at, cells FROM change_log "

static GPtrArray *
read_writes (GezDatabase *database,
             const GezId *id,
             GError     **error)
{
  g_autoptr (GPtrArray) writes = g_ptr_array_new_with_free_func ((GDestroyNotify) gez_write_free);
  g_autoptr (GezStatement) statement = NULL;
  GError *failure = NULL;

  statement = id ? gez_database_query (database, error, SELECT_WRITES "WHERE id = ?", GEZ_ID, id, GEZ_END)
                 : gez_database_query (database, error, SELECT_WRITES "ORDER BY row", GEZ_END);
  if (statement == NULL)
    return NULL;
  while (gez_statement_next (statement, &failure))
    g_ptr_array_add (writes, read_write (statement));
  if (failure)
    {
      g_propagate_error (error, failure);
      return NULL;
    }
  return g_steal_pointer (&writes);
}

/**
 * gez_merge_read_log:
 *
 * Returns: (transfer full) (element-type GezWrite): the whole log, oldest arrival first
 */
GPtrArray *
gez_merge_read_log (GezDatabase *database,
                    GError     **error)
{
  return read_writes (database, NULL, error);
}

static void
add_cell_write (GPtrArray      *list,
                const GezWrite *write,
                GVariant       *value,
                GVariant       *replaced)
{
  GezCellWrite *cell = g_new0 (GezCellWrite, 1);

  cell->version = write->version;
  cell->wall_at = write->wall_at;
  cell->value = g_variant_ref_sink (value);
  cell->replaced = replaced ? g_variant_ref (replaced) : NULL;
  g_ptr_array_add (list, cell);
}

/* All writes of one column, the birth included. */
static GPtrArray *
writes_of_column (GPtrArray  *writes,
                  const char *column)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) cell_write_free);

  for (guint i = 0; i < writes->len; i++)
    {
      GezWrite *write = g_ptr_array_index (writes, i);
      g_autoptr (GVariant) cells = gez_log_cells_from_bytes (write->cells);
      gboolean named = FALSE;
      GVariantIter iter;
      const char *name;
      GVariant *value, *replaced;

      g_variant_iter_init (&iter, cells);
      while (g_variant_iter_next (&iter, "(&sv@a(ayt))", &name, &value, &replaced))
        {
          if (g_str_equal (name, column))
            {
              add_cell_write (list, write, value, replaced);
              named = TRUE;
            }
          g_variant_unref (value);
          g_variant_unref (replaced);
        }
      if (write->is_birth && !named)
        add_cell_write (list, write, g_variant_new ("()"), NULL);
    }
  return list;
}

static void
bind_variant (GezStatement *statement,
              int           place,
              GVariant     *value)
{
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_INT64))
    gez_statement_bind_integer (statement, place, g_variant_get_int64 (value));
  else if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    gez_statement_bind_text (statement, place, g_variant_get_string (value, NULL));
  else if (g_variant_is_of_type (value, G_VARIANT_TYPE_BYTESTRING))
    gez_statement_bind_bytes (statement, place, g_variant_get_data (value), g_variant_get_size (value));
  else
    gez_statement_bind_null (statement, place);
}

static gboolean
write_heads (GezDatabase *database,
             const GezId *id,
             const char  *column,
             GPtrArray   *heads,
             GPtrArray   *writes,
             GError     **error)
{
  GezCellWrite *first = g_ptr_array_index (heads, 0);

  if (heads->len == 1)
    for (guint i = 0; i < writes->len; i++)
      {
        GezWrite *write = g_ptr_array_index (writes, i);

        if (write->is_birth && write->version.counter == first->version.counter &&
            gez_id_equal (&write->version.device, &first->version.device))
          return TRUE; /* the birth needs no entry */
      }
  for (guint i = 0; i < heads->len; i++)
    {
      GezCellWrite *head = g_ptr_array_index (heads, i);

      if (!gez_database_execute (database, error, "INSERT INTO head VALUES (?, ?, ?, ?)", GEZ_ID, id, GEZ_TEXT,
                                 column, GEZ_ID, &head->version.device, GEZ_INTEGER,
                                 (gint64) head->version.counter, GEZ_END))
        return FALSE;
    }
  return TRUE;
}

static char *
upsert_text (const GezTable *table)
{
  GString *sql = g_string_new (NULL);
  GString *places = g_string_new (NULL), *updates = g_string_new (NULL);

  g_string_printf (sql, "INSERT INTO \"%s\" (id", table->name);
  for (guint i = 1; i < table->n_columns; i++)
    {
      const char *column = table->columns[i].name;

      if (i == table->id_column)
        continue;
      g_string_append_printf (sql, ", \"%s\"", column);
      g_string_append (places, ", ?");
      g_string_append_printf (updates, "%s\"%s\" = excluded.\"%s\"", updates->len ? ", " : "", column, column);
    }
  g_string_append_printf (sql, ") VALUES (?%s) ON CONFLICT (id) DO UPDATE SET %s", places->str, updates->str);
  g_string_free (places, TRUE);
  g_string_free (updates, TRUE);
  return g_string_free (sql, FALSE);
}

static gboolean
make_row (GezDatabase    *database,
          const GezTable *table,
          const GezId    *id,
          GPtrArray      *writes,
          GError        **error)
{
  g_autofree char *sql = upsert_text (table);
  g_autoptr (GezStatement) statement = gez_database_prepare (database, sql, error);
  int place = 2;

  if (statement == NULL || !gez_search_index_remove (database, table, id, error) ||
      !gez_database_execute (database, error, "DELETE FROM head WHERE id = ?", GEZ_ID, id, GEZ_END))
    return FALSE;
  gez_statement_bind_bytes (statement, 1, id->bytes, GEZ_ID_SIZE);
  for (guint i = 1; i < table->n_columns; i++)
    {
      g_autoptr (GPtrArray) list = NULL;
      g_autoptr (GPtrArray) heads = NULL;

      if (i == table->id_column)
        continue;
      list = writes_of_column (writes, table->columns[i].name);
      heads = gez_merge_find_heads (list);
      bind_variant (statement, place++, ((GezCellWrite *) g_ptr_array_index (heads, 0))->value);
      if (!write_heads (database, id, table->columns[i].name, heads, writes, error))
        return FALSE;
    }
  return gez_statement_run (statement, error) && gez_search_index_add (database, table, id, error);
}

/* Whether every row that @table's foreign keys name is here, judged by the birth's own values. */
static gboolean
has_parents (GezDatabase    *database,
             const GezTable *table,
             GPtrArray      *writes,
             gboolean       *complete,
             GError        **error)
{
  g_autoptr (GezStatement) keys = NULL;
  GError *failure = NULL;

  *complete = TRUE;
  keys = gez_database_query (database, error, "SELECT \"table\", \"from\" FROM pragma_foreign_key_list(?)",
                             GEZ_TEXT, table->name, GEZ_END);
  if (keys == NULL)
    return FALSE;
  while (*complete && gez_statement_next (keys, &failure))
    {
      g_autoptr (GPtrArray) list = writes_of_column (writes, gez_statement_get_text (keys, 1));
      g_autoptr (GPtrArray) heads = gez_merge_find_heads (list);
      GVariant *value = ((GezCellWrite *) g_ptr_array_index (heads, 0))->value;
      g_autofree char *sql = g_strdup_printf ("SELECT 1 FROM \"%s\" WHERE id = ?",
                                              gez_statement_get_text (keys, 0));
      g_autoptr (GezStatement) parent = gez_database_prepare (database, sql, error);

      if (parent == NULL)
        return FALSE;
      if (!g_variant_is_of_type (value, G_VARIANT_TYPE_BYTESTRING))
        continue;
      bind_variant (parent, 1, value);
      *complete = gez_statement_next (parent, NULL);
    }
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

static gboolean
hold (GezDatabase *database,
      const char  *table,
      const GezId *id,
      GError     **error)
{
  return gez_database_execute (database, error, "INSERT OR IGNORE INTO held VALUES (?, ?)", GEZ_ID, id,
                               GEZ_TEXT, table, GEZ_END);
}

static gboolean
materialise (GezDatabase *database,
             const char  *table_name,
             const GezId *id,
             gboolean    *made,
             GError     **error)
{
  const GezTable *table = gez_schema_find (gez_database_get_schema (database), table_name);
  g_autoptr (GPtrArray) writes = NULL;
  gboolean complete = FALSE;

  *made = FALSE;
  if (table == NULL)
    return TRUE;
  writes = read_writes (database, id, error);
  if (writes == NULL)
    return FALSE;
  for (guint i = 0; !complete && i < writes->len; i++)
    complete = ((GezWrite *) g_ptr_array_index (writes, i))->is_birth;
  if (complete && !has_parents (database, table, writes, &complete, error))
    return FALSE;
  if (!complete)
    return hold (database, table_name, id, error);
  *made = TRUE;
  return make_row (database, table, id, writes, error) &&
         gez_database_execute (database, error, "DELETE FROM held WHERE id = ?", GEZ_ID, id, GEZ_END);
}

static gboolean
add_to_log (GezDatabase *database,
            GezWrite    *write,
            gboolean    *is_new,
            GError     **error)
{
  if (!gez_database_execute (database, error,
                             "INSERT OR IGNORE INTO change_log (device, counter, command, act, table_name, id, "
                             "is_birth, wall_at, cells) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                             GEZ_ID, &write->version.device, GEZ_INTEGER, (gint64) write->version.counter,
                             GEZ_INTEGER, (gint64) write->command, GEZ_TEXT, write->act, GEZ_TEXT, write->table,
                             GEZ_ID, &write->id, GEZ_INTEGER, (gint64) write->is_birth, GEZ_INTEGER,
                             write->wall_at, GEZ_BLOB, write->cells, GEZ_END))
    return FALSE;
  *is_new = gez_database_get_n_changed (database) > 0;
  return TRUE;
}

/* One pass over what is held; a parent that is made may let its children be made in the next pass. */
static gboolean
retry_held (GezDatabase *database,
            gboolean    *any,
            GError     **error)
{
  g_autoptr (GezStatement) statement = NULL;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (GezId));
  g_autoptr (GPtrArray) tables = g_ptr_array_new_with_free_func (g_free);
  GError *failure = NULL;

  *any = FALSE;
  statement = gez_database_query (database, error, "SELECT id, table_name FROM held", GEZ_END);
  if (statement == NULL)
    return FALSE;
  while (gez_statement_next (statement, &failure))
    {
      GezId id = gez_statement_get_id (statement, 0);

      g_array_append_val (ids, id);
      g_ptr_array_add (tables, g_strdup (gez_statement_get_text (statement, 1)));
    }
  for (guint i = 0; failure == NULL && i < ids->len; i++)
    {
      gboolean made = FALSE;

      materialise (database, g_ptr_array_index (tables, i), &g_array_index (ids, GezId, i), &made, &failure);
      *any |= made;
    }
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

static gboolean
apply_all (GezDatabase *database,
           GPtrArray   *writes,
           guint       *n_applied,
           GError     **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (gez_id_hash, gez_id_equal);
  g_autoptr (GPtrArray) touched = g_ptr_array_new ();
  gboolean any;

  for (guint i = 0; i < writes->len; i++)
    {
      GezWrite *write = g_ptr_array_index (writes, i);
      gboolean is_new;

      if (!add_to_log (database, write, &is_new, error))
        return FALSE;
      *n_applied += is_new;
      if (is_new && g_hash_table_add (seen, &write->id))
        g_ptr_array_add (touched, write);
    }
  for (guint i = 0; i < touched->len; i++)
    {
      GezWrite *write = g_ptr_array_index (touched, i);

      if (!materialise (database, write->table, &write->id, &any, error))
        return FALSE;
    }
  do
    if (!retry_held (database, &any, error))
      return FALSE;
  while (any);
  return TRUE;
}

/**
 * gez_merge_apply:
 * @writes: (element-type GezWrite): in any order, perhaps known already
 *
 * Adds writes of other devices and makes the rows that they touch anew.
 *
 * Returns: %TRUE when all of it is durable; nothing was changed otherwise
 */
gboolean
gez_merge_apply (GezDatabase *database,
                 GPtrArray   *writes,
                 GError     **error)
{
  guint n_applied = 0;

  g_return_val_if_fail (database != NULL && writes != NULL, FALSE);

  if (!gez_database_begin (database, error))
    return FALSE;
  if (apply_all (database, writes, &n_applied, error))
    return gez_database_commit (database, error);
  gez_database_rollback (database);
  return FALSE;
}

/**
 * gez_merge_apply_received:
 * @circle: under whose key they came; for those that were relayed, the circle that the relay names
 * @brought_by: the device whose segment brought them: of a write of another device, this is a relay
 * @writes: (element-type GezWrite): in any order, perhaps known already
 * @tables: (element-type utf8) (nullable): gets the names of shared tables of which rows changed, each once
 * @n_applied: (out) (optional): how many were new here
 *
 * Adds writes of colleagues to the log and makes the rows that they touch anew. Whatever they hold, this does not
 * stop at it: what is malformed is left out, what may not count is kept and does not show.
 *
 * Transaction: the caller's.
 * Thread: the store's worker.
 *
 * Returns: %TRUE on success; on failure the caller rolls back
 */
gboolean
gez_merge_apply_received (GezDatabase     *database,
                          const GezCircle *circle,
                          const GezId     *brought_by,
                          GPtrArray       *writes,
                          GPtrArray       *tables,
                          guint           *n_applied,
                          GError         **error)
{
  guint n_new = 0;

  g_return_val_if_fail (database != NULL && circle != NULL && brought_by != NULL && writes != NULL, FALSE);

  for (guint i = 0; tables && i < writes->len; i++)
    {
      const char *table = ((GezWrite *) g_ptr_array_index (writes, i))->table;

      if (!g_ptr_array_find_with_equal_func (tables, table, g_str_equal, NULL))
        g_ptr_array_add (tables, g_strdup (table));
    }
  if (!apply_all (database, writes, &n_new, error))
    return FALSE;
  if (n_applied)
    *n_applied = n_new;
  return TRUE;
}
