/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/gez-engine-private.h"

#include <string.h>

#include "store/gez-database-private.h"
#include "sync/gez-merge.h"
#include "sync/gez-snapshot.h"

/* What one segment brings, in one transaction.
 *
 * 1. A segment counts when the roster knows its device, the signature is that device's, and it does not lie
 *    after the pin of a device that was removed. Order and gaps do not matter: what it holds is a set.
 * 2. Keys first, then who may read what, then writes: a key may open records of the same segment.
 * 3. Records whose key is not here are remembered by their hints, so that a key that comes later leads to
 *    exactly the segments that it opens.
 * 4. A record that says nonsense is skipped. Somebody in the team wrote it; the others must go on.
 * 5. An own segment that this store does not know was written by a copy of it, or by itself before it was put
 *    back. */

typedef struct
{
  GezEngine *engine;
  GBytes *file;
  GezSegmentHead head;
  const char *why;        /* out: why it is not there yet; NULL: it was taken */
} Taking;

typedef struct
{
  GezEngine *engine;
  GezDatabase *database;
  GezTeam *team;
  GezSegment *segment;
  GByteArray *hints;      /* of records that did not open */
} Applying;

/* One record that opened. */
typedef struct
{
  char *name;
  GVariant *value;
  GezCircle circle;
} Opened;

static void
opened_free (gpointer data)
{
  Opened *opened = data;

  g_free (opened->name);
  g_variant_unref (opened->value);
  g_free (opened);
}

/* What concerns this record alone is left aside; what concerns the store is not. */
static gboolean
may_go_on (GError **failure,
           GError **error)
{
  if (*failure == NULL || (*failure)->domain == GEZ_SYNC_ERROR)
    {
      g_clear_error (failure);
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (failure));
  return FALSE;
}

static gboolean
apply_wraps (Applying *applying,
             GError  **error)
{
  GPtrArray *records = applying->segment->records;

  for (guint i = 0; i < records->len; i++)
    {
      GezSegmentRecord *record = g_ptr_array_index (records, i);
      gboolean is_new = FALSE;
      gsize size;
      gconstpointer data = g_bytes_get_data (record->bytes, &size);

      if (!g_str_equal (record->kind, "wrap"))
        continue;
      if (!gez_team_add_wrap (applying->team, &applying->segment->head.device, (GezBytesView){ data, size },
                              &is_new, error))
        return FALSE;
      applying->engine->report->keys_came |= is_new;
    }
  return TRUE;
}

static void
open_circle_record (Applying         *applying,
                    GezSegmentRecord *record,
                    GPtrArray        *opened)
{
  GezKeyring *keyring = gez_team_get_keyring (applying->team);
  const guint8 *hint = gez_segment_get_hint (record);
  g_autoptr (GezSecret) key = NULL;
  g_autofree char *name = NULL;
  GVariant *value;
  Opened *one;
  int place = hint ? gez_keyring_find_hint (keyring, hint) : -1;

  if (place < 0)
    {
      if (hint)
        g_byte_array_append (applying->hints, hint, GEZ_HINT_SIZE);
      return;
    }
  key = gez_secret_new (NULL);
  if (key == NULL || !gez_keyring_copy_key (keyring, (guint) place, key))
    return;
  value = gez_segment_open_record (applying->segment, record, key, &name, NULL);
  if (value == NULL)
    return;
  one = g_new0 (Opened, 1);
  one->name = g_steal_pointer (&name);
  one->value = value;
  one->circle = gez_keyring_get (keyring, (guint) place)->circle;
  g_ptr_array_add (opened, one);
}

static void
open_team_record (GezSegmentRecord *record,
                  GPtrArray        *opened)
{
  g_autofree char *name = NULL;
  GVariant *value = gez_segment_open_team (record, &name, NULL);
  Opened *one;

  if (value == NULL)
    return;
  one = g_new0 (Opened, 1);
  one->name = g_steal_pointer (&name);
  one->value = value;
  one->circle = gez_circle_team ();
  g_ptr_array_add (opened, one);
}

