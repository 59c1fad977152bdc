/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/gez-engine-private.h"

#include <string.h>

#include "sync/gez-snapshot.h"

/* Snapshots on the folder.
 *
 * 1. They are read by a device that has read no segment of anybody yet, and when a key comes for a circle that is
 *    older than what was read. What is in them is the same set of writes as in the segments.
 * 2. Where snapshots cover every circle of which a key is here, older segments are not fetched. When that stops being
 *    so they are.
 * 3. Whoever is to make one makes it in small steps, once on a day at most. Own ones that are long replaced go. */

#define DAY (24 * 60 * 60 * G_GINT64_CONSTANT (1000))
#define KEPT_FOR (90 * DAY)

typedef struct
{
  GezEngine *engine;
  GBytes *file;
  GHashTable *readers;    /* GezId to GezSnapshotReader */
  GArray *seen;           /* GezSeen: what the parts say that they cover */
} Reading;

typedef struct
{
  GezEngine *engine;
  GArray *circles;
  GezSnapshotWriter *writer;
  gboolean is_over;
  GPtrArray *old;         /* (element-type utf8): paths */
} Making;

/* Reading ---------------------------------------------------------------------------------------- */

static GezSegment *
open_part (Reading *reading,
           GezTeam *team)
{
  GezKeyring *keyring = gez_team_get_keyring (team);
  GezCircle circle = gez_circle_team ();
  g_autoptr (GArray) places = gez_keyring_find (keyring, &circle);
  g_autoptr (GezSecret) key = gez_secret_new (NULL);
  const GezRosterDevice *device;
  GezSegment *part = NULL;
  GezSegmentHead head;

  if (!gez_segment_peek (reading->file, &head, NULL) || !head.is_snapshot
      || !gez_id_equal (&head.team, &reading->engine->team_id))
    return NULL;
  device = gez_roster_find_device (gez_team_get_roster (team), &head.device);
  for (guint i = 0; key && device && !device->is_removed && part == NULL && i < places->len; i++)
    {
      guint place = g_array_index (places, guint, i);

      if (gez_keyring_get (keyring, place)->number == head.key_number && gez_keyring_copy_key (keyring, place, key))
        part = gez_segment_open (reading->file, key, device->public_key, NULL);
    }
  return part;
}

static gboolean
read_part_cb (GezDatabase *database,
              gpointer     data,
              GError     **error)
{
  Reading *reading = data;
  GezEngine *self = reading->engine;
  GezTeam *team = gez_engine_get_team (self, database, error);
  g_autoptr (GezSegment) part = team ? open_part (reading, team) : NULL;
  GezSnapshotReader *reader;
  guint n_applied = 0;

  if (part == NULL)
    return team != NULL;
  reader = g_hash_table_lookup (reading->readers, &part->head.snapshot);
  if (reader == NULL)
    {
      reader = gez_snapshot_reader_new ();
      g_hash_table_insert (reading->readers, gez_id_copy (&part->head.snapshot), reader);
    }
  g_array_append_vals (reading->seen, part->seen->data, part->seen->len);
  if (!gez_snapshot_read_part (reader, database, team, part, self->report->tables, &n_applied, error))
    return FALSE;
  self->report->n_writes_applied += n_applied;
  return TRUE;
}

/* Up to where all circles of which a key is here are covered. */
#define COVERED                                                                                                     \
  "(SELECT min(coalesce((SELECT c.sequence FROM snapshot_cover AS c WHERE c.of_circle = k.of_circle "               \
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
         && gez_database_execute (database, error,
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
  GHashTableIter iter;
  gpointer reader;
  guint n_covered;

  g_hash_table_iter_init (&iter, reading->readers);
  while (g_hash_table_iter_next (&iter, NULL, &reader))
    if (!gez_snapshot_reader_finish (reader, database, &n_covered, error))
      return FALSE;
  for (guint i = 0; i < reading->seen->len; i++)
    if (!note_covered (database, &g_array_index (reading->seen, GezSeen, i), error))
      return FALSE;
  return TRUE;
}

