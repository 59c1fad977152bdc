/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/gez-sync.h"

G_BEGIN_DECLS

#define GEZ_SYNC_DEADLINE 30 /* seconds for one call to the folder */

/* (out) (nullable): which folder this store shares. */
gboolean   gez_sync_find_folder (GezStore   *store,
                                 char      **uri,
                                 GError    **error);
/* (transfer full): works of the engine run as slices on the worker of the store. */
GezEngine *gez_sync_make_engine (GezStore   *store,
                                 GezFolder  *folder,
                                 GError    **error);

G_END_DECLS
