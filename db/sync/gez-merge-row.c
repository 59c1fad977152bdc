/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/gez-merge-private.h"

#include <string.h>

#include "store/gez-heads.h"

/* What a row is, out of the set of writes that the log holds for it. Pure but for reading the log.
 *
 * Which writes count:
 *
 * 1. Own writes do.
 * 2. A birth does when the circle in its own cells is one under which it came, so that nobody makes rows in a circle
 *    that he cannot read. It also does when its author published it under a circle into which a write moves the
 *    row that came under that circle too: so it reaches readers of the wider circle, also those who lost the narrow
 *    one before the move.
 * 3. Another write does when it came under a circle of a birth that counts, or one to which a write that counts
 *    moved the row.
 * 4. Where the birth is here at first hand, what others only relay cannot move the row: a relay proves nothing
 *    about the key of the circle that it names. Where the birth itself is relayed, its readers have the row from
 *    who moved it to them: a move counts that came under the circle to which it moves.
 * 5. A value that the column cannot hold does not count for that column.
 *
 * Which value shows: of the heads the greatest; of a set all of them together; of a withdrawal any that withdraws. */

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

static guint
version_hash (gconstpointer data)
{
  const GezVersion *version = data;

  return gez_id_hash (&version->device) ^ (guint) version->counter;
}

static gboolean
version_equal (gconstpointer a,
               gconstpointer b)
{
  const GezVersion *one = a, *other = b;

  return one->counter == other->counter && gez_id_equal (&one->device, &other->device);
}

static void
note_replaced (GHashTable         *replaced,
               const GezCellWrite *write)
{
  GVariantIter iter;
  GVariant *device;
  guint64 counter;

  if (write->replaced == NULL)
    return;
  g_variant_iter_init (&iter, write->replaced);
  while (g_variant_iter_next (&iter, "(@ayt)", &device, &counter))
    {
      GezVersion version = { .counter = counter };

      if (g_variant_get_size (device) == GEZ_ID_SIZE)
        {
          memcpy (version.device.bytes, g_variant_get_data (device), GEZ_ID_SIZE);
          if (!version_equal (&version, &write->version)) /* nobody replaces himself */
            g_hash_table_add (replaced, g_memdup2 (&version, sizeof version));
        }
      g_variant_unref (device);
    }
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
 * Pure: the result depends on the set alone. Writes that replace each other in a ring, which no honest program
 * makes, are all heads.
 *
 * Returns: (transfer container) (element-type GezCellWrite): the writes nobody replaced, the one
 *   that is shown first
 */
GPtrArray *
gez_merge_find_heads (GPtrArray *cell_writes)
{
  g_autoptr (GHashTable) replaced = g_hash_table_new_full (version_hash, version_equal, g_free, NULL);
  GPtrArray *heads = g_ptr_array_new ();

  for (guint i = 0; cell_writes->len > 1 && i < cell_writes->len; i++)
    note_replaced (replaced, g_ptr_array_index (cell_writes, i));
  for (guint i = 0; i < cell_writes->len; i++)
    {
      GezCellWrite *candidate = g_ptr_array_index (cell_writes, i);

      if (!g_hash_table_contains (replaced, &candidate->version))
        g_ptr_array_add (heads, candidate);
    }
#ifdef GEZ_MUTANT_LAST_WRITER_WINS
  g_ptr_array_set_size (heads, 0);
  g_ptr_array_extend (heads, cell_writes, NULL, NULL);
  g_ptr_array_sort (heads, compare_heads);
  g_ptr_array_set_size (heads, MIN (1, (int) heads->len));
  return heads;
#endif
  for (guint i = 0; heads->len == 0 && i < cell_writes->len; i++)
    g_ptr_array_insert (heads, 0, g_ptr_array_index (cell_writes, i));
  g_ptr_array_sort (heads, compare_heads);
  return heads;
}

/* Reading --------------------------------------------------------------------------------------- */

static void
logged_free (gpointer data)
{
  GezLogged *logged = data;

  gez_write_free (logged->write);
  g_variant_unref (logged->cells);
  g_ptr_array_unref (logged->circles);
  g_free (logged);
}

/**
 * gez_write_read:
 * @statement: on a row of #GEZ_WRITE_COLUMNS
 */
GezWrite *
gez_write_read (GezStatement *statement)
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
  write->of_circle = gez_statement_is_null (statement, 9) ? NULL : gez_statement_get_blob (statement, 9);
  write->brought_by = gez_statement_get_id (statement, 10);
  write->is_relay = gez_statement_get_integer (statement, 11) != 0;
  return write;
}

