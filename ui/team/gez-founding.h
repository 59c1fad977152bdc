/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezFounding:
 *
 * For who works alone: what a team is, and how to begin one.
 */
#define GEZ_TYPE_FOUNDING (gez_founding_get_type ())
G_DECLARE_FINAL_TYPE (GezFounding, gez_founding, GEZ, FOUNDING, AdwPreferencesGroup)

GtkWidget *gez_founding_new   (GezContext  *context);
void       gez_founding_found (GezFounding *self,
                               const char  *folder_uri);

G_END_DECLS
