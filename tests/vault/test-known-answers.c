/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sodium.h>
#include <string.h>

#include "counts.h"
#include "known-answers.h"
#include "vault-fixture.h"
#include "vault/gez-vault-epoch.h"
#include "vault/gez-vault-header.h"
#include "vault/gez-vault-page.h"
#include "vault/gez-vault-recovery.h"
#include "vault/gez-vault-slot.h"

/*
 * The formats against vectors that were computed without this program, both ways; and each field that
 * is authenticated with them, changed: nothing opens.
 */

#define SLOT_SIZE 56
#define EPOCH_DISTANCE 4096
#define CHECKSUM_SIZE 16

typedef struct
{
  GezSecret *data;
  GezSecret *page;
  GezSecret *log;
  GezSecret *epoch;
  GezId database;
  guint8 epoch_bytes[GEZ_EPOCH_SIZE];
} Fixture;

static guint n_vectors, n_refused;

static void
count_up (guint8 *bytes,
          gsize   length,
          guint8  first)
{
  for (gsize i = 0; i < length; i++)
    bytes[i] = (guint8) (first + i);
}

static GezSecret *
derive (GezSecret  *data,
        GezVaultKey which)
{
  g_autoptr (GError) error = NULL;
  GezSecret *key = gez_vault_header_derive (data, which, &error);

  g_assert_no_error (error);
  return key;
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->data = gez_secret_new (NULL);
  count_up (fixture->data->bytes, GEZ_KEY_SIZE, 0);
  fixture->page = derive (fixture->data, GEZ_VAULT_KEY_PAGE);
  fixture->log = derive (fixture->data, GEZ_VAULT_KEY_LOG);
  fixture->epoch = derive (fixture->data, GEZ_VAULT_KEY_EPOCH);
  count_up (fixture->database.bytes, GEZ_ID_SIZE, 0x40);
  count_up (fixture->epoch_bytes, GEZ_EPOCH_SIZE, 0x70);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  gez_secret_free (fixture->data);
  gez_secret_free (fixture->page);
  gez_secret_free (fixture->log);
  gez_secret_free (fixture->epoch);
  g_assert_cmpuint (gez_secrets_get_n_used (), ==, 0);
}

static void
assert_hex (gconstpointer bytes,
            gsize         length,
            const char   *expected)
{
  g_autofree char *text = g_malloc (2 * length + 1);

  g_assert_cmpstr (sodium_bin2hex (text, 2 * length + 1, bytes, length), ==, expected);
  n_vectors++;
}

static void
assert_digest (gconstpointer bytes,
               gsize         length,
               const char   *expected)
{
  guint8 digest[32];

  crypto_generichash (digest, sizeof digest, bytes, length, NULL, 0);
  assert_hex (digest, sizeof digest, expected);
}

static GBytes *
from_hex (const char *text)
{
  gsize room = strlen (text) / 2, length;
  guint8 *bytes = g_malloc (room);

  g_assert_cmpint (sodium_hex2bin (bytes, room, text, strlen (text), NULL, &length, NULL), ==, 0);
  g_assert_cmpuint (length, ==, room);
  return g_bytes_new_take (bytes, room);
}

/* The one nonce of the vectors. */
static GezNonces
fixed_nonce (void)
{
  GezNonces nonces = { .n_left = 1 };

  count_up (nonces.bytes[0], GEZ_NONCE_SIZE, 0xa0);
  return nonces;
}

static void
seal_page (Fixture *fixture,
           guint8  *plain,
           guint8  *sealed)
{
  GezNonces nonces = fixed_nonce ();

  memset (plain, 0, GEZ_PAGE_SIZE);
  for (guint i = 0; i < GEZ_PAGE_CONTENT; i++)
    plain[i] = (guint8) (i * 7 + 3);
  gez_page_seal (fixture->page, &fixture->database, 5, &nonces, plain, sealed);
}

