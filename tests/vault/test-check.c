/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sodium.h>
#include <string.h>

#include "copy-tree.h"
#include "vault-fixture.h"
#include "vault/gez-vault-check.h"
#include "vault/gez-vault-rescue.h"

/* Looking at every page of a store without SQLite, and never taking a store for absent. */

#define PAGE 4096
#define FRAME 4120
#define LOG_HEADER 32
#define FLAGS_AT 12
#define VERSION_AT 8
#define CHECKSUM_SIZE 16

typedef struct
{
  char *directory;
} Fixture;

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  self->directory = fixture_make_directory ();
  fixture_make_store (self->directory, 500);
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  fixture_remove_directory (self->directory);
  g_free (self->directory);
}

static void
flip (Fixture    *self,
      const char *name,
      gsize       at)
{
  g_autoptr (GBytes) content = fixture_read (self->directory, name);
  g_autofree guint8 *bytes = g_memdup2 (g_bytes_get_data (content, NULL), g_bytes_get_size (content));
  g_autoptr (GBytes) changed = NULL;

  g_assert_cmpuint (at, <, g_bytes_get_size (content));
  bytes[at] ^= 1;
  changed = g_bytes_new (bytes, g_bytes_get_size (content));
  fixture_write (self->directory, name, changed);
}

static void
cut (Fixture    *self,
     const char *name,
     gsize       size)
{
  g_autoptr (GBytes) content = fixture_read (self->directory, name);
  g_autoptr (GBytes) changed = g_bytes_new_from_bytes (content, 0, size);

  fixture_write (self->directory, name, changed);
}

static gsize
size_of (Fixture    *self,
         const char *name)
{
  g_autoptr (GBytes) content = fixture_read (self->directory, name);

  return g_bytes_get_size (content);
}

static GezVaultCheck *
check (Fixture *self)
{
  g_autoptr (GezVault) vault = fixture_unlock (self->directory);
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) before = read_tree (self->directory);
  g_autoptr (GHashTable) after = NULL;
  GezVaultCheck *report = gez_vault_check (vault, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  after = read_tree (self->directory);
  assert_same_tree (before, after);
  return report;
}

static void
test_sound (Fixture      *self,
            gconstpointer data)
{
  g_autoptr (GezVaultCheck) report = check (self);

  g_assert_true (gez_vault_check_is_sound (report));
  g_assert_cmpint (report->n_pages, ==, size_of (self, "gezinsplan.db") / PAGE);
  g_assert_cmpint (report->n_pages, >, 10);
}

/* Each page in turn, also those that hold nothing. */
static void
test_finds_each_page (Fixture      *self,
                      gconstpointer data)
{
  g_autoptr (GezVault) vault = fixture_unlock (self->directory);
  g_autoptr (GBytes) sound = NULL;
  sqlite3 *database = fixture_open (vault);
  gint64 n_free;

  fixture_execute (database, "DELETE FROM item WHERE id > 100");
  n_free = fixture_integer (database, "PRAGMA freelist_count");
  g_assert_cmpint (n_free, >, 5);
  fixture_close (vault, database);
  g_clear_object (&vault);
  sound = fixture_read (self->directory, "gezinsplan.db");
  for (gsize page = 0; page < g_bytes_get_size (sound) / PAGE; page++)
    {
      g_autoptr (GezVaultCheck) report = NULL;

      flip (self, "gezinsplan.db", page * PAGE + (page * 97) % PAGE);
      report = check (self);
      g_assert_false (gez_vault_check_is_sound (report));
      g_assert_cmpint (report->n_damaged, ==, 1);
      g_assert_true (gez_vault_check_page (report, (gint64) page + 1));
      fixture_write (self->directory, "gezinsplan.db", sound);
    }
}