/* A part that does not come or does not open costs only time: the segments hold the same. */
static gboolean
read_device (Reading    *reading,
             const char *directory,
             GError    **error)
{
  GezEngine *self = reading->engine;
  GPtrArray *names = gez_engine_list (self, directory, error);

  for (guint i = 0; names && i < names->len; i++)
    {
      g_autofree char *path = g_strconcat (directory, "/", g_ptr_array_index (names, i), NULL);
      g_autoptr (GError) failure = NULL;
      g_autoptr (GBytes) file = NULL;
      GezEngineName name;

      gez_engine_name_parse (g_ptr_array_index (names, i), &name);
      if (name.kind != GEZ_ENGINE_NAME_SNAPSHOT)
        continue;
      gez_engine_tell (self, i, names->len);
      file = gez_engine_fetch (self, path, &failure);
      if (failure && gez_engine_is_fatal (failure))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      reading->file = file;
      if (file && !gez_engine_change (self, read_part_cb, reading, error))
        return FALSE;
    }
  return names != NULL;
}

static gboolean
is_wanted_cb (GezDatabase *database,
              gpointer     data,
              GError     **error)
{
  GezEngine *self = data;

  self->wants_snapshots |=
    gez_database_integer (database, 1, "SELECT EXISTS (SELECT 1 FROM segment WHERE device <> (SELECT id FROM device)) "
                                       "OR EXISTS (SELECT 1 FROM snapshot_read)", GEZ_END) == 0;
  return TRUE;
}

static gboolean
read_all (Reading    *reading,
          const char *root,
          GError    **error)
{
  GPtrArray *devices = gez_engine_list (reading->engine, root, error);

  for (guint i = 0; devices && i < devices->len; i++)
    {
      g_autofree char *directory = g_strconcat (root, "/", g_ptr_array_index (devices, i), NULL);

      if (!read_device (reading, directory, error))
        return FALSE;
    }
  return devices != NULL && gez_engine_change (reading->engine, finish_cb, reading, error);
}

/**
 * gez_engine_read_snapshots:
 *
 * Reads the snapshots when this device begins, or when it got a key for what is older than it.
 *
 * Returns: %FALSE with @error set when the round cannot go on
 *
 * Thread: the engine's; here and below.
 */
gboolean
gez_engine_read_snapshots (GezEngine *self,
                           GError   **error)
{
  g_autofree char *root = gez_engine_find_directory (self, "n", error);
  g_autoptr (GHashTable) readers =
    g_hash_table_new_full (gez_id_hash, gez_id_equal, g_free, (GDestroyNotify) gez_snapshot_reader_free);
  g_autoptr (GArray) seen = g_array_new (FALSE, FALSE, sizeof (GezSeen));
  Reading reading = { self, NULL, readers, seen };

  if (root == NULL)
    return TRUE;
  if (!gez_engine_run (self, is_wanted_cb, self, error))
    return FALSE;
  if (!self->wants_snapshots)
    return TRUE;
  self->wants_snapshots = FALSE;
  return read_all (&reading, root, error);
}

/**
 * gez_engine_uncover:
 * @circle: of which a key came
 * @is_changed: (inout): set when older segments have to be fetched after all
 *
 * Snapshots that were read do not hold a circle that is older than they are. One that was begun later cannot be in
 * older segments.
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

  if (gez_database_integer (database, 0,
                            "SELECT EXISTS (SELECT 1 FROM sync_device AS s WHERE s.covered_sequence > 0 "
                            "AND coalesce((SELECT c.sequence FROM snapshot_cover AS c WHERE c.of_circle = ?1 "
                            "AND c.device = s.device), 0) < s.covered_sequence) "
                            "AND coalesce((SELECT min(g.granted_at) FROM circle_grant AS g WHERE g.of_circle = ?1), 0) "
                            "< coalesce((SELECT max(r.read_at) FROM snapshot_read AS r), 0) + ?2",
                            GEZ_BLOB, of_circle, GEZ_INTEGER, DAY, GEZ_END) == 0)
    return TRUE;
  *is_changed = TRUE;
  return gez_database_execute (database, error, "UPDATE sync_device SET covered_sequence = 0", GEZ_END);
}

/* Making ----------------------------------------------------------------------------------------- */

/* What everybody reads is in every snapshot: whose turn it is for that circle may have too little to make one. */
static void
add_team (GArray *circles)
{
  GezCircle team = gez_circle_team ();

  for (guint i = 0; i < circles->len; i++)
    if (g_array_index (circles, GezCircle, i).kind == team.kind)
      return;
  g_array_append_val (circles, team);
}

static gboolean
find_due_cb (GezDatabase *database,
             gpointer     data,
             GError     **error)
{
  Making *making = data;
  GezTeam *team = gez_engine_get_team (making->engine, database, error);

  making->circles = team ? gez_snapshot_list_due (database, team, error) : NULL;
  if (making->circles && making->circles->len > 0)
    add_team (making->circles);
  return making->circles != NULL;
}

