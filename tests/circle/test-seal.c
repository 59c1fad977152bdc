/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "circle/gez-keyring.h"
#include "circle/gez-variant.h"
#include "circle/gez-wrap.h"

#include <sodium.h>
#include <string.h>

#include "counts.h"

/*
 * Sealed messages, hashes, signatures, the ring of keys and wraps. What was made by another program is in
 * test-known-answers.c.
 */

static guint n_refused;

static GezBytesView
view_of (GBytes *bytes)
{
  GezBytesView view = { NULL, 0 };

  view.data = g_bytes_get_data (bytes, &view.size);
  return view;
}

static GezBytesView
view_of_text (const char *text)
{
  return (GezBytesView) { text, strlen (text) };
}

static GezSecret *
make_key (guint8 first)
{
  GezSecret *key = gez_secret_new (NULL);

  for (guint i = 0; i < GEZ_KEY_SIZE; i++)
    key->bytes[i] = (guint8) (first + i);
  return key;
}

static GBytes *
seal (const GezSecret *key,
      const char      *beside,
      const char      *text)
{
  g_autoptr (GError) error = NULL;
  GBytes *sealed = gez_seal_message (key, view_of_text (beside), view_of_text (text), &error);

  g_assert_no_error (error);
  return sealed;
}

static void
assert_refused (const GezSecret *key,
                GezBytesView     beside,
                GezBytesView     sealed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) opened = gez_open_message (key, beside, sealed, &error);

  g_assert_null (opened);
  g_assert_error (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_DAMAGED);
  n_refused++;
}

/* Sealed messages ---------------------------------------------------------------------------- */

static void
test_round_trip (void)
{
  g_autoptr (GezSecret) key = make_key (1);
  g_autofree guint8 *content = g_malloc (3000);

  randombytes_buf (content, 3000);
  for (gsize size = 0; size < 3000; size += 1 + size / 7)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) sealed = gez_seal_message (key, view_of_text ("beside"),
                                                    (GezBytesView) { content, size }, &error);
      g_autoptr (GBytes) opened = gez_open_message (key, view_of_text ("beside"), view_of (sealed), &error);

      g_assert_no_error (error);
      g_assert_cmpuint (g_bytes_get_size (sealed), ==, gez_sealed_size (size));
      g_assert_cmpmem (g_bytes_get_data (opened, NULL), g_bytes_get_size (opened), content, size);
    }
}

/* At most 12 % more, and few different sizes. */
static void
test_padding (void)
{
  gsize n_sizes = 0, last = 0;

  for (gsize size = 0; size < 100000; size++)
    {
      gsize sealed = gez_sealed_size (size), inside = sealed - GEZ_NONCE_SIZE - 16;

      g_assert_cmpuint (sealed, >=, last);
      g_assert_cmpuint (inside, >=, size + 36);
      g_assert_cmpfloat ((double) inside, <=, 1.12 * (double) (size + 36));
      n_sizes += sealed != last;
      last = sealed;
    }
  g_assert_cmpuint (n_sizes, <, 300);
}

static void
test_two_never_alike (void)
{
  g_autoptr (GezSecret) key = make_key (1);
  g_autoptr (GBytes) one = seal (key, "", "same");
  g_autoptr (GBytes) other = seal (key, "", "same");

  g_assert_false (g_bytes_equal (one, other));
}

