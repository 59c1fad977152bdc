/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/gez-merge-make.h"

#include <string.h>

#include "store/gez-search-index.h"

/* Making rows out of the log.
 *
 * 1. A birth of which nothing else is known is inserted straight away. Everything else is queued, and made anew
 *    from all that the log has on it when the batch is in.
 * 2. A row waits in `held` for the parent that it lacks, by name; making that parent wakes it. A row without a birth
 *    that counts waits for that. So a batch costs what is in it, however much there is already.
 * 3. A reference to a row that is not here does not count: the next candidate does. So a row that is here stays, and
 *    what shows depends on the set alone.
 * 4. A row that stands on nothing any more, because a forged relay gave way to what its author wrote, is taken away
 *    again, with its children; they wait. */

typedef struct
{
  const GezTable *table;
  GezId id;
} Place;

static guint
place_hash (gconstpointer data)
{
  const Place *place = data;

  return gez_id_hash (&place->id) ^ g_direct_hash (place->table);
}

static gboolean
place_equal (gconstpointer a,
             gconstpointer b)
{
  const Place *one = a, *other = b;

  return one->table == other->table && gez_id_equal (&one->id, &other->id);
}

static void
maker_free (gpointer data)
{
  GezMaker *maker = data;

  g_clear_pointer (&maker->insert, gez_statement_free);
  g_clear_pointer (&maker->upsert, gez_statement_free);
  g_clear_pointer (&maker->find, gez_statement_free);
  g_clear_pointer (&maker->search, gez_statement_free);
  g_free (maker);
}

/**
 * gez_merge_begin:
 * @tables: (element-type utf8) (nullable): gets the names of tables of which rows change
 *
 * Transaction: the caller's; it outlives the merge.
 *
 * Returns: (transfer full): a batch; %NULL with @error set
 */
GezMerge *
gez_merge_begin (GezDatabase *database,
                 GPtrArray   *tables,
                 GError     **error)
{
  GezStatement *insert;
  g_autoptr (GezStatement) device = NULL;
  GezMerge *self;

  insert = gez_database_prepare (database,
                                 "INSERT OR IGNORE INTO change_log (" GEZ_WRITE_COLUMNS ") "
                                 "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", error);
  if (insert == NULL)
    return NULL;
  self = g_new0 (GezMerge, 1);
  self->database = database;
  self->insert_write = insert;
  self->tables = tables;
  self->queue = g_array_new (FALSE, FALSE, sizeof (GezId));
  self->queued = g_hash_table_new_full (gez_id_hash, gez_id_equal, g_free, NULL);
  self->makers = g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, maker_free);
  self->here = g_hash_table_new_full (place_hash, place_equal, g_free, NULL);
  self->any_held = gez_database_integer (database, 0, "SELECT EXISTS (SELECT 1 FROM held) OR EXISTS "
                                                      "(SELECT 1 FROM waiting)", GEZ_END) != 0;
  device = gez_database_query (database, error, "SELECT id FROM device", GEZ_END);
  if (device && gez_statement_next (device, NULL))
    self->device = gez_statement_get_id (device, 0);
  return self;
}

void
gez_merge_end (GezMerge *self)
{
  gez_statement_free (self->insert_write);
  g_array_unref (self->queue);
  g_hash_table_unref (self->queued);
  g_hash_table_unref (self->makers);
  g_hash_table_unref (self->here);
  g_free (self);
}

/**
 * gez_merge_touch:
 *
 * Has the row made anew once the batch is in the log.
 */
void
gez_merge_touch (GezMerge    *self,
                 const GezId *id)
{
  if (g_hash_table_add (self->queued, gez_id_copy (id)))
    g_array_append_val (self->queue, *id);
}

/* Statements ------------------------------------------------------------------------------------ */

