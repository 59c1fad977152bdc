/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/gez-vault-backup-private.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "vault/gez-recovery-code.h"
#include "vault/gez-vault-connection.h"
#include "vault/gez-vault-file.h"
#include "vault/gez-vault-header.h"
#include "vault/gez-vault-private.h"

/*
 * A backup is one file: a prefix, and behind it the sealed pages of the database (format:
 * docs/STORAGE.md).
 *
 * 1. The prefix holds the header of the store as it was that day, so that the passphrase of that day opens
 *    the file without anything else.
 * 2. It is written last. Until then it is a hole of zeros, and the file opens nowhere.
 * 3. It holds a hash of all that follows. A page vouches only for itself; pages of an older backup in
 *    their own places would open, the hash says that they do not belong together.
 * 4. A MAC under the backup key vouches for the prefix; a checksum without a key tells damage from
 *    a wrong passphrase.
 * 5. The keys are copies, so that a vault can be closed while a backup of it is being read back.
 */

#define MAGIC "GEZBACKU"
#define VERSION 1
#define PREFIX_SIZE GEZ_BACKUP_PREFIX_SIZE
#define FIXED_SIZE 88
#define HASH_SIZE GEZ_BACKUP_HASH_SIZE
#define MAC_SIZE 32
#define CHECKSUM_SIZE 16
#define MOST_HEADER (PREFIX_SIZE - FIXED_SIZE - MAC_SIZE - CHECKSUM_SIZE)

static void
put (guint8 *bytes,
     guint64 value,
     guint   size)
{
  guint64 little = GUINT64_TO_LE (value);

  memcpy (bytes, &little, size);
}

static guint64
take (const guint8 *bytes,
      guint         size)
{
  guint64 value = 0;

  memcpy (&value, bytes, size);
  return GUINT64_FROM_LE (value);
}

static void
make_checksum (const guint8 *prefix,
               guint8       *checksum)
{
  crypto_generichash (checksum, CHECKSUM_SIZE, prefix, PREFIX_SIZE - CHECKSUM_SIZE, NULL, 0);
}

static void
make_mac (GezVaultBackup *self,
          const guint8   *prefix,
          guint8         *mac)
{
  crypto_generichash (mac, MAC_SIZE, prefix, PREFIX_SIZE - CHECKSUM_SIZE - MAC_SIZE,
                      self->key->bytes, crypto_generichash_KEYBYTES);
}

/* What can be said without a key. */
static gboolean
check_prefix (const char         *path,
              const guint8       *prefix,
              gsize               length,
              GezVaultBackupInfo *info,
              GError            **error)
{
  guint8 checksum[CHECKSUM_SIZE];

  if (length < FIXED_SIZE || memcmp (prefix, MAGIC, strlen (MAGIC)) != 0)
    {
      g_set_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_NOT_A_STORE, "“%s” is no finished backup",
                   path);
      return FALSE;
    }
  if (length < PREFIX_SIZE)
    return gez_backup_set_damaged (error, path, "cut off in the prefix");
  make_checksum (prefix, checksum);
  if (memcmp (checksum, prefix + PREFIX_SIZE - CHECKSUM_SIZE, CHECKSUM_SIZE) != 0)
    return gez_backup_set_damaged (error, path, "the prefix is damaged");
  if (take (prefix + 8, 2) != VERSION)
    {
      g_set_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_TOO_NEW, "“%s” has version %u", path,
                   (guint) take (prefix + 8, 2));
      return FALSE;
    }
  memcpy (info->database_id.bytes, prefix + 16, GEZ_ID_SIZE);
  info->made_at = (gint64) take (prefix + 32, 8);
  info->n_pages = take (prefix + 40, 8);
  info->schema = (guint32) take (prefix + 48, 4);
  if (take (prefix + 12, 4) > MOST_HEADER || info->n_pages == 0
      || info->n_pages > G_MAXINT64 / GEZ_PAGE_SIZE - PREFIX_SIZE)
    return gez_backup_set_damaged (error, path, "the prefix contradicts itself");
  return TRUE;
}

static gboolean
read_prefix (const char         *path,
             guint8             *prefix,
             GezVaultBackupInfo *info,
             GError            **error)
{
  int file = gez_backup_open_file (path, O_RDONLY, error);
  gssize length;

  if (file < 0)
    return FALSE;
  length = gez_backup_read_at (file, prefix, PREFIX_SIZE, 0);
  if (length < 0)
    gez_backup_set_errno (error, "read", path);
  close (file);
  return length >= 0 && check_prefix (path, prefix, (gsize) length, info, error);
}

