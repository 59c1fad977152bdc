/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/gez-snapshot-private.h"

#include <string.h>

/* Reading a snapshot, and who makes one.
 *
 * 1. Its writes are applied as they come: they are a set, and harmless when the rest never comes.
 * 2. It covers a circle when all its parts were here and the state of the circle is what its maker said: then the
 *    writes of that circle in the segments that the maker had seen need not be applied.
 * 3. Every reader of a circle knows who is to make one: of the devices that have its key and were heard of lately the
 *    one with the least hash of circle and device. So one does it, and when it falls silent the next one. */

#define DAY (24 * 60 * 60 * G_GINT64_CONSTANT (1000))
#define KEPT_FOR (30 * DAY)
#define HEARD_OF (14 * DAY)
#define WORTH_WRITES 5000

/* What came of one circle. */
typedef struct
{
  GBytes *circle;
  GezStateHash state;
  gboolean is_told;
  GezStateHash told;
} Came;

struct _GezSnapshotReader
{
  GezId snapshot;
  gint64 wall_at;
  guint32 n_parts;
  GHashTable *parts; /* numbers of those that were read */
  GHashTable *came;  /* GBytes to Came */
  GArray *seen;      /* (nullable) GezSeen */
};

/*
 * gez_state_hash_add:
 *
 * Adds H("write/1", device, counter, cells), both little endian.
 */
void
gez_state_hash_add (GezStateHash *self,
                    GezWrite     *write)
{
  guint64 counter = GUINT64_TO_LE (write->version.counter);
  gsize size;
  gconstpointer cells = g_bytes_get_data (write->cells, &size);
  const GezBytesView parts[] = { { write->version.device.bytes, GEZ_ID_SIZE }, { &counter, sizeof counter },
                                 { cells, size } };
  guint8 hash[GEZ_HASH_SIZE];
  guint carry = 0;

  gez_hash_parts (hash, sizeof hash, NULL, "write/1", parts, G_N_ELEMENTS (parts));
  for (guint i = 0; i < GEZ_HASH_SIZE; i++)
    {
      carry += (guint) self->sum[i] + hash[i];
      self->sum[i] = (guint8) carry;
      carry >>= 8;
    }
  self->n_writes++;
}

static void
came_free (gpointer data)
{
  g_bytes_unref (((Came *) data)->circle);
  g_free (data);
}

GezSnapshotReader *
gez_snapshot_reader_new (void)
{
  GezSnapshotReader *self = g_new0 (GezSnapshotReader, 1);

  self->parts = g_hash_table_new (g_direct_hash, g_direct_equal);
  self->came = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, NULL, came_free);
  return self;
}

void
gez_snapshot_reader_free (GezSnapshotReader *self)
{
  g_hash_table_unref (self->parts);
  g_hash_table_unref (self->came);
  g_clear_pointer (&self->seen, g_array_unref);
  g_free (self);
}

static Came *
get_came (GezSnapshotReader *self,
          GBytes            *circle)
{
  Came *came = g_hash_table_lookup (self->came, circle);

  if (came)
    return came;
  came = g_new0 (Came, 1);
  came->circle = g_bytes_ref (circle);
  g_hash_table_insert (self->came, came->circle, came);
  return came;
}

static gboolean
is_covered (GezDatabase *database,
            GBytes      *circle)
{
  return gez_database_integer (database, 0, "SELECT 1 FROM snapshot_cover WHERE of_circle = ? LIMIT 1", GEZ_BLOB,
                               circle, GEZ_END) != 0;
}

typedef struct
{
  GezSnapshotReader *reader;
  GezDatabase *database;
  GezSegment *part;
  GPtrArray *tables;
  guint *n_applied;
} Taking;

static gboolean
take_writes (Taking          *taking,
             const GezCircle *circle,
             Came            *came,
             GVariant        *value,
             GError         **error)
{
  g_autoptr (GPtrArray) writes = NULL;
  guint n_applied = 0;

  if (!g_variant_is_of_type (value, G_VARIANT_TYPE (GEZ_WRITES_TYPE)))
    return TRUE;
  writes = gez_writes_from_variant (value);
  for (guint i = 0; i < writes->len; i++)
    gez_state_hash_add (&came->state, g_ptr_array_index (writes, i));
  if (!gez_merge_apply_brought (taking->database, circle, &taking->part->head.device, FALSE, writes, taking->tables,
                                &n_applied, error))
    return FALSE;
  *taking->n_applied += n_applied;
  return TRUE;
}

