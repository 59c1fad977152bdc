/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "circle/gez-seal.h"

#include <sodium.h>
#include <string.h>
#include <zstd.h>

/*
 * What everything that leaves this device is made of (format: docs/SYNC.md, "Sealed messages").
 *
 * 1. Each hash begins with a name of its own, and each part with its length, so that what is hashed for
 *    one use is never what is hashed for another.
 * 2. A sealed message says under which key it was sealed: XChaCha20-Poly1305 alone would let somebody
 *    make one that opens under two keys, with a different content under each.
 * 3. What was opened is in its one form: exact length, zeros to the end. Else one content would have
 *    several files.
 * 4. Opened content lies in memory that is wiped when its last reference goes.
 */

#define COMMITMENT_SIZE 32
#define LENGTH_SIZE 4
#define BEFORE_CONTENT (COMMITMENT_SIZE + LENGTH_SIZE)
#define TAG_SIZE crypto_aead_xchacha20poly1305_ietf_ABYTES
#define SMALLEST (GEZ_NONCE_SIZE + BEFORE_CONTENT + TAG_SIZE)
#define CONTENT_MAX (1u << 30)
#define NAME_PREFIX "gezinsplan/"
#define COMPRESSION_LEVEL 3
/* The content of an opened message begins here in its memory: a GVariant wants a multiple of 8. */
#define OPENED_AT 40
#define OPENED_BEFORE (OPENED_AT - BEFORE_CONTENT)

