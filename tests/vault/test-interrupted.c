/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "counts.h"
#include "steps.h"
#include "vault-fixture.h"
#include "vault/gez-secrets.h"
#include "vault/gez-vault-header.h"
#include "vault/gez-vault-keys.h"
#include "vault/gez-vault-recovery.h"

/*
 * Changing what opens a store, interrupted at every step in every way (steps.h). Afterwards the store
 * opens as it was or as it was to be, and all rows are there.
 */

#define N_ROWS 40
#define N_ROWS_IN_LOG 7

typedef enum
{
  STATE_OLD,
  STATE_NEW,
} State;

typedef struct
{
  const char *name;
  void (*prepare) (const char *directory);
  gboolean (*run) (const char *directory);
  State (*look) (const char *directory);
  gboolean decides_at_header; /* nothing old in the copy once the header is new; a failure changes nothing */
} Operation;

static char *model; /* the store that every run starts with */
static GBytes *old_header;
static GezId old_id;   /* of its database */

static GezSecret *
make_code (guint8 first)
{
  GezSecret *code = gez_secret_new (NULL);

  for (guint i = 0; i < GEZ_RECOVERY_CODE_SIZE; i++)
    code->bytes[i] = (guint8) (first + i);
  return code;
}

/* Returns 0 or the exit status of a process that does @run. */
static int
in_child (gboolean (*run) (const char *directory),
          const char *directory,
          StepsWhat   what,
          guint       at,
          gboolean   *reached)
{
  int status;
  pid_t child = fork ();

  if (child == 0)
    {
      gboolean done;

      steps_arm (directory, what, at);
      done = run (directory);
      _exit ((done ? 0 : 1) + (steps_disarm () ? 2 : 0));
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  status = WEXITSTATUS (status);
  g_assert_true (status == STEPS_ENDED || status < 4);
  *reached = status == STEPS_ENDED || (status & 2) != 0;
  return status == STEPS_ENDED ? status : status & 1;
}

/* Commits that stand in the log alone, as after a crash. */
static gboolean
fill_log (const char *directory)
{
  g_autoptr (GezVault) vault = fixture_unlock (directory);
  sqlite3 *database = fixture_open (vault);
  g_autofree char *sql = NULL;

  sql = g_strdup_printf ("WITH RECURSIVE n (i) AS (SELECT %d UNION ALL SELECT i + 1 FROM n WHERE i < %d) "
                         "INSERT INTO item SELECT i, hex (randomblob (100)) FROM n",
                         N_ROWS + 1, N_ROWS + N_ROWS_IN_LOG);
  fixture_execute (database, sql);
  _exit (STEPS_ENDED);
}

static void
prepare_store (const char *directory)
{
  g_autoptr (GezVault) vault = NULL;
  g_autoptr (GezSecret) code = make_code (1);
  g_autoptr (GError) error = NULL;
  gboolean reached;

  fixture_make_store (directory, N_ROWS);
  vault = fixture_unlock (directory);
  g_assert_true (gez_vault_set_recovery (vault, code, &error));
  g_clear_object (&vault);
  g_assert_cmpint (in_child (fill_log, directory, STEPS_KILL, G_MAXUINT, &reached), ==, STEPS_ENDED);
}

static void
copy_store (const char *from,
            const char *to)
{
  g_autoptr (GDir) dir = g_dir_open (from, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)))
    {
      g_autoptr (GBytes) content = fixture_read (from, name);

      fixture_write (to, name, content);
    }
}

static void
assert_rows (GezVault *vault)
{
  sqlite3 *database = fixture_open (vault);

  g_assert_cmpint (fixture_integer (database, "SELECT count (*) FROM item"), ==, N_ROWS + N_ROWS_IN_LOG);
  g_assert_true (fixture_is_sound (database));
  fixture_close (vault, database);
}

