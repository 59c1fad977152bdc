/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-history-private.h"

struct _GezHistoryAct
{
  GObject parent_instance;

  GezId device;
  guint64 command;
  char *code;
  gint64 at;
  gint64 place; /* in the log of this store: of the act's first row */
  char *day_on;
  char *time;
  char *name;
  GPtrArray *rows; /* GezHistoryRow */
  guint n_rows;
};

G_DEFINE_FINAL_TYPE (GezHistoryAct, gez_history_act, G_TYPE_OBJECT)

static void
cell_clear (gpointer data)
{
  GezHistoryCell *cell = data;

  g_free (cell->before.text);
  g_free (cell->after.text);
}

static void
row_free (gpointer data)
{
  GezHistoryRow *row = data;

  g_free (row->subject);
  g_array_unref (row->cells);
  g_free (row);
}

static void
gez_history_act_finalize (GObject *object)
{
  GezHistoryAct *self = GEZ_HISTORY_ACT (object);

  g_free (self->code);
  g_free (self->day_on);
  g_free (self->time);
  g_free (self->name);
  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (gez_history_act_parent_class)->finalize (object);
}

static void
gez_history_act_class_init (GezHistoryActClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gez_history_act_finalize;
}

static void
gez_history_act_init (GezHistoryAct *self)
{
  self->rows = g_ptr_array_new_with_free_func (row_free);
}

/* The query's side ----------------------------------------------------------------------------- */

GezHistoryAct *
gez_history_act_new (const GezId *device,
                     guint64      command,
                     const char  *code,
                     gint64       at)
{
  GezHistoryAct *self = g_object_new (GEZ_TYPE_HISTORY_ACT, NULL);

  self->device = *device;
  self->command = command;
  self->code = g_strdup (code);
  self->at = at;
  return self;
}

void
gez_history_act_set_when (GezHistoryAct *self,
                          GezClock      *clock)
{
  self->day_on = gez_clock_date_of (clock, self->at);
  self->time = gez_clock_time_of (clock, self->at);
}

void
gez_history_act_set_name (GezHistoryAct *self,
                          const char    *name)
{
  self->name = g_strdup (name);
}

gboolean
gez_history_act_is (GezHistoryAct *self,
                    const GezId   *device,
                    guint64        command)
{
  return self->command == command && gez_id_equal (&self->device, device);
}

/* Returns: (transfer none): the new row, to be filled */
GezHistoryRow *
gez_history_act_add_row (GezHistoryAct *self,
                         const char    *table,
                         const GezId   *id,
                         gboolean       is_birth)
{
  GezHistoryRow *row = g_new0 (GezHistoryRow, 1);

  row->table = g_intern_string (table);
  row->id = *id;
  row->is_birth = is_birth;
  row->cells = g_array_new (FALSE, TRUE, sizeof (GezHistoryCell));
  g_array_set_clear_func (row->cells, cell_clear);
  g_ptr_array_add (self->rows, row);
  return row;
}

/* One more row of the log belongs to this act, whether its cells are shown or not. */
void
gez_history_act_count (GezHistoryAct *self,
                       gint64         place)
{
  self->n_rows++;
  self->place = place;
}

/* The log was read backwards; a person reads what was written first, first. */
void
gez_history_act_finish (GezHistoryAct *self)
{
  gpointer *rows = self->rows->pdata;
  guint n_rows = self->rows->len;

  for (guint i = 0; i < n_rows / 2; i++)
    {
      gpointer row = rows[i];

      rows[i] = rows[n_rows - 1 - i];
      rows[n_rows - 1 - i] = row;
    }
}

const GezId *
gez_history_act_get_device (GezHistoryAct *self)
{
  return &self->device;
}

/* Everybody's side ----------------------------------------------------------------------------- */

/**
 * gez_history_act_get_code:
 *
 * Returns: (transfer none): name of the command, as "undo"
 */
const char *
gez_history_act_get_code (GezHistoryAct *self)
{
  g_return_val_if_fail (GEZ_IS_HISTORY_ACT (self), NULL);

  return self->code;
}

/**
 * gez_history_act_get_at:
 *
 * Returns: when, by the clock of who did it: milliseconds UTC
 */
gint64
gez_history_act_get_at (GezHistoryAct *self)
{
  g_return_val_if_fail (GEZ_IS_HISTORY_ACT (self), 0);

  return self->at;
}

/**
 * gez_history_act_get_day_on:
 *
 * Returns: (transfer none): the day, in the team's zone
 */
const char *
gez_history_act_get_day_on (GezHistoryAct *self)
{
  g_return_val_if_fail (GEZ_IS_HISTORY_ACT (self), NULL);

  return self->day_on;
}

/**
 * gez_history_act_get_time:
 *
 * Returns: (transfer none): the time of day, HH:MM in the team's zone
 */
const char *
gez_history_act_get_time (GezHistoryAct *self)
{
  g_return_val_if_fail (GEZ_IS_HISTORY_ACT (self), NULL);

  return self->time;
}

/**
 * gez_history_act_get_name:
 *
 * Returns: (transfer none) (nullable): who did it; %NULL when it came from a device of which this
 *   store does not know the member
 */
const char *
gez_history_act_get_name (GezHistoryAct *self)
{
  g_return_val_if_fail (GEZ_IS_HISTORY_ACT (self), NULL);

  return self->name;
}

/**
 * gez_history_act_get_rows:
 *
 * Returns: (transfer none) (element-type GezHistoryRow): the rows that it wrote, in that order; of
 *   very many only the last ones
 */
GPtrArray *
gez_history_act_get_rows (GezHistoryAct *self)
{
  g_return_val_if_fail (GEZ_IS_HISTORY_ACT (self), NULL);

  return self->rows;
}

/**
 * gez_history_act_get_n_rows:
 *
 * Returns: how many rows it wrote in all
 */
guint
gez_history_act_get_n_rows (GezHistoryAct *self)
{
  g_return_val_if_fail (GEZ_IS_HISTORY_ACT (self), 0);

  return self->n_rows;
}

/**
 * gez_history_act_get_place:
 *
 * Returns: its place in the log of this store, for the page after it
 */
gint64
gez_history_act_get_place (GezHistoryAct *self)
{
  g_return_val_if_fail (GEZ_IS_HISTORY_ACT (self), 0);

  return self->place;
}

/**
 * gez_history_row_find:
 * @row: a row of an act
 * @column: name of a column
 *
 * Returns: (transfer none) (nullable): what was written there; %NULL when nothing was
 */
const GezHistoryCell *
gez_history_row_find (const GezHistoryRow *row,
                      const char          *column)
{
  g_return_val_if_fail (row != NULL && column != NULL, NULL);

  for (guint i = 0; i < row->cells->len; i++)
    {
      const GezHistoryCell *cell = &g_array_index (row->cells, GezHistoryCell, i);

      if (g_str_equal (cell->column, column))
        return cell;
    }
  return NULL;
}