G_STATIC_ASSERT (GEZ_HASH_SIZE == crypto_generichash_BYTES);
G_STATIC_ASSERT (GEZ_KEY_SIZE == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
G_STATIC_ASSERT (GEZ_KEY_SIZE == crypto_generichash_KEYBYTES);
G_STATIC_ASSERT (GEZ_KEY_SIZE == crypto_sign_PUBLICKEYBYTES);
G_STATIC_ASSERT (GEZ_NONCE_SIZE == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
G_STATIC_ASSERT (GEZ_SIGNATURE_SIZE == crypto_sign_BYTES);
G_STATIC_ASSERT (GEZ_SECRET_SIZE >= crypto_sign_SECRETKEYBYTES);

/* Wiped memory ------------------------------------------------------------------------------- */

/* Its own size stands before it, in room that keeps what follows on a multiple of 16. */
#define SIZE_ROOM 16

/**
 * gez_wiped_new:
 * @size: bytes
 *
 * Returns: (transfer full) (nullable): zeros, for gez_wiped_steal() or gez_wiped_free(); %NULL: no memory
 *
 * Thread: any, here and below.
 */
guint8 *
gez_wiped_new (gsize size)
{
  guint8 *room = size <= CONTENT_MAX * (gsize) 2 ? g_try_malloc0 (SIZE_ROOM + size) : NULL;

  if (room == NULL)
    return NULL;
  memcpy (room, &size, sizeof size);
  return room + SIZE_ROOM;
}

/**
 * gez_wiped_free:
 * @memory: (nullable) (transfer full): of gez_wiped_new()
 */
void
gez_wiped_free (guint8 *memory)
{
  gsize size;

  if (memory == NULL)
    return;
  memcpy (&size, memory - SIZE_ROOM, sizeof size);
  sodium_memzero (memory, size);
  g_free (memory - SIZE_ROOM);
}

/**
 * gez_wiped_steal:
 * @memory: (transfer full): of gez_wiped_new()
 * @from: where in it the bytes begin
 * @size: how many
 *
 * Returns: (transfer full): part of @memory, which is wiped when the last reference goes
 */
GBytes *
gez_wiped_steal (guint8 *memory,
                 gsize   from,
                 gsize   size)
{
  g_return_val_if_fail (memory != NULL, NULL);

  return g_bytes_new_with_free_func (memory + from, size, (GDestroyNotify) gez_wiped_free, memory);
}

/* Hashes ------------------------------------------------------------------------------------- */

/**
 * gez_hash_of:
 * @bytes: a whole file
 * @hash: (out): by which it is known; without a name, as its hash stands in its name and in other files
 */
void
gez_hash_of (GBytes  *bytes,
             GezHash *hash)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  if (crypto_generichash (hash->bytes, sizeof hash->bytes, data, size, NULL, 0) != 0)
    g_assert_not_reached ();
}

gboolean
gez_hash_equal (gconstpointer a,
                gconstpointer b)
{
  return memcmp (a, b, GEZ_HASH_SIZE) == 0;
}

guint
gez_hash_hash (gconstpointer hash)
{
  guint value;

  memcpy (&value, hash, sizeof value);
  return value;
}

/**
 * gez_hash_parts:
 * @out: (out): the first @size bytes of the hash
 * @size: at most GEZ_HASH_SIZE
 * @key: (nullable): 32 bytes, for `K`; %NULL: `H`
 * @name: what it is for, as in docs/SYNC.md: `seg/1`
 * @parts: what is hashed, each with its length
 *
 * Hashes for one use.
 */
void
gez_hash_parts (guint8             *out,
                gsize               size,
                const guint8       *key,
                const char         *name,
                const GezBytesView *parts,
                guint               n_parts)
{
  crypto_generichash_state state;
  guint8 hash[GEZ_HASH_SIZE];

  g_return_if_fail (out != NULL && size <= sizeof hash && name != NULL);

  crypto_generichash_init (&state, key, key ? GEZ_KEY_SIZE : 0, sizeof hash);
#ifndef GEZ_MUTANT_NO_DOMAIN
  crypto_generichash_update (&state, (const guint8 *) NAME_PREFIX, strlen (NAME_PREFIX));
  crypto_generichash_update (&state, (const guint8 *) name, strlen (name) + 1);
#endif
  for (guint i = 0; i < n_parts; i++)
    {
      guint32 length = GUINT32_TO_LE ((guint32) parts[i].size);

      g_assert (parts[i].size <= G_MAXUINT32);
      crypto_generichash_update (&state, (const guint8 *) &length, sizeof length);
      crypto_generichash_update (&state, parts[i].data, parts[i].size);
    }
  crypto_generichash_final (&state, hash, sizeof hash);
  memcpy (out, hash, size);
  sodium_memzero (&state, sizeof state);
  sodium_memzero (hash, sizeof hash);
}

/* Sealed messages ---------------------------------------------------------------------------- */

/* Padmé (Nikitin and others, "Reducing Metadata Leakage from Encrypted Files", 2019): the length keeps
 * only as many of its first bits as its logarithm has. */
static gsize
padded (gsize length)
{
  guint exponent = g_bit_storage (length) - 1;
  guint kept = g_bit_storage (exponent);
  gsize mask = ((gsize) 1 << (exponent - kept)) - 1;

  return (length + mask) & ~mask;
}

/**
 * gez_sealed_size:
 * @content: bytes
 *
 * Returns: bytes of the sealed message that holds so much content
 */
gsize
gez_sealed_size (gsize content)
{
  return GEZ_NONCE_SIZE + padded (BEFORE_CONTENT + content) + TAG_SIZE;
}

static void
commit_to_key (guint8        commitment[COMMITMENT_SIZE],
               const guint8 *key,
               const guint8 *nonce)
{
  gez_hash_parts (commitment, COMMITMENT_SIZE, key, "commit/1", &(GezBytesView) { nonce, GEZ_NONCE_SIZE }, 1);
}

static void
set_no_memory (GError **error)
{
  g_set_error_literal (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_NO_MEMORY, "No memory for a message");
}

/**
 * gez_seal_message_with:
 * @key: its first 32 bytes
 * @nonce: random, and drawn for this one message
 * @additional: what stands beside it and may not be changed either
 * @content: at most 1 GiB
 *
 * For a content in which the nonce has a part; gez_seal_message() for all others.
 *
 * Returns: (transfer full) (nullable): the sealed message, gez_sealed_size() bytes; or %NULL with
 *   GEZ_VAULT_ERROR_NO_MEMORY
 */
GBytes *
gez_seal_message_with (const GezSecret *key,
                       const guint8     nonce[GEZ_NONCE_SIZE],
                       GezBytesView     additional,
                       GezBytesView     content,
                       GError         **error)
{
  gsize length, whole;
  guint32 little = GUINT32_TO_LE ((guint32) content.size);
  guint8 *plain, *sealed;

  g_return_val_if_fail (key != NULL && content.size <= CONTENT_MAX, NULL);

  length = padded (BEFORE_CONTENT + content.size);
  whole = GEZ_NONCE_SIZE + length + TAG_SIZE;
  plain = gez_wiped_new (length);
  sealed = plain ? g_try_malloc (whole) : NULL;
  if (sealed == NULL)
    {
      gez_wiped_free (plain);
      set_no_memory (error);
      return NULL;
    }
  memcpy (sealed, nonce, GEZ_NONCE_SIZE);
  commit_to_key (plain, key->bytes, sealed);
  memcpy (plain + COMMITMENT_SIZE, &little, sizeof little);
  if (content.size > 0)
    memcpy (plain + BEFORE_CONTENT, content.data, content.size);
  crypto_aead_xchacha20poly1305_ietf_encrypt (sealed + GEZ_NONCE_SIZE, NULL, plain, length, additional.data,
                                              additional.size, NULL, sealed, key->bytes);
  gez_wiped_free (plain);
  return g_bytes_new_take (sealed, whole);
}

/**
 * gez_seal_message:
 *
 * As gez_seal_message_with(), with a nonce of its own.
 */
GBytes *
gez_seal_message (const GezSecret *key,
                  GezBytesView     additional,
                  GezBytesView     content,
                  GError         **error)
{
  guint8 nonce[GEZ_NONCE_SIZE];

  randombytes_buf (nonce, sizeof nonce);
  return gez_seal_message_with (key, nonce, additional, content, error);
}

static gboolean
is_zero (const guint8 *bytes,
         gsize         size)
{
  return size == 0 || sodium_is_zero (bytes, size) == 1;
}

/* @plain: commitment, length, content, zeros. Whether it is what the writer of a sealed message makes. */
static gboolean
is_well_formed (const guint8    *plain,
                gsize            length,
                const guint8    *nonce,
                const GezSecret *key,
                guint32         *size)
{
  guint8 commitment[COMMITMENT_SIZE];
  gboolean is_committed = TRUE;

  commit_to_key (commitment, key->bytes, nonce);
#ifndef GEZ_MUTANT_NO_COMMITMENT
  is_committed = sodium_memcmp (plain, commitment, sizeof commitment) == 0;
#endif
  memcpy (size, plain + COMMITMENT_SIZE, sizeof *size);
  *size = GUINT32_FROM_LE (*size);
  return is_committed && *size <= CONTENT_MAX && *size <= length - BEFORE_CONTENT
         && padded (BEFORE_CONTENT + *size) == length
         && is_zero (plain + BEFORE_CONTENT + *size, length - BEFORE_CONTENT - *size);
}

/**
 * gez_open_message:
 * @key: its first 32 bytes
 * @additional: as it was when it was sealed
 * @sealed: a sealed message, not a byte more
 *
 * Returns: (transfer full) (nullable): the content, in memory that is wiped when its last reference goes;
 *   or %NULL with GEZ_SYNC_ERROR_DAMAGED (which is also another key), or GEZ_VAULT_ERROR_NO_MEMORY
 */
GBytes *
gez_open_message (const GezSecret *key,
                  GezBytesView     additional,
                  GezBytesView     sealed,
                  GError         **error)
{
  const guint8 *nonce = sealed.data;
  gsize length;
  guint32 size = 0;
  guint8 *opened;

  g_return_val_if_fail (key != NULL && (sealed.data != NULL || sealed.size == 0), NULL);

  if (sealed.size < SMALLEST || sealed.size > 2 * (gsize) CONTENT_MAX)
    {
      g_set_error_literal (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_DAMAGED,
                           "A sealed message has no such size");
      return NULL;
    }
  length = sealed.size - GEZ_NONCE_SIZE - TAG_SIZE;
  opened = gez_wiped_new (OPENED_BEFORE + length);
  if (opened == NULL)
    {
      set_no_memory (error);
      return NULL;
    }
  if (crypto_aead_xchacha20poly1305_ietf_decrypt (opened + OPENED_BEFORE, NULL, NULL, nonce + GEZ_NONCE_SIZE,
                                                  sealed.size - GEZ_NONCE_SIZE, additional.data,
                                                  additional.size, nonce, key->bytes)
          == 0
      && is_well_formed (opened + OPENED_BEFORE, length, nonce, key, &size))
    return gez_wiped_steal (opened, OPENED_AT, size);
  gez_wiped_free (opened);
  g_set_error_literal (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_DAMAGED, "A sealed message does not open");
  return NULL;
}

/* Compression -------------------------------------------------------------------------------- */

/**
 * gez_compress:
 * @content: for gez_decompress(); no keys: what the library works in is not wiped
 *
 * Returns: (transfer full) (nullable): one frame of zstd that tells its size; or %NULL with
 *   GEZ_VAULT_ERROR_NO_MEMORY
 */
GBytes *
gez_compress (GezBytesView content,
              GError     **error)
{
  gsize room = ZSTD_compressBound (content.size), size = 0;
  guint8 *compressed = gez_wiped_new (room);

  if (compressed != NULL)
    size = ZSTD_compress (compressed, room, content.data, content.size, COMPRESSION_LEVEL);
  if (compressed != NULL && !ZSTD_isError (size))
    return gez_wiped_steal (compressed, 0, size);
  gez_wiped_free (compressed);
  set_no_memory (error);
  return NULL;
}

/* One frame, nothing after it, and its size said before it is unpacked. */
static gboolean
tells_size (GezBytesView compressed,
            gsize        limit,
            gsize       *size)
{
  unsigned long long told;
  guint32 magic = 0;

  if (compressed.size < sizeof magic)
    return FALSE;
  memcpy (&magic, compressed.data, sizeof magic);
  if (GUINT32_FROM_LE (magic) != ZSTD_MAGICNUMBER
      || ZSTD_findFrameCompressedSize (compressed.data, compressed.size) != compressed.size)
    return FALSE;
  told = ZSTD_getFrameContentSize (compressed.data, compressed.size);
  *size = (gsize) told;
  return told != ZSTD_CONTENTSIZE_UNKNOWN && told != ZSTD_CONTENTSIZE_ERROR && told <= limit;
}

/**
 * gez_decompress:
 * @compressed: one frame of zstd
 * @limit: bytes of content that the caller takes
 *
 * Returns: (transfer full) (nullable): the content, in memory that is wiped when its last reference goes;
 *   or %NULL with GEZ_SYNC_ERROR_DAMAGED, or GEZ_VAULT_ERROR_NO_MEMORY
 */
GBytes *
gez_decompress (GezBytesView compressed,
                gsize        limit,
                GError     **error)
{
  gsize size = 0;
  guint8 *content;

  if (!tells_size (compressed, limit, &size))
    {
      g_set_error_literal (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_DAMAGED,
                           "Not one compressed content, or a content that is too large");
      return NULL;
    }
  content = gez_wiped_new (size);
  if (content == NULL)
    {
      set_no_memory (error);
      return NULL;
    }
  if (ZSTD_decompress (content, size, compressed.data, compressed.size) == size)
    return gez_wiped_steal (content, 0, size);
  gez_wiped_free (content);
  g_set_error_literal (error, GEZ_SYNC_ERROR, GEZ_SYNC_ERROR_DAMAGED, "A compressed content is damaged");
  return NULL;
}

/* Signatures --------------------------------------------------------------------------------- */

/**
 * gez_signing_key_new:
 * @secret: (out caller-allocates): gets the 64 bytes of Ed25519
 * @public_key: (out): gets the public key
 *
 * Returns: %FALSE when libsodium refused
 */
gboolean
gez_signing_key_new (GezSecret *secret,
                     guint8     public_key[GEZ_KEY_SIZE])
{
  g_return_val_if_fail (secret != NULL, FALSE);

  return crypto_sign_keypair (public_key, secret->bytes) == 0;
}

/**
 * gez_sign:
 * @secret: the 64 bytes of Ed25519
 * @what: a hash with the name of what is signed (gez_hash_parts())
 * @signature: (out): gets the signature
 */
void
gez_sign (const GezSecret *secret,
          const GezHash   *what,
          guint8           signature[GEZ_SIGNATURE_SIZE])
{
  g_return_if_fail (secret != NULL && what != NULL);

  if (crypto_sign_detached (signature, NULL, what->bytes, GEZ_HASH_SIZE, secret->bytes) != 0)
    g_assert_not_reached ();
}

/**
 * gez_is_signed:
 *
 * Returns: whether @signature is that of @public_key over @what, in its one form
 */
gboolean
gez_is_signed (const guint8   public_key[GEZ_KEY_SIZE],
               const GezHash *what,
               const guint8   signature[GEZ_SIGNATURE_SIZE])
{
  g_return_val_if_fail (what != NULL, FALSE);

  return crypto_sign_verify_detached (signature, what->bytes, GEZ_HASH_SIZE, public_key) == 0;
}

/* Names -------------------------------------------------------------------------------------- */

/**
 * gez_base32:
 * @size: bytes
 *
 * Returns: (transfer full): RFC 4648 letters in lower case without padding: 26 for 16 bytes
 */
char *
gez_base32 (gconstpointer bytes,
            gsize         size)
{
  static const char letters[] = "abcdefghijklmnopqrstuvwxyz234567";
  const guint8 *from = bytes;
  GString *text = g_string_sized_new (size * 8 / 5 + 2);
  guint32 held = 0;
  guint n_held = 0;

  for (gsize i = 0; i < size; i++)
    {
      held = held << 8 | from[i];
      for (n_held += 8; n_held >= 5; n_held -= 5)
        g_string_append_c (text, letters[held >> (n_held - 5) & 31]);
    }
  if (n_held > 0)
    g_string_append_c (text, letters[held << (5 - n_held) & 31]);
  return g_string_free (text, FALSE);
}
