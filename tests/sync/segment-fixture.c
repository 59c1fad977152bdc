/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "segment-fixture.h"

#include <sodium.h>
#include <string.h>

#include "circle/gez-variant.h"
#include "circle/gez-wrap.h"

void
segment_keys_init (SegmentKeys *keys)
{
  g_assert_cmpint (sodium_init (), >=, 0);
  keys->team = gez_secret_new (NULL);
  keys->circle = gez_secret_new (NULL);
  keys->device = gez_secret_new (NULL);
  keys->box = gez_secret_new (NULL);
  g_assert_true (keys->team != NULL && keys->circle != NULL && keys->device != NULL && keys->box != NULL);
  memset (keys->team->bytes, 1, GEZ_KEY_SIZE);
  memset (keys->circle->bytes, 2, GEZ_KEY_SIZE);
  g_assert_true (gez_signing_key_new (keys->device, keys->device_public));
  g_assert_true (gez_box_key_new (keys->box, keys->box_public));
}

void
segment_keys_clear (SegmentKeys *keys)
{
  gez_secret_free (keys->team);
  gez_secret_free (keys->circle);
  gez_secret_free (keys->device);
  gez_secret_free (keys->box);
}

GezSegmentHead
segment_head (guint64 sequence)
{
  GezSegmentHead head = { 0 };

  memset (head.team.bytes, 0x11, GEZ_ID_SIZE);
  memset (head.device.bytes, 0x22, GEZ_ID_SIZE);
  head.sequence = sequence;
  head.key_number = 7;
  if (sequence > 1)
    memset (head.previous.bytes, 0x33, GEZ_HASH_SIZE);
  return head;
}

GVariant *
segment_value (const char *text)
{
  return g_variant_new ("(u@ayaay)", 3, gez_variant_of_bytes (text, strlen (text)), NULL);
}

GBytes *
segment_make (SegmentKeys          *keys,
              const GezSegmentHead *head,
              const char           *text)
{
  g_autoptr (GezSegmentWriter) writer = gez_segment_writer_new (head);
  g_autoptr (GPtrArray) leaders = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GBytes) wrap = g_bytes_new_static ("a wrap", 6);
  g_autoptr (GBytes) later = g_bytes_new_static ("from a later version", 20);
  g_autoptr (GError) error = NULL;
  GezSeen seen = { .sequence = 12 };
  GezHash heads, hash;
  GBytes *file;

  memset (seen.device.bytes, 0x44, GEZ_ID_SIZE);
  memset (seen.hash.bytes, 0x55, GEZ_HASH_SIZE);
  memset (heads.bytes, 0x66, GEZ_HASH_SIZE);
  g_ptr_array_add (leaders, g_bytes_new (keys->box_public, GEZ_KEY_SIZE));
  gez_segment_writer_add_seen (writer, &seen);
  gez_segment_writer_add (writer, keys->circle, "given", segment_value (text), &error);
  gez_segment_writer_add_wrap (writer, wrap);
  gez_segment_writer_add_for_leaders (writer, leaders, "given", segment_value (text), &error);
  gez_segment_writer_add (writer, NULL, "box",
                          g_variant_new ("(u@ay)", 4, gez_variant_of_bytes (text, strlen (text))), &error);
  gez_segment_writer_add_bytes (writer, "dream", later);
  g_assert_no_error (error);
  file = gez_segment_writer_finish (writer, 1234567890123, &heads, keys->team, keys->device, &hash, &error);
  g_assert_no_error (error);
  return file;
}
