/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/gez-merge-private.h"

G_BEGIN_DECLS

/**
 * GezMaker:
 * @insert: puts a row there, or nothing when one is there
 * @upsert: puts a row in its place
 * @find: whether a row is there
 * @search: (nullable): puts a row into the index
 *
 * How rows of a table are written.
 */
typedef struct
{
  const GezTable *table;
  GezStatement *insert;
  GezStatement *upsert;
  GezStatement *find;
  GezStatement *search;
} GezMaker;

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

GezMaker *gez_merge_find_maker   (GezMerge       *self,
                                  const GezTable *table,
                                  GError        **error);
gboolean  gez_merge_find_row     (GezMerge       *self,
                                  const GezTable *table,
                                  const GezId    *id,
                                  gboolean       *found,
                                  GError        **error);
void      gez_merge_note_made    (GezMerge       *self,
                                  const GezTable *table,
                                  const GezId    *id);
gboolean  gez_merge_wake         (GezMerge       *self,
                                  const GezId    *id,
                                  GError        **error);
void      gez_merge_bind         (GezStatement   *statement,
                                  int             place,
                                  GVariant       *value);

G_END_DECLS
