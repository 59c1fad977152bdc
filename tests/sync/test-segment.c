/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sodium.h>
#include <string.h>

#include "circle/gez-variant.h"
#include "circle/gez-wrap.h"
#include "counts.h"
#include "segment-fixture.h"
#include "segment-vector.h"

/* What colleagues send each other: it is read as it was written, and in no other way. */

static SegmentKeys keys;

static GBytes *
change_byte (GBytes *file,
             gsize   place,
             guint8  change)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (file, &size);
  guint8 *copy = g_memdup2 (data, size);

  copy[place] ^= change;
  return g_bytes_new_take (copy, size);
}

static void
assert_text (GVariant   *value,
             const char *text)
{
  g_autoptr (GVariant) id = NULL;

  g_assert_nonnull (value);
  id = g_variant_get_child_value (value, 1);
  g_assert_cmpmem (g_variant_get_data (id), g_variant_get_size (id), text, strlen (text));
}

static void
assert_records (GezSegment *segment,
                const char *text)
{
  const char *kinds[] = { "circle", "wrap", "leaders", "team", "dream" };
  g_autoptr (GVariant) given = NULL, told = NULL, box = NULL;
  g_autoptr (GError) error = NULL;
  char *name = NULL;
  guint8 hint[GEZ_HINT_SIZE];

  g_assert_cmpuint (segment->records->len, ==, G_N_ELEMENTS (kinds));
  for (guint i = 0; i < segment->records->len; i++)
    {
      g_assert_cmpstr (((GezSegmentRecord *) segment->records->pdata[i])->kind, ==, kinds[i]);
      g_assert_cmpuint (((GezSegmentRecord *) segment->records->pdata[i])->place, ==, i);
    }
  gez_key_hint (keys.circle, segment->nonce, hint);
  g_assert_cmpmem (gez_segment_get_hint (segment->records->pdata[0]), GEZ_HINT_SIZE, hint, GEZ_HINT_SIZE);
  given = gez_segment_open_record (segment, segment->records->pdata[0], keys.circle, &name, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (name, ==, "given");
  assert_text (given, text);
  g_clear_pointer (&name, g_free);
  told = gez_segment_open_for_leader (segment, segment->records->pdata[2], keys.box_public, keys.box, &name,
                                      &error);
  g_assert_no_error (error);
  assert_text (told, text);
  g_clear_pointer (&name, g_free);
  box = gez_segment_open_team (segment->records->pdata[3], &name, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (name, ==, "box");
  assert_text (box, text);
  g_clear_pointer (&name, g_free);
}

static void
test_round_trip (void)
{
  GezSegmentHead head = segment_head (5), read;
  g_autoptr (GBytes) file = segment_make (&keys, &head, "vijf");
  g_autoptr (GError) error = NULL;
  g_autoptr (GezSegment) segment = NULL;
  g_autofree char *path = NULL;
  GezSegmentRecord *later;
  GezSeen *seen;

  g_assert_true (gez_segment_peek (file, &read, &error));
  g_assert_cmpuint (read.sequence, ==, 5);
  g_assert_cmpuint (read.key_number, ==, 7);
  g_assert_cmpmem (read.previous.bytes, GEZ_HASH_SIZE, head.previous.bytes, GEZ_HASH_SIZE);
  path = gez_segment_path (&read);
  g_assert_true (g_str_has_prefix (path, "d/eirceirceirceirceirceircei/s00000005-"));
  g_assert_cmpuint (strlen (path), ==, 2 + 26 + 1 + 10 + 26 + 4);

  segment = gez_segment_open (file, keys.team, keys.device_public, &error);
  g_assert_no_error (error);
  g_assert_cmpint (segment->wall_at, ==, 1234567890123);
  g_assert_cmpint (segment->roster_heads.bytes[31], ==, 0x66);
  g_assert_cmpuint (segment->seen->len, ==, 1);
  seen = &g_array_index (segment->seen, GezSeen, 0);
  g_assert_cmpuint (seen->sequence, ==, 12);
  g_assert_cmpint (seen->device.bytes[0], ==, 0x44);
  assert_records (segment, "vijf");
  later = segment->records->pdata[4];
  g_assert_cmpmem (g_bytes_get_data (later->bytes, NULL), g_bytes_get_size (later->bytes),
                   "from a later version", 20);
}

static void
test_snapshot (void)
{
  GezSegmentHead head = segment_head (1), read;
  g_autoptr (GBytes) file = NULL, changed = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GezSegment) segment = NULL;
  g_autofree char *path = NULL;

  head.is_snapshot = TRUE;
  head.sequence = 2;
  head.n_parts = 3;
  memset (head.snapshot.bytes, 0x77, GEZ_ID_SIZE);
  file = segment_make (&keys, &head, "deel twee");
  g_assert_true (gez_segment_peek (file, &read, &error));
  g_assert_true (read.is_snapshot && read.n_parts == 3 && read.sequence == 2);
  g_assert_cmpint (read.snapshot.bytes[15], ==, 0x77);
  path = gez_segment_path (&read);
  g_assert_true (g_str_has_prefix (path, "n/eirceirceirceirceirceircei/n00000002-"));
  g_assert_true (g_str_has_suffix (path, ".snp"));
  segment = gez_segment_open (file, keys.team, keys.device_public, &error);
  g_assert_no_error (error);
  assert_records (segment, "deel twee");

  changed = change_byte (file, GEZ_SEGMENT_AT_PREVIOUS + 16, 3 ^ 1);
  g_assert_false (gez_segment_peek (changed, &read, &error));
  g_assert_error (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_DAMAGED);
}

/* Every byte of a segment matters. */
static void
test_changed (void)
{
  GezSegmentHead head = segment_head (5);
  g_autoptr (GBytes) file = segment_make (&keys, &head, "vijf");
  gsize size = g_bytes_get_size (file);

  for (gsize i = 0; i < size; i++)
    {
      g_autoptr (GBytes) changed = change_byte (file, i, (guint8) (1 << i % 8));
      g_autoptr (GError) error = NULL;
      g_autoptr (GezSegment) segment = gez_segment_open (changed, keys.team, keys.device_public, &error);

      g_assert_null (segment);
      g_assert_true (error->domain == GEZ_SYNC_ERROR);
      if (i < GEZ_MAGIC_FAMILY)
        g_assert_cmpint (error->code, ==, GEZ_SYNC_ERROR_FOREIGN);
      else if (i == GEZ_MAGIC_FAMILY)
        g_assert_cmpint (error->code, ==, GEZ_SYNC_ERROR_TOO_NEW);
      else if (i < GEZ_SEGMENT_AT_LENGTH || i >= GEZ_SEGMENT_AT_BODY)
        g_assert_cmpint (error->code, ==, GEZ_SYNC_ERROR_DAMAGED);
    }
  counts_add ("segments with a changed byte refused", (gint64) size);
}

static void
test_truncated (void)
{
  GezSegmentHead head = segment_head (5);
  g_autoptr (GBytes) file = segment_make (&keys, &head, "vijf");
  gsize size = g_bytes_get_size (file);
  g_autofree guint8 *longer = g_malloc (size + 1);
  g_autoptr (GBytes) long_file = NULL;
  g_autoptr (GError) late = NULL;

  for (gsize i = 0; i < size; i++)
    {
      g_autoptr (GBytes) half = g_bytes_new_from_bytes (file, 0, i);
      g_autoptr (GError) error = NULL;

      g_assert_null (gez_segment_open (half, keys.team, keys.device_public, &error));
      g_assert_error (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_INCOMPLETE);
    }
  memcpy (longer, g_bytes_get_data (file, NULL), size);
  longer[size] = 0;
  long_file = g_bytes_new_static (longer, size + 1);
  g_assert_null (gez_segment_open (long_file, keys.team, keys.device_public, &late));
  g_assert_error (late, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_DAMAGED);
  counts_add ("segments cut off refused", (gint64) size);
}

static void
test_other_keys (void)
{
  GezSegmentHead head = segment_head (5);
  g_autoptr (GBytes) file = segment_make (&keys, &head, "vijf");
  g_autoptr (GezSegment) segment = NULL;
  g_autoptr (GError) error = NULL;
  SegmentKeys others;
  char *name = NULL;

  segment_keys_init (&others);
  memset (others.circle->bytes, 9, GEZ_KEY_SIZE);
  g_assert_null (gez_segment_open (file, keys.team, others.device_public, &error));
  g_assert_error (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_DAMAGED);
  g_clear_error (&error);
  g_assert_null (gez_segment_open (file, keys.circle, keys.device_public, &error));
  g_assert_error (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_DAMAGED);
  g_clear_error (&error);
  segment = gez_segment_open (file, keys.team, keys.device_public, &error);
  g_assert_null (gez_segment_open_record (segment, segment->records->pdata[0], others.circle, &name, &error));
  g_assert_error (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_DAMAGED);
  g_clear_error (&error);
  g_assert_null (gez_segment_open_for_leader (segment, segment->records->pdata[2], others.box_public,
                                              others.box, &name, &error));
  g_assert_error (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_FOREIGN);
  g_assert_null (name);
  segment_keys_clear (&others);
}

/* A member has the team key, and could take a record out of a segment and put it into an own one. It opens
 * there neither at another place nor at the same one. */
static void
test_moved (void)
{
  GezSegmentHead head = segment_head (5);
  g_autoptr (GBytes) file = segment_make (&keys, &head, "vijf");
  g_autoptr (GezSegment) segment = gez_segment_open (file, keys.team, keys.device_public, NULL);
  GezSegmentRecord *circle = segment->records->pdata[0], *leaders = segment->records->pdata[2];
  GezSegmentHead was = segment->head;

  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (GVariant) value = NULL, told = NULL;
      g_autofree char *name = NULL, *told_name = NULL;

      segment->head = was;
      circle->place = i == 0 ? 1 : 0;
      leaders->place = i == 0 ? 1 : 2;
      segment->head.sequence += i == 1;
      segment->head.device.bytes[15] ^= i == 2;
      segment->head.team.bytes[0] ^= i == 3;
      value = gez_segment_open_record (segment, circle, keys.circle, &name, NULL);
      told = gez_segment_open_for_leader (segment, leaders, keys.box_public, keys.box, &told_name, NULL);
      g_assert_true ((value != NULL) == (i == 4));
      g_assert_true ((told != NULL) == (i == 4));
    }
}

