/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "vault-fixture.h"
#include "vault/gez-secrets.h"
#include "vault/gez-vault-keys.h"
#include "vault/gez-vault-recovery.h"
#include "vault/gez-vault-slot.h"

/* What opens a store, and how that changes while it is open. */

#define N_ROWS 40
#define CHECKSUM_SIZE 16

typedef struct
{
  char *directory;
  GezSecret *code;
  GezSecret *other_code;
} Fixture;

static GezSecret *
make_code (guint8 first)
{
  GezSecret *code = gez_secret_new (NULL);

  for (guint i = 0; i < GEZ_RECOVERY_CODE_SIZE; i++)
    code->bytes[i] = (guint8) (first + i);
  return code;
}

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  self->directory = fixture_make_directory ();
  fixture_make_store (self->directory, N_ROWS);
  self->code = make_code (1);
  self->other_code = make_code (100);
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  g_clear_pointer (&self->code, gez_secret_free);
  g_clear_pointer (&self->other_code, gez_secret_free);
  g_assert_cmpuint (gez_secrets_get_n_used (), ==, 0);
  fixture_remove_directory (self->directory);
  g_free (self->directory);
}

static void
assert_rows (GezVault *vault)
{
  sqlite3 *database = fixture_open (vault);

  g_assert_cmpint (fixture_integer (database, "SELECT count (*) FROM item"), ==, N_ROWS);
  g_assert_true (fixture_is_sound (database));
  fixture_close (vault, database);
}

static void
assert_opens (Fixture      *self,
              GezPassphrase passphrase)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GezVault) vault = gez_vault_unlock (self->directory, passphrase, &error);

  g_assert_no_error (error);
  assert_rows (vault);
}

static void
assert_refused (Fixture      *self,
                GezPassphrase passphrase)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GezVault) vault = gez_vault_unlock (self->directory, passphrase, &error);

  g_assert_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_WRONG_PASSPHRASE);
  g_assert_null (vault);
}

static void
assert_sheet_opens (Fixture         *self,
                    const GezSecret *code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GezVault) vault = gez_vault_unlock_with_recovery (self->directory, code, &error);

  g_assert_no_error (error);
  assert_rows (vault);
}

static void
assert_sheet_refused (Fixture         *self,
                      const GezSecret *code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GezVault) vault = gez_vault_unlock_with_recovery (self->directory, code, &error);

  g_assert_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_WRONG_RECOVERY);
  g_assert_null (vault);
}

static void
remove_header (Fixture *self)
{
  g_autofree char *path = g_build_filename (self->directory, "header", NULL);

  g_assert_cmpint (g_unlink (path), ==, 0);
}

static void
set_passphrase (Fixture      *self,
                GezPassphrase next)
{
  g_autoptr (GezVault) vault = fixture_unlock (self->directory);
  g_autoptr (GError) error = NULL;

  g_assert_true (gez_vault_set_passphrase (vault, next, GEZ_KDF_COST_TEST, &error));
  g_assert_no_error (error);
}

static void
set_recovery (Fixture         *self,
              const GezSecret *code)
{
  g_autoptr (GezVault) vault = fixture_unlock (self->directory);
  g_autoptr (GError) error = NULL;

  g_assert_true (gez_vault_set_recovery (vault, code, &error));
  g_assert_no_error (error);
}

/* The old passphrase opens neither the header nor, when that is lost, its copy. */
static void
test_passphrase (Fixture      *self,
                 gconstpointer data)
{
  set_passphrase (self, OTHER_WORDS);
  assert_refused (self, WORDS);
  assert_opens (self, OTHER_WORDS);
  remove_header (self);
  assert_refused (self, WORDS);
  assert_opens (self, OTHER_WORDS);
}

static void
test_check_passphrase (Fixture      *self,
                       gconstpointer data)
{
  g_autoptr (GezVault) vault = fixture_unlock (self->directory);
  g_autoptr (GError) error = NULL;

  g_assert_true (gez_vault_check_passphrase (vault, WORDS, &error));
  g_assert_false (gez_vault_check_passphrase (vault, OTHER_WORDS, &error));
  g_assert_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_WRONG_PASSPHRASE);
  g_clear_error (&error);
  g_assert_true (gez_vault_set_passphrase (vault, OTHER_WORDS, GEZ_KDF_COST_TEST, &error));
  g_assert_true (gez_vault_check_passphrase (vault, OTHER_WORDS, &error));
  g_assert_false (gez_vault_check_passphrase (vault, WORDS, &error));
  g_assert_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_WRONG_PASSPHRASE);
}