static gboolean
read_further_circles (GezDatabase *database,
                      const GezId *id,
                      GPtrArray   *all,
                      GError     **error)
{
  g_autoptr (GezStatement) statement = NULL;
  GError *failure = NULL;

  statement = gez_database_query (database, error, "SELECT device, counter, of_circle FROM also_under WHERE id = ?",
                                  GEZ_ID, id, GEZ_END);
  while (statement && gez_statement_next (statement, &failure))
    {
      GezVersion version = { gez_statement_get_id (statement, 0),
                             (guint64) gez_statement_get_integer (statement, 1) };

      for (guint i = 0; i < all->len; i++)
        {
          GezLogged *logged = g_ptr_array_index (all, i);

          if (version_equal (&version, &logged->write->version))
            g_ptr_array_add (logged->circles, gez_statement_get_blob (statement, 2));
        }
    }
  if (failure)
    g_propagate_error (error, failure);
  return statement && failure == NULL;
}

/**
 * gez_row_log_read:
 *
 * Returns: (transfer full) (element-type GezLogged): all writes of the row; %NULL with @error set
 */
GPtrArray *
gez_row_log_read (GezDatabase *database,
                  const GezId *id,
                  GError     **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (logged_free);
  g_autoptr (GezStatement) statement = NULL;
  GError *failure = NULL;

  statement = gez_database_query (database, error, "SELECT " GEZ_WRITE_COLUMNS " FROM change_log WHERE id = ?",
                                  GEZ_ID, id, GEZ_END);
  while (statement && gez_statement_next (statement, &failure))
    {
      GezLogged *logged = g_new0 (GezLogged, 1);

      logged->write = gez_write_read (statement);
      logged->cells = gez_log_cells_from_bytes (logged->write->cells);
      logged->circles = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
      if (logged->write->of_circle)
        g_ptr_array_add (logged->circles, g_bytes_ref (logged->write->of_circle));
      g_ptr_array_add (all, logged);
    }
  if (failure)
    g_propagate_error (error, failure);
  if (statement == NULL || failure || !read_further_circles (database, id, all, error))
    return NULL;
  return g_steal_pointer (&all);
}

/* Which writes count ---------------------------------------------------------------------------- */

static gboolean
contains (GPtrArray *circles,
          GBytes    *circle)
{
  for (guint i = 0; circle && i < circles->len; i++)
    if (g_bytes_equal (circles->pdata[i], circle))
      return TRUE;
  return FALSE;
}

static GBytes *
find_circle (GezLogged *logged)
{
  g_autoptr (GVariant) value = gez_log_find_cell (logged->cells, "circle");

  return value && g_variant_is_of_type (value, G_VARIANT_TYPE_BYTESTRING) ? g_variant_get_data_as_bytes (value)
                                                                        : NULL;
}

static gboolean
is_own (GezLogged *logged)
{
  return logged->circles->len == 0;
}

static gboolean
is_first_hand (GezLogged *logged)
{
  return is_own (logged) || !logged->write->is_relay;
}

static gboolean
is_moved_along (GPtrArray  *all,
                const char *table,
                GBytes     *circle)
{
  for (guint i = 0; i < all->len; i++)
    {
      GezLogged *move = g_ptr_array_index (all, i);
      g_autoptr (GBytes) to = move->write->is_birth || !g_str_equal (move->write->table, table) ? NULL : find_circle (move);

      if (to && g_bytes_equal (to, circle) && is_first_hand (move) && (is_own (move) || contains (move->circles, circle)))
        return TRUE;
    }
  return FALSE;
}

static void
judge_birth (GPtrArray  *all,
             GezLogged  *birth,
             const char *table,
             GPtrArray  *allowed)
{
  g_autoptr (GBytes) circle = find_circle (birth);

  birth->counts = is_own (birth) || contains (birth->circles, circle);
  for (guint i = 0; is_first_hand (birth) && i < birth->circles->len; i++)
    if (is_moved_along (all, table, birth->circles->pdata[i]))
      {
        birth->counts = TRUE;
        g_ptr_array_add (allowed, g_bytes_ref (birth->circles->pdata[i]));
      }
  birth->moves = birth->counts;
  if (birth->counts && circle)
    g_ptr_array_add (allowed, g_steal_pointer (&circle));
}

static gboolean
moves_to_where_it_came (GezLogged *logged)
{
  g_autoptr (GBytes) circle = find_circle (logged);

  return is_first_hand (logged) && contains (logged->circles, circle);
}

static gboolean
is_allowed (GezLogged *logged,
            GPtrArray *allowed,
            gboolean   is_relayed_row)
{
  for (guint i = 0; i < logged->circles->len; i++)
    if (contains (allowed, logged->circles->pdata[i]))
      return TRUE;
  return is_own (logged) || (is_relayed_row && moves_to_where_it_came (logged));
}

/**
 * gez_row_log_judge:
 * @all: (element-type GezLogged)
 * @table: the table for which
 *
 * Decides which of the writes count.
 *
 * Returns: whether a birth does
 */
