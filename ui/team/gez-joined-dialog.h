/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

void gez_joined_dialog_present (GtkWidget  *parent,
                                GezContext *context);

G_END_DECLS
