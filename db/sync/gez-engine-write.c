/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/gez-engine-private.h"

#include <string.h>

#include "circle/gez-fingerprint.h"
#include "circle/gez-variant.h"
#include "store/gez-database-private.h"
#include "sync/gez-engine-collect.h"
#include "sync/gez-merge.h"

/* Own segments.
 *
 * 1. One transaction makes one segment: the writes, the records, what was seen, the exact bytes, and how far
 *    all that goes. It is published afterwards, from those bytes, as often as it takes.
 * 2. A circle without a key here does not hold up the others: what belongs to it waits until a key comes.
 * 3. Nothing is written while it is not known whether this device was put back or copied, or which of the
 *    writes of a former device the folder has. */

#define HOUR (60 * 60 * G_GINT64_CONSTANT (1000))
#define SIZE_OF_ROWS (512 * 1024) /* before they are compressed: a segment stays below 256 KiB */

typedef struct
{
  GezEngine *engine;
  gboolean may_write;      /* out */
  gboolean is_due;         /* out */
  guint64 n_done;          /* out: own writes that stand in a segment */
  guint64 n_all;           /* out */
} Look;

typedef struct
{
  GezEngine *engine;
  GezDatabase *database;
  GezTeam *team;
  GezSegmentHead head;
  gint64 wall_at;
  gint64 last_wall_at;
  GezSegmentWriter *writer;
  GezEngineRows *rows;
  GArray *sent;            /* of gint64: rows of outgoing */
  guint n_records;
} Making;

static gboolean
is_another_day (GezDatabase *database,
                gint64       last,
                gint64       now)
{
  GezClock *clock = gez_database_get_clock (database);
  g_autofree char *before = gez_clock_date_of (clock, last);
  g_autofree char *today = gez_clock_date_of (clock, now);

  return !g_str_equal (before, today);
}

/* Once a day each device says that it is there; once an hour what it saw, when somebody wrote something. */
static gboolean
is_telling_due (GezEngine   *self,
                GezDatabase *database,
                gint64       last_wall_at)
{
  gint64 now = gez_clock_get_now (gez_database_get_clock (database));

  if (is_another_day (database, last_wall_at, now))
    return TRUE;
  if (!(self->steps & GEZ_ENGINE_PARTING) && ABS (now - last_wall_at) < HOUR)
    return FALSE;
  return gez_database_integer (
             database, 0,
             "SELECT EXISTS (SELECT 1 FROM sync_device AS s, device AS d LEFT JOIN seen_by AS b "
             "ON b.device = d.id AND b.of_device = s.device WHERE s.device <> d.id "
             "AND min(s.content_sequence, s.sequence) > coalesce(b.sequence, 0))",
             GEZ_END)
         != 0;
}

static gboolean
look_cb (GezDatabase *database,
         gpointer     data,
         GError     **error)
{
  Look *look = data;
  g_autoptr (GezStatement) row = NULL;
  GError *failure = NULL;

  row = gez_database_query (
    database, error,
    "SELECT s.restored_at IS NULL AND NOT EXISTS (SELECT 1 FROM waiting_write WHERE is_former = 1), "
    "d.last_counter > s.published_counter OR EXISTS (SELECT 1 FROM outgoing WHERE is_stuck = 0) "
    "OR EXISTS (SELECT 1 FROM waiting_write WHERE is_stuck = 0), s.published_counter, d.last_counter, "
    "coalesce((SELECT wall_at FROM segment AS g WHERE g.device = s.device AND g.sequence = s.own_sequence "
    "AND g.hash = s.own_hash), 0) FROM sync_state AS s, device AS d WHERE s.device = d.id", GEZ_END);
  if (row == NULL)
    return FALSE;
  if (gez_statement_next (row, &failure))
    {
      look->may_write = gez_statement_get_integer (row, 0) != 0;
      look->n_done = (guint64) gez_statement_get_integer (row, 2);
      look->n_all = (guint64) gez_statement_get_integer (row, 3);
      look->is_due = gez_statement_get_integer (row, 1) != 0
                     || is_telling_due (look->engine, database, gez_statement_get_integer (row, 4));
    }
  if (failure)
    g_propagate_error (error, failure);
  return failure == NULL;
}