static void
seal_frame (Fixture *fixture,
            guint8  *plain,
            guint8  *sealed)
{
  GezNonces nonces = fixed_nonce ();

  memset (plain, 0, GEZ_FRAME_SIZE);
  for (guint i = 0; i < GEZ_FRAME_CONTENT; i++)
    plain[i] = (guint8) (i * 11 + 5);
  gez_frame_seal (fixture->log, &fixture->database, fixture->epoch_bytes, 9, &nonces, plain, sealed);
}

/* Nothing of a message that does not open is given away. */
static void
assert_page_refused (Fixture      *fixture,
                     guint64       number,
                     const guint8 *sealed)
{
  guint8 page[GEZ_PAGE_SIZE];

  memset (page, 1, sizeof page);
  g_assert_false (gez_page_open (fixture->page, &fixture->database, number, sealed, page));
  g_assert_true (sodium_is_zero (page, sizeof page));
  n_refused++;
}

static void
assert_frame_refused (Fixture      *fixture,
                      guint64       index,
                      const guint8 *sealed)
{
  guint8 frame[GEZ_FRAME_SIZE];

  memset (frame, 1, sizeof frame);
  g_assert_false (gez_frame_open (fixture->log, &fixture->database, fixture->epoch_bytes, index, sealed,
                                  frame));
  g_assert_true (sodium_is_zero (frame, sizeof frame));
  n_refused++;
}

static void
test_page (Fixture      *fixture,
           gconstpointer data)
{
  guint8 plain[GEZ_PAGE_SIZE], sealed[GEZ_PAGE_SIZE], again[GEZ_PAGE_SIZE];

  seal_page (fixture, plain, sealed);
  assert_hex (sealed, 16, PAGE_START);
  assert_hex (sealed + 4080, 16, PAGE_TAG);
  assert_digest (sealed, sizeof sealed, PAGE_DIGEST);
  g_assert_true (gez_page_open (fixture->page, &fixture->database, 5, sealed, again));
  g_assert_cmpmem (again, sizeof again, plain, sizeof plain);

  for (guint i = 0; i < sizeof sealed; i++)
    {
      sealed[i] ^= (guint8) (1 << i % 8);
      assert_page_refused (fixture, 5, sealed);
      sealed[i] ^= (guint8) (1 << i % 8);
    }
  for (guint bit = 0; bit < 64; bit++)
    assert_page_refused (fixture, 5 ^ G_GUINT64_CONSTANT (1) << bit, sealed);
  for (guint bit = 0; bit < 8 * GEZ_ID_SIZE; bit++)
    {
      fixture->database.bytes[bit / 8] ^= (guint8) (1 << bit % 8);
      assert_page_refused (fixture, 5, sealed);
      fixture->database.bytes[bit / 8] ^= (guint8) (1 << bit % 8);
    }
  for (guint bit = 0; bit < 8 * GEZ_KEY_SIZE; bit++)
    {
      fixture->page->bytes[bit / 8] ^= (guint8) (1 << bit % 8);
      assert_page_refused (fixture, 5, sealed);
      fixture->page->bytes[bit / 8] ^= (guint8) (1 << bit % 8);
    }
  g_assert_true (gez_page_open (fixture->page, &fixture->database, 5, sealed, again));
}

