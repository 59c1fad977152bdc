/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/gez-vault-epoch.h"

#include <sodium.h>
#include <string.h>

#include "vault/gez-vault-disk.h"

/*
 * 1. Every frame of the log is sealed for the epoch of its log. A log of an earlier epoch, put back
 *    beside the database, holds no frame that opens, and counts as empty.
 * 2. There are two slots, far enough apart never to share a sector. A new epoch goes over the older
 *    one and is synced before it is used: a torn write leaves the one in use.
 * 3. Of two slots that verify, the higher counter is in use. With none, there is no epoch, and the
 *    log counts as empty until the first one is written.
 */

#define SLOT_SIZE (8 + GEZ_EPOCH_SIZE + crypto_generichash_BYTES)
#define SLOT_DISTANCE 4096

struct _GezEpoch
{
  sqlite3_file *file;
  char *path;
  const GezSecret *key;
  GezId database;
  guint64 counter;
  guint8 bytes[GEZ_EPOCH_SIZE];
  gboolean is_set;
};

/* The MAC covers what the slot says and which database it says it for. */
static void
authenticate (GezEpoch     *self,
              const guint8 *slot,
              guint8       *mac)
{
  guint8 message[4 + GEZ_ID_SIZE + 8 + GEZ_EPOCH_SIZE];

  memcpy (message, "GZE1", 4);
  memcpy (message + 4, self->database.bytes, GEZ_ID_SIZE);
  memcpy (message + 4 + GEZ_ID_SIZE, slot, 8 + GEZ_EPOCH_SIZE);
  crypto_generichash (mac, crypto_generichash_BYTES, message, sizeof message, self->key->bytes,
                      crypto_generichash_KEYBYTES);
}

/* The slot counts when it verifies and is newer than what is in use. */
static void
take_slot (GezEpoch     *self,
           const guint8 *slot)
{
  guint8 mac[crypto_generichash_BYTES];
  guint64 counter;

  authenticate (self, slot, mac);
  if (sodium_memcmp (mac, slot + 8 + GEZ_EPOCH_SIZE, sizeof mac) != 0)
    return;
  memcpy (&counter, slot, sizeof counter);
  counter = GUINT64_FROM_LE (counter);
  if (self->is_set && counter <= self->counter)
    return;
  self->counter = counter;
  memcpy (self->bytes, slot + 8, GEZ_EPOCH_SIZE);
  self->is_set = TRUE;
}

static int
read_slot (GezEpoch *self,
           int       index)
{
  guint8 slot[SLOT_SIZE];
  int code = gez_vault_disk_read (self->file, slot, SLOT_SIZE,
                                  (sqlite3_int64) index * SLOT_DISTANCE);

  if (code == SQLITE_OK)
    take_slot (self, slot);
  return code == SQLITE_IOERR_SHORT_READ ? SQLITE_OK : code;
}

/**
 * gez_epoch_parse:
 * @content: of an epoch file
 * @key: authenticates the slots
 * @database: the identity of the database
 * @bytes: (out): 16 bytes: the epoch in use
 *
 * For who only looks.
 *
 * Returns: whether a slot verifies
 *
 * Thread: any.
 */
gboolean
gez_epoch_parse (GBytes          *content,
                 const GezSecret *key,
                 const GezId     *database,
                 guint8          *bytes)
{
  GezEpoch self = { .key = key, .database = *database };
  gsize length;
  const guint8 *slots = g_bytes_get_data (content, &length);

  for (gsize at = 0; at + SLOT_SIZE <= length && at <= SLOT_DISTANCE; at += SLOT_DISTANCE)
    take_slot (&self, slots + at);
  if (self.is_set)
    memcpy (bytes, self.bytes, GEZ_EPOCH_SIZE);
  return self.is_set;
}

/**
 * gez_epoch_open:
 * @base: the file system
 * @database_path: the full path of the database
 * @key: authenticates the slots; must outlive the epoch
 * @database: the identity of the database
 * @epoch: (out) (transfer full): the epoch, on success
 *
 * Opens the epoch file of a database, or makes it.
 *
 * Returns: an SQLite result code
 *
 * Thread: the one of the database's connection, here and below.
 */
int
gez_epoch_open (sqlite3_vfs     *base,
                const char      *database_path,
                const GezSecret *key,
                const GezId     *database,
                GezEpoch       **epoch)
{
  GezEpoch *self = g_new0 (GezEpoch, 1);
  int code;

  self->path = g_strconcat (database_path, "-epoch", NULL);
  self->file = g_malloc0 ((gsize) base->szOsFile);
  self->key = key;
  self->database = *database;
  /* Opened as a log: it takes the permissions of the database, and its name is synced with it. */
  code = base->xOpen (base, self->path, self->file,
                      SQLITE_OPEN_WAL | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
  for (int i = 0; i < 2 && code == SQLITE_OK; i++)
    code = read_slot (self, i);
  if (code != SQLITE_OK)
    g_clear_pointer (&self, gez_epoch_free);
  *epoch = self;
  return code;
}

/**
 * gez_epoch_get_bytes:
 *
 * Returns: (nullable): the 16 bytes of the epoch in use, or %NULL before the first
 */
const guint8 *
gez_epoch_get_bytes (GezEpoch *self)
{
#ifdef GEZ_MUTANT_NO_EPOCH
  static const guint8 always_the_same[GEZ_EPOCH_SIZE];

  return always_the_same;
#else
  return self->is_set ? self->bytes : NULL;
#endif
}

/**
 * gez_epoch_advance:
 *
 * Starts a new epoch, durably. All frames of the log stop being readable.
 *
 * Returns: an SQLite result code; on failure the old epoch stays in use
 */
int
gez_epoch_advance (GezEpoch *self)
{
  guint8 slot[SLOT_SIZE];
  guint64 counter = self->counter + 1, little = GUINT64_TO_LE (counter);
  int code;

  memcpy (slot, &little, sizeof little);
  randombytes_buf (slot + 8, GEZ_EPOCH_SIZE);
  authenticate (self, slot, slot + 8 + GEZ_EPOCH_SIZE);
  code = self->file->pMethods->xWrite (self->file, slot, SLOT_SIZE,
                                       (sqlite3_int64) (counter % 2) * SLOT_DISTANCE);
#ifndef GEZ_MUTANT_EPOCH_NOT_SYNCED
  if (code == SQLITE_OK)
    code = self->file->pMethods->xSync (self->file, SQLITE_SYNC_NORMAL);
#endif
  if (code != SQLITE_OK)
    return code;
  self->counter = counter;
  memcpy (self->bytes, slot + 8, GEZ_EPOCH_SIZE);
  self->is_set = TRUE;
  return SQLITE_OK;
}

/**
 * gez_epoch_free:
 * @self: (transfer full): an epoch
 *
 * Closes the file.
 */
void
gez_epoch_free (GezEpoch *self)
{
  if (self->file->pMethods != NULL)
    self->file->pMethods->xClose (self->file);
  g_free (self->file);
  g_free (self->path);
  g_free (self);
}
