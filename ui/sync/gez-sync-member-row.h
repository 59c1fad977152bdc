/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "sync/gez-sync-status.h"

G_BEGIN_DECLS

/**
 * GezSyncMemberRow:
 *
 * What is known of the data of one colleague; unfolded, of each of her devices.
 */
#define GEZ_TYPE_SYNC_MEMBER_ROW (gez_sync_member_row_get_type ())
G_DECLARE_FINAL_TYPE (GezSyncMemberRow, gez_sync_member_row, GEZ, SYNC_MEMBER_ROW, AdwExpanderRow)

GtkWidget *gez_sync_member_row_new    (void);
void       gez_sync_member_row_set    (GezSyncMemberRow    *self,
                                       GPtrArray           *devices,
                                       const GezSyncStatus *status,
                                       GezClock            *clock);

G_END_DECLS
