/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "unlock/gez-opening.h"

G_BEGIN_DECLS

/**
 * GezWindow:
 *
 * The one window: first start, locked, or the workspace. Its title is always the name of
 * the program.
 *
 * GezWindow:is-open: whether a store is open; FALSE again only when that is closed.
 */
#define GEZ_TYPE_WINDOW (gez_window_get_type ())
G_DECLARE_FINAL_TYPE (GezWindow, gez_window, GEZ, WINDOW, AdwApplicationWindow)

GtkWidget *gez_window_new  (GtkApplication      *application,
                            const GezOpening    *opening);
void       gez_window_show (GezWindow           *self,
                            GezContext          *context);
void       gez_window_lock (GezWindow           *self);
gboolean   gez_window_is_open (GezWindow        *self);
void       gez_window_warn (GezWindow           *self,
                            guint                seconds);
void       gez_window_show_busy (GezWindow      *self,
                                 const char     *sentence);
void       gez_window_show_crisis_card (GezWindow *self);

G_END_DECLS