static void
test_every_change (void)
{
  g_autoptr (GezSecret) key = make_key (1);
  g_autoptr (GezSecret) other_key = make_key (2);
  g_autoptr (GBytes) sealed = seal (key, "beside", "An invented text about nobody.");
  gsize size = g_bytes_get_size (sealed);
  g_autofree guint8 *bytes = g_malloc0 (size + 1);

  memcpy (bytes, g_bytes_get_data (sealed, NULL), size);
  for (gsize at = 0; at < size; at++)
    {
      bytes[at] ^= 1u << (at % 8);
      assert_refused (key, view_of_text ("beside"), (GezBytesView) { bytes, size });
      bytes[at] ^= 1u << (at % 8);
      assert_refused (key, view_of_text ("beside"), (GezBytesView) { bytes, at });
    }
  assert_refused (key, view_of_text ("beside"), (GezBytesView) { bytes, size + 1 });
  assert_refused (key, view_of_text ("besidf"), (GezBytesView) { bytes, size });
  assert_refused (key, view_of_text (""), (GezBytesView) { bytes, size });
  assert_refused (other_key, view_of_text ("beside"), (GezBytesView) { bytes, size });
}

/* What libsodium would open; the content is not what the writer of a sealed message makes. */
static GBytes *
seal_raw (const GezSecret *key,
          const GezSecret *committed,
          guint32          told,
          gsize            size,
          guint8           filling)
{
  guint8 *sealed = g_malloc (GEZ_NONCE_SIZE + size + 16);
  g_autofree guint8 *plain = g_malloc (size);
  guint32 little = GUINT32_TO_LE (told);

  randombytes_buf (sealed, GEZ_NONCE_SIZE);
  memset (plain, filling, size);
  if (size >= 36)
    {
      gez_hash_parts (plain, 32, committed->bytes, "commit/1", &(GezBytesView) { sealed, GEZ_NONCE_SIZE }, 1);
      memcpy (plain + 32, &little, sizeof little);
    }
  crypto_aead_xchacha20poly1305_ietf_encrypt (sealed + GEZ_NONCE_SIZE, NULL, plain, size, NULL, 0, NULL,
                                              sealed, key->bytes);
  return g_bytes_new_take (sealed, GEZ_NONCE_SIZE + size + 16);
}

static void
assert_raw_refused (const GezSecret *committed,
                    guint32          told,
                    gsize            size,
                    guint8           filling)
{
  g_autoptr (GezSecret) key = make_key (1);
  g_autoptr (GBytes) sealed = seal_raw (key, committed, told, size, filling);

  assert_refused (key, view_of_text (""), view_of (sealed));
}

static void
test_one_form (void)
{
  g_autoptr (GezSecret) key = make_key (1);
  g_autoptr (GBytes) right = seal_raw (key, key, 100, gez_sealed_size (100) - 40, 0);
  g_autoptr (GBytes) opened = gez_open_message (key, view_of_text (""), view_of (right), NULL);

  g_assert_cmpuint (g_bytes_get_size (opened), ==, 100);
  assert_raw_refused (key, 97, gez_sealed_size (97) - 40, 1);            /* not zeros to the end */
  assert_raw_refused (key, 100, gez_sealed_size (1000) - 40, 0);         /* too many of them */
  assert_raw_refused (key, 101, 136, 0);                                 /* more than there is */
  assert_raw_refused (key, G_MAXUINT32, 136, 0);
  assert_raw_refused (key, G_MAXUINT32 - 35, 136, 0);
  assert_raw_refused (key, 0, 35, 0);
  assert_raw_refused (key, 0, 0, 0);
}

/* XChaCha20-Poly1305 alone lets somebody make a message that opens under two keys. */
static void
test_commitment (void)
{
  g_autoptr (GezSecret) other = make_key (2);

  assert_raw_refused (other, 100, gez_sealed_size (100) - 40, 0);
}

