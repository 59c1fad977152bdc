/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/gez-context.h"
#include "sync/gez-sync.h"
#include "sync/gez-sync-status.h"

G_BEGIN_DECLS

/**
 * GezSyncPage:
 *
 * Where the shared folder is, when it was last read and written, what is known of each colleague's devices,
 * and which files cannot be read.
 */
#define GEZ_TYPE_SYNC_PAGE (gez_sync_page_get_type ())
G_DECLARE_FINAL_TYPE (GezSyncPage, gez_sync_page, GEZ, SYNC_PAGE, AdwPreferencesPage)

GtkWidget *gez_sync_page_new        (GezContext          *context);
void       gez_sync_page_show       (GezSyncPage         *self,
                                     GezSyncState         state,
                                     const GezSyncStatus *status,
                                     const GError        *error);
void       gez_sync_page_set_folder (GezSyncPage         *self,
                                     const char          *uri);

G_END_DECLS