static void
test_frame (Fixture      *fixture,
            gconstpointer data)
{
  guint8 plain[GEZ_FRAME_SIZE], sealed[GEZ_FRAME_SIZE], again[GEZ_FRAME_SIZE];

  seal_frame (fixture, plain, sealed);
  assert_hex (sealed, 16, FRAME_START);
  assert_hex (sealed + 4104, 16, FRAME_TAG);
  assert_digest (sealed, sizeof sealed, FRAME_DIGEST);
  g_assert_true (gez_frame_open (fixture->log, &fixture->database, fixture->epoch_bytes, 9, sealed, again));
  g_assert_cmpmem (again, sizeof again, plain, sizeof plain);

  for (guint i = 0; i < sizeof sealed; i++)
    {
      sealed[i] ^= (guint8) (1 << i % 8);
      assert_frame_refused (fixture, 9, sealed);
      sealed[i] ^= (guint8) (1 << i % 8);
    }
  for (guint bit = 0; bit < 64; bit++)
    assert_frame_refused (fixture, 9 ^ G_GUINT64_CONSTANT (1) << bit, sealed);
  for (guint bit = 0; bit < 8 * GEZ_EPOCH_SIZE; bit++)
    {
      fixture->epoch_bytes[bit / 8] ^= (guint8) (1 << bit % 8);
      assert_frame_refused (fixture, 9, sealed);
      fixture->epoch_bytes[bit / 8] ^= (guint8) (1 << bit % 8);
      fixture->database.bytes[bit / 8] ^= (guint8) (1 << bit % 8);
      assert_frame_refused (fixture, 9, sealed);
      fixture->database.bytes[bit / 8] ^= (guint8) (1 << bit % 8);
    }
  for (guint bit = 0; bit < 8 * GEZ_KEY_SIZE; bit++)
    {
      fixture->log->bytes[bit / 8] ^= (guint8) (1 << bit % 8);
      assert_frame_refused (fixture, 9, sealed);
      fixture->log->bytes[bit / 8] ^= (guint8) (1 << bit % 8);
    }
}

/* What is sealed as one thing is not another, even under its key: the names at the front differ. */
static void
test_kinds (Fixture      *fixture,
            gconstpointer data)
{
  guint8 plain[GEZ_FRAME_SIZE], page[GEZ_FRAME_SIZE] = { 0 }, frame[GEZ_FRAME_SIZE];

  seal_page (fixture, plain, page);
  assert_frame_refused (fixture, 5, page);
  seal_frame (fixture, plain, frame);
  assert_page_refused (fixture, 9, frame);
  memcpy (fixture->page->bytes, fixture->log->bytes, GEZ_KEY_SIZE);
  assert_page_refused (fixture, 9, frame);
  memcpy (fixture->log->bytes, fixture->page->bytes, GEZ_KEY_SIZE);
  seal_page (fixture, plain, page);
  assert_frame_refused (fixture, 5, page);
}

/* Returns the epoch that a file with this content holds; all zero for none. */
static void
read_epoch (Fixture *fixture,
            GBytes  *content,
            guint8  *bytes)
{
  g_autofree char *directory = fixture_make_directory ();
  g_autofree char *path = g_build_filename (directory, "x.db", NULL);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  GezEpoch *epoch = NULL;

  /* The epoch file takes its permissions from the database. */
  fixture_write (directory, "x.db", nothing);
  fixture_write (directory, "x.db-epoch", content);
  g_assert_cmpint (gez_epoch_open (sqlite3_vfs_find (NULL), path, fixture->epoch, &fixture->database, &epoch),
                   ==, SQLITE_OK);
  memset (bytes, 0, GEZ_EPOCH_SIZE);
  if (gez_epoch_get_bytes (epoch) != NULL)
    memcpy (bytes, gez_epoch_get_bytes (epoch), GEZ_EPOCH_SIZE);
  gez_epoch_free (epoch);
  fixture_remove_directory (directory);
}

static void
assert_epoch (Fixture    *fixture,
              GByteArray *content,
              const char *expected)
{
  g_autoptr (GBytes) file = g_bytes_new (content->data, content->len);
  guint8 bytes[GEZ_EPOCH_SIZE];

  read_epoch (fixture, file, bytes);
  if (expected != NULL)
    assert_hex (bytes, sizeof bytes, expected);
  else
    g_assert_true (sodium_is_zero (bytes, sizeof bytes));
  n_refused += expected == NULL;
}

