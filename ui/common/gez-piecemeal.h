/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * GezPiece:
 * @widget: for whom it is done
 *
 * Does a little of it: a row, a day.
 *
 * Returns: whether there is more to do
 */
typedef gboolean (*GezPiece) (GtkWidget *widget);

void gez_piecemeal_do   (GtkWidget *widget,
                         GezPiece   piece);
void gez_piecemeal_stop (GtkWidget *widget);
void gez_piecemeal_finish (void);

G_END_DECLS
