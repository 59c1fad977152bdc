/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/gez-sync-status.h"

#include <stdlib.h>

#include "model/gez-conflict.h"
#include "store/gez-attachment.h"

/* What a person may know of the shared folder, from the tables of this device alone: nothing here waits for a
 * disk or a server. */

#define MINUTE (60 * G_GINT64_CONSTANT (1000))
#define DAY (24 * 60 * MINUTE)
#define AHEAD (10 * MINUTE)
#define WRITTEN_EVERY (5 * MINUTE)

/* Own writes that the folder does not have: what stands in no segment, and what stands in one that waits. */
#define DELIVERED                                                                                            \
  "coalesce((SELECT min(first_counter) - 1 FROM own_file WHERE published_at IS NULL "                        \
  "AND first_counter IS NOT NULL), (SELECT published_counter FROM sync_state, device "                       \
  "WHERE sync_state.device = device.id), 0)"

/* When the folder of a device was read last, as long as this program runs: writing it down at every round
 * would write to the disk twice a minute for nothing. */
G_LOCK_DEFINE_STATIC (reads);
static GHashTable *reads; /* GezId to gint64 */

static void
device_free (gpointer data)
{
  GezSyncDevice *device = data;

  g_free (device->member_name);
  g_free (device);
}

static void
problem_free (gpointer data)
{
  GezSyncProblem *problem = data;

  g_free (problem->path);
  g_free (problem->why);
  g_free (problem->member_name);
  g_free (problem);
}

static gboolean
end_rows (GError  *failure,
          GError **error)
{
  if (failure)
    g_propagate_error (error, failure);
  return failure == NULL;
}

static gboolean
get_device (GezDatabase *database,
            GezId       *device)
{
  g_autoptr (GezStatement) row = gez_database_query (database, NULL, "SELECT id FROM device", GEZ_END);

  if (row == NULL || !gez_statement_next (row, NULL))
    return FALSE;
  *device = gez_statement_get_id (row, 0);
  return TRUE;
}

static gint64
find_read (GezDatabase *database)
{
  gint64 *at = NULL;
  gint64 found = 0;
  GezId device;

  if (!get_device (database, &device))
    return 0;
  G_LOCK (reads);
  at = reads ? g_hash_table_lookup (reads, &device) : NULL;
  found = at ? *at : 0;
  G_UNLOCK (reads);
  return found;
}

/**
 * gez_sync_status_note_read:
 *
 * Remembers that the folder was read to its end just now.
 *
 * Returns: whether it is long ago that this was written down
 *
 * Thread: the store's worker.
 */
gboolean
gez_sync_status_note_read (GezDatabase *database)
{
  gint64 now = gez_clock_get_now (gez_database_get_clock (database));
  gint64 written = gez_database_integer (database, 0, "SELECT last_read_at FROM sync_state", GEZ_END);
  GezId device;

  if (get_device (database, &device))
    {
      G_LOCK (reads);
      if (reads == NULL)
        reads = g_hash_table_new_full (gez_id_hash, gez_id_equal, g_free, g_free);
      g_hash_table_replace (reads, gez_id_copy (&device), g_memdup2 (&now, sizeof now));
      G_UNLOCK (reads);
    }
  return ABS (now - written) >= WRITTEN_EVERY;
}

static gboolean
read_state (GezDatabase   *database,
            GezSyncStatus *status,
            GError       **error)
{
  g_autoptr (GezStatement) row = NULL;
  GError *failure = NULL;

  row = gez_database_query (
      database, error,
      "SELECT t.folder_uri, s.own_sequence, s.last_read_at, s.last_published_at, s.restored_at "
      "FROM team AS t LEFT JOIN sync_state AS s ON s.row = 1",
      GEZ_END);
  if (row == NULL)
    return FALSE;
  if (gez_statement_next (row, &failure))
    {
      status->has_team = TRUE;
      status->folder_uri = g_strdup (gez_statement_get_text (row, 0));
      status->own_sequence = (guint64) gez_statement_get_integer (row, 1);
      status->last_read_at = gez_statement_get_integer (row, 2);
      status->last_published_at = gez_statement_get_integer (row, 3);
      status->restored_at = gez_statement_get_integer (row, 4);
    }
  status->last_read_at = MAX (status->last_read_at, find_read (database));
  return end_rows (failure, error);
}

