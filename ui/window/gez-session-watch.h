/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * GezSessionWatch:
 *
 * Hears from the desktop when the file must lock. While it lives the computer waits some seconds with
 * going to sleep, until it is dropped or gez_session_watch_let_sleep() is called. Where there is no bus,
 * or nobody answers on it, it stays silent.
 *
 * GezSessionWatch::session-locked: the screen of the computer was locked.
 * GezSessionWatch::sleep: the computer is about to go to sleep.
 * GezSessionWatch::awake: the computer woke up.
 */
#define GEZ_TYPE_SESSION_WATCH (gez_session_watch_get_type ())
G_DECLARE_FINAL_TYPE (GezSessionWatch, gez_session_watch, GEZ, SESSION_WATCH, GObject)

GezSessionWatch *gez_session_watch_new       (void);
void             gez_session_watch_let_sleep (GezSessionWatch *self);

G_END_DECLS