static void
test_epoch (Fixture      *fixture,
            gconstpointer data)
{
  const char *first = "707172737475767778797a7b7c7d7e7f", *next = "909192939495969798999a9b9c9d9e9f";
  g_autoptr (GByteArray) one = g_bytes_unref_to_array (from_hex (EPOCH_SLOT));
  g_autoptr (GBytes) other = from_hex (EPOCH_NEXT);
  g_autoptr (GByteArray) both = g_byte_array_new ();

  g_assert_cmpuint (one->len, ==, SLOT_SIZE);
  assert_epoch (fixture, one, first);
  for (guint i = 0; i < SLOT_SIZE; i++)
    {
      one->data[i] ^= 4;
      assert_epoch (fixture, one, NULL);
      one->data[i] ^= 4;
    }
  for (guint length = 0; length < SLOT_SIZE; length++)
    {
      one->len = length;
      assert_epoch (fixture, one, NULL);
    }
  one->len = SLOT_SIZE;
  fixture->database.bytes[3] ^= 1;
  assert_epoch (fixture, one, NULL);
  fixture->database.bytes[3] ^= 1;
  fixture->epoch->bytes[3] ^= 1;
  assert_epoch (fixture, one, NULL);
  fixture->epoch->bytes[3] ^= 1;

  /* Of two, the higher counter; with the higher one torn, the other. */
  g_byte_array_append (both, one->data, SLOT_SIZE);
  g_byte_array_set_size (both, EPOCH_DISTANCE);
  memset (both->data + SLOT_SIZE, 0, EPOCH_DISTANCE - SLOT_SIZE);
  g_byte_array_append (both, g_bytes_get_data (other, NULL), SLOT_SIZE);
  assert_epoch (fixture, both, next);
  memcpy (both->data + EPOCH_DISTANCE, one->data, SLOT_SIZE);
  memcpy (both->data, g_bytes_get_data (other, NULL), SLOT_SIZE);
  assert_epoch (fixture, both, next);
  both->data[40] ^= 1;
  assert_epoch (fixture, both, first);
}

static GezSecret *
unlock (GezVaultHeader *header,
        gboolean        by_recovery,
        GError        **error)
{
  g_autoptr (GezSecret) code = gez_secret_new (NULL);

  if (!by_recovery)
    return gez_vault_header_unlock (header, WORDS, error);
  count_up (code->bytes, GEZ_RECOVERY_CODE_SIZE, 0x80);
  return gez_vault_header_unlock_with_recovery (header, code, error);
}