/* Acts, not rows: a person counts what she did. A new member of the roster is an act too. */
static gboolean
read_waiting (GezDatabase   *database,
              GezSyncStatus *status,
              GError       **error)
{
  g_autoptr (GezStatement) row = NULL;
  GError *failure = NULL;

  row = gez_database_query (
      database, error,
      "SELECT count(*), min(at) FROM ("
      "SELECT min(l.wall_at) AS at FROM change_log AS l, device AS d "
      "WHERE l.device = d.id AND l.counter > " DELIVERED " GROUP BY l.command "
      "UNION ALL SELECT min(l.wall_at) FROM waiting_write AS w JOIN change_log AS l "
      "ON l.device = w.device AND l.counter = w.counter GROUP BY l.device, l.command "
      "UNION ALL SELECT made_at FROM own_file WHERE published_at IS NULL AND path LIKE 'r/%')",
      GEZ_END);
  if (row == NULL)
    return FALSE;
  if (gez_statement_next (row, &failure))
    {
      status->n_waiting = (guint) gez_statement_get_integer (row, 0);
      status->oldest_waiting_at = gez_statement_get_integer (row, 1);
    }
  return end_rows (failure, error);
}

static int
compare_skews (const void *a,
               const void *b)
{
  gint64 one = *(const gint64 *) a, other = *(const gint64 *) b;

  return one < other ? -1 : one > other;
}

/* How far a clock is ahead is judged against the middle of all clocks: the own one may be the wrong one. */
static void
mark_clocks (GPtrArray *devices,
             GArray    *skews)
{
  g_autoptr (GArray) sorted = g_array_copy (skews);
  gint64 middle;

  if (sorted->len == 0)
    return;
  qsort (sorted->data, sorted->len, sizeof (gint64), compare_skews);
  middle = g_array_index (sorted, gint64, (sorted->len - 1) / 2);
  for (guint i = 0; i < devices->len; i++)
    ((GezSyncDevice *) g_ptr_array_index (devices, i))->is_clock_ahead =
      g_array_index (skews, gint64, i) - middle > AHEAD;
}

static GezSyncDevice *
read_device (GezStatement *row)
{
  GezSyncDevice *device = g_new0 (GezSyncDevice, 1);

  device->device = gez_statement_get_id (row, 0);
  device->member = gez_statement_is_null (row, 1) ? GEZ_ID_NONE : gez_statement_get_id (row, 1);
  device->member_name = g_strdup (gez_statement_get_text (row, 2));
  device->is_this = gez_statement_get_integer (row, 3) != 0;
  device->is_removed = gez_statement_get_integer (row, 4) != 0;
  device->n_read = (guint64) gez_statement_get_integer (row, 5);
  device->last_wall_at = gez_statement_get_integer (row, 6);
  device->missing_since_at = gez_statement_get_integer (row, 7);
  device->is_forked = !gez_statement_is_null (row, 8);
  device->seen_ours = (guint64) gez_statement_get_integer (row, 9);
  if (device->missing_since_at != 0)
    device->n_missing = (guint) MAX (gez_statement_get_integer (row, 10), 1);
  return device;
}