static gboolean
begin_cb (GezDatabase *database,
          gpointer     data,
          GError     **error)
{
  Making *making = data;
  GezTeam *team = gez_engine_get_team (making->engine, database, error);

  making->writer = team ? gez_snapshot_writer_new (database, team, making->circles, error) : NULL;
  return making->writer != NULL;
}

static gboolean
step_cb (GezDatabase *database,
         gpointer     data,
         GError     **error)
{
  Making *making = data;

  return gez_snapshot_writer_step (making->writer, database, &making->is_over, error);
}

static gboolean
keep_cb (GezDatabase *database,
         gpointer     data,
         GError     **error)
{
  Making *making = data;
  gint64 now = gez_clock_get_now (gez_database_get_clock (database));
  GezTeam *team = gez_engine_get_team (making->engine, database, error);
  g_autoptr (GPtrArray) parts =
    team ? gez_snapshot_writer_finish (making->writer, database, team, error) : NULL;

  for (guint i = 0; parts && i < parts->len; i++)
    {
      GezSnapshotPart *part = g_ptr_array_index (parts, i);

      if (!gez_database_execute (database, error,
                                 "INSERT OR IGNORE INTO own_file (path, bytes, made_at) VALUES (?, ?, ?)", GEZ_TEXT,
                                 part->path, GEZ_BLOB, part->bytes, GEZ_INTEGER, now, GEZ_END))
        return FALSE;
    }
  return parts != NULL;
}

static gboolean
find_old_cb (GezDatabase *database,
             gpointer     data,
             GError     **error)
{
  Making *making = data;
  gint64 now = gez_clock_get_now (gez_database_get_clock (database));
  g_autoptr (GezStatement) row = NULL;
  GError *failure = NULL;

  row = gez_database_query (database, error,
                            "SELECT path FROM own_file WHERE path LIKE 'n/%' AND made_at < ?1 AND EXISTS "
                            "(SELECT 1 FROM own_file AS k WHERE k.path LIKE 'n/%' AND k.made_at >= ?1)",
                            GEZ_INTEGER, now - KEPT_FOR, GEZ_END);
  while (row && gez_statement_next (row, &failure))
    g_ptr_array_add (making->old, g_strdup (gez_statement_get_text (row, 0)));
  if (failure)
    g_propagate_error (error, failure);
  return row && failure == NULL;
}

static gboolean
forget_cb (GezDatabase *database,
           gpointer     path,
           GError     **error)
{
  return gez_database_execute (database, error, "DELETE FROM own_file WHERE path = ?", GEZ_TEXT, path, GEZ_END);
}

/* From the folder first: a crash between leaves own bytes that are published again. */
static gboolean
remove_old (Making  *making,
            GError **error)
{
  if (!gez_engine_run (making->engine, find_old_cb, making, error))
    return FALSE;
  for (guint i = 0; i < making->old->len; i++)
    {
      char *path = g_ptr_array_index (making->old, i);

      if (!gez_folder_remove (making->engine->folder, path, making->engine->cancellable, error)
          || !gez_engine_change (making->engine, forget_cb, path, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
make (Making  *making,
      GError **error)
{
  if (!gez_engine_run (making->engine, find_due_cb, making, error))
    return FALSE;
  if (making->circles->len == 0)
    return remove_old (making, error);
  if (!gez_engine_change (making->engine, begin_cb, making, error))
    return FALSE;
  while (!making->is_over)
    if (!gez_engine_run (making->engine, step_cb, making, error))
      return FALSE;
  return gez_engine_change (making->engine, keep_cb, making, error) && gez_engine_publish (making->engine, error)
         && remove_old (making, error);
}

/**
 * gez_engine_make_snapshots:
 *
 * Makes a snapshot when it is this device's turn; on each day once.
 *
 * Returns: %FALSE with @error set when the round cannot go on
 */
gboolean
gez_engine_make_snapshots (GezEngine *self,
                           GError   **error)
{
  g_autoptr (GPtrArray) old = g_ptr_array_new_with_free_func (g_free);
  Making making = { .engine = self, .old = old };
  gboolean made;

  if (g_strcmp0 (self->snapshots_on, self->audited_on) == 0)
    return TRUE;
  made = make (&making, error);
  g_clear_pointer (&making.writer, gez_snapshot_writer_free);
  g_clear_pointer (&making.circles, g_array_unref);
  if (!made)
    return FALSE;
  g_free (self->snapshots_on);
  self->snapshots_on = g_strdup (self->audited_on);
  return TRUE;
}