static void
test_compression (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strnfill (100000, 'a');
  g_autoptr (GBytes) small = gez_compress (view_of_text (text), &error);
  g_autoptr (GBytes) again = gez_decompress (view_of (small), 100000, &error);
  g_autoptr (GBytes) none = gez_compress (view_of_text (""), &error);
  g_autoptr (GBytes) none_again = gez_decompress (view_of (none), 0, &error);
  gsize size = g_bytes_get_size (small);
  g_autofree guint8 *bytes = g_malloc0 (2 * size);

  g_assert_no_error (error);
  g_assert_cmpuint (size, <, 1000);
  g_assert_cmpmem (g_bytes_get_data (again, NULL), g_bytes_get_size (again), text, 100000);
  g_assert_cmpuint (g_bytes_get_size (none_again), ==, 0);
  g_assert_null (gez_decompress (view_of (small), 99999, &error));
  g_assert_error (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_DAMAGED);
  memcpy (bytes, g_bytes_get_data (small, NULL), size);
  for (gsize i = 0; i < size; i++)
    g_assert_null (gez_decompress ((GezBytesView) { bytes, i }, 100000, NULL));
  g_assert_null (gez_decompress ((GezBytesView) { bytes, size + 1 }, 100000, NULL));
  memcpy (bytes + size, bytes, size); /* two frames */
  g_assert_null (gez_decompress ((GezBytesView) { bytes, 2 * size }, 1000000, NULL));
  memcpy (bytes, "\x50\x2a\x4d\x18\x00\x00\x00\x00", 8); /* a frame to be skipped */
  g_assert_null (gez_decompress ((GezBytesView) { bytes, 8 }, 100000, NULL));
}

/* Hashes and signatures ---------------------------------------------------------------------- */

static void
test_hashes_keep_apart (void)
{
  const GezBytesView ab_c[] = { { "ab", 2 }, { "c", 1 } }, a_bc[] = { { "a", 1 }, { "bc", 2 } };
  guint8 one[GEZ_HASH_SIZE], other[GEZ_HASH_SIZE], key[GEZ_KEY_SIZE] = { 0 };

  gez_hash_parts (one, sizeof one, NULL, "seg/1", ab_c, 2);
  gez_hash_parts (other, sizeof other, NULL, "seg/1", a_bc, 2);
  g_assert_cmpint (memcmp (one, other, sizeof one), !=, 0);
  gez_hash_parts (other, sizeof other, NULL, "roster/1", ab_c, 2);
  g_assert_cmpint (memcmp (one, other, sizeof one), !=, 0);
  gez_hash_parts (other, sizeof other, key, "seg/1", ab_c, 2);
  g_assert_cmpint (memcmp (one, other, sizeof one), !=, 0);
  gez_hash_parts (other, 16, NULL, "seg/1", ab_c, 2);
  g_assert_cmpint (memcmp (one, other, 16), ==, 0);
}

/* The order of the group, as libsodium's ed25519_ref10.c has it: S + L is the other form of a signature. */
static const guint8 order[32] = { 0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7,
                                  0xa2, 0xde, 0xf9, 0xde, 0x14, 0,    0,    0,    0,    0,    0,
                                  0,    0,    0,    0,    0,    0,    0,    0,    0,    0x10 };

static void
test_signatures (void)
{
  g_autoptr (GezSecret) secret = gez_secret_new (NULL);
  guint8 public_key[GEZ_KEY_SIZE], signature[GEZ_SIGNATURE_SIZE], other[GEZ_SIGNATURE_SIZE];
  guint8 small_key[GEZ_KEY_SIZE] = { 1 };
  GezHash hash;
  guint carry = 0;

  g_assert_true (gez_signing_key_new (secret, public_key));
  gez_hash_parts (hash.bytes, sizeof hash.bytes, NULL, "seg/1", &(GezBytesView) { "x", 1 }, 1);
  gez_sign (secret, &hash, signature);
  g_assert_true (gez_is_signed (public_key, &hash, signature));
  for (guint i = 0; i < sizeof signature; i++)
    {
      signature[i] ^= 1;
      g_assert_false (gez_is_signed (public_key, &hash, signature));
      signature[i] ^= 1;
    }
  memcpy (other, signature, sizeof other);
  for (guint i = 0; i < sizeof order; i++)
    {
      carry += (guint) other[32 + i] + order[i];
      other[32 + i] = (guint8) carry;
      carry >>= 8;
    }
  g_assert_false (gez_is_signed (public_key, &hash, other));
  /* Under a key of small order a signature would be good for any message. */
  memset (other, 0, sizeof other);
  other[0] = 1;
  g_assert_false (gez_is_signed (small_key, &hash, other));
}