/* With each box secret that is still here: public key and secret, newest first. */
static gboolean
open_leaders_record (Applying         *applying,
                     GezSegmentRecord *record,
                     GPtrArray        *opened,
                     GError          **error)
{
  g_autoptr (GezStatement) row = gez_database_query (
    applying->database, error, "SELECT public_key, secret_key FROM box_key ORDER BY number DESC", GEZ_END);
  g_autoptr (GezSecret) secret = gez_secret_new (error);
  GVariant *value = NULL;
  GError *failure = NULL;

  if (row == NULL || secret == NULL)
    return FALSE;
  while (value == NULL && gez_statement_next (row, &failure))
    {
      g_autoptr (GBytes) public_key = gez_statement_get_blob (row, 0);
      g_autoptr (GBytes) secret_key = gez_statement_get_blob (row, 1);
      g_autofree char *name = NULL;

      if (g_bytes_get_size (public_key) != GEZ_KEY_SIZE || g_bytes_get_size (secret_key) != GEZ_KEY_SIZE)
        continue;
      memcpy (secret->bytes, g_bytes_get_data (secret_key, NULL), GEZ_KEY_SIZE);
      value = gez_segment_open_for_leader (applying->segment, record, g_bytes_get_data (public_key, NULL),
                                           secret, &name, NULL);
      if (value)
        {
          Opened *one = g_new0 (Opened, 1);

          *one = (Opened) { g_steal_pointer (&name), value, gez_circle_leaders () };
          g_ptr_array_add (opened, one);
        }
    }
  if (failure)
    g_propagate_error (error, failure);
  return failure == NULL;
}

static GPtrArray *
open_records (Applying *applying,
              GError  **error)
{
  g_autoptr (GPtrArray) opened = g_ptr_array_new_with_free_func (opened_free);
  GPtrArray *records = applying->segment->records;
  gboolean is_leader
      = gez_roster_is_leader (gez_team_get_roster (applying->team), gez_team_get_member (applying->team));

  gez_keyring_set_nonce (gez_team_get_keyring (applying->team), applying->segment->nonce);
  for (guint i = 0; i < records->len; i++)
    {
      GezSegmentRecord *record = g_ptr_array_index (records, i);

      if (g_str_equal (record->kind, "circle"))
        open_circle_record (applying, record, opened);
      else if (g_str_equal (record->kind, "team"))
        open_team_record (record, opened);
      else if (is_leader && g_str_equal (record->kind, "leaders")
               && !open_leaders_record (applying, record, opened, error))
        return NULL;
    }
  return g_steal_pointer (&opened);
}

/* Own writes of a row that somebody moved to another circle are published there again. */
static gboolean
note_moves (Applying  *applying,
            GPtrArray *writes,
            GError   **error)
{
  for (guint i = 0; i < writes->len; i++)
    {
      GezWrite *write = g_ptr_array_index (writes, i);
      g_autoptr (GVariant) cells = NULL;
      g_autoptr (GVariant) circle = NULL;

      if (write->is_birth)
        continue;
      cells = gez_log_cells_from_bytes (write->cells);
      circle = gez_log_find_cell (cells, "circle");
      if (circle
          && !gez_database_execute (
              applying->database, error,
              "INSERT OR IGNORE INTO waiting_write (device, counter) SELECT device, counter "
              "FROM change_log WHERE id = ? AND of_circle IS NULL AND device IN "
              "(SELECT id FROM device UNION SELECT id FROM former_device) AND NOT EXISTS (SELECT 1 FROM "
              "change_log AS k WHERE k.device = ? AND k.counter = ?)",
              GEZ_ID, &write->id, GEZ_ID, &write->version.device, GEZ_INTEGER,
               (gint64) write->version.counter,
              GEZ_END))
        return FALSE;
    }
  return TRUE;
}

/* Of colleagues the roster has the last word, whenever their rows come. */
static gboolean
follow_roster (Applying  *applying,
               GPtrArray *writes,
               GError   **error)
{
  for (guint i = 0; i < writes->len; i++)
    if (g_str_equal (((GezWrite *) g_ptr_array_index (writes, i))->table, "member"))
      return gez_team_follow_roster (applying->team, error);
  return TRUE;
}

