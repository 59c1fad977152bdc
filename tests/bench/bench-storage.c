/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "store-side.h"

#include "model/gez-search.h"

/* The encrypted store against a plain file: the same library, the same settings, the same
 * statements, in turns. Prints one line per measurement: workload, side, run, seconds on the
 * wall, seconds of the processor. */

#define NOTES_PER_CHANGE 1000
#define SEARCHES 300
#define TYPINGS 12
#define COMMITS 200

typedef WorkloadTime (*Measurement) (StoreSide *side);

static WorkloadTime
insert_bare (StoreSide *side)
{
  return workload_insert (side->handle);
}

static WorkloadTime
read_warm (StoreSide *side)
{
  return workload_read (side->handle);
}

static WorkloadTime
scan (StoreSide *side)
{
  return workload_scan (side->handle);
}

static WorkloadTime
commit_bare (StoreSide *side)
{
  return workload_commit (side->handle);
}

/* Many notes in one act, as an import writes. */
static WorkloadTime
insert_captured (StoreSide *side)
{
  WorkloadRandom random = { 88172645463325252ULL };
  g_autofree GezId *households = store_side_new_households (side->clock);

  return store_side_add_notes (side, &random, households, 0, WORKLOAD_NOTES, NOTES_PER_CHANGE);
}

/* One note per transaction, as somebody who works saves it. */
static WorkloadTime
commit_captured (StoreSide *side)
{
  WorkloadRandom random = { 6364136223846793005ULL };
  g_autofree GezId *households = store_side_new_households (side->clock);

  return store_side_add_notes (side, &random, households, 0, COMMITS, 1);
}

static WorkloadTime
search_words (StoreSide *side)
{
  return store_side_search (side, SEARCHES);
}

/* Somebody types a word, letter by letter; each letter asks for results. */
static WorkloadTime
type_search (StoreSide *side,
             GezStore  *store)
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
          store_side_expect (results != NULL, error);
        }
    }
  return time;
}

/* The program's whole way to the results, its thread included. */
static WorkloadTime
search_typing (StoreSide *side)
{
  g_autoptr (GezStore) store = NULL;
  g_autoptr (GError) error = NULL;
  WorkloadTime time;

  if (side->vault == NULL)
    {
      type_search (side, NULL);
      return type_search (side, NULL);
    }
  store_side_close (side);
  store = gez_store_open (side->vault, side->clock, &error);
  store_side_expect (store != NULL, error);
  type_search (side, store);
  time = type_search (side, store);
  store_side_expect (gez_store_close (store, &error), error);
  return time;
}

static void
measure (const char  *name,
         Measurement  measurement,
         StoreSide   *plain,
         StoreSide   *encrypted,
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
      StoreSide *plain = store_side_new ("plain", parent, FALSE);
      StoreSide *encrypted = store_side_new ("encrypted", parent, TRUE);

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
      store_side_free (plain);
      store_side_free (encrypted);
    }
  return 0;
}
