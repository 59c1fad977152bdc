/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workloads.h"

#include "store/gez-database.h"
#include "store/gez-store.h"

/* One side of a comparison: a database with all tables of a store, encrypted or in a plain file, and what
 * the program does with it. A failure ends the process: half a measurement is none. */

#define STORE_SIDE_NOW G_GINT64_CONSTANT (1773306000000)
#define STORE_SIDE_HOUSEHOLDS 2000

/**
 * StoreSide:
 * @name: of the side
 * @vault: (nullable): the keys; %NULL on the plain side
 * @clock: a fixed one
 * @directory: where the files are
 * @handle: the connection
 * @database: the same, as the store sees it
 */
typedef struct
{
  const char *name;
  GezVault *vault;
  GezClock *clock;
  char *directory;
  sqlite3 *handle;
  GezDatabase *database;
} StoreSide;

void         store_side_expect (gboolean        done,
                                const GError   *error);
StoreSide   *store_side_new    (const char     *name,
                                const char     *parent,
                                gboolean        encrypted);
void         store_side_close  (StoreSide      *side);
void         store_side_open   (StoreSide      *side);
void         store_side_free   (StoreSide      *side);
GezId       *store_side_new_households (GezClock *clock);
WorkloadTime store_side_add_notes (StoreSide      *side,
                                   WorkloadRandom *random,
                                   const GezId    *households,
                                   int             first,
                                   int             count,
                                   int             per_change);
WorkloadTime store_side_search (StoreSide      *side,
                                int             times);
