/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "common/gez-settings.h"
#include "window/gez-window.h"

G_BEGIN_DECLS

#define GEZ_AUTO_LOCK_WARNING 20 /* seconds */

/**
 * GezAutoLock:
 *
 * Locks a window when nobody is there: after minutes without a key, the pointer or a touch in one of
 * our windows, before the computer sleeps, and when the screen of the computer locks; as the settings of
 * the device say. Shortly before, the window warns.
 */
#define GEZ_TYPE_AUTO_LOCK (gez_auto_lock_get_type ())
G_DECLARE_FINAL_TYPE (GezAutoLock, gez_auto_lock, GEZ, AUTO_LOCK, GObject)

GezAutoLock *gez_auto_lock_new   (GezWindow   *window,
                                  GezClock    *clock,
                                  GezSettings *settings);
void         gez_auto_lock_check (GezAutoLock *self);
gboolean     gez_auto_lock_touch (GezAutoLock *self);

G_END_DECLS