static gboolean
opens (const char   *directory,
       GezPassphrase passphrase)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GezVault) vault = gez_vault_unlock (directory, passphrase, &error);

  if (vault == NULL)
    {
      g_assert_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_WRONG_PASSPHRASE);
      return FALSE;
    }
  return TRUE;
}

/* Whether the sheet whose code begins with @first opens it. */
static gboolean
sheet_opens (const char *directory,
             guint8      first)
{
  g_autoptr (GezSecret) code = make_code (first);
  g_autoptr (GError) error = NULL;
  g_autoptr (GezVault) vault = gez_vault_unlock_with_recovery (directory, code, &error);

  if (vault != NULL)
    return TRUE;
  g_assert_error (error, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_WRONG_RECOVERY);
  return FALSE;
}

/* Opens it with a sheet; all rows are there. */
static GezVault *
open_with_rows (const char *directory,
                guint8      first)
{
  g_autoptr (GezSecret) code = make_code (first);
  g_autoptr (GError) error = NULL;
  GezVault *vault = gez_vault_unlock_with_recovery (directory, code, &error);

  g_assert_no_error (error);
  assert_rows (vault);
  return vault;
}

static gboolean
run_set_passphrase (const char *directory)
{
  g_autoptr (GezVault) vault = gez_vault_unlock (directory, WORDS, NULL);

  return vault != NULL && gez_vault_set_passphrase (vault, OTHER_WORDS, GEZ_KDF_COST_TEST, NULL);
}

static State
look_at_passphrase (const char *directory)
{
  gboolean is_new = opens (directory, OTHER_WORDS);
  g_autoptr (GezVault) vault = NULL;

  g_assert_true (opens (directory, WORDS) == !is_new);
  vault = open_with_rows (directory, 1);
  return is_new ? STATE_NEW : STATE_OLD;
}

static gboolean
run_set_recovery (const char *directory)
{
  g_autoptr (GezVault) vault = gez_vault_unlock (directory, WORDS, NULL);
  g_autoptr (GezSecret) code = make_code (100);

  return vault != NULL && gez_vault_set_recovery (vault, code, NULL);
}

static State
look_at_recovery (const char *directory)
{
  gboolean is_new = sheet_opens (directory, 100);
  g_autoptr (GezVault) vault = NULL;

  g_assert_true (sheet_opens (directory, 1) == !is_new);
  g_assert_true (opens (directory, WORDS));
  vault = open_with_rows (directory, is_new ? 100 : 1);
  return is_new ? STATE_NEW : STATE_OLD;
}

/* Forgotten: the sheet opens, a new passphrase follows. */
static gboolean
run_recover (const char *directory)
{
  g_autoptr (GezSecret) code = make_code (1);
  g_autoptr (GezVault) vault = gez_vault_unlock_with_recovery (directory, code, NULL);

  return vault != NULL && gez_vault_set_passphrase (vault, OTHER_WORDS, GEZ_KDF_COST_TEST, NULL);
}

static gboolean
run_rekey (const char *directory)
{
  return gez_vault_rekey (directory, WORDS, NULL, NULL, NULL, NULL);
}

static State
look_at_keys (const char *directory)
{
  g_autoptr (GezVault) vault = NULL;

  g_assert_true (opens (directory, WORDS));
  vault = open_with_rows (directory, 1);
  return gez_id_equal (gez_vault_get_database_id (vault), &old_id) ? STATE_OLD : STATE_NEW;
}

/* When the new header cannot be read, its copy still leads to the old database. */
static State
look_at_half_rekeyed (const char *directory)
{
  look_at_keys (directory);
  return STATE_NEW;
}

static char *
find_new_database (const char *directory)
{
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)))
    if (g_str_has_prefix (name, "rekey-") && g_str_has_suffix (name, ".db"))
      return g_strdup (name);
  return NULL;
}