gboolean
gez_row_log_judge (GPtrArray  *all,
                   const char *table)
{
  g_autoptr (GPtrArray) allowed = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  gboolean is_born = FALSE, is_here_first_hand = FALSE, any = TRUE;

  for (guint i = 0; i < all->len; i++)
    {
      GezLogged *logged = g_ptr_array_index (all, i);

      logged->counts = logged->moves = FALSE;
      if (!logged->write->is_birth || !g_str_equal (logged->write->table, table))
        continue;
      judge_birth (all, logged, table, allowed);
      is_born |= logged->counts;
      is_here_first_hand |= logged->counts && is_first_hand (logged);
    }
  while (any)
    {
      any = FALSE;
      for (guint i = 0; i < all->len; i++)
        {
          GezLogged *logged = g_ptr_array_index (all, i);
          g_autoptr (GBytes) circle = NULL;

          if (logged->counts || logged->write->is_birth || !g_str_equal (logged->write->table, table) ||
              !is_allowed (logged, allowed, is_born && !is_here_first_hand))
            continue;
          logged->counts = any = TRUE;
          logged->moves = is_first_hand (logged) || !is_here_first_hand;
          circle = logged->moves ? find_circle (logged) : NULL;
          if (circle && !contains (allowed, circle))
            g_ptr_array_add (allowed, g_steal_pointer (&circle));
        }
    }
  return is_born;
}

/* What a column shows --------------------------------------------------------------------------- */

static void
cell_write_free (gpointer data)
{
  GezCellWrite *write = data;

  g_clear_pointer (&write->value, g_variant_unref);
  g_clear_pointer (&write->replaced, g_variant_unref);
  g_free (write);
}

/**
 * gez_column_states_free:
 */
void
gez_column_states_free (GezColumnState *states,
                        const GezTable *table)
{
  for (guint i = 0; i < table->n_columns; i++)
    {
      g_ptr_array_unref (states[i].heads);
      g_ptr_array_unref (states[i].writes);
      g_clear_pointer (&states[i].value, g_variant_unref);
    }
  g_free (states);
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

/**
 * gez_column_absent:
 *
 * Returns: (transfer full) (nullable): what a column holds of which nobody wrote anything; %NULL: there is no such thing
 */
GVariant *
gez_column_absent (const GezColumn *column)
{
  if (column->is_required)
    return NULL;
  return column->standard ? g_variant_ref (column->standard) : g_variant_ref_sink (g_variant_new ("()"));
}

static gboolean
may_write (GezLogged       *logged,
           const GezColumn *column)
{
  return column->kind == GEZ_COLUMN_CIRCLE ? logged->moves : logged->counts;
}

/* A column named twice counts once; a birth writes what it does not name too. */
static void
add_writes_of (GezLogged      *logged,
               const GezTable *table,
               GezColumnState *states)
{
  g_autofree gboolean *named = g_new0 (gboolean, table->n_columns);
  GVariantIter iter;
  const char *name;
  GVariant *value, *replaced;

  g_variant_iter_init (&iter, logged->cells);
  while (g_variant_iter_next (&iter, "(&sv@a(ayt))", &name, &value, &replaced))
    {
      int at = gez_table_find_column (table, name);

      if (at >= 0 && !named[at] && may_write (logged, &table->columns[at]) &&
          gez_column_takes (&table->columns[at], value))
        add_cell_write (states[at].writes, logged->write, value, replaced);
      if (at >= 0)
        named[at] = TRUE;
      g_variant_unref (value);
      g_variant_unref (replaced);
    }
  for (guint i = 1; logged->write->is_birth && i < table->n_columns; i++)
    if (!named[i] && !table->columns[i].is_required && may_write (logged, &table->columns[i]))
      {
        g_autoptr (GVariant) absent = gez_column_absent (&table->columns[i]);

        add_cell_write (states[i].writes, logged->write, absent, NULL);
      }
}

static void
choose_value (const GezTable *table,
              guint           at,
              GezColumnState *state)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new ();

  for (guint i = 0; i < state->heads->len; i++)
    g_ptr_array_add (values, ((GezCellWrite *) state->heads->pdata[i])->value);
  state->value = values->len ? gez_heads_join (table, at, values, &state->is_disputed)
                             : gez_column_absent (&table->columns[at]);
}

/**
 * gez_row_log_columns:
 * @all: (element-type GezLogged): judged
 *
 * Returns: (transfer full): a state for each column of @table; to be freed with gez_column_states_free()
 */
GezColumnState *
gez_row_log_columns (GPtrArray      *all,
                     const GezTable *table)
{
  GezColumnState *states = g_new0 (GezColumnState, table->n_columns);

  for (guint i = 0; i < table->n_columns; i++)
    states[i].writes = g_ptr_array_new_with_free_func (cell_write_free);
  for (guint i = 0; i < all->len; i++)
    {
      GezLogged *logged = g_ptr_array_index (all, i);

      if (logged->counts)
        add_writes_of (logged, table, states);
    }
  for (guint i = 0; i < table->n_columns; i++)
    {
      states[i].heads = gez_merge_find_heads (states[i].writes);
      choose_value (table, i, &states[i]);
    }
  return states;
}