static gboolean
merge (Applying        *applying,
       const GezCircle *circle,
       GVariant        *value,
       GError         **error)
{
  g_autoptr (GPtrArray) writes = NULL;
  guint n_applied = 0;

  if (!g_variant_is_of_type (value, G_VARIANT_TYPE (GEZ_WRITES_TYPE)))
    return TRUE;
  writes = gez_writes_from_variant (value);
  if (applying->engine->has_former && !gez_engine_meet_former (applying->database, writes, error))
    return FALSE;
  if (!note_moves (applying, writes, error)
      || !gez_merge_apply_received (applying->database, circle, &applying->segment->head.device, writes,
                                    applying->engine->report->tables, &n_applied, error)
      || !follow_roster (applying, writes, error))
    return FALSE;
  applying->engine->report->n_writes_applied += n_applied;
  return TRUE;
}

static gboolean
apply_relay (Applying *applying,
             Opened   *opened,
             GError  **error)
{
  g_autoptr (GVariant) encoded = NULL;
  g_autoptr (GVariant) writes = NULL;
  GezCircle circle;

  if (!g_variant_is_of_type (opened->value, G_VARIANT_TYPE ("(ay" GEZ_WRITES_TYPE ")")))
    return TRUE;
  encoded = g_variant_get_child_value (opened->value, 0);
  writes = g_variant_get_child_value (opened->value, 1);
  if (!gez_circle_decode (g_variant_get_data (encoded), g_variant_get_size (encoded), &circle))
    return TRUE;
  return merge (applying, &circle, writes, error);
}

static gboolean
apply_opened (Applying *applying,
              Opened   *opened,
              gboolean  is_writes,
              GError  **error)
{
  gboolean is_known = FALSE;
  GError *failure = NULL;

  if (is_writes && gez_snapshot_covers (applying->database, &opened->circle, &applying->segment->head.device,
                                        applying->segment->head.sequence))
    return TRUE;
  if (g_str_equal (opened->name, "writes"))
    return !is_writes || merge (applying, &opened->circle, opened->value, error);
  if (g_str_equal (opened->name, "relay"))
    return !is_writes || apply_relay (applying, opened, error);
  if (is_writes)
    return TRUE;
  gez_team_add_record (applying->team, &applying->segment->head.device, &opened->circle, opened->name,
                       opened->value, &is_known, &failure);
  return may_go_on (&failure, error);
}

static gboolean
apply_records (Applying *applying,
               GError  **error)
{
  g_autoptr (GPtrArray) opened = NULL;

  if (!apply_wraps (applying, error))
    return FALSE;
  opened = open_records (applying, error);
  if (opened == NULL)
    return FALSE;
  for (int is_writes = 0; is_writes < 2; is_writes++)
    for (guint i = 0; i < opened->len; i++)
      if (!apply_opened (applying, g_ptr_array_index (opened, i), is_writes, error))
        return FALSE;
  return TRUE;
}

static gboolean
note_seen (Applying *applying,
           GError  **error)
{
  for (guint i = 0; i < applying->segment->seen->len; i++)
    {
      GezSeen *seen = &g_array_index (applying->segment->seen, GezSeen, i);
      g_autoptr (GBytes) hash = g_bytes_new (seen->hash.bytes, GEZ_HASH_SIZE);

      if (seen->sequence > G_MAXINT64
          || gez_database_execute (
              applying->database, error,
              "INSERT INTO seen_by (device, of_device, sequence, hash) VALUES (?, ?, ?, ?) "
              "ON CONFLICT (device, of_device) DO UPDATE SET sequence = excluded.sequence, "
              "hash = excluded.hash WHERE excluded.sequence > seen_by.sequence",
              GEZ_ID, &applying->segment->head.device, GEZ_ID, &seen->device, GEZ_INTEGER,
              (gint64) seen->sequence, GEZ_BLOB, hash, GEZ_END))
        continue;
      return FALSE;
    }
  return TRUE;
}

