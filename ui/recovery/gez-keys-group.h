/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezKeysGroup:
 *
 * Rows of the preferences about what opens the store: the passphrase, and the recovery sheet with how old
 * it is.
 */
#define GEZ_TYPE_KEYS_GROUP (gez_keys_group_get_type ())
G_DECLARE_FINAL_TYPE (GezKeysGroup, gez_keys_group, GEZ, KEYS_GROUP, AdwPreferencesGroup)

GtkWidget *gez_keys_group_new (GezContext *context);

G_END_DECLS
