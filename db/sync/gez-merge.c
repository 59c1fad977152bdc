/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/gez-merge.h"

#include <string.h>

#include "sync/gez-merge-make.h"
#include "sync/gez-merge-scan.h"

/* Merging what several devices wrote.
 *
 * 1. A row is a function of the *set* of writes that the log holds for it: any order of arrival, any
 *    duplicates, give the same row. Applying therefore adds to the log first and then makes each
 *    touched row anew from everything the log has on it (gez-merge-row.c says how).
 * 2. The heads of a column are its writes that no other write of that column replaced. With several
 *    heads the column shows the greatest (wall, device, counter) and the others stay in the log.
 * 3. A birth covers every column; columns it does not name are NULL.
 * 4. A row whose birth is not here yet, or whose parent is not, is not made; it is held and tried
 *    again when that arrives (gez-merge-make.c). Its writes are in the log all the same.
 * 5. Writes to tables and columns that this program does not know stay in the log untouched.
 * 6. Nothing of this is captured: merging makes no writes of this device's own.
 * 7. One version is one write. When two are told apart by nothing but their bytes, because somebody lies, every
 *    device keeps the same one: own before direct, before one in a snapshot, before relayed; then the least.
 *
 * Thread: the store's worker. */

#define WALL_AT_MAX G_GINT64_CONSTANT (253402300799999) /* the end of the year 9999 */

/**
 * gez_merge_read_log:
 *
 * Returns: (transfer full) (element-type GezWrite): the whole log, oldest arrival first
 */
GPtrArray *
gez_merge_read_log (GezDatabase *database,
                    GError     **error)
{
  g_autoptr (GPtrArray) writes = g_ptr_array_new_with_free_func ((GDestroyNotify) gez_write_free);
  g_autoptr (GezStatement) statement = NULL;
  GError *failure = NULL;

  statement = gez_database_query (database, error, "SELECT " GEZ_WRITE_COLUMNS " FROM change_log ORDER BY row",
                                  GEZ_END);
  while (statement && gez_statement_next (statement, &failure))
    g_ptr_array_add (writes, gez_write_read (statement));
  if (failure)
    g_propagate_error (error, failure);
  return statement && failure == NULL ? g_steal_pointer (&writes) : NULL;
}

/* The log --------------------------------------------------------------------------------------- */

static gboolean
is_direct (GezWrite *write)
{
  return gez_id_is_none (&write->brought_by);
}

static int
compare_bytes (GBytes *a,
               GBytes *b)
{
  return a && b ? g_bytes_compare (a, b) : (a != NULL) - (b != NULL);
}

/* The same order on every device. */
static int
compare_content (GezWrite *a,
                 GezWrite *b)
{
  int order = gez_id_compare (&a->id, &b->id);

  if (order == 0)
    order = strcmp (a->table, b->table);
  if (order == 0)
    order = (int) a->is_birth - (int) b->is_birth;
  if (order == 0)
    order = (a->wall_at > b->wall_at) - (a->wall_at < b->wall_at);
  if (order == 0)
    order = (a->command > b->command) - (a->command < b->command);
  if (order == 0)
    order = strcmp (a->act, b->act);
  return order ? order : compare_bytes (a->cells, b->cells);
}

/* How sure it is that this is what the author wrote. */
static int
rank (GezWrite *write)
{
  if (write->of_circle == NULL)
    return 0;
  return is_direct (write) ? 1 : write->is_relay ? 3 : 2;
}

/* Whether @write takes the place of @present, another one of the same version. */
static gboolean
goes_before (GezWrite *write,
             GezWrite *present)
{
  int order;

  if (present->of_circle == NULL || rank (write) != rank (present))
    return present->of_circle != NULL && rank (write) < rank (present);
  order = compare_content (write, present);
  if (order == 0 && !is_direct (write))
    order = gez_id_compare (&write->brought_by, &present->brought_by);
  if (order == 0 && !is_direct (write))
    order = compare_bytes (write->of_circle, present->of_circle);
  return order < 0;
}

