/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-side.h"

#include <glib/gstdio.h>

#include "store/gez-commit.h"
#include "store/gez-database-private.h"
#include "store/gez-migration.h"

#define WORDS_PER_NOTE 25
#define PASSPHRASE ((GezPassphrase) { "zeven paarse fietsen", 20 })

/**
 * store_side_expect:
 * @error: (nullable): why it was not @done
 *
 * Ends the process unless it was done.
 */
void
store_side_expect (gboolean      done,
                   const GError *error)
{
  if (!done)
    g_error ("%s", error ? error->message : "not done");
}

static sqlite3 *
open_plain (const char *directory)
{
  g_autofree char *path = g_build_filename (directory, "plain.db", NULL);
  sqlite3 *handle = NULL;

  workload_check (handle, sqlite3_open (path, &handle) == SQLITE_OK, "opening");
  workload_run_sql (handle, workload_pragmas);
  return handle;
}

static void
make_schema (StoreSide *side)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) scripts = gez_migration_get_scripts (&error);
  g_autofree char *set_version = NULL;
  GezId device = gez_id_new (side->clock);

  store_side_expect (scripts != NULL, error);
  side->database = gez_database_new (side->handle, side->clock);
  for (guint i = 0; scripts[i]; i++)
    store_side_expect (gez_database_run_script (side->database, scripts[i], &error), error);
  set_version = g_strdup_printf ("PRAGMA user_version = %u", g_strv_length (scripts));
  workload_run_sql (side->handle, set_version);
  store_side_expect (gez_database_load_schema (side->database, &error), error);
  store_side_expect (gez_database_begin (side->database, &error), error);
  store_side_expect (gez_database_execute (side->database, &error,
                                           "INSERT INTO device (row, id) VALUES (1, ?)", GEZ_ID, &device,
                                           GEZ_END), error);
  store_side_expect (gez_database_commit (side->database, &error), error);
}

/**
 * store_side_new:
 * @name: of the side
 * @parent: directory in which it makes its own
 * @encrypted: whether it is a vault or a plain file
 *
 * Returns: (transfer full): a side with all tables, and nothing in them
 */
StoreSide *
store_side_new (const char *name,
                const char *parent,
                gboolean    encrypted)
{
  StoreSide *side = g_new0 (StoreSide, 1);
  g_autoptr (GError) error = NULL;

  side->name = name;
  side->clock = gez_clock_new_fixed (STORE_SIDE_NOW, 1);
  side->directory = g_strdup_printf ("%s/%s-XXXXXX", parent, name);
  store_side_expect (g_mkdtemp (side->directory) != NULL, NULL);
  if (encrypted)
    {
      side->vault = gez_vault_create (side->directory, PASSPHRASE, GEZ_KDF_COST_TEST, &error);
      store_side_expect (side->vault != NULL, error);
      side->handle = gez_vault_open_database (side->vault, &error);
      store_side_expect (side->handle != NULL, error);
    }
  else
    side->handle = open_plain (side->directory);
  make_schema (side);
  if (side->vault)
    store_side_expect (gez_vault_set_has_database (side->vault, &error), error);
  return side;
}

/**
 * store_side_close:
 *
 * Closes the connection; the files and the keys stay.
 */
void
store_side_close (StoreSide *side)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&side->database, gez_database_free);
  if (side->handle && side->vault)
    store_side_expect (gez_vault_close_database (side->vault, side->handle, &error), error);
  else if (side->handle)
    sqlite3_close (side->handle);
  side->handle = NULL;
}

/**
 * store_side_open:
 *
 * Opens again what store_side_close() closed, until the tables can be asked.
 */
void
store_side_open (StoreSide *side)
{
  g_autoptr (GError) error = NULL;

  side->handle = side->vault ? gez_vault_open_database (side->vault, &error)
                             : open_plain (side->directory);
  store_side_expect (side->handle != NULL, error);
  side->database = gez_database_new (side->handle, side->clock);
  store_side_expect (gez_database_load_schema (side->database, &error), error);
}