static gboolean
note_unread (Applying *applying,
             GError  **error)
{
  GezSegmentHead *head = &applying->segment->head;
  gboolean is_read = applying->hints->len == 0;
  g_autoptr (GBytes) hash = g_bytes_new (head->hash.bytes, GEZ_HASH_SIZE);
  g_autoptr (GBytes) hints = is_read ? NULL : g_bytes_new (applying->hints->data, applying->hints->len);
  g_autoptr (GBytes) nonce = is_read ? NULL : g_bytes_new (applying->segment->nonce, GEZ_NONCE_SIZE);

  return gez_database_execute (applying->database, error,
                               "UPDATE segment SET n_unread = ?, nonce = ?, hints = ?, is_wanted = 0 "
                               "WHERE device = ? AND sequence = ? AND hash = ?",
                               GEZ_INTEGER, (gint64) (applying->hints->len / GEZ_HINT_SIZE), GEZ_BLOB, nonce,
                               GEZ_BLOB, hints, GEZ_ID, &head->device, GEZ_INTEGER, (gint64) head->sequence,
                               GEZ_BLOB, hash, GEZ_END);
}

/* Whether a neighbour in the chain, or another one in its place, says something else. */
static gint64
count_contradictions (GezDatabase    *database,
                      GezSegmentHead *head)
{
  g_autoptr (GBytes) hash = g_bytes_new (head->hash.bytes, GEZ_HASH_SIZE);
  g_autoptr (GBytes) previous = g_bytes_new (head->previous.bytes, GEZ_HASH_SIZE);

  return gez_database_integer (
    database, 0,
    "SELECT count(*) FROM segment WHERE device = ?1 AND ((sequence = ?2 AND hash <> ?3) "
    "OR (sequence = ?2 + 1 AND previous <> ?3) OR (sequence = ?2 - 1 AND hash <> ?4))",
    GEZ_ID, &head->device, GEZ_INTEGER, (gint64) head->sequence, GEZ_BLOB, hash, GEZ_BLOB, previous, GEZ_END);
}

static gboolean
note_device (GezDatabase *database,
             GezSegment  *segment,
             gboolean     is_forked,
             GError     **error)
{
  gint64 now = gez_clock_get_now (gez_database_get_clock (database));
  gint64 sequence = (gint64) segment->head.sequence;
  gint64 content = segment->records->len > 0 ? sequence : 0;

  return gez_database_execute (
      database, error,
      "INSERT INTO sync_device (device, n_read, content_sequence, last_sequence, last_wall_at, last_read_at, "
      "forked_at) "
      "VALUES (?1, 1, ?2, ?3, ?4, ?5, nullif(?6, 0)) ON CONFLICT (device) DO UPDATE SET n_read = n_read + 1, "
      "content_sequence = max(content_sequence, ?2), forked_at = coalesce(forked_at, nullif(?6, 0)), "
      "last_wall_at = CASE WHEN ?3 >= last_sequence THEN ?4 ELSE last_wall_at END, "
      "last_read_at = CASE WHEN ?3 >= last_sequence THEN ?5 ELSE last_read_at END, "
      "last_sequence = max(last_sequence, ?3)",
      GEZ_ID, &segment->head.device, GEZ_INTEGER, content, GEZ_INTEGER, sequence, GEZ_INTEGER,
      segment->wall_at, GEZ_INTEGER, now, GEZ_INTEGER, is_forked ? MAX (now, 1) : (gint64)0, GEZ_END);
}

/**
 * gez_engine_note_segment:
 * @is_forked: whether another segment contradicts it
 *
 * Notes that a segment was read or made here.
 *
 * Transaction: the caller's.
 */
gboolean
gez_engine_note_segment (GezDatabase *database,
                         GezSegment  *segment,
                         gboolean     is_forked,
                         GError     **error)
{
  GezSegmentHead *head = &segment->head;
  g_autoptr (GBytes) hash = g_bytes_new (head->hash.bytes, GEZ_HASH_SIZE);
  g_autoptr (GBytes) previous = g_bytes_new (head->previous.bytes, GEZ_HASH_SIZE);

  return gez_database_execute (database, error,
                               "INSERT INTO segment (device, sequence, hash, previous, wall_at, read_at) "
                               "VALUES (?, ?, ?, ?, ?, ?)",
                               GEZ_ID, &head->device, GEZ_INTEGER, (gint64) head->sequence, GEZ_BLOB, hash,
                               GEZ_BLOB, previous, GEZ_INTEGER, segment->wall_at, GEZ_INTEGER,
                               gez_clock_get_now (gez_database_get_clock (database)), GEZ_END)
         && note_device (database, segment, is_forked, error)
         && gez_engine_advance (database, &head->device, error);
}