static char *
insert_text (const GezTable *table,
             gboolean        is_upsert)
{
  g_autoptr (GString) columns = g_string_new (NULL), places = g_string_new (NULL);
  g_autoptr (GString) updates = g_string_new (NULL);

  for (guint i = 1; i < table->n_columns; i++)
    {
      const char *column = table->columns[i].name;

      if (i == table->id_column)
        continue;
      g_string_append_printf (columns, ", \"%s\"", column);
      g_string_append (places, ", ?");
      g_string_append_printf (updates, "%s\"%s\" = excluded.\"%s\"", updates->len ? ", " : "", column, column);
    }
  return is_upsert ? g_strdup_printf ("INSERT INTO \"%s\" (id%s) VALUES (?%s) ON CONFLICT (id) DO UPDATE SET %s",
                                      table->name, columns->str, places->str, updates->str)
                   : g_strdup_printf ("INSERT INTO \"%s\" (id%s) VALUES (?%s) ON CONFLICT (id) DO NOTHING",
                                      table->name, columns->str, places->str);
}

/*
 * gez_merge_find_maker:
 *
 * Returns: (transfer none): how rows of @table are written; %NULL with @error set
 */
GezMaker *
gez_merge_find_maker (GezMerge       *self,
                      const GezTable *table,
                      GError        **error)
{
  GezMaker *maker = g_hash_table_lookup (self->makers, table);
  g_autofree char *insert = NULL, *upsert = NULL, *find = NULL;

  if (maker)
    return maker;
  insert = insert_text (table, FALSE);
  upsert = insert_text (table, TRUE);
  find = g_strdup_printf ("SELECT 1 FROM \"%s\" WHERE id = ?", table->name);
  maker = g_new0 (GezMaker, 1);
  maker->table = table;
  if ((maker->insert = gez_database_prepare (self->database, insert, error)) == NULL ||
      (maker->upsert = gez_database_prepare (self->database, upsert, error)) == NULL ||
      (maker->find = gez_database_prepare (self->database, find, error)) == NULL)
    {
      maker_free (maker);
      return NULL;
    }
  g_hash_table_insert (self->makers, (gpointer) table, maker);
  return maker;
}

static void
note_here (GezMerge       *self,
           const GezTable *table,
           const GezId    *id)
{
  Place place = { table, *id };

  g_hash_table_add (self->here, g_memdup2 (&place, sizeof place));
}

/*
 * gez_merge_find_row:
 * @found: (out): whether the row is there
 */
gboolean
gez_merge_find_row (GezMerge       *self,
                    const GezTable *table,
                    const GezId    *id,
                    gboolean       *found,
                    GError        **error)
{
  Place place = { table, *id };
  GezMaker *maker;
  GError *failure = NULL;

  *found = g_hash_table_contains (self->here, &place);
  if (*found)
    return TRUE;
  maker = gez_merge_find_maker (self, table, error);
  if (maker == NULL)
    return FALSE;
  gez_statement_bind_bytes (maker->find, 1, id->bytes, GEZ_ID_SIZE);
  *found = gez_statement_next (maker->find, &failure);
  gez_statement_reset (maker->find);
  if (*found)
    note_here (self, table, id);
  if (failure)
    g_propagate_error (error, failure);
  return failure == NULL;
}

static gboolean
find_parent (GezMerge     *self,
             GezReference *reference,
             GVariant     *value,
             GezId        *parent,
             gboolean     *found,
             GError      **error)
{
  const GezTable *table = gez_schema_find (gez_database_get_schema (self->database), reference->table);

  *parent = GEZ_ID_NONE;
  *found = table == NULL || !g_variant_is_of_type (value, G_VARIANT_TYPE_BYTESTRING);
  if (*found)
    return TRUE;
  memcpy (parent->bytes, g_variant_get_data (value), GEZ_ID_SIZE);
  return gez_merge_find_row (self, table, parent, found, error);
}

/*
 * gez_merge_bind:
 * @value: as in the log
 */