static void
test_base32 (void)
{
  static const char *const known[][2] = { { "", "" }, { "f", "my" }, { "fo", "mzxq" }, { "foo", "mzxw6" },
                                          { "foob", "mzxw6yq" }, { "fooba", "mzxw6ytb" },
                                          { "foobar", "mzxw6ytboi" } }; /* RFC 4648 */
  guint8 id[GEZ_ID_SIZE] = { 0 };
  g_autofree char *name = gez_base32 (id, sizeof id);

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autofree char *text = gez_base32 (known[i][0], strlen (known[i][0]));

      g_assert_cmpstr (text, ==, known[i][1]);
    }
  g_assert_cmpstr (name, ==, "aaaaaaaaaaaaaaaaaaaaaaaaaa");
}

/* The ring ----------------------------------------------------------------------------------- */

static GezKeyring *
make_ring (guint n_keys)
{
  GezKeyring *ring = gez_keyring_new ();
  guint8 key[GEZ_KEY_SIZE] = { 0 };
  GezId household = GEZ_ID_NONE;

  for (guint i = 0; i < n_keys; i++)
    {
      g_autoptr (GError) error = NULL;
      gboolean is_new = FALSE;

      memcpy (key, &i, sizeof i);
      memcpy (household.bytes, &i, sizeof i);
      gez_keyring_add (ring, gez_circle_casework (&household), 1, key, &is_new, &error);
      g_assert_no_error (error);
      g_assert_true (is_new);
    }
  return ring;
}

static void
test_ring_hints (void)
{
  enum { N_KEYS = 5000 };
  g_autoptr (GezKeyring) ring = make_ring (N_KEYS);
  g_autoptr (GezSecret) key = gez_secret_new (NULL);
  guint8 nonce[GEZ_NONCE_SIZE] = { 7 }, hint[GEZ_HINT_SIZE], stranger[GEZ_HINT_SIZE] = { 1, 2, 3 };
  gint64 began = g_get_monotonic_time ();

  gez_keyring_set_nonce (ring, nonce);
  g_test_message ("hints of %d keys in %.2f ms", N_KEYS, (double) (g_get_monotonic_time () - began) / 1000);
  for (guint i = 0; i < N_KEYS; i++)
    {
      g_assert_true (gez_keyring_copy_key (ring, i, key));
      gez_key_hint (key, nonce, hint);
      g_assert_cmpint (gez_keyring_find_hint (ring, hint), ==, (int) i);
    }
  g_assert_cmpint (gez_keyring_find_hint (ring, stranger), ==, -1);
  nonce[0]++;
  gez_key_hint (key, nonce, hint);
  g_assert_cmpint (gez_keyring_find_hint (ring, hint), ==, -1); /* another segment, another hint */
  counts_add ("keys found by their hint", N_KEYS);
}

static void
test_ring_twice (void)
{
  g_autoptr (GezKeyring) ring = make_ring (300);
  guint8 key[GEZ_KEY_SIZE] = { 0 };
  GezId household = GEZ_ID_NONE, other = { { 9, 9 } };
  gboolean is_new = TRUE;

  g_assert_true (gez_keyring_add (ring, gez_circle_casework (&household), 1, key, &is_new, NULL));
  g_assert_false (is_new);
  g_assert_cmpuint (gez_keyring_get_size (ring), ==, 300);
  g_assert_true (gez_keyring_add (ring, gez_circle_casework (&other), 1, key, &is_new, NULL));
  g_assert_true (is_new);
  g_assert_true (gez_keyring_add (ring, gez_circle_casework (&household), 2, key, &is_new, NULL));
  g_assert_true (is_new);
  g_assert_cmpuint (gez_keyring_get_size (ring), ==, 302);
}

