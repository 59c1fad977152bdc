/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "circle/gez-roster-record.h"

#include <sodium.h>
#include <string.h>

#include "circle/gez-roster.h"
#include "circle/gez-variant.h"
#include "counts.h"

static guint n_refused;

typedef struct
{
  GezId team;
  GezId author;
  GezSecret *team_key;
  GezSecret *device;
  guint8 device_public[GEZ_KEY_SIZE];
  GArray *parents;
  GPtrArray *wraps;
  GBytes *file;
} Fixture;

static GBytes *
bytes_of (guint8 filling,
          gsize  size)
{
  guint8 *bytes = g_malloc (size);

  memset (bytes, filling, size);
  return g_bytes_new_take (bytes, size);
}

static GBytes *
write_file (Fixture *self,
            guint32  sequence,
            GArray  *parents)
{
  g_autoptr (GError) error = NULL;
  GBytes *file = gez_roster_record_write (
      &self->team, sequence, &self->author, 3, self->team_key, self->wraps, parents, -5,
      g_variant_new_parsed ("[('min-version', <uint32 4>)]"), self->device, &error);

  g_assert_no_error (error);
  return file;
}

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  const GezHash parents[] = { { { 9 } }, { { 1 } }, { { 5 } } }; /* in any order */

  self->team = (GezId) { { 1 } };
  self->author = (GezId) { { 2 } };
  self->team_key = gez_secret_new (NULL);
  self->team_key->bytes[0] = 3;
  self->device = gez_secret_new (NULL);
  g_assert_true (gez_signing_key_new (self->device, self->device_public));
  self->parents = g_array_new (FALSE, FALSE, sizeof (GezHash));
  g_array_append_vals (self->parents, parents, G_N_ELEMENTS (parents));
  self->wraps = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  for (guint i = 0; i < 3; i++)
    g_ptr_array_add (self->wraps, bytes_of ((guint8) (0xa0 + i), 100 + i));
  self->file = write_file (self, 7, self->parents);
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  gez_secret_free (self->team_key);
  gez_secret_free (self->device);
  g_array_unref (self->parents);
  g_ptr_array_unref (self->wraps);
  g_bytes_unref (self->file);
  g_assert_cmpuint (gez_secrets_get_n_used (), ==, 0);
}

static GezRosterRecord *
read_bytes (Fixture      *self,
            gconstpointer bytes,
            gsize         size,
            GError      **error)
{
  g_autoptr (GBytes) file = g_bytes_new (bytes, size);

  return gez_roster_record_read (file, &self->team, self->team_key, error);
}

static void
test_round_trip (Fixture      *self,
                 gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GezRosterRecord) record
      = gez_roster_record_read (self->file, &self->team, self->team_key, &error);
  g_autofree char *changes = NULL;
  GezHash hash;

  g_assert_no_error (error);
  gez_hash_of (self->file, &hash);
  g_assert_true (gez_hash_equal (&record->hash, &hash));
  g_assert_cmpuint (record->sequence, ==, 7);
  g_assert_true (gez_id_equal (&record->author, &self->author));
  g_assert_cmpuint (record->key_number, ==, 3);
  g_assert_cmpint (record->wall_at, ==, -5);
  g_assert_cmpuint (record->parents->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (g_array_index (record->parents, GezHash, i).bytes[0], ==, 1 + 4 * i);
  changes = g_variant_print (record->changes, TRUE);
  g_assert_cmpstr (changes, ==, "[('min-version', <uint32 4>)]");
  g_assert_true (gez_is_signed (self->device_public, &record->signed_hash, record->signature));
}

