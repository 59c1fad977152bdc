/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-conflict.h"

#include <string.h>

#include "model/gez-derived.h"
#include "model/gez-device-owner.h"
#include "model/gez-history-private.h"
#include "store/gez-change-private.h"
#include "store/gez-log.h"

/* Cells of which people have to choose the value.
 *
 * 1. The merge marks them in the table `head`; nothing here walks through a whole table.
 * 2. Different values stand once each, with who wrote it first of all that are left; a value that came back because
 *    a choice was undone is still of who wrote it.
 * 3. A row that was withdrawn, or is not here, asks nobody anything. */

#define PARENTS_MAX 4 /* from a part of a file up to its household */

typedef struct
{
  GezDatabase *database;
  GezId household; /* none: all */
  GPtrArray *conflicts;
} Reading;

static void
value_free (gpointer data)
{
  GezConflictValue *value = data;

  g_free (value->text);
  g_free (value->by_name);
  g_free (value->value.text);
  g_variant_unref (value->variant);
  g_free (value);
}

/**
 * gez_conflict_free:
 */
void
gez_conflict_free (GezConflict *conflict)
{
  g_free (conflict->table);
  g_free (conflict->column);
  g_free (conflict->household_name);
  g_free (conflict->label);
  g_ptr_array_unref (conflict->values);
  g_array_unref (conflict->heads);
  g_free (conflict);
}

/* Whose file it is --------------------------------------------------------------------------- */

static gboolean
read_id (GezDatabase *database,
         const char  *table,
         const char  *column,
         const GezId *id,
         GezId       *value)
{
  g_autofree char *sql = g_strdup_printf ("SELECT \"%s\" FROM \"%s\" WHERE id = ?", column, table);
  g_autoptr (GezStatement) statement = gez_database_query (database, NULL, sql, GEZ_ID, id, GEZ_END);

  if (statement == NULL || !gez_statement_next (statement, NULL))
    return FALSE;
  *value = gez_statement_get_id (statement, 0);
  return TRUE;
}

/* A part of a file names its household, or the part of which it is a part. */
static GezId
find_household (GezDatabase    *database,
                const GezTable *table,
                GezId           id)
{
  for (guint i = 0; table && i < PARENTS_MAX; i++)
    {
      GezReference *parent;

      if (g_str_equal (table->name, "household"))
        return id;
      if (gez_table_find_column (table, "household_id") >= 0)
        return read_id (database, table->name, "household_id", &id, &id) ? id : GEZ_ID_NONE;
      if (table->references->len == 0)
        return GEZ_ID_NONE;
      parent = &g_array_index (table->references, GezReference, 0);
      if (!read_id (database, table->name, table->columns[parent->column].name, &id, &id))
        return GEZ_ID_NONE;
      table = gez_schema_find (gez_database_get_schema (database), parent->table);
    }
  return GEZ_ID_NONE;
}

static const GezTable *
find_table (GezDatabase *database,
            const GezId *id)
{
  g_autoptr (GezStatement) statement = NULL;

  statement = gez_database_query (database, NULL,
                                  "SELECT table_name FROM change_log WHERE id = ? AND is_birth LIMIT 1", GEZ_ID, id,
                                  GEZ_END);
  if (statement == NULL || !gez_statement_next (statement, NULL))
    return NULL;
  return gez_schema_find (gez_database_get_schema (database), gez_statement_get_text (statement, 0));
}

static gboolean
stands (GezDatabase    *database,
        const GezTable *table,
        const GezId    *id)
{
  g_autofree char *sql = g_strdup_printf ("SELECT withdrawn_at IS NULL FROM \"%s\" WHERE id = ?", table->name);

  return gez_database_integer (database, 0, sql, GEZ_ID, id, GEZ_END) != 0;
}

/* The values --------------------------------------------------------------------------------- */

typedef struct
{
  GezId device;
  guint64 counter;
  gint64 wall_at;
} Author;