static void
test_ring_order (void)
{
  g_autoptr (GezKeyring) ring = make_ring (10);
  g_autoptr (GArray) places = NULL;
  const GezCircle circle = gez_circle_team ();
  guint8 key[GEZ_KEY_SIZE] = { 0 };
  const guint32 numbers[] = { 2, 7, 1, 7, 3 };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      key[0] = (guint8) (100 + i);
      g_assert_true (gez_keyring_add (ring, circle, numbers[i], key, NULL, NULL));
    }
  places = gez_keyring_find (ring, &circle);
  g_assert_cmpuint (places->len, ==, G_N_ELEMENTS (numbers));
  for (guint i = 1; i < places->len; i++)
    {
      const GezKeyInfo *before = gez_keyring_get (ring, g_array_index (places, guint, i - 1));
      const GezKeyInfo *after = gez_keyring_get (ring, g_array_index (places, guint, i));

      g_assert_cmpuint (before->number, >=, after->number);
      if (before->number == after->number)
        g_assert_cmpint (gez_id_compare (&before->key_id, &after->key_id), >, 0);
    }
}

/* Wraps -------------------------------------------------------------------------------------- */

typedef struct
{
  GezSecret *secret;
  guint8 public_key[GEZ_KEY_SIZE];
  GezKeyring *ring;
  GezWrap wrap;
  GBytes *sealed;
} Wrapped;

static void
set_up (Wrapped      *self,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint8 key[GEZ_KEY_SIZE] = { 0 };

  self->secret = gez_secret_new (NULL);
  g_assert_true (gez_box_key_new (self->secret, self->public_key));
  self->ring = make_ring (3);
  self->wrap = (GezWrap) { { { 1 } }, { { 2 } }, { { 3 } }, { { 4 } }, gez_circle_team (), NULL };
  self->wrap.circle = gez_circle_open (&(GezId) { { 5 } });
  self->wrap.until = g_strdup ("2027-06-30");
  for (guint i = 1; i <= 3; i++)
    {
      key[0] = (guint8) (0xa0 + i);
      g_assert_true (gez_keyring_add (self->ring, self->wrap.circle, i, key, NULL, NULL));
    }
  self->sealed = gez_wrap_seal (&self->wrap, self->ring, self->public_key, &error);
  g_assert_no_error (error);
}

static void
tear_down (Wrapped      *self,
           gconstpointer data)
{
  gez_secret_free (self->secret);
  gez_keyring_free (self->ring);
  gez_wrap_clear (&self->wrap);
  g_bytes_unref (self->sealed);
  g_assert_cmpuint (gez_secrets_get_n_used (), ==, 0);
}

static void
test_wrap (Wrapped      *self,
           gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GezKeyring) ring = gez_keyring_new ();
  g_autoptr (GezSecret) key = gez_secret_new (NULL);
  g_auto (GezWrap) wrap = { 0 };

  g_assert_true (gez_wrap_open (view_of (self->sealed), self->public_key, self->secret, &self->wrap.team,
                                &self->wrap.device, ring, &wrap, &error));
  g_assert_no_error (error);
  g_assert_cmpint (memcmp (wrap.grant.bytes, self->wrap.grant.bytes, GEZ_ID_SIZE), ==, 0);
  g_assert_cmpint (memcmp (wrap.granter.bytes, self->wrap.granter.bytes, GEZ_ID_SIZE), ==, 0);
  g_assert_cmpint (wrap.circle.kind, ==, GEZ_CIRCLE_OPEN);
  g_assert_cmpstr (wrap.until, ==, "2027-06-30");
  g_assert_cmpuint (gez_keyring_get_size (ring), ==, 3); /* those of this circle alone */
  g_assert_cmpuint (gez_keyring_get (ring, 0)->number, ==, 3);
  g_assert_true (gez_keyring_copy_key (ring, 0, key));
  g_assert_cmpuint (key->bytes[0], ==, 0xa3);
}

