/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * GezSettings:
 *
 * What is set on this device, as properties: `language` (a code, or "" for that of the system),
 * `lock-minutes`, `lock-on-suspend`, `lock-with-session`, `window-width`, `window-height`
 * (pixels) and `window-maximized`. They are kept by GSettings, not encrypted, so nothing of a household
 * belongs here. Where the schema is not installed they have their defaults and last as long as the program.
 */
#define GEZ_TYPE_SETTINGS (gez_settings_get_type ())
G_DECLARE_FINAL_TYPE (GezSettings, gez_settings, GEZ, SETTINGS, GObject)

GezSettings *gez_settings_get_default      (void);

const char  *gez_settings_get_language     (GezSettings *self);
guint        gez_settings_get_lock_minutes (GezSettings *self);
gboolean     gez_settings_is_on            (GezSettings *self,
                                            const char  *name);

G_END_DECLS
