/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

void gez_team_window_present (GtkWindow  *parent,
                              GezContext *context,
                              const char *page);

G_END_DECLS