/* The database is open meanwhile, as it is in the window. */
static void
test_while_open (Fixture      *self,
                 gconstpointer data)
{
  g_autoptr (GezVault) vault = fixture_unlock (self->directory);
  g_autoptr (GError) error = NULL;
  sqlite3 *database = fixture_open (vault);

  fixture_execute (database, "BEGIN; UPDATE item SET body = 'before'");
  g_assert_true (gez_vault_set_passphrase (vault, OTHER_WORDS, GEZ_KDF_COST_TEST, &error));
  g_assert_true (gez_vault_set_recovery (vault, self->code, &error));
  fixture_execute (database, "COMMIT; UPDATE item SET body = 'after' WHERE id = 1");
  fixture_close (vault, database);
  g_clear_object (&vault);
  assert_refused (self, WORDS);
  assert_opens (self, OTHER_WORDS);
  assert_sheet_opens (self, self->code);
}

static void
test_recovery (Fixture      *self,
               gconstpointer data)
{
  assert_sheet_refused (self, self->code);
  g_assert_false (gez_vault_header_has_recovery (self->directory));
  set_recovery (self, self->code);
  g_assert_true (gez_vault_header_has_recovery (self->directory));
  assert_sheet_opens (self, self->code);
  assert_sheet_refused (self, self->other_code);
  assert_opens (self, WORDS);
  remove_header (self);
  g_assert_true (gez_vault_header_has_recovery (self->directory));
  assert_sheet_opens (self, self->code);
}

/* A new sheet makes the old one worthless, also in the copy. */
static void
test_new_sheet (Fixture      *self,
                gconstpointer data)
{
  set_recovery (self, self->code);
  set_recovery (self, self->other_code);
  assert_sheet_refused (self, self->code);
  assert_sheet_opens (self, self->other_code);
  remove_header (self);
  assert_sheet_refused (self, self->code);
  assert_sheet_opens (self, self->other_code);
}

static void
test_check_recovery (Fixture      *self,
                     gconstpointer data)
{
  g_autoptr (GezVault) vault = fixture_unlock (self->directory);
  g_autoptr (GError) error = NULL;

  g_assert_false (gez_vault_has_recovery (vault));
  g_assert_false (gez_vault_check_recovery (vault, self->code, &error));
  g_assert_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_WRONG_RECOVERY);
  g_clear_error (&error);
  g_assert_true (gez_vault_set_recovery (vault, self->code, &error));
  g_assert_true (gez_vault_has_recovery (vault));
  g_assert_true (gez_vault_check_recovery (vault, self->code, &error));
  g_assert_false (gez_vault_check_recovery (vault, self->other_code, &error));
  g_assert_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_WRONG_RECOVERY);
}

/* Forgotten: the sheet opens, a new passphrase follows, the sheet stays good. */
static void
test_forgotten (Fixture      *self,
                gconstpointer data)
{
  g_autoptr (GezVault) vault = NULL;
  g_autoptr (GError) error = NULL;

  set_recovery (self, self->code);
  vault = gez_vault_unlock_with_recovery (self->directory, self->code, &error);
  g_assert_no_error (error);
  g_assert_true (gez_vault_set_passphrase (vault, OTHER_WORDS, GEZ_KDF_COST_TEST, &error));
  g_clear_object (&vault);
  assert_refused (self, WORDS);
  assert_opens (self, OTHER_WORDS);
  assert_sheet_opens (self, self->code);
}

/* The code is 16 bytes; what stands behind them in its memory says nothing. */
static void
test_only_the_code_counts (Fixture      *self,
                           gconstpointer data)
{
  set_recovery (self, self->code);
  memset (self->code->bytes + GEZ_RECOVERY_CODE_SIZE, 0xee, GEZ_SECRET_SIZE - GEZ_RECOVERY_CODE_SIZE);
  assert_sheet_opens (self, self->code);
  for (guint bit = 0; bit < GEZ_RECOVERY_CODE_SIZE * 8; bit++)
    {
      self->code->bytes[bit / 8] ^= (guint8) (1 << (bit % 8));
      assert_sheet_refused (self, self->code);
      self->code->bytes[bit / 8] ^= (guint8) (1 << (bit % 8));
    }
}

/* The key pair is part of the format: a sheet of today opens for ever. */
static void
test_known_sheet (Fixture      *self,
                  gconstpointer data)
{
  g_autoptr (GezSecret) code = make_code (0);
  guint8 public_key[GEZ_RECOVERY_PUBLIC_SIZE];
  char text[2 * GEZ_RECOVERY_PUBLIC_SIZE + 1];

  g_assert_true (gez_recovery_get_public (code, public_key, NULL));
  sodium_bin2hex (text, sizeof text, public_key, sizeof public_key);
  g_assert_cmpstr (text, ==, "25215636a232619f1618e6497abeba126b189383ae53255e8531ba904cb54e2d");
}