static void
fill_prefix (GezVaultBackup *self,
             guint8         *prefix)
{
  gsize length;
  gconstpointer header = g_bytes_get_data (self->header, &length);

  memset (prefix, 0, PREFIX_SIZE);
  memcpy (prefix, MAGIC, strlen (MAGIC));
  put (prefix + 8, VERSION, 2);
  put (prefix + 12, length, 4);
  memcpy (prefix + 16, self->info.database_id.bytes, GEZ_ID_SIZE);
  put (prefix + 32, (guint64) self->info.made_at, 8);
  put (prefix + 40, self->info.n_pages, 8);
  put (prefix + 48, self->info.schema, 4);
  memcpy (prefix + 56, self->hash, HASH_SIZE);
  memcpy (prefix + FIXED_SIZE, header, length);
  make_mac (self, prefix, prefix + PREFIX_SIZE - CHECKSUM_SIZE - MAC_SIZE);
  make_checksum (prefix, prefix + PREFIX_SIZE - CHECKSUM_SIZE);
}

/* The keys of a backup, and the file system that reads its pages. */
static GezVaultBackup *
backup_new (const char  *path,
            const GezId *database,
            GezSecret   *data_key,
            GError     **error)
{
  g_autoptr (GezVaultBackup) self = g_new0 (GezVaultBackup, 1);
  g_autoptr (GezSecret) page_key = gez_vault_header_derive (data_key, GEZ_VAULT_KEY_PAGE, error);

  self->path = g_canonicalize_filename (path, NULL);
  self->info.database_id = *database;
  if (page_key == NULL
      || (self->key = gez_vault_header_derive (data_key, GEZ_VAULT_KEY_BACKUP, error)) == NULL)
    return NULL;
  self->vfs = gez_vault_vfs_new (NULL, database, g_steal_pointer (&page_key), NULL, NULL, error);
  if (self->vfs == NULL)
    return NULL;
  gez_vault_vfs_set_origin (self->vfs, PREFIX_SIZE);
  return g_steal_pointer (&self);
}

/* From a prefix whose checksum fits to a backup that its MAC vouches for. */
static GezVaultBackup *
trust_prefix (const char               *path,
              const guint8             *prefix,
              const GezVaultBackupInfo *info,
              GezSecret                *data_key,
              GError                  **error)
{
  g_autoptr (GezVaultBackup) self = backup_new (path, &info->database_id, data_key, error);
  guint8 mac[MAC_SIZE];

  if (self == NULL)
    return NULL;
  make_mac (self, prefix, mac);
  if (sodium_memcmp (mac, prefix + PREFIX_SIZE - CHECKSUM_SIZE - MAC_SIZE, MAC_SIZE) != 0)
    {
      gez_backup_set_damaged (error, path, "the prefix was changed by somebody without the key");
      return NULL;
    }
  self->info = *info;
  self->header = g_bytes_new (prefix + FIXED_SIZE, (gsize) take (prefix + 12, 4));
  memcpy (self->hash, prefix + 56, HASH_SIZE);
  self->is_sealed = TRUE;
  return g_steal_pointer (&self);
}

/**
 * gez_vault_backup_new:
 * @vault: an open vault
 * @path: a new file, which is not made yet
 * @made_at: milliseconds since 1970, UTC
 *
 * Takes what a backup needs of a vault. It is filled through gez_vault_backup_open_database(), read back with
 * gez_vault_backup_check_pages() and finished with gez_vault_backup_seal().
 *
 * Returns: (transfer full) (nullable): the backup; or %NULL with GEZ_VAULT_ERROR_NO_MEMORY or _IO
 *
 * Thread: the one that uses @vault.
 */
GezVaultBackup *
gez_vault_backup_new (GezVault   *vault,
                      const char *path,
                      gint64      made_at,
                      GError    **error)
{
  g_autoptr (GezVaultBackup) self = NULL;
  GezSecret *data_key;

  g_return_val_if_fail (GEZ_IS_VAULT (vault) && path != NULL, NULL);

  data_key = gez_vault_peek_data_key (vault);
  self = backup_new (path, gez_vault_get_database_id (vault), data_key, error);
  if (self == NULL)
    return NULL;
  self->info.made_at = made_at;
  /* What opens the store may be changing just now. */
  g_mutex_lock (&vault->header_lock);
  self->header = gez_vault_header_serialize (gez_vault_peek_header (vault), data_key, error);
  g_mutex_unlock (&vault->header_lock);
  return self->header ? g_steal_pointer (&self) : NULL;
}