/* Nobody without the key sees that two segments are about one family. */
static void
test_unlinkable (void)
{
  GezSegmentHead head = segment_head (5);
  g_autoptr (GHashTable) hints = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GPtrArray) segments = g_ptr_array_new_with_free_func ((GDestroyNotify) gez_segment_free);

  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (GBytes) file = segment_make (&keys, &head, "vijf");
      GezSegment *segment = gez_segment_open (file, keys.team, keys.device_public, NULL);

      g_ptr_array_add (segments, segment);
      g_assert_true (g_hash_table_add (hints, (gpointer) gez_segment_get_hint (segment->records->pdata[0])));
    }
}

/* Sizes tell little: whoever writes one word has a segment of the same size as who writes a few. */
static void
test_sizes (void)
{
  GezSegmentHead head = segment_head (5);
  g_autoptr (GHashTable) sizes = g_hash_table_new (NULL, NULL);

  for (guint n_letters = 0; n_letters < 400; n_letters++)
    {
      g_autofree char *text = g_malloc0 (n_letters + 1);
      g_autoptr (GBytes) file = NULL;

      for (guint i = 0; i < n_letters; i++)
        text[i] = (char) (1 + randombytes_uniform (127));
      file = segment_make (&keys, &head, text);
      g_hash_table_add (sizes, GSIZE_TO_POINTER (g_bytes_get_size (file)));
    }
  g_assert_cmpuint (g_hash_table_size (sizes), <=, 40);
}