void
gez_merge_bind (GezStatement *statement,
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
run_with (GezStatement   *statement,
          const GezTable *table,
          const GezId    *id,
          GVariant      **values,
          GError        **error)
{
  int place = 2;

  gez_statement_bind_bytes (statement, 1, id->bytes, GEZ_ID_SIZE);
  for (guint i = 1; i < table->n_columns; i++)
    if (i != table->id_column)
      gez_merge_bind (statement, place++, values[i]);
  return gez_statement_run (statement, error);
}

static void
note_table (GezMerge       *self,
            const GezTable *table)
{
  if (self->tables && !g_ptr_array_find_with_equal_func (self->tables, table->name, g_str_equal, NULL))
    g_ptr_array_add (self->tables, g_strdup (table->name));
}

/*
 * gez_merge_note_made:
 *
 * Notes that the row is there now, and changed.
 */
void
gez_merge_note_made (GezMerge       *self,
                     const GezTable *table,
                     const GezId    *id)
{
  note_here (self, table, id);
  note_table (self, table);
}

/* Waiting --------------------------------------------------------------------------------------- */

static gboolean
hold (GezMerge       *self,
      const GezTable *table,
      const GezId    *id,
      GError        **error)
{
  self->any_held = TRUE;
  return gez_database_execute (self->database, error, "INSERT OR IGNORE INTO held (id, table_name) VALUES (?, ?)",
                               GEZ_ID, id, GEZ_TEXT, table->name, GEZ_END);
}

static gboolean
wait_for (GezMerge    *self,
          const GezId *id,
          GArray      *missing,
          GError     **error)
{
  self->any_held |= missing->len > 0;
  for (guint i = 0; i < missing->len; i++)
    if (!gez_database_execute (self->database, error, "INSERT OR IGNORE INTO waiting (waits_for, id) VALUES (?, ?)",
                               GEZ_ID, &g_array_index (missing, GezId, i), GEZ_ID, id, GEZ_END))
      return FALSE;
  return TRUE;
}

/* Before a row is made anew: whatever it waited for. */
static gboolean
let_go (GezMerge    *self,
        const GezId *id,
        GError     **error)
{
  return !self->any_held ||
         (gez_database_execute (self->database, error, "DELETE FROM held WHERE id = ?", GEZ_ID, id, GEZ_END) &&
          gez_database_execute (self->database, error, "DELETE FROM waiting WHERE id = ?", GEZ_ID, id, GEZ_END));
}

/*
 * gez_merge_wake:
 *
 * Has those made anew that waited for this row.
 */
gboolean
gez_merge_wake (GezMerge    *self,
                const GezId *id,
                GError     **error)
{
  g_autoptr (GezStatement) children = NULL;
  GError *failure = NULL;

  if (!self->any_held)
    return TRUE;
  children = gez_database_query (self->database, error, "SELECT id FROM waiting WHERE waits_for = ?", GEZ_ID, id, GEZ_END);
  while (children && gez_statement_next (children, &failure))
    {
      GezId child = gez_statement_get_id (children, 0);

      gez_merge_touch (self, &child);
    }
  if (failure)
    g_propagate_error (error, failure);
  return children && failure == NULL;
}

/* From all that the log has --------------------------------------------------------------------- */

static gboolean
write_heads (GezMerge       *self,
             const GezId    *id,
             const char     *column,
             GezColumnState *state,
             GPtrArray      *logged,
             GError        **error)
{
  GezCellWrite *first = state->heads->len ? g_ptr_array_index (state->heads, 0) : NULL;
  guint n_births = 0;
  gboolean is_birth = FALSE;

  for (guint i = 0; first && i < logged->len; i++)
    {
      GezWrite *write = ((GezLogged *) g_ptr_array_index (logged, i))->write;

      n_births += write->is_birth;
      is_birth |= write->is_birth && write->version.counter == first->version.counter &&
                  gez_id_equal (&write->version.device, &first->version.device);
    }
  if (state->heads->len == 1 && is_birth && n_births == 1)
    return TRUE; /* the birth needs no entry */
  for (guint i = 0; i < state->heads->len; i++)
    {
      GezCellWrite *head = g_ptr_array_index (state->heads, i);

      if (!gez_database_execute (self->database, error,
                                 "INSERT OR IGNORE INTO head (id, column_name, device, counter, is_disputed) "
                                 "VALUES (?, ?, ?, ?, ?)",
                                 GEZ_ID, id, GEZ_TEXT, column, GEZ_ID, &head->version.device, GEZ_INTEGER,
                                 (gint64) head->version.counter, GEZ_INTEGER, (gint64) state->is_disputed,
                                 GEZ_END))
        return FALSE;
    }
  return TRUE;
}

static int
compare_candidates (gconstpointer a,
                    gconstpointer b)
{
  return gez_merge_compare (*(GezCellWrite *const *) b, *(GezCellWrite *const *) a);
}

/* Of a reference the head counts whose row is here, else the greatest other write of which it is.
 * @missing: (element-type GezId): gets the rows that would be better
 * @all: (element-type GezId): gets all that would do */
static gboolean
choose_reference (GezMerge       *self,
                  GezReference   *reference,
                  GezColumnState *state,
                  GArray         *missing,
                  GArray         *all,
                  GError        **error)
{
  g_autoptr (GPtrArray) candidates = g_ptr_array_new ();
  g_autoptr (GVariant) value = NULL;

  g_ptr_array_sort (state->writes, compare_candidates);
  g_ptr_array_extend (candidates, state->heads, NULL, NULL);
  g_ptr_array_extend (candidates, state->writes, NULL, NULL);
  for (guint i = 0; i < candidates->len; i++)
    {
      GVariant *candidate = ((GezCellWrite *) candidates->pdata[i])->value;
      gboolean found;
      GezId parent;

      if (!find_parent (self, reference, candidate, &parent, &found, error))
        return FALSE;
      if (!g_variant_is_of_type (candidate, G_VARIANT_TYPE_UNIT))
        g_array_append_val (all, parent);
      if (value == NULL && found)
        value = g_variant_ref (candidate);
      else if (value == NULL)
        g_array_append_val (missing, parent);
    }
  g_clear_pointer (&state->value, g_variant_unref);
  state->value = g_steal_pointer (&value);
  return TRUE;
}

static gboolean unmake (GezMerge       *self,
                        const GezTable *table,
                        const GezId    *id,
                        GError        **error);

static gboolean
unmake_children (GezMerge       *self,
                 const GezTable *child,
                 GezReference   *reference,
                 const GezId    *id,
                 GError        **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM \"%s\" WHERE \"%s\" = ?", child->name,
                                          child->columns[reference->column].name);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (GezId));
  g_autoptr (GezStatement) statement = gez_database_query (self->database, error, sql, GEZ_ID, id, GEZ_END);
  GError *failure = NULL;

  while (statement && gez_statement_next (statement, &failure))
    {
      GezId at = gez_statement_get_id (statement, 0);

      g_array_append_val (ids, at);
    }
  for (guint i = 0; failure == NULL && i < ids->len; i++)
    {
      GezId *at = &g_array_index (ids, GezId, i);

      /* Perhaps it can do with another parent: it is made again from the log. */
      if (unmake (self, child, at, &failure))
        gez_merge_touch (self, at);
    }
  if (failure)
    g_propagate_error (error, failure);
  return statement && failure == NULL;
}

