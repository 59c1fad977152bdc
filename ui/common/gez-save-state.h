/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/gez-store.h"

G_BEGIN_DECLS

/**
 * GezSaveState:
 *
 * Whether anything that was typed in the window is not in the store yet. There is one for a store,
 * and it goes with it.
 *
 * GezSaveState:saved is notified when that changes.
 */
#define GEZ_TYPE_SAVE_STATE (gez_save_state_get_type ())
G_DECLARE_FINAL_TYPE (GezSaveState, gez_save_state, GEZ, SAVE_STATE, GObject)

GezSaveState *gez_save_state_of       (GezStore     *store);
gboolean      gez_save_state_is_saved (GezSaveState *self);
void          gez_save_state_add      (GezSaveState *self,
                                       int           n_unsaved);

G_END_DECLS
