/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "remove-tree.h"
#include "store-fixture.h"
#include "store/gez-backup-files.h"
#include "store/gez-record.h"
#include "store/gez-restore-private.h"
#include "store/gez-verify.h"
#include "vault/gez-recovery-code.h"
#include "vault/gez-secrets.h"
#include "vault/gez-vault-keys.h"

#define NOW (G_GINT64_CONSTANT (1795000000000)) /* 2026-11-18 */
#define DAY (24 * 60 * 60 * G_GINT64_CONSTANT (1000))
#define ATTACHMENT "00112233445566778899aabbccddeeff"

/* The store lies in a directory of its own, with room beside it. */
typedef struct
{
  char *root;
  StoreFixture *store;
  char *place;
  char *backup;
  GezId device;
} Fixture;

static void
add_household (Fixture    *self,
               const char *name)
{
  g_autoptr (GezChange) change = gez_change_new ("add");
  g_autoptr (GError) error = NULL;
  GezId id = gez_id_new (self->store->clock);

  gez_change_insert (change, "household", &id, gez_circle_open (&id));
  gez_change_set_text (change, "name", name);
  gez_store_commit (self->store->store, change, &error);
  g_assert_no_error (error);
}

static void
move_store (Fixture *self)
{
  char *inside = g_build_filename (self->root, "store", NULL);

  store_fixture_close (self->store);
  g_assert_cmpint (g_rename (self->store->directory, inside), ==, 0);
  g_free (self->store->directory);
  self->store->directory = inside;
  store_fixture_open (self->store);
}

static GezId
read_device (Fixture *self)
{
  g_autoptr (GPtrArray) rows = store_fixture_select (self->store, "SELECT id FROM device");

  return *gez_record_get_id (rows->pdata[0]);
}

/* A store with one household that is in the backup, and one that came after it. */
static void
set_up (Fixture      *self,
        gconstpointer data)
{
  g_autoptr (GezBackupMade) made = NULL;
  g_autoptr (GError) error = NULL;

  self->root = g_dir_make_tmp ("gezinsplan-test-XXXXXX", &error);
  g_assert_no_error (error);
  self->store = store_fixture_new (NOW);
  self->place = g_build_filename (self->root, "place", NULL);
  g_assert_cmpint (g_mkdir (self->place, 0700), ==, 0);
  move_store (self);
  add_household (self, "Gezin Vroeger");
  made = gez_backup_make (self->store->store, self->place, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  self->backup = g_strdup (made->path);
  self->device = read_device (self);
  add_household (self, "Gezin Later");
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  store_fixture_free (self->store);
  g_assert_cmpuint (gez_secrets_get_n_used (), ==, 0);
  remove_tree (self->root);
  g_free (self->root);
  g_free (self->place);
  g_free (self->backup);
}

static GezRestored *
restore (Fixture *self,
         GError **error)
{
  return gez_restore_run (self->backup, self->store->directory, STORE_FIXTURE_PASSPHRASE,
                          self->store->clock, NULL, NULL, NULL, error);
}

static char *
households_of (Fixture *self)
{
  g_autoptr (GPtrArray) rows = store_fixture_select (self->store, "SELECT name FROM household ORDER BY row");
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    g_string_append_printf (names, "%s,", gez_record_get_text (rows->pdata[i], "name"));
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static void
assert_sound (Fixture *self)
{
  g_autoptr (GezQuery) query = gez_verify_query ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GezVerifyReport) report = gez_store_run (self->store->store, query, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < report->problems->len; i++)
    g_test_message ("%s", (const char *) report->problems->pdata[i]);
  g_assert_cmpuint (report->problems->len, ==, 0);
}

/* How many entries of the root begin so. */
static guint
count_beside (Fixture    *self,
              const char *prefix)
{
  g_autoptr (GDir) directory = g_dir_open (self->root, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (directory)))
    n += g_str_has_prefix (name, prefix);
  return n;
}

static void
open_older (Fixture    *self,
            const char *older)
{
  g_free (self->store->directory);
  self->store->directory = g_strdup (older);
  store_fixture_open (self->store);
}

static void
test_round_trip (Fixture      *self,
                 gconstpointer data)
{
  g_autoptr (GezRestored) restored = NULL;
  g_autofree char *names = NULL, *older_names = NULL;
  g_autoptr (GError) error = NULL;

  store_fixture_close (self->store);
  restored = restore (self, &error);
  g_assert_no_error (error);
  g_assert_cmpint (restored->info.made_at, ==, NOW);
  store_fixture_open (self->store);
  names = households_of (self);
  g_assert_cmpstr (names, ==, "Gezin Vroeger,");
  assert_sound (self);
  store_fixture_close (self->store);
  g_assert_nonnull (strstr (restored->older, ".before-restore-"));
  open_older (self, restored->older);
  older_names = households_of (self);
  g_assert_cmpstr (older_names, ==, "Gezin Vroeger,Gezin Later,");
  assert_sound (self);
  g_assert_cmpuint (count_beside (self, "store"), ==, 2);
}

