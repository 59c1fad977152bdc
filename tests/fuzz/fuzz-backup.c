/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <sodium.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "base/gez-error.h"
#include "fuzz-input.h"
#include "fuzz-target.h"
#include "remove-tree.h"
#include "vault/gez-vault-backup-private.h"
#include "vault/gez-vault-header.h"

/*
 * A backup that somebody wrote, or changed: from nothing, in single bytes, in its length; with the
 * checksum that anybody can make, and with the MAC that only who has the key can make. Changed without the
 * key it never passes, and nothing is ever extracted of what does not pass.
 */

#define WORDS ((GezPassphrase) { "een lange testzin", 17 })
#define CHECKSUM_SIZE 16
#define MAC_SIZE 32

enum
{
  MADE_UP = 1,       /* the rest of the input is the file */
  FITS_CHECKSUM = 2,
  FITS_MAC = 4,      /* and the checksum */
};

static char *directory;
static char *path;
static GezVault *vault;
static GezSecret *mac_key;
static GByteArray *sound;

static void
clean_up_cb (void)
{
  g_clear_object (&vault);
  g_clear_pointer (&mac_key, gez_secret_free);
  g_clear_pointer (&sound, g_byte_array_unref);
  remove_tree (directory);
  g_clear_pointer (&directory, g_free);
  g_clear_pointer (&path, g_free);
}

static void
make_sound (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GezVaultBackup) backup = gez_vault_backup_new (vault, path, 1795252509123, &error);
  sqlite3 *database;
  char *content;
  gsize length;

  g_assert_no_error (error);
  database = gez_vault_backup_open_database (backup, TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (sqlite3_exec (database, "CREATE TABLE item (words); INSERT INTO item VALUES "
                                           "('verzonnen'), (zeroblob (9000))", NULL, NULL, NULL),
                   ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (database), ==, SQLITE_OK);
  g_assert_true (gez_vault_backup_check_pages (backup, NULL, NULL, NULL, &error));
  g_assert_true (gez_vault_backup_seal (backup, 1, &error));
  mac_key = gez_secret_new (&error);
  memcpy (mac_key->bytes, backup->key->bytes, GEZ_SECRET_SIZE);
  g_assert_true (g_file_get_contents (path, &content, &length, &error));
  sound = g_byte_array_new_take ((guint8 *) content, length);
}

static void
start (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *store = NULL;

  directory = g_dir_make_tmp ("gezinsplan-fuzz-XXXXXX", &error);
  g_assert_no_error (error);
  atexit (clean_up_cb);
  store = g_build_filename (directory, "store", NULL);
  path = g_build_filename (directory, "x.gezbackup", NULL);
  vault = gez_vault_create (store, WORDS, GEZ_KDF_COST_TEST, &error);
  g_assert_no_error (error);
  make_sound ();
}

static void
make_fit (GByteArray *content,
          guint       how)
{
  guint8 *end;

  if (content->len < GEZ_BACKUP_PREFIX_SIZE)
    return;
  end = content->data + GEZ_BACKUP_PREFIX_SIZE;
  if ((how & FITS_MAC) != 0)
    crypto_generichash (end - CHECKSUM_SIZE - MAC_SIZE, MAC_SIZE, content->data,
                        GEZ_BACKUP_PREFIX_SIZE - CHECKSUM_SIZE - MAC_SIZE, mac_key->bytes,
                        crypto_generichash_KEYBYTES);
  if ((how & (FITS_MAC | FITS_CHECKSUM)) != 0)
    crypto_generichash (end - CHECKSUM_SIZE, CHECKSUM_SIZE, content->data,
                        GEZ_BACKUP_PREFIX_SIZE - CHECKSUM_SIZE, NULL, 0);
}

static void
write_file (GByteArray *content)
{
  FILE *file = fopen (path, "wb");

  g_assert_nonnull (file);
  if (content->len > 0)
    g_assert_cmpuint (fwrite (content->data, 1, content->len, file), ==, content->len);
  g_assert_cmpint (fclose (file), ==, 0);
}

static void
assert_fails_well (GError *error)
{
  g_assert_nonnull (error);
  g_assert_true (error->domain == GEZ_VAULT_ERROR);
  g_assert_true (error->code == GEZ_VAULT_ERROR_DAMAGED || error->code == GEZ_VAULT_ERROR_TOO_NEW
                 || error->code == GEZ_VAULT_ERROR_NOT_A_STORE
                 || error->code == GEZ_VAULT_ERROR_WRONG_PASSPHRASE);
}

/* Reads what passed, and what did not: SQLite meets no page that was changed. */
static void
read_database (GezVaultBackup *backup)
{
  g_autoptr (GError) error = NULL;
  sqlite3 *database = gez_vault_backup_open_database (backup, FALSE, &error);

  if (database == NULL)
    {
      assert_fails_well (error);
      return;
    }
  sqlite3_exec (database, "SELECT sum (length (words)) FROM item; PRAGMA integrity_check", NULL, NULL, NULL);
  g_assert_cmpint (sqlite3_close (database), ==, SQLITE_OK);
}

static gboolean
extract (GezVaultBackup *backup,
         GError        **error)
{
  g_autofree char *target = g_build_filename (directory, "target", NULL);
  gboolean extracted;

  g_assert_cmpint (g_mkdir (target, 0700), ==, 0);
  extracted = gez_vault_backup_extract (backup, target, NULL, error);
  remove_tree (target);
  return extracted;
}

/* Returns whether it was taken for a whole backup of this store. */
static gboolean
try_file (void)
{
  g_autoptr (GError) error = NULL, also = NULL;
  g_autoptr (GezVaultBackup) backup = NULL;
  GezVaultBackupInfo info;
  gboolean passes;

  if (!gez_vault_backup_peek (path, &info, &error))
    assert_fails_well (error);
  g_clear_error (&error);
  backup = gez_vault_backup_open_with (vault, path, &error);
  if (backup == NULL)
    {
      assert_fails_well (error);
      return FALSE;
    }
  read_database (backup);
  passes = gez_vault_backup_check_pages (backup, NULL, NULL, NULL, &error);
  g_assert_true (passes == extract (backup, &also));
  if (!passes)
    assert_fails_well (error);
  return passes;
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  FuzzInput input = { data, size };
  guint how = (guint) fuzz_input_take (&input, 1);
  g_autoptr (GByteArray) content = g_byte_array_new ();
  gboolean same, passes;

  g_assert_cmpint (sodium_init (), >=, 0);
  if (directory == NULL)
    start ();
  if ((how & MADE_UP) != 0)
    g_byte_array_append (content, input.data, (guint) input.left);
  else
    {
      g_byte_array_append (content, sound->data, sound->len);
      fuzz_input_patch (&input, content);
    }
  make_fit (content, how);
  same = content->len == sound->len && memcmp (content->data, sound->data, sound->len) == 0;
  write_file (content);
  passes = try_file ();
  if (same)
    g_assert_true (passes);
  else if ((how & FITS_MAC) == 0)
    g_assert_false (passes);
  return 0;
}
