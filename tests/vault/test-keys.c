/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "vault-fixture.h"
#include "vault/gez-secrets.h"
#include "vault/gez-vault-keys.h"
#include "vault/gez-vault-recovery.h"
#include "vault/gez-vault-slot.h"

/* What opens a store, and how that changes while it is open. */

#define N_ROWS 40

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
  return g_test_run ();
}
