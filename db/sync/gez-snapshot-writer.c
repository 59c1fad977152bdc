/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/gez-snapshot-private.h"

#include <string.h>

#include "circle/gez-variant.h"

/* Making a snapshot.
 *
 * 1. A row goes, with all the writes that count for it, under the key of the circle in which it stands. What others
 *    only claimed does not go along: a snapshot would make it more than it is.
 * 2. Writes of rows that are not here, or that this program does not know, go under the circle under which they came.
 * 3. Seeds do not travel: every program has them.
 * 4. What was written while it was being made may be in it; what had been seen before it was begun is. */

#define ROWS_PER_STEP 2000
#define CHUNK_SIZE (512 * 1024)
#define PART_SIZE (GEZ_SNAPSHOT_PART_SIZE_MAX - 2 * CHUNK_SIZE)
#define SIZE_OF_WRITE 120 /* of a write but for its cells, about */

/* What waits of one circle. */
typedef struct
{
  GBytes *circle;
  GezKeyInfo key;    /* not the key itself: there is no room for thousands of them */
  GPtrArray *writes; /* GezWrite */
  gsize size;
  GezStateHash state;
} Chunk;

struct _GezSnapshotWriter
{
  GezSegmentHead head;
  gint64 wall_at;
  GPtrArray *chunks;     /* Chunk */
  GHashTable *by_circle; /* GBytes to Chunk */
  GPtrArray *parts;      /* GezSegmentWriter */
  GArray *seen;          /* GezSeen */
  GezId last;            /* the row up to which it is done */
  GezTeam *team;         /* of the present call */
};

static void
chunk_free (gpointer data)
{
  Chunk *chunk = data;

  g_bytes_unref (chunk->circle);
  g_ptr_array_unref (chunk->writes);
  g_free (chunk);
}

void
gez_snapshot_writer_free (GezSnapshotWriter *self)
{
  g_ptr_array_unref (self->chunks);
  g_hash_table_unref (self->by_circle);
  g_ptr_array_unref (self->parts);
  g_array_unref (self->seen);
  g_free (self);
}

static gboolean
read_seen (GezSnapshotWriter *self,
           GezDatabase       *database,
           GError           **error)
{
  g_autoptr (GezStatement) row = NULL;
  GError *failure = NULL;

  row = gez_database_query (database, error,
                            "SELECT device, sequence, hash FROM sync_device WHERE sequence > 0 AND hash IS NOT NULL "
                            "AND device <> ?1 UNION ALL SELECT ?1, own_sequence, own_hash FROM sync_state "
                            "WHERE own_sequence > 0 AND own_hash IS NOT NULL", GEZ_ID, &self->head.device, GEZ_END);
  while (row && gez_statement_next (row, &failure))
    {
      g_autoptr (GBytes) hash = gez_statement_get_blob (row, 2);
      GezSeen seen = { gez_statement_get_id (row, 0), (guint64) gez_statement_get_integer (row, 1) };

      if (g_bytes_get_size (hash) != GEZ_HASH_SIZE)
        continue;
      memcpy (seen.hash.bytes, g_bytes_get_data (hash, NULL), GEZ_HASH_SIZE);
      g_array_append_val (self->seen, seen);
    }
  if (failure)
    g_propagate_error (error, failure);
  return row && failure == NULL;
}

