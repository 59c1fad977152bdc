/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/gez-segment-private.h"

#include <sodium.h>
#include <string.h>

#include "circle/gez-variant.h"

/*
 * Reading what a device wrote (format: docs/SYNC.md, "Segment").
 *
 * 1. The file comes from a folder that anybody may write. Nothing in it is used before its signature is that
 *    of the device that it names, but for the head, which says whose key to look for.
 * 2. A file that ends too early is not there yet; everything else that is wrong with it will stay wrong.
 * 3. A record opens only at its place in its segment of its device of its team.
 */

#define RECORD_LIMIT GEZ_SEGMENT_SIZE_MAX

G_STATIC_ASSERT (GEZ_BOX_SEAL_SIZE == crypto_box_SEALBYTES + GEZ_KEY_SIZE);

/* Names that are known, and what they hold: a value of another type is damaged, a name that is not here is
 * for a later version. */
static const struct
{
  const char *name;
  const char *type;
} record_types[] = {
  { "writes", "a(ayttssaybxay)" },
  { "relay", "(aya(ayttssaybxay))" },
  { "grant", "(ayayaysx)" },
  { "revoke", "(aayaysx)" },
  { "given", "(uayaay)" },
  { "box", "(uay)" },
  { "erased", "(ayayx)" },
  { "state", "(ayayt)" },
};

static gboolean
refuse (GError     **error,
        GezSyncError code,
        const char  *message)
{
  g_set_error_literal (error, GEZ_SYNC_ERROR, (int) code, message);
  return FALSE;
}

static guint32
get_number (const guint8 *at)
{
  guint32 little;

  memcpy (&little, at, sizeof little);
  return GUINT32_FROM_LE (little);
}

static guint64
get_long_number (const guint8 *at)
{
  guint64 little;

  memcpy (&little, at, sizeof little);
  return GUINT64_FROM_LE (little);
}

static GezBytesView
view_of (GBytes *bytes)
{
  GezBytesView view;

  view.data = g_bytes_get_data (bytes, &view.size);
  return view;
}

/* The additional data of a record that is sealed at @place. */
void
gez_segment_place (const GezSegmentHead *head,
                   guint32               place,
                   guint8                bytes[GEZ_PLACE_SIZE])
{
  guint64 sequence = GUINT64_TO_LE (head->sequence);
  guint32 number = GUINT32_TO_LE (place);

  memcpy (bytes, head->team.bytes, GEZ_ID_SIZE);
  memcpy (bytes + GEZ_ID_SIZE, head->device.bytes, GEZ_ID_SIZE);
  memcpy (bytes + 2 * GEZ_ID_SIZE, &sequence, sizeof sequence);
  memcpy (bytes + 2 * GEZ_ID_SIZE + sizeof sequence, &number, sizeof number);
}

/* What the device signs. */
void
gez_segment_signed_hash (gboolean     is_snapshot,
                         GezBytesView bytes,
                         GezHash     *hash)
{
  gez_hash_parts (hash->bytes, sizeof hash->bytes, NULL, is_snapshot ? "snap/1" : "seg/1", &bytes, 1);
}

/* The head ---------------------------------------------------------------------------------------- */

static gboolean
check_magic (GezBytesView    file,
             GezSegmentHead *head,
             GError        **error)
{
  gsize size = MIN (file.size, GEZ_MAGIC_FAMILY);
  gboolean is_segment = memcmp (file.data, GEZ_SEGMENT_MAGIC, size) == 0;

  head->is_snapshot = memcmp (file.data, GEZ_SNAPSHOT_MAGIC, size) == 0;
  if (!is_segment && !head->is_snapshot)
    return refuse (error, GEZ_SYNC_ERROR_FOREIGN, "Neither a segment nor a snapshot");
  if (file.size < GEZ_SEGMENT_AT_BODY)
    return refuse (error, GEZ_SYNC_ERROR_INCOMPLETE, "A segment is shorter than its beginning");
  if (memcmp (file.data, head->is_snapshot ? GEZ_SNAPSHOT_MAGIC : GEZ_SEGMENT_MAGIC, GEZ_MAGIC_SIZE) != 0)
    return refuse (error, GEZ_SYNC_ERROR_TOO_NEW, "A segment of another version");
  return TRUE;
}

