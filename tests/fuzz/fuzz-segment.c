/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "../sync/segment-fixture.h"
#include "../sync/segment-vector.h"
#include "fuzz-input.h"
#include "fuzz-target.h"
#include "sync/gez-blob.h"
#include "sync/gez-pack.h"

/*
 * A segment, or a part of a snapshot, as anybody with the folder could make it, and as a member could who
 * wishes ill: he has the team's key and a device of his own, so that only what is inside is wrong. The first
 * byte says which.
 */

#ifdef FUZZ_SNAPSHOT
#define IS_SNAPSHOT TRUE
#else
#define IS_SNAPSHOT FALSE
#endif

static SegmentKeys keys;

static void
clear_keys_cb (void)
{
  segment_keys_clear (&keys);
}

static GezSegmentHead
make_head (void)
{
  GezSegmentHead head = segment_head (1);

  head.is_snapshot = IS_SNAPSHOT;
  head.n_parts = IS_SNAPSHOT ? 2 : 0;
  return head;
}

static void
try_record (GezSegment       *segment,
            GezSegmentRecord *record)
{
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GVariant) value = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *name = NULL, *text = NULL;

      if (i == 0)
        value = gez_segment_open_record (segment, record, keys.circle, &name, &error);
      else if (i == 1)
        value = gez_segment_open_for_leader (segment, record, keys.box_public, keys.box, &name, &error);
      else
        value = gez_segment_open_team (record, &name, &error);
      g_assert_true ((value != NULL) == (error == NULL));
      g_assert_true ((value != NULL) == (name != NULL));
      if (value != NULL && g_variant_get_size (value) < 100000)
        text = g_variant_print (value, FALSE);
    }
  gez_segment_get_hint (record);
}

/* Returns: whether it opened */
static gboolean
try_file (GBytes       *file,
          const guint8 *device_public)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GezSegment) segment = gez_segment_open (file, keys.team, device_public, &error);

  if (segment == NULL)
    {
      g_assert_true (error->domain == GEZ_SYNC_ERROR);
      g_assert_true (error->code == GEZ_SYNC_ERROR_INCOMPLETE || error->code == GEZ_SYNC_ERROR_DAMAGED
                     || error->code == GEZ_SYNC_ERROR_FOREIGN || error->code == GEZ_SYNC_ERROR_TOO_NEW);
      return FALSE;
    }
  for (guint i = 0; i < segment->records->len; i++)
    try_record (segment, segment->records->pdata[i]);
  return TRUE;
}

/* Only the one that is in the corpus opens: nobody can make another. */
static void
try_made_up (FuzzInput *input)
{
  g_autoptr (GBytes) file = g_bytes_new (input->data, input->left);
  g_autofree guint8 *known = g_malloc (strlen (vector_segment) / 2);
  guint8 device_public[GEZ_KEY_SIZE];
  gsize length;

  g_assert_cmpint (sodium_hex2bin (device_public, sizeof device_public, vector_device, 64, NULL, NULL, NULL),
                   ==, 0);
  if (!try_file (file, device_public))
    return;
  g_assert_cmpint (sodium_hex2bin (known, strlen (vector_segment) / 2, vector_segment,
                                   strlen (vector_segment), NULL, &length, NULL),
                   ==, 0);
  g_assert_cmpmem (input->data, input->left, known, length);
}

static void
try_changed (FuzzInput *input)
{
  GezSegmentHead head = make_head ();
  g_autoptr (GBytes) file = segment_make (&keys, &head, "Gezin Voorbeeld");
  g_autoptr (GBytes) changed = NULL;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  gboolean same;

  g_byte_array_append (bytes, g_bytes_get_data (file, NULL), (guint) g_bytes_get_size (file));
  fuzz_input_patch (input, bytes);
  changed = g_bytes_new (bytes->data, bytes->len);
  same = g_bytes_equal (file, changed);
  g_assert_true (try_file (changed, keys.device_public) == same);
}