/* The newest key of the circle that is here; without one the circle is left out. */
static gboolean
add_circle (GezSnapshotWriter *self,
            GezTeam           *team,
            const GezCircle   *circle,
            GError           **error)
{
  guint8 encoded[GEZ_CIRCLE_SIZE_MAX];
  g_autoptr (GError) failure = NULL;
  int place = gez_team_prepare_circle (team, circle, &failure);
  Chunk *chunk;

  if (place < 0)
    {
      if (failure == NULL || failure->domain == GEZ_TEAM_ERROR)
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  chunk = g_new0 (Chunk, 1);
  chunk->circle = g_bytes_new (encoded, gez_circle_encode (*circle, encoded));
  chunk->writes = g_ptr_array_new_with_free_func ((GDestroyNotify) gez_write_free);
  chunk->key = *gez_keyring_get (gez_team_get_keyring (team), (guint) place);
  g_ptr_array_add (self->chunks, chunk);
  g_hash_table_insert (self->by_circle, chunk->circle, chunk);
  return TRUE;
}

/**
 * gez_snapshot_writer_new:
 *
 * Returns: (transfer full): a snapshot without rows yet; %NULL with @error set
 */
GezSnapshotWriter *
gez_snapshot_writer_new (GezDatabase *database,
                         GezTeam     *team,
                         GArray      *circles,
                         GError     **error)
{
  g_autoptr (GezSnapshotWriter) self = g_new0 (GezSnapshotWriter, 1);
  GezClock *clock = gez_database_get_clock (database);

  self->chunks = g_ptr_array_new_with_free_func (chunk_free);
  self->by_circle = g_hash_table_new (g_bytes_hash, g_bytes_equal);
  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) gez_segment_writer_free);
  self->seen = g_array_new (FALSE, TRUE, sizeof (GezSeen));
  self->wall_at = gez_clock_get_now (clock);
  self->head = (GezSegmentHead) { .is_snapshot = TRUE, .team = *gez_team_get_id (team),
                                  .device = *gez_team_get_device (team), .snapshot = gez_id_new (clock),
                                  .n_parts = G_MAXUINT32 };
  for (guint i = 0; i < circles->len; i++)
    if (!add_circle (self, team, &g_array_index (circles, GezCircle, i), error))
      return NULL;
  return read_seen (self, database, error) ? g_steal_pointer (&self) : NULL;
}

/* Rows ------------------------------------------------------------------------------------------ */

static GezSegmentWriter *
get_part (GezSnapshotWriter *self)
{
  GezSegmentWriter *part = self->parts->len ? g_ptr_array_index (self->parts, self->parts->len - 1) : NULL;

  if (part && gez_segment_writer_get_size (part) < PART_SIZE)
    return part;
  self->head.sequence = self->parts->len + 1;
  part = gez_segment_writer_new (&self->head);
  for (guint i = 0; i < self->seen->len; i++)
    gez_segment_writer_add_seen (part, &g_array_index (self->seen, GezSeen, i));
  g_ptr_array_add (self->parts, part);
  return part;
}

static GezSecret *
copy_key (GezSnapshotWriter *self,
          const GezKeyInfo  *info,
          GError           **error)
{
  GezKeyring *keyring = gez_team_get_keyring (self->team);
  g_autoptr (GArray) places = gez_keyring_find (keyring, &info->circle);
  g_autoptr (GezSecret) key = gez_secret_new (error);

  for (guint i = 0; key && i < places->len; i++)
    {
      guint place = g_array_index (places, guint, i);

      if (gez_id_equal (&gez_keyring_get (keyring, place)->key_id, &info->key_id) &&
          gez_keyring_copy_key (keyring, place, key))
        return g_steal_pointer (&key);
    }
  if (key)
    g_set_error_literal (error, GEZ_TEAM_ERROR, GEZ_TEAM_ERROR_NO_KEY, "A key is gone while a snapshot is made");
  return NULL;
}

static gboolean
add_record (GezSnapshotWriter *self,
            Chunk             *chunk,
            const char        *name,
            GVariant          *value,
            GError           **error)
{
  g_autoptr (GVariant) owned = g_variant_ref_sink (value);
  g_autoptr (GezSecret) key = copy_key (self, &chunk->key, error);

  return key && gez_segment_writer_add (get_part (self), key, name, owned, error);
}

static gboolean
flush (GezSnapshotWriter *self,
       Chunk             *chunk,
       GError           **error)
{
  gboolean added = chunk->writes->len == 0 ||
                   add_record (self, chunk, "writes", gez_writes_to_variant (chunk->writes), error);

  g_ptr_array_set_size (chunk->writes, 0);
  chunk->size = 0;
  return added;
}

/* Takes @write. */
static gboolean
add_write (GezSnapshotWriter *self,
           GBytes            *circle,
           GezWrite          *write,
           GError           **error)
{
  Chunk *chunk = circle ? g_hash_table_lookup (self->by_circle, circle) : NULL;

  if (chunk == NULL || gez_id_equal (&write->version.device, &write->id))
    {
      gez_write_free (write);
      return TRUE;
    }
  gez_state_hash_add (&chunk->state, write);
  g_ptr_array_add (chunk->writes, write);
  chunk->size += g_bytes_get_size (write->cells) + SIZE_OF_WRITE;
  return chunk->size < CHUNK_SIZE || flush (self, chunk, error);
}

