/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check.h"

#include <string.h>

#include "sync/gez-merge.h"

/* Which values stand in a cell, found anew from the log alone: those of writes that no other write replaced.
 * What the clocks said decides only which of several is shown. */

typedef struct
{
  char *version; /* "device counter" */
  char *value;   /* NULL: not a text */
  gint64 wall_at;
  gboolean is_birth;
  gboolean is_replaced;
} Written;

typedef struct
{
  GPtrArray *writes;
  char *id;
  char *table;
  char *column;
} Cell;

static void
written_free (gpointer data)
{
  Written *written = data;

  g_free (written->version);
  g_free (written->value);
  g_free (written);
}

static void
cell_free (gpointer data)
{
  Cell *cell = data;

  g_ptr_array_unref (cell->writes);
  g_free (cell->id);
  g_free (cell->table);
  g_free (cell->column);
  g_free (cell);
}

static char *
version_text (gconstpointer device, guint64 counter)
{
  g_autoptr (GBytes) bytes = g_bytes_new (device, GEZ_ID_SIZE);
  g_autofree char *hex = sim_hex (bytes);

  return g_strdup_printf ("%s %" G_GUINT64_FORMAT, hex, counter);
}

/* What is not a conflict, or stands elsewhere: lists, what is taken back, what the roster says. */
static gboolean
is_plain (const char *table, const char *column)
{
  return !g_str_equal (table, "member") && !g_str_equal (column, "domains") && !g_str_equal (column, "tags")
         && !g_str_has_prefix (column, "withdrawn_");
}

static Cell *
find_cell (GHashTable *cells, GezWrite *write, const char *column)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (write->id.bytes, GEZ_ID_SIZE);
  g_autofree char *id = sim_hex (bytes);
  g_autofree char *key = g_strconcat (id, " ", column, NULL);
  Cell *cell = g_hash_table_lookup (cells, key);

  if (cell == NULL)
    {
      cell = g_new0 (Cell, 1);
      cell->writes = g_ptr_array_new_with_free_func (written_free);
      cell->id = g_steal_pointer (&id);
      cell->table = g_strdup (write->table);
      cell->column = g_strdup (column);
      g_hash_table_insert (cells, g_steal_pointer (&key), cell);
    }
  return cell;
}

static void
add_written (Cell *cell, GezWrite *write, GVariant *value)
{
  Written *written = g_new0 (Written, 1);

  written->version = version_text (write->version.device.bytes, write->version.counter);
  written->value = value && g_variant_is_of_type (value, G_VARIANT_TYPE_STRING)
                       ? g_variant_dup_string (value, NULL)
                       : NULL;
  written->wall_at = write->wall_at;
  written->is_birth = write->is_birth;
  g_ptr_array_add (cell->writes, written);
}

static void
add_replaced (GHashTable *replaced, Cell *cell, GVariant *versions)
{
  GVariantIter iter;
  GVariant *device;
  guint64 counter;

  g_variant_iter_init (&iter, versions);
  while (g_variant_iter_next (&iter, "(@ayt)", &device, &counter))
    {
      g_autofree char *version = version_text (g_variant_get_data (device), counter);

      g_hash_table_add (replaced, g_strconcat (cell->id, " ", cell->column, " ", version, NULL));
      g_variant_unref (device);
    }
}

static void
read_write (GHashTable *cells, GHashTable *replaced, GezWrite *write)
{
  g_autoptr (GVariant) content = gez_log_cells_from_bytes (write->cells);
  GVariantIter iter;
  const char *column;
  GVariant *value, *versions;

  g_variant_iter_init (&iter, content);
  while (g_variant_iter_next (&iter, "(&sv@a(ayt))", &column, &value, &versions))
    {
      if (is_plain (write->table, column))
        {
          Cell *cell = find_cell (cells, write, column);

          add_written (cell, write, value);
          add_replaced (replaced, cell, versions);
        }
      g_variant_unref (value);
      g_variant_unref (versions);
    }
}

/* A birth writes all columns; those that it does not name are empty. */
static void
add_births (GHashTable *cells, GPtrArray *log)
{
  GHashTableIter iter;
  gpointer cell;

  for (guint i = 0; i < log->len; i++)
    {
      GezWrite *write = g_ptr_array_index (log, i);
      g_autoptr (GBytes) bytes = g_bytes_new_static (write->id.bytes, GEZ_ID_SIZE);
      g_autofree char *id = write->is_birth ? sim_hex (bytes) : NULL;

      g_hash_table_iter_init (&iter, cells);
      while (id && g_hash_table_iter_next (&iter, NULL, &cell))
        {
          gboolean names_it = FALSE;

          if (!g_str_equal (((Cell *)cell)->id, id))
            continue;
          for (guint k = 0; k < ((Cell *)cell)->writes->len; k++)
            names_it |= ((Written *)g_ptr_array_index (((Cell *)cell)->writes, k))->is_birth;
          if (!names_it)
            add_written (cell, write, NULL);
        }
    }
}

static gboolean
check_cell (SimCheck *check, SimView *view, GHashTable *replaced, Cell *cell)
{
  SimRow *row = g_hash_table_lookup (view->rows, cell->id);
  guint n_heads = 0;
  gboolean needs_entry = FALSE;

  for (guint i = 0; row && i < cell->writes->len; i++)
    {
      Written *written = g_ptr_array_index (cell->writes, i);
      g_autofree char *key = g_strconcat (cell->id, " ", cell->column, " ", written->version, NULL);

      written->is_replaced = g_hash_table_contains (replaced, key);
      n_heads += !written->is_replaced;
      needs_entry |= !written->is_replaced && !written->is_birth;
    }
  if (row == NULL || !(needs_entry || n_heads > 1))
    return TRUE;
  for (guint i = 0; i < cell->writes->len; i++)
    {
      Written *written = g_ptr_array_index (cell->writes, i);
      g_auto (GStrv) parts = g_strsplit (written->version, " ", 2);
      g_autofree char *entry = g_strdup_printf ("\n|%s|%s|%s", cell->column, parts[0], parts[1]);
      g_autofree char *whole = g_strconcat (row->text->str, "\n", NULL);
      g_autofree char *line = g_strconcat (entry, "\n", NULL);

      if ((strstr (whole, line) != NULL) == written->is_replaced)
        return sim_fail (check->world, "device %u: %s.%s: the write %s (%s) %s\n%s", view->device->number,
                         cell->table, cell->column, written->version, written->value,
                         written->is_replaced ? "was replaced and stands"
                                              : "was replaced by nobody and does not stand",
                         row->text->str);
    }
  return TRUE;
}

gboolean
sim_check_heads (SimCheck *check)
{
  g_autoptr (GHashTable) cells = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, cell_free);
  g_autoptr (GHashTable) replaced = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) log = NULL;
  GHashTableIter iter;
  SimView *view;
  gpointer cell;

  if (check->views->len == 0)
    return TRUE;
  view = g_ptr_array_index (check->views, sim_draw (check->world, (int)check->views->len));
  log = gez_merge_read_log (view->device->memory->database, NULL);
  for (guint i = 0; i < log->len; i++)
    read_write (cells, replaced, g_ptr_array_index (log, i));
  add_births (cells, log);
  g_hash_table_iter_init (&iter, cells);
  while (g_hash_table_iter_next (&iter, NULL, &cell))
    if (!check_cell (check, view, replaced, cell))
      return FALSE;
  return TRUE;
}
