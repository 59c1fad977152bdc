/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/gez-merge-private.h"

G_BEGIN_DECLS

/**
 * GezMerge:
 * @device: this one
 * @tables: (nullable): gets the tables of which rows changed
 * @insert_write: puts a write into the log
 * @queue: (element-type GezId): rows to be made anew
 * @queued: the same as a set
 * @makers: per table how its rows are written
 * @here: rows that are known to be there
 * @any_held: whether some row may wait for another
 *
 * One batch of writes on its way into the rows. Ends with the transaction, or before it.
 */
typedef struct
{
  GezDatabase *database;
  GezId device;
  GPtrArray *tables;
  GezStatement *insert_write;
  GArray *queue;
  GHashTable *queued;
  GHashTable *makers;
  GHashTable *here;
  gboolean any_held;
  guint n_applied;
} GezMerge;

GezMerge *gez_merge_begin        (GezDatabase *database,
                                  GPtrArray   *tables,
                                  GError     **error);
void      gez_merge_end          (GezMerge    *self);
void      gez_merge_touch        (GezMerge    *self,
                                  const GezId *id);
gboolean  gez_merge_make_new     (GezMerge    *self,
                                  GezWrite    *write,
                                  GError     **error);
gboolean  gez_merge_unmake       (GezMerge    *self,
                                  const char  *table_name,
                                  const GezId *id,
                                  GError     **error);
gboolean  gez_merge_make_touched (GezMerge    *self,
                                  GError     **error);

G_END_DECLS
