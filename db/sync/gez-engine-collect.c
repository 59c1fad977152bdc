/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/gez-engine-collect.h"

#include "sync/gez-merge.h"

/* Which own writes go into the next segment, and under which circle.
 *
 * 1. A write travels in the circle in which its row stands now.
 * 2. A row that this device moves is published whole in the circle to which it goes: own writes as such,
 *    those of others relayed. The write that moves it goes to both circles: only who could read a row can
 *    move it.
 * 3. Whatever has no place goes to waiting_write; it never holds up the others.
 *
 * Transaction: the caller's.
 * Thread: the store's worker. */

#define WRITE_COLUMNS                                                                                        \
  "l.device, l.counter, l.command, l.act, l.table_name, l.id, l.is_birth, l.wall_at, l.cells"
#define SIZE_OF_ROW 150
#define IS_OWN                                                                                               \
  "l.of_circle IS NULL AND l.device IN (SELECT id FROM device UNION SELECT id FROM former_device)"

typedef struct
{
  GezDatabase *database;
  GezEngineRows *rows;
  GHashTable *by_circle;   /* encoded circle to GezEngineBatch */
  GHashTable *placed;      /* set of texts: version and circle */
  gsize size;
} Collecting;

static void
batch_free (gpointer data)
{
  GezEngineBatch *batch = data;

  g_ptr_array_unref (batch->writes);
  g_hash_table_unref (batch->relays);
  g_free (batch);
}

void
gez_engine_rows_free (GezEngineRows *rows)
{
  g_ptr_array_unref (rows->batches);
  g_array_unref (rows->waited);
  g_free (rows);
}

static GezWrite *
read_write (GezStatement *row)
{
  GezWrite *write = g_new0 (GezWrite, 1);

  write->version.device = gez_statement_get_id (row, 0);
  write->version.counter = (guint64) gez_statement_get_integer (row, 1);
  write->command = (guint64) gez_statement_get_integer (row, 2);
  write->act = g_strdup (gez_statement_get_text (row, 3));
  write->table = g_strdup (gez_statement_get_text (row, 4));
  write->id = gez_statement_get_id (row, 5);
  write->is_birth = gez_statement_get_integer (row, 6) != 0;
  write->wall_at = gez_statement_get_integer (row, 7);
  write->cells = gez_statement_get_blob (row, 8);
  return write;
}

static GezWrite *
copy_write (const GezWrite *write)
{
  GezWrite *copy = g_memdup2 (write, sizeof *write);

  copy->act = g_strdup (write->act);
  copy->table = g_strdup (write->table);
  copy->cells = g_bytes_ref (write->cells);
  return copy;
}

static GezEngineBatch *
get_batch (Collecting *collecting,
           GBytes     *encoded)
{
  GezEngineBatch *batch = g_hash_table_lookup (collecting->by_circle, encoded);
  gsize size;
  gconstpointer data = g_bytes_get_data (encoded, &size);
  GezCircle circle;

  if (batch != NULL)
    return batch;
  if (!gez_circle_decode (data, size, &circle))
    return NULL;
  batch = g_new0 (GezEngineBatch, 1);
  batch->circle = circle;
  batch->writes = g_ptr_array_new_with_free_func ((GDestroyNotify) gez_write_free);
  batch->relays = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref,
                                         (GDestroyNotify) g_ptr_array_unref);
  g_ptr_array_add (collecting->rows->batches, batch);
  g_hash_table_insert (collecting->by_circle, g_bytes_ref (encoded), batch);
  return batch;
}

/* Whether a write goes into this circle for the first time in this segment. */
static gboolean
is_first (Collecting     *collecting,
          GBytes         *circle,
          const GezWrite *write)
{
  g_autofree char *device = gez_id_to_string (&write->version.device);
  g_autofree char *where = g_base64_encode (g_bytes_get_data (circle, NULL), g_bytes_get_size (circle));

  return g_hash_table_add (collecting->placed, g_strdup_printf ("%s %" G_GUINT64_FORMAT " %s", device,
                                                                write->version.counter, where));
}