static void
test_cut (Fixture      *self,
          gconstpointer data)
{
  gsize n_pages = size_of (self, "gezinsplan.db") / PAGE;
  g_autoptr (GezVaultCheck) half = NULL, none = NULL;
  GezPageRange *range;

  cut (self, "gezinsplan.db", n_pages / 2 * PAGE + 100);
  half = check (self);
  g_assert_cmpint (half->n_pages, ==, n_pages);
  g_assert_cmpint (half->n_damaged, ==, n_pages - n_pages / 2);
  g_assert_cmpint (half->damaged->len, ==, 1);
  range = &g_array_index (half->damaged, GezPageRange, 0);
  g_assert_cmpint (range->first, ==, n_pages / 2 + 1);
  g_assert_cmpint (range->last, ==, n_pages);
  cut (self, "gezinsplan.db", 0);
  none = check (self);
  g_assert_false (none->has_database);
  g_assert_false (gez_vault_check_is_sound (none));
}

/* Leaves a store as a crash does, with five commits in its log. Returns the frames of each. */
static void
leave_log (Fixture *self)
{
  g_autofree char *other = g_strconcat (self->directory, "-crashed", NULL);
  g_autoptr (GezVault) vault = fixture_unlock (self->directory);
  sqlite3 *database = fixture_open (vault);

  for (int i = 0; i < 5; i++)
    fixture_execute (database, "UPDATE item SET body = randomblob (9000) WHERE id = 3");
  copy_tree (self->directory, other);
  fixture_close (vault, database);
  g_clear_object (&vault);
  fixture_remove_directory (self->directory);
  g_free (self->directory);
  self->directory = g_steal_pointer (&other);
}

static void
test_log (Fixture      *self,
          gconstpointer data)
{
  g_autoptr (GezVaultCheck) whole = NULL, torn = NULL, holed = NULL;
  gsize size;

  leave_log (self);
  whole = check (self);
  g_assert_true (gez_vault_check_is_sound (whole));
  g_assert_cmpint (whole->n_frames, >=, 10);
  /* The last commit is torn, as a power loss may leave it: nobody was told that it is saved. */
  size = size_of (self, "gezinsplan.db-wal");
  flip (self, "gezinsplan.db-wal", size - FRAME - 10);
  torn = check (self);
  g_assert_true (gez_vault_check_is_sound (torn));
  g_assert_cmpint (torn->n_frames, <, whole->n_frames);
  flip (self, "gezinsplan.db-wal", LOG_HEADER + FRAME + 50);
  holed = check (self);
  g_assert_false (gez_vault_check_is_sound (holed));
  g_assert_cmpint (holed->n_frames, ==, 0);
  g_assert_cmpint (holed->n_lost_frames, >, 5);
}

/* What the log holds is no damage in the database. */
static void
test_page_in_log (Fixture      *self,
                  gconstpointer data)
{
  g_autoptr (GezVaultCheck) report = NULL;

  leave_log (self);
  flip (self, "gezinsplan.db", 50); /* page 1 was written by every commit */
  report = check (self);
  g_assert_cmpint (report->n_damaged, ==, 0);
}

static void
test_epoch (Fixture      *self,
            gconstpointer data)
{
  g_autoptr (GezVaultCheck) report = NULL;

  leave_log (self);
  cut (self, "gezinsplan.db-epoch", 0);
  report = check (self);
  g_assert_true (report->is_epoch_damaged);
  g_assert_false (gez_vault_check_is_sound (report));
}

static void
cancel_cb (gint64   n_done,
           gint64   n_all,
           gpointer cancellable)
{
  g_assert_cmpint (n_done, <=, n_all);
  g_cancellable_cancel (cancellable);
}