/* Who wrote a value that an undo put back: the last one who did so by hand. */
static gboolean
find_author (GezDatabase *database,
             const GezId *id,
             const char  *column,
             GVariant    *value,
             Author      *author,
             GError     **error)
{
  g_autoptr (GezStatement) statement = NULL;
  GError *failure = NULL;

  statement = gez_database_query (database, error,
                                  "SELECT device, counter, wall_at, cells FROM change_log WHERE id = ? "
                                  "AND act NOT IN ('undo', 'settle-conflict') ORDER BY wall_at, device, counter",
                                  GEZ_ID, id, GEZ_END);
  while (statement && gez_statement_next (statement, &failure))
    {
      g_autoptr (GBytes) bytes = gez_statement_get_blob (statement, 3);
      g_autoptr (GVariant) cells = gez_log_cells_from_bytes (bytes);
      g_autoptr (GVariant) written = gez_log_find_cell (cells, column);

      if (written && g_variant_equal (written, value))
        *author = (Author) { gez_statement_get_id (statement, 0), (guint64) gez_statement_get_integer (statement, 1),
                             gez_statement_get_integer (statement, 2) };
    }
  if (failure)
    g_propagate_error (error, failure);
  return statement && failure == NULL;
}

static GezConflictValue *
find_value (GezConflict *conflict,
            GVariant    *variant)
{
  for (guint i = 0; i < conflict->values->len; i++)
    if (g_variant_equal (((GezConflictValue *) conflict->values->pdata[i])->variant, variant))
      return conflict->values->pdata[i];
  return NULL;
}

static char *
say (const GezHistoryValue *value)
{
  if (value->kind == GEZ_HISTORY_NUMBER)
    return g_strdup_printf ("%" G_GINT64_FORMAT, value->number);
  return g_strdup (value->text ? value->text : "");
}

/* @head: device, counter, wall_at, act, cells of one of the versions */
static gboolean
add_value (Reading      *reading,
           GezConflict  *conflict,
           GezStatement *head,
           GError      **error)
{
  g_autoptr (GBytes) bytes = gez_statement_get_blob (head, 4);
  g_autoptr (GVariant) cells = gez_log_cells_from_bytes (bytes);
  g_autoptr (GVariant) variant = gez_log_find_cell (cells, conflict->column);
  Author author = { gez_statement_get_id (head, 0), (guint64) gez_statement_get_integer (head, 1),
                    gez_statement_get_integer (head, 2) };
  GezVersion version = { author.device, author.counter };
  GezConflictValue *value;

  g_array_append_val (conflict->heads, version);
  if (variant == NULL)
    variant = g_variant_ref_sink (g_variant_new ("()"));
  if (find_value (conflict, variant))
    return TRUE;
  if (g_str_equal (gez_statement_get_text (head, 3), "undo") &&
      !find_author (reading->database, &conflict->id, conflict->column, variant, &author, error))
    return FALSE;
  value = g_new0 (GezConflictValue, 1);
  gez_history_value_read (reading->database, conflict->column, variant, &value->value);
  value->text = say (&value->value);
  value->variant = g_steal_pointer (&variant);
  value->by_name = gez_device_owner_name (reading->database, &author.device);
  value->device = author.device;
  value->counter = author.counter;
  value->written_at = author.wall_at;
  value->is_shown = conflict->values->len == 0;
  g_ptr_array_add (conflict->values, value);
  return TRUE;
}

static gboolean
read_values (Reading     *reading,
             GezConflict *conflict,
             GError     **error)
{
  g_autoptr (GezStatement) head = NULL;
  GError *failure = NULL;

  head = gez_database_query (reading->database, error,
                             "SELECT l.device, l.counter, l.wall_at, l.act, l.cells FROM head h JOIN change_log l"
                             " ON l.device = h.device AND l.counter = h.counter"
                             " WHERE h.id = ?1 AND h.column_name = ?2"
                             " ORDER BY l.wall_at DESC, h.device DESC, h.counter DESC",
                             GEZ_ID, &conflict->id, GEZ_TEXT, conflict->column, GEZ_END);
  while (head && failure == NULL && gez_statement_next (head, &failure))
    add_value (reading, conflict, head, &failure);
  if (failure)
    g_propagate_error (error, failure);
  return head && failure == NULL;
}

static gboolean
read_label (GezDatabase *database,
            GezConflict *conflict,
            GError     **error)
{
  GezHistoryRow row = { .table = conflict->table, .id = conflict->id };
  gboolean done = gez_history_row_read_subject (database, &row, error);

  conflict->label = g_steal_pointer (&row.subject);
  return done;
}

static char *
read_name (GezDatabase *database,
           const GezId *household)
{
  g_autoptr (GezStatement) statement = NULL;

  statement = gez_database_query (database, NULL, "SELECT name FROM household WHERE id = ?", GEZ_ID, household, GEZ_END);
  return statement && gez_statement_next (statement, NULL) ? g_strdup (gez_statement_get_text (statement, 0)) : NULL;
}

