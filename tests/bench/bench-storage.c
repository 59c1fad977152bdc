/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "workloads.h"

#include "model/gez-search.h"
#include "store/gez-commit.h"
#include "store/gez-migration.h"
#include "store/gez-store.h"

/* The encrypted store against a plain file: the same library, the same settings, the same
 * statements, in turns. Prints one line per measurement: workload, side, run, seconds on the
 * wall, seconds of the processor. */

#define NOW G_GINT64_CONSTANT (1773306000000)
#define NOTES_PER_CHANGE 1000
#define WORDS_PER_NOTE 25
#define SEARCHES 300
#define TYPINGS 12
#define PASSPHRASE ((GezPassphrase) { "zeven paarse fietsen", 20 })

typedef struct
{
  const char *name;
  GezVault *vault; /* NULL: the plain side */
  GezClock *clock;
  char *directory;
  sqlite3 *handle;
  GezDatabase *database;
} Side;

typedef WorkloadTime (*Measurement) (Side *side);

static void
expect (gboolean      done,
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
make_schema (Side *side)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) scripts = gez_migration_get_scripts (&error);
  g_autofree char *set_version = NULL;
  GezId device = gez_id_new (side->clock);

  expect (scripts != NULL, error);
  side->database = gez_database_new (side->handle, side->clock);
  for (guint i = 0; scripts[i]; i++)
    expect (gez_database_run_script (side->database, scripts[i], &error), error);
  set_version = g_strdup_printf ("PRAGMA user_version = %u", g_strv_length (scripts));
  workload_run_sql (side->handle, set_version);
  expect (gez_database_load_schema (side->database, &error), error);
  expect (gez_database_begin (side->database, &error), error);
  expect (gez_database_execute (side->database, &error,
                                "INSERT INTO device (row, id) VALUES (1, ?)", GEZ_ID, &device,
                                GEZ_END), error);
  expect (gez_database_commit (side->database, &error), error);
}

static Side *
side_new (const char *name,
          const char *parent,
          gboolean    encrypted)
{
  Side *side = g_new0 (Side, 1);
  g_autoptr (GError) error = NULL;

  side->name = name;
  side->clock = gez_clock_new_fixed (NOW, 1);
  side->directory = g_strdup_printf ("%s/%s-XXXXXX", parent, name);
  expect (g_mkdtemp (side->directory) != NULL, NULL);
  if (encrypted)
    {
      side->vault = gez_vault_create (side->directory, PASSPHRASE, GEZ_KDF_COST_TEST, &error);
      expect (side->vault != NULL, error);
      side->handle = gez_vault_open_database (side->vault, &error);
      expect (side->handle != NULL, error);
    }
  else
    side->handle = open_plain (side->directory);
  make_schema (side);
  if (side->vault)
    expect (gez_vault_set_has_database (side->vault, &error), error);
  return side;
}

static void
side_close (Side *side)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&side->database, gez_database_free);
  if (side->handle && side->vault)
    expect (gez_vault_close_database (side->vault, side->handle, &error), error);
  else if (side->handle)
    sqlite3_close (side->handle);
  side->handle = NULL;
}

static void
side_free (Side *side)
{
  side_close (side);
  g_clear_object (&side->vault);
  g_object_unref (side->clock);
  g_free (side->directory);
  g_free (side);
}

static WorkloadTime
insert_bare (Side *side)
{
  return workload_insert (side->handle);
}

static WorkloadTime
read_warm (Side *side)
{
  return workload_read (side->handle);
}

static WorkloadTime
scan (Side *side)
{
  return workload_scan (side->handle);
}

static WorkloadTime
commit_bare (Side *side)
{
  return workload_commit (side->handle);
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
  gez_change_set_id (change, "household_id", &households[workload_random_below (random, 2000)]);
  gez_change_set_integer (change, "written_at", NOW - number * G_GINT64_CONSTANT (60000));
  gez_change_set_text (change, "content", content);
}

static GezId *
new_households (GezClock *clock)
{
  GezId *households = g_new (GezId, 2000);

  for (guint i = 0; i < 2000; i++)
    households[i] = gez_id_new (clock);
  return households;
}

/* As the program writes: capture, change log and search index in the same transaction. Making the
 * changes is not measured. */
static WorkloadTime
insert_captured (Side *side)
{
  WorkloadRandom random = { 88172645463325252ULL };
  g_autofree GezId *households = new_households (side->clock);
  WorkloadTime time = { 0 };

  for (int i = 0; i < WORKLOAD_NOTES; i += NOTES_PER_CHANGE)
    {
      g_autoptr (GezChange) change = gez_change_new ("bench");
      g_autoptr (GPtrArray) tables = NULL;
      g_autoptr (GError) error = NULL;
      guint64 command;
      WorkloadTime start;

      for (int n = 0; n < NOTES_PER_CHANGE; n++)
        add_note (change, &random, side->clock, households, i + n);
      start = workload_now ();
      expect (gez_commit_run (side->database, change, &command, &tables, &error), error);
      workload_add (&time, workload_since (start));
    }
  return time;
}

