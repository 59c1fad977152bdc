/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/gez-engine-private.h"

#include <string.h>

#include "sync/gez-snapshot.h"

/* Snapshots in a round.
 *
 * 1. A store that never read the folder to its end reads snapshots first, the newest first, each circle once;
 *    and so does one that got a key for what is older than it. What is wrong with one, or missing, costs only
 *    time: the segments say it all.
 * 2. Where snapshots cover every circle of which a key is here, older segments are not fetched. When that
 *    stops being so, they are.
 * 3. Making one takes a transaction for some rows at a time, so that nobody who works waits for it.
 * 4. An own snapshot goes when each of its circles stands in a newer one that is in the folder. */

#define SNAPSHOTS "n"
#define DAY (24 * 60 * 60 * G_GINT64_CONSTANT (1000))

/* One snapshot in the folder. */
typedef struct
{
  GezId snapshot;
  gint64 wall_at;
  GPtrArray *paths;          /* (element-type utf8) */
  GezSnapshotReader *reader;
  GArray *seen;              /* of GezSeen: what its parts say that it covers */
} Found;

typedef struct
{
  GezEngine *engine;
  GBytes *file;
  Found *found;
  gboolean is_look;          /* only when it was made */
  guint n_covered;           /* out */
} Reading;

typedef struct
{
  GezEngine *engine;
  GezSnapshotWriter *writer;
  GArray *due;
  gboolean is_over;
  GPtrArray *gone;           /* (element-type utf8): paths of the snapshot before */
} Making;

static void
found_free (gpointer data)
{
  Found *found = data;

  g_ptr_array_unref (found->paths);
  g_clear_pointer (&found->reader, gez_snapshot_reader_free);
  g_array_unref (found->seen);
  g_free (found);
}

/* Reading --------------------------------------------------------------------------------------- */

static GezSegment *
open_part (GezTeam *team,
           GBytes  *file)
{
  GezKeyring *keyring = gez_team_get_keyring (team);
  GezCircle circle = gez_circle_team ();
  g_autoptr (GArray) places = gez_keyring_find (keyring, &circle);
  g_autoptr (GezSecret) key = gez_secret_new (NULL);
  const GezRosterDevice *device;
  GezSegment *part = NULL;
  GezSegmentHead head;

  if (key == NULL || !gez_segment_peek (file, &head, NULL) || !head.is_snapshot ||
      !gez_id_equal (&head.team, gez_team_get_id (team)))
    return NULL;
  device = gez_roster_find_device (gez_team_get_roster (team), &head.device);
  /* What a removed device says of others is not taken from it any more. */
  if (device == NULL || device->is_removed)
    return NULL;
  for (guint i = 0; part == NULL && i < places->len; i++)
    {
      guint place = g_array_index (places, guint, i);

      if (gez_keyring_get (keyring, place)->number == head.key_number
          && gez_keyring_copy_key (keyring, place, key))
        part = gez_segment_open (file, key, device->public_key, NULL);
    }
  return part;
}

static gboolean
take_part_cb (GezDatabase *database,
              gpointer     data,
              GError     **error)
{
  Reading *reading = data;
  GezTeam *team = gez_engine_get_team (reading->engine, database, error);
  g_autoptr (GezSegment) part = NULL;
  GezEngineReport *report = reading->engine->report;

  if (team == NULL)
    return FALSE;
  part = open_part (team, reading->file);
  if (part == NULL || !gez_id_equal (&part->head.snapshot, &reading->found->snapshot))
    return TRUE;
  reading->found->wall_at = part->wall_at;
  if (reading->found->seen->len == 0)
    g_array_append_vals (reading->found->seen, part->seen->data, part->seen->len);
  return reading->is_look
         || gez_snapshot_read_part (reading->found->reader, database, team, part, report->tables,
                                    &report->n_writes_applied, error);
}

/* Up to where all circles of which a key is here are covered. */
#define COVERED                                                                                              \
  "(SELECT min(coalesce((SELECT c.sequence FROM snapshot_cover AS c WHERE c.of_circle = k.of_circle "        \
  "AND c.device = ?1), 0)) FROM circle_key AS k)"