/* Whether @sealed opens as it should for @team and @device; nothing is taken from one that does not. */
static gboolean
opens_for (Wrapped     *self,
           GezBytesView sealed,
           const GezId *team,
           const GezId *device,
           gboolean    *is_ours)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GezKeyring) ring = gez_keyring_new ();
  g_auto (GezWrap) wrap = { 0 };
  gboolean opened =
      gez_wrap_open (sealed, self->public_key, self->secret, team, device, ring, &wrap, &error);

  *is_ours = opened || error != NULL;
  g_assert_cmpuint (gez_keyring_get_size (ring), ==, opened ? 3 : 0);
  n_refused += !opened;
  return opened;
}

static gboolean
opens (Wrapped     *self,
       GezBytesView sealed,
       gboolean    *is_ours)
{
  return opens_for (self, sealed, &self->wrap.team, &self->wrap.device, is_ours);
}

static void
test_wrap_refused (Wrapped      *self,
                   gconstpointer data)
{
  gsize size = g_bytes_get_size (self->sealed);
  g_autofree guint8 *bytes = g_malloc0 (size + 1);
  gboolean is_ours = FALSE;

  memcpy (bytes, g_bytes_get_data (self->sealed, NULL), size);
  for (gsize at = 0; at < size; at++)
    {
      bytes[at] ^= 0x10;
      g_assert_false (opens (self, (GezBytesView) { bytes, size }, &is_ours));
      g_assert_false (is_ours);
      bytes[at] ^= 0x10;
      g_assert_false (opens (self, (GezBytesView) { bytes, at }, &is_ours));
    }
  g_assert_false (opens (self, (GezBytesView) { bytes, size + 1 }, &is_ours));
  g_assert_false (opens_for (self, view_of (self->sealed), &self->wrap.device, &self->wrap.device, &is_ours));
  g_assert_true (is_ours); /* it opened, and says another team inside */
  g_assert_false (opens_for (self, view_of (self->sealed), &self->wrap.team, &self->wrap.team, &is_ours));
  g_assert_false (opens_for (self, view_of (self->sealed), &self->wrap.team, &GEZ_ID_NONE, &is_ours));
  g_assert_true (opens (self, view_of (self->sealed), &is_ours));
}

static void
test_wrap_not_for_us (Wrapped      *self,
                      gconstpointer data)
{
  gboolean is_ours = TRUE;

  gez_box_key_new (self->secret, self->public_key);
  g_assert_false (opens (self, view_of (self->sealed), &is_ours));
  g_assert_false (is_ours);
}

/* Whether @value opens, sealed to us. */
static gboolean
opens_content (Wrapped  *self,
               GVariant *value)
{
  g_autoptr (GBytes) content = gez_variant_write (value);
  gsize size = g_bytes_get_size (content);
  g_autofree guint8 *sealed = g_malloc (size + crypto_box_SEALBYTES);
  gboolean is_ours = FALSE, opened;

  crypto_box_seal (sealed, g_bytes_get_data (content, NULL), size, self->public_key);
  opened = opens (self, (GezBytesView) { sealed, size + crypto_box_SEALBYTES }, &is_ours);
  g_assert_true (is_ours);
  return opened;
}

static GVariant *
make_content (Wrapped    *self,
              const char *name,
              const char *circle,
              guint       n_keys,
              gsize       key_size,
              const char *until)
{
  static const guint8 key[GEZ_KEY_SIZE + 1] = { 1 };
  GVariantBuilder keys;

  g_variant_builder_init (&keys, G_VARIANT_TYPE ("a(uay)"));
  for (guint i = 0; i < n_keys; i++)
    g_variant_builder_add (&keys, "(u@ay)", i, gez_variant_of_bytes (key, key_size));
  return g_variant_new ("(s@ay@ay@ay@ay@aya(uay)s)", name,
                        gez_variant_of_bytes (&self->wrap.team, GEZ_ID_SIZE),
                        gez_variant_of_bytes (&self->wrap.device, GEZ_ID_SIZE),
                        gez_variant_of_bytes (&self->wrap.grant, GEZ_ID_SIZE),
                        gez_variant_of_bytes (&self->wrap.granter, GEZ_ID_SIZE),
                        gez_variant_of_bytes (circle, strlen (circle)), &keys, until);
}

