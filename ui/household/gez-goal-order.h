/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "base/gez-id.h"

G_BEGIN_DECLS

/* Lets a person put a goal before or after others: by the menu, by Alt+Up and Alt+Down, by dragging its
 * heading on another goal. The list around it does it: goals.move-up and -down (goal), and
 * goals.move-to (goal, the goal whose place it takes). */
void gez_goal_order_add_keys (GtkWidget   *card,
                              const GezId *goal);
void gez_goal_order_add_drag (GtkWidget   *heading,
                              const GezId *goal);
void gez_goal_order_add_menu (GMenu       *menu,
                              const GezId *goal);

G_END_DECLS
