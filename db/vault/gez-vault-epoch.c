/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/gez-vault-epoch.h"

#include <sodium.h>
#include <string.h>

/* The epoch of a write-ahead log: 16 random bytes that every frame is bound to, so that a log of another
 * day, put beside today's database, does not open (docs/STORAGE.md, "Epoch file").
 *
 * 1. Two slots, 4096 bytes apart; the valid one with the greater counter counts. Advancing writes
 *    the other slot and syncs it, so a torn write leaves the present epoch in force.
 * 2. It advances before a log header is written and before the log is truncated or deleted. All three
 *    happen only after everything in the log is safely in the database. */

#define SLOT_SIZE 56
#define SLOT_DISTANCE 4096
#define MAC_SIZE 32
#define NAME "-epoch"
#define WAL_SUFFIX "-wal"

struct _GezVaultEpoch
{
  sqlite3_file *file;
  char *path; /* SQLite wants it to live as long as the file */
  const GezVaultKeys *keys;
  GezId database_id;
  guint64 counter;
  guint8 value[GEZ_EPOCH_SIZE];
};

static void
compute_mac (GezVaultEpoch *self,
             const guint8   slot[SLOT_SIZE],
             guint8         mac[MAC_SIZE])
{
  crypto_generichash_state state;

  crypto_generichash_init (&state, self->keys->epoch, GEZ_KEY_SIZE, MAC_SIZE);
  crypto_generichash_update (&state, slot, SLOT_SIZE - MAC_SIZE);
  crypto_generichash_update (&state, self->database_id.bytes, GEZ_ID_SIZE);
  crypto_generichash_final (&state, mac, MAC_SIZE);
}

static void
read_slot (GezVaultEpoch *self,
           guint          number)
{
  guint8 slot[SLOT_SIZE], mac[MAC_SIZE];
  guint64 counter;

  if (self->file->pMethods->xRead (self->file, slot, SLOT_SIZE, (sqlite3_int64) number * SLOT_DISTANCE) != SQLITE_OK)
    return;
  compute_mac (self, slot, mac);
  memcpy (&counter, slot, 8);
  counter = GUINT64_FROM_LE (counter);
  if (sodium_memcmp (mac, slot + SLOT_SIZE - MAC_SIZE, MAC_SIZE) != 0 || counter <= self->counter)
    return;
  self->counter = counter;
  memcpy (self->value, slot + 8, GEZ_EPOCH_SIZE);
}

/**
 * gez_vault_epoch_open:
 * @base: the file system below the encryption
 * @wal_path: path of the log
 * @code: (out): an SQLite result code
 *
 * Returns: (transfer full) (nullable): the epoch that is in force; where there is none yet, one that
 *   opens no frame at all
 */
GezVaultEpoch *
gez_vault_epoch_open (sqlite3_vfs        *base,
                      const char         *wal_path,
                      const GezVaultKeys *keys,
                      const GezId        *database_id,
                      int                *code)
{
  GezVaultEpoch *self = g_new0 (GezVaultEpoch, 1);
  gsize stem = strlen (wal_path) - (g_str_has_suffix (wal_path, WAL_SUFFIX) ? strlen (WAL_SUFFIX) : 0);

  self->keys = keys;
  self->database_id = *database_id;
  /* SQLite reads name and value pairs behind a path, up to an empty one. */
  self->path = g_malloc0 (stem + sizeof NAME + 3);
  memcpy (self->path, wal_path, stem);
  memcpy (self->path + stem, NAME, sizeof NAME);
  self->file = g_malloc0 (base->szOsFile);
  *code = base->xOpen (base, self->path, self->file,
                       SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_SUPER_JOURNAL, NULL);
  if (*code != SQLITE_OK)
    {
      gez_vault_epoch_close (self);
      return NULL;
    }
  randombytes_buf (self->value, sizeof self->value);
  read_slot (self, 0);
  read_slot (self, 1);
  return self;
}

const guint8 *
gez_vault_epoch_get (GezVaultEpoch *self)
{
  return self->value;
}

/**
 * gez_vault_epoch_advance:
 *
 * Puts a new epoch in force. Frames sealed before no longer open.
 *
 * Returns: an SQLite result code
 */
int
gez_vault_epoch_advance (GezVaultEpoch *self)
{
  guint8 slot[SLOT_SIZE];
  guint64 counter = self->counter + 1, little = GUINT64_TO_LE (counter);
  int code;

  memcpy (slot, &little, 8);
  randombytes_buf (slot + 8, GEZ_EPOCH_SIZE);
  compute_mac (self, slot, slot + SLOT_SIZE - MAC_SIZE);
  code = self->file->pMethods->xWrite (self->file, slot, SLOT_SIZE, (sqlite3_int64) (counter % 2) * SLOT_DISTANCE);
  if (code == SQLITE_OK)
    code = self->file->pMethods->xSync (self->file, SQLITE_SYNC_NORMAL);
  if (code != SQLITE_OK)
    return code;
  self->counter = counter;
  memcpy (self->value, slot + 8, GEZ_EPOCH_SIZE);
  return SQLITE_OK;
}

void
gez_vault_epoch_close (GezVaultEpoch *self)
{
  if (self->file->pMethods)
    self->file->pMethods->xClose (self->file);
  g_free (self->file);
  g_free (self->path);
  g_free (self);
}