/* A value of another type than its name says would be read in the wrong way. */
static void
test_wrong_type (void)
{
  GezSegmentHead head = segment_head (1);
  g_autoptr (GezSegmentWriter) writer = gez_segment_writer_new (&head);
  g_autoptr (GezSegment) segment = NULL;
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GVariant) later = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  GezHash heads = { { 0 } }, hash;

  g_assert_true (
      gez_segment_writer_add (writer, keys.circle, "writes", g_variant_new_string ("niets"), &error));
  g_assert_true (
      gez_segment_writer_add (writer, keys.circle, "later", g_variant_new_string ("iets"), &error));
  file = gez_segment_writer_finish (writer, 0, &heads, keys.team, keys.device, &hash, &error);
  segment = gez_segment_open (file, keys.team, keys.device_public, &error);
  g_assert_no_error (error);
  g_assert_null (gez_segment_open_record (segment, segment->records->pdata[0], keys.circle, &name, &error));
  g_assert_error (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_DAMAGED);
  g_clear_error (&error);
  later = gez_segment_open_record (segment, segment->records->pdata[1], keys.circle, &name, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (g_variant_get_string (later, NULL), ==, "iets");
}

/* A segment that this program did not make. */
static void
test_vector (void)
{
  gsize size = (sizeof vector_segment - 1) / 2;
  g_autofree guint8 *data = g_malloc (size);
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GezSegment) segment = NULL;
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL, *path = NULL;
  guint8 device_public[GEZ_KEY_SIZE];

  g_assert_cmpint (sodium_hex2bin (data, size, vector_segment, 2 * size, NULL, NULL, NULL), ==, 0);
  g_assert_cmpint (sodium_hex2bin (device_public, sizeof device_public, vector_device, 64, NULL, NULL, NULL),
                   ==, 0);
  file = g_bytes_new (data, size);
  segment = gez_segment_open (file, keys.team, device_public, &error);
  g_assert_no_error (error);
  path = gez_segment_path (&segment->head);
  g_assert_cmpstr (path, ==, vector_path);
  g_assert_cmpint (segment->wall_at, ==, 1700000000000);
  g_assert_cmpuint (segment->seen->len, ==, 1);
  g_assert_cmpuint (g_array_index (segment->seen, GezSeen, 0).sequence, ==, 9);
  g_assert_cmpuint (segment->records->len, ==, 1);
  value = gez_segment_open_record (segment, segment->records->pdata[0], keys.circle, &name, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (name, ==, "box");
  assert_text (value, "Gezin Voorbeeld");
  {
    guint8 hint[GEZ_HINT_SIZE];

    gez_key_hint (keys.circle, segment->nonce, hint);
    g_assert_cmpmem (gez_segment_get_hint (segment->records->pdata[0]), GEZ_HINT_SIZE, hint, GEZ_HINT_SIZE);
  }
}

int
main (int   argc,
      char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  segment_keys_init (&keys);

  g_test_add_func ("/segment/round-trip", test_round_trip);
  g_test_add_func ("/segment/snapshot", test_snapshot);
  g_test_add_func ("/segment/changed", test_changed);
  g_test_add_func ("/segment/truncated", test_truncated);
  g_test_add_func ("/segment/other-keys", test_other_keys);
  g_test_add_func ("/segment/moved", test_moved);
  g_test_add_func ("/segment/unlinkable", test_unlinkable);
  g_test_add_func ("/segment/sizes", test_sizes);
  g_test_add_func ("/segment/wrong-type", test_wrong_type);
  g_test_add_func ("/segment/vector", test_vector);

  result = g_test_run ();
  segment_keys_clear (&keys);
  return result;
}
