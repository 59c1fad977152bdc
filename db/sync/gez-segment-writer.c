/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/gez-segment-private.h"

#include <sodium.h>
#include <string.h>

#include "circle/gez-variant.h"

/* Making a segment, or a part of a snapshot (format: docs/SYNC.md, "Segment"). The nonce of the body is drawn
 * first: the hints of the records depend on it. */

#define RECORD_OVERHEAD 16 /* kind and place of a record among the others, about */

typedef struct
{
  const char *kind;
  GBytes *bytes;
} Record;

struct _GezSegmentWriter
{
  GezSegmentHead head;
  guint8 nonce[GEZ_NONCE_SIZE];
  GArray *seen;   /* GezSeen */
  GArray *records; /* Record */
  gsize size;     /* about */
};

static void
clear_record (gpointer data)
{
  g_bytes_unref (((Record *) data)->bytes);
}

static GezBytesView
view_of (GBytes *bytes)
{
  GezBytesView view;

  view.data = g_bytes_get_data (bytes, &view.size);
  return view;
}

static void
put_number (guint8 *at,
            guint32 number)
{
  guint32 little = GUINT32_TO_LE (number);

  memcpy (at, &little, sizeof little);
}

/**
 * gez_segment_writer_new:
 * @head: team, device, sequence, number of the team key, and the previous segment's hash (zeros: the first);
 *   of a part of a snapshot its number, the snapshot and how many parts it has
 *
 * Returns: (transfer full): a segment without records
 *
 * Thread: any one at a time, here and below.
 */
GezSegmentWriter *
gez_segment_writer_new (const GezSegmentHead *head)
{
  GezSegmentWriter *self;

  g_return_val_if_fail (head != NULL && head->sequence > 0, NULL);
  g_return_val_if_fail (!head->is_snapshot || head->sequence <= head->n_parts, NULL);

  self = g_new0 (GezSegmentWriter, 1);
  self->head = *head;
  self->seen = g_array_new (FALSE, FALSE, sizeof (GezSeen));
  self->records = g_array_new (FALSE, FALSE, sizeof (Record));
  g_array_set_clear_func (self->records, clear_record);
  self->size = GEZ_SEGMENT_AT_BODY + GEZ_SIGNATURE_SIZE;
  randombytes_buf (self->nonce, sizeof self->nonce);
  return self;
}

/**
 * gez_segment_writer_free:
 * @self: (nullable) (transfer full): a writer
 */
void
gez_segment_writer_free (GezSegmentWriter *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->seen);
  g_array_unref (self->records);
  g_free (self);
}

/**
 * gez_segment_writer_set_end:
 * @n_parts: how many parts the snapshot has
 * @key_number: of the team key under which the part goes
 */
void
gez_segment_writer_set_end (GezSegmentWriter *self,
                            guint32           n_parts,
                            guint32           key_number)
{
  g_return_if_fail (self != NULL && self->head.is_snapshot && self->head.sequence <= n_parts);

  self->head.n_parts = n_parts;
  self->head.key_number = key_number;
}

/**
 * gez_segment_writer_add_seen:
 * @seen: what the writer has seen of one device
 */
void
gez_segment_writer_add_seen (GezSegmentWriter *self,
                             const GezSeen    *seen)
{
  g_return_if_fail (self != NULL && seen != NULL);

  g_array_append_val (self->seen, *seen);
  self->size += sizeof *seen;
}

/**
 * gez_segment_writer_add_bytes:
 * @kind: which stays the caller's for as long as the writer lives
 * @bytes: as they will stand in the segment
 */
void
gez_segment_writer_add_bytes (GezSegmentWriter *self,
                              const char       *kind,
                              GBytes           *bytes)
{
  Record record;

  g_return_if_fail (self != NULL && kind != NULL && bytes != NULL);

  record.kind = kind;
  record.bytes = g_bytes_ref (bytes);
  g_array_append_val (self->records, record);
  self->size += g_bytes_get_size (bytes) + RECORD_OVERHEAD;
}

/**
 * gez_segment_writer_add_wrap:
 * @wrap: of gez_wrap_seal()
 */
void
gez_segment_writer_add_wrap (GezSegmentWriter *self,
                             GBytes           *wrap)
{
  gez_segment_writer_add_bytes (self, "wrap", wrap);
}

static GBytes *
write_record (const char *name,
              GVariant   *value,
              GError    **error)
{
  g_autoptr (GBytes) content = gez_variant_write (g_variant_new (GEZ_RECORD_CONTENT, name, value));

  if (g_bytes_get_size (content) <= GEZ_SEGMENT_SIZE_MAX)
    return gez_compress (view_of (content), error);
  g_set_error (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_IO, "A record %s is larger than a segment", name);
  return NULL;
}

