/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/* A draft as a row of a list: whose family, which form, how it begins, when it was typed, and a button
 * that throws it away, which can be undone. */
GtkWidget *gez_draft_row_new (GezContext *context,
                              GezRecord  *draft,
                              const char *today);
void       gez_draft_open    (GtkWidget  *from,
                              GezContext *context,
                              GezRecord  *draft);

G_END_DECLS