static gboolean
add_conflict (Reading      *reading,
              GezStatement *cell,
              GError      **error)
{
  GezId id = gez_statement_get_id (cell, 0);
  const GezTable *table = find_table (reading->database, &id);
  GezId household = table ? find_household (reading->database, table, id) : GEZ_ID_NONE;
  GezConflict *conflict;

  if (table == NULL || !stands (reading->database, table, &id) ||
      (!gez_id_is_none (&reading->household) && !gez_id_equal (&reading->household, &household)))
    return TRUE;
  conflict = g_new0 (GezConflict, 1);
  g_ptr_array_add (reading->conflicts, conflict);
  conflict->table = g_strdup (table->name);
  conflict->id = id;
  conflict->column = g_strdup (gez_statement_get_text (cell, 1));
  conflict->household = household;
  conflict->household_name = gez_id_is_none (&household) ? NULL : read_name (reading->database, &household);
  conflict->values = g_ptr_array_new_with_free_func (value_free);
  conflict->heads = g_array_new (FALSE, FALSE, sizeof (GezVersion));
  return read_label (reading->database, conflict, error) && read_values (reading, conflict, error);
}

static int
compare_conflicts (gconstpointer a,
                   gconstpointer b)
{
  const GezConflict *one = *(GezConflict *const *) a, *other = *(GezConflict *const *) b;
  int order = g_strcmp0 (one->household_name, other->household_name);

  if (order == 0)
    order = gez_id_compare (&one->household, &other->household);
  if (order == 0)
    order = gez_id_compare (&one->id, &other->id);
  return order ? order : strcmp (one->column, other->column);
}

static gpointer
read_conflicts (GezDatabase *database,
                gpointer     data,
                GError     **error)
{
  g_autoptr (GPtrArray) conflicts = g_ptr_array_new_with_free_func ((GDestroyNotify) gez_conflict_free);
  Reading reading = { .database = database, .household = *(GezId *) data, .conflicts = conflicts };
  g_autoptr (GezStatement) cells = NULL;
  GError *failure = NULL;

  cells = gez_database_query (database, error,
                              "SELECT DISTINCT id, column_name FROM head WHERE is_disputed = 1", GEZ_END);
  while (cells && failure == NULL && gez_statement_next (cells, &failure))
    add_conflict (&reading, cells, &failure);
  if (failure)
    g_propagate_error (error, failure);
  if (cells == NULL || failure)
    return NULL;
  g_ptr_array_sort (conflicts, compare_conflicts);
  return g_steal_pointer (&conflicts);
}

/**
 * gez_conflict_query:
 * @household: (nullable): only the cells of this file; none: all
 *
 * Returns: (transfer full): a query that gives a GPtrArray of #GezConflict, file by file
 */
GezQuery *
gez_conflict_query (GezContext  *context,
                    const GezId *household)
{
  return gez_query_new (read_conflicts, gez_id_copy (household ? household : &GEZ_ID_NONE), g_free,
                        (GDestroyNotify) g_ptr_array_unref);
}

/**
 * gez_conflict_count:
 *
 * Thread: the store's worker.
 *
 * Returns: how many cells ask for a choice
 */
guint
gez_conflict_count (GezDatabase *database)
{
  g_autoptr (GezStatement) cells = NULL;
  guint count = 0;

  cells = gez_database_query (database, NULL, "SELECT DISTINCT id, column_name FROM head WHERE is_disputed = 1",
                              GEZ_END);
  while (cells && gez_statement_next (cells, NULL))
    {
      GezId id = gez_statement_get_id (cells, 0);
      const GezTable *table = find_table (database, &id);

      count += table && stands (database, table, &id);
    }
  return count;
}

/**
 * gez_conflict_settle:
 * @chosen: place of the value that is to stand
 *
 * Returns: (transfer full): the change that settles it. It can be undone, and is refused with
 *   GEZ_STORE_ERROR_CHANGED_SINCE when somebody wrote there since
 */
GezChange *
gez_conflict_settle (GezContext  *context,
                     GezConflict *conflict,
                     guint        chosen)
{
  GezChange *change;
  GezConflictValue *value;

  g_return_val_if_fail (conflict != NULL && chosen < conflict->values->len, NULL);

  value = g_ptr_array_index (conflict->values, chosen);
  change = gez_change_new ("settle-conflict");
  gez_change_update (change, conflict->table, &conflict->id);
  gez_change_set_variant (change, conflict->column, value->variant);
  gez_change_settle (change, conflict->column, conflict->heads);
  return change;
}