/* New keys whose header stands and whose database does not: the next unlock has to end it. */
static void
prepare_half_rekeyed (const char *directory)
{
  g_autofree char *begun = fixture_make_directory ();
  gboolean reached = TRUE, found = FALSE;

  prepare_store (begun);
  for (guint at = 1; reached && !found; at++)
    {
      g_autoptr (GBytes) before = fixture_read (begun, "header");
      g_autoptr (GBytes) after = NULL;
      g_autofree char *name = NULL;

      copy_store (begun, directory);
      in_child (run_rekey, directory, STEPS_KILL, at, &reached);
      after = fixture_read (directory, "header");
      name = find_new_database (directory);
      found = !g_bytes_equal (before, after) && name != NULL;
      if (!found)
        {
          fixture_remove_directory (directory);
          g_assert_cmpint (g_mkdir (directory, 0700), ==, 0);
        }
    }
  g_assert_true (found);
  fixture_remove_directory (begun);
}

static gboolean
run_unlock (const char *directory)
{
  g_autoptr (GezVault) vault = gez_vault_unlock (directory, WORDS, NULL);

  return vault != NULL;
}

/* Nothing is left of what was interrupted, and the copy of the header is as the header. */
static void
assert_tidy (const char *directory)
{
  static const char *const known[] = { "header", "header.copy", "gezinsplan.db", "gezinsplan.db-epoch",
                                       "lock", NULL };
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  g_autoptr (GBytes) header = fixture_read (directory, "header");
  g_autoptr (GBytes) copy = fixture_read (directory, "header.copy");
  const char *name;

  g_assert_true (g_bytes_equal (header, copy));
  while ((name = g_dir_read_name (dir)))
    if (!g_strv_contains (known, name))
      g_error ("“%s” was left behind", name);
}

static void
assert_not_old_in_copy (const char *directory)
{
  g_autoptr (GBytes) header = fixture_read (directory, "header");
  g_autofree char *path = g_build_filename (directory, "header.copy", NULL);
  g_autoptr (GBytes) copy = NULL;

  if (g_bytes_equal (header, old_header) || !g_file_test (path, G_FILE_TEST_EXISTS))
    return;
  copy = fixture_read (directory, "header.copy");
  g_assert_false (g_bytes_equal (copy, old_header));
}

/* Should the header be lost now, its copy leads to a database that is there. */
static void
assert_copy_has_database (const char *directory)
{
  g_autofree char *other = fixture_make_directory ();
  g_autofree char *header = g_build_filename (other, "header", NULL);
  g_autofree char *copy = g_build_filename (other, "header.copy", NULL);

  copy_store (directory, other);
  g_assert_cmpint (g_unlink (header), ==, 0);
  if (g_file_test (copy, G_FILE_TEST_EXISTS))
    {
      g_autoptr (GezVault) vault = open_with_rows (other, 1);
    }
  fixture_remove_directory (other);
}

/* Returns whether there was such a step. */
static gboolean
interrupt (const Operation *operation,
           StepsWhat        what,
           guint            at)
{
  g_autofree char *directory = fixture_make_directory ();
  gboolean reached;
  int status;
  State state;

  copy_store (model, directory);
  status = in_child (operation->run, directory, what, at, &reached);
  if (operation->decides_at_header)
    assert_not_old_in_copy (directory);
  else
    assert_copy_has_database (directory);
  state = operation->look (directory);
  if (status == 0)
    g_assert_cmpint (state, ==, STATE_NEW);
  if (status == 1 && operation->decides_at_header && what != STEPS_BROKEN)
    g_assert_cmpint (state, ==, STATE_OLD);
  assert_tidy (directory);
  g_assert_cmpuint (gez_secrets_get_n_used (), ==, 0);
  fixture_remove_directory (directory);
  return reached;
}

/* The short run ends the process, and lets the power go, at every step. The rest it tries at some. */
static guint
get_stride (int what)
{
  if (what == STEPS_KILL || what == STEPS_POWER || g_getenv ("GEZINSPLAN_ALL_STEPS"))
    return 1;
  return what == STEPS_FAIL ? 3 : 6;
}