static gboolean
check_size (GezBytesView file,
            GError     **error)
{
  guint64 whole = GEZ_SEGMENT_AT_BODY
                  + (guint64) get_number ((const guint8 *) file.data + GEZ_SEGMENT_AT_LENGTH)
                  + GEZ_SIGNATURE_SIZE;

  if (whole > GEZ_SEGMENT_SIZE_MAX || file.size > whole)
    return refuse (error, GEZ_SYNC_ERROR_DAMAGED, "A segment is longer than it says, or than any");
  if (file.size < whole)
    return refuse (error, GEZ_SYNC_ERROR_INCOMPLETE, "A segment is shorter than it says");
  return TRUE;
}

static gboolean
read_previous (GezSegmentHead *head,
               const guint8   *previous,
               GError        **error)
{
  gboolean is_first = sodium_is_zero (previous, GEZ_HASH_SIZE) == 1;

  if (!head->is_snapshot)
    {
      memcpy (head->previous.bytes, previous, GEZ_HASH_SIZE);
      if (head->sequence == 0 || is_first != (head->sequence == 1))
        return refuse (error, GEZ_SYNC_ERROR_DAMAGED, "Only the first segment has none before it");
      return TRUE;
    }
  memcpy (head->snapshot.bytes, previous, GEZ_ID_SIZE);
  head->n_parts = get_number (previous + GEZ_ID_SIZE);
  if (head->sequence == 0 || head->sequence > head->n_parts
      || sodium_is_zero (previous + GEZ_ID_SIZE + 4, GEZ_HASH_SIZE - GEZ_ID_SIZE - 4) != 1)
    return refuse (error, GEZ_SYNC_ERROR_DAMAGED, "A part that a snapshot does not have");
  return TRUE;
}

/**
 * gez_segment_peek:
 * @file: a whole file
 * @head: (out): what stands in the clear; nothing vouches for it yet
 *
 * Returns: %FALSE with GEZ_SYNC_ERROR_INCOMPLETE: shorter than it says; _FOREIGN: neither a segment nor a
 *   part of a snapshot; _TOO_NEW: of another version; _DAMAGED
 *
 * Thread: any, here and below.
 */
gboolean
gez_segment_peek (GBytes         *file,
                  GezSegmentHead *head,
                  GError        **error)
{
  GezBytesView view;
  const guint8 *data;

  g_return_val_if_fail (file != NULL && head != NULL, FALSE);

  memset (head, 0, sizeof *head);
  view = view_of (file);
  if (view.size == 0)
    return refuse (error, GEZ_SYNC_ERROR_INCOMPLETE, "An empty file");
  if (!check_magic (view, head, error) || !check_size (view, error))
    return FALSE;
  data = view.data;
  memcpy (head->team.bytes, data + GEZ_SEGMENT_AT_TEAM, GEZ_ID_SIZE);
  memcpy (head->device.bytes, data + GEZ_SEGMENT_AT_DEVICE, GEZ_ID_SIZE);
  head->sequence = get_long_number (data + GEZ_SEGMENT_AT_SEQUENCE);
  head->key_number = get_number (data + GEZ_SEGMENT_AT_KEY_NUMBER);
  if (!read_previous (head, data + GEZ_SEGMENT_AT_PREVIOUS, error))
    return FALSE;
  gez_hash_of (file, &head->hash);
  return TRUE;
}

/* The body ---------------------------------------------------------------------------------------- */