static void
test_header (Fixture      *fixture,
             gconstpointer data)
{
  g_autoptr (GBytes) content = from_hex (HEADER);
  g_autoptr (GError) error = NULL;
  g_autoptr (GezVaultHeader) header = gez_vault_header_parse (content, &error);
  g_autoptr (GezSecret) key = NULL, same = NULL, code = gez_secret_new (NULL);
  g_autoptr (GBytes) again = NULL;
  guint8 public_key[GEZ_RECOVERY_PUBLIC_SIZE];

  g_assert_no_error (error);
  key = unlock (header, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (key->bytes, GEZ_KEY_SIZE, fixture->data->bytes, GEZ_KEY_SIZE);
  same = unlock (header, TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (same->bytes, GEZ_KEY_SIZE, fixture->data->bytes, GEZ_KEY_SIZE);
  g_assert_true (gez_id_equal (gez_vault_header_get_database_id (header), &fixture->database));
  g_assert_true (gez_vault_header_get_has_database (header));
  g_assert_cmpuint (gez_vault_header_get_n_slots (header), ==, 3);
  /* Written again it is the same, to the last byte. */
  again = gez_vault_header_serialize (header, key, &error);
  g_assert_true (g_bytes_equal (again, content));
  count_up (code->bytes, GEZ_RECOVERY_CODE_SIZE, 0x80);
  g_assert_true (gez_recovery_get_public (code, public_key, &error));
  assert_hex (public_key, sizeof public_key, RECOVERY_PUBLIC);
  n_vectors += 4;
}

/* Whoever changes a header makes its checksum fit as well: only keys tell. */
static GBytes *
with_checksum (GByteArray *content)
{
  guint length = content->len - CHECKSUM_SIZE;

  crypto_generichash (content->data + length, CHECKSUM_SIZE, content->data, length, NULL, 0);
  return g_bytes_new (content->data, content->len);
}

static int
open_header (GByteArray *changed,
             gboolean    by_recovery)
{
  g_autoptr (GBytes) content = with_checksum (changed);
  g_autoptr (GError) error = NULL;
  g_autoptr (GezVaultHeader) header = gez_vault_header_parse (content, &error);
  g_autoptr (GezSecret) key = header ? unlock (header, by_recovery, &error) : NULL;

  g_assert_null (key);
  g_assert_nonnull (error);
  g_assert_true (error->domain == GEZ_VAULT_ERROR);
  n_refused++;
  return error->code;
}

#define DAMAGED GEZ_VAULT_ERROR_DAMAGED
#define TOO_NEW GEZ_VAULT_ERROR_TOO_NEW
#define WRONG_PASSPHRASE GEZ_VAULT_ERROR_WRONG_PASSPHRASE
#define WRONG_RECOVERY GEZ_VAULT_ERROR_WRONG_RECOVERY
#define SECOND (44 + GEZ_SLOT_PASSPHRASE_SIZE) /* the slot for recovery */
#define THIRD (SECOND + 4 + GEZ_SLOT_RECOVERY_SIZE)

/* Each field, and what is said when its first byte is changed. */
static const struct
{
  const char *field;
  guint at;
  GezVaultError by_passphrase;
  GezVaultError by_recovery;
} fields[] = {
  { "magic", 0, DAMAGED, DAMAGED },
  { "version", 8, TOO_NEW, TOO_NEW },
  { "number of slots", 10, DAMAGED, DAMAGED },
  { "flags", 12, DAMAGED, DAMAGED },
  { "database id", 16, WRONG_PASSPHRASE, WRONG_RECOVERY },
  { "length", 32, DAMAGED, DAMAGED },
  { "zero", 36, DAMAGED, DAMAGED },
  { "kind of the passphrase slot", 40, WRONG_PASSPHRASE, DAMAGED },
  { "length of the passphrase slot", 42, DAMAGED, DAMAGED },
  { "salt", 44, WRONG_PASSPHRASE, DAMAGED },
  { "passes", 60, DAMAGED, DAMAGED },
  { "zero in the passphrase slot", 64, WRONG_PASSPHRASE, DAMAGED },
  { "memory", 68, WRONG_PASSPHRASE, DAMAGED },
  { "nonce", 76, WRONG_PASSPHRASE, DAMAGED },
  { "wrapped data key", 100, WRONG_PASSPHRASE, DAMAGED },
  { "tag of the data key", 132, WRONG_PASSPHRASE, DAMAGED },
  { "kind of the recovery slot", SECOND, DAMAGED, WRONG_RECOVERY },
  { "length of the recovery slot", SECOND + 2, DAMAGED, DAMAGED },
  { "public key", SECOND + 4, DAMAGED, WRONG_RECOVERY },
  { "one-time key", SECOND + 36, DAMAGED, WRONG_RECOVERY },
  { "tag of the sealed key", SECOND + 68, DAMAGED, WRONG_RECOVERY },
  { "sealed key", SECOND + 84, DAMAGED, WRONG_RECOVERY },
  { "sealed database id", SECOND + 116, DAMAGED, WRONG_RECOVERY },
  { "sealed kind", SECOND + 132, DAMAGED, WRONG_RECOVERY },
  { "kind of an unknown slot", THIRD, DAMAGED, DAMAGED },
  { "length of an unknown slot", THIRD + 2, DAMAGED, DAMAGED },
  { "unknown slot", THIRD + 4, DAMAGED, DAMAGED },
  { "MAC", THIRD + 19, DAMAGED, DAMAGED },
};

static void
test_changed_header (Fixture      *fixture,
                     gconstpointer data)
{
  g_autoptr (GByteArray) content = g_bytes_unref_to_array (from_hex (HEADER));

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_test_message ("%s", fields[i].field);
      content->data[fields[i].at] ^= 0x20;
      g_assert_cmpint (open_header (content, FALSE), ==, fields[i].by_passphrase);
      g_assert_cmpint (open_header (content, TRUE), ==, fields[i].by_recovery);
      content->data[fields[i].at] ^= 0x20;
    }
  /* With the code, which costs nothing, every bit. */
  for (guint bit = 0; bit < 8 * (content->len - CHECKSUM_SIZE); bit++)
    {
      content->data[bit / 8] ^= (guint8) (1 << bit % 8);
      open_header (content, TRUE);
      content->data[bit / 8] ^= (guint8) (1 << bit % 8);
    }
}

static void
test_cut_header (Fixture      *fixture,
                 gconstpointer data)
{
  g_autoptr (GByteArray) content = g_bytes_unref_to_array (from_hex (HEADER));
  g_autoptr (GByteArray) longer = g_bytes_unref_to_array (from_hex (HEADER));

  for (guint length = CHECKSUM_SIZE; length < content->len; length++)
    {
      g_autoptr (GByteArray) cut = g_byte_array_new ();

      g_byte_array_append (cut, content->data, length);
      g_assert_cmpint (open_header (cut, TRUE), ==, DAMAGED);
    }
  for (guint n_more = 1; n_more < 40; n_more++)
    {
      g_byte_array_append (longer, (const guint8 *) "", 1);
      g_assert_cmpint (open_header (longer, TRUE), ==, DAMAGED);
    }
}

/* The slots in another order, and the header with one less or one twice. */
static void
test_other_slots (Fixture      *fixture,
                  gconstpointer data)
{
  static const guint orders[][3] = { { 1, 0, 2 }, { 0, 2, 1 }, { 2, 1, 0 }, { 0, 0, 2 }, { 0, 1, 1 } };
  static const guint starts[] = { 40, SECOND, THIRD, THIRD + 19 };
  g_autoptr (GByteArray) content = g_bytes_unref_to_array (from_hex (HEADER));

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    for (guint n_slots = 2; n_slots <= 3; n_slots++)
      {
        g_autoptr (GByteArray) changed = g_byte_array_new ();
        int code;

        g_byte_array_append (changed, content->data, starts[0]);
        for (guint j = 0; j < n_slots; j++)
          g_byte_array_append (changed, content->data + starts[orders[i][j]],
                               starts[orders[i][j] + 1] - starts[orders[i][j]]);
        g_byte_array_append (changed, content->data + starts[3], content->len - starts[3]);
        changed->data[10] = (guint8) n_slots;
        changed->data[32] = (guint8) changed->len;
        changed->data[33] = (guint8) (changed->len >> 8);
        code = open_header (changed, TRUE);
        g_assert_true (code == DAMAGED || code == WRONG_RECOVERY);
        g_assert_cmpint (open_header (changed, FALSE), !=, GEZ_VAULT_ERROR_IO);
      }
}

/* --- what libsodium computes is what others publish */

static void
assert_bytes (gconstpointer bytes,
              const char   *expected)
{
  assert_hex (bytes, strlen (expected) / 2, expected);
}

/* draft-irtf-cfrg-xchacha-03, 2.2.1 and A.3.1 */
static void
test_xchacha (void)
{
  static const char words[] = "Ladies and Gentlemen of the class of '99: If I could offer you only one tip "
                              "for the future, sunscreen would be it.";
  g_autoptr (GBytes) more = from_hex ("50515253c0c1c2c3c4c5c6c7");
  g_autoptr (GBytes) input = from_hex ("000000090000004a0000000031415927");
  guint8 key[32], nonce[24], sealed[sizeof words - 1 + 16], out[32];

  count_up (key, sizeof key, 0x80);
  count_up (nonce, sizeof nonce, 0x40);
  crypto_aead_xchacha20poly1305_ietf_encrypt (sealed, NULL, (const guint8 *) words, sizeof words - 1,
                                              g_bytes_get_data (more, NULL), 12, NULL, nonce, key);
  assert_bytes (sealed, "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa644"
                        "0bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e"
                        "3f3fac2bc369488f76b2383565d3fff921f9664c97637da9768812f615c68b13b52e"
                        "c0875924c1c7987947deafd8780acf49");
  count_up (key, sizeof key, 0);
  crypto_core_hchacha20 (out, g_bytes_get_data (input, NULL), key, NULL);
  assert_bytes (out, "82413b4227b27bfed30e42508a877d73a0f9e4d58a74a853c12ec41326d3ecdc");
}

/* RFC 7693, appendix A, and the first keyed one of the authors' blake2b-kat */
static void
test_blake2b (void)
{
  guint8 key[64], out[64];

  crypto_generichash (out, sizeof out, (const guint8 *) "abc", 3, NULL, 0);
  assert_bytes (out, "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d17d87c5392aab792dc252d5"
                     "de4533cc9518d38aa8dbf1925ab92386edd4009923");
  count_up (key, sizeof key, 0);
  crypto_generichash (out, sizeof out, NULL, 0, key, sizeof key);
  assert_bytes (out, "10ebb67700b1868efb4417987acf4690ae9d972fb7a590c2f02871799aaa4786b5e996e8f0f4eb981fc214"
                     "b005f42d2ff4233499391653df7aefcbc13fc51568");
}

/* libsodium's own test (test/default/pwhash_argon2id, the seventh), which OpenSSL answers the same way. RFC
 * 9106's vector needs four lanes, which libsodium does not have. */
static void
test_argon2id (void)
{
  g_autoptr (GBytes) words = from_hex ("b540beb016a5366524d4605156493f9874514a5aa58818cd0c6dfffa"
                                       "a9e90205f17b");
  g_autoptr (GBytes) salt = from_hex ("44071f6d181561670bda728d43fb79b4");
  guint8 out[231];

  g_assert_cmpint (crypto_pwhash_argon2id (out, sizeof out, g_bytes_get_data (words, NULL),
                                           g_bytes_get_size (words), g_bytes_get_data (salt, NULL), 1,
                                           1631659, crypto_pwhash_argon2id_ALG_ARGON2ID13), ==, 0);
  assert_bytes (out,
               "7fb72409b0987f8190c3729710e98c3f80c5a8727d425fdcde7f3644d467fe973f5b5fee683bd3fc"
               "e812cb9ae5e9921a2d06c2f1905e4e839692f2b934b682f11a2fe2b90482ea5dd234863516dba6f5"
               "2dc0702d324ec77d860c2e181f84472bd7104fedce071ffa93c5309494ad51623d214447a7b2b146"
               "2dc7d5d55a1f6fd5b54ce024118d86f0c6489d16545aaa87b6689dad9f2fb47fda9894f8e12b87d9"
               "78b483ccd4cc5fd9595cdc7a818452f915ce2f7df95ec12b1c72e3788d473441d884f9748eb14703"
               "c21b45d82fd667b85f5b2d98c13303b3fe76285531a826b6fc0fe8e3dddecf");
}

/* RFC 7748, 5.2: once, and a thousand times */
static void
test_x25519 (void)
{
  guint8 scalar[32] = { 9 }, point[32] = { 9 }, out[32];

  for (guint i = 0; i < 1000; i++)
    {
      g_assert_cmpint (crypto_scalarmult (out, scalar, point), ==, 0);
      if (i == 0)
        assert_bytes (out, "422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079");
      memcpy (point, scalar, sizeof point);
      memcpy (scalar, out, sizeof scalar);
    }
  assert_bytes (out, "684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51");
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (sodium_init (), >=, 0);
#define ADD(name, function) \
  g_test_add ("/vault/known-answers/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("page", test_page);
  ADD ("frame", test_frame);
  ADD ("kinds", test_kinds);
  ADD ("epoch", test_epoch);
  ADD ("header", test_header);
  ADD ("changed-header", test_changed_header);
  ADD ("cut-header", test_cut_header);
  ADD ("other-slots", test_other_slots);
  g_test_add_func ("/vault/known-answers/xchacha20-poly1305", test_xchacha);
  g_test_add_func ("/vault/known-answers/blake2b", test_blake2b);
  g_test_add_func ("/vault/known-answers/argon2id", test_argon2id);
  g_test_add_func ("/vault/known-answers/x25519", test_x25519);
  result = g_test_run ();
  counts_add ("known answers", n_vectors);
  counts_add ("changed messages refused", n_refused);
  return result;
}