static gsize
find_sheet (const guint8 *header,
            gsize         length)
{
  static const guint8 begin[] = { GEZ_SLOT_RECOVERY, 0, GEZ_SLOT_RECOVERY_SIZE, 0 };
  const guint8 *at = memmem (header, length, begin, sizeof begin);

  g_assert_nonnull (at);
  return (gsize) (at - header) + sizeof begin;
}

/* A byte of the slot changed by somebody who knows the format: it does not open, and nothing else does. */
static void
test_tampered_sheet (Fixture      *self,
                     gconstpointer data)
{
  g_autoptr (GBytes) sound = NULL;
  gsize length, at;

  set_recovery (self, self->code);
  sound = fixture_read (self->directory, "header");
  length = g_bytes_get_size (sound);
  at = find_sheet (g_bytes_get_data (sound, NULL), length);
  for (gsize i = at; i < at + GEZ_SLOT_RECOVERY_SIZE; i++)
    {
      g_autofree guint8 *bytes = g_memdup2 (g_bytes_get_data (sound, NULL), length);
      g_autoptr (GBytes) forged = NULL;
      g_autoptr (GezVault) vault = NULL;
      g_autoptr (GError) error = NULL;

      bytes[i] ^= 0x01;
      crypto_generichash (bytes + length - CHECKSUM_SIZE, CHECKSUM_SIZE, bytes, length - CHECKSUM_SIZE, NULL,
                          0);
      forged = g_bytes_new (bytes, length);
      fixture_write (self->directory, "header", forged);
      fixture_write (self->directory, "header.copy", forged);
      vault = gez_vault_unlock_with_recovery (self->directory, self->code, &error);
      g_assert_null (vault);
      g_assert_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_WRONG_RECOVERY);
    }
  fixture_write (self->directory, "header", sound);
  fixture_write (self->directory, "header.copy", sound);
  assert_sheet_opens (self, self->code);
}

static GezId
get_identity (Fixture *self)
{
  g_autoptr (GezVault) vault = fixture_unlock (self->directory);

  return *gez_vault_get_database_id (vault);
}

static void
progress_cb (gint64   n_done,
             gint64   n_all,
             gpointer data)
{
  guint *last = data;

  g_assert_cmpint (n_done, <=, n_all);
  g_assert_cmpint (n_done, >, *last);
  *last = (guint) n_done;
}

static guint
count_files (Fixture *self)
{
  g_autoptr (GDir) directory = g_dir_open (self->directory, 0, NULL);
  guint count = 0;

  while (g_dir_read_name (directory))
    count++;
  return count;
}

/* Every page is another one on the disk, and says the same. */
static void
test_rekey (Fixture      *self,
            gconstpointer data)
{
  g_autoptr (GBytes) before = fixture_read (self->directory, "gezinsplan.db"), after = NULL;
  GezId old = get_identity (self), new;
  g_autoptr (GError) error = NULL;
  guint n_files = count_files (self), n_done = 0;

  set_recovery (self, self->code);
  g_assert_true (gez_vault_rekey (self->directory, WORDS, progress_cb, &n_done, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_done, >, 1);
  new = get_identity (self);
  g_assert_false (gez_id_equal (&old, &new));
  after = fixture_read (self->directory, "gezinsplan.db");
  g_assert_cmpuint (g_bytes_get_size (after), ==, g_bytes_get_size (before));
  g_assert_cmpuint (g_bytes_get_size (after) / 4096, ==, n_done);
  assert_opens (self, WORDS);
  assert_refused (self, OTHER_WORDS);
  assert_sheet_opens (self, self->code);
  assert_sheet_refused (self, self->other_code);
  g_assert_cmpuint (count_files (self), ==, n_files);
}

/* What is left of the old store opens nothing of the new one. */
static void
test_old_key_is_worthless (Fixture      *self,
                           gconstpointer data)
{
  g_autoptr (GBytes) header = fixture_read (self->directory, "header");
  g_autoptr (GezVault) vault = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (gez_vault_rekey (self->directory, WORDS, NULL, NULL, NULL, &error));
  fixture_write (self->directory, "header", header);
  fixture_write (self->directory, "header.copy", header);
  vault = fixture_unlock (self->directory);
  g_assert_null (gez_vault_open_database (vault, &error));
  g_assert_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_DAMAGED);
}

/* Copies from before a change of the tables have no header; with the old key gone nothing opens them. */
static void
test_rekey_and_copies (Fixture      *self,
                       gconstpointer data)
{
  g_autofree char *copies = g_build_filename (self->directory, "backups", NULL);
  g_autofree char *without = g_build_filename (copies, "before-schema-2.db", NULL);
  g_autofree char *with = g_build_filename (copies, "another.backup", NULL);
  g_autoptr (GBytes) content = g_bytes_new_static ("copy", 4);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (copies, 0700), ==, 0);
  fixture_write (copies, "before-schema-2.db", content);
  fixture_write (copies, "another.backup", content);
  g_assert_false (gez_vault_rekey (self->directory, OTHER_WORDS, NULL, NULL, NULL, NULL));
  g_assert_true (g_file_test (without, G_FILE_TEST_EXISTS));
  g_assert_true (gez_vault_rekey (self->directory, WORDS, NULL, NULL, NULL, &error));
  g_assert_false (g_file_test (without, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (with, G_FILE_TEST_EXISTS));
}

