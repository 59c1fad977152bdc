/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workloads.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define WORDS_PER_NOTE 25
#define READS 20000
#define SCANS 5
#define COMMITS 200
#define HOUSEHOLDS 2000

/* What the vault sets on its connection, so that only the encryption differs. */
const char *const workload_pragmas =
  "PRAGMA page_size = 4096; PRAGMA locking_mode = EXCLUSIVE; PRAGMA temp_store = MEMORY;"
  "PRAGMA mmap_size = 0; PRAGMA cell_size_check = ON; PRAGMA secure_delete = ON;"
  "PRAGMA cache_size = -65536; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
  "PRAGMA foreign_keys = ON;";

static const char make_sql[] =
  "CREATE TABLE bench_note (row INTEGER PRIMARY KEY, household INTEGER NOT NULL,"
  " written_at INTEGER NOT NULL, content TEXT NOT NULL);"
  "CREATE INDEX bench_note_household ON bench_note(household);"
  "CREATE INDEX bench_note_written ON bench_note(written_at);";

/* xorshift64*: the same numbers on every machine and with every library. */
unsigned int
workload_random_below (WorkloadRandom *random,
                       unsigned int    limit)
{
  random->state ^= random->state >> 12;
  random->state ^= random->state << 25;
  random->state ^= random->state >> 27;
  return (unsigned int) ((random->state * 2685821657736338717ULL) >> 33) % limit;
}

/* About 8,000 different words. The first of two draws that is smaller wins, so that some are
 * common. */
void
workload_write_words (WorkloadRandom *random,
                      int             count,
                      char           *text,
                      int             size)
{
  static const char *const syllables[] = { "ka", "lo", "mi", "ver", "te", "huur", "nu", "schol",
                                           "ra", "be", "gez", "in", "or", "da", "wijs", "pe",
                                           "zo", "lan", "fi", "kot" };
  int at = 0;

  for (int i = 0; i < count && at < size - 32; i++)
    {
      unsigned int one = workload_random_below (random, 8000);
      unsigned int other = workload_random_below (random, 8000);
      unsigned int word = one < other ? one : other;

      at += snprintf (text + at, (size_t) (size - at), "%s%s%s%s", i ? " " : "",
                      syllables[word % 20], syllables[word / 20 % 20], syllables[word / 400]);
    }
}

static double
seconds_of (clockid_t clock)
{
  struct timespec now;

  clock_gettime (clock, &now);
  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

WorkloadTime
workload_now (void)
{
  return (WorkloadTime) { seconds_of (CLOCK_MONOTONIC), seconds_of (CLOCK_PROCESS_CPUTIME_ID) };
}

WorkloadTime
workload_since (WorkloadTime start)
{
  WorkloadTime now = workload_now ();

  return (WorkloadTime) { now.wall - start.wall, now.processor - start.processor };
}

void
workload_add (WorkloadTime *sum,
              WorkloadTime  time)
{
  sum->wall += time.wall;
  sum->processor += time.processor;
}

void
workload_check (sqlite3    *database,
                int         ok,
                const char *doing)
{
  if (ok)
    return;
  fprintf (stderr, "%s: %s\n", doing, sqlite3_errmsg (database));
  exit (1);
}

void
workload_run_sql (sqlite3    *database,
                  const char *sql)
{
  workload_check (database, sqlite3_exec (database, sql, NULL, NULL, NULL) == SQLITE_OK, sql);
}

/* One line for bench.py. */
void
workload_report (const char  *workload,
                 const char  *side,
                 int          run,
                 WorkloadTime time)
{
  printf ("%s\t%s\t%d\t%.6f\t%.6f\n", workload, side, run, time.wall, time.processor);
  fflush (stdout);
}

static sqlite3_stmt *
prepare (sqlite3    *database,
         const char *sql)
{
  sqlite3_stmt *statement = NULL;

  workload_check (database,
                  sqlite3_prepare_v2 (database, sql, -1, &statement, NULL) == SQLITE_OK, sql);
  return statement;
}

static sqlite3_stmt *
prepare_insert (sqlite3 *database)
{
  return prepare (database,
                  "INSERT INTO bench_note (household, written_at, content) VALUES (?, ?, ?)");
}

static void
insert_note (sqlite3        *database,
             sqlite3_stmt   *statement,
             WorkloadRandom *random)
{
  char content[1024];

  workload_write_words (random, WORDS_PER_NOTE, content, sizeof content);
  sqlite3_bind_int (statement, 1, (int) workload_random_below (random, HOUSEHOLDS));
  sqlite3_bind_int64 (statement, 2, 1700000000000LL + workload_random_below (random, 1000000000));
  sqlite3_bind_text (statement, 3, content, -1, SQLITE_STATIC);
  workload_check (database, sqlite3_step (statement) == SQLITE_DONE, "inserting");
  sqlite3_reset (statement);
}

/* One transaction, and the moving of the log into the database. */
WorkloadTime
workload_insert (sqlite3 *database)
{
  WorkloadRandom random = { 88172645463325252ULL };
  sqlite3_stmt *statement;
  WorkloadTime start;

  workload_run_sql (database, make_sql);
  statement = prepare_insert (database);
  start = workload_now ();
  workload_run_sql (database, "BEGIN IMMEDIATE");
  for (int i = 0; i < WORKLOAD_NOTES; i++)
    insert_note (database, statement, &random);
  workload_run_sql (database, "COMMIT");
  workload_run_sql (database, "PRAGMA wal_checkpoint(TRUNCATE)");
  start = workload_since (start);
  sqlite3_finalize (statement);
  return start;
}

/* Random rows by their key, when all of the table is in the cache. */
WorkloadTime
workload_read (sqlite3 *database)
{
  WorkloadRandom random = { 1442695040888963407ULL };
  sqlite3_stmt *statement = prepare (database, "SELECT content FROM bench_note WHERE row = ?");
  WorkloadTime start;

  workload_run_sql (database, "SELECT sum(length(content)) FROM bench_note");
  start = workload_now ();
  for (int i = 0; i < READS; i++)
    {
      sqlite3_bind_int (statement, 1, 1 + (int) workload_random_below (&random, WORKLOAD_NOTES));
      workload_check (database, sqlite3_step (statement) == SQLITE_ROW, "reading");
      workload_check (database, sqlite3_column_bytes (statement, 0) > 0, "reading");
      sqlite3_reset (statement);
    }
  start = workload_since (start);
  sqlite3_finalize (statement);
  return start;
}

/* The whole table through a cache that does not hold it; the system has the file in memory. */
WorkloadTime
workload_scan (sqlite3 *database)
{
  WorkloadTime start;

  workload_run_sql (database, "PRAGMA cache_size = -2000");
  sqlite3_db_release_memory (database);
  workload_run_sql (database, "SELECT sum(length(content)) FROM bench_note");
  start = workload_now ();
  for (int i = 0; i < SCANS; i++)
    workload_run_sql (database, "SELECT sum(length(content)) FROM bench_note");
  start = workload_since (start);
  workload_run_sql (database, "PRAGMA cache_size = -65536");
  return start;
}

/* Transactions of one note, each durable before the next begins. */
WorkloadTime
workload_commit (sqlite3 *database)
{
  WorkloadRandom random = { 6364136223846793005ULL };
  sqlite3_stmt *statement = prepare_insert (database);
  WorkloadTime start = workload_now ();

  for (int i = 0; i < COMMITS; i++)
    insert_note (database, statement, &random);
  start = workload_since (start);
  sqlite3_finalize (statement);
  return start;
}