static void
free_record (gpointer data)
{
  GezSegmentRecord *record = data;

  g_free (record->kind);
  g_bytes_unref (record->bytes);
  g_free (record);
}

/**
 * gez_segment_free:
 * @segment: (nullable) (transfer full): a segment
 */
void
gez_segment_free (GezSegment *segment)
{
  if (segment == NULL)
    return;
  g_clear_pointer (&segment->seen, g_array_unref);
  g_clear_pointer (&segment->records, g_ptr_array_unref);
  g_free (segment);
}

static gboolean
read_seen (GezSegment *self,
           GVariant   *list)
{
  gsize n_seen = g_variant_n_children (list);

  self->seen = g_array_new (FALSE, FALSE, sizeof (GezSeen));
  for (gsize i = 0; i < n_seen; i++)
    {
      g_autoptr (GVariant) device = NULL;
      g_autoptr (GVariant) hash = NULL;
      GezSeen seen;

      g_variant_get_child (list, i, "(@ayt@ay)", &device, &seen.sequence, &hash);
      if (!gez_variant_get_bytes (device, seen.device.bytes, GEZ_ID_SIZE)
          || !gez_variant_get_bytes (hash, seen.hash.bytes, GEZ_HASH_SIZE))
        return FALSE;
      g_array_append_val (self->seen, seen);
    }
  return TRUE;
}

static void
read_records (GezSegment *self,
              GVariant   *list)
{
  gsize n_records = g_variant_n_children (list);

  self->records = g_ptr_array_new_with_free_func (free_record);
  for (gsize i = 0; i < n_records; i++)
    {
      GezSegmentRecord *record = g_new0 (GezSegmentRecord, 1);
      g_autoptr (GVariant) bytes = NULL;

      g_variant_get_child (list, i, "(s@ay)", &record->kind, &bytes);
      record->place = (guint32) i;
      record->bytes = g_variant_get_data_as_bytes (bytes);
      g_ptr_array_add (self->records, record);
    }
}

static gboolean
read_content (GezSegment *self,
              GBytes     *content,
              GError    **error)
{
  g_autoptr (GVariant) value = gez_variant_read (content, GEZ_SEGMENT_CONTENT, error);
  g_autoptr (GVariant) heads = NULL;
  g_autoptr (GVariant) seen = NULL;
  g_autoptr (GVariant) records = NULL;

  if (value == NULL)
    return FALSE;
  g_variant_get (value, "(x@ay@a(aytay)@a(say))", &self->wall_at, &heads, &seen, &records);
  if (!gez_variant_get_bytes (heads, self->roster_heads.bytes, GEZ_HASH_SIZE) || !read_seen (self, seen))
    return refuse (error, GEZ_SYNC_ERROR_DAMAGED, "A hash or a device in a segment has another size");
  read_records (self, records);
  return TRUE;
}

/**
 * gez_segment_open:
 * @file: a whole file
 * @team_key: that of the number in its head
 * @device_public: the signing key of the device in its head
 *
 * Whether the device may write, and the segment is the next one of it, is not looked at.
 *
 * Returns: (transfer full) (nullable): a segment; or %NULL with what gez_segment_peek() has, _DAMAGED also
 *   for another key of the device or of the team, or GEZ_VAULT_ERROR_NO_MEMORY
 */