static void
take_state (Came     *came,
            GVariant *value)
{
  g_autoptr (GVariant) circle = NULL, sum = NULL;

  if (!g_variant_is_of_type (value, G_VARIANT_TYPE ("(ayayt)")))
    return;
  g_variant_get (value, "(@ay@ayt)", &circle, &sum, &came->told.n_writes);
  if (g_variant_get_size (sum) != GEZ_HASH_SIZE || g_variant_get_size (circle) != g_bytes_get_size (came->circle) ||
      memcmp (g_variant_get_data (circle), g_bytes_get_data (came->circle, NULL), g_variant_get_size (circle)) != 0)
    return;
  memcpy (came->told.sum, g_variant_get_data (sum), GEZ_HASH_SIZE);
  came->is_told = TRUE;
}

static gboolean
take_record (Taking           *taking,
             GezKeyring       *keyring,
             GezSegmentRecord *record,
             GError          **error)
{
  const guint8 *hint = gez_segment_get_hint (record);
  int place = hint ? gez_keyring_find_hint (keyring, hint) : -1;
  g_autoptr (GezSecret) key = NULL;
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GBytes) encoded = NULL;
  g_autofree char *name = NULL;
  guint8 bytes[GEZ_CIRCLE_SIZE_MAX];
  GezCircle circle;

  if (place < 0)
    return TRUE;
  circle = gez_keyring_get (keyring, (guint) place)->circle;
  encoded = g_bytes_new (bytes, gez_circle_encode (circle, bytes));
  key = gez_secret_new (error);
  if (key == NULL || !gez_keyring_copy_key (keyring, (guint) place, key))
    return FALSE;
  if (is_covered (taking->database, encoded))
    return TRUE;
  value = gez_segment_open_record (taking->part, record, key, &name, NULL);
  if (value && g_str_equal (name, "writes"))
    return take_writes (taking, &circle, get_came (taking->reader, encoded), value, error);
  if (value && g_str_equal (name, "state"))
    take_state (get_came (taking->reader, encoded), value);
  return TRUE;
}

/**
 * gez_snapshot_read_part:
 * @part: opened; of the same snapshot as those before
 * @tables: (element-type utf8) (nullable): gets the tables of which rows changed
 * @n_applied: (inout): grows by the writes that were new here
 *
 * Applies what this person can read of it.
 */