static void
cancel_cb (gint64   n_done,
           gint64   n_all,
           gpointer data)
{
  g_cancellable_cancel (data);
}

static void
test_rekey_refused (Fixture      *self,
                    gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GezId old = get_identity (self), now;
  g_autoptr (GezVault) vault = NULL;
  g_autoptr (GError) error = NULL;
  guint n_files = count_files (self);

  g_assert_false (gez_vault_rekey (self->directory, OTHER_WORDS, NULL, NULL, NULL, &error));
  g_assert_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_WRONG_PASSPHRASE);
  g_clear_error (&error);
  g_assert_false (gez_vault_rekey (self->directory, WORDS, cancel_cb, cancellable, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_cmpuint (count_files (self), ==, n_files);
  vault = fixture_unlock (self->directory);
  g_assert_false (gez_vault_rekey (self->directory, WORDS, NULL, NULL, NULL, &error));
  g_assert_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_IN_USE);
  g_clear_object (&vault);
  now = get_identity (self);
  g_assert_true (gez_id_equal (&old, &now));
  assert_opens (self, WORDS);
}

/* A page that does not open is not carried over: the damage stays where it can be repaired. */
static void
test_rekey_damaged (Fixture      *self,
                    gconstpointer data)
{
  g_autoptr (GBytes) content = fixture_read (self->directory, "gezinsplan.db"), changed = NULL;
  gsize size = g_bytes_get_size (content);
  g_autofree guint8 *bytes = g_memdup2 (g_bytes_get_data (content, NULL), size);
  GezId old = get_identity (self), now;
  g_autoptr (GError) error = NULL;

  bytes[size - 100] ^= 1;
  changed = g_bytes_new (bytes, size);
  fixture_write (self->directory, "gezinsplan.db", changed);
  g_assert_false (gez_vault_rekey (self->directory, WORDS, NULL, NULL, NULL, &error));
  g_assert_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_DAMAGED);
  fixture_write (self->directory, "gezinsplan.db", content);
  now = get_identity (self);
  g_assert_true (gez_id_equal (&old, &now));
  assert_opens (self, WORDS);
}

static void
fill (const char *directory,
      guint       mib)
{
  g_autoptr (GezVault) vault = fixture_unlock (directory);
  sqlite3 *database = fixture_open (vault);
  g_autofree char *sql = g_strdup_printf (
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %u) "
    "INSERT INTO item (body) SELECT randomblob (1000000) FROM n", mib);

  fixture_execute (database, sql);
  fixture_close (vault, database);
}

/* Memory does not grow with the database: two caches of 64 MiB, and what the program has anyway. */
static void
test_large (Fixture      *self,
            gconstpointer data)
{
  guint mib = (guint) g_ascii_strtoull (g_getenv ("GEZINSPLAN_REKEY_MIB"), NULL, 10);
  struct rusage used;
  int status;
  pid_t child = fork ();

  if (child == 0)
    {
      fill (self->directory, mib);
      _exit (gez_vault_rekey (self->directory, WORDS, NULL, NULL, NULL, NULL) ? 0 : 1);
    }
  g_assert_cmpint (wait4 (child, &status, 0, &used), ==, child);
  g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
  g_test_message ("%u MiB: %ld KiB of memory at most", mib, used.ru_maxrss);
  g_assert_cmpint (used.ru_maxrss, <, 2 * 64 * 1024 + 64 * 1024);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) \
  g_test_add ("/vault/keys/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("passphrase", test_passphrase);
  ADD ("check-passphrase", test_check_passphrase);
  ADD ("while-open", test_while_open);
  ADD ("recovery", test_recovery);
  ADD ("new-sheet", test_new_sheet);
  ADD ("check-recovery", test_check_recovery);
  ADD ("forgotten", test_forgotten);
  ADD ("only-the-code-counts", test_only_the_code_counts);
  ADD ("known-sheet", test_known_sheet);
  ADD ("tampered-sheet", test_tampered_sheet);
  ADD ("rekey", test_rekey);
  ADD ("old-key-is-worthless", test_old_key_is_worthless);
  ADD ("rekey-and-copies", test_rekey_and_copies);
  ADD ("rekey-refused", test_rekey_refused);
  ADD ("rekey-damaged", test_rekey_damaged);
  if (g_getenv ("GEZINSPLAN_REKEY_MIB"))
    ADD ("large", test_large);
  return g_test_run ();
}