static GBytes *
find_cell_circle (GVariant *cells)
{
  g_autoptr (GVariant) value = gez_log_find_cell (cells, "circle");

  return value && g_variant_is_of_type (value, G_VARIANT_TYPE_BYTESTRING) ? g_variant_get_data_as_bytes (value)
                                                                        : NULL;
}

static GBytes *
find_standing (GezDatabase *database,
               const char  *table,
               const GezId *id)
{
  g_autofree char *sql = NULL;
  g_autoptr (GezStatement) row = NULL;

  if (gez_schema_find (gez_database_get_schema (database), table) == NULL)
    return NULL;
  sql = g_strdup_printf ("SELECT circle FROM \"%s\" WHERE id = ?", table);
  row = gez_database_query (database, NULL, sql, GEZ_ID, id, GEZ_END);
  return row && gez_statement_next (row, NULL) ? gez_statement_get_blob (row, 0) : NULL;
}

/* Takes the writes of @group, which are all that the log has on a row. */
static gboolean
add_row (GezSnapshotWriter *self,
         GezDatabase       *database,
         GPtrArray         *group,
         GError           **error)
{
  GezWrite *first = g_ptr_array_index (group, 0);
  g_autoptr (GPtrArray) logged = NULL;
  g_autoptr (GBytes) standing = find_standing (database, first->table, &first->id);
  gboolean is_made = standing != NULL, done = TRUE;

  logged = gez_row_log_read (database, &first->id, error);
  if (logged == NULL)
    return FALSE;
  is_made = gez_row_log_judge (logged, first->table) && is_made;
  for (guint i = 0; done && i < logged->len; i++)
    {
      GezLogged *one = g_ptr_array_index (logged, i);
      g_autoptr (GBytes) named = find_cell_circle (one->cells);
      GBytes *under = one->write->of_circle ? one->write->of_circle : named;

      if (is_made && (!one->counts || (named && !one->moves)))
        continue;
      done = add_write (self, is_made ? standing : under, gez_write_copy (one->write), error);
    }
  return done;
}

/* A row of which there is nothing but its birth, as most are. Takes the write when it is one. */
static gboolean
add_alone (GezSnapshotWriter *self,
           GPtrArray         *group,
           gboolean          *is_alone,
           GError           **error)
{
  GezWrite *write = g_ptr_array_index (group, 0);
  g_autoptr (GVariant) cells = NULL;
  g_autoptr (GBytes) named = NULL;

  *is_alone = FALSE;
  if (group->len > 1 || !write->is_birth)
    return TRUE;
  cells = gez_log_cells_from_bytes (write->cells);
  named = find_cell_circle (cells);
  *is_alone = named && (write->of_circle == NULL || g_bytes_equal (write->of_circle, named));
  return !*is_alone || add_write (self, named, g_ptr_array_steal_index (group, 0), error);
}

static gboolean
add_group (GezSnapshotWriter *self,
           GezDatabase       *database,
           GPtrArray         *group,
           GError           **error)
{
  gboolean is_alone;

  if (group->len == 0)
    return TRUE;
  self->last = ((GezWrite *) g_ptr_array_index (group, 0))->id;
  if (!add_alone (self, group, &is_alone, error) || (!is_alone && !add_row (self, database, group, error)))
    return FALSE;
  g_ptr_array_set_size (group, 0);
  return TRUE;
}

/**
 * gez_snapshot_writer_step:
 * @is_over: (out): whether every row is in
 *
 * Adds some rows.
 */