gboolean
gez_snapshot_read_part (GezSnapshotReader *self,
                        GezDatabase       *database,
                        GezTeam           *team,
                        GezSegment        *part,
                        GPtrArray         *tables,
                        guint             *n_applied,
                        GError           **error)
{
  Taking taking = { self, database, part, tables, n_applied };
  GezKeyring *keyring = gez_team_get_keyring (team);

  g_return_val_if_fail (part->head.is_snapshot, FALSE);

  if (!g_hash_table_add (self->parts, GUINT_TO_POINTER ((guint) part->head.sequence)))
    return TRUE;
  self->snapshot = part->head.snapshot;
  self->n_parts = part->head.n_parts;
  self->wall_at = part->wall_at;
  if (self->seen == NULL)
    self->seen = g_array_ref (part->seen);
  gez_keyring_set_nonce (keyring, part->nonce);
  for (guint i = 0; i < part->records->len; i++)
    {
      GezSegmentRecord *record = g_ptr_array_index (part->records, i);

      if (g_str_equal (record->kind, "circle") && !take_record (&taking, keyring, record, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
cover (GezSnapshotReader *self,
       GezDatabase       *database,
       Came              *came,
       GError           **error)
{
  for (guint i = 0; i < self->seen->len; i++)
    {
      GezSeen *seen = &g_array_index (self->seen, GezSeen, i);

      if (seen->sequence <= G_MAXINT64 &&
          !gez_database_execute (database, error,
                                 "INSERT INTO snapshot_cover VALUES (?1, ?2, ?3) ON CONFLICT (of_circle, device) DO "
                                 "UPDATE SET sequence = max(sequence, ?3)", GEZ_BLOB, came->circle, GEZ_ID,
                                 &seen->device, GEZ_INTEGER, (gint64) seen->sequence, GEZ_END))
        return FALSE;
    }
  return gez_database_execute (database, error, "INSERT OR REPLACE INTO snapshot_read VALUES (?, ?, ?)", GEZ_BLOB,
                               came->circle, GEZ_ID, &self->snapshot, GEZ_INTEGER, self->wall_at, GEZ_END);
}

/**
 * gez_snapshot_reader_finish:
 * @n_covered: (out): of how many circles everything came
 */
gboolean
gez_snapshot_reader_finish (GezSnapshotReader *self,
                            GezDatabase       *database,
                            guint             *n_covered,
                            GError           **error)
{
  GHashTableIter iter;
  gpointer value;

  *n_covered = 0;
  if (self->n_parts == 0 || g_hash_table_size (self->parts) < self->n_parts)
    return TRUE;
  g_hash_table_iter_init (&iter, self->came);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Came *came = value;

      if (!came->is_told || came->told.n_writes != came->state.n_writes ||
          memcmp (came->told.sum, came->state.sum, GEZ_HASH_SIZE) != 0)
        continue;
      if (!cover (self, database, came, error))
        return FALSE;
      *n_covered += 1;
    }
  return TRUE;
}

/**
 * gez_snapshot_covers:
 *
 * Returns: whether what @circle has in that segment of @device is here already
 */
gboolean
gez_snapshot_covers (GezDatabase     *database,
                     const GezCircle *circle,
                     const GezId     *device,
                     guint64          sequence)
{
  guint8 bytes[GEZ_CIRCLE_SIZE_MAX];
  g_autoptr (GBytes) encoded = g_bytes_new (bytes, gez_circle_encode (*circle, bytes));

  return gez_database_integer (database, 0,
                               "SELECT 1 FROM snapshot_cover WHERE of_circle = ? AND device = ? AND sequence >= ?",
                               GEZ_BLOB, encoded, GEZ_ID, device, GEZ_INTEGER, (gint64) sequence, GEZ_END) != 0;
}

/* Who makes one --------------------------------------------------------------------------------- */

static void
hash_maker (GBytes      *circle,
            const GezId *device,
            guint8       hash[GEZ_HASH_SIZE])
{
  gsize size;
  gconstpointer bytes = g_bytes_get_data (circle, &size);
  const GezBytesView parts[] = { { bytes, size }, { device->bytes, GEZ_ID_SIZE } };

  gez_hash_parts (hash, GEZ_HASH_SIZE, NULL, "snapshot-maker/1", parts, G_N_ELEMENTS (parts));
}

/* Whether no other device that can and was heard of comes first. */
static gboolean
is_chosen (GezDatabase *database,
           const GezId *own,
           GBytes      *circle,
           gint64       now,
           GError     **error)
{
  g_autoptr (GezStatement) row = NULL;
  guint8 least[GEZ_HASH_SIZE], hash[GEZ_HASH_SIZE];
  gboolean chosen = TRUE;
  GError *failure = NULL;

  hash_maker (circle, own, least);
  row = gez_database_query (database, error,
                            "SELECT DISTINCT g.device FROM circle_key AS k JOIN key_given AS g ON g.key_id = k.key_id "
                            "JOIN sync_device AS s ON s.device = g.device WHERE k.of_circle = ? AND s.is_removed = 0 "
                            "AND s.device <> ? AND s.last_read_at > ?", GEZ_BLOB, circle, GEZ_ID, own, GEZ_INTEGER,
                            now - HEARD_OF, GEZ_END);
  while (row && chosen && gez_statement_next (row, &failure))
    {
      GezId device = gez_statement_get_id (row, 0);

      hash_maker (circle, &device, hash);
      chosen = memcmp (least, hash, sizeof hash) < 0;
    }
  if (failure)
    g_propagate_error (error, failure);
  return row && failure == NULL && chosen;
}

/**
 * gez_snapshot_list_due:
 *
 * Returns: (transfer full): the circles; %NULL with @error set
 */
GArray *
gez_snapshot_list_due (GezDatabase *database,
                       GezTeam     *team,
                       GError     **error)
{
  g_autoptr (GArray) due = g_array_new (FALSE, FALSE, sizeof (GezCircle));
  gint64 now = gez_clock_get_now (gez_database_get_clock (database)), since = now;
  g_autoptr (GezStatement) row = NULL;
  GError *failure = NULL;

  row = gez_database_query (database, error,
                            "SELECT k.of_circle, coalesce((SELECT max(s.read_at) FROM snapshot_read AS s "
                            "WHERE s.of_circle = k.of_circle), 0) FROM circle_key AS k GROUP BY k.of_circle", GEZ_END);
  while (row && failure == NULL && gez_statement_next (row, &failure))
    {
      g_autoptr (GBytes) encoded = gez_statement_get_blob (row, 0);
      gint64 last = gez_statement_get_integer (row, 1);
      GezCircle circle;

      if (last > now - KEPT_FOR ||
          !gez_circle_decode (g_bytes_get_data (encoded, NULL), g_bytes_get_size (encoded), &circle) ||
          !is_chosen (database, gez_team_get_device (team), encoded, now, &failure))
        continue;
      since = MIN (since, last);
      g_array_append_val (due, circle);
    }
  if (failure)
    g_propagate_error (error, failure);
  if (row == NULL || failure)
    return NULL;
  if (gez_database_integer (database, 0, "SELECT count(*) FROM (SELECT 1 FROM change_log WHERE wall_at > ? LIMIT ?)",
                            GEZ_INTEGER, since, GEZ_INTEGER, (gint64) WORTH_WRITES + 1, GEZ_END) <= WORTH_WRITES)
    g_array_set_size (due, 0);
  return g_steal_pointer (&due);
}