/* Fourteen words with their checksum are a recovery sheet; nobody has a passphrase that is one by chance. */
static GezSecret *
unlock_header (GezVaultHeader *header,
               GezPassphrase   passphrase,
               GError        **error)
{
  g_autoptr (GezSecret) code = gez_recovery_code_parse (passphrase, NULL, NULL);

  return code ? gez_vault_header_unlock_with_recovery (header, code, error)
              : gez_vault_header_unlock (header, passphrase, error);
}

/**
 * gez_vault_backup_open:
 * @path: a finished backup
 * @passphrase: that of the day when it was made, or the words of the recovery sheet of that day
 *
 * Returns: (transfer full) (nullable): the backup, of which the prefix is checked; or %NULL with
 *   GEZ_VAULT_ERROR_NOT_A_STORE (no backup), _WRONG_PASSPHRASE, _WRONG_RECOVERY, _DAMAGED, _TOO_NEW,
 *   _NO_MEMORY or _IO
 *
 * Thread: any but the main one: takes as long as one guess of the passphrase.
 */
GezVaultBackup *
gez_vault_backup_open (const char   *path,
                       GezPassphrase passphrase,
                       GError      **error)
{
  g_autofree guint8 *prefix = g_malloc (PREFIX_SIZE);
  g_autoptr (GBytes) content = NULL;
  g_autoptr (GezVaultHeader) header = NULL;
  g_autoptr (GezSecret) data_key = NULL;
  GezVaultBackupInfo info;

  g_return_val_if_fail (path != NULL, NULL);

  if (sodium_init () < 0 || !read_prefix (path, prefix, &info, error))
    return NULL;
  content = g_bytes_new (prefix + FIXED_SIZE, (gsize) take (prefix + 12, 4));
  header = gez_vault_header_parse (content, error);
  if (header == NULL)
    return NULL;
  if (!gez_id_equal (gez_vault_header_get_database_id (header), &info.database_id))
    {
      gez_backup_set_damaged (error, path, "the header in it is of another database");
      return NULL;
    }
  data_key = unlock_header (header, passphrase, error);
  return data_key ? trust_prefix (path, prefix, &info, data_key, error) : NULL;
}

/**
 * gez_vault_backup_open_with:
 * @vault: an open vault
 * @path: a finished backup
 *
 * Opens a backup with the keys of a vault.
 *
 * Returns: (transfer full) (nullable): the backup; or %NULL with GEZ_VAULT_ERROR_WRONG_PASSPHRASE when it
 *   is of another store, or was made before the keys of this one were renewed; otherwise as
 *   gez_vault_backup_open()
 *
 * Thread: the one that uses @vault.
 */
GezVaultBackup *
gez_vault_backup_open_with (GezVault   *vault,
                            const char *path,
                            GError    **error)
{
  g_autofree guint8 *prefix = g_malloc (PREFIX_SIZE);
  GezVaultBackupInfo info;

  g_return_val_if_fail (GEZ_IS_VAULT (vault) && path != NULL, NULL);

  if (!read_prefix (path, prefix, &info, error))
    return NULL;
  if (gez_id_equal (gez_vault_get_database_id (vault), &info.database_id))
    return trust_prefix (path, prefix, &info, gez_vault_peek_data_key (vault), error);
  g_set_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_WRONG_PASSPHRASE,
               "“%s” is a backup of another store, or under other keys", path);
  return NULL;
}

/**
 * gez_vault_backup_peek:
 * @info: (out): what the file says of itself, for which nothing vouches
 *
 * Returns: whether it looks like a finished backup; else with GEZ_VAULT_ERROR_NOT_A_STORE (no backup),
 *   _DAMAGED, _TOO_NEW or _IO
 *
 * Thread: any.
 */
gboolean
gez_vault_backup_peek (const char         *path,
                       GezVaultBackupInfo *info,
                       GError            **error)
{
  g_autofree guint8 *prefix = g_malloc (PREFIX_SIZE);

  g_return_val_if_fail (path != NULL && info != NULL, FALSE);

  return sodium_init () >= 0 && read_prefix (path, prefix, info, error);
}