/* Numbers that were given out after the backup are not given out again. */
static void
test_new_device (Fixture      *self,
                 gconstpointer data)
{
  g_autoptr (GezRestored) restored = NULL;
  g_autoptr (GPtrArray) former = NULL;
  g_autoptr (GError) error = NULL;
  GezId device;

  store_fixture_close (self->store);
  restored = restore (self, &error);
  g_assert_no_error (error);
  store_fixture_open (self->store);
  device = read_device (self);
  g_assert_false (gez_id_equal (&device, &self->device));
  former = store_fixture_select (self->store, "SELECT id FROM former_device");
  g_assert_cmpuint (former->len, ==, 1);
  g_assert_true (gez_id_equal (gez_record_get_id (former->pdata[0]), &self->device));
  add_household (self, "Gezin Opnieuw");
  g_assert_cmpint (store_fixture_count (self->store,
                                        "SELECT count(*) AS count FROM change_log AS l "
                                        "JOIN device AS d ON d.id = l.device WHERE l.counter = 1"), ==, 1);
  assert_sound (self);
}

static void
test_nothing_there (Fixture      *self,
                    gconstpointer data)
{
  g_autoptr (GezRestored) restored = NULL;
  g_autoptr (GError) error = NULL;

  store_fixture_close (self->store);
  remove_tree (self->store->directory);
  if (data)
    g_assert_cmpint (g_mkdir (self->store->directory, 0700), ==, 0);
  restored = restore (self, &error);
  g_assert_no_error (error);
  g_assert_null (restored->older);
  store_fixture_open (self->store);
  g_assert_cmpuint (count_beside (self, "store"), ==, 1);
}

static void
assert_untouched (Fixture *self)
{
  g_autofree char *names = NULL;

  g_assert_cmpuint (count_beside (self, "store"), ==, 1);
  store_fixture_open (self->store);
  names = households_of (self);
  g_assert_cmpstr (names, ==, "Gezin Vroeger,Gezin Later,");
}

static void
test_wrong_passphrase (Fixture      *self,
                       gconstpointer data)
{
  GezPassphrase wrong = { "een andere zin", 14 };
  g_autoptr (GError) error = NULL;

  store_fixture_close (self->store);
  g_assert_null (gez_restore_run (self->backup, self->store->directory, wrong, self->store->clock, NULL,
                                  NULL, NULL, &error));
  g_assert_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_WRONG_PASSPHRASE);
  assert_untouched (self);
}

/* Who lost the passphrase has the sheet. */
static void
test_recovery_sheet (Fixture      *self,
                     gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GezVault) vault = gez_store_ref_vault (self->store->store);
  g_autoptr (GezSecret) code = gez_recovery_code_new (&error), other = gez_recovery_code_new (&error);
  g_autoptr (GezSecretText) words = gez_recovery_code_to_qr (code), wrong = gez_recovery_code_to_qr (other);
  g_autoptr (GezBackupMade) made = NULL;
  g_autoptr (GezRestored) restored = NULL;

  g_assert_true (gez_vault_set_recovery (vault, code, &error));
  g_clear_object (&vault);
  made = gez_backup_make (self->store->store, self->place, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  store_fixture_close (self->store);
  g_assert_null (gez_restore_run (made->path, self->store->directory, gez_secret_text_peek (wrong),
                                  self->store->clock, NULL, NULL, NULL, &error));
  g_assert_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_WRONG_RECOVERY);
  g_clear_error (&error);
  restored = gez_restore_run (made->path, self->store->directory, gez_secret_text_peek (words),
                              self->store->clock, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_clear_pointer (&code, gez_secret_free);
  g_clear_pointer (&other, gez_secret_free);
  g_clear_pointer (&words, gez_secret_text_free);
  g_clear_pointer (&wrong, gez_secret_text_free);
  store_fixture_open (self->store);
  assert_sound (self);
}

static void
test_open_store (Fixture      *self,
                 gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (restore (self, &error));
  g_assert_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_IN_USE);
  store_fixture_close (self->store);
  assert_untouched (self);
}

static void
test_damaged (Fixture      *self,
              gconstpointer data)
{
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL, other = NULL;
  gsize length;

  store_fixture_close (self->store);
  g_assert_true (g_file_get_contents (self->backup, &content, &length, NULL));
  content[length / 2] ^= 1;
  g_assert_true (g_file_set_contents (self->backup, content, (gssize) length, NULL));
  g_assert_null (restore (self, &error));
  g_assert_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_DAMAGED);
  assert_untouched (self);
  store_fixture_close (self->store);
  g_assert_true (g_file_set_contents (self->backup, "geen reservekopie", -1, NULL));
  g_assert_null (restore (self, &other));
  g_assert_error (other, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_NOT_A_STORE);
  assert_untouched (self);
}

