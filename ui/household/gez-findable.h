/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/**
 * GezFindable:
 *
 * Whether colleagues can come to know that somebody works with this family, in words, with a button to leave
 * the file out or to take it in again. In a team of one it takes no room.
 */
#define GEZ_TYPE_FINDABLE (gez_findable_get_type ())
G_DECLARE_FINAL_TYPE (GezFindable, gez_findable, GEZ, FINDABLE, GtkWidget)

GtkWidget *gez_findable_new (GezContext  *context,
                             const GezId *household);

G_END_DECLS
