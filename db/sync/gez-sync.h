/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-store.h"
#include "circle/gez-invitation.h"
#include "sync/gez-engine.h"

G_BEGIN_DECLS

/**
 * GezSyncState:
 * @GEZ_SYNC_OFF: no team, or no folder chosen
 * @GEZ_SYNC_IDLE: between two rounds; the last one went well
 * @GEZ_SYNC_BUSY: a round is being run
 * @GEZ_SYNC_NOT_CONNECTED: the folder is not there; nothing is wrong, and it is tried again
 * @GEZ_SYNC_FAILED: the last round ended with gez_sync_get_error()
 */
typedef enum
{
  GEZ_SYNC_OFF,
  GEZ_SYNC_IDLE,
  GEZ_SYNC_BUSY,
  GEZ_SYNC_NOT_CONNECTED,
  GEZ_SYNC_FAILED,
} GezSyncState;

/**
 * GezSync:
 *
 * Keeps a store and its shared folder in step, in the background: reads every 30 to 60 s, writes 20 s after the last
 * change, 5 min after the first, and before the store is closed. Made after unlocking, ended at locking.
 *
 * GezSync::changed is emitted on the main context when gez_sync_get_state() may answer something else or a round ended.
 *
 * Thread: the main one.
 */
#define GEZ_TYPE_SYNC (gez_sync_get_type ())
G_DECLARE_FINAL_TYPE (GezSync, gez_sync, GEZ, SYNC, GObject)

GezSync      *gez_sync_new           (GezStore            *store);
void          gez_sync_start         (GezSync             *self);
void          gez_sync_now           (GezSync             *self);
/* Ends it: what waits is published first when that takes no longer than @seconds. */
void          gez_sync_stop_async    (GezSync             *self,
                                      guint                seconds,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);
gboolean      gez_sync_stop_finish   (GezSync             *self,
                                      GAsyncResult        *result,
                                      GError             **error);
GezSyncState  gez_sync_get_state     (GezSync             *self);
const GError *gez_sync_get_error     (GezSync             *self);
gboolean      gez_sync_get_progress  (GezSync             *self,
                                      guint64             *n_done,
                                      guint64             *n_all);

/* One round, waiting for it: for the command line. Thread: not the worker's. */
gboolean      gez_sync_run           (GezStore            *store,
                                      GezEngineReport     *report,
                                      GCancellable        *cancellable,
                                      GError             **error);

/* Before there is a store: what a code opens in a folder. @roster_files: (out) (element-type GBytes). */
GezInvitation *gez_sync_find_invitation (const char       *folder_uri,
                                      const GezSecret     *code,
                                      GPtrArray          **roster_files,
                                      GCancellable        *cancellable,
                                      GError             **error);
void          gez_sync_find_invitation_async (const char  *folder_uri,
                                      const GezSecret     *code,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);
GezInvitation *gez_sync_find_invitation_finish (GAsyncResult *result,
                                      GPtrArray          **roster_files,
                                      GError             **error);
/* Makes gezinsplan/ in the folder: when a team is founded, or when a person says that an empty folder is to be filled again. */
gboolean      gez_sync_found_folder  (const char          *folder_uri,
                                      GCancellable        *cancellable,
                                      GError             **error);

G_END_DECLS