static void
put_attachment (const char *directory,
                const char *name)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);

  g_mkdir_with_parents (directory, 0700);
  g_assert_true (g_file_set_contents (path, "bijlage", -1, NULL));
}

/* A copy in the store itself is there too after it was put back. */
static void
test_backups_in_the_store (Fixture      *self,
                           gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GezBackupMade) made = gez_backup_make (self->store->store, NULL, NULL, NULL, NULL, &error);
  g_autoptr (GezRestored) restored = NULL;

  g_assert_no_error (error);
  g_free (self->backup);
  self->backup = g_strdup (made->path);
  store_fixture_close (self->store);
  restored = restore (self, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_test (made->path, G_FILE_TEST_EXISTS));
  store_fixture_open (self->store);
}

static void
test_cancelled (Fixture      *self,
                gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  store_fixture_close (self->store);
  g_assert_null (gez_restore_run (self->backup, self->store->directory, STORE_FIXTURE_PASSPHRASE,
                                  self->store->clock, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_untouched (self);
}

static guint steps_left;

static void
die_cb (void)
{
  if (steps_left-- == 0)
    _exit (7);
}

/* Returns: whether it died before it was through */
static gboolean
restore_and_die (Fixture *self,
                 guint    after)
{
  int status;
  pid_t child = fork ();

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      GezRestored *restored;

      steps_left = after;
      gez_restore_between_steps = die_cb;
      restored = restore (self, NULL);
      _exit (restored ? 0 : 1);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), !=, 1);
  return WEXITSTATUS (status) == 7;
}

/* What stood there takes its place again. */
static void
bring_back_older (Fixture *self)
{
  g_autoptr (GDir) directory = g_dir_open (self->root, 0, NULL);
  const char *name;

  store_fixture_close (self->store);
  remove_tree (self->store->directory);
  while ((name = g_dir_read_name (directory)))
    {
      g_autofree char *older = g_build_filename (self->root, name, NULL);

      if (g_str_has_prefix (name, "store.before-restore-"))
        g_assert_cmpint (g_rename (older, self->store->directory), ==, 0);
    }
  store_fixture_open (self->store);
}

/* Returns: whether the backup stands there; else it is what stood there. */
static gboolean
assert_one_store (Fixture *self)
{
  g_autofree char *names = NULL;
  gboolean is_restored;

  store_fixture_open (self->store);
  names = households_of (self);
  is_restored = g_str_equal (names, "Gezin Vroeger,");
  if (!is_restored)
    g_assert_cmpstr (names, ==, "Gezin Vroeger,Gezin Later,");
  g_assert_cmpuint (count_beside (self, "store.restore-"), ==, 0);
  g_assert_cmpuint (count_beside (self, "store"), ==, is_restored ? 2 : 1);
  return is_restored;
}

/* After dying at any step there is one store, the older or the newer, and nothing is lost. */
static void
test_interrupted (Fixture      *self,
                  gconstpointer data)
{
  g_autofree char *backups = g_build_filename (self->store->directory, "backups", NULL);
  g_autofree char *kept = g_build_filename (backups, "blijft", NULL);
  gboolean died = TRUE, is_restored = FALSE;
  guint n = 0;

  gez_restore_in_two_steps = data != NULL;
  for (; died; n++)
    {
      g_autoptr (GError) error = NULL;

      put_attachment (backups, "blijft");
      store_fixture_close (self->store);
      died = restore_and_die (self, n);
      g_assert_true (gez_restore_tidy (self->store->directory, &error));
      g_assert_no_error (error);
      is_restored = assert_one_store (self);
      g_assert_true (g_file_test (kept, G_FILE_TEST_EXISTS));
      if (is_restored && died)
        bring_back_older (self);
    }
  gez_restore_in_two_steps = FALSE;
  g_test_message ("died at %u steps", n - 1);
  g_assert_cmpuint (n, >, 6);
  g_assert_true (is_restored);
}

#define ADD(name, data, function)                                                                            \
  g_test_add ("/store/restore/" name, Fixture, GINT_TO_POINTER (data), set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("round-trip", 0, test_round_trip);
  ADD ("new-device", 0, test_new_device);
  ADD ("nothing-there", 0, test_nothing_there);
  ADD ("empty-directory", 1, test_nothing_there);
  ADD ("wrong-passphrase", 0, test_wrong_passphrase);
  ADD ("recovery-sheet", 0, test_recovery_sheet);
  ADD ("open-store", 0, test_open_store);
  ADD ("damaged", 0, test_damaged);
  ADD ("backups-in-the-store", 0, test_backups_in_the_store);
  ADD ("cancelled", 0, test_cancelled);
  ADD ("interrupted", 0, test_interrupted);
  ADD ("interrupted-in-two-steps", 1, test_interrupted);
  return g_test_run ();
}