static void
test_cancel (Fixture      *self,
             gconstpointer data)
{
  g_autoptr (GezVault) vault = fixture_unlock (self->directory);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  fixture_remove_directory (self->directory);
  g_clear_object (&vault);
  fixture_make_store (self->directory, 8000);
  vault = fixture_unlock (self->directory);
  g_assert_null (gez_vault_check (vault, cancel_cb, cancellable, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Anybody can write a header with a sound checksum. */
static void
forge_header (Fixture *self,
              gsize    at,
              guint8   value)
{
  g_autoptr (GBytes) content = fixture_read (self->directory, "header");
  gsize length = g_bytes_get_size (content);
  g_autofree guint8 *bytes = g_memdup2 (g_bytes_get_data (content, NULL), length);
  g_autoptr (GBytes) forged = NULL;

  bytes[at] = value;
  crypto_generichash (bytes + length - CHECKSUM_SIZE, CHECKSUM_SIZE, bytes, length - CHECKSUM_SIZE, NULL, 0);
  forged = g_bytes_new (bytes, length);
  fixture_write (self->directory, "header", forged);
  fixture_write (self->directory, "header.copy", forged);
}

static void
assert_refuses_untouched (Fixture       *self,
                          GezVaultError  code)
{
  g_autoptr (GHashTable) before = read_tree (self->directory);
  g_autoptr (GHashTable) after = NULL;
  g_autoptr (GezVault) vault = NULL;
  g_autoptr (GError) error = NULL, exists = NULL;

  g_assert_true (gez_vault_exists (self->directory));
  vault = gez_vault_unlock (self->directory, WORDS, &error);
  g_assert_error (error, GEZ_VAULT_ERROR, (int) code);
  vault = gez_vault_create (self->directory, OTHER_WORDS, GEZ_KDF_COST_TEST, &exists);
  g_assert_error (exists, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_EXISTS);
  after = read_tree (self->directory);
  assert_same_tree (before, after);
}

/* A header that says "no database" must not have the database made anew. */
static void
test_forged_flag (Fixture      *self,
                  gconstpointer data)
{
  forge_header (self, FLAGS_AT, 0);
  assert_refuses_untouched (self, GEZ_VAULT_ERROR_DAMAGED);
}

static void
test_newer_header (Fixture      *self,
                   gconstpointer data)
{
  g_autoptr (GBytes) sound = fixture_read (self->directory, "header");

  forge_header (self, VERSION_AT, 2);
  assert_refuses_untouched (self, GEZ_VAULT_ERROR_TOO_NEW);
  /* A crash in the newer program may have left the copy as it was. */
  fixture_write (self->directory, "header.copy", sound);
  assert_refuses_untouched (self, GEZ_VAULT_ERROR_TOO_NEW);
}

/* Broken off in earnest: nothing was saved, and making begins again beside what was made. */
static void
test_unfinished (void)
{
  g_autofree char *directory = fixture_make_directory ();
  g_autofree char *kept = g_build_filename (directory, "store.unfinished", "gezinsplan.db", NULL);
  g_autoptr (GezVault) vault = fixture_create (directory);
  g_autoptr (GError) error = NULL;
  sqlite3 *database = fixture_open (vault);

  fixture_execute (database, "CREATE TABLE half (id)");
  fixture_close (vault, database);
  g_clear_object (&vault);
  g_assert_true (gez_vault_exists (directory));
  vault = fixture_unlock (directory);
  g_assert_false (gez_vault_has_database (vault));
  g_assert_true (gez_vault_rescue_unfinished (vault, &error));
  g_assert_no_error (error);
  g_clear_object (&vault);
  g_assert_false (gez_vault_exists (directory));
  g_assert_true (g_file_test (kept, G_FILE_TEST_EXISTS));
  fixture_make_store (directory, 3);
  fixture_remove_directory (directory);
}

#define ADD(name, function) g_test_add ("/vault/check/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("sound", test_sound);
  ADD ("finds-each-page", test_finds_each_page);
  ADD ("cut", test_cut);
  ADD ("log", test_log);
  ADD ("page-in-log", test_page_in_log);
  ADD ("epoch", test_epoch);
  ADD ("cancel", test_cancel);
  ADD ("forged-flag", test_forged_flag);
  ADD ("newer-header", test_newer_header);
  g_test_add_func ("/vault/check/unfinished", test_unfinished);
  return g_test_run ();
}
