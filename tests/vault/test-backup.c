/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

#include "vault-fixture.h"
#include "vault/gez-secrets.h"
#include "vault/gez-vault-backup-private.h"

#define PREFIX 131072
#define PAGE 4096

typedef struct
{
  char *directory;
  char *path;
  GezVault *vault;
  GBytes *sound;
} Fixture;

/* The whole way, in one go; @n_rows more are in the store then. */
static void
back_up (GezVault   *vault,
         const char *path,
         guint       n_rows)
{
  sqlite3 *from = fixture_open (vault), *to;
  g_autoptr (GError) error = NULL;
  g_autoptr (GezVaultBackup) backup = gez_vault_backup_new (vault, path, 1795000000000, &error);
  sqlite3_backup *copy;

  g_assert_no_error (error);
  for (guint i = 0; i < n_rows; i++)
    fixture_execute (from, "INSERT INTO item (body) VALUES (randomblob (3000))");
  to = gez_vault_backup_open_database (backup, TRUE, &error);
  g_assert_no_error (error);
  copy = sqlite3_backup_init (to, "main", from, "main");
  while (sqlite3_backup_step (copy, 7) == SQLITE_OK)
    ;
  g_assert_cmpint (sqlite3_backup_finish (copy), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (to), ==, SQLITE_OK);
  fixture_close (vault, from);
  g_assert_true (gez_vault_backup_sync (backup, &error));
  g_assert_true (gez_vault_backup_check_pages (backup, NULL, NULL, NULL, &error));
  g_assert_true (gez_vault_backup_seal (backup, 5, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (gez_vault_backup_get_n_refusals (backup), ==, 0);
}

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  sqlite3 *database;
  g_autoptr (GError) error = NULL;

  self->directory = fixture_make_directory ();
  self->path = g_build_filename (self->directory, "backup", NULL);
  self->vault = fixture_create (self->directory);
  database = fixture_open (self->vault);
  fixture_execute (database, "CREATE TABLE item (id INTEGER PRIMARY KEY, body BLOB)");
  gez_vault_set_has_database (self->vault, &error);
  g_assert_no_error (error);
  fixture_close (self->vault, database);
  back_up (self->vault, self->path, 20);
  self->sound = fixture_read (self->directory, "backup");
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  g_clear_object (&self->vault);
  g_assert_cmpuint (gez_secrets_get_n_used (), ==, 0);
  g_bytes_unref (self->sound);
  fixture_remove_directory (self->directory);
  g_free (self->directory);
  g_free (self->path);
}

/* Returns: whether the file opens with the keys of the vault, and reads to its end */
static gboolean
is_sound (Fixture *self,
          GError **error)
{
  g_autoptr (GezVaultBackup) backup = gez_vault_backup_open_with (self->vault, self->path, error);

  return backup && gez_vault_backup_check_pages (backup, NULL, NULL, NULL, error);
}

/* Without waiting for the disk. */
static void
write_bytes (Fixture      *self,
             gconstpointer bytes,
             gsize         length)
{
  FILE *file = g_fopen (self->path, "wb");

  g_assert_nonnull (file);
  g_assert_cmpuint (fwrite (bytes, 1, length, file), ==, length);
  g_assert_cmpint (fclose (file), ==, 0);
}

static void
write_part (Fixture *self,
            gsize    length)
{
  write_bytes (self, g_bytes_get_data (self->sound, NULL), length);
}

/* Writes the sound file with one bit changed. */
static void
write_flipped (Fixture *self,
               gsize    at,
               guint    bit)
{
  gsize length = g_bytes_get_size (self->sound);
  g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (self->sound, NULL), length);

  copy[at] ^= (guint8) (1u << bit);
  write_bytes (self, copy, length);
}

