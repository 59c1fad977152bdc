/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tamper.h"

#include <glib/gstdio.h>

#include "vault/gez-secrets.h"

static const char *const file_names[N_COPY_FILES] = { "header", "header.copy", DATABASE, LOG, EPOCH };

Copy tamper_closed, tamper_crashed;
guint tamper_n_cases;

void
tamper_copy_take (Copy       *copy,
                  const char *directory)
{
  for (guint i = 0; i < N_COPY_FILES; i++)
    {
      g_autofree char *path = g_build_filename (directory, file_names[i], NULL);

      copy->files[i] = g_file_test (path, G_FILE_TEST_EXISTS)
                         ? fixture_read (directory, file_names[i])
                         : NULL;
    }
}

void
tamper_copy_put (Copy       *copy,
                 const char *directory)
{
  for (guint i = 0; i < N_COPY_FILES; i++)
    {
      g_autofree char *path = g_build_filename (directory, file_names[i], NULL);

      if (copy->files[i] != NULL)
        fixture_write (directory, file_names[i], copy->files[i]);
      else
        g_unlink (path);
    }
}

void
tamper_copy_clear (Copy *copy)
{
  for (guint i = 0; i < N_COPY_FILES; i++)
    g_clear_pointer (&copy->files[i], g_bytes_unref);
}

/* Each row is a commit of one frame. */
void
tamper_log_rows (sqlite3 *database)
{
  for (int i = 1; i <= N_LOGGED; i++)
    {
      g_autofree char *sql = g_strdup_printf ("INSERT INTO item VALUES (%d, 'log')", N_ROWS + i);

      fixture_execute (database, sql);
    }
}

static void
make_copies (void)
{
  g_autofree char *directory = fixture_make_directory ();
  g_autoptr (GezVault) vault = NULL;
  sqlite3 *database;

  fixture_make_store (directory, N_ROWS);
  tamper_copy_take (&tamper_closed, directory);
  g_assert_null (tamper_closed.files[COPY_LOG]);
  vault = fixture_unlock (directory);
  database = fixture_open (vault);
  tamper_log_rows (database);
  tamper_copy_take (&tamper_crashed, directory);
  g_assert_cmpuint (g_bytes_get_size (tamper_crashed.files[COPY_LOG]), ==, FRAME (N_LOGGED));
  fixture_close (vault, database);
  g_clear_object (&vault);
  fixture_remove_directory (directory);
}

void
tamper_set_up (Fixture      *fixture,
               gconstpointer data)
{
  fixture->directory = fixture_make_directory ();
  if (tamper_closed.files[COPY_HEADER] == NULL)
    make_copies ();
  tamper_copy_put (&tamper_closed, fixture->directory);
}

void
tamper_tear_down (Fixture      *fixture,
                  gconstpointer data)
{
  g_assert_cmpuint (gez_secrets_get_n_used (), ==, 0);
  fixture_remove_directory (fixture->directory);
  g_free (fixture->directory);
}

GByteArray *
tamper_read (Fixture    *fixture,
             const char *name)
{
  return g_bytes_unref_to_array (fixture_read (fixture->directory, name));
}

void
tamper_write (Fixture    *fixture,
              const char *name,
              GByteArray *content)
{
  g_autoptr (GBytes) bytes = g_bytes_new (content->data, content->len);

  fixture_write (fixture->directory, name, bytes);
}

static Outcome
failed_with (Stage   stage,
             GError *error)
{
  g_assert_nonnull (error);
  g_assert_true (error->domain == GEZ_VAULT_ERROR);
  return (Outcome) { stage, error->code };
}

/* Unlocks, opens and reads every row and every page, as far as it goes. */
static Outcome
look (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GezVault) vault = gez_vault_unlock (fixture->directory, WORDS, &error);
  Outcome outcome = { OPENS, 0 };
  sqlite3 *database;
  int code;

  if (vault == NULL)
    return failed_with (NOT_UNLOCKED, error);
  database = gez_vault_open_database (vault, &error);
  if (database == NULL)
    return failed_with (NOT_OPENED, error);
  code = sqlite3_exec (database, "SELECT sum (length (body)) FROM item", NULL, NULL, NULL);
  if (code == SQLITE_OK)
    {
      outcome.stage = fixture_is_sound (database) ? OPENS : NOT_SOUND;
      outcome.code = (int) fixture_integer (database, "SELECT count (*) FROM item");
      fixture_close (vault, database);
      return outcome;
    }
  sqlite3_close (database);
  return (Outcome) { NOT_READ, code };
}

void
tamper_assert_outcome (Fixture    *fixture,
                       const char *name,
                       Outcome     expected)
{
  Outcome outcome = look (fixture);

  tamper_n_cases++;
  if (outcome.stage != expected.stage || outcome.code != expected.code)
    g_test_message ("%s: expected %d with %d, got %d with %d", name, expected.stage, expected.code,
                    outcome.stage, outcome.code);
  g_assert_cmpint (outcome.stage, ==, expected.stage);
  g_assert_cmpint (outcome.code, ==, expected.code);
}


/* At the end of the program. */
void
tamper_clear (void)
{
  tamper_copy_clear (&tamper_closed);
  tamper_copy_clear (&tamper_crashed);
}
