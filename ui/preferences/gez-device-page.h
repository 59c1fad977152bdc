/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/gez-context.h"

G_BEGIN_DECLS

/* A page of the preferences: what is so on this device only. */
GtkWidget *gez_device_page_new (GezContext *context);

G_END_DECLS