/* A database that SQLite finds whole, and that can only be read. */
static void
assert_reads (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GezVaultBackup) backup = gez_vault_backup_open (self->path, WORDS, &error);
  sqlite3 *database;

  g_assert_no_error (error);
  g_assert_true (gez_vault_backup_check_pages (backup, NULL, NULL, NULL, &error));
  database = gez_vault_backup_open_database (backup, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (fixture_integer (database, "SELECT count (*) FROM item"), ==, 20);
  g_assert_true (fixture_is_sound (database));
  g_assert_cmpint (sqlite3_exec (database, "DELETE FROM item", NULL, NULL, NULL), ==, SQLITE_READONLY);
  g_assert_cmpint (sqlite3_close (database), ==, SQLITE_OK);
  g_assert_cmpuint (gez_vault_backup_get_n_refusals (backup), ==, 0);
}

/* Nothing lies beside it. */
static void
test_reads (Fixture      *self,
            gconstpointer data)
{
  g_autofree char *log = g_strconcat (self->path, "-wal", NULL);
  g_autofree char *epoch = g_strconcat (self->path, "-epoch", NULL);
  g_autoptr (GError) error = NULL;
  GezVaultBackupInfo info;

  assert_reads (self);
  g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS) || g_file_test (epoch, G_FILE_TEST_EXISTS));
  g_assert_true (gez_vault_backup_peek (self->path, &info, &error));
  g_assert_cmpuint (info.schema, ==, 5);
  g_assert_cmpint (info.made_at, ==, 1795000000000);
  g_assert_cmpuint (info.n_pages * PAGE + PREFIX, ==, g_bytes_get_size (self->sound));
  g_assert_true (gez_id_equal (&info.database_id, gez_vault_get_database_id (self->vault)));
}

/* The places that docs/STORAGE.md tells, read without our own code. */
static void
test_layout (Fixture      *self,
             gconstpointer data)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (self->sound, &size);
  g_autoptr (GBytes) header = fixture_read (self->directory, "header");
  guint8 hash[32], checksum[16];
  guint64 n_pages;

  g_assert_cmpmem (bytes, 8, "GEZBACKU", 8);
  g_assert_cmpint (bytes[8], ==, 1);
  g_assert_cmpmem (bytes + 88, bytes[12] + 256u * bytes[13], g_bytes_get_data (header, NULL),
                   g_bytes_get_size (header));
  memcpy (&n_pages, bytes + 40, 8);
  g_assert_cmpuint (GUINT64_FROM_LE (n_pages), ==, (size - PREFIX) / PAGE);
  crypto_generichash (hash, sizeof hash, bytes + PREFIX, size - PREFIX, NULL, 0);
  g_assert_cmpmem (bytes + 56, 32, hash, 32);
  crypto_generichash (checksum, sizeof checksum, bytes, PREFIX - 16, NULL, 0);
  g_assert_cmpmem (bytes + PREFIX - 16, 16, checksum, 16);
}

static void
test_wrong_words (Fixture      *self,
                  gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (gez_vault_backup_open (self->path, OTHER_WORDS, &error));
  g_assert_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_WRONG_PASSPHRASE);
}

static void
test_truncated (Fixture      *self,
                gconstpointer data)
{
  gsize size = g_bytes_get_size (self->sound);
  guint n = 0;

  for (gsize length = 0; length < size; length += length < 100 ? 1 : length % PAGE == 0 ? 1 : 2047, n++)
    {
      g_autoptr (GError) error = NULL;

      write_part (self, length);
      g_assert_false (is_sound (self, &error));
      g_assert_true (error->domain == GEZ_VAULT_ERROR);
      g_assert_cmpint (error->code, ==, length < 88 ? GEZ_VAULT_ERROR_NOT_A_STORE : GEZ_VAULT_ERROR_DAMAGED);
    }
  write_part (self, size - 1);
  g_assert_false (is_sound (self, NULL));
  write_part (self, size - PAGE);
  g_assert_false (is_sound (self, NULL));
  write_part (self, size);
  g_assert_true (is_sound (self, NULL));
  g_test_message ("%u lengths", n);
}

static void
test_flipped (Fixture      *self,
              gconstpointer data)
{
  gsize size = g_bytes_get_size (self->sound);
  guint n = 0;

  for (gsize at = 0; at < size; at += at < 600 || at > size - 100 ? 1 : 487, n++)
    {
      g_autoptr (GError) error = NULL;

      write_flipped (self, at, n % 8);
      g_assert_false (is_sound (self, &error));
      g_assert_true (error->domain == GEZ_VAULT_ERROR);
      g_assert_cmpint (error->code, ==, at < 8 ? GEZ_VAULT_ERROR_NOT_A_STORE : GEZ_VAULT_ERROR_DAMAGED);
    }
  g_test_message ("%u bits", n);
}