/* @body: sealed by a member, and signed. */
static void
try_signed (GBytes *body)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  guint8 start[GEZ_SEGMENT_AT_BODY] = { 0 }, signature[GEZ_SIGNATURE_SIZE];
  guint32 length = GUINT32_TO_LE ((guint32) gez_sealed_size (g_bytes_get_size (body)));
  g_autoptr (GBytes) sealed = NULL;
  GezHash hash;

  memcpy (start, IS_SNAPSHOT ? GEZ_SNAPSHOT_MAGIC : GEZ_SEGMENT_MAGIC, GEZ_MAGIC_SIZE);
  start[GEZ_SEGMENT_AT_SEQUENCE] = 1;
  start[GEZ_SEGMENT_AT_PREVIOUS + 16] = IS_SNAPSHOT ? 1 : 0;
  memcpy (start + GEZ_SEGMENT_AT_LENGTH, &length, sizeof length);
  sealed = gez_seal_message (keys.team, (GezBytesView) { start, sizeof start },
                             (GezBytesView) { g_bytes_get_data (body, NULL), g_bytes_get_size (body) }, NULL);
  g_byte_array_append (file, start, sizeof start);
  g_byte_array_append (file, g_bytes_get_data (sealed, NULL), (guint) g_bytes_get_size (sealed));
  gez_segment_signed_hash (IS_SNAPSHOT, (GezBytesView) { file->data, file->len }, &hash);
  gez_sign (keys.device, &hash, signature);
  g_byte_array_append (file, signature, sizeof signature);
  bytes = g_bytes_new (file->data, file->len);
  try_file (bytes, keys.device_public);
}

static void
try_body (FuzzInput *input)
{
  g_autoptr (GBytes) body = g_bytes_new (input->data, input->left);

  try_signed (body);
}

/* A record whose content is wrong: as it is, or in what the compression of it would give. */
static void
try_content (FuzzInput *input,
             gboolean   is_compressed)
{
  GezSegmentHead head = make_head ();
  g_autoptr (GezSegmentWriter) writer = gez_segment_writer_new (&head);
  g_autoptr (GBytes) content = g_bytes_new (input->data, input->left);
  g_autoptr (GBytes) compressed = NULL, file = NULL;
  GezHash heads = { { 0 } }, hash;

  compressed = is_compressed ? g_bytes_ref (content)
                             : gez_compress ((GezBytesView) { input->data, input->left }, NULL);
  gez_segment_writer_add_bytes (writer, "team", compressed);
  gez_segment_writer_add_bytes (writer, "circle", content);
  gez_segment_writer_add_bytes (writer, "leaders", content);
  file = gez_segment_writer_finish (writer, 0, &heads, keys.team, keys.device, &hash, NULL);
  g_assert_true (try_file (file, keys.device_public));
}

/* Both are opened before anything vouches for them. What they give is part of what they were. */
static void
try_envelopes (FuzzInput *input)
{
  GezBlobHead head = { .n_parts = 1, .size = MAX (input->left, GEZ_BLOB_HEAD_SIZE + 1) - GEZ_BLOB_HEAD_SIZE };
  g_autoptr (GBytes) file = g_bytes_new (input->data, input->left);
  g_autoptr (GPtrArray) segments = NULL;
  g_autoptr (GBytes) part = NULL;
  GezId team = segment_head (1).team, device;
  gsize size = 44;

  segments = gez_pack_read (file, &team, &device, NULL);
  for (guint i = 0; segments != NULL && i < segments->len; i++)
    size += 4 + g_bytes_get_size (segments->pdata[i]);
  g_assert_true (segments == NULL || size == input->left);
  part = gez_blob_read (file, &head, NULL);
  g_assert_true (part == NULL || g_bytes_get_size (part) == head.size);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  FuzzInput input = { data, size };

  if (keys.team == NULL)
    {
      segment_keys_init (&keys);
      atexit (clear_keys_cb);
    }
  switch (fuzz_input_take (&input, 1) % 6)
    {
    case 0:
      try_made_up (&input);
      break;
    case 1:
      try_changed (&input);
      break;
    case 2:
      try_body (&input);
      break;
    case 3:
    case 4:
      try_content (&input, data[0] % 6 == 3);
      break;
    default:
      try_envelopes (&input);
    }
  return 0;
}