/* The place of the key for writing in a circle; -1 with no error: there is none here. */
static gboolean
prepare (Making          *making,
         const GezCircle *circle,
         int             *place,
         GError         **error)
{
  GError *failure = NULL;

  if (!gez_database_savepoint (making->database, error))
    return FALSE;
  *place = gez_team_prepare_circle (making->team, circle, &failure);
  if (*place >= 0)
    return gez_database_release (making->database, error);
  gez_database_rollback_to (making->database);
  gez_engine_drop_team (making->engine);
  if (failure && failure->domain != GEZ_TEAM_ERROR)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  g_clear_error (&failure);
  making->team = gez_engine_get_team (making->engine, making->database, error);
  return making->team != NULL;
}

static gboolean
add_record (Making     *making,
            int         place,
            const char *name,
            GVariant   *value,
            GError    **error)
{
  g_autoptr (GezSecret) key = gez_secret_new (error);
  g_autoptr (GVariant) owned = g_variant_ref_sink (value);

  making->n_records++;
  return key && gez_keyring_copy_key (gez_team_get_keyring (making->team), (guint) place, key)
         && gez_segment_writer_add (making->writer, key, name, owned, error);
}

/* The newest box key that is known of each device of each leader. */
static GPtrArray *
find_leader_boxes (Making *making)
{
  GezRoster *roster = gez_team_get_roster (making->team);
  GPtrArray *devices = gez_roster_get_devices (roster);
  GPtrArray *boxes = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  for (guint i = 0; i < devices->len; i++)
    {
      const GezRosterDevice *device = g_ptr_array_index (devices, i);
      g_autoptr (GezStatement) row = NULL;
      GBytes *box = NULL;

      if (device->is_removed || !gez_roster_is_leader (roster, &device->member))
        continue;
      row = gez_database_query (making->database, NULL,
                                "SELECT public_key FROM device_box WHERE device = ? AND number > ?", GEZ_ID,
                                &device->id, GEZ_INTEGER, (gint64) device->box_number, GEZ_END);
      if (row && gez_statement_next (row, NULL))
        box = gez_statement_get_blob (row, 0);
      if (box == NULL || g_bytes_get_size (box) != GEZ_KEY_SIZE)
        {
          g_clear_pointer (&box, g_bytes_unref);
          box = g_bytes_new (device->box_public, GEZ_KEY_SIZE);
        }
      g_ptr_array_add (boxes, box);
    }
  return boxes;
}

static gboolean
add_for_leaders (Making     *making,
                 const char *name,
                 GVariant   *value,
                 GError    **error)
{
  g_autoptr (GPtrArray) boxes = find_leader_boxes (making);
  g_autoptr (GVariant) owned = g_variant_ref_sink (value);

  making->n_records++;
  return gez_segment_writer_add_for_leaders (making->writer, boxes, name, owned, error);
}