/* @of_circle: (nullable): under which circle somebody else's came here. */
static gboolean
place (Collecting     *collecting,
       GBytes         *circle,
       GBytes         *of_circle,
       const GezWrite *write)
{
  GezEngineBatch *batch = get_batch (collecting, circle);
  GPtrArray *list;

  if (batch == NULL || !is_first (collecting, circle, write))
    return batch != NULL;
  collecting->size += g_bytes_get_size (write->cells) + SIZE_OF_ROW;
  list = batch->writes;
  if (of_circle)
    list = g_hash_table_lookup (batch->relays, of_circle);
  if (list == NULL)
    {
      list = g_ptr_array_new_with_free_func ((GDestroyNotify) gez_write_free);
      g_hash_table_insert (batch->relays, g_bytes_ref (of_circle), list);
    }
  g_ptr_array_add (list, copy_write (write));
  return TRUE;
}

/* (nullable): in which circle the row stands now. */
static GBytes *
find_circle (GezDatabase *database,
             const char  *table,
             const GezId *id)
{
  g_autofree char *sql = g_strdup_printf ("SELECT circle FROM \"%s\" WHERE id = ?", table);
  g_autoptr (GezStatement) row = NULL;

  if (gez_schema_find (gez_database_get_schema (database), table) == NULL)
    return NULL;
  row = gez_database_query (database, NULL, sql, GEZ_ID, id, GEZ_END);
  if (row == NULL || !gez_statement_next (row, NULL))
    return NULL;
  return gez_statement_get_blob (row, 0);
}

/* (nullable): from where a write moved its row; NULL: it did not. */
static GBytes *
find_left_circle (GezDatabase    *database,
                  const GezWrite *write)
{
  g_autoptr (GVariant) cells = NULL;
  g_autoptr (GVariant) before = NULL;
  GVariantIter iter;
  const char *name;
  GVariant *replaced;

  if (write->is_birth)
    return NULL;
  cells = gez_log_cells_from_bytes (write->cells);
  g_variant_iter_init (&iter, cells);
  while (before == NULL && g_variant_iter_next (&iter, "(&sv@a(ayt))", &name, NULL, &replaced))
    {
      if (g_str_equal (name, "circle"))
        before = gez_log_get_replaced (database, &write->id, "circle", replaced, NULL);
      g_variant_unref (replaced);
    }
  if (before == NULL || !g_variant_is_of_type (before, G_VARIANT_TYPE_BYTESTRING))
    return NULL;
  return g_variant_get_data_as_bytes (before);
}

/* What a former device of this store wrote, this one can only relay. */
static gboolean
place_history (Collecting  *collecting,
               GBytes      *circle,
               GBytes      *left,
               const GezId *id,
               GError     **error)
{
  g_autoptr (GezStatement) row = NULL;
  GError *failure = NULL;

  row = gez_database_query (collecting->database, error,
                            "SELECT " WRITE_COLUMNS
                            ", l.of_circle, l.device = d.id FROM change_log AS l, device AS d "
                            "WHERE l.id = ? AND l.counter > 0 AND (l.of_circle IS NOT NULL OR " IS_OWN ") "
                            "ORDER BY l.row",
                            GEZ_ID, id, GEZ_END);
  if (row == NULL)
    return FALSE;
  while (gez_statement_next (row, &failure))
    {
      GezWrite *write = read_write (row);
      g_autoptr (GBytes) of_circle =
        gez_statement_is_null (row, 9) ? g_bytes_ref (left) : gez_statement_get_blob (row, 9);

      place (collecting, circle, gez_statement_get_integer (row, 10) ? NULL : of_circle, write);
      gez_write_free (write);
    }
  if (failure)
    g_propagate_error (error, failure);
  return failure == NULL;
}

static gboolean
set_waiting (GezDatabase      *database,
             const GezVersion *version,
             GError          **error)
{
  return gez_database_execute (database, error,
                               "INSERT INTO waiting_write (device, counter, is_stuck) VALUES (?, ?, 1) "
                               "ON CONFLICT (device, counter) DO UPDATE SET is_stuck = 1",
                               GEZ_ID, &version->device, GEZ_INTEGER, (gint64) version->counter, GEZ_END);
}

