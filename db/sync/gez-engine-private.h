/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "circle/gez-team.h"
#include "sync/gez-engine.h"
#include "sync/gez-pack.h"

G_BEGIN_DECLS

/* What the files of the engine share. The engine's own thread talks to the folder; works run on the store's worker
 * and are the only ones that touch the database and the team. All that must last stands in the database. */
struct _GezEngine
{
  GezEngineRun run;
  gpointer site;
  GezFolder *folder;
  char *blob_directory;          /* (nullable) */
  GezEngineProgress progress;    /* (nullable) */
  gpointer progress_data;

  /* They only save work: a new engine finds out again. */
  GHashTable *done;              /* set of paths that need no look any more */
  GHashTable *healed;            /* directory to GezHash: of the listing in which nothing was missing */
  gboolean wants_snapshots;      /* a key came for what is older than this device */
  char *audited_on;              /* the day on which the boxes were looked at last */
  gint64 known;                  /* how many roster records and keys there were at the last look; -1: none yet */

  /* The worker's: loaded once, and again after somebody else wrote. */
  GezTeam *team;
  int team_changes;

  /* Of this round. */
  GezEngineSteps steps;
  GezEngineReport *report;
  GCancellable *cancellable;     /* (nullable) */
  gint64 snapshots_looked_at;    /* when it was last found out whether one is due */
  GHashTable *listed;            /* directory to the names that were listed */
  GezId team_id;
  GezId device;
  char *own_directory;           /* `d/…` */
  gboolean has_team;
  gboolean has_former;           /* whether own writes wait of which the folder may have some */
  gboolean is_retry;             /* keys or roster records came: what waited for them is tried again */
  gboolean was_read;             /* the folder was read to its end */
  GError *late;                  /* what kept a directory from being listed: the rest goes on */
};

/* gez-engine.c: a work in a transaction of its own, which is rolled back when the work fails; or without one. */
gboolean    gez_engine_run         (GezEngine      *self,
                                    GezEngineWork   work,
                                    gpointer        data,
                                    GError        **error);
gboolean    gez_engine_change      (GezEngine      *self,
                                    GezEngineWork   work,
                                    gpointer        data,
                                    GError        **error);
/* In a work: (transfer none) the team, as the database has it now. After one of its functions failed and the caller
 * rolled back to a savepoint, it has to be dropped. */
GezTeam    *gez_engine_get_team    (GezEngine      *self,
                                    GezDatabase    *database,
                                    GError        **error);
void        gez_engine_drop_team   (GezEngine      *self);
/* (transfer none): the names in @directory, listed once in a round. */
GPtrArray  *gez_engine_list        (GezEngine      *self,
                                    const char     *directory,
                                    GError        **error);
GBytes     *gez_engine_fetch       (GezEngine      *self,
                                    const char     *path,
                                    GError        **error);
gboolean    gez_engine_is_done     (GezEngine      *self,
                                    const char     *path);
void        gez_engine_set_done    (GezEngine      *self,
                                    const char     *path);
/* Whether the round cannot go on. All else concerns one file. */
gboolean    gez_engine_is_fatal    (const GError   *error);
void        gez_engine_tell        (GezEngine      *self,
                                    guint64         n_done,
                                    guint64         n_all);

/* gez-engine-quarantine.c: notes a file that is not there yet; @why NULL: it is now. @device NULL: not known. */
gboolean    gez_engine_quarantine  (GezEngine      *self,
                                    const char     *path,
                                    const char     *why,
                                    const GezSegmentHead *head,
                                    GError        **error);
const char *gez_engine_why         (const GError   *error);

/* gez-engine-name.c */
typedef enum
{
  GEZ_ENGINE_NAME_OTHER,
  GEZ_ENGINE_NAME_SEGMENT,
  GEZ_ENGINE_NAME_PACK,
  GEZ_ENGINE_NAME_RECORD,
  GEZ_ENGINE_NAME_BLOB,
  GEZ_ENGINE_NAME_SNAPSHOT,
  GEZ_ENGINE_NAME_INVITATION,
  GEZ_ENGINE_NAME_TEMPORARY,
} GezEngineNameKind;

typedef struct
{
  GezEngineNameKind kind;
  guint64 first;                 /* sequence; of a pack: the first one */
  guint64 last;
  guint8 hash[16];               /* the first bytes of the hash; of a pack: 5, the others 0 */
} GezEngineName;

void        gez_engine_name_parse  (const char     *text,
                                    GezEngineName  *name);
gboolean    gez_engine_device_parse (const char    *text,
                                    GezId          *device);
/* (transfer full): `d/…` */
char       *gez_engine_device_path (const GezId    *device);

/* gez-engine-device.c: whose numbers sync_state holds; own writes of a device that this store was before. */
gboolean    gez_engine_adopt       (GezEngine      *self,
                                    GError        **error);
gboolean    gez_engine_meet_former (GezDatabase    *database,
                                    GPtrArray      *writes,
                                    GError        **error);
gboolean    gez_engine_renumber    (GezDatabase    *database,
                                    GError        **error);
gboolean    gez_engine_note_devices (GezDatabase   *database,
                                    GezTeam        *team,
                                    GError        **error);
gboolean    gez_engine_forget_removed (GezDatabase *database,
                                    GPtrArray      *tables,
                                    GError        **error);
gboolean    gez_engine_note_missing (GezDatabase   *database,
                                    GError        **error);

/* gez-engine-read.c, gez-engine-segment.c */
gboolean    gez_engine_read        (GezEngine      *self,
                                    GError        **error);
gboolean    gez_engine_take_segment (GezEngine     *self,
                                    GBytes         *file,
                                    GezSegmentHead *head,
                                    const char    **why,
                                    GError        **error);
/* After reading: what keys and roster records that came mean for the rest. */
gboolean    gez_engine_settle      (GezEngine      *self,
                                    gboolean       *is_more,
                                    GError        **error);
gboolean    gez_engine_note_segment (GezDatabase   *database,
                                    GezSegment     *segment,
                                    gboolean        is_forked,
                                    GError        **error);
gboolean    gez_engine_advance     (GezDatabase    *database,
                                    const GezId    *device,
                                    GError        **error);

/* gez-engine-snapshot.c: before segments are read; after packing. */
gboolean    gez_engine_read_snapshots (GezEngine   *self,
                                    GError        **error);
gboolean    gez_engine_make_snapshot (GezEngine    *self,
                                    GError        **error);
gboolean    gez_engine_uncover     (GezDatabase    *database,
                                    const GezCircle *circle,
                                    gboolean       *is_changed,
                                    GError        **error);
/* (transfer full) (nullable): as it is written in gezinsplan/; in gez-engine-read.c */
char       *gez_engine_find_directory (GezEngine   *self,
                                    const char     *name,
                                    GError        **error);

/* gez-engine-write.c, gez-engine-publish.c */
gboolean    gez_engine_write       (GezEngine      *self,
                                    GError        **error);
gboolean    gez_engine_publish     (GezEngine      *self,
                                    GError        **error);
gboolean    gez_engine_heal        (GezEngine      *self,
                                    GError        **error);

/* gez-engine-pack.c: after reading and writing; gez-engine-files.c: last. Both put what they publish into own_file
 * (path, bytes, made_at) and call gez_engine_publish(). */
gboolean    gez_engine_pack        (GezEngine      *self,
                                    GError        **error);
gboolean    gez_engine_files       (GezEngine      *self,
                                    GError        **error);
G_END_DECLS