/* One note per transaction, as somebody who works saves it. */
static WorkloadTime
commit_captured (Side *side)
{
  WorkloadRandom random = { 6364136223846793005ULL };
  g_autofree GezId *households = new_households (side->clock);
  WorkloadTime time = { 0 };

  for (int i = 0; i < 200; i++)
    {
      g_autoptr (GezChange) change = gez_change_new ("bench");
      g_autoptr (GPtrArray) tables = NULL;
      g_autoptr (GError) error = NULL;
      guint64 command;
      WorkloadTime start;

      add_note (change, &random, side->clock, households, i);
      start = workload_now ();
      expect (gez_commit_run (side->database, change, &command, &tables, &error), error);
      workload_add (&time, workload_since (start));
    }
  return time;
}

static WorkloadTime
search_words (Side *side)
{
  WorkloadRandom random = { 1442695040888963407ULL };
  sqlite3_stmt *statement = NULL;
  WorkloadTime start;

  sqlite3_prepare_v2 (side->handle,
                      "SELECT n.row, snippet(note_search, -1, '[', ']', '…', 16) FROM note_search"
                      " JOIN note n ON n.row = note_search.rowid WHERE note_search MATCH ?"
                      " ORDER BY note_search.rowid DESC LIMIT 20", -1, &statement, NULL);
  start = workload_now ();
  for (int i = 0; i < SEARCHES; i++)
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

/* Somebody types a word, letter by letter; each letter asks for results. */
static WorkloadTime
type_search (Side     *side,
             GezStore *store)
{
  WorkloadRandom random = { 1442695040888963407ULL };
  WorkloadTime time = { 0 };

  for (int i = 0; i < TYPINGS; i++)
    {
      char word[64];

      workload_write_words (&random, 1, word, sizeof word);
      for (gsize length = 2; length <= strlen (word); length++)
        {
          g_autofree char *typed = g_strndup (word, length);
          g_autoptr (GError) error = NULL;
          WorkloadTime start = workload_now ();
          g_autoptr (GezQuery) query = gez_search_query (typed, 20);
          g_autoptr (GPtrArray) results = store ? gez_store_run (store, query, &error)
                                                : gez_query_run (query, side->database, &error);

          workload_add (&time, workload_since (start));
          expect (results != NULL, error);
        }
    }
  return time;
}

/* The program's whole way to the results, its thread included. */
static WorkloadTime
search_typing (Side *side)
{
  g_autoptr (GezStore) store = NULL;
  g_autoptr (GError) error = NULL;
  WorkloadTime time;

  if (side->vault == NULL)
    {
      type_search (side, NULL);
      return type_search (side, NULL);
    }
  side_close (side);
  store = gez_store_open (side->vault, side->clock, &error);
  expect (store != NULL, error);
  type_search (side, store);
  time = type_search (side, store);
  expect (gez_store_close (store, &error), error);
  return time;
}

static void
measure (const char  *name,
         Measurement  measurement,
         Side        *plain,
         Side        *encrypted,
         int          run)
{
  /* Who goes first changes. */
  if (run % 2)
    workload_report (name, encrypted->name, run, measurement (encrypted));
  workload_report (name, plain->name, run, measurement (plain));
  if (run % 2 == 0)
    workload_report (name, encrypted->name, run, measurement (encrypted));
}

int
main (int    argc,
      char **argv)
{
  int runs = argc > 1 ? atoi (argv[1]) : 5;
  const char *parent = argc > 2 ? argv[2] : g_get_tmp_dir ();
  int swapped = (int) (g_get_real_time () % 2);

  for (int run = 0; run < runs; run++)
    {
      Side *plain = side_new ("plain", parent, FALSE);
      Side *encrypted = side_new ("encrypted", parent, TRUE);

      measure ("insert", insert_bare, plain, encrypted, run);
      measure ("read", read_warm, plain, encrypted, run);
      measure ("scan", scan, plain, encrypted, run);
      measure ("commit", commit_bare, plain, encrypted, run);
      /* The slow ones once. */
      if (run == 0)
        {
          measure ("insert-captured", insert_captured, plain, encrypted, swapped);
          measure ("commit-captured", commit_captured, plain, encrypted, swapped);
          measure ("search", search_words, plain, encrypted, swapped);
          measure ("typing", search_typing, plain, encrypted, swapped);
        }
      side_free (plain);
      side_free (encrypted);
    }
  return 0;
}
