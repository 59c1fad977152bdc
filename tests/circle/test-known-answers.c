/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sodium.h>
#include <string.h>

#include "circle/gez-fingerprint.h"
#include "circle/gez-invitation.h"
#include "circle/gez-roster-record.h"
#include "counts.h"
#include "known-answers.h"

/* The formats of docs/SYNC.md against vectors that were computed without this program. */

static guint n_vectors;

static void
count_up (gpointer bytes,
          gsize    size,
          guint8   first)
{
  for (gsize i = 0; i < size; i++)
    ((guint8 *) bytes)[i] = (guint8) (first + i);
}

static GezId
id_of (guint8 first)
{
  GezId id = GEZ_ID_NONE;

  count_up (id.bytes, GEZ_ID_SIZE, first);
  return id;
}

static GezSecret *
make_key (gsize size)
{
  GezSecret *key = gez_secret_new (NULL);

  count_up (key->bytes, size, 0);
  return key;
}

static GBytes *
from_hex (const char *hex)
{
  gsize size = strlen (hex) / 2;
  guint8 *bytes = g_malloc (size);

  g_assert_cmpint (sodium_hex2bin (bytes, size, hex, strlen (hex), NULL, NULL, NULL), ==, 0);
  n_vectors++;
  return g_bytes_new_take (bytes, size);
}

static GezBytesView
view_of (GBytes *bytes)
{
  GezBytesView view = { NULL, 0 };

  view.data = g_bytes_get_data (bytes, &view.size);
  return view;
}

static void
assert_hex (gconstpointer bytes,
            gsize         size,
            const char   *expected)
{
  g_autofree char *hex = g_malloc (2 * size + 1);

  sodium_bin2hex (hex, 2 * size + 1, bytes, size);
  g_assert_cmpstr (hex, ==, expected);
  n_vectors++;
}

static void
assert_counts_up (gconstpointer bytes,
                  gsize         size,
                  guint8        first)
{
  g_autofree guint8 *expected = g_malloc (size);

  count_up (expected, size, first);
  g_assert_cmpmem (bytes, size, expected, size);
}

static void
test_message (void)
{
  static const char text[] = "Een verzonnen brief aan gezin Voorbeeld.";
  g_autoptr (GezSecret) key = make_key (32);
  g_autoptr (GBytes) sealed = from_hex (known_message), empty = from_hex (known_empty_message);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) opened = gez_open_message (key, (GezBytesView){ "beside", 6 }, view_of (sealed), &error);
  g_autoptr (GBytes) nothing = gez_open_message (key, (GezBytesView) { NULL, 0 }, view_of (empty), &error);

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (opened, NULL), g_bytes_get_size (opened), text, strlen (text));
  g_assert_cmpuint (g_bytes_get_size (sealed), ==, gez_sealed_size (strlen (text)));
  g_assert_cmpuint (g_bytes_get_size (nothing), ==, 0);
  g_assert_cmpuint (g_bytes_get_size (empty), ==, gez_sealed_size (0));
}

static void
test_names (void)
{
  g_autoptr (GezSecret) key = make_key (32);
  g_autoptr (GPtrArray) phones = gez_fingerprint_of_phones (key, "0470 11 22 33");
  g_autoptr (GPtrArray) names = gez_fingerprint_of_name (key, "Fatma", "Yıldız-Peeters", "2015-03-02");
  const GezId household = id_of (0x70);
  g_autofree char *token = gez_fingerprint_file_token (key, &household);
  guint8 nonce[GEZ_NONCE_SIZE], hint[GEZ_HINT_SIZE];
  GezId id = gez_key_id (key->bytes);

  count_up (nonce, sizeof nonce, 0x20);
  gez_key_hint (key, nonce, hint);
  assert_hex (hint, sizeof hint, known_hint);
  assert_hex (id.bytes, GEZ_ID_SIZE, known_key_id);
  g_assert_cmpstr (phones->pdata[0], ==, known_phone_print);
  g_assert_cmpstr (names->pdata[0], ==, known_name_print);
  g_assert_cmpstr (token, ==, known_file_token);
  n_vectors += 3;
}

