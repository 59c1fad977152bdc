/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "memory-database.h"
#include "sync/gez-merge.h"

/*
 * Made-up histories of writes by people some of whom lie, as they arrive at a device: under which circle, brought by
 * whom, twice, forged. The same seed gives the same history.
 */
typedef struct
{
  GezCircle circle;
  GezId brought_by;
  gboolean is_snapshot;
  GezWrite *write;
} Arrival;

typedef struct
{
  GRand *random;
  GPtrArray *arrivals; /* of Arrival */
  GPtrArray *rows;
  GArray *versions;
  guint64 counters[4];
} History;

History *history_new     (guint32         seed,
                          guint           n_writes);
void     history_free    (History        *self);
void     history_shuffle (History        *self);
/* Lets them arrive in the present order, some of them twice, in batches of @batch at most. */
void     history_arrive  (History        *self,
                          MemoryDatabase *memory,
                          guint           batch);
/* Everything that is a function of what arrived, as text. */
char    *history_state   (MemoryDatabase *memory);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (History, history_free)
