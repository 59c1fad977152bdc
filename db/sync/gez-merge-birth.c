/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "store/gez-search-index.h"
#include "sync/gez-merge-make.h"
#include "sync/gez-merge-scan.h"

/* A birth of which nothing else is known goes straight into its table: no reading of the log, no values made of its
 * bytes. Whatever is unusual about it is left to gez-merge-make.c. */

typedef enum
{
  STRAIGHT_FAILED,
  STRAIGHT_NO,
  STRAIGHT_YES,
} Straight;

/* The cells of a birth by column, none where it names none; FALSE when they are not the plain ones of a row that
 * can be made. */
static gboolean
read_birth (const GezTable     *table,
            const GezCellView  *views,
            guint               n_views,
            const GezCellView **cells)
{
  guint at = 0;

  memset (cells, 0, table->n_columns * sizeof *cells);
  for (guint i = 0; i < n_views; i++)
    {
      guint tries = 0;

      /* They stand in the order of the table, mostly. */
      while (tries < table->n_columns && !g_str_equal (table->columns[at].name, views[i].name))
        {
          at = (at + 1) % table->n_columns;
          tries++;
        }
      if (tries == table->n_columns)
        continue; /* a column that this program does not know */
      if (cells[at] || !gez_cell_view_fits (&views[i], &table->columns[at]))
        return FALSE;
      cells[at] = &views[i];
    }
  for (guint i = 1; i < table->n_columns; i++)
    if (i != table->id_column && cells[i] == NULL && table->columns[i].is_required)
      return FALSE;
  return TRUE;
}

static gboolean
is_in_its_circle (const GezTable     *table,
                  GezWrite           *write,
                  const GezCellView **cells)
{
  const GezCellView *circle = cells[gez_table_find_column (table, "circle")];
  gsize size;
  gconstpointer of_circle;

  if (write->of_circle == NULL)
    return TRUE;
  of_circle = g_bytes_get_data (write->of_circle, &size);
  return circle->size == size && memcmp (circle->data, of_circle, size) == 0;
}

static void
bind_view (GezStatement      *statement,
           int                place,
           const GezCellView *view,
           const GezColumn   *column)
{
  if (view == NULL && column->standard)
    gez_merge_bind (statement, place, column->standard);
  else if (view == NULL || view->type == 'u')
    gez_statement_bind_null (statement, place);
  else if (view->type == 'x')
    gez_statement_bind_integer (statement, place, gez_cell_view_number (view));
  else if (view->type == 's')
    gez_statement_bind_text (statement, place, (const char *) view->data);
  else
    gez_statement_bind_bytes (statement, place, view->data, view->size);
}

static gboolean
find_parents (GezMerge           *self,
              const GezTable     *table,
              const GezCellView **cells,
              gboolean           *found,
              GError            **error)
{
  *found = TRUE;
  for (guint i = 0; *found && i < table->references->len; i++)
    {
      GezReference *reference = &g_array_index (table->references, GezReference, i);
      const GezTable *of = gez_schema_find (gez_database_get_schema (self->database), reference->table);
      const GezCellView *cell = cells[reference->column];
      GezId parent;

      if (of == NULL || cell == NULL || cell->type != 'a')
        continue;
      memcpy (parent.bytes, cell->data, GEZ_ID_SIZE);
      if (!gez_merge_find_row (self, of, &parent, found, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
run_insert (GezMaker              *maker,
            const GezId        *id,
            const GezCellView **cells,
            GError            **error)
{
  int place = 2;

  gez_statement_bind_bytes (maker->insert, 1, id->bytes, GEZ_ID_SIZE);
  for (guint i = 1; i < maker->table->n_columns; i++)
    if (i != maker->table->id_column)
      bind_view (maker->insert, place++, cells[i], &maker->table->columns[i]);
  return gez_statement_run (maker->insert, error);
}

static gboolean
index_row (GezMerge    *self,
           GezMaker       *maker,
           const GezId *id,
           GError     **error)
{
  if (maker->table->search_table == NULL)
    return TRUE;
  if (maker->search == NULL &&
      (maker->search = gez_search_index_prepare (self->database, maker->table, error)) == NULL)
    return FALSE;
  gez_statement_bind_bytes (maker->search, 1, id->bytes, GEZ_ID_SIZE);
  return gez_statement_run (maker->search, error);
}

static Straight
insert_straight (GezMerge           *self,
                 const GezTable     *table,
                 GezWrite           *write,
                 const GezCellView **cells,
                 GError            **error)
{
  GezMaker *maker = gez_merge_find_maker (self, table, error);
  gboolean found;

  if (maker == NULL || !find_parents (self, table, cells, &found, error))
    return STRAIGHT_FAILED;
  if (!found)
    return STRAIGHT_NO;
  if (!run_insert (maker, &write->id, cells, error))
    return STRAIGHT_FAILED;
  if (gez_database_get_n_changed (self->database) == 0)
    return STRAIGHT_NO;
  gez_merge_note_made (self, table, &write->id);
  return index_row (self, maker, &write->id, error) && gez_merge_wake (self, &write->id, error) ? STRAIGHT_YES : STRAIGHT_FAILED;
}

static gboolean
is_held (GezMerge    *self,
         const GezId *id)
{
  return self->any_held &&
         gez_database_integer (self->database, 0, "SELECT 1 FROM held WHERE id = ?", GEZ_ID, id, GEZ_END) != 0;
}

/**
 * gez_merge_make_new:
 * @write: one that the log did not have
 *
 * Makes its row when it is alone, and queues it otherwise.
 */
gboolean
gez_merge_make_new (GezMerge *self,
                    GezWrite *write,
                    GError  **error)
{
  const GezTable *table = gez_schema_find (gez_database_get_schema (self->database), write->table);
  GezCellView views[GEZ_SCAN_CELLS_MAX];
  const GezCellView *cells[GEZ_SCAN_CELLS_MAX];
  Straight straight = STRAIGHT_NO;
  guint n_views = 0;

  if (write->is_birth && table && table->n_columns <= GEZ_SCAN_CELLS_MAX &&
      !g_hash_table_contains (self->queued, &write->id) && !is_held (self, &write->id) &&
      gez_scan_birth (write->cells, views, &n_views) && read_birth (table, views, n_views, cells) &&
      is_in_its_circle (table, write, cells))
    straight = insert_straight (self, table, write, cells, error);
  if (straight == STRAIGHT_NO)
    gez_merge_touch (self, &write->id);
  return straight != STRAIGHT_FAILED;
}
