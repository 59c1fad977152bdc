/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gez-ctl.h"
#include "sync/gez-sync-status.h"

G_BEGIN_DECLS

void gez_ctl_sync_to_json (JsonObject          *object,
                           const GezSyncStatus *status);
void gez_ctl_print_sync   (const GezSyncStatus *status);

G_END_DECLS