/* A page of an older backup in its own place is a true page, and still found. */
static void
test_older_page (Fixture      *self,
                 gconstpointer data)
{
  g_autofree char *newer = g_build_filename (self->directory, "newer", NULL);
  g_autoptr (GBytes) content = NULL;
  gsize size = g_bytes_get_size (self->sound);
  const guint8 *old = g_bytes_get_data (self->sound, NULL);

  back_up (self->vault, newer, 1);
  content = fixture_read (self->directory, "newer");
  for (gsize at = PREFIX; at < size; at += PAGE)
    {
      g_autofree guint8 *mixed = g_memdup2 (g_bytes_get_data (content, NULL), g_bytes_get_size (content));
      g_autoptr (GError) error = NULL;

      memcpy (mixed + at, old + at, PAGE);
      write_bytes (self, mixed, g_bytes_get_size (content));
      g_assert_false (is_sound (self, &error));
      g_assert_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_DAMAGED);
    }
}

/* With a right checksum, as somebody without the key can make it. */
static void
write_with_checksum (Fixture *self,
                     gsize    at,
                     guint8   value)
{
  gsize size = g_bytes_get_size (self->sound);
  g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (self->sound, NULL), size);

  copy[at] = value;
  crypto_generichash (copy + PREFIX - 16, 16, copy, PREFIX - 16, NULL, 0);
  write_bytes (self, copy, size);
}

static void
test_forged (Fixture      *self,
             gconstpointer data)
{
  const gsize places[] = { 16, 32, 40, 48, 52, 56, 90, PREFIX / 2, PREFIX - 48 };
  const guint8 *bytes = g_bytes_get_data (self->sound, NULL);
  g_autoptr (GError) newer = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autoptr (GError) error = NULL;

      write_with_checksum (self, places[i], bytes[places[i]] ^ 1);
      g_assert_false (is_sound (self, &error));
      g_assert_true (g_error_matches (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_DAMAGED)
                     || g_error_matches (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_WRONG_PASSPHRASE));
    }
  write_with_checksum (self, 8, 2);
  g_assert_false (is_sound (self, &newer));
  g_assert_error (newer, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_TOO_NEW);
}

/* A log and a journal that somebody put beside it are not seen. */
static void
test_planted (Fixture      *self,
              gconstpointer data)
{
  static const char *const suffixes[] = { "-wal", "-journal", "-epoch" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = g_strconcat (self->path, suffixes[i], NULL);
      g_autofree char *content = NULL;

      g_assert_true (g_file_set_contents (path, "vreemd", -1, NULL));
      assert_reads (self);
      g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
      g_assert_cmpstr (content, ==, "vreemd");
    }
}

static void
test_extract (Fixture      *self,
              gconstpointer data)
{
  g_autofree char *target = fixture_make_directory ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GezVaultBackup) backup = gez_vault_backup_open (self->path, WORDS, &error);
  g_autoptr (GezVault) vault = NULL;
  sqlite3 *database;

  g_assert_no_error (error);
  g_assert_true (gez_vault_backup_extract (backup, target, NULL, &error));
  g_assert_no_error (error);
  vault = fixture_unlock (target);
  database = fixture_open (vault);
  g_assert_cmpint (fixture_integer (database, "SELECT count (*) FROM item"), ==, 20);
  g_assert_true (fixture_is_sound (database));
  fixture_close (vault, database);
  g_clear_object (&vault);
  fixture_remove_directory (target);
}

#define ADD(name, function) g_test_add ("/vault/backup/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("reads", test_reads);
  ADD ("layout", test_layout);
  ADD ("wrong-words", test_wrong_words);
  ADD ("truncated", test_truncated);
  ADD ("flipped", test_flipped);
  ADD ("older-page", test_older_page);
  ADD ("forged", test_forged);
  ADD ("planted", test_planted);
  ADD ("extract", test_extract);
  return g_test_run ();
}
