/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

GtkWidget *gez_restored_bar_new        (GezContext *context);
void       gez_restored_dialog_present (GtkWidget  *parent,
                                        GezContext *context);

G_END_DECLS
