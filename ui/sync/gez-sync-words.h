/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/gez-sync.h"
#include "sync/gez-sync-status.h"

G_BEGIN_DECLS

/* What people read about syncing. Moments are milliseconds UTC. */
char       *gez_sync_words_state       (GezSyncState         state,
                                        const GezSyncStatus *status,
                                        GezClock            *clock);
const char *gez_sync_words_icon        (GezSyncState         state,
                                        const GezSyncStatus *status,
                                        GezClock            *clock);
char       *gez_sync_words_advice      (GezSyncState         state,
                                        const GezSyncStatus *status,
                                        const GError        *error);
char       *gez_sync_words_moment      (gint64               instant,
                                        GezClock            *clock);
char       *gez_sync_words_device_name (const GezId         *device,
                                        gboolean             is_this,
                                        GezClock            *clock);
char       *gez_sync_words_device      (const GezSyncDevice *device,
                                        const GezSyncStatus *status,
                                        GezClock            *clock);
char       *gez_sync_words_member      (GPtrArray           *devices,
                                        GezClock            *clock);
const char *gez_sync_words_problem     (const char          *why);
char       *gez_sync_words_folder      (const char          *uri);

G_END_DECLS