gboolean
gez_snapshot_writer_step (GezSnapshotWriter *self,
                          GezDatabase       *database,
                          GezTeam           *team,
                          gboolean          *is_over,
                          GError           **error)
{
  g_autoptr (GPtrArray) group = g_ptr_array_new_with_free_func ((GDestroyNotify) gez_write_free);
  g_autoptr (GBytes) last = g_bytes_new (self->last.bytes, GEZ_ID_SIZE);
  g_autoptr (GezStatement) row = NULL;
  GError *failure = NULL;
  guint n_rows = 0;

  row = gez_database_query (database, error, "SELECT " GEZ_WRITE_COLUMNS " FROM change_log WHERE id > ? ORDER BY id",
                            GEZ_BLOB, last, GEZ_END);
  self->team = team;
  *is_over = FALSE;
  while (row && failure == NULL && n_rows < ROWS_PER_STEP)
    {
      GezWrite *write;

      *is_over = !gez_statement_next (row, &failure);
      if (*is_over || failure)
        break;
      write = gez_write_read (row);
      if (group->len > 0 && !gez_id_equal (&((GezWrite *) group->pdata[0])->id, &write->id))
        {
          n_rows++;
          add_group (self, database, group, &failure);
        }
      /* The first row of the next step is read again then. */
      if (n_rows < ROWS_PER_STEP && failure == NULL)
        g_ptr_array_add (group, write);
      else
        gez_write_free (write);
    }
  if (row && failure == NULL && *is_over)
    add_group (self, database, group, &failure);
  if (failure)
    g_propagate_error (error, failure);
  return row && failure == NULL;
}

/* The end --------------------------------------------------------------------------------------- */

static void
part_free (gpointer data)
{
  GezSnapshotPart *part = data;

  g_free (part->path);
  g_bytes_unref (part->bytes);
  g_free (part);
}

static gboolean
finish_chunks (GezSnapshotWriter *self,
               GezDatabase       *database,
               GError           **error)
{
  for (guint i = 0; i < self->chunks->len; i++)
    {
      Chunk *chunk = g_ptr_array_index (self->chunks, i);
      g_autoptr (GVariant) state = NULL;

      if (chunk->state.n_writes == 0)
        continue;
      if (!flush (self, chunk, error))
        return FALSE;
      state = g_variant_new ("(@ay@ayt)", g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, chunk->circle, TRUE),
                             gez_variant_of_bytes (chunk->state.sum, GEZ_HASH_SIZE), chunk->state.n_writes);
      if (!add_record (self, chunk, "state", g_steal_pointer (&state), error) ||
          !gez_database_execute (database, error, "INSERT OR REPLACE INTO snapshot_read VALUES (?, ?, ?)", GEZ_BLOB,
                                 chunk->circle, GEZ_ID, &self->head.snapshot, GEZ_INTEGER, self->wall_at, GEZ_END))
        return FALSE;
    }
  return TRUE;
}

static GezSecret *
copy_team_key (GezSnapshotWriter *self,
               GezTeam           *team,
               GError           **error)
{
  GezCircle circle = gez_circle_team ();
  GezSecret *key = gez_secret_new (error);
  int place = key ? gez_team_prepare_circle (team, &circle, error) : -1;

  if (place < 0 || !gez_keyring_copy_key (gez_team_get_keyring (team), (guint) place, key))
    {
      g_clear_pointer (&key, gez_secret_free);
      return NULL;
    }
  self->head.key_number = gez_keyring_get (gez_team_get_keyring (team), (guint) place)->number;
  return key;
}

/**
 * gez_snapshot_writer_finish:
 *
 * Returns: (transfer full) (element-type GezSnapshotPart): the files, none when there was nothing to write; %NULL
 *   with @error set
 */
GPtrArray *
gez_snapshot_writer_finish (GezSnapshotWriter *self,
                            GezDatabase       *database,
                            GezTeam           *team,
                            GError           **error)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (part_free);
  g_autoptr (GezSecret) key = copy_team_key (self, team, error);
  GezHash heads;

  self->team = team;
  if (key == NULL || !finish_chunks (self, database, error))
    return NULL;
  gez_roster_get_heads_hash (gez_team_get_roster (team), &heads);
  self->head.n_parts = self->parts->len;
  for (guint i = 0; i < self->parts->len; i++)
    {
      GezSnapshotPart *part = g_new0 (GezSnapshotPart, 1);
      GezSegmentHead head = self->head;

      head.sequence = i + 1;
      gez_segment_writer_set_end (self->parts->pdata[i], head.n_parts, head.key_number);
      part->bytes = gez_segment_writer_finish (self->parts->pdata[i], self->wall_at, &heads, key,
                                               gez_team_get_device_secret (team), &head.hash, error);
      part->path = gez_segment_path (&head);
      g_ptr_array_add (parts, part);
      if (part->bytes == NULL)
        return NULL;
    }
  return g_steal_pointer (&parts);
}
