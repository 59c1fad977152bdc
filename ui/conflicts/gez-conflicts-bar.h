/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezConflictsBar:
 *
 * Says in a file how many of its fields two people filled in differently, and leads to them. It takes no
 * room while there are none.
 */
#define GEZ_TYPE_CONFLICTS_BAR (gez_conflicts_bar_get_type ())
G_DECLARE_FINAL_TYPE (GezConflictsBar, gez_conflicts_bar, GEZ, CONFLICTS_BAR, GtkWidget)

GtkWidget *gez_conflicts_bar_new (GezContext  *context,
                                  const GezId *household);

G_END_DECLS
