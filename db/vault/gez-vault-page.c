/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/gez-vault-page.h"

#include <sodium.h>
#include <string.h>

/*
 * Sealing of pages and frames of the write-ahead log (formats: docs/STORAGE.md).
 *
 * 1. The plain side of a page always ends in 40 zero bytes. SQLite's checksum over a page in its
 *    log includes them; anything else there would differ after the next sealing, and recovery would
 *    take committed frames for the end of the log.
 * 2. A nonce is 24 random bytes and never written twice; there is no counter that a restored backup
 *    could set back.
 * 3. What is sealed is bound to its place: database and page number, or database, frame index and
 *    epoch of the log.
 */

G_STATIC_ASSERT (GEZ_NONCE_SIZE == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
G_STATIC_ASSERT (GEZ_PAGE_RESERVED
                 == GEZ_NONCE_SIZE + crypto_aead_xchacha20poly1305_ietf_ABYTES);

#define PAGE_PLACE_SIZE (4 + GEZ_ID_SIZE + 8)
#define FRAME_PLACE_SIZE (PAGE_PLACE_SIZE + GEZ_EPOCH_SIZE)

static void
fill_place (guint8      *place,
            const char  *format,
            const GezId *database,
            guint64      number)
{
#ifdef GEZ_MUTANT_NO_PAGE_NUMBER
  guint64 little = 0;
#else
  guint64 little = GUINT64_TO_LE (number);
#endif

  memcpy (place, format, 4);
  memcpy (place + 4, database->bytes, GEZ_ID_SIZE);
  memcpy (place + 4 + GEZ_ID_SIZE, &little, sizeof little);
}

static void
take_nonce (GezNonces *nonces,
            guint8    *nonce)
{
  if (nonces->n_left == 0)
    {
      randombytes_buf (nonces->bytes, sizeof nonces->bytes);
      nonces->n_left = GEZ_NONCES_AT_ONCE;
    }
  nonces->n_left--;
  memcpy (nonce, nonces->bytes[nonces->n_left], GEZ_NONCE_SIZE);
}

/* The nonce and the tag follow the @length bytes of cipher text. */
static void
seal (const GezSecret *key,
      const guint8    *place,
      gsize            place_length,
      GezNonces       *nonces,
      const guint8    *plain,
      gsize            length,
      guint8          *sealed)
{
  guint8 *nonce = sealed + length;

  take_nonce (nonces, nonce);
  crypto_aead_xchacha20poly1305_ietf_encrypt_detached (sealed, nonce + GEZ_NONCE_SIZE, NULL, plain,
                                                       length, place, place_length, NULL, nonce,
                                                       key->bytes);
#ifdef GEZ_MUTANT_PLAIN_PAGES
  memcpy (sealed, plain, length);
#endif
}

static gboolean
open_sealed (const GezSecret *key,
             const guint8    *place,
             gsize            place_length,
             const guint8    *sealed,
             gsize            length,
             guint8          *plain)
{
  const guint8 *nonce = sealed + length;

#ifdef GEZ_MUTANT_PLAIN_PAGES
  (void) nonce;
  memcpy (plain, sealed, length);
#else
  if (crypto_aead_xchacha20poly1305_ietf_decrypt_detached (plain, NULL, sealed, length,
                                                           nonce + GEZ_NONCE_SIZE, place,
                                                           place_length, nonce, key->bytes)
      != 0)
    {
      memset (plain, 0, length + GEZ_PAGE_RESERVED);
      return FALSE;
    }
#endif
#ifdef GEZ_MUTANT_RESERVED_BYTES
  memcpy (plain + length, nonce, GEZ_PAGE_RESERVED);
#else
  memset (plain + length, 0, GEZ_PAGE_RESERVED);
#endif
  return TRUE;
}

/**
 * gez_page_seal:
 * @key: the page key
 * @database: the database that the page belongs to
 * @number: of the page, from 1
 * @page: 4096 bytes; the last 40 are not kept
 * @sealed: (out): 4096 bytes, another buffer
 *
 * Thread: any; @nonces belong to one.
 */
void
gez_page_seal (const GezSecret *key,
               const GezId     *database,
               guint64          number,
               GezNonces       *nonces,
               const guint8    *page,
               guint8          *sealed)
{
  guint8 place[PAGE_PLACE_SIZE];

  fill_place (place, "GZP1", database, number);
  seal (key, place, sizeof place, nonces, page, GEZ_PAGE_CONTENT, sealed);
}

/**
 * gez_page_open:
 * @page: (out): 4096 bytes: content and 40 zero bytes, or zeros alone on failure
 *
 * Returns: whether this is a page that this vault sealed for this place
 *
 * Thread: any.
 */
gboolean
gez_page_open (const GezSecret *key,
               const GezId     *database,
               guint64          number,
               const guint8    *sealed,
               guint8          *page)
{
  guint8 place[PAGE_PLACE_SIZE];

  fill_place (place, "GZP1", database, number);
  return open_sealed (key, place, sizeof place, sealed, GEZ_PAGE_CONTENT, page);
}

/**
 * gez_frame_seal:
 * @epoch: 16 bytes: the life of the log that the frame belongs to
 * @index: of the frame in the log, from 0
 * @frame: 4120 bytes, SQLite's frame header and the page; the last 40 are not kept
 * @sealed: (out): 4120 bytes, another buffer
 *
 * Header and page are one message: the header holds a checksum of the readable page.
 *
 * Thread: any; @nonces belong to one.
 */
void
gez_frame_seal (const GezSecret *key,
                const GezId     *database,
                const guint8    *epoch,
                guint64          index,
                GezNonces       *nonces,
                const guint8    *frame,
                guint8          *sealed)
{
  guint8 place[FRAME_PLACE_SIZE];

  fill_place (place, "GZW1", database, index);
  memcpy (place + PAGE_PLACE_SIZE, epoch, GEZ_EPOCH_SIZE);
  seal (key, place, sizeof place, nonces, frame, GEZ_FRAME_CONTENT, sealed);
}

/**
 * gez_frame_open:
 * @frame: (out): 4120 bytes: header, page content and 40 zero bytes, or zeros alone on failure
 *
 * Returns: whether this is a frame that this vault sealed for this place and epoch
 *
 * Thread: any.
 */
gboolean
gez_frame_open (const GezSecret *key,
                const GezId     *database,
                const guint8    *epoch,
                guint64          index,
                const guint8    *sealed,
                guint8          *frame)
{
  guint8 place[FRAME_PLACE_SIZE];

  fill_place (place, "GZW1", database, index);
  memcpy (place + PAGE_PLACE_SIZE, epoch, GEZ_EPOCH_SIZE);
  return open_sealed (key, place, sizeof place, sealed, GEZ_FRAME_CONTENT, frame);
}