GezSegment *
gez_segment_open (GBytes          *file,
                  const GezSecret *team_key,
                  const guint8     device_public[GEZ_KEY_SIZE],
                  GError         **error)
{
  g_autoptr (GezSegment) self = g_new0 (GezSegment, 1);
  g_autoptr (GBytes) content = NULL;
  GezBytesView view;
  const guint8 *data;
  GezHash signed_hash;
  gsize end;

  g_return_val_if_fail (team_key != NULL && device_public != NULL, NULL);

  if (!gez_segment_peek (file, &self->head, error))
    return NULL;
  view = view_of (file);
  data = view.data;
  end = view.size - GEZ_SIGNATURE_SIZE;
  gez_segment_signed_hash (self->head.is_snapshot, (GezBytesView) { data, end }, &signed_hash);
  if (!gez_is_signed (device_public, &signed_hash, data + end))
    {
      refuse (error, GEZ_SYNC_ERROR_DAMAGED, "A segment is not signed by its device");
      return NULL;
    }
  content = gez_open_message (team_key, (GezBytesView) { data, GEZ_SEGMENT_AT_BODY },
                              (GezBytesView) { data + GEZ_SEGMENT_AT_BODY, end - GEZ_SEGMENT_AT_BODY },
                              error);
  if (content == NULL || !read_content (self, content, error))
    return NULL;
  memcpy (self->nonce, data + GEZ_SEGMENT_AT_BODY, GEZ_NONCE_SIZE);
  return g_steal_pointer (&self);
}

/* Records ----------------------------------------------------------------------------------------- */

static gboolean
is_of_type (const char *name,
            GVariant   *value)
{
  for (guint i = 0; i < G_N_ELEMENTS (record_types); i++)
    if (g_str_equal (name, record_types[i].name))
      return g_variant_is_of_type (value, G_VARIANT_TYPE (record_types[i].type));
  return TRUE;
}

static GVariant *
read_record (GezBytesView compressed,
             char       **name,
             GError     **error)
{
  g_autoptr (GBytes) content = gez_decompress (compressed, RECORD_LIMIT, error);
  g_autoptr (GVariant) pair = content != NULL ? gez_variant_read (content, GEZ_RECORD_CONTENT, error) : NULL;
  g_autoptr (GVariant) value = NULL;
  g_autofree char *own_name = NULL;

  if (pair == NULL)
    return NULL;
  g_variant_get (pair, "(sv)", &own_name, &value);
  if (!is_of_type (own_name, value))
    {
      refuse (error, GEZ_SYNC_ERROR_DAMAGED, "A record holds something else than its name says");
      return NULL;
    }
  *name = g_steal_pointer (&own_name);
  return g_steal_pointer (&value);
}

static GVariant *
open_sealed (GezSegment       *segment,
             GezSegmentRecord *record,
             gsize             from,
             const GezSecret  *key,
             char            **name,
             GError          **error)
{
  GezBytesView view = view_of (record->bytes);
  guint8 place[GEZ_PLACE_SIZE];
  g_autoptr (GBytes) compressed = NULL;

  if (view.size < from)
    {
      refuse (error, GEZ_SYNC_ERROR_DAMAGED, "A record is shorter than its beginning");
      return NULL;
    }
  gez_segment_place (&segment->head, record->place, place);
  compressed = gez_open_message (key, (GezBytesView) { place, sizeof place },
                                 (GezBytesView) { (const guint8 *) view.data + from, view.size - from },
                                 error);
  return compressed != NULL ? read_record (view_of (compressed), name, error) : NULL;
}

/**
 * gez_segment_open_record:
 * @record: a `circle` record of @segment
 * @key: the circle's, which gez_keyring_find_hint() found by gez_segment_get_hint()
 * @name: (out): what it is, as in the table of docs/SYNC.md
 *
 * Returns: (transfer full) (nullable): its value, of the type that a known @name has; %NULL with
 *   GEZ_SYNC_ERROR_DAMAGED (which is also another key), or GEZ_VAULT_ERROR_NO_MEMORY
 */
GVariant *
gez_segment_open_record (GezSegment       *segment,
                         GezSegmentRecord *record,
                         const GezSecret  *key,
                         char            **name,
                         GError          **error)
{
  g_return_val_if_fail (segment != NULL && record != NULL && key != NULL && name != NULL, NULL);

  return open_sealed (segment, record, GEZ_HINT_SIZE, key, name, error);
}

