/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "common/gez-keys.h"

G_BEGIN_DECLS

/* Keys that activate an action of a page wherever in the window the focus is, as long as the page
 * shows. */
void gez_shortcut_add       (GtkWidget           *page,
                             const char          *trigger,
                             const char          *action);
void gez_shortcut_add_close (GtkWidget           *window);
void gez_shortcut_add_scope (GtkWidget           *page,
                             GezKeyScope          scope,
                             GtkPropagationPhase  phase);

G_END_DECLS