static gboolean
unmake (GezMerge       *self,
        const GezTable *table,
        const GezId    *id,
        GError        **error)
{
  GPtrArray *tables = gez_schema_get_tables (gez_database_get_schema (self->database));
  g_autofree char *sql = NULL;
  gboolean found;

  if (!gez_merge_find_row (self, table, id, &found, error))
    return FALSE;
  if (!found)
    return TRUE;
  g_hash_table_remove_all (self->here);
  note_table (self, table);
  for (guint t = 0; t < tables->len; t++)
    {
      const GezTable *child = g_ptr_array_index (tables, t);

      for (guint i = 0; i < child->references->len; i++)
        {
          GezReference *reference = &g_array_index (child->references, GezReference, i);

          if (g_str_equal (reference->table, table->name) && !unmake_children (self, child, reference, id, error))
            return FALSE;
        }
    }
  sql = g_strdup_printf ("DELETE FROM \"%s\" WHERE id = ?", table->name);
  return gez_search_index_remove (self->database, table, id, error) &&
         gez_database_execute (self->database, error, sql, GEZ_ID, id, GEZ_END);
}

/* A row of which a birth was taken out of the log: it, and what hangs on it, is made again if there is another. */
gboolean
gez_merge_unmake (GezMerge    *self,
                  const char  *table_name,
                  const GezId *id,
                  GError     **error)
{
  const GezTable *table = gez_schema_find (gez_database_get_schema (self->database), table_name);

  gez_merge_touch (self, id);
  return table == NULL || unmake (self, table, id, error);
}