static gboolean
read_devices (GezDatabase   *database,
              GezSyncStatus *status,
              GError       **error)
{
  g_autoptr (GezStatement) row = NULL;
  g_autoptr (GArray) skews = g_array_new (FALSE, FALSE, sizeof (gint64));
  GError *failure = NULL;

  row = gez_database_query (
    database, error,
    "SELECT s.device, s.member_id, m.name, s.device = d.id, s.is_removed, s.n_read, s.last_wall_at, "
    "s.missing_since_at, s.forked_at, o.sequence, "
    "CASE WHEN s.missing_since_at IS NULL THEN 0 ELSE max(s.last_sequence, coalesce((SELECT max(b.sequence) "
    "FROM seen_by AS b WHERE b.of_device = s.device), 0)) - s.sequence - (SELECT count(DISTINCT g.sequence) "
    "FROM segment AS g WHERE g.device = s.device AND g.sequence > s.sequence) END, s.last_read_at "
    "FROM device AS d, sync_device AS s LEFT JOIN member AS m ON m.id = s.member_id "
    "LEFT JOIN seen_by AS o ON o.device = s.device AND o.of_device = d.id "
    "WHERE EXISTS (SELECT 1 FROM team) "
    "ORDER BY s.is_removed, s.device <> d.id, m.name, s.device", GEZ_END);
  if (row == NULL)
    return FALSE;
  while (gez_statement_next (row, &failure))
    {
      GezSyncDevice *device = read_device (row);
      gint64 skew = 0;

      if (!device->is_this && device->last_wall_at != 0)
        skew = device->last_wall_at - gez_statement_get_integer (row, 11);
      g_ptr_array_add (status->devices, device);
      g_array_append_val (skews, skew);
    }
  mark_clocks (status->devices, skews);
  return end_rows (failure, error);
}

static gboolean
read_problems (GezDatabase   *database,
               GezSyncStatus *status,
               GError       **error)
{
  gint64 now = gez_clock_get_now (gez_database_get_clock (database));
  g_autoptr (GezStatement) row = NULL;
  GError *failure = NULL;

  row = gez_database_query (database, error,
                            "SELECT q.path, q.why, q.since_at, m.name FROM quarantine AS q "
                            "LEFT JOIN sync_device AS s ON s.device = q.device "
                            "LEFT JOIN member AS m ON m.id = s.member_id "
                            "WHERE q.since_at <= ? AND q.why <> 'removed' ORDER BY q.since_at, q.path",
                            GEZ_INTEGER, now - DAY, GEZ_END);
  if (row == NULL)
    return FALSE;
  while (gez_statement_next (row, &failure))
    {
      GezSyncProblem *problem = g_new0 (GezSyncProblem, 1);

      problem->path = g_strdup (gez_statement_get_text (row, 0));
      problem->why = g_strdup (gez_statement_get_text (row, 1));
      problem->since_at = gez_statement_get_integer (row, 2);
      problem->member_name = g_strdup (gez_statement_get_text (row, 3));
      g_ptr_array_add (status->problems, problem);
    }
  return end_rows (failure, error);
}

static gpointer
read_cb (GezDatabase *database,
         gpointer     parameters,
         GError     **error)
{
  g_autoptr (GezSyncStatus) status = g_new0 (GezSyncStatus, 1);

  status->devices = g_ptr_array_new_with_free_func (device_free);
  status->problems = g_ptr_array_new_with_free_func (problem_free);
  if (!read_state (database, status, error))
    return NULL;
  if (!status->has_team)
    return g_steal_pointer (&status);
  if (!read_waiting (database, status, error) || !read_devices (database, status, error)
      || !read_problems (database, status, error))
    return NULL;
  status->n_files_waiting = (guint) gez_database_integer (
      database, 0,
      "SELECT count(*) FROM document AS d WHERE d.withdrawn_at IS NULL AND " GEZ_ATTACHMENT_IS_ON_ITS_WAY,
      GEZ_END);
  status->n_conflicts = gez_conflict_count (database);
  status->n_rotations_due
      = (guint) gez_database_integer (database, 0, "SELECT count(*) FROM rotation_due", GEZ_END);
  return g_steal_pointer (&status);
}

/**
 * gez_sync_status_query:
 *
 * Returns: (transfer full): a query for a #GezSyncStatus
 *
 * Thread: any.
 */
GezQuery *
gez_sync_status_query (void)
{
  return gez_query_new (read_cb, NULL, NULL, (GDestroyNotify) gez_sync_status_free);
}

/**
 * gez_sync_status_free:
 * @status: (transfer full): from gez_sync_status_query()
 */
void
gez_sync_status_free (GezSyncStatus *status)
{
  g_free (status->folder_uri);
  g_ptr_array_unref (status->devices);
  g_ptr_array_unref (status->problems);
  g_free (status);
}