static gboolean
take (Collecting     *collecting,
      const GezWrite *write,
      GError        **error)
{
  g_autoptr (GBytes) circle = find_circle (collecting->database, write->table, &write->id);
  g_autoptr (GBytes) left = NULL;

  if (circle == NULL || !place (collecting, circle, NULL, write))
    return set_waiting (collecting->database, &write->version, error);
  left = find_left_circle (collecting->database, write);
  if (left == NULL || g_bytes_equal (left, circle))
    return TRUE;
  place (collecting, left, NULL, write);
  return place_history (collecting, circle, left, &write->id, error);
}

static gboolean
take_waiting (Collecting *collecting,
              gsize       limit,
              GError    **error)
{
  g_autoptr (GPtrArray) writes = g_ptr_array_new_with_free_func ((GDestroyNotify) gez_write_free);
  g_autoptr (GezStatement) row = NULL;
  GError *failure = NULL;

  row = gez_database_query (collecting->database, error,
                            "SELECT " WRITE_COLUMNS " FROM waiting_write AS w JOIN change_log AS l "
                            "ON l.device = w.device AND l.counter = w.counter "
                            "WHERE w.is_stuck = 0 AND w.is_former = 0 ORDER BY l.row LIMIT 5000", GEZ_END);
  if (row == NULL)
    return FALSE;
  while (gez_statement_next (row, &failure))
    g_ptr_array_add (writes, read_write (row));
  if (failure)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  for (guint i = 0; i < writes->len && collecting->size < limit; i++)
    {
      GezWrite *write = g_ptr_array_index (writes, i);

      g_array_append_val (collecting->rows->waited, write->version);
      if (!take (collecting, write, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
take_new (Collecting *collecting,
          gsize       limit,
          GError    **error)
{
  g_autoptr (GezStatement) row = NULL;
  GError *failure = NULL;

  row = gez_database_query (collecting->database, error,
                            "SELECT " WRITE_COLUMNS
                            " FROM change_log AS l, sync_state AS s WHERE l.device = s.device "
                            "AND l.counter > s.published_counter ORDER BY l.counter",
                            GEZ_END);
  if (row == NULL)
    return FALSE;
  while (collecting->size < limit && failure == NULL && gez_statement_next (row, &failure))
    {
      GezWrite *write = read_write (row);

      if (collecting->rows->first_counter == 0)
        collecting->rows->first_counter = write->version.counter;
      collecting->rows->last_counter = write->version.counter;
      take (collecting, write, &failure);
      gez_write_free (write);
    }
  if (failure)
    g_propagate_error (error, failure);
  return failure == NULL;
}

/**
 * gez_engine_collect:
 * @limit: about how many bytes at most; one write alone may be more
 *
 * Returns: (transfer full): what goes into the next segment, perhaps nothing; %NULL with @error set
 */
GezEngineRows *
gez_engine_collect (GezDatabase *database,
                    gsize        limit,
                    GError     **error)
{
  g_autoptr (GezEngineRows) rows = g_new0 (GezEngineRows, 1);
  g_autoptr (GHashTable) by_circle =
    g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, NULL);
  g_autoptr (GHashTable) placed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Collecting collecting = { database, rows, by_circle, placed, 0 };

  rows->batches = g_ptr_array_new_with_free_func (batch_free);
  rows->waited = g_array_new (FALSE, FALSE, sizeof (GezVersion));
  if (!take_waiting (&collecting, limit, error) || !take_new (&collecting, limit, error))
    return NULL;
  return g_steal_pointer (&rows);
}

/**
 * gez_engine_set_stuck:
 * @batch: of which no write goes into the segment
 *
 * Returns: %FALSE with @error set
 */
gboolean
gez_engine_set_stuck (GezDatabase    *database,
                      GezEngineBatch *batch,
                      GError        **error)
{
  for (guint i = 0; i < batch->writes->len; i++)
    if (!set_waiting (database, &((GezWrite *) g_ptr_array_index (batch->writes, i))->version, error))
      return FALSE;
  return TRUE;
}
