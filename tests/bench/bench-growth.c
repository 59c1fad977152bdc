/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include "store-side.h"

#include "model/gez-journal.h"

/* What the same acts cost when the store grows from 1,000 to 1,000,000 notes, encrypted and plain.
 * Both sides grow together; at each size everything is measured on one and then on the other.
 * Prints as bench-storage does, with the size behind the name of the workload. */

#define NOTES_PER_CHANGE 1000
#define COMMITS 50
#define PAGES 50
#define SEARCHES 50
#define STEP 10

typedef struct
{
  StoreSide *side;
  WorkloadRandom random;
  GezId *households;
  int n_notes;
} Growing;

static Growing *
growing_new (const char *name,
             const char *parent,
             gboolean    encrypted)
{
  Growing *self = g_new0 (Growing, 1);

  self->side = store_side_new (name, parent, encrypted);
  self->random.state = 88172645463325252ULL;
  self->households = store_side_new_households (self->side->clock);
  return self;
}

static void
growing_free (Growing *self)
{
  store_side_free (self->side);
  g_free (self->households);
  g_free (self);
}

static WorkloadTime
add_notes (Growing *self,
           int      count,
           int      per_change)
{
  WorkloadTime time = store_side_add_notes (self->side, &self->random, self->households,
                                            self->n_notes, count, per_change);

  self->n_notes += count;
  return time;
}

static void
grow_to (Growing *self,
         int      n_notes)
{
  add_notes (self, n_notes - self->n_notes, NOTES_PER_CHANGE);
}

static WorkloadTime
insert (Growing *self)
{
  return add_notes (self, NOTES_PER_CHANGE, NOTES_PER_CHANGE);
}

static WorkloadTime
commit (Growing *self)
{
  return add_notes (self, COMMITS, 1);
}

/* The first page of the journal of some files. */
static WorkloadTime
read_pages (Growing *self)
{
  WorkloadTime time = { 0 };

  for (int i = 0; i < PAGES; i++)
    {
      g_autoptr (GezQuery) query = gez_journal_query (&self->households[i * 37], NULL,
                                                      GEZ_JOURNAL_PAGE_SIZE);
      g_autoptr (GError) error = NULL;
      WorkloadTime start = workload_now ();
      g_autoptr (GObject) view = gez_query_run (query, self->side->database, &error);

      workload_add (&time, workload_since (start));
      store_side_expect (view != NULL, error);
    }
  return time;
}

static WorkloadTime
search (Growing *self)
{
  return store_side_search (self->side, SEARCHES);
}

/* Closing is not measured: it moves the log into the database. */
static WorkloadTime
open_again (Growing *self)
{
  WorkloadTime start;

  store_side_close (self->side);
  start = workload_now ();
  store_side_open (self->side);
  return workload_since (start);
}

static const struct
{
  const char *name;
  WorkloadTime (*run) (Growing *self);
} measurements[] = {
  { "open", open_again },
  { "page", read_pages },
  { "search", search },
  { "insert", insert },
  { "commit", commit },
};

static void
measure (Growing **sides,
         int       n_notes)
{
  for (guint which = 0; which < G_N_ELEMENTS (measurements); which++)
    {
      g_autofree char *name = g_strdup_printf ("growth-%s-%d", measurements[which].name, n_notes);

      for (int turn = 0; turn < 2; turn++)
        {
          Growing *self = sides[(which + (guint) turn) % 2];

          workload_report (name, self->side->name, 0, measurements[which].run (self));
        }
    }
}

int
main (int    argc,
      char **argv)
{
  int most = argc > 1 ? atoi (argv[1]) : 1000000;
  const char *parent = argc > 2 ? argv[2] : g_get_tmp_dir ();
  Growing *sides[] = { growing_new ("plain", parent, FALSE), growing_new ("encrypted", parent, TRUE) };

  for (int n_notes = 1000; n_notes <= most; n_notes *= STEP)
    {
      grow_to (sides[0], n_notes);
      grow_to (sides[1], n_notes);
      measure (sides, n_notes);
    }
  growing_free (sides[0]);
  growing_free (sides[1]);
  return 0;
}