static gboolean
insert_into_log (GezMerge *self,
                 GezWrite *write,
                 GError  **error)
{
  GezStatement *statement = self->insert_write;

  gez_statement_bind_bytes (statement, 1, write->version.device.bytes, GEZ_ID_SIZE);
  gez_statement_bind_integer (statement, 2, (gint64) write->version.counter);
  gez_statement_bind_integer (statement, 3, (gint64) write->command);
  gez_statement_bind_text (statement, 4, write->act);
  gez_statement_bind_text (statement, 5, write->table);
  gez_statement_bind_bytes (statement, 6, write->id.bytes, GEZ_ID_SIZE);
  gez_statement_bind_integer (statement, 7, write->is_birth);
  gez_statement_bind_integer (statement, 8, write->wall_at);
  gez_statement_bind_bytes (statement, 9, g_bytes_get_data (write->cells, NULL), g_bytes_get_size (write->cells));
  if (write->of_circle)
    gez_statement_bind_bytes (statement, 10, g_bytes_get_data (write->of_circle, NULL),
                              g_bytes_get_size (write->of_circle));
  else
    gez_statement_bind_null (statement, 10);
  if (is_direct (write))
    gez_statement_bind_null (statement, 11);
  else
    gez_statement_bind_bytes (statement, 11, write->brought_by.bytes, GEZ_ID_SIZE);
  if (write->is_relay)
    gez_statement_bind_integer (statement, 12, 1);
  else
    gez_statement_bind_null (statement, 12);
  return gez_statement_run (statement, error);
}

static GezWrite *
find_write (GezDatabase      *database,
            const GezVersion *version,
            GError          **error)
{
  g_autoptr (GezStatement) statement = NULL;

  statement = gez_database_query (database, error,
                                  "SELECT " GEZ_WRITE_COLUMNS " FROM change_log WHERE device = ? AND counter = ?",
                                  GEZ_ID, &version->device, GEZ_INTEGER, (gint64) version->counter, GEZ_END);
  return statement && gez_statement_next (statement, error) ? gez_write_read (statement) : NULL;
}

static gboolean
forget (GezDatabase *database,
        GezWrite    *write,
        GError     **error)
{
  return gez_database_execute (database, error, "DELETE FROM change_log WHERE device = ? AND counter = ?", GEZ_ID,
                               &write->version.device, GEZ_INTEGER, (gint64) write->version.counter, GEZ_END) &&
         gez_database_execute (database, error, "DELETE FROM also_under WHERE id = ? AND device = ? AND counter = ?",
                               GEZ_ID, &write->id, GEZ_ID, &write->version.device, GEZ_INTEGER,
                               (gint64) write->version.counter, GEZ_END);
}

static gboolean
add_circle (GezMerge *self,
            GezWrite *write,
            GError  **error)
{
  if (!gez_database_execute (self->database, error, "INSERT OR IGNORE INTO also_under VALUES (?, ?, ?, ?)", GEZ_ID,
                             &write->id, GEZ_ID, &write->version.device, GEZ_INTEGER,
                             (gint64) write->version.counter, GEZ_BLOB, write->of_circle, GEZ_END))
    return FALSE;
  if (gez_database_get_n_changed (self->database) > 0)
    gez_merge_touch (self, &write->id);
  return TRUE;
}

/* A version that is known already comes again: perhaps at first hand now, or under another circle. */
static gboolean
meet_again (GezMerge *self,
            GezWrite *write,
            GError  **error)
{
  GError *failure = NULL;
  GezWrite *present = find_write (self->database, &write->version, &failure);
  gboolean done = failure == NULL;

  if (present && write->of_circle && goes_before (write, present))
    {
      done = forget (self->database, present, &failure) && insert_into_log (self, write, &failure);
      gez_merge_touch (self, &present->id);
      gez_merge_touch (self, &write->id);
      self->n_applied++;
    }
  else if (present && present->of_circle && write->of_circle && is_direct (write) && is_direct (present) &&
           compare_content (write, present) == 0 && !g_bytes_equal (write->of_circle, present->of_circle))
    done = add_circle (self, write, &failure);
  if (present)
    gez_write_free (present);
  if (failure)
    g_propagate_error (error, failure);
  return done;
}

static gboolean
add_write (GezMerge *self,
           GezWrite *write,
           GError  **error)
{
  if (!insert_into_log (self, write, error))
    return FALSE;
  if (gez_database_get_n_changed (self->database) == 0)
    return meet_again (self, write, error);
  self->n_applied++;
  return gez_merge_make_new (self, write, error);
}