static void
test_operation (gconstpointer data)
{
  const Operation *operation = data;
  guint n_interruptions = 0;

  model = fixture_make_directory ();
  operation->prepare (model);
  old_header = fixture_read (model, "header");
  memcpy (old_id.bytes, (const guint8 *) g_bytes_get_data (old_header, NULL) + 16, GEZ_ID_SIZE);
  for (int what = 0; what < STEPS_N_WHATS; what++)
    {
      guint stride = get_stride (what), at = 1 + (guint) what % stride;

      for (; interrupt (operation, (StepsWhat) what, at); at += stride)
        n_interruptions++;
      g_assert_cmpuint (at, >, 5);
    }
  counts_add ("interrupted changes of keys", n_interruptions);
  fixture_remove_directory (model);
  g_clear_pointer (&old_header, g_bytes_unref);
  g_clear_pointer (&model, g_free);
}

/* A store that is made, as far as it comes; one that was begun is begun again. */
static gboolean
run_create (const char *directory)
{
  g_autoptr (GezVault) vault = NULL;
  sqlite3 *database;
  gboolean done;

  vault = gez_vault_exists (directory) ? gez_vault_unlock (directory, WORDS, NULL)
                                       : gez_vault_create (directory, WORDS, GEZ_KDF_COST_TEST, NULL);
  database = vault ? gez_vault_open_database (vault, NULL) : NULL;
  if (database == NULL)
    return FALSE;
  done = sqlite3_exec (database,
                       "CREATE TABLE item (id INTEGER PRIMARY KEY); INSERT INTO item VALUES (1)", NULL, NULL,
                       NULL) == SQLITE_OK &&
         gez_vault_set_has_database (vault, NULL);
  return gez_vault_close_database (vault, database, NULL) && done;
}

/* Whether a store is there that holds something; then it opens and is whole. */
static gboolean
is_made (const char *directory)
{
  g_autoptr (GezVault) vault = NULL;
  sqlite3 *database;

  if (!gez_vault_exists (directory))
    return FALSE;
  vault = fixture_unlock (directory);
  if (!gez_vault_has_database (vault))
    return FALSE;
  database = fixture_open (vault);
  g_assert_cmpint (fixture_integer (database, "SELECT count (*) FROM item"), ==, 1);
  fixture_close (vault, database);
  return TRUE;
}

/* Returns whether there was such a step. */
static gboolean
interrupt_creation (StepsWhat what,
                    guint     at)
{
  g_autofree char *directory = fixture_make_directory ();
  gboolean reached;
  int status = in_child (run_create, directory, what, at, &reached);

  if (!is_made (directory))
    {
      g_assert_cmpint (status, !=, 0);
      g_assert_true (run_create (directory));
      g_assert_true (is_made (directory));
    }
  assert_tidy (directory);
  fixture_remove_directory (directory);
  return reached;
}

static void
test_creation (void)
{
  guint n_interruptions = 0;

  for (int what = 0; what < STEPS_N_WHATS; what++)
    for (guint at = 1; interrupt_creation ((StepsWhat) what, at); at += get_stride (what))
      n_interruptions++;
  counts_add ("interrupted changes of keys", n_interruptions);
}

int
main (int argc, char **argv)
{
  static const Operation operations[] = {
    { "passphrase", prepare_store, run_set_passphrase, look_at_passphrase, TRUE },
    { "recovery", prepare_store, run_set_recovery, look_at_recovery, TRUE },
    { "recover", prepare_store, run_recover, look_at_passphrase, TRUE },
    { "rekey", prepare_store, run_rekey, look_at_keys, FALSE },
    { "half-rekeyed", prepare_half_rekeyed, run_unlock, look_at_half_rekeyed, FALSE },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (operations); i++)
    {
      g_autofree char *path = g_strdup_printf ("/vault/interrupted/%s", operations[i].name);

      g_test_add_data_func (path, &operations[i], test_operation);
    }
  g_test_add_func ("/vault/interrupted/creation", test_creation);
  return g_test_run ();
}