/**
 * store_side_free:
 *
 * Closes it; whoever made the parent directory removes it.
 */
void
store_side_free (StoreSide *side)
{
  store_side_close (side);
  g_clear_object (&side->vault);
  g_object_unref (side->clock);
  g_free (side->directory);
  g_free (side);
}

static void
add_note (GezChange      *change,
          WorkloadRandom *random,
          GezClock       *clock,
          const GezId    *households,
          int             number)
{
  GezId id = gez_id_new (clock);
  char content[1024];

  workload_write_words (random, WORDS_PER_NOTE, content, sizeof content);
  gez_change_insert (change, "note", &id, gez_circle_team ());
  gez_change_set_id (change, "household_id",
                     &households[workload_random_below (random, STORE_SIDE_HOUSEHOLDS)]);
  gez_change_set_integer (change, "written_at", STORE_SIDE_NOW - number * G_GINT64_CONSTANT (60000));
  gez_change_set_text (change, "content", content);
}

/**
 * store_side_new_households:
 *
 * Returns: (transfer full) (array fixed-size=2000): identities that notes can be about
 */
GezId *
store_side_new_households (GezClock *clock)
{
  GezId *households = g_new (GezId, STORE_SIDE_HOUSEHOLDS);

  for (guint i = 0; i < STORE_SIDE_HOUSEHOLDS; i++)
    households[i] = gez_id_new (clock);
  return households;
}

/**
 * store_side_add_notes:
 * @households: (array fixed-size=2000): whom the notes are about
 * @first: number of the first note; a higher number is older
 * @count: notes in all
 * @per_change: notes in one act
 *
 * Writes as the program does: capture, change log and search index in the same transaction.
 *
 * Returns: how long writing took; making the changes is not measured
 */
WorkloadTime
store_side_add_notes (StoreSide      *side,
                      WorkloadRandom *random,
                      const GezId    *households,
                      int             first,
                      int             count,
                      int             per_change)
{
  WorkloadTime time = { 0 };

  for (int i = 0; i < count; i += per_change)
    {
      g_autoptr (GezChange) change = gez_change_new ("bench");
      g_autoptr (GPtrArray) tables = NULL;
      g_autoptr (GError) error = NULL;
      guint64 command;
      WorkloadTime start;

      for (int n = 0; n < per_change && i + n < count; n++)
        add_note (change, random, side->clock, households, first + i + n);
      start = workload_now ();
      store_side_expect (gez_commit_run (side->database, change, &command, &tables, &error), error);
      workload_add (&time, workload_since (start));
    }
  return time;
}

/**
 * store_side_search:
 * @times: searches, each of one word
 *
 * Returns: how long it took to find the twenty newest notes of each word, with excerpts
 */
WorkloadTime
store_side_search (StoreSide *side,
                   int        times)
{
  WorkloadRandom random = { 1442695040888963407ULL };
  sqlite3_stmt *statement = NULL;
  WorkloadTime start;

  sqlite3_prepare_v2 (side->handle,
                      "SELECT n.row, snippet(note_search, -1, '[', ']', '…', 16) FROM note_search"
                      " JOIN note n ON n.row = note_search.rowid WHERE note_search MATCH ?"
                      " ORDER BY note_search.rowid DESC LIMIT 20", -1, &statement, NULL);
  start = workload_now ();
  for (int i = 0; i < times; i++)
    {
      char word[64];
      int code;

      workload_write_words (&random, 1, word, sizeof word);
      sqlite3_bind_text (statement, 1, word, -1, SQLITE_STATIC);
      while ((code = sqlite3_step (statement)) == SQLITE_ROW)
        ;
      workload_check (side->handle, code == SQLITE_DONE, "searching");
      sqlite3_reset (statement);
    }
  start = workload_since (start);
  sqlite3_finalize (statement);
  return start;
}