/* Nobody sees how many are in the team. */
static void
test_wraps (Fixture      *self,
            gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) wraps = NULL, none = NULL;
  g_autoptr (GBytes) without = NULL;
  guint32 sequence = 0, key_number = 0;

  g_assert_true (gez_roster_record_peek (self->file, &self->team, &sequence, &key_number, &wraps, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (sequence, ==, 7);
  g_assert_cmpuint (key_number, ==, 3);
  g_assert_cmpuint (wraps->len, ==, 8);
  for (guint i = 0; i < 8; i++)
    g_assert_cmpuint (g_bytes_get_size (wraps->pdata[i]), ==, 100 + i % 3);
  for (guint i = 0; i < 3; i++)
    g_assert_true (g_bytes_equal (wraps->pdata[i], self->wraps->pdata[i]));
  g_assert_false (g_bytes_equal (wraps->pdata[3], wraps->pdata[6]));
  g_ptr_array_set_size (self->wraps, 0);
  without = write_file (self, 7, self->parents);
  g_assert_true (gez_roster_record_peek (without, &self->team, NULL, NULL, &none, &error));
  g_assert_cmpuint (none->len, ==, 0);
}

static void
test_every_change (Fixture      *self,
                   gconstpointer data)
{
  gsize size = 0;
  gconstpointer whole = g_bytes_get_data (self->file, &size);
  g_autofree guint8 *bytes = g_malloc0 (size + 1);

  memcpy (bytes, whole, size);
  for (gsize at = 0; at < size; at++)
    {
      g_autoptr (GError) error = NULL, cut_error = NULL;
      g_autoptr (GezRosterRecord) changed = NULL, cut = read_bytes (self, bytes, at, &cut_error);

      g_assert_null (cut);
      g_assert_error (cut_error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_INCOMPLETE);
      bytes[at] ^= 1u << (at % 8);
      changed = read_bytes (self, bytes, size, &error);
      bytes[at] ^= 1u << (at % 8);
      n_refused += 2;
      if (at < size - GEZ_SIGNATURE_SIZE)
        g_assert_null (changed);
      else
        g_assert_false (gez_is_signed (self->device_public, &changed->signed_hash, changed->signature));
    }
  g_assert_null (read_bytes (self, bytes, size + 1, NULL));
}

static void
test_which_error (Fixture      *self,
                  gconstpointer data)
{
  gsize size = 0;
  gconstpointer whole = g_bytes_get_data (self->file, &size);
  g_autofree guint8 *bytes = g_memdup2 (whole, size);
  const struct { gsize at; GezSyncError code; } cases[] = {
    { 0, GEZ_SYNC_ERROR_FOREIGN },  { 7, GEZ_SYNC_ERROR_TOO_NEW },      { 8, GEZ_SYNC_ERROR_FOREIGN },
    { 24, GEZ_SYNC_ERROR_DAMAGED }, { 51, GEZ_SYNC_ERROR_INCOMPLETE }, { 56, GEZ_SYNC_ERROR_DAMAGED },
    { 60, GEZ_SYNC_ERROR_DAMAGED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      bytes[cases[i].at] ^= 0x40;
      g_assert_null (read_bytes (self, bytes, size, &error));
      g_assert_error (error, GEZ_SYNC_ERROR, (int) cases[i].code);
      bytes[cases[i].at] ^= 0x40;
    }
}

static void
test_wrong_key (Fixture      *self,
                gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->team_key->bytes[1] = 1;
  g_assert_null (gez_roster_record_read (self->file, &self->team, self->team_key, &error));
  g_assert_error (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_DAMAGED);
}

static void
assert_parents_refused (Fixture       *self,
                        guint32        sequence,
                        const GezHash *parents,
                        guint          n_parents)
{
  g_autoptr (GArray) array = g_array_new (FALSE, FALSE, sizeof (GezHash));
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = NULL;

  if (n_parents > 0)
    g_array_append_vals (array, parents, n_parents);
  file = write_file (self, sequence, array);
  g_assert_null (gez_roster_record_read (file, &self->team, self->team_key, &error));
  g_assert_error (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_DAMAGED);
}

static void
test_parents (Fixture      *self,
              gconstpointer data)
{
  const GezHash twice[] = { { { 1 } }, { { 1 } } };
  g_autoptr (GBytes) first = write_file (self, 0, NULL);
  g_autoptr (GezRosterRecord) record = gez_roster_record_read (first, &self->team, self->team_key, NULL);

  g_assert_nonnull (record);
  g_assert_cmpuint (record->parents->len, ==, 0);
  assert_parents_refused (self, 0, twice, 1);
  assert_parents_refused (self, 1, twice, 0);
  assert_parents_refused (self, 1, twice, 2);
}

/* A file that says something else than a record inside. */
static void
test_content (Fixture      *self,
              gconstpointer data)
{
  static const char *const contents[] = { "", "something", "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0" };

  for (guint i = 0; i < G_N_ELEMENTS (contents); i++)
    {
      GezBytesView content = { contents[i], i == 2 ? 16 : strlen (contents[i]) };
      g_autoptr (GBytes) compressed = gez_compress (content, NULL);
      gsize whole = 0, size = 0;
      const guint8 *file = g_bytes_get_data (self->file, &whole),
                   *inside = g_bytes_get_data (compressed, &size);
      guint32 length = GUINT32_TO_LE ((guint32) gez_sealed_size (size)), none = 0;
      g_autoptr (GByteArray) made = g_byte_array_new ();
      g_autoptr (GBytes) body = NULL;
      g_autoptr (GError) error = NULL;

      g_byte_array_append (made, file, 48);
      g_byte_array_append (made, (guint8 *) &none, 4);
      g_byte_array_append (made, (guint8 *) &length, 4);
      body = gez_seal_message (self->team_key, (GezBytesView) { made->data, made->len },
                               (GezBytesView) { inside, size }, NULL);
      g_byte_array_append (made, g_bytes_get_data (body, NULL), g_bytes_get_size (body));
      g_byte_array_append (made, file, GEZ_SIGNATURE_SIZE);
      g_assert_null (read_bytes (self, made->data, made->len, &error));
      g_assert_error (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_DAMAGED);
    }
}

#define ADD(name, function) g_test_add ("/roster-record/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (sodium_init (), >=, 0);
  ADD ("round-trip", test_round_trip);
  ADD ("wraps", test_wraps);
  ADD ("every-change", test_every_change);
  ADD ("which-error", test_which_error);
  ADD ("wrong-key", test_wrong_key);
  ADD ("parents", test_parents);
  ADD ("content", test_content);
  result = g_test_run ();
  counts_add ("changed or cut roster records refused", n_refused);
  return result;
}