/* @before: (nullable): what stands before the sealed message */
static gboolean
add_sealed (GezSegmentWriter *self,
            const char       *kind,
            GByteArray       *before,
            const GezSecret  *key,
            GBytes           *compressed,
            GError          **error)
{
  guint8 place[GEZ_PLACE_SIZE];
  g_autoptr (GBytes) sealed = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize size;
  gconstpointer data;

  gez_segment_place (&self->head, self->records->len, place);
  sealed = gez_seal_message (key, (GezBytesView) { place, sizeof place }, view_of (compressed), error);
  if (sealed == NULL)
    return FALSE;
  data = g_bytes_get_data (sealed, &size);
  g_byte_array_append (before, data, (guint) size);
  bytes = g_byte_array_free_to_bytes (g_byte_array_ref (before));
  gez_segment_writer_add_bytes (self, kind, bytes);
  return TRUE;
}

/**
 * gez_segment_writer_add:
 * @key: (nullable): that of the circle; %NULL: a record for the whole team
 * @name: as in the table of docs/SYNC.md
 * @value: (transfer none): taken over when floating
 *
 * Returns: %FALSE with GEZ_SYNC_ERROR_IO when it is larger than any segment, or GEZ_VAULT_ERROR_NO_MEMORY
 */
gboolean
gez_segment_writer_add (GezSegmentWriter *self,
                        const GezSecret  *key,
                        const char       *name,
                        GVariant         *value,
                        GError          **error)
{
  g_autoptr (GBytes) compressed = NULL;
  g_autoptr (GByteArray) before = NULL;
  guint8 hint[GEZ_HINT_SIZE];

  g_return_val_if_fail (self != NULL && name != NULL && value != NULL, FALSE);

  compressed = write_record (name, value, error);
  if (compressed == NULL)
    return FALSE;
  if (key == NULL)
    {
      gez_segment_writer_add_bytes (self, "team", compressed);
      return TRUE;
    }
  gez_key_hint (key, self->nonce, hint);
  before = g_byte_array_append (g_byte_array_new (), hint, sizeof hint);
  return add_sealed (self, "circle", before, key, compressed, error);
}

static gboolean
add_boxes (GByteArray      *boxes,
           GPtrArray       *box_keys,
           const GezSecret *key,
           GError         **error)
{
  for (guint i = 0; i < box_keys->len; i++)
    {
      guint8 box[GEZ_BOX_SEAL_SIZE];
      gsize size;
      const guint8 *box_public = g_bytes_get_data (box_keys->pdata[i], &size);

      if (size != GEZ_KEY_SIZE || crypto_box_seal (box, key->bytes, GEZ_KEY_SIZE, box_public) != 0)
        {
          g_set_error_literal (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_DAMAGED,
                               "The box key of a leader is none");
          return FALSE;
        }
      g_byte_array_append (boxes, box, sizeof box);
    }
  return TRUE;
}

/**
 * gez_segment_writer_add_for_leaders:
 * @box_keys: (element-type GBytes): the public box keys of the leaders' devices, at most 255
 * @name: as in the table of docs/SYNC.md
 * @value: (transfer none): taken over when floating
 *
 * Seals it under a key that only the leaders are given.
 *
 * Returns: %FALSE as gez_segment_writer_add(), or with GEZ_SYNC_ERROR_DAMAGED when a box key is none
 */
gboolean
gez_segment_writer_add_for_leaders (GezSegmentWriter *self,
                                    GPtrArray        *box_keys,
                                    const char       *name,
                                    GVariant         *value,
                                    GError          **error)
{
  g_autoptr (GBytes) compressed = NULL;
  g_autoptr (GByteArray) before = g_byte_array_new ();
  g_autoptr (GezSecret) key = NULL;
  guint8 n_boxes;

  g_return_val_if_fail (self != NULL && name != NULL && value != NULL, FALSE);
  g_return_val_if_fail (box_keys != NULL && box_keys->len <= G_MAXUINT8, FALSE);

  compressed = write_record (name, value, error);
  key = compressed != NULL ? gez_secret_new (error) : NULL;
  if (key == NULL)
    return FALSE;
  randombytes_buf (key->bytes, GEZ_KEY_SIZE);
  n_boxes = (guint8) box_keys->len;
  g_byte_array_append (before, &n_boxes, 1);
  return add_boxes (before, box_keys, key, error)
         && add_sealed (self, "leaders", before, key, compressed, error);
}

/**
 * gez_segment_writer_get_size:
 *
 * Returns: how large the file will be, in bytes, but for its padding
 */
gsize
gez_segment_writer_get_size (GezSegmentWriter *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->size;
}