static gboolean
apply_all (GezMerge  *self,
           GPtrArray *writes,
           GError   **error)
{
  for (guint i = 0; i < writes->len; i++)
    if (!add_write (self, g_ptr_array_index (writes, i), error))
      return FALSE;
  return gez_merge_make_touched (self, error);
}

/**
 * gez_merge_apply:
 * @writes: (element-type GezWrite): in any order, perhaps known already
 *
 * Adds writes to the log as they are, with the circle under which each came, and makes the rows that they touch anew.
 *
 * Transaction: its own.
 *
 * Returns: %TRUE when all of it is durable; nothing was changed otherwise
 */
gboolean
gez_merge_apply (GezDatabase *database,
                 GPtrArray   *writes,
                 GError     **error)
{
  gboolean applied;
  GezMerge *self;

  g_return_val_if_fail (database != NULL && writes != NULL, FALSE);

  if (!gez_database_begin (database, error))
    return FALSE;
  self = gez_merge_begin (database, NULL, error);
  applied = self && apply_all (self, writes, error);
  g_clear_pointer (&self, gez_merge_end);
  if (applied)
    return gez_database_commit (database, error);
  gez_database_rollback (database);
  return FALSE;
}

/* From others ----------------------------------------------------------------------------------- */

static gboolean
are_cells_sound (GBytes *bytes)
{
  GezCellView views[GEZ_SCAN_CELLS_MAX];
  g_autoptr (GVariant) cells = NULL;
  guint n_views;

  if (gez_scan_birth (bytes, views, &n_views))
    return TRUE;
  cells = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (GEZ_LOG_CELLS_TYPE), bytes, FALSE));
  return g_bytes_get_size (bytes) > 0 && g_variant_is_normal_form (cells);
}

/* What nobody's program writes is not taken from anybody. A version of this device that is not in its log is
 * forged; seeds never travel. */
static gboolean
is_sound (GezMerge *self,
          GezWrite *write)
{
  return write->version.counter > 0 && write->version.counter <= G_MAXINT64 && write->command <= G_MAXINT64 &&
         write->wall_at >= 0 && write->wall_at <= WALL_AT_MAX && !gez_id_is_none (&write->version.device) &&
         !gez_id_is_none (&write->id) && !gez_id_equal (&write->version.device, &write->id) &&
         !gez_id_equal (&write->version.device, &self->device) && are_cells_sound (write->cells);
}

/*
 * gez_merge_apply_brought:
 * @is_relay: whether writes of other devices than @brought_by came in a relay; else in a snapshot, under the key of @circle
 *
 * As gez_merge_apply_received().
 */
gboolean
gez_merge_apply_brought (GezDatabase     *database,
                         const GezCircle *circle,
                         const GezId     *brought_by,
                         gboolean         is_relay,
                         GPtrArray       *writes,
                         GPtrArray       *tables,
                         guint           *n_applied,
                         GError         **error)
{
  guint8 encoded[GEZ_CIRCLE_SIZE_MAX];
  g_autoptr (GBytes) of_circle = NULL;
  gboolean applied = TRUE;
  GezMerge *self = gez_merge_begin (database, tables, error);

  if (self == NULL)
    return FALSE;
  of_circle = g_bytes_new (encoded, gez_circle_encode (*circle, encoded));
  for (guint i = 0; applied && i < writes->len; i++)
    {
      GezWrite *write = g_ptr_array_index (writes, i);

      if (!is_sound (self, write))
        continue;
      g_clear_pointer (&write->of_circle, g_bytes_unref);
      write->of_circle = g_bytes_ref (of_circle);
      write->brought_by = gez_id_equal (&write->version.device, brought_by) ? GEZ_ID_NONE : *brought_by;
      write->is_relay = is_relay && !is_direct (write);
      applied = add_write (self, write, error);
    }
  applied = applied && gez_merge_make_touched (self, error);
  if (n_applied)
    *n_applied = self->n_applied;
  gez_merge_end (self);
  return applied;
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
  g_return_val_if_fail (database != NULL && circle != NULL && brought_by != NULL && writes != NULL, FALSE);

  return gez_merge_apply_brought (database, circle, brought_by, TRUE, writes, tables, n_applied, error);
}