static gboolean
add_relays (Making         *making,
            GezEngineBatch *batch,
            int             place,
            GError        **error)
{
  GHashTableIter iter;
  gpointer circle, writes;

  g_hash_table_iter_init (&iter, batch->relays);
  while (g_hash_table_iter_next (&iter, &circle, &writes))
    {
      GVariant *named = g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, circle, TRUE);

      if (!add_record (making, place, "relay", g_variant_new ("(@ay@" GEZ_WRITES_TYPE ")", named,
                                                              gez_writes_to_variant (writes)), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_batch (Making         *making,
           GezEngineBatch *batch,
           GError        **error)
{
  int place = -1;

  if (batch->circle.kind == GEZ_CIRCLE_LEADERS)
    return batch->writes->len == 0
           || add_for_leaders (making, "writes", gez_writes_to_variant (batch->writes), error);
  if (!prepare (making, &batch->circle, &place, error))
    return FALSE;
  if (place < 0)
    return gez_engine_set_stuck (making->database, batch, error);
  return (batch->writes->len == 0
          || add_record (making, place, "writes", gez_writes_to_variant (batch->writes), error))
         && add_relays (making, batch, place, error);
}

/* The others learn of a new box key by the number of the segment that tells. */
static gboolean
note_box (Making     *making,
          const char *name,
          GVariant   *value,
          GError    **error)
{
  guint32 number;

  if (!g_str_equal (name, "box") || !g_variant_is_of_type (value, G_VARIANT_TYPE ("(uay)")))
    return TRUE;
  g_variant_get (value, "(u@ay)", &number, NULL);
  return gez_database_execute (
      making->database, error, "UPDATE box_key SET sequence = ? WHERE number = ? AND sequence IS NULL",
      GEZ_INTEGER, (gint64) making->head.sequence, GEZ_INTEGER, (gint64) number, GEZ_END);
}

/* One record that waits. @is_sent: whether it stands in the segment now. */
static gboolean
add_outgoing (Making     *making,
              const char *kind,
              GBytes     *encoded,
              GBytes     *content,
              gboolean   *is_sent,
              GError    **error)
{
  g_autoptr (GVariant) pair = NULL;
  g_autoptr (GVariant) value = NULL;
  const char *name;
  GezCircle circle;
  int place;

  *is_sent = TRUE;
  if (g_str_equal (kind, "wrap"))
    {
      making->n_records++;
      gez_segment_writer_add_wrap (making->writer, content);
      return TRUE;
    }
  pair = gez_variant_read (content, "(sv)", error);
  if (pair == NULL)
    return FALSE;
  g_variant_get (pair, "(&sv)", &name, &value);
  if (g_str_equal (kind, "leaders"))
    return add_for_leaders (making, name, value, error);
  if (g_str_equal (kind, "team"))
    {
      making->n_records++;
      return gez_segment_writer_add (making->writer, NULL, name, value, error)
             && note_box (making, name, value, error);
    }
  if (encoded == NULL
      || !gez_circle_decode (g_bytes_get_data (encoded, NULL), g_bytes_get_size (encoded), &circle))
    return TRUE;
  if (!prepare (making, &circle, &place, error))
    return FALSE;
  *is_sent = place >= 0;
  return place < 0 || add_record (making, place, name, value, error);
}

/* Preparing a circle for one of them may make others; so they are asked for one by one. */
static gboolean
next_outgoing (Making   *making,
               gint64   *after,
               gboolean *is_over,
               GError  **error)
{
  g_autoptr (GezStatement) row = NULL;
  g_autoptr (GBytes) encoded = NULL;
  g_autoptr (GBytes) content = NULL;
  g_autofree char *kind = NULL;
  gboolean is_sent;
  GError *failure = NULL;

  row = gez_database_query (
      making->database, error,
      "SELECT row, kind, of_circle, content FROM outgoing WHERE row > ? AND is_stuck = 0 "
      "ORDER BY row LIMIT 1",
      GEZ_INTEGER, *after, GEZ_END);
  if (row == NULL)
    return FALSE;
  *is_over = !gez_statement_next (row, &failure);
  if (*is_over)
    {
      if (failure)
        g_propagate_error (error, failure);
      return failure == NULL;
    }
  *after = gez_statement_get_integer (row, 0);
  kind = g_strdup (gez_statement_get_text (row, 1));
  encoded = gez_statement_is_null (row, 2) ? NULL : gez_statement_get_blob (row, 2);
  content = gez_statement_get_blob (row, 3);
  g_clear_pointer (&row, gez_statement_free);
  if (!add_outgoing (making, kind, encoded, content, &is_sent, error))
    return FALSE;
  if (is_sent)
    g_array_append_val (making->sent, *after);
  return is_sent
         || gez_database_execute (making->database, error, "UPDATE outgoing SET is_stuck = 1 WHERE row = ?",
                                  GEZ_INTEGER, *after, GEZ_END);
}

static gboolean
add_all_outgoing (Making *making,
                  gsize   limit,
                  GError **error)
{
  gint64 after = 0;
  gboolean is_over = FALSE;

  while (!is_over && gez_segment_writer_get_size (making->writer) < limit)
    if (!next_outgoing (making, &after, &is_over, error))
      return FALSE;
  return TRUE;
}

static gboolean
add_seen (Making *making,
          GError **error)
{
  g_autoptr (GezStatement) row = NULL;
  gboolean is_first_of_day = is_another_day (making->database, making->last_wall_at, making->wall_at);
  GError *failure = NULL;

  row = gez_database_query (
      making->database, error,
      "SELECT s.device, s.sequence, s.hash FROM sync_device AS s LEFT JOIN seen_by AS b "
      "ON b.device = ?1 AND b.of_device = s.device WHERE s.device <> ?1 AND s.sequence > 0 "
      "AND s.hash IS NOT NULL AND (?2 OR s.sequence > coalesce(b.sequence, 0))",
      GEZ_ID, &making->head.device, GEZ_INTEGER, (gint64) is_first_of_day, GEZ_END);
  if (row == NULL)
    return FALSE;
  while (gez_statement_next (row, &failure))
    {
      g_autoptr (GBytes) hash = gez_statement_get_blob (row, 2);
      GezSeen seen = { gez_statement_get_id (row, 0), (guint64) gez_statement_get_integer (row, 1) };

      if (g_bytes_get_size (hash) != GEZ_HASH_SIZE)
        continue;
      memcpy (seen.hash.bytes, g_bytes_get_data (hash, NULL), GEZ_HASH_SIZE);
      gez_segment_writer_add_seen (making->writer, &seen);
    }
  if (failure)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  return gez_database_execute (
      making->database, error,
      "INSERT INTO seen_by (device, of_device, sequence, hash) "
      "SELECT ?1, s.device, s.sequence, s.hash FROM sync_device AS s WHERE s.device <> ?1 "
      "AND s.sequence > 0 AND s.hash IS NOT NULL ON CONFLICT (device, of_device) DO UPDATE "
      "SET sequence = excluded.sequence, hash = excluded.hash",
      GEZ_ID, &making->head.device, GEZ_END);
}

static gboolean
load_head (Making *making,
           GError **error)
{
  GezSegmentHead *head = &making->head;
  g_autoptr (GezStatement) row = NULL;
  g_autoptr (GBytes) previous = NULL;

  row = gez_database_query (
      making->database, error,
      "SELECT s.own_sequence, s.own_hash, coalesce((SELECT wall_at FROM segment AS g "
      "WHERE g.device = s.device AND g.sequence = s.own_sequence AND g.hash = s.own_hash), 0) "
      "FROM sync_state AS s",
      GEZ_END);
  if (row == NULL || !gez_statement_next (row, error))
    return FALSE;
  head->team = making->engine->team_id;
  head->device = making->engine->device;
  head->sequence = (guint64) gez_statement_get_integer (row, 0) + 1;
  making->last_wall_at = gez_statement_get_integer (row, 2);
  if (gez_statement_is_null (row, 1))
    return TRUE;
  previous = gez_statement_get_blob (row, 1);
  if (g_bytes_get_size (previous) == GEZ_HASH_SIZE)
    memcpy (head->previous.bytes, g_bytes_get_data (previous, NULL), GEZ_HASH_SIZE);
  return TRUE;
}

static gboolean
forget_sent (Making *making,
             GError **error)
{
  for (guint i = 0; i < making->sent->len; i++)
    if (!gez_database_execute (making->database, error, "DELETE FROM outgoing WHERE row = ?", GEZ_INTEGER,
                               g_array_index (making->sent, gint64, i), GEZ_END))
      return FALSE;
  for (guint i = 0; i < making->rows->waited->len; i++)
    {
      GezVersion *version = &g_array_index (making->rows->waited, GezVersion, i);

      if (!gez_database_execute (
              making->database, error,
              "DELETE FROM waiting_write WHERE device = ? AND counter = ? AND is_stuck = 0", GEZ_ID,
              &version->device, GEZ_INTEGER, (gint64) version->counter, GEZ_END))
        return FALSE;
    }
  return TRUE;
}

static gboolean
note_made (Making  *making,
           GBytes  *file,
           GError **error)
{
#ifdef GEZ_MUTANT_IN_PLACE
#define KEEP_FILE "INSERT OR REPLACE INTO own_file (path, bytes, made_at, first_counter) "
  g_autofree char *path = g_strconcat (making->engine->own_directory, "/s00000001-aaaaaaaaaaaaaaaaaaaaaaaaaa.seg", NULL);
#else
#define KEEP_FILE "INSERT INTO own_file (path, bytes, made_at, first_counter) "
  g_autofree char *path = gez_segment_path (&making->head);
#endif
  g_autoptr (GBytes) hash = g_bytes_new (making->head.hash.bytes, GEZ_HASH_SIZE);
  g_autoptr (GPtrArray) records = g_ptr_array_new ();
  GezSegment segment = { .head = making->head, .wall_at = making->wall_at, .records = records };
  guint64 first = making->rows->first_counter, last = making->rows->last_counter;

  g_ptr_array_set_size (records, (int) making->n_records);
  return gez_database_execute (making->database, error,
                               KEEP_FILE
                               "VALUES (?, ?, ?, nullif(?, 0))",
                               GEZ_TEXT, path, GEZ_BLOB, file, GEZ_INTEGER, making->wall_at, GEZ_INTEGER,
                               (gint64) first, GEZ_END)
         && gez_engine_note_segment (making->database, &segment, FALSE, error)
         && gez_database_execute (making->database, error,
                                  "UPDATE sync_state SET own_sequence = ?, own_hash = ?, "
                                  "published_counter = max(published_counter, ?)",
                                  GEZ_INTEGER, (gint64) making->head.sequence, GEZ_BLOB, hash, GEZ_INTEGER,
                                  (gint64) last, GEZ_END)
         && forget_sent (making, error);
}

static gboolean
finish (Making          *making,
        const GezSecret *team_key,
        GError         **error)
{
  g_autoptr (GBytes) file = NULL;
  GezHash heads;

  gez_roster_get_heads_hash (gez_team_get_roster (making->team), &heads);
  file = gez_segment_writer_finish (making->writer, making->wall_at, &heads, team_key,
                                    gez_team_get_device_secret (making->team), &making->head.hash, error);
  return file && note_made (making, file, error);
}

static gboolean
add_batches (Making *making,
             GError **error)
{
  for (guint i = 0; i < making->rows->batches->len; i++)
    if (!add_batch (making, g_ptr_array_index (making->rows->batches, i), error))
      return FALSE;
  return TRUE;
}

/* The team's key is that of the whole segment. Records that wait go before writes: who may read comes first.
 */
static gboolean
make_segment (Making *making,
              GError **error)
{
  GezCircle circle = gez_circle_team ();
  g_autoptr (GezSecret) team_key = gez_secret_new (error);
  int place;

  if (team_key == NULL || !load_head (making, error))
    return FALSE;
  place = gez_team_prepare_circle (making->team, &circle, error);
  if (place < 0 || !gez_keyring_copy_key (gez_team_get_keyring (making->team), (guint) place, team_key))
    return FALSE;
  making->head.key_number = gez_keyring_get (gez_team_get_keyring (making->team), (guint) place)->number;
  making->writer = gez_segment_writer_new (&making->head);
  if (!add_all_outgoing (making, SIZE_OF_ROWS, error))
    return FALSE;
  making->rows = gez_engine_collect (
      making->database, gez_segment_writer_get_size (making->writer) < SIZE_OF_ROWS / 2 ? SIZE_OF_ROWS : 0,
      error);
  return making->rows && add_batches (making, error) && add_all_outgoing (making, G_MAXSIZE, error)
         && add_seen (making, error) && finish (making, team_key, error);
}

static gboolean
make_cb (GezDatabase *database,
         gpointer     data,
         GError     **error)
{
  GezEngine *self = data;
  g_autoptr (GArray) sent = g_array_new (FALSE, FALSE, sizeof (gint64));
  Making making = { .engine = self, .database = database, .sent = sent };
  gboolean made;

  making.wall_at = gez_clock_get_now (gez_database_get_clock (database));
  making.team = gez_engine_get_team (self, database, error);
  made = making.team && gez_team_turn_box_key (making.team, error)
         && gez_team_follow_rules (making.team, error)
         && gez_fingerprint_refresh_due (database, making.team, NULL, error) && make_segment (&making, error);
  g_clear_pointer (&making.writer, gez_segment_writer_free);
  g_clear_pointer (&making.rows, gez_engine_rows_free);
  return made;
}

/**
 * gez_engine_write:
 *
 * Makes segments of all that waits, and tells the others what was seen when that is due. They are published
 * by gez_engine_publish().
 *
 * Returns: %FALSE with @error set when the round cannot go on
 *
 * Thread: the engine's.
 */
gboolean
gez_engine_write (GezEngine *self,
                  GError   **error)
{
  Look look = { .engine = self };

  do
    {
      look.may_write = look.is_due = FALSE;
      if (!gez_engine_run (self, look_cb, &look, error))
        return FALSE;
      if (!look.may_write || !look.is_due)
        return TRUE;
      if (look.n_all > look.n_done)
        gez_engine_tell (self, look.n_done, look.n_all);
    }
  while (gez_engine_change (self, make_cb, self, error));
  return FALSE;
}