/* Whether one of the boxes opens with this key; @secret gets what is in it. */
static gboolean
open_box (GezBytesView     view,
          guint            n_boxes,
          const guint8     box_public[GEZ_KEY_SIZE],
          const GezSecret *box_secret,
          GezSecret       *secret)
{
  const guint8 *boxes = (const guint8 *) view.data + 1;

  for (guint i = 0; i < n_boxes; i++)
    if (crypto_box_seal_open (secret->bytes, boxes + i * (gsize) GEZ_BOX_SEAL_SIZE, GEZ_BOX_SEAL_SIZE,
                              box_public, box_secret->bytes)
        == 0)
      return TRUE;
  return FALSE;
}

/**
 * gez_segment_open_for_leader:
 * @record: a `leaders` record of @segment
 * @box_public: of a box key of this device
 * @box_secret: the same
 * @name: (out): as in gez_segment_open_record()
 *
 * Returns: (transfer full) (nullable): as gez_segment_open_record(); %NULL with GEZ_SYNC_ERROR_FOREIGN: it is
 *   not for this key
 */
GVariant *
gez_segment_open_for_leader (GezSegment       *segment,
                             GezSegmentRecord *record,
                             const guint8      box_public[GEZ_KEY_SIZE],
                             const GezSecret  *box_secret,
                             char            **name,
                             GError          **error)
{
  g_autoptr (GezSecret) key = NULL;
  GezBytesView view;
  gsize from;

  g_return_val_if_fail (segment != NULL && record != NULL && box_secret != NULL && name != NULL, NULL);

  view = view_of (record->bytes);
  from = view.size > 0 ? 1 + *(const guint8 *) view.data * (gsize) GEZ_BOX_SEAL_SIZE : 1;
  if (view.size < from)
    {
      refuse (error, GEZ_SYNC_ERROR_DAMAGED, "A record is shorter than its boxes");
      return NULL;
    }
  key = gez_secret_new (error);
  if (key == NULL)
    return NULL;
  if (!open_box (view, *(const guint8 *) view.data, box_public, box_secret, key))
    {
      refuse (error, GEZ_SYNC_ERROR_FOREIGN, "None of the boxes of a record is for this key");
      return NULL;
    }
  return open_sealed (segment, record, from, key, name, error);
}

/**
 * gez_segment_open_team:
 * @record: a `team` record
 * @name: (out): as in gez_segment_open_record()
 *
 * Returns: (transfer full) (nullable): as gez_segment_open_record()
 */
GVariant *
gez_segment_open_team (GezSegmentRecord *record,
                       char            **name,
                       GError          **error)
{
  g_return_val_if_fail (record != NULL && name != NULL, NULL);

  return read_record (view_of (record->bytes), name, error);
}

/**
 * gez_segment_get_hint:
 * @record: a `circle` record
 *
 * Returns: (nullable): GEZ_HINT_SIZE bytes that stay the record's; %NULL when it is too short to have one
 */
const guint8 *
gez_segment_get_hint (GezSegmentRecord *record)
{
  gsize size;
  const guint8 *data;

  g_return_val_if_fail (record != NULL, NULL);

  data = g_bytes_get_data (record->bytes, &size);
  return size >= GEZ_HINT_SIZE ? data : NULL;
}

/**
 * gez_segment_path:
 * @head: of a whole file: with its hash
 *
 * Returns: (transfer full): its path below gezinsplan/
 */
char *
gez_segment_path (const GezSegmentHead *head)
{
  g_autofree char *device = NULL;
  g_autofree char *hash = NULL;

  g_return_val_if_fail (head != NULL, NULL);

  device = gez_base32 (head->device.bytes, GEZ_ID_SIZE);
  hash = gez_base32 (head->hash.bytes, 16);
  return g_strdup_printf (head->is_snapshot ? "n/%s/n%08" G_GUINT64_FORMAT "-%s.snp"
                                            : "d/%s/s%08" G_GUINT64_FORMAT "-%s.seg",
                          device, head->sequence, hash);
}