static void
test_record (void)
{
  g_autoptr (GezSecret) key = make_key (32), secret = gez_secret_new (NULL);
  g_autoptr (GBytes) file = from_hex (known_record);
  g_autoptr (GPtrArray) wraps = NULL;
  g_autoptr (GError) error = NULL;
  const GezId team = id_of (0x40), device = id_of (0x60);
  g_autoptr (GezRosterRecord) record = gez_roster_record_read (file, &team, key, &error);
  g_autofree char *changes = NULL;
  guint8 public_key[GEZ_KEY_SIZE];

  g_assert_no_error (error);
  g_assert_true (gez_roster_record_peek (file, &team, NULL, NULL, &wraps, &error));
  g_assert_cmpuint (wraps->len, ==, 8);
  for (guint i = 0; i < 8; i++)
    assert_counts_up (g_bytes_get_data (wraps->pdata[i], NULL), 50 + i, (guint8) i);
  g_assert_cmpuint (record->sequence, ==, 5);
  g_assert_cmpuint (record->key_number, ==, 2);
  g_assert_true (gez_id_equal (&record->author, &device));
  g_assert_cmpint (record->wall_at, ==, G_GINT64_CONSTANT (1795000000000));
  g_assert_cmpuint (record->parents->len, ==, 2);
  assert_counts_up (&g_array_index (record->parents, GezHash, 1), GEZ_HASH_SIZE, 2);
  changes = g_variant_print (record->changes, FALSE);
  g_assert_true (g_str_has_prefix (changes, "[('leaders-read', <'open'>), ('cancel', <[byte 0x70, 0x71"));
  crypto_sign_seed_keypair (public_key, secret->bytes, key->bytes);
  g_assert_true (gez_is_signed (public_key, &record->signed_hash, record->signature));
}

static void
test_invitation (void)
{
  g_autoptr (GezSecret) code = make_key (16), seed = make_key (32), secret = gez_secret_new (NULL);
  g_autoptr (GBytes) file = from_hex (known_invitation);
  g_autoptr (GError) error = NULL;
  g_autoptr (GezInvitation) opened = gez_invitation_open (file, code, &error);
  g_autofree char *check = NULL;
  const GezWrap *grant;
  guint8 public_key[GEZ_KEY_SIZE];

  g_assert_no_error (error);
  g_assert_true (opened->is_for_device);
  g_assert_cmpstr (opened->name, ==, "Nora Nieuw");
  g_assert_cmpint (opened->valid_until, ==, G_GINT64_CONSTANT (1795000000000));
  assert_counts_up (opened->team.bytes, GEZ_ID_SIZE, 0x40);
  assert_counts_up (opened->member.bytes, GEZ_ID_SIZE, 0x50);
  assert_counts_up (opened->root.bytes, GEZ_HASH_SIZE, 3);
  assert_counts_up (opened->fingerprint_key->bytes, 32, 6);
  assert_counts_up (opened->recovery_public, 32, 7);
  g_assert_cmpuint (gez_keyring_get_size (opened->keys), ==, 2);
  g_assert_cmpuint (opened->grants->len, ==, 1);
  grant = opened->grants->pdata[0];
  g_assert_cmpint (grant->circle.kind, ==, GEZ_CIRCLE_OPEN);
  assert_counts_up (grant->granter.bytes, GEZ_ID_SIZE, 0x50);
  crypto_sign_seed_keypair (public_key, secret->bytes, seed->bytes);
  g_assert_cmpmem (opened->user_secret->bytes, 64, secret->bytes, 64);
  g_assert_true (gez_invitation_signing_key (code, secret, public_key));
  assert_hex (public_key, sizeof public_key, known_invitation_key);
  check = gez_invitation_check (&opened->root, public_key);
  g_assert_cmpstr (check, ==, known_check);
}

static void
test_wrap (void)
{
  g_autoptr (GezSecret) secret = gez_secret_new (NULL), key = gez_secret_new (NULL);
  g_autoptr (GBytes) sealed = from_hex (known_wrap), box = from_hex (known_box_secret);
  g_autoptr (GezKeyring) ring = gez_keyring_new ();
  g_autoptr (GError) error = NULL;
  g_auto (GezWrap) wrap = { 0 };
  const GezId team = id_of (0x40), device = id_of (0x60);
  guint8 public_key[GEZ_KEY_SIZE];

  memcpy (secret->bytes, g_bytes_get_data (box, NULL), GEZ_KEY_SIZE);
  g_assert_cmpint (crypto_scalarmult_base (public_key, secret->bytes), ==, 0);
  g_assert_true (gez_wrap_open (view_of (sealed), public_key, secret, &team, &device, ring, &wrap, &error));
  g_assert_no_error (error);
  assert_counts_up (wrap.grant.bytes, GEZ_ID_SIZE, 0x70);
  assert_counts_up (wrap.granter.bytes, GEZ_ID_SIZE, 0x50);
  g_assert_cmpint (wrap.circle.kind, ==, GEZ_CIRCLE_CASEWORK);
  g_assert_cmpstr (wrap.until, ==, "2027-01-31");
  g_assert_cmpuint (gez_keyring_get_size (ring), ==, 2);
  g_assert_true (gez_keyring_copy_key (ring, 1, key));
  assert_counts_up (key->bytes, GEZ_KEY_SIZE, 10);
}

int
main (int   argc,
      char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (sodium_init (), >=, 0);
  g_test_add_func ("/circle/known-answers/message", test_message);
  g_test_add_func ("/circle/known-answers/names", test_names);
  g_test_add_func ("/circle/known-answers/record", test_record);
  g_test_add_func ("/circle/known-answers/invitation", test_invitation);
  g_test_add_func ("/circle/known-answers/wrap", test_wrap);
  result = g_test_run ();
  counts_add ("vectors of the formats of circles", n_vectors);
  return result;
}
