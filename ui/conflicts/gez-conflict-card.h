/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/gez-conflict.h"

G_BEGIN_DECLS

/**
 * GezConflictCard:
 *
 * A field that two people filled in without knowing of each other: what it is, and what each of them wrote,
 * whole and side by side, below each other where there is no room. It takes the focus as a whole.
 *
 * GezConflictCard::settle (guint chosen): this value is to stand.
 */
#define GEZ_TYPE_CONFLICT_CARD (gez_conflict_card_get_type ())
G_DECLARE_FINAL_TYPE (GezConflictCard, gez_conflict_card, GEZ, CONFLICT_CARD, GtkWidget)

GtkWidget *gez_conflict_card_new (GezContext  *context,
                                  GezConflict *conflict);

G_END_DECLS
