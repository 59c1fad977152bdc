/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/gez-vault-page.h"

#include <sodium.h>
#include <string.h>

/* Sealing of database pages and of frames of the write-ahead log (docs/STORAGE.md, "Database pages"
 * and "Write-ahead log"): XChaCha20-Poly1305 with a random nonce of 24 bytes.
 *
 * 1. The last 40 bytes of a page hold nonce and tag. SQLite believes that they are reserved and sees
 *    zeros there, always: what it computes checksums over never changes behind its back.
 * 2. The page number, or the frame's place and the epoch of the log, are authenticated: a page that
 *    is moved, or a frame of an earlier log, does not open.
 * 3. A frame is one message over header and page, because the header holds a plain checksum of
 *    the page.
 * 4. The buffer that SQLite hands over is read only; sealing always goes to another one. */

#define NONCE_SIZE 24
#define TAG_SIZE 16
#define N_NONCES 64

G_STATIC_ASSERT (NONCE_SIZE + TAG_SIZE == GEZ_PAGE_RESERVED);
G_STATIC_ASSERT (NONCE_SIZE == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
G_STATIC_ASSERT (TAG_SIZE == crypto_aead_xchacha20poly1305_ietf_ABYTES);

/* One call for 64 nonces: four times cheaper than 64 calls. */
static void
next_nonce (guint8 nonce[NONCE_SIZE])
{
  static _Thread_local guint8 pool[N_NONCES][NONCE_SIZE];
  static _Thread_local guint left;

  if (left == 0)
    {
      randombytes_buf (pool, sizeof pool);
      left = N_NONCES;
    }
  memcpy (nonce, pool[--left], NONCE_SIZE);
}

static gsize
page_data (guint8       data[32],
           const GezId *database_id,
           guint64      number)
{
  guint64 little = GUINT64_TO_LE (number);

  memcpy (data, "GEZPAGE1", 8);
  memcpy (data + 8, database_id->bytes, GEZ_ID_SIZE);
  memcpy (data + 24, &little, 8);
  return 32;
}

static gsize
frame_data (guint8        data[48],
            const GezId  *database_id,
            guint64       index,
            const guint8 *epoch)
{
  page_data (data, database_id, index);
  memcpy (data, "GEZWAL_1", 8);
  memcpy (data + 32, epoch, GEZ_EPOCH_SIZE);
  return 48;
}

static void
seal (const guint8 *key,
      const guint8 *data,
      gsize         data_size,
      const guint8 *plain,
      gsize         plain_size,
      guint8       *sealed)
{
  guint8 *nonce = sealed + plain_size;

  next_nonce (nonce);
  crypto_aead_xchacha20poly1305_ietf_encrypt_detached (sealed, nonce + NONCE_SIZE, NULL, plain, plain_size, data,
                                                       data_size, NULL, nonce, key);
}

static gboolean
unseal (const guint8 *key,
        const guint8 *data,
        gsize         data_size,
        const guint8 *sealed,
        gsize         plain_size,
        guint8       *plain)
{
  const guint8 *nonce = sealed + plain_size;
  gboolean opened;

  opened = crypto_aead_xchacha20poly1305_ietf_decrypt_detached (plain, NULL, sealed, plain_size,
                                                                nonce + NONCE_SIZE, data, data_size, nonce,
                                                                key) == 0;
#ifdef GEZ_MUTANT_RESERVED_BYTES
  memcpy (plain + plain_size, nonce, GEZ_PAGE_RESERVED);
#else
  memset (plain + plain_size, 0, GEZ_PAGE_RESERVED);
#endif
  return opened;
}

/**
 * gez_page_seal:
 * @number: page number, the first is 1
 * @plain: 4096 bytes, of which the last 40 are not looked at
 * @sealed: (out): 4096 bytes
 */
void
gez_page_seal (const GezVaultKeys *keys,
               const GezId        *database_id,
               guint64             number,
               const guint8       *plain,
               guint8             *sealed)
{
  guint8 data[32];
  gsize size = page_data (data, database_id, number);

  seal (keys->page, data, size, plain, GEZ_PAGE_PLAIN, sealed);
}

/**
 * gez_page_open:
 * @plain: (out): 4096 bytes, the last 40 zero
 *
 * Returns: whether the page is authentic; @plain is not to be used otherwise
 */
gboolean
gez_page_open (const GezVaultKeys *keys,
               const GezId        *database_id,
               guint64             number,
               const guint8       *sealed,
               guint8             *plain)
{
  guint8 data[32];
  gsize size = page_data (data, database_id, number);

  return unseal (keys->page, data, size, sealed, GEZ_PAGE_PLAIN, plain);
}

/**
 * gez_frame_seal:
 * @index: place of the frame in the log, the first is 0
 * @epoch: 16 bytes
 * @plain: 24 bytes of header and 4096 of page
 * @sealed: (out): 4120 bytes
 */
void
gez_frame_seal (const GezVaultKeys *keys,
                const GezId        *database_id,
                guint64             index,
                const guint8       *epoch,
                const guint8       *plain,
                guint8             *sealed)
{
  guint8 data[48];
  gsize size = frame_data (data, database_id, index, epoch);

  seal (keys->wal, data, size, plain, GEZ_FRAME_HEADER + GEZ_PAGE_PLAIN, sealed);
}

/**
 * gez_frame_open:
 * @plain: (out): 4120 bytes, the last 40 zero
 *
 * Returns: whether the frame is authentic, stands in its place and belongs to this epoch
 */
gboolean
gez_frame_open (const GezVaultKeys *keys,
                const GezId        *database_id,
                guint64             index,
                const guint8       *epoch,
                const guint8       *sealed,
                guint8             *plain)
{
  guint8 data[48];
  gsize size = frame_data (data, database_id, index, epoch);

  return unseal (keys->wal, data, size, sealed, GEZ_FRAME_HEADER + GEZ_PAGE_PLAIN, plain);
}