static gboolean
note_covered (GezDatabase *database,
              GezSeen     *seen,
              GError     **error)
{
  g_autoptr (GBytes) hash = g_bytes_new (seen->hash.bytes, GEZ_HASH_SIZE);

  if (gez_database_integer (database, 0, "SELECT " COVERED " >= ?2", GEZ_ID, &seen->device, GEZ_INTEGER,
                            (gint64) seen->sequence, GEZ_END) == 0)
    return TRUE;
  return gez_database_execute (database, error,
                               "INSERT INTO sync_device (device) VALUES (?) ON CONFLICT DO NOTHING", GEZ_ID,
                               &seen->device, GEZ_END)
         && gez_database_execute (
             database, error,
             "UPDATE sync_device SET hash = CASE WHEN sequence < ?2 THEN ?3 ELSE hash END, "
             "sequence = max(sequence, ?2), last_sequence = max(last_sequence, ?2), "
             "covered_sequence = max(covered_sequence, ?2) WHERE device = ?1 "
             "AND device <> (SELECT id FROM device)",
             GEZ_ID, &seen->device, GEZ_INTEGER, (gint64) seen->sequence, GEZ_BLOB, hash, GEZ_END)
         && gez_engine_advance (database, &seen->device, error);
}

static gboolean
finish_cb (GezDatabase *database,
           gpointer     data,
           GError     **error)
{
  Reading *reading = data;
  GArray *seen = reading->found->seen;

  if (!gez_snapshot_reader_finish (reading->found->reader, database, &reading->n_covered, error))
    return FALSE;
  for (guint i = 0; i < seen->len; i++)
    if (!note_covered (database, &g_array_index (seen, GezSeen, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
take_part (GezEngine  *self,
           Found      *found,
           const char *path,
           gboolean    is_look,
           GError    **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GBytes) file = gez_engine_fetch (self, path, &failure);
  Reading reading = { self, file, found, is_look, 0 };

  if (file && gez_engine_change (self, take_part_cb, &reading, &failure))
    return TRUE;
  if (!gez_engine_is_fatal (failure))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
take_snapshot (GezEngine *self,
               Found     *found,
               GError   **error)
{
  Reading reading = { .engine = self, .found = found };

  found->reader = gez_snapshot_reader_new ();
  for (guint i = 0; i < found->paths->len; i++)
    if (!take_part (self, found, g_ptr_array_index (found->paths, i), FALSE, error))
      return FALSE;
  return gez_engine_change (self, finish_cb, &reading, error);
}

static gboolean
look_at (GezEngine  *self,
         const char *path,
         GPtrArray  *all,
         GError    **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GBytes) file = gez_engine_fetch (self, path, &failure);
  GezSegmentHead head;
  Found *found = NULL;

  if (file == NULL || !gez_segment_peek (file, &head, &failure) || !head.is_snapshot)
    {
      if (failure == NULL || !gez_engine_is_fatal (failure))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  for (guint i = 0; found == NULL && i < all->len; i++)
    if (gez_id_equal (&((Found *) all->pdata[i])->snapshot, &head.snapshot))
      found = all->pdata[i];
  if (found == NULL)
    {
      found = g_new0 (Found, 1);
      found->snapshot = head.snapshot;
      found->paths = g_ptr_array_new_with_free_func (g_free);
      found->seen = g_array_new (FALSE, FALSE, sizeof (GezSeen));
      g_ptr_array_add (all, found);
    }
  g_ptr_array_add (found->paths, g_strdup (path));
  return found->paths->len > 1 || take_part (self, found, path, TRUE, error);
}

static int
compare_newest (gconstpointer a,
                gconstpointer b)
{
  const Found *one = *(Found *const *) a, *other = *(Found *const *) b;

  return (one->wall_at < other->wall_at) - (one->wall_at > other->wall_at);
}

static gboolean
find_in (GezEngine  *self,
         const char *directory,
         GPtrArray  *all,
         GError    **error)
{
  GPtrArray *names = gez_engine_list (self, directory, error);

  for (guint i = 0; names && i < names->len; i++)
    {
      g_autofree char *path = g_strconcat (directory, "/", (char *) g_ptr_array_index (names, i), NULL);
      GezEngineName name;

      gez_engine_name_parse (g_ptr_array_index (names, i), &name);
      if (name.kind == GEZ_ENGINE_NAME_SNAPSHOT && !look_at (self, path, all, error))
        return FALSE;
    }
  return names != NULL;
}

static gboolean
is_new_cb (GezDatabase *database,
           gpointer     data,
           GError     **error)
{
  *(gboolean *)data
      = gez_database_integer (database, 0, "SELECT 1 FROM sync_state WHERE last_read_at IS NOT NULL", GEZ_END)
        == 0;
  return TRUE;
}

/**
 * gez_engine_read_snapshots:
 *
 * In a store that never read the folder to its end, or got a key for what is older: takes what snapshots
 * bring.
 *
 * Returns: %FALSE with @error set when the round cannot go on
 *
 * Thread: the engine's; here and below.
 */
gboolean
gez_engine_read_snapshots (GezEngine *self,
                           GError   **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (found_free);
  g_autofree char *root = gez_engine_find_directory (self, SNAPSHOTS, error);
  gboolean is_new = FALSE;
  GPtrArray *devices;

  if (root == NULL)
    return TRUE;
  if (!gez_engine_run (self, is_new_cb, &is_new, error))
    return FALSE;
  if (!is_new && !self->wants_snapshots)
    return TRUE;
  self->wants_snapshots = FALSE;
  devices = gez_engine_list (self, root, error);
  for (guint i = 0; devices && i < devices->len; i++)
    {
      g_autofree char *directory = g_strconcat (root, "/", (char *) g_ptr_array_index (devices, i), NULL);
      g_autoptr (GError) failure = NULL;

      if (find_in (self, directory, all, &failure) || !gez_engine_is_fatal (failure))
        continue;
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  g_ptr_array_sort (all, compare_newest);
  for (guint i = 0; i < all->len; i++)
    if (!take_snapshot (self, g_ptr_array_index (all, i), error))
      return FALSE;
  return devices != NULL;
}

/**
 * gez_engine_uncover:
 * @circle: of which a key came
 * @is_changed: (inout): set when older segments have to be fetched after all
 *
 * Snapshots that were read do not hold a circle that is older than they are. One that was begun later cannot
 * be in older segments.
 *
 * Transaction: the caller's.
 */
gboolean
gez_engine_uncover (GezDatabase     *database,
                    const GezCircle *circle,
                    gboolean        *is_changed,
                    GError         **error)
{
  guint8 encoded[GEZ_CIRCLE_SIZE_MAX];
  gsize size = gez_circle_encode (*circle, encoded);
  g_autoptr (GBytes) of_circle = g_bytes_new (encoded, size);

  if (gez_database_integer (
          database, 0,
          "SELECT EXISTS (SELECT 1 FROM sync_device AS s WHERE s.covered_sequence > 0 "
          "AND coalesce((SELECT c.sequence FROM snapshot_cover AS c WHERE c.of_circle = ?1 "
          "AND c.device = s.device), 0) < s.covered_sequence) "
          "AND coalesce((SELECT min(g.granted_at) FROM circle_grant AS g WHERE g.of_circle = ?1), 0) "
          "< coalesce((SELECT max(r.read_at) FROM snapshot_read AS r), 0) + ?2",
          GEZ_BLOB, of_circle, GEZ_INTEGER, DAY, GEZ_END)
      == 0)
    return TRUE;
  *is_changed = TRUE;
  return gez_database_execute (database, error, "UPDATE sync_device SET covered_sequence = 0", GEZ_END);
}

/* Making ---------------------------------------------------------------------------------------- */

/* What everybody reads: whose turn it is for that circle may have too little to make a snapshot. */
static void
add_team (GezDatabase *database,
          GArray      *circles,
          gint64       now)
{
  GezCircle team = gez_circle_team ();
  gboolean is_in = gez_database_integer (database, 0,
                                         "SELECT EXISTS (SELECT 1 FROM snapshot_read WHERE of_circle = x'74' "
                                         "AND read_at > ?)",
                                         GEZ_INTEGER, now - 30 * DAY, GEZ_END) != 0;

  for (guint i = 0; i < circles->len; i++)
    is_in |= g_array_index (circles, GezCircle, i).kind == team.kind;
  if (!is_in)
    g_array_append_val (circles, team);
}

static gboolean
find_due_cb (GezDatabase *database,
             gpointer     data,
             GError     **error)
{
  Making *making = data;
  gint64 now = gez_clock_get_now (gez_database_get_clock (database));
  GezTeam *team;

  if (ABS (now - making->engine->snapshots_looked_at) < DAY)
    return TRUE;
  team = gez_engine_get_team (making->engine, database, error);
  making->engine->snapshots_looked_at = now;
  making->due = team ? gez_snapshot_list_due (database, team, error) : NULL;
  if (making->due && making->due->len > 0)
    add_team (database, making->due, now);
  return making->due != NULL;
}

static gboolean
begin_cb (GezDatabase *database,
          gpointer     data,
          GError     **error)
{
  Making *making = data;
  GezTeam *team = gez_engine_get_team (making->engine, database, error);

  making->writer = team ? gez_snapshot_writer_new (database, team, making->due, error) : NULL;
  return making->writer != NULL;
}

static gboolean
step_cb (GezDatabase *database,
         gpointer     data,
         GError     **error)
{
  Making *making = data;
  GezTeam *team = gez_engine_get_team (making->engine, database, error);

  return team && gez_snapshot_writer_step (making->writer, database, team, &making->is_over, error);
}

/* Own snapshots of which every circle stands in a newer one. */
static gboolean
list_gone (Making      *making,
           GezDatabase *database,
           GError     **error)
{
  g_autoptr (GezStatement) row = NULL;
  GError *failure = NULL;

  /* The id of a snapshot stands at 48 in each part. */
  row = gez_database_query (
      database, error,
      "SELECT path FROM own_file WHERE path LIKE 'n/%' AND NOT EXISTS "
      "(SELECT 1 FROM snapshot_read AS r WHERE r.snapshot = substr(bytes, 49, 16) "
      "AND NOT EXISTS (SELECT 1 FROM snapshot_read AS k WHERE k.of_circle = r.of_circle "
      "AND k.read_at > r.read_at))",
      GEZ_END);
  while (row && gez_statement_next (row, &failure))
    g_ptr_array_add (making->gone, g_strdup (gez_statement_get_text (row, 0)));
  if (failure)
    g_propagate_error (error, failure);
  return row && failure == NULL;
}

static gboolean
finish_making_cb (GezDatabase *database,
                  gpointer     data,
                  GError     **error)
{
  Making *making = data;
  GezTeam *team = gez_engine_get_team (making->engine, database, error);
  g_autoptr (GPtrArray) parts = NULL;

  if (team == NULL)
    return FALSE;
  parts = gez_snapshot_writer_finish (making->writer, database, team, error);
  if (parts == NULL || !list_gone (making, database, error))
    return FALSE;
  for (guint i = 0; parts && i < parts->len; i++)
    {
      GezSnapshotPart *part = g_ptr_array_index (parts, i);

      if (!gez_database_execute (database, error,
                                 "INSERT INTO own_file (path, bytes, made_at) VALUES (?, ?, ?)", GEZ_TEXT,
                                 part->path, GEZ_BLOB, part->bytes, GEZ_INTEGER,
                                 gez_clock_get_now (gez_database_get_clock (database)), GEZ_END))
        return FALSE;
    }
  return parts != NULL;
}

static gboolean
forget_cb (GezDatabase *database,
           gpointer     data,
           GError     **error)
{
  Making *making = data;

  for (guint i = 0; i < making->gone->len; i++)
    if (!gez_database_execute (database, error, "DELETE FROM own_file WHERE path = ?", GEZ_TEXT,
                               g_ptr_array_index (making->gone, i), GEZ_END))
      return FALSE;
  return TRUE;
}

/* A file that does not go now stays; it says nothing wrong. */
static gboolean
remove_gone (GezEngine *self,
             Making    *making,
             GError   **error)
{
  for (guint i = 0; i < making->gone->len; i++)
    gez_folder_remove (self->folder, g_ptr_array_index (making->gone, i), self->cancellable, NULL);
  return gez_engine_change (self, forget_cb, making, error);
}

static gboolean
make (GezEngine *self,
      Making    *making,
      GError   **error)
{
  if (!gez_engine_change (self, begin_cb, making, error))
    return FALSE;
  while (!making->is_over)
    if (g_cancellable_set_error_if_cancelled (self->cancellable, error) ||
        !gez_engine_run (self, step_cb, making, error))
      return FALSE;
  return gez_engine_change (self, finish_making_cb, making, error) && gez_engine_publish (self, error) &&
         remove_gone (self, making, error);
}

/**
 * gez_engine_make_snapshot:
 *
 * Makes a snapshot when it is this device's turn, and publishes it.
 */
gboolean
gez_engine_make_snapshot (GezEngine *self,
                          GError   **error)
{
  Making making = { .engine = self };
  gboolean done;

  making.gone = g_ptr_array_new_with_free_func (g_free);
  done = gez_engine_run (self, find_due_cb, &making, error) &&
         (making.due == NULL || making.due->len == 0 || make (self, &making, error));
  g_clear_pointer (&making.writer, gez_snapshot_writer_free);
  g_clear_pointer (&making.due, g_array_unref);
  g_ptr_array_unref (making.gone);
  return done;
}