/**
 * gez_engine_advance:
 * @device: whose segments
 *
 * Moves on the end of what was read of a device without a gap. It stops before two that contradict each
 * other.
 *
 * Transaction: the caller's.
 */
gboolean
gez_engine_advance (GezDatabase  *database,
                    const GezId  *device,
                    GError      **error)
{
  static const guint8 zeros[GEZ_HASH_SIZE] = { 0 };
  g_autoptr (GBytes) none = g_bytes_new_static (zeros, sizeof zeros);

#ifdef GEZ_MUTANT_SEEN_OVER_GAPS
  return gez_database_execute (database, error,
                               "UPDATE sync_device SET (sequence, hash) = (SELECT g.sequence, g.hash FROM segment AS g "
                               "WHERE g.device = sync_device.device ORDER BY g.sequence DESC LIMIT 1) WHERE device = ?",
                               GEZ_ID, device, GEZ_END);
#endif
  do
    if (!gez_database_execute (
          database, error,
          "UPDATE sync_device SET sequence = sequence + 1, hash = (SELECT g.hash FROM segment AS g "
          "WHERE g.device = sync_device.device AND g.sequence = sync_device.sequence + 1) "
          "WHERE device = ?1 AND (SELECT count(*) FROM segment AS g WHERE g.device = sync_device.device "
          "AND g.sequence = sync_device.sequence + 1) = 1 "
          "AND (SELECT g.previous FROM segment AS g WHERE g.device = sync_device.device "
          "AND g.sequence = sync_device.sequence + 1) = coalesce(hash, ?2)",
          GEZ_ID, device, GEZ_BLOB, none, GEZ_END))
      return FALSE;
  while (gez_database_get_n_changed (database) > 0);
  return TRUE;
}

/* TRUE: it may be taken; else @why says why not, or nothing when it is known. */
static gboolean
is_acceptable (Taking                *taking,
               GezRoster             *roster,
               const GezRosterDevice *device)
{
#ifdef GEZ_MUTANT_NO_PIN
  taking->why = device ? NULL : "unknown_device";
  return device != NULL;
#endif
  const GezRosterMember *member = device ? gez_roster_find_member (roster, &device->member) : NULL;

  if (device == NULL)
    taking->why = "unknown_device";
  /* Nobody knew of the device when its member was removed, so it has no pin: perhaps made up since. */
  else if (!device->is_removed && member && !member->is_active)
    taking->why = "removed";
  else if (device->is_removed && taking->head.sequence > device->pin_sequence)
    taking->why = "removed";
  else if (device->is_removed && taking->head.sequence == device->pin_sequence
           && !gez_hash_equal (&taking->head.hash, &device->pin_hash))
    taking->why = "removed";
  return taking->why == NULL;
}

/* Two leaders who are both offline can make team keys with one number. */
static GezSegment *
open_segment (Taking                *taking,
              GezTeam               *team,
              const GezRosterDevice *device)
{
  GezKeyring *keyring = gez_team_get_keyring (team);
  GezCircle circle = gez_circle_team ();
  g_autoptr (GArray) places = gez_keyring_find (keyring, &circle);
  g_autoptr (GezSecret) key = gez_secret_new (NULL);
  GezSegment *segment = NULL;

  taking->why = "unknown_key";
  for (guint i = 0; key && segment == NULL && i < places->len; i++)
    {
      guint place = g_array_index (places, guint, i);
      g_autoptr (GError) failure = NULL;

      if (gez_keyring_get (keyring, place)->number != taking->head.key_number
          || !gez_keyring_copy_key (keyring, place, key))
        continue;
      segment = gez_segment_open (taking->file, key, device->public_key, &failure);
      taking->why = segment ? NULL : gez_engine_why (failure);
    }
  return segment;
}