/**
 * gez_vault_backup_get_info:
 *
 * Returns: (transfer none): what it says of itself; the number of pages once they were checked
 *
 * Thread: the one that uses it, here and below.
 */
const GezVaultBackupInfo *
gez_vault_backup_get_info (GezVaultBackup *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->info;
}

/* SQLite would make it readable for others. */
static gboolean
make_empty (const char *path,
            GError    **error)
{
  int file = gez_backup_open_file (path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, error);

  return file >= 0 && (close (file) == 0 || gez_backup_set_errno (error, "make", path));
}

/**
 * gez_vault_backup_open_database:
 * @create: whether it is to be filled, from nothing; else it is only read
 *
 * Opens the database in the file. Nothing is made beside it and nothing is synced.
 *
 * Returns: (transfer full) (nullable): the connection, closed with sqlite3_close() before @self is freed
 */
sqlite3 *
gez_vault_backup_open_database (GezVaultBackup *self,
                                gboolean        create,
                                GError        **error)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (create && !make_empty (self->path, error))
    return NULL;
  return gez_vault_connection_open_copy (self->path, gez_vault_vfs_get_name (self->vfs), create, error);
}

/**
 * gez_vault_backup_sync:
 *
 * Waits until what was written is on the medium, and lets go of what is kept of it in memory, so
 * that it is read from there the next time.
 *
 * Returns: %FALSE with GEZ_VAULT_ERROR_NO_SPACE or _IO
 */
gboolean
gez_vault_backup_sync (GezVaultBackup *self,
                       GError        **error)
{
  int file, number = 0;

  g_return_val_if_fail (self != NULL, FALSE);

  file = gez_backup_open_file (self->path, O_RDWR, error);
  if (file < 0)
    return FALSE;
  if (fsync (file) != 0)
    number = errno;
  posix_fadvise (file, 0, 0, POSIX_FADV_DONTNEED);
  if (close (file) != 0 && number == 0)
    number = errno;
  if (number != 0)
    gez_vault_file_set_error (error, number, "sync", self->path);
  return number == 0;
}

/* What was just written must be what is read. */
static gboolean
read_back (GezVaultBackup *self,
           const guint8   *written,
           GError        **error)
{
  g_autofree guint8 *prefix = g_malloc (PREFIX_SIZE);
  GezVaultBackupInfo info;

  if (!read_prefix (self->path, prefix, &info, error))
    return FALSE;
  return memcmp (prefix, written, PREFIX_SIZE) == 0
         || gez_backup_set_damaged (error, self->path, "the prefix reads other than it was written");
}

/**
 * gez_vault_backup_seal:
 * @schema: number of the schema of the database
 *
 * Finishes a new backup whose pages were checked: from now on it opens.
 *
 * Returns: %FALSE with GEZ_VAULT_ERROR_DAMAGED, _NO_SPACE or _IO
 */
gboolean
gez_vault_backup_seal (GezVaultBackup *self,
                       guint32         schema,
                       GError        **error)
{
  g_autofree guint8 *prefix = g_malloc (PREFIX_SIZE);
  gboolean written;
  int file;

  g_return_val_if_fail (self != NULL && self->is_checked && !self->is_sealed, FALSE);

  self->info.schema = schema;
  fill_prefix (self, prefix);
  file = gez_backup_open_file (self->path, O_WRONLY, error);
  if (file < 0)
    return FALSE;
  written = gez_backup_write_at (file, prefix, PREFIX_SIZE, 0)
            || gez_backup_set_errno (error, "write", self->path);
  close (file);
  if (!written || !gez_vault_backup_sync (self, error) || !read_back (self, prefix, error))
    return FALSE;
  self->is_sealed = TRUE;
  return TRUE;
}

guint
gez_vault_backup_get_n_refusals (GezVaultBackup *self)
{
  return gez_vault_vfs_get_n_refusals (self->vfs);
}

/**
 * gez_vault_backup_free:
 * @self: (transfer full): a backup of which no database is open
 *
 * Wipes its keys.
 */
void
gez_vault_backup_free (GezVaultBackup *self)
{
  g_clear_pointer (&self->vfs, gez_vault_vfs_free);
  g_clear_pointer (&self->key, gez_secret_free);
  g_clear_pointer (&self->header, g_bytes_unref);
  g_free (self->path);
  g_free (self);
}