#define RIGHT_NAME "gezinsplan/wrap/1"

static void
test_wrap_one_form (Wrapped      *self,
                    gconstpointer data)
{
  g_assert_true (opens_content (self, make_content (self, RIGHT_NAME, "t", 3, 32, "2027-06-30")));
  g_assert_true (opens_content (self, make_content (self, RIGHT_NAME, "t", 3, 32, "")));
  g_assert_false (opens_content (self, make_content (self, "gezinsplan/wrap/2", "t", 3, 32, "")));
  g_assert_false (opens_content (self, make_content (self, RIGHT_NAME, "x", 3, 32, "")));
  g_assert_false (opens_content (self, make_content (self, RIGHT_NAME, "tt", 3, 32, "")));
  g_assert_false (opens_content (self, make_content (self, RIGHT_NAME, "", 3, 32, "")));
  g_assert_false (opens_content (self, make_content (self, RIGHT_NAME, "t", 0, 32, "")));
  g_assert_false (opens_content (self, make_content (self, RIGHT_NAME, "t", 3, 31, "")));
  g_assert_false (opens_content (self, make_content (self, RIGHT_NAME, "t", 3, 33, "")));
  g_assert_false (opens_content (self, make_content (self, RIGHT_NAME, "t", 3, 32, "soon")));
  g_assert_false (opens_content (self, g_variant_new_string ("something else")));
}

static void
test_wrap_without_key (Wrapped      *self,
                       gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->wrap.circle = gez_circle_leaders ();
  g_assert_null (gez_wrap_seal (&self->wrap, self->ring, self->public_key, &error));
  g_assert_error (error, GEZ_TEAM_ERROR, GEZ_TEAM_ERROR_NO_KEY);
}

int
main (int   argc,
      char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (sodium_init (), >=, 0);
  g_test_add_func ("/seal/round-trip", test_round_trip);
  g_test_add_func ("/seal/padding", test_padding);
  g_test_add_func ("/seal/two-never-alike", test_two_never_alike);
  g_test_add_func ("/seal/every-change", test_every_change);
  g_test_add_func ("/seal/one-form", test_one_form);
  g_test_add_func ("/seal/commitment", test_commitment);
  g_test_add_func ("/seal/compression", test_compression);
  g_test_add_func ("/seal/hashes-keep-apart", test_hashes_keep_apart);
  g_test_add_func ("/seal/signatures", test_signatures);
  g_test_add_func ("/seal/base32", test_base32);
  g_test_add_func ("/seal/ring/hints", test_ring_hints);
  g_test_add_func ("/seal/ring/twice", test_ring_twice);
  g_test_add_func ("/seal/ring/order", test_ring_order);
  g_test_add ("/seal/wrap/opens", Wrapped, NULL, set_up, test_wrap, tear_down);
  g_test_add ("/seal/wrap/refused", Wrapped, NULL, set_up, test_wrap_refused, tear_down);
  g_test_add ("/seal/wrap/not-for-us", Wrapped, NULL, set_up, test_wrap_not_for_us, tear_down);
  g_test_add ("/seal/wrap/one-form", Wrapped, NULL, set_up, test_wrap_one_form, tear_down);
  g_test_add ("/seal/wrap/without-key", Wrapped, NULL, set_up, test_wrap_without_key, tear_down);
  result = g_test_run ();
  counts_add ("changed or cut messages and wraps refused", n_refused);
  return result;
}