static gboolean
note_restored (GezDatabase *database,
               GError     **error)
{
  return gez_database_execute (database, error,
                               "UPDATE sync_state SET restored_at = ? WHERE restored_at IS NULL", GEZ_INTEGER,
                               MAX (gez_clock_get_now (gez_database_get_clock (database)), 1), GEZ_END);
}

static gboolean
apply_segment (Taking      *taking,
               GezDatabase *database,
               GezTeam     *team,
               GezSegment  *segment,
               gboolean     is_known,
               GError     **error)
{
  g_autoptr (GByteArray) hints = g_byte_array_new ();
  Applying applying = { taking->engine, database, team, segment, hints };
  gboolean is_forked = !is_known && count_contradictions (database, &segment->head) > 0;
  gint64 last_row = gez_database_integer (database, 0, "SELECT max(row) FROM change_log", GEZ_END);

  return (is_known || gez_engine_note_segment (database, segment, is_forked, error))
         && apply_records (&applying, error)
         && gez_database_execute (database, error, "UPDATE change_log SET of_sequence = ? WHERE row > ?",
                                  GEZ_INTEGER, (gint64) segment->head.sequence, GEZ_INTEGER, last_row,
                                   GEZ_END)
         && (is_known || note_seen (&applying, error)) && note_unread (&applying, error);
}

static gboolean
take_cb (GezDatabase *database,
         gpointer     data,
         GError     **error)
{
  Taking *taking = data;
  GezEngine *self = taking->engine;
  g_autoptr (GBytes) hash = g_bytes_new (taking->head.hash.bytes, GEZ_HASH_SIZE);
  g_autoptr (GezSegment) segment = NULL;
  const GezRosterDevice *device;
  GezTeam *team = gez_engine_get_team (self, database, error);
  gint64 wanted;

  if (team == NULL)
    return FALSE;
  wanted = gez_database_integer (
      database, -1, "SELECT is_wanted FROM segment WHERE device = ? AND sequence = ? AND hash = ?", GEZ_ID,
      &taking->head.device, GEZ_INTEGER, (gint64) taking->head.sequence, GEZ_BLOB, hash, GEZ_END);
  if (wanted == 0)
    return TRUE;
  device = gez_roster_find_device (gez_team_get_roster (team), &taking->head.device);
  if (!is_acceptable (taking, gez_team_get_roster (team), device))
    return TRUE;
  segment = open_segment (taking, team, device);
  if (segment == NULL)
    return TRUE;
  if (gez_id_equal (&taking->head.device, &self->device) && wanted < 0)
    return note_restored (database, error);
  return apply_segment (taking, database, team, segment, wanted > 0, error);
}

/* What vouches for nothing yet: whose it says it is. */
static void
peek (Taking *taking)
{
  g_autoptr (GError) failure = NULL;

  if (!gez_segment_peek (taking->file, &taking->head, &failure))
    taking->why = gez_engine_why (failure);
  else if (taking->head.is_snapshot || !gez_id_equal (&taking->head.team, &taking->engine->team_id)
           || taking->head.sequence == 0 || taking->head.sequence > G_MAXINT64)
    taking->why = "foreign";
}

/**
 * gez_engine_take_segment:
 * @file: all of it
 * @head: (out caller-allocates): what it says of itself, when @why does not say that it is not ours
 * @why: (out): why it cannot be taken yet, as in the table quarantine; %NULL: it was taken, or is known
 *
 * Takes what a segment brings.
 *
 * Returns: %FALSE with @error set when the round cannot go on
 */
gboolean
gez_engine_take_segment (GezEngine       *self,
                         GBytes          *file,
                         GezSegmentHead  *head,
                         const char     **why,
                         GError         **error)
{
  Taking taking = { .engine = self, .file = file };
  gboolean done;

  peek (&taking);
  done = taking.why != NULL || gez_engine_change (self, take_cb, &taking, error);
  *head = taking.head;
  *why = taking.why;
  return done;
}
