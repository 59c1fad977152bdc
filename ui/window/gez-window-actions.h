/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "window/gez-window.h"

G_BEGIN_DECLS

/* Only for the window and its actions. */
GtkWidget *gez_window_get_workspace  (GezWindow *self);
void       gez_window_add_actions    (GezWindow *self);
void       gez_window_enable_actions (GezWindow *self,
                                      gboolean   enabled);

G_END_DECLS
