/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "circle/gez-team.h"
#include "sync/gez-engine.h"
#include "sync/gez-segment.h"

G_BEGIN_DECLS

/* What the files of the engine share. The engine's own thread talks to the folder; works run on the store's worker
 * and are the only ones that touch the database and the team.
 *
 * @done: per directory a set of names that need no look any more. It only saves work: a new engine finds out again.
 * @listed: per directory the names that the last listing gave: (element-type utf8 GPtrArray)
 */
struct _GezEngine
{
  GezEngineRun run;
  gpointer site;
  GezFolder *folder;
  char *blob_directory;          /* (nullable) */
  GezEngineProgress progress;    /* (nullable) */
  gpointer progress_data;

  GezEngineReport *report;       /* of this round */
  GCancellable *cancellable;     /* (nullable) of this round */
  GHashTable *done;
  GHashTable *listed;
  GHashTable *healed;            /* directory to GezHash of the listing in which nothing was missing */

  /* The worker's: loaded once and again after somebody else wrote. */
  GezTeam *team;
  int team_changes;

  /* Of this round. */
  GezId team_id;
  GezId device;
  char *own_directory;           /* `d/…` */
  gboolean has_team;
  gboolean is_restored;
};

/* gez-engine.c */
/* Runs a work on the worker; _change: in a transaction of its own, rolled back when the work fails. */
gboolean    gez_engine_run         (GezEngine      *self,
                                    GezEngineWork   work,
                                    gpointer        data,
                                    GError        **error);
gboolean    gez_engine_change      (GezEngine      *self,
                                    GezEngineWork   work,
                                    gpointer        data,
                                    GError        **error);
/* In a work: (transfer none) the team, as the database has it now. */
GezTeam    *gez_engine_get_team    (GezEngine      *self,
                                    GezDatabase    *database,
                                    GError        **error);
/* In a work, after a function of the team failed and its changes were rolled back. */
void        gez_engine_drop_team   (GezEngine      *self);
/* Names in @directory, from this round's listing when there is one: (transfer none). */
GPtrArray  *gez_engine_list        (GezEngine      *self,
                                    const char     *directory,
                                    GError        **error);
gboolean    gez_engine_is_done     (GezEngine      *self,
                                    const char     *directory,
                                    const char     *name);
void        gez_engine_set_done    (GezEngine      *self,
                                    const char     *directory,
                                    const char     *name);
/* Whether the round cannot go on: the folder is gone or hangs, the store was closed, cancelled. All else concerns one file. */
gboolean    gez_engine_is_fatal    (const GError   *error);
void        gez_engine_tell        (GezEngine      *self,
                                    guint64         n_done,
                                    guint64         n_all);
/* Notes a file that is not there yet, or takes the note away (@why NULL). */
gboolean    gez_engine_quarantine  (GezEngine      *self,
                                    const char     *path,
                                    const char     *why,
                                    const GezId    *device,
                                    guint64         sequence,
                                    GError        **error);
/* Adds a table of which rows changed to the report. */
void        gez_engine_touch       (GezEngine      *self,
                                    const char     *table);

/* gez-engine-read.c */
gboolean    gez_engine_read        (GezEngine      *self,
                                    GError        **error);
/* gez-engine-write.c */
gboolean    gez_engine_write       (GezEngine      *self,
                                    GError        **error);
gboolean    gez_engine_publish     (GezEngine      *self,
                                    GError        **error);
gboolean    gez_engine_heal        (GezEngine      *self,
                                    GError        **error);

/* gez-engine-pack.c: after reading and writing, at most once a day; gez-engine-files.c: last. Both take own_file for
 * what they publish (path, bytes, made_at), then gez_engine_publish(). */
gboolean    gez_engine_pack        (GezEngine      *self,
                                    GError        **error);
gboolean    gez_engine_files       (GezEngine      *self,
                                    GError        **error);
/* gez-pack.c: (element-type GBytes) the segments, as they were published. */
GPtrArray  *gez_pack_read          (GBytes         *file,
                                    const GezId    *team,
                                    GezId          *device,
                                    GError        **error);

G_END_DECLS
