/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezSyncButton:
 *
 * How far syncing is, in words, and the way to the page that tells more. Without a team it does not show.
 * When its words change the focus stays where it is.
 */
#define GEZ_TYPE_SYNC_BUTTON (gez_sync_button_get_type ())
G_DECLARE_FINAL_TYPE (GezSyncButton, gez_sync_button, GEZ, SYNC_BUTTON, GtkWidget)

GtkWidget *gez_sync_button_new        (GezContext    *context);
void       gez_sync_button_set_narrow (GezSyncButton *self,
                                       gboolean       is_narrow);

G_END_DECLS