static GBytes *
write_content (GezSegmentWriter *self,
               gint64            wall_at,
               const GezHash    *roster_heads)
{
  GVariantBuilder seen, records;

  g_variant_builder_init (&seen, G_VARIANT_TYPE ("a(aytay)"));
  for (guint i = 0; i < self->seen->len; i++)
    {
      GezSeen *one = &g_array_index (self->seen, GezSeen, i);

      g_variant_builder_add (&seen, "(@ayt@ay)", gez_variant_of_bytes (one->device.bytes, GEZ_ID_SIZE),
                             one->sequence, gez_variant_of_bytes (one->hash.bytes, GEZ_HASH_SIZE));
    }
  g_variant_builder_init (&records, G_VARIANT_TYPE ("a(say)"));
  for (guint i = 0; i < self->records->len; i++)
    {
      Record *record = &g_array_index (self->records, Record, i);
      GezBytesView view = view_of (record->bytes);

      g_variant_builder_add (&records, "(s@ay)", record->kind, gez_variant_of_bytes (view.data, view.size));
    }
  return gez_variant_write (g_variant_new ("(x@aya(aytay)a(say))", wall_at,
                                           gez_variant_of_bytes (roster_heads->bytes, GEZ_HASH_SIZE), &seen,
                                           &records));
}

static GByteArray *
write_head (GezSegmentWriter *self,
            gsize             body_size)
{
  GByteArray *file = g_byte_array_sized_new ((guint) (GEZ_SEGMENT_AT_BODY + body_size + GEZ_SIGNATURE_SIZE));
  guint8 head[GEZ_SEGMENT_AT_BODY] = { 0 };
  guint64 sequence = GUINT64_TO_LE (self->head.sequence);

  memcpy (head, self->head.is_snapshot ? GEZ_SNAPSHOT_MAGIC : GEZ_SEGMENT_MAGIC, GEZ_MAGIC_SIZE);
  memcpy (head + GEZ_SEGMENT_AT_TEAM, self->head.team.bytes, GEZ_ID_SIZE);
  memcpy (head + GEZ_SEGMENT_AT_DEVICE, self->head.device.bytes, GEZ_ID_SIZE);
  memcpy (head + GEZ_SEGMENT_AT_SEQUENCE, &sequence, sizeof sequence);
  if (self->head.is_snapshot)
    {
      memcpy (head + GEZ_SEGMENT_AT_PREVIOUS, self->head.snapshot.bytes, GEZ_ID_SIZE);
      put_number (head + GEZ_SEGMENT_AT_PREVIOUS + GEZ_ID_SIZE, self->head.n_parts);
    }
  else
    memcpy (head + GEZ_SEGMENT_AT_PREVIOUS, self->head.previous.bytes, GEZ_HASH_SIZE);
  put_number (head + GEZ_SEGMENT_AT_KEY_NUMBER, self->head.key_number);
  put_number (head + GEZ_SEGMENT_AT_LENGTH, (guint32) body_size);
  return g_byte_array_append (file, head, sizeof head);
}

static void
sign_file (GezSegmentWriter *self,
           GByteArray       *file,
           const GezSecret  *device_secret)
{
  guint8 signature[GEZ_SIGNATURE_SIZE];
  GezHash hash;

  gez_segment_signed_hash (self->head.is_snapshot, (GezBytesView) { file->data, file->len }, &hash);
  gez_sign (device_secret, &hash, signature);
  g_byte_array_append (file, signature, sizeof signature);
}

/**
 * gez_segment_writer_finish:
 * @wall_at: the clock here, in milliseconds UTC
 * @roster_heads: hash of the roster's heads, as they are known here
 * @team_key: that of the number in the head
 * @device_secret: 64 bytes of Ed25519
 * @hash: (out): of the whole file
 *
 * Called once. Each call would use the same nonce.
 *
 * Returns: (transfer full) (nullable): the file; or %NULL with GEZ_SYNC_ERROR_IO when it is larger than any
 *   segment, or GEZ_VAULT_ERROR_NO_MEMORY
 */
GBytes *
gez_segment_writer_finish (GezSegmentWriter *self,
                           gint64            wall_at,
                           const GezHash    *roster_heads,
                           const GezSecret  *team_key,
                           const GezSecret  *device_secret,
                           GezHash          *hash,
                           GError          **error)
{
  g_autoptr (GBytes) content = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GByteArray) file = NULL;
  GBytes *bytes;
  gsize size;

  g_return_val_if_fail (self != NULL && roster_heads != NULL && hash != NULL, NULL);
  g_return_val_if_fail (team_key != NULL && device_secret != NULL, NULL);

  content = write_content (self, wall_at, roster_heads);
  size = gez_sealed_size (g_bytes_get_size (content));
  if (size > GEZ_SEGMENT_SIZE_MAX - GEZ_SEGMENT_AT_BODY - GEZ_SIGNATURE_SIZE)
    {
      g_set_error_literal (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_IO, "A segment is too large");
      return NULL;
    }
  file = write_head (self, size);
  body = gez_seal_message_with (team_key, self->nonce, (GezBytesView) { file->data, file->len },
                                view_of (content), error);
  if (body == NULL)
    return NULL;
  g_byte_array_append (file, g_bytes_get_data (body, NULL), (guint) size);
  sign_file (self, file, device_secret);
  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&file));
  gez_hash_of (bytes, hash);
  return bytes;
}