static gboolean
write_row (GezMerge       *self,
           const GezTable *table,
           const GezId    *id,
           GPtrArray      *logged,
           GezColumnState *states,
           GError        **error)
{
  g_autofree GVariant **values = g_new0 (GVariant *, table->n_columns);
  GezMaker *maker = gez_merge_find_maker (self, table, error);

  if (maker == NULL || !gez_search_index_remove (self->database, table, id, error))
    return FALSE;
  for (guint i = 1; i < table->n_columns; i++)
    {
      values[i] = states[i].value;
      if (i != table->id_column && !write_heads (self, id, table->columns[i].name, &states[i], logged, error))
        return FALSE;
    }
  gez_merge_note_made (self, table, id);
  return run_with (maker->upsert, table, id, values, error) &&
         gez_search_index_add (self->database, table, id, error) && gez_merge_wake (self, id, error);
}

static gboolean
make_states (GezMerge       *self,
             const GezTable *table,
             const GezId    *id,
             GPtrArray      *logged,
             GezColumnState *states,
             GError        **error)
{
  g_autoptr (GArray) missing = g_array_new (FALSE, FALSE, sizeof (GezId));
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (GezId));
  gboolean complete = TRUE;

  for (guint i = 0; i < table->references->len; i++)
    {
      GezReference *reference = &g_array_index (table->references, GezReference, i);

      if (!choose_reference (self, reference, &states[reference->column], missing, all, error))
        return FALSE;
    }
  for (guint i = 1; i < table->n_columns; i++)
    complete = complete && (i == table->id_column || states[i].value != NULL);
  if (complete ? !write_row (self, table, id, logged, states, error)
               : !unmake (self, table, id, error) || !hold (self, table, id, error))
    return FALSE;
  return wait_for (self, id, complete ? missing : all, error);
}

static gboolean
make_in (GezMerge       *self,
         const GezTable *table,
         const GezId    *id,
         GPtrArray      *logged,
         GError        **error)
{
  GezColumnState *states;
  gboolean made;

  if (!gez_row_log_judge (logged, table->name))
    return unmake (self, table, id, error) && hold (self, table, id, error);
  states = gez_row_log_columns (logged, table);
  made = make_states (self, table, id, logged, states, error);
  gez_column_states_free (states, table);
  return made;
}

/* Usually all writes of an id are of one table; who lies about it gets rows of his own. */
static gboolean
make_anew (GezMerge    *self,
           const GezId *id,
           GError     **error)
{
  GPtrArray *tables = gez_schema_get_tables (gez_database_get_schema (self->database));
  g_autoptr (GPtrArray) logged = gez_row_log_read (self->database, id, error);

  if (logged == NULL || !let_go (self, id, error) ||
      !gez_database_execute (self->database, error, "DELETE FROM head WHERE id = ?", GEZ_ID, id, GEZ_END))
    return FALSE;
  for (guint t = 0; t < tables->len; t++)
    {
      const GezTable *table = g_ptr_array_index (tables, t);
      gboolean is_named = FALSE;

      for (guint i = 0; !is_named && i < logged->len; i++)
        is_named = g_str_equal (((GezLogged *) g_ptr_array_index (logged, i))->write->table, table->name);
      if (is_named && !make_in (self, table, id, logged, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * gez_merge_make_touched:
 *
 * Makes every queued row anew, and those that waited for one of them.
 */
gboolean
gez_merge_make_touched (GezMerge *self,
                        GError  **error)
{
  for (guint i = 0; i < self->queue->len; i++)
    {
      GezId id = g_array_index (self->queue, GezId, i);

      g_hash_table_remove (self->queued, &id);
      if (!make_anew (self, &id, error))
        return FALSE;
    }
  g_array_set_size (self->queue, 0);
  return TRUE;
}
