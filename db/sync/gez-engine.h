/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-database.h"
#include "sync/gez-folder.h"

G_BEGIN_DECLS

/* Runs on the store's worker. */
typedef gboolean (*GezEngineWork) (GezDatabase *database,
                                   gpointer     data,
                                   GError     **error);

/* Has @work run on the worker and waits for it; in tests it calls it. */
typedef gboolean (*GezEngineRun) (gpointer      site,
                                  GezEngineWork work,
                                  gpointer      data,
                                  GError      **error);

/**
 * GezEngine:
 *
 * Reads from and writes to the shared folder, as docs/SYNC.md says. It keeps nothing that does not stand in the
 * database, so that it may be ended at any moment and made again.
 *
 * Thread: one of its own at a time, which may wait for disks and servers.
 */
typedef struct _GezEngine GezEngine;

typedef enum
{
  GEZ_ENGINE_READ = 1 << 0,
  GEZ_ENGINE_WRITE = 1 << 1,       /* also makes a segment when something waits */
  GEZ_ENGINE_HEAL = 1 << 2,        /* looks for own files that the folder lost */
  GEZ_ENGINE_PACK = 1 << 3,        /* packs, snapshots */
  GEZ_ENGINE_FILES = 1 << 4,       /* attachments */
  GEZ_ENGINE_ALL = (1 << 5) - 1,
  GEZ_ENGINE_PARTING = 1 << 5,     /* the last round for now: also tells the others what was seen */
} GezEngineSteps;

/**
 * GezEngineReport:
 * @tables: (element-type utf8): shared tables whose rows changed
 *
 * What one round did.
 */
typedef struct
{
  guint n_files_read;
  guint n_writes_applied;
  guint n_files_published;
  guint n_files_healed;
  guint64 n_bytes_read;
  guint64 n_bytes_published;
  gboolean roster_changed;
  gboolean keys_came;
  gboolean is_restored;            /* this device was put back or copied */
  GPtrArray *tables;
} GezEngineReport;

typedef void (*GezEngineProgress) (guint64  n_done,
                                   guint64  n_all,
                                   gpointer user_data);

GezEngine *gez_engine_new          (GezEngineRun       run,
                                    gpointer           site,
                                    GezFolder         *folder,
                                    const char        *blob_directory);
void       gez_engine_free         (GezEngine         *self);
void       gez_engine_set_progress (GezEngine         *self,
                                    GezEngineProgress  progress,
                                    gpointer           user_data);
gboolean   gez_engine_round        (GezEngine         *self,
                                    GezEngineSteps     steps,
                                    GezEngineReport   *report,
                                    GCancellable      *cancellable,
                                    GError           **error);
void       gez_engine_report_clear (GezEngineReport   *report);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GezEngine, gez_engine_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GezEngineReport, gez_engine_report_clear)

G_END_DECLS
